"""Repairs take time and memory in proportion to a text, whatever it repeats."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from masthead.archive.repair.texts import repair_text

PIECES = ["<p>", '<a href="', "<a b='x' ", "<script>", "<!--", "<script><!--", "<b>x</b>", '<b c="<', "<q>"]
PIECES += [
    "&amp;",
    "&lt;b&gt;",
    "&lt;",
    "&#38;",
    "&#55357;",
    "<![CDATA[",
    "came.The ",
    "came.The",
    'a."The',
    "a,”",
]
PIECES += ["‘a.’The", "a.“B", "Ã", "â€œ", "Ã© ", "Â ", "é’", "é” ", "\x92", "РР", "\xad", "a\xad", "\xad\n"]
PIECES += ["\u200b", "\u200ea", "ا\u200c", "_x000D_", " .", '"', "\n", "` "]
PIECES += ["\\n", "\\", "\\nA", "\\u2019", "\\x9", ' "\\n"', "\\/", "C:\\n", "\\nthe ", '\\"']
PIECES += ["[", "[b]", "[/b]", "[b", '[a b="', "[a b=1 ", "[*]", "[a=", "[caption ", "[b][/b]", "[list][*]"]
PIECES += ["](", "[a](", "[a](http://x", "![", "![](", "[[a]", "(a", "![](a.b", "](http://x(", "!](a.png "]
PIECES += ["a%27s ", "%27", "%2C ", "<!–", "<!––", ".”“B", "{{", "<%", "%%", "${", "*|"]
SHORT = 8_000
STEEP = 3.0
SLOW = 5e-6
"""Seconds of processor time for each character, beyond which nothing is in proportion."""


def took(text: str) -> float:
    begun = time.thread_time()
    repair_text(text)
    return time.thread_time() - begun


@pytest.mark.parametrize("head", ["", "<p>"])
def test_time_is_in_proportion(head: str) -> None:
    steep = {}
    for piece in PIECES:
        shorter, longer = (head + piece * (n // len(piece)) for n in (SHORT, 2 * SHORT))
        if took(longer) > SLOW * len(longer) and all(took(longer) > STEEP * took(shorter) for _ in range(3)):
            steep[piece] = took(longer)
    assert not steep


SCRIPT = """
import resource
from masthead.archive.repair.texts import repair_text
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for piece in ("<p>Hale &lt;b&gt; left.The</p>", "one “two”"):
    repair_text(piece * (1_000_000 // len(piece)))
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / 1_000_000)
"""


def test_memory_is_in_proportion() -> None:
    """A text of 50 MB stays under a GB: 20 bytes for each of its characters, in another process that is measured."""
    told = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert float(told.stdout) < 20
