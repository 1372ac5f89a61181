"""What outlets leave out: the pairs, the likely stories under what chance alone would put there, and who ran them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from masthead.dossier.board import Board
from masthead.dossier.silence import silence
from masthead.inference.findings import ESTIMATES, SILENCES, Findings
from tests.dossier import strait
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import broken_links, read

DAY = dt.date(2032, 9, 3)
TOLD: dict[str, Any] = {
    "said": [
        "of 2 pairs of outlet and subject tested, 1 covers at most half of what its habits make expected"
    ],
    "reason": None,
    "chance": 1.3,
    "listed": 4,
    "left_out": {"gull": "3 dated articles, too few to tell a gap in collection from silence"},
    "coefficients": [
        {"kind": "size", "term": "size", "outlet": None, "value": 0.7, "spread": 0.2},
        {"kind": "size", "term": "size", "outlet": "gull", "value": 0.1, "spread": None},
    ],
    "calibration": [],
}


def pair(outlet: str, ratio: float | None, note: str | None) -> list[dict[str, Any]]:
    row = {
        **dict.fromkeys(ESTIMATES.names),
        **{"measure": "silence", "outlet": outlet, "subject": "dockers-league", "voice": "all"},
        **{"estimate": ratio, "conf_low": 0.0, "conf_high": 0.31, "numerator": 1.0, "denominator": 9.5},
        **{"n_units": 14, "n_left_out": 2, "unit": "story", "note": note},
    }
    return [{**row, "wire": wire} for wire in ("with", "without")]


def missed(ran_by: str, title: str) -> dict[str, Any]:
    at = dt.datetime.combine(DAY, dt.time(9), dt.UTC)
    return {
        **{"story": "s", "outlet": "tidewatch", "day": DAY, "probability": 0.93, "others": 3, "subjects": []},
        **{
            "ran_by": ran_by,
            "article_id": title,
            "published": at,
            "title": title,
            "url": "javascript:alert(1)",
        },
    }


def findings(told: dict[str, Any] = TOLD) -> Findings:
    whole = strait.findings()
    rows = [
        *pair("tidewatch", 0.1, "silent: at most half of what its habits make expected"),
        *pair("ledger", 0.9, None),
        *pair("wire-seven", 0.0, "fewer than 3 stories expected: not tested"),
    ]
    return dataclasses.replace(
        whole,
        estimates=pa.Table.from_pylist(whole.estimates.to_pylist() + rows, ESTIMATES),
        silences=pa.Table.from_pylist(
            [missed("ledger", "Berths <b>shut</b>"), missed("tidewatch", "Tide tables")], SILENCES
        ),
        about={**whole.about, "silence": told},
    )


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, dossier: Dossier) -> Dossier:
    return make(findings(), tmp_path_factory.mktemp("silence") / "d", dossier.folder)


def test_the_section_says_what_was_found_and_what_chance_alone_would_give(page: Dossier) -> None:
    text = read(page.index).text
    section = text[text.index("What outlets leave out Stories that others ran") :]
    assert "Of 2 pairs of outlet and subject tested" in section
    assert "Tidewatch Dockers’ League 1 of 14 9.5 0.10 0.00 to 0.31 silent" in section
    assert "The Ledger Dockers’ League 1 of 14 9.5 0.90 0.00 to 0.31 no" in section
    assert "4 in all outlets; chance alone would put 1.3 there" in section
    assert "size 2.01 1.22" in section
    assert "gull (3 dated articles" in section
    assert not broken_links(page.folder)


def test_beside_a_silence_stand_who_ran_it_and_what_was_published_instead(page: Dossier) -> None:
    text = read(page.index).text
    assert "Tidewatch, 3 Sep 2032: likely at 93%, run by 3 others: Berths <b>shut</b>" in text
    assert "What Tidewatch published instead Tidewatch, 3 Sep 2032: Tide tables" in text
    assert "javascript:" not in page.index


def test_pairs_that_were_not_tested_are_not_listed() -> None:
    found = silence(Board(findings().of_wire("with")))
    assert found is not None
    assert [p.outlet.id for p in found.pairs] == ["tidewatch", "ledger"]


def test_a_study_that_did_not_ask_has_no_section(dossier: Dossier) -> None:
    assert silence(Board(strait.findings().of_wire("with"))) is None
    assert 'id="silence"' not in dossier.index


def test_where_nothing_can_be_said_the_reason_stands(dossier: Dossier) -> None:
    told = {**TOLD, "said": ["there are 2 outlets, and silence takes three"], "reason": "two outlets"}
    found = silence(Board(findings(told).of_wire("with")))
    assert found is not None
    assert found.said == ["there are 2 outlets, and silence takes three"]
