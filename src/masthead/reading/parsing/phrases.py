"""Noun phrases in a parsed sentence: which words of one can be labels, and what each label is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from masthead.reading.lexicon import MEMBER_NOUNS, NO_LABELS, PARTY_WORDS, PERSON_NOUNS, SO_CALLED, TITLES
from masthead.reading.parsing.parses import Parse

Kind = Literal["modifier", "head", "apposition", "predicate", "title", "naming-verb", "family"]

NOUNS = frozenset({"NN", "NNS"})
PROPER = frozenset({"NNP", "NNPS"})
ADJECTIVES = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "AFX"})
MODIFIERS = frozenset({"amod", "compound", "nmod"})
_WORD = re.compile(r"[^\W\d_][\w'’.& -]*\w")
_HYPHENS = frozenset("-‐‑–")
_PERSONS = PERSON_NOUNS | MEMBER_NOUNS
_BREAKS = frozenset({":", ".", "-LRB-", "-RRB-"})
_LIKE_ADJECTIVES = ("ist", "ists", "ish", "ian", "ese", "ite", "i'ite")


class Label(NamedTuple):
    """A word that labels a mention: what it is, how it does it, and its tokens [first, last]."""

    text: str
    kind: Kind
    first: int
    last: int


class Sentence:
    """A parsed sentence and the names that stand in it.

    `names` says which subjects each placeholder token names, `generics` which of them a token may mean as
    (part of) a generic alias; `unmask` gives back the characters that a stretch of the masked text stands for.
    `ties` says for a name which nouns mean those who belong to it (`fighters of X`); see masthead.reading.naming.ties.
    `shapes` are the tokens as `lemma/TAG `, and `words` all lemmas;
    `persons` are the tokens that name a person, to whom nobody belongs.
    """

    def __init__(
        self,
        parse: Parse,
        names: Mapping[int, frozenset[int]],
        generics: Mapping[int, frozenset[int]],
        unmask: Callable[[int, int], str],
    ) -> None:
        self.parse = parse
        self.names = names
        self.generics = generics
        self._unmask = unmask
        self.shapes = [f"{lemma}/{tag} " for lemma, tag in zip(parse.lemmas, parse.tags, strict=True)]
        self.words = frozenset(parse.lemmas)
        self.ties: Mapping[int, Sequence[int]] = {}
        self.persons: frozenset[int] = frozenset()

    def is_name(self, token: int) -> bool:
        """True for a name of the study or any other proper noun, adjectives made of names apart."""
        if token in self.names:
            return True
        return self.parse.tags[token] in PROPER and token not in self.generics and not self.is_common(token)

    def is_common(self, token: int) -> bool:
        """True for a capitalised word that is no name by itself: a title, a role, an adjective made of a name."""
        word = self.parse.word(token).lower()
        return (
            word.rstrip(".") in TITLES
            or word in _PERSONS
            or word in PARTY_WORDS
            or word.endswith(_LIKE_ADJECTIVES)
        )

    def original_word(self, token: int) -> str:
        """Return the token as the article has it."""
        return self._unmask(self.parse.starts[token], self.parse.ends[token])

    def compound(self, token: int) -> tuple[int, int]:
        """Return the first and last token of the hyphenated word that `token` is in; itself where it is in none."""
        parse = self.parse
        first = last = token
        while first >= 2 and self._hyphen(first - 1):
            first -= 2
        while last + 2 < len(parse.heads) and self._hyphen(last + 1):
            last += 2
        return first, last

    def _hyphen(self, token: int) -> bool:
        parse = self.parse
        return (
            parse.word(token) in _HYPHENS
            and 0 < token < len(parse.heads) - 1
            and parse.ends[token - 1] == parse.starts[token]
            and parse.ends[token] == parse.starts[token + 1]
        )

    def label(self, token: int, kind: Kind) -> Label | None:
        """Return the label that a token makes, or None for a word that says nothing (`other`, `several`, 12)."""
        parse = self.parse
        first, last = self.compound(token)
        if first == last:
            # A participle is the word it stands as: `armed`, not `arm`.
            participle = parse.tags[token] in ("VBN", "VBG")
            text = (parse.word(token).lower() if participle else parse.lemmas[token]).rstrip(".")
            if token in self.names:
                return None
        else:
            # `Iran-backed`: as it stands, the last word lemmatised where that is a noun.
            stem = self._unmask(parse.starts[first], parse.starts[last]).lower()
            end = self._unmask(parse.starts[last], parse.ends[last]).lower()
            text = stem + (parse.lemmas[last] if parse.tags[last] == "NNS" else end)
        if (
            (text in NO_LABELS and text not in SO_CALLED)
            or text.startswith("non-")
            or _WORD.fullmatch(text) is None
        ):
            return None
        return Label(text, kind, first, last)

    def premodifiers(self, head: int) -> Iterator[int]:
        """Yield the adjectives and nouns that stand before a noun and modify it, and theirs, left to right."""
        parse = self.parse
        for child in parse.children[head]:
            if child > head:
                break
            if parse.deps[child] not in MODIFIERS or self._shares_head(child, head):
                continue
            if not any(parse.tags[token] in _BREAKS for token in range(child + 1, head)):
                yield from self.premodifiers(child)
                yield child
                yield from self._more_adjectives(child, head)

    def _more_adjectives(self, adjective: int, head: int) -> Iterator[int]:
        """Yield `corrupt` for `brutal` in `the brutal and corrupt X`; not `Tellan` in `Corvan and Tellan troops`."""
        parse = self.parse
        for child in parse.children[adjective]:
            if (
                parse.deps[child] == "conj"
                and adjective < child < head
                and parse.tags[child] in ADJECTIVES
                and not parse.word(child)[:1].isupper()
            ):
                yield child
                yield from self._more_adjectives(child, head)

    def _shares_head(self, modifier: int, head: int) -> bool:
        """True for `rebel` in `rebel and regime forces`, which are two things and not one."""
        return (
            any(
                self.parse.deps[child] == "cc" and modifier < child < head
                for child in self.parse.children[modifier]
            )
            and self.parse.tags[modifier] in NOUNS
        )

    def content(self, head: int, kind: Kind) -> Iterator[Label]:
        """Yield the labels in the noun phrase headed by `head`: its modifiers and itself.

        None where its determiner denies it (`no terrorist group`).
        """
        parse = self.parse
        if any(
            parse.lemmas[c] in ("no", "not", "neither")
            and not any(parse.lemmas[g] in ("only", "just", "merely", "simply") for g in parse.children[c])
            for c in parse.children[head]
        ):
            return
        last = -1
        for token in (*self.premodifiers(head), head):
            if not self.can_label(token):
                continue
            label = self.label(token, kind)
            if label is not None and label.first > last:
                last = label.last
                yield label

    def can_label(self, token: int) -> bool:
        """True for a common noun, an adjective, a participle, or what is one in capitals (`Islamist`, `Despot`)."""
        tag = self.parse.tags[token]
        if tag in PROPER:
            return token not in self.names and self.is_common(token)
        if tag in NOUNS or tag in ADJECTIVES:
            # The biggest party is a party, and no big one.
            return tag not in ("JJR", "JJS")
        # A hyphenated word may have any part for its head: `so-called`, `far-right`.
        first, last = self.compound(token)
        return first != last

    def effective(self, token: int) -> int:
        """Return the first conjunct of the coordination that a token stands in: it has the token's role."""
        parse = self.parse
        steps = 0
        while parse.deps[token] == "conj" and parse.heads[token] < token and steps < 12:
            token = parse.heads[token]
            steps += 1
        return token

    def child(self, token: int, *deps: str) -> int | None:
        """Return the first child with one of these relations."""
        for child in self.parse.children[token]:
            if self.parse.deps[child] in deps:
                return child
        return None

    def conjuncts(self, token: int) -> Iterator[int]:
        """Yield a token and those coordinated with it."""
        yield token
        for child in self.parse.children[token]:
            if self.parse.deps[child] == "conj":
                yield from self.conjuncts(child)
