"""Every use of a label beside how its sentence portrays who bears it: what the worth of labels is worked out of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.archive.duck import AS_PARQUET, quoted
from masthead.archive.store import replacing
from masthead.measuring.units import label_uses_path

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables


def write_label_uses(survey: StudyTables, units: Path) -> None:
    """Write every use of a label and how its sentence portrays who bears it, added up per article.

    Columns: outlet, subject, label, cluster (the article), quoted, copied, uses, score and read (the sums of the
    portrayal and of the weights of those mentions that were read).
    """
    path = label_uses_path(units)
    with replacing(path) as temporary:
        survey.connection.execute(
            f"""COPY (
                SELECT a.outlet, r.subject, lower(r.label) AS label, r.article_id AS cluster,
                       CASE WHEN a.marks THEN coalesce(p.quoted, r.quoted) END AS quoted, a.wire AS copied,
                       count(*) AS uses, coalesce(sum(p.weight * (p.p_favourable - p.p_unfavourable)), 0) AS score,
                       coalesce(sum(p.weight) FILTER (p.p_favourable IS NOT NULL), 0) AS read
                FROM (SELECT DISTINCT article_id, subject, mention, label, quoted FROM readings
                      WHERE label IS NOT NULL) r
                JOIN articles a USING (article_id)
                LEFT JOIN portrayed p USING (article_id, subject, mention)
                GROUP BY ALL ORDER BY ALL
            ) TO {quoted(temporary)} {AS_PARQUET}"""
        )
