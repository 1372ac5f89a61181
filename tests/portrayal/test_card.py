"""The card speaks of the very file that ships, and every score in it can be printed again."""

import hashlib
import json
from pathlib import Path

import pytest

from masthead.reading.portrayal.shipped import WEIGHTS, ShippedClassifier
from masthead.validation.gold import files as gold
from masthead.validation.gold.portrayal import evaluate

CARD = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
LIMIT = 35_000_000


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json.gz"])
def test_card_is_of_the_file_that_ships(name: str) -> None:
    found = hashlib.sha256((WEIGHTS / name).read_bytes()).hexdigest()
    assert CARD["sha256"][name] == found


def test_all_that_ships_is_small() -> None:
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) <= LIMIT


def test_card_says_what_the_model_is_bad_at_and_was_made_from() -> None:
    assert CARD["bad_at"]
    assert set(CARD["made_from"]) >= {"gold", "unlabelled", "bases", "recipes", "packages"}


@pytest.mark.corpora
@pytest.mark.parametrize("test", CARD["tests"], ids=lambda test: str(test["name"]))
def test_evaluating_gives_the_scores_of_the_card(test: dict[str, object], corpora: Path) -> None:
    mentions = gold.read(corpora / "newsmtsc" / f"{str(test['name']).split()[-1]}.jsonl")
    found = evaluate(mentions, ShippedClassifier()).whole
    # Other processors round otherwise: a handful of guesses that hang by a thread may tip over.
    assert found.macro_f1.value == pytest.approx(test["macro_f1"], abs=0.01)
    assert found.accuracy.value == pytest.approx(test["accuracy"], abs=0.01)
