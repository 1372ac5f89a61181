"""What findings say of people's codes beside the figures that these correct."""

from __future__ import annotations

from typing import TypedDict

import pyarrow as pa
import pyarrow.compute as pc

from masthead.findings.about import Part
from masthead.measuring.coded.codes import Codes
from masthead.measuring.coded.units import FEWEST, CodedUnits
from masthead.measuring.coded.units import Part as Units


class CodedCell(TypedDict):
    """How many units of an outlet's figure of a subject people coded, and how many are missing to correct it."""

    measure: str
    outlet: str
    subject: str
    category: str | None
    n_coded: int
    n_missing: int


class CodedInstrument(TypedDict):
    """How far coders agree on what they coded for an instrument, and how much there is of it."""

    instrument: str
    n_coded: int
    coders: list[str]
    alpha: float | None


class CodingAbout(TypedDict):
    """What people coded."""

    hash: str
    instruments: list[CodedInstrument]
    cells: list[CodedCell]
    calibrated: int
    """How many figures over all time codes correct."""


CODING = Part[CodingAbout]("coding")
"""What people coded, in `Findings.about`; null where they coded nothing."""


def coding_about(codes: Codes, coded_cells: CodedUnits, estimates: pa.Table) -> CodingAbout:
    """Return what is said of codes; `estimates` are the figures that they have corrected."""
    cells: list[CodedCell] = []
    for measure, outlet, subject, category in coded_cells.cells:
        n = coded_cells.count(coded_cells.rows(Units(measure, (outlet,), subject, category, "all", "with")))
        cells.append(
            {
                "measure": measure,
                "outlet": outlet,
                "subject": subject or "",
                "category": category,
                "n_coded": n,
                "n_missing": max(0, FEWEST - n),
            }
        )
    whole = pc.and_(pc.is_null(estimates["period_start"]), estimates["calibrated"])
    return {
        "hash": codes.hash,
        "instruments": [
            {
                "instrument": name,
                "n_coded": table.num_rows,
                "coders": sorted(codes.by_coder.get(name, {})),
                "alpha": codes.alphas.get(name),
            }
            for name, table in sorted(codes.settled_codes.items())
        ],
        "cells": cells,
        "calibrated": int(pc.sum(whole).as_py() or 0),
    }
