"""Labels by apposition: `X, an Islamist group`, `the Islamist group X`, `the group known as X`, `groups such as X`."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.lexicon import (
    ALL_GROUP_NOUNS,
    BODY_NOUNS,
    COLLECTIVE_NOUNS,
    MEMBER_NOUNS,
    PERSON_NOUNS,
    TITLES,
)
from masthead.reading.parsing.clauses import complement_labels
from masthead.reading.parsing.phrases import NOUNS, Label, Sentence

_CALLED = frozenset({"know", "call", "dub", "name", "nickname", "style", "brand"})
_SOCIAL_TITLES = frozenset({"mr", "mrs", "ms", "miss"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ACTORS = ALL_GROUP_NOUNS | TITLES | PERSON_NOUNS | COLLECTIVE_NOUNS
_GROUPS = MEMBER_NOUNS | BODY_NOUNS
_OPENING = frozenset({"VBG", "VBN", "IN", "TO"})
_BREAKS = frozenset({",", ":", ".", "-LRB-", "-RRB-", "CC"})
_PERSON_ENDINGS = (
    "er",
    "or",
    "ist",
    "ian",
    "ee",
    "ant",
    "ent",
    "man",
    "woman",
    "aire",
    "ess",
    "hero",
    "ally",
)


def apposition_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield the labels that noun phrases beside the mention with head `head` give it."""
    yield from _following(sentence, head)
    parse = sentence.parse
    first = sentence.effective(head)
    dep, governor = parse.deps[first], parse.heads[first]
    if dep == "appos" and governor < first:
        # `candidates X and Y` names both; `candidate X and winner Y` the first alone.
        names_both = first == head or parse.tags[governor] == "NNS"
        if (
            names_both
            and (parse.tags[governor] in NOUNS or sentence.is_common(governor))
            and _is_preceding(sentence, governor, first, head)
        ):
            yield from sentence.content(governor, "apposition")
    elif dep == "pobj" and parse.deps[governor] == "prep":
        yield from _example_labels(sentence, governor)
    elif (
        dep in ("oprd", "dobj", "attr")
        and parse.deps[governor] == "acl"
        and parse.tags[governor] in ("VBN", "VBD")
        and parse.lemmas[governor] in _CALLED
    ):
        yield from _noun(sentence, parse.heads[governor])


def _following(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X, an Islamist group`: set off by a comma, or, where commas were lost, by its article."""
    parse = sentence.parse
    for child in (*parse.children[head], *_attached_above(sentence, head)):
        if parse.deps[child] != "appos" or child < head:
            continue
        if parse.tags[child] not in NOUNS and parse.lemmas[child] != "one":
            continue
        if any(parse.deps[c] == "conj" and head < c < child for c in parse.children[head]):
            continue  # `X and Y, a group`: it is Y that is a group
        between = [parse.tags[token] for token in range(head + 1, child)]
        set_off = any(tag in _BREAKS for tag in between)
        if any(tag in _FINITE for tag in between) or _is_list(sentence, child):
            continue
        if set_off or sentence.child(child, "det") is not None:
            yield from complement_labels(sentence, child, "apposition")


def _attached_above(sentence: Sentence, head: int) -> Iterator[int]:
    """Yield the apposition right after the name that a parser gives to a noun further up.

    In `members of X, a banned group, fled` the nearest noun is meant, and the parser may take the first.
    """
    parse = sentence.parse
    if head + 2 >= len(parse.heads) or parse.tags[head + 1] != "," or parse.tags[head + 2] != "DT":
        return
    noun = parse.heads[head + 2]
    above = parse.heads[noun]
    if parse.deps[noun] != "appos" or above >= head or above in sentence.names:
        return
    token = head
    while token != above and parse.heads[token] != token:
        token = parse.heads[token]
    if token == above:
        yield noun


def _is_list(sentence: Sentence, noun: int) -> bool:
    """True for `X, his aides and his friends`, which are several and not one."""
    parse = sentence.parse
    return parse.tags[noun] == "NNS" and sentence.child(noun, "conj") is not None


def _is_preceding(sentence: Sentence, noun: int, first: int, head: int) -> bool:
    """True where `noun` and the name after it mean the same: not `the votes X needs`, `in this town, X said`."""
    parse = sentence.parse
    begin = min((*sentence.premodifiers(first), first))
    last = max(head, *(c for c in sentence.conjuncts(first)))
    after = last + 1
    while after < len(parse.heads) and parse.tags[after] == "RB":
        after += 1
    following = parse.tags[after] if after < len(parse.heads) else "."
    breaks = {parse.tags[token] for token in range(noun + 1, begin)} & _BREAKS
    if breaks:
        ends_here = following in _BREAKS or not parse.word(after)[0].isalnum()
        # `Facing that threat, X, who …`: what comes before the comma opens the sentence and names nobody.
        opens = parse.tags[0] in _OPENING and not any(parse.tags[t] in _FINITE for t in range(noun))
        return ends_here and not opens and breaks <= {",", "-LRB-"}
    if parse.lemmas[begin].rstrip(".") in _SOCIAL_TITLES:
        return False
    if parse.tags[noun] == "NNS" and last == first:
        return False
    if any(parse.lemmas[c] in ("a", "an") for c in parse.children[noun]):
        return False  # `a state X won`: an apposition without a comma is definite
    lemma = parse.lemmas[noun]
    is_actor = lemma in _ACTORS or lemma.endswith(_PERSON_ENDINGS)
    if following in _FINITE:
        return is_actor and _is_subject_with(sentence, noun, after)
    return is_actor or following != "POS"


def _is_subject_with(sentence: Sentence, noun: int, verb: int) -> bool:
    """True where the verb after the name goes with the noun before it, or with what stands before both.

    `the group X claimed it`, `members of the group X fled`; not `the judge X was speaking of is old`.
    """
    parse = sentence.parse
    if parse.deps[verb] in ("aux", "auxpass"):
        verb = parse.heads[verb]
    if parse.deps[noun] in ("nsubj", "nsubjpass"):
        return parse.heads[noun] == verb and parse.deps[verb] != "csubj"
    return any(parse.deps[c] in ("nsubj", "nsubjpass") and c < noun for c in parse.children[verb])


def _example_labels(sentence: Sentence, preposition: int) -> Iterator[Label]:
    """`the group known as X`, `terrorist groups such as X`, `groups like X`, `groups including X`."""
    parse = sentence.parse
    above = parse.heads[preposition]
    lemma = parse.lemmas[preposition]
    if lemma == "as" and parse.deps[above] == "acl" and parse.lemmas[above] in _CALLED:
        yield from _noun(sentence, parse.heads[above])
    elif parse.lemmas[above] in _GROUPS:
        such = lemma == "as" and any(parse.lemmas[c] == "such" for c in parse.children[preposition])
        if such or lemma in ("like", "include"):
            yield from _noun(sentence, above)


def _noun(sentence: Sentence, noun: int) -> Iterator[Label]:
    if sentence.parse.tags[noun] in NOUNS:
        yield from sentence.content(noun, "apposition")
