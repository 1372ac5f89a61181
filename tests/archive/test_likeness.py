"""Names that look like one outlet, and white space that never makes one."""

from __future__ import annotations

import itertools
import json
import tomllib
from pathlib import Path

import pyarrow as pa
import pytest
import typer
from archive_samples import articles_of, write_jsonl
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.archive.adding import ingest as ingest_module
from masthead.archive.overview.similar_names import alike, plain_outlets
from masthead.cli.archives import archive as commands
from masthead.surveying.checking import suggest
from masthead.surveying.checking.suggest import suggest_study

STRAIT = [
    "Strait Herald",
    "strait herald",
    "STRAIT HERALD",
    "The Strait Herald",
    "Stráit  Herald ",
    "Strait-Herald",
    "StraitHerald",
    "Strait Herald Online",
    "straitherald.example",
    "www.straitherald.example",
    "https://www.straitherald.example/",
]


def test_spellings_of_one_paper_look_alike() -> None:
    assert alike([*STRAIT, "Harbour Post"]) == [tuple(sorted(STRAIT))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Harbour", "harbour"),
        ("Post & Herald", "Post and Herald"),
        ("St. Orme Echo", "St Orme Echo"),
        ("People's Echo", "Peoples Echo"),
        ("El País", "elpais.example"),
        ("The Harbour", "theharbour.example"),
        ("Harbour Post", "harbour-post.co.uk"),
        ("ГАВАНЬ", "Гавань"),
        ("Ｈarbour", "Harbour"),
        ("Har\u200bbour", "Harbour"),
    ],
)
def test_two_names_look_alike(one: str, other: str) -> None:
    assert alike([one, other]) == [tuple(sorted([one, other]))]


# Pairs of papers that exist, and that differ by as little as these.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Times", "Times of India"),
        ("The Times", "The Sunday Times"),
        ("Post", "Daily Post"),
        ("Post", "Post Online"),
        ("Mail", "Mail Online"),
        ("Herald", "Morning Herald"),
        ("The Strait Herald", "The Strait Herald Tribune"),
        ("Channel 4", "Channel 5"),
        ("Strait 24", "Strait 2"),
        ("post.example", "post.test"),
        ("post.co.uk", "post.ie"),
        ("news.post.example", "sport.post.example"),
        ("hosting.example/post", "hosting.example/herald"),
        ("thermal.example", "Rmal Post"),
        ("C", "C+"),
        ("Чай", "Чаи"),
        ("!", "?"),
    ],
)
def test_two_papers_do_not(one: str, other: str) -> None:
    assert alike([one, other]) == []


def test_an_address_tells_nothing_where_papers_of_two_countries_share_a_name() -> None:
    names = ["The Strait", "strait.co.uk", "www.strait.co.uk", "strait.ie"]
    assert alike(names) == [("strait.co.uk", "www.strait.co.uk")]


relaxed = settings(deadline=None)
words = st.text(st.sampled_from("abcdefgé漢я1"), min_size=1, max_size=6).filter(
    lambda w: w not in ("the", "online")
)
paper = st.lists(words, min_size=1, max_size=4)


@relaxed
@given(
    st.lists(st.sampled_from(STRAIT) | st.text(max_size=12) | paper.map(" ".join), max_size=25), st.randoms()
)
def test_groups_are_apart_and_know_no_order(names: list[str], random: object) -> None:
    groups = alike(names)
    members = list(itertools.chain(*groups))
    assert len(members) == len(set(members))
    assert set(members) <= set(names)
    assert all(len(group) > 1 for group in groups)
    random.shuffle(names)  # type: ignore[attr-defined]
    assert alike(names) == groups


@relaxed
@given(
    paper, st.sampled_from([" ", "-", "  ", " - ", "\u00a0"]), st.sampled_from([str, str.upper, str.title])
)
def test_capitals_marks_and_the_article_make_no_paper(name: list[str], between: str, cased: object) -> None:
    plain, other = " ".join(name), "The " + cased(between.join(name))  # type: ignore[operator]
    assert alike([plain, other]) == [tuple(sorted([plain, other]))]


@relaxed
@given(paper, paper)
def test_other_letters_make_another_paper(one: list[str], other: list[str]) -> None:
    bare = ["".join(words).replace("é", "e") for words in (one, other)]
    if bare[0] != bare[1]:
        assert alike([" ".join(one), " ".join(other)]) == []


@relaxed
@given(st.text(st.sampled_from("Ab \t\n\x0b\x85\u00a0\u2003\u3000"), max_size=12))
def test_white_space_is_single_blanks_within(name: str) -> None:
    assert plain_outlets(pa.array([name])).to_pylist() == [" ".join(name.split())]


def rows(*outlets: str) -> list[dict[str, str]]:
    return [
        {"outlet": o, "published": "2016", "title": "T", "text": f"Text {i}."} for i, o in enumerate(outlets)
    ]


def test_white_space_makes_no_outlet(archive: Archive, tmp_path: Path) -> None:
    archive.add(
        write_jsonl(tmp_path / "a.jsonl", rows("Harbour Post", " Harbour  Post", "Harbour\u00a0Post\t"))
    )
    assert {row["outlet"] for row in articles_of(archive)} == {"Harbour Post"}


def test_what_an_older_archive_holds_is_not_added_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_jsonl(tmp_path / "a.jsonl", rows("Harbour  Post", "Harbour Post", ""))
    with monkeypatch.context() as older:
        older.setattr(ingest_module, "plain_outlets", lambda outlets: outlets)
        archive.add(path)
    assert {row["outlet"] for row in articles_of(archive)} == {"Harbour  Post", "Harbour Post"}
    report = archive.add(path)
    assert (report.kept, report.duplicate, report.refused) == (0, 2, 1)


def test_adding_and_info_say_which_names_look_alike(tmp_path: Path) -> None:
    app = typer.Typer()
    commands.register(app)
    path = tmp_path / "a.archive"
    file = write_jsonl(tmp_path / "a.jsonl", rows("The Harbour Post", "harbour post", "Strait Herald"))
    added = CliRunner().invoke(app, ["add", str(path), str(file), "--json"])
    assert json.loads(added.stdout)["alike"] == [["The Harbour Post", "harbour post"]]
    assert "'The Harbour Post', 'harbour post'" in added.stderr
    assert (
        "'The Harbour Post', 'harbour post'" in CliRunner().invoke(app, ["archive", "info", str(path)]).stdout
    )
    again = CliRunner().invoke(app, ["add", str(path), str(file)])
    assert "harbour post" not in again.stderr


def test_a_new_study_puts_spellings_under_one_outlet(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlets = ["harbour post", "The Harbour Post", "harbourpost.example", "Strait Herald", "Strait Herald"]
    archive.add(write_jsonl(tmp_path / "a.jsonl", rows(*outlets)))
    suggestion = suggest_study(archive, archive.path, tmp_path / "study.toml")
    told = {outlet["name"]: outlet["match"] for outlet in tomllib.loads(suggestion.toml)["outlet"]}
    assert told == {
        "The Harbour Post": ["The Harbour Post", "harbour post", "harbourpost.example"],
        "Strait Herald": ["Strait Herald"],
    }
    assert suggestion.lists_outlets
    assert suggestion.alike == [("The Harbour Post", "harbour post", "harbourpost.example")]
    (line,) = [line for line in suggestion.toml.splitlines() if "harbourpost.example" in line]
    assert "#" in line
    monkeypatch.setattr(suggest, "LISTED", 1)
    whole = suggest_study(archive, archive.path, tmp_path / "study.toml")
    assert not whole.lists_outlets
    assert "outlet" not in tomllib.loads(whole.toml)
    assert '"harbour post"' in whole.toml
