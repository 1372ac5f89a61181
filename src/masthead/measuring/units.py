"""The units of a study: what every figure is a sum of, one row per article and cell, kept beside the readings.

Changes and claims ask for windows of time that no table of figures was cut to; from these rows any such figure is
added up without reading an article again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from masthead.archive import Archive
from masthead.archive.duck import AS_PARQUET, parquet, quoted
from masthead.archive.store import replacing
from masthead.measuring.measure import CELL
from masthead.measuring.outlets import lots

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables

FIGURES_VERSION = 10
"""Raised whenever the same archive and study would give other figures than the last version of this code, or a survey
would leave something else beside its units."""

UNITS = (
    "measure",
    *CELL,
    "cluster",
    "day",
    "story",
    "section",
    "copied",
    "bare",
    "unread",
    "x",
    "y",
    "w",
)
"""The columns of a table of units, by measure and cell in this order.

`cluster` is the article, `day` when it was published, on its outlet's clock (null where that is unknown), `story` the
story that it belongs to and `section` where the outlet put it (null where unknown), `copied` whether it is wire copy,
`bare` whether its text is missing, `unread` whether its labels are not read for the language that it is in; x, y and w
are numerator, denominator and weight.
"""


def units_path(archive: Archive, figures_hash: str) -> Path:
    """Return where the units behind these figures are kept; the file is whole where it is there at all.

    Beside it stands all else that the survey left for later questions: no file there has a version of its own, but for
    what was answered later.
    """
    return archive.path / "links" / "surveys" / str(FIGURES_VERSION) / figures_hash / "units.parquet"


def label_uses_path(units: Path) -> Path:
    """Return where the labels behind these units are kept (`masthead.questions.alignment.label_portrayals`)."""
    return units.with_name("label-uses.parquet")


def passages_path(units: Path) -> Path:
    """Return where the first passages behind these units are kept (`masthead.measuring.passages`)."""
    return units.with_name("passages.parquet")


def write_units(survey: StudyTables, archive: Archive, figures_hash: str) -> Path:
    """Write the units of every measure and voice that the study asks for, and return the file.

    Silence has none here: its units are stories, and its intervals are its own. Columns: UNITS. Rows go from the
    engine to the file as they come, so memory does not grow with the archive.
    """
    path = units_path(archive, figures_hash)
    con = survey.connection
    selects = [
        f"""SELECT '{measure.name}' AS measure, outlet, subject, category, voice, cluster,
                   sum(x) AS x, sum(y) AS y, any_value(w) AS w
            FROM "{survey.view_of_units(measure.name, voice, survey.tables)}"
            GROUP BY ALL HAVING sum(y) > 0 OR sum(x) <> 0"""
        for measure in survey.measures
        for voice in measure.voices
    ]
    selects += [_aside(name, frame) for name, frame in survey.units_aside().items()]
    with replacing(path) as temporary, tempfile.TemporaryDirectory() as folder:
        whole = " UNION ALL ".join(selects)
        lot_conditions = lots(survey)
        if len(lot_conditions) == 1:
            con.execute(_copy_statement(f"SELECT * FROM ({_with_places(whole)}) ORDER BY ALL", temporary))
            return path
        # In the order of the whole: measure after measure, and of each the outlets lot by lot.
        names = {select.split("'")[1] for select in selects}
        of = [(name, lot) for name in sorted(names) for lot in lot_conditions]
        parts = [Path(folder) / f"{at}.parquet" for at in range(len(of))]
        for (name, lot), part in zip(of, parts, strict=True):
            mine = " UNION ALL ".join(
                select for select in selects if select.startswith(f"SELECT '{name}' AS")
            )
            con.execute(
                _copy_statement(f"SELECT * FROM ({_with_places(mine)}) WHERE {lot} ORDER BY ALL", part)
            )
        con.execute(_copy_statement(f"SELECT * FROM {parquet(parts)}", temporary))
    return path


def _aside(name: str, frame: nw.LazyFrame[Any]) -> str:
    """Units that are in no figure, under a name of their own."""
    view = f"units_of_{name}"
    frame.to_native().create_view(view, replace=True)
    return f"""SELECT '{name}' AS measure, outlet, subject, category, voice, cluster,
               sum(x) AS x, sum(y) AS y, any_value(w) AS w FROM "{view}" GROUP BY ALL"""


def _with_places(units: str) -> str:
    """Units with what is known of their articles: the columns UNITS."""
    return f"""SELECT u.measure, u.outlet, u.subject, u.category, u.voice, u.cluster,
                   a.day, s.story, a.section, a.wire AS copied,
                   a.without_text AS bare, a.refused AS unread, u.x, u.y, u.w
            FROM ({units}) u
            JOIN articles a ON u.cluster = a.article_id
            LEFT JOIN in_stories s ON u.cluster = s.article_id"""


def _copy_statement(query: str, path: Path) -> str:
    return f"COPY ({query}) TO {quoted(path)} {AS_PARQUET}"
