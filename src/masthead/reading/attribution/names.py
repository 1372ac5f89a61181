"""The names in a text: where they stand, which titles lead to them, and what these say of somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, TITLES, words

Gender = Literal["m", "f"]

_SHORT = r"(?:Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Pres|Gen|Col|Lt|Sgt|Capt|Prof|Rev|Hon|St|Jr|Sr|Sec)\."
_WORD = rf"(?:al-|el-)?(?:{_SHORT}|[^\W\d_a-z]\.(?=[ \u00a0])|[^\W\d_a-z][\w’'-]*\w|[^\W\d_a-z])"
_JOINT = r"(?:[ \u00a0](?:of|for|de|la|al|el|bin|von|van|der|del)(?=[ \u00a0][^\W\d_a-z]))?[ \u00a0]"
_NAME = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD})*")
_PART = re.compile(r"[^\s.]+\.?")
_BEFORE_NAMES = FUNCTION_WORDS | DAYS_AND_MONTHS

_NO_PERSONS = words(
    "party university department committee house senate court street times post news institute agency council",
    "union association company corp inc ltd group bank ministry office bureau commission states nations county",
    "city center centre foundation college school coalition alliance front army force forces club league board",
    "fund service journal tribune herald press network television radio act amendment island islands sea river",
    "north south east west new america",
)
OF_TITLES = {
    "sen": "senator",
    "gov": "governor",
    "rep": "representative",
    "reps": "congressman",
    "pres": "president",
    "gen": "general",
    "col": "colonel",
    "lt": "lieutenant",
    "capt": "captain",
    "sgt": "sergeant",
    "dr": "doctor",
    "prof": "professor",
    "sec": "secretary",
    "rev": "reverend",
}
_MEN = words("mr sir lord king prince brother father son husband uncle he his him")
_WOMEN = words(
    "mrs ms miss lady dame queen princess sister mother daughter wife aunt actress waitress she her"
)


@dataclass(slots=True)
class Named:
    """A name where it stands in the text, and what it is called in full."""

    start: int
    end: int
    text: str
    titles: frozenset[str]
    whole: str = ""
    is_shared: bool = False
    """True for a surname alone that several persons of the text have."""


def gender_of(words: frozenset[str] | set[str]) -> Gender | None:
    """Return what titles and nouns say of somebody's gender; None where they say nothing, or both."""
    woman = any(w in _WOMEN or w.endswith("woman") for w in words)
    man = any(w in _MEN or (w.endswith("man") and not w.endswith(("woman", "human"))) for w in words)
    if woman == man:
        return None
    return "f" if woman else "m"


def is_person(name: str) -> bool:
    """True for a name that may be a person's: no organisation, no `of`, no acronym."""
    words = name.lower().split()
    return (
        not any(w.rstrip(".") in _NO_PERSONS for w in words)
        and not {"of", "for"} & set(words)
        and not name.isupper()
    )


def names(content: str) -> Iterator[Named]:
    """Yield the names in a text: runs of capitalised words, without titles and function words before them."""
    for match in _NAME.finditer(content):
        parts = [(p.start() + match.start(), p.end() + match.start()) for p in _PART.finditer(match.group())]
        words = [content[a:b] for a, b in parts]
        bare = [_bare(word) for word in words]
        first = 0
        titles: set[str] = set()
        for at, word in enumerate(bare[:-1]):
            if word in TITLES or word in OF_TITLES:
                titles.add(word)
                first = at + 1
        while first < len(words) and (bare[first] in _BEFORE_NAMES or bare[first].endswith("-based")):
            first += 1
        if first >= len(words) or (first == len(words) - 1 and bare[first] in TITLES):
            continue
        start, end = parts[first][0], parts[-1][1]
        text = content[start:end].replace("\u00a0", " ")
        possessive = re.search(r"['’]s?\Z", text)
        if possessive:
            text, end = text[: possessive.start()], start + possessive.start()
        text = text.rstrip(".") if not re.search(r"\b[A-Z]\.\Z|\b[JS]r\.\Z", text) else text
        if len(text) > 1:
            yield Named(start, start + len(text), text, frozenset(titles))


def _bare(word: str) -> str:
    return word.lower().rstrip(".").removesuffix("'s").removesuffix("’s")
