"""The sentences of a part of an archive that their form alone shows not to be the article's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from masthead.archive.counted_articles import blank_out
from masthead.links.arrays import Flags, Ints
from masthead.links.standing.flattened import lead_of
from masthead.links.standing.forms import (
    ADDRESS,
    AGAIN,
    ASIDE,
    BESIDE,
    BYLINE,
    CAPTION,
    CORRECTED,
    DATELINE,
    INITIALS,
    KINDS,
    NAMED,
    PAYWALL,
    PLACE,
    SIGNED,
    TRAIL,
    Kind,
    form_of,
    is_staff,
)
from masthead.links.standing.leads import OPENINGS, PAIRS
from masthead.links.standing.units import Units, word_keys

Codes = npt.NDArray[np.int8]

NOTHING = -1
CODE: dict[Kind, int] = {kind: code for code, kind in enumerate(KINDS)}

HEAD_LINES = 8
"""Lines at the head of a text, empty ones left out, in which bylines and a dateline are looked for."""

_PARAGRAPH, _PARAGRAPHS = 120, 3
"""Letters of a line that is a paragraph, behind so many of which an article has begun; a summary may come first."""

_LAST = 4
"""Sentences at the end of a text where a form counts that does not open its line."""

_FOOT = 40
"""Sentences at the end of a text among which its foot is looked for."""

_NOTE_WORDS, _LINE_WORDS, _CAPTION_WORDS = 120, 40, 25
_CAPTION_LETTERS = 200
_WEAK = re.compile(r"\W*(?:get|want|make|try|like|support|receive|enjoy|join|follow|become)\b", re.IGNORECASE)
_AWAY = re.compile(r"editing|writing|additional|[;)]", re.IGNORECASE)
_DONE_BY = re.compile(
    r"\W*(?:additional )?(?:reporting|editing|writing|compiled|translated|edited|written)", re.IGNORECASE
)
_NAMED_LINE = 20


@dataclass
class Heads:
    """What the heads of texts show.

    spans: bylines, datelines and words such as `CORRECTED`: (text, start, end, kind)
    places: what is a dateline or byline where the outlet opens many articles so: (text, start, end, kind)
    """

    spans: list[tuple[int, int, int, Kind]] = field(default_factory=list)
    places: list[tuple[int, int, int, Kind]] = field(default_factory=list)


@dataclass
class Formed:
    """What the form of sentences shows.

    kinds: (n units,) the number of each sentence's kind in KINDS, NOTHING where it is the article's own
    below: what is of a kind where nothing of the article's own comes behind it: (first, stop, kind) of units
    spans: parts of sentences: (text, start, end, kind)
    walls: (n units,) which sentences offer the rest of the article to those who pay or sign in
    """

    kinds: Codes
    walls: Flags
    below: list[tuple[int, int, int]] = field(default_factory=list)
    spans: list[tuple[int, int, int, Kind]] = field(default_factory=list)


def heads(texts: list[str]) -> Heads:
    """Look for bylines and datelines at the heads of texts."""
    marks = Heads()
    for number, text in enumerate(texts):
        _head(number, text, marks)
    return marks


def without(texts: list[str], spans: list[tuple[int, int, int, Kind]]) -> list[str]:
    """Return the texts in which these spans are blank."""
    blanks: dict[int, list[tuple[int, int]]] = {}
    for number, start, end, _ in spans:
        blanks.setdefault(number, []).append((start, end))
    return [
        blank_out(text, blanks[number]) if number in blanks else text for number, text in enumerate(texts)
    ]


def mark(texts: list[str], units: Units) -> Formed:
    """Mark what stands around the articles of these texts, of which `units` are the sentences."""
    forms = Formed(np.full(len(units), NOTHING, np.int8), np.zeros(len(units), np.bool_))
    by_line = _Lines(units)
    opening = np.isin(units.opening, word_keys(OPENINGS.split()))
    for pair in PAIRS.split():
        first, _, second = pair.partition(":")
        after = np.isin(units.second, word_keys(second.split(","))) if second else ~units.ends
        opening |= after & (units.opening == word_keys([first])[0])
    # From behind: what follows a sentence tells whether it stands at the foot.
    for at in np.flatnonzero(opening | by_line.beside(units))[::-1]:
        _mark_unit(int(at), texts, units, by_line, forms)
    _links_below(texts, units, by_line, forms)
    for at in np.flatnonzero(forms.kinds == CODE["subscription"]).tolist():
        forms.walls[at] = PAYWALL.search(texts[units.text[at]][units.start[at] : units.stop[at]]) is not None
    return forms


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
        """Tell which sentences may be a photo's credit or a sign, or say who wrote the article."""
        sentences = self.stop - self.first
        short = (
            self.opens & (self.words <= _CAPTION_WORDS) & ((sentences == 2) | (sentences == 1) & ~units.ends)
        )
        last = (
            (self.text_stop - np.arange(len(units)) <= _LAST + 2) & self.opens & (units.words <= _LINE_WORDS)
        )
        flags: Flags = short | last
        return flags


def _head(number: int, text: str, marks: Heads) -> None:
    if correction := CORRECTED.match(text):
        marks.spans.append((number, correction.start(), correction.end(), "correction"))
        stop = re.search(r"[.!?]\s|\n|$", text[correction.end() :])
        sentence = text[: correction.end() + (stop.end() if stop else 0)]
        if wrong := AGAIN.search(sentence, correction.end()):
            marks.spans.append((number, wrong.start(), wrong.end(), "correction"))
    at, paragraphs, has_lead, has_place = 0, 0, False, False
    for _ in range(HEAD_LINES):
        while at < len(text) and text[at].isspace():
            at += 1
        if byline := BYLINE.match(text, at):
            marks.spans.append((number, at, byline.end(), "byline"))
            at = byline.end()
            continue
        if dateline := DATELINE.match(text, at):
            marks.spans.append((number, at, dateline.end(), "dateline"))
            return
        lead = lead_of(text, at, first=not paragraphs and not has_lead)
        if lead and lead.sure:
            marks.spans.append((number, at, lead.end, lead.kind))
            at = lead.end
            continue
        if lead:
            marks.places.append((number, at, lead.end, lead.kind))
            has_lead = True
        elif not has_place and (place := PLACE.match(text, at)):
            marks.places.append((number, at, place.end(), "dateline"))
            has_place = True
        end = text.find("\n", at)
        paragraphs += end - at > _PARAGRAPH
        if end < 0 or paragraphs == _PARAGRAPHS:
            return
        at = end


def _mark_unit(at: int, texts: list[str], units: Units, lines: _Lines, forms: Formed) -> None:
    text = texts[units.text[at]]
    unit = text[units.start[at] : units.stop[at]]
    if aside := ASIDE.match(text, units.start[at]):
        forms.spans.append((int(units.text[at]), aside.start(), aside.end(), "links"))
        if aside.end() >= units.stop[at]:
            forms.kinds[at] = CODE["links"]
        return
    kind = form_of(unit)
    opens, line = bool(lines.opens[at]), slice(int(lines.first[at]), int(lines.stop[at]))
    alone = line.stop - line.start == 1
    after = slice(at + 1, int(lines.text_stop[at]))
    # Sentences behind it that are the article's own, as far as forms tell.
    own = forms.kinds[after] == NOTHING if after.stop - at <= _FOOT else np.ones(_FOOT, np.bool_)
    if kind is None:
        if (code := _by_place(at, unit, line, opens, forms)) != NOTHING:
            forms.kinds[line] = code
        return
    if kind == "dateline":
        if opens and alone and (units.line[at] <= 2 * HEAD_LINES or own.sum() < _LAST):
            forms.kinds[at] = CODE[kind]
        return
    if kind == "links" and units.ends[at] and units.words[at] > _CAPTION_WORDS:
        return
    if kind == "credit" and not opens and line.stop == at + 1 and lines.words[at] <= _CAPTION_WORDS:
        forms.kinds[line] = CODE[kind]
        return
    if not opens and own.sum() >= _LAST:
        forms.below.append((at, at + 1, CODE[kind]))
        return
    if kind == "subscription" and _WEAK.match(unit) and not opens:
        return
    if kind == "agency" and units.words[at] > 14 and _DONE_BY.match(unit) and not _AWAY.search(unit):
        return
    most = _NOTE_WORDS if kind == "correction" else _LINE_WORDS
    whole = opens and (lines.words[at] <= most or kind == "tags")
    if kind == "correction" and not opens and _label(unit):
        whole = True
    forms.kinds[at : line.stop if whole else at + 1] = CODE[kind]


def _by_place(at: int, unit: str, line: slice, opens: bool, forms: Formed) -> int:
    """Return the kind of a line that its place shows too: who wrote the article, whose photo stands there."""
    if not opens:
        return NOTHING
    if is_staff(unit):
        forms.below.append((at, line.stop, CODE["byline"]))
    if line.stop - line.start == 2 and CAPTION.search(unit):
        return CODE["credit"]
    if line.stop - line.start > 1 or len(unit) > _CAPTION_LETTERS:
        return NOTHING
    if BESIDE.match(unit) or CAPTION.search(unit):
        return CODE["credit"]
    if INITIALS.match(unit):
        return CODE["agency"]
    if TRAIL.match(unit):
        return CODE["tags"]
    if SIGNED.match(unit):
        forms.below.append((at, line.stop, CODE["agency"]))
    if NAMED.match(unit):
        forms.below.append((at, line.stop, CODE["byline"]))
    if ADDRESS.search(unit):
        forms.below.append((at, line.stop, CODE["footer"]))
    return NOTHING


def _label(unit: str) -> bool:
    return re.match(r"\W*(?:correction|clarification|editor)", unit, re.IGNORECASE) is not None


def _links_below(texts: list[str], units: Units, lines: _Lines, forms: Formed) -> None:
    """Mark the lines below a heading such as `Read more` that do not read as sentences, and a note below its label."""
    for kind in ("links", "tags", "correction"):
        for at in np.flatnonzero((forms.kinds == CODE[kind]) & lines.opens & (lines.words <= 5)):
            after = int(lines.stop[at])
            while after < lines.text_stop[at] and forms.kinds[after] in (NOTHING, CODE[kind]):
                stop = int(lines.stop[after])
                # A headline ends as no sentence does, but for a question.
                if kind != "correction" and (
                    lines.words[after] > _NAMED_LINE or not _heading(texts, units, stop - 1)
                ):
                    break
                if kind == "correction" and after - lines.stop[at] > 8:
                    break
                forms.kinds[after:stop] = CODE[kind]
                after = stop


def _heading(texts: list[str], units: Units, at: int) -> bool:
    """Whether a line that ends so may be a headline: it ends as no sentence does, but for a question."""
    last = texts[units.text[at]][units.stop[at] - 1]
    return last == "?" or not (units.ends[at] or last in ":,;")
