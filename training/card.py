"""The model card: what made the shipped file, and what the shipped file scores, in JSON and as a page.

Every score comes from the shipped file itself, read as `masthead evaluate portrayal` reads it.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from masthead.reading.portrayal.shipped import ShippedClassifier
from masthead.validation.gold import files as gold
from masthead.validation.gold.calibration import reliability
from masthead.validation.gold.portrayal import evaluate, grade

from .calibrate import crossed
from .distil import softmax
from .fit import predict
from .page import write_page
from .steps import (
    BLANK,
    DEV,
    FIRST,
    GOLD_SHARE,
    GOLD_WEIGHT,
    STUDENT,
    TEACHER,
    TEACHER_FROZEN,
    Training,
    labels_of,
    read_by_file,
)

PAGE = Path(__file__).parents[1] / "docs/methods/portrayal-model.md"
PACKAGES = ("torch", "transformers", "tokenizers", "onnx", "onnxruntime", "numpy", "scipy", "sentencex")
BAD_AT = (
    "irony, sarcasm and understatement",
    "quotations inside quotations, and whose voice they are in",
    "long sentences, and sentences that show several subjects in different lights",
    "subjects that are not people or bodies of people; other fields than US politics; translated or spoken text",
    "knowledge that is not in the sentence: that a verdict was just, or that a deed was a crime",
)


def write_card(training: Training, out: Path) -> None:
    """Score the shipped file in ``out`` and write ``card.json`` beside it, and the page of the docs."""
    control = training.small.load(training.control_file())
    tests, calibration = [], {}
    for name in DEV:
        mentions = gold.read(training.paths.gold / f"{name}.jsonl")
        examples = training.gold(name)
        labels = np.array(labels_of(examples))
        logits = read_by_file(out, examples)
        found = evaluate(mentions, ShippedClassifier(out)).as_dict()
        groups = np.array([example.group for example in examples])
        calibration[name] = asdict(reliability(crossed(logits, labels, groups), labels))
        unmarked = training.gold(name, control=True)
        seen = softmax(predict(control, training.small.encode(unmarked), training.small.pad))
        read = ShippedClassifier(out).read(gold.examples(mentions))
        off = (read[:, 2] - read[:, 0]) - (labels - 1)
        tests.append(
            {
                "name": f"NewsMTSC {name}",
                "n": len(mentions),
                "macro_f1": found["whole"]["macro_f1"]["value"],
                "accuracy": found["whole"]["accuracy"]["value"],
                "ece": found["calibration"]["error"],
                "bias": float(off.mean()),
                "rmse": float(np.sqrt((off**2).mean())),
                "control_macro_f1": grade(mentions, seen).whole.macro_f1.value,
                "details": found,
            }
        )
    card = {
        **BLANK,
        "task": "how a sentence shows one marked subject: unfavourably, neutrally or favourably",
        "tests": tests,
        "calibration_of_unseen": calibration,
        "bad_at": BAD_AT,
        "size": {
            path.name: path.stat().st_size for path in sorted(out.iterdir()) if path.name != "card.json"
        },
        "sha256": {path.name: _hash(path) for path in sorted(out.iterdir()) if path.name != "card.json"},
        "made_from": _made_from(training),
    }
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_page(card, PAGE)


def _made_from(training: Training) -> dict[str, Any]:
    paths = training.paths
    return {
        "gold": {path.name: _hash(path) for path in sorted(paths.gold.glob("*.jsonl"))},
        "unlabelled": {
            "file": paths.articles.name,
            "sha256": _hash(paths.articles),
            "sentences": training.sentences,
        },
        "bases": {
            base.folder.name: _hash(base.folder / "model.safetensors")
            for base in (training.small, training.large)
        },
        "recipes": {
            "teacher": {**asdict(TEACHER), "frozen_layers": TEACHER_FROZEN, "teachers": training.teachers},
            "first": asdict(FIRST),
            "student": {**asdict(STUDENT), "gold_share": GOLD_SHARE, "gold_weight": GOLD_WEIGHT},
        },
        "teachers_on_dev": [_teacher_scores(file) for file in training.teacher_files()],
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


def _teacher_scores(file: Path) -> dict[str, float]:
    log = (file.parent / "log.txt").read_text().splitlines()
    last = next(line for line in reversed(log) if line.startswith("epoch"))
    return json.loads(last.split(": ", 1)[1].replace("'", '"'))


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
