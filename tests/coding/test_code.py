"""Coding from the draw to the figures' codes, by the commands that people run."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from masthead.coding.codes import Code, Coder
from masthead.coding.draws import CellName
from masthead.coding.rounds import current_round
from masthead.coding.settled import codes_and_round
from masthead.errors import UsageError
from masthead.measuring.coding import units_that_may_be_drawn
from tests.coding.conftest import as_it_reads, code, coded_sheet, desk_in, save, sheet_rows

DRAW = ("draw", "--measure", "portrayal", "--subject", "guild")


def codes_of(folder: Path, measure: str = "portrayal"):
    desk = desk_in(folder, measure)
    return codes_and_round(desk.archive, measure, units_that_may_be_drawn(desk.survey, desk.coding))


def test_codes_come_from_the_draw_to_the_figures_with_their_chances(folder: Path) -> None:
    code(*DRAW, "--each", "20")
    sheet = coded_sheet(folder, "a", as_it_reads)
    report = json.loads(code("import", str(sheet), "--json"))
    assert (report["n_new"], report["n_missing"], report["refused"]) == (40, 0, [])
    answer = codes_of(folder)
    rows = answer.table.to_pylist()
    assert Counter(row["outlet"] for row in rows) == {"gazette": 20, "ledger": 20}
    assert {row["chance"] for row in rows if row["outlet"] == "ledger"} == {20 / 70}
    assert {row["chance"] for row in rows if row["outlet"] == "gazette"} == {20 / 71}
    assert {row["value"] for row in rows} <= {"-1", "0", "1"}
    assert answer.round is not None
    assert answer.round.set_aside == {}


def test_a_second_coder_gets_what_two_code_and_a_third_settles_it(folder: Path) -> None:
    code(*DRAW, "--each", "40")
    code("import", str(coded_sheet(folder, "a", as_it_reads)))
    second = coded_sheet(folder, "b", lambda row: "0")
    assert len(sheet_rows(second)) == 50
    code("import", str(second))
    answer = json.loads(code("agreement", "--json"))
    assert answer["works"] is False
    assert answer["nominal"]["n_units"] == 50
    n_differing = len(answer["differing"])
    assert n_differing == sum(
        row["code"] != "0" for row in sheet_rows(folder / "a.csv") if row_of(folder, row, 50)
    )
    code("adjudicate", "--to", "third.csv")
    rows = sheet_rows(folder / "third.csv")
    assert len(rows) == n_differing
    assert {row["codes"] for row in rows} <= {"0 | -1", "0 | 1"}
    for row in rows:
        row["code"] = "1"
    save(folder / "third.csv", rows)
    with pytest.raises(UsageError, match="settles nothing"):
        code("import", str(second), "--settles")
    code("import", "third.csv", "--settles")
    settled = [
        row for row in codes_of(folder).table.to_pylist() if len(set(dict(row["coder_values"]).values())) > 1
    ]
    assert {(row["value"], row["settled"]) for row in settled} == {("1", True)}


def row_of(folder: Path, row: dict[str, str], n: int) -> bool:
    """Whether the unit of a coder's row is one that the second coder has too."""
    folder_of_round = current_round(desk_in(folder).archive, "portrayal")
    assert folder_of_round is not None
    sheets = [json.loads(line) for line in folder_of_round.file("sheets").read_text().splitlines()]
    first, second = sheets[0]["units"], set(sheets[1]["units"].values())
    return first[row["unit"]] in second


def test_a_changed_codebook_starts_a_round_of_its_own(folder: Path) -> None:
    code(*DRAW, "--each", "5")
    sheet = coded_sheet(folder, "a", as_it_reads)
    code("import", str(sheet))
    book = folder / "codebooks" / "portrayal.toml"
    old = book.read_text(encoding="utf-8")
    book.write_text("# my own note\n" + old, encoding="utf-8")
    assert json.loads(code(*DRAW, "--each", "5", "--json"))["new_round"] is False
    book.write_text(old.replace("Judge the sentence", "Judge only the sentence"), encoding="utf-8")
    with pytest.raises(UsageError, match="never mix"):
        code("agreement")
    with pytest.raises(UsageError, match="another codebook"):
        code("import", str(sheet))
    assert json.loads(code(*DRAW, "--each", "5", "--json"))["new_round"] is True
    assert codes_of(folder).table.num_rows == 0
    book.write_text(old, encoding="utf-8")
    code(*DRAW, "--each", "5")
    assert codes_of(folder).table.num_rows == 10


def test_codes_are_on_disk_one_by_one_and_a_torn_line_is_set_aside(folder: Path) -> None:
    code(*DRAW, "--each", "5")
    round_folder = current_round(desk_in(folder).archive, "portrayal")
    assert round_folder is not None
    coder = Coder(round_folder, "a")
    units = [json.loads(line)["unit"] for line in round_folder.file("draw").read_text().splitlines()]
    for unit in units:
        coder.append(Code(unit, "1"))
    whole = coder.path.read_bytes()
    for cut in (1, 10, len(whole.splitlines()[-1])):
        coder.path.write_bytes(whole[:-cut])
        kept = len(coder.codes())
        assert kept == (len(units) if cut == 1 else len(units) - 1)
        coder.append(Code(units[-1], "0"))
        assert coder.codes()[units[-1]].code == "0"
    coder.path.write_bytes(whole[:-10])
    answer = codes_of(folder)
    assert answer.round is not None
    assert sum(answer.round.set_aside.values()) >= 1
    assert Coder(round_folder, "a").undo() == Code(units[-2], "1")
    assert units[-2] not in coder.codes()
    assert len(whole) > 0
    assert coder.path.read_bytes().startswith(whole[:-10])


def test_codes_whose_article_is_gone_are_set_aside_and_new_articles_stand_in_the_draw(folder: Path) -> None:
    from tests.archives import archive_of
    from tests.coding.conftest import ROWS, article

    code(*DRAW, "--each", "30")
    code("import", str(coded_sheet(folder, "a", as_it_reads)))
    before = codes_of(folder).table.num_rows
    coding = (folder / "made.archive" / "coding").rename(folder / "coding")
    for path in sorted((folder / "made.archive").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    (folder / "made.archive").rmdir()
    changed = {**ROWS[0], "text": str(ROWS[0]["text"]) + " The Salt Guild was good."}
    archive_of(folder, [changed, *ROWS[1:], *(article("The Harbour Ledger", n) for n in range(100, 130))])
    coding.rename(folder / "made.archive" / "coding")
    answer = codes_of(folder)
    assert answer.round is not None
    strata = {part.cell.outlet: part for part in answer.round.strata}
    assert strata["ledger"].n_units == 100
    assert strata["ledger"].missing > 0
    assert strata["ledger"].n_coded + strata["ledger"].waiting == 30
    assert answer.table.num_rows < before
    report = json.loads(code("import", str(coded_sheet(folder, "c", as_it_reads, "--all")), "--json"))
    assert (report["refused"], report["n_missing"]) == ([], 0)
    drawn = (codes_of(folder).round or answer.round).strata
    assert all(part.n_drawn == part.n_coded for part in drawn)
    assert {part.cell.outlet: part.missing for part in (codes_of(folder).round or answer.round).strata} == {
        "gazette": 0,
        "ledger": 0,
    }


@pytest.mark.parametrize("measure", ["attention", "naming", "voice"])
def test_every_measure_that_can_be_coded_goes_the_same_way(folder: Path, measure: str) -> None:
    code("draw", "--measure", measure, "--each", "10")
    sheet = coded_sheet(folder, "a", lambda row: row["codes"].split(" | ")[0])
    report = json.loads(code("import", str(sheet), "--json"))
    assert report["n_new"] > 0
    assert report["refused"] == []
    assert json.loads(code("plan", "--json"))["figures"]


def test_a_claim_draws_what_it_compares_in_its_days(folder: Path) -> None:
    answer = json.loads(code("draw", "--claim", "worse", "--each", "10", "--json"))
    assert {(cell["outlet"], cell["subject"]) for cell in answer["cells"]} == {
        ("gazette", "guild"),
        ("ledger", "guild"),
    }
    assert all(cell["drawn"] > 10 for cell in answer["cells"])


def test_a_claim_with_few_units_in_its_days_draws_no_further_than_the_last_of_them(folder: Path) -> None:
    study = folder / "study.toml"
    month = "from = 2020-01-01\nto = 2020-01-31"
    assert month in study.read_text()
    # One article of each outlet is of this day.
    study.write_text(study.read_text().replace(month, "from = 2020-01-01\nto = 2020-01-01"))
    desk = desk_in(folder)
    days = dict(desk.survey.rows("SELECT article_id, day FROM articles"))
    answer = json.loads(code("draw", "--claim", "worse", "--each", "60", "--json"))
    round_folder = current_round(desk.archive, "portrayal")
    assert round_folder is not None
    for cell in answer["cells"]:
        units = desk.cells(round_folder)[CellName(cell["outlet"], cell["subject"])]
        inside = [at for at, unit in enumerate(units) if days[unit.article_id] == dt.date(2020, 1, 1)]
        assert cell["drawn"] == inside[-1] + 1 < cell["units"]


@pytest.mark.parametrize("outside", ["a claim's days", "the subject"])
def test_a_claim_with_nothing_to_code_draws_nothing(folder: Path, outside: str) -> None:
    study = folder / "study.toml"
    options = ("--subject", "verrin") if outside == "the subject" else ()
    if not options:
        study.write_text(study.read_text().replace("2020-01-", "2019-01-"))
    with pytest.raises(UsageError, match="nothing to code in its days"):
        code("draw", "--claim", "worse", *options)
    assert current_round(desk_in(folder).archive, "portrayal") is None


def test_a_claim_that_the_study_lacks_is_told_from_no_claim(folder: Path) -> None:
    with pytest.raises(UsageError, match="wors"):
        code("draw", "--claim", "wors")


def test_a_smaller_draw_says_how_many_stay_drawn(folder: Path) -> None:
    code(*DRAW, "--each", "30")
    answer = json.loads(code(*DRAW, "--each", "5", "--json"))
    assert answer["new"] == 0
    assert [cell["drawn"] for cell in answer["cells"]] == [30, 30]


def test_a_precision_draws_a_pilot_first(folder: Path) -> None:
    first = json.loads(code(*DRAW, "--precision", "0.3", "--pilot", "20", "--json"))
    assert {cell["drawn"] for cell in first["cells"]} == {20}
    code("import", str(coded_sheet(folder, "a", as_it_reads)))
    then = json.loads(code(*DRAW, "--precision", "0.3", "--json"))
    assert all(cell["drawn"] >= 50 for cell in then["cells"])
