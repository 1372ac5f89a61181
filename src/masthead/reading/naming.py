"""The naming reader: each mention of a subject in an article, and the words that label it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from masthead.reading.labels import family_labels, labels_of
from masthead.reading.masking import Masked, Name
from masthead.reading.parses import Parse, sentence_key
from masthead.reading.phrases import Label, Sentence
from masthead.reading.refers import head_of, refers
from masthead.reading.resolve import Mention
from masthead.reading.sentences import holding, paragraphs, sentences, trimmed

NAMING_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("subject", pa.string(), nullable=False),
        pa.field("alias", pa.string(), nullable=False),
        pa.field("generic", pa.bool_(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("sentence_start", pa.int32(), nullable=False),
        pa.field("sentence_end", pa.int32(), nullable=False),
        pa.field("quoted", pa.bool_(), nullable=False),
        pa.field("refers", pa.bool_(), nullable=False),
        pa.field("label", pa.string()),
        pa.field("label_kind", pa.string()),
        pa.field("label_start", pa.int32()),
        pa.field("label_end", pa.int32()),
    ]
)


@dataclass(slots=True)
class Found:
    """A sentence of an article that holds mentions."""

    article_id: str
    content: str
    masked: Masked
    key: int
    start: int
    end: int
    mentions: list[Mention]
    names: list[Mention]


def find_sentences(article_id: str, title: str, text: str, mentions: Sequence[Mention]) -> list[Found]:
    """Return the sentences that hold mentions, masked. Only the paragraphs that hold one are split."""
    found: list[Found] = []
    for in_title, content in ((True, title), (False, text)):
        here = [m for m in mentions if m.in_title == in_title]
        if not here:
            continue
        offsets = [m.start for m in here]
        at = 0
        for start, end in holding(paragraphs(content), offsets):
            for first, last in sentences(content, start, end):
                inside: list[Mention] = []
                while at < len(here) and here[at].start < last:
                    if here[at].start >= first:
                        inside.append(here[at])
                    at += 1
                if inside:
                    last = max(last, *(m.end for m in inside))
                    found.append(_masked(article_id, content, *trimmed(content, first, last), inside))
    return found


def _masked(article_id: str, content: str, start: int, end: int, mentions: list[Mention]) -> Found:
    bearers: dict[tuple[int, int], list[int]] = {}
    names: list[Mention] = []
    for mention in mentions:
        if not mention.generic:
            bearers.setdefault((mention.start, mention.end), []).append(mention.subject)
            if len(bearers[mention.start, mention.end]) == 1:
                names.append(mention)
    masked = Masked(
        content, start, end, [Name(m.start, m.end, tuple(bearers[m.start, m.end])) for m in names]
    )
    return Found(article_id, content, masked, sentence_key(masked.text), start, end, mentions, names)


_Row = tuple[object, ...]


def name_sentence(found: Found, parse: Parse | None, subjects: Sequence[str]) -> Iterator[_Row]:
    """Yield the rows (NAMING_SCHEMA) of one sentence. Without a parse its mentions carry no labels."""
    tokens = _tokens(found, parse) if parse is not None else {}
    sentence = None
    if parse is not None:
        named: dict[int, frozenset[int]] = {}
        for mention in found.mentions:
            if not mention.generic:
                token = tokens[mention][0]
                named[token] = named.get(token, frozenset()) | {mention.subject}
        sentence = Sentence(parse, named, _unmask(found))
    for mention in found.mentions:
        refers_, labels = True, []
        if sentence is not None:
            refers_, labels = _read(sentence, mention, tokens[mention])
        head = (
            found.article_id,
            subjects[mention.subject],
            mention.alias,
            mention.generic,
            "title" if mention.in_title else "text",
            mention.start,
            mention.end,
            found.start,
            found.end,
            mention.quoted,
            refers_,
        )
        for label in labels:
            first, last = sentence.parse.starts[label.first], sentence.parse.ends[label.last]
            yield (*head, label.text, label.kind, *found.masked.to_field(first, last))
        if not labels:
            yield (*head, None, None, None, None)


def _read(sentence: Sentence, mention: Mention, own: range) -> tuple[bool, list[Label]]:
    if not mention.generic:
        return True, labels_of(sentence, own[-1], own)
    if not refers(sentence, own, frozenset({mention.subject})):
        return False, []
    head = head_of(sentence, own)
    labels = {label.first: label for label in family_labels(sentence, own)}
    for label in labels_of(sentence, head, own):
        labels.setdefault(label.first, label)
    return True, [labels[first] for first in sorted(labels)]


def _tokens(found: Found, parse: Parse) -> dict[Mention, range]:
    """Return the tokens that each mention covers."""
    places = dict(zip(((m.start, m.end) for m in found.names), found.masked.names, strict=True))
    tokens: dict[Mention, range] = {}
    for mention in found.mentions:
        span = places.get((mention.start, mention.end))
        if span is None or mention.generic:
            span = found.masked.to_masked(mention.start, mention.end)
        first = max(bisect_right(parse.starts, span[0]) - 1, 0)
        last = max(bisect_right(parse.starts, max(span[0], span[1] - 1)) - 1, first)
        tokens[mention] = range(first, last + 1)
    return tokens


def _unmask(found: Found) -> Callable[[int, int], str]:
    def unmask(start: int, end: int) -> str:
        first, last = found.masked.to_field(start, end)
        return found.content[first:last]

    return unmask


def naming_table(rows: Sequence[_Row]) -> pa.Table:
    """Return rows as a table of NAMING_SCHEMA."""
    columns = list(zip(*rows, strict=True)) or [()] * len(NAMING_SCHEMA)
    return pa.table(
        [pa.array(column, f.type) for column, f in zip(columns, NAMING_SCHEMA, strict=True)],
        schema=NAMING_SCHEMA,
    )
