"""Whose words a mention stands in, quotation marks apart: `the minister said that X fled` is the minister's.

What a reported clause says of somebody, the speaker says and not the outlet; the speaker himself the outlet
names in its own voice. The verbs are listed in `masthead.reading.lexicon`, those that praise beside those
that blame. A name before a colon (`Minister: X must go`) and `in the eyes of X` are not seen, nor is a
sentence that goes on with somebody's view without saying so.
"""

from __future__ import annotations

from masthead.reading.lexicon import (
    ADDRESSING_VERBS,
    JUDGING_VERBS,
    RAISING_VERBS,
    REPORTING_NOUNS,
    REPORTING_VERBS,
)
from masthead.reading.parsing.parses import Parse

_AUTHORS = frozenset({"i", "we"})
_CLAUSES = frozenset({"ccomp", "xcomp", "pcomp", "acl"})
_OBJECTS = frozenset({"dobj", "nsubjpass", "prep", "dative"})
_JUDGED = _OBJECTS | {"oprd", "ccomp", "xcomp", "attr"}


def is_reported(parse: Parse, token: int) -> bool:
    """True where a mention, whose last token is `token`, stands in words that the sentence gives to a speaker.

    Those are the clause of a reporting verb (before, after or around it), the object of a verb that judges in
    words (`accused X of`, `praised X`) with what is said of it, and the clause of `according to`. The author's
    own `I` and `we` are no speakers, and the one who is told something is not part of what is said.
    """
    path = _upwards(parse, token)
    for place, part in enumerate(path[:-1]):
        if _says(parse, path[place + 1], part) and not (
            place and _is_addressed(parse, path[place + 1], part, path[place - 1])
        ):
            return True
    return any(anchor in path and aside not in path for anchor, aside in _asides(parse))


def _upwards(parse: Parse, token: int) -> list[int]:
    """Return the token and those that govern it, up to the root."""
    path = [token]
    while parse.heads[path[-1]] != path[-1]:
        path.append(parse.heads[path[-1]])
    return path


def _says(parse: Parse, speech: int, part: int) -> bool:
    """True where `part`, which `speech` governs, is what is said rather than who says it, when or to whom."""
    lemma, dep = parse.lemmas[speech], parse.deps[part]
    if parse.tags[speech] in ("NN", "NNS"):
        told_that = any(parse.lemmas[c] == "that" for c in parse.children[part] if c < part)
        return lemma in REPORTING_NOUNS and dep in ("acl", "ccomp") and told_that
    if not parse.tags[speech].startswith("VB") or _is_authors(parse, speech):
        return False
    if lemma in JUDGING_VERBS and dep in _JUDGED:
        # `accused by X`, `blamed on Monday`: who and when.
        return dep != "prep" or parse.lemmas[part] in ("of", "for", "as", "over")
    if lemma not in REPORTING_VERBS:
        return False
    if dep in _CLAUSES:
        return True
    if dep == "nsubjpass" and lemma in RAISING_VERBS:
        return any(parse.deps[c] == "xcomp" for c in parse.children[speech])
    return dep == "nsubj" and _is_interposed(parse, speech, part)


def _is_authors(parse: Parse, verb: int) -> bool:
    """True for `I say` and `we believe`."""
    return any(parse.deps[c] == "nsubj" and parse.lemmas[c] in _AUTHORS for c in parse.children[verb])


def _is_interposed(parse: Parse, verb: int, subject: int) -> bool:
    """True for X in `X, said the minister, is a gang`, which is taken for the subject of `said`."""
    return (
        subject < verb
        and parse.tags[verb - 1] == ","
        and any(
            parse.deps[c] == "ccomp"
            and c > verb
            and not any(parse.deps[g].startswith("nsubj") for g in parse.children[c])
            for c in parse.children[verb]
        )
    )


def _is_addressed(parse: Parse, speech: int, clause: int, subject: int) -> bool:
    """True for X in `told X to leave`, which may be taken for the subject of `leave`."""
    return (
        parse.lemmas[speech] in ADDRESSING_VERBS
        and parse.deps[subject] == "nsubj"
        and any(parse.deps[c] == "aux" and parse.lemmas[c] == "to" for c in parse.children[clause])
    )


def _asides(parse: Parse) -> list[tuple[int, int]]:
    """Return the clauses beside which a speaker is named, each with the aside that names him.

    A clause is the verb that heads it. An aside is `, the minister said,` or `according to the minister`.
    """
    asides: list[tuple[int, int]] = []
    for token, dep in enumerate(parse.deps):
        lemma = parse.lemmas[token]
        if dep == "parataxis":
            if lemma in REPORTING_VERBS and not _is_authors(parse, token):
                asides.append((parse.heads[token], token))
        elif (
            lemma.startswith("accord")
            and parse.word(token).lower() == "according"
            and any(parse.lemmas[c] == "to" for c in parse.children[token])
        ):
            asides.append((_clause_of(parse, token), token))
    return asides


def _clause_of(parse: Parse, aside: int) -> int:
    """Return the verb that heads the clause an aside belongs to; at the end of coordinated ones, the first."""
    anchor = parse.heads[aside]
    while not parse.tags[anchor].startswith("VB") and parse.heads[anchor] != anchor:
        anchor = parse.heads[anchor]
    while aside > anchor and parse.deps[anchor] == "conj" and parse.heads[anchor] < anchor:
        anchor = parse.heads[anchor]
    return anchor
