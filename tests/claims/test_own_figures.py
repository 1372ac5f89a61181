"""An instrument that makes its own intervals, and counts in no other way, is judged by the survey's figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.findings.findings import Findings
from masthead.findings.schemas import ESTIMATES
from masthead.measuring.instrument import Instrument
from masthead.measuring.own_figures import OwnFigure
from masthead.study.claim import Claim


class _Plain(Instrument[Any, None]):
    """It declares nothing but its name."""

    name = "silence"
    measures = ()
    own_intervals = True


@pytest.fixture
def found() -> Findings:
    """Figures of two outlets, of one of them also of a month, without wire copy and of bad news."""
    row = {**dict.fromkeys(ESTIMATES.names), "measure": "silence", "subject": "dockers", "wire": "with"}
    figure = {"conf_low": 0.2, "conf_high": None, "numerator": 4.0, "denominator": 10.0, "n_units": 30}
    rows = [
        row | figure | {"outlet": "skua", "estimate": 0.4},
        row | figure | {"outlet": "gull", "estimate": 0.5, "note": "few stories"},
        row | figure | {"outlet": "gull", "estimate": 0.6, "category": "unfavourable"},
        row | figure | {"outlet": "gull", "estimate": 0.7, "wire": "without"},
        row | figure | {"outlet": "tern", "estimate": None},
    ]
    return Findings(estimates=pa.Table.from_pylist(rows, ESTIMATES))


def claimed(**more: Any) -> Claim:
    return Claim(
        **{"id": "c", "text": "It says nothing.", "measure": "silence", "subject": "dockers"},
        **{"outlet": "gull", "expect": "silent", **more},
    )


def test_the_figures_are_those_of_the_claims_outlets_in_order(found: Findings) -> None:
    own = _Plain().claimed(claimed(), "with", ("gull", "skua", "tern"), found, Path("units.parquet"))
    (way,) = own.ways
    assert way.label == ""
    assert way.figures == [
        OwnFigure("gull", 0.5, 0.2, None, 4.0, 10.0, 30, "few stories"),
        OwnFigure("skua", 0.4, 0.2, None, 4.0, 10.0, 30),
    ]


def test_a_category_has_figures_of_its_own(found: Findings) -> None:
    bad = claimed(category="unfavourable")
    (way,) = _Plain().claimed(bad, "with", ("gull", "skua"), found, Path("units.parquet")).ways
    assert [(one.outlet, one.estimate) for one in way.figures] == [("gull", 0.6)]


def test_nothing_speaks_against_a_claim_where_an_instrument_shows_no_articles() -> None:
    assert _Plain().articles_against(claimed(), "with", ("gull",), Path("units.parquet"), 5) == []
