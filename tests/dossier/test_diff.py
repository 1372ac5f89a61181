"""What changed between two surveys is said once, plainly, and as data."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import typer
from typer.testing import CliRunner

from masthead.cli.diff import diff_command
from masthead.dossier import diff
from masthead.errors import MastheadError
from masthead.findings.findings import Findings
from masthead.findings.schemas import COMPARISONS, ESTIMATES, VERDICTS
from tests.dossier import strait, turns


@pytest.fixture(scope="module")
def findings() -> Findings:
    return strait.findings()


def _changed(findings: Findings, table: str, where: dict[str, Any], to: dict[str, Any]) -> Findings:
    """Return the findings with the rows that match `where` changed."""
    schema = {"estimates": ESTIMATES, "comparisons": COMPARISONS}[table]
    rows = getattr(findings, table).to_pylist()
    hit = [r for r in rows if all(r[k] == v for k, v in where.items())]
    assert hit
    for row in hit:
        row.update(to)
    return dataclasses.replace(findings, **{table: pa.Table.from_pylist(rows, schema)})


CELL = {
    **{"measure": "naming", "outlet": "wire-seven", "subject": "dockers-league", "category": "militant"},
    "period_start": None,
}


def test_the_same_findings_have_not_changed(findings: Findings) -> None:
    change = diff(findings, findings)
    assert not change
    assert change.sentences() == ["Nothing changed: same study, same archive, same findings."]


def test_a_figure_outside_its_old_interval_moved_and_one_inside_did_not(findings: Findings) -> None:
    (old,) = (r for r in findings.estimates.to_pylist() if r["voice"] == "all" and CELL.items() <= r.items())
    inside = _changed(findings, "estimates", {**CELL, "voice": "all"}, {"estimate": old["conf_high"]})
    assert diff(findings, inside).moved == []
    outside = {"estimate": 0.5, "conf_low": 0.4, "conf_high": 0.6}
    change = diff(findings, _changed(findings, "estimates", {**CELL, "voice": "all"}, outside))
    (moved,) = change.moved
    assert (moved["old"], moved["new"], moved["outlet"]) == (old["estimate"], 0.5, "wire-seven")
    (said,) = (s for s in change.sentences() if "outside its old interval" in s)
    assert said.startswith("Wire Seven, naming “militant” of Dockers’ League: from ")
    assert said.endswith("to 50% (40 to 60%), outside its old interval.")


def test_own_voice_and_periods_do_not_count_as_moves(findings: Findings) -> None:
    change = {"estimate": 0.99, "conf_low": 0.98, "conf_high": 1.0}
    assert diff(findings, _changed(findings, "estimates", {**CELL, "voice": "own"}, change)).moved == []
    period = {**CELL, "period_start": strait.FIRST, "voice": "all"}
    assert diff(findings, _changed(findings, "estimates", period, change)).moved == []


LIGHT = {
    **{"measure": "portrayal", "outlet": "wire-seven", "subject": "dockers-league", "category": None},
    "period_start": None,
}


def test_portrayals_move_in_own_voice_and_are_written_with_their_sign(findings: Findings) -> None:
    moved = {"estimate": -0.214, "conf_low": -0.3, "conf_high": -0.1}
    for voice in ("all", "quoted"):
        assert not diff(findings, _changed(findings, "estimates", {**LIGHT, "voice": voice}, moved)).moved
    change = diff(findings, _changed(findings, "estimates", {**LIGHT, "voice": "own"}, moved))
    (said,) = (s for s in change.sentences() if "outside its old interval" in s)
    assert said.startswith("Wire Seven, portrayal of Dockers’ League: from +0.0")
    assert said.endswith("to −0.21 (−0.30 to −0.10), outside its old interval.")
    assert "%" not in said
    ledger = {**LIGHT, "outlet": "ledger", "voice": "all"}
    assert diff(findings, _changed(findings, "estimates", ledger, {"estimate": 0.9})).moved


def test_portrayals_that_came_apart_are_told_on_their_own_scale(findings: Findings) -> None:
    pair = {
        "measure": "portrayal",
        "subject": "dockers-league",
        "outlet": "state-bulletin",
        "versus": "tidewatch",
    }
    for voice, turned in (("own", 1), ("quoted", 0), ("all", 0)):
        weak = _changed(findings, "comparisons", {**pair, "voice": voice}, {"q": 0.5})
        assert len(diff(weak, findings).turned) == turned
    weak = _changed(findings, "comparisons", {**pair, "voice": "own"}, {"q": 0.5})
    (said,) = (s for s in diff(weak, findings).sentences() if s.startswith("Now apart"))
    assert said.startswith("Now apart: State Bulletin and Tidewatch, portrayal of Dockers’ League, by 1.")
    assert "point" not in said


def test_figures_from_few_articles_are_counted_not_told(findings: Findings) -> None:
    gull = {**CELL, "outlet": "gull", "voice": "all"}
    change = diff(findings, _changed(findings, "estimates", gull, {"estimate": 0.99}))
    assert len(change.moved) == 1
    assert "1 other figure moved too, from fewer than 5 articles." in change.sentences()


PAIR = {
    **{"measure": "naming", "subject": "dockers-league", "category": "militant"},
    **{"outlet": "state-bulletin", "versus": "tidewatch"},
}


@pytest.mark.parametrize("lost", [{"q": 0.2}, {"conf_low": -0.1}])
def test_comparisons_that_are_won_and_lost(findings: Findings, lost: dict[str, Any]) -> None:
    weak = _changed(findings, "comparisons", PAIR, lost)
    (gone,) = diff(findings, weak).turned
    assert gone["became"] is False
    (won,) = diff(weak, findings).turned
    assert won["became"] is True
    said = diff(weak, findings).sentences()
    assert any(
        s.startswith("Now apart: State Bulletin and Tidewatch, naming “militant” of Dockers’ League, by ")
        for s in said
    )
    assert any(s.startswith("No longer apart for sure: State") for s in diff(findings, weak).sentences())


def test_a_pair_is_the_same_in_either_order(findings: Findings) -> None:
    turned = {"outlet": "tidewatch", "versus": "state-bulletin"}
    row = next(r for r in findings.comparisons.to_pylist() if PAIR.items() <= r.items())
    flipped = {"difference": -row["difference"], "conf_low": -row["conf_high"], "conf_high": -row["conf_low"]}
    assert not diff(findings, _changed(findings, "comparisons", PAIR, {**turned, **flipped}))


def test_outlets_subjects_articles_and_settings(findings: Findings) -> None:
    about = findings.about
    grown = [
        *(
            {**o, "n_articles": o["n_articles"] + (7 if o["id"] == "ledger" else 0)}
            for o in about["outlets"][1:]
        ),
        {**about["outlets"][0], "id": "new-one", "title": "The New One"},
    ]
    later = {**about, "outlets": grown, "subjects": about["subjects"][:2], "archive_hash": "f" * 16}
    change = diff(findings, dataclasses.replace(findings, about={**later, "level": 0.9}))
    assert (change.outlets_added, change.outlets_gone) == (["new-one"], ["wire-seven"])
    assert (change.subjects_added, change.subjects_gone) == ([], ["ferry-accord"])
    said = change.sentences()
    assert "Outlets added: The New One." in said
    assert "Outlets gone: Wire Seven." in said
    assert "Subjects gone: Ferry Accord." in said
    assert "The Ledger: +7 articles (60 → 67)." in said
    assert "The level of the intervals changed from 0.95 to 0.9." in said
    assert f"The archive changed ({strait.ARCHIVE} → {'f' * 16})." in said


def test_long_lists_are_cut_in_sentences_and_whole_in_the_data(findings: Findings) -> None:
    change = diff(findings, strait.findings(seed=99))
    change.moved = [dict(change.moved[0], old_units=50, new_units=50) for _ in range(30)]
    assert sum("outside its old interval" in s for s in change.sentences()) == 20
    assert "And 10 more of this kind: a figure that moved." in change.sentences()
    assert len(change.to_dict()["moved"]) == 30


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    app = typer.Typer()
    app.command("diff")(diff_command)
    app.callback()(lambda: None)
    return app


def test_the_command_speaks_plainly_or_json(tmp_path: Path, app: typer.Typer, findings: Findings) -> None:
    findings.save(tmp_path / "old")
    strait.findings(seed=8).save(tmp_path / "new")
    plain = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "old")])
    assert (plain.exit_code, plain.stdout) == (
        0,
        "Nothing changed: same study, same archive, same findings.\n",
    )
    told = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--json"])
    assert told.exit_code == 0
    change = json.loads(told.stdout)
    assert change["moved"]
    assert change["archive"] is None


def test_a_folder_that_is_no_dossier_is_refused_in_one_sentence(tmp_path: Path, app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "a"), str(tmp_path / "b")])
    assert isinstance(result.exception, MastheadError)
    assert "survey" in str(result.exception)


def test_a_claim_whose_verdict_is_another_is_said_first() -> None:
    old = turns.findings()
    rows = old.verdicts.to_pylist()
    rows[0]["verdict"], rows[1]["hash"], rows[1]["verdict"] = "contradicted", "another claim", "supported"
    new = dataclasses.replace(old, verdicts=pa.Table.from_pylist(rows, VERDICTS))
    change = diff(old, new)
    assert [(j["claim"], j["old"], j["new"]) for j in change.judged] == [("c1", "supported", "contradicted")]
    assert change.sentences()[0] == (
        "“State Bulletin calls the dockers militant more than Wire Seven does.” was supported, and is now contradicted."
    )
    assert change.to_dict()["judged"] == change.judged
