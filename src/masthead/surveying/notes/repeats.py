"""Which articles count with other versions of them, and how many, by outlet and by ground."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyarrow as pa

from masthead.archive import Archive
from masthead.errors import ArchiveError
from masthead.findings.about import RepeatCounts, SurveyedOutlet
from masthead.findings.schemas import REPEATS
from masthead.links.repeats import find_repeats
from masthead.measuring.counting import repeats_of
from masthead.measuring.tables import StudyTables
from masthead.study import Repeats, Study

_OF_KEPT = {"kept_published": "published", "kept_title": "title", "kept_url": "url"}


def study_repeats(tables: StudyTables, archive: Archive, study: Study) -> pa.Table:
    """Return the rows of REPEATS that the study's articles stand for; none where it counts each version."""
    if study.repeats == "count":
        return REPEATS.empty_table()
    rows = repeats_of(archive, study).table()
    tables.connection.register("versions", rows.select(["kept_id"]))
    outlet_of_article = dict(
        tables.rows("SELECT article_id, outlet FROM articles SEMI JOIN versions ON article_id = kept_id")
    )
    tables.connection.unregister("versions")
    return versions_of_articles(rows, outlet_of_article)


def archive_repeats(
    archive: Archive, study: Study | None = None, progress: Callable[[str, int, int], None] | None = None
) -> pa.Table:
    """Return the rows of REPEATS of a whole archive, of a study's outlets where they are given.

    Where nothing can be written beside the archive, it is read anew each time.
    """
    outlets = study.outlet_of if study else {}
    try:
        rows = repeats_of(archive, study, progress=progress).table()
    except (ArchiveError, OSError):
        rows, _ = find_repeats(archive, outlets, progress)
    ids, values = rows["article_id"].to_pylist(), rows["outlet"].to_pylist()
    return versions_of_articles(
        rows, {i: outlets.get(value, value) for i, value in zip(ids, values, strict=True)}
    )


def versions_of_articles(rows: pa.Table, outlets: Mapping[str, str]) -> pa.Table:
    """Return as rows of REPEATS the versions that articles stand for, of those whose outlet `outlets` has by their id.

    `rows` are those of `masthead.links.repeats.REPEATS_SCHEMA`.
    """
    versions = rows.to_pylist()
    by_id = {row["article_id"]: row for row in versions}
    folded_rows = []
    for row in versions:
        first = by_id[row["kept_id"]]
        if row is not first and row["kept_id"] in outlets:
            others = {name: first[of] for name, of in _OF_KEPT.items()}
            folded_rows.append({**row, **others, "outlet": outlets[row["kept_id"]]})
    folded_rows.sort(key=lambda row: row["outlet"])
    return pa.Table.from_pylist(folded_rows, REPEATS)


def with_repeats(outlets: Iterable[SurveyedOutlet], repeats: pa.Table) -> list[SurveyedOutlet]:
    """Return what is said of each outlet, with `n_repeats`: how many versions its articles stand for."""
    counts = Counter(repeats["outlet"].to_pylist())
    return [{**outlet, "n_repeats": counts[outlet["id"]]} for outlet in outlets]


def repeats_told(mode: Repeats, repeats: pa.Table) -> RepeatCounts:
    """Return what is said of repeats: what is done with them, and how many, by ground and outlet.

    `folded` are the articles that count with another version of them, `kept` those that stand for them.
    """
    rows = list(zip(repeats["outlet"].to_pylist(), repeats["ground"].to_pylist(), strict=True))
    grounds, by_outlet = Counter(ground for _, ground in rows), Counter(rows)
    return {
        "mode": mode,
        "folded": len(rows),
        "kept": len(set(repeats["kept_id"].to_pylist())),
        "address": grounds["address"],
        "text": grounds["text"],
        "outlets": [
            {"outlet": outlet, "address": by_outlet[outlet, "address"], "text": by_outlet[outlet, "text"]}
            for outlet in sorted({outlet for outlet, _ in rows})
        ],
    }


def repeats_warnings(repeats: pa.Table) -> Iterator[str]:
    """Say how many articles count with another version of them, where there are any."""
    n = repeats.num_rows
    if n:
        are, each = ("articles are", "each counts") if n > 1 else ("article is", "it counts")
        yield (
            f"{n:,} {are} an earlier version or a copy of another article of the same outlet: {each} with that one, "
            'once (repeats.csv lists which; `repeats = "count"` in a study counts them all)'
        )
