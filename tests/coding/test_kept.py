"""What people coded stays in the archive, in files that the page on it names."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.surveying.old_versions import old_versions
from tests.coding.conftest import as_it_reads, code, coded_sheet, save, sheet_rows

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "coding.md"


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in (folder / "coding").rglob("*")
        if path.is_file()
    }


def code_by_two_and_settle(folder: Path) -> None:
    code("draw", "--measure", "portrayal", "--subject", "guild", "--each", "5")
    first = coded_sheet(folder, "a", as_it_reads)
    rows = sheet_rows(first)
    rows[0]["code"] = "7"
    save(first, rows)
    code("import", str(first))
    code("import", str(coded_sheet(folder, "b", lambda row: "0")))
    code("adjudicate", "--to", "third.csv")
    third = sheet_rows(folder / "third.csv")
    for row in third:
        row["code"] = "1"
    save(folder / "third.csv", third)
    code("import", "third.csv", "--settles")


def test_every_file_of_coding_is_named_on_the_page_and_every_name_there_is_a_file(folder: Path) -> None:
    code_by_two_and_settle(folder)
    section = PAGE.read_text(encoding="utf-8").partition("## Where it lies")[2].partition("\n## ")[0]
    rows = re.findall(r"`(?:coding/MEASURE/)?([\w-]+\.(?:jsonl|toml))`", section)
    patterns = [r"coding/portrayal/(\w+/)?" + re.escape(row).replace("CODER", r"\w+") for row in rows]
    names = files_in(folder / "made.archive")
    assert len(rows) > 1
    matches = [[name for name in names if re.fullmatch(pattern, name)] for pattern in patterns]
    assert all(matches)
    assert sorted(name for some in matches for name in some) == sorted(names)


def test_tidying_an_archive_leaves_what_people_coded(folder: Path) -> None:
    code_by_two_and_settle(folder)
    archive = folder / "made.archive"
    before = files_in(archive)
    # Another version of a reader left this: there is something to tidy.
    (archive / "readings" / "naming" / "0").mkdir(parents=True)
    assert old_versions(Archive.open(archive))
    outcome = CliRunner().invoke(application(), ["archive", "tidy", str(archive), "--remove"])
    assert outcome.exit_code == 0, outcome.output
    assert not old_versions(Archive.open(archive))
    assert files_in(archive) == before
