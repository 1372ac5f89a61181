"""`masthead evaluate …`: how good a model is on sentences that people labelled."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.evaluate import forecasts, quotes, stories
from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.reading.portrayal.classifier import Classifier
    from masthead.validation.gold.portrayal import Evaluation, Interval, Part


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    evaluate = typer.Typer(help="Score a model on sentences that people labelled.", no_args_is_help=True)
    # What measures Masthead itself is one line of the help: `validate`, which names this one.
    app.add_typer(evaluate, name="evaluate", hidden=True)

    @evaluate.callback()
    def group() -> None:
        """Score a model on sentences that people labelled."""

    quotes.register(evaluate)
    forecasts.register(evaluate)
    stories.register(evaluate)

    @evaluate.command("portrayal")
    def portrayal(
        file: Annotated[
            Path, typer.Argument(help="The gold file.", show_default=False, metavar="GOLD.jsonl")
        ],
        model: Annotated[
            Path | None, typer.Option(help="A folder with a model (default: the one that ships).")
        ] = None,
        study: Annotated[
            Path | None, typer.Option(help="Score the model that this study file asks for.")
        ] = None,
        skip_bad: Annotated[
            bool, typer.Option("--skip-bad", help="Leave out lines that are no gold mentions.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        """Score how a model says sentences portray a mention, beside what people said.

        GOLD.jsonl holds a mention a line: sentence, from, to (code points) and polarity (-1 unfavourable, 0
        neutral, 1 favourable); other keys are ignored. Mentions of one sentence are each other's company, and
        none of their names reaches the model. Intervals hold 95 times in 100, drawn over sentences.
        """
        from masthead.validation.gold.files import refused, sift
        from masthead.validation.gold.portrayal import evaluate as score

        classifier = _classifier(model, study)
        mentions, bad = sift(file)
        if bad and not (skip_bad and mentions):
            raise refused(file, len(mentions), bad)
        if bad:
            say(
                f"left out {counted(len(bad), 'line')} of {len(mentions) + len(bad):,}, the first: line "
                f"{bad[0].line}, {bad[0].reason}"
            )
        with progress() as report:
            found = score(mentions, classifier, report)
        told = {"file": str(file), "model": classifier.name, "version": classifier.version}
        if as_json:
            emit_json({**told, "left_out": len(bad), **found.as_dict()})
            return
        emit(
            f"{classifier.name} ({classifier.version}) on {file}: {counted(found.whole.n, 'mention')} in "
            f"{counted(found.whole.n_sentences, 'sentence')}"
        )
        for line in _lines(found):
            emit(line)


def _classifier(folder: Path | None, study: Path | None) -> Classifier:
    """Return the model to score; a folder with a card is one made as the shipped one is."""
    if study is not None:
        from masthead.reading.portrayal.classifier import classifier_for
        from masthead.study import load_study

        if folder is not None:
            raise UsageError(
                "--model and --study", "one of them", "the study file says which model it asks for"
            )
        return classifier_for(load_study(study))
    if folder is not None:
        from masthead.reading.portrayal.classifier import classifier_in

        return classifier_in(folder)
    from masthead.reading.portrayal.shipped import ShippedClassifier

    return ShippedClassifier()


def _lines(found: Evaluation) -> list[str]:
    """Lay out an evaluation as text."""
    names = [one.name for one in found.classes]
    lines = [
        "",
        f"macro-F1  {_shown(found.whole.macro_f1)}",
        f"accuracy  {_shown(found.whole.accuracy)}",
        "",
        *_table(
            ["class", "labels", "precision", "recall", "F1"],
            [
                [one.name, f"{one.support:,}", _shown(one.precision), _shown(one.recall), _shown(one.f1)]
                for one in found.classes
            ],
        ),
        "",
        *_table(
            ["labelled, read as", *names],
            [[name, *(f"{n:,}" for n in row)] for name, row in zip(names, found.confusion, strict=True)],
        ),
        "",
        *_calibration(found),
        "",
        *_parts("words in the sentence", found.by_length),
        "",
        *_parts("subjects in the sentence", found.by_subjects),
    ]
    return [*lines, *(["", *(f"note: {note}" for note in found.notes)] if found.notes else [])]


def _calibration(found: Evaluation) -> list[str]:
    told, mean = found.calibration, found.mean
    bins = [
        [f"{one.low:.1f} to {one.high:.1f}", f"{one.n:,}", f"{one.confidence:.3f}", f"{one.right:.3f}"]
        for one in told.bins
    ]
    return [
        f"calibration error  {told.error:.3f} (so few mentions give a perfectly calibrated model "
        f"{told.by_chance:.3f}, at times {told.by_chance_high:.3f})",
        f"mean portrayal     read {mean.model:+.3f}, labelled {mean.gold:+.3f}, "
        f"difference {_signed(mean.difference)}",
        "",
        *_table(["confidence", "mentions", "mean", "right"], bins),
    ]


def _parts(what: str, parts: Sequence[Part]) -> list[str]:
    rows = [[one.name, f"{one.n:,}", _shown(one.macro_f1), _shown(one.accuracy)] for one in parts]
    return _table([what, "mentions", "macro-F1", "accuracy"], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Align a table: words of the first column to the left, all else to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return [
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]


def _shown(one: Interval) -> str:
    return "–" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"


def _signed(one: Interval) -> str:
    return "–" if one.value is None else f"{one.value:+.3f} [{one.low:+.3f}, {one.high:+.3f}]"
