"""What a parsed sentence gives to somebody: the cue, what is said, and who says it, as tokens."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.attribution.attribution import Statement
from masthead.reading.attribution.cues import (
    ADDRESSING,
    ADJECTIVES,
    CALLING,
    INTENDING,
    NOUNS,
    OF_SOMETHING,
    SAYING,
    WITH_PREPOSITION,
    Stance,
)
from masthead.reading.attribution.deeds import is_deed
from masthead.reading.attribution.speaking import speaker_head
from masthead.reading.attribution.tree import Tree
from masthead.reading.attribution.weighing.candidates import Candidate, candidates
from masthead.reading.attribution.weighing.weights import LEAST, content_of, known_cues, likeliest

_INVERTED = frozenset({"say", "add", "tell", "announce"})
_POLLS = frozenset({"poll", "survey"})


def statements(tree: Tree) -> list[Statement]:
    """Return the attributions of a sentence, ordered by cue.

    Only the outermost: what stands inside another's words is part of them, and so is a cue in quotation marks.
    """
    outermost: list[Statement] = []
    for token in possible_cues(tree):
        if not any(g.holds(token) for g in outermost):
            outermost += (g for g in _at(tree, token) if g.content and not is_deed(tree, token, g))
    return sorted(outermost, key=lambda g: g.cue)


def possible_cues(tree: Tree) -> list[int]:
    """Return the words outside quotation marks that may be cues, those that govern others first."""
    parse, cue_words = tree.parse, known_cues()
    possible = [
        token
        for token, (tag, lemma) in enumerate(zip(parse.tags, parse.lemmas, strict=True))
        if (
            tag[0] + lemma in cue_words or lemma in ("accord", "according") or (lemma == "in" and tag == "IN")
        )
        and not tree.in_quotes[token]
    ]
    return sorted(possible, key=lambda token: (tree.depth[token], token))


def _at(tree: Tree, token: int) -> Iterator[Statement]:
    tag = tree.parse.tags[token]
    if tag in ("VBG", "IN", "VBN") and tree.parse.word(token).lower() == "according":
        yield from _according(tree, token)
    elif tag == "IN":
        yield from _in_poll(tree, token)
    elif tag[:2] in ("VB", "NN", "JJ"):
        if (statement := _inversion(tree, token)) is not None:
            yield statement
            return
        some = content_of(tree, candidates(tree, token))
        if not some:
            return
        weight, one = likeliest(tree, token, some)
        if weight > LEAST or (one.frame == "clause" and tree.parse.lemmas[token] == "say"):
            stance = _stance(tree, token, one)
            yield Statement((token, token), stance, one.frame, one.content, speaker_head(tree, token))


def _inversion(tree: Tree, verb: int) -> Statement | None:
    """Return what stands before `said Jane Doe` where a text has lost its commas and the parse the speaker."""
    parse, tags = tree.parse, tree.parse.tags
    name = verb + 1
    while name < len(tags) and tags[name] == "NNP":
        name += 1
    if parse.lemmas[verb] not in _INVERTED or tags[verb] != "VBD" or name - verb < 3:
        return None
    clause = next((c for c in parse.children[verb] if c < verb and parse.deps[c] == "ccomp"), None)
    if clause is None or tree.child(verb, "nsubj") is not None:
        return None
    content = tree.trim([(tree.span(clause)[0], verb - 1)])
    return Statement((verb, verb), SAYING[parse.lemmas[verb]], "clause", content, name - 1)


def _stance(tree: Tree, cue: int, one: Candidate) -> Stance:
    """Return how a cue presents a content of this shape; where no list says, as the cue does otherwise."""
    lemma, tag = tree.parse.lemmas[cue], tree.parse.tags[cue]
    if tag.startswith("NN"):
        return NOUNS.get(lemma) or OF_SOMETHING.get(lemma, "said")
    if tag.startswith("JJ"):
        return ADJECTIVES.get(lemma, "thought")
    first, _, beside = one.shape.partition("+")
    if first == "to" or beside.startswith("to"):
        tables = (
            [ADDRESSING, INTENDING, SAYING]
            if first in ("object", "subject")
            else [INTENDING, SAYING, ADDRESSING]
        )
    elif first in ("object", "passive"):
        tables = [OF_SOMETHING, SAYING, INTENDING]
    elif first in ("call", "small"):
        tables = [CALLING, OF_SOMETHING, SAYING]
    else:
        tables = [SAYING, OF_SOMETHING, INTENDING, ADDRESSING]
        if one.frame == "other" and (stance := WITH_PREPOSITION.get((lemma, first))) is not None:
            return stance
    if lemma == "be":  # `her hope is that …`
        subject = tree.child(cue, "nsubj")
        return "said" if subject is None else NOUNS.get(tree.parse.lemmas[subject], "said")
    return next((table[lemma] for table in tables if lemma in table), _stance_elsewhere(lemma))


def _stance_elsewhere(lemma: str) -> Stance:
    tables = (OF_SOMETHING, SAYING, INTENDING, ADDRESSING, CALLING, NOUNS)
    return next((table[lemma] for table in tables if lemma in table), "said")


def _in_poll(tree: Tree, token: int) -> Iterator[Statement]:
    """Yield what stands beside `in a poll`: the clause that it belongs to."""
    parse = tree.parse
    source = tree.child(token, "pobj")
    anchor = parse.heads[token]
    if source is None or parse.lemmas[source].lower() not in _POLLS or not tree.is_verb(anchor):
        return
    if parse.deps[token] == "prep" and parse.lemmas[anchor] not in SAYING:
        content = tree.without(tree.span(anchor), tree.span(token))
        yield Statement((token, token), "showed", "aside", tree.trim(content), source)


def _according(tree: Tree, token: int) -> Iterator[Statement]:
    """Yield what stands beside `according to X`: the clause that it belongs to."""
    parse = tree.parse
    to = tree.child(token, "prep")
    source = tree.child(to, "pobj") if to is not None else None
    if to is None or source is None:
        return
    anchor = parse.heads[token]
    while not tree.is_verb(anchor) and parse.heads[anchor] != anchor:
        anchor = parse.heads[anchor]
    content = tree.without(tree.span(anchor), tree.span(token))
    yield Statement((token, to), "said", "aside", tree.trim(content), source)
