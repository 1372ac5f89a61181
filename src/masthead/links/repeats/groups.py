"""Putting an outlet's versions of one article together, and choosing the one that stands for them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from masthead.links.arrays import Ints
from masthead.links.repeats.articles import Articles
from masthead.links.repeats.grounds import Ground, Grounds
from masthead.links.repeats.pairs import LESS_THAN_DAYS

_ENOUGH_LEFT = 0.5
"""A last version with less of the longest one's words than this is a stub, and does not stand for it."""


@dataclass(frozen=True)
class Group:
    """One article in several versions, as places among the articles.

    representative: the version that stands for all; first: the one whose day is the article's; members: all, in order
    of time, each with the ground on which it is one with the others: the address where another one is on its page.
    """

    representative: int
    first: int
    members: list[tuple[int, Ground]]


def find_groups(articles: Articles, pairs: Ints) -> list[Group]:
    """Return the groups of two or more versions that likely pairs (n, 2), ordered, hold.

    From the first to the last version of a group lies less than a week: a page that is written anew for months is an
    article a week. A page that was found again as it was is one article, however long after.
    """
    grounds = Grounds(articles, pairs)
    sets = _Joined(articles)
    for later, earlier in pairs.tolist():
        if not sets.together(later, earlier) and grounds.between(later, earlier):
            sets.join(later, earlier)
    return [_group(articles, members) for members in sets.groups()]


class _Joined:
    """Sets of articles, and the first and last day of each; joined where together they span less than a week."""

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        self._parent: dict[int, int] = {}
        self._span: dict[int, tuple[int, int]] = {}

    def _root(self, at: int) -> int:
        root = at
        while (parent := self._parent.get(root, root)) != root:
            root = parent
        while (parent := self._parent.get(at, at)) != root:
            self._parent[at], at = root, parent
        return root

    def _days(self, root: int) -> tuple[int, int] | None:
        day = int(self._articles.day[root])
        return self._span.get(root, (day, day) if self._articles.has_day[root] else None)

    def together(self, one: int, other: int) -> bool:
        return self._root(one) == self._root(other)

    def join(self, one: int, other: int) -> None:
        a, b = self._root(one), self._root(other)
        spans = [days for days in (self._days(a), self._days(b)) if days]
        if spans:
            first, last = min(s[0] for s in spans), max(s[1] for s in spans)
            again = self._articles.crawled_again(np.array([one]), np.array([other]))[0]
            if last - first >= LESS_THAN_DAYS and not again:
                return
            self._span[min(a, b)] = first, last
        self._parent[a] = self._parent[b] = min(a, b)

    def groups(self) -> list[list[int]]:
        """Return the sets, ordered by their first articles, each in order of time."""
        sets: dict[int, list[int]] = defaultdict(list)
        for at in sorted(self._parent):
            sets[self._root(at)].append(at)
        return [members for _, members in sorted(sets.items()) if len(members) > 1]


def _group(articles: Articles, members: list[int]) -> Group:
    pages: dict[int, int] = defaultdict(int)
    for at in members:
        pages[int(articles.page[at])] += 1
    grounds: list[Ground] = [
        "address" if (page := int(articles.page[at])) >= 0 and pages[page] > 1 else "text" for at in members
    ]
    return Group(
        _representative(articles, members),
        _first(articles, members),
        list(zip(members, grounds, strict=True)),
    )


def _representative(articles: Articles, members: list[int]) -> int:
    """Return the last version; where a day's order is not known, its longest; never a stub of what there was."""
    counts, corpus = articles.corpus.counts, articles.corpus
    most = max(counts[members])
    whole = [at for at in members if counts[at] >= _ENOUGH_LEFT * most]
    with_day = [at for at in whole if articles.has_day[at]]
    if not with_day:
        return min(whole, key=lambda at: _order(articles, at))
    day = max(articles.day[with_day])
    last = [at for at in with_day if articles.day[at] == day]
    if all(corpus.has_time[last]):
        moment = max(corpus.since[last])
        last = [at for at in last if corpus.since[at] == moment]
    return min(last, key=lambda at: _order(articles, at))


def _first(articles: Articles, members: list[int]) -> int:
    """Return the first version; of a day's, one whose time is known before one whose time is not."""
    corpus = articles.corpus
    with_day = [at for at in members if articles.has_day[at]]
    key = lambda at: (articles.day[at], not corpus.has_time[at], corpus.since[at], _order(articles, at))  # noqa: E731
    return min(with_day, key=key) if with_day else _representative(articles, members)


def _order(articles: Articles, at: int) -> tuple[int, str, str, str]:
    """The longest first; of as long ones, by what they say, so that an outlet's name decides nothing."""
    row = {name: articles.rows[name][at].as_py() for name in ("title", "url", "article_id")}
    return -int(articles.corpus.counts[at]), row["title"], row["url"] or "", row["article_id"]
