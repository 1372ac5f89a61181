"""Whom a clause is about: the mentions that its subject is, or whose body its subject is."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.clauses import Clause
from masthead.reading.forecasts.wording import FATES, NOT_STANDING, SPANS, STANDING
from masthead.reading.lexicon import BODY_NOUNS, MEMBER_NOUNS
from masthead.reading.mentions.resolve import Mention
from masthead.reading.naming.namings import MentionSentence, covered_tokens

_OWNED = (BODY_NOUNS | MEMBER_NOUNS | STANDING) - NOT_STANDING
_BEFORE = frozenset({"compound", "amod", "nmod", "poss"})


def bearers(sentence: MentionSentence, tree: Tree, clause: Clause) -> Iterator[Mention]:
    """Yield the mentions of a sentence that the subject of a clause, or a noun joined to it, stands for.

    `X`, `X and Y`, `X's regime`, `the forces of X`, `X fighters`, and for what becomes of somebody and the days that
    are numbered, the one whose they are. Each mention once, in the order of the sentence.
    """
    parse = tree.parse
    stands = {
        token
        for noun in _with_conjuncts(tree, clause.subject)
        for token in _with_owners(tree, noun, clause.of_fate)
    }
    for mention in sentence.mentions:
        own = covered_tokens(sentence.mask, parse, mention)
        outside = [t for t in own if parse.heads[t] not in own or parse.heads[t] == t]
        head = outside[-1] if outside else own[-1]
        # `X's will never be`: a word that is lost says what of X's.
        cut_off = (
            head == clause.subject
            and parse.tags[head + 1 : head + 2] == ["POS"]
            and parse.deps[head + 1] != "aux"
        )
        if head in stands and not cut_off:
            yield mention


def _with_conjuncts(tree: Tree, noun: int) -> Iterator[int]:
    """Yield a noun and those coordinated with it."""
    yield noun
    for child in tree.parse.children[noun]:
        if tree.parse.deps[child] == "conj" and tree.parse.tags[child][:2] in ("NN", "PR"):
            yield from _with_conjuncts(tree, child)


def _with_owners(tree: Tree, noun: int, of_fate: bool) -> Iterator[int]:
    """Yield a noun and those that it is the body, the fate or the days of."""
    yield noun
    parse = tree.parse
    lemma = parse.lemmas[noun]
    if lemma not in _OWNED and not (of_fate and lemma in FATES | SPANS):
        return
    for child in parse.children[noun]:
        if parse.deps[child] in _BEFORE and child < noun:
            yield from _with_conjuncts(tree, child)
        elif parse.deps[child] == "prep" and parse.lemmas[child] in ("of", "for"):
            owner = tree.child(child, "pobj")
            if owner is not None:
                yield from (
                    token
                    for one in _with_conjuncts(tree, owner)
                    for token in _with_owners(tree, one, of_fate=False)
                )
