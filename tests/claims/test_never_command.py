"""Claims of `never` and of sentences on a press written for them: what is planted, printed, and shown on the page."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.errors import StudyError, UsageError
from masthead.study import load_study
from tests.dossier.reading import read

STUDY = """
archive = "harbour.archive"
measures = ["attention", "naming"]

[[outlet]]
id = "gull"
name = "The Gull"
match = ["Gull"]

[[outlet]]
id = "skua"
match = ["Skua"]

[[subject]]
id = "league"
name = "Dockers' League"
kind = "actor"
aliases = ["Dockers' League"]
[subject.categories]
terrorist = ["terrorist"]

[[claim]]
id = "gull-never"
text = "The Gull never calls the League terrorists."
measure = "naming"
subject = "Dockers' League"
category = "Terrorist"
outlet = "The Gull"
expect = "never"
voice = "all"

[[sentence]]
text = "Neither the Gull nor the Skua ever called them terrorists, and all that time The Skua writes of little else."
claims = ["gull-never"]

[[sentence.claim]]
id = "skua-never"
text = "The Skua never calls the League terrorists."
measure = "naming"
subject = "league"
category = "terrorist"
outlet = "SKUA"
expect = "never"
voice = "all"
margin = 0.15

[[sentence.claim]]
id = "skua-always"
text = "The Skua writes of little else."
measure = "attention"
subject = "league"
outlet = "skua"
expect = "always"
"""


def article(outlet: str, number: int) -> dict[str, str]:
    """An article that mentions the League, but every tenth; two of the Gull's call it terrorist."""
    text = f"The Dockers' League closed pier {number} at dawn. Ferries ran late in the harbour."
    if outlet == "Gull" and number in (7, 20):
        text += " The terrorist Dockers' League struck again on the quay."
    if number % 10 == 9:
        text = f"Fishing was poor in week {number}. Boats stayed at home for most of it."
    day = dt.date(2021, 1, 1) + dt.timedelta(days=3 * number)
    return {"outlet": outlet, "title": f"Harbour news {number}", "text": text, "date": day.isoformat()}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("never")
    rows = [article(outlet, number) for outlet in ("Gull", "Skua") for number in range(30)]
    (folder / "harbour.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (folder / "study.toml").write_text(STUDY)
    Archive.create(folder / "harbour.archive", frame="everything").add(folder / "harbour.jsonl")
    return folder / "study.toml"


def command(*args: str) -> str:
    result = CliRunner().invoke(application(), [*args], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_what_was_planted_is_what_is_found_and_shown(study: Path) -> None:
    told = {row["claim"]: row for row in json.loads(command("claims", str(study), "--json"))}
    assert {claim: row["verdict"] for claim, row in told.items()} == {
        "gull-never": "contradicted",
        "skua-never": "supported",
        "skua-always": "contradicted",
    }
    # Three of thirty mention nobody.
    assert [told[claim]["n_units"] for claim in told] == [27, 27, 30]
    shown = told["gull-never"]["counterexamples"]
    assert [row["title"] for row in shown] == ["Harbour news 7", "Harbour news 20"]
    assert {row["label"] for row in shown} == {"terrorist"}
    assert shown[0]["snippet"] == "The terrorist Dockers' League struck again on the quay."
    assert [row["snippet"] for row in told["skua-always"]["counterexamples"]] == [None] * 3
    (sentence,) = told["skua-never"]["sentences"]
    assert sentence.startswith("Neither the Gull")


def test_the_terminal_shows_a_sentence_by_its_parts_and_figures_in_points(study: Path) -> None:
    text = command("claims", str(study))
    head, rest = text.split("\n\n", 1)
    assert [line.split()[0] for line in head.splitlines()[1:]] == [
        "contradicted",
        "supported",
        "contradicted",
    ]
    assert re.search(r"contradicted  7% \[0.9 to 24%\] from 27 articles", rest)
    assert "2021-01-22  gull  Harbour news 7  [terrorist]" in rest
    assert not re.search(r"\b0\.\d\d\d\b", text)


def test_evidence_holds_all_that_speaks_against_a_claim(study: Path) -> None:
    rows = json.loads(command("evidence", str(study), "--claim", "Skua-Always", "--json"))
    assert [row["title"] for row in rows] == ["Harbour news 9", "Harbour news 19", "Harbour news 29"]
    assert command("evidence", str(study), "--claim", "skua-never") == ""
    with pytest.raises(UsageError, match="did you mean 'skua-never'"):
        command("evidence", str(study), "--claim", "skua-nver")
    with pytest.raises(UsageError, match="a claim, and beside it what it says itself"):
        command("evidence", str(study), "--claim", "skua-never", "--measure", "naming")


def test_the_page_shows_sentences_parts_and_counterexamples(study: Path) -> None:
    command("survey", str(study), "--output", str(study.parent / "dossier"))
    page = (study.parent / "dossier" / "claims.html").read_text()
    table = page.split('<table class="rank claims"')[1].split("</table>")[0]
    assert read(table.split("</caption>")[0]).text.endswith("little else.”")
    assert '<mark class="v-against">The Skua writes of little else</mark>.' in table
    assert re.findall(r'<a href="#claim--(.*?)"', table) == ["gull-never", "skua-never", "skua-always"]
    against = read(page.split('<section id="claim--gull-never"')[1].split("</section>")[0]).text
    assert "The articles that speak against it The terrorist Dockers' League struck again" in against
    assert "7% (95% interval 0.9 to 24%); from 27 articles" in against
    assert 'href="claims.html#claim--skua-never"' in (study.parent / "dossier" / "index.html").read_text()


def test_filters_take_names_in_whatever_case(study: Path) -> None:
    one = command(
        "evidence", str(study), "--measure", "naming", "--outlet", "the gull", "--category", "TERRORIST"
    )
    assert one == command(
        "evidence", str(study), "--measure", "naming", "--outlet", "gull", "--category", "terrorist"
    )
    assert one.count("terrorist Dockers") == 2
    with pytest.raises(UsageError, match=r"the study has no outlet 'Gul'.*did you mean 'gull'"):
        command("evidence", str(study), "--measure", "naming", "--outlet", "Gul")


def test_where_a_study_lists_no_outlets_those_of_the_archive_are_known_by_name(study: Path) -> None:
    start, end = STUDY.index("[[outlet]]"), STUDY.index("[[subject]]")
    bare = STUDY[:start] + STUDY[end:].split("[[sentence]]")[0]
    path = study.parent / "bare.toml"
    path.write_text(bare.replace('"The Gull"', '"GULL"'))
    told: list[Any] = json.loads(command("claims", str(path), "--json"))
    assert (told[0]["outlet"], told[0]["verdict"]) == ("gull", "contradicted")
    path.write_text(bare.replace('"The Gull"', '"Gul"'))
    with pytest.raises(
        StudyError, match=r"line \d+, at .*claim 'gull-never' names 'Gul', which is no outlet .*did you"
    ):
        command("claims", str(path))


def test_an_outlet_that_is_there_is_not_absent(study: Path) -> None:
    path = study.parent / "absent.toml"
    path.write_text(STUDY.replace('match = ["Skua"]', 'match = ["Skua"]\nabsent = true'))
    with pytest.raises(
        StudyError, match="says that 'skua' is absent, and the archive holds articles of 'Skua'"
    ):
        command("claims", str(path))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'claims = ["gull-never"]',
            'claims = ["gull-nver"]',
            r".*'gull-nver', which is no claim .*did you mean 'gull-never'",
        ),
        (
            'id = "skua-never"',
            'id = "gull-never"',
            r"'sentence\[1\].claim\[1\].id'.*two of the tables",
        ),
        (
            'outlet = "SKUA"',
            'outlet = "SKUAS"',
            r"'sentence\[1\].claim\[1\].outlet'.*did you mean 'skua'",
        ),
        ('text = "Neither', 'text = " "#', r".*the sentence is empty"),
    ],
)
def test_what_is_wrong_with_a_sentence_is_told_with_its_line(
    study: Path, old: str, new: str, says: str
) -> None:
    path = study.parent / "wrong.toml"
    path.write_text(STUDY.replace(old, new, 1))
    line = 1 + STUDY[: STUDY.index(old)].count("\n")
    with pytest.raises(StudyError, match=f", line {line}, at .*{says}"):
        load_study(path)


def test_a_sentence_makes_a_claim_and_a_claim_may_stand_in_two(study: Path) -> None:
    path = study.parent / "more.toml"
    again = '\n[[sentence]]\ntext = "So it was."\nclaims = ["skua-never", "Gull-Never", "gull-never"]\n'
    path.write_text(STUDY + again)
    told = load_study(path)
    assert [list(one.claims) for one in told.sentences] == [
        ["gull-never", "skua-never", "skua-always"],
        ["skua-never", "gull-never"],
    ]
    assert [claim.id for claim in told.claims] == ["gull-never", "skua-never", "skua-always"]
    path.write_text(STUDY + '\n[[sentence]]\ntext = "So it was."\nclaims = []\n')
    with pytest.raises(StudyError, match="the sentence makes no claim; expected the ids"):
        load_study(path)
