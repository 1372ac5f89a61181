"""The naming reader's patterns: the words that label a mention in its own clause."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from masthead.reading.lexicon import (
    COLLECTIVE_NOUNS,
    FUNCTION_WORDS,
    GROUP_HEADS,
    MEMBER_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    RULE_NOUNS,
    RULING_VERBS,
    SO_CALLED,
    TITLES,
)
from masthead.reading.naming.appositions import apposition_labels
from masthead.reading.naming.asides import aside_labels
from masthead.reading.naming.denials import is_taken_back
from masthead.reading.naming.frames.chunks import Chunks
from masthead.reading.naming.frames.frames import frame_labels, opening_labels
from masthead.reading.naming.frames.segments import pronoun_labels, said_labels, segment_labels
from masthead.reading.naming.frames.states import state_labels
from masthead.reading.naming.shapes import after, phrase_head, phrase_labels
from masthead.reading.naming.standins import standin_labels
from masthead.reading.naming.ties import is_person
from masthead.reading.parsing.clauses import clause_labels, is_denied
from masthead.reading.parsing.phrases import MODIFIERS, NOUNS, PROPER, Label, Sentence

_BREAKS = frozenset({"''", "``", ",", ":", "-RRB-"})
_NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "abu",
        "von",
        "van",
        "der",
        "den",
        "ter",
        "zu",
        "de",
        "la",
        "le",
        "du",
        "di",
        "da",
        "del",
        "dos",
        "das",
        "y",
        "e",
        "af",
        "av",
    ]
)
_OPENING_PARTICIPLE = re.compile(r"[A-Z][a-z]{4,}(?<!m)ed")  # but not `Mohammed`, `Fred`
_PARENTHESIS = re.compile(
    r"\A[^/ ]+/-LRB- (?:[^/ ]+/(?!-RRB-)\S+ ){1,9}[^/ ]+/-RRB- (?=[^/ ]+/(?:JJ|NN|VBN))"
)
_OFFICIAL = frozenset(
    ["army", "government", "regime", "administration", "police", "navy", "junta", "parliament"]
)
_PEOPLES = ("an", "ish", "ese", "i", "ch")
_VERBS = frozenset({"VB", "VBD", "VBP", "VBZ"})
_ONE = PERSON_NOUNS | COLLECTIVE_NOUNS
_OF_A_NAME = MEMBER_NOUNS | RULE_NOUNS | PLACE_NOUNS
_SORTS = frozenset(
    [
        "group",
        "organization",
        "organisation",
        "faction",
        "movement",
        "network",
        "militia",
        "gang",
        "outfit",
        "sect",
    ]
)
_PREPOSITIONS = frozenset(["of", "for", "in", "on", "at", "against", "over", "by", "to", "near"])


def labels_of(sentence: Sentence, head: int, own: range, chunks: Chunks | None = None) -> list[Label]:
    """Return the labels of the mention whose head is token `head` and whose own tokens are `own`.

    Each word once, by the first pattern that finds it; ordered by where they stand. Words of the mention
    itself are not among them.
    """
    label_at: dict[int, Label] = {}
    for pattern in (
        _before,
        _member_labels,
        _after,
        apposition_labels,
        clause_labels,
        aside_labels,
        standin_labels,
    ):
        for label in pattern(sentence, head):
            if label.first <= own[-1] and own[0] <= label.last:
                continue
            if label.first > head and is_taken_back(sentence, label):
                continue
            if label.text in TITLES and label.last < head and label.kind != "head":
                label = label._replace(kind="title")
            label_at.setdefault(label.first, label)
    if chunks is not None and head in sentence.names:
        for label in (
            *frame_labels(sentence, head, chunks),
            *opening_labels(sentence, head, chunks),
            *state_labels(sentence, head),
            *segment_labels(sentence, head, chunks),
        ):
            if not own[0] <= label.last <= own[-1] and label.first not in own:
                label_at.setdefault(label.first, label)
        if not any(label.kind in ("predicate", "naming-verb") for label in label_at.values()):
            for label in (*said_labels(sentence, head, chunks), *pronoun_labels(sentence, head, chunks)):
                label_at.setdefault(label.first, label)
    return [label_at[first] for first in sorted(label_at)]


def family_labels(sentence: Sentence, own: range) -> list[Label]:
    """Return the labels that a generic alias gives by itself: its content words."""
    labels = [
        label
        for token in own
        if token not in sentence.names and sentence.parse.tags[token] not in ("DT", "IN", "CC", "TO", "HYPH")
        if (label := sentence.label(token, "family"))
    ]
    return list({label.first: label for label in labels}.values())


def name_labels(name: str, start: int, is_event: bool) -> list[tuple[str, str, int, int]]:
    """Return the labels that a name gives by its own common nouns (`the Assad regime` → regime).

    Those are its words in small letters; of an event's name its head as well, whatever its letters, which is
    the word before the first preposition, or else the last (`Liberation of Aleppo` → liberation). `start` is
    where the name stands, for the offsets.
    """
    words = list(_NAME_WORD.finditer(name))
    if len(words) < 2 or name.isupper():
        return []
    last = words[-1]
    if len(words) == 2 and last.group().lower() in _OFFICIAL and words[0].group().endswith(_PEOPLES):
        # `the Tellan Army`: the name is no more than what it is.
        return [(_singular(last.group().lower()), "family", start + last.start(), start + last.end())]
    if all(w.group().islower() for w in words):
        return []  # a name in small letters, and not what it is called
    common = [w for w in words if w.group().islower() and w.group() not in FUNCTION_WORDS | _PARTICLES]
    if is_event:
        before = [w for w, after in itertools.pairwise(words) if after.group().lower() in _PREPOSITIONS]
        head = before[0] if before else words[-1]
        common = sorted({*common, head}, key=lambda w: w.start())
    return [(_singular(w.group().lower()), "family", start + w.start(), start + w.end()) for w in common]


def _singular(noun: str) -> str:
    """Return a noun of a name in the singular, by spelling alone: a name is never parsed."""
    for plural, one in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh"), ("men", "man")):
        if noun.endswith(plural) and len(noun) > len(plural) + 1:
            return noun.removesuffix(plural) + one
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def _before(sentence: Sentence, head: int) -> Iterator[Label]:
    """`Islamist X`, `militant leader X`, `President X`, `so-called X`, `Iran-backed X`."""
    last = -1
    if _modifies_a_thing(sentence, head):
        return  # `a shuttered X hotel`: the hotel is
    for token in sentence.premodifiers(head):
        if token in sentence.names and sentence.compound(token) == (token, token):
            continue
        if not sentence.can_label(token):
            continue
        label = sentence.label(token, "modifier")
        if label is None or label.first <= last or _belongs_elsewhere(sentence, token, head):
            continue
        last = label.last
        if label.text in SO_CALLED:
            label = label._replace(kind="naming-verb")
        yield label
    if head > 0 and _is_right_before(sentence, head):
        label = sentence.label(head - 1, "modifier")
        if label is not None and sentence.parse.tags[head - 1] == "VBD":
            label = label._replace(text=sentence.parse.word(head - 1).lower())
        if label is not None:
            yield label


def _modifies_a_thing(sentence: Sentence, head: int) -> bool:
    """True for a name before a noun that is not the named one: what stands before both is said of the noun."""
    parse = sentence.parse
    noun = parse.heads[head]
    return (
        head in sentence.names
        and parse.deps[head] in MODIFIERS
        and noun > head
        and noun not in sentence.names
        and parse.lemmas[noun] not in GROUP_HEADS
        and not _has_title(sentence, head)
    )


def _has_title(sentence: Sentence, head: int) -> bool:
    """True for `President X` and `President Given X`."""
    parse = sentence.parse
    before = head - 1
    while before > 0 and parse.tags[before] in PROPER and parse.lemmas[before].rstrip(".") not in TITLES:
        before -= 1
    return before >= 0 and parse.lemmas[before].rstrip(".") in TITLES


def _is_right_before(sentence: Sentence, head: int) -> bool:
    """True for what stands before a name and modifies it, whatever the parser makes of it.

    `to occupied X`, `reached occupied X`, `on which occupied X depends` (taken for a verb and its object), and
    `Profiteer X` or `Besieged X` at the start of a sentence.
    """
    parse = sentence.parse
    word = head - 1
    if head not in sentence.names:
        return False
    if word == 0:
        opening = _OPENING_PARTICIPLE.fullmatch(parse.word(word)) is not None
        return opening or (parse.deps[word] not in MODIFIERS and parse.lemmas[word] in _ONE)
    if parse.tags[word] not in ("VBN", "VBD") or not parse.word(word).endswith("ed"):
        return False
    before = parse.tags[word - 1]
    if before == "WDT":
        return word > 1 and parse.tags[word - 2] == "IN"
    if before in _VERBS:
        return parse.lemmas[word - 1] not in ("be", "have", "get")
    return before in ("IN", "TO", "DT")


def _belongs_elsewhere(sentence: Sentence, noun: int, head: int) -> bool:
    """True for `inquiry` in `the lines of inquiry X will take`, which a parser may take for a modifier of X."""
    parse = sentence.parse
    after = head + 1
    return (
        head in sentence.names
        and parse.tags[noun] == "NN"
        and noun > 0
        and parse.lemmas[noun - 1] == "of"
        and after < len(parse.heads)
        and parse.tags[after] in ("CC", "MD", "VBD", "VBP", "VBZ")
    )


def _after(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X fighters`, `the X regime`, `X and Y fighters`, `fighters of X`."""
    parse = sentence.parse
    dep, governor = parse.deps[head], parse.heads[head]
    following = head + 1
    first = sentence.effective(head)
    if dep in MODIFIERS and governor > head and head in sentence.names:
        yield from _shared_head(sentence, head, governor)
        if following < governor and parse.heads[following] == governor and parse.tags[following] == "NNS":
            # `X terrorists positions`, once `X terrorists' positions`.
            yield from _shared_head(sentence, head, following)
    elif dep == "poss" and parse.lemmas[governor] in RULE_NOUNS and parse.tags[governor] in NOUNS:
        yield from _as_head(sentence, governor)
    elif parse.deps[first] == "pobj":
        yield from _of(sentence, head, first, parse.heads[first])
    elif dep in ("attr", "dobj") and parse.deps[governor] == "relcl":
        yield from _that_is(sentence, governor)
    if dep in MODIFIERS and head > 2:
        # `gunmen of the X open fire`, where `open fire` is taken for a noun that X modifies.
        preposition = head - 1 - (parse.tags[head - 1] == "DT")
        if parse.lemmas[preposition] == "of" and parse.lemmas[preposition - 1] in MEMBER_NOUNS:
            yield from _as_head(sentence, preposition - 1)
    yield from _behind_parenthesis(sentence, head)
    for child in parse.children[head]:
        # `X and Y fighters`: the noun is coordinated with the first name and modified by the second.
        if (
            parse.deps[child] == "conj"
            and child == head + 3
            and head + 2 in sentence.names
            and parse.heads[head + 2] == child
            and parse.lemmas[child] in MEMBER_NOUNS
            and sentence.child(head, "det") is None
        ):
            yield from _shared_head(sentence, head, child)


def _behind_parenthesis(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X (XF) militant group`, `X (a branch of Y) terrorists`."""
    first = after(_PARENTHESIS, sentence, head + 1) if head in sentence.names else None
    noun = phrase_head(sentence, first) if first is not None else None
    if first is None or noun is None or sentence.parse.lemmas[noun] not in GROUP_HEADS:
        return
    for label in phrase_labels(sentence, first, "modifier"):
        yield label._replace(kind="head") if label.last == noun else label


def _member_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """`fighters of X`, `men under the flag of X`, `the junta that rules X`."""
    for noun in sentence.ties.get(head, ()):
        yield from _as_head(sentence, noun)


def _of(sentence: Sentence, head: int, first: int, preposition: int) -> Iterator[Label]:
    """`fighters of X`, `the regime of X`, `the besieged town of X`."""
    parse = sentence.parse
    noun = parse.heads[preposition]
    lemma = parse.lemmas[preposition]
    if parse.tags[noun] not in NOUNS or noun > head:
        return
    word = parse.lemmas[noun]
    if lemma == "of" and word in _SORTS and parse.tags[noun] == "NNS":
        if first != head or sentence.child(head, "conj") is not None:
            yield from _as_head(sentence, noun)  # `the banned groups of X and Y`
    elif first != head or (word in MEMBER_NOUNS and is_person(sentence, head)):
        return
    elif lemma == "of" and word in _OF_A_NAME and (word not in PLACE_NOUNS or head in sentence.names):
        yield from _as_head(sentence, noun)


def _that_is(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`the gang that is X`, `the junta that rules X`."""
    parse = sentence.parse
    noun = parse.heads[verb]
    if parse.tags[noun] not in NOUNS or is_denied(sentence, verb):
        return
    if parse.lemmas[verb] == "be" or (
        parse.lemmas[verb] in RULING_VERBS and parse.lemmas[noun] in RULE_NOUNS
    ):
        yield from sentence.content(noun, "apposition")


def _as_head(sentence: Sentence, noun: int) -> Iterator[Label]:
    for label in sentence.content(noun, "modifier"):
        yield label._replace(kind="head") if label.last == noun else label


def _shared_head(sentence: Sentence, head: int, noun: int) -> Iterator[Label]:
    parse = sentence.parse
    if parse.tags[noun] not in NOUNS or parse.lemmas[noun] not in GROUP_HEADS:
        return
    if sentence.compound(head) != (head, head):
        return
    between = range(head + 1, noun)
    if any(parse.tags[token] in _BREAKS or parse.tags[token] in _VERBS for token in between):
        return  # `the "Never X" movement`, `X (and Y) fighters`
    name = sentence.original_word(head).split()
    if any(parse.tags[token] == "CC" for token in between) and (
        name[-1].islower() or (len(name) > 1 and any(parse.tags[token] == "JJ" for token in between))
    ):
        return  # `the X regime and Y authorities`
    yield from _as_head(sentence, noun)
