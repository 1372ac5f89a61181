"""Whether a surname stands for its bearer: `Clinton` alone, and not within `Bill Clinton` or `Clinton Foundation`."""

from __future__ import annotations

import re

from masthead.reading.lexicon import (
    DAYS_AND_MONTHS,
    FUNCTION_WORDS,
    PERSON_NOUNS,
    POST_NOMINALS,
    TITLES,
    TITLES_OF_MEN,
    TITLES_OF_WOMEN,
)

_JOINED_BEFORE = re.compile(r"(?<!\w)[\d_]*+([^\W\d_]\w*+)[-‐‑]\Z")
_JOINED_AFTER = re.compile(r"[-‐‑]([^\W\d_]\w*)")
_AFTER = re.compile(r"[ \u00a0]([^\W\d_][\w'’-]*\.?)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_REACH = 40
_ENDS_OF_NICKNAMES = frozenset(".\"”’'),")
_GIVEN = re.compile(
    r"([^\W\d_][\w’-]{1,38})[ \u00a0](?:[^\W\d_]\.[ \u00a0]|[\"“„‘'(][^\W\d_][\w .’-]{1,20}[\"”’')],?[ \u00a0]){1,2}\Z"
)
_HYPHENS = frozenset("-‐‑")
_PREFIXES = frozenset(
    [
        "anti",
        "counter",
        "ex",
        "former",
        "inter",
        "mid",
        "neo",
        "non",
        "pan",
        "post",
        "pre",
        "pro",
        "pseudo",
        "quasi",
    ]
) | frozenset(["re", "semi", "sub", "trans", "ultra", "un"])


def stands_alone(text: str, start: int, end: int, body: str | None = None) -> bool:
    """True where no other name stands right before or after text[start:end], a space apart.

    Titles (Mr., President), function words, days and months are no names; any other capitalised word is.
    In a headline whose words are all capitalised that would say nothing, so there the two words together
    must stand in `body`, the article's text, for them to be a name.
    """
    capitals = body is not None and is_title_case(text)
    surname = text[start:end]
    before = text[max(0, start - _REACH) : start]
    previous = _word_before(before)
    if previous and _is_name(previous):
        if not capitals or body is None:
            return False
        if f"{previous} {surname}" in body:
            return False
    following = _AFTER.match(text, end)
    if following:
        word = following[1]
        if word.rstrip(".") in POST_NOMINALS:
            return True
        if _is_name(word) or word.lower().rstrip(".") in ("jr", "sr"):
            if not capitals or body is None:
                return False
            if f"{surname} {word}" in body:
                return False
    return True


def is_joined(text: str, start: int, end: int, body: str | None = None) -> bool:
    """True where a hyphen joins text[start:end] to another name: `Hale-Brown` may be one person of two surnames.

    A dash (`Hale–Brown talks`) joins two. A prefix (`Pan-`, `ex-`) is no name. In a headline whose words are all
    capitalised both together must stand in `body`.
    """
    if text[start - 1 : start] not in _HYPHENS and text[end : end + 1] not in _HYPHENS:
        return False
    before = _JOINED_BEFORE.search(text, max(0, start - _REACH), start) if start else None
    after = _JOINED_AFTER.match(text, end)
    whole = body is not None and is_title_case(text)
    return any(
        _is_name(word[1])
        and word[1].lower() not in _PREFIXES
        and not (whole and text[min(start, word.start(1)) : max(end, word.end(1))] not in (body or ""))
        for word in (before, after)
        if word
    )


def before_surname(text: str, start: int) -> str:
    """Return what stands before a surname at text[start] and says whose it is; empty where nothing does.

    The given name where a nickname or an initial is between (`John` of `John "Duke" Hale`), or a title that only a man
    or a woman has, in small letters (`mrs`).
    """
    if text[start - 1 : start] not in (" ", "\u00a0"):
        return ""
    before = text[max(0, start - _REACH) : start]
    match = _GIVEN.search(before) if before[-2:-1] in _ENDS_OF_NICKNAMES else None
    if match:
        return match[1]
    title = _word_before(before).lower().rstrip(".")
    return title if title in TITLES_OF_MEN | TITLES_OF_WOMEN else ""


def _word_before(before: str) -> str:
    """Return the word that ends right before the single space at the end of `before`; empty where none does."""
    if before[-1:] not in (" ", "\u00a0") or before[-2:-1].isspace():
        return ""
    words = before[:-1].split()
    word = words[-1].lstrip("([{\"“„«'‘") if words else ""
    return word if word and word[0].isalpha() and (word[-1].isalnum() or word[-1] == ".") else ""


def is_title_case(text: str) -> bool:
    """True for a headline most of whose words are capitalised, function words apart."""
    words = [w for w in _WORD.findall(text) if w.lower() not in FUNCTION_WORDS]
    return len(words) > 2 and sum(w[0].isupper() for w in words) * 10 >= len(words) * 8


def _is_name(word: str) -> bool:
    if word.endswith(".") and len(word) > 2:
        return False  # a full stop; after one letter it is an initial's
    bare = word.rstrip(".").lower().removesuffix("'s").removesuffix("’s")
    return (
        word[0].isupper()
        and not word.endswith(("'s", "’s"))
        and bare not in TITLES
        and bare not in PERSON_NOUNS
        and bare not in FUNCTION_WORDS
        and bare not in DAYS_AND_MONTHS
    )
