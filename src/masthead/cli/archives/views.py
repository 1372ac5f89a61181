"""How an archive and what was found in it look on a terminal: plain aligned text on stdout."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from masthead.cli.archives.repeats import summary
from masthead.cli.terminal.output import counted, emit, say

if TYPE_CHECKING:
    from masthead.archive import ArchiveInfo, Found
    from masthead.findings.about import RepeatCounts

_SHOWN_OUTLETS = 40
_SHOWN_GAPS = 30
_SHOWN_INGESTS = 12
_SHOWN_ALIKE = 12


def emit_info(info: ArchiveInfo, repeats: RepeatCounts | None) -> None:
    """Print what an archive holds.

    `repeats` is what `masthead.surveying.notes.repeats` tells of it; None where nobody has looked for any yet.
    """
    frame = info.frame or "not stated"
    if not info.articles:
        emit(f"{info.name}: no articles")
    else:
        content = f"{counted(info.articles, 'article')} of {counted(len(info.outlets), 'outlet')}"
        emit(f"{info.name}: {content}, {_span(info.first, info.last)}")
    if info.unnamed:
        emit(
            f"damage: no ingest names {counted(len(info.unnamed), 'file')} of the archive; they are not read:"
        )
        for path in info.unnamed[:_SHOWN_INGESTS]:
            emit(f"  {path}")
        _emit_more(len(info.unnamed) - _SHOWN_INGESTS, "files")
        emit(f"  `masthead archive mend {info.path}` takes them back")
    emit(f"frame: {frame}{': ' + info.frame_note if info.frame_note else ''}")
    emit(f"hash: {info.hash}")
    sums = f"{info.kept:,} kept + {info.duplicate:,} duplicate + {info.refused:,} refused"
    emit(f"added in {counted(info.ingests, 'ingest')}: {counted(info.rows, 'row')} = {sums}")
    for one in info.added[-_SHOWN_INGESTS:]:
        counts = f"{one.kept:,} kept, {one.duplicate:,} duplicate, {one.refused:,} refused"
        emit(f"  {one.ingest}  {one.source or 'taken back'}: {counts}")
    _emit_more(len(info.added) - _SHOWN_INGESTS, "earlier ingests")
    if info.undone:
        emit(f"ingests that were taken back: {', '.join(info.undone)}")
    emit(f"undated: {info.undated:,}   without text: {info.without_text:,}")
    if info.ahead:
        emit(f"  {info.ahead:,} had a date in the future when they were added; `add --replace` looks again")
    if info.repaired:
        emit(f"repaired when they were added, by kind of damage: {_count_list(info.repaired, '')}")
    if info.damaged:
        emit(f"damage that was told and left: {_count_list(info.damaged, '')}")
    if repeats is None:
        emit(f"repeats: not looked for yet; `masthead repeats {info.path}` does, and a survey")
    else:
        emit(f"repeats: {summary(repeats, info.articles)}")
    if repeats and repeats["folded"]:
        emit(f"  a survey counts each with the other; `masthead repeats {info.path}` lists them")
    emit(f"articles whose text another outlet ran too: {info.shared:,}")
    emit("languages: " + (_count_list(info.languages, "not known") or "none"))
    emit("sections: " + (_count_list(info.sections, "not given") or "none"))
    emit("")
    _emit_outlets(info, repeats)
    emit(*alike_lines(info.alike))
    emit(*_day_lines(info))
    _emit_months(info)
    gaps = [(o.outlet, a, b) for o in info.outlets for a, b in o.gaps]
    if gaps:
        emit("")
        emit("gaps in collection (nothing for longer than chance explains)")
        longest = sorted(gaps, key=lambda g: g[1] - g[2])[:_SHOWN_GAPS]
        for outlet, a, b in sorted(longest):
            emit(f"  {outlet}: {a} to {b} ({(b - a).days + 1:,} days)")
        _emit_more(len(gaps) - len(longest), "shorter gaps")


def alike_lines(groups: Sequence[Sequence[str]]) -> list[str]:
    """Say which outlets look like one, a line for each group, and what can be done about it."""
    if not groups:
        return []
    lines = ["names that look like one outlet (`masthead study new` puts them under one; check them):"]
    for group in groups[:_SHOWN_ALIKE]:
        names = ", ".join(repr(name) for name in group[:_SHOWN_ALIKE])
        lines.append(f"  {names}" + (", …" if len(group) > _SHOWN_ALIKE else ""))
    if len(groups) > _SHOWN_ALIKE:
        lines.append(f"  … and {len(groups) - _SHOWN_ALIKE:,} more groups (archive info --json shows all)")
    return lines


def _day_lines(info: ArchiveInfo) -> list[str]:
    """Say on whose clocks days are counted, where that is not UTC's or could be another; and what bears one time."""
    from masthead.archive.days import utc_days

    lines = []
    if info.zones:
        zones = sorted(set(info.zones.values()))
        names = ", ".join(zones[:_SHOWN_OUTLETS])
        lines.append(
            f"days are those of {names}, as was said with --zone for {counted(len(info.zones), 'outlet')}"
        )
    if info.moved:
        lines.append(utc_days(info.moved))
    return [*lines, *(bunch.sentence() for bunch in info.bunched[:_SHOWN_OUTLETS])]


def _emit_outlets(info: ArchiveInfo, repeats: RepeatCounts | None) -> None:
    repeat_counts = {
        one["outlet"]: one["address"] + one["text"] for one in (repeats["outlets"] if repeats else ())
    }
    by_size = sorted(info.outlets, key=lambda o: (-o.articles, o.outlet))
    rows = [["outlet", "articles", "undated", "repeats", "first", "last", "gaps", "texts lack"]]
    for o in by_size[:_SHOWN_OUTLETS]:
        lack = [
            name
            for name, there in (("quotation marks", o.quotation_marks), ("commas", o.commas))
            if not there
        ]
        figures = [f"{n:,}" for n in (o.articles, o.undated)]
        figures.append(f"{repeat_counts.get(o.outlet, 0):,}" if repeats else "?")
        days = [str(o.first or ""), str(o.last or "")]
        rows.append([o.outlet, *figures, *days, str(len(o.gaps) or ""), ", ".join(lack)])
    _emit_table(rows, right={1, 2, 3, 6})
    _emit_more(len(by_size) - _SHOWN_OUTLETS, "outlets")


def _emit_months(info: ArchiveInfo) -> None:
    months: dict[dt.date, int] = defaultdict(int)
    for _, month, count in info.months:
        months[month] += count
    if not months:
        return
    emit("")
    emit("articles per month (per outlet: --json)")
    most = max(months.values())
    for previous, month in pairwise([min(months), *sorted(months)]):
        empty = (month.year - previous.year) * 12 + month.month - previous.month - 1
        if empty > 0:
            emit(f"  {empty:,} {'month' if empty == 1 else 'months'} with none")
        emit(f"  {month:%Y-%m} {months[month]:>8,} {'#' * round(40 * months[month] / most)}".rstrip())


def emit_found(matches: Found) -> None:
    """Print matches in context, one under the other, then the counts per outlet and per month."""
    names = max((len(hit.outlet) for hit in matches.hits), default=0)
    left = max((len(hit.left) for hit in matches.hits), default=0)
    for hit in matches.hits:
        day = hit.day.isoformat() if hit.day else "undated   "
        emit(f"{day}  {hit.outlet:<{names}}  {hit.left:>{left}}[{hit.match}]{hit.right}")
    if matches.hits:
        emit("")
    if len(matches.hits) < matches.n_hits:
        say(f"shown is a sample of {len(matches.hits):,} of {matches.n_hits:,} matches; --limit shows more")
    _emit_counts(matches, "outlet", lambda cell: cell[0])
    emit("")
    _emit_counts(matches, "month", lambda cell: cell[1] or "undated")


def _emit_counts(matches: Found, title: str, key: Callable[[tuple[str, str | None]], str]) -> None:
    sums: dict[str, list[int]] = {}
    for outlet, month, matching, articles in matches.counts:
        cell = sums.setdefault(key((outlet, month)), [0, 0])
        cell[0] += matching
        cell[1] += articles
    # With many outlets the ones that never match would bury the others.
    cells = {name: cell for name, cell in sums.items() if cell[0] or len(sums) <= _SHOWN_OUTLETS}
    rows = [[title, "articles that match", "of", "share"]]
    rows += [
        [name, f"{matching:,}", f"{articles:,}", f"{matching / articles:.1%}"]
        for name, (matching, articles) in sorted(cells.items())
    ]
    _emit_table(rows, right={1, 2, 3})
    _emit_more(len(sums) - len(cells), f"{title}s without a match")


def _emit_table(rows: list[list[str]], right: set[int]) -> None:
    """Print rows with their columns aligned; `right` are the columns of figures."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        cells = [
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        emit("  ".join(cells).rstrip())


def _emit_more(count: int, what: str) -> None:
    if count > 0:
        emit(f"  … and {count:,} more {what} (--json shows all)")


def _count_list(counts: dict[str, int], name_of_none: str) -> str:
    first = list(counts.items())[:12]
    more = f", and {len(counts) - 12:,} more" if len(counts) > 12 else ""
    return ", ".join(f"{name or name_of_none} {count:,}" for name, count in first) + more


def _span(first: dt.date | None, last: dt.date | None) -> str:
    return f"{first} to {last}" if first else "all undated"
