"""Standing text counts nowhere, unless a study asks for it; what it tells of place and agency stays told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead.archive import Archive
from masthead.archive.store import read_parquet
from masthead.findings.findings import Findings
from masthead.links.reuse import read_reuse
from masthead.measuring.counting import counted
from masthead.study import Study, parse_study
from masthead.surveying import survey
from masthead.surveying.pages import write_dossier
from masthead.surveying.sources import evidence
from tests.archives import archive_of
from tests.standing.papers import paper, prose

STUDY: dict[str, Any] = {
    "archive": "unused",
    "measures": ["attention", "naming"],
    "subject": [
        {"id": "ilmar", "name": "Port Ilmar", "kind": "place", "aliases": ["Port Ilmar"]},
        {"id": "front", "kind": "actor", "aliases": ["Reed Front"], "categories": {"militia": ["militia"]}},
    ],
}


def _study(**more: Any) -> Study:
    return parse_study({**STUDY, **more})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The Herald opens eight of ten articles in Port Ilmar, the Tide writes about it in two of ten."""
    herald = {n: f"{'PORT ILMAR (HNA) — ' if n < 8 else ''}{prose(n, 3)}" for n in range(10)}
    tide = {n: f"{prose(50 + n, 3)}{' Port Ilmar slept.' if n < 2 else ''}" for n in range(10)}
    tide[5] = f"CORRECTED: The Reed Front is a party, not a militia as we wrote. {prose(90, 3)}"
    rows = [*paper("Herald", herald, "Herald {word} {n}"), *paper("Tide", tide, "Tide {word} {n}")]
    return archive_of(tmp_path_factory.mktemp("standing"), rows)


@pytest.fixture(scope="module")
def findings(archive: Archive) -> Findings:
    return survey(_study(), archive)


def _named(findings: Findings, subject: str) -> dict[str, int]:
    return {
        row["outlet"]: int(row["numerator"])
        for row in findings.estimates.to_pylist()
        if (row["measure"], row["subject"], row["wire"]) == ("attention", subject, "with")
        and row["period_start"] is None
    }


def test_datelines_are_no_coverage(findings: Findings) -> None:
    assert _named(findings, "ilmar") == {"herald": 0, "tide": 2}


def test_a_study_counts_them(archive: Archive) -> None:
    assert _named(survey(_study(standing="count"), archive), "ilmar") == {"herald": 8, "tide": 2}


def test_what_would_move_is_said(findings: Findings) -> None:
    assert findings.about["standing"]["moved"] == [
        {"outlet": "herald", "subject": "ilmar", "n": 10, "named": 0, "only": 8, "kinds": {"dateline": 8}}
    ]
    assert any("8 of 8 articles that name Port Ilmar" in warning for warning in findings.about["warnings"])


def test_a_second_survey_reads_what_is_kept(archive: Archive, findings: Findings) -> None:
    kept = sorted((archive.path / "links" / "standing").rglob("*.parquet"))
    times = [path.stat().st_mtime_ns for path in kept]
    again = survey(_study(), archive)
    assert again.about["figures_hash"] == findings.about["figures_hash"]
    assert [path.stat().st_mtime_ns for path in kept] == times
    assert len(kept) == 1


def test_counting_twice_is_counting_once(archive: Archive) -> None:
    once = counted(archive, _study())
    assert [part.hash for part in counted(once, _study()).parts()] == [part.hash for part in once.parts()]
    assert once.hash == archive.hash


def test_datelines_still_credit_the_agency(archive: Archive) -> None:
    whole, some = (
        read_parquet(read_reuse(one).articles).select(["article_id", "agency"])
        for one in (archive, counted(archive))
    )
    assert whole.equals(some)


def test_evidence_shows_what_does_not_count(archive: Archive, findings: Findings, tmp_path: Path) -> None:
    (row,) = evidence(_study(), archive, measure="attention", subject="front").to_pylist()
    start, end = (int(place) - row["snippet_start"] for place in row["standing"].split("-"))
    assert row["snippet"][start:end] == ", not a militia as we wrote"
    findings.save(tmp_path)
    write_dossier(findings, tmp_path)
    page = (tmp_path / "evidence" / "front--tide.html").read_text(encoding="utf-8")
    assert '">, not a militia as we wrote</span>' in page
    assert "8 datelines" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_the_name_that_a_study_gives_an_outlet_is_no_mention_before_its_titles(tmp_path: Path) -> None:
    rows = [
        {**row, "title": f"Varn Eye: word {n}"}
        for n, row in enumerate(paper("ve2", {n: prose(n, 3) for n in range(3)}))
    ]
    study = _study(
        outlet=[{"id": "eye", "name": "Varn Eye", "match": ["ve2"]}],
        subject=[{"id": "varn", "kind": "place", "aliases": ["Varn"]}],
    )
    archive = archive_of(tmp_path, rows)
    assert _named(survey(study, archive), "varn") == {"eye": 0}
    counting = parse_study({**study.model_dump(by_alias=True), "standing": "count"})
    assert _named(survey(counting, archive), "varn") == {"eye": 3}
