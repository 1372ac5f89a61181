"""Changes of office: titles are read as written, and changes found on their day. All people here are invented."""

from __future__ import annotations

import csv
import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from benchmarks.gold.rates import Rate
from benchmarks.offices.__main__ import main
from benchmarks.offices.given_titles import title_sides
from benchmarks.offices.gold_file import read_changes
from benchmarks.offices.median import Median
from benchmarks.offices.scores import ChangesEvaluation, evaluate_changes
from benchmarks.offices.titles import Said, Tense, Title, TitleReader, head, spellings

from masthead.archive import Archive
from masthead.errors import GoldError

OFFICES = ("senator", "attorney general", "harbour board director", "president", "Senate majority leader")
OFFICES_GOLD = Path(__file__).parents[2] / "studies" / "offices-2012-2018.toml"
SWORN_IN = date(2021, 3, 10)


def reader(*titles: str) -> TitleReader:
    offices = [Title.of(text).office for text in titles]
    return TitleReader({s for o in offices for s in spellings(o)} | {h for o in offices if (h := head(o))})


@pytest.mark.parametrize(
    ("sentence", "office", "tense"),
    [
        ("Attorney General <Mara Quill> said no.", "attorney general", "is"),
        ("Sen. <Mara Quill> said no.", "senator", "is"),
        ("the former U.S. Attorney General <Quill> left", "attorney general", "was"),
        ("then-Senator <Mara Quill> voted", "senator", "was"),
        ("Ex-Sen. <Mara Quill> voted", "senator", "was"),
        ("President-elect <Mara Quill> voted", "president", "will"),
        ("attorney general nominee <Mara Quill> voted", "attorney general", "will"),
        ("Incoming Senate Majority Leader <Quill> voted", "senate majority leader", "will"),
        ("Director <Quill> voted", "director", "is"),
        ("the director of the Harbour Board, <Mara Quill>, voted", "director of harbour board", "is"),
        ("<Mara Quill>, the former attorney general, voted", "attorney general", "was"),
        ("<Mara Quill> (R-North), a senator from the coast, voted", "senator", "is"),
        ("<Mara Quill>, his nominee for attorney general, voted", "attorney general", "will"),
        ("<Mara Quill>, attorney general under the last cabinet, voted", "attorney general", "was"),
        ("former aide to President <Quill> voted", "president", "is"),
        ("It was late. President <Quill> voted", "president", "is"),
        ("It fell late Tuesday, President <Quill> said", "president", "is"),
        ("former congressman <Mara Quill> voted", "", "was"),
    ],
)
def test_a_title_beside_a_name_is_read_with_its_tense(sentence: str, office: str, tense: Tense) -> None:
    start, end = sentence.index("<"), sentence.index(">") - 1
    text = sentence.replace("<", "").replace(">", "")
    assert reader(*OFFICES).read(text, start, end) == Said(tuple(office.split()), tense)


@pytest.mark.parametrize(
    "sentence",
    [
        "Vice President <Quill> voted",
        "Deputy Attorney General <Quill> voted",
        "newly appointed Attorney General <Quill> voted",
        "<Mara Quill>, the attorney general's brother, voted",
        "<Mara Quill>, President Orlo Fenn said, voted",
        "<Mara Quill>, who met the president, voted",
        "a former <Quill> aide voted",
        "the president, they said. <Quill> voted",
    ],
)
def test_another_ones_title_or_another_office_is_not_read(sentence: str) -> None:
    start, end = sentence.index("<"), sentence.index(">") - 1
    text = sentence.replace("<", "").replace(">", "")
    assert reader(*OFFICES).read(text, start, end) is None


def test_titles_of_a_gold_file_keep_former_and_elect_apart_from_the_office() -> None:
    assert Title.of("President-elect") == Title(("president",), "will")
    assert Title.of("former Secretary of State") == Title(("secretary", "of", "state"), "was")
    assert Title.of("Sen.") == Title(("senator",), "is")
    assert Title.of("former") == Title((), "was")
    assert str(Title.of("ex-Gov.")) == "former governor"


def test_what_is_over_or_to_come_speaks_for_the_other_side() -> None:
    sides = title_sides(["Senator"], ["Attorney General"])
    assert sides[Said(("senator",), "is")] == 0
    assert sides[Said(("senator",), "was")] == 1
    assert sides[Said(("attorney", "general"), "will")] == 0
    assert Said(("attorney", "general"), "was") not in sides


def test_a_bare_secretary_counts_only_where_there_is_one_office_of_secretary() -> None:
    bare = Said(("secretary",), "is")
    assert title_sides(["senator"], ["secretary of state"])[bare] == 1
    assert bare not in title_sides(["defense secretary"], ["secretary of state"])
    assert title_sides(["supreme court justice"], ["late justice"])[Said(("justice",), "is")] == 0
    assert Said(("president",), "is") not in title_sides(["vice president"], ["former vice president"])


def gold_file(folder: Path, text: str) -> Path:
    path = folder / "gold.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no change"),
        ("[[change]]\nsubject = 'A B'\nbefore = 'x'\nafter = 'y'", "has no date"),
        ("[[change]]\nsubject = 'A B'\ndate = 2020-01-01\nbefore = []\nafter = 'y'", "has no before"),
        (
            "[[change]]\nsubject = 'A B'\ndate = 2020-01-01\nbefore = 'x'\nafter = 'X'",
            "both before and after",
        ),
        ("[[steady]]\naliases = ['A']", "has no subject"),
        ("change = 3", "no list of tables"),
        ("not toml", "is not TOML"),
        (
            "[[change]]\nsubject = 'A B'\ndate = '2020-01-01'\nbefore = 'x'\nafter = 'y'\n[[steady]]\nsubject = 'A B'",
            "also changes",
        ),
    ],
)
def test_a_gold_file_that_is_wrong_says_where(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(GoldError, match=told):
        read_changes(gold_file(tmp_path, text))


def test_our_own_gold_file_has_thirty_changes_and_thirty_steady_people() -> None:
    gold = read_changes(OFFICES_GOLD)
    assert len(gold.changes) >= 30
    assert len(gold.steady) >= 30
    assert all(2012 <= change.date.year <= 2018 for change in gold.changes)


def articles(first: str, second: str) -> list[tuple[str, str, str, str]]:
    """Two years of papers: `first` goes from the Senate to the ministry, `second` stays in the Senate."""
    rng = random.Random(7)
    rows = []
    for number in range(260):
        day = date(2020, 6, 1) + timedelta(days=rng.randrange(540))
        in_office = day >= SWORN_IN
        title = "Attorney General" if in_office and rng.random() < 0.95 else "Sen."
        if in_office and title == "Sen.":
            title = "former Sen."
        who, what = (first, title) if number % 2 else (second, "Sen." if rng.random() < 0.98 else "senator")
        text = f"Talks went on for a day. {what} {who} spoke to the press in room {number} and left."
        rows.append((rng.choice(["Gazette", "Courier"]), day.isoformat(), f"Talks, day {number}", text))
    return rows


def archive_of(folder: Path, rows: list[tuple[str, str, str, str]]) -> Archive:
    path = folder / "articles.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("outlet", "published", "title", "text"), *rows])
    archive = Archive.create(folder / "made.archive", frame="everything")
    archive.add(path)
    return archive


def gold_of(changed: str, steady: str) -> str:
    return (
        f"[[change]]\nsubject = '{changed}'\naliases = ['{changed}']\ndate = {SWORN_IN}\nbefore = 'Senator'\n"
        f"after = ['Attorney General']\n[[steady]]\nsubject = '{steady}'\naliases = ['{steady}']\n"
    )


def evaluated(
    folder: Path, rows: list[tuple[str, str, str, str]], changed: str, steady: str
) -> ChangesEvaluation:
    folder.mkdir()
    return evaluate_changes(
        read_changes(gold_file(folder, gold_of(changed, steady))), archive_of(folder, rows)
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> ChangesEvaluation:
    folder = tmp_path_factory.mktemp("found")
    return evaluated(folder / "a", articles("Mara Quill", "Orlo Fenn"), "Mara Quill", "Orlo Fenn")


def test_a_change_of_office_is_found_on_its_day_and_nobody_steady_changes(found: ChangesEvaluation) -> None:
    (change,) = found.changes
    assert change.enough
    assert change.found
    assert change.held
    assert change.error_days is not None
    assert abs(change.error_days) <= 7
    assert found.found.rate == 1.0
    assert found.alarms == Rate.of_all([False])


def test_the_answer_is_the_same_in_any_order_of_rows_and_for_any_names(
    found: ChangesEvaluation, tmp_path: Path
) -> None:
    rows = articles("Mara Quill", "Orlo Fenn")
    random.Random(1).shuffle(rows)
    assert evaluated(tmp_path / "shuffled", rows, "Mara Quill", "Orlo Fenn") == found
    swapped = evaluated(tmp_path / "swapped", articles("Orlo Fenn", "Mara Quill"), "Orlo Fenn", "Mara Quill")
    names = {"Mara Quill": "Orlo Fenn", "Orlo Fenn": "Mara Quill"}
    told = re.sub("|".join(names), lambda name: names[name[0]], json.dumps(swapped.as_dict(), default=str))
    assert told == json.dumps(found.as_dict(), default=str)


def test_somebody_said_to_be_steady_who_changed_is_a_false_alarm(tmp_path: Path) -> None:
    rows = articles("Mara Quill", "Orlo Fenn")
    told = evaluated(tmp_path / "other", rows, "Orlo Fenn", "Mara Quill")
    (person,) = told.steady
    assert person.alarm
    assert person.change == "Senator → Attorney General"
    assert not told.changes[0].found


def test_the_command_prints_the_figures_and_takes_people_whom_nobody_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = archive_of(tmp_path, articles("Mara Quill", "Orlo Fenn"))
    gold = gold_file(tmp_path, gold_of("Mara Quill", "Ada Sund"))
    command = [str(gold), "--archive", str(archive.path)]
    assert main([*command, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["found"]["count"] == 1
    assert figures["false_alarms"] == {
        "count": 0,
        "of": 1,
        "rate": 0.0,
        "low": 0.0,
        "high": pytest.approx(0.975),
    }
    assert figures["steady"][0]["titles"] == 0
    assert main(command) == 0
    assert "1 of 1: 100% [" in capsys.readouterr().out


def test_a_gold_file_that_is_not_there_is_told_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "no.toml"), "--archive", str(tmp_path)]) == 2
    assert "no.toml" in capsys.readouterr().err


def test_rates_and_medians_have_exact_intervals() -> None:
    assert Rate.of_all([True] * 46).low == pytest.approx(0.025 ** (1 / 46))
    assert Rate.of_all([]) == Rate(0, 0, None, None, None)
    assert Median.of_all([3, 1, 2, 5, 4, 6, 7, 8, 9, 10]) == Median(10, 5.5, 2.0, 9.0)
    assert Median.of_all([]) == Median(0, None, None, None)
