"""The sentences of a part of an archive that their form alone shows not to be the article's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from masthead.archive.counted import blanked
from masthead.reading.standing.forms import (
    AGAIN,
    BESIDE,
    BYLINE,
    CORRECTED,
    DATELINE,
    KINDS,
    PAYWALL,
    PLACE,
    SIGNED,
    Kind,
    form_of,
    is_staff,
)
from masthead.reading.standing.leads import OPENINGS
from masthead.reading.standing.units import Flags, Ints, Units, word_keys

Codes = npt.NDArray[np.int8]

NOTHING = -1
CODE: dict[Kind, int] = {kind: code for code, kind in enumerate(KINDS)}

HEAD_LINES = 8
"""Lines at the head of a text, empty ones left out, in which bylines and a dateline are looked for."""

_LAST = 4
"""Sentences at the end of a text where a form counts that does not open its line."""

_NOTE_WORDS, _LINE_WORDS = 120, 40
_WEAK = re.compile(r"\W*(?:get|want|make|try|like|support|receive|enjoy|join|follow|become)\b", re.IGNORECASE)
_AWAY = re.compile(r"editing|writing|additional|[;)]", re.IGNORECASE)
_NAMED_LINE = 20


@dataclass
class Heads:
    """What the heads of texts show.

    spans: bylines, datelines and words such as `CORRECTED`: (text, start, end, kind)
    places: what is a dateline where the outlet opens many articles so: (text, start, end)
    """

    spans: list[tuple[int, int, int, Kind]] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)


@dataclass
class Formed:
    """What the form of sentences shows.

    kinds: (n units,) the number of each sentence's kind in KINDS, NOTHING where it is the article's own
    cut_short: texts that end in an offer to pay for the rest
    """

    kinds: Codes
    cut_short: list[int] = field(default_factory=list)


def heads(texts: list[str]) -> Heads:
    """Look for bylines and datelines at the heads of texts."""
    found = Heads()
    for number, text in enumerate(texts):
        _head(number, text, found)
    return found


def without(texts: list[str], spans: list[tuple[int, int, int, Kind]]) -> list[str]:
    """Return the texts in which these spans are blank."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for number, start, end, _ in spans:
        taken.setdefault(number, []).append((start, end))
    return [blanked(text, taken[number]) if number in taken else text for number, text in enumerate(texts)]


def mark(texts: list[str], units: Units) -> Formed:
    """Mark what stands around the articles of these texts, of which `units` are the sentences."""
    formed = Formed(np.full(len(units), NOTHING, np.int8))
    by_line = _Lines(units)
    opening = np.isin(units.opening, word_keys(OPENINGS.split()))
    for at in np.flatnonzero(opening | by_line.beside(units)):
        _mark_unit(int(at), texts, units, by_line, formed)
    _links_below(texts, units, by_line, formed)
    return formed


class _Lines:
    """Which sentences share a line, and where each stands in its text."""

    def __init__(self, units: Units) -> None:
        n = len(units)
        new_text = np.ones(n, np.bool_)
        new_text[1:] = units.text[1:] != units.text[:-1]
        new_line = new_text.copy()
        new_line[1:] |= units.line[1:] != units.line[:-1]
        first = np.flatnonzero(new_line)
        number = np.cumsum(new_line) - 1
        self.first = first[number] if n else number
        self.stop = np.append(first[1:], n)[number] if n else number
        self.opens: Flags = new_line
        starts = np.flatnonzero(new_text)
        of = np.cumsum(new_text) - 1
        self.text_stop = np.append(starts[1:], n)[of] if n else of
        sizes = np.add.reduceat(units.words, first) if n else units.words
        self.words: Ints = sizes[number] if n else sizes

    def beside(self, units: Units) -> Flags:
        """Tell which sentences may be a photo's credit without a word for it, or say who wrote the article."""
        alone = (
            self.opens & (self.stop - self.first == 1) & ~units.ends & (units.plain == 0) & (units.words <= 8)
        )
        last = (self.text_stop - np.arange(len(units)) <= 2) & self.opens & (units.words <= _LINE_WORDS)
        found: Flags = alone | last
        return found


def _head(number: int, text: str, found: Heads) -> None:
    if corrected := CORRECTED.match(text):
        found.spans.append((number, corrected.start(), corrected.end(), "correction"))
        stop = re.search(r"[.!?]\s|\n|$", text[corrected.end() :])
        sentence = text[: corrected.end() + (stop.end() if stop else 0)]
        if wrong := AGAIN.search(sentence, corrected.end()):
            found.spans.append((number, wrong.start(), wrong.end(), "correction"))
    at = 0
    for line in range(HEAD_LINES):
        if byline := BYLINE.match(text, at):
            found.spans.append((number, byline.start(), byline.end(), "byline"))
            at = byline.end()
            continue
        if dateline := DATELINE.match(text, at):
            found.spans.append((number, dateline.start(), dateline.end(), "dateline"))
            return
        if line == 0 and (place := PLACE.match(text, at)):
            found.places.append((number, place.start(), place.end()))
        if (at := text.find("\n", at) + 1) == 0:
            return


def _mark_unit(at: int, texts: list[str], units: Units, lines: _Lines, formed: Formed) -> None:
    text = texts[units.text[at]]
    unit = text[units.start[at] : units.stop[at]]
    kind = form_of(unit)
    from_end = lines.text_stop[at] - at
    opens, alone = bool(lines.opens[at]), lines.stop[at] - lines.first[at] == 1
    if kind is None:
        if from_end <= 2 and opens and is_staff(unit):
            formed.kinds[at : lines.stop[at]] = CODE["byline"]
        elif from_end == 1 and opens and SIGNED.match(unit):
            formed.kinds[at] = CODE["agency"]
        elif opens and alone and BESIDE.match(unit):
            formed.kinds[at] = CODE["credit"]
        return
    if kind == "dateline" and not (opens and alone):
        return
    if not opens and from_end > _LAST:
        return
    if kind == "subscription":
        if _WEAK.match(unit) and not opens:
            return
        if from_end <= _LAST and PAYWALL.search(unit):
            formed.cut_short.append(int(units.text[at]))
    if kind == "agency" and units.words[at] > 14 and not _AWAY.search(unit):
        return
    whole = opens and (
        lines.words[at] <= (_NOTE_WORDS if kind == "correction" else _LINE_WORDS) or kind == "tags"
    )
    if kind == "correction" and not opens and _label(unit):
        whole = True
    formed.kinds[at : lines.stop[at] if whole else at + 1] = CODE[kind]


def _label(unit: str) -> bool:
    return re.match(r"\W*(?:correction|clarification|editor)", unit, re.IGNORECASE) is not None


def _links_below(texts: list[str], units: Units, lines: _Lines, formed: Formed) -> None:
    """Mark the lines below a heading such as `Read more` that do not read as sentences, and a note below its label."""
    for kind in ("links", "tags", "correction"):
        for at in np.flatnonzero((formed.kinds == CODE[kind]) & lines.opens & (lines.words <= 5)):
            after = int(lines.stop[at])
            while after < lines.text_stop[at] and formed.kinds[after] in (NOTHING, CODE[kind]):
                stop = int(lines.stop[after])
                # A headline ends as no sentence does, but for a question.
                if kind != "correction" and (
                    lines.words[after] > _NAMED_LINE or _told(texts, units, stop - 1)
                ):
                    break
                if kind == "correction" and after - lines.stop[at] > 8:
                    break
                formed.kinds[after:stop] = CODE[kind]
                after = stop


def _told(texts: list[str], units: Units, at: int) -> bool:
    return bool(units.ends[at]) and texts[units.text[at]][units.stop[at] - 1] != "?"
