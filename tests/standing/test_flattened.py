"""Bylines and datelines glued to the first sentence, and sentences that only look so."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.links.standing.flattened import lead_of
from tests.standing.papers import marked, paper, prose


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("By Tomas Hale The ferry stays in port.", "By Tomas Hale"),
        ("By Tomas K. Hale In Ostrey the ferry stays in port.", "By Tomas K. Hale"),
        ("By Greta van Varn A ferry stays in port.", "By Greta van Varn"),
        ("BY TOMAS HALE The ferry stays in port.", "BY TOMAS HALE"),
        ("By Tomas Hale and Greta Varn The ferry stays in port.", "By Tomas Hale and Greta Varn"),
        ("By Tomas Hale in Ostrey The ferry stays in port.", "By Tomas Hale in Ostrey"),
        ("By Tomas Hale, Staff Writer The ferry stays in port.", "By Tomas Hale, Staff Writer"),
        (
            "By Tomas Hale, political correspondent Ferries stay in port.",
            "By Tomas Hale, political correspondent",
        ),
        ("By Tomas Hale, Coast Wire The ferry stays in port.", "By Tomas Hale, Coast Wire"),
        ("By Tomas Hale | Ferries stay in port.", "By Tomas Hale |"),
        ("By Tomas Hale — “Ferries stay in port,” Varn said.", "By Tomas Hale —"),
        ("TOMAS HALE | The ferry stays in port.", "TOMAS HALE |"),
        ("Tomas Hale, Staff Writer | The ferry stays in port.", "Tomas Hale, Staff Writer |"),
        ("VARNIA | The ferry stays in port.", "VARNIA |"),
    ],
)
def test_leads_that_their_form_tells(tmp_path: Path, text: str, lead: str) -> None:
    found = marked(tmp_path, paper("Dispatch", {1: f"{text} {prose(1, 3)}"}))
    assert [span for spans in found.values() for _, span in spans] == [lead]


def test_a_byline_and_a_dateline(tmp_path: Path) -> None:
    text = f"By Tomas Hale PORT ILMAR (HNA) — The ferry stays in port. {prose(1, 3)}"
    (spans,) = marked(tmp_path, paper("Dispatch", {1: text})).values()
    assert spans == [("byline", "By Tomas Hale"), ("dateline", "PORT ILMAR (HNA) —")]


@pytest.mark.parametrize(
    "text",
    [
        "By Friday The Hague had heard of it.",
        "By Christmas Eve The Hague had heard of it.",
        "By New Year The Hague court had ruled.",
        "By Tomas Hale, Editor of the Post, this is the third book.",
        "By Tomas Hale’s count the ferry is late.",
        "By Port Ilmar Council rules the ferry stays.",
        "By any measure The ferry is late.",
        "Varnia: a city of two halves, says the mayor.",
        "Varnia: The ferry stays in port.",
        "VARNIA: The ferry stays in port.",
        "Mayor | Hale | Varn",
    ],
)
def test_sentences_that_one_article_opens_with(tmp_path: Path, text: str) -> None:
    assert not any(marked(tmp_path, paper("Dispatch", {1: f"{text} {prose(1, 3)}"})).values())


def test_a_byline_without_a_space_behind_it_leaves_the_article_whole(tmp_path: Path) -> None:
    texts = {n: f"By Tomas HendrixReed Front ferries stay in port {n}. {prose(n, 3)}" for n in range(24)}
    texts[3] = f"By Tomas HendrixThe ferry stays in port. {prose(3, 3)}"
    found = marked(tmp_path, paper("Dispatch", texts))
    assert [span for spans in found.values() for span in spans] == [("byline", "By Tomas Hendrix")] * 24


def test_names_with_a_capital_inside_are_one_word(tmp_path: Path) -> None:
    texts = {n: f"By Tomas McHendrix Ferries stay in port {n}. {prose(n, 3)}" for n in range(24)}
    found = marked(tmp_path, paper("Dispatch", texts))
    assert {span for spans in found.values() for span in spans} == {("byline", "By Tomas McHendrix")}


@pytest.mark.parametrize("lead", ["Varnia:", "VARNIA:", "Port Ilmar, Varnia:", "VARNIA", "By Tomas Hale"])
def test_leads_of_many_articles(tmp_path: Path, lead: str) -> None:
    texts = {
        n: f"{lead + ' ' if n % 2 else ''}Its ferries stay in port {n}. {prose(n, 3)}" for n in range(24)
    }
    if lead.startswith("By"):
        texts = {n: text.replace("Its ferries stay", "Ferries stay") for n, text in texts.items()}
    else:
        texts[3] = f"Varnia: a city of two halves, says the mayor. {prose(3, 3)}"
    rows = paper("Dispatch", texts)
    rows += paper(
        "Tide",
        {
            n: f"{lead} Its ferries stay. {prose(60 + n, 3)}" if n == 7 else prose(60 + n, 4)
            for n in range(24)
        },
        title="Tide {n}",
    )
    if lead == "By Tomas Hale":
        rows = rows[:24]
    found = marked(tmp_path, rows)
    for n, row in enumerate(rows):
        has = n < 24 and n % 2 and texts[n].startswith(lead + " ") and "two halves" not in texts[n]
        assert [span for _, span in found[str(row["title"])]] == ([lead] if has else [])


def test_who_speaks_is_no_place() -> None:
    for text in (
        "HALE: We will rebuild the port.",
        "Hale: The port stays. VARN: It does not.",
        "Q: Is it late?",
    ):
        assert lead_of(text, 0, first=True) is None
    assert lead_of("VARNIA: “We will rebuild,” said Hale.", 0, first=True) is not None


def test_a_text_that_begins_with_its_title_has_no_dateline(tmp_path: Path) -> None:
    titles = [
        f"{name}: The port stays as it was, and so does the quay"
        for name in ("Hale", "Varn", "Lee", "Orr", "Tarn")
    ]
    rows = paper("Dispatch", {n: f"{title} {prose(n, 4)}" for n, title in enumerate(titles)})
    rows = [{**row, "title": title} for row, title in zip(rows, titles, strict=True)]
    assert not any(marked(tmp_path, rows).values())
