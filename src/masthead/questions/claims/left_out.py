"""A claim without one of its subject's aliases: no verdict should hang on one word of the study's author."""

from __future__ import annotations

import math

import numpy as np
import pyarrow.compute as pc

from masthead.findings.findings import Findings
from masthead.inference.mover import mover
from masthead.questions.claims.question import Question


def without_an_alias(
    question: Question, findings: Findings
) -> tuple[str, float, float, float, tuple[int, ...]] | None:
    """Return what a claim comes to without the alias that moves it most: label, estimate, low, high, units a side.

    From the survey's figures without each alias, which are over all time: None for a claim about some days, or where
    the survey has none in this voice, or where without an alias a side has no figure at all.
    """
    claim = question.claim
    windows = [(side.window.start, side.window.end) for side in question.sides]
    if any(bound is not None for window in windows for bound in window):
        return None
    table = findings.robustness
    cell = {
        "wire": claim.wire,
        "measure": claim.measure,
        "subject": claim.subject,
        "category": claim.category,
        "voice": question.voice,
    }
    for name, value in cell.items():
        table = table.filter(pc.is_null(table[name]) if value is None else pc.equal(table[name], value))
    rows: dict[str, dict[str, tuple[float, float, float, int]]] = {}
    for row in table.to_pylist():
        if row["estimate"] is not None and not math.isnan(row["estimate"]):
            figures = (row["estimate"], row["conf_low"], row["conf_high"], row["n_units"])
            rows.setdefault(row["alias_left_out"], {})[row["outlet"]] = figures
    variants = []
    for alias, by_outlet in rows.items():
        parts = [[by_outlet[o] for o in side.outlets if o in by_outlet] for side in question.sides]
        if all(parts):
            coefficients = [
                sign / len(part) for sign, part in zip((1.0, -1.0), parts, strict=False) for _ in part
            ]
            values, lows, highs = np.array([figures[:3] for part in parts for figures in part]).T
            counts = tuple(sum(figures[3] for figures in part) for part in parts)
            variants.append((alias, *mover(np.array(coefficients), values, lows, highs), counts))
    if len(variants) < 2:
        return None
    middle = float(np.median([estimate for _, estimate, *_ in variants]))
    alias, estimate, low, high, counts = max(variants, key=lambda one: (abs(one[1] - middle), one[0]))
    return f"without the alias '{alias}', the one that matters most", estimate, low, high, counts
