"""The outlets of a study: which values of the archive they are, on whose clocks their days are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import duckdb
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import zones_said
from masthead.archive.duck import parquet
from masthead.engines.duckdb import connect
from masthead.errors import nearest
from masthead.findings.about import SurveyedOutlet
from masthead.measuring.outlets import ids_of
from masthead.study import Study
from masthead.study.parts import WrongAtError


class ChosenOutlet(NamedTuple):
    """An outlet of a study: its title, its group, and its time zone: None where its articles came in several."""

    title: str
    group: str | None
    zone: str | None


def zones_of(study: Study, archive: Archive) -> dict[str, str | None]:
    """Return the time zone on whose clock the days of each of a study's outlets are; None where it is UTC."""
    con = connect()
    try:
        parts = parquet(part.path for part in archive.parts())
        con.execute(f"CREATE TEMP VIEW archive_articles AS SELECT outlet FROM {parts}")
        outlets = choose_outlets(con, study, zones_said(archive))
        return {outlet: one.zone for outlet, one in outlets.items()}
    finally:
        con.close()


def choose_outlets(
    con: duckdb.DuckDBPyConnection, study: Study, zones: Mapping[str, str]
) -> dict[str, ChosenOutlet]:
    """Map the archive's outlet values to the study's outlets; without any, every value is an outlet.

    `zones` are the time zones in which outlets were added: each holds where the study says none.
    """
    values = [row[0] for row in con.execute("SELECT DISTINCT outlet FROM archive_articles").fetchall()]
    for outlet in study.outlets:
        there = sorted(set(outlet.matches) & set(values))
        if outlet.absent and there:
            wrong = WrongAtError(
                f"the study says that '{outlet.id}' is absent, and the archive holds articles of '{there[0]}'",
                "absent",
                expected="an outlet that the archive holds nothing of",
                hint="take `absent` out",
            )
            raise study.wrong(wrong, "outlet", outlet.id)
        if not outlet.absent and not there:
            wrong = WrongAtError(
                f"the study's outlet '{outlet.id}' matches no article of the archive",
                "match" if outlet.match else "id",
                expected="a value of the archive's outlet column in its `match`, or `absent = true` where it has none",
                hint=nearest(outlet.matches[0], values),
            )
            raise study.wrong(wrong, "outlet", outlet.id)
    if study.listed:
        names = {o.id: (o.title, o.group) for o in study.listed}
        pairs = list(study.outlet_of.items())
    else:
        ids = ids_of(values)
        names = {outlet: (value, None) for value, outlet in ids.items()}
        pairs = list(ids.items())
    zone_by_id = {o.id: o.zone or study.zone for o in study.outlets}
    zone_of = [zone_by_id.get(outlet) or study.zone or zones.get(value) for value, outlet in pairs]
    con.register(
        "pairs",
        pa.table(
            {
                "value": pa.array([value for value, _ in pairs], pa.string()),
                "outlet": pa.array([outlet for _, outlet in pairs], pa.string()),
                "zone": pa.array(zone_of, pa.string()),
            }
        ),
    )
    zones_by_outlet: dict[str, set[str | None]] = defaultdict(set)
    for (_, outlet_id), zone in zip(pairs, zone_of, strict=True):
        zones_by_outlet[outlet_id].add(zone)
    return {
        outlet: ChosenOutlet(*name, zone=_only(zones_by_outlet[outlet])) for outlet, name in names.items()
    }


def _only(zones: set[str | None]) -> str | None:
    """The zone that there is; None where there are several."""
    return next(iter(zones)) if len(zones) == 1 else None


def n_unseen(outlet: SurveyedOutlet) -> int:
    """Return how many articles of an outlet attention leaves out: those without text, where most have one."""
    bare = outlet["n_without_text"]
    return bare if 2 * bare < outlet["n_articles"] else 0


def describe_outlets(
    con: duckdb.DuckDBPyConnection, chosen_outlets: Mapping[str, ChosenOutlet]
) -> list[SurveyedOutlet]:
    """Return what the study's pages say of each outlet, those with most articles first."""
    counts = {
        row[0]: row[1:]
        for row in con.execute(
            """SELECT outlet, count(*), count(*) FILTER (published IS NULL), bool_or(marks),
                      min(day), max(day),
                      count(*) FILTER (refused), count(*) FILTER (without_text), count(*) FILTER (wire)
            FROM articles GROUP BY outlet"""
        ).fetchall()
    }
    outlets: list[SurveyedOutlet] = []
    for outlet_id, one in chosen_outlets.items():
        nothing = (0, 0, False, None, None, 0, 0, 0)
        n, n_undated, marks, first, last, foreign, bare, wire = counts.get(outlet_id, nothing)
        outlets.append(
            {
                "id": outlet_id,
                "title": one.title,
                "group": one.group,
                "zone": one.zone,
                "n_articles": n,
                "n_undated": n_undated,
                "n_not_english": foreign,
                "n_without_text": bare,
                "n_wire": wire,
                "quotation_marks": bool(marks),
                "first": first and first.isoformat(),
                "last": last and last.isoformat(),
            }
        )
    return sorted(outlets, key=lambda o: (-o["n_articles"], o["id"]))
