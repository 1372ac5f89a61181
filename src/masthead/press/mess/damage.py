"""Damage that scrapers and spreadsheets do to texts; a sure repair gives the text back but for its white space."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable, Sequence
from random import Random

_WINDOWS = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256))
"""Windows-1252, in which five bytes are no letter and come out as they are."""
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b(?: [A-Z][a-z]{3,}\b)*")
_GAP = re.compile(r"(?:(?<=[a-z][.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z\"“])")
_BARE = re.compile(r"&(?!#?\w+;)")
_BREAKS = re.compile(r"\n\n+")

_NAMED = {"—": "&mdash;", "–": "&ndash;", "“": "&ldquo;", "”": "&rdquo;", "’": "&rsquo;", "©": "&copy;"}
"""Characters and the references that pages have for them."""


def damage(kinds: Sequence[str], rng: Random, text: str, *, title: bool = False) -> str:
    """The text with these kinds of damage, in the order in which they happen; titles have no tags and no cells."""
    for kind in kinds:
        if not (title and kind in ("tags-left", "glued", "cells")):
            text = _DAMAGE[kind](rng, text)
    return text


def _tags(rng: Random, text: str) -> str:
    """A page's source: paragraphs and breaks as tags, a word in bold, a link, an empty division."""
    blocks = []
    for block in _BREAKS.split(text):
        markup = _BARE.sub("&amp;", block).replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
        words = markup.split(" ")
        if len(words) > 6:
            at = rng.randrange(2, len(words) - 2)
            if not re.search(r"[<>&]", words[at]):
                tag = rng.choice(("b", "em", "strong", 'a href="/topic/strait"', 'span class="x1"'))
                words[at] = f"<{tag}>{words[at]}</{tag.split()[0]}>"
        blocks.append(f"<p>{' '.join(words)}</p>")
    return rng.choice(("", "\n")).join([*blocks, '<div class="end"></div>'])


def _entities(rng: Random, text: str) -> str:
    """References in place of characters, and of some spaces."""
    text = html.escape(text, quote=True).replace("&#x27;", "&#39;")
    for character, reference in _NAMED.items():
        text = text.replace(character, reference)
    return _NAME.sub(lambda match: match[0].replace(" ", "&nbsp;") if rng.random() < 0.3 else match[0], text)


def _encoding(_: Random, text: str) -> str:
    """UTF-8 that somebody read as Windows-1252."""
    return codecs.charmap_decode(text.encode("utf-8"), "strict", _WINDOWS)[0]


def _invisible(rng: Random, text: str) -> str:
    """Soft hyphens, zero-width and unbreaking spaces within names; what a reader of the page does not see."""

    def hide(match: re.Match[str]) -> str:
        name = match[0]
        chance = rng.random()
        if chance > 0.5:
            return name
        if " " in name and chance < 0.25:
            return name.replace(" ", rng.choice(("\u00a0", "\u202f", " \u200b", "\u2060 ", "\u00a0")), 1)
        at = rng.randrange(2, len(name) - 1)
        if name[at] == " " or name[at - 1] == " ":
            return f"\u200e{name}\u200e"
        return name[:at] + rng.choice(("\u00ad", "\u200b", "\u2060", "\u00ad")) + name[at:]

    return _NAME.sub(hide, text)


def _glue(rng: Random, text: str) -> str:
    """Sentences and paragraphs without what parted them."""
    return _GAP.sub(lambda match: "" if rng.random() < 0.6 else match[0], text)


def _cells(_: Random, text: str) -> str:
    """Line breaks as a spreadsheet writes them."""
    return text.replace("\n", "_x000D_\n")


_DAMAGE: dict[str, Callable[[Random, str], str]] = {
    "glued": _glue,
    "invisible": _invisible,
    "entities": _entities,
    "tags-left": _tags,
    "cells": _cells,
    "encoding": _encoding,
}
DAMAGES = tuple(_DAMAGE)
"""The kinds of damage in the order in which they happen to a text."""
