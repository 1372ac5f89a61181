"""What the columns of a survey's tables are said to mean is what stands in them."""

from __future__ import annotations

import re

import pyarrow.compute as pc
import pytest

from masthead.findings.meanings import meaning
from masthead.findings.schemas import SCHEMAS
from tests.surveying.conftest import Surveyed

BOUNDS = re.compile(r"(−?[\d.]+) (?:to (−?[\d.]+)|and up)")


@pytest.mark.parametrize("table", SCHEMAS)
def test_columns_are_empty_and_bounded_as_is_said(table: str, surveyed: Surveyed) -> None:
    rows = getattr(surveyed.findings, table)
    for name in rows.column_names:
        column = meaning(table, name)
        assert column.empty or not rows[name].null_count, name
        bounds = BOUNDS.fullmatch(column.range)
        if bounds and rows.num_rows:
            low, high = (end and float(end.replace("−", "-")) for end in bounds.groups())
            ends = pc.min_max(rows[name]).as_py()
            assert ends["min"] is None or ends["min"] >= low, name
            assert high is None or ends["max"] is None or ends["max"] <= high, name
