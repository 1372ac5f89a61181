"""Generic nouns that mean somebody else by what stands beside them: `rebels in Tella`, `rebels burned it, X said`."""

from __future__ import annotations

import re
from collections.abc import Callable

from masthead.reading.lexicon import BODY_NOUNS, DAYS_AND_MONTHS
from masthead.reading.parsing.phrases import MODIFIERS, PROPER, Sentence

_WHERE = frozenset({"in", "from", "across"})
_STEPS = 4
_REACH = 9
_LONGEST_TITLE = 7
_YEARS = re.compile(r"\d{3,4}s?")
_OURS = BODY_NOUNS - {"brigade", "club"} | {
    "area",
    "region",
    "province",
    "city",
    "town",
    "country",
    "revolution",
    "past",
    "day",
}
_WORKS = frozenset(
    [
        "film",
        "documentary",
        "book",
        "novel",
        "play",
        "song",
        "poem",
        "story",
        "opera",
        "series",
        "exhibition",
        "lecture",
    ]
) | frozenset(
    ["history", "museum", "painting", "comedy", "musical", "movie", "tale", "ballad", "exhibit", "drama"]
)


def is_stranger(
    sentence: Sentence, own: range, head: int, subject: int, is_of_ours: Callable[[str], bool]
) -> bool:
    """True where the noun at `head`, a generic alias of a subject on the tokens `own`, means somebody else.

    `is_of_ours` says of the name of a people or a place whether the subject may be of it.
    """
    return (
        _is_beside_its_name(sentence, own, head, subject)
        or _is_of_a_thing(sentence, head)
        or _is_in_a_title(sentence, own)
        or _is_elsewhere(sentence, own, head, is_of_ours)
        or _is_done_to_by_ours(sentence, head, subject)
    )


def _is_beside_its_name(sentence: Sentence, own: range, head: int, subject: int) -> bool:
    """True for `rebels` in `rebels burned a school, X said`, and for `the rebels` in `the rebels whom X feeds`.

    Who has just been named is `the rebels` or `they`, never just `rebels`; and nobody is a part of himself.
    """
    parse = sentence.parse
    names = [t for t, whose in sentence.names.items() if subject in whose]
    if not names or parse.tags[head] not in ("NNS", "NNPS"):
        return False
    if parse.deps[head] in MODIFIERS or sentence.effective(head) != head:
        return False
    if len(own) > 1 or any(parse.tags[c] == "CD" for c in parse.children[head]):
        return False  # `government forces` and `125 rebels` stand beside names of their own
    if not any(parse.tags[c] in ("DT", "PRP$") for c in parse.children[head]):
        return True
    for name in names:
        token = name
        while parse.heads[token] != token and token != head:
            token = parse.heads[token]
        if token == head:
            return True
    return False


def _is_of_a_thing(sentence: Sentence, noun: int) -> bool:
    """True for `partisans of the old opera house`, `a film about terrorists`."""
    parse = sentence.parse
    above = parse.heads[noun]
    if (
        parse.deps[noun] == "pobj"
        and parse.lemmas[above] in ("about", "of", "on")
        and parse.lemmas[parse.heads[above]] in _WORKS
    ):
        return True
    for child in parse.children[noun]:
        if child > noun and parse.deps[child] == "prep" and parse.lemmas[child] == "of":
            of = sentence.child(child, "pobj")
            if of is not None and _YEARS.fullmatch(parse.word(of)):
                return True
            if of is not None and parse.tags[of] == "NN" and of not in sentence.generics:
                return parse.lemmas[of] not in _OURS and sentence.child(of, "det") is not None
    return False


def _is_in_a_title(sentence: Sentence, own: range) -> bool:
    """True for `“The Rebels”` and `“Rebels of the Reef”`: the title of a work, not a sentence that somebody says."""
    parse = sentence.parse
    opening = own[0] - 1 - (own[0] > 1 and parse.lemmas[own[0] - 1] == "the")
    if (
        opening < 0
        or parse.tags[opening] not in ("``", "''")
        or not sentence.original_word(own[0])[:1].isupper()
    ):
        return False
    for token in range(own[-1] + 1, min(own[-1] + _LONGEST_TITLE, len(parse.tags))):
        if parse.tags[token] in ("''", "``"):
            return parse.tags[token - 1] not in (",", ".")
        if parse.tags[token][:2] == "VB":
            return False
    return False


def _is_elsewhere(sentence: Sentence, own: range, head: int, is_of_ours: Callable[[str], bool]) -> bool:
    """True for `rebels in Tella burned a school` and `In Tella, rebels burned a school`: some of a place of their own.

    Only without a determiner, and where the place is none that the article is about: `the rebels in Tella` are known.
    """
    parse = sentence.parse
    first, after = own[0], own[-1] + 1
    if parse.tags[head] not in ("NNS", "NNPS") or any(
        parse.tags[c] in ("PRP$", "POS", "CD") for c in parse.children[own[-1]] if c < own[0]
    ):
        return False
    above = parse.heads[parse.heads[own[-1]]]
    if parse.lemmas[above] == "number" or parse.deps[own[-1]] in ("conj", *MODIFIERS):
        return False
    place = None
    if after + 1 < len(parse.tags) and parse.lemmas[after] in _WHERE and parse.tags[after + 1] in PROPER:
        place = after + 1
    elif first > 1:
        # `In Tella, where winters are long, rebels burned a school`; `across the sea, in Tella, rebels burned a school`
        place = next(
            (
                t
                for t in range(1, min(first, _REACH))
                if parse.tags[t] in PROPER
                and parse.lemmas[t - 1] == "in"
                and (t == 1 or parse.tags[t - 2] == ",")
                and parse.tags[t + 1] == ","
            ),
            None,
        )
    return (
        place is not None
        and place not in sentence.names
        and place not in sentence.generics
        and parse.word(place).lower() not in DAYS_AND_MONTHS
        and not is_of_ours(parse.word(place))
    )


def _is_done_to_by_ours(sentence: Sentence, noun: int, subject: int) -> bool:
    """True for `terrorists` in `the Tellan Front hunts terrorists`, where both would be one: nobody hunts himself."""
    parse = sentence.parse
    verb = parse.heads[noun]
    if parse.deps[noun] == "pobj" and parse.lemmas[verb] in ("against", "with"):
        verb = parse.heads[verb]
    elif parse.deps[noun] != "dobj":
        return False
    if not parse.tags[verb].startswith("VB") or sentence.child(noun, "poss") is not None:
        return False
    for _ in range(_STEPS):
        doer = sentence.child(verb, "nsubj")
        if doer is not None and (parse.tags[doer] != "PRP" or parse.lemmas[doer] not in ("it", "they")):
            return subject in sentence.names.get(doer, ())
        if parse.deps[verb] not in ("conj", "xcomp", "ccomp"):
            return False
        verb = parse.heads[verb]
    return False
