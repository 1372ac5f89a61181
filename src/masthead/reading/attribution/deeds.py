"""What looks like an attribution and is a deed: an attack on a town, a law that is written, a photograph that shows."""

from __future__ import annotations

from masthead.reading.attribution.attribution import Statement
from masthead.reading.attribution.speaking import THINGS
from masthead.reading.attribution.tree import Tree
from masthead.reading.lexicon import DAYS_AND_MONTHS, PERSON_NOUNS, words

_ATTACKING = words(
    "attack blast hammer hit assail slam knock rip savage trash bash pan threaten target pound lash challenge press"
)
_PLACES_AND_THINGS = words(
    "town village city base post position convoy checkpoint house home building hospital school mosque church market",
    "airport airfield barracks headquarters station bus car truck tank vehicle ship boat ferry port harbour harbor",
    "quay bridge camp troop soldier civilian fighter patrol area district neighbourhood neighborhood countryside site",
    "target facility plant border hill road prison embassy field depot dam pipeline village farm shop hotel",
)
_OF_WAR = words(
    "killed killing kills wounded injured rocket rockets shell shells shelling mortar mortars bomb bombs bomber",
    "bombing gunmen gunman militants militant troops soldiers airstrike airstrikes strikes warplanes jets artillery",
    "missile missiles insurgents fighters clashes clashed grenades ambush raid raids explosives positions",
)
_CLAIMABLE = words(
    "responsibility credit innocence victory ignorance success authorship ownership immunity asylum"
)
_PICTURES = words(
    "image photo photograph picture footage video clip postings posting screen camera map painting"
)
_TEACHERS = words(
    "practice experience history time life reason logic instinct evidence custom tradition fate nature"
)
_SOURCES = words(
    "source sources official officials media report reports agency outlet monitor activist witness"
)
_ONLY_QUOTED = words("continue begin go focus offer sing laugh sigh chime interject")
_WORKS = words(
    "law bill book novel song play code script check cheque music legislation constitution poem memoir software",
    "screenplay lyrics symphony opera thesis legislation rule guideline subpoena visa licence license permit passport"
    " currency bond coin stamp ticket",
)
_MAKING = words("write publish issue introduce present recite frame paint pen")
_HELPING = words("support back assist help")
_ARMED = words(
    "force fighter rebel militant troop army opposition faction militia insurgent soldier group brigade battalion unit",
    "offensive operation advance regime",
)
_THAT_SHOW = words(
    "poll survey study report data figure record statistic document research analysis number result email e-mail",
    "letter paper review test index chart table filing evidence finding count estimate tally memo article book one",
)
_SHOWING = words("show indicate demonstrate illustrate reveal reflect")
_SPEAKING = words("say tell add report announce claim write tweet")
_POINTERS = frozenset({"that", "this", "it", "so", "which"})
_NAMED_DEEDS = words("attack threat push")


def is_deed(tree: Tree, cue: int, one: Statement) -> bool:
    """True where the cue of a statement tells of something else than of words, a thought or a wish.

    An attack or a claim is one of words where a clause, a quotation, a reason (`for`, `over`) or a name (`as`) follows.
    """
    parse = tree.parse
    lemma = parse.lemmas[cue]
    if _is_idiom(tree, cue, one) or _is_of_thing(tree, cue, one) or _names_source(tree, one):
        return True
    if one.frame == "clause":
        is_quoted = any(
            tree.in_quotes[token] for first, last in one.content for token in range(first, last + 1)
        )
        if lemma in _ONLY_QUOTED:
            return not is_quoted
        return lemma in ("show", "teach", "suggest", "prove") and _subject(tree, cue) in _TEACHERS
    if any(tree.in_quotes[token] for first, last in one.content for token in range(first, last + 1)):
        return False
    if one.frame == "object":
        return _is_done_to_object(tree, cue, lemma, one)
    if one.frame == "other" and lemma in _NAMED_DEEDS and parse.tags[cue].startswith("NN"):
        return _is_of_war(tree) and lemma == "attack"
    if one.frame == "other":
        first, last = one.content[0]
        is_day = first == last and parse.word(first).lower().rstrip(".") in DAYS_AND_MONTHS
        return is_day or (lemma == "comment" and tree.child(cue, "neg") is not None)
    return False


def _is_idiom(tree: Tree, cue: int, one: Statement) -> bool:
    """True for `that said,`, `having said that`, `it goes without saying` and `you know`."""
    parse = tree.parse
    if parse.word(cue).lower() == "said" and cue and parse.word(cue - 1).lower() in ("that", "this"):
        return cue == 1 or parse.tags[cue - 2] in (",", ":", "CC", "``")
    if parse.word(cue).lower() == "saying" and cue and parse.lemmas[cue - 1] == "without":
        return True
    if one.frame == "aside" and parse.lemmas[cue] == "know":
        return True
    first, last = one.content[0]
    is_pointer = len(one.content) == 1 and first == last and parse.word(first).lower() in _POINTERS
    if is_pointer and parse.lemmas[cue] in ("say", "tell", "mean"):
        return True
    return parse.lemmas[cue] == "call" and one.speaker is None and parse.deps[cue] in ("acl", "amod")


def _is_of_thing(tree: Tree, cue: int, one: Statement) -> bool:
    """True where the weather, a blast or a weapon is said to do it: only of speech is its subject a misread one."""
    parse = tree.parse
    subject = tree.child(cue, "nsubj")
    if subject is None and parse.deps[cue] == "acl":
        subject = parse.heads[cue]
    if subject is None or parse.lemmas[subject].lower() not in THINGS:
        return False
    return one.frame != "aside" and parse.lemmas[cue] not in _SPEAKING


def _names_source(tree: Tree, one: Statement) -> bool:
    """True for `reported, citing a source`: what follows says where it is from, not what is said."""
    first = one.content[0][0]
    return tree.parse.tags[first] == "VBG" and tree.parse.lemmas[first] in ("cite", "quote")


def _is_done_to_object(tree: Tree, cue: int, lemma: str, one: Statement) -> bool:
    parse = tree.parse
    direct_object = tree.child(cue, "dobj", "nsubjpass")
    if direct_object is None:
        return False
    noun = parse.lemmas[direct_object].lower()
    if lemma in _ATTACKING:
        has_reason = any(
            parse.deps[child] == "prep" and parse.lemmas[child] in ("for", "over", "as")
            for child in parse.children[cue]
        )
        return not has_reason and (noun in _PLACES_AND_THINGS or _is_of_war(tree))
    if lemma in _HELPING:
        return noun in _ARMED and tree.child(direct_object, "poss") is None
    if lemma in _SHOWING and parse.tags[cue] == "VBG":
        return one.speaker is None or parse.lemmas[one.speaker].lower() not in _THAT_SHOW
    if lemma == "claim":
        return noun not in _CLAIMABLE
    if lemma in ("cite", "quote"):
        return noun in _SOURCES or noun in PERSON_NOUNS
    if lemma in ("show", "document", "illustrate", "reveal"):
        return _subject(tree, cue) in _PICTURES
    if lemma == "announce":
        is_deed_of_theirs = noun.endswith("ing") and tree.child(direct_object, "poss") is not None
        return is_deed_of_theirs or parse.tags[direct_object] == "VBG"
    return lemma in _MAKING and noun in _WORKS


def _subject(tree: Tree, verb: int) -> str | None:
    subject = tree.child(verb, "nsubj")
    return None if subject is None else tree.parse.lemmas[subject].lower()


def _is_of_war(tree: Tree) -> bool:
    return not _OF_WAR.isdisjoint(tree.parse.text.lower().split())
