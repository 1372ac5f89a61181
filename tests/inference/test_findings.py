"""Findings on disk: they come back as they were, and a crash or damage never passes for findings."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.errors import ArchiveError, UsageError
from masthead.findings.findings import AS_CSV, Findings
from masthead.findings.schemas import ESTIMATES, SCHEMAS

HOSTILE = 'a "quoted", <script>alert(1)</script>\nname'


def value_of(kind: pa.DataType) -> Any:
    if pa.types.is_floating(kind):
        return 0.25
    if pa.types.is_integer(kind):
        return 3
    if pa.types.is_boolean(kind):
        return True
    if pa.types.is_date(kind):
        return dt.date(2016, 6, 1)
    if pa.types.is_timestamp(kind):
        return dt.datetime(2016, 6, 1, 12, tzinfo=dt.UTC)
    return HOSTILE


def made(title: str = "Two straits") -> Findings:
    """Return findings with a full row and a row of nulls in every table."""
    tables = {
        name: pa.Table.from_pylist(
            [{f.name: value_of(f.type) for f in schema}, dict.fromkeys(schema.names)], schema
        )
        for name, schema in SCHEMAS.items()
    }
    return Findings(**tables, about={"title": title, "made": "2026-01-01", "outlets": [{"id": "zürich"}]})


def same(one: Findings, other: Findings) -> bool:
    return one.about == other.about and all(getattr(one, n).equals(getattr(other, n)) for n in SCHEMAS)


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    findings = made()
    findings.save(tmp_path / "new" / "dossier")
    assert same(Findings.load(tmp_path / "new" / "dossier"), findings)


def test_saving_again_replaces_and_leaves_nothing_behind(tmp_path: Path) -> None:
    made("old").save(tmp_path)
    before = sorted(path.name for path in tmp_path.iterdir())
    # What a killed run was writing.
    for name in ("survey.json", "estimates.csv", "changes.parquet"):
        (tmp_path / f".{name}.0a1b2c3d.tmp").write_text("half", encoding="utf-8")
    made("new").save(tmp_path)
    assert Findings.load(tmp_path).about["title"] == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert {f"{name}.parquet" for name in SCHEMAS} | {
        *(f"{name}.csv" for name in AS_CSV),
        "survey.json",
        ".lock",
    } == set(before)


def test_csv_is_utf_8_with_nothing_for_null(tmp_path: Path) -> None:
    made().save(tmp_path)
    with (tmp_path / "estimates.csv").open(encoding="utf-8", newline="") as file:
        head, full, empty = list(csv.reader(file))
    assert head == ESTIMATES.names
    told = dict(zip(head, full, strict=True))
    assert (told["outlet"], told["period_start"], told["estimate"]) == (HOSTILE, "2016-06-01", "0.25")
    assert set(empty) == {""}


def test_pandas_and_polars_take_the_tables() -> None:
    findings = made()
    assert pl.DataFrame(findings.estimates).columns == ESTIMATES.names
    assert list(findings.estimates.to_pandas().columns) == ESTIMATES.names


def test_columns_are_put_in_order_and_cast() -> None:
    table = made().gaps
    shuffled = table.select(table.column_names[::-1]).set_column(
        0, "gap_end", table["gap_end"].cast(pa.timestamp("s"))
    )
    assert Findings(gaps=shuffled).gaps.schema.equals(SCHEMAS["gaps"])


def test_a_missing_or_impossible_column_is_named() -> None:
    table = made().gaps
    with pytest.raises(UsageError, match="gaps without the column 'gap_end'"):
        Findings(gaps=table.drop_columns(["gap_end"]))
    with pytest.raises(UsageError, match="gaps that cannot be cast"):
        Findings(gaps=table.set_column(1, "gap_start", pa.array([["x"], ["y"]])))


def test_a_notebook_sees_the_estimates_and_runs_nothing() -> None:
    table = made().estimates.to_pylist()
    table[0].update(period_start=None, estimate=0.12345, wire="with")
    shown = Findings(estimates=pa.Table.from_pylist(table, ESTIMATES), about={"title": HOSTILE})._repr_html_()
    assert "0.123" in shown
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_empty_findings_are_findings(tmp_path: Path) -> None:
    Findings().save(tmp_path)
    assert same(Findings.load(tmp_path), Findings())
    assert "0 estimates" in Findings()._repr_html_()


@pytest.mark.parametrize("name", ["survey.json", "words.parquet"])
def test_a_folder_without_a_file_holds_no_findings(tmp_path: Path, name: str) -> None:
    made().save(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ArchiveError, match=f"holds no whole findings .*{name}.* run the survey again"):
        Findings.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("survey.json", b"{"),
        ("survey.json", b"\xff\xfe"),
        ("survey.json", b"[]"),
        ("words.parquet", b"PAR1 not"),
        ("words.parquet", b""),
    ],
)
def test_damaged_findings_are_said_to_be(tmp_path: Path, name: str, content: bytes) -> None:
    made().save(tmp_path)
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ArchiveError, match="run the survey again"):
        Findings.load(tmp_path)


def test_a_table_of_another_version_is_said_to_be(tmp_path: Path) -> None:
    made().save(tmp_path)
    pq.write_table(pa.table({"subject": ["s"]}), tmp_path / "words.parquet")
    with pytest.raises(UsageError, match="words without the column 'outlet'"):
        Findings.load(tmp_path)


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.inference.test_findings import made

def counted(call, left):
    def wrapper(*args, **options):
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return call(*args, **options)
    return wrapper

for folder in sys.argv[2:]:
    if os.fork():
        os.wait()
        continue
    os.fsync = lambda handle: None  # slow, and a killed process loses nothing that was written
    made("old").save(folder)
    left = [int(Path(folder).name)]
    os.fsync, Path.replace, Path.unlink = (counted(f, left) for f in (os.fsync, Path.replace, Path.unlink))
    made("new").save(folder)
    os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks processes")
def test_killed_at_any_step_it_leaves_old_findings_new_ones_or_none(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    folders = [tmp_path / str(step) for step in (*range(0, 34, 4), 1000)]
    for folder in folders:
        folder.mkdir()
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED, str(root), *map(str, folders)],
        env={**os.environ, "PYTHONPATH": str(root / "src")},
        check=True,
    )
    outcomes = []
    for folder in folders:
        try:
            found = Findings.load(folder)
        except ArchiveError:
            outcomes.append("none")
        else:
            assert same(found, made(found.about["title"]))
            outcomes.append(found.about["title"])
    assert set(outcomes) == {"old", "none", "new"}
    assert outcomes == sorted(outcomes, key=["old", "none", "new"].index)


def test_about_may_hold_dates_and_paths(tmp_path: Path) -> None:
    Findings(about={"made": dt.date(2026, 1, 2), "archive": Path("x.archive")}).save(tmp_path)
    assert json.loads((tmp_path / "survey.json").read_text())["made"] == "2026-01-02"


def test_findings_say_what_they_are_in_a_line() -> None:
    findings = Findings(about={"title": "Two sides"})
    assert repr(findings).startswith("Findings('Two sides': 0 estimates, 0 comparisons")
    assert "\n" not in repr(findings)
