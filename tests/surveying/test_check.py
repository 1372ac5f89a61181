"""The check of a study: what its words catch, miss and take in wrongly."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.study import parse_study
from masthead.surveying.checking.check import SHOWN, StudyCheck, check_study


def checked(folder: Path, texts: list[str], *subjects: dict[str, Any]) -> StudyCheck:
    rows = {
        "outlet": ["Coast Herald"] * len(texts),
        "published": ["2021-03-01"] * len(texts),
        "title": [f"Item {number}" for number in range(len(texts))],
        "text": texts,
        "language": ["en"] * len(texts),
    }
    pq.write_table(pa.table(rows), folder / "source.parquet")
    archive = Archive.create(folder / "a.archive")
    archive.add(folder / "source.parquet", mapping={name: name for name in rows})
    told = [{"kind": "actor", **subject} for subject in subjects]
    # These articles are much alike, and stand for as many that are not.
    study = {"archive": "a.archive", "subject": told, "standing": "count", "repeats": "count"}
    return check_study(parse_study(study), archive, processes=1)


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> StudyCheck:
    often = "Ilmar was calm. Ilmar was quiet. Ilmar slept. The rebels met, and the rebels ate."
    texts = [
        *(f"{often} It was day {day}." for day in range(15)),
        "A shop in Ilmar Street burnt. Ilmar City Council’s clerk said so.",
        "The old shop in Ilmar Street burnt. Ilmar City Council had no comment. Mayor Ilmar said no.",
        "Lake Ilmar is frozen. The shop near Lake Ilmar was shut by Ilmarians.",
        "The frozen Lake Ilmar was empty. ILMARIANS WERE ANGRY.",
        *["Старый город Ильмар посетил порт.", "ראש העיר סאלם ביקר בנמל הישן."] * 2,
        *["Мэр Ильмар приехал в порт."] * 2,
        "The Lynx rebels fled. Three rebels of Lynx were caught.",
        "The rebels loyal to Lynx fled again. X was not there.",
        "The Reed Front met. Two Reed Fronters left. The Marsh Leagues met.",
        "A Reed\nFronters’ march. REED FRONTERS LEFT. The Reed Frontline is no front.",
        "Minister Han Seo-jun came. Han said so, and Seo-jun left.",
    ]
    return checked(
        tmp_path_factory.mktemp("check"),
        texts,
        {"id": "ilmar", "kind": "place", "aliases": ["Ilmar", "Ильмар", "סאלם"], "exclude": ["Ilmar Post"]},
        {"id": "rebels", "aliases": ["rebels", "X"]},
        {"id": "both", "aliases": ["rebels"]},
        {"id": "reed", "aliases": ["Reed Front", "Marsh League*", "Reed Frontline"]},
        {"id": "han", "person": True, "aliases": ["Han Seo-jun"]},
    )


def test_mentions_are_drawn_one_an_article_and_anew_for_each_alias(check: StudyCheck) -> None:
    drawn = {(c.subject, c.alias): [m.article_id for m in c.mentions] for c in check.aliases}
    assert len(drawn["ilmar", "Ilmar"]) == len(drawn["rebels", "rebels"]) == SHOWN
    assert all(len(set(articles)) == len(articles) for articles in drawn.values())
    assert drawn["ilmar", "Ilmar"] != drawn["rebels", "rebels"]


def test_longer_names_that_hold_an_alias(check: StudyCheck) -> None:
    assert dict(check.longer_names["ilmar"]) == {"Ilmar Street": 2, "Ilmar City Council": 2, "Lake Ilmar": 2}


def test_longer_words_that_no_alias_covers(check: StudyCheck) -> None:
    assert check.longer_words == {"ilmar": [("Ilmarians", 2)], "reed": [("Reed Fronters", 2)]}
    assert any("Reed Fronters (2)" in remark for remark in check.remarks)


def test_a_noun_beside_names_that_no_subject_covers(check: StudyCheck) -> None:
    assert check.beside["rebels", "rebels"] == [("Lynx", 2)]


def test_remarks_name_shared_aliases_and_single_letters(check: StudyCheck) -> None:
    about = {
        word: [r for r in check.remarks if word in r] for word in ("'rebels', 'both'", "one letter", "Lynx")
    }
    assert [len(remarks) for remarks in about.values()] == [1, 1, 2]
    assert "alias 'X'" in about["one letter"][0]


def test_words_of_a_full_name_that_stand_alone_and_do_not_count(check: StudyCheck) -> None:
    (remark,) = [r for r in check.remarks if "full name" in r]
    assert "'han'" in remark
    assert "Seo-jun (1)" in remark
    assert "Han (" not in remark


def test_the_guess_which_is_the_family_name_is_told(check: StudyCheck) -> None:
    (remark,) = [r for r in check.remarks if "a family name" in r]
    assert "'Han Seo-jun'" in remark
    assert "'Han' counts" in remark


def test_the_check_as_plain_data(check: StudyCheck) -> None:
    assert check.as_dict()["beside"]["rebels"]["rebels"] == [("Lynx", 2)]
