"""What a survey could not see is said, with its reason: no bare zero, no silent leaving out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from masthead.archive import Archive
from masthead.errors import StudyError, UsageError
from masthead.findings.findings import Findings
from masthead.study import Study, parse_study
from masthead.surveying import evidence, survey

FRONT = {"id": "front", "kind": "actor", "aliases": ["Shoal Front"]}

FRENCH = (
    "Le gouvernement a dit hier soir que le Shoal Front avait quitté la ville, et que la route était libre."
)


def asked(tmp_path: Path, articles: str, **study: object) -> tuple[Study, Archive]:
    """An archive of a few hand-written articles, and a study of attention and naming in it."""
    (tmp_path / "a.csv").write_text("outlet,published,title,text\n" + articles, encoding="utf-8")
    archive = Archive.create(tmp_path / "a.archive", frame="everything")
    archive.add(tmp_path / "a.csv", no_text=True)
    measures = ["attention", "naming"]
    return parse_study({"archive": "a.archive", "measures": measures, "subject": [FRONT], **study}), archive


def whole(findings: Findings, measure: str) -> dict[str, object]:
    """The first figure of a measure over all time."""
    return next(
        r
        for r in findings.of_wire("with").estimates.to_pylist()
        if r["measure"] == measure and r["period_start"] is None
    )


def test_an_article_in_another_language_is_left_out_of_naming_alone(tmp_path: Path) -> None:
    study, archive = asked(
        tmp_path,
        "north,2020-01-05,One,The armed Shoal Front met the mayor in the town hall on Monday.\n"
        f'north,2020-01-06,Deux,"{FRENCH}"\n',
    )
    findings = survey(study, archive, processes=1)
    assert whole(findings, "attention")["n_left_out"] == 0
    assert whole(findings, "naming")["n_left_out"] == 1
    assert any(w.startswith("1 article is not in English") for w in findings.about["warnings"])


def test_a_title_without_its_text_is_no_proof_of_silence(tmp_path: Path) -> None:
    study, archive = asked(tmp_path, "north,2020-01-05,Mayor resigns,\nnorth,2020-01-06,Mayor stays,\n")
    findings = survey(study, archive, processes=1)
    assert whole(findings, "attention")["note"] == (
        "2 of the outlet's 2 articles have no text: only their titles could be read"
    )
    assert str(whole(findings, "naming")["note"]).endswith("they have no text, only a title")
    assert any("2 articles are without text" in w for w in findings.about["warnings"])


def test_a_subject_that_no_article_mentions_is_named(tmp_path: Path) -> None:
    study, archive = asked(tmp_path, "north,2020-01-05,One,Nobody came to the town hall.\n")
    warnings = survey(study, archive, processes=1).about["warnings"]
    assert any(w.startswith("no article mentions front") for w in warnings)


ONE = "north,2020-01-05,One,The Shoal Front met.\n"


@pytest.mark.parametrize(
    ("study", "says"),
    [
        ({"period": {"from": "1990-01-01", "to": "1991-01-01"}}, r"none of .* \(1 outside its period\)"),
        ({"where": "zorblax"}, r"none of .* \(1 that its `where` leaves out\)"),
    ],
)
def test_a_study_that_looks_at_no_article_is_refused(
    tmp_path: Path, study: dict[str, object], says: str
) -> None:
    chosen, archive = asked(tmp_path, ONE, **study)
    with pytest.raises(StudyError, match=says):
        survey(chosen, archive, processes=1)


def test_an_archive_without_articles_is_refused(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "a.archive")
    with pytest.raises(StudyError, match="holds no articles"):
        survey(parse_study({"archive": "a.archive", "subject": [FRONT]}), archive, processes=1)


def test_evidence_of_what_is_not_there_is_refused_rather_than_empty(tmp_path: Path) -> None:
    study, archive = asked(tmp_path, "north,2020-01-05,One,The armed Shoal Front met.\n" * 2)
    for words, says in (
        ({"measure": "nming"}, "did you mean 'naming'"),
        ({"measure": "naming", "outlet": "nrth"}, "did you mean 'north'"),
        ({"measure": "naming", "subject": "frnt"}, "did you mean 'front'"),
        ({"measure": "naming", "subject": "front", "category": "othr"}, "did you mean 'other'"),
        ({"measure": "attention", "category": "other"}, "has no categories"),
    ):
        with pytest.raises((UsageError, StudyError), match=says):
            evidence(study, archive, processes=1, **words)


def test_an_absurd_date_does_not_bring_in_every_day_of_three_centuries(tmp_path: Path) -> None:
    study, archive = asked(
        tmp_path,
        "north,1701-01-01,Old,The Shoal Front met.\n"
        "north,2020-01-01,One,The Shoal Front left.\n"
        "north,2020-01-04,Two,The Shoal Front slept.\n",
        period={"by": "day"},
    )
    coverage = survey(study, archive, processes=1).coverage
    days = coverage["period_start"].to_pylist()
    assert days == [dt.date(1701, 1, 1), *(dt.date(2020, 1, day) for day in (1, 2, 3, 4))]
    assert coverage["n_articles"].to_pylist() == [1, 1, 0, 0, 1]
