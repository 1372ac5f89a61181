"""The attribution reader: who is quoted or cited in an article, in what words and by which verb; kept part by part."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from masthead import stages
from masthead.archive import Archive, Part
from masthead.archive.keeping.links import write_counted
from masthead.reading.attribution.marks import attributions, kind_of
from masthead.reading.attribution.passages import Passage
from masthead.reading.attribution.people import People
from masthead.reading.by_part import Progress, Stores, keep_by_part
from masthead.reading.mentions.masking import Masked
from masthead.reading.mentions.mentions import RawMatch
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import Mention, resolve
from masthead.reading.naming.namings import find_sentences, is_refused
from masthead.reading.parsing.parses import Parse
from masthead.reading.parsing.sentences import Span
from masthead.reading.parsing.truecase import truecase
from masthead.reading.reader import config_hash
from masthead.study import Study

VERSION = "4"
"""Of the attribution reader: raise it when the same article may give other attributions."""

QUOTES_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("quote", pa.int32(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("words", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("stance", pa.string(), nullable=False),
        pa.field("cue", pa.string()),
        pa.field("cue_start", pa.int32()),
        pa.field("cue_end", pa.int32()),
        pa.field("speaker_text", pa.string()),
        pa.field("speaker_start", pa.int32()),
        pa.field("speaker_end", pa.int32()),
        pa.field("speaker", pa.string()),
        pa.field("subject", pa.string()),
        pa.field("parsed", pa.bool_(), nullable=False),
        pa.field("unclosed", pa.bool_(), nullable=False),
    ]
)
"""One row per piece of words given to somebody; pieces of one attribution share the article and `quote`.

`start`, `end`, `cue_start`, `cue_end`, `speaker_start`, `speaker_end` are code points [start, end) of `field`
(title or text); words given include their quotation marks. `kind` is direct (all its words stand in quotation
marks), mixed (some do) or indirect (none does). `stance` is one of `cues.STANCES`. `speaker_text` names the
speaker where the text does, null where it does not; `speaker` is the name in full, also for a pronoun or `the
spokesman`, and null for one who has none (`officials`); `subject` is the study's subject that it is. `parsed` is
False where only quotation marks and their place say whose the words are. `unclosed` is True where a
quotation mark opens in this piece and is never closed: the quotation is taken to end with its sentence.
"""

_ARTICLES_AT_ONCE = 400
"""So many are parsed before their attributions are made: what bounds the memory that a part takes."""


@dataclass(frozen=True)
class QuotesReading:
    """What the attribution reader found in an archive for a study.

    `paths` are Parquet files of QUOTES_SCHEMA, one per article part. `counts` are of what they hold (articles,
    quotes, language_refused, sentences, sentences_parsed, of all those with a mark or a cue) and of what this
    call did (sentences_newly_parsed, articles_scanned). `hash` is over all that an attribution depends on.
    """

    paths: list[Path]
    version: str
    hash: str
    counts: dict[str, int]


def read_quotes(
    archive: Archive,
    study: Study,
    *,
    processes: int | None = None,
    progress: Progress | None = None,
) -> QuotesReading:
    """Read who is quoted or cited in an archive, taking all that was read before from the archive's folder.

    Only sentences with a quotation mark or the form of a cue are parsed, each distinct one once, and through the
    store that the naming reader uses: with the names of the study's subjects masked. Articles in another
    language than English are not read. `processes` is how many parse at once (None: as many as help);
    `progress` is told the stage, and what is done of how much. Raises ReadingError where the language model is
    missing, ArchiveError where another program is writing to the archive.
    """
    config = hashlib.sha256(f"{VERSION} {config_hash(study)}".encode()).hexdigest()[:16]
    folder = archive.path / "readings" / "quotes" / VERSION
    reading = keep_by_part(archive, study, config, folder, _read_part, processes=processes, progress=progress)
    work_counts = {
        "articles_scanned": reading.articles_scanned,
        "sentences_newly_parsed": reading.sentences_parsed,
    }
    return QuotesReading(reading.paths, VERSION, reading.hash, reading.counts | work_counts)


def _read_part(stores: Stores, part: Part, path: Path) -> None:
    articles = part.read(["article_id", "title", "text", "language"])
    matches = {of_one[0].row: of_one for of_one in stores.mentions.matches(part.hash, articles)}
    counts = {"articles": articles.num_rows, "quotes": 0, "language_refused": 0}
    counts |= {"sentences": 0, "sentences_parsed": 0}
    tables = [QUOTES_SCHEMA.empty_table()]
    for start in range(0, articles.num_rows, _ARTICLES_AT_ONCE):
        if stores.progress:
            stores.progress(stages.QUOTES, start, articles.num_rows)
        lot = articles.slice(start, _ARTICLES_AT_ONCE).to_pylist()
        lot_matches = [matches.get(start + at, []) for at in range(len(lot))]
        quotes = quotes_of(lot, lot_matches, stores.patterns, stores.parses.get)
        tables.append(quotes.table)
        for name, count in quotes.counts.items():
            counts[name] += count
    if stores.progress:
        stores.progress(stages.QUOTES, articles.num_rows, articles.num_rows)
    write_counted(pa.concat_tables(tables), counts, path)


@dataclass(frozen=True)
class Quotes:
    """The attributions (QUOTES_SCHEMA) in some articles, and counts of what was read for them."""

    table: pa.Table
    counts: dict[str, int]


@dataclass(slots=True)
class _Field:
    """A title or text to read, with the mentions in it."""

    article_id: str
    name: str
    passage: Passage
    mentions: list[Mention]


def quotes_of(
    articles: Sequence[Mapping[str, str | None]],
    matches: Sequence[Sequence[RawMatch]],
    study: StudyPatterns,
    parse: Callable[[dict[int, str]], dict[int, Parse]],
) -> Quotes:
    """Return the attributions in articles, each a mapping with article_id, title, text and language.

    `matches` are the raw matches of each article; `parse` gives the parses of masked sentences by their key.
    """
    fields: list[_Field] = []
    other_language = 0
    for article, of_one in zip(articles, matches, strict=True):
        if is_refused(article["language"]):
            other_language += 1
        else:
            fields += _fields(article, resolve(of_one, study) if of_one else [])
    texts_by_key = {
        unit.key: unit.mask.text for one in fields for unit in one.passage.units if unit.mask is not None
    }
    parses = parse(texts_by_key) if texts_by_key else {}
    rows: list[_Row] = []
    for one in fields:
        before = int(str(rows[-1][1])) + 1 if rows and rows[-1][0] == one.article_id else 0
        rows += _rows(one, before, parses, study)
    columns = list(zip(*rows, strict=True)) or [()] * len(QUOTES_SCHEMA)
    table = pa.table(
        [pa.array(column, f.type) for column, f in zip(columns, QUOTES_SCHEMA, strict=True)],
        schema=QUOTES_SCHEMA,
    )
    counts = {
        "language_refused": other_language,
        "quotes": len({row[:2] for row in rows}),
        "sentences": sum(len(one.passage.units) for one in fields),
        "sentences_parsed": sum(unit.mask is not None for one in fields for unit in one.passage.units),
    }
    return Quotes(table, counts)


def _fields(article: Mapping[str, str | None], mentions: Sequence[Mention]) -> Iterator[_Field]:
    article_id, title, text = article["article_id"] or "", article["title"] or "", article["text"] or ""
    masks: dict[tuple[bool, Span], Masked] = {
        (sentence.mentions[0].in_title, (sentence.start, sentence.end)): sentence.mask
        for sentence in find_sentences(article_id, title, text, mentions)
    }
    for in_title, name, content in ((True, "title", title), (False, "text", text)):
        parser_text = truecase(title, text) if in_title else content
        here = {span: mask for (of_title, span), mask in masks.items() if of_title == in_title}
        mentions_here = [m for m in mentions if m.in_title == in_title]
        passage = Passage(
            content, parser_text, here, [(m.start, m.end) for m in mentions_here if not m.generic]
        )
        if passage.units or passage.paragraphs:
            yield _Field(article_id, name, passage, mentions_here)


_Row = tuple[object, ...]


def _rows(one: _Field, before: int, parses: Mapping[int, Parse], study: StudyPatterns) -> Iterator[_Row]:
    """Yield the rows of a field, whose article has so many attributions `before` it."""
    quotes = attributions(one.passage, parses)
    if not quotes:
        return
    content = one.passage.content
    people = People(one.passage, one.mentions)
    reading_order = sorted(range(len(quotes)), key=lambda at: (quotes[at].cue or quotes[at].spans[0], at))
    speakers = {at: people.speaker(quotes[at]) for at in reading_order}
    for number, quote in enumerate(quotes):
        who = speakers[number]
        tail = (
            kind_of(one.passage, quote.spans),
            quote.stance,
            *_with_text(content, quote.cue),
            *_with_text(content, quote.speaker),
            who.name,
            None if who.subject is None else study.subjects[who.subject],
            quote.from_parse,
        )
        for start, end in quote.spans:
            yield (
                one.article_id,
                before + number,
                one.name,
                start,
                end,
                len(content[start:end].split()),
                *tail,
                one.passage.is_unclosed(start, end),
            )


def _with_text(content: str, span: Span | None) -> tuple[str | None, int | None, int | None]:
    return (None, None, None) if span is None else (content[slice(*span)], *span)
