"""Where the passages behind figures stand: in SQL, and kept of each article, to show what one alone contradicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.archive import Archive
from masthead.archive.duck import AS_PARQUET, quoted
from masthead.archive.store import replacing
from masthead.errors import MastheadError
from masthead.measuring.registry import MEASURES, instruments
from masthead.measuring.units import passages_path, units_path
from masthead.plugins import OURS, package_faults

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables

SNIPPET = 600
"""The longest snippet, in code points: a quotation, never the body of an article."""

EVIDENCE = (
    *("measure", "outlet", "subject", "category", "article_id", "draw", "field", "start", "end"),
    *("sentence_start", "sentence_end", "label", "label_kind", "label_start", "label_end", "quoted"),
    *("p_unfavourable", "p_neutral", "p_favourable"),
)
"""The columns that an instrument's `evidence` selects, in this order.

`draw` is text that orders the passages as chance would. `field` is `title` or `text`; `start` and `end`, and those of
the sentence, are code points in it. `label` is a word that says why the passage counts, `label_start` and `label_end`
where it stands in the sentence. `quoted` says whether somebody else speaks. What does not apply is NULL.
"""


def write_passages(survey: StudyTables, archive: Archive, figures_hash: str) -> None:
    """Write where in each article a subject is first mentioned, labelled, quoted or foretold something, by category.

    Columns: measure, outlet, subject, category, article_id, quoted, label_kind (of forecasts: what became of them), and
    those of `sources` that say where the passage and its label stand, with the ends of its sentence. No text is in it.
    """
    # Of these what a passage's label is of decides what it speaks against.
    by_kind = ", ".join(quoted(one.name) for one in MEASURES.values() if one.claims.outcomes) or "NULL"
    path: Path = passages_path(units_path(archive, figures_hash))
    with replacing(path) as temporary:
        survey.connection.execute(
            f"""COPY (
                SELECT measure, outlet, subject, category, article_id, quoted, label_kind, field, start, "end",
                       sentence_start, sentence_end, label, label_start, label_end
                FROM ({passages(survey, settling=True)})
                QUALIFY row_number() OVER (
                    PARTITION BY measure, subject, category, article_id, quoted,
                                 CASE WHEN measure IN ({by_kind}) THEN label_kind END
                    ORDER BY field DESC, start, label_start) = 1
                ORDER BY ALL
            ) TO {quoted(temporary)} {AS_PARQUET}"""
        )


def passages(survey: StudyTables, *, settling: bool = False) -> str:
    """Return the query of the passages behind the figures of all loaded instruments; `settling`: only of those of
    which one passage can contradict a claim of never."""
    queries = []
    for instrument in instruments().values():
        if instrument.name in survey.known and (instrument.passages_settle or not settling):
            for measure, query in instrument.evidence.items():
                if instrument.name not in OURS:
                    _check_evidence(survey, instrument.name, measure, query)
                queries.append(query)
    return " UNION ALL ".join(queries)


def _check_evidence(survey: StudyTables, instrument: str, measure: str, query: str) -> None:
    """Raise MastheadError where a query of a package does not have the columns that those of all others have."""
    with package_faults(instrument, "in `evidence`"):
        columns = tuple(name for name, *_ in survey.rows(f"DESCRIBE {query}"))
    if columns == EVIDENCE:
        return
    lacking = ", ".join(f"'{name}'" for name in EVIDENCE if name not in columns)
    beside = ", ".join(f"'{name}'" for name in columns if name not in EVIDENCE)
    faults = [f"lacks {lacking}"] * bool(lacking) + [f"has {beside}, which is none of them"] * bool(beside)
    raise MastheadError(
        f"the `evidence` of '{measure}', of the installed instrument '{instrument}', "
        f"{' and '.join(faults) or 'has its columns in another order'}",
        f"these columns, in this order: {', '.join(EVIDENCE)}",
        "mend that package",
    )
