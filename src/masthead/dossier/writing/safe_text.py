"""Hostile text made safe to show, and names made safe to use in paths and anchors."""

from __future__ import annotations

import functools
import hashlib
import re
from urllib.parse import urlsplit

from masthead.measuring import MEASURES, own_words

# Controls have no place in a sentence: each becomes U+FFFD, one for one, so that offsets still fit.
# Bidirectional embeddings, overrides and isolates could show a sentence in another order than it was written
# in; the plain marks of right-to-left writing (U+200E, U+200F) stay.
_LOST = "\ufffd"
_CLEAN = dict.fromkeys((*range(32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)), _LOST)
_CLEAN |= dict.fromkeys((9, 10, 11, 12, 13, 133, 8232, 8233), " ")
_CLEAN |= dict.fromkeys((65534, 65535, *range(55296, 57344)), _LOST)

_SAFE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}\Z")
_UNSAFE = re.compile(r"[^a-z0-9]+")

_PARTS = (
    *("top", "main", "hatch", "findings", "planted", "warnings", "contents", "methods", "provenance"),
    *(
        "wire",
        "voices",
        "echoes",
        "stories",
        "silences",
        "changes",
        "claims",
        "alignment",
        "forecasts",
        "standing",
    ),
)


@functools.cache
def _own_anchors() -> frozenset[str]:
    """Return the anchors that the pages use for themselves."""
    return frozenset((*MEASURES, *_PARTS))


def clean(text: str) -> str:
    """Return `text` with controls and bidirectional overrides made visible as U+FFFD; its length stays."""
    # Nothing that has to go is printable; of most texts nothing has.
    return text if text.isprintable() else text.translate(_CLEAN)


def web_address(url: str | None) -> str | None:
    """Return `url` where it is a plain http or https address that may be linked to; None otherwise."""
    if not url or len(url) > 2000 or " " in url or not url.isprintable():
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and host else None


def slug(name: str) -> str:
    """Return a file name and anchor for `name`: itself where it is safe, else letters of it and a hash.

    Two names that differ, be it by case alone, never share a slug. No slug holds `--`, which joins two.
    """
    if _SAFE_NAME.match(name) and ".." not in name and "--" not in name and name not in _own_anchors():
        return name
    letters = _UNSAFE.sub("-", name.lower()).strip("-")[:40].strip("-") or "x"
    return f"{letters}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}"


def anchor(measure: str, category: str | None) -> str:
    """Return the anchor of a figure on an evidence page.

    Of the categories that a study names it is the category, of a measure without categories its name, else both,
    joined.
    """
    name = measure if measure in MEASURES else slug(measure)
    if category is None:
        return name
    return slug(category) if own_words(measure).study_categories else f"{name}--{slug(category)}"


def evidence_page(subject: str, outlet: str) -> str:
    """Return the path of an evidence page within the dossier's folder."""
    return f"evidence/{slug(subject)}--{slug(outlet)}.html"


def outlet_anchor(outlet: str) -> str:
    """Return the anchor of an outlet on a page about all of them; no slug holds the two hyphens."""
    return f"outlet--{slug(outlet)}"
