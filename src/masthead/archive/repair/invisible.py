"""Characters that nobody sees, inside the words that people look for.

They go where a reader sees the same text without them. They stay where they say something: joiners within words of
Persian, Arabic, Indic and other scripts and within emoji, breaks between words of scripts without blanks, marks of
direction beside letters that are read from the right. A no-break space becomes a blank. A soft hyphen between letters
goes, with the line end behind it where it broke a word; one between a small and a capital letter (`Al-Assad`), or
beside a figure or a blank, may be the only sign of a hyphen or dash
and stays.
"""

from __future__ import annotations

import re

_ANY = re.compile("[\u00a0\u00ad\u2007\u200b-\u200f\u202a-\u202f\u2060-\u2064\u2066-\u2069\ufeff]")
_BLANKS = "\u00a0\u2007\u202f"
_NOTHING = "\u2060\u2061\u2062\u2063\u2064\ufeff"
_BREAKS = re.compile("(?<![\u0e00-\u109f\u1780-\u17ff])\u200b+(?![\u0e00-\u109f\u1780-\u17ff])")
_FROM_RIGHT = re.compile("[\u0590-\u05ff\u0600-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]")
_TURNED = re.compile("[\u202d\u202e]")
_DIRECTION = re.compile("[\u200e\u200f\u202a-\u202c\u2066-\u2069]+")
# Letters, marks and blanks of Latin, Greek and Cyrillic: no joiner says anything between these.
_PLAIN = "\\x00-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
_JOINERS = re.compile(f"(?<![^{_PLAIN}])[\u200c\u200d]+(?![^{_PLAIN}])")
_BROKEN_LINE = re.compile(r"(?<=[^\W\d_])\u00ad[ \t]*+\r?\n[ \t]*+(?=[^\W\d_])")
_BESIDE_MARKS = re.compile(
    r"(?<=[^\w\s])\u00ad+|\u00ad+(?=[^\w\s\u00ad])|(?<!\S)\u00ad+(?=[^\W\d_])|(?<=\s)\u00ad+(?=\n|\Z)"
)
_SOFT = re.compile("(?<=[^\\W\\d_])\u00ad+(?=[^\\W\\d_])")


def without_invisible(text: str) -> str:
    """Return the text without the invisible characters that say nothing, and with blanks for no-break spaces."""
    if text.isascii() or not _ANY.search(text):
        return text
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    for nothing in _NOTHING:
        text = text.replace(nothing, "")
    if "\u200b" in text:
        text = _BREAKS.sub("", text)
    if _DIRECTION.search(text) and not _FROM_RIGHT.search(text) and not _TURNED.search(text):
        text = _DIRECTION.sub("", text)
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    if "\u00ad" in text:
        text = _BESIDE_MARKS.sub("", _SOFT.sub(_of_word, _BROKEN_LINE.sub(_of_word, text)))
    return text


def _of_word(match: re.Match[str]) -> str:
    """Nothing, where what was found stands within a word; a hyphen may have stood before a capital."""
    text, before = match.string, match.string[match.start() - 1]
    after = text[match.end()]
    if text[max(0, match.start() - 3) : match.start()].endswith(("Mc", "Mac")):
        return ""
    whole = after.islower() or (before.isupper() and after.isupper() and "\n" not in match[0])
    return "" if whole else match[0]
