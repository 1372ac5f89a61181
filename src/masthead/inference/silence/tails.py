"""How many of some stories an outlet would cover by chance: the Poisson-binomial, and shifts of it.

The number covered, C, is a sum of independent draws with log-odds η₁…ηₙ. A **shift** adds the same t to all
log-odds: an outlet that passes over such stories has a negative one. Shifting is exponential tilting, so all
that is needed at any shift is A(t) = Σ log(1 + exp(ηᵢ + t)): the likelihood of t is exp(ct − A(t)) exactly, and
tails follow by Lugannani and Rice's saddlepoint with Daniels' correction for whole numbers (Daniels 1987,
International Statistical Review 55(1)), which is good to about a hundredth of the probability however few the
stories are.

A **spread** says that the shift is not known but normal with that standard deviation: because the model would
have come out otherwise from other stories, or because outlets differ in their interests.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_WIDEST, _NEAR = 40.0, 0.03


def cumulant(log_odds: Array, shifts: Array) -> Array:
    """A(t) at each of the shifts."""
    sums: Array = np.logaddexp(0.0, log_odds[None, :] + np.asarray(shifts)[:, None]).sum(axis=1)
    return sums


class Tail:
    """P(C ≤ count) as a function of the shift."""

    def __init__(self, log_odds: Array, count: int) -> None:
        self.log_odds = log_odds
        self.count = count
        if 0 < count < len(log_odds):
            self._place = shift_of(log_odds, count + 0.5)
            p = logistic(log_odds + self._place)
            variance = p * (1 - p)
            self._cumulants = (
                variance.sum(),
                (variance * (1 - 2 * p)).sum(),
                (variance * (1 - 6 * variance)).sum(),
            )
            self._top = cumulant(log_odds, np.array([self._place]))[0]

    def at(self, shifts: Array, here: Array | None = None) -> Array:
        """The probability at each of the shifts, `here` being the cumulant there where it is known already."""
        from scipy.special import ndtr

        if self.count < 0 or self.count >= len(self.log_odds):
            return np.full(len(shifts), 0.0 if self.count < 0 else 1.0)
        here = cumulant(self.log_odds, shifts) if here is None else here
        if self.count == 0:
            return np.exp(-here)
        s = self._place - shifts
        second, third, fourth = self._cumulants
        square = 2 * (s * (self.count + 0.5) - self._top + here)
        with np.errstate(divide="ignore", invalid="ignore"):
            w = np.sign(s) * np.sqrt(np.maximum(square, 0.0))
            apart = 1 / (2 * np.sinh(s / 2) * np.sqrt(second)) - 1 / w
        # Where the count is nearly the mean, differences of large numbers are left over; their series is not.
        near = np.abs(s) < _NEAR
        skew, tail = third / second, fourth / second
        series = np.sqrt(second * np.maximum(1 - s * skew / 3 + s * s * tail / 12, 0.0)) * s
        w = np.where(near, series, w)
        apart = np.where(near, (-skew / 6 + s * (tail - 1 - skew * skew) / 24) / np.sqrt(second), apart)
        above = ndtr(-w) + np.exp(-0.5 * w * w) / np.sqrt(2 * np.pi) * apart
        below: Array = np.clip(1.0 - above, 0.0, 1.0)
        return below


class SoFew:
    """P(C < count) + ½ P(C = count), where the shift is normal around a middle with some spread.

    Counting the count itself half (mid-P; Lancaster 1961, JASA 56) keeps tests and intervals near their level;
    P(C ≤ count) would err far on the safe side where counts are small.
    """

    def __init__(self, log_odds: Array, count: int) -> None:
        self._tails = Tail(log_odds, count), Tail(log_odds, count - 1)

    def chance(self, middle: float, spread: float) -> float:
        """The probability; with `middle` 0 it is the one-sided p value of covering so few."""
        shifts = middle + _NODES * spread
        here = cumulant(self._tails[0].log_odds, shifts)
        return float(sum(0.5 * (_WEIGHTS * tail.at(shifts, here)).sum() for tail in self._tails))


def shift_of(log_odds: Array, mean: float) -> float:
    """The shift at which the expected number covered is `mean`, which lies between 0 and the number of stories."""
    return _root(lambda t: float(logistic(log_odds + t).sum() - mean))


def ratio_bounds(log_odds: Array, count: int, spread: float, level: float) -> tuple[float, float]:
    """The interval of covered over expected: the expected numbers of the shifts that the count allows.

    A shift is allowed where neither so few nor so many would come less than (1 − level)/2 of the time (mid-P),
    the shift being normal around it with this spread. The upper bound is above 0 even where nothing was covered;
    no bound exceeds the number of stories over the expected.
    """
    n_expected = logistic(log_odds).sum()
    tail = (1 - level) / 2
    so_few = SoFew(log_odds, count)
    low, high = 0.0, float(len(log_odds) / n_expected)
    if count > 0:
        shift = _root(lambda t: 1 - tail - so_few.chance(t, spread))
        low = float(logistic(log_odds + shift).sum() / n_expected)
    if count < len(log_odds):
        shift = _root(lambda t: tail - so_few.chance(t, spread))
        high = float(logistic(log_odds + shift).sum() / n_expected)
    return low, high


def _root(rising: Callable[[float], float]) -> float:
    """Where a rising function is 0, sought among the shifts that leave anything in doubt."""
    from scipy.optimize import brentq

    if rising(-_WIDEST) > 0:
        return -_WIDEST
    if rising(_WIDEST) < 0:
        return _WIDEST
    return float(brentq(rising, -_WIDEST, _WIDEST, xtol=1e-10))


def logistic(log_odds: Array) -> Array:
    """The chance that log-odds stand for."""
    with np.errstate(over="ignore"):
        p: Array = 1.0 / (1.0 + np.exp(-log_odds))
    return p
