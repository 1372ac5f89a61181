"""How likely a candidate is an attribution: a sum of weights that people's marks taught (a logistic regression).

`weights.tsv` has a weight for each thing that a candidate may show: the word, its shape, both together, its subject,
what negates it. `python -m benchmarks.gold cues` makes it of the half of PolNeAR's training articles that the reader
is developed on; it holds words and numbers, no sentence. A weight above zero speaks for an attribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from masthead.reading.attribution.cues import (
    ADDRESSING,
    ADJECTIVES,
    CALLING,
    INTENDING,
    NOUNS,
    OF_SOMETHING,
    SAYING,
    WITH_PREPOSITION,
)
from masthead.reading.attribution.tree import Tokens, Tree
from masthead.reading.attribution.weighing.candidates import Candidate
from masthead.reading.lexicon import PERSON_NOUNS, TITLES, words

WEIGHTS = Path(__file__).with_name("weights.tsv")
LEAST = -1.0
"""A candidate of a sum above it is read. Of the sums tried, on parts of the half developed on that were held out in
turn, it gave the best F1."""
CONSTANT = "constant"

_LISTS = {"S": SAYING, "I": INTENDING, "A": ADDRESSING, "O": OF_SOMETHING, "C": CALLING}
_STANCES = (OF_SOMETHING, SAYING, INTENDING, ADDRESSING, CALLING)
_WITH = {f"{verb} {preposition}" for verb, preposition in WITH_PREPOSITION}
_MODALS = words("would could can may might should will must")
_OF_CLAUSES = frozenset({"that", "question", "clause", "before", "to", "object+to", "subject+to"})
_LARGE = frozenset({"NNP", "NN", "NNS", "CD", "VB", "VBD", "JJ", "NNPS"})
_WRITERS_OWN = frozenset({"Vseem", "Vappear", "Vlook"})
"""Verbs by which a paper guesses itself: PolNeAR marks `X appears to …`, but X says nothing."""
_AUTHORS = words("i we you one")


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Return the weight of each thing shown."""
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}


@lru_cache(maxsize=1)
def known_cues() -> frozenset[str]:
    """Return the words that may be cues, each after `V`, `N` or `J`: those listed and those weighed."""
    verbs = {*SAYING, *INTENDING, *ADDRESSING, *OF_SOMETHING, *CALLING, *(v for v, _ in WITH_PREPOSITION)}
    listed_cues = {"V" + v for v in verbs} | {"N" + n for n in NOUNS} | {"J" + a for a in ADJECTIVES}
    weighed_cues = {name.removeprefix("word ").split()[0] for name in weights()}
    return frozenset(listed_cues | {word for word in weighed_cues if word[0] in "VNJ"}) - _WRITERS_OWN


def likeliest(tree: Tree, cue: int, some: Sequence[Candidate]) -> tuple[float, Candidate]:
    """Return the candidate of one cue that the weights speak for most, with their sum."""
    get = weights().get
    shared_weight = get(CONSTANT, 0.0) + sum(get(name, 0.0) for name in signs_of_cue(tree, cue))
    shapes = [one.shape for one in some]
    sums = [sum(get(name, 0.0) for name in signs_of_candidate(tree, cue, one, shapes)) for one in some]
    best = max(range(len(some)), key=lambda at: (sums[at], -at))
    return shared_weight + sums[best], some[best]


def signs_of_cue(tree: Tree, cue: int) -> Iterator[str]:
    """Yield what a cue shows, whatever is its content."""
    parse = tree.parse
    kind, dep = parse.tags[cue][0], parse.deps[cue]
    yield f"word {kind}{parse.lemmas[cue]}"
    yield f"relation {kind} {dep}"
    head = parse.heads[cue]
    if head != cue:
        yield f"under {dep} {parse.lemmas[head]}"
    if parse.text.rstrip().endswith("?"):
        yield "question mark"
    if kind != "V":
        return
    yield f"tag {parse.tags[cue]}"
    subject = tree.child(cue, "nsubj")
    yield f"subject {dep} {subject is not None}"
    if subject is not None:
        tag = parse.tags[subject]
        yield f"subject {parse.lemmas[subject] if tag in ('NN', 'NNS', 'PRP', 'WP', 'WDT') else tag}"
    for child in parse.children[cue]:
        if parse.deps[child] == "neg":
            yield "negated"
        elif parse.deps[child] == "aux":
            if parse.lemmas[child] in _MODALS:
                yield "modal"
            elif parse.lemmas[child] == "to":
                yield "to"


def signs_of_candidate(tree: Tree, cue: int, one: Candidate, shapes: Sequence[str]) -> Iterator[str]:
    """Yield what a content shows, beside its cue's other candidates, which have these shapes."""
    parse = tree.parse
    kind, lemma, shape = parse.tags[cue][0], parse.lemmas[cue], one.shape
    plain = shape.partition("+")[0]
    yield f"shape {kind} {shape}"
    yield f"{kind}{lemma} {shape}"
    if kind == "V":
        group = "clause" if shape in ("that", "question", "clause", "before") else plain
        yield f"who {_who(tree, cue)} {group}"
        if shape not in _OF_CLAUSES and not _OF_CLAUSES.isdisjoint(shapes):
            yield "clause beside"
        lists = "".join(name for name, table in _LISTS.items() if lemma in table)
        yield f"lists {lists} {plain}"
        for name in lists:
            yield f"list {name} {group}"
        yield f"stance {next((t[lemma] for t in _STANCES if lemma in t), None)} {group}"
        if one.frame == "other":
            yield f"with preposition {f'{lemma} {plain}' in _WITH}"
    else:
        yield f"stance {kind} {(NOUNS if kind == 'N' else ADJECTIVES).get(lemma)} {plain}"
    first, last = one.content[0]
    tag = parse.tags[first]
    yield f"starts {tag if tag in _LARGE else parse.lemmas[first]}"
    yield f"far {min(3, abs(first - cue) // 3)}"
    if tree.in_quotes[first] or tree.in_quotes[last]:
        yield f"quoted {plain}"
    if cue + 1 < len(parse.tags) and parse.tags[cue + 1] in ("``", ",", ":"):
        yield f"next {parse.tags[cue + 1]} {plain}"
    length = sum(end - start + 1 for start, end in one.content)
    yield f"length {kind} {1 if length == 1 else 2 if length < 4 else 3 if length < 8 else 4} {one.frame}"
    if one.frame == "object" and kind == "V":
        yield from _signs_of_object(tree, cue, plain)


def _signs_of_object(tree: Tree, verb: int, shape: str) -> Iterator[str]:
    noun = tree.child(verb, "dobj" if shape == "object" else "nsubjpass")
    if noun is None or shape == "call":
        return
    yield f"object {tree.parse.tags[noun]}"
    yield f"object {tree.parse.lemmas[noun]}"
    if tree.parse.lemmas[noun] in PERSON_NOUNS:
        yield "object is a person"


def _who(tree: Tree, verb: int) -> str:
    """Return what kind of subject a verb has; where it has none, how it hangs on another word."""
    parse = tree.parse
    subject, dep = tree.child(verb, "nsubj"), parse.deps[verb]
    if subject is None and dep in ("conj", "xcomp", "advcl"):
        subject = tree.child(parse.heads[verb], "nsubj")
    if subject is None:
        return dep
    tag, lemma = parse.tags[subject], parse.lemmas[subject]
    if tag == "PRP":
        return "author" if lemma in _AUTHORS else "it" if lemma == "it" else "he"
    if tag.startswith("NNP"):
        return "name"
    return "person" if lemma in PERSON_NOUNS or lemma in TITLES else tag


def signs(tree: Tree, cue: int, one: Candidate, shapes: Sequence[str]) -> set[str]:
    """Return all that a candidate shows."""
    return {*signs_of_cue(tree, cue), *signs_of_candidate(tree, cue, one, shapes)}


def content_of(tree: Tree, some: Iterator[Candidate]) -> list[Candidate]:
    """Return candidates without the punctuation at the ends of their contents; those with nothing left are left out."""
    trimmed_contents: list[tuple[Candidate, list[Tokens]]] = [(one, tree.trim(one.content)) for one in some]
    return [one._replace(content=content) for one, content in trimmed_contents if content]
