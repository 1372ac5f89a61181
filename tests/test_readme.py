"""The README's lines run as they stand."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import tomlkit

from masthead import press
from masthead.archive import Archive
from tests.conftest import short_study

README = (Path(__file__).parents[1] / "README.md").read_text()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an archive and a study of the names that the README uses, without pandas."""
    made = press.make(seed=5, articles=40, setting="easy")
    made.write(tmp_path / "press.jsonl")
    Archive.create(tmp_path / "my.archive", frame="everything").add(tmp_path / "press.jsonl")
    study = tomlkit.parse(short_study(made, "verrin"))
    study["archive"] = "my.archive"
    study["measures"] = ["attention"]
    (tmp_path / "study.toml").write_text(tomlkit.dumps(study))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pandas", None)
    return tmp_path


def test_the_lines_of_python_run_after_a_plain_installation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```$", README, flags=re.S | re.M)
    exec(compile(code, "README.md", "exec"), {})
    assert "conf_low" in capsys.readouterr().out
    assert pq.read_table(folder / "tables" / "estimates.parquet").num_rows


def test_the_lines_of_r_name_a_file_and_columns_that_are_there() -> None:
    from masthead.findings.findings import AS_CSV
    from masthead.findings.schemas import SCHEMAS

    (code,) = re.findall(r"^```r\n(.*?)^```$", README, flags=re.S | re.M)
    (table,) = re.findall(r'"dossier/(\w+)\.csv"', code)
    assert table in AS_CSV
    assert set(re.findall(r"\b(measure|period_start)\b", code)) <= set(SCHEMAS[table].names)
