"""The naming reader: each mention of a subject in an article, and the words that label it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa

from masthead.reading.mentions.masking import Masked, Name
from masthead.reading.mentions.mentions import RawMatch
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import Mention, resolve
from masthead.reading.naming.denials import is_correction
from masthead.reading.naming.distance import is_of_others
from masthead.reading.naming.frames.chunks import Chunks
from masthead.reading.naming.generic.refers import head_of, refers
from masthead.reading.naming.labels import family_labels, labels_of, name_labels
from masthead.reading.naming.reported import is_reported
from masthead.reading.naming.ties import find_ties
from masthead.reading.parsing.parses import Parse
from masthead.reading.parsing.phrases import Label, Sentence
from masthead.reading.parsing.sentences import cut, holding, paragraphs, sentences, trim
from masthead.reading.parsing.shards import sentence_key
from masthead.reading.parsing.truecase import in_small_letters, truecase
from masthead.reading.quotes import Quotations

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
        pa.field("reported", pa.bool_(), nullable=False),
        pa.field("refers", pa.bool_(), nullable=False),
        pa.field("label", pa.string()),
        pa.field("label_kind", pa.string()),
        pa.field("label_start", pa.int32()),
        pa.field("label_end", pa.int32()),
        pa.field("label_quoted", pa.bool_()),
    ]
)
"""One row per mention and label, or one row with null labels for a mention that nothing labels.

`start`, `end`, `label_start`, `label_end`, `sentence_start`, `sentence_end` are code points [start, end) of
`field` (title or text). `quoted`: the mention stands inside quotation marks; `label_quoted`: its label does, or is
not the outlet's own word in another way (see masthead.reading.naming.distance).
`reported`: the sentence gives the mention's clause to a speaker (see masthead.reading.naming.reported; False where
the sentence is not parsed). `refers` is False for a generic alias that labels an act or somebody else, which is
no mention of the subject. `label` is a lemma in lower case; `label_kind` is modifier, head, apposition,
predicate, title, naming-verb or family (a generic alias's own word).
"""


_OPENING_WORD = re.compile(r"\W{0,2}([^\W\d_]{2,24})(?= )")


_STEM = 4
_OFTEN = 3
"""How often an article that is about a place has its name, or its people's, at least."""


@dataclass(slots=True)
class MentionSentence:
    """A sentence of an article that holds mentions: code points [start, end) of the field `content`."""

    article_id: str
    content: str
    mask: Masked
    key: int
    start: int
    end: int
    mentions: list[Mention]
    was_cut: bool

    def original(self, start: int, end: int) -> str:
        """Return the characters of the article that masked[start:end] stands for."""
        first, last = self.mask.to_field(start, end)
        return self.content[first:last]


def find_sentences(
    article_id: str, title: str, text: str, mentions: Sequence[Mention]
) -> list[MentionSentence]:
    """Return the sentences that hold mentions, masked. Only the paragraphs that hold one are split.

    A sentence that is too long is cut, and only its pieces with mentions are kept.
    """
    with_mentions: list[MentionSentence] = []
    for in_title, content in ((True, title), (False, text)):
        here = [m for m in mentions if m.in_title == in_title]
        if not here:
            continue
        parser_text = truecase(title, text) if in_title else content
        # A generic alias is a common noun, however it is written.
        small = {(m.start, m.end) for m in here if m.generic}
        names = [(m.start, m.end) for m in here if not m.generic]
        pieces = []
        for paragraph in holding(paragraphs(content), [m.start for m in here]):
            for first, last in sentences(content, *paragraph):
                cuts = cut(content, first, last, names)
                pieces += [(*piece, len(cuts) > 1) for piece in cuts]
        small.update(_opening_nouns(content, [first for first, _, _ in pieces], here))
        parser_text = in_small_letters(parser_text, sorted(small))
        at = 0
        for first, last, was_cut in pieces:
            inside: list[Mention] = []
            while at < len(here) and here[at].start < last:
                inside.append(here[at])
                at += 1
            if inside:
                # An alias may hold a full stop, and so reach over the end of what looks like a sentence.
                start, end = trim(content, first, max(last, *(m.end for m in inside)))
                mask = _mask(parser_text, start, end, inside)
                with_mentions.append(
                    MentionSentence(
                        article_id, content, mask, sentence_key(mask.text), start, end, inside, was_cut
                    )
                )
    return with_mentions


def _opening_nouns(
    text: str, starts: Iterable[int], mentions: Sequence[Mention]
) -> Iterator[tuple[int, int]]:
    """Yield the words that open a sentence right before a name and stand in the text in small letters too.

    `Despot X spoke` may be a despot or somebody called Despot; the rest of the article tells.
    """
    names = {m.start for m in mentions if not m.generic}
    for start in starts:
        word = _OPENING_WORD.match(text, start)
        if word and word.end() + 1 in names and re.search(rf"\b{word[1].lower()}\b", text):
            yield word.span(1)


def _mask(parser_text: str, start: int, end: int, mentions: Sequence[Mention]) -> Masked:
    bearers: dict[tuple[int, int], tuple[int, ...]] = {}
    for m in mentions:
        if not m.generic:
            bearers[m.start, m.end] = (*bearers.get((m.start, m.end), ()), m.subject)
    return Masked(parser_text, start, end, [Name(*span, whose) for span, whose in sorted(bearers.items())])


Row = tuple[object, ...]


def name_sentence(
    sentence: MentionSentence, parse: Parse | None, study: StudyPatterns, quotes: Quotations
) -> Iterator[Row]:
    """Yield the rows (NAMING_SCHEMA) of one sentence; `quotes` are the quotations of its field.

    Without a parse nothing is labelled, and a generic alias counts by the word alone.
    """
    namings = _namings(sentence, parse, study) if parse is not None else _without_parse(sentence)
    for mention, is_speakers, refers_, labels in namings:
        head = (
            sentence.article_id,
            study.subjects[mention.subject],
            mention.alias,
            mention.generic,
            "title" if mention.in_title else "text",
            mention.start,
            mention.end,
            sentence.start,
            sentence.end,
            mention.in_quotes,
            is_speakers,
            refers_,
        )
        for text, kind, start, end, is_others in labels:
            yield (*head, text, kind, start, end, is_others or quotes.hold(start))
        if not labels:
            yield (*head, None, None, None, None, None)


_Placed = tuple[str, str, int, int, bool]
_Naming = tuple[Mention, bool, bool, list[_Placed]]


def _without_parse(sentence: MentionSentence) -> Iterator[_Naming]:
    for mention in sentence.mentions:
        yield mention, False, True, []


def _namings(place: MentionSentence, parse: Parse, study: StudyPatterns) -> Iterator[_Naming]:
    """Yield each mention of a sentence, whether it is a speaker's, whether it refers, and its labels.

    Labels are placed in the field's code points.
    """
    tokens = [covered_tokens(place.mask, parse, mention) for mention in place.mentions]
    names: dict[int, frozenset[int]] = {}
    generics: dict[int, frozenset[int]] = {}
    for mention, own in zip(place.mentions, tokens, strict=True):
        whose = generics if mention.generic else names
        for token in own:
            whose[token] = whose.get(token, frozenset()) | {mention.subject}
    sentence = Sentence(parse, names, generics, place.original)
    sentence.persons = frozenset(t for t in names if any(study.is_person[s] for s in names[t]))
    sentence.ties = find_ties(sentence)
    in_correction = is_correction(place.content[place.start : place.end])
    chunks = Chunks(sentence) if names else None
    of_names = {
        own: _labels(sentence, own, False, chunks)
        for mention, own in zip(place.mentions, tokens, strict=True)
        if not mention.generic
    }
    label_tokens = {label.first for labels in of_names.values() for label in labels}
    for mention, own in zip(place.mentions, tokens, strict=True):
        subject = mention.subject
        is_of_ours = partial(_is_of_ours, subject=subject, study=study, content=place.content)
        if mention.generic:
            is_free = label_tokens.isdisjoint(own) or _has_examples(parse, own)
            refers_ = is_free and refers(sentence, own, subject, is_of_ours)
        else:
            refers_ = True
        labels = []
        # Whether a dateline counts at all is for what looks for standing text, and for the study, to say.
        if refers_ and not in_correction and not _is_dateline(place, mention):
            labels = of_names[own] if not mention.generic else _labels(sentence, own, True)
        in_report = is_reported(parse, own[-1])
        label_places = [
            (
                label.text,
                str(label.kind),
                *place.mask.to_field(parse.starts[label.first], parse.ends[label.last]),
                is_of_others(sentence, label, labels, in_report),
            )
            for label in labels
        ]
        if not mention.generic and not in_correction:
            name = place.content[mention.start : mention.end]
            label_places += [
                (*label, False) for label in name_labels(name, mention.start, study.is_event[subject])
            ]
        yield mention, in_report, refers_, label_places


_DATELINE = re.compile(r"[A-Z][A-Z .]{3,30}(?:, [A-Z][\w .]{2,20})?(?: \([A-Z][\w ./-]{1,20}\)| ?[—–]| --? )")


def _is_dateline(place: MentionSentence, mention: Mention) -> bool:
    """True for `MOSCOW (Sputnik)` at the start of a text: where it was written, not who it is about."""
    return (
        not mention.in_title
        and mention.start == place.start
        and bool(_DATELINE.match(place.content, mention.start))
    )


def _has_examples(parse: Parse, own: range) -> bool:
    """True for `rebels, including X`, which are more than X."""
    return "include" in parse.lemmas[own[-1] + 1 : own[-1] + 3]


def _is_of_ours(word: str, *, subject: int, study: StudyPatterns, content: str) -> bool:
    """Whether a subject may be of the people or place of this name: by the study, or where the article is about it."""
    by_study = study.is_of(word, subject)
    return content.count(word[:_STEM]) >= _OFTEN if by_study is None else by_study


def _labels(sentence: Sentence, own: range, generic: bool, chunks: Chunks | None = None) -> list[Label]:
    if not generic:
        return labels_of(sentence, own[-1], own, chunks)
    labels = {label.first: label for label in family_labels(sentence, own)}
    for label in labels_of(sentence, head_of(sentence, own), own):
        labels.setdefault(label.first, label)
    return [labels[first] for first in sorted(labels)]


def covered_tokens(mask: Masked, parse: Parse, mention: Mention) -> range:
    """Return the tokens that a mention covers."""
    start, end = mask.to_masked(mention.start, mention.end)
    first = max(bisect_right(parse.starts, start) - 1, 0)
    last = max(bisect_right(parse.starts, max(start, end - 1)) - 1, first)
    return range(first, last + 1)


def naming_table(rows: Sequence[Row]) -> pa.Table:
    """Return rows as a table of NAMING_SCHEMA."""
    columns = list(zip(*rows, strict=True)) or [()] * len(NAMING_SCHEMA)
    return pa.table(
        [pa.array(column, f.type) for column, f in zip(columns, NAMING_SCHEMA, strict=True)],
        schema=NAMING_SCHEMA,
    )


def name_articles(
    articles: pa.Table,
    matches: Iterable[Sequence[RawMatch]],
    study: StudyPatterns,
    parse: Callable[[dict[int, str]], dict[int, Parse]],
) -> tuple[pa.Table, dict[str, int]]:
    """Return the namings (NAMING_SCHEMA) in a table of articles, and counts of what was read.

    `articles` has article_id, title, text and language; `matches` are the raw matches of each article that has
    any; `parse` gives the parses of masked sentences by their key. Articles in another language than English
    are searched for aliases but not parsed (counts: language_refused).
    """
    ids, titles, texts, languages = (
        articles[name].to_pylist() for name in ("article_id", "title", "text", "language")
    )
    with_mentions: list[MentionSentence] = []
    other_language: set[str] = set()
    for of_one in matches:
        row = of_one[0].row
        with_mentions += find_sentences(ids[row], titles[row], texts[row], resolve(of_one, study))
        if is_refused(languages[row]):
            other_language.add(ids[row])
    parses = parse({f.key: f.mask.text for f in with_mentions if f.article_id not in other_language})
    rows: list[Row] = []
    content, quotes = "", Quotations("")
    for f in with_mentions:
        if f.content is not content:
            content, quotes = f.content, Quotations(f.content)
        rows += name_sentence(f, None if f.article_id in other_language else parses[f.key], study, quotes)
    counts = {
        "articles": articles.num_rows,
        "language_refused": len(other_language),
        "sentences": len(with_mentions),
        "sentences_cut": sum(f.was_cut for f in with_mentions),
        "mentions": len({row[:2] + row[4:6] for row in rows if row[11]}),
        "namings": len({row[:2] + row[4:6] for row in rows if row[12] is not None}),
    }
    return naming_table(rows), counts


def is_refused(language: str | None) -> bool:
    """True for an article that is known to be in another language than English (codes as in ISO 639)."""
    return language is not None and language.lower().split("-")[0] not in ("", "en", "eng", "und")
