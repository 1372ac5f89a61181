"""Whose words outlets run: the map, and the longest passages side by side."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pyarrow as pa

from masthead.dossier.board import Board
from masthead.dossier.echoes import echoes
from masthead.inference.findings import ECHOES, Findings
from tests.dossier import strait
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import read

NOON = dt.datetime(2032, 9, 3, 12, tzinfo=dt.UTC)


def echo(outlet: str, source: str, words: int, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(ECHOES.names),
        **{"outlet": outlet, "source": source, "n_articles": 3, "words": words, "n_near_duplicates": 2},
        **{"n_wire": 1, "median_lag": 7200.0, "n_order_unknown": 4, "title": "After", "published": NOON},
        **{"source_title": "Before", "source_published": NOON, "snippet": "the <i>tide</i> turned"},
        **{"source_snippet": "the tide turned", "url": "javascript:alert(1)"},
        **more,
    }


def findings(*rows: dict[str, Any]) -> Findings:
    return dataclasses.replace(strait.findings(), echoes=pa.Table.from_pylist(list(rows), ECHOES))


def test_a_row_holds_what_an_outlet_ran_and_a_column_whose_words_these_were() -> None:
    found = echoes(
        Board(
            findings(echo("ledger", "wire-seven", 900), echo("gull", "ledger", 100), echo("gull", "gone", 5))
        )
    )
    assert found is not None
    assert [s.id for s in found.sources] == ["wire-seven", "ledger"]
    assert [(o.id, [c.words if c else None for c in cells]) for o, cells in found.rows] == [
        ("ledger", [900, None]),
        ("gull", [None, 100]),
    ]
    assert [e.shade for e in found.examples] == ["t5", "t1"]
    assert found.examples[0].lag == "2 hours"


def test_the_page_shows_the_passages_side_by_side(tmp_path: Any, dossier: Dossier) -> None:
    page = make(findings(echo("ledger", "wire-seven", 900)), tmp_path / "d", dossier.folder)
    text = read(page.index).text
    assert "The Ledger after Wire Seven: 3 articles, 2 of them nearly whole, 1 wire copy" in text
    assert "half of them within 2 hours; of 4 more nobody is known to be first" in text
    assert "Before: Wire Seven, 3 Sep 2032 Before the tide turned" in text
    assert "After: The Ledger, 3 Sep 2032 After the <i>tide</i> turned" in text
    assert "javascript:" not in page.index


def test_without_echoes_there_is_no_section(dossier: Dossier) -> None:
    assert echoes(Board(strait.findings())) is None
    assert 'id="echoes"' not in dossier.index
