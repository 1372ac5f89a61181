"""Changes beside the world's: are changes of office found in how articles name people, and on the right day?

For each change of a gold file (`benchmarks.offices.gold_file`) every mention of the person is read for titles,
which speak for the time before or after (`benchmarks.offices.given_titles`).

The share of `after` among both is a series like any other, and `masthead.inference.changes` is asked whether it
changed (p ≤ .05) and when. All articles of one day count as one: they tell of the same event, in the same words.
Blocks of the calendar are four weeks: a nominee of twelve weeks has too few of ten.

A change is **found** where the series changed towards `after`; of several, the one with the greatest rise is taken.
The interval of its date begins two days early: articles tell of the day before, and are written before they appear.
Two titles in a hundred are taken to be misread or misdated, so that no date hangs on one article. Offices change
at once, so no change is called drift.

Nobody steady has a `before` or `after`. Each is asked of every change of title in the file, as far as articles gave
him or her titles of both sides; a change that is found at a false discovery rate of .05 within the person is a
**false alarm**. Beside it, whether the mix of all titles in the file moved, which is no false alarm: a senator who
stays one may come to be called by the committee that he chairs.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.gold.rates import LEVEL, Rate
from benchmarks.offices.given_titles import Given, Progress, Side, Sides, title_sides, titles_given
from benchmarks.offices.gold_file import GoldChange, GoldChanges
from benchmarks.offices.median import Median
from benchmarks.offices.titles import Said
from masthead.archive import Archive
from masthead.inference.changes import Change, Result, Series, find_changes

ENOUGH = 30
"""Titles there must be on either side of the true date for a change to be expected to be found."""

ALPHA = 0.05

BLOCK = 28
"""Days of a block of the calendar."""

LAG = dt.timedelta(days=2)
"""How long the press may take to change a title: an article tells of the day before, or was written before it."""

NEAR = 30
"""Days between the date found and the true one within which both are surely of one change."""

MISTAKEN = 0.02
"""How often a title is taken to be misread, or its article misdated, so that no date hangs on one article."""

FEW = 5
"""Titles given to a person less often than this are counted together in the mix of all titles."""

_Days = tuple[list[int], list[Side]]


@dataclass(frozen=True)
class Found:
    """One change of the gold file beside what was found.

    `namings_before` and `namings_after` are the titles of either side that articles gave before the true date and
    from it on; `enough` says whether both are 30 or more. `dated`, `low`, `high` are the date found and its
    interval, `error_days` how long after the true date it lies (negative: before), `held` whether the interval
    holds it, `share_before` and `share_after` the share of the titles of after; null where no change was found.
    """

    subject: str
    date: dt.date
    before: str
    after: str
    namings_before: int
    namings_after: int
    enough: bool
    found: bool
    p: float
    dated: dt.date | None = None
    low: dt.date | None = None
    high: dt.date | None = None
    error_days: int | None = None
    held: bool | None = None
    share_before: float | None = None
    share_after: float | None = None


@dataclass(frozen=True)
class Steady:
    """Somebody who changed nothing: how many `titles` of the file articles gave, of how many changes they could be.

    `alarm` says that one of them was found (`change`, on `dated`); `q` is the smallest. `mix_p` is of the mix of all
    titles and `mix_dated` when it moved, at p ≤ .05; null where there is no mix.
    """

    subject: str
    titles: int
    tested: int
    alarm: bool
    q: float
    change: str | None = None
    dated: dt.date | None = None
    mix_p: float | None = None
    mix_dated: dt.date | None = None


@dataclass(frozen=True)
class ChangesEvaluation:
    """All of it, and its figures: of the changes with enough namings, and of all steady people."""

    changes: tuple[Found, ...]
    steady: tuple[Steady, ...]
    mentions: int
    undated: int

    @property
    def enough(self) -> tuple[Found, ...]:
        """The changes with 30 or more namings on either side."""
        return tuple(change for change in self.changes if change.enough)

    @property
    def found(self) -> Rate:
        """Of the changes with enough namings, how many are found."""
        return Rate.of_all(change.found for change in self.enough)

    @property
    def found_of_all(self) -> Rate:
        """Of all changes, how many are found."""
        return Rate.of_all(change.found for change in self.changes)

    @property
    def near(self) -> Rate:
        """Of the changes with enough namings, how many are found within `NEAR` days of the true date."""
        return Rate.of_all(c.error_days is not None and abs(c.error_days) <= NEAR for c in self.enough)

    @property
    def error(self) -> Median:
        """How many days the date found lies from the true one, on either side; of those found with enough namings."""
        return Median.of_all(abs(c.error_days) for c in self.enough if c.error_days is not None)

    @property
    def held(self) -> Rate:
        """How often the interval of the date holds the true one, of those found with enough namings."""
        return Rate.of_all(c.held for c in self.enough if c.held is not None)

    @property
    def alarms(self) -> Rate:
        """How many steady people are said to have changed title."""
        return Rate.of_all(person.alarm for person in self.steady)

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        return {
            "mentions": self.mentions,
            "undated": self.undated,
            "enough": ENOUGH,
            "found": asdict(self.found),
            "found_near": {"days": NEAR, **asdict(self.near)},
            "found_of_all": asdict(self.found_of_all),
            "median_error_days": asdict(self.error),
            "interval_holds_date": asdict(self.held),
            "false_alarms": asdict(self.alarms),
            "false_alarms_of_tested": asdict(Rate.of_all(p.alarm for p in self.steady if p.tested)),
            "changes": [asdict(change) for change in self.changes],
            "steady": [asdict(person) for person in self.steady],
        }


def evaluate_changes(
    gold: GoldChanges, archive: Archive, *, progress: Progress | None = None
) -> ChangesEvaluation:
    """Read the titles of everybody in a gold file from the archive's dated articles, and find their changes.

    Matches of the aliases are kept in the archive, as any study's. Raises ArchiveError where another program is
    writing to it.
    """
    readings = [title_sides(change.before, change.after) for change in gold.changes]
    offices = {said.office for sides in readings for said in sides}
    said, mentions, undated = titles_given(gold, offices, archive, progress)
    return ChangesEvaluation(
        _changed(gold.changes, readings, said), _kept(gold, readings, said), mentions, undated
    )


def _sided(titles: Iterable[tuple[int, Said]], sides: Sides) -> _Days:
    told = [(day, sides[said]) for day, said in titles if said in sides]
    return [day for day, _ in told], [side for _, side in told]


def _series(days: Sequence[int], kinds: Sequence[int], of: int, family: str) -> Series:
    """A row per day, a column per kind: all articles of a day count as one, and each title a little for other kinds."""
    at, place = np.unique(np.array(days, np.int64), return_inverse=True)
    counts = np.zeros((len(at), of))
    np.add.at(counts, (place, np.array(kinds, np.int64)), 1.0)
    mistaken = MISTAKEN / (of - 1)
    counts = counts * (1.0 - MISTAKEN - mistaken) + mistaken * counts.sum(axis=1, keepdims=True)
    return Series.of_counts(at, counts, family=family)


def _risen(result: Result) -> Change | None:
    """The change with the greatest rise of the last kind; None where it never rose."""
    rises = [change for change in result.changes if change.after[-1] > change.before[-1]]
    return max(rises, key=lambda change: (change.after[-1] - change.before[-1], -change.date), default=None)


def _changed(changes: Sequence[GoldChange], readings: Sequence[Sides], given: Given) -> tuple[Found, ...]:
    sided = [
        _sided(given.get(change.subject, ()), sides) for change, sides in zip(changes, readings, strict=True)
    ]
    # A family each: who else is in the file must not decide about anybody.
    series = [_series(*days, of=2, family=str(i)) for i, days in enumerate(sided)]
    results = find_changes(series, fdr=ALPHA, block=BLOCK, level=LEVEL, drifts=False)
    return tuple(
        _beside(change, days, result)
        for change, (days, _), result in zip(changes, sided, results, strict=True)
    )


def _beside(gold: GoldChange, days: Sequence[int], result: Result) -> Found:
    true = gold.date.toordinal()
    namings_before = sum(day < true for day in days)
    namings_after = len(days) - namings_before
    enough = min(namings_before, namings_after) >= ENOUGH
    head_ = (
        gold.subject,
        gold.date,
        ", ".join(gold.before),
        ", ".join(gold.after),
        namings_before,
        namings_after,
    )
    change = _risen(result)
    if change is None:
        return Found(*head_, enough, found=False, p=result.p)
    low, high = dt.date.fromordinal(change.low) - LAG, dt.date.fromordinal(change.high)
    return Found(
        *head_,
        enough,
        found=True,
        p=change.p,
        dated=dt.date.fromordinal(change.date),
        low=low,
        high=high,
        error_days=change.date - true,
        held=low <= gold.date <= high,
        share_before=float(change.before[-1]),
        share_after=float(change.after[-1]),
    )


def _kept(gold: GoldChanges, readings: Sequence[Sides], given: Given) -> tuple[Steady, ...]:
    """Ask of everybody steady every distinct change of title in the file, and whether the mix of titles moved."""
    asked = {
        (", ".join(change.before), ", ".join(change.after)): sides
        for change, sides in zip(gold.changes, readings, strict=True)
    }
    vocabulary = {said for sides in readings for said in sides}
    owners: list[tuple[str, str]] = []
    series: list[Series] = []
    for who in gold.steady:
        for (before, after), sides in asked.items():
            days, kinds = _sided(given.get(who, ()), sides)
            if 0 < sum(kinds) < len(kinds):
                owners.append((who, f"{before} → {after}"))
                series.append(_series(days, kinds, of=2, family=who))
    results = find_changes(series, fdr=ALPHA, block=BLOCK, level=LEVEL, drifts=False)
    of_person: dict[str, list[tuple[str, Result]]] = defaultdict(list)
    for (who, what), result in zip(owners, results, strict=True):
        of_person[who].append((what, result))
    mixes = _mixes(gold.steady, vocabulary, given)
    return tuple(
        _steady(
            who, sum(said in vocabulary for _, said in given.get(who, ())), of_person[who], mixes.get(who)
        )
        for who in gold.steady
    )


def _steady(who: str, titles: int, asked: Sequence[tuple[str, Result]], mix: Result | None) -> Steady:
    alarms = [(change.q, what, change) for what, result in asked if (change := _risen(result))]
    first = min(alarms, key=lambda one: one[:2], default=None)
    moved = mix.changes[0].date if mix and mix.changes else None
    return Steady(
        who,
        titles,
        tested=len(asked),
        alarm=first is not None,
        q=min((result.q for _, result in asked), default=1.0),
        change=first[1] if first else None,
        dated=dt.date.fromordinal(first[2].date) if first else None,
        mix_p=mix.p if mix else None,
        mix_dated=dt.date.fromordinal(moved) if moved else None,
    )


def _mixes(people: Iterable[str], vocabulary: set[Said], given: Given) -> dict[str, Result]:
    """Find whether the mix of each person's titles moved; those given seldom are counted together."""
    series: dict[str, Series] = {}
    for who in people:
        told = [(day, said) for day, said in given.get(who, ()) if said in vocabulary]
        often = Counter(said for _, said in told)
        kinds = {said: i for i, said in enumerate(sorted(s for s, n in often.items() if n >= FEW))}
        columns = [kinds.get(said, len(kinds)) for _, said in told]
        if len(set(columns)) > 1:
            series[who] = _series([day for day, _ in told], columns, len(kinds) + 1, who)
    results = find_changes(list(series.values()), fdr=ALPHA, block=BLOCK, level=LEVEL, drifts=False)
    return dict(zip(series, results, strict=True))
