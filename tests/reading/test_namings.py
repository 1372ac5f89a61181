"""The words that label a mention, on sentences in many shapes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from masthead.study import Study
from tests.reading.conftest import FRONT, LEAGUE, OPPOSITION, Rows, make_articles, make_study, told
from tests.reading.naming_cases import CASES

ALL = [(shape, sentence, expected) for shape, cases in CASES.items() for sentence, expected in cases]


@pytest.fixture(scope="module")
def read_all(read_articles: Callable[..., Rows], study: Study) -> dict[str, Rows]:
    """Every case read in one go, as the articles of one archive would be."""
    articles = make_articles(*({"article_id": s, "text": s} for _, s, _ in ALL))
    rows: dict[str, Rows] = {sentence: [] for _, sentence, _ in ALL}
    for row in read_articles(articles, study):
        rows[row["article_id"]].append(row)
    return rows


def test_there_are_many_cases() -> None:
    assert len({sentence for _, sentence, _ in ALL}) == len(ALL) >= 120


@pytest.mark.parametrize(("shape", "sentence", "expected"), ALL, ids=[s for _, s, _ in ALL])
def test_labels(read_all: dict[str, Rows], shape: str, sentence: str, expected: str) -> None:
    assert told(read_all[sentence]) == expected


KINDS = [
    ("Islamist Corvan League fighters fled.", "league[islamist/modifier fighter/head]"),
    ("President Dana Marsh spoke.", "marsh[president/title]"),
    ("Corvan League, an Islamist group, fled.", "league[islamist/apposition group/apposition]"),
    ("The Corvan League is a militia.", "league[militia/predicate]"),
    ("They called the Corvan League a gang.", "league[gang/naming-verb]"),
    ("The so-called Corvan League fled.", "league[so-called/naming-verb]"),
    ("Moderate rebels fled.", "opposition[moderate/modifier rebel/family]"),
    ("The fall of Ostra shocked many.", "siege[fall/family]"),
]


@pytest.mark.parametrize(("sentence", "expected"), KINDS)
def test_a_label_says_how_it_labels(
    read_articles: Callable[..., Rows], study: Study, sentence: str, expected: str
) -> None:
    rows = [row for row in read_articles(make_articles({"text": sentence}), study) if row["refers"]]
    assert told(rows, kinds=True) == expected


def test_offsets_are_of_the_words_as_published(read_all: dict[str, Rows]) -> None:
    for sentence, rows in read_all.items():
        for row in rows:
            assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"] <= len(sentence)
            if row["label"] is None:
                continue
            published = sentence[row["label_start"] : row["label_end"]].lower()
            assert published[:2] == row["label"][:2]
            assert row["sentence_start"] <= row["label_start"] < row["label_end"] <= row["sentence_end"]


def test_a_label_knows_whose_voice_it_is_in(read_articles: Callable[..., Rows], study: Study) -> None:
    text = 'The minister called the Corvan League "a gang". “The Corvan League is a militia,” he said.'
    rows = read_articles(make_articles({"text": text}), study)
    assert [(r["label"], r["quoted"], r["label_quoted"]) for r in rows] == [
        ("gang", False, True),
        ("militia", True, True),
    ]


DISTANT = [
    ("The so-called militia Corvan League won.", {"so-called", "militia"}),
    ("The alleged militia Corvan League won.", {"alleged", "militia"}),
    ("Critics call the Corvan League a militia.", {"militia"}),
    ("The Corvan League was branded a gang by the council.", {"gang"}),
    ("The Corvan League calls itself a party.", {"party"}),
    ("Critics say the Corvan League is a gang.", {"gang"}),
    ("The Corvan League is seen as a gang.", set()),
    ("The Corvan League is a militia.", set()),
    ("Critics say the militia Corvan League won.", set()),
    ("We call the Corvan League a gang.", set()),
    ("The notorious Corvan League is a so-called party.", {"so-called", "party"}),
]


@pytest.mark.parametrize(("sentence", "others"), DISTANT)
def test_what_others_call_it_is_not_the_outlets_own_word(
    read_articles: Callable[..., Rows], study: Study, sentence: str, others: set[str]
) -> None:
    rows = read_articles(make_articles({"text": sentence}), study)
    assert {row["label"] for row in rows if row["label_quoted"]} == others
    assert any(row["label"] for row in rows)


def test_a_people_that_the_article_is_about_may_be_the_nouns_own(
    read_articles: Callable[..., Rows], study: Study
) -> None:
    text = "Estrava is at war. Estravan rebels left. The Estravan army stayed."
    rows = read_articles(make_articles({"text": text}), study)
    assert [row["label"] for row in rows if row["subject"] == "opposition"] == ["estravan", "rebel"]
    of_others = make_study({**LEAGUE, "aliases": ["Estravan League"]}, OPPOSITION)
    rows = read_articles(make_articles({"text": text}), of_others)
    assert [row["refers"] for row in rows if row["subject"] == "opposition"] == [False]
    of_ours = make_study({**OPPOSITION, "aliases": ["Free Estravan Army", "rebels"]})
    rows = read_articles(make_articles({"text": "Estravan rebels left."}), of_ours)
    assert [row["refers"] for row in rows] == [True, True]


def test_a_name_in_small_letters_is_a_name(read_articles: Callable[..., Rows]) -> None:
    study = make_study({**FRONT, "aliases": [{"text": "Ferry Party", "case": "ignore"}]})
    rows = read_articles(make_articles({"text": "The ferry party candidate won."}), study)
    assert [row["label"] for row in rows] == [None]


def test_the_army_of_a_people_is_an_army(read_articles: Callable[..., Rows]) -> None:
    study = make_study({**FRONT, "aliases": ["Tellan Army", "Free Tellan Army"]})
    rows = read_articles(make_articles({"text": "The Tellan Army met the Free Tellan Army."}), study)
    assert [row["label"] for row in rows] == ["army", None]


def test_a_headline_in_capitals_is_read_as_a_sentence(
    read_articles: Callable[..., Rows], study: Study
) -> None:
    text = "The army said that rebels had attacked a town. Corvan League fighters were there."
    for title in ("Corvan League Fighters Attack Town With Rebels", "CORVAN LEAGUE FIGHTERS ATTACK TOWN"):
        rows = read_articles(make_articles({"title": title, "text": text}), study)
        in_title = [row for row in rows if row["field"] == "title" and row["subject"] == "league"]
        assert [row["label"] for row in in_title] == ["fighter"]
        assert title[in_title[0]["label_start"] : in_title[0]["label_end"]].lower() == "fighters"


def test_an_article_in_another_language_has_names_but_no_labels(
    read_articles: Callable[..., Rows], study: Study
) -> None:
    text = "President Dana Marsh traf die Corvan League und rebels."
    for language, labelled in (("de", False), ("en", True), ("en-GB", True), (None, True)):
        rows = read_articles(make_articles({"text": text, "language": language}), study)
        assert {row["subject"] for row in rows if row["refers"]} >= {"marsh", "league"}
        assert any(row["label"] for row in rows) is labelled
    rows = read_articles(make_articles({"text": text, "language": "de"}), study)
    assert {row["refers"] for row in rows if row["generic"]} == {True}


def test_no_article_and_no_mention_give_an_empty_table(
    read_articles: Callable[..., Rows], study: Study
) -> None:
    assert read_articles(make_articles(), study) == []
    assert read_articles(make_articles({"text": "", "title": ""}, {"text": "Nobody here."}), study) == []


def test_two_aliases_for_the_same_words_name_both_subjects(read_articles: Callable[..., Rows]) -> None:
    umbrella = {"id": "actors", "kind": "actor", "aliases": ["Corvan League", "Tellan Front"]}
    study = make_study(LEAGUE, FRONT, umbrella)
    rows = read_articles(make_articles({"text": "The terrorist group Corvan League fled."}), study)
    assert told(rows) == "league[terrorist group]; actors[terrorist group]"


def test_a_generic_alias_of_one_subject_labels_another(read_articles: Callable[..., Rows]) -> None:
    study = make_study(LEAGUE, OPPOSITION)
    rows = read_articles(
        make_articles({"text": "The army said the Corvan League was a gang of rebels."}), study
    )
    assert told(rows) == "league[gang rebel]; opposition~"
