"""Sentences that an outlet prints again and again at one place of its articles, and texts that are no article's own.

A sentence is judged within its outlet, among the articles from the first to the last that has it: a new footer is
known however late it came. Five articles of five days at least must have it, which begin otherwise, and so many of all
that chance cannot explain it. What an outlet says again because its stories need it differs: it stands in prose, at
varying places, on stories of one subject.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from masthead.links.arrays import Flags, Ints, distinct
from masthead.links.standing.absent import title_words
from masthead.links.standing.chance import least_share
from masthead.links.standing.marking import CODE, NOTHING, Codes
from masthead.links.standing.units import Keys, Units, key_of_runs

LEAST = 5
"""Articles, which begin otherwise, and days that a repeated sentence stands in at least."""

MANY = 0.3
"""A line that this share of an outlet's articles has, at the lower end of its interval, is none of their own."""

MOST = 0.5
"""Likewise a sentence that reads as prose, and stands at the head or the foot."""

INSERTED = 0.1
"""Likewise a line of words in small letters that stands within articles: a heading, an advertisement."""

OFTEN, SOME = 8, 0.01
"""Articles, and the share, of a line that stands at the head or the foot of some of an outlet's articles only."""

FIXED, FEWER = 10, 0.3
"""Articles, and the share, of a sentence that reads as prose and stands at the head or foot of some articles only."""

PLACED, ALWAYS = 0.9, 0.98
"""Shares of its appearances that stand at the head or the foot."""

_SHORT = 20
_TITLE_WORDS = 4
_PROSE = 6
_SAMPLE = 10
_VERSION, _VERSIONS = 0.5, 0.2
_TIE = 0.5


@dataclass
class Sheet:
    """All sentences of an archive, and of each article its outlet's number, its day (−1 where undated) and title."""

    units: Units
    outlet: Ints
    day: Ints
    titles: list[str]
    title_units: Units

    def __len__(self) -> int:
        return len(self.titles)

    @cached_property
    def lines(self) -> tuple[Ints, Flags]:
        """The number of each sentence's line, and whether it has the line for itself."""
        units = self.units
        new = np.ones(len(units), np.bool_)
        new[1:] = (units.text[1:] != units.text[:-1]) | (units.line[1:] != units.line[:-1])
        return np.cumsum(new) - 1, new & np.append(new[1:], True)

    def whole(self, soft: Flags) -> Flags:
        """Tell for each sentence whether all of its line is of these sentences."""
        number, _ = self.lines
        other = np.zeros(int(number[-1]) + 1, np.bool_)
        other[number[~soft]] = True
        whole: Flags = ~other[number]
        return whole

    @cached_property
    def title_words(self) -> list[frozenset[str]]:
        """The words of each title, in small letters."""
        return [title_words(title) for title in self.titles]

    @cached_property
    def ordered_days(self) -> tuple[Ints, Ints]:
        """Outlet and day of every article as one number, in order; and how many articles of each outlet have no day."""
        has_day = self.day >= 0
        n_undated = np.bincount(self.outlet[~has_day], minlength=int(self.outlet.max()) + 1)
        return np.sort(self.outlet[has_day] * _OUTLET + self.day[has_day]), n_undated


_OUTLET = 1 << 32


def linked_titles(sheet: Sheet) -> Flags:
    """Tell of each sentence whether its line is the title of another article of its outlet: a link to it."""
    units, titles = sheet.units, sheet.title_units
    flags = np.zeros(len(units), np.bool_)
    if not len(units) or not len(titles):
        return flags
    first = np.flatnonzero(np.diff(sheet.lines[0], prepend=-1))
    lengths = np.diff(np.append(first, len(units)))
    words = np.add.reduceat(units.words, first)
    lines = _keys_within(key_of_runs(units.key, first), sheet.outlet[units.text[first]])
    of_title = np.flatnonzero(np.diff(titles.text, prepend=-1))
    own = _keys_within(key_of_runs(titles.key, of_title), sheet.outlet[titles.text[of_title]])
    keys, place = np.unique(own, return_index=True)
    at = np.minimum(np.searchsorted(keys, lines), len(keys) - 1)
    # The title of its own article, and what ends as a sentence does, say more than a link.
    other = titles.text[of_title[place[at]]] != units.text[first]
    is_link = (keys[at] == lines) & other & (words >= _TITLE_WORDS) & ~units.ends[first + lengths - 1]
    return np.repeat(is_link, lengths)


def _keys_within(keys: Keys, outlet: Ints) -> Keys:
    keys_within: Keys = keys ^ (outlet.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))
    return keys_within


def repeated_units(sheet: Sheet, kinds: Codes, told_of: Callable[[Ints], Flags]) -> tuple[Codes, list[str]]:
    """Return the kind of each sentence, and why, where `kinds` is what their form shows.

    `told_of` says of sentences, by their places, whether they speak of their outlet or to its readers: what names
    somebody and does not is told by the articles, however often they tell it.
    """
    units = sheet.units
    kinds = kinds.copy()
    kinds[linked_titles(sheet) & (kinds == NOTHING)] = CODE["links"]
    why = ["form" if kind != NOTHING else "" for kind in kinds.tolist()]
    if not len(units):
        return kinds, why
    groups = [
        _Groups(sheet, units.key),
        _Groups(sheet, units.pattern, (units.plain >= 3) & (units.words >= 4)),
    ]
    candidates = np.zeros(len(units), np.bool_)
    for group in groups:
        candidates |= group.often
    place = _Places(sheet, candidates | (kinds != NOTHING))
    standing = [one for group in groups for one in group.standing(place)]
    firsts = np.array([members[0] for members, _ in standing], np.int64)
    speaks_of_outlet = np.ones(len(firsts), np.bool_)
    has_name = units.ends[firsts] & (units.words - units.plain > 1)[firsts]
    speaks_of_outlet[has_name] = told_of(firsts[has_name])
    for (members, reason), of_outlet in zip(standing, speaks_of_outlet.tolist(), strict=True):
        for at in members.tolist() if of_outlet else ():
            if kinds[at] == NOTHING:
                kinds[at] = CODE["footer"]
                why[at] = reason
    return kinds, why


class _Places:
    """Where sentences stand: which belong to the head or foot of their article, and where its own words begin."""

    def __init__(self, sheet: Sheet, soft: Flags) -> None:
        units = sheet.units
        n = len(sheet)
        _, alone = sheet.lines
        # Short lines that end as no sentence does may stand between: headlines of other articles, say.
        hard = ~(soft | (alone & ~units.ends & (units.words <= _SHORT)))
        at = np.arange(len(units))
        first, last = np.full(n, len(units)), np.full(n, -1)
        np.minimum.at(first, units.text[hard], at[hard])
        np.maximum.at(last, units.text[hard], at[hard])
        self.whole: Flags = sheet.whole(soft)
        self.outside: Flags = (at < first[units.text]) | (at > last[units.text])
        own = first < len(units)
        self.opening: Keys = np.zeros(n, np.uint64)
        self.opening[own] = units.key[first[own]]


class _Groups:
    """The sentences of one key within each outlet."""

    def __init__(self, sheet: Sheet, keys: Keys, eligible: Flags | None = None) -> None:
        units = sheet.units
        self._sheet = sheet
        outlet_keys = _keys_within(keys, sheet.outlet[units.text]) | np.uint64(1)
        if eligible is not None:
            outlet_keys = np.where(eligible, outlet_keys, np.uint64(0))
        _, group, counts = np.unique(outlet_keys, return_inverse=True, return_counts=True)
        if eligible is not None and not eligible.all():
            counts[group[~eligible][0]] = 0
        frequent = np.flatnonzero(counts[group] >= LEAST)
        pairs = distinct(group[frequent] * len(sheet) + units.text[frequent])
        articles = np.bincount(pairs // len(sheet), minlength=len(counts))
        self.often: Flags = articles[group] >= LEAST
        at = np.flatnonzero(self.often)
        order = at[np.argsort(group[at], kind="stable")]
        self._members = np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if len(order) else []

    def standing(self, place: _Places) -> list[tuple[Ints, str]]:
        """Return the members of each group that is standing text, and why."""
        reasons = ((members, self._reason(members, place)) for members in self._members)
        return [(members, reason) for members, reason in reasons if reason]

    def _reason(self, members: Ints, place: _Places) -> str | None:
        sheet = self._sheet
        units = sheet.units
        articles = np.unique(units.text[members])
        openings = place.opening[articles]
        n_openings = len(np.unique(openings[openings != 0]))
        if n_openings < LEAST:
            return None
        outlet = int(sheet.outlet[articles[0]])
        of, n_days, least_days = self._window(articles, outlet)
        if n_days < least_days:
            return None
        # Versions of one article are one: they make the number smaller that the share is of.
        some = max(n_openings, round(of * n_openings / len(articles)))
        share = least_share(min(some, round(some * len(articles) / of)), some)
        if share < SOME:
            return None
        alone = float(place.whole[members].mean())
        share_outside = float(place.outside[members].mean())
        sentence = bool(units.ends[members].mean() > 0.5)
        prose = sentence and bool(units.plain[members].mean() >= 3)
        if prose:
            enough = share_outside >= PLACED and share >= MOST
            enough |= share >= FEWER and share_outside >= ALWAYS and alone >= PLACED and n_openings >= FIXED
        else:
            enough = share >= MANY and (alone >= PLACED or share_outside >= PLACED)
            enough |= (
                share >= INSERTED
                and n_openings >= OFTEN
                and alone >= PLACED
                and units.plain[members].mean() >= 1
            )
            enough |= n_openings >= OFTEN and alone >= PLACED and share_outside >= PLACED
        if not enough or self._versions(articles, place):
            return None
        if prose and self._tied(articles, outlet):
            return None
        return f"{len(articles):,} of {of:,} articles"

    def _window(self, articles: Ints, outlet: int) -> tuple[int, int, int]:
        """How many articles the outlet has from the first to the last of these; their days; and how many are needed."""
        sheet = self._sheet
        days_in_order, n_undated = sheet.ordered_days
        days = sheet.day[articles]
        known_days = days[days >= 0]
        begin, end = np.searchsorted(days_in_order, [outlet * _OUTLET, (outlet + 1) * _OUTLET])
        all_days = len(np.unique(days_in_order[begin:end]))
        of, n_days = 0, 0
        if len(known_days):
            span = (outlet * _OUTLET + known_days.min(), outlet * _OUTLET + known_days.max() + 1)
            first, last = np.searchsorted(days_in_order, span)
            of, n_days = int(last - first), len(np.unique(known_days))
        if len(known_days) < len(days):
            of += int(n_undated[outlet])
            n_days += len(days) - len(known_days)
        return of, n_days, min(LEAST, all_days + int(n_undated[outlet]))

    def _versions(self, articles: Ints, place: _Places) -> bool:
        """Whether these articles are versions of one another: they share half of what they say."""
        sample = articles[:: max(1, len(articles) // _SAMPLE)][:_SAMPLE]
        sentences = [self._prose_of(int(article), place) for article in sample]
        alike = pairs = 0
        for one in range(len(sentences)):
            for two in range(one):
                pairs += 1
                both = len(sentences[one] & sentences[two])
                alike += both > 1 and both >= _VERSION * min(len(sentences[one]), len(sentences[two]))
        return alike > _VERSIONS * pairs

    def _prose_of(self, article: int, place: _Places) -> set[int]:
        """The sentences of an article that read as prose, but for those that stand around it on pages alike."""
        units = self._sheet.units
        start, stop = np.searchsorted(units.text, [article, article + 1])
        prose = units.ends[start:stop] & (units.plain[start:stop] >= _PROSE) & ~place.outside[start:stop]
        return set(units.key[start:stop][prose].tolist())

    def _tied(self, articles: Ints, outlet: int) -> bool:
        """Whether a word of their titles ties these articles together, which the outlet's others have less."""
        sheet = self._sheet
        here = Counter(word for article in articles.tolist() for word in sheet.title_words[article])
        if not here:
            return False
        word, count = here.most_common(1)[0]
        if count < _TIE * len(articles):
            return False
        others = np.setdiff1d(np.flatnonzero(sheet.outlet == outlet), articles)
        if not len(others):
            return False
        with_word = sum(word in sheet.title_words[article] for article in others.tolist())
        return count / len(articles) >= 2 * with_word / len(others)
