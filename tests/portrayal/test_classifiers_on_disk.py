"""Models in a folder, ours and other people's: what they read, and one sentence for each file that is none."""

from __future__ import annotations

import json
import random
import shutil
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from masthead.errors import ReadingError
from masthead.reading.portrayal.classifier import CLASSES, classifier_for, classifier_in, reads
from masthead.reading.portrayal.folder import FolderClassifier
from masthead.reading.portrayal.marking import Name, mark
from masthead.reading.portrayal.onnx import LONGEST, shorten
from masthead.reading.portrayal.shipped import WEIGHTS, ShippedClassifier
from masthead.reading.portrayal.wording import in_words
from masthead.study import parse_study
from tests.portrayal.tiny import network, tokenizer, write_other, write_own, write_packed

TEXTS = [
    "[unused1] they [unused2] is good good good",
    "[unused1] they [unused2] is bad bad bad",
    "[unused1] they [unused2] met [unused11] here",
]
SENTIMENT = {"0": "NEGATIVE", "1": "neutral", "2": "Positive"}


def best(probabilities: Any) -> list[str]:
    assert probabilities.shape[1] == 3
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)
    return [CLASSES[i] for i in probabilities.argmax(axis=1)]


def test_a_folder_like_the_shipped_one(tmp_path: Path) -> None:
    model = ShippedClassifier(write_own(tmp_path / "m"))
    assert best(model.read(TEXTS)) == ["favourable", "unfavourable", "neutral"]
    assert model.read([]).shape == (0, 3)
    assert (model.name, model.languages) == ("tiny 1", frozenset({"en"}))
    assert isinstance(classifier_in(tmp_path / "m"), ShippedClassifier)


def test_the_version_is_of_what_reads(tmp_path: Path) -> None:
    first = ShippedClassifier(write_own(tmp_path / "a")).version
    assert (
        ShippedClassifier(
            write_own(tmp_path / "b", card='{"name":"x","version":"9","language":"en"}')
        ).version
        == first
    )
    other = write_own(tmp_path / "c")
    (other / "model.onnx").write_bytes(network(["tokens", "mask"], "probabilities", softmax=False))
    assert ShippedClassifier(other).version != first


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json.gz", "card.json"])
def test_a_file_that_is_missing_or_cut_short(tmp_path: Path, name: str) -> None:
    folder = write_own(tmp_path / "m")
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ReadingError, match=f"has a {name} that") as caught:
        ShippedClassifier(folder).read(TEXTS)
    assert "\n" not in str(caught.value)
    (folder / name).unlink()
    with pytest.raises(ReadingError, match=f"has no {name}"):
        ShippedClassifier(folder)


@pytest.mark.parametrize("content", [b"", b"not a model", bytes(range(256)) * 50])
def test_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    folder = write_own(tmp_path / "m")
    (folder / "model.onnx").write_bytes(content)
    with pytest.raises(ReadingError, match=r"cannot be loaded|goes from"):
        ShippedClassifier(folder).read(TEXTS)


def test_a_network_that_is_no_such_classifier(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"shape \(1, 2\) for one sentence, not three classes"):
        ShippedClassifier(write_own(tmp_path / "two", classes=2)).read(TEXTS)
    other = write_own(tmp_path / "other")
    (other / "model.onnx").write_bytes(network(["input_ids", "mask"], "logits", softmax=False))
    with pytest.raises(ReadingError, match="and not from tokens and mask"):
        ShippedClassifier(other).read(TEXTS)
    unmarked = write_own(tmp_path / "unmarked")
    write_packed(tokenizer(marks=False), unmarked)
    with pytest.raises(ReadingError, match="without the mark"):
        ShippedClassifier(unmarked).read(TEXTS)
    for card in ("{}", "[]", '{"name": 3'):
        with pytest.raises(ReadingError, match="does not say name, version and language"):
            ShippedClassifier(write_own(tmp_path / "card", card=card))


def test_of_a_long_sentence_it_sees_what_stands_around_the_mention() -> None:
    ids = list(range(100, 1100))
    for place in (0, 3, 130, 500, 870, 996, 999):
        ids[place] = 7
        kept = shorten(ids, 7)
        assert len(kept) == LONGEST
        assert (kept[0], kept[-1]) == (ids[0], ids[-1])
        assert 7 in kept
        ids[place] = 100 + place
    assert shorten(ids[:LONGEST], 7) == ids[:LONGEST]
    assert len(shorten(ids, None)) == LONGEST


def test_ten_thousand_words(tmp_path: Path) -> None:
    words = ["word"] * 10_000
    sentence = " ".join([*words, "Corvan", "League", "good", *words])
    at = sentence.index("Corvan")
    text = mark(sentence, Name(at, at + len("Corvan League"), "league"))
    model = ShippedClassifier(write_own(tmp_path / "m"))
    alone = model.read(["[unused1] they [unused2]"])
    assert model.read([text, sentence]).shape == (2, 3)
    assert model.read([text])[0, 2] > model.read([sentence.replace("good", "word")])[0, 2]
    assert alone.shape == (1, 3)


def test_hugging_face_classifiers_are_told_by_their_labels(tmp_path: Path) -> None:
    turned = {"0": "positive", "1": "negative", "2": "neutral"}
    model = FolderClassifier(write_other(tmp_path / "plain", SENTIMENT))
    assert best(model.read(TEXTS)) == ["favourable", "unfavourable", "neutral"]
    assert model.name == "plain"
    assert model.languages is None
    assert model.read([]).shape == (0, 3)
    # The same numbers under other names: what is called positive is the first.
    other = FolderClassifier(write_other(tmp_path / "turned", turned), "its name")
    assert best(other.read(TEXTS)) == ["neutral", "favourable", "unfavourable"]
    assert other.name == "its name"
    assert other.version != model.version


def test_classes_without_a_name_need_the_study_to_say_them(tmp_path: Path) -> None:
    folder = write_other(tmp_path / "m", {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"})
    with pytest.raises(ReadingError, match=r'labels = \["negative", "neutral", "positive"\]'):
        FolderClassifier(folder)
    model = FolderClassifier(folder, None, ("favourable", "neutral", "unfavourable"))
    assert best(model.read(TEXTS)) == ["unfavourable", "favourable", "neutral"]
    named = write_other(tmp_path / "named", SENTIMENT)
    with pytest.raises(ReadingError, match="calls its classes NEGATIVE, neutral, Positive, not favourable"):
        FolderClassifier(named, None, ("favourable", "neutral", "unfavourable"))


@pytest.mark.parametrize(
    "names",
    [
        {"0": "NEGATIVE", "1": "POSITIVE"},
        {str(i): f"{i} stars" for i in range(5)},
        {},
        {"a": 1, "b": 2, "c": 3},
    ],
)
def test_a_classifier_of_something_else(tmp_path: Path, names: dict[str, str]) -> None:
    with pytest.raises(ReadingError, match="does not have three classes"):
        FolderClassifier(write_other(tmp_path / "m", names))


def test_folders_that_hold_no_model(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="is not there"):
        FolderClassifier(tmp_path / "nothing")
    folder = write_other(tmp_path / "m", SENTIMENT)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ReadingError, match=r"has no tokenizer\.json"):
        FolderClassifier(folder).read(TEXTS)
    (folder / "model.onnx").unlink()
    with pytest.raises(ReadingError, match=r"has none of model\.onnx"):
        FolderClassifier(folder)
    for content in ("", "[1]", "{"):
        (folder / "config.json").write_text(content)
        with pytest.raises(ReadingError, match=r"config\.json that cannot be read"):
            FolderClassifier(folder)
    (folder / "config.json").unlink()
    with pytest.raises(ReadingError, match=r"has no config\.json"):
        FolderClassifier(folder)


def test_without_an_onnx_file_it_asks_for_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_other(tmp_path / "m", SENTIMENT)
    (folder / "model.onnx").rename(folder / "model.safetensors")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ReadingError, match="pip install torch transformers"):
        FolderClassifier(folder).read(TEXTS)


def test_a_model_that_has_not_learnt_the_marks_gets_words(tmp_path: Path) -> None:
    text = "[unused11] said [unused1] they [unused2] met [unused12], and [unused3] left [unused11]."
    assert in_words(text) == "Party 1 said they met Party 2, and they left Party 1."
    assert in_words(text, "<", ">") == "Party 1 said <they> met Party 2, and they left Party 1."
    knows = FolderClassifier(write_other(tmp_path / "knows", SENTIMENT, marks=True))
    plain = FolderClassifier(write_other(tmp_path / "plain", SENTIMENT))
    # Marks are tokens that dilute the mean; to the model that gets words they are not there.
    assert knows.read(TEXTS[:1])[0, 2] < plain.read(TEXTS[:1])[0, 2]


def test_a_study_says_who_reads(tmp_path: Path) -> None:
    def asked(**portrayal: Any) -> Any:
        subject = {"id": "x", "kind": "actor", "aliases": ["X Y"]}
        return classifier_for(parse_study({"archive": "a", "subject": [subject], "portrayal": portrayal}))

    write_other(tmp_path / "m", SENTIMENT)
    assert isinstance(asked(model=str(tmp_path / "m"), name="theirs"), FolderClassifier)
    assert asked(model=str(tmp_path / "m"), name="theirs").name == "theirs"
    assert isinstance(asked(model=str(write_own(tmp_path / "own"))), ShippedClassifier)
    assert asked(model="http://localhost:1/v1", name="big").name == "big at http://localhost:1/v1"
    with pytest.raises(ReadingError, match="is not there"):
        asked(model=str(tmp_path / "gone"))


def test_which_languages_are_read(tmp_path: Path) -> None:
    english = ShippedClassifier(write_own(tmp_path / "m"))
    read = [reads(english, code) for code in ("en", "EN", "en-GB", None, "", "und", "de", "ar")]
    assert read == [True, True, True, True, True, True, False, False]
    anything = FolderClassifier(write_other(tmp_path / "any", SENTIMENT))
    assert reads(anything, "de")


@pytest.fixture(scope="module")
def shipped() -> ShippedClassifier:
    return ShippedClassifier()


def test_the_shipped_model_reads_a_sentence_the_same_wherever_it_stands(shipped: ShippedClassifier) -> None:
    draw = random.Random(4)
    words = ["town", "was", "shelled", "by", "brave", "hated", "militia", "everyone", "feared", "adored"]
    texts = [
        f"[unused1] they [unused2] {' '.join(draw.choices(words, k=draw.randint(1, 60)))} [unused11]."
        for _ in range(70)
    ]
    together = shipped.read(texts)
    assert abs(together.sum(axis=1) - 1).max() < 1e-3
    order = list(range(len(texts)))
    draw.shuffle(order)
    assert (shipped.read([texts[i] for i in order]) == together[order]).all()
    assert (ShippedClassifier(threads=1).read(texts[:5]) == together[:5]).all()


def test_the_shipped_models_card_says_what_the_code_asks(shipped: ShippedClassifier) -> None:
    card = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
    assert shipped.name == f"masthead-portrayal {card['version']}"
    assert shipped.languages == {"en"}
    assert sum(path.stat().st_size for path in WEIGHTS.iterdir()) < 35e6


def test_no_model_is_loaded_before_it_reads(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    shutil.copytree(WEIGHTS, folder)
    model = ShippedClassifier(folder)
    (folder / "model.onnx").write_bytes(b"")
    with pytest.raises(ReadingError, match="cannot be loaded"):
        model.read(TEXTS)
