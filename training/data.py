"""The gold sentences and the unlabelled ones, as the model sees them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from masthead.reading.portrayal.marking import CLOSE, MARKS, OPEN, Name, mark
from masthead.reading.portrayal.onnx import shorten
from masthead.validation.gold import files as gold


@dataclass(frozen=True)
class Example:
    """One marked sentence; ``label`` is 0 unfavourable, 1 neutral, 2 favourable; ``words`` its length."""

    text: str
    label: int | None
    words: int
    group: str


def gold_examples(path: Path, *, control: bool = False) -> list[Example]:
    """The mentions of a gold file, marked as a survey marks them; for the control, no target marked."""
    mentions = gold.read(path)
    texts = controls(mentions) if control else gold.examples(mentions)
    return [
        Example(text, mention.label, mention.words, mention.sentence)
        for text, mention in zip(texts, mentions, strict=True)
    ]


def controls(mentions: Sequence[gold.GoldMention]) -> list[str]:
    """What the control sees: the same sentences, every subject of them numbered, none marked as the target."""
    texts = []
    for mention, (_, names) in zip(mentions, gold.targets(mentions), strict=True):
        nobody = Name(0, 0, "nobody")
        text = mark(mention.sentence, nobody, [n._replace(subject=f"also {n.subject}") for n in names])
        texts.append(text.split(CLOSE, 1)[1].strip())
    return texts


def load_tokenizer(folder: Path) -> Tokenizer:
    """The base model's tokenizer, knowing the marks as single tokens."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens(list(MARKS))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    """Token ids, as many and of the same place as the reader keeps."""
    open_id = tokenizer.token_to_id(OPEN)
    return [list(shorten(item.ids, open_id)) for item in tokenizer.encode_batch(texts)]


def batches(lengths: list[int], size: int, seed: int, *, shuffle: bool = True) -> list[list[int]]:
    """Batches of alike lengths (little padding), in an order that the seed fixes."""
    order = list(range(len(lengths)))
    draw = random.Random(seed)
    if not shuffle:
        order.sort(key=lambda i: lengths[i])
        return [order[i : i + size] for i in range(0, len(order), size)]
    draw.shuffle(order)
    pool = size * 40
    made = []
    for at in range(0, len(order), pool):
        part = sorted(order[at : at + pool], key=lambda i: lengths[i])
        made += [part[i : i + size] for i in range(0, len(part), size)]
    draw.shuffle(made)
    return made


def padded(ids: list[list[int]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids ``[n, longest]`` and their mask."""
    longest = max(map(len, ids))
    tokens = torch.full((len(ids), longest), pad)
    mask = torch.zeros((len(ids), longest), dtype=torch.long)
    for row, item in enumerate(ids):
        tokens[row, : len(item)] = torch.tensor(item)
        mask[row, : len(item)] = 1
    return tokens, mask
