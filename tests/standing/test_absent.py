"""A notice in place of articles is no text; a text that is an article's is one, however short or alike."""

from __future__ import annotations

from pathlib import Path

from tests.standing.papers import marked, paper, prose

COOKIES = "We use cookies to improve your visit. By going on you accept our terms."
WALL = "This article is for subscribers. Subscribe now for 2 crowns a week to go on reading, or log in."


def test_one_text_under_many_titles(tmp_path: Path) -> None:
    rows = paper("Dispatch", dict.fromkeys(range(6), COOKIES), title="Mayor Hale and quay {n}")
    rows += paper("Tide", {n: prose(n) for n in range(6)}, title="Tide {n}")
    found = marked(tmp_path, rows)
    for row in rows:
        assert found[str(row["title"])] == ([("no article", COOKIES)] if row["outlet"] == "Dispatch" else [])


def test_what_stands_before_a_wall(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: f"{prose(n, 2)} {WALL}" for n in range(6)})
    for row, spans in zip(rows, marked(tmp_path, rows).values(), strict=True):
        assert spans == [("no article", row["text"])]


def test_an_offer_below_whole_articles_is_no_wall(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: f"{prose(n, 1 if n == 3 else 9)}\n\n{WALL}" for n in range(8)})
    assert {span for spans in marked(tmp_path, rows).values() for span in spans} == {("subscription", WALL)}


def test_results_that_differ_in_numbers_are_articles(tmp_path: Path) -> None:
    rows = paper(
        "Dispatch", {n: f"It rained {n + 3} hours, and {n + 9} boats stayed in port." for n in range(9)}
    )
    assert not any(marked(tmp_path, rows).values())


def test_reports_that_differ_in_one_number_are_articles(tmp_path: Path) -> None:
    rows = paper(
        "Dispatch", {n: f"The rebels met in Ostrey, and it was day {n} of the talks." for n in range(9)}
    )
    assert not any(marked(tmp_path, rows).values())


def test_a_page_that_numbers_its_requests(tmp_path: Path) -> None:
    refusal = "Access denied. You have no leave to see this page. Reference 04f{n}0c5051."
    rows = paper("Dispatch", {n: refusal.replace("{n}", str(n)) for n in range(24)})
    assert {kind for spans in marked(tmp_path, rows).values() for kind, _ in spans} == {"no article"}


def test_one_article_under_five_headlines_that_fit_it(tmp_path: Path) -> None:
    rows = paper(
        "Dispatch", {n: prose(7, 2) for n in range(6)}, title="Of the council, the ferry and the {word} {n}"
    )
    found = marked(tmp_path, rows)
    assert not any(kind == "no article" for spans in found.values() for kind, _ in spans)
