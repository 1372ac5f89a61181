"""Key findings lead with what the figures support, and with nothing else."""

from __future__ import annotations

import dataclasses
from typing import Any

import pyarrow as pa
import pytest

from masthead.dossier.board import Board
from masthead.dossier.overview.contrasts import KEY_FINDINGS, PER_SUBJECT, contrasts, leading_contrasts
from masthead.findings.findings import Findings
from masthead.findings.schemas import COMPARISONS
from tests.dossier import allegiance, strait
from tests.dossier.conftest import Dossier


@pytest.fixture(scope="module")
def findings() -> Findings:
    return strait.findings()


GOOD = {
    **{"measure": "naming", "subject": "dockers-league", "category": "militant", "voice": "all"},
    **{
        "outlet": "state-bulletin",
        "versus": "tidewatch",
        "difference": 0.8,
        "conf_low": 0.7,
        "conf_high": 0.9,
    },
    **{"q": 0.001, "n_units": 40, "n_units_versus": 40},
}


def _found(findings: Findings, *rows: dict[str, Any]) -> list[Any]:
    table = pa.Table.from_pylist([{**dict.fromkeys(COMPARISONS.names), **r} for r in rows], COMPARISONS)
    return contrasts(Board(dataclasses.replace(findings, comparisons=table)))


def test_a_supported_difference_is_found(findings: Findings) -> None:
    (found,) = _found(findings, GOOD)
    assert (found.more.id, found.less.id, found.low, found.high) == ("state-bulletin", "tidewatch", 0.7, 0.9)


def test_what_titles_say_is_set_against_nothing_where_others_have_texts(findings: Findings) -> None:
    row = {**GOOD, "measure": "attention", "category": None}
    every = {o["id"] for o in findings.about["outlets"]}
    for bare, n in ((set(), 1), ({"tidewatch"}, 0), ({"state-bulletin", "tidewatch"}, 0), (every, 1)):
        outlets = [
            {**o, "n_without_text": o["n_articles"] if o["id"] in bare else 0}
            for o in findings.about["outlets"]
        ]
        told = dataclasses.replace(findings, about={**findings.about, "outlets": outlets})
        assert len(_found(told, row)) == n


def test_bare_shares_of_wording_are_no_contrast(findings: Findings) -> None:
    allied = allegiance.findings()
    row = {**GOOD, "measure": "kinship", "category": None, "voice": "own", "outlet": "state-bulletin"}
    assert len(_found(allied, GOOD, {**row, "versus": "tidewatch"})) == 1


def test_the_larger_share_comes_first_whichever_way_it_was_subtracted(findings: Findings) -> None:
    turned = {"outlet": "tidewatch", "versus": "state-bulletin", "difference": -0.8}
    (found,) = _found(findings, {**GOOD, **turned, "conf_low": -0.9, "conf_high": -0.7})
    assert (found.more.id, found.less.id) == ("state-bulletin", "tidewatch")
    assert (found.difference, found.low, found.high) == (0.8, 0.7, 0.9)


@pytest.mark.parametrize(
    "flaw",
    [
        {"q": 0.05},
        {"q": None},
        {"conf_low": -0.01},
        {"conf_low": 0.0},
        {"category": "other"},
        {"n_units": 4},
        {"n_units_versus": 4},
        {"voice": "own"},
        {"outlet": "not-shown"},
    ],
)
def test_what_is_not_supported_is_not_led_with(findings: Findings, flaw: dict[str, Any]) -> None:
    assert _found(findings, {**GOOD, **flaw}) == []


def test_of_each_category_the_pair_that_is_surely_furthest_apart_stands(findings: Findings) -> None:
    wide = {**GOOD, "versus": "wire-seven", "difference": 0.85, "conf_low": 0.3, "conf_high": 0.99}
    (found,) = _found(findings, wide, GOOD)
    assert found.less.id == "tidewatch"


def test_no_subject_and_no_measure_takes_all_the_room(findings: Findings) -> None:
    found = contrasts(Board(findings))
    chosen = leading_contrasts(found)
    assert len(found) > len(chosen) > 0
    for subject in strait.SUBJECTS:
        measures = [c.measure for c in chosen if c.subject.id == subject]
        there = {c.measure for c in found if c.subject.id == subject}
        assert 0 < len(measures) <= PER_SUBJECT
        assert len(set(measures)) == min(PER_SUBJECT, len(there))


def test_the_surest_come_first_and_the_page_leads_with_a_few(dossier: Dossier) -> None:
    chosen = leading_contrasts(contrasts(Board(dossier.findings)))
    sure = [c.low / c.more_cell.notation.span for c in chosen]
    assert sure == sorted(sure, reverse=True)
    led = dossier.index.split('id="findings"')[1].split("</section>")[0]
    assert led.count('<p class="claim">') == min(KEY_FINDINGS, len(chosen))


def test_the_page_leads_with_them(dossier: Dossier) -> None:
    assert "<bdi>State Bulletin</bdi> uses “<bdi>militant</bdi>” in" in dossier.index
    assert dossier.index.index("Key findings</h2>") < dossier.index.index("How much coverage")
