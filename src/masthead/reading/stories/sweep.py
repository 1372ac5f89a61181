"""Grouping articles into stories: one sweep through time, average linkage within a moving window.

How well two articles fit is the cosine of their weighted terms, less a little for every day between them, less
something for each thing that they count differently, less something where one outlet wrote both (how much, the
archive says: see `outlet_habit`). Two groups fit by the mean over their pairs of articles; the best pair of
groups is joined first, until none fits well enough. All but the time is a sum of products, so a group
is kept as the sum of its articles' vectors, however many they are.

The sweep takes articles in the order of time, at most `STEP` at once, beside the groups of the last `REACH`
days that share most with them. What an article is compared with is bounded, so the work grows as the number of
articles does. Ties go to the earlier article, then to the smaller id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from masthead.reading.stories.terms import COUNTED, TERMS, Read, Whole
from masthead.reading.stories.weights import Learned, counted_postings

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Real = npt.NDArray[np.float64]

FITS, ALONE = 0.01, 0.06
"""Two groups are one story from this mean fit on: FITS + ALONE / √(pairs of articles between them). Two lone
articles have to fit better than the mean of many pairs, which says more than one pair does."""

REACH = 3.0
"""Days: groups farther apart than this are never joined."""

STEP = 512
"""Articles taken at once."""

PER_DAY = 0.06
CONTRADICTED = 0.3
SAME_OUTLET = 0.6
"""What a fit loses: per day between two articles; for a thing counted differently, times its weight; where one
outlet wrote both, times how rarely outlets write twice about one story (logarithm, 0 to 2)."""

SAME_TEXT = 0.8
"""From this cosine on two articles are one text, and nothing but time speaks against them: an outlet's update
of its own article, a reprint with a number corrected."""

IN_TITLE = 2.0
"""A term in the title counts as often as this."""

_CANDIDATES = 24
"""Groups per article that are looked at again, those that share most with it."""

_LONGEST_LIST = 128
"""Groups that may share a term for it to lead to candidates."""

_BETTER = 0.02
_ROUNDS = 5

_ALIKE = 0.3
_HABIT_SAMPLES = 8


@dataclass(frozen=True)
class Articles:
    """What the sweep needs of articles in the order of time: what was read, days since some day, outlets by number."""

    read: Read
    time: Real
    outlet: Whole
    learned: Learned


def sweep(articles: Articles, progress: Callable[[int, int], None] | None = None) -> Whole:
    """Return for each article the position of the first article of its story; `progress` is told how many are done."""
    total = len(articles.time)
    rows = _Rows(articles)
    habit = outlet_habit(articles, rows)
    first = np.arange(total)
    live = _Groups.none()
    for start in range(0, total, STEP):
        if progress:
            progress(start, total)
        stop = min(total, start + STEP)
        live = live.only(np.flatnonzero(live.last >= articles.time[start] - REACH))
        new = rows.groups(np.arange(start, stop), habit)
        near = _candidates(live, new)
        items = live.only(near).and_(new)
        fits = items.fits()
        groups = _join(fits, items.size)
        groups = _settled(fits, items.size, groups, len(near))
        merged = items.merged(groups)
        first[items.first] = merged.first[groups]
        live = live.without(near).and_(merged)
    while not np.array_equal(first, first[first]):
        first = first[first]
    if progress:
        progress(total, total)
    return first


def outlet_habit(articles: Articles, rows: _Rows) -> float:
    """Return how rarely one outlet writes two articles on a story, 0 (as often as two outlets do) to 2.

    Among pairs that are much alike and close in time, how much smaller is the share of pairs by one outlet than
    among all pairs close in time? The logarithm of that, over `_HABIT_SAMPLES` stretches of the archive.
    """
    total = len(articles.time)
    alike = alike_one = near = near_one = 0.0
    for start in np.unique(np.linspace(0, max(0, total - STEP), _HABIT_SAMPLES).astype(int)).tolist():
        at = np.arange(start, min(total, start + STEP))
        fits = _products(rows.terms(at))
        close = np.triu(np.abs(articles.time[at][:, None] - articles.time[at][None, :]) < 1.5, 1)
        one = articles.outlet[at][:, None] == articles.outlet[at][None, :]
        near += close.sum()
        near_one += (close & one).sum()
        alike += (close & (fits > _ALIKE)).sum()
        alike_one += (close & one & (fits > _ALIKE)).sum()
    share = near_one / near if near else 0.0
    if not share:
        return 0.0
    return float(np.clip(np.log(share * (alike + 0.5 / share) / (alike_one + 0.5)), 0.0, 2.0))


class _Rows:
    """The vectors of articles, made when they are asked for."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        ids, article = counted_postings(articles.read)
        starts = np.searchsorted(article, np.arange(len(articles.time) + 1))
        self._counted = ids
        self._counted_starts = starts

    def terms(self, at: Whole) -> csr_matrix:
        """Return the terms of articles as unit vectors."""
        ids, row = self._articles.read.terms.of(at)
        term = ids & np.int32(TERMS - 1)
        weight = self._articles.learned.terms[term].astype(np.float64)
        weight[ids >= TERMS] *= IN_TITLE
        told = weight > 0
        row, term, weight = row[told], term[told], weight[told]
        norm = np.sqrt(np.bincount(row, weight**2, len(at)))
        return _sparse(weight / norm[row], row, term, len(at))

    def groups(self, at: Whole, habit: float) -> _Groups:
        """Return each article as a group of its own."""
        articles = self._articles
        size = len(at)
        weights = CONTRADICTED * articles.learned.counted.astype(np.float64)
        ids, row = articles.read.counts.of(at)
        span = slice(articles.read.counts.starts[at[0]], articles.read.counts.starts[at[-1] + 1])
        same = _sparse(np.sqrt(weights[articles.read.counted_of[span]]), row, ids + TERMS, size)
        of = self._counted[self._counted_starts[at[0]] : self._counted_starts[at[-1] + 1]]
        row = np.repeat(np.arange(size), np.diff(self._counted_starts[at[0] : at[-1] + 2]))
        counted = _sparse(np.sqrt(weights[of]), row, of, size)
        outlet = _sparse(
            np.full(size, np.sqrt(SAME_OUTLET * habit)), np.arange(size), articles.outlet[at] + COUNTED, size
        )
        return _Groups(
            _side_by_side(self.terms(at), same),
            _side_by_side(counted, outlet),
            np.ones(size),
            articles.time[at],
            articles.time[at],
            at,
        )


@dataclass(frozen=True)
class _Groups:
    """Groups of articles: sums of what speaks for and against, how many, when on average, until when, their first."""

    speaks_for: csr_matrix
    speaks_against: csr_matrix
    size: Real
    time: Real
    last: Real
    first: Whole

    @classmethod
    def none(cls) -> _Groups:
        empty = _sparse(np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64), 0)
        nothing = np.empty(0)
        return cls(empty, empty, nothing, nothing, nothing, np.empty(0, np.int64))

    def only(self, at: Whole) -> _Groups:
        return _Groups(
            self.speaks_for[at],
            self.speaks_against[at],
            self.size[at],
            self.time[at],
            self.last[at],
            self.first[at],
        )

    def without(self, at: Whole) -> _Groups:
        return self.only(np.setdiff1d(np.arange(len(self.size)), at, assume_unique=True))

    def and_(self, other: _Groups) -> _Groups:
        from scipy.sparse import vstack

        return _Groups(
            vstack([self.speaks_for, other.speaks_for], format="csr"),
            vstack([self.speaks_against, other.speaks_against], format="csr"),
            np.concatenate([self.size, other.size]),
            np.concatenate([self.time, other.time]),
            np.concatenate([self.last, other.last]),
            np.concatenate([self.first, other.first]),
        )

    def merged(self, groups: Whole) -> _Groups:
        """Return the sums over those that bear the same number in `groups`, 0 up without a hole."""
        many = int(groups.max()) + 1 if len(groups) else 0
        size: Real = np.bincount(groups, self.size, many).astype(np.float64)
        last, first = np.full(many, -np.inf), np.full(many, np.iinfo(np.int64).max)
        np.maximum.at(last, groups, self.last)
        np.minimum.at(first, groups, self.first)
        time = np.bincount(groups, self.size * self.time, many) / size
        return _Groups(
            _summed(self.speaks_for, groups, many),
            _summed(self.speaks_against, groups, many),
            size,
            time,
            last,
            first,
        )

    def fits(self) -> Real:
        """Return the sum of the fits over all pairs of articles of two groups, `[groups, groups]`."""
        apart = np.abs(self.time[:, None] - self.time[None, :])
        pairs = self.size[:, None] * self.size[None, :]
        speaks_for, speaks_against = _products(self.speaks_for), _products(self.speaks_against)
        fits = speaks_for - np.where(speaks_for > SAME_TEXT * pairs, 0.0, speaks_against)
        fits -= pairs * (PER_DAY * apart + (apart > REACH))
        fits = (fits + fits.T) / 2
        np.fill_diagonal(fits, 0.0)
        return fits


def _candidates(live: _Groups, new: _Groups) -> Whole:
    """Return which live groups share most with any of the new articles."""
    if not len(live.size):
        return np.empty(0, np.int64)
    old = live.speaks_for
    columns, at, many = np.unique(old.indices, return_inverse=True, return_counts=True)
    short = many <= _LONGEST_LIST
    where = np.searchsorted(columns, new.speaks_for.indices)
    where[where == len(columns)] = 0
    shared = (columns[where] == new.speaks_for.indices) & short[where]
    row = np.repeat(np.arange(len(new.size)), np.diff(new.speaks_for.indptr))[shared]
    here = _sparse(new.speaks_for.data[shared], row, where[shared], len(new.size), len(columns))
    old_row = np.repeat(np.arange(len(live.size)), np.diff(old.indptr))
    there = _sparse(old.data / live.size[old_row], at, old_row, len(columns), len(live.size))
    found = (here @ there).tocsr()
    found.sort_indices()
    row = np.repeat(np.arange(len(new.size)), np.diff(found.indptr))
    order = np.lexsort((found.indices, -found.data, row))
    best = np.arange(len(order)) - found.indptr[row[order]] < _CANDIDATES
    enough = found.data[order] > FITS / 2
    return np.unique(found.indices[order[best & enough]]).astype(np.int64)


def _join(fits: Real, size: Real) -> Whole:
    """Join mutual best groups, round after round, while they fit on average: average linkage, bottom up.

    Joining all groups that are each other's best gives the same tree as joining the best pair first, since the
    mean fit to a joined group lies between the fits to its two parts.
    """
    groups = np.arange(len(size))
    while len(size) > 1:
        pairs = size[:, None] * size[None, :]
        mean = fits / pairs - _bar(pairs)
        np.fill_diagonal(mean, -np.inf)
        best = mean.argmax(axis=1)
        here = np.arange(len(size))
        mutual = (best[best] == here) & (mean[here, best] > 0)
        if not mutual.any():
            break
        of = np.unique(np.where(mutual, np.minimum(here, best), here), return_inverse=True)[1]
        into = _sparse(np.ones(len(of)), of, here, int(of.max()) + 1, len(of))
        fits = into @ (into @ fits).T
        np.fill_diagonal(fits, 0.0)
        size = np.bincount(of, size).astype(np.float64)
        groups = of[groups]
    return groups


def _bar(pairs: Real) -> Real:
    """Return how well groups of so many pairs of articles must fit on average: the mean of few says less."""
    bar: Real = FITS + ALONE / np.sqrt(pairs)
    return bar


def _settled(fits: Real, size: Real, groups: Whole, fixed: int) -> Whole:
    """Let each of the new articles, from place `fixed` on, move to the group that it fits clearly better.

    The better half of those that would move do so at a time, so that two do not swap places for ever.
    """
    here = np.arange(len(groups))
    for _ in range(_ROUNDS):
        many = int(groups.max()) + 1
        into = _sparse(np.ones(len(groups)), here, groups, len(groups), many)
        sums = (into.T @ fits).T
        others = np.bincount(groups, size, many)[None, :] - into.toarray() * size[:, None]
        some = others > 0
        mean = np.divide(sums, others, out=np.full(sums.shape, -np.inf), where=some)
        mean[some] -= _bar(others[some])
        own = mean[here, groups]
        own = np.where(np.isfinite(own), own, 0.0)
        best = mean.argmax(axis=1)
        gain = mean[here, best] - own
        moving = np.flatnonzero((here >= fixed) & (gain > _BETTER) & (mean[here, best] > 0))
        if not len(moving):
            break
        order = np.lexsort((moving, -gain[moving]))
        moving = moving[order[: max(1, len(moving) // 2)]]
        groups = groups.copy()
        groups[moving] = best[moving]
        groups = np.unique(groups, return_inverse=True)[1]
    return groups


def _side_by_side(one: csr_matrix, other: csr_matrix) -> csr_matrix:
    """Return the entries of both, which have the same rows and no column in common."""
    row = [np.repeat(np.arange(part.shape[0]), np.diff(part.indptr)) for part in (one, other)]
    return _sparse(
        np.concatenate([one.data, other.data]),
        np.concatenate(row),
        np.concatenate([one.indices, other.indices]),
        one.shape[0],
    )


def _summed(rows: csr_matrix, groups: Whole, many: int) -> csr_matrix:
    """Return the sums of the rows of each group."""
    of = np.repeat(groups, np.diff(rows.indptr))
    return _sparse(rows.data, of, rows.indices, many)


def _products(rows: csr_matrix) -> Real:
    """Return the inner product of every two rows."""
    columns, at = np.unique(rows.indices, return_inverse=True)
    narrow = _csr(rows.data, at, rows.indptr, len(columns))
    products: Real = (narrow @ narrow.T).toarray()
    return products


def _csr(data: Real, columns: Whole, starts: Whole, width: int) -> csr_matrix:
    from scipy.sparse import csr_matrix as matrix

    return matrix((data, columns, starts), shape=(len(starts) - 1, width))


def _sparse(data: Real, row: Any, column: Any, rows: int, columns: int = 2 * TERMS) -> csr_matrix:
    from scipy.sparse import csr_matrix as matrix

    return matrix((data, (row, column)), shape=(rows, columns))
