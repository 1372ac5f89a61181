"""Whether an outlet's portrayal of a subject follows a factor when the subject's value changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from masthead.inference.alignment import MARGIN, Explanation
from masthead.inference.mover import mover
from masthead.questions.alignment.about import Following
from masthead.questions.claims.kinds.portrayals import Asked, Portrayed, cell_of, portrayals_of
from masthead.questions.claims.question import Window
from masthead.study import Study


def following(
    units: Path,
    study: Study,
    voices: Mapping[str, str],
    wire: str,
    explanations: Mapping[tuple[str, str], Explanation],
) -> list[Following]:
    """Return a row per outlet and dated change of a factor: portrayal on both sides, and whether it moved with it.

    `explanations` says, by outlet and factor, which end of the factor the outlet portrays better. Portrayal
    `follows` where its whole difference lies beyond 0 on that side, and does not where the whole difference lies on the
    other, or within the margin.
    """
    turns = list(_turns(study))
    cells = {
        (outlet, subject, window): cell_of(Asked(outlet, voice, wire), subject, window)
        for outlet, voice in voices.items()
        for _, subject, _, _, *windows in turns
        for window in windows
    }
    portrayals = portrayals_of(units, list(cells.values()), study.level)
    rows: list[Following] = []
    for outlet in voices:
        for factor, subject, old, new, before, after in turns:
            first, second = (portrayals[cells[outlet, subject, window]] for window in (before, after))
            answer, reason = _answer((first, second), new - old, explanations.get((outlet, factor)))
            rows.append(
                {
                    "outlet": outlet,
                    "factor": factor,
                    "subject": subject,
                    "from": after.start.isoformat() if after.start else None,
                    "value_before": old,
                    "value_after": new,
                    "before": _number_or_none(first.value),
                    "before_low": _number_or_none(first.low),
                    "before_high": _number_or_none(first.high),
                    "n_before": first.n,
                    "after": _number_or_none(second.value),
                    "after_low": _number_or_none(second.low),
                    "after_high": _number_or_none(second.high),
                    "n_after": second.n,
                    "answer": answer,
                    "reason": reason,
                }
            )
    return rows


def _turns(study: Study) -> Iterator[tuple[str, str, float, float, Window, Window]]:
    for factor in study.factors:
        for subject in factor.values:
            for before, after in pairwise(factor.stretches(subject)):
                yield (
                    factor.id,
                    subject,
                    before.value,
                    after.value,
                    Window(before.start, before.end),
                    Window(after.start, after.end),
                )


def _number_or_none(figure: float) -> float | None:
    return None if np.isnan(figure) else figure


def _answer(sides: Sequence[Portrayed], step: float, explanation: Explanation | None) -> tuple[str, str]:
    unknown = "not enough evidence"
    for side, when in zip(sides, ("before", "after"), strict=True):
        if side.n < 2:
            return (
                unknown,
                f"{side.n or 'no'} {'article portrays' if side.n == 1 else 'articles portray'} it {when} the change",
            )
    if (
        explanation is None
        or (slope := explanation.slope) is None
        or (low := explanation.slope_low) is None
        or (high := explanation.slope_high) is None
        or low <= 0 <= high
    ):
        return unknown, "which end of the factor the outlet portrays better is not known"
    way = 1.0 if (slope > 0) == (step > 0) else -1.0
    before, after = sides
    value, low, high = mover(
        np.array([way, -way]),
        np.array([after.value, before.value]),
        np.array([after.low, before.low]),
        np.array([after.high, before.high]),
    )
    sentence = f"portrayal moved by {value:+.2f} [{low:+.2f}, {high:+.2f}] the way the factor says".replace(
        "-", "−"
    )
    if low > 0:
        return "follows", sentence
    if high < 0:
        return "does not follow", f"{sentence}: the other way"
    if low >= -MARGIN and high <= MARGIN:
        return "does not follow", f"{sentence}: within the margin of {MARGIN:g}"
    return unknown, sentence
