"""Labels in the frames in which newspapers set a name: `the only mediator left is X`, `at the head of X sits a junta`.

The frames stand in `frames.txt`: patterns over the chunks before a name and behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from masthead.reading.lexicon import (
    ALL_GROUP_NOUNS,
    ARMED_BODIES,
    BODY_NOUNS,
    COLLECTIVE_NOUNS,
    MEMBER_NOUNS,
    PERSON_NOUNS,
    PLACE_NOUNS,
    RULE_NOUNS,
    TITLES,
)
from masthead.reading.naming.frames.chunks import Chunk, Chunks
from masthead.reading.naming.frames.table import Frame, load_frames
from masthead.reading.naming.ties import is_person
from masthead.reading.parsing.phrases import NOUNS, Label, Sentence

_SOMEBODY = ALL_GROUP_NOUNS | PERSON_NOUNS | COLLECTIVE_NOUNS | TITLES
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman")
_FARTHEST = 14
"""How many chunks before a name its frame may begin, where it does not begin the sentence."""
_ASIDE = re.compile(
    r"-LRB-/\S+ (?:[^ ]+ ){1,6}-RRB-/\S+ |,/, (?:which|who|that)/W\S+ "
    r"|,/, (?:(?!,/)[^ ]+ ){1,6},/, (?=[^ /]+/(?:VB|RB))"
)
"""What may stand between a name and its verb: `(XF)`, `, which`, `, as ever,`."""
_DEEDS = frozenset(
    [
        "accord",
        "agreement",
        "treaty",
        "pact",
        "deal",
        "levy",
        "tax",
        "act",
        "law",
        "charge",
        "protocol",
        "plan",
        "bill",
        "duty",
    ]
) | frozenset(
    [
        "surrender",
        "contribution",
        "breakthrough",
        "measure",
        "reform",
        "scheme",
        "fee",
        "programme",
        "program",
    ]
)
"""Nouns that may say once more what a name ends with: `the Corvan Accord agreement`."""
_SORTS = frozenset(
    {
        "movement",
        "group",
        "organization",
        "organisation",
        "network",
        "militia",
        "outfit",
        "gang",
        "family",
        "clan",
        "band",
    }
)
_OTHERS = frozenset({"other", "any", "every", "all", "many", "most"})
_DENIED = re.compile(
    r"(?<![^ ])(?:(?:not|n't|never|nobody|hardly|scarcely|deny|refuse|decline|stop|avoid|cease|fail|without|if|whether"
    r"|wrong|unfair|nor|neither|rather|longer|no|none|few)/(?!RB (?:only|just|merely)/|(?:RB|DT) less/)"
    r"|x[12]:|[^ ]+:(?:nobody|none|mistake|lie|error|nonsense|few) |[^ ]+/MD (?!be/VB what/))"
)


def frame_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield the labels of the name at token `head` by the frame that it stands in."""
    if chunks.chunks[chunks.of_token[head]].head != head or sentence.parse.text.rstrip("\"”’' ").endswith(
        "?"
    ):
        return
    before, after = chunks.around(head)
    frames = load_frames()
    at = chunks.of_token[head]
    if (head + 1 < len(sentence.parse.tags) and sentence.parse.tags[head + 1] in NOUNS) or sentence.compound(
        head
    ) != (head, head):
        before = ""  # `the senior X adviser`, `pro-X fighters`
    tail = "".join(chunks.words[max(at - _FARTHEST, 0) : at]) if before else ""
    before_frames = [
        *(frames.opening if frames.any_opening.match(before) else ()),
        *(frames.ahead if frames.any_ahead.search(tail) else ()),
    ]
    yield from _in_frames(sentence, head, chunks, before_frames, before, after)
    if frames.any_behind.match(after):
        yield from _in_frames(sentence, head, chunks, frames.behind, before, after)
    aside = _ASIDE.match(after)
    if aside is not None and frames.any_behind.match(after[aside.end() :]):
        yield from _in_frames(sentence, head, chunks, frames.behind, before, after[aside.end() :])


def _in_frames(
    sentence: Sentence, head: int, chunks: Chunks, frames: Iterable[Frame], before: str, after: str
) -> Iterator[Label]:
    n_chunks = len(chunks.chunks)
    for frame in frames:
        first = frame.before.search(before) if frame.before else None
        last = frame.after.match(after) if frame.after else None
        if (frame.before and first is None) or (frame.after and last is None):
            continue
        if first is not None and "np" in first.re.groupindex:
            chunk = chunks.chunks[before.count(" ", 0, first.start("np"))]
            between = before[first.start() :]
        elif last is not None:
            chunk = chunks.chunks[n_chunks - after.count(" ", last.start("np"))]
            between = before + last.group()
        else:
            continue
        if _DENIED.search(between) or not _may_label(sentence, chunk, head, frame.nouns):
            continue
        for label in chunks.labels(chunk, frame.kind):
            yield (
                label._replace(kind="modifier")
                if frame.kind == "head" and label.last != chunk.head
                else label
            )


def opening_labels(sentence: Sentence, head: int, chunks: Chunks) -> Iterator[Label]:
    """Yield `terrorist group` for `Terrorist group X shells Y`, and `militia` for `the Shiite militia X`.

    Whatever the parse of a headline, or of a text without commas, makes of it. For bodies alone, but where the phrase
    opens the sentence: `the company that X keeps` may have lost its `that`.
    """
    chunk = chunks.chunks[chunks.of_token[head]]
    tags, lemmas = sentence.parse.tags, sentence.parse.lemmas
    noun = head - 1
    if chunk.head != head or noun <= chunk.first or tags[noun] != "NN":
        return
    if sentence.compound(head) != (head, head) or sentence.compound(noun) != (noun, noun):
        return
    is_body = (
        lemmas[noun] in BODY_NOUNS
        or lemmas[noun] in COLLECTIVE_NOUNS | PLACE_NOUNS
        or noun in sentence.generics
    )
    if not (is_body and not is_person(sentence, head)) and not (
        chunk.first == 0 and lemmas[noun] in _SOMEBODY
    ):
        return
    begin = max(
        (t + 1 for t in range(chunk.first, noun) if tags[t] in ("NNS", "NNP", "NNPS")), default=chunk.first
    )
    yield from chunks.labels(chunk._replace(first=begin), "modifier")


def _may_label(sentence: Sentence, chunk: Chunk, head: int, nouns: str) -> bool:
    lemma = sentence.parse.lemmas[chunk.head]
    if nouns == "deed":
        name = sentence.original_word(head).split()
        return len(name) > 1 and name[-1].lower() in _DEEDS and lemma in _DEEDS and chunk.first == head + 1
    if nouns == "person" and not is_person(sentence, head):
        return False
    if nouns == "sort":
        return lemma in _SORTS and not is_person(sentence, head)
    if nouns == "byname":
        return sentence.parse.lemmas[head - 1] == "name" and chunk.last < head - 2
    if nouns == "such" and sentence.parse.lemmas[chunk.first] != "such":
        return False
    if (
        nouns == "member"
        and chunk.first > head
        and (
            sentence.compound(head) != (head, head)
            or any(
                sentence.parse.tags[t] in _FINITE or (t < chunk.head and sentence.parse.tags[t] == "NNS")
                for t in range(chunk.first, chunk.head)
            )
        )
    ):
        return False  # `pro-X fighters`, `X army chief inspects troops`
    if nouns == "member" and chunk.first > head and sentence.parse.tags[chunk.first] == "VBN":
        return sentence.parse.lemmas[chunk.first] == "arm"  # not `X arrested smugglers`
    if nouns == "member":
        member = lemma in MEMBER_NOUNS or lemma in ARMED_BODIES or chunk.head in sentence.generics
        return member and not is_person(sentence, head)
    if nouns == "rule":
        return lemma in RULE_NOUNS
    if nouns == "other" and sentence.parse.lemmas[chunk.first] not in _OTHERS:
        return False
    if nouns == "shared":
        if (lemma not in _SOMEBODY and chunk.head not in sentence.generics) or lemma in COLLECTIVE_NOUNS:
            return False
        first = chunk.last + 2
        return sentence.parse.tags[first] in ("JJ", "RB", "VBN") and chunk.last + 1 < first < head
    if nouns == "any":
        return True
    return lemma in _SOMEBODY or chunk.head in sentence.generics or lemma.endswith(_PERSON_ENDINGS)
