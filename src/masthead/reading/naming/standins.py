"""Predicates of what stands for a name: `the men of X are thugs`, `what rules X is a junta`, `X has a junta`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.reading.lexicon import MEMBER_NOUNS, RULE_NOUNS
from masthead.reading.naming.shapes import (
    ADVERBS,
    BY_THE_WAY,
    NAMED,
    after,
    phrase_head,
    phrase_labels,
    shape,
)
from masthead.reading.parsing.phrases import Label, Sentence

_REACH = 14
_THEY = re.compile(
    r"(?:"
    # the men of X, the ranks of X, those of X
    rf"(?:man|woman|boy|rank|those|one|member|follower)/\S+ of/IN {NAMED}"
    # those who fight for X, the people who make up X, those who fly the flag of X
    r"|(?:man|woman|people|those|one)/\S+ who/WP " + ADVERBS + r"(?:"
    rf"(?:fight|kill|die|act|speak)/VB\S? for/IN|(?:make|run)/VB\S? (?:up/\S+ )?|(?:lead|rule|govern|command)/VB\S? "
    rf"|(?:serve|be)/VB\S? (?:in/IN|with/IN|under/IN)|(?:answer|belong)/VB\S? to/\S+"
    rf"|(?:fly|carry|wear|hold|do)/VB\S? (?:[^/ ]+/\S+ ){{1,3}}(?:of|for)/IN) ?{NAMED}"
    # those in charge of X, those behind X
    rf"|(?:man|woman|people|those)/\S+ (?:in/IN (?:charge|command)/NN of/IN|behind/IN) {NAMED}"
    r")$"
)
_THAT = re.compile(r"what/WP (?:(?!name\d|,/,)\S+ ){0,7}$")
_TO_BE = rf"(?:{ADVERBS}be/VB[DZP] |remain/VB[DZP] )(?:{BY_THE_WAY})*(?!no/|not/|n't/|never/|hardly/)"
_ARE = re.compile(
    rf"\A(?:be/VB[DZP] (?:fill|staff|make|pack)/VB[DN] (?:up/\S+ )?(?:with|by|of|from)/IN |{_TO_BE})"
)
_IS = re.compile(
    rf"\A(?:call/VB\S? (?:its|their)/PRP\$ (?:[^/ ]+/JJ )?[^/ ]+/NN )?{_TO_BE}(?=(?:a|an|the)/DT )"
)
_HAS = re.compile(r"have/VB[ZPD] (?:have/VB[ND] )?(?=(?:a|an)/DT )")
_RUN_BY = re.compile(
    rf"(?:(?:have/VB[ZPD] )?be/VB\S? {ADVERBS}(?:rule|govern|run|lead|head)/VBN by/IN )(?=(?:a|an|the)/DT )"
)


def standin_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield the labels of what stands for the name at token `head` in its clause.

    Those who belong to X are X where a noun for members is said of them; what rules X is X where a noun for
    rulers is. `X has a junta` and `X is run by a junta` say the same of it.
    """
    if head not in sentence.names:
        return
    for first in _members_are(sentence, head), _rulers_are(sentence, head):
        if first is not None:
            yield from phrase_labels(sentence, first, "predicate")


def _members_are(sentence: Sentence, head: int) -> int | None:
    if _THEY.search(shape(sentence, head - _REACH, head)) is None:
        return None
    return _where(sentence, after(_ARE, sentence, head + 1), MEMBER_NOUNS | RULE_NOUNS)


def _rulers_are(sentence: Sentence, head: int) -> int | None:
    for pattern in (_HAS, _RUN_BY):
        first = _where(sentence, after(pattern, sentence, head + 1), RULE_NOUNS)
        if first is not None:
            return first
    if _THAT.search(shape(sentence, head - _REACH, head)) is None:
        return None
    return _where(sentence, after(_IS, sentence, head + 1), RULE_NOUNS)


def _where(sentence: Sentence, first: int | None, nouns: frozenset[str]) -> int | None:
    """Return `first` where a noun phrase with one of these nouns for its head starts there."""
    noun = phrase_head(sentence, first) if first is not None else None
    return first if noun is not None and sentence.parse.lemmas[noun] in nouns else None
