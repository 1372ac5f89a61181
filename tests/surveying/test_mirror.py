"""Even-handed by construction: swap two actors in every article, and the findings are swapped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead import press
from masthead.inference.findings import Findings
from masthead.study import Study
from masthead.surveying import survey
from tests.surveying.conftest import Surveyed, survey_press

NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "numerator", "denominator", "n_eff")


def with_families_swapped(study: Study, pair: tuple[str, str]) -> Study:
    """The study as it would be written of the mirrored press: each has the other's families."""
    families = {name: study.subject(other).categories for name, other in (pair, pair[::-1])}
    subjects = (s.model_copy(update={"categories": families.get(s.id, s.categories)}) for s in study.subjects)
    return study.model_copy(update={"subjects": tuple(subjects)})


IN_WORDS = ("voice", "echo")
"""Measures that count words: two names of unlike length in each other's place change how many there are."""


def figures(findings: Findings, names: dict[str, str]) -> dict[tuple[Any, ...], list[Any]]:
    """The numbers of each estimate, the subjects renamed."""
    keys = ("measure", "outlet", "category", "voice", "wire", "period_start")
    return {
        (names.get(r["subject"], r["subject"]), *(r[k] for k in keys)): [r[n] for n in NUMBERS]
        for r in findings.estimates.to_pylist()
        if r["measure"] not in IN_WORDS
    }


def discrete(findings: Findings, names: dict[str, str]) -> set[tuple[Any, ...]]:
    """The comparisons that find a difference, the subjects renamed."""
    keys = ("measure", "category", "outlet", "versus", "voice", "wire")
    return {
        (names.get(r["subject"], r["subject"]), *(r[k] for k in keys))
        for r in findings.comparisons.to_pylist()
        if r["q"] is not None and r["q"] < 0.05 and r["measure"] not in IN_WORDS
    }


def assert_swapped(one: Findings, two: Findings, pair: tuple[str, str]) -> None:
    swap = {pair[0]: pair[1], pair[1]: pair[0]}
    before, after = figures(one, swap), figures(two, {})
    assert before.keys() == after.keys()
    for cell, numbers in before.items():
        assert after[cell] == pytest.approx(numbers, abs=1e-9), cell
    assert discrete(one, swap) == discrete(two, {})


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Surveyed:
    return survey_press(press.make(seed=5, articles=160, setting="hard"), tmp_path_factory.mktemp("straight"))


@pytest.mark.parametrize("pair", [("verrin", "tasmer"), ("teveth", "masck")])
def test_swapping_two_actors_swaps_their_findings(
    straight: Surveyed, pair: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = straight
    two = survey_press(
        press.make(seed=5, articles=160, setting="hard", mirror=pair),
        tmp_path,
        with_families_swapped(one.study, pair),
    )
    assert any(measure == "portrayal" for _, measure, *_ in figures(one.findings, {}))
    assert_swapped(one.findings, two.findings, pair)

    # Read as a sample, which a press this small never is: the samples are of the same articles.
    for place in ("inference.sampling", "surveying.portrayals"):
        monkeypatch.setattr(f"masthead.{place}.FIRST", 5)
    sampled = [
        survey(press_.study.model_copy(update={"precision": 0.4}), press_.archive, processes=1)
        for press_ in (one, two)
    ]
    assert all(findings.about["portrayal"]["sampled"] for findings in sampled)
    assert_swapped(*sampled, pair)
