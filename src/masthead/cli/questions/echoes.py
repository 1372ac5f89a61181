"""`masthead echoes`: who runs whose words, how much, how much later, and what is wire copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import (
    ArchiveOrStudy,
    AsJson,
    OtherArchive,
    Processes,
    open_archive_or_study,
)
from masthead.cli.terminal.output import Report, counted, emit, emit_json, percent, progress, say
from masthead.errors import shortened

if TYPE_CHECKING:
    from masthead.archive import Archive
    from masthead.instruments.echo.echoes import Echoes
    from masthead.links.reuse import ReuseReading
    from masthead.study import Study

_SHOWN_PAIRS = 15
_FEWEST_ARTICLES = 5
_SHOWN_LETTERS = 160


def echoes_command(
    where: ArchiveOrStudy,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's words.")] = None,
    examples: Annotated[int, typer.Option(min=0, help="Examples per pair of outlets.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="How many pairs of outlets to list.")] = _SHOWN_PAIRS,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print how much of each outlet stood elsewhere before, who runs whose words, and what is wire copy.

    A share is of the outlet's words, with its interval. Quotations, stock phrases and an outlet's own repeats do
    not count. Where two articles stand less than three hours apart, neither is taken for the first.
    """
    from masthead.measuring.outlets import one_outlet

    with progress() as report:
        archive, study = open_archive_or_study(where, other_archive)
        outlet = one_outlet(outlet, archive, study)
        reading, findings = _read_echoes(archive, study, examples, processes, report)
    outlets = {outlet} if outlet is not None else {row["outlet"] for row in findings.wire.to_pylist()}
    if as_json:
        emit_json(_plain(reading, findings, outlets))
        return
    emit(*_lines(findings, outlets, limit))
    for note in findings.said:
        say(f"note: {note}")


def _read_echoes(
    archive: Archive, study: Study | None, examples: int, processes: int | None, report: Report
) -> tuple[ReuseReading, Echoes]:
    """Read the reuse of an archive, or of a study's articles in its archive."""
    from masthead.archive.days import zones_said
    from masthead.instruments.echo.echoes import archive_tables, echoes
    from masthead.links.reuse import read_reuse
    from masthead.measuring import Job
    from masthead.measuring.counting import counted
    from masthead.measuring.tables import loaded

    archive = counted(archive, study, progress=report)
    if study is None:
        reuse = read_reuse(archive, zones=zones_said(archive), processes=processes, progress=report)
        return reuse, echoes(archive_tables(archive, reuse), archive, level=0.95, examples=examples)
    job = Job(study, archive, processes, report)
    return job.reuse, echoes(loaded(job, ("echo",)), archive, level=study.level, examples=examples)


def _plain(reading: ReuseReading, findings: Echoes, outlets: set[str]) -> dict[str, Any]:
    """What was found as plain data."""
    tables = {name: getattr(findings, name) for name in ("estimates", "network", "wire", "examples")}
    answer: dict[str, Any] = {
        name: [row for row in table.to_pylist() if row["outlet"] in outlets] for name, table in tables.items()
    }
    answer["unordered"] = [
        row for row in findings.unordered.to_pylist() if row["outlet"] in outlets or row["other"] in outlets
    ]
    answer["said"] = list(findings.said)
    answer["reading"] = {"version": reading.version, "hash": reading.hash, "counts": reading.counts}
    return answer


def _lines(findings: Echoes, outlets: set[str], limit: int) -> Iterator[str]:
    rows = [row for row in findings.estimates.to_pylist() if row["outlet"] in outlets]
    always = [row for row in rows if row["period_start"] is None and row["subject"] is None]
    wire = {row["outlet"]: row for row in findings.wire.to_pylist()}
    yield (
        "outlet                          words     stood elsewhere before      wire copy   mixed credit"
        "   run by several, uncredited"
    )
    enough = [row for row in always if row["n"] >= _FEWEST_ARTICLES]
    for row in sorted(enough, key=lambda r: (-(r["estimate"] or 0), r["outlet"])):
        of = wire[row["outlet"]]
        figure = "–" if row["estimate"] is None else percent(row)
        share = f"{of['wire'] / of['articles']:.1%}"
        yield (
            f"{row['outlet']:28} {row['wy']:10,.0f}     {figure:23} {share:>9}   {of['mixed']:>12,}"
            f"   {of['uncredited']:,}"
        )
    if len(enough) < len(always):
        few = counted(len(always) - len(enough), "outlet")
        yield f"  … and {few} of fewer than {_FEWEST_ARTICLES} dated articles (--json shows all)"
    network = [row for row in findings.network.to_pylist() if row["outlet"] in outlets]
    if network:
        yield ""
        yield "who runs whose words"
    texts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in findings.examples.to_pylist():
        texts.setdefault((row["outlet"], row["source"]), []).append(row)
    for row in network[:limit]:
        yield (
            f"{row['outlet']} after {row['source']}: {row['words']:,} words in {counted(row['articles'], 'article')}, "
            f"{row['near_duplicates']:,} of them near-duplicates; half of them within {_lag(row['lag'])}"
        )
        for example in texts.get((row["outlet"], row["source"]), []):
            yield f"    {example['source']}: {shortened(example['source_passage'], _SHOWN_LETTERS)}"
            yield f"    {example['outlet']}: {shortened(example['passage'], _SHOWN_LETTERS)}"
    if len(network) > limit:
        yield f"  … and {len(network) - limit:,} more pairs (--json shows all)"


def _lag(seconds: int) -> str:
    hours = seconds / 3600
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.0f} days"
