"""What the teachers say of every sentence, kept as it is made, and what the student learns from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from .data import Example
from .fit import states
from .network import Portrayer

LOT = 4_000


def kept_candidates(path: Path, make: Callable[[], list[Example]]) -> list[Example]:
    """The unlabelled sentences in ``path``, made and written there if they are not yet."""
    if not path.exists():
        beside = path.with_suffix(".part")
        with beside.open("w", encoding="utf-8") as lines:
            for example in make():
                lines.write(json.dumps([example.text, example.words]) + "\n")
        beside.replace(path)
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Example(text, None, words, text) for text, words in rows]


def kept_states(
    model: Callable[[], Portrayer], ids: Sequence[list[int]], pad: int, folder: Path
) -> tuple[np.ndarray, np.ndarray]:
    """A model's logits ``[n, 3]`` and features ``[n, width]`` of every row.

    Made in lots, which are read back where they are there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    loaded: Portrayer | None = None
    found = []
    for at in range(0, len(ids), LOT):
        path = folder / f"states-{at:07}.npz"
        if not path.exists():
            loaded = loaded or model()
            logits, features = states(loaded, list(ids[at : at + LOT]), pad)
            beside = path.with_suffix(".part")
            with beside.open("wb") as out:
                np.savez(out, logits=logits, features=features)
            beside.replace(path)
        with np.load(path) as held:
            found.append((held["logits"], held["features"]))
    return np.concatenate([lot[0] for lot in found]), np.concatenate([lot[1] for lot in found])


def balanced(probabilities: np.ndarray, count: int, seed: int) -> np.ndarray:
    """``count`` row numbers, a third from each class that a first student guesses.

    News is mostly neutral; a student learns more from sentences that say something.
    """
    draw = np.random.default_rng(seed)
    guess = probabilities.argmax(1)
    chosen: list[np.ndarray] = []
    left = count
    classes = sorted(range(3), key=lambda c: int((guess == c).sum()))
    for number, one in enumerate(classes):
        rows = np.flatnonzero(guess == one)
        take = min(len(rows), left // (3 - number))
        chosen.append(draw.permutation(rows)[:take])
        left -= take
    return np.sort(np.concatenate(chosen))


def softmax(logits: np.ndarray) -> np.ndarray:
    """Probabilities of logits, row by row."""
    raised = np.exp(logits - logits.max(1, keepdims=True))
    return raised / raised.sum(1, keepdims=True)
