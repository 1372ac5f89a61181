"""Labels without a frame: what stands between commas beside a name, and what a sentence that only says `is` says.

Both look at chunks alone (see masthead.reading.naming.frames.chunks), where no verb stands that does something.
"""

from __future__ import annotations

from collections.abc import Iterator

from masthead.reading.lexicon import (
    ALL_GROUP_NOUNS,
    COLLECTIVE_NOUNS,
    COPULAS,
    DAYS_AND_MONTHS,
    PERSON_NOUNS,
    RULE_NOUNS,
    TITLES,
    words,
)
from masthead.reading.naming.frames.chunks import Chunk, Chunks
from masthead.reading.parsing.phrases import Kind, Label, Sentence

_SOMEBODY = ALL_GROUP_NOUNS | PERSON_NOUNS | COLLECTIVE_NOUNS | TITLES
_ENDINGS = ("er", "or", "ist", "ian", "man", "woman")
_FINITE = ("VBD", "VBZ", "VBP", "MD", "VB")
_BREAKS = frozenset({",", ":", ".", "-LRB-", "-RRB-"})
_BEFORE_THINGS = ("IN", "TO", "VBG", "VBN", "POS", "CC")
_LONGEST = 9
_SAY_WHAT = COPULAS | words(
    "become amount turn grow sit stand rule govern reign come look seem sound count rank qualify pass belong deserve",
    "mean spell make go do have know say think doubt believe see ask hide forget agree dispute pretend need use live",
    "call name tell speak find try change",
)
"""Verbs beside which a sentence may do no more than say what somebody is: `of X all agree that it is a militia`."""
_AT = frozenset(
    {"in/IN ", "at/IN ", "on/IN ", "from/IN ", "near/IN ", "since/IN ", "outside/IN ", "across/IN "}
)
_PRONOUNS = frozenset({"it", "they", "he", "she"})
_LEADS = frozenset(
    [
        "be",
        "become",
        "remain",
        "stay",
        "sit",
        "stand",
        "rule",
        "govern",
        "reign",
        "but",
        "as",
        "into",
        "than",
        "amount",
        "spell",
    ]
)
_TIMES = words(
    "morning evening night afternoon moment hour minute spring summer autumn fall winter weekend date season note",
    "source report statement spokesman spokeswoman",
)
_STANDS_FOR = frozenset(
    [
        "member",
        "people",
        "name",
        "word",
        "fighter",
        "man",
        "rank",
        "palace",
        "capital",
        "case",
        "term",
        "leadership",
        "throne",
    ]
)
_NOT = frozenset(
    [
        "not",
        "n't",
        "never",
        "nobody",
        "hardly",
        "scarcely",
        "deny",
        "refuse",
        "without",
        "if",
        "whether",
        "wrong",
        "nor",
    ]
) | frozenset(
    [
        "neither",
        "anything",
        "no",
        "none",
        "would",
        "could",
        "may",
        "might",
        "should",
        "few",
        "reject",
        "cease",
        "stop",
    ]
)


def segment_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield the labels in `X, to this day and by every law a militia, fled` and in `a militia by any law, X, fled`."""
    at = chunks.of_token[head]
    row = chunks.chunks
    if row[at].head != head:
        return
    if at > 1 and row[at - 1].word == "of/IN " and sentence.parse.lemmas[row[at - 2].head] in PERSON_NOUNS:
        return  # `the brother of X, a warlord`
    segment = _segment(sentence, row, at + 1)
    if segment and not _is_list(sentence, row, segment):
        yield from _first_phrase(sentence, chunks, segment, "apposition")


def _segment(sentence: Sentence, row: list[Chunk], first: int) -> list[Chunk]:
    """Return the chunks between the comma or dash at `first` and the next, if no verb stands in them."""
    if first >= len(row) or not _is_break(sentence, row[first], closing=False):
        return []
    inside: list[Chunk] = []
    for chunk in row[first + 1 : first + 2 + _LONGEST]:
        if _is_break(sentence, chunk, closing=True):
            return inside
        tag = sentence.parse.tags[chunk.first] if chunk.head < 0 else ""
        if tag in ("WDT", "WP") or (tag == "IN" and chunk.word == "that/IN "):
            return inside  # `X, a militia that grew out of a club`
        if tag in (*_FINITE, "WRB", "PRP"):
            return []
        inside.append(chunk)
    return []


def _is_break(sentence: Sentence, chunk: Chunk, *, closing: bool) -> bool:
    tag = sentence.parse.tags[chunk.first]
    return (
        chunk.head < 0
        and tag in _BREAKS
        and (closing or tag in (",", ":", "-LRB-"))
        and chunk.word[:1] not in ";"
    )


def _is_list(sentence: Sentence, row: list[Chunk], segment: list[Chunk]) -> bool:
    """True where `and` follows, or stands in the segment before a phrase: `X, a bishop and a cook`."""
    after = row.index(segment[-1]) + 2
    if after <= len(row) and sentence.parse.tags[row[after - 1].first] in ("WDT", "WP"):
        return False
    if after < len(row) and sentence.parse.tags[row[after].first] == "CC":
        return True
    return sentence.parse.tags[segment[0].first] == "CC"


def _first_phrase(sentence: Sentence, chunks: Chunks, segment: list[Chunk], kind: Kind) -> Iterator[Label]:
    for place, chunk in enumerate(segment):
        if chunk.head < 0:
            continue
        if (
            place
            and sentence.parse.tags[segment[place - 1].first] in _BEFORE_THINGS
            and segment[place - 1].head < 0
        ):
            continue
        is_label = chunk.word.startswith(("a", "d", "o")) and _is_somebody(sentence, chunk)
        is_label = is_label or (
            place == 0 and chunk.word[0] in "ad" and sentence.parse.lemmas[chunk.head] not in _TIMES
        )
        if is_label and not _is_denied(sentence, segment[:place]):
            yield from chunks.labels(chunk, kind)
        return


def _is_somebody(sentence: Sentence, chunk: Chunk) -> bool:
    lemma = sentence.parse.lemmas[chunk.head]
    return lemma in _SOMEBODY or chunk.head in sentence.generics or lemma.endswith(_ENDINGS)


def _is_denied(sentence: Sentence, row: list[Chunk]) -> bool:
    return any(sentence.parse.lemmas[t] in _NOT for c in row for t in range(c.first, c.last + 1))


def _may_be_meant(sentence: Sentence, row: list[Chunk], place: int) -> bool:
    """True for a name that is none of the study's, and is no day and no place after `in`."""
    chunk = row[place]
    if not chunk.word.startswith("N:") or chunk.head in sentence.names:
        return False
    if sentence.parse.lemmas[chunk.head].lower() in DAYS_AND_MONTHS:
        return False
    return not (place and row[place - 1].word in _AT)


def pronoun_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield `militia` for `Whatever X may say, it is a militia`: the only one named is who is meant."""
    parse, row = sentence.parse, chunks.chunks
    if len(sentence.names) > 1 or sentence.words.isdisjoint(_PRONOUNS):
        return
    if any(_may_be_meant(sentence, row, place) for place in range(len(row))):
        return
    for place in range(chunks.of_token[head] + 2, len(row) - 2):
        word = row[place].word
        if not (word.endswith("/PRP ") and parse.lemmas[row[place].first] in _PRONOUNS):
            continue
        if (parse.lemmas[row[place].first] in ("he", "she")) != (head in sentence.persons):
            continue
        verb = place + 1
        while verb < len(row) - 1 and row[verb].word.endswith("/RB "):
            verb += 1
        predicate = row[verb + 1] if verb + 1 < len(row) else row[verb]
        if parse.lemmas[row[verb].first] not in ("be", "become", "remain") or predicate.head < 0:
            continue
        if predicate.word.startswith(("a", "o2")) and not _is_denied(
            sentence, row[max(place - 4, 0) : verb + 1]
        ):
            yield from chunks.labels(predicate, "predicate")


def said_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield what a sentence with one name says that it is, where it does nothing but say so, in whatever order."""
    parse = sentence.parse
    row = chunks.chunks
    if len(sentence.names) > 1 or not _NOT.isdisjoint(parse.lemmas):
        return
    if any(_may_be_meant(sentence, row, place) for place in range(len(row))):
        return  # of somebody else, perhaps
    at = chunks.of_token[head]
    if at + 1 < len(row) and parse.tags[row[at + 1].first] == "POS":
        return
    above = row[at - 2].head if at > 1 and row[at - 1].word == "of/IN " else -1
    if above >= 0 and parse.lemmas[above] not in _STANDS_FOR:
        return  # `the enemy of X is a tyrant`
    verbs = [t for t, tag in enumerate(parse.tags) if tag[:2] == "VB" and chunks.row_head(t) < 0]
    if not verbs or any(parse.lemmas[t] not in _SAY_WHAT for t in verbs):
        return
    rules = any(parse.lemmas[t] in ("have", "rule", "govern", "sit", "reign", "stand") for t in verbs)
    for place, chunk in enumerate(row):
        if chunk.head < 0 or chunk.head == head or not chunk.word.startswith(("a", "o2", "o1")):
            continue
        before = row[place - 1] if place else None
        after = row[place + 1] if place + 1 < len(row) else None
        is_subject = (
            after is not None and after.head < 0 and parse.tags[after.first] in ("VBD", "VBZ", "VBP", "MD")
        )
        if is_subject and after is not None and parse.lemmas[after.first] not in _LEADS:
            continue
        lead = parse.lemmas[before.last] if before is not None and before.head < 0 else ""
        leads = lead in _LEADS or lead in ("—", "–", ":", "-")
        if place == 0:
            leads = after is not None and after.word[-4:-1] != "/IN"
        is_ruler = rules and parse.lemmas[chunk.head] in RULE_NOUNS
        if (leads and _is_somebody(sentence, chunk)) or (
            is_ruler and (before is None or before.word[-4:-1] != "/IN")
        ):
            yield from chunks.labels(chunk, "predicate")
            return
