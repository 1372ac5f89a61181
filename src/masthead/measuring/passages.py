"""Where the passages behind figures stand: in SQL, and kept of each article, to show what one alone contradicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.archive import Archive
from masthead.archive.duck import AS_PARQUET, quoted
from masthead.archive.store import replacing
from masthead.measuring.registry import MEASURES, instruments
from masthead.measuring.units import passages_path, units_path

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables

SNIPPET = 600
"""The longest snippet, in code points: a quotation, never the body of an article."""


def write_passages(built: StudyTables, archive: Archive, figures_hash: str) -> None:
    """Write where in each article a subject is first mentioned, labelled, quoted or foretold something, by category.

    Columns: measure, outlet, subject, category, article_id, quoted, label_kind (of forecasts: what became of them), and
    those of `sources` that say where the passage and its label stand, with the ends of its sentence. No text is in it.
    """
    # Of these what a passage's label is of decides what it speaks against.
    by_kind = ", ".join(quoted(one.name) for one in MEASURES.values() if one.claims.outcomes) or "NULL"
    path: Path = passages_path(units_path(archive, figures_hash))
    with replacing(path) as temporary:
        built.connection.execute(
            f"""COPY (
                SELECT measure, outlet, subject, category, article_id, quoted, label_kind, field, start, "end",
                       sentence_start, sentence_end, label, label_start, label_end
                FROM ({passages(built, settling=True)})
                QUALIFY row_number() OVER (
                    PARTITION BY measure, subject, category, article_id, quoted,
                                 CASE WHEN measure IN ({by_kind}) THEN label_kind END
                    ORDER BY field DESC, start, label_start) = 1
                ORDER BY ALL
            ) TO {quoted(temporary)} {AS_PARQUET}"""
        )


def passages(built: StudyTables, *, settling: bool = False) -> str:
    """Return the query of the passages behind the figures of all loaded instruments; `settling`: only of those of
    which one passage can contradict a claim of never."""
    queries = [
        query
        for instrument in instruments().values()
        if instrument.name in built.known and (instrument.passages_settle or not settling)
        for query in instrument.evidence.values()
    ]
    return " UNION ALL ".join(queries)
