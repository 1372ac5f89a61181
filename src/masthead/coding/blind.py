"""What a coder sees of a unit: its sentence with the place marked, and the sentences around it. Nothing else.

No outlet, date, address, title, reading or other code stands with it. Names of outlets and web addresses inside the
text are taken out too; with a mask, so are the names of all the study's subjects.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from masthead.coding.draws import Unit
from masthead.measuring.tables import StudyTables
from masthead.reading.mentions.masking import plain_spaces
from masthead.reading.parsing.sentences import paragraphs, sentences, trim
from masthead.study import Study

AROUND = 3
"""So many sentences before it and after it are shown."""

OPEN, CLOSE = "[[", "]]"

_REACH = 3000
"""Code points in which the sentences around are looked for."""

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,2000}")
_LETTERS = "XYZWVUTSRQPONMLKJIHGFEDCBA"


class Shown(NamedTuple):
    """What a coder sees of a unit."""

    before: str
    sentence: str
    after: str

    def shape(self) -> str:
        """Return its sentence without what spreadsheets change by themselves: white space, quotation marks, dashes."""
        return "".join(letter for letter in self.sentence.casefold() if letter.isalnum())


class _Mark(NamedTuple):
    """A place in a field that is shown as something else."""

    start: int
    end: int
    instead: str


@dataclass(frozen=True)
class Blinding:
    """How passages are shown: which outlets' names are taken out, and the mentions to mask, by article and field."""

    outlets: re.Pattern[str] | None
    mentions: Mapping[tuple[str, str], Sequence[tuple[int, int, str]]]
    texts: Mapping[tuple[str, str], str]
    mask: bool

    def passage(self, unit: Unit) -> Shown:
        """Return what a coder sees of a unit."""
        text = self.texts[unit.article_id, unit.field]
        start, end = max(0, unit.sentence_start), min(len(text), unit.sentence_end)
        spans_before: list[tuple[int, int]] = []
        spans_after: list[tuple[int, int]] = []
        if unit.field == "title":
            start, end = 0, len(text)
        else:
            spans = _sentences(text, max(0, start - _REACH), min(len(text), end + _REACH))
            # Whole sentences: what is coded may begin or end within one.
            own_sentences = [(a, b) for a, b in spans if a < end and b > start]
            start = min([start, *(a for a, _ in own_sentences)])
            end = max([end, *(b for _, b in own_sentences)])
            spans_before = [(a, b) for a, b in spans if b <= start][-AROUND:]
            spans_after = [(a, b) for a, b in spans if a >= end][:AROUND]
        first = spans_before[0][0] if spans_before else start
        last = spans_after[-1][1] if spans_after else end
        marks = self._marks(text, first, last, unit)
        target = next(one for one in marks if one.start == unit.start)
        parts = [
            " ".join(_as_shown(text, a, b, marks, target).strip() for a, b in spans)
            for spans in (spans_before, [trim(text, start, end)], spans_after)
        ]
        return Shown(*parts)

    def _marks(self, text: str, start: int, end: int, unit: Unit) -> list[_Mark]:
        """Return what is shown otherwise: the target first, then names, then outlets and addresses; none overlap."""
        marks = [_Mark(unit.start, unit.end, "")]
        names = sorted(self.mentions.get((unit.article_id, unit.field), ())) if self.mask else []
        replacements = [
            _Mark(link.start(), link.end(), "[link]") for link in _LINK.finditer(text, start, end)
        ]
        if self.outlets is not None:
            replacements += [
                _Mark(one.start(), one.end(), "[outlet]") for one in self.outlets.finditer(text, start, end)
            ]
        letters: dict[str, str] = {}
        # By order of appearance, so that a letter tells nothing of who it is.
        places = sorted(
            {(a, b, who) for a, b, who in names if start <= a and b <= end}, key=lambda p: (p[0], -p[1])
        )
        for _, _, who in places:
            letters.setdefault(who, _letter(len(letters)))
        if self.mask and unit.subject is not None:
            own = letters.setdefault(unit.subject, _letter(len(letters)))
            marks = [_Mark(unit.start, unit.end, own)]
        for one in [*(_Mark(a, b, letters[who]) for a, b, who in places), *replacements]:
            if all(one.end <= other.start or one.start >= other.end for other in marks):
                marks.append(one)
        return sorted(marks)


def _letter(number: int) -> str:
    return _LETTERS[number] if number < len(_LETTERS) else f"X{number - len(_LETTERS) + 1}"


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = [
        trim(text, *sentence)
        for a, b in paragraphs(text[start:end])
        for sentence in sentences(text, start + a, start + b)
    ]
    return [(a, b) for a, b in spans if b > a]


def _as_shown(text: str, start: int, end: int, marks: Sequence[_Mark], target: _Mark) -> str:
    """Return a stretch of a field as it is shown, in one line, without what steers a screen."""
    pieces = []
    at = start
    for mark in marks:
        if mark.end <= start or mark.start >= end:
            continue
        pieces.append(_plain(text, at, max(at, mark.start)))
        inside = _plain(text, max(mark.start, start), min(mark.end, end))
        words = mark.instead or inside
        pieces.append(f"{OPEN}{words}{CLOSE}" if mark is target else words)
        at = min(mark.end, end)
    pieces.append(_plain(text, at, end))
    return "".join(pieces)


def _plain(text: str, start: int, end: int) -> str:
    """Return text without controls and what nobody sees; brackets that mark a target are left to targets."""
    words = plain_spaces(text[start:end])
    return words.replace(OPEN, "[ [").replace(CLOSE, "] ]")


def blinding(survey: StudyTables, study: Study, units: Iterable[Unit], *, mask: bool) -> Blinding:
    """Return how these units are shown; the texts are those that the study counts, without standing text."""
    articles = sorted({unit.article_id for unit in units})
    con = survey.connection
    con.register("articles_to_code", pa.table({"article_id": pa.array(articles, pa.string())}))
    texts = con.execute(
        "SELECT article_id, title, text FROM archive_articles SEMI JOIN articles_to_code USING (article_id)"
    ).fetchall()
    mentions: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    if mask:
        for article, field, start, end, subject in con.execute(
            """SELECT DISTINCT article_id, field, start, "end", subject FROM archive_namings
            SEMI JOIN articles_to_code USING (article_id)"""
        ).fetchall():
            mentions.setdefault((article, field), []).append((start, end, subject))
    names = [
        name
        for (name,) in con.execute(
            "SELECT DISTINCT outlet FROM archive_articles UNION SELECT DISTINCT outlet FROM articles"
        ).fetchall()
    ]
    con.unregister("articles_to_code")
    names += [name for outlet in study.listed for name in (outlet.title, *outlet.matches)]
    return Blinding(
        _any_of(names, study),
        mentions,
        {
            (article, field): words
            for article, *fields in texts
            for field, words in zip(("title", "text"), fields, strict=True)
        },
        mask,
    )


def _any_of(names: Iterable[str], study: Study) -> re.Pattern[str] | None:
    """Return an expression of the outlets' names, but for those that are a subject's too."""
    subjects = {alias.text.casefold() for subject in study.subjects for alias in subject.aliases}
    words = sorted(
        {name for name in names if len(name) > 2 and name.casefold() not in subjects}, key=len, reverse=True
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)") if words else None
