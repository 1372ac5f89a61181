"""The naming reader's patterns: the words that label a mention in its own clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from masthead.reading.clauses import clause_labels
from masthead.reading.lexicon import BODY_NOUNS, LIGHT_NOUNS, MEMBER_NOUNS, SO_CALLED, TITLES
from masthead.reading.phrases import ADJECTIVES, MODIFIERS, NOUNS, PROPER, Kind, Label, Sentence

_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PREPOSITIONS = frozenset(["of", "for", "in", "on", "at", "against", "over", "by", "to", "near"])
_CALLED = frozenset({"know", "call", "dub", "name", "nickname", "style", "brand"})
_EXAMPLES = frozenset({"like", "as", "include"})


def labels_of(sentence: Sentence, head: int, own: range) -> list[Label]:
    """Return the labels of the mention whose head is token `head` and whose own tokens are `own`.

    Each word once, by the first pattern that finds it; ordered by where they stand. Words of the mention
    itself are not among them.
    """
    found: dict[int, Label] = {}
    for pattern in (_before, _after, _beside, clause_labels):
        for label in pattern(sentence, head):
            if not (label.first <= own[-1] and own[0] <= label.last):
                found.setdefault(label.first, label)
    return [found[first] for first in sorted(found)]


def family_labels(sentence: Sentence, own: range) -> list[Label]:
    """Return the labels that a generic alias gives by itself: its content words, light nouns apart."""
    labels = [
        label
        for token in own
        if token not in sentence.names and sentence.parse.tags[token] not in ("DT", "IN", "CC", "TO", "HYPH")
        if (label := sentence.label(token, "family"))
    ]
    distinct = list({label.first: label for label in labels}.values())
    heavy = [label for label in distinct if label.text not in LIGHT_NOUNS]
    return heavy or distinct


def event_labels(name: str, start: int) -> list[tuple[str, str, int, int]]:
    """Return the label that an event's name gives by itself: its noun (`Liberation of Aleppo` → liberation).

    That is the word before the first preposition, or else the last one. `start` is where the name stands.
    """
    words = list(_NAME_WORD.finditer(name))
    if len(words) < 2:
        return []
    noun = words[-1]
    for word, following in itertools.pairwise(words):
        if following.group().lower() in _PREPOSITIONS:
            noun = word
            break
    return [(noun.group().lower(), "family", start + noun.start(), start + noun.end())]


def _before(sentence: Sentence, head: int) -> Iterator[Label]:
    """`Islamist X`, `militant leader X`, `President X`, `so-called X`, `Iran-backed X`."""
    parse = sentence.parse
    last = -1
    for token in sentence.premodifiers(head):
        kind: Kind = "title" if parse.lemmas[token].rstrip(".") in TITLES else "modifier"
        if token in sentence.names and sentence.compound(token) == (token, token):
            continue
        if parse.tags[token] in PROPER and kind != "title" and not sentence.can_label(token):
            continue
        label = sentence.label(token, kind)
        if label is None or label.first <= last:
            continue
        last = label.last
        if label.text in SO_CALLED:
            label = label._replace(kind="naming-verb")
        yield label


def _after(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X fighters`, `the X regime`, `X and Y fighters`, `fighters of X`."""
    parse = sentence.parse
    dep, governor = parse.deps[head], parse.heads[head]
    following = head + 1
    if dep in MODIFIERS and governor > head and head in sentence.names:
        yield from _shared_head(sentence, head, governor)
        if following < governor and parse.heads[following] == governor:
            # `X terrorists positions`, once `X terrorists' positions`.
            yield from _shared_head(sentence, head, following)
    elif dep == "pobj" and parse.lemmas[governor] == "of":
        noun = parse.heads[governor]
        if parse.tags[noun] in NOUNS and parse.lemmas[noun] in MEMBER_NOUNS - LIGHT_NOUNS:
            yield from sentence.content(noun, "head")
    for child in parse.children[head]:
        # `X and Y fighters`: the noun is coordinated with the first name and modified by the second.
        if (
            parse.deps[child] == "conj"
            and child == head + 3
            and head + 2 in sentence.names
            and parse.heads[head + 2] == child
        ):
            yield from _shared_head(sentence, head, child)


def _shared_head(sentence: Sentence, head: int, noun: int) -> Iterator[Label]:
    parse = sentence.parse
    if parse.tags[noun] not in NOUNS or parse.lemmas[noun] not in MEMBER_NOUNS | BODY_NOUNS:
        return
    if sentence.compound(head) != (head, head):
        return
    for label in sentence.content(noun, "modifier"):
        yield label._replace(kind="head") if label.last == noun else label


def _beside(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X, an Islamist group`; `the Islamist group X`; `the group known as X`; `terrorist groups such as X`."""
    parse = sentence.parse
    for child in parse.children[head]:
        if parse.deps[child] == "appos" and parse.tags[child] in NOUNS and child > head:
            for noun in sentence.conjuncts(child):
                if parse.tags[noun] in NOUNS:
                    yield from sentence.content(noun, "apposition")
    first = sentence.effective(head)
    dep, governor = parse.deps[first], parse.heads[first]
    if dep == "appos" and governor < first:
        if parse.tags[governor] in NOUNS:
            yield from sentence.content(governor, "apposition")
    elif dep == "pobj" and parse.deps[governor] == "prep":
        above = parse.heads[governor]
        if parse.lemmas[governor] == "as" and parse.lemmas[above] in _CALLED and parse.deps[above] == "acl":
            yield from _noun(sentence, parse.heads[above])
        elif parse.lemmas[governor] in _EXAMPLES:
            such = parse.lemmas[governor] != "as" or any(
                parse.lemmas[c] == "such" for c in parse.children[governor]
            )
            if such and parse.lemmas[above] in MEMBER_NOUNS | BODY_NOUNS:
                yield from _noun(sentence, above)
    elif (
        dep in ("oprd", "dobj", "attr")
        and parse.deps[governor] == "acl"
        and parse.tags[governor] in ADJECTIVES
    ):
        if parse.lemmas[governor] in _CALLED:
            yield from _noun(sentence, parse.heads[governor])


def _noun(sentence: Sentence, noun: int) -> Iterator[Label]:
    if sentence.parse.tags[noun] in NOUNS:
        yield from sentence.content(noun, "apposition")
