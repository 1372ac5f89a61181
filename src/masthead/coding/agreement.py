"""How far coders agree: over all, by pairs and by codes, where they differ, and the sheet for who settles that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from masthead.coding.codes import all_codes, coders
from masthead.coding.draws import Cells, Unit
from masthead.coding.rounds import RoundFolder
from masthead.coding.settled import code_matrix
from masthead.inference.agreement import Agreement, alpha, by_value, pairwise
from masthead.measuring.coding import Coding

WORKS = 0.667
"""Krippendorff's bound: where α is lower, the codebook does not work."""


@dataclass(frozen=True)
class RoundAgreement:
    """Agreement of a round's coders.

    `nominal`: α by whether codes are alike; `interval`: by how far they are apart, None where codes are no numbers.
    `values` and `pairs`: α of each code against all others, and of each two coders. `confusion`: how often one coder
    gave a code and another a second one to the same unit, the two in alphabetical order. `differing`: the units that
    coders differ on, with each code; `settlements`: what was settled of these.
    """

    nominal: Agreement
    interval: Agreement | None
    values: Mapping[str, Agreement]
    pairs: Mapping[tuple[str, str], Agreement]
    confusion: Mapping[tuple[str, str], int]
    differing: Mapping[str, Mapping[str, str]]
    settlements: Mapping[str, str]

    @property
    def works(self) -> bool | None:
        """Whether coders agree enough; None where no unit was coded twice."""
        best = self.interval or self.nominal
        return None if best.n_units == 0 or best.alpha != best.alpha else best.alpha >= WORKS


def round_agreement(folder: RoundFolder, coding: Coding, cells: Cells) -> RoundAgreement:
    """Return how far the coders of a round agree, over the units that are still there."""
    units = {unit.id: unit for some in cells.values() for unit in some}
    codes_by_unit = codes_of_units(folder, units)
    matrix, articles, values = code_matrix(codes_by_unit, units)
    names = sorted({name for codes in codes_by_unit.values() for name in codes})
    interval = None
    if coding.numeric:
        numbers, _, _ = code_matrix(codes_by_unit, units, numeric=True)
        interval = alpha(numbers, articles, metric="interval")
    settlements: dict[str, str] = {}
    for one in coders(folder, settle=True):
        settlements |= {unit: code.code for unit, code in one.codes().items()}
    return RoundAgreement(
        alpha(matrix, articles),
        interval,
        {values[int(at)]: one for at, one in by_value(matrix, articles)},
        {(names[a], names[b]): one for (a, b), one in pairwise(matrix, articles) if one.n_units},
        Counter(_pairs(codes_by_unit)),
        {unit: codes for unit, codes in codes_by_unit.items() if len(set(codes.values())) > 1},
        settlements,
    )


def codes_of_units(folder: RoundFolder, units: Mapping[str, Unit]) -> dict[str, dict[str, str]]:
    """Return each coder's code of every unit that is still there."""
    codes_by_unit: dict[str, dict[str, str]] = {}
    for name, codes in all_codes(folder).items():
        for unit, code in codes.items():
            if unit in units:
                codes_by_unit.setdefault(unit, {})[name] = code
    return codes_by_unit


def _pairs(codes_by_unit: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for codes in codes_by_unit.values():
        for one, other in combinations(codes.values(), 2):
            yield (one, other) if one <= other else (other, one)


def to_settle(agreement: RoundAgreement, cells: Cells) -> Sequence[Unit]:
    """Return the units that coders differ on and that nobody has settled, in the order of drawing."""
    return [
        unit
        for some in cells.values()
        for unit in some
        if unit.id in agreement.differing and unit.id not in agreement.settlements
    ]


def codes_without_names(codes: Mapping[str, str]) -> str:
    """Return what coders gave, by code and not by coder."""
    # The first cell sign must be none that a spreadsheet runs.
    return " | ".join(sorted(codes.values(), key=lambda code: code.replace("-", "~")))
