"""Keyword in context: where words stand in an archive, and in how many articles of each outlet and month.

A pattern is one or more words; `*` at a word's end stands for any further letters (`barrel bomb*`). It
follows the rule of a study's aliases, and one scanner looks for both: without a capital letter it matches whatever
its case; with one it is a name and matches as written or in full capitals. Words are whole words, in any script, and
any white space may stand between them. Apostrophes, quotation marks, hyphens and accents match however they are set.
"""

from __future__ import annotations

import datetime as dt
import functools
import heapq
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import ValidationError

from masthead.archive.days import in_utc, own_days, zones_said
from masthead.errors import UsageError
from masthead.matching.scan import Scanner
from masthead.study import Alias
from masthead.study.names import matching_ids, near

if TYPE_CHECKING:
    from masthead.archive.folder import Archive
    from masthead.archive.parts import Part

CONTEXT = 60
"""Characters shown on either side of a match."""

_COLUMNS = ["article_id", "outlet", "published", "published_precision", "title", "text", "url"]
_SPACE = re.compile(r"\s+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
"""Letters that are written for one another."""


@dataclass(frozen=True)
class Hit:
    """One match: `start` and `end` are code points in `field` (title or text); the rest is for reading.

    `day` is the article's on the clock of its outlet (`masthead.archive.days`).
    """

    article_id: str
    outlet: str
    published: dt.datetime | None
    day: dt.date | None
    title: str
    url: str | None
    field: str
    start: int
    end: int
    left: str
    match: str
    right: str


@dataclass(frozen=True)
class Found:
    """What `find` found.

    `hits` are ordered by outlet, date and place, and are `n_hits` unless a limit made them a sample; `counts`
    are (outlet, month as YYYY-MM or None where undated, articles that match, articles there are). `moved` counts, by
    outlet, the articles whose day in UTC, which counts here, is another than they were written on.
    """

    hits: list[Hit]
    n_hits: int
    n_matching: int
    n_articles: int
    counts: list[tuple[str, str | None, int, int]]
    moved: dict[str, int]


def finder_of(pattern: str, case: Literal["exact", "ignore"] | None = None) -> Finder:
    """Return what finds a pattern. Raises UsageError where it is empty or matches everything."""
    try:
        alias = Alias(text=pattern, case=case)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ").replace("the alias ", "")
        raise UsageError(
            f"the pattern cannot be used: {reason}", "one or more words", "such as 'barrel bomb*'"
        ) from None
    return Finder(alias)


class Finder:
    """Finds one alias in texts, and the articles that may hold it."""

    def __init__(self, alias: Alias) -> None:
        self._scanner = Scanner([alias.pattern])
        longest = max(re.findall(r"\w+", unicodedata.normalize("NFC", alias.text)), key=len)
        self._anchors = [] if _ARABIC.search(longest) else _accents(longest)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the alias stands: code points [start, end), ordered and disjoint."""
        spans: list[tuple[int, int]] = []
        for _, start, end in self._scanner.scan(text):
            if not spans or start >= spans[-1][1]:
                spans.append((start, end))
        return spans

    def candidates(self, articles: pa.Table) -> Iterator[dict[str, Any]]:
        """Yield the articles that hold the alias's longest word in any case: few, found without Python."""
        if self._anchors:
            holds = [
                pc.match_substring(articles[field], anchor, ignore_case=True)
                for field in ("title", "text")
                for anchor in self._anchors
            ]
            articles = articles.filter(functools.reduce(pc.or_, holds))
        for batch in articles.to_batches():
            yield from batch.to_pylist()


def articles_with(archive: Archive, aliases: Sequence[Alias]) -> list[str]:
    """Return the ids of the articles that hold one of the aliases, in title or text."""
    finders = [Finder(alias) for alias in aliases]
    ids: set[str] = set()
    for part in archive.parts():
        articles = part.read(["article_id", "title", "text"])
        for finder in finders:
            for row in finder.candidates(articles):
                if row["article_id"] not in ids and any(
                    finder.spans(row[f] or "") for f in ("title", "text")
                ):
                    ids.add(row["article_id"])
    return sorted(ids)


def find_in_archive(
    archive: Archive,
    pattern: str,
    *,
    outlets: Sequence[str] = (),
    start: dt.date | None = None,
    end: dt.date | None = None,
    limit: int | None = None,
    case: Literal["exact", "ignore"] | None = None,
) -> Found:
    """Find `pattern` in titles and texts, part by part.

    `outlets` are values of the archive's outlet column (none: all); `start` and `end` are days, both
    included, and leave undated articles out. With a `limit` the hits are a sample that is the same at every
    call: those whose article and place have the lowest checksums. Raises UsageError for an outlet that the
    archive lacks.
    """
    finder = finder_of(pattern, case)
    parts = archive.parts()
    zones = zones_said(archive)
    outlet_filter = _chosen_outlets(parts, outlets)
    there: Counter[tuple[str, str | None]] = Counter()
    matching: Counter[tuple[str, str | None]] = Counter()
    n_hits = 0
    sample: list[tuple[int, int, Hit]] = []
    for part in parts:
        articles = part.read(_COLUMNS)
        articles = _narrow(
            articles.append_column("day", own_days(articles, zones)), outlet_filter, start, end
        )
        there.update(zip(articles["outlet"].to_pylist(), _months(articles), strict=True))
        for row in finder.candidates(articles):
            hits = list(_hits(row, finder))
            if not hits:
                continue
            matching[row["outlet"], _month(row["day"])] += 1
            for hit in hits:
                n_hits += 1
                # A heap whose first has the highest checksum: the one to give way.
                place = f"{hit.article_id} {hit.field} {hit.start}".encode()
                entry = (-zlib.crc32(place), n_hits, hit)
                if limit is None or len(sample) < limit:
                    heapq.heappush(sample, entry)
                else:
                    heapq.heappushpop(sample, entry)
    outlets_there = {outlet for outlet, _ in there}
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    return Found(
        hits=sorted(
            (hit for _, _, hit in sample),
            key=lambda h: (h.outlet, h.published or never, h.article_id, h.field != "title", h.start),
        ),
        n_hits=n_hits,
        n_matching=matching.total(),
        n_articles=there.total(),
        counts=[(*cell, matching[cell], there[cell]) for cell in sorted(there, key=_cell_order)],
        moved={
            outlet: count
            for outlet, count in sorted(in_utc(archive, zones).items())
            if outlet in outlets_there
        },
    )


def _accents(text: str) -> list[str]:
    """Return the ways to write a text: an accented letter may be one character or two."""
    return list(dict.fromkeys((text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))))


def _chosen_outlets(parts: Sequence[Part], outlets: Sequence[str]) -> pa.Array | None:
    """Return the outlets to keep as an array, or None for all."""
    if not outlets:
        return None
    all_outlets: set[str] = set()
    for part in parts:
        all_outlets.update(part.read(["outlet"])["outlet"].unique().to_pylist())
    names = dict.fromkeys(all_outlets, ())
    matches = []
    for outlet in outlets:
        same = matching_ids(outlet, names)
        if not same:
            raise UsageError(
                f"the archive has no outlet '{outlet}'", "a value of its outlet column", near(outlet, names)
            )
        matches += same
    return pa.array(matches, pa.string())


def _narrow(
    articles: pa.Table, outlets: pa.Array | None, start: dt.date | None, end: dt.date | None
) -> pa.Table:
    if outlets is not None:
        articles = articles.filter(pc.is_in(articles["outlet"], outlets))
    # A null compares as null, and a filter drops it: undated articles go when a day is asked for.
    if start:
        articles = articles.filter(pc.greater_equal(articles["day"], start))
    if end:
        articles = articles.filter(pc.less_equal(articles["day"], end))
    return articles


def _hits(row: dict[str, Any], finder: Finder) -> Iterator[Hit]:
    for field in ("title", "text"):
        text = row[field] or ""
        for start, end in finder.spans(text):
            left, right = max(0, start - CONTEXT), end + CONTEXT
            yield Hit(
                article_id=row["article_id"],
                outlet=row["outlet"],
                published=row["published"],
                day=row["day"],
                title=row["title"],
                url=row["url"],
                field=field,
                start=start,
                end=end,
                left=_SPACE.sub(" ", text[left:start]),
                match=_SPACE.sub(" ", text[start:end]),
                right=_SPACE.sub(" ", text[end:right]),
            )


def _months(articles: pa.Table) -> list[str | None]:
    months: list[str | None] = pc.strftime(articles["day"], "%Y-%m").to_pylist()
    return months


def _month(day: dt.date | None) -> str | None:
    return day.strftime("%Y-%m") if day else None


def _cell_order(cell: tuple[str, str | None]) -> tuple[str, str]:
    """Sort undated articles after the months of their outlet."""
    return cell[0], cell[1] or "9999-99"
