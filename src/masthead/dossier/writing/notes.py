"""How notes become sentences, and ids names."""

from __future__ import annotations

import re

from markupsafe import Markup

from masthead.dossier.writing.safe_text import clean

_SYMBOL = re.compile(r"[a-z]\b(?!['’])")
"""A letter that stands alone, such as the p of a test: it stays small where it opens a sentence."""

_SMALL = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
)
"""Words that are written small within a name."""


def sentence(text: str) -> str:
    """Return a note as a sentence: with a capital letter, unless a symbol opens it, and with its full stop."""
    note = text.strip()
    if not note:
        return ""
    line = note if _SYMBOL.match(note) and not note.startswith("a ") else note[0].upper() + note[1:]
    return line if line.endswith((".", "?", "!")) else f"{line}."


def note_markup(text: str) -> Markup:
    """Return a note as a sentence to be printed, with what stands between backticks set as code."""
    parts = clean(sentence(text)).split("`")
    if len(parts) % 2 == 0:
        return Markup.escape(clean(sentence(text)))
    return Markup("").join(Markup("<code>{}</code>").format(p) if at % 2 else p for at, p in enumerate(parts))


def name_of(identifier: str) -> str:
    """Return what an id names, written as a name: `battle-for-aleppo` is the Battle for Aleppo."""
    words = identifier.replace("-", " ").split()
    return " ".join(
        word if at and word in _SMALL else word[0].upper() + word[1:] for at, word in enumerate(words)
    )
