"""What the tests of attribution share: one loaded parser, and an article's attributions as short lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from masthead.reading.attribution.reader import quotes_of
from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import Parse, parse_of
from masthead.study import Study, parse_study
from tests.reading.conftest import make_articles

Rows = list[dict[str, Any]]
Reads = Callable[..., Rows]

LEAGUE = {"id": "league", "kind": "actor", "aliases": ["Corvan League", "CLF"]}
MARSH = {"id": "marsh", "kind": "actor", "person": True, "aliases": ["Dana Marsh"]}
REBELS = {"id": "opposition", "kind": "actor", "aliases": ["rebel*", "militants"]}


def make_study(*subjects: dict[str, Any]) -> Study:
    return parse_study({"archive": "a.archive", "subject": list(subjects)})


STUDY = make_study(LEAGUE, MARSH, REBELS)


@pytest.fixture(scope="session")
def parse() -> Callable[[dict[int, str]], dict[int, Parse]]:
    """Parse masked sentences, each once in the session; the parser is loaded when first asked."""
    known: dict[int, Parse] = {}
    loaded: list[Parser] = []

    def parse_new(sentences: dict[int, str]) -> dict[int, Parse]:
        new = {key: text for key, text in sentences.items() if key not in known}
        if new:
            if not loaded:
                loaded.append(Parser())
            rows = loaded[0].parse(list(new.values())).to_pylist()
            known.update({key: parse_of(row) for key, row in zip(new, rows, strict=True)})
        return {key: known[key] for key in sentences}

    return parse_new


@pytest.fixture(scope="session")
def reads(parse: Callable[[dict[int, str]], dict[int, Parse]]) -> Reads:
    """Read texts (and titles) for a study, in memory; return the rows of QUOTES_SCHEMA."""

    def read(*texts: str, titles: Sequence[str] = (), language: str = "en", study: Study = STUDY) -> Rows:
        given = [
            {"text": text, "title": titles[at] if titles else "", "language": language}
            for at, text in enumerate(texts)
        ]
        articles = make_articles(*given)
        patterns = StudyPatterns(study)
        found = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
        by_row = {of_one[0].row: of_one for of_one in found}
        matches = [by_row.get(row, []) for row in range(len(texts))]
        rows: Rows = quotes_of(articles.to_pylist(), matches, patterns, parse).table.to_pylist()
        return rows

    return read


def told(rows: Rows, text: str) -> list[str]:
    """Write attributions short: `speaker | cue | content … content | kind stance`, in order."""
    lines: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for row in rows:
        lines.setdefault((row["article_id"], row["quote"]), []).append(row)
    return [
        " | ".join(
            (
                of_one[0]["speaker_text"] or "-",
                of_one[0]["cue"] or "-",
                " … ".join(text[row["start"] : row["end"]] for row in of_one),
                f"{of_one[0]['kind']} {of_one[0]['stance']}",
            )
        )
        for of_one in lines.values()
    ]
