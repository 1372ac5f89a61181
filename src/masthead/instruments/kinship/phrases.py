"""From wording to kinship: what the parties of a study say in words of their own, and which outlets use them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.findings.schemas import PHRASES
from masthead.inference.codes import codes_of
from masthead.inference.phrases import FEWEST, FEWEST_EVENTS, Lists, Said, Whole, learn
from masthead.instruments.kinship.about import LearntWording
from masthead.measuring.tables import StudyTables
from masthead.reading.attribution import QuotesReading
from masthead.reading.by_part import Progress
from masthead.reading.wording import SaidReading, read_uses
from masthead.reading.wording.whose import parties
from masthead.study import Study

PHRASE_KIND = (
    "a phrase is one to three words in a row that the party says far more often than the other parties do; names, "
    "places, numbers and the study's aliases are left out"
)
"""What a phrase is, in a sentence."""


def learn_phrases(
    survey: StudyTables,
    archive: Archive,
    study: Study,
    phrases_said: SaidReading,
    quotes: QuotesReading,
    *,
    progress: Progress | None = None,
) -> tuple[str, LearntWording]:
    """Learn the parties' phrases and find who uses them: return the query of the table `phrase_uses`, and what is told.

    Learnt from the study's articles that are no wire copy, a story at most once for each phrase and party. Leaves in
    the connection `phrase_scores` (subject, phrase, uses and more) and `phrase_outlets` (those that are measured).
    """
    con = survey.connection
    con.execute(_SAID.format(files=parquet(phrases_said.paths)))
    lexicon = _learn(survey, study)
    con.register("scores", lexicon.scores)
    con.register("measured", pa.table({"outlet": pa.array(lexicon.outlets, pa.string())}))
    con.execute("CREATE OR REPLACE TEMP TABLE phrase_scores AS FROM scores")
    con.execute("CREATE OR REPLACE TEMP TABLE phrase_outlets AS FROM measured")
    con.unregister("scores")
    con.unregister("measured")
    uses = read_uses(archive, study, quotes, lexicon.scores["phrase"].to_numpy(), progress=progress)
    con.execute(_TEXTS.format(files=parquet(phrases_said.paths)))
    return _USES.format(file=parquet([uses.path])), lexicon.about


@dataclass(frozen=True)
class _Learnt:
    """`scores` (by subject and phrase, columns of PHRASES), the `outlets` that are measured, and what is said."""

    scores: pa.Table
    outlets: list[str]
    about: LearntWording


def _learn(survey: StudyTables, study: Study) -> _Learnt:
    """Learn the parties' phrases."""
    con, names = survey.connection, parties(study)
    uses_of_parties, nesting = con.sql(_SPOKEN).to_arrow_table(), con.sql(_NESTED).to_arrow_table()
    vocabulary, phrase = np.unique(uses_of_parties["phrase"].to_numpy(), return_inverse=True)
    outlets = [one["id"] for one in survey.outlets]
    counts = Said(
        _places(uses_of_parties["party"], names),
        codes_of(uses_of_parties["story"]),
        phrase.astype(np.int64),
        _places(uses_of_parties["outlet"], outlets),
        vocabulary,
        *(np.searchsorted(vocabulary, nesting[column].to_numpy()) for column in ("longer", "shorter")),
    )
    lists = learn(counts, len(names), len(outlets))
    party = np.repeat(np.arange(len(names)), [len(one) for one in lists.of_party])
    place = np.concatenate([np.empty(0, np.int64), *lists.of_party])
    uses = lists.stories[party, place]
    scores = pa.table(
        {
            "subject": pa.array(np.array(names, object)[party], pa.string()),
            "phrase": pa.array(vocabulary[place], pa.uint64()),
            "uses": pa.array(uses.astype(np.int64)),
            "uses_elsewhere": pa.array((lists.stories.sum(axis=0)[place] - uses).astype(np.int64)),
            "log_odds": pa.array(lists.log_odds[party, place]),
            "z": pa.array(lists.z[party, place]),
        }
    )
    outlets_with_figure = [outlet for at, outlet in enumerate(outlets) if at not in lists.left_out]
    return _Learnt(scores, outlets_with_figure, _wording(survey, lists, study))


def _wording(survey: StudyTables, lists: Lists, study: Study) -> LearntWording:
    """Say what was learnt of whom, and what keeps the figures from saying more."""
    names, titles = parties(study), [one["title"] for one in survey.outlets]
    reason, caveats = None, []
    lengths = [len(one) for one in lists.of_party]
    silent = [
        study.subject(name).title
        for name, row, length in zip(names, lists.stories, lengths, strict=True)
        if row.any() and not length
    ]
    articles = dict(survey.rows(_ARTICLES))
    if len(names) < 2:
        reason = "kinship takes two actors at least, each with words of its own"
    elif not any(lengths):
        reason = (
            "no wording can be told apart: too little is quoted here, or all speak alike. Kinship needs two actors. "
            f"Each must have {FEWEST} phrases that it says in {FEWEST_EVENTS} stories or more and the others hardly "
            "say, more than chance would bring"
        )
    elif silent:
        caveats.append(
            f"too little is quoted of {', '.join(silent)} to tell their wording from chance: no party here"
        )
    if any(lengths):
        of_whom = {at: study.subject(name).title for at, name in enumerate(names)}
        caveats += [
            f"{titles[outlet]} has no figure: without it too few phrases of {of_whom[party]} are left to measure it by"
            for outlet, party in lists.left_out.items()
        ]
    return {
        "reason": reason,
        "said": caveats,
        "phrase_kind": PHRASE_KIND,
        "parties": [
            {
                "id": name,
                "phrases": length,
                "n_articles": articles[name],
                "own_texts": [*study.subject(name).texts],
                "note": (
                    f"{own_count} phrases tell its words from the others' (chance alone would bring about "
                    f"{chance:.0f}); these remain whichever one outlet is left out"
                ),
            }
            for name, length, own_count, chance in zip(
                names, lengths, lists.own_counts, lists.chance, strict=True
            )
            if length
        ],
    }


def phrase_list(survey: StudyTables) -> pa.Table:
    """Return PHRASES: every phrase, who uses it in its own voice, and an example of each."""
    return survey.connection.sql(_PHRASES).to_arrow_table().select(PHRASES.names).cast(PHRASES)


def _places(values: pa.ChunkedArray, of: list[str]) -> Whole:
    """Return places in a list of names; -1 for null."""
    place = {None: -1} | {name: at for at, name in enumerate(of)}
    return np.array([place[value] for value in values.to_pylist()], np.int64)


LISTED, USERS = 100, 30
"""So many phrases of each party are listed, the most telling, with so many outlets each, those that use it most."""

_SAID = """
    CREATE OR REPLACE TEMP VIEW teaching AS
    SELECT s.party, s.phrase, s.parts, s.article_id, coalesce(i.story, s.article_id) AS story, a.outlet
    FROM {files} s JOIN articles a USING (article_id)
    LEFT JOIN in_stories i USING (article_id) WHERE NOT a.wire;
    CREATE OR REPLACE TEMP TABLE said AS
    WITH spoken AS (SELECT DISTINCT party, phrase, story, outlet FROM teaching)
    SELECT party, phrase, story, CASE WHEN count(*) = 1 THEN any_value(outlet) END AS outlet FROM spoken GROUP BY ALL
"""

_ARTICLES = "SELECT party, count(DISTINCT article_id) FROM teaching GROUP BY 1"

_KNOWN = f"(SELECT phrase FROM said GROUP BY phrase HAVING count(*) >= {FEWEST_EVENTS})"

_SPOKEN = f"SELECT party, story, phrase, outlet FROM said SEMI JOIN {_KNOWN} USING (phrase) ORDER BY ALL"

_NESTED = f"""
    SELECT DISTINCT longer, shorter
    FROM (SELECT phrase AS longer, unnest(parts) AS shorter FROM teaching)
    WHERE longer IN {_KNOWN} AND shorter IN {_KNOWN} ORDER BY ALL
"""

_TEXTS = """
    CREATE OR REPLACE TEMP TABLE phrase_texts AS
    WITH stood AS (
        SELECT s.phrase, lower(substring(
            CASE s.field WHEN 'title' THEN a.title ELSE a.text END, s.start + 1, s."end" - s.start)) AS text
        FROM {files} s
        SEMI JOIN phrase_scores USING (phrase) SEMI JOIN articles USING (article_id)
        JOIN archive_articles a USING (article_id))
    SELECT phrase, text FROM stood GROUP BY phrase, text
    QUALIFY row_number() OVER (PARTITION BY phrase ORDER BY count(*) DESC, text) = 1
"""
"""How each phrase is mostly written."""

_USES = """
    SELECT u.article_id, a.outlet, l.subject, u.phrase, t.text, CASE WHEN a.marks THEN u.quoted END AS quoted,
           u.field, u.start, u."end", u.sentence_start, u.sentence_end
    FROM {file} u JOIN articles a USING (article_id)
    SEMI JOIN phrase_outlets o ON o.outlet = a.outlet
    JOIN phrase_scores l ON l.phrase = u.phrase
    JOIN phrase_texts t ON t.phrase = u.phrase
"""

_PHRASES = f"""
    WITH ranked AS (
        SELECT s.subject, s.phrase, s.uses, s.uses_elsewhere, s.log_odds, s.z, t.text,
               row_number() OVER (PARTITION BY s.subject ORDER BY round(s.z, 9) DESC, s.uses DESC, t.text) AS rank
        FROM phrase_scores s JOIN phrase_texts t USING (phrase) QUALIFY rank <= {LISTED}),
    own AS (SELECT * FROM phrase_uses WHERE NOT quoted),
    counted AS (
        SELECT subject, phrase, outlet, count(*) AS uses, count(DISTINCT article_id) AS n_articles
        FROM own SEMI JOIN ranked USING (subject, phrase) GROUP BY subject, phrase, outlet
        QUALIFY row_number() OVER (PARTITION BY subject, phrase ORDER BY count(*) DESC, outlet) <= {USERS}),
    chosen AS (
        SELECT o.subject, o.phrase, o.outlet, a.article_id, a.published, o.field, o.sentence_start, o.sentence_end
        FROM own o SEMI JOIN counted USING (subject, phrase, outlet) JOIN articles a USING (article_id)
        QUALIFY row_number() OVER (
            PARTITION BY o.subject, o.phrase, o.outlet
            ORDER BY md5(CAST(a.source_row AS VARCHAR)), o.article_id, o.field DESC, o.start) = 1),
    shown AS (
        SELECT c.subject, c.phrase, c.outlet, c.article_id, c.published, w.title, w.url,
               substring(CASE c.field WHEN 'title' THEN w.title ELSE w.text END,
                         c.sentence_start + 1, least(c.sentence_end - c.sentence_start, 400)) AS snippet
        FROM chosen c JOIN archive_articles w USING (article_id))
    SELECT r.subject AS party, r.text AS phrase, r.uses, r.uses_elsewhere, r.log_odds, r.z, r.rank, c.outlet,
           c.uses AS uses_by_outlet, c.n_articles, s.article_id, s.published, s.title, s.url, trim(s.snippet) AS snippet
    FROM ranked r LEFT JOIN counted c USING (subject, phrase) LEFT JOIN shown s USING (subject, phrase, outlet)
    ORDER BY party, r.rank, c.uses DESC, c.outlet
"""
