"""A classifier for tests: quick, blind to names, and good enough to be graded."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from masthead.validation.baselines.lexicon import FAVOURABLE, UNFAVOURABLE


class CountsWords:
    """Says favourable of a sentence with more good words than bad ones, and unfavourable of the opposite."""

    name = "counts-words"
    languages: frozenset[str] | None = frozenset({"en"})
    lot = 4_000

    def __init__(self, version: str = "1") -> None:
        self.version = version
        self.texts: list[str] = []

    def read(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Remember what was asked, and answer at once."""
        self.texts += texts
        return np.array([self._guess(text) for text in texts], np.float32).reshape(-1, 3)

    def _guess(self, text: str) -> tuple[float, float, float]:
        words = [word.strip(".,;:!?“”\"'").lower() for word in text.split()]
        score = sum((w in FAVOURABLE) - (w in UNFAVOURABLE) for w in words)
        if score == 0:
            return (0.125, 0.75, 0.125)
        return (0.0625, 0.1875, 0.75) if score > 0 else (0.75, 0.1875, 0.0625)
