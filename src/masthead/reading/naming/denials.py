"""What takes a label back: `no longer a militia`, `anything but a gang`, `not a militia but a party`, a correction."""

from __future__ import annotations

import re

from masthead.reading.naming.shapes import ADVERBS, shape
from masthead.reading.parsing.phrases import Label, Sentence

_REACH = 12
_PHRASE = (
    r"(?:(?:a|an|the|any)/DT )?(?:[^/ ]+/(?:JJ\S?|VBN|NN|RB|HYPH|CD) |(?:and|,)/(?:CC|,) (?=[^/ ]+/JJ))*"
)
_DENIED = re.compile(
    r"(?<![^ ])(?:"
    # not a militia, never quite a militia; but `not only a militia`
    r"(?:not|n't|never|hardly|scarcely|neither|nor)/\S+ (?!(?:only|just|merely|simply|least)/)"
    + ADVERBS
    + r"|no/(?:DT|RB) (?:long|longer)/\S+ |(?<!by/IN )no/DT "
    r"|(?:far|apart|away)/\S+ from/IN (?:be/VBG )?|(?:instead|short)/\S+ of/IN (?:be/VBG )?"
    r"|rather/\S+ than/\S+ (?:be/VBG )?|less/\S+ (?:of/IN )?"
    r")" + _PHRASE + "$"
)
_WORDS = frozenset(
    [
        "not",
        "n't",
        "never",
        "hardly",
        "scarcely",
        "neither",
        "nor",
        "no",
        "far",
        "apart",
        "away",
        "instead",
        "short",
    ]
) | frozenset(["rather", "less"])
_CORRECTION = re.compile(
    r"\b(?:(?:earlier|previous|original|first|print|online) versions? of (?:this|the|our)"
    r"|an? (?:earlier|previous) version"
    r"|(?:this|the|our) (?:article|story|report|headline|text) (?:was|has been) (?:amended|corrected|updated)"
    r"|(?:wrongly|incorrectly|mistakenly|erroneously|inaccurately|falsely) (?:call|describ|refer|identif|label|said|"
    r"stat|report|named|list|gave|wr[io]t)\w*|we (?:regret|apologi[sz]e for) )",
    re.IGNORECASE,
)


_SIGNS = (
    "ersion",
    "mended",
    "orrect",
    "rong",
    "istake",
    "rroneous",
    "naccurate",
    "alsely",
    "egret",
    "polog",
    "pdated",
)
"""Pieces of words without which nothing is corrected: quicker to look for."""


def is_taken_back(sentence: Sentence, label: Label) -> bool:
    """True where what stands before a label, in its phrase or right before it, says that it is none.

    For labels behind the name, whose phrase the parser may hang on anything; a name's own `not` is the clause's.
    """
    if _WORDS.isdisjoint(sentence.words):
        return False
    return _DENIED.search(shape(sentence, label.first - _REACH, label.first)) is not None


def is_correction(text: str) -> bool:
    """True for a sentence by which a paper takes back what it wrote: its labels are not meant any more."""
    return any(sign in text for sign in _SIGNS) and _CORRECTION.search(text) is not None
