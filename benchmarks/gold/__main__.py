"""`python -m benchmarks.gold`: names, quotations, forecasts and stories as they are read, beside what people marked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks.gold.coded_items import (
    HALVES,
    Agreement,
    AttributionScores,
    MentionScores,
    agreement,
    coded_archive,
    score_attributions,
    score_mentions,
)
from benchmarks.gold.cues import Case, cases, is_developed_on, learn, written
from benchmarks.gold.forecasts import ForecastsEvaluation, evaluate_forecasts
from benchmarks.gold.marked_articles import read_marked_articles
from benchmarks.gold.marked_forecasts import read_marked_forecasts
from benchmarks.gold.quotes import QuotesEvaluation, evaluate_quotes
from benchmarks.gold.rates import Rate
from benchmarks.gold.stories import StoriesEvaluation, evaluate_stories
from masthead.archive.store import replacing
from masthead.cli.terminal.options import AsJson, Processes
from masthead.cli.terminal.output import counted, progress, show
from masthead.errors import MastheadError, UsageError
from masthead.reading.attribution.passages import Passage
from masthead.reading.attribution.weighing.weights import WEIGHTS
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import Parse, parse_of
from masthead.validation.draws.clusterings import Figure
from masthead.validation.gold.portrayal import Interval
from masthead.validation.golden import Sources

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)


@app.command()
def quotes(
    folder: Annotated[Path, typer.Argument(help="The folder of marked articles.", metavar="DIR")],
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Score how quotations and their speakers are read, beside what people marked.

    DIR holds text/NAME.txt and attributions/NAME_CODER.ann, as PolNeAR does. Contents are matched one to
    one where they share enough words: at least .3 or .8 of the longer one, or, in the looser columns, of the
    marked one. Intervals hold 95 times in 100, drawn over articles.
    """
    articles, misfits = read_marked_articles(folder)
    with progress() as report:
        scores = evaluate_quotes(articles, processes=processes, progress=report)
    figures = {"folder": str(folder), "spans_left_out": misfits, **scores.as_dict()}
    show(figures, _quotes_lines(scores, misfits), as_json)


def _quotes_lines(scores: QuotesEvaluation, misfits: int) -> Iterator[str]:
    yield (
        f"{counted(scores.articles, 'article')}, {scores.sentences_parsed:,} of the {scores.sentences:,} sentences "
        "near a mark or a cue parsed"
    )
    yield ""
    yield "overlap of  at  attributions      marked   found  precision recall  F1"
    for one in scores.scores:
        precision, recall = (_figure(part).partition(" ")[0] for part in (one.precision, one.recall))
        yield (
            f"{one.rule:10} {one.threshold:>3}  {one.part:16} {one.marked:>7,} {one.found:>7,}  "
            f"{precision:>9} {recall:>6}  {_figure(one.f1)}"
        )
    yield ""
    yield f"{'speakers':16} {'marked':>7} {'given':>7}  {'precision':22} recall"
    for speakers in scores.speakers:
        yield (
            f"{speakers.part:16} {speakers.n:>7,} {speakers.with_speaker:>7,}  {_figure(speakers.precision):22} "
            f"{_figure(speakers.recall)}"
        )
    if scores.agreement:
        f1 = ", ".join(f"{f1:.3f} at {threshold}" for threshold, f1 in scores.agreement.f1.items())
        yield ""
        yield (
            f"two people on the same article agree with an F1 of {f1} (all attributions, of the longer; "
            f"{counted(scores.agreement.pairs, 'pair')} in {counted(scores.agreement.articles, 'article')})"
        )
    if misfits:
        yield f"note: {counted(misfits, 'marked span')} left out: the text has other words there"


@app.command()
def cues(
    folder: Annotated[Path, typer.Argument(help="The folder of marked articles.", metavar="DIR")],
    out: Annotated[Path, typer.Option(help="The file to write.", metavar="FILE")] = WEIGHTS,
) -> None:
    """Learn how much each sign of an attribution weighs, of the half of marked articles that rules are mended on.

    Writes the table that the attribution reader ships (weights.tsv): words, shapes and numbers, no sentences.
    """
    articles = [one for one in read_marked_articles(folder)[0] if is_developed_on(one.name)]
    some: list[Case] = []
    for article in articles:
        passage = Passage(article.text)
        wanted = {u.key: u.mask.text for u in passage.units if u.mask is not None}
        some += cases(article, passage, _parse(wanted))
    weights = learn(some)
    with replacing(out) as path:
        path.write_text(written(weights, len(articles), len(some)), encoding="utf-8")
    print(
        f"{len(weights):,} weights of {len(some):,} candidates in {counted(len(articles), 'article')}: {out}"
    )


@app.command()
def forecasts(
    file: Annotated[Path, typer.Argument(help="The gold file.", metavar="GOLD.jsonl")],
    mistakes: Annotated[
        bool, typer.Option("--mistakes", help="List the sentences that are misread.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Score how forecasts are read, beside sentences in which people marked them.

    Each line of GOLD.jsonl is an object with text, names (of the subjects in it), published and forecasts: a list
    of subject, told (forecast, plan or condition), voice (own or others), confidence and due. A sentence and
    subject are one case. Intervals hold 95 times in 100.
    """
    scores = evaluate_forecasts(read_marked_forecasts(file), _parse)
    show({"file": str(file), **scores.as_dict()}, _forecasts_lines(scores, mistakes), as_json)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    return Parser()


def _parse(sentences: dict[int, str]) -> dict[int, Parse]:
    rows = _parser().parse(list(sentences.values())).to_pylist()
    return {key: parse_of(row) for key, row in zip(sentences, rows, strict=True)}


def _forecasts_lines(scores: ForecastsEvaluation, mistakes: bool) -> Iterator[str]:
    yield f"{counted(scores.sentences, 'sentence')}, {counted(scores.pairs, 'case')}"
    yield ""
    yield f"{'':16} {'precision':28} recall"
    for one in scores.scores:
        yield f"{one.part:16} {_rate(one.precision):28} {_rate(one.recall)}"
    yield ""
    yield f"wording right    {_rate(scores.confidence)}"
    yield f"last day right   {_rate(scores.due)}"
    if mistakes:
        yield ""
        for case in scores.mistakes:
            yield f"{case.marked or 'nothing'} → {case.found or 'nothing'}: {case.subject}: {case.text}"


@app.command()
def stories(
    file: Annotated[Path, typer.Argument(help="The gold file.", metavar="GOLD")],
    column: Annotated[str, typer.Option(help="The column that names each article's story.")] = "story",
    mapping: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="FIELD=COLUMN", help="Which column is outlet, published, title, text."),
    ] = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Score how articles are put together into stories, beside how people did.

    GOLD is a file of articles as `masthead add` takes it (CSV, TSV, JSONL, JSON, Parquet: outlet, date,
    title, text), with one more column: the story, any name, the same for all articles on one event. Articles
    without one stand by and are not scored. B-cubed, pairs and adjusted Rand index; intervals hold 95 times
    in 100, drawn over stories.
    """
    columns = dict(_field_and_column(pair) for pair in mapping or ())
    with progress() as report:
        scores = evaluate_stories(file, column=column, mapping=columns, processes=processes, progress=report)
    show({"file": str(file), **scores.as_dict()}, _stories_lines(scores), as_json)


def _field_and_column(pair: str) -> tuple[str, str]:
    field, sign, column = pair.partition("=")
    if not (sign and field and column):
        raise UsageError(f"--map {pair}", "FIELD=COLUMN", "such as --map published=date")
    return field, column


def _stories_lines(scores: StoriesEvaluation) -> Iterator[str]:
    one = scores.agreement
    yield f"{counted(scores.scored, 'article')} in {one.true_groups:,} stories; read as {one.found_groups:,}"
    yield ""
    yield f"{'':8} {'precision':22} {'recall':22} F1"
    for name, *figures in (
        ("B-cubed", one.b_cubed_precision, one.b_cubed_recall, one.b_cubed_f1),
        ("pairs", one.pair_precision, one.pair_recall, one.pair_f1),
    ):
        precision, recall, f1 = map(_figure, figures)
        yield f"{name:8} {precision:22} {recall:22} {f1}"
    yield ""
    yield f"adjusted Rand index  {_figure(one.adjusted_rand)}"
    counts = (
        (scores.unlabelled, "stood by without a story"),
        (scores.undated, "without a day of publication, scored as alone"),
        (scores.duplicate, "said what another says"),
        (scores.refused, "refused"),
    )
    if any(n for n, _ in counts):
        yield f"articles: {'; '.join(f'{n:,} {what}' for n, what in counts if n)}"
    for note in scores.notes:
        yield f"note: {note}"


@app.command()
def coded(
    corpora: Annotated[Path, typer.Option(help="The folder of the corpora.", metavar="FOLDER")],
    studies: Annotated[Path, typer.Option(help="The folder of the studies.", metavar="FOLDER")] = Path(
        "studies"
    ),
    mistakes: Annotated[bool, typer.Option("--mistakes", help="List the places that are misread.")] = False,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Score names and attributions as they are read, beside 400 mentions and 200 attributions coded by hand.

    The makers coded them, twice, in another order and blind (benchmarks/gold/coded/codebook.md). What the two rounds
    say differently counts neither way. Intervals hold 95 times in 100, each label counted by itself.
    """
    sources = Sources(studies, corpora)
    names: list[MentionScores] = []
    speech: list[AttributionScores] = []
    with TemporaryDirectory() as folder, progress() as report:
        for corpus in ("syria", "us-politics"):
            archive, study = coded_archive(corpus, Path(folder), sources)
            for half in HALVES:
                names.append(
                    score_mentions(corpus, half, archive, study, processes=processes, progress=report)
                )
                if corpus == "syria":
                    speech.append(
                        score_attributions(half, archive, study, processes=processes, progress=report)
                    )
    rounds = agreement()
    figures = {
        "names": [asdict(one) for one in names],
        "attributions": [asdict(one) for one in speech],
        "rounds": asdict(rounds),
    }
    show(figures, _coded_lines(names, speech, rounds, mistakes), as_json)


def _coded_lines(
    names: list[MentionScores], speech: list[AttributionScores], rounds: Agreement, mistakes: bool
) -> Iterator[str]:
    yield f"{'names':12} {'half':10} {'label precision':28} {'recall':28} means the subject or not"
    for one in names:
        yield (
            f"{one.corpus:12} {one.half:10} {_rate(one.precision):28} {_rate(one.recall):28} {_rate(one.referents)}"
        )
    for half in (*HALVES, ""):
        some = [one for one in names if half in ("", one.half)]
        rates = (
            Rate.of_rates(getattr(one, part) for one in some) for part in ("precision", "recall", "referents")
        )
        precision, recall, referents = map(_rate, rates)
        yield f"{'all':12} {half:10} {precision:28} {recall:28} {referents}"
    yield ""
    yield (
        f"{'attributions':12} {'half':10} {'said by somebody':28} {'speaker right':28} {'where one is given':28} "
        "still read"
    )
    for said in speech:
        yield (
            f"{'syria':12} {said.half:10} {_rate(said.precision):28} {_rate(said.speakers):28} "
            f"{_rate(said.named):28} {_rate(said.still_read)}"
        )
    yield ""
    yield f"mentions that are not read any more: {sum(one.missing for one in names)}"
    yield "the two rounds agree"
    yield f"  means the subject or not  {_rate(rounds.referents)}"
    yield f"  words of labels, F1       {rounds.label_words:.3f}"
    yield f"  said by somebody          {_rate(rounds.said)}"
    yield f"  speakers                  {_rate(rounds.speakers)}"
    if mistakes:
        yield ""
        yield from (line for one in names for line in one.mistakes)
        yield from (line for one in speech for line in one.mistakes)


def _figure(one: Figure | Interval) -> str:
    return "–" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"


def _rate(one: Rate) -> str:
    if one.rate is None or one.low is None or one.high is None:
        return "–"
    return f"{one.rate:.3f} [{one.low:.3f}, {one.high:.3f}] of {one.of}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a gold file, and print the figures; 2 where it cannot be read."""
    try:
        app(arguments, standalone_mode=False)
    except MastheadError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
