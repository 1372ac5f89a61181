"""Which category each naming of a subject belongs to: by its labels, or by which of the subject's names it is.

Labels belong to the study's families, or are told apart by themselves where they tell outlets apart.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

import duckdb
import pyarrow as pa

from masthead.inference.distinctive import telling_apart
from masthead.measuring import OTHER
from masthead.study import Study, Subject

DISCOVERED = 12
"""How many labels of a subject without label families are reported by name."""

DISCOVERED_MIN_ARTICLES = 5
"""A label that fewer articles use is not reported by name: no interval could say anything of it."""


def assign_categories(con: duckdb.DuckDBPyConnection, study: Study) -> None:
    """Create `subjects`, `by_name`, `by_labels`, `categories`, `label_categories`, `labelled`, `namings` of `readings`.

    Those in `by_labels` have categories of labels that the study names. Of a subject in `by_name` each mention by a
    name is a row of `labelled`: its label is the alias, its kind `name`.
    """
    rows: list[tuple[str, str, str]] = []
    reported_cells: list[tuple[str, str]] = []
    for subject in study.subjects:
        if subject.by_name:
            rows.extend(
                (subject.id, name, c)
                for c, names in subject.categories.items()
                for name in dict.fromkeys(names)
            )
            reported_cells.extend((subject.id, name) for name in [*subject.categories, OTHER])
            continue
        labels = [
            row[0]
            for row in con.execute(
                "SELECT DISTINCT label FROM readings WHERE subject = ? AND label IS NOT NULL", [subject.id]
            ).fetchall()
        ]
        if subject.categories:
            label_rows = [(subject.id, label, c) for label in labels for c in families_of(label, subject)]
            names = list(subject.categories)
        else:
            names = _discover(con, subject.id)
            label_rows = [(subject.id, label, label) for label in names]
        rows.extend(label_rows)
        reported_cells.extend((subject.id, name) for name in [*names, OTHER])
    con.register("subjects", pa.table({"subject": [s.id for s in study.subjects]}))
    by_name = pa.array([s.id for s in study.subjects if s.by_name], pa.string())
    con.register("by_name", pa.table({"subject": by_name}))
    by_labels = pa.array([s.id for s in study.subjects if s.categories and not s.by_name], pa.string())
    con.register("by_labels", pa.table({"subject": by_labels}))
    con.register(
        "categories",
        pa.table({"subject": [r[0] for r in reported_cells], "category": [r[1] for r in reported_cells]}),
    )
    con.register(
        "label_categories",
        pa.table(
            {
                "subject": pa.array([r[0] for r in rows], pa.string()),
                "label": pa.array([r[1] for r in rows], pa.string()),
                "category": pa.array([r[2] for r in rows], pa.string()),
            }
        ),
    )
    con.execute(
        """CREATE TEMP TABLE labelled AS
        WITH named AS (
            SELECT article_id, subject, mention, alias, field, start, "end", label, label_kind, label_start, label_end,
                   quoted, coalesce(label_quoted, false) AS label_quoted
            FROM readings WHERE label IS NOT NULL AND subject NOT IN (FROM by_name)
            UNION ALL
            SELECT DISTINCT article_id, subject, mention, alias, field, start, "end", alias, 'name', start, "end",
                   quoted, quoted
            FROM readings WHERE NOT generic AND subject IN (FROM by_name))
        SELECT n.*, c.category FROM named n LEFT JOIN label_categories c USING (subject, label)"""
    )
    # A label in quotation marks is somebody else's word for the subject, even where the name stands outside.
    con.execute(
        f"""CREATE TEMP TABLE namings AS
        SELECT l.article_id, l.subject, l.mention, any_value(l.alias) AS alias,
               bool_or(CASE WHEN a.marks THEN l.quoted OR l.label_quoted END) AS quoted, unnest(
                   CASE WHEN count(l.category) = 0 THEN ['{OTHER}']
                   ELSE list(DISTINCT l.category) FILTER (l.category IS NOT NULL) END) AS category
        FROM labelled l JOIN articles a USING (article_id)
        GROUP BY l.article_id, l.subject, l.mention"""
    )


def families_of(label: str, subject: Subject) -> list[str]:
    """Return the categories of a subject to which a label belongs.

    Labels are lemmas; a pattern may be written in the plural (`militants`) or with a `*` at its end.
    """
    text = label.lower()
    forms = {text, text + "s", text + "es", re.sub(r"y$", "ies", text)}
    return [
        name
        for name, patterns in subject.categories.items()
        if any(fnmatchcase(form, pattern.lower()) for pattern in patterns for form in forms)
    ]


def _discover(con: duckdb.DuckDBPyConnection, subject: str) -> list[str]:
    """Return the labels of a subject that tell outlets apart most, among those in use."""
    counts = con.sql(
        """SELECT a.outlet, r.label, count(DISTINCT r.article_id || r.mention) AS uses,
                  count(DISTINCT r.article_id) AS n_articles
        FROM readings r JOIN articles a USING (article_id)
        WHERE r.subject = ? AND r.label IS NOT NULL GROUP BY ALL ORDER BY ALL""",
        params=[subject],
    ).to_arrow_table()
    labels: list[str] = telling_apart(counts, min_articles=DISCOVERED_MIN_ARTICLES)
    return labels[:DISCOVERED]
