"""Simulated coders of a made-up press: they know what was planted, slip now and then, and settle what they differ on.

What they do to a figure is shown as theirs, and never as what a survey found.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.findings.planted import PlantedCoding
from masthead.inference.agreement import alpha
from masthead.inference.intervals import Array
from masthead.measuring import Job
from masthead.measuring.coded.codes import CODES, Codes
from masthead.measuring.coding import CANNOT_TELL
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.press.truth import PLANTED_PORTRAYALS, Truth
from masthead.study import Study

VALUES = np.array([-1.0, 0.0, 1.0])
SLIPS, SETTLED_WRONG = 0.1, 0.05
"""A coder says anything instead of what was planted so often; a third who settles what two differ on, so often."""

CODED = 120
"""So many mentions of one outlet and subject are coded in the demo."""

_NAMES = ("the first simulated coder", "the second simulated coder")


@dataclass(frozen=True)
class Coders:
    """What two coders said of each unit, and what was settled."""

    first: Array
    second: Array
    settled_codes: Array


def coders_of(planted_values: Array, dice: np.random.Generator) -> Coders:
    """Have two coders code units of which this was planted, and a third settle what the two differ on."""
    first, second, third = (
        _codes_of_one(planted_values, wrong, dice) for wrong in (SLIPS, SLIPS, SETTLED_WRONG)
    )
    return Coders(first, second, np.where(first == second, first, third))


def _codes_of_one(planted_values: Array, wrong: float, dice: np.random.Generator) -> Array:
    slips: npt.NDArray[np.bool_] = dice.random(len(planted_values)) < wrong
    return np.where(slips, dice.choice(VALUES, len(planted_values)), planted_values)


def planted_codes(tables: StudyTables, truth: Truth) -> pa.Table:
    """Return what was planted at every mention that the reader found (CODES, with outlet), each coded for sure.

    Where nothing was planted, nobody can tell.
    """
    names = ("key", "field", "start", "subject", PLANTED_PORTRAYALS)
    columns = (truth.mentions[name].to_pylist() for name in names)
    planted_values = {row[:4]: row[4] for row in zip(*columns, strict=True)}
    rows = []
    for outlet, article, key, subject, mention, where, start in tables.rows(
        """SELECT a.outlet, p.article_id, json_extract_string(t.extra, '$.key'), p.subject, p.mention, p.field, p.start
        FROM portrayed p JOIN archive_articles t USING (article_id) JOIN articles a USING (article_id)
        ORDER BY md5(p.article_id || p.mention), p.subject"""
    ):
        value = planted_values.get((key, where, start, subject))
        code = CANNOT_TELL if value is None else f"{value:g}"
        unit = {"subject": subject, "article_id": article, "mention": mention}
        rows.append({"outlet": outlet, **unit, "value": code, "chance": 1.0})
    return pa.Table.from_pylist(rows, pa.schema([("outlet", pa.string()), *CODES]))


def simulated_codes(
    study: Study, archive: Archive, truth: Truth, subjects: tuple[str, ...], seed: int
) -> Codes:
    """Return codes of the outlet and subject, of these, of which most is read: `CODED` mentions by two coders.

    Nothing is coded where none has twice as many.
    """
    if PLANTED_PORTRAYALS not in study.measures:
        return Codes()
    tables = loaded(Job(study, counted(archive, study)), [PLANTED_PORTRAYALS])
    units = planted_codes(tables, truth)
    tables.connection.close()
    units = units.filter(pc.is_in(units["subject"], pa.array(subjects)))
    sizes = units.group_by(["outlet", "subject"]).aggregate([("value", "count")])
    sizes = sizes.sort_by([("value_count", "descending"), ("outlet", "ascending"), ("subject", "ascending")])
    if not sizes.num_rows or sizes["value_count"][0].as_py() < 2 * CODED:
        return Codes()
    most = sizes.slice(0, 1).to_pylist()[0]
    whole = units.filter(
        pc.and_(pc.equal(units["outlet"], most["outlet"]), pc.equal(units["subject"], most["subject"]))
    )
    drawn_units = whole.slice(0, CODED)
    values = drawn_units["value"].to_pylist()
    planted_values = np.array([np.nan if value == CANNOT_TELL else float(value) for value in values])
    coders = coders_of(np.nan_to_num(planted_values), np.random.default_rng(seed))
    chance = pa.array(np.full(drawn_units.num_rows, drawn_units.num_rows / whole.num_rows))
    drawn_units = drawn_units.set_column(drawn_units.column_names.index("chance"), "chance", chance).select(
        CODES.names
    )
    tells = ~np.isnan(planted_values)
    agreement = alpha(np.column_stack([coders.first, coders.second])[tells], metric="interval").alpha
    by_coder = {
        name: _with_values(drawn_units, own_codes, tells).select(CODES.names[:4])
        for name, own_codes in zip(_NAMES, (coders.first, coders.second), strict=True)
    }
    settled_codes = _with_values(drawn_units, coders.settled_codes, tells)
    return Codes(
        {PLANTED_PORTRAYALS: settled_codes}, {PLANTED_PORTRAYALS: by_coder}, {PLANTED_PORTRAYALS: agreement}
    )


def _with_values(units: pa.Table, own_codes: Array, tells: npt.NDArray[np.bool_]) -> pa.Table:
    values = [
        f"{code:g}" if can else CANNOT_TELL
        for code, can in zip(own_codes.tolist(), tells.tolist(), strict=True)
    ]
    return units.set_column(units.column_names.index("value"), "value", pa.array(values, pa.string()))


def planted_beside_coded(findings: Findings, means: pa.Table, voice: str = "own") -> list[PlantedCoding]:
    """Put planted portrayals beside the figures that simulated coders corrected, and the model's own."""
    planted_values = {(row["outlet"], row["subject"]): row["mean"] for row in means.to_pylist()}
    return [
        {
            "outlet": row["outlet"],
            "subject": row["subject"],
            "n_coded": row["n_coded"],
            "planted": planted_values[row["outlet"], row["subject"]],
            "model": row["plain_estimate"],
            "model_low": row["plain_low"],
            "model_high": row["plain_high"],
            "corrected": row["estimate"],
            "corrected_low": row["conf_low"],
            "corrected_high": row["conf_high"],
        }
        for row in findings.of_wire("with").estimates.to_pylist()
        if (row["measure"], row["voice"]) == (PLANTED_PORTRAYALS, voice)
        and row["calibrated"]
        and row["period_start"] is None
        and (row["outlet"], row["subject"]) in planted_values
    ]
