"""Which sentences can hold an attribution at all: those with a quotation mark or with a form of a cue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from masthead.reading.attribution.cues import (
    ADDRESSING,
    ADJECTIVES,
    CALLING,
    INTENDING,
    NOUNS,
    OF_SOMETHING,
    SAYING,
    SPOKEN,
    WITH_PREPOSITION,
)
from masthead.reading.lexicon import words

_WORD = re.compile(r"[a-z]+")
_IRREGULAR = {
    "say": "said says",
    "tell": "told",
    "think": "thought",
    "know": "knew known",
    "feel": "felt",
    "find": "found",
    "see": "saw seen",
    "hear": "heard",
    "write": "wrote written",
    "speak": "spoke spoken",
    "swear": "swore sworn",
    "teach": "taught",
    "show": "shown",
    "understand": "understood misunderstood",
    "hold": "held",
    "mean": "meant",
    "seek": "sought",
    "choose": "chose chosen",
    "begin": "began begun",
    "sing": "sang sung",
    "forget": "forgot forgotten",
    "foresee": "foresaw foreseen",
    "go": "went goes gone",
    "forbid": "forbade forbidden",
    "throw": "threw thrown",
    "read": "read",
    "cast": "cast",
    "bet": "bet",
    "broadcast": "broadcast",
    "relay": "relayed relays",
    "dream": "dreamt",
    "learn": "learnt",
    "plead": "pled",
    "lie": "lied lying lies",
    "reply": "replies replied",
    "deny": "denies denied",
    "undertake": "undertook undertaken",
    "misunderstand": "misunderstood",
}
_OTHER_WORDS = words(
    "account adding address begin begun brand campaigns cast committed continue continues continuing elected",
    "fault figure find gather gathered gathering goes going granted hearing held issue lies list means",
    "messages naming owned planned polling posts protests rule settle settled term thanks titled",
)
"""Forms of cues that are mostly another word, or no cue: alone, they are no reason to parse a sentence."""
_DOUBLED = re.compile(r"(?:[^aeiou][aeiou]|qui)[bdgklmnprt]\Z")
_VOWELS = "aeiou"


def forms(verb: str) -> Iterator[str]:
    """Yield the forms of an English verb, the regular ones and the irregular ones it may have."""
    yield verb
    yield from _IRREGULAR.get(verb, "").split()
    if verb.endswith("e"):
        yield from (verb + "s", verb + "d", verb[:-1] + "ing", verb + "ing")
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
    else:
        yield from (verb + "s", verb + "ed", verb + "ing")
        if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
            yield verb + "es"
        if _DOUBLED.search(verb):
            yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


@lru_cache(maxsize=1)
def cue_forms() -> frozenset[str]:
    """Return every form of every cue, in lower case."""
    verbs = {*SAYING, *INTENDING, *ADDRESSING, *OF_SOMETHING, *CALLING, *(v for v, _ in WITH_PREPOSITION)}
    cues = {form for verb in verbs for form in forms(verb)}
    for noun in NOUNS:
        cues |= {noun, noun + "s", noun[:-1] + "ies" if noun.endswith("y") else noun + "s"}
    return frozenset(cues | set(ADJECTIVES) | {"according"}) - _OTHER_WORDS


@lru_cache(maxsize=1)
def speaking_forms() -> frozenset[str]:
    """Return every form of the verbs of what is said or written."""
    return frozenset(form for verb, stance in SAYING.items() if stance in SPOKEN for form in forms(verb))


def may_attribute(text: str) -> bool:
    """True where `text` holds a form of a cue. Quotation marks are looked for elsewhere."""
    return not cue_forms().isdisjoint(_WORD.findall(text.lower()))
