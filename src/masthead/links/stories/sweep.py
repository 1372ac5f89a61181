"""Grouping articles into stories: one sweep through time, average linkage within a moving window.

Two groups fit by the mean over their pairs of articles (see `fit`); the best pair of groups is joined first,
until none fits well enough; then each article may move to the group that it fits clearly better.

The sweep takes articles in the order of time, at most `STEP` at once, beside the groups of the last days that
share most with them. What an article is compared with is bounded, so the work grows as the number of articles
does. Ties go to the earlier article, then to the smaller id.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from masthead.links.stories.fit import REACH, Articles, Groups, Real, Rows, products, rows_of, sparse
from masthead.links.stories.terms import Whole

FITS, ALONE = 0.01, 0.06
"""Two groups are one story from this mean fit on: FITS + ALONE / √(pairs of articles between them). Two lone
articles have to fit better than the mean of many pairs, which says more than one pair does."""

STEP = 512
"""Articles taken at once."""

_CANDIDATES = 24
"""Groups per article that are looked at again, those that share most with it."""

_LONGEST_LIST = 128
"""Groups that may share a term for it to lead to candidates."""

_LEAST_SHARED = 0.015
"""Cosine below which a group is no candidate."""

_BETTER = 0.02
_ROUNDS = 5
"""An article moves for a gain of more than this, in at most so many rounds."""

_ALIKE, _CLOSE = 0.3, 1.5
_SAMPLES = 8
"""What outlets' habits are read from: pairs of articles with this cosine, less than so many days apart, in so
many stretches of the archive."""


def sweep(articles: Articles, progress: Callable[[int, int], None] | None = None) -> Whole:
    """Return for each article the position of the first article of its story; `progress` is told how many are done."""
    total = len(articles.time)
    rows = Rows(articles)
    habit = outlet_habit(articles, rows)
    first = np.arange(total)
    live = Groups.none()
    for start in range(0, total, STEP):
        if progress:
            progress(start, total)
        live = live.only(np.flatnonzero(live.last >= articles.time[start] - REACH))
        new = rows.groups(start, min(total, start + STEP), habit)
        near = _candidates(live, new)
        items = live.only(near).and_(new)
        fits = items.fits()
        groups = _move_to_better(fits, items.size, _average_linkage(fits, items.size), len(near))
        clusters = items.merge(groups)
        first[items.first] = clusters.first[groups]
        live = live.without(near).and_(clusters)
    while not np.array_equal(first, first[first]):
        first = first[first]
    if progress:
        progress(total, total)
    return first


def outlet_habit(articles: Articles, rows: Rows) -> float:
    """Return how rarely one outlet writes two articles on a story, 0 (as often as two outlets do) to 2.

    How much smaller is the share of pairs by one outlet among pairs much alike and close in time than among all
    pairs close in time? The logarithm of that.
    """
    total = len(articles.time)
    alike = alike_one = near = near_one = 0.0
    for start in np.unique(np.linspace(0, max(0, total - STEP), _SAMPLES).astype(int)).tolist():
        stop = min(total, start + STEP)
        time, outlet = articles.time[start:stop], articles.outlet[start:stop]
        close = np.triu(np.abs(time[:, None] - time[None, :]) < _CLOSE, 1)
        one = close & (outlet[:, None] == outlet[None, :])
        likely = products(rows.terms(start, stop)) > _ALIKE
        near += close.sum()
        near_one += one.sum()
        alike += (close & likely).sum()
        alike_one += (one & likely).sum()
    share = near_one / near if near else 0.0
    if not share:
        return 0.0
    return float(np.clip(np.log(share * (alike + 0.5 / share) / (alike_one + 0.5)), 0.0, 2.0))


def _candidates(live: Groups, new: Groups) -> Whole:
    """Return which live groups share most with any of the new articles, by cosine over the terms of few groups."""
    # Where all articles are alike, or no two have a word in common, no term tells anything.
    if not len(live.says.indices):
        return np.empty(0, np.int64)
    columns, at, many = np.unique(live.says.indices, return_inverse=True, return_counts=True)
    where = np.minimum(np.searchsorted(columns, new.says.indices), len(columns) - 1)
    is_common = (columns[where] == new.says.indices) & (many <= _LONGEST_LIST)[where]
    here = sparse(
        new.says.data[is_common], rows_of(new.says)[is_common], where[is_common], len(new.size), len(columns)
    )
    of = rows_of(live.says)
    there = sparse(live.says.data / live.size[of], at, of, len(columns), len(live.size))
    similarity = (here @ there).tocsr()
    row = rows_of(similarity)
    order = np.lexsort((similarity.indices, -similarity.data, row))
    best = np.arange(len(order)) - similarity.indptr[row[order]] < _CANDIDATES
    best &= similarity.data[order] > _LEAST_SHARED
    return np.unique(similarity.indices[order[best]]).astype(np.int64)


def _average_linkage(fits: Real, size: Real) -> Whole:
    """Return the group of each item: join mutual best groups, round after round, while they fit on average.

    Joining all groups that are each other's best at once gives what joining the best pair first would, but for
    the bar, since the mean fit to a joined group lies between the fits to its two parts.
    """
    groups = np.arange(len(size))
    while len(size) > 1:
        pairs = size[:, None] * size[None, :]
        over = fits / pairs - _bar(pairs)
        np.fill_diagonal(over, -np.inf)
        here, best = np.arange(len(size)), over.argmax(axis=1)
        mutual = (best[best] == here) & (over[here, best] > 0)
        if not mutual.any():
            break
        of = np.unique(np.where(mutual, np.minimum(here, best), here), return_inverse=True)[1]
        into = sparse(np.ones(len(of)), of, here, int(of.max()) + 1, len(of))
        fits = into @ (into @ fits).T
        np.fill_diagonal(fits, 0.0)
        size = np.bincount(of, size).astype(np.float64)
        groups = of[groups]
    return groups


def _bar(pairs: Real) -> Real:
    """Return how well groups with so many pairs of articles between them must fit on average."""
    bar: Real = FITS + ALONE / np.sqrt(pairs)
    return bar


def _move_to_better(fits: Real, size: Real, groups: Whole, n_old: int) -> Whole:
    """Let each of the new articles, from place `n_old` on, move to the group that it fits clearly better.

    The better half of those that would move do so at a time, so that two do not swap places for ever.
    """
    here = np.arange(len(groups))
    for _ in range(_ROUNDS):
        many = int(groups.max()) + 1
        into = sparse(np.ones(len(groups)), here, groups, len(groups), many)
        sums = (into.T @ fits).T
        others = np.bincount(groups, size, many)[None, :] - into.toarray() * size[:, None]
        some = others > 0
        over = np.divide(sums, others, out=np.full(sums.shape, -np.inf), where=some)
        over[some] -= _bar(others[some])
        own = over[here, groups]
        own = np.where(np.isfinite(own), own, 0.0)
        best = over.argmax(axis=1)
        gain = over[here, best] - own
        moving = np.flatnonzero((here >= n_old) & (gain > _BETTER) & (over[here, best] > 0))
        if not len(moving):
            break
        moving = moving[np.lexsort((moving, -gain[moving]))][: max(1, len(moving) // 2)]
        groups = groups.copy()
        groups[moving] = best[moving]
        groups = np.unique(groups, return_inverse=True)[1]
    return groups
