"""Keyword in context: where words stand in an archive, and in how many articles of each outlet and month.

A pattern is one or more words; `*` at a word's end stands for any further letters (`barrel bomb*`). It
follows the rule of a study's aliases: without a capital letter it matches whatever its case; with one it is
a name and matches as written or in full capitals. Words are whole words, in any script, and any white space
may stand between them. Apostrophes, hyphens and accents match however they are set.
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

from masthead.errors import UsageError, nearest
from masthead.study import Alias

if TYPE_CHECKING:
    from masthead.archive.folder import Archive
    from masthead.archive.parts import Part

CONTEXT = 60
"""Characters shown on either side of a match."""

_COLUMNS = ["article_id", "outlet", "published", "title", "text", "url"]
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Hit:
    """One match: `start` and `end` are code points in `field` (title or text); the rest is for reading."""

    article_id: str
    outlet: str
    published: dt.datetime | None
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
    are (outlet, month as YYYY-MM or None where undated, articles that match, articles there are).
    """

    hits: list[Hit]
    n_hits: int
    n_matching: int
    n_articles: int
    counts: list[tuple[str, str | None, int, int]]


def compile_pattern(pattern: str, case: Literal["exact", "ignore"] | None = None) -> re.Pattern[str]:
    """Turn a pattern into a regular expression. Raises UsageError where it is empty or matches everything."""
    try:
        alias = Alias(text=pattern, case=case)
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ").replace("the alias ", "")
        raise UsageError(
            f"the pattern cannot be used: {told}", "one or more words", "such as 'barrel bomb*'"
        ) from None
    forms = [alias.text] if alias.ignore_case else [alias.text, alias.text.upper()]
    alternatives = "|".join(dict.fromkeys(_expression(way) for form in forms for way in _accents(form)))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE if alias.ignore_case else 0)


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
    expression = compile_pattern(pattern, case)
    anchors = _accents(max(re.findall(r"\w+", unicodedata.normalize("NFC", pattern)), key=len))
    parts = archive.parts()
    chosen = _chosen_outlets(parts, outlets)
    there: Counter[tuple[str, str | None]] = Counter()
    matching: Counter[tuple[str, str | None]] = Counter()
    n_hits = 0
    sample: list[tuple[int, int, Hit]] = []
    for part in parts:
        articles = _narrowed(part.read(_COLUMNS), chosen, start, end)
        there.update(zip(articles["outlet"].to_pylist(), _months(articles), strict=True))
        for row in _candidates(articles, anchors):
            hits = list(_hits(row, expression))
            if not hits:
                continue
            matching[row["outlet"], _month(row["published"])] += 1
            for hit in hits:
                n_hits += 1
                # A heap whose first has the highest checksum: the one to give way.
                place = f"{hit.article_id} {hit.field} {hit.start}".encode()
                entry = (-zlib.crc32(place), n_hits, hit)
                if limit is None or len(sample) < limit:
                    heapq.heappush(sample, entry)
                else:
                    heapq.heappushpop(sample, entry)
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
    )


def _expression(form: str) -> str:
    words = []
    for word in form.split():
        stem = "".join(map(_letter, word.removesuffix("*")))
        words.append(stem + (r"\w*" if word.endswith("*") else ""))
    return r"\s+".join(words)


def _letter(letter: str) -> str:
    """Return an expression for one character; apostrophes and hyphens match however they are set."""
    for alike in ("'’‘ʼ", "-‐‑–"):
        if letter in alike:
            return f"[{re.escape(alike)}]"
    return re.escape(letter)


def _accents(text: str) -> list[str]:
    """Return the ways to write a text: an accented letter may be one character or two."""
    return list(dict.fromkeys((text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text))))


def _chosen_outlets(parts: Sequence[Part], outlets: Sequence[str]) -> pa.Array | None:
    """Return the outlets to keep as an array, or None for all."""
    if not outlets:
        return None
    known: set[str] = set()
    for part in parts:
        known.update(part.read(["outlet"])["outlet"].unique().to_pylist())
    chosen = []
    for outlet in outlets:
        same = [outlet] if outlet in known else [k for k in known if k.casefold() == outlet.casefold()]
        if not same:
            raise UsageError(
                f"the archive has no outlet '{outlet}'",
                "a value of its outlet column",
                nearest(outlet, known),
            )
        chosen += same
    return pa.array(chosen, pa.string())


def _narrowed(
    articles: pa.Table, outlets: pa.Array | None, start: dt.date | None, end: dt.date | None
) -> pa.Table:
    if outlets is not None:
        articles = articles.filter(pc.is_in(articles["outlet"], outlets))
    # A null compares as null, and a filter drops it: undated articles go when a day is asked for.
    if start:
        articles = articles.filter(pc.greater_equal(articles["published"], _midnight(start)))
    if end:
        articles = articles.filter(pc.less(articles["published"], _midnight(end + dt.timedelta(days=1))))
    return articles


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _candidates(articles: pa.Table, anchors: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield the articles that hold the pattern's longest word in any case: few, found without Python."""
    holds = functools.reduce(
        pc.or_,
        [
            pc.match_substring(articles[field], anchor, ignore_case=True)
            for field in ("title", "text")
            for anchor in anchors
        ],
    )
    for batch in articles.filter(holds).to_batches():
        yield from batch.to_pylist()


def _hits(row: dict[str, Any], expression: re.Pattern[str]) -> Iterator[Hit]:
    for field in ("title", "text"):
        text = row[field]
        for match in expression.finditer(text):
            left, right = max(0, match.start() - CONTEXT), match.end() + CONTEXT
            yield Hit(
                article_id=row["article_id"],
                outlet=row["outlet"],
                published=row["published"],
                title=row["title"],
                url=row["url"],
                field=field,
                start=match.start(),
                end=match.end(),
                left=_SPACE.sub(" ", text[left : match.start()]),
                match=_SPACE.sub(" ", match[0]),
                right=_SPACE.sub(" ", text[match.end() : right]),
            )


def _months(articles: pa.Table) -> list[str | None]:
    months: list[str | None] = pc.strftime(articles["published"], "%Y-%m").to_pylist()
    return months


def _month(published: dt.datetime | None) -> str | None:
    return published.strftime("%Y-%m") if published else None


def _cell_order(cell: tuple[str, str | None]) -> tuple[str, str]:
    """Sort undated articles after the months of their outlet."""
    return cell[0], cell[1] or "9999-99"
