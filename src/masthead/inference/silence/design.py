"""The numbers that the model of coverage is fitted to: one row per outlet and story, one column per term."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.inference.silence.cells import NUMBERS, OTHERS, Array, Whole
from masthead.inference.silence.columns import Columns, columns

Mask = npt.NDArray[np.bool_]

FEWEST_STORIES = 15
"""A section, place or subject of fewer stories has no coefficient of its own."""

MOST_TRAITS = 40
"""Of sections, of places, of subjects, only the commonest have coefficients."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Term:
    """A column of the design: its kind (`outlet`, `size`, `subject`, …) and what of it (`verrin`)."""

    kind: str
    value: str | None = None

    @property
    def name(self) -> str:
        """As shown: `size`, or `subject: verrin`."""
        return self.kind if self.value is None else f"{self.kind}: {self.value}"


@dataclass(frozen=True)
class Design:
    """Cells as numbers. Rows are sorted by outlet; `use` marks those that are eligible and known.

    Each outlet has a row for every story, in one order. x: what is known of the cells, by term. y: 1 where covered.
    outlet, story: numbers. about, against: cells × subjects, whether the story is about the subject, and shows it
    badly.
    """

    x: Columns
    y: Array
    outlet: Whole
    story: Whole
    use: Mask
    about: Mask
    against: Mask
    terms: tuple[Term, ...]
    outlets: tuple[str, ...]
    stories: tuple[str, ...]
    subjects: tuple[str, ...]
    row: Whole
    """For each row, its place in the table of cells."""


def design(cells: pa.Table) -> Design:
    """Turn a table of cells (`cells.CELLS`) into numbers."""
    outlets = sorted(set(cells["outlet"].to_pylist()))
    names = cells["outlet"].to_pylist()
    numbers = {name: number for number, name in enumerate(outlets)}
    outlet = np.array([numbers[name] for name in names], np.int64)
    stories = list(dict.fromkeys(cells["story"].to_pylist()))
    at = {name: number for number, name in enumerate(stories)}
    story = np.array([at[name] for name in cells["story"].to_pylist()], np.int64)
    order = np.argsort(outlet, kind="stable")
    first = np.searchsorted(story, np.arange(len(stories)))
    terms: list[Term] = []
    own: dict[int, Array] = {}
    traits: dict[int, Array] = {0: np.ones(len(stories))}
    terms.append(Term("outlet"))
    for name in NUMBERS:
        own[len(terms)] = cells[name].to_numpy()[order]
        terms.append(Term(name))
    of_stories = cells.take(pa.array(first))
    days = [WEEKDAYS[day.weekday()] for day in of_stories["day"].to_pylist()]
    sections, places = (of_stories[name].to_pylist() for name in ("section", "place"))
    for kind, values_of in (("weekday", days), ("section", sections), ("place", places)):
        values, member = _members([[v] if v else [] for v in values_of])
        traits |= zip(range(len(terms), len(terms) + len(values)), member.T.astype(np.float64), strict=True)
        terms += [Term(kind, value) for value in values]
    subjects_of = [v or [] for v in of_stories["subjects"].to_pylist()]
    bad = [v or [] for v in of_stories["unfavourable"].to_pylist()]
    traits[len(terms)] = np.array([bool(v) for v in bad]).astype(np.float64)
    terms.append(Term("unfavourable"))
    subjects = sorted({s for v in subjects_of for s in v})
    about, against = (_membership(subjects, v) for v in (subjects_of, bad))
    for kind, member in (("subject", about), ("against", against)):
        for s in np.flatnonzero(member.sum(axis=0) >= FEWEST_STORIES):
            traits[len(terms)] = member[:, s].astype(np.float64)
            terms.append(Term(kind, subjects[s]))
    eligible = cells["others"].to_numpy() >= OTHERS
    use = eligible & cells["known"].to_numpy(zero_copy_only=False)
    return Design(
        x=columns(len(stories), len(outlets), own, traits),
        y=cells["covered"].to_numpy(zero_copy_only=False).astype(np.float64)[order],
        outlet=outlet[order],
        story=story[order],
        use=use[order],
        about=about[story[order]],
        against=against[story[order]],
        terms=tuple(terms),
        outlets=tuple(outlets),
        stories=tuple(stories),
        subjects=tuple(subjects),
        row=order,
    )


def _members(values: list[list[str]]) -> tuple[list[str], Mask]:
    """The values that enough of the stories have, commonest first, and which story has which."""
    counts: dict[str, int] = {}
    for of_one in values:
        for value in of_one:
            counts[value] = counts.get(value, 0) + 1
    frequent = [value for value, count in counts.items() if count >= FEWEST_STORIES]
    # A trait of every story would be the constant once more.
    commonest = sorted(
        (value for value in frequent if counts[value] < len(values)), key=lambda v: (-counts[v], v)
    )[:MOST_TRAITS]
    return commonest, _membership(commonest, values)


def _membership(names: list[str], values: list[list[str]]) -> Mask:
    numbers = {name: number for number, name in enumerate(names)}
    member = np.zeros((len(values), len(names)), bool)
    for row, of_one in enumerate(values):
        for value in of_one:
            if value in numbers:
                member[row, numbers[value]] = True
    return member
