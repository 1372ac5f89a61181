"""A sentence as chunks, noun phrases as one piece each: what patterns over whole phrases are written for.

Each chunk is written as one word and a space: a noun phrase as `a1:militia ` (its determiner, its number, its head), a
proper name as `N:word `, a name of the study as `N:@ `, any other token as `lemma/TAG `, with `A=`, `P=` or `B=` before
a verb that names with `as`, without, or either. Determiners: `a` (a, an, one),
`d` (the, this, that), `p` (its, X's), `q` (some, three), `o` (none), `x` (no); numbers: 1 and 2 (several).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from masthead.reading.lexicon import NAMING_VERBS_AS, NAMING_VERBS_PLAIN
from masthead.reading.parsing.phrases import ADJECTIVES, NOUNS, PROPER, Kind, Label, Sentence

_INSIDE = ADJECTIVES | NOUNS | PROPER | {"CD", "HYPH", "RB", "RBS", "AFX"}
_OPENING = frozenset({"DT", "PDT", "PRP$", "CD"})
_PLAIN = NAMING_VERBS_PLAIN - {"find", "think", "believe", "judge", "rule"}
_AS = NAMING_VERBS_AS | {"bill", "speak", "think", "remember", "choose", "elect"}
_MARKS = dict.fromkeys(_PLAIN, "P=") | dict.fromkeys(_AS, "A=") | dict.fromkeys(_PLAIN & _AS, "B=")
_FIRST = (_INSIDE | _OPENING) - {"HYPH"}
_ALL = _INSIDE | _OPENING
_THINGS = NOUNS | PROPER
_ONE = frozenset({"a", "an", "one", "another"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_AUXILIARIES = frozenset({"be", "have", "get"})


class Chunk(NamedTuple):
    """Tokens [first, last] of a noun phrase with its head, or one other token (head −1), and how it is written."""

    first: int
    last: int
    head: int
    word: str


class Chunks:
    """The chunks of a sentence, in order, and which one each token is in."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.chunks = list(_chunks(sentence))
        self.words = [chunk.word for chunk in self.chunks]
        self.of_token: list[int] = []
        for place, chunk in enumerate(self.chunks):
            self.of_token += [place] * (chunk.last + 1 - chunk.first)

    def row_head(self, token: int) -> int:
        """Return the head of the noun phrase that a token is in, −1 where it is in none."""
        return self.chunks[self.of_token[token]].head

    def around(self, token: int) -> tuple[str, str]:
        """Return what is written before the chunk that `token` is in, and after it."""
        at = self.of_token[token]
        return "".join(self.words[:at]), "".join(self.words[at + 1 :])

    def labels(self, chunk: Chunk, kind: Kind) -> Iterator[Label]:
        """Yield the labels in a noun phrase."""
        sentence, last = self.sentence, -1
        for token in range(chunk.first, chunk.head + 1):
            label = sentence.label(token, kind) if sentence.can_label(token) else None
            if label is not None and label.first > last:
                last = label.last
                yield label
        if last < 0 and chunk.head in sentence.generics:
            label = sentence.label(chunk.head, kind)
            if label is not None:
                yield label  # `X militants shell Y`, where `militants` is taken for a verb


def _chunks(sentence: Sentence) -> Iterator[Chunk]:
    tags = sentence.parse.tags
    token = 0
    while token < len(tags):
        chunk = None
        if tags[token] in _FIRST or token in sentence.generics or token in sentence.names:
            chunk = _phrase(sentence, token)
        if chunk is None:
            word = sentence.shapes[token]
            if tags[token][:2] == "VB":
                word = _MARKS.get(sentence.parse.lemmas[token], "") + word
            chunk = Chunk(token, token, -1, word)
        yield chunk
        token = chunk.last + 1


def _phrase(sentence: Sentence, first: int) -> Chunk | None:
    """Return the noun phrase that starts at token `first`; a name of the study ends the one it stands in."""
    parse, names = sentence.parse, sentence.names
    tags = parse.tags
    if tags[first] == "VBG" and first and first not in sentence.generics:
        return None  # `the junta ruling X`
    if tags[first] == "VBN" and first and parse.lemmas[first - 1] in _AUXILIARIES:
        return None
    if tags[first] == "RB" and first + 1 < len(tags) and tags[first + 1] not in ADJECTIVES:
        return None
    head = name = -1
    token = first
    while token < len(tags):
        tag = tags[token]
        if token in names:
            name = token
            break
        if tag in _THINGS or token in sentence.generics:
            head = token
        elif tag in _OPENING and token > first and tag != "CD" and tags[token - 1] not in ("PDT", "DT"):
            break
        elif tag in ("CC", ","):
            if not _joins(sentence, token, head):
                break
        elif (
            tag not in _ALL
            or (head >= 0 and tag not in ("HYPH", "VBN"))
            or (head >= 0 and tag == "VBN" and tags[token - 1] != "HYPH")
        ):
            break
        token += 1
    if name >= 0:
        return Chunk(first, name, name, "N:@ ")
    if head < 0:
        return None
    lemma = parse.lemmas[head].replace(" ", "_")
    if tags[head] in PROPER and not sentence.is_common(head):
        return Chunk(first, head, head, f"N:{lemma} ")
    number = "2" if tags[head] in ("NNS", "NNPS", "VBZ") else "1"
    return Chunk(first, head, head, f"{_determiner(sentence, first)}{number}:{lemma} ")


def _joins(sentence: Sentence, token: int, head: int) -> bool:
    """True for `and` in `the brutal and corrupt X`: between adjectives, before any noun."""
    tags = sentence.parse.tags
    after = token + 1
    if tags[token] == "," and after < len(tags) and tags[after] == "CC":
        after += 1
    while after < len(tags) and tags[after] in ("RB", "CC"):
        after += 1
    before = tags[token - 1]
    return (
        head < 0
        and (before in ADJECTIVES or before == ",")
        and after < len(tags)
        and (tags[after] in ADJECTIVES or (tags[token] == "CC" and tags[after] in NOUNS))
    )


def _determiner(sentence: Sentence, first: int) -> str:
    lemma, tag = sentence.parse.lemmas[first], sentence.parse.tags[first]
    if lemma in ("no", "neither"):
        return "x"
    if lemma in _ONE:
        return "a"
    if lemma in _DEFINITE:
        return "d"
    if tag == "PRP$":
        return "p"
    if first and sentence.parse.tags[first - 1] == "POS":
        return "p"
    return "q" if tag in ("DT", "CD", "PDT") else "o"
