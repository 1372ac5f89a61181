"""How sure a forecast sounds: the words of likelihood around its verb."""

from __future__ import annotations

from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.assertion import has_colon
from masthead.reading.forecasts.wording import (
    AUTHORS,
    CERTAIN,
    COMPARED,
    DREADING,
    FACTS,
    IMPROBABLE,
    IS,
    KNOWING,
    LEFT_OPEN,
    MAYBE,
    POSSIBLE,
    PROBABLE,
    PROBABLY,
    STRONGLY,
    SURELY,
    THINKING,
    VOUCHING,
    WISHING,
    Confidence,
)
from masthead.reading.lexicon import REPORTING_NOUNS

_CLAUSES = frozenset({"ccomp", "acl", "xcomp", "pcomp", "advcl", "relcl", "csubj"})
_LEFT_OPEN = frozenset({"chance", "way", "prospect", "possibility"})
"""Nouns that rule their clause out where there is none of them."""
_TELLING = FACTS | VOUCHING | _LEFT_OPEN | (REPORTING_NOUNS - {"hope", "fear"})
"""Nouns whose that-clause somebody asserts, or denies, the article or another: not `the hope that`."""
_MAY = frozenset({"may", "might", "could", "would", "should"})
_DENYING = frozenset({"no", "little", "not", "never", "hardly", "n't"})


def adverb_confidence(tree: Tree, token: int, confidence: Confidence) -> Confidence | None:
    """Return the confidence of a verb (or of `likely`) with its own adverbs; None where they leave it open."""
    parse = tree.parse
    if parse.word(tree.span(token)[0]).lower() in MAYBE:
        return None
    for child in parse.children[token]:
        if parse.lemmas[token] in ("likely", "unlikely") and parse.word(child).lower() in COMPARED:
            return None
        if parse.deps[child] not in ("advmod", "npadvmod", "amod", "intj", "acomp"):
            continue
        word = parse.word(child).lower()
        if word in MAYBE:
            return None
        if word in SURELY:
            return "almost certain"
        if word in PROBABLY and confidence == "unqualified":
            strong = any(parse.word(c).lower() in STRONGLY for c in parse.children[child])
            return "very likely" if strong else "likely"
        if word in STRONGLY and confidence == "likely" and child < token:
            return "very likely"
    doubtless = any(
        parse.lemmas[c] == "doubt"
        and any(parse.lemmas[d] in ("no", "without") for d in (*parse.children[c], c - 1))
        for c in parse.children[token]
    )
    return "almost certain" if doubtless else confidence


def outer_confidence(tree: Tree, verb: int, confidence: Confidence) -> Confidence | None:
    """Return the confidence of a clause with what governs it; None where that leaves it open, or only wishes it."""
    parse = tree.parse
    while parse.deps[verb] == "conj" and parse.heads[verb] < verb:
        verb = parse.heads[verb]
    above = parse.heads[verb]
    for before in parse.children[verb]:
        if before < verb and parse.deps[before] == "ccomp" and parse.word(before).lower() in IS:
            # `it is possible, of course, that X will`, which may be taken for an aside of `will`.
            adjectives = [c for c in parse.children[before] if parse.deps[c] == "acomp"]
            return _of_adjective(tree, adjectives[0], confidence) if adjectives else confidence
    if above == verb or parse.deps[verb] not in _CLAUSES:
        return confidence
    if has_colon(tree, above, verb):
        return confidence  # `Exclusive: X will fall`
    lemma, tag = parse.lemmas[above], parse.tags[above]
    if any(parse.deps[c] == "aux" and parse.lemmas[c] in _MAY for c in parse.children[above]):
        return None  # `it may be that X will`
    if parse.deps[verb] == "relcl" and tag.startswith("NN"):
        return confidence
    if lemma == "be" or parse.word(above).lower() in IS:
        if any(parse.deps[c] == "neg" for c in parse.children[above]):
            return None
        # `it is likely that`, `the odds are that`.
        complements = [c for c in parse.children[above] if parse.deps[c] in ("acomp", "attr") and c < verb]
        subjects = [c for c in parse.children[above] if parse.deps[c] in ("nsubj", "nsubjpass") and c < above]
        if any(parse.lemmas[c] in LEFT_OPEN for c in subjects):
            return None
        for token in complements:
            return _of_adjective(tree, token, confidence)
        if any(parse.lemmas[c] in ("odds", "chance") for c in subjects):
            return "likely"
        return confidence
    if tag.startswith("JJ") or lemma in CERTAIN | PROBABLE | IMPROBABLE:
        return _of_adjective(tree, above, confidence)
    if tag in ("NN", "NNS") and parse.deps[verb] in ("acl", "ccomp") and lemma not in _TELLING:
        return None
    if tag in ("NN", "NNS"):
        return None if _is_refused(tree, above) else _of_adjective(tree, above, confidence)
    if tag.startswith("VB") and parse.deps[verb] in ("ccomp", "xcomp"):
        return _of_verb(tree, above, confidence)
    return confidence


def _is_refused(tree: Tree, noun: int) -> bool:
    """True for `a sign that` under a verb that denies it or leaves it open: `should not be taken as a sign that`."""
    parse = tree.parse
    verb = noun
    while not tree.is_verb(verb) and parse.heads[verb] != verb:
        verb = parse.heads[verb]
    if parse.lemmas[verb] == "be":
        return False  # `there is no doubt that`
    return any(
        parse.deps[c] == "neg" or (parse.deps[c] == "aux" and parse.lemmas[c] in _MAY)
        for c in parse.children[verb]
    )


def improbable(tree: Tree, verb: int) -> int | None:
    """Return the word that turns a clause into its contrary, `unlikely` in `it is unlikely that X will win`."""
    parse = tree.parse
    above = parse.heads[verb]
    near = (above, *(c for c in parse.children[above] if parse.deps[c] in ("acomp", "attr") and c < verb))
    for token in near:
        is_denied = any(parse.lemmas[c] in _DENYING for c in parse.children[token])
        if parse.lemmas[token] in IMPROBABLE or (parse.lemmas[token] in _LEFT_OPEN and is_denied):
            return (
                tree.span(token)[0] if token < above or token != above else min(token, *parse.children[token])
            )
    return None


def _of_adjective(tree: Tree, token: int, confidence: Confidence) -> Confidence | None:
    parse = tree.parse
    lemma = parse.lemmas[token]
    is_denied = any(parse.lemmas[c] in _DENYING for c in parse.children[token])
    copula = parse.heads[token]
    is_denied = is_denied or any(parse.deps[c] == "neg" for c in parse.children[copula])
    if lemma in VOUCHING and is_denied:
        return "almost certain"
    if lemma in _LEFT_OPEN:
        return "almost certain" if is_denied else None
    if lemma in VOUCHING or lemma in POSSIBLE:
        return None
    if lemma in CERTAIN:
        return None if is_denied else "almost certain"
    if lemma in PROBABLE | IMPROBABLE:
        strong = any(parse.word(c).lower() in STRONGLY for c in parse.children[token])
        return "very likely" if strong else "likely"
    return confidence


def _of_verb(tree: Tree, verb: int, confidence: Confidence) -> Confidence | None:
    parse = tree.parse
    lemma = parse.lemmas[verb]
    if any(parse.deps[c] == "neg" or _is_nothing(tree, c) for c in parse.children[verb]):
        return None  # `that does not mean X will`, `none of this means X will`
    authors = any(parse.deps[c] == "nsubj" and parse.lemmas[c] in AUTHORS for c in parse.children[verb])
    nobody = any(parse.lemmas[c] == "it" and parse.deps[c].startswith("nsubj") for c in parse.children[verb])
    if lemma in WISHING or (authors and lemma in DREADING):
        return None
    if authors and lemma in THINKING:
        return "likely"
    if authors and lemma in KNOWING:
        return "almost certain"
    if nobody and lemma in ("seem", "appear", "look", "expect"):
        return "likely"
    return confidence


def _is_nothing(tree: Tree, subject: int) -> bool:
    """True for a subject such as `nothing` or `no poll`, which denies what its verb says."""
    parse = tree.parse
    if not parse.deps[subject].startswith("nsubj"):
        return False
    return parse.lemmas[subject] in _NOTHING or any(parse.lemmas[c] == "no" for c in parse.children[subject])


_NOTHING = frozenset({"none", "nothing", "nobody", "neither"})
