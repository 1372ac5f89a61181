"""What an archive holds, seen from above: outlets, months, gaps, languages, sections, damage."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from masthead.archive.days import in_utc, own_day, zones_said
from masthead.archive.duck import parquet
from masthead.archive.keeping.index import read_lines, standing
from masthead.archive.overview.crawl_times import Bunch, find_bunches
from masthead.archive.overview.gaps import find_gaps
from masthead.archive.overview.similar_names import alike

if TYPE_CHECKING:
    import duckdb

    from masthead.archive.folder import Archive

_COUNTS: tuple[Literal["rows", "kept", "duplicate", "refused"], ...] = (
    "rows",
    "kept",
    "duplicate",
    "refused",
)

# Straight, curved, low and angled ones; an apostrophe is none of them, an opening single quotation mark is.
QUOTATION_MARKS = '"“”„‟«»‘「」『』'


@dataclass(frozen=True)
class OutletInfo:
    """One outlet's share of an archive.

    `first` and `last` are the days of its first and last dated article. `quotation_marks` and `commas` are False where
    not one text of the outlet holds any: the source stripped them, and what hangs on them cannot be read. Which of its
    articles repeat each other, `masthead.links.repeats` says.
    """

    outlet: str
    articles: int
    undated: int
    without_text: int
    first: dt.date | None
    last: dt.date | None
    quotation_marks: bool
    commas: bool
    gaps: list[tuple[dt.date, dt.date]]


@dataclass(frozen=True)
class AddedInfo:
    """One ingest: the name by which `undo` knows it, the file it read, and what became of its rows."""

    ingest: str
    source: str
    rows: int
    kept: int
    duplicate: int
    refused: int


@dataclass(frozen=True)
class ArchiveInfo:
    """The whole archive. `months` are (outlet, first day of the month, articles), undated ones left out.

    `rows`, `kept`, `duplicate` and `refused` sum over all ingests that stand, which `added` lists; `undone` are the
    names of those that were taken back. `unnamed` are files of articles and refused rows that no ingest names: damage.
    `ahead` counts the undated whose date lay in the future by the clock when they were added. `repaired` counts
    articles by the kind of damage that was repaired when they were added, `damaged` by that which is only told
    (`masthead.archive.repair.kinds`). `shared` counts the articles whose text stands, to the letter, under another
    outlet too. `alike` are the outlets whose names look like one, in groups. `zones` are the time zones on whose clocks
    days are counted, by outlet; the others' days are those of UTC, and `moved` counts of them the articles that were
    written on another day. `bunched` are times that too many articles bear.
    """

    name: str
    path: str
    hash: str
    frame: str | None
    frame_note: str
    ingests: int
    added: list[AddedInfo]
    undone: list[str]
    unnamed: list[str]
    rows: int
    kept: int
    duplicate: int
    refused: int
    articles: int
    undated: int
    ahead: int
    repaired: dict[str, int]
    damaged: dict[str, int]
    without_text: int
    first: dt.date | None
    last: dt.date | None
    shared: int
    outlets: list[OutletInfo]
    months: list[tuple[str, dt.date, int]]
    languages: dict[str, int]
    sections: dict[str, int]
    alike: list[tuple[str, ...]]
    zones: dict[str, str]
    moved: dict[str, int]
    bunched: list[Bunch]


def archive_info(archive: Archive) -> ArchiveInfo:
    """Look through every part of an archive once, with DuckDB, in bounded memory."""
    lines = read_lines(archive.path)
    ingests = standing(lines)
    sums = {key: sum(i[key] for i in ingests) for key in _COUNTS}
    zones = zones_said(archive)
    with connect([part.path for part in archive.parts()], zones) as db:
        outlets = _outlets(db)
        (total,) = _rows(
            db,
            """
            SELECT coalesce(sum(n) FILTER (outlets > 1), 0)::BIGINT AS shared
            FROM (
                SELECT count(*) AS n, count(DISTINCT outlet) AS outlets
                FROM articles WHERE text <> '' GROUP BY md5(text)
            )
            """,
        )
        months = _rows(
            db,
            """
            SELECT outlet, date_trunc('month', day)::DATE AS month, count(*) AS n
            FROM articles WHERE day IS NOT NULL GROUP BY ALL ORDER BY ALL
            """,
        )
        languages = _counts(db, "language")
        sections = _counts(db, "section")
        bunches = find_bunches(db, "articles")
    days = [d for o in outlets for d in (o.first, o.last) if d is not None]
    return ArchiveInfo(
        name=archive.name,
        path=str(archive.path),
        hash=archive.hash,
        frame=archive.frame,
        frame_note=archive.frame_note,
        ingests=len(ingests),
        added=[AddedInfo(i["ingest"], i["source"], *(i[key] for key in _COUNTS)) for i in ingests],
        undone=[line["undone"] for line in lines if "undone" in line],
        unnamed=archive.unnamed(),
        **sums,
        articles=sum(o.articles for o in outlets),
        undated=sum(o.undated for o in outlets),
        ahead=sum(i.get("ahead", 0) for i in ingests),
        repaired=_sums(i.get("repaired", {}) for i in ingests),
        damaged=_sums(i.get("damaged", {}) for i in ingests),
        without_text=sum(o.without_text for o in outlets),
        first=min(days, default=None),
        last=max(days, default=None),
        shared=total["shared"],
        outlets=outlets,
        months=[(m["outlet"], m["month"], m["n"]) for m in months],
        languages=languages,
        sections=sections,
        alike=alike(o.outlet for o in outlets),
        zones=zones,
        moved=in_utc(archive, zones),
        bunched=bunches,
    )


def _sums(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items()))


def connect(paths: Sequence[Path], zones: Mapping[str, str] | None = None) -> duckdb.DuckDBPyConnection:
    """Open DuckDB with the view `articles`: the columns of these parts, and `day`, on the clock of the outlet.

    `zones` are the time zones of outlets; the others' days are those of UTC.
    """
    import pyarrow as pa

    from masthead.engines import duckdb as engine

    db = engine.connect(memory_limit="1500MB")
    db.execute("SET TimeZone = 'UTC'")
    if paths:
        source = parquet(paths)
    else:
        from masthead.archive.schema import ARTICLE_SCHEMA

        db.register("no_articles", pa.Table.from_pylist([], ARTICLE_SCHEMA))
        source = "no_articles"
    zone_of = zones or {}
    db.register(
        "zones",
        pa.table({"outlet": pa.array(zone_of, pa.string()), "zone": pa.array(zone_of.values(), pa.string())}),
    )
    db.execute(
        f"""CREATE VIEW articles AS SELECT a.*, {own_day("z.zone", "a.") if zone_of else "a.published::DATE"} AS day
        FROM {source} a {"LEFT JOIN zones z USING (outlet)" if zone_of else ""}"""
    )
    return db


def _outlets(db: duckdb.DuckDBPyConnection) -> list[OutletInfo]:
    marks = QUOTATION_MARKS.replace("'", "''")
    rows = _rows(
        db,
        f"""
        SELECT outlet, count(*) AS articles, count(*) FILTER (day IS NULL) AS undated,
               count(*) FILTER (text = '') AS without_text, min(day) AS first, max(day) AS last,
               bool_or(regexp_matches(text, '[{marks}]')) AS quotation_marks,
               bool_or(contains(text, ',') OR contains(text, '،') OR contains(text, '，')) AS commas
        FROM articles GROUP BY outlet ORDER BY outlet
        """,
    )
    days: dict[str, list[dt.date]] = {}
    for row in _rows(
        db, "SELECT outlet, day, count(*) AS n FROM articles WHERE day IS NOT NULL GROUP BY ALL"
    ):
        days.setdefault(row["outlet"], []).extend([row["day"]] * row["n"])
    return [OutletInfo(**row, gaps=find_gaps(days.get(row["outlet"], []))) for row in rows]


def _counts(db: duckdb.DuckDBPyConnection, column: str) -> dict[str, int]:
    """Count the values of a column, the commonest first; the empty name stands for null."""
    query = f"SELECT coalesce({column}, '') AS v, count(*) AS n FROM articles GROUP BY v ORDER BY n DESC, v"
    return {row["v"]: row["n"] for row in _rows(db, query)}


def _rows(db: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = db.execute(query)
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
