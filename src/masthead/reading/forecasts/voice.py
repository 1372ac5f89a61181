"""Whose forecast it is, quotation marks apart: the outlet's, or a speaker's whom the sentence names."""

from __future__ import annotations

from masthead.reading.attribution.clauses import given
from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.clauses import Clause
from masthead.reading.forecasts.wording import AUTHORS
from masthead.reading.reported import is_reported

_EXPLETIVES = frozenset({"it", "there"})
_IMPERSONAL = frozenset({"certain", "sure", "clear"})
_EXPECTING = frozenset({"expect", "seem", "appear"})


def is_anothers(tree: Tree, clause: Clause) -> bool:
    """True where the sentence gives a clause to a speaker, a thinker or somebody who hopes or fears it.

    What `I` or `we` say is the author's own outside quotation marks, as is what `is expected` by nobody in particular,
    and a clause that the sentence itself vouches for or grades (`it is certain that`, `there is no doubt that`).
    """
    parse = tree.parse
    top = parse.heads[clause.top]
    graded = parse.lemmas[top] in _EXPECTING and any(
        parse.lemmas[c] in _EXPLETIVES for c in parse.children[top]
    )
    if is_reported(parse, top if graded else clause.top):
        return True
    for one in given(tree):
        if not one.holds(clause.top) or one.cue[0] <= clause.top <= one.cue[1] or one.cue[0] == clause.top:
            continue
        speaker = None if one.speaker is None else parse.lemmas[one.speaker]
        if speaker in AUTHORS:
            continue
        verb = parse.tags[one.cue[0]].startswith("VB") and parse.lemmas[one.cue[0]] not in ("be", *_EXPECTING)
        if (
            speaker is None
            and parse.lemmas[one.cue[0]] not in _IMPERSONAL
            and parse.tags[one.cue[0]].startswith("JJ")
        ):
            return True  # `voters convinced that X will fall`
        if verb or (speaker is not None and speaker not in _EXPLETIVES):
            return True
    return False
