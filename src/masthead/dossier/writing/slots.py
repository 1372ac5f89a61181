"""Sentences with slots, filled so that nothing in an article's or a study's text can run."""

from __future__ import annotations

from string import Formatter

from markupsafe import Markup, escape

from masthead.dossier.writing.safe_text import clean


def fill(sentence: str, **slots: object) -> Markup:
    """Return a sentence of `masthead.measuring.Words` as HTML: its own text and plain values are escaped.

    Only values that are markup already, such as a link that a template made, stay as they are.
    """
    parts = []
    for text, slot, _, _ in Formatter().parse(sentence):
        parts.append(escape(clean(text)))
        if slot is not None:
            value = slots[slot]
            parts.append(value if isinstance(value, Markup) else escape(clean(str(value))))
    return Markup("").join(parts)
