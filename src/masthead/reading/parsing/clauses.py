"""Labels that a clause gives a mention: predicates, naming verbs, relative clauses. What is denied is no label."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.lexicon import (
    BODY_NOUNS,
    COPULAS,
    COPULAS_AS,
    COPULAS_INTO,
    COPULAS_RAISING,
    FALSE_WORDS,
    HYPOTHETICAL,
    MEMBER_NOUNS,
    NAMING_VERBS,
    NAMING_VERBS_AS,
    NAMING_VERBS_PLAIN,
    RAISING_VERBS,
    REFUSALS,
    RULE_NOUNS,
    RULING_VERBS,
)
from masthead.reading.parsing.phrases import ADJECTIVES, MODIFIERS, NOUNS, PROPER, Kind, Label, Sentence

_DENIALS = frozenset({"not", "n't", "never", "hardly", "scarcely", "nor", "no", "nt"})
_NOBODY = frozenset({"nobody", "none", "nothing", "few"})
_CONDITIONS = frozenset({"if", "whether", "unless", "lest"})
_RELATIVE = frozenset({"WDT", "WP"})
_ITSELF = frozenset({"itself", "himself", "herself", "themselves"})
_NAMED = frozenset({"nsubjpass", "dobj", "dative"})
_OPENED = frozenset({"one", "some", "something", "kind", "sort", "type"})


def clause_labels(sentence: Sentence, head: int) -> Iterator[Label]:
    """Yield the labels that verbs give the mention whose head is `head`."""
    if sentence.parse.text.rstrip("\"”’' ").endswith("?"):
        return
    parse = sentence.parse
    first = sentence.effective(head)
    dep, verb = parse.deps[first], parse.heads[first]
    if dep == "nsubj":
        yield from _predicates(sentence, verb)
        yield from _small_clause(sentence, first, verb)
        yield from _names_itself(sentence, verb)
    elif dep in _NAMED:
        if parse.lemmas[verb] in COPULAS_INTO:
            yield from _predicate(sentence, verb)
        elif dep == "nsubjpass" and parse.lemmas[verb] in RAISING_VERBS and parse.lemmas[verb] != "expect":
            yield from _infinitive_labels(sentence, verb)
        yield from _naming_verb(sentence, verb, first)
        yield from _rule(sentence, verb, dep)
    elif dep == "pobj" and parse.lemmas[verb] == "to" and parse.lemmas[parse.heads[verb]] == "refer":
        yield from _naming_verb(sentence, parse.heads[verb], first)
    if is_taken_for_modifier(sentence, first):
        yield from _only(sentence.label(first + 1, "naming-verb"))
    if head + 2 < len(parse.heads) and parse.tags[head + 1] == "," and parse.tags[head + 2] in ("VBN", "VBD"):
        # `X, designated a gang by them, fled`, whatever the parser makes of the participle.
        yield from _naming_verb(sentence, head + 2, head)
    for child in parse.children[head]:
        if parse.deps[child] == "relcl":
            yield from _relative(sentence, child)
        elif parse.deps[child] == "acl" and parse.tags[child] == "VBN":
            yield from _naming_verb(sentence, child, head)
        elif parse.deps[child] in ("acl", "advcl"):
            yield from _names_itself(sentence, child)


def is_denied(sentence: Sentence, verb: int) -> bool:
    """True where what the verb says is denied, only supposed, or refused."""
    parse = sentence.parse
    for child in parse.children[verb]:
        lemma = parse.lemmas[child]
        dep = parse.deps[child]
        if dep == "neg" and not _is_only(sentence, child):
            return True
        if dep in ("nsubj", "agent") and _is_nobody(sentence, child):
            return True
        if dep in ("advmod", "preconj", "cc") and lemma in _DENIALS:
            return True
        if dep == "aux" and lemma in HYPOTHETICAL:
            return True
        if dep in ("mark", "advmod") and lemma in _CONDITIONS:
            return True
        if dep == "advmod" and sentence.child(child, "neg") is not None:
            return True  # `is no longer a militia`
    governor = parse.heads[verb]
    if governor == verb:
        return False
    if parse.deps[verb] in ("xcomp", "ccomp", "pcomp", "acl") and parse.lemmas[governor] in REFUSALS:
        return True
    if parse.deps[verb] in ("xcomp", "ccomp", "acl") and _is_wrong(sentence, governor):
        return True
    if parse.deps[verb] in ("xcomp", "ccomp"):
        # `did not call X a gang` as well as `did not want to call X a gang`, `do not believe X is a gang`.
        return any(parse.deps[c] == "neg" for c in parse.children[governor])
    return False


def _is_only(sentence: Sentence, denial: int) -> bool:
    """True for `not` in `is not only a militia`."""
    parse = sentence.parse
    after = parse.lemmas[denial + 1] if denial + 1 < len(parse.lemmas) else ""
    return after in ("only", "just", "merely", "simply")


def _is_nobody(sentence: Sentence, who: int) -> bool:
    """True for `nobody`, `no one`, `no paper`, `by nobody`."""
    parse = sentence.parse
    if parse.deps[who] == "agent":
        who = sentence.child(who, "pobj") or who
    return parse.lemmas[who] in _NOBODY or any(parse.lemmas[c] == "no" for c in parse.children[who])


def _is_wrong(sentence: Sentence, governor: int) -> bool:
    """True for `it is wrong to call X a gang`, `it is a mistake to`."""
    parse = sentence.parse
    tokens = [governor, *(c for c in parse.children[governor] if parse.deps[c] in ("acomp", "attr", "oprd"))]
    return any(parse.lemmas[token] in FALSE_WORDS for token in tokens)


def _predicate(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`X is a militia`, `X remains a threat`, `X acts as a mediator`, `X amounts to a cult`."""
    parse = sentence.parse
    lemma = parse.lemmas[verb]
    joint = "as" if lemma in COPULAS_AS else "to" if lemma == "amount" else None
    if lemma in COPULAS_INTO:
        joint = "into"
    if (joint is None and lemma not in COPULAS) or is_denied(sentence, verb):
        return
    for child in parse.children[verb]:
        if child < verb:
            continue
        if joint is None and parse.deps[child] in ("attr", "dobj", "oprd"):
            yield from complement_labels(sentence, child, "predicate")
        elif joint is not None and parse.deps[child] == "prep" and parse.lemmas[child] == joint:
            noun = sentence.child(child, "pobj")
            if noun is not None:
                yield from complement_labels(sentence, noun, "predicate")


def _predicates(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`X, who writes poems and is a president,`, `X began as a choir and became a militia`, `X proved to be a gang`."""
    for predicate in sentence.conjuncts(verb):
        if predicate == verb or sentence.child(predicate, "nsubj", "nsubjpass") is None:
            yield from _predicate(sentence, predicate)
            if sentence.parse.lemmas[predicate] in COPULAS_RAISING:
                yield from _infinitive_labels(sentence, predicate)


def _infinitive_labels(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`X is said to be a gang`, `X proved to be a gang`."""
    if is_denied(sentence, verb):
        return
    for child in sentence.parse.children[verb]:
        if sentence.parse.deps[child] == "xcomp" and sentence.parse.lemmas[child] in COPULAS:
            yield from _predicate(sentence, child)


def _relative(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`X, which is a militia` and `X, who is described as a militia`."""
    parse = sentence.parse
    subject = sentence.child(verb, "nsubj", "nsubjpass")
    if subject is None:
        return
    if parse.tags[subject] not in _RELATIVE:
        whom = sentence.child(verb, "dobj", "dative")
        if whom is not None and whom < verb and parse.tags[whom] in _RELATIVE:
            yield from _naming_verb(sentence, verb, whom)  # `X, which the council listed as a militia`
        return
    if parse.deps[subject] == "nsubj":
        yield from _predicates(sentence, verb)
        yield from _names_itself(sentence, verb)
    else:
        yield from _naming_verb(sentence, verb, subject)


def _names_itself(sentence: Sentence, verb: int) -> Iterator[Label]:
    """`X calls itself a party`, `X, calling itself a party,`."""
    itself = sentence.child(verb, "dobj", "dative", "nsubj")
    for child in sentence.parse.children[verb]:
        if sentence.parse.lemmas[child] in _ITSELF and child > verb:
            itself = child
    if itself is not None and sentence.parse.lemmas[itself] in _ITSELF:
        yield from _naming_verb(sentence, verb, itself)


def _naming_verb(sentence: Sentence, verb: int, mention: int) -> Iterator[Label]:
    """The names that a naming verb gives its object, or in the passive its subject."""
    parse = sentence.parse
    lemma = parse.lemmas[verb]
    plain, with_as = lemma in NAMING_VERBS_PLAIN, lemma in NAMING_VERBS_AS
    if not (plain or with_as) or is_denied(sentence, verb):
        return
    for child in parse.children[verb]:
        if child <= mention or child == verb:
            continue
        dep = parse.deps[child]
        if dep == "prep" and with_as and parse.lemmas[child] == "as":
            for noun in parse.children[child]:
                if parse.deps[noun] in ("pobj", "amod", "pcomp", "acomp") and parse.tags[noun] != "VBG":
                    yield from complement_labels(sentence, noun, "naming-verb")
        elif plain and dep in ("oprd", "attr", "dobj", "acomp") and child > verb:
            yield from complement_labels(sentence, child, "naming-verb")


def _rule(sentence: Sentence, verb: int, dep: str) -> Iterator[Label]:
    """`X is ruled by a junta`."""
    parse = sentence.parse
    if dep != "nsubjpass" or parse.lemmas[verb] not in RULING_VERBS or is_denied(sentence, verb):
        return
    agent = sentence.child(verb, "agent")
    noun = sentence.child(agent, "pobj") if agent is not None else None
    if noun is not None and parse.lemmas[noun] in RULE_NOUNS:
        yield from sentence.content(noun, "predicate")


def _small_clause(sentence: Sentence, mention: int, noun: int) -> Iterator[Label]:
    """`called X a gang`, where the parser takes X for the subject of `gang`."""
    parse = sentence.parse
    verb = parse.heads[noun]
    if (
        parse.tags[noun] in NOUNS
        and verb < mention < noun
        and parse.deps[noun] in ("ccomp", "oprd", "xcomp", "dobj")
        and parse.lemmas[verb] in NAMING_VERBS_PLAIN
        and not is_denied(sentence, verb)
    ):
        yield from complement_labels(sentence, noun, "naming-verb")


def is_taken_for_modifier(sentence: Sentence, mention: int) -> bool:
    """True for X in `called X terrorists`, where the parser takes X for a modifier of `terrorists`."""
    parse = sentence.parse
    noun = parse.heads[mention]
    verb = parse.heads[noun]
    return (
        noun == mention + 1
        and parse.deps[mention] in (*MODIFIERS, "nsubj")
        and parse.tags[noun] in NOUNS
        and parse.deps[noun] in ("dobj", "oprd", "ccomp")
        and parse.lemmas[verb] in NAMING_VERBS
        and verb < mention
        and parse.deps[verb] != "acl"
        and not any(
            c != noun and parse.deps[c] in ("oprd", "dobj", "attr", "dative", "nsubjpass", "auxpass")
            for c in parse.children[verb]
        )
        and not is_denied(sentence, verb)
    )


def is_given_as_name(sentence: Sentence, noun: int) -> bool:
    """True for what a naming verb calls its object: `a gang` in `called X a gang`, `was designated a gang`."""
    parse = sentence.parse
    verb = parse.heads[noun]
    if verb >= noun or parse.lemmas[verb] not in NAMING_VERBS_PLAIN:
        return False
    if parse.deps[noun] == "oprd":
        return True
    if parse.deps[noun] not in ("dobj", "attr", "ccomp", "xcomp"):
        return False
    if parse.deps[noun] in ("ccomp", "xcomp"):
        return any(parse.deps[c] == "nsubj" for c in parse.children[noun])
    has_object = any(parse.deps[c] in _NAMED and c < noun for c in parse.children[verb])
    is_reduced = parse.deps[verb] == "acl" or (verb > 0 and parse.tags[verb - 1] == ",")
    return has_object or is_reduced or is_taken_for_modifier(sentence, noun - 1)


def _only(label: Label | None) -> Iterator[Label]:
    if label is not None:
        yield label


def complement_labels(sentence: Sentence, token: int, kind: Kind) -> Iterator[Label]:
    """The labels in what a verb says of the mention, conjuncts too.

    `one of the gangs` and `a kind of gang` say gang; `a gang of thugs` says both; `part of a gang` nothing.
    """
    parse = sentence.parse
    for noun in sentence.conjuncts(token):
        tag, lemma = parse.tags[noun], parse.lemmas[noun]
        within = _of(sentence, noun)
        if lemma in _OPENED or lemma == "nothing":
            within = _nothing_but(sentence, noun) if lemma == "nothing" else within
            if within is not None:
                yield from sentence.content(within, kind)
        elif tag in PROPER and kind == "naming-verb" and sentence.is_common(noun):
            yield from _only(sentence.label(noun, kind))  # `known as the Butcher`
        elif tag in NOUNS:
            if lemma in ("part", "member") and within is not None:
                continue
            has_count = kind != "apposition" and sentence.child(noun, "nummod") is not None
            if has_count or _is_progressive(sentence, noun):
                continue  # `is 71 delegates short`, `were social distancing`, `are butting heads`
            yield from sentence.content(noun, kind)
            if within is not None and lemma in BODY_NOUNS and parse.lemmas[within] in MEMBER_NOUNS:
                yield from sentence.content(within, kind)
        elif kind == "naming-verb" and tag in ADJECTIVES and tag != "VBG":
            yield from _only(sentence.label(noun, kind))


def _nothing_but(sentence: Sentence, noun: int) -> int | None:
    """Return `gang` for `nothing` in `nothing but a gang`, `nothing other than a gang`."""
    parse = sentence.parse
    for child in parse.children[noun]:
        for preposition in (child, *parse.children[child]):
            if parse.lemmas[preposition] in ("but", "than"):
                return sentence.child(preposition, "pobj")
    return None


def _is_progressive(sentence: Sentence, noun: int) -> bool:
    """True where what follows the verb is rather a form in -ing of another verb."""
    parse = sentence.parse
    if sentence.child(noun, "det", "poss") is not None:
        return False
    begin = min((*sentence.premodifiers(noun), noun))
    return parse.tags[begin] == "VBG" or (parse.tags[noun] == "NN" and parse.word(noun).endswith("ing"))


def _of(sentence: Sentence, noun: int) -> int | None:
    parse = sentence.parse
    for child in parse.children[noun]:
        if parse.deps[child] == "prep" and parse.lemmas[child] == "of":
            complement = sentence.child(child, "pobj")
            if complement is not None and parse.tags[complement] in NOUNS:
                return complement
    return None
