"""Probabilities that mean what they say: a temperature and two class offsets, fitted on the dev sets."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize

from .distil import softmax


def calibration(logits: np.ndarray, labels: np.ndarray) -> tuple[float, np.ndarray]:
    """The temperature and class biases ``[3]`` (their sum 0) that make ``labels`` most likely.

    A light pull towards 1 and 0 keeps few hundred examples from moving them far.
    """

    def loss(told: np.ndarray) -> float:
        scaled = softmax(logits / np.exp(told[0]) + _bias(told))
        return float(-np.log(scaled[np.arange(len(labels)), labels]).mean() + 0.01 * (told**2).sum())

    best = minimize(loss, np.zeros(3), method="Nelder-Mead").x
    return float(np.exp(best[0])), _bias(best)


def _bias(told: np.ndarray) -> np.ndarray:
    return np.array([told[1], -told[1] - told[2], told[2]])


def crossed(logits: np.ndarray, labels: np.ndarray, groups: np.ndarray, folds: int = 5) -> np.ndarray:
    """Calibrated probabilities of every row by a calibration that never saw its sentence."""
    order = np.unique(groups, return_inverse=True)[1]
    fold = np.random.default_rng(5).permutation(order.max() + 1)[order] % folds
    found = np.zeros_like(logits)
    for one in range(folds):
        temperature, bias = calibration(logits[fold != one], labels[fold != one])
        found[fold == one] = softmax(logits[fold == one] / temperature + bias)
    return found
