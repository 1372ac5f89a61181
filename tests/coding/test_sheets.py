"""Sheets are blind, safe in a spreadsheet, and every way in which they come back is checked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from masthead.coding.rounds import current_round
from masthead.errors import MastheadError, SourceError, StudyError, UsageError
from tests.coding.conftest import as_it_reads, code, coded_sheet, desk_in, save, sheet_rows

DRAW = ("draw", "--measure", "portrayal", "--subject", "guild", "--each", "100")
SECRETS = ("gazette", "ledger", "2020-", "http", "secret.example", "Report number")


def imported(path: Path | str, *options: str) -> dict:
    return json.loads(code("import", str(path), "--json", *options))


@pytest.mark.parametrize("kind", ["csv", "label-studio", "doccano"])
def test_no_file_for_a_coder_says_where_a_sentence_is_from(folder: Path, kind: str) -> None:
    code(*DRAW)
    code("sheet", "--coder", "a", "--to", "sheet", "--format", kind)
    text = (folder / "sheet").read_text(encoding="utf-8-sig")
    assert "[outlet]" in text
    assert "[link]" in text
    assert not [secret for secret in SECRETS if secret.casefold() in text.casefold()]


def test_what_is_settled_says_nothing_of_who_said_what(folder: Path) -> None:
    code(*DRAW)
    code("import", str(coded_sheet(folder, "anna", as_it_reads)))
    code("import", str(coded_sheet(folder, "boris", lambda row: "0")))
    code("adjudicate", "--to", "third.csv")
    text = (folder / "third.csv").read_text(encoding="utf-8-sig").casefold()
    assert not [secret for secret in (*SECRETS, "anna", "boris") if secret.casefold() in text]


def test_masked_names_are_letters(folder: Path) -> None:
    code(*DRAW)
    code("sheet", "--coder", "a", "--to", "a.csv", "--mask")
    rows = sheet_rows(folder / "a.csv")
    assert not [row for row in rows if "Guild" in "".join(row.values()) or "Verrin" in "".join(row.values())]
    assert all("[[X]]" in row["sentence"] for row in rows)


def test_hostile_text_runs_nowhere_and_comes_back_the_same(folder: Path) -> None:
    code(*DRAW)
    sheet = coded_sheet(folder, "a", as_it_reads)
    cells = [cell for row in sheet_rows(sheet) for cell in row.values()]
    hostile = [cell for cell in cells if "cmd" in cell]
    assert hostile
    assert all(cell.startswith("'=") for cell in hostile)
    assert not [cell for cell in cells if "\x00" in cell or "\u202e" in cell]
    assert imported(sheet)["refused"] == []


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-16"), (";", "cp1252"), (",", "utf-8")]
)
def test_spreadsheets_save_as_they_like(folder: Path, delimiter: str, encoding: str) -> None:
    code(*DRAW)
    rows = sheet_rows(coded_sheet(folder, "a", as_it_reads))
    for row, written in zip(rows, ("+1", "1.0", "–1", " 0 ", "?"), strict=False):
        row["code"] = written
    save(folder / "back.csv", rows, delimiter, encoding)
    report = imported("back.csv")
    assert (report["n_new"], report["n_cannot_tell"], report["refused"]) == (141, 1, [])
    assert imported("back.csv")["n_same"] == 141


def test_label_studio_and_doccano_come_back(folder: Path) -> None:
    code(*DRAW)
    code("sheet", "--coder", "a", "--to", "tasks.json", "--format", "label-studio")
    tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    for task in tasks:
        choice = {"value": {"choices": [as_it_reads(task["data"])]}, "type": "choices"}
        task["annotations"] = [{"result": [choice]}]
    (folder / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
    assert imported("tasks.json")["n_new"] == 141
    code("sheet", "--coder", "b", "--to", "b.jsonl", "--format", "doccano")
    lines = [json.loads(line) for line in (folder / "b.jsonl").read_text(encoding="utf-8").splitlines()]
    back = "".join(json.dumps({**line, "id": at, "label": ["0"]}) + "\n" for at, line in enumerate(lines))
    (folder / "b.jsonl").write_text(back, encoding="utf-8")
    assert imported("b.jsonl")["n_new"] == len(lines) == 50


def test_bad_rows_are_refused_one_by_one_and_kept(folder: Path) -> None:
    code(*DRAW)
    rows = sheet_rows(coded_sheet(folder, "a", as_it_reads))
    rows[0]["code"] = "2"
    rows[1]["sentence"] = "Another sentence."
    rows[2]["unit"] = "u000000000"
    rows.append({**rows[3], "code": "0" if rows[3]["code"] == "1" else "1"})
    rows[4]["code"] = ""
    del rows[5]
    save(folder / "back.csv", rows)
    report = imported("back.csv")
    whys = " ".join(why for _, why, _ in report["refused"])
    assert len(report["refused"]) == 5
    for word in ("'2' is none of", "not the one that was dealt", "none of this sheet", "stands twice"):
        assert word in whys
    assert (report["n_blank"], report["n_missing"], report["n_new"]) == (1, 2, 141 - 6)
    kept = current_round(desk_in(folder).archive, "portrayal")
    assert kept is not None
    assert len(kept.file("refused").read_text(encoding="utf-8").splitlines()) == 5


def refusal(*arguments: str) -> str:
    with pytest.raises(MastheadError) as error:
        code(*arguments)
    assert isinstance(error.value, SourceError | UsageError | StudyError)
    return str(error.value)


def test_bad_files_are_refused_whole(folder: Path) -> None:
    assert "nothing was drawn" in refusal("sheet", "--coder", "a", "--to", "a.csv")
    assert "neither a measure nor a claim" in refusal("draw")
    assert "nobody can code" in refusal("draw", "--measure", "echo")
    code(*DRAW)
    sheet = coded_sheet(folder, "a", as_it_reads)
    rows = sheet_rows(sheet)
    assert "already" in refusal("sheet", "--coder", "b", "--to", str(sheet))
    save(
        folder / "renamed.csv",
        [{**{k: v for k, v in row.items() if k != "code"}, "kode": row["code"]} for row in rows],
    )
    assert "did you mean 'kode'?" in refusal("import", "renamed.csv")
    save(folder / "else.csv", [{**row, "unit": "u" + "0" * 9} for row in rows])
    assert "no row of" in refusal("import", "else.csv")
    code("import", str(sheet))
    save(folder / "other.csv", [{**row, "code": "0"} for row in rows])
    assert "otherwise than 'a' did" in refusal("import", "other.csv")
    report = imported("other.csv", "--replace")
    assert report["n_changed"] > 0
    assert "all 141 codes" in report["remarks"][0]
    second = sheet_rows(coded_sheet(folder, "b", as_it_reads))
    save(folder / "both.csv", [*rows, *second])
    assert "2 sheets" in refusal("import", "both.csv")
    assert "letters, digits" in refusal("sheet", "--coder", "../x", "--to", "x.csv")


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('question = "In', 'answer = "In', "has a key 'answer'"),
        ('-1 = "unfavourable', 'bad = "unfavourable', "cannot add up"),
        ('0 = "neutral', '"1.0" = "neutral', "twice"),
        ('0 = "neutral', '"?" = "neutral', "cannot tell"),
    ],
)
def test_bad_codebooks_are_refused(folder: Path, old: str, new: str, word: str) -> None:
    code(*DRAW)
    book = folder / "codebooks" / "portrayal.toml"
    text = book.read_text(encoding="utf-8")
    assert old in text
    book.write_text(text.replace(old, new), encoding="utf-8")
    assert word in refusal(*DRAW)
