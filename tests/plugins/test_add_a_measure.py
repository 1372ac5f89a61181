"""An outsider adds a measure: a package of one file outside this repository, found by its entry point alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

EXAMPLE = Path(__file__).parents[2] / "docs" / "design" / "headline_questions.py"
NAME = "headline-questions"

STUDY = """
archive = "a.archive"
measures = ["attention", "headline-questions"]

[[subject]]
id = "harbour"
name = "Harbour"
kind = "issue"
aliases = ["harbour"]

[[claim]]
id = "asks-more"
text = "The Gazette asks more about the harbour than the Mail."
measure = "headline-questions"
subject = "harbour"
outlet = "gazette"
versus = "mail"
expect = "more"
margin = 0.05
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the package is installed: its file, and the entry point that its metadata names."""
    site = tmp_path_factory.mktemp("site")
    (site / EXAMPLE.name).write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    metadata = site / "headline_questions-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: headline-questions\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        f"[masthead.instruments]\n{NAME} = {EXAMPLE.stem}:INSTRUMENT\n", encoding="utf-8"
    )
    return {**os.environ, "PYTHONPATH": str(site)}


@pytest.fixture(scope="module")
def surveyed(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey that asks for the outsider's measure: the Gazette asks in 30 of 40 headlines, the Mail in 4 of 40."""
    folder = tmp_path_factory.mktemp("surveyed")
    rows = [
        {
            "outlet": outlet,
            "published": f"2021-{1 + at % 12:02}-{1 + at % 28:02}",
            "title": f"Will the harbour open on pier {at}?"
            if at < asks
            else f"The harbour opens on pier {at}",
            "text": f"The harbour was the talk of ward {at} once more, and {at} boats lay there all day long.",
        }
        for outlet, asks in (("gazette", 30), ("mail", 4))
        for at in range(40)
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    run(installed, folder, "add", "a.archive", "a.jsonl", "--frame", "everything")
    run(installed, folder, "survey", "study.toml", "--output", "dossier")
    return folder


def run(environment: dict[str, str], folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "masthead", *words],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_is_one_short_file() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 120


def test_it_is_listed(installed: dict[str, str], tmp_path: Path) -> None:
    listed = json.loads(run(installed, tmp_path, "measures", "list", "--json"))
    assert NAME in [measure["name"] for measure in listed]


def test_its_figures_are_among_the_estimates(surveyed: Path) -> None:
    rows = _estimates(surveyed)
    assert {row["outlet"]: row["estimate"] for row in rows} == {"gazette": 0.75, "mail": 0.1}
    assert all(row["conf_low"] < row["estimate"] < row["conf_high"] for row in rows)


def test_outlets_are_compared_by_it(surveyed: Path) -> None:
    compared = pq.read_table(surveyed / "dossier" / "comparisons.parquet").to_pylist()
    (row,) = [r for r in compared if (r["measure"], r["subject"], r["wire"]) == (NAME, "harbour", "with")]
    assert abs(row["difference"]) == pytest.approx(0.65)


def test_a_claim_is_judged_by_it(surveyed: Path) -> None:
    (verdict,) = pq.read_table(surveyed / "dossier" / "verdicts.parquet").to_pylist()
    assert verdict["verdict"] == "supported"


def test_a_page_of_the_dossier_shows_it_with_its_evidence(surveyed: Path) -> None:
    page = (surveyed / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "How often does this outlet ask in a headline instead of saying?" in page
    assert "How often headlines on <bdi>Harbour</bdi> ask" in page
    assert "gazette</bdi> asks in <a" in page
    evidence = [p.read_text(encoding="utf-8") for p in (surveyed / "dossier" / "evidence").rglob("*.html")]
    assert any("Will the harbour open on pier" in text for text in evidence)
    assert all("Headlines on <bdi>Harbour</bdi> that ask" in text for text in evidence)


def test_its_sentences_are_had_on_the_terminal(installed: dict[str, str], surveyed: Path) -> None:
    told = run(installed, surveyed, "evidence", "study.toml", "--measure", NAME, "--outlet", "mail", "--json")
    assert len(json.loads(told)) == 4


def test_without_the_package_the_study_names_what_is_missing(surveyed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "masthead", "survey", "study.toml"],
        cwd=surveyed,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"there is no '{NAME}'" in done.stderr


def _estimates(folder: Path) -> list[dict[str, Any]]:
    rows = pq.read_table(folder / "dossier" / "estimates.parquet").to_pylist()
    return [
        row
        for row in rows
        if (row["measure"], row["subject"], row["wire"]) == (NAME, "harbour", "with")
        and row["period_start"] is None
    ]
