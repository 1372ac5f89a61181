"""Control characters as spreadsheets escape them: `_x000D_` where a line ended."""

from __future__ import annotations

import re

SIGN = r"_x00[01][0-9A-Fa-f]_"
"""What a text with such an escape holds, for RE2 and for Python."""

# `_x005F_x000D_` is how a spreadsheet writes that these letters stood there.
_LINE_END = re.compile(r"(?<!_x005F)_x000[dD]_\r?\n?(?:(?<!\n)_x000[aA]_)?")
_OTHER = re.compile(r"(?<!_x005F)" + SIGN)
_KEPT = {"0009": "\t", "000A": "\n", "000B": "\n", "000C": "\n"}


def without_escapes(text: str) -> str:
    """Return the text with line ends and tabs where their escapes stood, and without those of other controls."""
    if "_x00" not in text:
        return text
    return _OTHER.sub(lambda match: _KEPT.get(match[0][2:6].upper(), ""), _LINE_END.sub("\n", text))
