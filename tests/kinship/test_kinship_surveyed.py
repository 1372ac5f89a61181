"""Kinship from articles to findings: who borrows, by which phrases, with the sentences; and what cannot be said."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.surveying import survey
from masthead.surveying.sources import evidence
from masthead.validation.dealt_articles import dealt_at_random
from tests.archives import archive_of
from tests.kinship.conftest import Told
from tests.kinship.told import THEIRS, articles, asked


def shares(findings: Findings, voice: str = "own", party: str = "front") -> dict[str, float]:
    return {
        row["outlet"]: row["estimate"]
        for row in findings.estimates.to_pylist()
        if (row["measure"], row["voice"], row["subject"], row["wire"]) == ("kinship", voice, party, "without")
        and row["period_start"] is None
    }


def test_who_borrows_a_partys_wording_is_told_from_who_only_quotes_it_more(told: Told) -> None:
    own = shares(told.findings)
    assert own["borrower"] > 0.95
    assert own["coverer"] == pytest.approx(own["plain"], abs=0.1)
    assert own["coverer"] < 0.7
    said = shares(told.findings, "all")
    assert said["coverer"] > said["plain"] + 0.1, "quoting is in the figure of all words"


def test_the_shares_of_all_parties_add_up_to_one(told: Told) -> None:
    one, other = shares(told.findings), shares(told.findings, party="guard")
    assert [one[outlet] + other[outlet] for outlet in one] == pytest.approx([1.0] * len(one))


def test_within_stories_the_borrower_stands_out_and_nobody_else(told: Told) -> None:
    rows = [r for r in told.findings.about["kinship"]["within_stories"]["without"] if r["voice"] == "own"]
    above = {
        r["outlet"]
        for r in rows
        if r["subject"] == "front" and r["conf_low"] is not None and r["conf_low"] > 0
    }
    assert above == {"borrower"}


def test_the_phrases_are_what_the_parties_say_and_nobodys_name(told: Told) -> None:
    rows = told.findings.phrases.to_pylist()
    for party, phrases in (("front", THEIRS["Corvan Front"]), ("guard", THEIRS["Tellan Guard"])):
        listed = {row["phrase"] for row in rows if row["party"] == party}
        assert {" ".join(whole.split()[:3]) for whole in phrases} <= listed
        assert all(any(phrase in whole for whole in phrases) for phrase in listed)
        assert all(len(phrase.split()) == 3 for phrase in listed), "their parts stand in nothing else"
    using = [row for row in rows if row["outlet"] == "borrower"]
    assert using
    assert all(
        row["phrase"] in row["snippet"] and row["uses_by_outlet"] >= row["n_articles"] > 0 for row in using
    )


def test_every_use_leads_to_its_words_in_an_article(told: Told) -> None:
    found = evidence(
        told.study, told.archive, measure="kinship", outlet="borrower", subject="front", processes=1
    )
    texts = {
        row["article_id"]: row
        for part in told.archive.parts()
        for row in pq.read_table(part.path, columns=["article_id", "title", "text"]).to_pylist()
    }
    rows = found.to_pylist()
    assert rows
    for row in rows:
        content = texts[row["article_id"]][row["field"]]
        assert content[row["start"] : row["end"]].lower() == row["label"]
        assert row["label"] in row["snippet"].lower()
    assert {row["quoted"] for row in rows} == {True, False}


def test_what_was_read_is_not_read_again(told: Told) -> None:
    def written() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in told.archive.path.rglob("*.parquet")}

    before = written()
    again = evidence(told.study, told.archive, measure="kinship", processes=1)
    assert again.num_rows
    assert written() == before


def test_swapping_the_parties_swaps_the_findings_in_any_order_of_articles(told: Told, tmp_path: Path) -> None:
    def swapped(text: str) -> str:
        return (
            text.replace("Corvan Front", "#")
            .replace("Tellan Guard", "Corvan Front")
            .replace("#", "Tellan Guard")
        )

    rows = [{**row, "text": swapped(row["text"])} for row in articles()][::-1]
    archive = archive_of(tmp_path, rows[:50], name="mirror")
    more = tmp_path / "more.jsonl"
    more.write_text("".join(json.dumps(row) + "\n" for row in rows[50:]), encoding="utf-8")
    archive.add(more)
    mirror = survey(told.study, archive, processes=1)
    for voice in ("own", "all"):
        assert shares(mirror, voice, "guard") == pytest.approx(
            shares(told.findings, voice, "front"), abs=1e-9
        )
        assert shares(mirror, voice, "front") == pytest.approx(
            shares(told.findings, voice, "guard"), abs=1e-9
        )

    def phrases(findings: Findings) -> set[tuple[str, str, int, str | None]]:
        return {(r["party"], r["phrase"], r["uses"], r["outlet"]) for r in findings.phrases.to_pylist()}

    other = {"front": "guard", "guard": "front"}
    assert {(other[party], *rest) for party, *rest in phrases(mirror)} == phrases(told.findings)


def test_one_party_alone_has_no_figures_and_the_survey_says_why(told: Told) -> None:
    found = survey(asked("Corvan Front"), told.archive, processes=1)
    assert found.phrases.num_rows == 0
    assert shares(found) == {}
    assert "two actors" in found.about["kinship"]["reason"]


def test_a_partys_own_outlet_speaks_for_it(told: Told) -> None:
    study = asked(subject=[
        {"id": "front", "kind": "actor", "aliases": ["Corvan Front"], "texts": ["borrower"]},
        {"id": "guard", "kind": "actor", "aliases": ["Tellan Guard"]},
    ])  # fmt: skip
    found = survey(study, told.archive, processes=1)
    (front,) = [p for p in found.about["kinship"]["parties"] if p["id"] == "front"]
    assert front["own_texts"] == ["borrower"]
    assert front["n_articles"] == len([1 for row in articles() if "Corvan Front" in row["text"]])
    assert "borrower" in shares(found), "and is measured by what the others quote"


@pytest.mark.parametrize(
    ("texts", "told_of"),
    [(["borower"], "did you mean 'borrower'"), (["plain", "plain"], "texts of two subjects")],
)
def test_texts_of_an_outlet_that_is_not_there_are_refused(texts: list[str], told_of: str) -> None:
    with pytest.raises(StudyError, match=told_of):
        asked(subject=[{"id": "front", "kind": "actor", "aliases": ["Corvan Front"], "texts": texts}])


def test_the_command_prints_shares_phrases_and_sentences(told: Told, tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    study.write_text(
        f'archive = "{told.archive.path}"\nmeasures = ["kinship"]\n'
        + "".join(f'[[outlet]]\nid = "{outlet}"\n' for outlet in ("borrower", "coverer", "plain", "steady"))
        + "".join(
            f'[[subject]]\nid = "{name.split()[1].lower()}"\nkind = "actor"\naliases = ["{name}"]\n'
            for name in THEIRS
        ),
        encoding="utf-8",
    )
    shown = CliRunner().invoke(application(), ["kinship", str(study), "--outlet", "borrower"])
    assert shown.exit_code == 0, shown.output
    assert "borrower" in shown.stdout
    assert "patient harbour stewardship" in shown.stdout
    assert "coverer" not in shown.stdout
    plain = json.loads(CliRunner().invoke(application(), ["kinship", str(study), "--json"]).stdout)
    assert {"estimates", "phrases", "within_stories", "parties", "said", "reason"} <= plain.keys()
    wrong = CliRunner().invoke(application(), ["kinship", str(study), "--outlet", "borower"])
    assert wrong.exception is not None


def test_outlets_that_are_told_apart_by_chance_alone_are_alike(told: Told, tmp_path: Path) -> None:
    copy = Archive.open(shutil.copytree(told.archive.path, tmp_path / "copy.archive"))
    both = dealt_at_random(told.study, copy, draws=4, seed=3, processes=1)
    assert [one.what for one in both] == ["outlets", "within stories"]
    for one in both:
        assert one.parties == 2
        assert one.tested >= 16
        assert one.covered >= 0.85 * one.tested
        assert one.found == 0


def test_an_archive_without_a_word_said_is_no_error(tmp_path: Path) -> None:
    rows = [
        {"outlet": outlet, "published": "2019-01-01", "title": "", "text": "Corvan Front."}
        for outlet in ("plain", "steady", "borrower", "coverer")
    ]
    archive: Archive = archive_of(tmp_path, rows, name="mute")
    found = survey(asked(), archive, processes=1)
    assert found.about["kinship"]["parties"] == []
    assert found.about["kinship"]["reason"]
