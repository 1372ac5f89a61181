"""The common nouns for persons and groups that an archive uses: a start for aliases, and for families of labels."""

from __future__ import annotations

import re
from collections import Counter

from masthead.archive import Archive
from masthead.reading.lexicon import LIGHT_NOUNS
from masthead.reading.mentions.names import sample_texts

_ARTICLES = 4_000
_WHO = re.compile(r"\b([a-z]{3,}s|[a-z]{2,}men|[a-z]{4,}people),? (?:who|whom|whose)\b")
_WORD = re.compile(r"\b[a-z]{4,}\b")
_FEWEST = 2
_SHOWN = 12
_LEAST, _MOST = 0.03, 0.3
_NO_GROUPS = frozenset(
    ["others", "themselves", "ones", "people", "individuals", "persons", "thousands", "millions"]
)


def nouns_for_groups(archive: Archive) -> list[tuple[str, int]]:
    """Return the plural nouns of English that stand in most articles and mean persons, with the number of articles.

    A noun means persons where `who` follows it, now and then (`rebels who fled`). Counted in an even sample of 4,000
    articles; most first. A noun that nearly always has `who` after it is a verb (`decides who`).
    """
    texts = list(sample_texts(archive, _ARTICLES))
    with_who: Counter[str] = Counter()
    for text in texts:
        with_who.update(set(_WHO.findall(text)) - _NO_GROUPS)
    nouns_with_who = {noun for noun, count in with_who.items() if count >= _FEWEST}
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(nouns_with_who.intersection(_WORD.findall(text)))
    nouns = [
        (noun, count)
        for noun, count in counts.items()
        if _LEAST <= with_who[noun] / count <= _MOST and singular_of(noun) not in LIGHT_NOUNS
    ]
    return sorted(nouns, key=lambda noun: (-noun[1], noun[0]))[:_SHOWN]


def singular_of(noun: str) -> str:
    """Return the singular of a plural noun of English: `families` gives `family`, `gunmen` gives `gunman`."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    return noun[:-2] if noun.endswith(("sses", "shes", "ches", "xes")) else noun.removesuffix("s")
