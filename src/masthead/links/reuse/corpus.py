"""The words of a whole archive, kept beside memory, and what must be known of each article to compare it."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.links.arrays import Flags, Ints
from masthead.links.reuse.credits import Credit, find_credit
from masthead.reading.words import Ids, find_words

_LOT_WORDS = 1_000_000
_LOT_LETTERS = 100_000
_MINUTE, _DAY = 60_000_000, 86_400_000_000
_SPAN = {"second": 0, "minute": _MINUTE, "day": _DAY, "month": 31 * _DAY, "year": 366 * _DAY}
"""How long after its stated time an article may have appeared, in microseconds."""

_UNDATED = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Corpus:
    """Articles in order of time (undated ones last, those of one time by id), and their words.

    article_id, outlet, raw_outlet, credit: (n articles,) `outlet` is the number of the study's outlet,
        `raw_outlet` the archive's value; `credit` the agency that the article is credited to, as it says
        itself, or None
    since, until: (n articles,) microseconds since 1970 between which it appeared; the largest number
    where undated
    has_time: (n articles,) whether the time of day is known
    ids: the words of all articles, on disk; an article's begin at `begins` and are `counts` many
    storage_order: the articles in the order in which their words are stored, which is that of the archive's parts
    """

    article_id: npt.NDArray[np.str_]
    outlet: Ints
    raw_outlet: npt.NDArray[np.object_]
    credit: dict[int, Credit]
    since: Ints
    until: Ints
    has_time: Flags
    ids: Ids
    begins: Ints
    counts: Ints
    storage_order: Ints

    def __len__(self) -> int:
        return len(self.article_id)

    @cached_property
    def has_date(self) -> Flags:
        """Whether each article has a date."""
        flags: Flags = self.since != _UNDATED
        return flags

    @cached_property
    def day(self) -> Ints:
        """The day of each article, counted from the first; an undated one has a day of its own."""
        days = self.since // _DAY
        dates = days[self.has_date]
        if len(dates):
            days = days - dates.min()
        top = int(days[self.has_date].max()) + 1 if len(dates) else 0
        alone = np.flatnonzero(~self.has_date)
        days[alone] = top + np.arange(len(alone))
        return days

    def lots(self) -> Iterator[tuple[Ids, Ints]]:
        """Yield words and the article of each, a million at a time, article by article."""
        counts = self.counts[self.storage_order]
        ends = np.cumsum(counts)
        at = start = 0
        while at < len(counts):
            stop = max(at + 1, int(np.searchsorted(ends, start + _LOT_WORDS, side="right")))
            yield self.ids[start : ends[stop - 1]], np.repeat(self.storage_order[at:stop], counts[at:stop])
            at, start = stop, int(ends[stop - 1])


def read_corpus(
    archive: Archive,
    outlets: Mapping[str, str],
    progress: Callable[[int, int], None] | None = None,
    *,
    zones: Mapping[str, str] | None = None,
    credits_too: bool = True,
) -> Corpus:
    """Read the words, times, outlets and, unless they are not asked for, credits of all articles of the archive.

    A day without a time is one on the clock of its outlet's zone (`zones`, by the archive's outlet), or else of UTC.

    The words lie in a file without a name in the archive's folder, which is gone when this process is.
    """
    columns = ["article_id", "outlet", "published", "published_precision", "text", "credit"]
    tables: list[pa.Table] = []
    counts: list[Ints] = []
    credits_: dict[int, Credit] = {}
    parts = archive.parts()
    as_published = _published_credits(archive) if credits_too else {}
    with tempfile.TemporaryFile(dir=archive.path) as file:
        at = 0
        for number, part in enumerate(parts):
            table = part.read(columns)
            texts = table["text"].to_pylist()
            for lot in text_lots(texts):
                words = find_words(texts[lot])
                words.ids.tofile(file)
                counts.append(words.counts)
            credits_by_article = (as_published or _credits(table)) if credits_too else {}
            for place, article in enumerate(table["article_id"].to_pylist(), at):
                if article in credits_by_article:
                    credits_[place] = credits_by_article[article]
            at += len(texts)
            tables.append(table.drop_columns(["text", "credit"]))
            if progress:
                progress(number + 1, len(parts))
        file.flush()
        total = sum(int(c.sum()) for c in counts)
        ids: Ids = np.memmap(file, np.uint32, "r", shape=(total,)) if total else np.empty(0, np.uint32)
    sizes = np.concatenate(counts) if counts else np.empty(0, np.int64)
    return _in_order(tables, outlets, zones or {}, credits_, ids, sizes)


def _published_credits(archive: Archive) -> dict[str, Credit]:
    """Return the credits of an archive of which some counts for nothing: a dateline, say, still tells the agency."""
    credits_by_article: dict[str, Credit] = {}
    if archive.published is not archive:
        for part in archive.published.parts():
            credits_by_article |= _credits(part.read(["article_id", "outlet", "credit", "text"]))
    return credits_by_article


def _credits(articles: pa.Table) -> dict[str, Credit]:
    columns = (articles[name].to_pylist() for name in ("article_id", "credit", "text", "outlet"))
    rows = zip(*columns, strict=True)
    return {article: credit for article, *details in rows if (credit := find_credit(*details))}


def text_lots(texts: list[str]) -> Iterator[slice]:
    """Cut texts into lots that are quickly turned into words."""
    start = letters = 0
    for i, text in enumerate(texts):
        letters += len(text)
        if letters >= _LOT_LETTERS:
            yield slice(start, i + 1)
            start, letters = i + 1, 0
    if start < len(texts):
        yield slice(start, len(texts))


def _in_order(
    tables: list[pa.Table],
    outlets: Mapping[str, str],
    zones: Mapping[str, str],
    credits_: dict[int, Credit],
    ids: Ids,
    counts: Ints,
) -> Corpus:
    if not tables:
        none = np.empty(0, np.int64)
        return Corpus(
            np.empty(0, "U20"), none, np.empty(0, object), {}, none, none, none > 0, ids, none, none, none
        )
    table = pa.concat_tables(tables)
    article_id = np.array(table["article_id"].to_pylist())
    since = pc.fill_null(pc.cast(table["published"], pa.int64()), _UNDATED).to_numpy().copy()
    precision = table["published_precision"].to_pylist()
    span = np.array([_SPAN.get(p, 0) for p in precision], np.int64)
    until = np.where(since == _UNDATED, _UNDATED, since + span)
    has_time = np.array([p in ("second", "minute") for p in precision], bool)
    raw = np.array(table["outlet"].to_pylist(), object)
    for zone in sorted(set(zones.values())):
        own = np.isin(raw, [outlet for outlet, its in zones.items() if its == zone])
        days = own & ~has_time & (since != _UNDATED)
        since[days], until[days] = _on_clock(since[days], zone), _on_clock(until[days], zone)
    names = sorted({outlets.get(name, name) for name in raw})
    number = {name: i for i, name in enumerate(names)}
    outlet = np.array([number[outlets.get(name, name)] for name in raw], np.int64)
    order = np.lexsort((article_id, since))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    begins = np.cumsum(counts) - counts
    return Corpus(
        article_id[order], outlet[order], raw[order], {int(rank[k]): v for k, v in credits_.items()},
        since[order], until[order], has_time[order], ids, begins[order], counts[order], rank,
    )  # fmt: skip


def _on_clock(days: Ints, zone: str) -> Ints:
    """Return the instants at which a zone's clock shows what these, in microseconds, show in UTC."""
    different_days, back = np.unique(days, return_inverse=True)
    walls = [_EPOCH + dt.timedelta(microseconds=int(day)) for day in different_days]
    microseconds = [
        (wall.replace(tzinfo=ZoneInfo(zone)) - _EPOCH) // dt.timedelta(microseconds=1) for wall in walls
    ]
    instants: Ints = np.array(microseconds, np.int64)[back]
    return instants


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
