"""Articles of made-up papers, each with words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

from masthead.archive import Archive
from masthead.links.standing import read_standing
from tests.archives import archive_of

WORDS = (
    *(
        "ferry",
        "market",
        "bridge",
        "council",
        "school",
        "harbour",
        "storm",
        "tunnel",
        "theatre",
        "budget",
        "library",
    ),
    *(
        "museum",
        "festival",
        "repair",
        "vote",
        "union",
        "road",
        "court",
        "park",
        "police",
        "tram",
        "hospital",
        "plan",
    ),
)

Row = dict[str, object]


def prose(number: int, sentences: int = 7) -> str:
    """Sentences that no other article has."""
    drawn = Random(number)
    return " ".join(
        f"The {' '.join(drawn.choice(WORDS) for _ in range(9))} was told of in {drawn.choice(WORDS)} {number}."
        for _ in range(sentences)
    )


def paper(
    outlet: str, texts: Mapping[int, str], title: str = "A word on {word} {n}", first: int = 0
) -> list[Row]:
    """One article a day, of these texts."""
    return [
        {
            "outlet": outlet,
            "published": f"2021-{1 + (first + n) // 28:02}-{1 + (first + n) % 28:02}",
            "title": title.format(n=n, word=Random(n).choice(WORDS)),
            "text": text,
        }
        for n, text in texts.items()
    ]


def marked(folder: Path, rows: list[Row], name: str = "made") -> dict[str, list[tuple[str, str]]]:
    """Mark an archive of these rows; return the kind and the words of each span, by the title of its article."""
    return marks_in(archive_of(folder, rows, name))


def marks_in(archive: Archive) -> dict[str, list[tuple[str, str]]]:
    """Return the kind and the words of each span, by the title of its article as it was published."""
    articles = {
        row["article_id"]: row
        for part in archive.parts()
        for row in part.read(["article_id", "title", "text"]).to_pylist()
    }
    found: dict[str, list[tuple[str, str]]] = {row["title"]: [] for row in articles.values()}
    for mark in read_standing(archive).table().to_pylist():
        row = articles[mark["article_id"]]
        found[row["title"]].append((mark["kind"], row[mark["field"]][mark["start"] : mark["end"]].strip()))
    return found
