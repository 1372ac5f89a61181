"""Character references of HTML: `&amp;`, `&#8217;`, `&#x2019;`, and those that were escaped once more; and the codes of
addresses in prose: `Turkey%27s`."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from html.entities import html5, name2codepoint
from io import StringIO
from urllib.parse import unquote

SIGN = r"&#?[A-Za-z0-9]{2,31};"
"""What a text with a reference holds, for RE2 and for Python."""

PERCENT_SIGN = r"%2(?:C |7(?:s|t|re|ve|ll|d|m)\b)"
"""What a text holds that was written with the codes of addresses, for RE2."""

_SURE_CODE = re.compile(r"(?<=\w)" + PERCENT_SIGN)
_CODES = re.compile(r"(?:%[0-9A-F]{2})++")
_OF_ADDRESSES = re.compile(r"[/=?&]|www\.")
_TOKEN = 200

_AGAIN = re.compile(r"&(?:(?:amp|AMP|#0*38|#[xX]0*26);)++(#?[A-Za-z0-9]{2,31};)?")
_PAIR = re.compile(r"&#(5[56]\d{3});&#(5[67]\d{3});")
_REFERENCE = re.compile(SIGN)
_ESCAPED_TAG = re.compile(r"&lt;(?P<inside>[/!]?[a-zA-Z](?:(?!&[lg]t;)[^<>]){0,2000}+)&gt;")


def without_references(text: str, keep: Callable[[str], bool]) -> str:
    """Return the text with the characters that its references mean.

    A tag that was written with references stands in the text to be read: where `keep` says so of it, its references
    stay. What is no reference of HTML stays too.
    """
    text = _AGAIN.sub(_once, text)
    text = _PAIR.sub(_of_pair, text)
    if "&lt;" not in text:
        return _REFERENCE.sub(_character_of, text)
    read, at = StringIO(), 0
    for match in _ESCAPED_TAG.finditer(text):
        if keep(_tag(match)):
            read.write(_REFERENCE.sub(_character_of, text[at : match.start()]))
            read.write(match[0])
            at = match.end()
    read.write(_REFERENCE.sub(_character_of, text[at:]))
    return read.getvalue()


def escaped_tags_read(text: str) -> str:
    """Return the text with the tags that were written with references."""
    return _ESCAPED_TAG.sub(_tag, _AGAIN.sub(_once, text))


def without_percents(text: str) -> str:
    """Return the text with the characters that were written as in addresses, where one stands in a word for sure."""
    if "%2" not in text or all(_is_in_address(match) for match in _SURE_CODE.finditer(text)):
        return text
    return _CODES.sub(_of_code, text)


def _is_in_address(match: re.Match[str]) -> bool:
    start, end = match.span()
    before = match.string[max(0, start - _TOKEN) : start]
    words = before.rsplit(None, 1)[-1] if before and not before[-1].isspace() else ""
    return _OF_ADDRESSES.search(words + match.string[end : end + 1]) is not None


def _of_code(match: re.Match[str]) -> str:
    read = unquote(match[0], errors="replace")
    return match[0] if _is_in_address(match) or not read.isprintable() or "\ufffd" in read else read


def _once(match: re.Match[str]) -> str:
    """Return the reference that was escaped again and again, or that of an ampersand where it was of nothing else."""
    return f"&{match[1] or 'amp;'}"


def _tag(match: re.Match[str]) -> str:
    return f"<{match['inside'].replace('&quot;', chr(34))}>"


def _character_of(match: re.Match[str]) -> str:
    reference = match[0]
    name = reference[1:]
    if name[0] != "#" and (name not in html5 or (len(name) < 4 and name[:-1] not in name2codepoint)):
        return reference
    character = unescape(reference)
    sure = (
        character.isprintable()
        or character.isspace()
        or character in "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    )
    return character if character and sure and character != "\ufffd" else reference


def _of_pair(match: re.Match[str]) -> str:
    """Read two references that stand for the halves of one character."""
    high, low = int(match[1]), int(match[2])
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return match[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)
