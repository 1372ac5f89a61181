"""What might be an attribution by the shape of its sentence: every word that could be a cue, with what hangs on it.

A shape is how the content hangs on its cue: `that` (`say that …`), `to` (`vow to …`), `object` (`fear a war`),
`for` (`call for …`), and so on. Which shape of which word is an attribution, the weights say (`weights.tsv`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from masthead.reading.attribution.attribution import Frame
from masthead.reading.attribution.cues import SAYING
from masthead.reading.attribution.tree import Tokens, Tree

QUESTION_WORDS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
_LINKS = frozenset({"for", "as", "over", "of", "to", "with", "into", "from", "about", "against"})
_OWN_WORDS = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "neg", "advmod", "prt", "npadvmod"})


class Candidate(NamedTuple):
    """What could be the content of a cue: its shape, how it hangs on the cue, and its runs of tokens."""

    shape: str
    frame: Frame
    content: list[Tokens]


def candidates(tree: Tree, cue: int) -> Iterator[Candidate]:
    """Yield what might be given to somebody by one word: a verb, a noun or an adjective."""
    tag = tree.parse.tags[cue]
    if tag.startswith("VB"):
        return _of_verb(tree, cue)
    return _of_noun(tree, cue) if tag in ("NN", "NNS") else _of_adjective(tree, cue)


def _of_verb(tree: Tree, verb: int) -> Iterator[Candidate]:
    parse = tree.parse
    deps, lemmas = parse.deps, parse.lemmas
    direct_object, passive = tree.child(verb, "dobj"), tree.child(verb, "nsubjpass")
    for child in parse.children[verb]:
        dep = deps[child]
        if dep in ("ccomp", "xcomp", "advcl"):
            yield from _of_clause(tree, verb, child, direct_object, passive)
        elif dep == "prep" and (inner := tree.child(child, "pobj", "pcomp")) is not None:
            if _tells_more(tree, inner):
                continue
            beside = "+object" if direct_object is not None else "+passive" if passive is not None else ""
            yield Candidate(lemmas[child] + beside, "other", [tree.span(inner)])
            if lemmas[child] == "as":
                is_before = direct_object is not None and verb < direct_object < child
                first = tree.span(direct_object)[0] if is_before and direct_object is not None else child + 1
                yield Candidate("call", "object", [(first, tree.span(child)[1])])
        elif dep in ("oprd", "attr", "acomp") and lemmas[verb] != "be":
            first, last = tree.span(child)
            if direct_object is not None and direct_object > verb:
                first = min(first, tree.span(direct_object)[0])
            yield Candidate("call", "object", [(first, last)])
    if direct_object is not None:
        first, last = tree.span(direct_object)
        yield Candidate("object", "object", [(first, last)])
        for child in parse.children[verb]:  # `blamed X for the defeat`
            if child == last + 1 and deps[child] == "prep" and lemmas[child] in _LINKS:
                yield Candidate(f"object+{lemmas[child]}", "object", [(first, tree.span(child)[1])])
    if passive is not None:
        shape = "passive" if tree.child(verb, "agent") is None else "passive+by"
        yield Candidate(shape, "object", [tree.span(passive)])
    if deps[verb] == "parataxis":
        anchor = parse.heads[verb]
        yield Candidate("aside", "aside", tree.without(tree.span(anchor), tree.span(verb)))


def _tells_more(tree: Tree, noun: int) -> bool:
    """True for `a tax, which he said was heavy`: what is said of it is what `said` gives."""
    parse = tree.parse
    return any(
        parse.deps[child] == "relcl"
        and parse.lemmas[child] in SAYING
        and tree.child(child, "ccomp") is not None
        for child in parse.children[noun]
    )


def _of_clause(
    tree: Tree, verb: int, clause: int, direct_object: int | None, passive: int | None
) -> Iterator[Candidate]:
    parse = tree.parse
    dep, tag = parse.deps[clause], parse.tags[clause]
    first, last = tree.span(clause)
    to = tree.infinitive(clause)
    if to is not None:
        if not tag.startswith("VB"):
            return
        aside = "+aside" if dep == "advcl" else ""
        if passive is not None:
            yield Candidate("passive+to" + aside, "infinitive", [tree.span(passive), (to, last)])
            yield Candidate("to+passive" + aside, "infinitive", [(to, last)])
        elif direct_object is not None and direct_object < to:
            yield Candidate("object+to" + aside, "infinitive", [(tree.span(direct_object)[0], last)])
        elif tree.child(clause, "nsubj") is not None:
            yield Candidate("subject+to", "infinitive", [(first, last)])
        elif not aside:
            yield Candidate("to", "infinitive", [(to, last)])
    elif dep == "ccomp":
        yield Candidate(_shape_of_clause(tree, verb, clause), "clause", around(tree, verb, clause))
    elif dep == "xcomp":
        yield Candidate(f"bare {tag[:2] if tag[:2] != 'VB' else tag}", "other", [(first, last)])


def _shape_of_clause(tree: Tree, verb: int, clause: int) -> str:
    parse = tree.parse
    tag, first_word = parse.tags[clause], parse.lemmas[tree.span(clause)[0]]
    if tag == "VBG":
        return "gerund"
    if tag[:2] in ("NN", "JJ") and tree.child(clause, "cop", "aux", "nsubj") is None:
        return "small"
    if first_word == "that":
        return "that"
    if first_word in QUESTION_WORDS:
        return "question"
    return "before" if clause < verb else "clause"


def around(tree: Tree, verb: int, clause: int) -> list[Tokens]:
    """Return a clause without the cue and the words that belong to the cue, where these stand inside it."""
    first, last = tree.span(clause)
    if clause > verb:
        last = _before_participle(tree, max(first, verb + 1), last)
    own = [verb]
    for child in tree.parse.children[verb]:
        if tree.parse.deps[child] in _OWN_WORDS:
            own += tree.span(child)
    return tree.without((first, last), (min(own), max(own)))


def _before_participle(tree: Tree, first: int, last: int) -> int:
    """Return the end of a clause before `, adding that …`, which goes on with the speaker's other words."""
    parse = tree.parse
    for token in range(first + 2, last + 1):
        if (
            parse.tags[token] == "VBG"
            and parse.deps[token] == "advcl"
            and parse.tags[token - 1] == ","
            and not tree.in_quotes[token]
            and parse.lemmas[token] in SAYING
        ):
            return token - 2
    return last


def _of_noun(tree: Tree, noun: int) -> Iterator[Candidate]:
    parse = tree.parse
    owner = "" if tree.child(noun, "poss") is None else "+owner"
    for child in parse.children[noun]:
        if child < noun:
            continue
        first, last = tree.span(child)
        dep = parse.deps[child]
        if dep in ("acl", "ccomp") and tree.infinitive(child) is not None:
            yield Candidate("to" + owner, "other", [(first, last)])
        elif dep in ("acl", "ccomp", "relcl") and parse.lemmas[first] == "that":
            yield Candidate(("which" if dep == "relcl" else "that") + owner, "other", [(first, last)])
        elif dep == "prep" and (inner := tree.child(child, "pobj", "pcomp")) is not None:
            yield Candidate(parse.lemmas[child] + owner, "other", [tree.span(inner)])
    verb = parse.heads[noun]
    if parse.deps[noun] == "nsubj" and parse.lemmas[verb] == "be":  # `her hope is that …`
        for child in parse.children[verb]:
            if parse.deps[child] in ("ccomp", "xcomp", "attr") and child > verb:
                yield Candidate(f"be+{parse.deps[child]}{owner}", "other", [tree.span(child)])


def _of_adjective(tree: Tree, adjective: int) -> Iterator[Candidate]:
    parse = tree.parse
    for child in parse.children[adjective]:
        if child < adjective:
            continue
        if parse.deps[child] in ("ccomp", "xcomp"):
            shape = "that" if tree.infinitive(child) is None else "to"
            yield Candidate(shape, "other", [tree.span(child)])
        elif parse.deps[child] == "prep" and (inner := tree.child(child, "pobj", "pcomp")) is not None:
            yield Candidate(parse.lemmas[child], "other", [tree.span(inner)])
