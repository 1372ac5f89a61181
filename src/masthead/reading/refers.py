"""Whether a generic alias refers: `the rebels fled` does, `a terrorist attack` and `ISIS terrorists` do not.

A generic alias (`terrorists`) may mean anyone. It counts as a mention of its subject only as the head of a
phrase that refers, or before a noun for the members of a group (`rebel fighters`, `a rebel commander`); not
where it labels another named one, or an act.
"""

from __future__ import annotations

from masthead.reading.lexicon import ALL_GROUP_NOUNS, ATTACHED_NOUNS, DAYS_AND_MONTHS
from masthead.reading.phrases import MODIFIERS, NOUNS, PROPER, Sentence

_PREDICATES = frozenset({"attr", "oprd", "acomp"})
_TIES = frozenset({"of", "from"})
_TIED = frozenset(
    {"affiliate", "link", "loyal", "belong", "ally", "align", "tie", "affiliated", "linked", "allied", "tied"}
)
_EXAMPLES = frozenset({"like", "as", "include", "including"})


def refers(sentence: Sentence, own: range, subjects: frozenset[int]) -> bool:
    """True where the generic alias on the tokens `own` refers to its subject (one of `subjects`)."""
    parse = sentence.parse
    head = head_of(sentence, own)
    tag = parse.tags[head]
    if tag in PROPER:
        tag = "NNS" if tag == "NNPS" else "NN"
    phrase = head
    if _agent_in_compound(sentence, own):
        return True
    dep = parse.deps[head]
    if dep in MODIFIERS and parse.heads[head] > head:
        phrase = parse.heads[head]
        if parse.tags[phrase] not in NOUNS:
            return False
        # English nouns modify in the singular: a plural has lost its apostrophe (`the rebels positions`).
        if tag != "NNS" and parse.lemmas[phrase] not in ALL_GROUP_NOUNS:
            return False
        if tag == "NNS" and phrase not in sentence.names:
            return not _of_another(sentence, head, own)
    elif tag not in NOUNS:
        return False
    if _of_another(sentence, phrase, own):
        return False
    if parse.lemmas[phrase] in ATTACHED_NOUNS and phrase != head:
        return True
    return not _labels_another(sentence, phrase)


def head_of(sentence: Sentence, own: range) -> int:
    """Return the token of a span that governs the others: the last whose head lies outside."""
    parse = sentence.parse
    outside = [t for t in own if parse.heads[t] not in own or parse.heads[t] == t]
    return outside[-1] if outside else own[-1]


def _agent_in_compound(sentence: Sentence, own: range) -> bool:
    """`rebel-held Aleppo`: the rebels hold it."""
    _, last = sentence.compound(own[-1])
    return (
        last > own[-1]
        and sentence.parse.tags[last] == "VBN"
        and sentence.parse.ends[own[-1]] == (sentence.parse.starts[own[-1] + 1])
    )


def _of_another(sentence: Sentence, noun: int, own: range) -> bool:
    """True for members of somebody named: `ISIS terrorists`, `al-Qaeda's fighters`, `terrorists of ISIS`."""
    parse = sentence.parse
    for child in parse.children[noun]:
        dep = parse.deps[child]
        if child < noun and child not in own:
            if dep in MODIFIERS and sentence.is_name(child) and sentence.compound(child) == (child, child):
                return True
            if dep == "poss" and sentence.is_name(child):
                return True
        elif child > noun and dep == "prep" and parse.lemmas[child] in _TIES:
            if _named_object(sentence, child):
                return True
        elif child > noun and dep in ("acl", "amod", "relcl") and parse.lemmas[child] in _TIED:
            if any(_named_object(sentence, grand) for grand in parse.children[child]):
                return True
    return False


def _named_object(sentence: Sentence, preposition: int) -> bool:
    return any(
        child in sentence.names and sentence.parse.deps[child] == "pobj"
        for child in sentence.parse.children[preposition]
    )


def _labels_another(sentence: Sentence, noun: int) -> bool:
    parse = sentence.parse
    first = sentence.effective(noun)
    dep, governor = parse.deps[first], parse.heads[first]
    if dep in _PREDICATES:
        # `there are rebels in the town` speaks of rebels; `they are rebels` of somebody else.
        return not any(parse.deps[c] == "expl" for c in parse.children[governor])
    if dep == "pobj" and parse.lemmas[governor] in ("as", "like"):
        return not any(parse.lemmas[c] == "such" for c in parse.children[governor])
    if dep == "appos" and sentence.is_name(governor):
        return True
    if parse.deps[noun] in MODIFIERS and sentence.is_name(parse.heads[noun]):
        return True
    for child in parse.children[noun]:
        if child < noun:
            continue
        if parse.deps[child] == "appos" and sentence.is_name(child):
            return True
        if parse.deps[child] == "prep" and parse.lemmas[child] in _EXAMPLES:
            if any(sentence.is_name(c) for c in parse.children[child] if parse.deps[c] == "pobj"):
                return True
        if parse.deps[child] == "acl" and parse.lemmas[child] in ("call", "know", "dub", "name"):
            return True
    return _name_follows(sentence, noun)


def _name_follows(sentence: Sentence, noun: int) -> bool:
    """True where a name stands right after the noun, whatever the parser makes of it."""
    after = noun + 1
    if after >= len(sentence.parse.heads) or not sentence.is_name(after):
        return False
    return sentence.parse.lemmas[after] not in DAYS_AND_MONTHS
