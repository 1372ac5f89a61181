"""How many codings would settle a claim whose figures are a reader's, roughly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from masthead.inference.calibration.planning import Outlook, how_many_for
from masthead.questions.claims.judging import stretches
from masthead.questions.claims.power import round_up
from masthead.study.claim import Claim

_USUAL = {True: (0.5, 0.5), False: (0.2, 0.5)}
"""How much codes differ from unit to unit, and how closely a reader follows them, where nobody has coded any."""


def outlook_by_reader(units: float, low: float, high: float, *, signed: bool) -> Outlook:
    """Return what is known of a cell that nobody coded: from its units and the interval of the reader's figure."""
    spread, rho = _USUAL[signed]
    n = max(round(units), 1)
    variance = ((high - low) / 4.0) ** 2
    return Outlook(n, 0, spread, rho, max(1.0, variance * n / spread), signed)


def codes_to_settle(
    claim: Claim, estimate: float, sides: Sequence[Sequence[Outlook]], level: float
) -> list[int] | None:
    """Return how many codings each side needs, so that the interval no longer reaches the edge between two answers.

    The figure is taken to stay what it is. None where coding every unit would not do.
    """
    edges = {a.high for a, b in pairwise(stretches(claim)) if a.verdict != b.verdict} or {0.0}
    distance = min(abs(estimate - edge) for edge in edges)
    cells = [outlook for side in sides for outlook in side]
    coefficients = [1.0 / len(side) for side in sides for _ in side]
    if distance <= 0:
        return None
    shares = how_many_for(cells, distance, coefficients, level=level)
    if shares is None:
        return None
    ends = [0]
    for side in sides:
        ends.append(ends[-1] + len(side))
    return [sum(shares[a:b]) for a, b in pairwise(ends)]


def settled_by(codes: Sequence[int] | None, names: Sequence[str]) -> str:
    """Say how many codings would settle a claim; `names` are those of its sides."""
    if codes is None:
        return "codings alone would not settle it: that takes more articles"
    parts = [f"{round_up(n):,} of {name}" for n, name in zip(codes, names, strict=True)]
    return f"about {' and '.join(parts)} coded by people would settle it, if the figure stays as it is"
