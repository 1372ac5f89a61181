"""Sentences glued without a space, as a scraper leaves them that joins paragraphs: `at once.The Front was there`.

A blank comes between where a word in small letters ends in a stop and the next begins with a capital. Names and
addresses that look so (`Node.Js`, `HealthCare.Gov`, `e.g.The`, `ASP.Net`) stay: a part of an address, a known ending,
an abbreviation, a word that stands so more than once, or a capitalised word in a text where nothing else is glued.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from io import StringIO
from typing import NamedTuple

SIGN = (
    r"\p{Ll}(?:[.!?](?:\p{Lu}\p{Ll}|[AI] \p{Ll}|[\x22’]\p{Lu}\p{Ll}|“\p{Lu})|[.,!?]”\p{L}\p{Ll}"
    r"|,“\p{Lu}|,\x22\p{L}\p{Ll}|[.!?]”“\p{Lu})"
)
"""What a text with a glued sentence holds, for RE2."""

FIRST_SIGN = r"[.,!?]\S"
"""What it holds at the least: RE2 takes milliseconds to make ready for all letters, which few texts need."""

_PLACE = re.compile(r"(?P<stop>[.!?,])(?P<mark>[”’“\"]?|”“)(?=[^\W\d_])")
_TOKEN = 60
_QUOTED = 3_000
_OF_ENDINGS = (
    "app asp aspx biz com dll doc edu exe gif gov htm html info io jpg js mil net org pdf php png py ts tv txt"
    " xml"
)
_ENDINGS = frozenset(_OF_ENDINGS.split())
_OF_ABBREVIATIONS = (
    "al apr approx aug ave bros capt co col corp dec dept dr ed eds est etc feb fig fr ft gen gov hon inc jan jr jul"
    " jun lt ltd maj mar mr mrs ms mt no nov oct ph pp pres prof rd rep rev sec sen sep sept sgt sr st univ vol vs"
)
_ABBREVIATIONS = frozenset(_OF_ABBREVIATIONS.split())
_OF_BEGINNERS = (
    "a according after all although an and another as at because before both but by during each even for from further"
    " he her here his how however i if in instead it its last later many meanwhile more most my no not now of on one"
    " only other our over she since so some still such that the their then there these they this those to under until"
    " we what when where whether which while who why with yet you your"
)
_BEGINNERS = frozenset(_OF_BEGINNERS.split())
_CODE = re.compile(r"[@/\\_#=<>{}\[\]]|www|::")


class _Place(NamedTuple):
    """Where a blank is lacking, the words around, and whether they tell it alone."""

    at: int
    form: str
    sure: bool


def with_spaces(text: str) -> str:
    """Return the text with a blank between sentences that were glued."""
    prose = _Text(text)
    forms: Counter[str] = Counter()
    sure: set[str] = set()
    for place in prose.places():
        forms[place.form] += 1
        if place.sure:
            sure.add(place.form)
    alone = {
        form
        for form, times in forms.items()
        if not form or times == 1 or form.partition(" ")[2] in _BEGINNERS
    }
    if not sure & alone:
        return text
    buffer, at = StringIO(), 0
    for place in prose.places():
        if place.form in alone:
            buffer.write(text[at : place.at])
            buffer.write(" ")
            at = place.at
    buffer.write(text[at:])
    return buffer.getvalue()


class _Text:
    """A text and its places where a blank may lack."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _quotes(self) -> array[int]:
        return array("q", (match.start() for match in re.finditer('"', self._text)))

    @cached_property
    def _lines(self) -> array[int]:
        return array("q", (match.start() for match in re.finditer("\n", self._text)))

    def places(self) -> Iterator[_Place]:
        text = self._text
        for match in _PLACE.finditer(text):
            start, end = match.span()
            if not start or not text[start - 1].islower():
                continue
            at = self._at(match["stop"], match["mark"], start, end)
            if at is None:
                continue
            left = re.split(r"\s", text[max(0, start - _TOKEN) : start])[-1].lstrip("\"'“‘”(—–-")
            left = re.split("[—–…]|--", left)[-1]
            right = text[end : end + _TOKEN].split(None, 1)[0]
            word = re.match(r"[^\W\d_]+", right)
            if word is None or not self._is_prose(left, right, word[0], match["stop"], match["mark"]):
                continue
            plain = not match["mark"]
            sure = not plain or not left[:1].isupper() or word[0].casefold() in _BEGINNERS
            yield _Place(at, f"{left} {word[0]}".casefold() if plain else "", sure and len(word[0]) > 1)

    def _at(self, stop: str, mark: str, start: int, end: int) -> int | None:
        """Return where the blank belongs, None where nothing lacks or it is not sure."""
        text, first, then = self._text, self._text[end], self._text[end + 1 : end + 2]
        sentence = first.isupper() and then.islower()
        if not mark:
            alone = first in "AI" and then == " " and text[end + 2 : end + 3].islower()
            return end if stop != "," and (sentence or alone) else None
        if mark == "“":
            return start + 1 if first.isupper() else None
        if mark == "”“":
            return end - 1 if first.isupper() and self._closes(start) else None
        if mark == "”":
            return end if then.islower() and self._closes(start) else None
        if mark == "’":
            is_open = text.rfind("‘", max(0, start - 1000), start) >= 0
            return (
                end
                if is_open and stop != "," and sentence and text[end : end + 3] not in ("Tis", "Twa")
                else None
            )
        return self._beside_quote(start + 1, end) if sentence or (stop == "," and then.islower()) else None

    def _closes(self, start: int) -> bool:
        """True where a mark was opened before: `said.”It is` may be an opening one, written wrong."""
        before = self._text[max(0, start - _QUOTED) : start]
        return before.rfind("“") > before.rfind("”")

    def _beside_quote(self, quote: int, end: int) -> int | None:
        """Return where the blank belongs beside a straight mark: before one that opens, behind one that closes."""
        lines, quotes = self._lines, self._quotes
        line = bisect_left(lines, quote)
        first = bisect_left(quotes, lines[line - 1] if line else 0)
        last = bisect_left(quotes, lines[line]) if line < len(lines) else len(quotes)
        at = bisect_left(quotes, quote)
        if (last - first) % 2:
            return None
        closes = bool((at - first) % 2)
        if at > first:
            before = quotes[at - 1]
            blank_before = before == 0 or self._text[before - 1] in " \n\t(["
            blank_behind = self._text[before + 1] in " \n\t"
            if blank_before != blank_behind and blank_before != closes:
                return None
        elif closes:
            return None
        return end if closes else quote

    def _is_prose(self, left: str, right: str, word: str, stop: str, mark: str) -> bool:
        """True where neither side is part of a name, an address, an abbreviation or a program."""
        if (
            len(left) < 2
            or not left[-2].isalpha()
            or "." in left
            or _CODE.search(left)
            or _CODE.search(right)
        ):
            return False
        if mark:
            return True
        if stop == "." and (left.casefold() in _ABBREVIATIONS or word.casefold() in _ENDINGS):
            return False
        after = right[len(word) :]
        inside = re.match(r"[.!?(]+\w|\(", after)
        capitals = any(letter.isupper() for letter in word[1:]) and not word.startswith(
            ("Mc", "Mac", "De", "O")
        )
        return inside is None and not capitals
