"""Even-handed by construction: swap two actors in every article, and the findings are swapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead import press
from masthead.study import Study
from tests.surveying.conftest import survey_press

NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "numerator", "denominator", "n_eff")


def with_families_swapped(study: Study, pair: tuple[str, str]) -> Study:
    """The study as it would be written of the mirrored press: each has the other's families."""
    families = {name: study.subject(other).categories for name, other in (pair, pair[::-1])}
    subjects = (s.model_copy(update={"categories": families.get(s.id, s.categories)}) for s in study.subjects)
    return study.model_copy(update={"subjects": tuple(subjects)})


@pytest.mark.parametrize("pair", [("verrin", "tasmer"), ("teveth", "masck")])
def test_swapping_two_actors_swaps_their_findings(pair: tuple[str, str], tmp_path: Path) -> None:
    straight, mirrored = tmp_path / "straight", tmp_path / "mirrored"
    straight.mkdir()
    mirrored.mkdir()
    one = survey_press(press.make(seed=5, articles=160, setting="hard"), straight)
    two = survey_press(
        press.make(seed=5, articles=160, setting="hard", mirror=pair),
        mirrored,
        with_families_swapped(one.study, pair),
    )
    swap = {pair[0]: pair[1], pair[1]: pair[0]}

    def figures(
        rows: list[dict[str, object]], names: dict[str, str]
    ) -> dict[tuple[object, ...], list[object]]:
        keys = ("measure", "outlet", "category", "voice", "period_start")
        return {
            (names.get(r["subject"], r["subject"]), *(r[k] for k in keys)): [r[n] for n in NUMBERS]
            for r in rows
        }

    before = figures(one.findings.estimates.to_pylist(), swap)
    after = figures(two.findings.estimates.to_pylist(), {})
    assert before.keys() == after.keys()
    for cell, numbers in before.items():
        assert after[cell] == pytest.approx(numbers, abs=1e-9), cell

    def discrete(table: pa.Table, names: dict[str, str]) -> set[tuple[Any, ...]]:
        return {
            (names.get(r["subject"], r["subject"]), r["category"], r["outlet"], r["versus"], r["voice"])
            for r in table.to_pylist()
            if r["q"] is not None and r["q"] < 0.05
        }

    assert discrete(one.findings.comparisons, swap) == discrete(two.findings.comparisons, {})
