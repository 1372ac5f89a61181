"""Whether it is what is covered that changed, rather than how: the mix of sections or stories on either side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.inference.changes import Change
from masthead.inference.intervals import Array
from masthead.questions.changes.figures import Units, Whole

HALF = 0.5
"""Of the difference, less than this is left where its cause is what is covered."""

SEEN_ON_BOTH = 0.5
"""Part of either side that sections which are on both sides hold at least, for them to tell anything."""


def coverage_moved(units: Units, change: Change, level: float) -> str | None:
    """Say whose mix (`sections` or `stories`) moved while the figure within each did not; None where none did.

    Of the category that moved most. Sections: the figure is compared within each section that is on both sides
    (weights as Mantel and Haenszel's); a difference is due to their mix where the interval of what is left within
    holds 0, less than half of it is left, and what is gone is more than chance. Stories: hardly one is on both sides,
    so each counts once, however many articles it has; what is gone then came from a few large ones.
    """
    before, after = units.between(change.since, change.until), units.between(change.then, change.last)
    if not len(before.y) or not len(after.y):
        return None
    difference = (after.w @ after.x) / (after.w @ after.y) - (before.w @ before.x) / (before.w @ before.y)
    category = int(np.argmax(np.abs(difference)))
    sides = [_Side(u.w * u.x[:, category], u.w * u.y, u.section, u.story) for u in (before, after)]
    left = {"sections": _within_sections(*sides), "stories": _each_once(*sides)}
    for what, within in left.items():
        if within is not None and _is_gone(float(difference[category]), *within, level):
            return what
    return None


class _Side:
    """One side of a change: numerators, denominators, and where each article belongs."""

    def __init__(self, x: Array, y: Array, section: Whole, story: Whole) -> None:
        self.x, self.y, self.section, self.story = x, y, section, story


def _is_gone(difference: float, left: float, error: float, level: float) -> bool:
    from scipy.special import ndtri

    reach = float(ndtri((1.0 + level) / 2.0)) * error
    return abs(left) < HALF * abs(difference) and abs(left) <= reach and abs(difference - left) > reach


def _within_sections(before: _Side, after: _Side) -> tuple[float, float] | None:
    """The mean difference within sections that are on both sides, and its error; None where they hold too little."""
    common = np.intersect1d(before.section, after.section)
    common = common[common >= 0]
    in_common = [np.isin(side.section, common) for side in (before, after)]
    if len(np.union1d(before.section, after.section)) < 2 or any(
        side.y[own].sum() < SEEN_ON_BOTH * side.y.sum()
        for side, own in zip((before, after), in_common, strict=True)
    ):
        return None
    totals = []
    for side, own in zip((before, after), in_common, strict=True):
        totals.append(
            _ratios(side.x[own], side.y[own], np.searchsorted(common, side.section[own]), len(common))
        )
    (r, y, v), (r_after, y_after, v_after) = totals
    weight = y * y_after / (y + y_after)
    weight /= weight.sum()
    return float(weight @ (r_after - r)), float(np.sqrt(weight**2 @ (v + v_after)))


def _ratios(x: Array, y: Array, of: npt.NDArray[np.intp], count: int) -> tuple[Array, Array, Array]:
    """Each group's ratio, denominator, and the linearised variance of the ratio."""
    xs, ys = np.bincount(of, x, count), np.bincount(of, y, count)
    ratio: Array = xs / ys
    squares = np.bincount(of, (x - ratio[of] * y) ** 2, count)
    articles = np.bincount(of, minlength=count).astype(np.float64)
    # One article shows no spread: it takes that of all.
    spread: Array = squares / ys**2 * articles / np.maximum(articles - 1, 1)
    whole = float(((x - x.sum() / y.sum() * y) ** 2).sum() / (y**2).sum())
    variance: Array = np.where(articles > 1, spread, whole)
    return ratio, ys.astype(np.float64), variance


def _each_once(before: _Side, after: _Side) -> tuple[float, float] | None:
    """The difference where each story counts once, and its error; None where stories are not known."""
    means, errors = [], []
    for side in (before, after):
        in_story = side.story >= 0
        if in_story.sum() < SEEN_ON_BOTH * len(in_story):
            return None
        # An article in no story is one of its own.
        alone = np.where(in_story, side.story, -1 - np.arange(len(in_story)))
        _, of = np.unique(alone, return_inverse=True)
        ratio = np.bincount(of, side.x) / np.bincount(of, side.y)
        if len(ratio) < 2:
            return None
        means.append(ratio.mean())
        errors.append(ratio.var(ddof=1) / len(ratio))
    return float(means[1] - means[0]), float(np.sqrt(sum(errors)))
