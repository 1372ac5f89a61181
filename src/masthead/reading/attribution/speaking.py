"""Who speaks by a cue: its subject, the subject it shares with another verb, or the noun next to it."""

from __future__ import annotations

from masthead.reading.attribution.cues import SAYING, STATEMENTS
from masthead.reading.attribution.tree import Tokens, Tree
from masthead.reading.lexicon import DAYS_AND_MONTHS, words

_NOUNS = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP"})
_SPOKE = frozenset({"VBD", "VBZ", "VBP"})
_SHARED = frozenset(
    ["conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "aux", "dep", "oprd", "attr", "acomp", "parataxis"]
)
"""Relations to a verb whose subject is this one's too, where it has none of its own."""
_QUOTED_PASSIVES = frozenset({"quote", "cite", "hear", "record"})
_SPEECHLESS = words(
    "question phrase discussion incident case interview meeting exchange moment event day night morning photo photos",
    "agreement clause assessment decision idea move way thing website event hand record signs",
)
"""Nouns for what cannot speak: where the parse makes one the subject of a cue, it is misread."""
THINGS = words(
    "rain snow storm wind weather heat flood earthquake drought winter summer blast explosion bomb missile",
    "rocket shell shelling airstrike strike raid bombing bombardment gunfire crossfire fire airpower power jet",
    "plane warplane aircraft helicopter drone tank gun weapon artillery mortar vehicle car bus truck smoke",
    "rubble debris dust building house street road bridge date tag caption aftermath ambush violence clash",
    "fighting war",
)
"""Nouns for what neither speaks nor thinks: weather, blasts, weapons, streets, the words of a dateline."""
_LONGEST_WHOLE = 16
"""So many tokens of a phrase are one; a longer one without a comma or clause has a headline or tags glued to it."""
_OF_PHRASE = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "DT", "PRP$"})
_BROKEN_OFF = frozenset({"CC", "IN", "TO", "DT", "PRP$", "``"})
_STEPS = 8
_REACH = 6
_LONGEST_APPOSITION = 14


def speaker_head(tree: Tree, cue: int) -> int | None:
    """Return the token that heads who speaks by the cue, a verb, noun or adjective.

    None where the sentence does not say. A relative pronoun gives the noun before it; of `issued a statement
    saying` the one who issued it speaks; a passive's speaker is the one after `by`, and the one who `is quoted`.
    """
    return _head(tree, cue, 0)


def speaker_span(tree: Tree, head: int, cue: int) -> Tokens | None:
    """Return the noun phrase that `head` heads, without the clause of the cue in it and a possessive mark.

    None where what is left of the phrase breaks off (`the crowd cheers and`): it is misread, and nobody is named.
    """
    tags = tree.parse.tags
    first, last = tree.span(head)
    if head < cue <= last:
        last = max(head, min(tree.span(cue)[0], cue) - 1)
        while last > head and tags[last] in (",", "WP", "WDT", ":"):
            last -= 1
        if last > head and (
            tags[last] in _BROKEN_OFF or (tags[last].startswith("VB") and tags[cue] != "VBG")
        ):
            return None
    if last > first and tags[last] == "POS":
        last -= 1
    if last - first >= _LONGEST_WHOLE and not {",", "WP", "WDT", ":"}.intersection(tags[first : last + 1]):
        first = last = head
        while (
            first and tags[first - 1] in _OF_PHRASE and tree.parse.heads[first - 1] in range(first, head + 1)
        ):
            first -= 1
    return first, last


def _head(tree: Tree, cue: int, steps: int) -> int | None:
    if steps > _STEPS:
        return None
    if tree.parse.tags[cue] in ("NN", "NNS"):
        return _of_noun(tree, cue, steps)
    head = _head_of_verb(tree, cue, steps)
    return None if head is not None and not _can_speak(tree, head) else head


def _can_speak(tree: Tree, head: int) -> bool:
    lemma = tree.parse.lemmas[head].lower()
    is_date = lemma in DAYS_AND_MONTHS and lemma not in ("may", "march", "august", "april", "june")
    return not (lemma in _SPEECHLESS or lemma in THINGS or is_date)


def _head_of_verb(tree: Tree, cue: int, steps: int) -> int | None:
    passive = tree.child(cue, "nsubjpass")
    agent = tree.child(cue, "agent")
    if agent is not None:
        return tree.child(agent, "pobj")
    if passive is not None:
        return passive if tree.parse.lemmas[cue] in _QUOTED_PASSIVES else None
    if _is_passive_participle(tree, cue):
        return None
    subject = tree.child(cue, "nsubj")
    if subject is not None and (not tree.in_quotes[subject] or tree.in_quotes[cue]):
        return _referent(tree, cue, subject)
    neighbour = _next_to(tree, cue)
    return neighbour if neighbour is not None else _subject_above(tree, cue, steps)


def _is_passive_participle(tree: Tree, cue: int) -> bool:
    """True for `Asked about the bridge, Jane Doe left`: she is not who asked."""
    parse = tree.parse
    return (
        parse.tags[cue] == "VBN"
        and parse.deps[cue] in ("advcl", "acl")
        and tree.child(cue, "aux", "nsubj") is None
        and not (cue and (tree.in_quotes[cue - 1] or parse.tags[cue - 1] in ("''", "``")))
    )


def _referent(tree: Tree, cue: int, subject: int) -> int | None:
    """Return the noun that a subject stands for."""
    parse = tree.parse
    if parse.tags[subject] in ("WP", "WDT") and parse.deps[cue] == "relcl":
        return parse.heads[cue]
    return None if parse.tags[subject] == "EX" else subject


def _subject_above(tree: Tree, cue: int, steps: int) -> int | None:
    """Return the subject that a verb without one has from the word that governs it."""
    parse = tree.parse
    dep, above = parse.deps[cue], parse.heads[cue]
    if above == cue:
        return None
    if dep == "acl":
        return _behind(tree, above, steps) if parse.tags[cue] == "VBG" else None
    if dep == "relcl":
        return above
    if dep not in _SHARED:
        return None
    if dep == "xcomp" and parse.tags[cue] != "VBG" and (addressee := tree.child(above, "dobj")) is not None:
        return addressee
    return _head(tree, above, steps + 1)


def _of_noun(tree: Tree, noun: int, steps: int) -> int | None:
    """Return whose hope or claim it is: its possessor's, or that of the verb's subject it is the object of."""
    parse = tree.parse
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    verb = parse.heads[noun]
    if parse.deps[noun] not in ("dobj", "pobj", "attr") or verb == noun:
        return None
    while not tree.is_verb(verb) and parse.heads[verb] != verb:
        verb = parse.heads[verb]
    return _head(tree, verb, steps + 1)


def _next_to(tree: Tree, verb: int) -> int | None:
    """Return the noun next to a verb of speech whose subject the parser missed: `,” said X` or `,” X said`."""
    parse, tags = tree.parse, tree.parse.tags
    if parse.lemmas[verb] not in SAYING or tags[verb] not in _SPOKE:
        return None
    before = verb - 1
    while before > 0 and tags[before] == "RB":
        before -= 1
    if before > 0 and tags[before] == ",":
        before = _before_apposition(tree, before)
    if before > 0 and tags[before] == "-RRB-" and "-LRB-" in tags[:before]:
        before -= tags[before::-1].index("-LRB-") + 1
    if before >= 0 and not tree.in_quotes[before] and tags[before] in _NOUNS:
        return before
    if verb > 0 and (tree.in_quotes[verb - 1] or tags[verb - 1] in ("''", ",")):
        for token in range(verb + 1, min(verb + _REACH, len(tags))):
            if tags[token] in _NOUNS and parse.heads[token] in (verb, token):
                return token
    return None


def _before_apposition(tree: Tree, comma: int) -> int:
    """Return the token before `, the harbour master,`, whose last comma is given."""
    for token in range(comma - 1, max(0, comma - _LONGEST_APPOSITION), -1):
        if tree.parse.tags[token] == ",":
            return token - 1
    return comma


def _behind(tree: Tree, noun: int, steps: int) -> int | None:
    """Return who made a statement in `X issued a statement saying`; the noun itself for any other."""
    parse = tree.parse
    if parse.lemmas[noun] not in STATEMENTS:
        return noun
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    author = None
    if parse.deps[noun] in ("dobj", "pobj"):
        author = _head(tree, parse.heads[noun], steps + 1)
    return noun if author is None else author
