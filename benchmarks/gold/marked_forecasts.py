"""Gold forecasts: sentences in which a person marked who is said to face what, and in whose words.

JSON lines, one sentence each: `text`; `names`, how it names each subject in it (a name with a capital letter, or a
common noun as a study's alias); `published`, the day it was written (YYYY-MM-DD; may be left out); and `forecasts`, a
list of objects with `subject` (one of the names), `told` (forecast, plan or condition), `voice` (own or others) and,
where they were marked, `confidence` and `due` (YYYY-MM-DD). A sentence may have none.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from masthead.errors import GoldError
from masthead.reading.forecasts import BANDS
from masthead.study.written_files import read_written

_SHAPE = "JSON lines with text, names and forecasts (subject, told, voice)"
TOLD = ("forecast", "plan", "condition")
VOICES = ("own", "others")


@dataclass(frozen=True)
class GoldForecast:
    """One mark: of whom, what it is, in whose words, and, where they were marked, how sure and by when."""

    subject: str
    told: str
    voice: str
    confidence: str | None
    due: date | None


@dataclass(frozen=True)
class GoldSentence:
    """A sentence with its marks."""

    text: str
    names: tuple[str, ...]
    published: date | None
    forecasts: tuple[GoldForecast, ...]


def read_marked_forecasts(path: Path) -> list[GoldSentence]:
    """Read a gold file. Raises GoldError, naming the line, where it is missing, empty or not in order."""
    try:
        lines = read_written(path, f"a gold file: {_SHAPE}", GoldError).split("\n")
    except FileNotFoundError:
        raise GoldError(f"no gold file at '{path}'", _SHAPE, "check the path") from None
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_sentence(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise GoldError(
                    f"line {number} of '{path}' is no gold sentence ({error})", _SHAPE, "mend it"
                ) from None
    if not found:
        raise GoldError(f"'{path}' holds no sentence", _SHAPE, "is this a gold file?")
    return found


def _sentence(told: dict[str, Any]) -> GoldSentence:
    text, names = str(told["text"]), tuple(str(name) for name in told["names"])
    absent = [name for name in names if name not in text]
    if absent:
        raise ValueError(f"'{absent[0]}' does not stand in it")
    marks = tuple(
        GoldForecast(
            _one_of(mark["subject"], names),
            _one_of(mark["told"], TOLD),
            _one_of(mark["voice"], VOICES),
            _one_of(mark["confidence"], tuple(BANDS)) if "confidence" in mark else None,
            date.fromisoformat(mark["due"]) if "due" in mark else None,
        )
        for mark in told["forecasts"]
    )
    published = told.get("published")
    return GoldSentence(text, names, date.fromisoformat(published) if published else None, marks)


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")
    return str(value)
