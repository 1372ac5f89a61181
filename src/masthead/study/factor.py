"""A factor of a study: a possible explanation of who sides with whom."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from typing import NamedTuple

from pydantic import Field, field_validator

from masthead.study.parts import Identifier, Part, WrongAtError

_LARGEST = 1_000_000
"""Beyond this sums of squares lose what is small."""


class Value(Part):
    """The value of a subject from a day on; without `from`, from the beginning."""

    value: float
    """The number. Example: `-1`"""
    start: dt.date | None = Field(default=None, alias="from")
    """The day from which on it holds; from the beginning where left out. Example: `2016-08-01`"""

    @field_validator("value")
    @classmethod
    def _is_a_number(cls, value: float) -> float:
        if not math.isfinite(value):
            raise WrongAtError(
                "the value of a factor is no finite number",
                expected="a number, such as 1 or -1",
                hint="leave a subject out that has no value",
            )
        if abs(value) > _LARGEST:
            raise WrongAtError(
                f"the value {value:g} of a factor is too large",
                expected=f"a number between -{_LARGEST:,} and {_LARGEST:,}",
            )
        return value


class Stretch(NamedTuple):
    """A value and the days on which it holds, both included; None where they are open."""

    value: float
    start: dt.date | None
    end: dt.date | None


class Factor(Part):
    """A possible explanation of who sides with whom: a value for each subject, dated where it changed.

    A value is a number (`iran = 1`), or a list of them in order of time, of which all but the first say from when
    they hold (`turkey = [{ value = -1 }, { from = 2016-08-01, value = 1 }]`). A subject that is left out has none,
    and takes no part in what is said of this factor.
    """

    id: Identifier
    """The short name by which claims call it. Example: `"close-to-x"`"""
    name: str = ""
    """The name that pages show; the id with blanks for hyphens where left out. Example: `"Close to X"`"""
    values: dict[str, tuple[Value, ...]] = Field(min_length=1)
    """A number for each subject, by its id; or several, each with the day from which on it holds.
    Example: `{ verrin = 1, tasmer = -1 }`"""

    @field_validator("values", mode="before")
    @classmethod
    def _plain_values(cls, values: object) -> object:
        if not isinstance(values, dict):
            return values
        plain = (int, float)
        for subject, value in values.items():
            if isinstance(value, (str, bool)):
                text = str(value).lower() if isinstance(value, bool) else repr(value)
                raise WrongAtError(
                    f"the value of '{subject}' is {text}", subject, expected="a number, such as 1 or -1"
                )
        return {
            subject: [{"value": v}] if isinstance(v, plain) and not isinstance(v, bool) else v
            for subject, v in values.items()
        }

    @field_validator("values")
    @classmethod
    def _in_order(cls, values: dict[str, tuple[Value, ...]]) -> dict[str, tuple[Value, ...]]:
        for subject, entries in values.items():
            if not entries:
                raise WrongAtError(
                    f"'{subject}' has an empty list of values",
                    subject,
                    expected="a number, or a list of tables with `value` and `from`",
                    hint="leave a subject out that has no value",
                )
            days = [one.start for one in entries[1:]]
            if None in days:
                raise WrongAtError(
                    f"a later value of '{subject}' does not say since when it holds",
                    subject,
                    expected="`from` and a day in each value after the first",
                    hint="add it",
                )
            starts = [one.start for one in entries if one.start is not None]
            if any(later <= earlier for earlier, later in itertools.pairwise(starts)):
                raise WrongAtError(
                    f"the values of '{subject}' are not in order of time",
                    subject,
                    expected="each `from` later than the one before it",
                    hint="put the earliest first",
                )
        return values

    @property
    def title(self) -> str:
        """The name to show: `name`, or the id with its hyphens opened."""
        return self.name or self.id.replace("-", " ")

    @property
    def is_dated(self) -> bool:
        """Whether the value of any subject changes."""
        return any(len(self.stretches(subject)) > 1 for subject in self.values)

    def stretches(self, subject: str) -> list[Stretch]:
        """Return the values of a subject in order of time, each as long as it holds; empty where it has none."""
        spans: list[Stretch] = []
        for one in self.values.get(subject, ()):
            if spans and spans[-1].value == one.value:
                continue
            if spans and one.start is not None:
                spans[-1] = spans[-1]._replace(end=one.start - dt.timedelta(days=1))
            spans.append(Stretch(one.value, one.start, None))
        return spans
