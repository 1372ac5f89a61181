"""What the tests of forecasts share: one loaded parser, and a small archive of invented articles."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.archive import Archive
from masthead.reading.forecasts.reader import forecasts_of
from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import Parse, parse_of
from masthead.study import Study, load_study, parse_study
from tests.archives import archive_of

Rows = list[dict[str, Any]]
Reads = Callable[..., Rows]

WEDNESDAY = dt.datetime(2016, 11, 23, 10, tzinfo=dt.UTC)

LEAGUE = {"id": "league", "kind": "actor", "aliases": ["Corvan League"]}
FRONT = {"id": "front", "kind": "actor", "aliases": ["Tellan Front"]}
REBELS = {"id": "rebels", "kind": "actor", "aliases": ["rebels"]}
VOTE = {"id": "vote", "kind": "event", "aliases": ["Ostra Ballot"]}


def make_study(*subjects: dict[str, Any]) -> Study:
    return parse_study({"archive": "a.archive", "subject": list(subjects)})


STUDY = make_study(LEAGUE, FRONT, REBELS, VOTE)


@pytest.fixture(scope="session")
def parse() -> Callable[[dict[int, str]], dict[int, Parse]]:
    """Parse masked sentences, each once in the session."""
    known: dict[int, Parse] = {}
    parser = Parser()

    def parse_new(sentences: dict[int, str]) -> dict[int, Parse]:
        new = {key: text for key, text in sentences.items() if key not in known}
        rows = parser.parse(list(new.values())).to_pylist() if new else []
        known.update({key: parse_of(row) for key, row in zip(new, rows, strict=True)})
        return {key: known[key] for key in sentences}

    return parse_new


@pytest.fixture(scope="session")
def reads(parse: Callable[[dict[int, str]], dict[int, Parse]]) -> Reads:
    """Read texts for a study, in memory; return the rows of FORETOLD_SCHEMA."""

    def read(
        *texts: str,
        study: Study = STUDY,
        published: dt.datetime | None = WEDNESDAY,
        titles: tuple[str, ...] = (),
        language: str = "en",
    ) -> Rows:
        articles = pa.table(
            {
                "article_id": [f"a{at}" for at in range(len(texts))],
                "title": [titles[at] if titles else "" for at in range(len(texts))],
                "text": list(texts),
                "language": [language] * len(texts),
                "published": pa.array([published] * len(texts), pa.timestamp("us", tz="UTC")),
            }
        )
        patterns = StudyPatterns(study)
        matches = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
        rows: Rows = forecasts_of(articles, matches, patterns, parse)[0].to_pylist()
        return rows

    return read


TEXTS = {
    "gazette": [
        "The Corvan League will lose the delta by the end of the year. “A fine day,” said the ferryman.",
        "The Tellan Front is likely to split. The Corvan League will meet the envoys on Friday.",
        "The Corvan League is bound to fall. The Tellan Front will fall if the dam breaks.",
        "The Tellan Front will win the north. “The Corvan League is doomed,” said the mayor.",
    ],
    "herald": [
        "The mayor said the Tellan Front will lose. “We know,” said his aide. The League is old.",
        "The Corvan League will recover. The Tellan Front is likely to win. “Good,” said the baker.",
        "The Corvan League will not recover.",
    ],
    "bulletin": ["The Corvan League will be beaten.", "The minister said the Tellan Front will be beaten."],
}
"""Three outlets; `bulletin` uses no quotation marks at all."""

BECAME = {
    "will lose the delta by the end of the year": "true",
    "is likely to split": "false",
    "is bound to fall": "false",
    "will win the north": "open",
    "will recover": "false",
    "is likely to win": "true",
    "will not recover": "true",
    "is doomed": "false",
}
"""What a person entered, by what was said."""


@dataclass(frozen=True)
class Told:
    """An archive with a study that has outcomes, in a folder."""

    folder: Path
    archive: Archive
    study: Study

    def enter(self, name: str, became: dict[str, str]) -> Path:
        """Write an outcomes file that says what became of each forecast, by its words."""
        from masthead.instruments.forecast.record import foretell

        rows = foretell(self.study, self.archive, processes=1).table.to_pylist()
        path = self.folder / name
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["forecast", "became"])
            writer.writerows([row["forecast"], became[row["what"]]] for row in rows if row["what"] in became)
        return path


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The articles of TEXTS in an archive, and a study whose outcomes file says what BECAME."""
    folder = tmp_path_factory.mktemp("told")
    rows = [
        {"outlet": outlet, "published": f"2016-11-{23 + at:02}", "title": f"Day {at}", "text": text}
        for outlet, texts in TEXTS.items()
        for at, text in enumerate(texts)
    ]
    archive = archive_of(folder, rows)
    (folder / "study.toml").write_text(
        """archive = "made.archive"
measures = ["attention", "forecast"]
outcomes = "outcomes.csv"

[[subject]]
id = "league"
kind = "actor"
aliases = ["Corvan League"]

[[subject]]
id = "front"
kind = "actor"
aliases = ["Tellan Front"]

[[claim]]
id = "worse"
text = "The gazette's forecasts come true less often than the herald's."
measure = "forecast"
outlet = "gazette"
versus = "herald"
expect = "less"
""",
        encoding="utf-8",
    )
    made = Told(folder, archive, load_study(folder / "study.toml"))
    made.enter("outcomes.csv", BECAME)
    return made
