"""A sentence as the portrayal model sees it: names gone, one mention marked.

The mention that is asked about becomes ``they`` between two marker tokens, further mentions of the same
subject become one token of their own, and every other subject a token numbered by order of appearance. So no
name of a subject reaches the model, and a sentence reads the same whoever stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

OPEN, CLOSE, SAME = "[unused1]", "[unused2]", "[unused3]"
OTHERS = tuple(f"[unused{number}]" for number in range(11, 31))
MARKS = (OPEN, CLOSE, SAME, *OTHERS)
PLACEHOLDER = "they"
#: Words kept on either side of the mention: what stands further away says little about it, and a sentence of
#: ten thousand words (a list, a lost full stop) costs no more than a long one.
REACH = 90

_WORD = re.compile(r"\S+")
_BRACKET_OF_A_MARK = re.compile(r"\[(?=unused\d+\])")


class Name(NamedTuple):
    """A mention in a sentence: code points ``start`` to ``end``, and which subject it is of."""

    start: int
    end: int
    subject: str


def mark(sentence: str, target: Name, names: Iterable[Name] = ()) -> str:
    """The sentence with ``target`` marked and all ``names`` replaced, as text for the tokenizer.

    ``names`` may hold ``target`` itself and names that overlap it or each other: the target goes first, then
    the earlier, then the longer, then the target's subject. More than twenty other subjects share the last token.
    """
    disjoint_names: list[Name] = []
    # Of two subjects with the very same words the target's comes first, then the one that `names` has first.
    order = dict.fromkeys((target, *names))
    for name in sorted(order, key=lambda n: (n != target, n.start, -n.end, n.subject != target.subject)):
        if all(name.end <= other.start or name.start >= other.end for other in disjoint_names):
            disjoint_names.append(name)
    numbers: dict[str, str] = {target.subject: SAME}
    pieces: list[str] = []
    at = 0
    before = 0
    for name in sorted(disjoint_names):
        if name.subject not in numbers:
            numbers[name.subject] = OTHERS[min(len(numbers) - 1, len(OTHERS) - 1)]
        pieces.append(_harmless(sentence[at : name.start]))
        if name == target:
            before = sum(map(len, pieces))
            pieces.append(f"{OPEN} {PLACEHOLDER} {CLOSE}")
        else:
            pieces.append(numbers[name.subject])
        at = name.end
    pieces.append(_harmless(sentence[at:]))
    return _near("".join(pieces), before, before + len(f"{OPEN} {PLACEHOLDER} {CLOSE}"))


def _harmless(text: str) -> str:
    """An article that happens to hold a mark's own letters must not become one."""
    return _BRACKET_OF_A_MARK.sub("(", text)


def _near(text: str, start: int, end: int) -> str:
    """The text around ``start`` to ``end``, at most ``REACH`` words on either side."""
    left = [match.start() for match in _WORD.finditer(text, 0, start)][-REACH:]
    right = [match.end() for _, match in zip(range(REACH), _WORD.finditer(text, end), strict=False)]
    return text[left[0] if left else 0 : right[-1] if right else end]
