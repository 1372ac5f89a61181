"""One scan of a text for all aliases at once (Aho–Corasick; the word boundaries and the case rules are ours)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import ahocorasick

from masthead.matching.apostrophes import joins_after, joins_before
from masthead.matching.clitics import (
    follows_proclitics,
    precedes_particles,
    spellings,
    takes_proclitics,
)
from masthead.matching.marks import telling_letter, without_marks
from masthead.matching.scripts import goes_on, has_begun, is_hangul

_SAME = {
    "'": "’‘ʼʻ′´＇",
    "-": "‐‑‒–−",
    '"': "“”„‟«»＂",
    "ا": "أإآٱ",
    "ي": "ىی",
    "ك": "ک",
}
"""Signs that are set in several ways, and letters of Arabic and Persian that papers write for one another."""

_PLAIN = {fancy: plain for plain, alike in _SAME.items() for fancy in alike}


class Pattern(NamedTuple):
    """Words to look for: `text` as a study writes it (a word may end in `*`), and whether any case matches.

    Where case matters, each word matches as written, with its first letter capitalised (`al-Nusra` opens a
    sentence as `Al-Nusra`), or the whole in full capitals.
    """

    text: str
    ignore_case: bool


class Match(NamedTuple):
    """Where a pattern stands: its index, and the code points [start, end) of the text."""

    pattern: int
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` in lower case, with what is set in several ways in one, code point for code point.

    Apostrophes, quotation marks and hyphens are plain; Arabic alef and ya, and Persian kaf and ya, have one form.

    `str.lower` may lengthen a text ('İ' becomes two code points), which would move every offset after it;
    such a letter keeps the first code point of its lower case.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower()[0] for c in text)
    return _plain(low)


def _plain(text: str) -> str:
    """Return `text` with one kind of apostrophe, quotation mark, hyphen, alef, ya and kaf."""
    if not text.isascii():
        # Passes at the speed of memory: `str.translate` looks at each character, ten times slower.
        for fancy, plain in _PLAIN.items():
            text = text.replace(fancy, plain)
    return text


class _Word(NamedTuple):
    """One word of a pattern, as it is spelt and without case; `open_end` where any further letters may follow."""

    caseless: str
    spelling: str
    open_end: bool


class _Form(NamedTuple):
    """A pattern in one spelling (composed or decomposed), and which of its words the automaton looks for.

    `phrase` is the whole with single spaces, in which the key word starts at `before`; None where a word
    before the last may go on. `exact_spellings` are the ways in which it is mostly written, None where any case
    will do.
    `proclitics`: small words may be written onto its first word; `particles`: onto its last.
    """

    pattern: int
    words: tuple[_Word, ...]
    key: int
    phrase: str | None
    before: int
    exact_spellings: frozenset[str] | None
    proclitics: bool
    particles: bool


def _words(text: str) -> tuple[_Word, ...]:
    return tuple(
        _Word(fold(bare := word.removesuffix("*")), bare, word.endswith("*")) for word in text.split()
    )


class Scanner:
    """Looks for many patterns in one pass over a text.

    The automaton holds one word of each pattern, its longest; the words around it are compared only where
    that one is found. So any whitespace may stand between the words of an alias, short of an empty line, and
    no copy of the text with other offsets is made.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self.patterns = tuple(patterns)
        self._automaton = ahocorasick.Automaton()
        # A text without any of these letters holds no name that could be marked.
        letters = {telling_letter(pattern.text) for pattern in self.patterns}
        self._telling = frozenset(letter for letter in letters if letter is not None)
        forms: dict[str, list[_Form]] = {}
        for index, pattern in enumerate(self.patterns):
            for way in spellings(without_marks(pattern.text)[0]):
                for spelling in {unicodedata.normalize("NFC", way), unicodedata.normalize("NFD", way)}:
                    words = _words(spelling)
                    if not words:
                        continue
                    form = _form(index, words, pattern.ignore_case)
                    forms.setdefault(form.words[form.key].caseless, []).append(form)
        for caseless, same in forms.items():
            may_start_inside = any(form.proclitics for form in same)
            must_end = not any(form.words[form.key].open_end or form.particles for form in same)
            self._automaton.add_word(caseless, (len(caseless), may_start_inside, must_end, tuple(same)))
        if forms:
            self._automaton.make_automaton()

    def scan(self, text: str) -> list[Match]:
        """Return every match of every pattern, overlapping ones too, ordered by start, end and pattern.

        A name and the same name with vowel signs are one: a match covers the signs of its last letter too.
        """
        if not self.patterns or not text:
            return []
        places = None
        if self._telling and not text.isascii() and any(letter in text for letter in self._telling):
            # Offsets are those of the text without its marks, and become those of the whole at the end.
            text, places = without_marks(text)
        matches = self._matches(text, fold(text))
        if places is not None:
            matches = {Match(m.pattern, places[m.start], places[m.end]) for m in matches}
        return sorted(matches, key=lambda m: (m.start, m.end, m.pattern))

    def _matches(self, text: str, caseless: str) -> set[Match]:
        length = len(caseless)
        matches: set[Match] = set()
        for last, (size, may_start_inside, must_end, forms) in self._automaton.iter(caseless):
            start = last - size + 1
            if start and not may_start_inside and has_begun(caseless[start - 1], caseless[start]):
                continue
            end = last + 1
            if must_end and end < length and goes_on(caseless[last], caseless[end]):
                continue
            for form in forms:
                first = start - form.before
                if form.phrase is not None and first >= 0 and caseless.startswith(form.phrase, first):
                    match = _here(form, text, caseless, first, first + len(form.phrase))
                elif len(form.words) > 1:
                    match = _around(form, text, caseless, start, end)
                else:
                    continue
                if match is not None:
                    matches.add(match)
        return matches


def _form(pattern: int, words: tuple[_Word, ...], ignore_case: bool) -> _Form:
    key = max(range(len(words)), key=lambda i: len(words[i].caseless))
    phrase = None if any(word.open_end for word in words[:-1]) else " ".join(word.caseless for word in words)
    plain = " ".join(word.spelling for word in words)
    capital = " ".join(word.spelling[:1].upper() + word.spelling[1:] for word in words)
    exact_spellings = None if ignore_case else frozenset({plain, capital})
    before = sum(len(w.caseless) + 1 for w in words[:key])
    proclitics, particles = takes_proclitics(words[0].caseless), is_hangul(words[-1].caseless[-1])
    return _Form(pattern, words, key, phrase, before, exact_spellings, proclitics, particles)


def _begins(form: _Form, text: str, caseless: str, start: int) -> bool:
    """True where a word may begin at `start`, small words that are written onto it apart."""
    if not start:
        return True
    if caseless[start - 1] == "'":
        return not joins_before(text, caseless, start)
    return not has_begun(caseless[start - 1], caseless[start]) or (
        form.proclitics and follows_proclitics(caseless, start)
    )


def _ends(form: _Form, text: str, caseless: str, end: int) -> bool:
    """True where the last word of a form may end at `end`."""
    if end == len(caseless):
        return True
    if caseless[end] == "'":
        return not joins_after(text, caseless, end)
    return not goes_on(caseless[end - 1], caseless[end]) or (
        form.particles and precedes_particles(caseless, end)
    )


def _end_of_word(caseless: str, end: int) -> int:
    """Return where the word ends that goes on at `end`."""
    while end < len(caseless) and goes_on(caseless[end - 1], caseless[end]):
        end += 1
    return end


def _here(form: _Form, text: str, caseless: str, start: int, end: int) -> Match | None:
    """Return the match of a form whose phrase stands at [start, end), if it has boundaries and the right case."""
    if not _begins(form, text, caseless, start):
        return None
    stop = end
    if form.words[-1].open_end:
        stop = _end_of_word(caseless, end)
    elif not _ends(form, text, caseless, end):
        return None
    if form.exact_spellings is not None and text[start:end] not in form.exact_spellings:
        spans = []
        at = start
        for word in form.words:
            spans.append((at, at + len(word.caseless)))
            at += len(word.caseless) + 1
        if not _as_written(form.words, [*spans[:-1], (spans[-1][0], stop)], text):
            return None
    return Match(form.pattern, start, stop)


def _around(form: _Form, text: str, caseless: str, start: int, end: int) -> Match | None:
    """Compare the other words of a form with what stands around its key word at [start, end)."""
    spans = [(start, end)] * len(form.words)
    for i in range(form.key, len(form.words)):
        word = form.words[i]
        if i != form.key:
            start = _skip_space(caseless, end)
            if start == end or not caseless.startswith(word.caseless, start):
                return None
            end = start + len(word.caseless)
        if word.open_end:
            end = _end_of_word(caseless, end)
        elif i + 1 == len(form.words) and not _ends(form, text, caseless, end):
            return None
        spans[i] = (start, end)
    begin = spans[form.key][0]
    for i in range(form.key - 1, -1, -1):
        word = form.words[i]
        finish = _skip_space_back(caseless, begin)
        begin_of_word = finish
        if word.open_end:
            while begin_of_word and has_begun(caseless[begin_of_word - 1], caseless[begin_of_word]):
                begin_of_word -= 1
            if not caseless.startswith(word.caseless, begin_of_word, finish):
                return None
        else:
            begin_of_word = finish - len(word.caseless)
            if begin_of_word < 0 or caseless[begin_of_word:finish] != word.caseless:
                return None
        if finish == begin:
            return None
        begin = begin_of_word
        spans[i] = (begin, finish)
    if not _begins(form, text, caseless, begin):
        return None
    last = spans[-1][1]
    if form.exact_spellings is not None and not _as_written(form.words, spans, text):
        return None
    return Match(form.pattern, begin, last)


def _as_written(words: tuple[_Word, ...], spans: list[tuple[int, int]], text: str) -> bool:
    whole = text[spans[0][0] : spans[-1][1]]
    if whole.isupper():
        return True
    for word, (start, _end) in zip(words, spans, strict=True):
        there = _plain(text[start : start + len(word.spelling)])
        plain = _plain(word.spelling)
        if there != plain and there != plain[:1].upper() + plain[1:]:
            return False
    return True


def _skip_space(text: str, at: int) -> int:
    """Return where the whitespace from `at` on ends; `at` itself where an empty line stands there."""
    end = at
    lines = 0
    while end < len(text) and text[end].isspace():
        lines += text[end] == "\n"
        end += 1
    return at if lines > 1 else end


def _skip_space_back(text: str, at: int) -> int:
    start = at
    lines = 0
    while start and text[start - 1].isspace():
        lines += text[start - 1] == "\n"
        start -= 1
    return at if lines > 1 else start
