"""From a trained network to the file that ships: calibrated inside, fused, and in eight-bit integers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx

from .graph import written
from .network import Portrayer


def export(model: Portrayer, temperature: float, bias: np.ndarray, path: Path) -> None:
    """Write the network, with its calibration, to ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    onnx.save(written(model, temperature, bias), str(beside))
    beside.replace(path)
