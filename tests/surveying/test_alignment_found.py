"""Alignment through the readers: praise and blame, labels that carry something, the command, and the mirror."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from masthead.cli import application
from masthead.findings.findings import Findings
from masthead.measuring.units import label_uses_path, units_path
from masthead.questions.alignment.alignment import alignment
from masthead.surveying.run import judge
from tests.surveying.conftest import Surveyed

FACTOR = {"verrin": 1, "tasmer": -1, "shoal-front": -1, "harbour-guard": 1, "teveth": 1, "masck": -1}


def whole(findings: Findings, measure: str) -> dict[tuple[str, ...], dict[str, Any]]:
    rows = [
        r for r in findings.estimates.to_pylist() if r["measure"] == measure and r["period_start"] is None
    ]
    return {(r["outlet"], r["subject"], r["voice"], r["wire"]): r for r in rows}


def test_praise_less_blame_is_portrayal(surveyed: Surveyed) -> None:
    praise, blame, portrayal = (whole(surveyed.findings, name) for name in ("praise", "blame", "portrayal"))
    assert praise.keys() == blame.keys()
    for key, row in praise.items():
        if row["estimate"] is None:
            continue
        assert row["estimate"] - blame[key]["estimate"] == pytest.approx(portrayal[key]["estimate"], abs=1e-9)
        assert 0 <= row["conf_low"] <= row["estimate"] <= row["conf_high"] <= 1
        assert row["denominator"] == portrayal[key]["denominator"]
    assert not {"praise", "blame"} & {*surveyed.findings.comparisons["measure"].to_pylist()}


def test_the_map_holds_the_surveys_own_figures(surveyed: Surveyed) -> None:
    voices = {o["id"]: "own" if o["quotation_marks"] else "all" for o in surveyed.findings.about["outlets"]}
    rows = surveyed.findings.alignment.to_pylist()
    assert {row["basis"] for row in rows} == {"portrayal", "naming", "voice", "praise", "blame"}
    for measure in ("portrayal", "praise", "blame"):
        figures = whole(surveyed.findings, measure)
        of = [row for row in rows if row["basis"] == measure]
        assert of
        for row in of:
            figure = figures[row["outlet"], row["subject"], voices[row["outlet"]], row["wire"]]
            assert (row["estimate"], row["conf_low"], row["n_units"]) == (
                figure["estimate"],
                figure["conf_low"],
                figure["n_units"],
            )
    # What is set against the other outlets is for some above them, for others below.
    for basis in ("naming", "voice"):
        signs = {row["estimate"] > 0 for row in rows if row["basis"] == basis}
        assert signs == {True, False}


def test_every_use_of_a_label_is_kept_with_how_its_sentence_reads(surveyed: Surveyed) -> None:
    units = units_path(surveyed.archive, surveyed.findings.about["figures_hash"])
    uses = pq.read_table(label_uses_path(units)).to_pylist()
    counted = {
        (r["outlet"], r["subject"], r["label"].lower()): 0 for r in surveyed.findings.words.to_pylist()
    }
    for row in surveyed.findings.words.to_pylist():
        counted[row["outlet"], row["subject"], row["label"].lower()] += row["uses"]
    kept: dict[tuple[str, str, str], int] = {}
    for row in uses:
        assert abs(row["score"]) <= row["read"] <= row["uses"]
        key = (row["outlet"], row["subject"], row["label"])
        kept[key] = kept.get(key, 0) + row["uses"]
    assert kept == counted


def test_factors_written_after_the_survey_need_no_new_one(surveyed: Surveyed) -> None:
    asked = type(surveyed.study).model_validate(
        {**surveyed.study.model_dump(by_alias=True), "factor": [{"id": "side", "values": FACTOR}]}
    )
    found = judge(asked, surveyed.archive, processes=1)
    assert found.alignment.equals(surveyed.findings.alignment)
    assert {row["factor"] for row in found.explanations.to_pylist()} == {"side"}
    units = units_path(surveyed.archive, found.about["figures_hash"])
    again = alignment(units, asked, surveyed.findings)
    assert again.explanations.equals(found.explanations)


def test_the_command_prints_the_map_and_what_it_can_show(surveyed: Surveyed, tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    values = ", ".join(f"{name} = {value}" for name, value in FACTOR.items())
    text = (surveyed.folder / "study.toml").read_text(encoding="utf-8")
    study.write_text(f'{text}\n[[factor]]\nid = "side"\nvalues = {{ {values} }}\n', encoding="utf-8")
    common = ["alignment", str(study), "--archive", str(surveyed.archive.path)]
    told = CliRunner().invoke(application(), [*common, "--json"])
    assert told.exit_code == 0, told.output
    found = json.loads(told.stdout)
    assert {row["wire"] for row in found["map"]} == {surveyed.study.wire}
    assert found["said"][0].startswith("side: 6 subjects (3 at 1, 3 at −1) cannot give a p below 0.1")
    assert {row["answer"] for row in found["explanations"]} <= {"not enough evidence", "does not explain"}
    outlet = found["map"][0]["outlet"]
    one = CliRunner().invoke(application(), [*common, "--outlet", outlet, "--basis", "praise"])
    assert one.exit_code == 0
    assert "praise" in one.stdout
    assert f"{outlet}: side" in one.stdout
    assert "note: side: 6 subjects" in one.stderr
    wrong = CliRunner().invoke(application(), [*common, "--basis", "prase"])
    assert wrong.exit_code != 0
