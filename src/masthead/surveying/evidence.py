"""All the sentences behind a figure, asked from the archive rather than from a dossier's sample."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa

from masthead.archive import Archive
from masthead.reading import read
from masthead.study import Study
from masthead.surveying.sources import sources_table
from masthead.surveying.tables import build


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
) -> pa.Table:
    """Return the sources of a measure, narrowed to an outlet, a subject and a category where they are given.

    One row per label use (naming) or per article (attention), in the columns of the dossier's `sources`;
    at most `limit` rows per cell.
    """
    reading = read(archive, study, processes=processes, progress=progress)
    asked = {"measure": measure, "outlet": outlet, "subject": subject, "category": category}
    given = {column: value for column, value in asked.items() if value is not None}
    return sources_table(
        build(archive, study, reading),
        archive,
        kept=limit,
        where=" AND ".join(f"{column} = ?" for column in given),
        parameters=list(given.values()),
    )
