"""The measures voice and stance, from rows whose shares are known, and the command that prints them."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.cli import main
from masthead.engines import collect
from masthead.engines.duckdb import from_arrow
from masthead.errors import UsageError
from masthead.inference import sums
from masthead.instruments.voice.measure import Voice
from masthead.instruments.voice.stance import Stance
from masthead.instruments.voice.voices import speakers
from masthead.measuring import CELL, Measure, Tables

TEXTS = [
    "Dana Marsh said the bridge was safe. Dana Marsh claimed that it was new. Odo Renn said no such thing.",
    "“The Corvan League is a menace,” Dana Marsh said. I said nothing. The mayor wants a boat.",
]
STUDY = """
archive = "a.archive"
[[subject]]
id = "marsh"
kind = "actor"
person = true
aliases = ["Dana Marsh"]
[[subject]]
id = "league"
kind = "actor"
aliases = ["Corvan League"]
"""


def tables() -> Tables:
    nothing = from_arrow(pa.table({"subject": pa.array([], pa.string())}))
    said = {
        "article_id": ["a", "a", "a", "b"],
        "speaker": ["front", "other", "front", "unknown"],
        "stance": ["said", "said", "claimed", "said"],
        "words": [10, 20, 10, 5],
    }
    articles = {
        "article_id": ["a", "b", "c"],
        "outlet": ["north", "north", "south"],
        "period_start": pa.array([dt.date(2020, 1, 1), None, None], pa.date32()),
        "marks": [True, True, True],
        "unseen": [False, False, False],
    }
    return Tables(
        articles=from_arrow(pa.table(articles)),
        subjects=from_arrow(pa.table({"subject": ["front", "guard"]})),
        mentions=nothing,
        more={"attributed": from_arrow(pa.table(said))},
    )


def totals(measure: Measure) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    found = collect(sums(measure.units(tables(), "all"), CELL)).to_pylist()
    return {(r["outlet"], r["subject"], r["category"]): (r["n"], r["wx"], r["wy"]) for r in found}


def test_voice_shares_out_every_word_that_is_given_to_anyone() -> None:
    assert totals(Voice()) == {
        ("north", "front", None): (2, 20, 45),
        ("north", "guard", None): (2, 0, 45),
        ("north", None, "other"): (2, 20, 45),
        ("north", None, "unknown"): (2, 5, 45),
    }


def test_stance_shares_out_the_attributions_to_a_subject() -> None:
    assert totals(Stance()) == {
        ("north", "front", "said"): (1, 1, 2),
        ("north", "front", "claimed"): (1, 1, 2),
    }


@pytest.mark.parametrize("measure", [Voice(), Stance()])
def test_a_measure_declares_the_cells_of_the_table(measure: Measure) -> None:
    units = collect(measure.units(tables(), "all"))
    assert units.column_names == [*CELL, "period_start", "cluster", "x", "y", "w"]


def test_without_attributions_a_measure_says_so() -> None:
    unread = replace(tables(), more={})
    with pytest.raises(UsageError, match="without 'attributed'"):
        Voice().units(unread, "all")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voices")
    columns = {"outlet": ["gazette"] * 2, "published": ["2020-01-01"] * 2, "title": ["", ""], "text": TEXTS}
    pq.write_table(pa.table(columns), folder / "a.parquet")
    archive = Archive.create(folder / "a.archive", frame="everything")
    archive.add(folder / "a.parquet", mapping={name: name for name in columns})
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return folder / "study.toml"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["masthead", "voices", *arguments])
    with pytest.raises(SystemExit) as left:
        main()
    return int(str(left.value.code))


def test_voices_prints_shares_verbs_and_who_says_what_of_whom(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(study), "--processes", "1") == 0
    out = capsys.readouterr().out
    assert "claimed 33%" in out
    assert "marsh on league: 1 mention" in out
    assert "most of the others: Odo Renn" in out
    assert "a boat" not in out, "what the mayor only wants is no voice"


def test_voices_json_has_every_table_and_leaves_the_author_out(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(study), "--json", "--processes", "1") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"estimates", "others", "of_whom", "examples", "reading"}
    whole = {
        (row["subject"], row["category"]): row
        for row in told["estimates"]
        if row["measure"] == "voice" and row["period_start"] is None
    }
    assert whole[None, "unknown"]["wx"] == 0
    assert sum(row["wx"] for row in whole.values()) == whole["marsh", None]["wy"]
    assert whole["marsh", None]["conf_low"] < whole["marsh", None]["estimate"]


def test_an_outlet_that_is_none_is_refused(
    study: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, str(study), "--outlet", "gazete") == 2
    assert "did you mean 'gazette'?" in capsys.readouterr().err


def test_a_subject_is_one_row_of_speakers_however_it_is_written() -> None:
    rows = [
        ("a", 1, 5, "marsh", "Dana Marsh"),
        ("a", 2, 4, "marsh", None),
        ("b", 1, 3, "marsh", "DANA MARSH"),
        ("b", 2, 2, "league", None),
        ("b", 3, 7, None, "Odo Renn"),
    ]
    connection = duckdb.connect()
    connection.execute("CREATE TABLE articles AS SELECT unnest(['a', 'b']) AS article_id, 'north' AS outlet")
    connection.execute(
        "CREATE TABLE attributions (article_id TEXT, quote INT, words INT, subject TEXT, speaker TEXT)"
    )
    connection.executemany("INSERT INTO attributions VALUES (?, ?, ?, ?, ?)", rows)
    listed = speakers(SimpleNamespace(connection=connection)).to_pylist()  # type: ignore[arg-type]
    assert [(r["speaker"], r["subject"], r["words"], r["attributions"]) for r in listed] == [
        ("Dana Marsh", "marsh", 12, 3),
        ("Odo Renn", None, 7, 1),
        ("league", "league", 2, 1),
    ]
