"""The gold sentences and the unlabelled ones, as the model sees them."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer

from masthead.reading.portrayal.marking import MARKS, OPEN, Name, marked

LONGEST = 256
PRONOUNS = frozenset("he she they him her them his hers their theirs it its who".split())


@dataclass(frozen=True)
class Example:
    """One marked sentence; ``label`` is 0 unfavourable, 1 neutral, 2 favourable; ``words`` its length."""

    text: str
    label: int | None
    words: int
    group: str


def read_gold(path: Path) -> list[dict]:
    """The rows of a NewsMTSC file: ``sentence, from, to, mention, polarity``."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def gold_examples(rows: list[dict], *, control: bool = False) -> list[Example]:
    """Mark each row's target; the other targets of its sentence are its other subjects."""
    beside: dict[str, list[dict]] = defaultdict(list)
    for row in rows:
        beside[row["sentence"]].append(row)
    examples = []
    for row in rows:
        sentence = row["sentence"]
        target = Name(row["from"], row["to"], "target")
        names = names_in(sentence, target, [(other["from"], other["to"]) for other in beside[sentence]])
        text = unmarked(sentence, names) if control else marked(sentence, target, names)
        examples.append(Example(text, row["polarity"] + 1, len(sentence.split()), sentence))
    return examples


def names_in(sentence: str, target: Name, spans: list[tuple[int, int]]) -> list[Name]:
    """The target, its name wherever else it stands, and the other spans, alike words being one subject."""
    names = [target]
    words = sentence[target.start : target.end]
    if words.lower() not in PRONOUNS:
        names += repeated(sentence, words, "target")
    for start, end in spans:
        if (start, end) != (target.start, target.end):
            other = sentence[start:end]
            names.append(Name(start, end, other))
            if other.lower() not in PRONOUNS:
                names += repeated(sentence, other, other)
    return names


def repeated(sentence: str, words: str, subject: str) -> list[Name]:
    """Where the same words, or the last of them where it is a name, stand in the sentence."""
    last = words.split()[-1] if words.split() else words
    wanted = {words, last} if last[:1].isupper() and len(last) > 3 else {words}
    return [
        Name(match.start(), match.end(), subject)
        for word in sorted(wanted, key=len, reverse=True)
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence)
    ]


def unmarked(sentence: str, names: list[Name]) -> str:
    """The control's view: the same sentence, its subjects numbered, none of them marked as the target."""
    ahead = Name(0, 0, "nobody")
    text = marked(sentence, ahead, [Name(n.start, n.end, f"x{n.subject}") for n in names])
    return text.split("[unused2]", 1)[1].strip()


def load_tokenizer(folder: Path) -> Tokenizer:
    """The base model's tokenizer, knowing the marks as single tokens."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.add_special_tokens(list(MARKS))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    """Token ids, at most ``LONGEST`` of them, kept around the marked mention."""
    open_id = tokenizer.token_to_id(OPEN)
    encoded = []
    for item in tokenizer.encode_batch(texts):
        ids = item.ids
        if len(ids) > LONGEST:
            middle = ids.index(open_id) if open_id in ids else 0
            start = min(max(1, middle - LONGEST // 2), len(ids) - 1 - (LONGEST - 2))
            ids = [ids[0], *ids[start : start + LONGEST - 2], ids[-1]]
        encoded.append(ids)
    return encoded


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
