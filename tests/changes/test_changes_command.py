"""`masthead changes` and `masthead validate changes`, as a person runs them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from typer.testing import CliRunner

from masthead import press
from masthead.archive import Archive
from masthead.cli import application
from masthead.findings.schemas import CHANGES, REVERSALS
from tests.conftest import short_study


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A press in which one outlet turns round in how it names one subject."""
    folder = tmp_path_factory.mktemp("changes")
    made, truth = press.planted_change(seed=11, articles=1000, setting="easy")
    (change,) = truth.changes.to_pylist()
    made.write(folder / "press.jsonl")
    asked = tomlkit.parse(short_study(made, change["subject"]))
    asked["measures"] = ["naming"]
    text = tomlkit.dumps(asked)
    line = 'measures = ["naming"]\n'
    (folder / "study.toml").write_text(line + text.replace(line, ""), encoding="utf-8")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    return folder / "study.toml", change


def test_what_the_press_planted_is_found_and_told(planted: tuple[Path, dict[str, Any]]) -> None:
    study, change = planted
    runner = CliRunner()
    told = json.loads(runner.invoke(application(), ["changes", str(study), "--json"]).stdout)
    assert set(told) == {"said", "sight", "changes", "reversals"}
    rows = [row for row in told["changes"] if row["outlet"] == change["outlet"] and row["voice"] == "all"]
    assert rows
    assert set(rows[0]) == set(CHANGES.names)
    assert any(
        dt.date.fromisoformat(row["date_low"]) <= change["date"] <= dt.date.fromisoformat(row["date_high"])
        for row in rows
    )
    assert all(set(row) == set(REVERSALS.names) for row in told["reversals"])
    text = runner.invoke(application(), ["changes", str(study), "--limit", "1"])
    assert text.exit_code == 0
    assert f"naming · {change['outlet']} · {change['subject']}" in text.stdout
    assert "random order" in text.stdout
    assert "unseen" in text.stdout.splitlines()[0]


def test_validation_prints_its_table_and_leaves_with_0() -> None:
    result = CliRunner().invoke(application(), ["validate", "changes", "--quick", "--series", "20"])
    assert result.exit_code == 0
    assert "0 break a promise" in result.stdout
