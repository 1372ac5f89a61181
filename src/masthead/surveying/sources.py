"""The way back from a number to the sentences it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.errors import UsageError
from masthead.findings.schemas import SOURCES
from masthead.links.standing import MARKS_SCHEMA, kept_standing
from masthead.measuring import MEASURES, OTHER, Job, find_measure, instrument_of, instruments
from masthead.measuring.counting import counted
from masthead.measuring.outlets import one_outlet
from masthead.measuring.passages import SNIPPET, passages
from masthead.measuring.tables import StudyTables, loaded
from masthead.reading.portrayal.classifier import Classifier
from masthead.study import Study
from masthead.study.names import one_id

KEPT = 200
"""How many sources of one cell a dossier keeps; `masthead evidence` gives all of them."""

EXTREMES = 5
"""How many of the most favourable and of the most unfavourable sentences of a cell, in either voice, are kept too."""


def evidence(
    study: Study,
    archive: Archive,
    *,
    measure: str,
    outlet: str | None = None,
    subject: str | None = None,
    category: str | None = None,
    limit: int | None = None,
    processes: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    classifier: Classifier | None = None,
) -> pa.Table:
    """Return the sources of a measure, narrowed to an outlet, a subject and a category where they are given.

    One row per label use (naming), per mention that was read (portrayal), per piece of words given to somebody
    (voice, stance), per use of a phrase (kinship), per forecast of known outcome or per article (attention), in the
    columns of the dossier's `sources`; at most `limit` rows per cell. `classifier` reads portrayals; None is the one
    that the study asks for. Raises UsageError where the measure, outlet, subject or category is none of the study's
    (what is misspelt has no sentences either), and for silence, behind which stand stories.

    >>> import masthead
    >>> study, archive = masthead.load_study("study.toml"), masthead.Archive.open("harbour.archive")
    >>> rows = masthead.evidence(study, archive, measure="attention", subject="verrin", outlet="ledger", processes=1)
    >>> rows["snippet"].to_pylist()
    ['Verrin pays']
    """
    declaration = find_measure(measure)
    if declaration.is_part and declaration.comes_with:
        # A part has no sentences of its own.
        measure = declaration.comes_with
    instrument = instrument_of(measure)
    if instrument.elsewhere is not None:
        raise UsageError(
            f"behind a figure of '{measure}' stand whole articles, beside others",
            "a measure that is made of sentences",
            f"run `masthead {instrument.elsewhere}`",
        )
    outlet = one_outlet(outlet, archive, study)
    if subject is not None:
        of = study.subject(subject)
        subject = of.id
        if category is not None and of.categories and MEASURES[measure].compares_categories:
            category = _one_category(subject, category, [*of.categories, OTHER])
    archive = counted(archive, study, progress=progress)
    job = Job(study, archive, processes, progress, classifier, outlet=outlet, subject=subject)
    tables = loaded(job, (instrument.name,))
    if category is not None:
        category = _category(tables, measure, subject, category)
    columns = {"measure": measure, "outlet": outlet, "subject": subject, "category": category}
    conditions = {column: value for column, value in columns.items() if value is not None}
    return sources_table(
        tables,
        archive,
        study,
        most=limit,
        extremes=0,
        where=" AND ".join(f"{column} = ?" for column in conditions),
        parameters=list(conditions.values()),
    )


def _category(tables: StudyTables, measure: str, subject: str | None, category: str) -> str:
    """Return the category that a name means, of those that figures of this measure are of: some are discovered.

    Raises UsageError where there is none, or several.
    """
    query = instrument_of(measure).categories.get(measure)
    if query is None:
        raise UsageError(
            f"the measure '{measure}' has no categories, and '{category}' was asked for",
            "a measure with categories, such as naming",
            "leave the category out",
        )
    return _one_category(subject, category, [c for c, s in tables.rows(query) if subject in (None, s)])


def _one_category(subject: str | None, name: str, categories: Iterable[str]) -> str:
    whose = "the study" if subject is None else f"subject '{subject}'"
    return one_id(name, dict.fromkeys(categories, ()), "category", whose)


def sources_table(
    tables: StudyTables,
    archive: Archive,
    study: Study,
    *,
    most: int | None = KEPT,
    extremes: int = EXTREMES,
    where: str = "true",
    parameters: Sequence[Any] = (),
) -> pa.Table:
    """Return the sentences behind the figures: one row per label use, per mention read, per article that mentions.

    At most `most` rows per measure, outlet, subject and category, drawn in an order that depends on nothing
    but the place of the article in its source file; None keeps all. Of portrayal so many `extremes` at either end
    are kept too; they stand where that order has them, so that a cell's first rows are still a random few.
    `where` narrows the rows by the columns measure, outlet, subject, category. The article texts are read
    once, for the rows that are kept.
    """
    con = tables.connection
    limit = ""
    if most is not None:
        limit = f"QUALIFY row_number() OVER (PARTITION BY {_CELL} ORDER BY {_ORDER}) <= {most}"
        for one in instruments().values():
            if one.most_telling is not None and one.name in tables.known:
                ranks = ", ".join(_RANK.format(by=one.most_telling, order=order) for order in ("DESC", "ASC"))
                limit += f" OR measure = '{one.name}' AND least({ranks}) <= {extremes}"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE chosen AS
        SELECT * FROM ({passages(tables)})
        WHERE {where} {limit}""",
        list(parameters),
    )
    texts = parquet(part.path for part in archive.published.parts())
    marks = kept_standing(archive, study.outlet_names) if archive.published is not archive else None
    con.register("standing_marks", marks.table() if marks else MARKS_SCHEMA.empty_table())
    table = con.sql(
        f"""WITH body AS (
            SELECT c.*, a.published, t.title, t.url, a.wire,
                   CASE c.field WHEN 'title' THEN t.title ELSE t.text END AS body
            FROM chosen c JOIN {texts} t USING (article_id) JOIN articles a USING (article_id)),
        cut AS (
            SELECT *, greatest(sentence_start, least(start, coalesce(label_start, start)) - {SNIPPET} // 2)
                   AS snippet_start FROM body)
        SELECT * EXCLUDE (body, sentence_start, sentence_end, draw),
               substring(body, snippet_start + 1, least(sentence_end - snippet_start, {SNIPPET})) AS snippet,
               (SELECT string_agg(m.start || '-' || m."end", ' ' ORDER BY m.start) FROM standing_marks m
                WHERE m.article_id = cut.article_id AND m.field = cut.field AND m."end" > snippet_start
                AND m.start < least(sentence_end, snippet_start + {SNIPPET})) AS standing
        FROM cut ORDER BY {_CELL}, {_ORDER}"""
    ).to_arrow_table()
    return table.select(SOURCES.names).cast(SOURCES)


_CELL = "measure, outlet, subject, category"

_ORDER = "draw, article_id, field DESC, start"

_RANK = f"""row_number() OVER (
            PARTITION BY {_CELL}, quoted ORDER BY {{by}} {{order}}, {_ORDER})"""
