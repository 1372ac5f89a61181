"""How well articles fit one story: what they share, what they contradict, who wrote them, and when.

The fit of two articles is the cosine of their weighted terms, less a little for every day between them, less
something for each thing that they count differently, less something where one outlet wrote both. All but the
time is a sum of products, so a group of articles is kept as the sum of their vectors, however many they are, and
the fits over all pairs of articles of two groups add up to one product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from masthead.links.stories.terms import TERMS, Read, Whole
from masthead.links.stories.weights import Learned, counted_postings

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Real = npt.NDArray[np.float64]

REACH = 3.0
"""Days: articles farther apart than this fit no story."""

PER_DAY = 0.06
CONTRADICTED = 0.3
SAME_OUTLET = 0.6
"""What a fit loses: per day between two articles; for a thing counted differently, times its weight; where one
outlet wrote both, times how rarely outlets write twice about one story (logarithm, 0 to 2)."""

SAME_TEXT = 0.8
"""From this cosine on two articles are one text, and nothing is lost where one outlet wrote both: an update, or
the evening edition."""

IN_TITLE = 2.0
"""A term in the title counts as often as this."""


@dataclass(frozen=True)
class Articles:
    """What is known of articles in the order of time: terms, days since some day, outlets by number, weights."""

    read: Read
    time: Real
    outlet: Whole
    learned_weights: Learned


class Rows:
    """The vectors of articles, made when they are asked for."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        self._counted, article = counted_postings(articles.read)
        self._counted_starts = np.searchsorted(article, np.arange(len(articles.time) + 1))

    def terms(self, start: int, stop: int) -> csr_matrix:
        """Return the terms of the articles from `start` to `stop` as unit vectors."""
        ids, row = self._articles.read.terms.of(np.arange(start, stop))
        term = ids & np.int32(TERMS - 1)
        weight = self._articles.learned_weights.terms[term].astype(np.float64)
        weight[ids >= TERMS] *= IN_TITLE
        has_weight = weight > 0
        row, term, weight = row[has_weight], term[has_weight], weight[has_weight]
        norm = np.sqrt(np.bincount(row, weight**2, stop - start))
        return sparse(weight / norm[row], row, term, stop - start)

    def groups(self, start: int, stop: int, habit: float) -> Groups:
        """Return each of the articles from `start` to `stop` as a group of its own."""
        articles, size = self._articles, stop - start
        # Two articles that count a thing lose its weight, and get it back where they give it one number.
        weights = CONTRADICTED * articles.learned_weights.things.astype(np.float64)
        ids, row = articles.read.counts.of(np.arange(start, stop))
        span = slice(articles.read.counts.starts[start], articles.read.counts.starts[stop])
        agreeing = sparse(np.sqrt(weights[articles.read.counted_of[span]]), row, ids + TERMS, size)
        of = self._counted[self._counted_starts[start] : self._counted_starts[stop]]
        row = np.repeat(np.arange(size), np.diff(self._counted_starts[start : stop + 1]))
        time = articles.time[start:stop]
        return Groups(
            _side_by_side(self.terms(start, stop), agreeing),
            sparse(np.sqrt(weights[of]), row, of, size),
            sparse(
                np.full(size, np.sqrt(SAME_OUTLET * habit)),
                np.arange(size),
                articles.outlet[start:stop],
                size,
            ),
            np.ones(size),
            time,
            time,
            np.arange(start, stop),
        )


@dataclass(frozen=True)
class Groups:
    """Groups of articles: sums of what they say, count and are written by; how many, when on average, until when;
    and the position of the first of each."""

    says: csr_matrix
    counts: csr_matrix
    writes: csr_matrix
    size: Real
    time: Real
    last: Real
    first: Whole

    @classmethod
    def none(cls) -> Groups:
        """Return no groups."""
        nothing = np.empty(0)
        empty = sparse(nothing, np.empty(0, np.int64), np.empty(0, np.int64), 0)
        return cls(empty, empty, empty, nothing, nothing, nothing, np.empty(0, np.int64))

    def only(self, at: Whole) -> Groups:
        """Return those at these places."""
        return Groups(
            self.says[at],
            self.counts[at],
            self.writes[at],
            self.size[at],
            self.time[at],
            self.last[at],
            self.first[at],
        )

    def without(self, at: Whole) -> Groups:
        """Return those at all other places."""
        return self.only(np.setdiff1d(np.arange(len(self.size)), at, assume_unique=True))

    def and_(self, other: Groups) -> Groups:
        """Return these and the others after them."""
        from scipy.sparse import vstack

        return Groups(
            vstack([self.says, other.says], format="csr"),
            vstack([self.counts, other.counts], format="csr"),
            vstack([self.writes, other.writes], format="csr"),
            np.concatenate([self.size, other.size]),
            np.concatenate([self.time, other.time]),
            np.concatenate([self.last, other.last]),
            np.concatenate([self.first, other.first]),
        )

    def merge(self, into: Whole) -> Groups:
        """Return the sums over those that bear the same number in `into`, 0 up without a hole."""
        many = int(into.max()) + 1 if len(into) else 0
        size: Real = np.bincount(into, self.size, many).astype(np.float64)
        last, first = np.full(many, -np.inf), np.full(many, np.iinfo(np.int64).max)
        np.maximum.at(last, into, self.last)
        np.minimum.at(first, into, self.first)
        return Groups(
            _sum_rows(self.says, into, many),
            _sum_rows(self.counts, into, many),
            _sum_rows(self.writes, into, many),
            size,
            np.bincount(into, self.size * self.time, many) / size,
            last,
            first,
        )

    def fits(self) -> Real:
        """Return the sum of the fits over all pairs of articles of two groups, `[groups, groups]`, 0 with itself.

        The time between two groups is that between their means.
        """
        apart = np.abs(self.time[:, None] - self.time[None, :])
        pairs = self.size[:, None] * self.size[None, :]
        says = products(self.says)
        fits = says - products(self.counts)
        fits -= np.where(says > SAME_TEXT * pairs, 0.0, products(self.writes))
        fits -= pairs * (PER_DAY * apart + (apart > REACH))
        fits = (fits + fits.T) / 2
        np.fill_diagonal(fits, 0.0)
        return fits


def products(rows: csr_matrix) -> Real:
    """Return the inner product of every two rows."""
    from scipy.sparse import csr_matrix as matrix

    # As many columns as are used: what scipy does takes memory for every column there is.
    columns, at = np.unique(rows.indices, return_inverse=True)
    narrow = matrix((rows.data, at, rows.indptr), shape=(rows.shape[0], len(columns)))
    dense: Real = (narrow @ narrow.T).toarray()
    return dense


def sparse(data: Real, row: Any, column: Any, rows: int, columns: int = 2 * TERMS) -> csr_matrix:
    """Return a sparse matrix of these entries; those of one place are added."""
    from scipy.sparse import csr_matrix as matrix

    return matrix((data, (row, column)), shape=(rows, columns))


def rows_of(entries: csr_matrix) -> Whole:
    """Return the row of every entry."""
    of: Whole = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr))
    return of


def _side_by_side(one: csr_matrix, other: csr_matrix) -> csr_matrix:
    """Return the entries of both, which have the same rows and no column in common."""
    return sparse(
        np.concatenate([one.data, other.data]),
        np.concatenate([rows_of(one), rows_of(other)]),
        np.concatenate([one.indices, other.indices]),
        one.shape[0],
    )


def _sum_rows(rows: csr_matrix, into: Whole, many: int) -> csr_matrix:
    """Return the sums of the rows that bear the same number in `into`."""
    return sparse(rows.data, into[rows_of(rows)], rows.indices, many)
