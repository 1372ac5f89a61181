"""Shapes of words: patterns over the lemmas and tags of a sentence, for what a parser often hangs on the wrong word.

A sentence's tokens are written `lemma/TAG ` one after the other; a shape is a regular expression over that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.reading.lexicon import NO_LABELS, TITLES
from masthead.reading.parsing.phrases import ADJECTIVES, NOUNS, Kind, Label, Sentence

_TITLED = rf"(?:(?:{'|'.join(sorted(TITLES))})\.?/NNP? (?:[^/ ]+/NNP )?)?"
NAMED = r"(?:(?:the|this|that|a|an)/DT )?(?:[^/ ]+/(?:JJ[RS]?|VBN|CD) ){0,2}" + _TITLED
"""What stands between a preposition or verb and a name: nothing, `the`, `the embattled`, `President`."""

ADVERBS = r"(?:[^/ ]+/RB[RS]? )*"

BY_THE_WAY = (
    r"(?>(?:(?:still|now|once|today|long|perhaps|always|already)/\S+ )?(?:"
    r"(?:at/IN (?:heart|bottom|root|best|worst|least|core)/\S+ )"
    r"|(?:in/IN (?:essence|effect|fact|truth|practice|reality|name|short|spirit|theory)/\S+ )"
    r"|(?:(?:in|for)/IN the/DT (?:main|end|moment)/\S+ )|(?:above/IN all/\S+ )"
    r"|(?:to/IN this/DT day/NN )|(?:by/IN far/RB )"
    r"|(?:by/IN (?:now|nature|design|birth|profession|trade|name)/\S+ )|(?:on/IN (?:paper|balance)/\S+ )"
    r"|(?:(?:by|to|in)/\S+ (?:any|all|every|most|its|their|his|her|many)/\S+ (?:own/\S+ )?[^/ ]+/\S+ "
    r"(?:(?:that|which)/\S+ (?:matter|count)/\S+ )?)"
    r"|(?:(?:for|over|since|until|in|within)/IN (?:the/DT )?(?:[^/ ]+/(?:JJ|CD|RB) )*"
    r"(?:year|month|decade|week|day|time|[^/ ]+/CD)(?:/\S+)? (?:(?:now|past)/\S+ )?)"
    r"|(?:(?:still|now|once|today|perhaps|always|already|yet|also|simply|merely|essentially|really)/\S+ )"
    r"|(?:(?:little|nothing|much)/\S+ (?:(?:other|more|less)/\S+ )?(?:than|but)/\S+ )"
    r"))"
)
"""A word or two that only say when, or in what sense: `now`, `in effect`, `by all accounts`, `for three years now`."""

_INSIDE = NOUNS | ADJECTIVES | {"RB", "RBS", "RBR", "CD", "HYPH", "POS", "NNP"}


def shape(sentence: Sentence, first: int, end: int) -> str:
    """Return tokens [first, end) as `lemma/TAG lemma/TAG `."""
    return "".join(sentence.shapes[max(first, 0) : max(end, 0)])


_AHEAD, _BACK = 30, 18
"""How many tokens a pattern is looked for in, after one and before one."""


def after(pattern: re.Pattern[str], sentence: Sentence, first: int) -> int | None:
    """Return the token after what `pattern` matches from token `first` on; None where it does not match."""
    match = pattern.match(shape(sentence, first, first + _AHEAD))
    return first + match.group().count(" ") if match else None


def noun_before(pattern: re.Pattern[str], sentence: Sentence, end: int) -> int | None:
    """Return the token of the group `noun` of `pattern`, which ends in `$`, in the tokens up to `end`."""
    first = max(end - _BACK, 0)
    words = shape(sentence, first, end)
    match = pattern.search(words)
    return first + words.count(" ", 0, match.start("noun")) if match else None


def phrase_head(sentence: Sentence, first: int) -> int | None:
    """Return the noun that heads the simple noun phrase that starts at token `first` (`a small and poor force`).

    None where there is none, where it is denied (`no force`), or says nothing (`a part of it`).
    """
    parse = sentence.parse
    head = None
    for token in range(first, len(parse.tags)):
        tag = parse.tags[token]
        if tag in NOUNS and token not in sentence.names:
            head = token
        elif token == first and tag in ("DT", "PRP$"):
            if parse.lemmas[token] == "no":
                return None
        elif tag in ("CC", ",") and head is None and parse.tags[token - 1] in ADJECTIVES:
            continue
        elif tag == "POS":
            head = None
        elif head is not None or tag not in _INSIDE or token in sentence.names:
            break
    return None if head is not None and parse.lemmas[head] in NO_LABELS else head


def phrase_labels(sentence: Sentence, first: int, kind: Kind) -> Iterator[Label]:
    """Yield the labels in the simple noun phrase that starts at token `first`."""
    head = phrase_head(sentence, first)
    if head is None:
        return
    last = -1
    # Of `the coast's largest port`, the coast is no part.
    begin = max((t + 1 for t in range(first, head) if sentence.parse.tags[t] == "POS"), default=first)
    for token in range(begin, head + 1):
        label = sentence.label(token, kind) if sentence.can_label(token) else None
        if label is not None and label.first > last:
            last = label.last
            yield label
