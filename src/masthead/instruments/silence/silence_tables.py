"""What needs stories: silences as estimates and as a list, and the stories that most outlets ran."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.findings.schemas import ESTIMATES, SILENCES, STORIES
from masthead.instruments.silence.about import SilenceAbout
from masthead.instruments.silence.measure import Silence
from masthead.instruments.silence.silences import StudySilences
from masthead.measuring.tables import StudyTables
from masthead.study import Study
from masthead.study.parts import WIRES

LISTED = 100
"""So many stories are listed, those that most outlets ran."""

OF_EACH = 40
"""At most so many articles of each, the earliest."""

CALLS = {
    "silent": "silent: at most half of what its habits make expected, beyond chance and differences of interest",
    "less": "covers less than its habits make expected, beyond chance and differences of interest",
}
"""What is said of a pair of outlet and subject that is called so."""


def silence_estimates(
    study_silences: StudySilences, survey: StudyTables, study: Study, archive_hash: str
) -> pa.Table:
    """Return the pairs of outlet and subject as estimates (ESTIMATES), over all time.

    They are the same with and without wire copy: a story that an outlet ran only as wire copy was covered.
    """
    n_articles = {outlet["id"]: outlet["n_articles"] for outlet in survey.outlets}
    rows: list[dict[str, Any]] = []
    for pair in study_silences.figures.pairs.to_pylist():
        same = {name: pair[name] for name in ESTIMATES.names if name in pair}
        notes = [pair["note"], CALLS.get(pair["call"] or "")]
        row = {
            **dict.fromkeys(ESTIMATES.names),
            **same,
            "measure": Silence.name,
            "numerator": float(pair["covered"]),
            "denominator": pair["expected"],
            "n_articles": n_articles[pair["outlet"]],
            "n_units": pair["n_stories"],
            "n_left_out": pair["n_unknown"],
            "unit": Silence.unit,
            "voice": "all",
            "calibrated": False,
            "study_hash": study.hash,
            "archive_hash": archive_hash,
            "note": "; ".join(s for s in notes if s) or None,
        }
        rows += [{**row, "wire": wire} for wire in WIRES]
    return pa.Table.from_pylist(rows, ESTIMATES)


def silence_list(study_silences: StudySilences) -> pa.Table:
    """Return the likely stories that outlets did not run (SILENCES), the likeliest first."""
    silences = {(row["story"], row["outlet"]): row for row in study_silences.figures.stories.to_pylist()}
    beside: dict[tuple[str, str], list[dict[str, Any]]] = {key: [] for key in silences}
    for row in study_silences.beside.to_pylist():
        beside[row["story"], row["outlet"]].append(row)
    names = ("story", "outlet", "day", "probability", "others", "subjects")
    rows = [
        {**{name: silences[key][name] for name in names}, **article}
        for key, articles in beside.items()
        for article in articles
    ]
    return pa.Table.from_pylist(rows, SILENCES)


def silence_told(study_silences: StudySilences) -> SilenceAbout:
    """Return what the findings say of silence beside the figures."""
    figures = study_silences.figures
    return {
        "said": figures.sentences,
        "reason": figures.reason,
        "chance": figures.chance,
        "listed": figures.n_listed,
        "counts": {**figures.counts, "undated": study_silences.n_undated},
        "left_out": figures.left_out,
        "coefficients": figures.coefficients.to_pylist(),
        "calibration": figures.calibration.to_pylist(),
    }


def story_list(survey: StudyTables, archive: Archive) -> pa.Table:
    """Return the stories that most outlets ran, with their articles (STORIES); `silences` has read them."""
    texts = parquet(part.path for part in archive.published.parts())
    table = survey.connection.sql(
        f"""WITH ran AS (
            SELECT s.story, a.article_id, a.outlet, a.published, a.wire
            FROM in_stories s JOIN articles a USING (article_id)),
        sizes AS (
            SELECT story, count(*) AS n_articles, count(DISTINCT outlet) AS n_outlets FROM ran GROUP BY story
            HAVING n_outlets > 1 ORDER BY n_outlets DESC, n_articles DESC, story LIMIT {LISTED}),
        named AS (
            SELECT r.story, list(DISTINCT m.subject ORDER BY m.subject) AS subjects
            FROM ran r JOIN mentions m USING (article_id) SEMI JOIN sizes USING (story) GROUP BY r.story),
        kept AS (
            SELECT r.*, z.n_articles, z.n_outlets FROM ran r JOIN sizes z USING (story)
            QUALIFY row_number() OVER (PARTITION BY r.story ORDER BY r.published, r.article_id) <= {OF_EACH})
        SELECT k.story, k.n_articles, k.n_outlets, n.subjects, k.outlet, k.article_id, k.published, t.title,
               t.url, k.wire
        FROM kept k JOIN {texts} t USING (article_id) LEFT JOIN named n USING (story)
        ORDER BY k.n_outlets DESC, k.n_articles DESC, k.story, k.published, k.article_id"""
    ).to_arrow_table()
    return table.select(STORIES.names).cast(STORIES)
