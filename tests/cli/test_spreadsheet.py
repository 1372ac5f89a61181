"""CSV that is safe to open: nothing in it runs, every text comes back, every reader counts the same rows."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from masthead.archive import Archive
from masthead.cli import main
from masthead.findings.findings import AS_CSV, Findings
from masthead.findings.schemas import SCHEMAS
from masthead.spreadsheet import as_cell, from_cell, write_csv

RUN = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n-1-1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b\ufeff+1+1",
    "\u3000＝1+1",
    "＋1+1",
    "－1-1",
    "＠SUM(1)",
    '"=1+1',
    "\x00=1+1",
]
"""What a spreadsheet takes for a formula, or for one once it has dropped what stands before."""

HARMLESS = [
    "",
    "Verrin",
    "'quoted' words",
    "-0.58",
    "+3",
    "12%",
    "1e-9",
    "a = b",
    "x - y",
    "mail@example",
    "—",
]


def read(table: bytes) -> list[list[str]]:
    """Read CSV as strictly as Python does."""
    return list(csv.reader(io.StringIO(table.decode(), newline=""), strict=True))


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert as_cell(text)[0] == "'"
    assert from_cell(as_cell(text)) == text


@pytest.mark.parametrize(
    "text", [f"words{mark}{blank}=1+1" for mark in ";\t\r\n" for blank in ("", " ", '"')]
)
def test_a_reader_with_another_separator_finds_no_formula_either(text: str) -> None:
    cells = as_cell(text).replace("\t", ";").replace("\r", ";").replace("\n", ";").split(";")
    assert cells[1].startswith("'")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_and_numbers_stay_as_they_are(text: str) -> None:
    assert as_cell(text) == text == from_cell(text)


@given(st.text(st.sampled_from("'=+-@;\t\r\n \"＝\u200b\x001a.%")) | st.text())
@example("''=1")
@example("\t\t=1")
@example("'\r'\n'+")
def test_every_text_comes_back_to_the_letter(text: str) -> None:
    cell = as_cell(text)
    assert from_cell(cell) == text
    assert cell[:1] not in set("=@\t\r\n")


def test_a_table_reads_back_as_it_was() -> None:
    titles = [*RUN, *HARMLESS[1:], "one\rtwo", "one\r\ntwo\nthree", 'says "so", and; so']
    table = pa.table(
        {
            "title": pa.array([*titles, None]),
            "figure": pa.array([-0.58] * len(titles) + [None]),
            "aliases": pa.array([["a", "=b"]] * len(titles) + [None]),
        }
    )
    written = io.BytesIO()
    write_csv(table, written)
    header, *rows = read(written.getvalue())
    assert header == ["title", "figure", "aliases"]
    assert [from_cell(row[0]) for row in rows] == [*titles, ""]
    assert {row[1] for row in rows} == {"-0.58", ""}
    assert from_cell(rows[0][2]) == "a; =b"
    assert written.getvalue().endswith(b"\n,,\n")


def test_an_empty_table_has_its_header() -> None:
    written = io.BytesIO()
    write_csv(pa.table({"title": [], "outlet": pa.array([], pa.string())}), written)
    assert read(written.getvalue()) == [["title", "outlet"]]


def test_no_table_of_a_dossier_holds_a_formula(tmp_path: Path) -> None:
    hostile: dict[str, pa.Table] = {}
    for name in AS_CSV:
        schema = SCHEMAS[name]
        values = {
            f.name: pa.array([[RUN[0]] if pa.types.is_list(f.type) else RUN[0]], f.type)
            if pa.types.is_string(f.type) or pa.types.is_list(f.type)
            else pa.nulls(1, f.type)
            for f in schema
        }
        hostile[name] = pa.table(values, schema=pa.schema([f.with_nullable(True) for f in schema]))
    findings = Findings()
    for name, table in hostile.items():
        setattr(findings, name, table)
    findings.save(tmp_path)
    for name in AS_CSV:
        _, row = read((tmp_path / f"{name}.csv").read_bytes())
        assert any(cell == "'=1+1" for cell in row), name
        assert not any(cell.startswith("=") for cell in row), name


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive whose titles are formulas, and a study of it."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "outlet": "+Herald" if n % 2 else "The Tide",
            "published": f"2020-01-{n + 1:02d}",
            "title": f"{text}\rand \x1b[2J\u202eVerrin",
            "text": f"{text} The cruel Verrin shelled the port. And Verrin, the port says, is cruel.",
            "url": "@link",
        }
        for n, text in enumerate(RUN)
    ]
    (folder / "press.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Archive.create(folder / "a.archive", frame="everything").add(folder / "press.jsonl")
    (folder / "study.toml").write_text(
        'archive = "a.archive"\nmeasures = ["attention"]\nrepeats = "count"\n'
        '[[subject]]\nid = "v"\nkind = "actor"\naliases = ["Verrin"]\n',
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    "words",
    [("find", "a.archive", "Verrin", "--csv"), ("evidence", "study.toml", "--measure", "attention", "--csv")],
    ids=["find", "evidence"],
)
def test_csv_on_stdout(
    hostile: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    def printed(*words: str) -> bytes:
        monkeypatch.chdir(hostile)
        monkeypatch.setattr(sys, "argv", ["masthead", *words])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 0
        return capsysbinary.readouterr().out

    table = printed(*words)
    header, *rows = read(table)
    listed = json.loads(printed(*words[:-1], "--json"))
    listed = listed["hits"] if isinstance(listed, dict) else listed
    assert len(rows) == len(listed) >= len(RUN)
    for row, there in zip(rows, listed, strict=True):
        told = dict(zip(header, map(from_cell, row), strict=True))
        assert all(told[name] == there[name] for name in ("outlet", "title", "url"))
        assert not any(cell[:1] in set("=+@\t\r") for cell in row if cell)
    # A file gets the articles' words as they are: what steers a terminal is made visible where there is one.
    assert "\x1b[2J\u202e" in table.decode()
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    shown = printed(*words).decode()
    assert "\ufffd[2J\ufffdVerrin" in shown
    assert not set(shown) & set("\x1b\u202e\r\0")


def test_a_part_of_a_table_that_has_no_rows_writes_nothing() -> None:
    rows = pa.table({"a": ["x", "y"], "n": [1, 2]})
    for parts in ([rows.slice(0, 0), rows], [rows, rows.slice(0, 0)], [rows.slice(0, 0)]):
        written = io.BytesIO()
        write_csv(pa.concat_tables(parts), written)
        assert written.getvalue() == b"a,n\n" + b'"x",1\n"y",2\n' * (len(parts) - 1)
