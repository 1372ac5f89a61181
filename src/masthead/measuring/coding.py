"""What an instrument brings so that people can code its units: the question, the answers, and what these add up to."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import pyarrow as pa

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables
    from masthead.study import Subject

CANNOT_TELL = "?"
"""The code of a coder who cannot tell. The unit then adds nothing to numerator or denominator: figures are of the units
of which people can tell."""

UNITS = pa.schema(
    [
        ("outlet", pa.string()),
        ("subject", pa.string()),
        ("article_id", pa.string()),
        ("mention", pa.string()),
        ("field", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("sentence_start", pa.int64()),
        ("sentence_end", pa.int64()),
        ("quoted", pa.bool_()),
        ("weight", pa.float64()),
    ]
)
"""One row per unit that may be drawn. `mention` tells the units of an article and subject apart; `quoted` is null where
voices are not told apart; `weight` is how many articles its article stands for."""

READINGS = pa.schema(
    [
        ("measure", pa.string()),
        ("category", pa.string()),
        ("outlet", pa.string()),
        ("subject", pa.string()),
        ("article_id", pa.string()),
        ("mention", pa.string()),
        ("x", pa.float64()),
        ("y", pa.float64()),
    ]
)
"""What the reader says that each unit adds to numerator and denominator, by measure and category."""


class CodedUnit(NamedTuple):
    """A unit in one figure: the code that people gave it, and what the reader says that it adds (`x` and `y`).

    `y` is the size of a unit where that counts, such as words; a unit that the reader left out has 0 in both.
    """

    measure: str
    category: str | None
    value: str
    x: float
    y: float


class Coding(ABC):
    """How people code the units of an instrument, and what their codes add to its figures.

    Data, but for `adds` and, where the answers hang on the subject, `values_of`. Nothing outside an instrument's room
    compares the name of a measure: what is asked, drawn and added up is said here. Queries are over the tables of a
    survey that has loaded the instrument.
    """

    question: ClassVar[str]
    """What the coder is asked of the place that is marked."""
    values: ClassVar[Mapping[str, str]] = {}
    """The codes and what each means, for a codebook that nobody has edited; `?` (cannot tell) is always one."""
    rules: ClassVar[tuple[str, ...]] = ()
    """What the coder goes by."""
    examples: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Sentences, with what they are coded as."""
    not_measured: ClassVar[str] = ""
    """What coding such units cannot find, in words; empty where it finds all errors."""
    names_subject: ClassVar[bool] = False
    """Whether a coder has to know which subject is meant: the sheet then names it, and cannot mask it."""
    numeric: ClassVar[bool] = False
    """Whether codes are numbers, whose distance counts where coders differ."""
    several: ClassVar[bool] = False
    """Whether one unit may have several codes, with `+` between them."""
    units: ClassVar[str]
    """A SELECT of the units that may be drawn: the columns UNITS but for `outlet`. One row a unit."""
    readings: ClassVar[str]
    """A SELECT of the columns READINGS but for `outlet`: of every unit that may be drawn, a row per measure and
    category; a unit that has none there adds 0 to both."""
    readings_never_drawn: ClassVar[str] = ""
    """A SELECT of the same columns: what is in a figure and was never in the draw, as an article that is not read as
    mentioning the subject. It counts as it was read. Empty where there is none."""

    def values_of(self, subject: Subject) -> Mapping[str, str]:
        """Return the codes that only this subject has, and what each means; none where all have the same."""
        return {}

    def knows(self, code: str, subject: Subject | None) -> bool:
        """Return whether it can add up units of this code: a codebook has no others."""
        return code in self.values or (subject is not None and code in self.values_of(subject))

    @abstractmethod
    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        """Return what a unit that people coded adds to numerator and denominator. Never asked of `?`."""


def adds(coding: Coding, unit: CodedUnit) -> tuple[float, float]:
    """Return what a coded unit adds to numerator and denominator: nothing where people cannot tell."""
    return (0.0, 0.0) if unit.value == CANNOT_TELL else coding.adds(unit)


def units_that_may_be_drawn(survey: StudyTables, coding: Coding) -> pa.Table:
    """Return every unit of a loaded instrument that may be drawn (UNITS), in an order that is always the same."""
    return _with_outlet(survey, coding.units, UNITS)


def readings_of_units(survey: StudyTables, coding: Coding) -> pa.Table:
    """Return what the reader says that the units that may be drawn add to figures (READINGS)."""
    return _with_outlet(survey, coding.readings, READINGS)


def readings_known(survey: StudyTables, coding: Coding) -> pa.Table:
    """Return what counts and was never in the draw (READINGS)."""
    return (
        _with_outlet(survey, coding.readings_never_drawn, READINGS)
        if coding.readings_never_drawn
        else READINGS.empty_table()
    )


def _with_outlet(survey: StudyTables, query: str, columns: pa.Schema) -> pa.Table:
    names = ", ".join("a.outlet" if name == "outlet" else f'u."{name}"' for name in columns.names)
    rows = survey.connection.sql(
        f"SELECT {names} FROM ({query}) u JOIN articles a USING (article_id) ORDER BY ALL"
    ).to_arrow_table()
    return rows.cast(columns)
