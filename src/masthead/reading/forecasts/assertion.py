"""Of whom a clause is, whether it is asserted at all, and whether it hangs on a condition."""

from __future__ import annotations

from masthead.reading.attribution.tree import Tree
from masthead.reading.forecasts.wording import CONDITIONS, NOT_SAID

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_RELATIVES = frozenset({"WDT", "WP"})
_QUESTIONS = frozenset({"WRB", "WP", "WP$", "WDT"})
_STEPS = 6


def has_colon(tree: Tree, first: int, last: int) -> bool:
    """True where a colon stands between two tokens."""
    return any(tree.parse.word(token) == ":" for token in range(first, last))


def first_of(tree: Tree, verb: int) -> int:
    """Return the first of the verbs that are coordinated up to this one."""
    parse = tree.parse
    while parse.deps[verb] == "conj" and tree.is_verb(parse.heads[verb]) and parse.heads[verb] < verb:
        verb = parse.heads[verb]
    return verb


def subject_of(tree: Tree, verb: int) -> int | None:
    """Return the token that heads the subject of a verb, its own or one shared with the verb before it.

    A relative pronoun gives the noun before it; None where that is not in the sentence.
    """
    parse = tree.parse
    for _ in range(_STEPS):
        if tree.child(verb, "csubj") is not None:
            return None
        own = [child for child in parse.children[verb] if parse.deps[child] in SUBJECTS]
        if own:
            # Not what stands before a colon: `Mayor Quist: X will fall`.
            child = next((c for c in own if not has_colon(tree, c, verb)), None)
            if child is None:
                return None
            if parse.tags[child] not in _RELATIVES and parse.lemmas[child] != "that":
                return child
            # `X, who will fall,` tells of X; `those of X who will fall` are not all.
            aside = parse.deps[verb] in ("relcl", "acl") and child > 0 and parse.tags[child - 1] == ","
            return parse.heads[verb] if aside else None
        is_conjunct = parse.deps[verb] == "conj" and tree.is_verb(parse.heads[verb])
        if not is_conjunct or not _goes_on(tree, tree.span(verb)[0]):
            return None
        verb = parse.heads[verb]
    return None


def _goes_on(tree: Tree, first: int) -> bool:
    """True where a clause that starts here goes on with another's subject: after `and`, `but` or a comma."""
    parse = tree.parse
    before = first - 1
    while before > 0 and parse.tags[before].startswith("RB"):
        before -= 1
    return before > 0 and (parse.deps[before] in ("cc", "preconj") or parse.tags[before] in (",", "-LRB-"))


def has_condition(tree: Tree, verb: int) -> bool:
    """True where a clause beside the verb opens with `if` or `unless`."""
    parse = tree.parse
    opening_word = next((t for t in range(verb) if parse.tags[t] not in ("``", "''")), verb)
    if parse.word(opening_word).lower() in CONDITIONS and not _within(tree, verb, opening_word):
        return True
    for token in {verb, first_of(tree, verb)}:
        for child in parse.children[token]:
            if parse.deps[child] not in ("advcl", "prep"):
                continue
            begin = tree.span(child)[0]
            own = tree.child(child, "nsubj", "nsubjpass", "expl")
            if any(
                parse.lemmas[c] == "should" and own is not None and c < own for c in parse.children[child]
            ):
                return True
            opening = [c for c in (*parse.children[child], child) if c <= child]
            if any(parse.lemmas[c] in CONDITIONS and c - begin <= 2 for c in opening):
                return True
    return False


def _within(tree: Tree, verb: int, opening: int) -> bool:
    """True where a verb stands in the very clause that a word opens: the condition itself."""
    parse = tree.parse
    head = parse.heads[opening]
    for _ in range(_STEPS):
        if verb == head:
            return True
        verb = parse.heads[verb]
    return False


def is_asked(tree: Tree, verb: int, subject: int) -> bool:
    """True for a clause that `whether`, `if`, `how`, `what` or the like opens, and for another noun's relative."""
    parse = tree.parse
    before = tree.span(subject)[0] - 1
    if before >= 0 and (parse.tags[before] in _QUESTIONS or parse.lemmas[before] in ("hope", "hop", "wish")):
        return True  # `about whom X will choose`; `the party hopes X will win`, in headlines taken for a noun
    verb = first_of(tree, verb)
    if parse.deps[verb] != "relcl" and _opens_with_question(tree, verb):
        return True
    if parse.deps[verb] == "csubj" and not any(parse.lemmas[c] == "that" for c in parse.children[verb]):
        return True  # a relative that has lost its noun
    for child in parse.children[verb]:
        if child > verb:
            break
        if parse.deps[child] == "mark" and parse.lemmas[child] in NOT_SAID:
            return True
        if parse.deps[child] in ("advmod", "attr", "dobj", "pobj", "dep") and parse.tags[child] in _QUESTIONS:
            return True
    if parse.deps[verb] != "relcl":
        return False
    # `the debate that X will attend` tells of the debate.
    return not any(
        parse.deps[c] in SUBJECTS and (parse.tags[c] in _RELATIVES or parse.lemmas[c] == "that")
        for c in parse.children[verb]
    )


def _opens_with_question(tree: Tree, verb: int) -> bool:
    """True where the clause's own first word asks: `how big a lead X will have`, not `when it rains, X will fall`."""
    parse = tree.parse
    token = tree.span(verb)[0]
    if token == verb or parse.tags[token] not in _QUESTIONS:
        return False
    while parse.heads[token] not in (verb, token):
        token = parse.heads[token]
    return parse.deps[token] != "advcl"
