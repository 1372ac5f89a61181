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
from masthead.matching.marks import telling_letter, unmarked
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
    """One word of a pattern, folded; `open_end` where any further letters may follow."""

    folded: str
    written: str
    open_end: bool


class _Form(NamedTuple):
    """A pattern in one spelling (composed or decomposed), and which of its words the automaton looks for.

    `phrase` is the whole with single spaces, in which the key word starts at `before`; None where a word
    before the last may go on. `written` are the ways in which it is mostly written, None where any case will do.
    `proclitics`: small words may be written onto its first word; `particles`: onto its last.
    """

    pattern: int
    words: tuple[_Word, ...]
    key: int
    phrase: str | None
    before: int
    written: frozenset[str] | None
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
            for way in spellings(unmarked(pattern.text)[0]):
                for spelling in {unicodedata.normalize("NFC", way), unicodedata.normalize("NFD", way)}:
                    words = _words(spelling)
                    if not words:
                        continue
                    form = _form(index, words, pattern.ignore_case)
                    forms.setdefault(form.words[form.key].folded, []).append(form)
        for folded, same in forms.items():
            opened = any(form.proclitics for form in same)
            closed = not any(form.words[form.key].open_end or form.particles for form in same)
            self._automaton.add_word(folded, (len(folded), opened, closed, tuple(same)))
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
            text, places = unmarked(text)
        found = self._found(text, fold(text))
        if places is not None:
            found = {Match(m.pattern, places[m.start], places[m.end]) for m in found}
        return sorted(found, key=lambda m: (m.start, m.end, m.pattern))

    def _found(self, text: str, folded: str) -> set[Match]:
        length = len(folded)
        found: set[Match] = set()
        for last, (size, opened, closed, forms) in self._automaton.iter(folded):
            start = last - size + 1
            if start and not opened and has_begun(folded[start - 1], folded[start]):
                continue
            end = last + 1
            if closed and end < length and goes_on(folded[last], folded[end]):
                continue
            for form in forms:
                first = start - form.before
                if form.phrase is not None and first >= 0 and folded.startswith(form.phrase, first):
                    match = _here(form, text, folded, first, first + len(form.phrase))
                elif len(form.words) > 1:
                    match = _around(form, text, folded, start, end)
                else:
                    continue
                if match is not None:
                    found.add(match)
        return found


def _form(pattern: int, words: tuple[_Word, ...], ignore_case: bool) -> _Form:
    key = max(range(len(words)), key=lambda i: len(words[i].folded))
    phrase = None if any(word.open_end for word in words[:-1]) else " ".join(word.folded for word in words)
    plain = " ".join(word.written for word in words)
    capital = " ".join(word.written[:1].upper() + word.written[1:] for word in words)
    written = None if ignore_case else frozenset({plain, capital})
    before = sum(len(w.folded) + 1 for w in words[:key])
    proclitics, particles = takes_proclitics(words[0].folded), is_hangul(words[-1].folded[-1])
    return _Form(pattern, words, key, phrase, before, written, proclitics, particles)


def _begins(form: _Form, text: str, folded: str, start: int) -> bool:
    """True where a word may begin at `start`, small words that are written onto it apart."""
    if not start:
        return True
    if folded[start - 1] == "'":
        return not joins_before(text, folded, start)
    return not has_begun(folded[start - 1], folded[start]) or (
        form.proclitics and follows_proclitics(folded, start)
    )


def _ends(form: _Form, text: str, folded: str, end: int) -> bool:
    """True where the last word of a form may end at `end`."""
    if end == len(folded):
        return True
    if folded[end] == "'":
        return not joins_after(text, folded, end)
    return not goes_on(folded[end - 1], folded[end]) or (form.particles and precedes_particles(folded, end))


def _end_of_word(folded: str, end: int) -> int:
    """Return where the word ends that goes on at `end`."""
    while end < len(folded) and goes_on(folded[end - 1], folded[end]):
        end += 1
    return end


def _here(form: _Form, text: str, folded: str, start: int, end: int) -> Match | None:
    """Return the match of a form whose phrase stands at [start, end), if it has boundaries and the right case."""
    if not _begins(form, text, folded, start):
        return None
    stop = end
    if form.words[-1].open_end:
        stop = _end_of_word(folded, end)
    elif not _ends(form, text, folded, end):
        return None
    if form.written is not None and text[start:end] not in form.written:
        spans = []
        at = start
        for word in form.words:
            spans.append((at, at + len(word.folded)))
            at += len(word.folded) + 1
        if not _as_written(form.words, [*spans[:-1], (spans[-1][0], stop)], text):
            return None
    return Match(form.pattern, start, stop)


def _around(form: _Form, text: str, folded: str, start: int, end: int) -> Match | None:
    """Compare the other words of a form with what stands around its key word at [start, end)."""
    spans = [(start, end)] * len(form.words)
    for i in range(form.key, len(form.words)):
        word = form.words[i]
        if i != form.key:
            start = _skip_space(folded, end)
            if start == end or not folded.startswith(word.folded, start):
                return None
            end = start + len(word.folded)
        if word.open_end:
            end = _end_of_word(folded, end)
        elif i + 1 == len(form.words) and not _ends(form, text, folded, end):
            return None
        spans[i] = (start, end)
    begin = spans[form.key][0]
    for i in range(form.key - 1, -1, -1):
        word = form.words[i]
        finish = _skip_space_back(folded, begin)
        begin_of_word = finish
        if word.open_end:
            while begin_of_word and has_begun(folded[begin_of_word - 1], folded[begin_of_word]):
                begin_of_word -= 1
            if not folded.startswith(word.folded, begin_of_word, finish):
                return None
        else:
            begin_of_word = finish - len(word.folded)
            if begin_of_word < 0 or folded[begin_of_word:finish] != word.folded:
                return None
        if finish == begin:
            return None
        begin = begin_of_word
        spans[i] = (begin, finish)
    if not _begins(form, text, folded, begin):
        return None
    last = spans[-1][1]
    if form.written is not None and not _as_written(form.words, spans, text):
        return None
    return Match(form.pattern, begin, last)


def _as_written(words: tuple[_Word, ...], spans: list[tuple[int, int]], text: str) -> bool:
    whole = text[spans[0][0] : spans[-1][1]]
    if whole.isupper():
        return True
    for word, (start, _end) in zip(words, spans, strict=True):
        there = _plain(text[start : start + len(word.written)])
        plain = _plain(word.written)
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
