"""What the demo adds to its findings: what was planted in its press, beside what the survey of it found."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class PlantedFigure(TypedDict):
    """A planted figure beside the estimate of it, in the unit of its measure."""

    what: str
    """What the figure is, in words."""
    measure: NotRequired[str]
    """Naming, where none is given."""
    subject: str
    outlet: str
    category: str | None
    period: NotRequired[str | None]
    """The first day of its period; null, or left out, where it is of all time."""
    mentions: NotRequired[int]
    """Of how many mentions it was planted."""
    planted: float
    found: float
    conf_low: float
    conf_high: float
    inside: bool | None
    """Whether the interval holds what was planted; null where it need not."""


class PlantedCoding(TypedDict):
    """A planted portrayal beside the model's figure, and the one that the codes of simulated coders corrected."""

    outlet: str
    subject: str
    n_coded: int
    planted: float
    model: float
    model_low: float
    model_high: float
    corrected: float
    corrected_low: float
    corrected_high: float


class FoundChange(TypedDict):
    """A change that the survey found; its days as 2024-01-31, `low` and `high` the interval of `date`."""

    measure: str
    outlet: str
    subject: str | None
    kind: str
    """change or drift."""
    date: str
    low: str
    high: str


class PlantedChange(TypedDict):
    """A planted change of naming, and the nearest change that was found; null where none was."""

    outlet: str
    subject: str
    category: str
    """The label family whose share moved most."""
    date: str
    found: FoundChange | None
    days_off: int | None
    """Days from the planted day to the found one; null where none was found."""
    inside: bool
    """Whether the interval of the found day holds the planted one."""


class PlantedChanges(TypedDict):
    """Planted changes, and the others that were found: of events that all outlets share, and neither."""

    planted: list[PlantedChange]
    of_the_world: list[FoundChange]
    not_planted: list[FoundChange]


class PlantedSilence(TypedDict):
    """A pair of outlet and subject: whether a silence was planted, and what the survey says of it."""

    outlet: str
    subject: str
    planted: bool
    call: str | None
    """silent, less, or null."""
    covered: float | None
    expected: float | None
    """Stories."""
    ratio: float | None
    conf_low: float | None
    conf_high: float | None


class PlantedSilences(TypedDict):
    """Planted silences, and pairs that are called silent though none was planted."""

    planted: list[PlantedSilence]
    not_planted: list[PlantedSilence]
