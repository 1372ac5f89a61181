"""What a parsed sentence gives to somebody: the cue, what is said, and who says it, as tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from masthead.reading.attribution.cues import (
    ADDRESSING,
    ADJECTIVES,
    CALLING,
    INTENDING,
    NOUNS,
    OF_SOMETHING,
    PASSING,
    SAYING,
    STATEMENTS,
    WITH_PREPOSITION,
    Stance,
)
from masthead.reading.parses import Parse

Tokens = tuple[int, int]
"""The first and the last of a run of tokens."""

_FINITE_MARKS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
_LINKS = frozenset({"for", "as", "over", "of", "to", "with", "into", "from", "about", "against"})
_PUNCTUATION = frozenset({",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH", "NFP", "_SP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOUNS = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP"})


@dataclass(slots=True)
class Given:
    """An attribution inside one sentence; `content` is one run of tokens or several, in order."""

    cue: Tokens
    stance: Stance
    content: list[Tokens]
    speaker: Tokens | None
    frame: str = field(default="")

    def holds(self, token: int) -> bool:
        """True where `token` is part of what is said."""
        return any(first <= token <= last for first, last in self.content)


class Clauses:
    """Finds the attributions of one sentence. `quoted` says of each token whether it stands in quotation marks."""

    def __init__(self, parse: Parse, quoted: Sequence[bool]) -> None:
        self.parse = parse
        self.quoted = quoted
        n = len(parse.heads)
        self.left = list(range(n))
        self.right = list(range(n))
        self.depth = [0] * n
        for token in range(n):
            above, steps = token, 0
            while parse.heads[above] != above and steps < n:
                above = parse.heads[above]
                steps += 1
                self.left[above] = min(self.left[above], token)
                self.right[above] = max(self.right[above], token)
            self.depth[token] = steps

    def given(self) -> list[Given]:
        """Return the attributions, outermost first: what stands inside another's words is part of them."""
        found: list[Given] = []
        order = sorted(range(len(self.parse.heads)), key=lambda t: (self.depth[t], t))
        for token in order:
            if self.quoted[token] or any(g.holds(token) for g in found):
                continue
            found += self._at(token)
        return sorted(found, key=lambda g: g.cue)

    def _at(self, token: int) -> Iterator[Given]:
        tag = self.parse.tags[token]
        if self.parse.lemmas[token] == "according" or self.parse.word(token).lower() == "according":
            yield from self._according(token)
        elif tag.startswith("VB"):
            yield from self._verb(token)
        elif tag in ("NN", "NNS"):
            yield from self._noun(token)
        elif tag.startswith("JJ") or tag == "VBN":
            yield from self._adjective(token)

    # Verbs

    def _verb(self, verb: int) -> Iterator[Given]:
        parse = self.parse
        lemma = parse.lemmas[verb]
        clause = self._clause(verb)
        if clause is not None:
            stance = SAYING.get(lemma)
            infinitive = self._is_infinitive(clause)
            if infinitive and lemma in ADDRESSING and self._child(clause, "nsubj") is not None:
                yield self._made(verb, ADDRESSING[lemma], [self._span(clause)], "address-ccomp")
                return
            if infinitive and (lemma in INTENDING or lemma in SAYING):
                stance = INTENDING.get(lemma, stance)
            if stance is None and lemma == "be":
                stance = self._stance_of_subject(verb)
            elif stance is None and lemma not in PASSING and self._is_told(clause):
                stance = "said"
            if stance is not None:
                yield self._made(verb, stance, self._around(verb, clause), "ccomp")
                return
        yield from self._without_clause(verb)

    def _without_clause(self, verb: int) -> Iterator[Given]:
        parse = self.parse
        lemma = parse.lemmas[verb]
        aside = self._aside(verb)
        if aside is not None and lemma in SAYING:
            yield self._made(verb, SAYING[lemma], aside, "parataxis")
            return
        infinitive = self._xcomp(verb)
        named = self._child(verb, "dobj")
        subject_passive = self._child(verb, "nsubjpass")
        if infinitive is not None:
            to = [self._from_to(infinitive)]
            if subject_passive is not None and (lemma in SAYING or lemma in INTENDING):
                stance = INTENDING.get(lemma) or SAYING[lemma]
                yield self._made(verb, stance, [self._span(subject_passive), *to], "passive-to")
                return
            if (named is not None or subject_passive is not None) and lemma in ADDRESSING:
                told = named if named is not None and verb < named < to[0][0] else None
                content = to if told is None else [(self.left[told], to[0][1])]
                yield self._made(verb, ADDRESSING[lemma], content, "address-to")
                return
            if named is None and lemma in INTENDING:
                yield self._made(verb, INTENDING[lemma], to, "to")
                return
        if lemma in CALLING and (called := self._called(verb)):
            yield self._made(verb, CALLING[lemma], called, "call")
            return
        if lemma in OF_SOMETHING and named is not None and not self._is_person_addressed(verb, named):
            yield self._made(verb, OF_SOMETHING[lemma], [self._with_links(verb, named)], "dobj")
            return
        if lemma in OF_SOMETHING and subject_passive is not None and self._child(verb, "agent") is not None:
            yield self._made(verb, OF_SOMETHING[lemma], [self._span(subject_passive)], "passive")
            return
        for child in parse.children[verb]:
            if parse.deps[child] in ("prep", "agent"):
                stance = WITH_PREPOSITION.get((lemma, parse.lemmas[child]))
                if stance is not None and (inner := self._child(child, "pobj", "pcomp")) is not None:
                    yield self._made(verb, stance, [self._span(inner)], "prep")
                    return

    def _clause(self, verb: int) -> int | None:
        """Return the head of the clause that is what `verb` says."""
        for child in self.parse.children[verb]:
            if self.parse.deps[child] == "ccomp" and child != verb:
                return child
        return None

    def _xcomp(self, verb: int) -> int | None:
        for child in self.parse.children[verb]:
            if self.parse.deps[child] in ("xcomp", "ccomp") and self._is_infinitive(child):
                return child
        return None

    def _is_infinitive(self, clause: int) -> bool:
        parse = self.parse
        return any(
            parse.deps[c] == "aux" and parse.lemmas[c] == "to" for c in parse.children[clause] if c < clause
        )

    def _stance_of_subject(self, verb: int) -> Stance | None:
        """Return the stance of the noun in `her hope is that …`."""
        subject = self._child(verb, "nsubj")
        return None if subject is None else NOUNS.get(self.parse.lemmas[subject])

    def _is_told(self, clause: int) -> bool:
        """True for a clause with `that` or a question word before it."""
        first = self.parse.lemmas[self.left[clause]]
        return first in _FINITE_MARKS

    def _from_to(self, clause: int) -> Tokens:
        """Return an infinitive from its `to` on, without who is told to."""
        parse = self.parse
        to = next(c for c in parse.children[clause] if parse.deps[c] == "aux" and parse.lemmas[c] == "to")
        before = [c for c in parse.children[clause] if c < to and parse.deps[c] in ("neg", "advmod")]
        return (min([to, *before]), self.right[clause])

    def _around(self, verb: int, clause: int) -> list[Tokens]:
        """Return a clause without the cue and its own words, where these stand inside it."""
        first, last = self._span(clause)
        if clause > verb:
            last = self._before_participle(max(first, verb + 1), last)
        own = self._own(verb)
        if own[0] > last or own[1] < first:
            return [(first, last)]
        return [run for run in ((first, own[0] - 1), (own[1] + 1, last)) if run[0] <= run[1]]

    def _before_participle(self, first: int, last: int) -> int:
        """Return the end of a clause before `, adding that …`, which goes on with the speaker's other words."""
        parse = self.parse
        for token in range(first + 2, last + 1):
            if (
                parse.tags[token] == "VBG"
                and parse.deps[token] == "advcl"
                and parse.tags[token - 1] == ","
                and not self.quoted[token]
                and parse.lemmas[token] in SAYING
            ):
                return token - 2
        return last

    def _own(self, verb: int) -> Tokens:
        """Return the run of a cue with its subject, auxiliaries and adverbs."""
        parse = self.parse
        tokens = [verb]
        for child in parse.children[verb]:
            if parse.deps[child] in _SUBJECTS | {"aux", "auxpass", "neg", "advmod", "prt", "npadvmod"}:
                tokens += [self.left[child], self.right[child]]
        return min(tokens), max(tokens)

    def _aside(self, verb: int) -> list[Tokens] | None:
        """Return what is said around `, he said,`."""
        parse = self.parse
        if parse.deps[verb] not in ("parataxis",):
            return None
        anchor = parse.heads[verb]
        first, last = self._span(anchor)
        own = self.left[verb], self.right[verb]
        return [run for run in ((first, own[0] - 1), (own[1] + 1, last)) if run[0] <= run[1]]

    def _called(self, verb: int) -> list[Tokens]:
        """Return an object and what it is called."""
        parse = self.parse
        named = self._child(verb, "dobj")
        begin = len(parse.heads) if named is None or named < verb else self.left[named]
        for child in parse.children[verb]:
            if child < verb:
                continue
            if parse.deps[child] in ("oprd", "attr", "acomp"):
                return [(min(self.left[child], begin), self.right[child])]
            if parse.deps[child] == "ccomp" and parse.tags[child][:2] in ("NN", "JJ"):
                return [self._span(child)]
            if parse.deps[child] == "prep" and parse.lemmas[child] == "as":
                inner = self._child(child, "pobj", "pcomp", "amod", "acomp", "advcl")
                if inner is not None:
                    return [(min(child + 1, begin), self.right[child])]
        return []

    def _is_person_addressed(self, verb: int, named: int) -> bool:
        """True where the object is the one who is told: `told reporters`, `asked him`."""
        lemma = self.parse.lemmas[verb]
        return lemma in ("tell", "ask", "urge", "remind")

    def _with_links(self, verb: int, named: int) -> Tokens:
        """Return an object with what follows it of the verb's own: `blamed X for the defeat`."""
        parse = self.parse
        first, last = self._span(named)
        for child in parse.children[verb]:
            if child > last and parse.deps[child] == "prep" and parse.lemmas[child] in _LINKS and child == last + 1:
                last = self._span(child)[1]
        return first, last

    # Nouns and adjectives

    def _noun(self, noun: int) -> Iterator[Given]:
        parse = self.parse
        stance = NOUNS.get(parse.lemmas[noun])
        if stance is None:
            return
        for child in parse.children[noun]:
            if child < noun:
                continue
            dep = parse.deps[child]
            if dep in ("acl", "ccomp") and (self._is_infinitive(child) or parse.lemmas[self.left[child]] == "that"):
                yield self._made(noun, stance, [self._span(child)], "noun-clause")
                return
            if dep == "prep" and parse.lemmas[child] in ("for", "about", "to", "against", "of", "on", "over", "with"):
                inner = self._child(child, "pobj", "pcomp")
                if inner is not None and self._possessor(noun) is not None:
                    yield self._made(noun, stance, [self._span(inner)], "noun-prep")
                    return

    def _adjective(self, adjective: int) -> Iterator[Given]:
        parse = self.parse
        stance = ADJECTIVES.get(parse.lemmas[adjective])
        if stance is None or parse.deps[adjective] not in ("acomp", "ROOT", "conj", "advcl", "amod", "relcl"):
            return
        for child in parse.children[adjective]:
            if child < adjective:
                continue
            if parse.deps[child] in ("ccomp", "xcomp"):
                yield self._made(adjective, stance, [self._span(child)], "adjective-clause")
                return
            if parse.deps[child] == "prep" and (inner := self._child(child, "pobj", "pcomp")) is not None:
                yield self._made(adjective, stance, [self._span(inner)], "adjective-prep")
                return

    def _according(self, token: int) -> Iterator[Given]:
        parse = self.parse
        to = self._child(token, "prep")
        source = self._child(to, "pobj") if to is not None else None
        if source is None:
            return
        anchor = parse.heads[token]
        while not parse.tags[anchor].startswith("VB") and parse.heads[anchor] != anchor:
            anchor = parse.heads[anchor]
        first, last = self._span(anchor)
        own = self.left[token], self.right[token]
        content = [run for run in ((first, own[0] - 1), (own[1] + 1, last)) if run[0] <= run[1]]
        speaker = self._span(source)
        if content:
            yield Given((token, to if to is not None else token), "said", self._trimmed(content), speaker, "according")

    # Who speaks

    def speaker(self, cue: int) -> Tokens | None:
        """Return who speaks by the cue, a verb, noun or adjective; None where the sentence does not say."""
        head = self._speaker_head(cue, 0)
        return None if head is None else self._named(head, cue)

    def _speaker_head(self, cue: int, steps: int) -> int | None:
        parse = self.parse
        if steps > 8:
            return None
        if parse.tags[cue] in ("NN", "NNS") and parse.deps[cue] not in ("ROOT",):
            owner = self._possessor(cue)
            if owner is not None:
                return owner
            verb = parse.heads[cue]
            if parse.deps[cue] in ("dobj", "pobj", "attr") and verb != cue:
                while not parse.tags[verb].startswith("VB") and parse.heads[verb] != verb:
                    verb = parse.heads[verb]
                return self._speaker_head(verb, steps + 1)
            return None
        passive = self._child(cue, "nsubjpass")
        agent = self._child(cue, "agent")
        if agent is not None:
            return self._child(agent, "pobj")
        if passive is not None:
            return passive if parse.lemmas[cue] in ("quote", "cite", "hear", "record") else None
        subject = self._child(cue, "nsubj")
        if subject is not None:
            if parse.tags[subject] in ("WP", "WDT") and parse.deps[cue] == "relcl":
                return parse.heads[cue]
            if parse.tags[subject] == "EX":
                return None
            return subject
        dep, above = parse.deps[cue], parse.heads[cue]
        beside = self._beside(cue)
        if beside is not None or above == cue:
            return beside
        if dep == "acl":
            return self._behind(above, steps) if parse.tags[cue] == "VBG" else None
        if dep == "relcl":
            return above
        if dep == "acomp" or dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "aux", "dep", "oprd", "attr"):
            if dep == "xcomp" and (named := self._child(above, "dobj")) is not None:
                return named
            return self._speaker_head(above, steps + 1)
        return None

    def _beside(self, verb: int) -> int | None:
        """Return the noun next to a verb of speech whose subject the parser has missed: `,” said X`, `,” X said`."""
        parse = self.parse
        if parse.lemmas[verb] not in SAYING or parse.tags[verb] not in ("VBD", "VBZ", "VBP"):
            return None
        before = verb - 1
        while before > 0 and parse.tags[before] == "RB":
            before -= 1
        if before >= 0 and not self.quoted[before] and parse.tags[before] in _NOUNS:
            return before
        if verb > 0 and (self.quoted[verb - 1] or parse.tags[verb - 1] in ("''", ",")):
            for token in range(verb + 1, min(verb + 6, len(parse.tags))):
                if parse.tags[token] in _NOUNS and parse.heads[token] in (verb, token):
                    return token
        return None

    def _behind(self, noun: int, steps: int) -> int | None:
        """Return who made a statement in `X issued a statement saying`; the noun itself for any other."""
        parse = self.parse
        if parse.lemmas[noun] not in STATEMENTS:
            return noun
        owner = self._possessor(noun)
        if owner is not None or parse.heads[noun] == noun:
            return owner if owner is not None else noun
        above = parse.heads[noun]
        if parse.deps[noun] in ("dobj", "pobj"):
            found = self._speaker_head(above, steps + 1)
            return noun if found is None else found
        return noun

    def _possessor(self, noun: int) -> int | None:
        return self._child(noun, "poss")

    def _named(self, head: int, cue: int) -> Tokens:
        """Return the noun phrase of a speaker, without the cue's own clause and a possessive mark."""
        first, last = self._span(head)
        if head < cue <= last:
            last = max(head, min(self.left[cue], cue) - 1)
            while last > head and self.parse.tags[last] in (",", "WP", "WDT", ":"):
                last -= 1
        if self.parse.tags[last] == "POS" and last > first:
            last -= 1
        return first, last

    # Runs of tokens

    def _made(self, cue: int, stance: Stance, content: list[Tokens], frame: str) -> Given:
        return Given((cue, cue), stance, self._trimmed(content), self.speaker(cue), frame)

    def _child(self, token: int, *deps: str) -> int | None:
        return next((c for c in self.parse.children[token] if self.parse.deps[c] in deps), None)

    def _span(self, head: int) -> Tokens:
        return self.left[head], self.right[head]

    def _trimmed(self, runs: list[Tokens]) -> list[Tokens]:
        """Return runs without the punctuation at their ends that is no quotation mark."""
        kept = []
        for first, last in runs:
            while first <= last and self.parse.tags[first] in _PUNCTUATION - {"``"}:
                first += 1
            while last >= first and self.parse.tags[last] in _PUNCTUATION - {"''"}:
                last -= 1
            if first <= last:
                kept.append((first, last))
        return kept
