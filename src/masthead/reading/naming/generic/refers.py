"""Whether a generic alias refers: `the rebels fled` does, `a terrorist attack` and `ISIS terrorists` do not.

A generic alias (`terrorists`) may mean anyone. It counts as a mention of its subject only as the head of a
phrase that refers, or before a noun for those who belong to a group (`rebel fighters`, `a rebel commander`), or for
what is theirs (`the rebel enclave`, `regime shelling`); not where it labels another named one, nor an act or a thing
by a word that is as well an adjective (`a terrorist attack`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from masthead.reading.lexicon import (
    ALL_GROUP_NOUNS,
    ATTACHED_NOUNS,
    BODY_NOUNS,
    DAYS_AND_MONTHS,
    FAITHS,
    PERSON_NOUNS,
    TITLES,
)
from masthead.reading.naming.generic.strangers import is_stranger
from masthead.reading.parsing.clauses import is_given_as_name, is_taken_for_modifier
from masthead.reading.parsing.phrases import MODIFIERS, NOUNS, PROPER, Sentence

_PREDICATES = frozenset({"attr", "oprd", "acomp"})
_TIED = frozenset(
    [
        "affiliate",
        "affiliated",
        "link",
        "linked",
        "loyal",
        "belong",
        "ally",
        "allied",
        "align",
        "aligned",
        "tie",
        "tied",
    ]
)
_PREFIXES = frozenset({"pro", "anti", "non", "counter", "ex"})
_PLACE_PREPOSITIONS = frozenset(["in", "at", "near", "inside", "outside", "across", "around"])
_NAMED = frozenset({"call", "know", "dub", "name"})
_BEFORE_NOUNS = frozenset({"JJ", "NNP", "NN", "VBN"})
_COMMON = TITLES | PERSON_NOUNS | ALL_GROUP_NOUNS | {"civilian", "human", "veteran"}
_SHORTEST = 3
_PEOPLES = ("ish", "ese", "ian", "van", "kan", "nan", "lan", "ran", "san", "tan")
_ADJECTIVE_ENDINGS = ("ist", "ant", "ent", "al", "ic", "ive", "ian", "ary", "i", "ed")


def refers(
    sentence: Sentence, own: range, subject: int, is_of_ours: Callable[[str], bool] = lambda _: True
) -> bool:
    """True where the generic alias on the tokens `own` refers to the subject of this index.

    `is_of_ours` says of the name of a people or a place whether the subject may be of it.
    """
    parse = sentence.parse
    head = head_of(sentence, own)
    plural = parse.tags[head] in ("NNS", "NNPS")
    if parse.word(0) == "Tags":
        return True  # the list of what an article is about
    if _is_prefixed(sentence, own) or _opens_a_name(sentence, own):
        return False
    if any(head in nouns for nouns in sentence.ties.values()):
        return False
    if any(not is_of_ours(word) for word in _peoples_before(sentence, own)):
        return False
    if is_stranger(sentence, own, head, subject, is_of_ours):
        return False
    if _is_agent(sentence, own) or is_taken_for_modifier(sentence, head):
        return True
    phrase = head
    # `Russian and rebel shells`: the second has the role of the first.
    first = sentence.effective(head)
    if not plural and parse.deps[head] == "nsubj" and _is_act(sentence, parse.heads[head], head):
        return not _is_adjective_too(parse.lemmas[head])
    if parse.deps[first] in MODIFIERS and parse.heads[first] > head:
        phrase = parse.heads[first]
        if subject in sentence.generics.get(phrase, ()):
            return False  # `rebel fighters` where both are aliases: one naming, which `fighters` heads
        if plural and phrase not in sentence.names:
            # English nouns modify in the singular: this plural has lost its apostrophe (`the rebels camp`).
            return not _of_another(sentence, head, own)
        if parse.tags[phrase] not in NOUNS:
            return False
        if parse.lemmas[phrase] not in ALL_GROUP_NOUNS:
            # Of the rebels' enclave; a militant tone is the tone's.
            return not _is_adjective_too(parse.lemmas[head]) and not _of_another(sentence, head, own)
    elif parse.tags[head] not in NOUNS | PROPER:
        return False
    if _of_another(sentence, phrase, own):
        return False
    if phrase != head and parse.lemmas[phrase] in ATTACHED_NOUNS:
        return True
    return not _labels_another(sentence, phrase)


def _peoples_before(sentence: Sentence, own: range) -> Iterator[str]:
    """Yield the names of peoples, places and parties right before the noun: `Tellan` of `two Tellan rebels`.

    At the start of a sentence, where every word has a capital, only what ends as names of peoples do.
    """
    parse = sentence.parse
    first = own[0]
    while first > 0 and parse.tags[first - 1] in _BEFORE_NOUNS and first - 1 not in sentence.names:
        first -= 1
    # `In western Tella rebels fled`: a place whose comma is missing.
    is_placed = first > 0 and parse.lemmas[first - 1] in (*_PLACE_PREPOSITIONS, "on", "from")
    for token in range(first, own[0]):
        word = parse.word(token)
        if (
            word[:1].isupper()
            and not word.isupper()
            and len(word) > _SHORTEST
            and word.lower() not in FAITHS
            and word.lower() not in _COMMON
            and word.lower() not in DAYS_AND_MONTHS
            and not word.lower().endswith(("ist", "ists", "ite"))
            and not (is_placed and parse.tags[token] in PROPER)
            and (token or word.endswith(_PEOPLES))
            and sentence.compound(token) == (token, token)
        ):
            yield word


def _is_adjective_too(noun: str) -> bool:
    """True for a noun that describes as well: `terrorist`, `militant`, but not `rebel` and `government`."""
    return noun.endswith(_ADJECTIVE_ENDINGS) and noun not in BODY_NOUNS


def _is_act(sentence: Sentence, verb: int, noun: int) -> bool:
    """True for `rebel shelling` after a preposition, where `shelling` is taken for a verb."""
    parse = sentence.parse
    return verb == noun + 1 and parse.tags[verb] == "VBG" and sentence.child(noun, "det") is None


def head_of(sentence: Sentence, own: range) -> int:
    """Return the token of a span that governs the others: the last whose own head lies outside."""
    parse = sentence.parse
    outside = [t for t in own if parse.heads[t] not in own or parse.heads[t] == t]
    return outside[-1] if outside else own[-1]


def _is_prefixed(sentence: Sentence, own: range) -> bool:
    """`pro-regime forces` are not the regime's."""
    first, _ = sentence.compound(own[0])
    return first < own[0] and sentence.parse.word(own[0] - 2).lower() in _PREFIXES


def _opens_a_name(sentence: Sentence, own: range) -> bool:
    """`the Army of Conquest` is somebody: a capital within the sentence, and a name after `of`."""
    parse = sentence.parse
    after = own[-1] + 1
    return (
        own[0] > 0
        and sentence.original_word(own[0])[:1].isupper()
        and after + 1 < len(parse.heads)
        and parse.lemmas[after] == "of"
        and parse.tags[after + 1] in PROPER
    )


def _is_agent(sentence: Sentence, own: range) -> bool:
    """`rebel-held Aleppo`: the rebels hold it."""
    _, last = sentence.compound(own[-1])
    return last > own[-1] and sentence.parse.tags[last] == "VBN"


def _of_another(sentence: Sentence, noun: int, own: range) -> bool:
    """True for members of somebody named: `ISIS terrorists`, `al-Qaeda's fighters`, `terrorists of ISIS`."""
    parse = sentence.parse
    before = _before_parenthesis(sentence, own[0] - 1)
    if before in sentence.names and not _is_place_before(sentence, before):
        return True
    above = _band(sentence, noun)
    for child in (*parse.children[noun], *(parse.children[above] if above is not None else ())):
        dep = parse.deps[child]
        if child in own:
            continue
        if child < noun:
            if dep in MODIFIERS and _is_somebody(sentence, child):
                if not _is_place_before(sentence, child):
                    return True
            elif dep == "poss" and sentence.is_name(child):
                return True
        elif dep == "prep" and parse.lemmas[child] in ("of", "from"):
            # Those of anybody named are theirs; those from a place that the study does not know may be ours.
            of = parse.lemmas[child] == "of"
            whose = [c for c in parse.children[child] if parse.deps[c] == "pobj"]
            if any(c in sentence.names or (of and sentence.is_name(c)) for c in whose):
                return True
        elif (
            dep in ("acl", "amod", "relcl")
            and parse.lemmas[child] in _TIED
            and sentence.child(child, "prep") is not None
        ):
            return True
    return False


def _is_somebody(sentence: Sentence, token: int) -> bool:
    """True for a name that stands by itself, and is no day's or month's."""
    return (
        sentence.is_name(token)
        and sentence.compound(token) == (token, token)
        and sentence.parse.word(token).lower() not in DAYS_AND_MONTHS
    )


def _band(sentence: Sentence, noun: int) -> int | None:
    """Return `band` for the gangsters in `a band of gangsters from X`, whom a parser may hang on either."""
    parse = sentence.parse
    preposition = parse.heads[noun]
    above = parse.heads[preposition]
    if parse.deps[noun] == "pobj" and parse.lemmas[preposition] == "of" and parse.lemmas[above] in BODY_NOUNS:
        return above
    return None


def _before_parenthesis(sentence: Sentence, token: int) -> int:
    """Return the token before `(…)` where a parenthesis ends at `token`: `Daesh (banned here) militants`."""
    if token < 0 or sentence.parse.tags[token] != "-RRB-":
        return token
    opening = token
    while opening > 0 and sentence.parse.tags[opening] != "-LRB-":
        opening -= 1
    return opening - 1


def _is_place_before(sentence: Sentence, name: int) -> bool:
    """`In Homs rebels attacked`, whose comma is missing: the name belongs to the preposition."""
    parse = sentence.parse
    return (
        name > 0
        and parse.deps[name] in ("pobj", "compound", "nmod")
        and parse.lemmas[name - 1] in _PLACE_PREPOSITIONS
        and parse.tags[name - 1] == "IN"
    )


def _labels_another(sentence: Sentence, noun: int) -> bool:
    parse = sentence.parse
    first = sentence.effective(noun)
    dep, governor = parse.deps[first], parse.heads[first]
    if is_given_as_name(sentence, first):
        return True
    if dep in _PREDICATES:
        return not _is_presented(sentence, first, governor)
    above = parse.heads[governor]
    if dep == "pobj" and parse.lemmas[governor] == "of" and parse.lemmas[above] in BODY_NOUNS:
        return _labels_another(sentence, above)  # `X is a gang of rebels`
    if dep == "pobj" and any(parse.lemmas[c] == "rank" and c < above for c in parse.children[above]):
        return True  # `the ranks of X are filled with rebels`
    if dep == "pobj" and parse.lemmas[governor] in ("as", "like"):
        return not any(parse.lemmas[c] == "such" for c in parse.children[governor])
    if dep == "appos" and sentence.is_name(governor):
        return True
    if parse.deps[noun] in MODIFIERS and sentence.is_name(parse.heads[noun]):
        return True
    for child in parse.children[noun]:
        if child < noun:
            continue
        dep, lemma = parse.deps[child], parse.lemmas[child]
        if dep == "appos" and sentence.is_name(child):
            return True
        if dep == "prep" and lemma in ("like", "as", "include"):
            examples = [c for c in parse.children[child] if parse.deps[c] == "pobj"]
            if any(c in sentence.names or (lemma != "include" and sentence.is_name(c)) for c in examples):
                return True
        if dep == "acl" and lemma in _NAMED and parse.tags[child - 1] != ",":
            return True
    return _name_follows(sentence, noun)


def _is_presented(sentence: Sentence, noun: int, verb: int) -> bool:
    """`there are rebels in town` and `it was the rebels who fired` speak of rebels; `they are rebels` does not."""
    parse = sentence.parse
    children = parse.children[verb]
    if any(parse.deps[c] == "expl" for c in children):
        return True
    cleft = any(parse.deps[c] == "nsubj" and parse.lemmas[c] == "it" for c in children)
    return cleft and any(
        parse.deps[c] == "relcl" for c in (*parse.children[noun], *(c for c in children if c > noun))
    )


def _name_follows(sentence: Sentence, noun: int) -> bool:
    """True where a name stands right after the noun, whatever the parser makes of it."""
    after = noun + 1
    if after >= len(sentence.parse.heads) or not sentence.is_name(after):
        return False
    return sentence.parse.lemmas[after] not in DAYS_AND_MONTHS
