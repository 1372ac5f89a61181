"""Whether a label is the outlet's own word, quotation marks apart: `the so-called militia X`, `critics call X a gang`.

Own are the words of a phrase and of a sentence that the outlet says itself. What stands under `so-called` is somebody
else's word from which the outlet keeps away; what somebody is told to call X, or to say that X is, is his.
"""

from __future__ import annotations

from collections.abc import Sequence

from masthead.reading.lexicon import NAMING_VERBS_AS, NAMING_VERBS_PLAIN, REPORTING_VERBS, SO_CALLED
from masthead.reading.parsing.phrases import Label, Sentence

_REACH = 7
_STEPS = 5
_NOBODY_ELSE = frozenset(
    ["i", "we", "you", "one", "people", "everybody", "everyone", "anybody", "anyone", "all", "most"]
) | (frozenset(["many", "some"]))
"""Who calls it so where nobody in particular does: the outlet says it of all."""
_ITSELF = frozenset({"itself", "himself", "herself", "themselves"})
_NAMING = NAMING_VERBS_AS | NAMING_VERBS_PLAIN


def is_of_others(sentence: Sentence, label: Label, labels: Sequence[Label], in_report: bool) -> bool:
    """True for a label that is not the outlet's own word; `labels` are all of its mention.

    `in_report`: whether the sentence gives the mention's clause to a speaker.
    """
    if any(_is_under(sentence, label, other) for other in labels if other.text in SO_CALLED):
        return True
    if label.kind == "predicate":
        return in_report and _is_told(sentence, label)
    return label.kind == "naming-verb" and _says_somebody(sentence, label)


def _is_under(sentence: Sentence, label: Label, so_called: Label) -> bool:
    """True for `so-called` itself and what follows it in its phrase."""
    between = range(so_called.last + 1, label.first)
    tags = sentence.parse.tags
    return (
        so_called.first <= label.first
        and len(between) < _REACH
        and not any(
            tags[t] in (",", "CC", "IN", ":") or tags[t] in ("VBD", "VBZ", "VBP", "MD") for t in between
        )
    )


def _is_told(sentence: Sentence, label: Label) -> bool:
    """True for what the clause itself says that somebody tells (`critics say X is a gang`), not what is put in beside.

    `He met X, which is a gang, he said` may be either's.
    """
    parse = sentence.parse
    verb = label.first
    for _ in range(_STEPS):
        above = parse.heads[verb]
        if parse.deps[verb] == "relcl" or above == verb:
            return False
        is_clause = parse.deps[verb] == "ccomp" or (
            parse.deps[verb] == "xcomp" and parse.deps[above] != "relcl"
        )
        if is_clause and parse.lemmas[above] in REPORTING_VERBS:
            return _has_speaker(sentence, above) or parse.tags[above] == "VBN"
        verb = above
    return False


def _has_speaker(sentence: Sentence, verb: int) -> bool:
    parse = sentence.parse
    return any(
        parse.deps[c] == "agent" or (parse.deps[c] == "nsubj" and parse.lemmas[c] not in _NOBODY_ELSE)
        for c in parse.children[verb]
    )


def _says_somebody(sentence: Sentence, label: Label) -> bool:
    """True where the verb that gives the label has somebody who says so: `critics call X`, `X calls itself`."""
    parse = sentence.parse
    verb = label.first
    for _ in range(_STEPS):
        if parse.tags[verb].startswith("VB") and parse.lemmas[verb] in _NAMING and verb != label.first:
            break
        verb = parse.heads[verb]
    else:
        return False
    if label.first < verb:
        return False  # `the tax called X`, where the parser takes the tax for who calls
    return any(parse.lemmas[c] in _ITSELF for c in parse.children[verb]) or _has_speaker(sentence, verb)
