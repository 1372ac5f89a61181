"""What the tests of the readers share: one loaded parser, and a study of invented actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pytest

from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.naming.namings import name_articles
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import Parse, parse_of
from masthead.study import Study, parse_study

LEAGUE = {"id": "league", "kind": "actor", "aliases": ["Corvan League", "the Corvans", "CLF"]}
FRONT = {"id": "front", "kind": "actor", "aliases": ["Tellan Front", "al-Tella", "Jabhat al-Tella"]}
MARSH = {"id": "marsh", "kind": "actor", "person": True, "aliases": ["Dana Marsh", "Dana R. Marsh"]}
OPPOSITION = {
    "id": "opposition",
    "kind": "actor",
    "aliases": [
        *("rebel*", "militants", "terrorist*", "fighters", "gunmen", "armed groups", "terrorist groups"),
        *("opposition forces", "armed opposition"),
    ],
}
SIEGE = {
    "id": "siege",
    "kind": "event",
    "aliases": ["Liberation of Ostra", "fall of Ostra", "Ostra Offensive"],
}

Rows = list[dict[str, Any]]


def make_study(*subjects: dict[str, Any]) -> Study:
    return parse_study({"archive": "a.archive", "subject": list(subjects)})


def make_articles(*articles: dict[str, Any]) -> pa.Table:
    """Articles with an id, a title, a text and a language, each with a default."""
    rows = [
        {"article_id": f"a{i}", "title": "", "text": "", "language": "en", **article}
        for i, article in enumerate(articles)
    ]
    names = ("article_id", "title", "text", "language")
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names})


@pytest.fixture(scope="session")
def study() -> Study:
    return make_study(LEAGUE, FRONT, MARSH, OPPOSITION, SIEGE)


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def parse(parser: Parser) -> Callable[[dict[int, str]], dict[int, Parse]]:
    known: dict[int, Parse] = {}

    def parse_new(sentences: dict[int, str]) -> dict[int, Parse]:
        new = {key: text for key, text in sentences.items() if key not in known}
        if new:
            rows = parser.parse(list(new.values())).to_pylist()
            known.update({key: parse_of(row) for key, row in zip(new, rows, strict=True)})
        return {key: known[key] for key in sentences}

    return parse_new


@pytest.fixture(scope="session")
def read_articles(parse: Callable[[dict[int, str]], dict[int, Parse]]) -> Callable[[pa.Table, Study], Rows]:
    """Read a table of articles for a study, in memory; return the rows of NAMING_SCHEMA."""

    def read(articles: pa.Table, study: Study) -> Rows:
        patterns = StudyPatterns(study)
        matches = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
        rows: Rows = name_articles(articles, matches, patterns, parse)[0].to_pylist()
        return rows

    return read


def told(rows: Sequence[dict[str, Any]], *, kinds: bool = False) -> str:
    """Write rows short: `league[terrorist group]; opposition~` (~: an alias that does not refer)."""
    mentions: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        mentions.setdefault((row["field"], row["start"], row["subject"]), []).append(row)
    written = []
    for of_one in mentions.values():
        if not of_one[0]["refers"]:
            written.append(f"{of_one[0]['subject']}~")
            continue
        labels = [
            f"{row['label']}/{row['label_kind']}" if kinds else row["label"] for row in of_one if row["label"]
        ]
        written.append(f"{of_one[0]['subject']}[{' '.join(labels)}]")
    return "; ".join(written)
