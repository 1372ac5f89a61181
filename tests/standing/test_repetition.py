"""What an outlet prints again and again is marked where chance cannot explain it, and articles are not eaten."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standing.papers import marked, paper, prose

FOOT = "\n\nThe Harbour Dispatch is set in Ilmar by the Quay Press\nLetters go to 4 Rope Walk"


def test_a_footer_in_any_words(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: prose(n) + FOOT for n in range(6)})
    for spans in marked(tmp_path, rows).values():
        assert spans == [("footer", FOOT.strip())]


def test_four_articles_show_nothing(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: prose(n) + FOOT for n in range(4)})
    assert not any(marked(tmp_path, rows).values())


def test_one_day_shows_nothing_where_there_are_more(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: prose(n) for n in range(20)})
    for row in rows[:6]:
        row.update(text=f"{row['text']}{FOOT}", published="2021-01-01")
    assert not any(marked(tmp_path, rows).values())


def test_a_template_is_known_by_what_stays(tmp_path: Path) -> None:
    names = ("Ann Lee", "Bo Tarn", "Cy Marsh Hill", "Dee Orr", "Ed Pike", "Flo Quist")
    rows = paper(
        "Dispatch",
        {n: f"{prose(n)}\n\nthoughts to {name} at the desk by noon" for n, name in enumerate(names)},
    )
    for name, spans in zip(names, marked(tmp_path, rows).values(), strict=True):
        assert spans == [("footer", f"thoughts to {name} at the desk by noon")]


def test_a_new_footer_is_known_though_most_articles_lack_it(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: prose(n) + (FOOT if n >= 50 else "") for n in range(60)})
    found = marked(tmp_path, rows)
    assert [bool(found[str(row["title"])]) for row in rows] == [n >= 50 for n in range(60)]


BACKGROUND = "The strike of the harbour pilots began in March after the council had cut their pay by a third."


@pytest.mark.parametrize("where", ["within", "last"])
def test_background_is_the_outlets_own(tmp_path: Path, where: str) -> None:
    """Twenty stories on one subject have it, forty on others do not."""
    texts = {}
    for n in range(60):
        paragraphs = [prose(10 * n + k, 2) for k in range(4)]
        if n % 3 == 0:
            paragraphs.insert(4 if where == "last" else 1 + n % 4, BACKGROUND)
        texts[n] = "\n\n".join(paragraphs)
    rows = paper("Dispatch", texts)
    for n, row in enumerate(rows):
        row["title"] = f"Pilots stay away, day {n}" if n % 3 == 0 else row["title"]
    assert not any(marked(tmp_path, rows).values())


@pytest.mark.parametrize("of", [12, 20])
def test_background_on_a_line_of_its_own_below_every_article_is_the_outlets_own(
    tmp_path: Path, of: int
) -> None:
    said = (
        "The Reed Front, a militia that the court banned in 2014, controls the northern harbours of Ostrey."
    )
    found = marked(tmp_path, paper("Dispatch", {n: f"{prose(n, 4)}\n\n{said}" for n in range(of)}))
    assert not any(found.values())


@pytest.mark.parametrize("blank", [" ", "\n\n"])
def test_who_owns_a_paper_is_no_news_of_the_owner(tmp_path: Path, blank: str) -> None:
    said = "The Dispatch is owned by the Tomas Hale Foundation."
    found = marked(
        tmp_path, paper("Dispatch", {n: prose(n, 5) + (blank + said if n > 14 else "") for n in range(30)})
    )
    assert {span for spans in found.values() for span in spans} == {("footer", said)}
    assert sum(map(bool, found.values())) == 15


def test_a_short_article_is_no_footer(tmp_path: Path) -> None:
    rows = paper(
        "Dispatch",
        {n: f"Rain fell on {n} of the {30 - n} quays of {word}." for n, word in enumerate("abcdefgh")},
    )
    assert not any(marked(tmp_path, rows).values())


def test_one_outlets_footer_is_another_outlets_text(tmp_path: Path) -> None:
    line = "Letters go to 4 Rope Walk"
    rows = paper("Dispatch", {n: f"{prose(n)}\n\n{line}" for n in range(8)})
    rows += paper(
        "Tide",
        {n: f"{prose(100 + n)}\n\n{line if n == 3 else prose(200 + n, 1)}" for n in range(8)},
        "Tide {n}",
    )
    found = marked(tmp_path, rows)
    assert {title for title, spans in found.items() if spans} == {str(row["title"]) for row in rows[:8]}


def test_what_one_article_says_in_versions_stays(tmp_path: Path) -> None:
    """Five versions of one article on five days, among others, are no template."""
    rows = paper("Dispatch", {n: prose(n) for n in range(5, 25)})
    body = [
        f"{prose(77, 1)[:-1]} in the {word} row."
        for word in ("first", "second", "third", "fourth", "fifth", "sixth")
    ]
    for n in range(5):
        rows.append(
            {**rows[n], "title": f"Bridge shut, version {n}", "text": "\n\n".join([*body, prose(300 + n, 1)])}
        )
    assert not any(marked(tmp_path, rows).values())


def test_links_below_are_the_titles_of_others(tmp_path: Path) -> None:
    rows = paper("Dispatch", {n: prose(n) for n in range(8)}, title="Mayor Hale and the {word} of quay {n}")
    for n, row in enumerate(rows[3:], 3):
        row["text"] = f"{row['text']}\n\n{rows[n - 1]['title']}\n{rows[n - 2]['title']}"
    found = marked(tmp_path, rows)
    for n, row in enumerate(rows):
        links = [("links", f"{rows[n - 1]['title']}\n{rows[n - 2]['title']}")] if n >= 3 else []
        assert found[str(row["title"])] == links
