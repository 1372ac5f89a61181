"""The forecasts reader: the clauses in which an article says what will happen to a subject; kept part by part."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from masthead import stages
from masthead.archive import Archive, Part
from masthead.archive.keeping.links import write_counted
from masthead.reading.attribution.cues import NO_NAMES
from masthead.reading.attribution.tree import Tree
from masthead.reading.by_part import Progress, Stores, keep_by_part
from masthead.reading.forecasts.bearers import bearers
from masthead.reading.forecasts.clauses import Clause, clauses, is_question
from masthead.reading.forecasts.dates import by_when
from masthead.reading.forecasts.voice import is_anothers
from masthead.reading.forecasts.wording import CONDITIONS, OWN_HEADINGS
from masthead.reading.mentions.mentions import RawMatch
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import Mention, resolve
from masthead.reading.naming.namings import MentionSentence, find_sentences, is_refused
from masthead.reading.parsing.parses import Parse
from masthead.reading.parsing.sentences import paragraphs
from masthead.reading.quotes import Quotations
from masthead.reading.reader import config_hash
from masthead.study import Study

VERSION = "15"
"""Of the forecasts reader: raise it when the same article may give other forecasts."""

FORETOLD_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("forecast", pa.string(), nullable=False),
        pa.field("subject", pa.string(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("mention_start", pa.int32(), nullable=False),
        pa.field("mention_end", pa.int32(), nullable=False),
        pa.field("sentence_start", pa.int32(), nullable=False),
        pa.field("sentence_end", pa.int32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("cue", pa.string(), nullable=False),
        pa.field("cue_start", pa.int32(), nullable=False),
        pa.field("cue_end", pa.int32(), nullable=False),
        pa.field("what", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("confidence", pa.string(), nullable=False),
        pa.field("quoted", pa.bool_(), nullable=False),
        pa.field("reported", pa.bool_(), nullable=False),
        pa.field("by_when", pa.string()),
        pa.field("due", pa.date32()),
    ]
)
"""One row per clause about the future and subject that it is about.

`forecast` is its name, which stays while the article does: what a person enters is entered under it. Offsets are code
points [start, end) of `field` (title or text): of the mention, its sentence, what is said (`what`) and the words that
announce it (`cue`). `kind` is forecast, plan or condition; `confidence` is one of `wording.BANDS`. `quoted`: it stands
in quotation marks; `reported`: the sentence gives it to a speaker. `by_when` is the sentence's expression of time and
`due` the last day that it means, counted from the article's day; null where there is none.
"""

_ANNOUNCED = re.compile(
    r"\b(?:will|shall|won['’]t|wo\sn['’]t|gonna|matter\sof\stime|numbered|doomed|no\schance"
    r"|(?:going|about|set|bound|destined|fated|sure|certain|guaranteed|assured|condemned|likely|unlikely|expected"
    r"|forecast|predicted|projected|tipped|poised|favou?red|scheduled|slated|due|planned|supposed|meant|course"
    r"|track)\s+to"
    r"|(?:is|looks|seems|appears|remains)(?:\s+\w+){0,3}\s+(?:certain|sure|assured|guaranteed|inevitable|unavoidable"
    r"|inescapable|imminent|sealed|(?:un)?likely|(?:im)?probable))\b|['’]ll\b"
)
_DENIED = re.compile(r"\bcan(?:no|\sno|['’])t")
_ENDURES = ("last", "surviv", "endur", "prevail", "win", "won", "triumph", "withst")
"""What every form of a verb of `ENDURING` holds."""


def may_announce(text: str) -> bool:
    """True where a text holds one of the forms with which a clause of `clauses` begins."""
    # In small letters: a pattern that minds no case takes three times as long.
    text = text.lower()
    if _ANNOUNCED.search(text) is not None:
        return True
    if "would" in text and any(word in text for word in CONDITIONS):
        return True
    return any(word in text for word in _ENDURES) and _DENIED.search(text) is not None


_SPEAKER = re.compile(r"([A-Z][\w.'’-]++(?: [A-Z][\w.'’-]++){0,3} ?): ")
"""Whoever speaks before a colon, in headlines and captions: `Minister: X will fall`."""

_INNER = frozenset({"advcl", "relcl", "acl", "ccomp", "conj", "parataxis", "csubj"})
"""Relations of clauses that have times of their own."""


@dataclass(frozen=True)
class ForecastsReading:
    """What the forecasts reader found in an archive for a study.

    `paths` are Parquet files of FORETOLD_SCHEMA, one per article part. `counts` are of what they hold (articles,
    sentences that may announce something, forecasts, plans, conditions, language_refused) and of what this call did
    (articles_scanned, sentences_parsed). `hash` is over all that a forecast depends on.
    """

    paths: list[Path]
    version: str
    hash: str
    counts: dict[str, int]


def read_forecasts(
    archive: Archive,
    study: Study,
    *,
    processes: int | None = None,
    progress: Progress | None = None,
) -> ForecastsReading:
    """Read what articles say will happen to a study's subjects, taking all that was read before.

    Only sentences that name a subject and hold the form of an announcement are parsed, through the store that the
    naming reader uses: with the names masked. Articles in another language than English are not read. `processes` is
    how many parse at once (None: as many as help); `progress` is told the stage, and what is done of how much. Raises
    ReadingError where the language model is missing, ArchiveError where another program is writing to the archive.
    """
    config = hashlib.sha256(f"{VERSION} {config_hash(study)}".encode()).hexdigest()[:16]
    folder = archive.path / "readings" / "forecasts" / VERSION
    reading = keep_by_part(archive, study, config, folder, _read_part, processes=processes, progress=progress)
    work_counts = {"articles_scanned": reading.articles_scanned, "sentences_parsed": reading.sentences_parsed}
    return ForecastsReading(reading.paths, VERSION, reading.hash, reading.counts | work_counts)


def _read_part(stores: Stores, part: Part, path: Path) -> None:
    articles = part.read(["article_id", "title", "text", "language", "published"])
    matches = stores.mentions.matches(part.hash, articles)
    write_counted(*forecasts_of(articles, matches, stores.patterns, stores.parse(stages.FORECASTS)), path)


def forecasts_of(
    articles: pa.Table,
    matches: Iterable[Sequence[RawMatch]],
    study: StudyPatterns,
    parse: Callable[[dict[int, str]], dict[int, Parse]],
) -> tuple[pa.Table, dict[str, int]]:
    """Return the forecasts (FORETOLD_SCHEMA) in a table of articles, and counts of what was read.

    `articles` has article_id, title, text, language and published; `matches` are the raw matches of each article that
    has any; `parse` gives the parses of masked sentences by their key.
    """
    ids, titles, texts, languages, dates = (articles[name].to_pylist() for name in articles.column_names)
    announcements: list[MentionSentence] = []
    days: dict[str, dt.date | None] = {}
    other_language = 0
    for of_one in matches:
        row = of_one[0].row
        if is_refused(languages[row]):
            other_language += 1
            continue
        days[ids[row]] = dates[row].date() if dates[row] else None
        title, text = titles[row] or "", texts[row] or ""
        near = _near(title, text, resolve(of_one, study))
        sentences = find_sentences(ids[row], title, text, near)
        announcements += [
            sentence
            for sentence in sentences
            if may_announce(sentence.mask.text) and not is_question(sentence.mask.text)
        ]
    parses = parse({sentence.key: sentence.mask.text for sentence in announcements}) if announcements else {}
    rows: list[dict[str, object]] = []
    content, quotes = "", Quotations("")
    for sentence in announcements:
        if sentence.content is not content:
            content, quotes = sentence.content, Quotations(sentence.content)
        rows += _rows(sentence, parses[sentence.key], study, quotes, days[sentence.article_id])
    kinds = [row["kind"] for row in rows]
    counts = {
        "articles": articles.num_rows,
        "language_refused": other_language,
        "sentences": len(announcements),
        "forecasts": kinds.count("forecast"),
        "plans": kinds.count("plan"),
        "conditions": kinds.count("condition"),
    }
    return pa.Table.from_pylist(rows, FORETOLD_SCHEMA), counts


def _near(title: str, text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions in paragraphs that announce something: only these are split into sentences."""
    near: list[Mention] = []
    for in_title, content in ((True, title), (False, text)):
        here = [mention for mention in mentions if mention.in_title == in_title]
        spans = paragraphs(content) if here else []
        starts = [start for start, _ in spans]
        announces: dict[int, bool] = {}
        for mention in here:
            at = bisect_right(starts, mention.start) - 1
            if at < 0 or mention.start >= spans[at][1]:
                continue
            if at not in announces:
                announces[at] = may_announce(content[slice(*spans[at])])
            if announces[at]:
                near.append(mention)
    return near


def _rows(
    sentence: MentionSentence, parse: Parse, study: StudyPatterns, quotes: Quotations, day: dt.date | None
) -> Iterator[dict[str, object]]:
    """Yield the rows of one sentence: one per clause and mention that it is about."""
    to_field = sentence.mask.to_field
    heading = _SPEAKER.match(sentence.content, sentence.start, sentence.end)
    is_headed = heading is not None and heading[1].split()[-1].lower() not in NO_NAMES | OWN_HEADINGS
    tree = Tree(parse, [False] * len(parse.starts))
    ahead = [(clause, list(bearers(sentence, tree, clause))) for clause in clauses(tree)]
    ahead = [(clause, mentions) for clause, mentions in ahead if mentions]
    if ahead:
        tree.in_quotes = [quotes.hold(to_field(start, start + 1)[0]) for start in parse.starts]
    for clause, mentions in ahead:
        start, end = to_field(parse.starts[clause.what[0]], parse.ends[clause.what[1]])
        cue = to_field(parse.starts[clause.cue[0]], parse.ends[clause.cue[1]])
        first, last = tree.span(clause.verb)
        when = by_when(_own_words(tree, clause.verb), parse.starts[first], parse.ends[last], day)
        for mention in mentions:
            subject = study.subjects[mention.subject]
            field = "title" if mention.in_title else "text"
            yield {
                "article_id": sentence.article_id,
                "forecast": _name(sentence.article_id, subject, field, start),
                "subject": subject,
                "field": field,
                "mention_start": mention.start,
                "mention_end": mention.end,
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "start": start,
                "end": end,
                "cue": sentence.content[slice(*cue)],
                "cue_start": cue[0],
                "cue_end": cue[1],
                "what": sentence.content[start:end],
                "kind": _kind(clause, study.acts[mention.subject]),
                "confidence": clause.confidence,
                "quoted": tree.in_quotes[clause.verb],
                "reported": is_headed or is_anothers(tree, clause),
                "by_when": None if when is None else sentence.original(when.start, when.end),
                "due": None if when is None else when.due,
            }


def _kind(clause: Clause, acts: bool) -> str:
    """Return the kind of a clause about a subject: one that does not act has no intentions."""
    if clause.kind == "intention":
        return "plan" if acts else "forecast"
    return clause.kind


def _own_words(tree: Tree, verb: int) -> str:
    """Return the text of a sentence with blanks for the clauses inside the verb's own."""
    parse = tree.parse
    text = parse.text
    first, last = tree.span(verb)
    for token in range(first, last + 1):
        if token != verb and parse.deps[token] in _INNER and tree.is_verb(token):
            begin, end = tree.span(token)
            if not begin <= verb <= end:
                begin, end = parse.starts[begin], parse.ends[end]
                text = text[:begin] + " " * (end - begin) + text[end:]
    return text


def _name(*parts: object) -> str:
    # A letter first: a spreadsheet takes 12e456 for a number.
    return "f" + hashlib.sha256("\n".join(map(str, parts)).encode("utf-8", "replace")).hexdigest()[:11]
