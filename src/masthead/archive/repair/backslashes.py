r"""What programs escape with a backslash, left in texts: `\n`, `\t`, `\"`, `\'`, `\/`, `\u2019`, `\xa0`.

A line end is sure where a capital, a figure, a blank, a mark, a letter beyond ASCII or the end stands behind it: so
`at once.\nThe` is two lines, and `C:\new`, `and\nor` and `\neq` stay. Where a text has two that are sure, those before
small letters are line ends too. What stands in a path, or between quotation marks as what is spoken of, stays.
"""

from __future__ import annotations

import re

SIGN = r"\\[nrtux\x22'/]"
"""What a text with such an escape holds, for RE2."""

_SPOKEN_OF = (
    r"(?P<spoken>(?<![^\s(])[\"'`“‘]"
    r"(?:\\{1,4}+(?:[nrt\"'/]|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2})){1,4}+[\"'`”’](?![^\s.,;:)]))"
)
"""An escape between quotation marks, a word for itself."""

_BEHIND = r"(?=[A-Z0-9\s\\\"'“”‘’«»(\[*•—–-]|[^\x00-\x7f]|\Z)"
_LINE = re.compile(
    rf"{_SPOKEN_OF}|\\{{1,8}}+(?:r\\{{1,8}}+n|[nr]){_BEHIND}"
    rf"|(?P<tab>\\{{1,8}}+t{_BEHIND})"
    r"|(?P<unsure>\\{1,8}+[nr](?=[a-z]))"
)
_CODES = re.compile(rf"{_SPOKEN_OF}|(?:\\{{1,4}}+u[0-9A-Fa-f]{{4}})++|(?:\\{{1,4}}+x[0-9A-Fa-f]{{2}})++")
_MARK = re.compile(
    rf"{_SPOKEN_OF}|\\{{1,8}}+(?P<mark>[\"'])|(?<=[\w:</>])\\{{1,8}}+(?P<slash>/)(?=[\w\\>/?#]|\s|\Z)"
)
_LEFT = re.compile(rf"{_SPOKEN_OF}|\\(?:[nrt]|u[0-9A-Fa-f]{{4}}|x[0-9A-Fa-f]{{2}}|[\"'])")
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\|\A[(\"'“]?\\\\(?![nrt][A-Z0-9\s])[\w.$-]+\\")
_NO_UTF8 = re.compile("[\udc80-\udcff]")
_TOKEN = 200
_SURE_FEWEST = 2
_UNSEEN = "\n\t\r\xa0\xad\u200b\u200c\u200d\u200e\u200f\u2028\u2029\ufeff"
"""What is no letter to be seen, and stands in texts."""


def without_backslashes(text: str, line: str = "\n") -> str:
    """Return the text with the line ends, marks and characters that were escaped; `line` is what ends a line."""
    if "\\" not in text:
        return text
    sure = 0
    for match in _LINE.finditer(text):
        sure += not match["unsure"] and _is_escape(match)
        if sure == _SURE_FEWEST:
            break

    def of_line(match: re.Match[str]) -> str:
        if not _is_escape(match) or (match["unsure"] and sure < _SURE_FEWEST):
            return match[0]
        return "\t" if match["tab"] else line

    text = _CODES.sub(_character, _LINE.sub(of_line, text))
    return _MARK.sub(lambda match: match["mark"] or match["slash"] if _is_escape(match) else match[0], text)


def has_escapes(text: str) -> bool:
    """True where something is left that may be an escape, and stands in no path."""
    return "\\" in text and any(_is_escape(match) for match in _LEFT.finditer(text))


def _is_escape(match: re.Match[str]) -> bool:
    """False in a path, and where the escape itself is spoken of."""
    if match["spoken"]:
        return False
    words = match.string[max(0, match.start() - _TOKEN) : match.start() + 1].rsplit(None, 1)
    return not words or _PATH.search(words[-1]) is None


def _character(match: re.Match[str]) -> str:
    """Return what a run of codes means; as it is where that is no text."""
    if not _is_escape(match):
        return match[0]
    values = [int(code, 16) for code in re.findall(r"[ux]([0-9A-Fa-f]+)", match[0])]
    if "u" in match[0]:
        read = b"".join(value.to_bytes(2, "big") for value in values).decode("utf-16-be", "replace")
    else:
        # What is no UTF-8 is a character of Latin-1.
        decoded_text = bytes(values).decode(errors="surrogateescape")
        read = _NO_UTF8.sub(lambda byte: chr(ord(byte[0]) - 0xDC00), decoded_text)
    is_visible = all(letter.isprintable() or letter in _UNSEEN for letter in read)
    return read if is_visible and not {"\ufffd", "\\"} & {*read} else match[0]
