"""What is arranged, offered or intended, told apart from what is foretold."""

from __future__ import annotations

import re
from typing import Literal

from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.wording import (
    ARRANGED,
    ARRANGED_PASSIVES,
    GOING_ON,
    MADE,
    OUTCOMES,
    PLACES,
    SPEAKING,
    TIMETABLED,
)

_DAY = re.compile(
    r"\b(?:on|this|next|until|by|from)? ?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|tomorrow|tonight)\b"
    r"|\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? \d{1,2}\b"
    r"|\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\bat \d{1,2}(?::\d\d)? ?(?:[ap]\.?m\b|gmt|et\b)|\bat noon\b|\b(?:this|next) (?:week|weekend)\b"
    r"|\bthis (?:morning|afternoon|evening)\b",
    re.IGNORECASE,
)


FutureKind = Literal["forecast", "plan", "intention"]


def kind_of(tree: Tree, verb: int) -> FutureKind:
    """Return `plan` for a future that is arranged, `intention` for what only one who acts can offer or set out to do.

    By the verb, by the form (`will be meeting`), and by a date as calendars have it, of a day and not of a year. What
    would be an intention is a forecast where its subject is an event or an issue.
    """
    parse = tree.parse
    lemma = parse.lemmas[verb]
    if lemma == "go" and any(parse.lemmas[c] == "to" for c in parse.children[verb]):
        return "plan"
    if lemma in GOING_ON:
        on = tree.child(verb, "xcomp")
        return "forecast" if on is None else kind_of(tree, on)
    particle = tree.child(verb, "prt")
    if lemma == "face" and particle is not None:
        return "plan"  # `face off`, as debates and matches do
    if lemma in OUTCOMES or (lemma == "give" and particle is not None):
        return "forecast"
    if lemma in TIMETABLED or _is_dated(tree, verb):
        return "plan"
    if any(parse.deps[c] in ("auxpass", "nsubjpass") for c in parse.children[verb]):
        return "plan" if lemma in ARRANGED_PASSIVES else "forecast"
    progressive = parse.tags[verb] == "VBG" and any(parse.lemmas[c] == "be" for c in parse.children[verb])
    is_act = lemma in ("take", "make") and any(
        parse.deps[c] == "dobj" and parse.lemmas[c] in MADE for c in parse.children[verb]
    )
    there = lemma == "be" and _is_to_be_there(tree, verb)
    return "intention" if progressive or is_act or there or lemma in ARRANGED else "forecast"


def _is_to_be_there(tree: Tree, verb: int) -> bool:
    """True of `be in Nahr`, `be in the capital` and `be the keynote speaker`; not of `be in trouble`."""
    parse = tree.parse
    for child in parse.children[verb]:
        if parse.deps[child] == "attr" and parse.lemmas[child] in SPEAKING:
            return True
        if parse.deps[child] == "prep" and parse.lemmas[child] in ("in", "at"):
            for place in parse.children[child]:
                if parse.deps[place] == "pobj" and (
                    parse.tags[place] == "NNP" or parse.lemmas[place] in PLACES
                ):
                    return True
    return False


def _is_dated(tree: Tree, verb: int) -> bool:
    """True where a day of the calendar, or an hour, stands among the verb's own words."""
    parse = tree.parse
    for child in parse.children[verb]:
        if parse.deps[child] in ("prep", "npadvmod", "advmod", "advcl", "dobj", "pobj", "nmod"):
            first, last = tree.span(child)
            if last - first <= _LONGEST and _DAY.search(parse.text, parse.starts[first], parse.ends[last]):
                return True
    return False


_LONGEST = 7
"""Tokens: a date of a longer phrase belongs to something in it."""
