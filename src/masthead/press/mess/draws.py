"""Draws that hang on their name alone, and are cheaper than a generator of random numbers for each."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

_T = TypeVar("_T")


def chance(*name: object) -> float:
    """A number from 0 to 1 (never 1) that the same name always draws."""
    text = "/".join(map(str, name))
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def pick(options: Sequence[_T], *name: object) -> _T:
    """The option that the name draws."""
    return options[int(chance(*name) * len(options))]
