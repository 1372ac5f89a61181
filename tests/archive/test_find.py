"""Keyword in context: what matches, where it stands, and the counts beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from archive_samples import articles_of, write_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.archive import Archive
from masthead.archive import parts as parts_module
from masthead.archive.overview.find import CONTEXT, finder_of
from masthead.errors import UsageError

ROWS = [
    ("Post", "2016-04-06", "Barrel bombs fell", "A barrel\nbomb fell on Monday. The barrel bombing went on."),
    ("Post", "2016-04-20", "Nothing", "Nothing fell. Barrels, bombs."),
    ("Herald", "2016-05-01", "BARREL BOMB", "Élan: the US asked us; NATO's and Nato’s own."),
    ("Herald", "", "Undated", "One more Barrel Bomb."),
]


@pytest.fixture
def filled(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    monkeypatch.setattr(parts_module, "PART_ROWS", 3)
    names = ("outlet", "published", "title", "text")
    archive.add(write_csv(tmp_path / "a.csv", [dict(zip(names, row, strict=True)) for row in ROWS]))
    return archive


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("bomb", "bomb Bomb BOMB bombs a-bomb bomb_ ébomb bombé", ["bomb", "Bomb", "BOMB", "bomb"]),
        ("bomb*", "bombs bombardé abomb", ["bombs", "bombardé"]),
        ("barrel bomb*", "barrel  bombs, barrel\nbomb; barrel, bomb", ["barrel  bombs", "barrel\nbomb"]),
        ("barrel* bomb", "barrels bomb", ["barrels bomb"]),
        ("O’Neil", "O'Neil O’Neil O‘Neil ONeil", ["O'Neil", "O’Neil", "O‘Neil"]),
        ("al-Nahda", "al‑Nahda al–Nahda al Nahda", ["al‑Nahda", "al–Nahda"]),
        ("café", "cafe\u0301 café cafe", ["cafe\u0301", "café"]),
        ("US", "US us Us USA U.S.", ["US"]),
        ("Aleppo", "Aleppo ALEPPO aleppo", ["Aleppo", "ALEPPO"]),
        ("élan", "ÉLAN élan elan", ["ÉLAN", "élan"]),
        ("don't", "don't don’t dont", ["don't", "don’t"]),
        ("c++", "c++ c+", ["c++"]),
        ("a.b", "a.b axb", ["a.b"]),
        ("حلب", "في حلب اليوم", ["حلب"]),
    ],
)
def test_patterns(pattern: str, text: str, matches: list[str]) -> None:
    assert [text[a:b] for a, b in finder_of(pattern).spans(text)] == matches


def test_the_case_rule_can_be_set() -> None:
    assert finder_of("US", "ignore").spans("ask us")
    assert not finder_of("Bomb", "exact").spans("bomb")


@pytest.mark.parametrize("pattern", ["", "  ", "*", "a*", "...", "bo*mb"])
def test_a_pattern_that_is_empty_or_matches_everything_is_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="the pattern cannot be used"):
        finder_of(pattern)


def test_hits_in_context(filled: Archive) -> None:
    found = filled.find("barrel bomb*")
    assert [(h.outlet, h.field, h.match) for h in found.hits] == [
        ("Herald", "title", "BARREL BOMB"),
        ("Herald", "text", "Barrel Bomb"),
        ("Post", "title", "Barrel bombs"),
        ("Post", "text", "barrel bomb"),
        ("Post", "text", "barrel bombing"),
    ]
    assert found.hits[3].left == "A "
    assert found.hits[3].right == " fell on Monday. The barrel bombing went on."
    assert (found.n_hits, found.n_matching, found.n_articles) == (5, 3, 4)


def test_counts_per_outlet_and_month(filled: Archive) -> None:
    assert filled.find("barrel bomb*").counts == [
        ("Herald", "2016-05", 1, 1),
        ("Herald", None, 1, 1),
        ("Post", "2016-04", 1, 2),
    ]


def test_offsets_are_code_points_of_the_field(filled: Archive) -> None:
    texts = {str(row["article_id"]): row for row in articles_of(filled)}
    for pattern in ("barrel bomb*", "own", "Nato's", "élan"):
        hits = filled.find(pattern).hits
        assert hits
        for hit in hits:
            words = str(texts[hit.article_id][hit.field])[hit.start : hit.end]
            assert " ".join(words.split()) == hit.match


def test_outlets_and_days_narrow(filled: Archive) -> None:
    assert filled.find("bomb*", outlets=["Herald"]).n_articles == 2
    assert filled.find("bomb*", outlets=["herald", "Post"]).n_articles == 4
    april = filled.find("fell", start=dt.date(2016, 4, 6), end=dt.date(2016, 4, 20))
    assert (april.n_matching, april.n_articles) == (2, 2)
    assert filled.find("fell", start=dt.date(2016, 4, 7)).n_articles == 2


def test_an_outlet_that_is_not_there_names_the_nearest(filled: Archive) -> None:
    with pytest.raises(UsageError, match=r"no outlet 'Herold'.*did you mean 'Herald'\?"):
        filled.find("bomb", outlets=["Herold"])


def test_a_limit_takes_the_same_sample_every_time(filled: Archive) -> None:
    whole = filled.find("barrel bomb*")
    some = filled.find("barrel bomb*", limit=2)
    assert (some.n_hits, len(some.hits)) == (5, 2)
    assert some.hits == filled.find("barrel bomb*", limit=2).hits
    assert set(some.hits) <= set(whole.hits)
    assert some.counts == whole.counts
    assert filled.find("barrel bomb*", limit=0).hits == []


def test_an_empty_archive_has_nothing(archive: Archive) -> None:
    found = archive.find("bomb")
    assert (found.hits, found.n_articles, found.counts) == ([], 0, [])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(["bomb", "Bomb", "bombs", "barrel", "é", "-", ".", "\n", " ", "US", "us"]),
        max_size=25,
    ),
    st.sampled_from(["bomb", "bomb*", "barrel bomb", "US", "barrel* bomb*"]),
)
def test_matches_are_whole_words(pieces: list[str], pattern: str) -> None:
    text = "".join(pieces)
    for start, end in finder_of(pattern).spans(text):
        before, after = text[:start][-1:], text[end:][:1]
        assert not before.isalnum()
        assert not after.isalnum()
        assert len(text[start:end].split()) == len(pattern.split())


def test_context_is_bounded(archive: Archive, tmp_path: Path) -> None:
    row = {"outlet": "A", "published": "", "title": "T", "text": "x" * 500 + " ferry " + "y" * 500}
    archive.add(write_csv(tmp_path / "a.csv", [row]))
    (hit,) = archive.find("ferry").hits
    assert (len(hit.left), len(hit.right)) == (CONTEXT, CONTEXT)


def test_an_accent_of_two_characters_is_found_in_the_archive(archive: Archive, tmp_path: Path) -> None:
    row = {"outlet": "Post", "published": "", "title": "Late", "text": "Jose\u0301 O’Neil left."}
    archive.add(write_csv(tmp_path / "a.csv", [row]))
    assert archive.find("José O'Neil").n_hits == archive.find("Jose\u0301 O'Neil").n_hits == 1
