"""A survey that is killed at any point loses nothing, and goes on where it stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq

from masthead import press
from masthead.archive import Archive
from masthead.reading.portrayal.shipped import ShippedClassifier
from masthead.study import load_study
from masthead.surveying import survey
from tests.conftest import short_study

SURVEY = "from masthead.cli import main; main()"


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Begin a survey in a process group of its own, so that its workers end with it."""
    return subprocess.Popen(
        [sys.executable, "-c", SURVEY, "survey", "study.toml"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_killed_again_and_again_a_survey_ends_as_if_never_killed(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("whole", "killed")]
    made = press.make(seed=2, articles=50, setting="easy")
    for folder in folders:
        folder.mkdir()
        made.write(folder / "press.jsonl")
        (folder / "study.toml").write_text(short_study(made, "verrin"), encoding="utf-8")
        Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    whole, killed = folders
    study, archive = load_study(whole / "study.toml"), Archive.open(whole / "press.archive")
    survey(study, archive, processes=1, classifier=ShippedClassifier()).save(whole / "dossier")
    # While sentences are read, and while figures are worked out of what was read.
    for place, sign in (
        ("press.archive/sentences", "*.parquet"),
        ("press.archive/links/surveys", "*.parquet"),
    ):
        process = start(killed)
        try:
            wait_for(killed / place, sign, process)
        finally:
            signal_group(process)
            process.wait(30)
    assert not (killed / "dossier" / "index.html").exists()
    assert start(killed).wait(120) == 0
    for name in ("estimates", "comparisons", "robustness", "sources", "words"):
        one, other = (pq.read_table(folder / "dossier" / f"{name}.parquet") for folder in folders)
        assert one.equals(other), name
    leftovers = [p for p in (killed / "dossier").rglob("*") if p.name.endswith(".tmp")]
    assert not leftovers


def wait_for(folder: Path, sign: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a survey has left such a file; fail where it ends before."""
    until = time.monotonic() + 120
    while not any(folder.rglob(sign)):
        assert process.poll() is None, f"the survey ended before it left {sign} in {folder}"
        assert time.monotonic() < until
        time.sleep(0.02)


def signal_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started, without warning."""
    os.killpg(process.pid, signal.SIGKILL)
