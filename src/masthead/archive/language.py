"""Which language an article is in: as its source says, else as its words tell.

Nearly all cost is saved by a first look: where at least one in six of an article's first words is one of
English's commonest, it is English. What is left goes to py3langid, which is loaded only then and looks at
the same opening. Fewer than eight words tell nothing: the language stays null. The notes of an ingest say
how many were told by the source and how many by their words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

OPENING = 800
FEWEST_WORDS = 8

_WORDS = re.compile(r"[^\W\d_]+")
_ENGLISH = """
    the of and to in that for is was on with as by at from his her he she it be are has have had an this
    not who said will they their which were after been but would
""".split()
# The rest of them are words of other languages too (`in`, `is`, `was`, `he`, `an`) and cannot settle it.
_ENGLISH_ONLY = frozenset({"the", "of", "and", "that", "with", "from", "which", "have", "this", "they"})
_CODE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9]{2,8})*$")
_NAMES = {
    "ar": "arabic ara",
    "de": "german deutsch deu ger",
    "el": "greek ell gre",
    "en": "english eng",
    "es": "spanish español espanol spa",
    "fa": "persian farsi fas per",
    "fr": "french français francais fra fre",
    "he": "hebrew heb",
    "hi": "hindi hin",
    "it": "italian italiano ita",
    "ja": "japanese jpn",
    "ko": "korean kor",
    "nl": "dutch nederlands nld dut",
    "pl": "polish polski pol",
    "pt": "portuguese português portugues por",
    "ru": "russian русский rus",
    "sv": "swedish svenska swe",
    "tr": "turkish türkçe turkce tur",
    "uk": "ukrainian українська ukr",
    "ur": "urdu urd",
    "zh": "chinese zho chi",
}
_BY_NAME = {name: code for code, names in _NAMES.items() for name in names.split()}


def language_code(told: str) -> str | None:
    """Return the ISO 639-1 code for what a source says (`en`, `en-GB`, `eng`, `English`); None if unknown."""
    told = told.strip()
    if hit := _CODE.match(told):
        return hit[1].lower()
    return _BY_NAME.get(told.lower())


def detect_languages(openings: Sequence[str]) -> list[str | None]:
    """Return the ISO 639-1 code of each text, told by its first 800 characters; None where too few words."""
    codes: list[str | None] = []
    classify = None
    for opening in openings:
        words = _WORDS.findall(opening[:OPENING].lower())
        if _looks_english(words):
            codes.append("en")
            continue
        # Chinese and Japanese put no spaces between words: count their characters instead.
        if len(words) < FEWEST_WORDS and sum(map(len, words)) < 10 * FEWEST_WORDS:
            codes.append(None)
            continue
        if classify is None:
            import py3langid

            classify = py3langid.classify
        codes.append(str(classify(opening[:OPENING])[0]))
    return codes


def _looks_english(words: list[str]) -> bool:
    """True where enough words are common English ones, and two of them are of no other language."""
    if len(words) < FEWEST_WORDS:
        return False
    counts = Counter(words)
    common = sum(counts[w] for w in _ENGLISH)
    return 6 * common >= len(words) and sum(w in counts for w in _ENGLISH_ONLY) >= 2
