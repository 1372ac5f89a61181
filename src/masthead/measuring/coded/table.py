"""From the codes of people, and what readers read of the same units, to the table of coded units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.measuring.coded.codes import CODES
from masthead.measuring.coded.units import CODED_UNITS
from masthead.measuring.coding import (
    CodedUnit,
    Coding,
    adds,
    readings_known,
    readings_of_units,
    units_that_may_be_drawn,
)
from masthead.measuring.registry import instruments

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables


def coded_table(survey: StudyTables, codes: Mapping[str, pa.Table]) -> pa.Table:
    """Return the units of every cell of which people coded something (CODED_UNITS).

    `codes` holds, by the names of instruments that are loaded, a table of at least the columns CODES. Units that are
    no more there, such as those of an article that changed, are left out.
    """
    parts = [CODED_UNITS.empty_table()]
    for name, table in codes.items():
        coding = instruments()[name].coding
        if coding is not None and table.num_rows:
            parts.append(_of_instrument(survey, coding, table.select(CODES.names).cast(CODES)))
    return pa.concat_tables(parts)


def _of_instrument(survey: StudyTables, coding: Coding, codes: pa.Table) -> pa.Table:
    con = survey.connection
    tables = {
        "codes_here": codes,
        "units_here": units_that_may_be_drawn(survey, coding),
        "readings_here": readings_of_units(survey, coding),
        "known_here": readings_known(survey, coding),
    }
    for name, table in tables.items():
        con.register(name, table)
    try:
        units = con.sql(_UNITS).to_arrow_table()
    finally:
        for name in tables:
            con.unregister(name)
    return _with_values(units, coding)


# A unit that a figure knows nothing of adds 0 to it, so that every figure of a cell is of all of its units. Where in
# its source an article stands, and not what it says, decides its fold.
_UNITS = """
    WITH cells AS (
        SELECT DISTINCT u.outlet, u.subject FROM units_here u JOIN codes_here c USING (subject, article_id, mention)),
    kinds AS (
        SELECT DISTINCT r.measure, r.category, c.outlet, c.subject
        FROM cells c JOIN (SELECT DISTINCT measure, category, subject FROM readings_here) r USING (subject)),
    all_units AS (
        SELECT k.measure, k.category, u.outlet, u.subject, u.article_id, u.mention, u.quoted, u.weight,
               coalesce(r.x, 0) AS x, coalesce(r.y, 0) AS y, c.value, coalesce(c.chance, 1.0) AS chance, false AS known
        FROM kinds k JOIN units_here u USING (outlet, subject)
        LEFT JOIN readings_here r ON r.measure = k.measure AND r.category IS NOT DISTINCT FROM k.category
             AND r.subject = u.subject AND r.article_id = u.article_id AND r.mention = u.mention
        LEFT JOIN codes_here c ON c.subject = u.subject AND c.article_id = u.article_id AND c.mention = u.mention
        UNION ALL
        SELECT r.measure, r.category, r.outlet, r.subject, r.article_id, r.mention, NULL, 1.0, r.x, r.y,
               NULL, 1.0, true
        FROM known_here r SEMI JOIN cells USING (outlet, subject))
    SELECT u.measure, u.outlet, u.subject, u.category, u.article_id AS cluster, s.story,
           CAST(('0x' || substr(md5(a.outlet || ':' || CAST(a.source_row AS VARCHAR)), 1, 6))::INTEGER % 5 AS BIGINT)
               AS fold,
           a.day, a.period_start, a.wire AS copied, u.quoted, u.weight, u.x AS reading_x, u.y AS reading_y,
           u.chance, u.value IS NOT NULL AS coded, u.known, u.value
    FROM all_units u JOIN articles a USING (article_id) LEFT JOIN in_stories s USING (article_id)
    ORDER BY u.measure, u.outlet, u.subject, u.category, u.article_id, u.mention
"""


def _with_values(units: pa.Table, coding: Coding) -> pa.Table:
    """Add what people say that each coded unit adds; what is known adds what was read."""
    columns = ("measure", "category", "value", "reading_x", "reading_y", "known")
    values = [
        (x, y)
        if is_known
        else (0.0, 0.0)
        if value is None
        else adds(coding, CodedUnit(measure, category, value, x, y))
        for measure, category, value, x, y, is_known in zip(
            *(units[name].to_pylist() for name in columns), strict=True
        )
    ]
    for at, name in enumerate(("value_x", "value_y")):
        units = units.append_column(name, pa.array([value[at] for value in values], pa.float64()))
    return units.select(CODED_UNITS.names).cast(CODED_UNITS)
