"""What many articles at once are counted with: arrays of numbers, flags and 64-bit hashes."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]

BASE = 0x9E3779B97F4A7C15
_LEAST_POWERS = 1 << 19

_Number = TypeVar("_Number", bound=np.generic)


def distinct(numbers: npt.NDArray[_Number]) -> npt.NDArray[_Number]:
    """Return the different numbers, sorted.

    Asked for counts too, numpy sorts; asked for nothing else, numpy 2.3 and later hash first, which takes forty times
    as long where most of a million numbers differ.
    """
    different: npt.NDArray[_Number] = np.unique(numbers, return_counts=True)[0]
    return different


def powers(size: int) -> tuple[Hashes, Hashes]:
    """Return the powers 0 to size − 1 of the base of a hash, and of its inverse, modulo 2⁶⁴.

    A sum of values times powers is made free of its place by the inverse of its first.
    """
    up, down = _many_powers(max(_LEAST_POWERS, 1 << (size - 1).bit_length()))
    return up[:size], down[:size]


@cache
def _many_powers(size: int) -> tuple[Hashes, Hashes]:
    def of(base: int) -> Hashes:
        return np.cumprod(np.append(np.uint64(1), np.full(size - 1, base, np.uint64)), dtype=np.uint64)

    return of(BASE), of(pow(BASE, -1, 1 << 64))
