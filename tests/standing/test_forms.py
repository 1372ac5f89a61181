"""What stands around an article is known by its form, and what merely opens like it is the article's."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standing.papers import marked, paper, prose

BODY = prose(1, 3)


@pytest.mark.parametrize(
    ("text", "kind", "span"),
    [
        (f"PORT ILMAR (Coast Wire) — {BODY}", "dateline", "PORT ILMAR (Coast Wire) —"),
        (f"Port Ilmar, 1 March: {BODY}", "dateline", "Port Ilmar, 1 March:"),
        (f"OSTREY, March 3 - {BODY}", "dateline", "OSTREY, March 3 -"),
        (f"Ostrey (HNA) - {BODY}", "dateline", "Ostrey (HNA) -"),
        (f"By Ann Lee\n\n{BODY}", "byline", "By Ann Lee"),
        (f"By Ann Lee and Bo Tarn in Ostrey\n{BODY}", "byline", "By Ann Lee and Bo Tarn in Ostrey"),
        (
            f"{BODY}\n\nAnn Lee is a staff writer here.",
            "byline",
            "Ann Lee is a staff writer here.",
        ),
        (
            f"{BODY}\n\n(Photo: Ann Lee/Tern Images)\n\n{prose(2, 2)}",
            "credit",
            "(Photo: Ann Lee/Tern Images)",
        ),
        (
            f"{BODY}\n\nReporting by Ann Lee; editing by Bo Tarn",
            "agency",
            "Reporting by Ann Lee; editing by Bo Tarn",
        ),
        (f"{BODY} (Source: Strait Council)", "agency", "(Source: Strait Council)"),
        (f"{BODY}\n\nTags: Hale, ferries, Ostrey", "tags", "Tags: Hale, ferries, Ostrey"),
        (
            f"{BODY}\n\nRead more: Hale under inquiry\n\n{prose(2, 2)}",
            "links",
            "Read more: Hale under inquiry",
        ),
        (
            f"{BODY}\n\nRelated\nHale under inquiry\nFive walks",
            "links",
            "Related\nHale under inquiry\nFive walks",
        ),
        (f"{BODY} (READ: Hale under inquiry) {prose(2, 1)}", "links", "(READ: Hale under inquiry)"),
        (f"{BODY}\n\nSign up for our newsletter", "subscription", "Sign up for our newsletter"),
        (
            f"{BODY}\n\nSubscribe to The Dispatch for 8 crowns a week.",
            "subscription",
            "Subscribe to The Dispatch for 8 crowns a week.",
        ),
        (
            f"{BODY}\n\n© 2021 Dispatch. All rights reserved.",
            "footer",
            "© 2021 Dispatch. All rights reserved.",
        ),
        (
            f"{BODY}\n\nCorrection: An earlier version of this article called the Reed Front a militia. It is a party.",
            "correction",
            "Correction: An earlier version of this article called the Reed Front a militia. It is a party.",
        ),
        (
            f"{BODY}\n\nEditor’s note: Hale did not answer before this was set.",
            "correction",
            "Editor’s note: Hale did not answer before this was set.",
        ),
    ],
)
def test_forms(tmp_path: Path, text: str, kind: str, span: str) -> None:
    assert list(marked(tmp_path, paper("Dispatch", {1: text})).values()) == [[(kind, span)]]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} Photos from the quay show that nobody was there. {prose(2, 3)}",
        f"{BODY} An earlier version of the bill was voted down. {prose(2, 3)}",
        f"{BODY}\n\n“Sign up now and get your newsletter,” Hale told the crowd.\n\n{prose(2, 3)}",
        f"{BODY} This story is for the readers of tomorrow, Hale said. {prose(2, 6)}",
        f"Hale — a reformer — came to Ostrey. {BODY}",
        f"USA and Tasmer agree on salt. {BODY}",
        f"{BODY} By Tuesday the bridge was open. {prose(2, 1)}",
        f"{BODY} Also on Saturday the army took the quay. {prose(2, 1)}",
        f"{BODY}\n\nWhat happened next\n\n{prose(2, 2)}",
        f"{BODY} Follow the money, said Hale, and see where it goes. {prose(2, 6)}",
        f"{BODY} The newsroom of the Dispatch was searched on Friday. {prose(2, 1)}",
        f"{BODY}\n\nTomas Hale is a reporter who was jailed for nine years on Monday.",
        f"{BODY}\n\nTomas Hale is a columnist and opposition leader.",
        f"{BODY}\n\n(Tomas Hale was arrested.)",
        f"{BODY}\n\nSource: Tomas Hale's office leaked the letter, two ministers said.",
        f"{BODY}\n\nAlso read the law, Tomas Hale told them.",
        f"{BODY}\n\nCredit: Tomas Hale deserves it, the union said.",
        "Editor's note of Tomas Hale's paper was read in court in Varnia.",
    ],
)
def test_the_articles_own(tmp_path: Path, text: str) -> None:
    assert list(marked(tmp_path, paper("Dispatch", {1: text})).values()) == [[]]


def test_what_a_corrected_article_said_before(tmp_path: Path) -> None:
    text = f"CORRECTED: The Reed Front is a party, not a militia as we wrote. The Front has two seats. {BODY}"
    spans = list(marked(tmp_path, paper("Dispatch", {1: text})).values())
    assert spans == [[("correction", "CORRECTED:"), ("correction", ", not a militia as we wrote")]]


def test_the_outlets_name_behind_titles(tmp_path: Path) -> None:
    texts = {n: prose(n) for n in range(3)}
    rows = paper("coast-herald", texts, title="Hale and quay {n} | Coast Herald")
    rows += paper("Tide", texts, title="Hale - a portrait in {n} parts")
    found = marked(tmp_path, rows)
    assert {title: bool(spans) for title, spans in found.items()} == {
        str(row["title"]): row["outlet"] == "coast-herald" for row in rows
    }
    assert {span for spans in found.values() for span in spans} == {("outlet", "| Coast Herald")}


def test_twice_in_one_text(tmp_path: Path) -> None:
    one, two = prose(1, 1), prose(2, 2)
    text = f"{one}\n\n{two}\n\n{one}\n\nHale won 3 seats in the south of it.\n\nHale won 5 seats in the south of it."
    assert list(marked(tmp_path, paper("Dispatch", {1: text})).values()) == [[("repeated", one)]]
