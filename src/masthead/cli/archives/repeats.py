"""`masthead repeats`: which articles of an outlet are versions of one article, or copies of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import ArchiveOrStudy, AsJson, OtherArchive, open_archive_or_study
from masthead.cli.terminal.output import counted, emit, emit_csv, emit_json, progress, say
from masthead.errors import UsageError, shortened
from masthead.study.names import one_id

if TYPE_CHECKING:
    import pyarrow as pa

    from masthead.findings.about import RepeatCounts

_SHOWN = 20
_GROUNDS = {"address": "same page", "text": "like text"}


def repeats_command(
    where: ArchiveOrStudy,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many articles to list.")] = _SHOWN,
    other_archive: OtherArchive = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print all as CSV to stdout.")] = False,
    as_json: AsJson = False,
) -> None:
    """List an outlet's repeats: one page under several addresses, versions of one article, print and web copies.

    A survey counts such an article once: the last version stands for all, on the day of the first. With a study,
    outlets are its outlets, editions of one put together. A study with `repeats = "count"` counts each version.
    """
    if as_csv and as_json:
        raise UsageError("both --csv and --json were given", "one of them", "leave one out")
    import pyarrow.compute as pc

    from masthead.surveying.notes.repeats import archive_repeats, repeats_told

    archive, study = open_archive_or_study(where, other_archive)
    with progress() as report:
        table = archive_repeats(archive, study, report)
    outlets = study.outlet_of if study else {}
    info = archive.info()
    names = sorted({outlets.get(o.outlet, o.outlet) for o in info.outlets})
    if outlet is not None:
        other_names = {one.id: (one.name, *one.match) for one in study.listed} if study else {}
        one = one_id(outlet, {value: other_names.get(value, ()) for value in names}, "outlet", "the archive")
        table = table.filter(pc.equal(table["outlet"], one))
    if as_csv:
        emit_csv(table)
        return
    counts = repeats_told(study.repeats if study else "fold", table)
    if as_json:
        emit_json({**counts, "repeats": table.to_pylist()})
        return
    emit(*_lines(counts, info.articles, table, limit))
    if counts["mode"] == "count":
        say("note: the study counts each of them as an article of its own")


def _lines(counts: RepeatCounts, articles: int, table: pa.Table, limit: int) -> Iterator[str]:
    yield summary(counts, articles)
    if not counts["folded"]:
        return
    yield ""
    yield "outlet                        same page  like text"
    for one in counts["outlets"]:
        yield f"{one['outlet']:28}  {one['address']:>9,}  {one['text']:>9,}"
    number = 0
    for _, group in groupby(table.to_pylist(), key=lambda row: row["kept_id"]):
        if number == limit:
            break
        versions, number = list(group), number + 1
        latest = versions[0]
        yield ""
        yield _line(
            latest["kept_published"], latest["outlet"] + ":", latest["kept_title"], latest["kept_url"]
        )
        for row in versions:
            yield "  " + _line(row["published"], _GROUNDS[row["ground"]], row["title"], row["url"])
    if counts["kept"] > number:
        yield f"  … and {counts['kept'] - number:,} more articles with other versions (--csv shows all)"


def summary(counts: RepeatCounts, articles: int) -> str:
    """Say how many of an archive's articles are versions of others, and on what ground."""
    return (
        f"{counts['folded']:,} of {counted(articles, 'article')} {'is' if counts['folded'] == 1 else 'are'} an earlier "
        f"version or a copy of another one of the same outlet: {counts['address']:,} on the same page, "
        f"{counts['text']:,} by text alone"
    )


def _line(instant: dt.datetime | None, what: str, title: str, url: str | None) -> str:
    moment = f"{instant:%Y-%m-%d %H:%M}" if instant else "undated         "
    return f"{moment}  {what}  {shortened(title, 80)}  {url or ''}".rstrip()
