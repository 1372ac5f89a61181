"""Text that was read in a wrong encoding and saved so: `â€œWe wonâ€™t` for “We won’t.

ftfy knows which strings are more likely another encoding than text. It looks at a word or two at a time here: what is
damaged is short, and its neighbours may be sound. A change is taken back where it rests on nothing but what stands in
sound texts too, such as the `Ã”` that ends a Portuguese word in capitals and its quotation.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

# First bytes of characters of two bytes in UTF-8, without those of scripts that no press of ours writes; of three bytes
# and more; later bytes; and the pair with which quotation marks and dashes begin.
_TWO = (*range(0xC2, 0xC9), 0xCC, *range(0xCE, 0xD2), *range(0xD7, 0xDC))
_THREE = range(0xE0, 0xF1)
_LATER = range(0x80, 0xC0)
_MARK = (0xE2, 0x80)
# What ftfy tries, by Python's names.
_CODECS = ("latin-1", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "iso8859-2", "mac-roman")
# Letters that follow others in sound Russian and Ukrainian words.
_IN_WORDS = frozenset("ёіїєґјѕљњўђћќџѓ")
# First bytes that stand for curved marks, dashes and signs in Mac OS Roman, but for those of Latin letters.
_LESS_OF_MAC = frozenset({*_TWO, *_THREE} - {0xC2, 0xC3, 0xC4, 0xC5, 0xE2})
_LOST_END = re.compile(r"â€(?=[\s.,;:)\]\w—–-]|$)(?![€™œ˜¦¢“”])")
_WEAK = re.compile(
    r"(?<=[“‘\"«(])[^\W\d_][”’»)]|(?<=[^\W\d_])ß€"
    r"|(?<=[^\W\d_])[^\W\d_](?:[\u2018-\u201e\u2013\u2014\u2026»«\u00a0]++(?![^\W\d_])|(?= ))"
)
_LONE = re.compile(r"(?<=[a-zß-öø-ÿ.,;:!?)»”’\"\d])Â(?= )")
_CONTROLS = re.compile("[\u0080-\u0084\u0086-\u009f]")
_LETTERS = re.compile("[\u0080\u0081\u0083\u0088-\u008a\u008c-\u0090\u0098\u009a\u009c-\u009f]")
_BESIDE = re.compile("[^\x00-\x7f][\u0080-\u009f]|[\u0080-\u009f][^\x00-\x7f]|" + _LETTERS.pattern)
# Scripts that no press of ours writes: what is read as theirs was something else.
_UNLIKELY = re.compile("[\u0700-\u08ff\u0378-\u0379\ue000-\uf8ff]")
_TAKEN_APART = re.compile("(?<=[ÃÂ]) [\u0301\u0304\u0308\u0327]")
_MARKS = {"\u0301": "´", "\u0304": "¯", "\u0308": "¨", "\u0327": "¸"}
_PIECE = 300
"""Characters that are looked at together at least: pieces are cut at the next blank between plain letters."""
_WORDS = re.compile(r"(?:[^ \n]| (?=[\u0300-\u036f]))*+[ \n]?+")
_CUT = re.compile(r"(?<=[\x21-\x7e]) (?=[\x21-\x7e])|\n")

Table = npt.NDArray[np.uint16]


class Tables(NamedTuple):
    """For each character of the first plane, by a bit for each encoding, which bytes it is read from: the first of
    two, the first of more, a later one, and the two with which quotation marks and dashes begin."""

    two: Table
    three: Table
    later: Table
    mark: Table
    mark_later: Table

    def tell(self, first: Any, second: Any, third: Any) -> Any:
        """Whether three code points in a row are what a wrong encoding makes of one character (arrays, or one)."""
        of_two = self.two[first] & self.later[second]
        of_three = self.three[first] & self.later[second] & self.later[third]
        return (of_two | of_three | (self.mark[first] & self.mark_later[second])) != 0


@cache
def tables() -> Tables:
    """Return the tables of all encodings that are tried."""
    all_tables = Tables(*(np.zeros(0x10000, np.uint16) for _ in Tables._fields))
    for bit, codec in enumerate(_CODECS):
        for table, values in zip(all_tables, (_TWO, _THREE, _LATER, _MARK[:1], _MARK[1:]), strict=True):
            for value in values:
                read = bytes([value]).decode(codec, "ignore") or chr(value)
                # Marks of Mac OS stand beside letters in any text.
                if read not in _IN_WORDS and not (codec == "mac-roman" and value in _LESS_OF_MAC):
                    table[ord(read)] |= 1 << bit
    return all_tables


@cache
def _pair() -> re.Pattern[str]:
    """Finds what may stand first of such characters."""
    all_tables = tables()
    firsts, laters = (
        all_tables.two | all_tables.three | all_tables.mark,
        all_tables.later | all_tables.mark_later,
    )
    classes = [
        "".join(re.escape(chr(c)) for c in np.flatnonzero(table).tolist()) for table in (firsts, laters)
    ]
    return re.compile(f"[{classes[0]}](?=[{classes[1]}])")


def _is_suspect(text: str) -> bool:
    """True where a text holds what a wrong encoding may have made, or a control character."""
    all_tables = tables()
    for match in _pair().finditer(text):
        points = [min(ord(letter), 0xFFFF) for letter in text[match.start() : match.start() + 3]]
        if all_tables.tell(*points, *[0] * (3 - len(points))):
            return True
    return _CONTROLS.search(text) is not None


def in_right_encoding(text: str) -> str:
    """Return the text with the characters that a wrong encoding has hidden."""
    if text.isascii():
        return text
    if not _is_suspect(text):
        return _LONE.sub("", text) if "Â" in text else text
    return _LONE.sub("", "".join(_piece(piece) for piece in _pieces(text)))


def is_garbled(text: str) -> bool:
    """True where something is left that a wrong encoding made and that could not be read."""
    return "â€" in text or _CONTROLS.search(text) is not None


def _pieces(text: str) -> list[str]:
    pieces, at = [], 0
    while len(text) - at > _PIECE:
        match = _CUT.search(text, at + _PIECE, at + 10 * _PIECE)
        end = match.end() if match else at + 10 * _PIECE
        pieces.append(text[at:end])
        at = end
    return [*pieces, text[at:]]


def _piece(piece: str) -> str:
    """Read a few words in the right encoding: together where that goes, as a space may be a byte; else alone."""
    if piece.isascii() or not _is_suspect(piece) or not _is_suspect(_WEAK.sub("", piece)):
        return piece
    read = _read(piece)
    return read if read != piece else "".join(map(_read, _WORDS.findall(piece)))


@lru_cache(maxsize=4096)
def _read(words: str) -> str:
    """Return words in the right encoding; as they are where that is not sure."""
    if words.isascii() or not _is_suspect(_WEAK.sub("", words)):
        return words
    from ftfy import fix_encoding
    from ftfy.badness import is_bad

    # Compatibility forms take marks apart; the closing mark's last byte is none in Windows-1252, and is lost first.
    whole = _TAKEN_APART.sub(lambda match: _MARKS[match[0][1]], unicodedata.normalize("NFC", words))
    whole = _LOST_END.sub("â€\u009d", whole)
    read: str = fix_encoding(whole, replace_lossy_sequences=False)
    if read == whole or is_bad(read) or ("\ufffd" in read and "\ufffd" not in words):
        return words
    # Control characters alone say less: beside other characters beyond ASCII they may be the rest of something else.
    unsure = len(read) == len(whole) and _BESIDE.search(whole)
    rest = _CONTROLS.search(whole) and ("Ã" in read or "Â" in read)
    return words if unsure or rest or _UNLIKELY.search(read) else read
