"""An archive is read wherever it lies: no letter of its path is taken for anything else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from archive_samples import ARTICLES, write_csv

from masthead import archive as package
from masthead.archive import Archive
from masthead.archive.duck import literal, parquet, quoted
from masthead.engines import collect
from masthead.engines.duckdb import scan

SOURCES = Path(package.__file__).parents[1]
ODD = [
    "a*",
    "a?",
    "a[1]",
    "a[!b]",
    "it's",
    'the "best"',
    "Ünï 海峡",
    "outlet=Other",
    "a{b,c}",
    "100%",
    "a;b",
    "[",
    "][",
]


@pytest.mark.parametrize("name", ODD)
def test_an_archive_in_an_odd_folder_is_read_and_no_other(tmp_path: Path, name: str) -> None:
    neighbours = [tmp_path / other / "x.archive" for other in ("ab", "a1", "ac", "b")]
    for number, path in enumerate(neighbours):
        other = Archive.create(path)
        other.add(write_csv(tmp_path / f"{number}.csv", [{**ARTICLES[0], "outlet": f"Neighbour {number}"}]))
    archive = Archive.create(tmp_path / name / "x.archive")
    archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
    outlets = {outlet.outlet: outlet.articles for outlet in archive.info().outlets}
    assert outlets == {"Harbour Post": 1, "Strait Herald": 2}
    assert archive.find("crews").n_articles == 3
    rows = collect(scan([part.path for part in archive.parts()]))
    assert sorted(rows["outlet"].to_pylist()) == ["Harbour Post", "Strait Herald", "Strait Herald"]
    moved = Archive.open(shutil.move(archive.path, tmp_path / name / "y*.archive"))
    assert moved.check().faults == []


def test_paths_become_sql_that_names_them() -> None:
    assert literal("a*b?[c]") == "a[*]b[?][[]c]"
    assert quoted("it's") == "'it''s'"
    assert parquet(["a'*"]) == "read_parquet(['a''[*]'], hive_partitioning = false)"


def test_no_query_names_files_in_another_way() -> None:
    """Whoever writes a new query takes the paths from `masthead.archive.duck`."""
    own = {SOURCES / "archive" / "duck.py", SOURCES / "archive" / "store.py"}
    for path in SOURCES.rglob("*.py"):
        if path not in own:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"read_parquet\(['\[\"{]|\.read_parquet\(|pq\.read_table\(", text), path
