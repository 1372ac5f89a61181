"""How much an archive would have to hold to decide a claim: from the interval seen, or from the variance of others."""

from __future__ import annotations

import math
from itertools import pairwise

from masthead.questions.claims.judging import stretches
from masthead.study.claim import Claim

POWER = 0.8
"""With as much as is said to be needed, the claim would be decided this often."""

MOST = 100.0
"""Where more than so many times what there is would be needed, no archive will decide."""

SMALLEST = 0.1
"""The difference to be told from none where the claim has no margin, of a share; twice that of a mean from −1 to 1."""


def times_as_many(claim: Claim, estimate: float, low: float, high: float, level: float) -> float | None:
    """Return how many times as many units would decide the claim, if its figure stays what it is.

    The interval shrinks as the square root of the number of units. Decided is the claim when the interval no longer
    reaches over the edge that parts the answers, which must hold POWER of the time. None where the figure lies so
    near the edge that more than MOST times as many would be needed.
    """
    from scipy.special import ndtri

    longer = (ndtri((1.0 + level) / 2.0) + ndtri(POWER)) / ndtri((1.0 + level) / 2.0)
    cut = stretches(claim)
    edges = {one.high for one, following in pairwise(cut) if one.verdict != following.verdict}
    if claim.expect == "changed" and claim.bar == 0:
        edges = {0.0}
    below = [edge for edge in edges if low < edge <= estimate]
    above = [edge for edge in edges if estimate < edge < high]
    most = 1.0
    for edge, reach in [*((e, estimate - low) for e in below), *((e, high - estimate) for e in above)]:
        if abs(estimate - edge) == 0 or not math.isfinite(reach):
            return None
        most = max(most, (longer * reach / abs(estimate - edge)) ** 2)
    return most if most <= MOST else None


def least_difference(claim: Claim) -> float:
    """Return the difference that an archive should be able to tell from none, for this claim."""
    return claim.margin or SMALLEST * _span(claim)


def units_needed(claim: Claim, ratio: tuple[float, float, int] | None, level: float) -> int:
    """Return how many units each of two sides needs, so that a difference of the margin is told from none.

    `ratio` is an interval of one ratio and the number of its units: how much units of this kind differ. Without it they
    are taken to differ as much as they can (a share of one half; portrayals of −1 and 1).
    """
    from scipy.special import ndtri

    z = ndtri((1.0 + level) / 2.0)
    variance = (_span(claim) / 2.0) ** 2
    if ratio is not None:
        low, high, n = ratio
        variance = min(variance, n * ((high - low) / (2.0 * z)) ** 2)
    sides = 1 if claim.versus is None else 2
    units = sides * variance * ((z + ndtri(POWER)) / least_difference(claim)) ** 2
    return max(2, math.ceil(float(units)))


def _span(claim: Claim) -> float:
    """How far two figures can lie apart; of figures that nothing bounds, as of shares."""
    span = claim.rules.span
    return span if math.isfinite(span) else 1.0


def round_up(n: float) -> int:
    """Return a number of units with no more digits than such a guess has: two."""
    if n < 100:
        return math.ceil(n)
    digits = math.floor(math.log10(n)) - 1
    return int(math.ceil(n / 10**digits) * 10**digits)
