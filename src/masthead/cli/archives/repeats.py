"""`masthead repeats`: which articles of an outlet are versions of one article, or copies of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import ArchiveOrStudy, AsJson, OtherArchive, open_archive_or_study
from masthead.cli.terminal.output import counted, emit, emit_csv, emit_json, progress, say
from masthead.errors import UsageError
from masthead.study.names import chosen

if TYPE_CHECKING:
    import pyarrow as pa

    from masthead.findings.about import RepeatCounts

_SHOWN = 20
_GROUNDS = {"address": "same page", "text": "like text"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("repeats")
    def repeats_command(
        where: ArchiveOrStudy,
        outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
        limit: Annotated[int, typer.Option(min=1, help="How many articles to list.")] = _SHOWN,
        archive: OtherArchive = None,
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

        opened, study = open_archive_or_study(where, archive)
        with progress() as report:
            table = archive_repeats(opened, study, report)
        outlets = study.outlet_of if study else {}
        info = opened.info()
        known = sorted({outlets.get(o.outlet, o.outlet) for o in info.outlets})
        if outlet is not None:
            named = {one.id: (one.name, *one.match) for one in study.listed} if study else {}
            one = chosen(outlet, {value: named.get(value, ()) for value in known}, "outlet", "the archive")
            table = table.filter(pc.equal(table["outlet"], one))
        if as_csv:
            emit_csv(table)
            return
        told = repeats_told(study.repeats if study else "fold", table)
        if as_json:
            emit_json({**told, "repeats": table.to_pylist()})
            return
        for line in _lines(told, info.articles, table, limit):
            emit(line)
        if told["mode"] == "count":
            say("note: the study counts each of them as an article of its own")


def _lines(told: RepeatCounts, articles: int, table: pa.Table, limit: int) -> Iterator[str]:
    yield summary(told, articles)
    if not told["folded"]:
        return
    yield ""
    yield "outlet                        same page  like text"
    for one in told["outlets"]:
        yield f"{one['outlet']:28}  {one['address']:>9,}  {one['text']:>9,}"
    shown = 0
    for _, group in groupby(table.to_pylist(), key=lambda row: row["kept_id"]):
        if shown == limit:
            break
        versions, shown = list(group), shown + 1
        kept = versions[0]
        yield ""
        yield _line(kept["kept_published"], kept["outlet"] + ":", kept["kept_title"], kept["kept_url"])
        for row in versions:
            yield "  " + _line(row["published"], _GROUNDS[row["ground"]], row["title"], row["url"])
    if told["kept"] > shown:
        yield f"  … and {told['kept'] - shown:,} more articles with other versions (--csv shows all)"


def summary(told: RepeatCounts, articles: int) -> str:
    """Say how many of an archive's articles are versions of others, and on what ground."""
    return (
        f"{told['folded']:,} of {counted(articles, 'article')} {'is' if told['folded'] == 1 else 'are'} an earlier "
        f"version or a copy of another one of the same outlet: {told['address']:,} on the same page, "
        f"{told['text']:,} by text alone"
    )


def _line(published: dt.datetime | None, what: str, title: str, url: str | None) -> str:
    moment = f"{published:%Y-%m-%d %H:%M}" if published else "undated         "
    title = " ".join(title.split())
    return f"{moment}  {what}  {title if len(title) <= 80 else title[:79] + '…'}  {url or ''}".rstrip()
