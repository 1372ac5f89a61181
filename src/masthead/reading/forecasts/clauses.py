"""The clauses of a parsed sentence that say what will happen to somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from masthead.reading.attribution.tree import Tokens, Tree
from masthead.reading.forecasts.assertion import SUBJECTS, has_condition, is_asked, subject_of
from masthead.reading.forecasts.confidence import adverb_confidence, improbable, outer_confidence
from masthead.reading.forecasts.kinds import kind_of
from masthead.reading.forecasts.wording import (
    COURSES,
    DECIDED,
    DUTIES,
    ENDURING,
    FATE_CERTAIN,
    FATES,
    INFINITIVE,
    IS,
    SEEMING,
    SPANS,
    Confidence,
)

Kind = Literal["forecast", "plan", "intention", "condition"]

_PRESENT = frozenset({"VBZ", "VBP"})
_COMPLEMENTS = frozenset({"acomp", "attr", "oprd", "advmod", "prep"})
_STEPS = 6


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause about the future, in tokens.

    `subject` heads the noun that it is about, `verb` the clause, `top` what announces it (the verb itself, or `bound`
    in `is bound to fall`). `cue` are the tokens of the announcement, `what` those of what is said of the subject.
    `of_fate`: the subject is a fate or days, and the clause is about whose they are.
    """

    subject: int
    verb: int
    top: int
    cue: Tokens
    what: Tokens
    confidence: Confidence
    kind: Kind
    of_fate: bool


def is_question(text: str) -> bool:
    """True where a sentence ends with a question mark, marks of quotation apart."""
    return text.rstrip("\"”’' )").endswith("?")


def clauses(tree: Tree) -> list[Clause]:
    """Return the clauses of a sentence that say what will happen, in order; none in a question.

    What may happen, should happen, or is only asked, hoped or feared is none. What is announced for a condition, or
    arranged, is one of another kind. A denied future counts: it says what will not happen.
    """
    if is_question(tree.parse.text):
        return []
    in_order = []
    for token in range(len(tree.parse.heads)):
        in_order += [clause for clause in _at(tree, token) if clause is not None]
    # One verb announces once: `is certain that X will fall` is one forecast.
    return list({clause.verb: clause for clause in reversed(in_order)}.values())[::-1]


def _at(tree: Tree, token: int) -> Iterator[Clause | None]:
    parse = tree.parse
    lemma, tag, dep = parse.lemmas[token], parse.tags[token], parse.deps[token]
    if tag == "MD" and dep in ("aux", "auxpass"):
        yield _modal(tree, token)
    elif tag == "TO" and dep == "aux":
        yield _infinitive(tree, token)
    elif lemma == "number" and parse.word(token).lower() == "numbered":
        yield _days_numbered(tree, token)
    elif lemma in FATES and tag == "NN" and dep in SUBJECTS:
        yield _fate(tree, token)
    elif lemma == "matter" and tree.child(token, "prep") is not None:
        yield _matter_of_time(tree, token)
    elif parse.word(token).lower() == "doomed" and _copula(tree, token) is not None:
        yield _state(tree, token)
    elif lemma == "chance" and any(parse.lemmas[c] == "no" for c in parse.children[token]):
        yield _no_chance(tree, token)


def _modal(tree: Tree, modal: int) -> Clause | None:
    """`X will fall`, `X won't fall`, `X cannot last`, `if it rained, X would fall`."""
    parse = tree.parse
    verb, word = parse.heads[modal], parse.word(modal).lower()
    cue = (modal, modal)
    if word in ("ca", "can"):
        negation = tree.child(verb, "neg")
        if negation is None or parse.lemmas[verb] not in ENDURING:
            return None
        cue = (modal, max(modal, negation))
    elif word == "would":
        if not has_condition(tree, verb):
            return None
    elif word not in ("will", "'ll", "’ll", "wo", "shall", "sha"):
        return None
    if _is_duty(tree, verb):
        return None
    return _clause(tree, verb, verb, cue, "unqualified")


def _is_duty(tree: Tree, verb: int) -> bool:
    """True for `will have to leave` and `will need help`, which say what must be."""
    parse = tree.parse
    if parse.lemmas[verb] == "need":
        return True
    return parse.lemmas[verb] in DUTIES and any(
        parse.deps[c] in ("xcomp", "ccomp") and tree.infinitive(c) is not None for c in parse.children[verb]
    )


def _infinitive(tree: Tree, to: int) -> Clause | None:
    """`X is bound to fall`, `X is going to fall`, `X looks set to fall`, `X is on course to win`."""
    parse = tree.parse
    verb = parse.heads[to]
    top = parse.heads[verb]
    if verb == top or parse.deps[verb] not in ("xcomp", "acl", "ccomp", "advcl", "pcomp"):
        return None
    word = parse.word(top).lower()
    cue = top
    if word not in INFINITIVE and word not in DECIDED:
        course = _course(tree, top, to)
        if course is None:
            return None
        cue, word = course, "poised"
        if parse.lemmas[top] != "be":
            top = parse.heads[parse.heads[course]]
    copula = top if parse.word(top).lower() in IS else _copula(tree, top)
    if copula is None or cue > verb or _is_duty(tree, verb):
        return None
    confidence = INFINITIVE.get(word, "unqualified")
    if confidence == "likely" and word in ("likely", "unlikely", "expected"):
        confidence = adverb_confidence(tree, cue, confidence) or confidence
    return _clause(tree, verb, top, (copula, cue), confidence, copula=copula, is_plan=word in DECIDED)


def _course(tree: Tree, top: int, to: int) -> int | None:
    """Return `course` in `is on course to win`, whatever of it the infinitive hangs on."""
    parse = tree.parse
    for noun in range(max(0, to - 3), to):
        prep = parse.heads[noun]
        if parse.lemmas[noun] in COURSES and parse.lemmas[prep] == "on" and parse.deps[noun] == "pobj":
            return noun if top in (noun, prep, parse.heads[prep]) else None
    return None


def _copula(tree: Tree, top: int) -> int | None:
    """Return the present-tense verb that joins a subject to `bound`; None for any other tense."""
    parse = tree.parse
    for child in parse.children[top]:
        if parse.deps[child] in ("aux", "auxpass") and child < top:
            if parse.word(child).lower() in IS:
                return child
            if parse.lemmas[child] == "be":
                return None
    above = parse.heads[top]
    is_complement = parse.deps[top] in ("acomp", "oprd", "xcomp", "attr", "ccomp", "advmod", "conj")
    seems = parse.lemmas[above] in SEEMING and parse.tags[above] in _PRESENT
    return above if is_complement and above < top and (seems or parse.word(above).lower() in IS) else None


def _days_numbered(tree: Tree, token: int) -> Clause | None:
    """`X's days are numbered`."""
    subject = subject_of(tree, token)
    copula = _copula(tree, token)
    if subject is None or copula is None or tree.parse.lemmas[subject] not in SPANS:
        return None
    whole = (tree.span(subject)[0], token)
    return _clause(tree, token, token, (copula, token), "almost certain", whole=whole)


def _fate(tree: Tree, noun: int) -> Clause | None:
    """`the fall of X is inevitable`, `X's defeat is only a matter of time`."""
    parse = tree.parse
    verb = parse.heads[noun]
    whole = (tree.span(noun)[0], max(verb, tree.span(noun)[1]))
    if parse.word(verb).lower() in FATE_CERTAIN and (copula := _copula(tree, verb)) is not None:
        return _clause(tree, verb, verb, (copula, verb), FATE_CERTAIN[parse.word(verb).lower()], whole=whole)
    if parse.lemmas[verb] not in SEEMING or parse.tags[verb] not in _PRESENT:
        return None
    for child in parse.children[verb]:
        word = parse.word(child).lower()
        if child > verb and word in FATE_CERTAIN and parse.deps[child] in _COMPLEMENTS:
            grade = FATE_CERTAIN[word]
            confidence = (adverb_confidence(tree, child, grade) or grade) if grade == "likely" else grade
        elif child > verb and _is_matter_of_time(tree, child):
            confidence = "almost certain"
        else:
            continue
        whole = (tree.span(noun)[0], max(tree.span(noun)[1], tree.span(child)[1]))
        return _clause(tree, verb, verb, (verb, child), confidence, whole=whole)
    return None


def _is_matter_of_time(tree: Tree, noun: int) -> bool:
    parse = tree.parse
    return parse.lemmas[noun] == "matter" and any(
        parse.lemmas[c] == "of"
        and any(parse.lemmas[t] == "time" or parse.lemmas[t] in SPANS for t in parse.children[c])
        for c in parse.children[noun]
    )


def _matter_of_time(tree: Tree, matter: int) -> Clause | None:
    """`it is only a matter of time before X falls`."""
    parse = tree.parse
    if not _is_matter_of_time(tree, matter):
        return None
    for verb in range(matter + 1, len(parse.heads)):
        has_before = any(parse.lemmas[c] in ("before", "until", "till", "when") for c in parse.children[verb])
        if has_before and parse.tags[verb] in (*_PRESENT, "VBN", "VB") and matter in _above(tree, verb):
            return _clause(tree, verb, verb, (matter, matter + 2), "almost certain")
    return None


def _above(tree: Tree, token: int) -> frozenset[int]:
    """Return the tokens that govern a token, and those that stand as complements of these."""
    parse = tree.parse
    tokens: set[int] = set()
    for _ in range(_STEPS):
        token = parse.heads[token]
        tokens |= {token, *(c for c in parse.children[token] if parse.deps[c] == "attr")}
    return frozenset(tokens)


def _state(tree: Tree, token: int) -> Clause | None:
    """`X is doomed`, `X is doomed to failure`."""
    parse = tree.parse
    if any(parse.deps[c] == "xcomp" for c in parse.children[token]):
        return None
    copula = _copula(tree, token)
    return None if copula is None else _clause(tree, token, token, (copula, token), "almost certain")


def _no_chance(tree: Tree, chance: int) -> Clause | None:
    """`X has no chance of winning`, `X stands no chance`."""
    parse = tree.parse
    verb = parse.heads[chance]
    if (
        parse.deps[chance] != "dobj"
        or parse.lemmas[verb] not in ("have", "stand")
        or parse.tags[verb] not in _PRESENT
    ):
        return None
    return _clause(tree, verb, verb, (verb, chance), "almost certain")


def _clause(
    tree: Tree,
    verb: int,
    top: int,
    cue: Tokens,
    confidence: Confidence,
    *,
    copula: int | None = None,
    whole: Tokens | None = None,
    is_plan: bool = False,
) -> Clause | None:
    """Return the clause, or None where it has no subject or is not asserted."""
    parse = tree.parse
    subject = subject_of(tree, top)
    if subject is None and copula is not None:
        subject = subject_of(tree, copula)
    if subject is None:
        return None
    outer = copula if copula is not None and parse.heads[top] == copula else top
    if any(is_asked(tree, token, subject) for token in dict.fromkeys((outer, top, verb))):
        return None
    degree: Confidence | None = confidence
    for token in dict.fromkeys((top, verb, outer)):
        degree = None if degree is None else adverb_confidence(tree, token, degree)
    degree = None if degree is None else outer_confidence(tree, outer, degree)
    if degree is None:
        return None
    start = min(cue[0], verb)
    first = whole[0] if whole else start if start > subject else verb
    contrary = improbable(tree, outer)
    if contrary is not None and contrary < subject:
        first = contrary
    what = (first, _last(tree, first, max(verb, cue[1], whole[1] if whole else 0), verb))
    if any(has_condition(tree, token) for token in dict.fromkeys((verb, top, outer))):
        kind: Kind = "condition"
    elif is_plan:
        kind = "plan"
    elif degree == "unqualified" or _is_expected(tree, cue):
        kind = kind_of(tree, verb)
    else:
        kind = "forecast"  # what is only likely is nobody's plan
    return Clause(subject, verb, top, cue, what, degree, kind, whole is not None)


def _is_expected(tree: Tree, cue: Tokens) -> bool:
    """True for `is expected to`, with which calendars are told as well."""
    return tree.parse.word(cue[1]).lower() == "expected"


def _last(tree: Tree, first: int, least: int, verb: int) -> int:
    """Return the last token of what is said: not what a speaker, or a verb of its own, adds to it."""
    parse = tree.parse
    last = max(tree.span(verb)[1], least)
    for child in parse.children[verb]:
        begin = tree.span(child)[0]
        other = parse.deps[child] in ("conj", "parataxis") and tree.is_verb(child)
        if begin > least and (other or parse.word(begin).lower() == "according"):
            last = begin - 1
            break
    while last > least and parse.deps[last] == "cc":
        last -= 1
    runs = tree.trim([(first, last)])
    return max(runs[-1][1] if runs else last, least)
