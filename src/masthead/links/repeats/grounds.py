"""On what ground two articles of one outlet are one: they stand on one page and share text, or their texts are nearly
the same.

What two texts share is told in words: those that stand in a run of four that the other text holds too.
"""

from __future__ import annotations

import re
from typing import Literal

import numpy as np

from masthead.links.arrays import Flags, Ints
from masthead.links.repeats.articles import Articles
from masthead.links.repeats.pairs import LESS_THAN_DAYS
from masthead.links.reuse.candidates import GRAM
from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, NUMBER_WORDS
from masthead.reading.words import find_words, grams

Ground = Literal["address", "text"]
"""Same page by its canonical address; another address, or none, and a text that is nearly the same."""

ON_ONE_PAGE, ON_ONE_PAGE_UNLIKE = 0.4, 0.5
"""The share of the shorter of two texts on one page that makes them versions, under heads that are alike and others: a
page whose text has gone is another."""

NEARLY_ALL = ((0.9, 0.8), (0.95, 0.5))
NEARLY_ALL_UNLIKE = ((0.95, 0.9),)
NEARLY_ALL_SOON = (*NEARLY_ALL, (0.85, 0.5), (0.9, 0.25))
"""The shares of the shorter and of the longer text that make them one, where addresses do not say it: a print copy may
be edited or cut, but under another head it must be all there; and what is written on within a day may grow."""

FEWEST_WORDS = 25
"""Fewer words tell by themselves that two articles are one only where titles and texts are the same."""

NOTICE_TITLES = 3
"""One and the same text under so many unlike titles is a notice that stands in for articles, no article."""

_LONG = 150
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_ENDS = ".!?:\n"
"""What a word stands behind that opens a sentence or a line, with nothing but signs between."""
_A_DAY = 86_400_000_000
_LARGEST = 100_000


class Grounds:
    """Tells on what ground two articles of one outlet are one, if they are."""

    def __init__(self, articles: Articles, pairs: Ints) -> None:
        self._articles = articles
        self._names = _names(articles, pairs)
        figures = (*map(str, range(_LARGEST)), *(f"0{n}" for n in range(10)), "00", "000")
        self._numbers = np.unique(find_words([" ".join((*figures, *DAYS_AND_MONTHS, *NUMBER_WORDS))]).ids)
        self._notices = _notices(articles)

    def between(self, one: int, other: int) -> Ground | None:
        """Return the ground on which two articles are one; None where they are two."""
        articles = self._articles
        if articles.crawled_again(np.array([one]), np.array([other]))[0]:
            return "address"
        has_days = bool(articles.has_day[one] and articles.has_day[other])
        if has_days and abs(int(articles.day[one] - articles.day[other])) >= LESS_THAN_DAYS:
            return None
        on_one_page = articles.page[one] == articles.page[other] >= 0
        lengths = articles.corpus.counts[one], articles.corpus.counts[other]
        if min(lengths) == 0:
            return "address" if on_one_page and articles.like_titles(one, other) else None
        same = articles.text[one] == articles.text[other]
        if on_one_page:
            shorter, longer = self._shares(one, other)
            # Without days, a page that changed a little every week and one that changed in an hour look alike.
            share = ON_ONE_PAGE if articles.like_titles(one, other) else ON_ONE_PAGE_UNLIKE
            enough = ((share, 0.0),) if has_days else NEARLY_ALL
            return "address" if _enough(shorter, longer, enough) else None
        if min(lengths) < FEWEST_WORDS and not (
            same and np.array_equal(articles.title(one), articles.title(other))
        ):
            return None
        alike = articles.like_titles(one, other)
        if (not has_days and not (same and alike)) or (not alike and articles.text[one] in self._notices):
            return None
        shorter, longer = (1.0, 1.0) if same else self._shares(one, other)
        near = NEARLY_ALL_SOON if self._soon(one, other) else NEARLY_ALL
        if not _enough(shorter, longer, near if alike else NEARLY_ALL_UNLIKE):
            return None
        if self._of_a_series(one, other) or self._of_others(one, other):
            return None
        return "text"

    def _shares(self, one: int, other: int) -> tuple[float, float]:
        """Return the share of the shorter text that stands in the longer one, and the other way round."""
        a, b = sorted((self._articles.words(one), self._articles.words(other)), key=len)
        runs, others = grams(a, GRAM), grams(b, GRAM)
        return _share_in_runs(np.isin(runs, others), len(a)), _share_in_runs(np.isin(others, runs), len(b))

    def _soon(self, one: int, other: int) -> bool:
        """Tell whether two articles are known to lie less than a day apart."""
        articles, both = self._articles, [one, other]
        if all(articles.corpus.has_time[both]):
            return bool(abs(np.subtract(*articles.corpus.since[both])) < _A_DAY)
        return bool(all(articles.has_day[both]) and articles.day[one] == articles.day[other])

    def _of_a_series(self, one: int, other: int) -> bool:
        """Tell whether each names a figure, a weekday or a month that the other does not: one form, filled in anew.

        Not of two long texts of one day or night: there a toll rose.
        """
        articles = self._articles
        a, b = (self._figures(at) for at in (one, other))
        if not (a - b and b - a):
            return False
        lengths = articles.corpus.counts[[one, other]]
        return bool(lengths.min() < _LONG or abs(articles.day[one] - articles.day[other]) > 1)

    def _of_others(self, one: int, other: int) -> bool:
        """Tell whether each of two short texts names somebody whom the other does not: one frame, filled in anew.

        Under one and the same head a name may have been put right: there two have to differ, of which one may open a
        sentence.
        """
        if one not in self._names or other not in self._names:
            return False
        same_head = np.array_equal(self._articles.title(one), self._articles.title(other))
        for a, b in ((one, other), (other, one)):
            there = np.concatenate([self._articles.words(b), self._articles.title(b)]).tolist()
            names, opening = (some.difference(there) for some in self._names[a])
            if not names or (same_head and len(names | opening) < 2):
                return False
        return True

    def _figures(self, at: int) -> set[int]:
        words = np.concatenate([self._articles.words(at), self._articles.title(at)])
        place = np.minimum(np.searchsorted(self._numbers, words), len(self._numbers) - 1)
        return set(words[self._numbers[place] == words].tolist())


def _opens(before: str, *, first: bool) -> bool:
    """Whether a word opens a sentence, by what stands between it and the word before."""
    for sign in reversed(before):
        if sign in _ENDS:
            return True
        if sign.isalnum():
            return False
    return first


def _names(articles: Articles, pairs: Ints) -> dict[int, tuple[frozenset[int], frozenset[int]]]:
    """Return the names in each short text of some pairs: words with a capital that none of these texts has without one.

    The word that begins a sentence has a capital anyway. It is a name where one of the texts has it within a sentence,
    or where its article's head has it too; what may be one stands apart.
    """
    counts = articles.corpus.counts
    at = np.unique(pairs)
    at = at[(counts[at] >= FEWEST_WORDS) & (counts[at] < _LONG)]
    small = {*FUNCTION_WORDS, *DAYS_AND_MONTHS, *NUMBER_WORDS}
    within: set[str] = set()
    capitals: list[list[str]] = []
    openings: list[list[str]] = []
    for text in articles.texts_of(at):
        capitals.append([])
        openings.append([])
        end = 0
        for match in _WORD.finditer(text):
            word = match[0].casefold()
            opens, end = _opens(text[end : match.start()], first=not end), match.end()
            if match[0][0].islower():
                small.add(word)
            elif opens:
                openings[-1].append(word)
            else:
                capitals[-1].append(word)
        within.update(capitals[-1])
    names: dict[int, tuple[frozenset[int], frozenset[int]]] = {}
    for one, inner, opening in zip(at.tolist(), capitals, openings, strict=True):
        certain = [word for word in inner + [o for o in opening if o in within] if word not in small]
        likely = [word for word in opening if word not in small]
        ids = find_words([" ".join(certain), " ".join(likely)])
        split = int(ids.counts[0])
        of_names, of_openings = frozenset(ids.ids[:split].tolist()), frozenset(ids.ids[split:].tolist())
        names[one] = of_names | (of_openings & set(articles.title(one).tolist())), of_openings
    return names


def _enough(shorter: float, longer: float, either: tuple[tuple[float, float], ...]) -> bool:
    return any(shorter >= of_shorter and longer >= of_longer for of_shorter, of_longer in either)


def _share_in_runs(starts_run: Flags, words: int) -> float:
    """Return the share of so many words that stand in runs that are shared."""
    in_run = np.zeros(words, np.bool_)
    for place in range(GRAM):
        in_run[place : place + len(starts_run)] |= starts_run
    return float(in_run.mean())


def _notices(articles: Articles) -> frozenset[int]:
    """Return the texts that stand under unlike titles, so many that they are nobody's article."""
    order = np.argsort(articles.text, kind="stable")
    texts, begins, sizes = np.unique(articles.text[order], return_index=True, return_counts=True)
    notices = []
    for at in np.flatnonzero(sizes >= NOTICE_TITLES).tolist():
        members = order[begins[at] : begins[at] + sizes[at]]
        if articles.corpus.counts[members[0]]:
            unlike: list[int] = []
            for member in members.tolist():
                if not any(articles.like_titles(member, other) for other in unlike):
                    unlike.append(member)
                if len(unlike) == NOTICE_TITLES:
                    notices.append(int(texts[at]))
                    break
    return frozenset(notices)
