"""`masthead claims` on a small press: surveyed once, judged from what that left, and on record in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from masthead import press
from masthead.archive import Archive
from masthead.cli import application
from masthead.errors import StudyError
from masthead.study import load_study, parse_study
from masthead.surveying import run
from tests.conftest import short_study

OP_ED = Path(__file__).parents[2] / "studies" / "an-op-ed.toml"

CLAIMS = """
[[outlet]]
id = "spindrift-tribune"
name = "The Spindrift Tribune"
absent = true

[[claim]]
id = "more"
text = "Free Shore calls Verrin a regime more than the Hallam Courier does."
measure = "naming"
subject = "verrin"
category = "regime"
outlet = "free-shore"
versus = "hallam-courier"
expect = "more"

[[claim]]
id = "tribune"
text = "The Spindrift Tribune does so as well."
measure = "naming"
subject = "verrin"
category = "regime"
outlet = "The Spindrift Tribune"
versus = "all other outlets"
expect = "more"

[[claim]]
id = "silent"
text = "Free Shore passes over Verrin in silence."
measure = "silence"
subject = "verrin"
outlet = "free-shore"
expect = "silent"
margin = 0.5
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    made = press.make(seed=5, articles=300, setting="easy")
    made.write(folder / "press.jsonl")
    asked = tomlkit.parse(short_study(made, "verrin"))
    asked["measures"] = ["attention", "naming", "silence"]
    text = tomlkit.dumps(asked)
    # A key cannot follow a table: measures go first.
    line = 'measures = ["attention", "naming", "silence"]\n'
    (folder / "study.toml").write_text(line + text.replace(line, "") + CLAIMS, encoding="utf-8")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    return folder


def claims(*args: str) -> str:
    result = CliRunner().invoke(application(), ["claims", *args], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_claims_are_registered_judged_and_judged_again_without_a_survey(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = str(folder / "study.toml")
    assert [one["before"] for one in json.loads(claims("register", study, "--json"))] == [True] * 3
    # A survey that no claim of silence asks counts no silence in other ways.
    few = folder / "few.toml"
    few.write_text((folder / "study.toml").read_text().split('[[claim]]\nid = "silent"')[0], encoding="utf-8")
    assert len(json.loads(claims("--json", str(few)))) == 2
    surveys = folder / "press.archive" / "links" / "surveys"
    assert not [*surveys.rglob("silence-ways.parquet")]
    monkeypatch.setattr(run, "build", None)  # what a survey cannot do without
    told = json.loads(claims("--json", study))
    assert [*surveys.rglob("silence-ways.parquet")]
    assert [row["claim"] for row in told] == ["more", "tribune", "silent"]
    assert told[0]["verdict"] in ("supported", "not enough evidence")
    assert told[0]["conf_low"] < told[0]["estimate"] < told[0]["conf_high"]
    assert (told[1]["verdict"], told[1]["ways"]) == ("untestable", [])
    assert [row["registered_before"] for row in told] == [True] * 3
    # What is counted in other ways is counted from what the survey left, without another one.
    assert {way["way"] for way in told[2]["ways"]} >= {
        "without wire copy",
        "a month shorter at either end",
        "stories that three or more other outlets ran",
    }
    assert f"{told[2]['n_ways_agree']} of {told[2]['n_ways']} other ways" in claims(study)
    text = claims(study)
    assert text.splitlines()[-1].endswith("1 untestable")
    assert "more: Free Shore calls Verrin a regime" in text
    assert "needed: of The Spindrift Tribune about" in text
    assert "before the archive was first surveyed" in text
    assert claims("judge", study) == text


def test_a_study_without_claims_is_told_so(folder: Path) -> None:
    bare = folder / "bare.toml"
    bare.write_text((folder / "study.toml").read_text().split("[[claim]]")[0])
    with pytest.raises(StudyError, match="makes no claim"):
        CliRunner().invoke(application(), ["claims", str(bare)], catch_exceptions=False)


def test_the_worked_example_asks_of_the_demos_archive_what_the_demo_asks() -> None:
    asked = load_study(OP_ED)
    demo = press.make(seed=7, articles=100).study("press.archive")
    assert asked.hash == parse_study(tomlkit.parse(demo).unwrap()).hash
    assert [e.id for e in asked.events] == ["port-calder-turns"]
    assert len(asked.claims) == 16
    assert [claim.id for claim in asked.claims if claim.counts] == ["not-before"]
