"""Figures corrected by what people coded: estimates whose intervals hold the reader's errors as well as chance."""

from masthead.inference.calibration.cells import Cell, Codings, PseudoUnits
from masthead.inference.calibration.estimates import Calibrated, calibrate, difference, pseudo_units
from masthead.inference.calibration.families import CalibratedMeans, CalibratedShares, calibrated_family

__all__ = [
    "Calibrated",
    "CalibratedMeans",
    "CalibratedShares",
    "Cell",
    "Codings",
    "PseudoUnits",
    "calibrate",
    "calibrated_family",
    "difference",
    "pseudo_units",
]
