"""Repairing one text: every repair that may be needed, in the order in which the damage was done, backwards."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from masthead.archive.repair.backslashes import without_backslashes
from masthead.archive.repair.brackets import without_brackets
from masthead.archive.repair.encoding import in_right_encoding
from masthead.archive.repair.escapes import without_escapes
from masthead.archive.repair.glued import with_spaces
from masthead.archive.repair.invisible import without_invisible
from masthead.archive.repair.kinds import FIELDS
from masthead.archive.repair.links import without_links
from masthead.archive.repair.markup import without_markup
from masthead.archive.repair.references import without_percents

_ROUNDS = 3
"""A repair may bring another kind of damage to light; a second round finds it, or that all is done."""

Change = tuple[str, str, str]
"""A kind of damage, the text before its repair, and behind."""


def repair_text(
    text: str, field: str = "text", suspects: Collection[str] | None = None
) -> tuple[str, list[Change]]:
    """Return a text without the damage that is sure, and each change.

    `field` says what it is (FIELDS: names of outlets and credits hold no paragraphs), `suspects` the kinds to look
    for in a text of which nothing else changes; None for all. A repaired text stays as it is when it is repaired again.
    """
    changes: list[Change] = []
    for _ in range(_ROUNDS):
        before = len(changes)
        for kind in FIELDS[field]:
            if kind == "tags" or (suspects is not None and kind not in suspects and not changes):
                continue
            read, kinds = _read(kind, text, field)
            changes += [(name, text, read) for name in kinds]
            text = read
        # A blank more between sentences brings nothing to light.
        if {kind for kind, _, _ in changes[before:]} <= {"glued"}:
            break
        suspects = None
    return text, changes


def _read(kind: str, text: str, field: str) -> tuple[str, Iterable[str]]:
    if kind == "entities":
        read, kinds = without_markup(text, tags="tags" in FIELDS[field])
        return read, sorted(kinds)
    if kind == "backslashes":
        read = without_backslashes(text, line="\n" if "tags" in FIELDS[field] else " ")
        return read, [kind] if read != text else []
    repairs = {
        "percents": without_percents,
        "links": without_links,
        "brackets": without_brackets,
        "escapes": without_escapes,
        "encoding": in_right_encoding,
        "invisible": without_invisible,
        "glued": with_spaces,
    }
    read = repairs[kind](text)
    return read, [kind] if read != text else []
