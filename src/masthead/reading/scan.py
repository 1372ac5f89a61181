"""One scan of a text for all aliases at once (Aho–Corasick; the word boundaries and the case rules are ours)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import ahocorasick

from masthead.study import Alias

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})


class Pattern(NamedTuple):
    """Words to look for: `text` as a study writes it (a word may end in `*`), and whether any case matches.

    Where case matters, each word matches as written, with its first letter capitalised (`al-Nusra` opens a
    sentence as `Al-Nusra`), or the whole in full capitals.
    """

    text: str
    ignore_case: bool

    @classmethod
    def of(cls, alias: Alias) -> Pattern:
        """Return the pattern of an alias."""
        return cls(alias.text, alias.ignore_case)


class Match(NamedTuple):
    """Where a pattern stands: its index, and the code points [start, end) of the text."""

    pattern: int
    start: int
    end: int


def fold(text: str) -> str:
    """Return `text` in lower case, with plain apostrophes and hyphens, code point for code point.

    `str.lower` may lengthen a text ('İ' becomes two code points), which would move every offset after it;
    such a letter keeps the first code point of its lower case.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower()[0] for c in text)
    return low if low.isascii() else low.translate(_SAME)


def is_letter(char: str) -> bool:
    """True for what can be part of a word: letters, digits, the underscore and combining marks."""
    return char.isalnum() or char == "_" or (not char.isascii() and unicodedata.category(char)[0] == "M")


class _Word(NamedTuple):
    """One word of a pattern, folded; `open_end` where any further letters may follow."""

    folded: str
    written: str
    open_end: bool


class _Form(NamedTuple):
    """A pattern in one spelling (composed or decomposed), and which of its words the automaton looks for."""

    pattern: int
    words: tuple[_Word, ...]
    key: int
    ignore_case: bool


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
        forms: dict[str, list[_Form]] = {}
        for index, pattern in enumerate(self.patterns):
            for spelling in {
                unicodedata.normalize("NFC", pattern.text),
                unicodedata.normalize("NFD", pattern.text),
            }:
                words = _words(spelling)
                key = max(range(len(words)), key=lambda i: len(words[i].folded))
                forms.setdefault(words[key].folded, []).append(_Form(index, words, key, pattern.ignore_case))
        for folded, same in forms.items():
            closed = not any(form.words[form.key].open_end for form in same)
            self._automaton.add_word(folded, (len(folded), closed, tuple(same)))
        if forms:
            self._automaton.make_automaton()

    def scan(self, text: str) -> list[Match]:
        """Return every match of every pattern, overlapping ones too, ordered by start, end and pattern."""
        if not self.patterns or not text:
            return []
        folded = fold(text)
        length = len(folded)
        found: set[Match] = set()
        for last, (size, closed, forms) in self._automaton.iter(folded):
            start = last - size + 1
            if start and folded[start - 1].isalnum():
                continue
            end = last + 1
            if closed and end < length and folded[end].isalnum():
                continue
            for form in forms:
                match = _around(form, text, folded, start, end)
                if match is not None:
                    found.add(match)
        return sorted(found, key=lambda m: (m.start, m.end, m.pattern))


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
            while end < len(folded) and is_letter(folded[end]):
                end += 1
        elif end < len(folded) and is_letter(folded[end]):
            return None
        spans[i] = (start, end)
    begin = spans[form.key][0]
    for i in range(form.key - 1, -1, -1):
        word = form.words[i]
        finish = _skip_space_back(folded, begin)
        begin_of_word = finish
        if word.open_end:
            while begin_of_word and is_letter(folded[begin_of_word - 1]):
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
    if begin and is_letter(folded[begin - 1]):
        return None
    last = spans[-1][1]
    if not form.ignore_case and not _as_written(form.words, spans, text):
        return None
    return Match(form.pattern, begin, last)


def _as_written(words: tuple[_Word, ...], spans: list[tuple[int, int]], text: str) -> bool:
    whole = text[spans[0][0] : spans[-1][1]]
    if whole.isupper():
        return True
    for word, (start, _end) in zip(words, spans, strict=True):
        there = text[start : start + len(word.written)]
        if not there.isascii():
            there = there.translate(_SAME)
        plain = word.written if word.written.isascii() else word.written.translate(_SAME)
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


def scan_all(texts: Iterable[str], patterns: Sequence[Pattern]) -> Iterator[list[Match]]:
    """Scan many texts with one automaton."""
    scanner = Scanner(patterns)
    for text in texts:
        yield scanner.scan(text)
