"""Gold files of portrayal: sentences in which people marked who is shown how.

JSON Lines, a mention a line: `sentence`, `from` and `to` (code points, the mention's first and one past its
last) and `polarity` (-1 unfavourable, 0 neutral, 1 favourable), as in NewsMTSC (Hamborg and Donnay, EACL
2021). Other keys are ignored, but for `mention`: where it is given, it must be what stands at the offsets.

A sentence may have many lines, one per subject in it. What a classifier sees of a mention is made here as a
survey makes it (`masthead.reading.portrayal.marking`), from the file alone: the other mentions of the
sentence are its other subjects, and a name is masked wherever it stands again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.archive.sources.text import decodes
from masthead.errors import GoldError
from masthead.reading.portrayal.marking import Name, mark

KEYS = ("sentence", "from", "to", "polarity")

PRONOUNS = frozenset(
    {"he", "she", "they", "him", "her", "them", "his", "hers", "their", "theirs", "it", "its", "who"}
)
"""Mentions that are not looked for elsewhere in the sentence: another `he` may be another man."""

_SHORTEST_SURNAME = 4
_QUOTED = 5
"""Bad lines that an error quotes; it counts them all."""

_SHAPE = "a line of JSON per mention with sentence, from, to (code points) and polarity (-1, 0 or 1)"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One mention and its label: `polarity` is -1 (unfavourable), 0 or 1 (favourable); `line` counts from 1."""

    sentence: str
    start: int
    end: int
    polarity: int
    line: int

    @property
    def label(self) -> int:
        """The place of the label in `masthead.reading.portrayal.classifier.CLASSES`."""
        return self.polarity + 1

    @property
    def words(self) -> int:
        """How many words the sentence has, between spaces."""
        return len(self.sentence.split())


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no gold mention, and why."""

    line: int
    reason: str


def read(path: Path) -> list[GoldMention]:
    """Read a gold file, every line of it.

    Raises GoldError, which counts all bad lines and quotes the first, where one line is not a gold mention;
    also where the file is missing or empty.
    """
    mentions, bad = sift(path)
    if bad:
        raise refusal(path, len(mentions), bad)
    return mentions


def sift(path: Path) -> tuple[list[GoldMention], list[BadLine]]:
    """Read a gold file and return its good lines and its bad ones; empty lines are neither.

    Raises GoldError where the file is missing or holds no line at all.
    """
    if not path.is_file():
        raise GoldError(f"no gold file at '{path}'", _SHAPE, "check the path")
    mentions: list[GoldMention] = []
    bad: list[BadLine] = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not raw.strip():
                continue
            try:
                mentions.append(_mention(raw, number))
            except ValueError as error:
                bad.append(BadLine(number, str(error)))
    if not mentions and not bad:
        raise GoldError(f"'{path}' is empty", _SHAPE, "give a file with at least one labelled mention")
    return mentions, bad


def refusal(path: Path, good: int, bad: Sequence[BadLine]) -> GoldError:
    """Return the error that says which lines of a file are bad, and what a line should be."""
    reasons = "; ".join(f"line {one.line}: {one.reason}" for one in bad[:_QUOTED])
    more = f"; and {len(bad) - _QUOTED:,} more" if len(bad) > _QUOTED else ""
    return GoldError(
        f"{len(bad):,} of {good + len(bad):,} lines of '{path}' are not gold mentions ({reasons}{more})",
        _SHAPE,
        "mend the lines, or leave them out with --skip-bad" if good else "is this a gold file?",
    )


def _mention(raw: bytes, line: int) -> GoldMention:
    """Parse and check a line. Raises ValueError with the reason where it is not a gold mention."""
    try:
        row = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    except (ValueError, RecursionError):
        raise ValueError("not JSON") from None
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if missing := [key for key in KEYS if key not in row]:
        raise ValueError(f"without {' and '.join(missing)}")
    sentence = row["sentence"]
    if not isinstance(sentence, str) or not decodes(sentence):
        raise ValueError("sentence is not text")
    start, end = (_whole(row, key) for key in ("from", "to"))
    if not 0 <= start < end <= len(sentence):
        raise ValueError(f"offsets {start} to {end} do not lie in a sentence of {len(sentence)} characters")
    standing = sentence[start:end]
    if not standing.strip():
        raise ValueError(f"no word stands at {start} to {end}")
    if "mention" in row and row["mention"] != standing:
        raise ValueError(f"'{_short(standing)}' stands at {start} to {end}, not '{_short(row['mention'])}'")
    polarity = row["polarity"]
    if isinstance(polarity, bool) or not isinstance(polarity, int | float) or polarity not in (-1, 0, 1):
        raise ValueError(f"polarity {_short(json.dumps(polarity))}")
    return GoldMention(sentence, start, end, int(polarity), line)


def _whole(row: dict[str, Any], key: str) -> int:
    value = row[key]
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"'{key}' is not a whole number")
    return value


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"


def examples(mentions: Sequence[GoldMention]) -> list[str]:
    """Return each mention's sentence as a classifier sees it: the mention marked, no subject's name left."""
    return [
        mark(m.sentence, target, names)
        for m, (target, names) in zip(mentions, targets(mentions), strict=True)
    ]


def targets(mentions: Sequence[GoldMention]) -> Iterator[tuple[Name, list[Name]]]:
    """Yield, for each mention, its name and all names of its sentence, as `mark` takes them.

    Mentions of the same words are one subject, the target's first of all, so that what a span is does not
    hang on the order of the lines.
    """
    beside: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in mentions:
        beside[mention.sentence].append((mention.start, mention.end))
    for mention in mentions:
        yield names_in(mention.sentence, (mention.start, mention.end), beside[mention.sentence])


def names_in(
    sentence: str, target: tuple[int, int], spans: Sequence[tuple[int, int]]
) -> tuple[Name, list[Name]]:
    """Return the target as a name, and every name of the sentence: one per span, ordered target first.

    `spans` are the sentence's labelled mentions, with or without the target's own. Each name is found
    wherever its words stand again, or the last of them where that is a surname; pronouns are not.
    """
    name = Name(target[0], target[1], "the target")
    names = {target: name}

    def add(span: tuple[int, int], subject: str) -> None:
        words = sentence[slice(*span)]
        for place in (span, *(() if words.lower() in PRONOUNS else _again(sentence, words))):
            names.setdefault(place, Name(place[0], place[1], subject))

    add(target, name.subject)
    for span in sorted(set(spans)):
        add(span, f"subject {sentence[slice(*span)]}")
    return name, list(names.values())


def _again(sentence: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where the same words stand in the sentence, or the last of them where it is a name."""
    last = words.split()[-1]
    forms = {words, last} if last[0].isupper() and len(last) >= _SHORTEST_SURNAME else {words}
    for word in sorted(forms, key=len, reverse=True):
        yield from (match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence))
