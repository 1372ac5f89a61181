"""What a parsed sentence gives to somebody: the cue, what is said, and who says it, as tokens."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.attribution.attribution import Frame, Statement
from masthead.reading.attribution.cues import (
    ADDRESSING,
    ADJECTIVES,
    CALLING,
    INTENDING,
    NOUNS,
    OF_SOMETHING,
    PASSING,
    SAYING,
    WITH_PREPOSITION,
    Stance,
)
from masthead.reading.attribution.deeds import is_deed
from masthead.reading.attribution.speaking import speaker_head
from masthead.reading.attribution.tree import Tokens, Tree

_QUESTION_WORDS = frozenset({"that", "whether", "if", "how", "why", "what", "who", "where", "when", "which"})
_LINKS = frozenset({"for", "as", "over", "of", "to", "with", "into", "from", "about", "against"})
_OF_NOUNS = frozenset({"for", "about", "to", "against", "of", "on", "over", "with"})
_OWN_WORDS = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "neg", "advmod", "prt", "npadvmod"})
_HOLDERS = frozenset({"acomp", "ROOT", "conj", "advcl", "amod", "relcl"})
_POLLS = frozenset({"poll", "survey"})
_LISTENED_TO = frozenset({"tell", "ask", "urge", "remind"})


def statements(tree: Tree) -> list[Statement]:
    """Return the attributions of a sentence, ordered by cue.

    Only the outermost: what stands inside another's words is part of them, and so is a cue in quotation marks.
    """
    outermost: list[Statement] = []
    for token in sorted(range(len(tree.depth)), key=lambda t: (tree.depth[t], t)):
        if not tree.in_quotes[token] and not any(g.holds(token) for g in outermost):
            outermost += (g for g in _at(tree, token) if g.content and not is_deed(tree, token, g))
    return sorted(outermost, key=lambda g: g.cue)


def _at(tree: Tree, token: int) -> Iterator[Statement]:
    tag = tree.parse.tags[token]
    if tag in ("VBG", "IN", "VBN") and tree.parse.word(token).lower() == "according":
        return _according(tree, token)
    if tag == "IN" and tree.parse.lemmas[token] == "in":
        return _in_poll(tree, token)
    if tag.startswith("VB"):
        return _verb(tree, token)
    if tag in ("NN", "NNS"):
        return _noun(tree, token)
    return _adjective(tree, token) if tag.startswith("JJ") else iter(())


def _statement(tree: Tree, cue: int, stance: Stance, frame: Frame, content: list[Tokens]) -> Statement:
    return Statement((cue, cue), stance, frame, tree.trim(content), speaker_head(tree, cue))


def _verb(tree: Tree, verb: int) -> Iterator[Statement]:
    lemma = tree.parse.lemmas[verb]
    clause = next((c for c in tree.parse.children[verb] if tree.parse.deps[c] == "ccomp"), None)
    if clause is not None:
        stance = _stance_of_clause(tree, verb, clause)
        if stance is not None:
            yield _statement(tree, verb, stance, "clause", _around(tree, verb, clause))
            return
    if tree.parse.deps[verb] == "parataxis" and lemma in SAYING:
        anchor = tree.parse.heads[verb]
        yield _statement(tree, verb, SAYING[lemma], "aside", tree.without(tree.span(anchor), tree.span(verb)))
        return
    yield from _without_clause(tree, verb)


def _stance_of_clause(tree: Tree, verb: int, clause: int) -> Stance | None:
    """Return the stance of a verb with this clause; None where the clause is nobody's words."""
    lemma = tree.parse.lemmas[verb]
    if tree.infinitive(clause) is not None:
        if lemma in ADDRESSING and tree.child(clause, "nsubj") is not None:
            return ADDRESSING[lemma]
        if lemma in INTENDING:
            return INTENDING[lemma]
    if lemma in SAYING:
        return SAYING[lemma]
    if lemma == "be":
        # `her hope is that …`
        subject = tree.child(verb, "nsubj")
        return None if subject is None else NOUNS.get(tree.parse.lemmas[subject])
    is_question = tree.parse.lemmas[tree.span(clause)[0]] in _QUESTION_WORDS
    return "said" if is_question and lemma not in PASSING else None


def _around(tree: Tree, verb: int, clause: int) -> list[Tokens]:
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


def _without_clause(tree: Tree, verb: int) -> Iterator[Statement]:
    lemma = tree.parse.lemmas[verb]
    direct_object = tree.child(verb, "dobj")
    passive = tree.child(verb, "nsubjpass")
    clause = next((c for c in tree.parse.children[verb] if tree.parse.deps[c] in ("xcomp", "ccomp")), None)
    to = tree.infinitive(clause) if clause is not None else None
    if clause is not None and to is not None:
        run = (to, tree.span(clause)[1])
        if passive is not None and (lemma in SAYING or lemma in INTENDING):
            stance = INTENDING.get(lemma) or SAYING[lemma]
            yield _statement(tree, verb, stance, "infinitive", [tree.span(passive), run])
            return
        if (direct_object is not None or passive is not None) and lemma in ADDRESSING:
            if direct_object is not None and verb < direct_object < to:
                run = (tree.span(direct_object)[0], run[1])
            yield _statement(tree, verb, ADDRESSING[lemma], "infinitive", [run])
            return
        if direct_object is None and lemma in INTENDING:
            yield _statement(tree, verb, INTENDING[lemma], "infinitive", [run])
            return
    if lemma in CALLING and (words := _name_given(tree, verb, direct_object)):
        yield _statement(tree, verb, CALLING[lemma], "object", [words])
    elif lemma in OF_SOMETHING and direct_object is not None and lemma not in _LISTENED_TO:
        yield _statement(tree, verb, OF_SOMETHING[lemma], "object", [_with_links(tree, verb, direct_object)])
    elif lemma in OF_SOMETHING and passive is not None and tree.child(verb, "agent") is not None:
        yield _statement(tree, verb, OF_SOMETHING[lemma], "object", [tree.span(passive)])
    else:
        yield from _with_preposition(tree, verb)


def _with_preposition(tree: Tree, verb: int) -> Iterator[Statement]:
    lemmas = tree.parse.lemmas
    for child in tree.parse.children[verb]:
        if tree.parse.deps[child] == "prep" and lemmas[verb] == "call" and lemmas[child] in ("on", "upon"):
            clause = tree.child(verb, "xcomp", "advcl")
            to = tree.infinitive(clause) if clause is not None else None
            if clause is not None and to is not None:
                yield _statement(tree, verb, "urged", "infinitive", [(to, tree.span(clause)[1])])
                return
        stance = (
            WITH_PREPOSITION.get((lemmas[verb], lemmas[child])) if tree.parse.deps[child] == "prep" else None
        )
        inner = tree.child(child, "pobj", "pcomp") if stance else None
        if stance is not None and inner is not None and not _tells_more(tree, inner):
            yield _statement(tree, verb, stance, "other", [tree.span(inner)])
            return


def _tells_more(tree: Tree, noun: int) -> bool:
    """True for `a tax, which he said was heavy`: what is said of it is what `said` gives."""
    parse = tree.parse
    return any(
        parse.deps[child] == "relcl"
        and parse.lemmas[child] in SAYING
        and tree.child(child, "ccomp") is not None
        for child in parse.children[noun]
    )


def _name_given(tree: Tree, verb: int, direct_object: int | None) -> Tokens | None:
    """Return an object and what it is called; None where it is called nothing."""
    parse = tree.parse
    begin = len(parse.heads) if direct_object is None or direct_object < verb else tree.span(direct_object)[0]
    for child in parse.children[verb]:
        if child < verb:
            continue
        first, last = tree.span(child)
        if parse.deps[child] in ("oprd", "attr", "acomp"):
            return min(first, begin), last
        if parse.deps[child] == "ccomp" and parse.tags[child][:2] in ("NN", "JJ"):
            return first, last
        if parse.deps[child] == "prep" and parse.lemmas[child] == "as" and child < last:
            return min(child + 1, begin), last
    return None


def _with_links(tree: Tree, verb: int, direct_object: int) -> Tokens:
    """Return an object with what follows it: `blamed X for the defeat`."""
    parse = tree.parse
    first, last = tree.span(direct_object)
    for child in parse.children[verb]:
        if child == last + 1 and parse.deps[child] == "prep" and parse.lemmas[child] in _LINKS:
            last = tree.span(child)[1]
    return first, last


def _noun(tree: Tree, noun: int) -> Iterator[Statement]:
    parse = tree.parse
    stance = NOUNS.get(parse.lemmas[noun])
    if stance is None:
        return
    for child in parse.children[noun]:
        if child < noun:
            continue
        first, last = tree.span(child)
        has_clause = tree.infinitive(child) is not None or parse.lemmas[first] == "that"
        if parse.deps[child] in ("acl", "ccomp") and has_clause:
            yield _statement(tree, noun, stance, "other", [(first, last)])
            return
        if parse.deps[child] == "prep" and parse.lemmas[child] in _OF_NOUNS:
            inner = tree.child(child, "pobj", "pcomp")
            if inner is not None and tree.child(noun, "poss") is not None:
                yield _statement(tree, noun, stance, "other", [tree.span(inner)])
                return


def _adjective(tree: Tree, adjective: int) -> Iterator[Statement]:
    parse = tree.parse
    stance = ADJECTIVES.get(parse.lemmas[adjective])
    if stance is None or parse.deps[adjective] not in _HOLDERS:
        return
    for child in parse.children[adjective]:
        inner: int | None = child if parse.deps[child] in ("ccomp", "xcomp") else None
        if parse.deps[child] == "prep":
            inner = tree.child(child, "pobj", "pcomp")
        if inner is not None and child > adjective:
            yield _statement(tree, adjective, stance, "other", [tree.span(inner)])
            return


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
