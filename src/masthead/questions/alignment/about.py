"""What findings say of alignment beside its two tables."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from masthead.findings.about import Part


class FactorValues(TypedDict):
    """A factor of the study, with the last value of each of its subjects."""

    id: str
    title: str
    values: dict[str, float]
    dated: bool
    """Whether any of its values changes with time."""


class TieBalance(TypedDict, total=False):
    """The balance of ties between outlets and subjects. Where there is none, `reason` says why, and `ties` at most."""

    reason: str
    ties: int
    """Sure ties."""
    frustration: int
    """Ties that would have to turn."""
    expected: float
    """The same where signs fall at random."""
    p: float
    cycles: int
    balanced: float
    """The share of cycles that are balanced."""
    balanced_expected: float
    p_balanced: float
    exact: bool
    """False where the frustration is the least that was found rather than the least there is."""
    permutations: int
    camps: list[list[str]]
    """Two lists of outlets and subjects."""
    against: list[list[str]]
    """The ties that speak against these: outlet and subject."""


class Balance(TieBalance, total=False):
    """Balance beside what outlets' and subjects' means make expected, and of ties as they stand."""

    absolute: TieBalance


class AxesAbout(TypedDict, total=False):
    """The axes on which outlets and subjects have places. Where there are none, `reason` alone says why."""

    reason: str
    n: int
    """How many are told from chance."""
    p: list[float]
    shares: list[float]
    """What each takes of what is left beside means, 0 to 1."""
    said: list[str]
    outlets: list[dict[str, str | float]]
    subjects: list[dict[str, str | float]]
    """By row `outlet` or `subject`, `place` with its interval `low` to `high`; `place_2` … on the second axis."""


Following = TypedDict(
    "Following",
    {
        "outlet": str,
        "factor": str,
        "subject": str,
        "from": str | None,
        "value_before": float,
        "value_after": float,
        "before": float | None,
        "before_low": float | None,
        "before_high": float | None,
        "n_before": int,
        "after": float | None,
        "after_low": float | None,
        "after_high": float | None,
        "n_after": int,
        "answer": str,
        "reason": str,
    },
)
"""Whether an outlet's portrayal of a subject moved with a factor on the day `from`, and why that is the answer.

Portrayal on both sides is −1 to 1, of `n` articles; null where there is none.
"""


class AlignmentAbout(TypedDict):
    """What was looked at; where portrayal was not asked for, `reason` says so and the last three are left out."""

    said: list[str]
    """What so few subjects can show."""
    factors: list[FactorValues]
    reason: NotRequired[str]
    balance: NotRequired[dict[str, Balance]]
    axes: NotRequired[dict[str, AxesAbout]]
    over_time: NotRequired[dict[str, list[Following]]]
    """By `with` and `without` wire copy."""


ALIGNMENT = Part[AlignmentAbout]("alignment")
"""Alignment in `Findings.about`."""
