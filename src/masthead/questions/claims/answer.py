"""What a claim comes to, computed in one way: a verdict with its figures and its reason."""

from __future__ import annotations

from dataclasses import dataclass, field

from masthead.questions.claims.figures import Figure
from masthead.questions.claims.judging import Verdict


@dataclass(frozen=True)
class Answer:
    """A verdict, why, and the figures behind it; all are None where there is none.

    `value` and `value_versus` are the two sides' own figures; `estimate` with its interval is what was judged. `needs`
    says what an archive would have to hold to decide the claim, None where it is decided. `calibrated`: whether
    people's codes correct the figures.
    """

    verdict: Verdict
    reason: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    value: float | None = None
    value_versus: float | None = None
    n: int = 0
    n_versus: int | None = None
    needs: str | None = None
    calibrated: bool = False


def numbers_of(one: Answer | Figure) -> tuple[float | None, ...]:
    """What tells one way to compute a claim from another: where all are the same, the way is the claim itself."""
    bounds = (one.estimate, one.low, one.high)
    return *(None if bound is None else round(bound, 9) for bound in bounds), one.n, one.n_versus


@dataclass(frozen=True)
class Judged:
    """A claim's answer, and those of the other ways to compute it, each with a label that says what is different."""

    answer: Answer
    ways: list[tuple[str, Answer]] = field(default_factory=list)
