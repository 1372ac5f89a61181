"""Figures corrected by what people coded: estimates whose intervals hold the reader's errors as well as chance."""

from masthead.inference.calibration.cells import Cell, Codings, PseudoUnits
from masthead.inference.calibration.estimates import (
    Calibrated,
    CalibratedFigures,
    calibrate,
    calibrate_many,
    difference,
    pseudo_units,
)
from masthead.inference.calibration.families import CalibratedMeans, CalibratedShares, calibrated_family
from masthead.inference.calibration.planning import (
    Expected,
    Outlook,
    after,
    how_many,
    how_many_for,
    outlook,
    share_out,
)

__all__ = [
    "Calibrated",
    "CalibratedFigures",
    "CalibratedMeans",
    "CalibratedShares",
    "Cell",
    "Codings",
    "Expected",
    "Outlook",
    "PseudoUnits",
    "after",
    "calibrate",
    "calibrate_many",
    "calibrated_family",
    "difference",
    "how_many",
    "how_many_for",
    "outlook",
    "pseudo_units",
    "share_out",
]
