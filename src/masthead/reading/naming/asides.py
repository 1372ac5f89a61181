"""Labels set off from a name by more than a comma, which parsers rarely tie to it: `X, for years now a militia,`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.reading.lexicon import ALL_GROUP_NOUNS, COLLECTIVE_NOUNS, PERSON_NOUNS, TITLES
from masthead.reading.naming.shapes import (
    ADVERBS,
    BY_THE_WAY,
    NAMED,
    after,
    noun_before,
    phrase_labels,
    shape,
)
from masthead.reading.parsing.clauses import is_denied
from masthead.reading.parsing.phrases import Label, Sentence

_ONE = r"(?=(?:a|an|the|one)/\S+ )"
_NOT_A_NAME = r"(?:(?!name\d|,/,|:/:)[^/ ]+/(?!NNP|VBZ|VBD|MD)\S+ )"
_ASIDE = re.compile(
    r"\A(?:[^/ ]+/-RRB- )?,/, (?:"
    # X, in every sense a militia
    rf"(?:{BY_THE_WAY}(?:,/, )?)+{_ONE}"
    # X, founded as a ferry line and now a power; X, well armed, well fed and in the main an army
    rf"|(?:[^/ ]+/VBD )?(?:{_NOT_A_NAME}{{1,10}}(?:,/, )?){{1,2}}(?:and|but|yet|or)/CC (?:{BY_THE_WAY})+{_ONE}"
    # X, whatever its laws say, a republic; X, with its flags and its curfews, an occupied city
    r"|(?:whatever|however|whoever)/\S+ (?:(?!,/,)\S+ ){1,8},/, (?=(?:a|an)/\S+ )"
    r"|with/IN (?:all/\S+ )?(?:its|their|his|her)/PRP\$ (?:(?!,/,)[^/ ]+/(?!VB|NNP)\S+ ){1,9}(?:,/, (?=(?:a|an)/\S+ )"
    r"|(?=the/DT (?:only|last|sole)/\S+ ))"
    r")"
)
_CALL = r"(?:call|consider|brand|label|dub|deem|term)/VB\S? "
_MANY_CALL = re.compile(
    r",/, (?:which|whom|who|that)/W\S+ (?:(?!,/|not/|n't/|never/|be/)\S+ ){1,4}" + _CALL + r"(?=(?:a|an)/DT )"
)
_CALLS = re.compile(r"(?P<noun>" + _CALL + r")" + NAMED + "$")
_FURTHER_ON = re.compile(r",/, (?:(?!,/)\S+ ){1,8},/, (?:(?:anything|nothing)/\S+ but/\S+ )?(?=(?:a|an)/DT )")
_BE = re.compile(
    r"\A(?:,/, [^,]*,/, )?(?:be/VB[DZP] and/CC )?"
    + ADVERBS
    + r"(?:be/VB[DZP] |(?:have/VB[DZP] )(?:"
    + ADVERBS
    + BY_THE_WAY
    + r")*(?:become|remain|be)/VB[NP] )"
    + r"(?:,/, )?(?:"
    + BY_THE_WAY
    + r"(?:,/, )?)*(?!not/|n't/|never/|hardly/|no/)(?=(?:a|an|the)/DT )"
)
_RELATIVE = re.compile(
    r"(?:the|one|a|an)/\S+ (?:[^/ ]+/(?:JJ\S?|VBN|CD|NN) ){0,3}(?P<noun>[^/ ]+/NN )"
    r"(?P<clause>(?:that|which|who|whose)/(?:W\S+|IN) (?:(?!,/|that/|which/|who/)\S+ ){1,9}),/, (?:the/DT )?$"
)
_CALLED = re.compile(
    r"(?<![^/ ])(?P<noun>[^/ ]+/NNS? )(?:(?:call|know|name|dub|style)/VB[ND] "
    r"(?:(?:to/\S+ (?:[^/ ]+/\S+ ){1,3})?as/IN )?"
    r"|(?:that|which)/\S+ go/VB\S? by/IN the/DT name/NN of/IN "
    r"|(?:that|which)/\S+ (?:be/VB[DZP] "
    r"|(?:(?!,/)\S+ ){1,6}(?:sign|pay|know|describe|mark|celebrate|remember)/VB\S? as/IN ))"
    r"(?:the/DT )?$"
)
_REACH = 14
_SOMEBODY = ALL_GROUP_NOUNS | PERSON_NOUNS | COLLECTIVE_NOUNS | TITLES
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLOSED = frozenset({",", ".", ":", "''", "-RRB-"})
_PERSON_ENDINGS = ("er", "or", "ist", "ant", "man", "woman")


_ADJECTIVE = r"(?:[^/ ]+/RB )*[^/ ]+/JJ "
_ADJECTIVES_BEHIND = re.compile(
    rf"\A(?:,/,|[–—-]+/:) (?={_ADJECTIVE}(?:,/, {_ADJECTIVE})*(?:(?:,/, )?(?:and|but|yet|or)/CC {_ADJECTIVE})?"
    r"(?:,/,|[^/ ]+/[.:]|[^/ ]+/-RRB-) )"
)
_LIKE_OTHERS = re.compile(
    r"(?<![^ ])(?:un)?like/IN (?:(?:all|most|many|the|some)/\S+ )?other/JJ (?:[^/ ]+/(?:JJ|NN|VBN|HYPH) ){0,3}"
    r"(?P<noun>[^/ ]+/NNS ),/, (?:the/DT )?$"
)
_AND_OTHERS = re.compile(
    r"\A(?:,/, (?:[^/ ]+/(?:NNPS?|JJ|DT) ){1,6})*(?:,/, )?(?:and|or)/CC (?:(?:many|several|some|two|three)/\S+ )?"
    r"(?=(?:other|similar|such)/JJ (?:[^/ ]+/(?:JJ|NN|VBN|HYPH) ){0,3}[^/ ]+/NNS )"
)
_OPENING = re.compile(
    r"\A(?:(?:long|once|now|still|always|today|formerly)/\S+ )?(?P<first>(?:a|an|one)/\S+ )"
    r"(?:(?!,/|;/)[^/ ]+/(?!VB[DZP]|MD)\S+ ){1,10},/, " + NAMED + "$"
)
_ADJECTIVES_OPENING = re.compile(
    r"\A(?P<phrase>(?:[^/ ]+/RB )*[^/ ]+/(?:JJ|VBN|VBD) (?:,/, [^/ ]+/(?:JJ|VBN) )*(?:,/, )?(?:and|but|yet)/CC "
    r"(?:[^/ ]+/RB )*[^/ ]+/(?:JJ|VBN|VBD) ),/, (?:the/DT )?$"
)
_THE_TYRANT = re.compile(
    r"\Athe/DT (?:[^/ ]+/(?:JJ|VBN) )*(?P<noun>[^/ ]+/NN )(?=(?:[^/ ]+/(?:VB[DZP]|MD|[,.:])) )"
)
_SEES = re.compile(r"(?P<noun>(?:see|find|recogni[sz]e)/VB\S? )in/IN " + NAMED + "$")
_A_THING = re.compile(r"\A(?=(?:a|an)/DT )")
_OTHERS = frozenset({"other", "similar", "such"})
_ITSELF = frozenset({"itself", "themselves", "himself", "herself"})
_ITS_OWN_NAME = re.compile(
    r"(?<![^/ ])(?P<noun>[^/ ]+/NNS? )(?:,/, )?(?:(?:that|which|who)/\S+ )?(?:now/RB )?"
    r"(?:call|style|name|dub|term)/VB\S? (?:itself|themselves|himself|herself)/PRP (?:the/DT )?$"
)


def aside_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield the labels of the name at token `head` that stand further off than the next word."""
    if head not in sentence.names:
        return
    first = after(_ASIDE, sentence, head + 1)
    if first is not None:
        yield from phrase_labels(sentence, first, "apposition")
    yield from _predicate(sentence, head)
    yield from _naming_verb(sentence, head)
    noun = _set_off(sentence, head)
    if noun is None and not _ITSELF.isdisjoint(sentence.words):
        noun = noun_before(_ITS_OWN_NAME, sentence, head)
    if noun is not None:
        yield from sentence.content(noun, "apposition")
    if not _OTHERS.isdisjoint(sentence.words):
        yield from _among_others(sentence, head)
    following = sentence.parse.tags[head + 1] if head + 1 < len(sentence.parse.tags) else ""
    if following in (",", ":"):
        yield from _adjectives_behind(sentence, head)
    elif following == "DT":
        yield from _right_behind(sentence, head)
    if 2 < head < _REACH:
        yield from _opening(sentence, head)


def _right_behind(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X the tyrant won`; `many see in X a tyrant`."""
    end = after(_THE_TYRANT, sentence, head + 1)
    if end is not None and sentence.parse.lemmas[end - 1] in _SOMEBODY:
        yield from phrase_labels(sentence, head + 1, "apposition")
    verb = noun_before(_SEES, sentence, head)
    first = after(_A_THING, sentence, head + 1)
    if verb is not None and first is not None and not is_denied(sentence, verb):
        yield from phrase_labels(sentence, first, "naming-verb")


def _opening(sentence: Sentence, head: int) -> Iterator[Label]:
    """`Long a thorn in their side, X spoke`; `Hated and feared, X spoke`."""
    words = shape(sentence, 0, head)
    opening = _OPENING.match(words)
    if opening is not None:
        yield from phrase_labels(sentence, words.count(" ", 0, opening.start("first")), "apposition")
        return
    adjectives = _ADJECTIVES_OPENING.match(words)
    for token in range(adjectives["phrase"].count(" ") if adjectives else 0):
        if sentence.parse.tags[token] in ("JJ", "VBN", "VBD"):
            label = sentence.label(token, "apposition")
            if label is not None:
                yield (
                    label._replace(text=sentence.parse.word(token).lower())
                    if label.first == label.last
                    else label
                )


def _among_others(sentence: Sentence, head: int) -> Iterator[Label]:
    """`like other militias, X`, `X and other militias`."""
    noun = noun_before(_LIKE_OTHERS, sentence, head)
    if noun is not None:
        yield from sentence.content(noun, "apposition")
    first = after(_AND_OTHERS, sentence, head + 1)
    if first is not None:
        yield from phrase_labels(sentence, first, "apposition")


def _adjectives_behind(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X, brutal and corrupt, won`."""
    token = after(_ADJECTIVES_BEHIND, sentence, head + 1)
    while token is not None and sentence.parse.tags[token] in ("JJ", "RB", "CC", ","):
        if sentence.parse.tags[token] == "JJ":
            label = sentence.label(token, "apposition")
            if label is not None:
                yield label
        elif sentence.parse.tags[token] == "," and sentence.parse.tags[token + 1] not in ("JJ", "RB", "CC"):
            return
        token = token + 1 if token + 1 < len(sentence.parse.tags) else None


def _predicate(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X was and is a militia`, `X is, above all, a pact`, `X has over the years become a party`."""
    parse = sentence.parse
    if parse.deps[head] != "nsubj" or is_denied(sentence, parse.heads[head]):
        return
    first = after(_BE, sentence, head + 1)
    if first is not None:
        yield from phrase_labels(sentence, first, "predicate")


def _naming_verb(sentence: Sentence, head: int) -> Iterator[Label]:
    """`X, which most would call a militia`, `some call X, for all its airs, a militia`."""
    first = after(_MANY_CALL, sentence, head + 1)
    verb = noun_before(_CALLS, sentence, head) if first is None else None
    if verb is not None and not is_denied(sentence, verb):
        first = after(_FURTHER_ON, sentence, head + 1)
    if first is not None:
        yield from phrase_labels(sentence, first, "naming-verb")


def _set_off(sentence: Sentence, head: int) -> int | None:
    """Return `tax` for `the tax called X`, `boss` for `the boss that all of us know, X, left`."""
    parse = sentence.parse
    following = parse.tags[head + 1] if head + 1 < len(parse.tags) else "."
    thing = noun_before(_CALLED, sentence, head)
    if thing is not None and (following in _FINITE or parse.lemmas[thing + 1] != "call"):
        return thing  # but `the minister called X a gang`
    noun = noun_before(_RELATIVE, sentence, head) if following in _CLOSED else None
    if noun is None:
        return None
    lemma = parse.lemmas[noun]
    return noun if lemma in _SOMEBODY or lemma.endswith(_PERSON_ENDINGS) else None
