"""Story × outlet: who ran what, who could have, and what else is known of each such cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Whole = npt.NDArray[np.int64]
Array = npt.NDArray[np.float64]

FEWEST_ARTICLES = 20
"""Outlets with fewer dated articles are not judged: a gap in their collection cannot be told from silence."""

OTHERS = 2
"""A story counts for an outlet where at least so many other outlets ran it."""

NEAR, AROUND, GAP_NEAR = 3, 14, 3
"""Days to either side of a story: of an outlet's week, of its month, and in which a gap makes its cell unknown."""

_TEXTS = pa.list_(pa.string())

RUNS = pa.schema({"story": pa.string(), "outlet": pa.string(), "day": pa.date32()})
"""One row per article that belongs to a story and is dated; wire copy is an article like any other."""

STORIES = pa.schema(
    {
        "story": pa.string(),
        "section": pa.string(),
        "place": pa.string(),
        "subjects": _TEXTS,
        "unfavourable": _TEXTS,
    }
)
"""What a story is about; `unfavourable` are those of its subjects that it shows in a bad light."""

GAPS = pa.schema({"outlet": pa.string(), "gap_start": pa.date32(), "gap_end": pa.date32()})
"""Gaps in collection, both days included."""

NUMBERS = ("size", "week", "month")

CELLS = pa.schema(
    [
        *((name, pa.string()) for name in ("story", "outlet")),
        ("day", pa.date32()),
        ("covered", pa.bool_()),
        ("known", pa.bool_()),
        ("others", pa.int32()),
        *((name, pa.float64()) for name in NUMBERS),
        *(STORIES.field(name) for name in STORIES.names[1:]),
    ]
)
"""One row per story that at least two outlets ran and outlet that can be judged.

covered: whether the outlet ran it.
known:   False where the archive may have lost what the outlet published about it: in or near a gap in its
         collection, or before its first or after its last article.
others:  how many other outlets ran it.
size:    in doublings, how many more others ran it than such outlets usually do.
week, month: in doublings, how much more else the outlet published within 3 and 14 days of it than it usually
         does when all outlets together publish as much.
"""


@dataclass(frozen=True)
class Cells:
    """The cells, and who and what is not among them: outlets with the reason why, stories of one outlet."""

    table: pa.Table
    left_out: dict[str, str]
    stories: int
    alone: int


def make_cells(runs: pa.Table, stories: pa.Table, gaps: pa.Table) -> Cells:
    """Cross stories with outlets. `runs` is as `RUNS`, `stories` as `STORIES`, `gaps` as `GAPS`.

    A story's day is the middle one of its articles. Rows come sorted by day, story and outlet, whatever the
    order of the tables. Stories without a row in `stories` are about nothing that is known.
    """
    names, story = _codes(runs["story"])
    outlets, outlet = _codes(runs["outlet"])
    article_day = runs["day"].cast(pa.int32()).to_numpy().astype(np.int64)
    articles = np.bincount(outlet, minlength=len(outlets))
    few = {
        outlets[o]: f"{articles[o]:,} dated {'article' if articles[o] == 1 else 'articles'}, "
        "too few to tell a gap in collection from silence"
        for o in np.flatnonzero(articles < FEWEST_ARTICLES)
    }
    large = np.flatnonzero(articles >= FEWEST_ARTICLES)
    together = np.unique(np.stack([story, outlet]), axis=1)
    eligible = np.flatnonzero(np.bincount(together[0], minlength=len(names)) >= OTHERS)
    if not len(eligible) or not len(large):
        return Cells(CELLS.empty_table(), few, len(names), len(names) - len(eligible))
    days = _middle_days(story, article_day, len(names))[eligible]
    order = np.lexsort((eligible, days))
    eligible, days = eligible[order], days[order]
    row = np.full(len(names), -1)
    row[eligible] = np.arange(len(eligible))

    ran = np.zeros((len(eligible), len(outlets)), bool)
    ran[row[story[row[story] >= 0]], outlet[row[story] >= 0]] = True
    is_known = _is_known(days, outlets, outlet, article_day, gaps)
    usual = is_known * ((ran & is_known).sum(axis=0) / np.maximum(is_known.sum(axis=0), 1))
    others = ran.sum(axis=1)[:, None] - ran
    known_runs = (ran & is_known).sum(axis=1)[:, None] - (ran & is_known)
    columns: dict[str, Array] = {"size": _doublings(known_runs, usual.sum(axis=1)[:, None] - usual)}
    for name, within in (("week", NEAR), ("month", AROUND)):
        columns[name] = _rhythm(days, row[story], outlet, article_day, articles, within)
    of_rows = pa.array(np.repeat(np.arange(len(eligible)), len(large)))
    traits = stories.take(pc.index_in(pa.array([names[i] for i in eligible], pa.string()), stories["story"]))
    table = pa.table(
        {
            "story": pa.array([names[i] for i in eligible], pa.string()).take(of_rows),
            "outlet": pa.array([outlets[o] for o in large] * len(eligible), pa.string()),
            "day": pa.array(days, pa.int32()).cast(pa.date32()).take(of_rows),
            "covered": ran[:, large].ravel(),
            "known": is_known[:, large].ravel(),
            "others": others[:, large].ravel(),
            **{name: values[:, large].ravel() for name, values in columns.items()},
            **{name: traits[name].take(of_rows) for name in STORIES.names[1:]},
        }
    )
    return Cells(table.cast(CELLS), few, len(names), len(names) - len(eligible))


def _codes(column: pa.ChunkedArray) -> tuple[list[str], Whole]:
    """The sorted values of a column, and the place of each row's value among them."""
    values = sorted(pc.unique(column).to_pylist())
    return values, pc.index_in(column, pa.array(values, pa.string())).to_numpy().astype(np.int64)


def _middle_days(story: Whole, day: Whole, stories: int) -> Whole:
    """The lower median of each story's days."""
    order = np.lexsort((day, story))
    counts = np.bincount(story, minlength=stories)
    middle: Whole = day[order][np.cumsum(counts) - counts + (counts - 1) // 2]
    return middle


def _is_known(
    days: Whole, outlets: list[str], outlet: Whole, article_day: Whole, gaps: pa.Table
) -> npt.NDArray[np.bool_]:
    first = np.full(len(outlets), np.iinfo(np.int64).max)
    last = np.full(len(outlets), np.iinfo(np.int64).min)
    np.minimum.at(first, outlet, article_day)
    np.maximum.at(last, outlet, article_day)
    # The first and the last day are left out: they are known by the outlet's having published, not before.
    is_known = (days[:, None] > first) & (days[:, None] < last)
    numbers = {name: number for number, name in enumerate(outlets)}
    bounds = (gaps[name].cast(pa.int32()).to_pylist() for name in ("gap_start", "gap_end"))
    for name, start, end in zip(gaps["outlet"].to_pylist(), *bounds, strict=True):
        if name in numbers:
            is_known[:, numbers[name]] &= (days < start - GAP_NEAR) | (days > end + GAP_NEAR)
    return is_known


def _rhythm(
    days: Whole, row: Whole, outlet: Whole, article_day: Whole, articles: Whole, within: int
) -> Array:
    """How much more else each outlet published around each day than usual, in doublings: days × outlets.

    `row` gives each article's story as a place in `days`, or −1. What belongs to the story itself is left out.
    """
    counts = np.empty((len(days), len(articles)), np.int64)
    order = np.lexsort((article_day, outlet))
    for o, end in enumerate(np.cumsum(articles)):
        own = article_day[order[end - articles[o] : end]]
        counts[:, o] = np.searchsorted(own, days + within, "right") - np.searchsorted(own, days - within)
    of_story = np.flatnonzero(row >= 0)
    of_story = of_story[np.abs(article_day[of_story] - days[row[of_story]]) <= within]
    np.subtract.at(counts, (row[of_story], outlet[of_story]), 1)
    return _doublings(counts, counts.sum(axis=1)[:, None] * articles / articles.sum())


def _doublings(count: Whole | Array, usual: Array) -> Array:
    """How often `usual` must be doubled to give `count`; half an article is added to both."""
    doublings: Array = np.log2((count + 0.5) / (np.maximum(usual, 0.0) + 0.5))
    return doublings
