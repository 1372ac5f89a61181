"""The model that ships inside the package: a small ONNX file, run on the CPU without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from masthead.errors import ReadingError
from masthead.reading.portrayal.classifier import Probabilities
from masthead.reading.portrayal.marking import OPEN
from masthead.reading.portrayal.onnx import Network, Tokens, hash_of

WEIGHTS = Path(__file__).with_name("weights")

_FILES = ("model.onnx", "tokenizer.json.gz", "card.json")
_INPUTS = ["mask", "tokens"]


class ShippedClassifier:
    """Masthead's own model, or another folder made as it is: model.onnx, tokenizer.json.gz and card.json.

    The network takes `tokens` and `mask`, int64 [n, length], and gives probabilities, float32 [n, 3], calibrated.
    Making one takes the time to hash its files (some 20 ms); it is loaded when it first reads. Raises
    ReadingError where the files are missing, cut short or no classifier.
    """

    lot = 4_000

    def __init__(self, folder: str | Path = WEIGHTS, threads: int | None = None) -> None:
        self._folder = Path(folder)
        self._threads = threads
        for name in _FILES:
            if not (self._folder / name).is_file():
                raise self._unfit(f"has no {name}")
        try:
            card = json.loads((self._folder / "card.json").read_text(encoding="utf-8"))
            self.name = f"{card['name']} {card['version']}"
            self.languages: frozenset[str] | None = frozenset({str(card["language"])})
        except (OSError, ValueError, KeyError, TypeError):
            raise self._unfit("has a card.json that does not say name, version and language") from None
        self.version = hash_of([self._folder / name for name in _FILES[:2]])

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each marked text, `[n, 3]`."""
        try:
            return self._network.run(texts, _feed, self._threads)
        except ValueError as error:
            raise self._unfit(str(error)) from None

    @cached_property
    def _network(self) -> Network:
        network = Network(self._folder / "model.onnx", self._folder / _FILES[1])
        if sorted(network.inputs) != _INPUTS or len(network.outputs) != 1:
            raise ValueError(f"goes from {network.inputs} to {network.outputs}, and not from tokens and mask")
        if not network.knows_marks:
            raise ValueError(f"has a {_FILES[1]} without the mark {OPEN}")
        return network

    def _unfit(self, what: str) -> ReadingError:
        return ReadingError(
            f"the portrayal model in '{self._folder}' {what}",
            "a folder with a classifier's model.onnx, tokenizer.json.gz and card.json, whole",
            "install Masthead again" if self._folder == WEIGHTS else "export the model again",
        )


def _feed(tokens: Tokens) -> dict[str, Tokens]:
    return {"tokens": tokens, "mask": np.ones_like(tokens)}
