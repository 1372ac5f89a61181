"""Who belongs to a name, and so names it: `fighters of X`, `the junta that rules X`, `men under the flag of X`."""

from __future__ import annotations

import re

from masthead.reading.lexicon import ARMED_BODIES, MEMBER_NOUNS, RULE_NOUNS, TITLES
from masthead.reading.naming.shapes import ADVERBS, NAMED, after, shape
from masthead.reading.parsing.phrases import NOUNS, PROPER, Sentence

_REACH = 14
_WHO = r"(?:who|that|which)/(?:W\S+|IN) (?:(?:have|be|will|do)/\S+ )?" + ADVERBS
_MEMBER_TIES = re.compile(
    r"(?:"
    # of X; , some of them boys, of X; and drivers of X
    rf"(?:,/, (?:(?!,/)\S+ ){{2,8}},/, |and/CC [^/ ]+/NNS )?of/IN {NAMED}"
    # loyal to X; who are loyal to X; belonging to X; fighting for X
    rf"|(?:{_WHO})?(?:[^/ ]+/RB )?loyal/JJ to/\S+ {NAMED}"
    rf"|(?:belong/VBG to/\S+|fight/VBG (?:for|with|under)/IN|serve/VBG (?:in|with|under)/IN) {NAMED}"
    # who answer to X, who fight for X, who make up X
    rf"|{_WHO}(?:(?:answer|belong|report)/VB\S? to/\S+|(?:fight|kill|die)/VB\S? for/IN"
    rf"|serve/VB\S? (?:(?:in|with|under)/IN )?|make/VB\S? up/\S+) ?{NAMED}"
    # drawn from the ranks of X, under the flag of X, in the pay of X
    r"|(?:,/, )?(?:[^/ ]+/VB[NG] )?(?:from|under|in|of)/IN (?:the/DT )?(?:[^/ ]+/JJ[RS]? )?"
    rf"(?:rank|flag|banner|command|leadership|name|pay|service|umbrella|order)/\S+ of/IN {NAMED}"
    # , all of them from X
    rf"|,/, (?:all|most|many|some|both|half)/\S+ of/IN (?:they|them|who|whom)/\S+ (?:from|of|in|with)/IN {NAMED}"
    r")"
)
_FROM = re.compile(r"from/IN (?P<the>the/DT )?(?:[^/ ]+/(?:JJ[RS]?|VBN|CD) ){0,2}")
_RULE_TIES = re.compile(
    r"(?:"
    # of X, and speaking for X
    rf"(?:(?:,/, (?:(?!,/)\S+ ){{2,8}},/, )?of/IN|(?:speak|act)/VBG for/IN) {NAMED}"
    # now in power in X, in charge of X
    rf"|(?:{_WHO})?{ADVERBS}in/IN (?:power/NN (?:in|over)/IN|charge/NN of/IN|control/NN of/IN) {NAMED}"
    # that rules X, which speaks for X, that took over in X
    rf"|{_WHO}(?:(?:rule|govern|run|lead|head|hold|control|represent)/VB\S? (?:over/\S+ )?"
    rf"|(?:speak|act)/VB\S? for/\S+ |(?:take|seize|come)/VB\S? (?:over|power|to/\S+ power)/\S+ in/IN ){NAMED}"
    r")"
)
_THEIRS = re.compile(rf"(?:that|which|whom)/(?:W\S+|IN) {NAMED}")
_KEEP = re.compile(
    rf"\A(?:(?:have|be|do|will)/\S+ )?{ADVERBS}(?:keep|send|field|command|deploy|post|station|house)/\S+ "
)
_HOLD = re.compile(rf"(?:that|which|who)/W\S+ (?:have|hold)/VB\S? {NAMED}")
_TAKEN = re.compile(r"(?:re)?(?:take|capture|seize|wrest|liberate|free|win|recover)/V")
_POSSESSED = re.compile(
    r"\A[^/ ]+/POS (?:(?:by/IN (?:no|all|any)/\S+ [^/ ]+/NNS?|[^/ ]+/(?:RB|JJ|VBN|CC|,)) ){0,8}[^/ ]+/NNS? "
)
_IN_HAND = re.compile(
    r"(?:firmly/RB )?in/IN (?:its|their|his|her)/PRP\$ (?:hand|grip|grasp|power|pocket)s?/NN"
)


def find_ties(sentence: Sentence) -> dict[int, list[int]]:
    """Return for each name of the study the nouns for those who belong to it or rule it, by token.

    Nouns are those for members (`fighters of X`), those for who rules (`the regime of X`), and every generic
    alias, which is a common noun for some such group.
    """
    parse = sentence.parse
    nouns_of: dict[int, list[int]] = {}
    if not sentence.names:
        return nouns_of
    for noun, tag in enumerate(parse.tags):
        if noun in sentence.names:
            ruler = _ruler_after(sentence, noun)
            if ruler is not None:
                nouns_of.setdefault(noun, []).append(ruler)
        if tag not in NOUNS or noun in sentence.names:
            continue
        lemma = parse.lemmas[noun]
        member = lemma in MEMBER_NOUNS or noun in sentence.generics or lemma in ARMED_BODIES
        if not member and lemma not in RULE_NOUNS:
            continue
        name = next(
            (t for t in range(noun + 2, min(noun + _REACH, len(parse.tags))) if t in sentence.names), None
        )
        if name is None or sentence.compound(name) != (name, name):
            continue  # `fighters of the X-backed alliance`
        has_members = not is_person(sentence, name)
        if (member and has_members and _has_member(sentence, noun, name)) or (
            lemma in RULE_NOUNS and _has_ruler(sentence, noun, name)
        ):
            nouns_of.setdefault(name, []).append(noun)
    return nouns_of


def is_person(sentence: Sentence, name: int) -> bool:
    """True for a name that the study says is a person's, and for one with a title: `President X`."""
    before = sentence.parse.lemmas[name - 1].rstrip(".") if name else ""
    return name in sentence.persons or before in TITLES


def _has_member(sentence: Sentence, noun: int, name: int) -> bool:
    between = shape(sentence, noun + 1, name)
    if _MEMBER_TIES.fullmatch(between):
        # Forces loyal to somebody are an army of their own; men are his.
        return "loyal/JJ" not in between or sentence.parse.lemmas[noun] not in ARMED_BODIES
    came = _FROM.fullmatch(between)
    if came and _is_of_others(sentence, noun) and _TAKEN.search(shape(sentence, noun - 6, noun)):
        return False  # `retaken by Y forces from the X`
    if came:
        # Those from the X belong to it; those from X may just come from there, whatever letters X is written in.
        return came["the"] is not None
    return bool(_THEIRS.fullmatch(between)) and after(_KEEP, sentence, name + 1) is not None


def _is_of_others(sentence: Sentence, noun: int) -> bool:
    """True for `Y forces` and `government forces`, which somebody else names."""
    tag = sentence.parse.tags[noun - 1] if noun else "."
    return tag in PROPER or noun - 1 in sentence.names or noun - 1 in sentence.generics


def _has_ruler(sentence: Sentence, noun: int, name: int) -> bool:
    between = shape(sentence, noun + 1, name)
    if _RULE_TIES.fullmatch(between):
        # `the administration of X President Y`
        return name + 1 >= len(sentence.parse.tags) or sentence.parse.tags[name + 1] not in PROPER
    return bool(_HOLD.fullmatch(between)) and after(_IN_HAND, sentence, name + 1) is not None


def _ruler_after(sentence: Sentence, name: int) -> int | None:
    """Return `government` for X in `X's heavily indebted government`."""
    end = after(_POSSESSED, sentence, name + 1)
    return end - 1 if end is not None and sentence.parse.lemmas[end - 1] in RULE_NOUNS else None
