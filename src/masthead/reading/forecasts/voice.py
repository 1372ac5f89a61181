"""Whose forecast it is, quotation marks apart: the outlet's, or a speaker's whom the sentence names."""

from __future__ import annotations

from masthead.reading.attribution.attribution import Statement
from masthead.reading.attribution.clauses import statements
from masthead.reading.attribution.cues import ADJECTIVES
from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.clauses import Clause
from masthead.reading.forecasts.wording import AUTHORS, HEARSAY, IS
from masthead.reading.lexicon import REPORTING_VERBS
from masthead.reading.naming.reported import is_reported

_EXPLETIVES = frozenset({"it", "there"})
_IMPERSONAL = frozenset({"certain", "sure", "clear"})
_EXPECTING = frozenset({"expect", "seem", "appear"})


def is_anothers(tree: Tree, clause: Clause) -> bool:
    """True where the sentence gives a clause to a speaker, a thinker or somebody who hopes or fears it.

    What `I` or `we` say is the author's own outside quotation marks, as is what `is expected` by nobody in particular,
    and a clause that the sentence itself vouches for or grades (`it is certain that`, `there is no doubt that`).
    """
    parse = tree.parse
    if any(
        parse.word(c).lower() in HEARSAY for c in (*parse.children[clause.verb], *parse.children[clause.top])
    ):
        return True
    top = parse.heads[clause.top]
    is_expectation = parse.lemmas[top] in _EXPECTING and any(
        parse.lemmas[c] in _EXPLETIVES for c in parse.children[top]
    )
    if _is_according(tree, clause.top) or _is_as_told(tree, clause.top) or _is_felt(tree, clause.top):
        return True
    if is_reported(parse, top if is_expectation else clause.top):
        return True
    return any(
        one.holds(clause.top) and one.cue[0] != clause.top and _is_others(tree, one)
        for one in statements(tree)
    )


def _is_according(tree: Tree, top: int) -> bool:
    """True for `X will fall, which few expected, according to the minister`, wherever in the clause it hangs."""
    parse = tree.parse
    first, last = tree.span(top)
    return any(
        parse.word(token).lower() == "according" and parse.lemmas[token + 1] == "to"
        for token in range(first, last)
    )


def _is_as_told(tree: Tree, top: int) -> bool:
    """True for `as the minister said, X will fall`."""
    parse = tree.parse
    return any(
        parse.deps[c] == "advcl"
        and parse.lemmas[c] in REPORTING_VERBS
        and any(parse.deps[m] == "mark" and parse.lemmas[m] == "as" for m in parse.children[c])
        and not any(parse.lemmas[s] in AUTHORS for s in parse.children[c])
        for c in parse.children[top]
    )


def _is_felt(tree: Tree, top: int) -> bool:
    """True for `some are concerned that X will fall`, whatever else stands in the clause."""
    parse = tree.parse
    above = parse.heads[top]
    if (
        parse.lemmas[above] not in ADJECTIVES
        or parse.deps[top] != "ccomp"
        or not parse.tags[above].startswith("JJ")
    ):
        return False
    who = tree.child(parse.heads[above], "nsubj")
    return who is not None and parse.lemmas[who] not in {*AUTHORS, *_EXPLETIVES, "that", "what"}


def _is_others(tree: Tree, one: Statement) -> bool:
    """True where an attribution has a speaker other than the article, or a cue that only a speaker can have."""
    parse = tree.parse
    cue = one.cue[0]
    lemma, word = parse.lemmas[cue], parse.word(cue).lower()
    speaker = None if one.speaker is None else parse.lemmas[one.speaker]
    if speaker in AUTHORS:
        return False
    if tree.is_verb(cue) and word not in IS and lemma not in ("be", *_EXPECTING):
        return True
    if speaker is None:
        # `voters convinced that X will fall`
        return parse.tags[cue].startswith("JJ") and lemma not in _IMPERSONAL
    return speaker not in _EXPLETIVES
