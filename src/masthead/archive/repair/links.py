"""Links and pictures of Markdown: the words of a link stay, its address goes; a picture goes, as one of HTML does."""

from __future__ import annotations

import re

SIGN = r"\]\("
"""What a text with a link holds, for RE2."""

_ADDRESS = (
    r"<?(?:(?:https?|ftp)://|mailto:|tel:|www\.|\.{0,2}/|#)"
    r"(?:[^\s()<>]|\([^\s()<>]{0,200}\)){0,2000}+>?"
)
_FILE = r"[^\s()<>\[\]]{1,300}\.(?:jpe?g|png|gif|webp|svg|avif|bmp|tiff?)(?:[?#][^\s()<>]{0,300})?"
_TITLE = r"(?:\s{1,9}+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?"
_PICTURE = re.compile(
    rf"!\[[^\[\]]{{0,500}}+\]\(\s{{0,9}}(?:{_ADDRESS}|{_FILE}|data:[^\s()]++){_TITLE}\s{{0,9}}\)"
)
_LINK = re.compile(
    rf"\[(?P<words>(?:[^\[\]\n]|\n(?!\n)|\[[^\[\]\n]{{0,80}}\]){{0,400}}+)\]\(\s{{0,9}}{_ADDRESS}{_TITLE}\s{{0,9}}\)"
)
_ALONE = re.compile(r"(?m)^[ \t]*\x00[ \t\x00]*$\n?")


def without_links(text: str) -> str:
    """Return the text with the words of its links alone, and without its pictures; a line of pictures goes whole."""
    if "](" not in text:
        return text
    read = _PICTURE.sub("\x00" if "\x00" not in text else "", text)
    read = _LINK.sub(lambda match: match["words"], read)
    return _ALONE.sub("", read).replace("\x00", "") if "\x00" not in text else read
