"""`masthead silences`: what each outlet passed over that its habits would have it run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say

if TYPE_CHECKING:
    from masthead.instruments.silence.silences import StudySilences

_SHOWN_PAIRS = 20


def silences_command(
    study_file: StudyFile,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    bar: Annotated[
        float,
        typer.Option(min=0.5, max=0.999, help="List stories that the outlet was at least so likely to run."),
    ] = 0.8,
    limit: Annotated[int, typer.Option(min=0, help="At most this many stories.")] = 10,
    portrayal: Annotated[
        bool, typer.Option("--portrayal", help="Read which stories show a subject in a bad light, too.")
    ] = False,
    model: Annotated[
        bool,
        typer.Option("--model", help="Print what the expectations rest on, and whether they come true."),
    ] = False,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print which outlets pass over which subjects, and likely stories that an outlet did not run.

    For each outlet and subject: stories covered over stories expected by the outlet's habits (1 is as usual),
    with an interval of the study's level. An outlet is called silent on a subject where that is at most one half and
    neither chance nor differences of interest explain it. An empty list does not show that nobody kept silent.
    """
    from masthead.instruments.silence.silences import BAD_LIGHT_BY, silences
    from masthead.measuring import Job
    from masthead.measuring.counting import counted
    from masthead.measuring.outlets import one_outlet
    from masthead.measuring.tables import loaded

    study, archive = open_study(study_file, other_archive)
    outlet = one_outlet(outlet, archive, study)
    with progress() as report:
        archive = counted(archive, study, progress=report)
        job = Job(study, archive, processes, report)
        tables = loaded(job, BAD_LIGHT_BY if portrayal else (), stories=True)
        answer = silences(tables, level=study.level, bar=bar)
    outlets = {one["id"] for one in tables.outlets} if outlet is None else {outlet}
    if as_json:
        emit_json(_plain(answer, outlets, bar))
        return
    emit(*_lines(answer, outlets, limit, bar))
    if model:
        emit(*_model(answer))
    for line in _notes(answer, archive.frame):
        say(f"note: {line}")


def _plain(answer: StudySilences, outlets: set[str], bar: float) -> dict[str, Any]:
    """What was found as plain data."""
    findings = answer.figures
    tables = {
        "pairs": findings.pairs,
        "stories": findings.stories,
        "shown": answer.beside,
        "coefficients": findings.coefficients,
    }
    rows = {
        name: [row for row in table.to_pylist() if row["outlet"] is None or row["outlet"] in outlets]
        for name, table in tables.items()
    }
    return {
        "said": findings.sentences,
        "reason": findings.reason,
        "bar": bar,
        "listed": findings.n_listed,
        "chance": findings.chance,
        "taste": findings.taste,
        "counts": {**findings.counts, "articles": answer.articles, "undated": answer.n_undated},
        "left_out": findings.left_out,
        **rows,
        "calibration": findings.calibration.to_pylist(),
    }


def _lines(answer: StudySilences, outlets: set[str], limit: int, bar: float) -> Iterator[str]:
    findings = answer.figures
    yield from findings.sentences
    if findings.reason:
        return
    counts = findings.counts
    yield (
        f"{counted(counts['stories'], 'story', 'stories')}, {counts['of_one_outlet']:,} of them in one outlet alone; "
        f"{counted(counts['eligible'], 'chance')} to run a story that two others ran, of which {counts['unknown']:,} "
        "are unknown, in or near gaps in collection"
    )
    pairs = [row for row in findings.pairs.to_pylist() if row["outlet"] in outlets and row["p"] is not None]
    pairs.sort(key=lambda row: (row["p"], row["outlet"], row["subject"]))
    if pairs:
        yield ""
        yield "outlet, subject                                        covered  expected  ratio            q"
    yield from (_pair(row) for row in pairs[:_SHOWN_PAIRS])
    if len(pairs) > _SHOWN_PAIRS:
        yield f"  … and {len(pairs) - _SHOWN_PAIRS:,} more (--json shows all)"
    stories = [row for row in findings.stories.to_pylist() if row["outlet"] in outlets]
    yield ""
    yield (
        f"stories at least {bar:.0%} likely that an outlet passed over: {findings.n_listed:,} in all outlets; chance "
        f"alone would bring {findings.chance:.1f}"
    )
    beside: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in answer.beside.to_pylist():
        beside.setdefault((row["story"], row["outlet"]), []).append(row)
    for row in stories[:limit]:
        yield from _story(row, beside.get((row["story"], row["outlet"]), []))
    if len(stories) > limit:
        yield f"  … and {len(stories) - limit:,} more (--limit shows more)"


def _pair(row: dict[str, Any]) -> str:
    name = f"{row['outlet']}, {row['subject']}" + (f" ({row['category']})" if row["category"] else "")
    ratio = f"{row['estimate']:.2f} [{row['conf_low']:.2f}, {row['conf_high']:.2f}]"
    text = f"{name:54} {row['covered']:7,}  {row['expected']:8.1f}  {ratio:18} {row['q']:.3f}"
    return f"{text}  {row['call']}" if row["call"] else text


def _story(row: dict[str, Any], beside: list[dict[str, Any]]) -> Iterator[str]:
    about = f", about {', '.join(row['subjects'])}" if row["subjects"] else ""
    yield f"{row['day']}  {row['outlet']} did not run, at {row['probability']:.0%}{about}:"
    for article in beside:
        if article["ran_by"] != row["outlet"]:
            yield f"    {article['ran_by']}: {' '.join(article['title'].split())}"
    instead = [a for a in beside if a["ran_by"] == row["outlet"]]
    yield "  in those days it published instead:" if instead else "  it published nothing else in those days"
    for article in instead:
        yield f"    {' '.join(article['title'].split())}"


def _model(answer: StudySilences) -> Iterator[str]:
    """The common coefficients as factors of the odds, how outlets spread around them, and calibration."""
    rows = answer.figures.coefficients.to_pylist()
    yield ""
    yield "what the expectations rest on: the model multiplies the odds by these numbers, and outlets differ from them"
    for row in rows:
        if row["outlet"] is None:
            yield f"  {row['term']:40} × {_factor(row['value'])}   outlets: × or ÷ {_factor(row['spread'])}"
    yield "  size, week and month: for each doubling; outlet: the odds where all else is as usual"
    yield f"  interest in a subject beyond that: outlets differ by × or ÷ {_factor(answer.figures.taste)}"
    yield "predicted, and covered, of stories that the model had not seen"
    for row in answer.figures.calibration.to_pylist():
        yield f"  {row['low']:.1f} to {row['high']:.1f}  {row['predicted']:.3f}  {row['covered']:.3f}  ({row['n']:,})"


def _factor(log_odds: float) -> str:
    return f"{math.exp(log_odds):.2f}"


def _notes(answer: StudySilences, frame: str | None) -> Iterator[str]:
    """What a reader must know beside the figures."""
    if frame != "everything":
        yield "the archive does not hold everything its outlets published: silence describes the selector too"
    if answer.n_undated:
        yield f"{counted(answer.n_undated, 'article')} of {answer.articles:,} undated: in no story"
    for name, why in sorted(answer.figures.left_out.items()):
        yield f"{name} is not judged: {why}"
