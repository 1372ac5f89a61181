"""A classifier small enough to write by hand, as ONNX: the mean over tokens of three numbers for each word."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tokenizers import Tokenizer, models, pre_tokenizers, processors

from masthead.reading.portrayal.marking import MARKS

WORDS = ("[UNK]", "[CLS]", "[SEP]", "good", "bad", "they", *MARKS)
GOOD, BAD, PLAIN = (0.0, 0.0, 3.0), (3.0, 0.0, 0.0), (0.0, 0.5, 0.0)


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out, number = out + bytes([number & 127 | 128]), number >> 7
    return out + bytes([number])


def _field(tag: int, value: int | bytes | str) -> bytes:
    """One field of a protocol buffer."""
    if isinstance(value, int):
        return _varint(tag << 3) + _varint(value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(tag << 3 | 2) + _varint(len(content)) + content


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    dims = b"".join(_field(1, _field(2 if isinstance(d, str) else 1, d)) for d in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, kind) + _field(2, dims)))


def _node(operation: str, inputs: Sequence[str], output: str, attributes: bytes = b"") -> bytes:
    told = b"".join(_field(1, name) for name in inputs)
    return told + _field(2, output) + _field(4, operation) + attributes


def network(inputs: Sequence[str], output: str, *, classes: int = 3, softmax: bool) -> bytes:
    """An ONNX model of the mean over tokens; of `inputs` only the first is looked at, the others are added as zeros."""
    table = [{"good": GOOD, "bad": BAD}.get(word, PLAIN)[:classes] for word in WORDS]
    weights = struct.pack(f"<{len(table) * len(table[0])}f", *(x for row in table for x in row))
    words = (
        _field(1, len(table)) + _field(1, len(table[0])) + _field(2, 1) + _field(9, weights) + _field(8, "w")
    )
    axes = _field(5, _field(1, "axes") + _field(8, 1) + _field(20, 7))
    keep = _field(5, _field(1, "keepdims") + _field(3, 0) + _field(20, 2))
    last = "mean" if softmax else output
    nodes = [_node("Gather", ["w", inputs[0]], "seen"), _node("ReduceMean", ["seen"], last, axes + keep)]
    if softmax:
        nodes.append(_node("Softmax", ["mean"], output))
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, "tiny") + _field(5, words)
    graph += b"".join(_field(11, _value(name, 7, ["n", "length"])) for name in inputs)
    graph += _field(12, _value(output, 1, ["n", len(table[0])]))
    return _field(1, 8) + _field(7, graph) + _field(8, _field(1, "") + _field(2, 17))


def tokenizer(marks: bool = True) -> Tokenizer:
    """A tokenizer of whole words; without `marks` it does not know them."""
    words = [word for word in WORDS if marks or word not in MARKS]
    made = Tokenizer(models.WordLevel({word: WORDS.index(word) for word in words}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return made


def write_packed(made: Tokenizer, folder: Path) -> None:
    """The tokenizer as the shipped model's folder holds it."""
    (folder / "tokenizer.json.gz").write_bytes(gzip.compress(made.to_str().encode()))


def write_own(folder: Path, *, classes: int = 3, card: str | None = None) -> Path:
    """A folder as the shipped model's."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(
        network(["tokens", "mask"], "probabilities", classes=classes, softmax=True)
    )
    write_packed(tokenizer(), folder)
    told = {"name": "tiny", "version": "1", "language": "en"}
    (folder / "card.json").write_text(json.dumps(told) if card is None else card)
    return folder


def write_other(folder: Path, names: Mapping[str, str], *, marks: bool = False, **config: object) -> Path:
    """A folder as Hugging Face's, with an ONNX file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(network(["input_ids", "attention_mask"], "logits", softmax=False))
    tokenizer(marks).save(str(folder / "tokenizer.json"))
    (folder / "config.json").write_text(json.dumps({"id2label": names, **config}))
    return folder
