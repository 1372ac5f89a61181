"""What a language model is asked of a sentence, and what its answer means: a class, or nothing that may be used."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from masthead.reading.portrayal.classifier import CLASSES
from masthead.reading.portrayal.service import excerpt, parse_json
from masthead.study.portrayal import PORTRAYED

MARK, END = "<party>", "</party>"
"""What stands around the mention that is asked about."""

PROMPT = (
    f"You judge how one sentence of a news article portrays one party. The party is marked: {MARK}they{END}. Names are "
    "left out: other parties are called Party 1, Party 2 and so on. Judge only how the sentence makes the marked party "
    "look to whoever reads it, and judge every party alike, whoever it may be. Do not judge the event, nor anybody "
    "else in the sentence, nor whether it is true. What somebody quoted in it says counts too. Answer with one number "
    "and nothing else: -1 if the sentence portrays the party unfavourably, 1 if favourably, 0 if neither."
)
"""What a model is told that is given no prompt of the user's."""

_NUMBERS = {
    "-1": "unfavourable",
    "\u22121": "unfavourable",
    "0": "neutral",
    "1": "favourable",
    "+1": "favourable",
}
_LABELS: Mapping[str, str] = {**PORTRAYED, **_NUMBERS}
_FIRST_TOKENS: Mapping[str, str] = {
    **_LABELS,
    "-": "unfavourable",
    "\u2212": "unfavourable",
    "+": "favourable",
}
_OBJECT = re.compile(r"\{[^{}]*\}")
_THOUGHT = "</think>"
_AROUND = " \t\r\"'`*.,;:"
_LEAST = 0.5
"""The part of the first token that has to be on the three answers, for its probabilities to be those of classes."""


class Meaning(NamedTuple):
    """What an answer means: the probabilities of the three classes; or None, and why."""

    probabilities: list[float] | None
    reason: str
    words: str
    """What the model said."""


def meaning_of(body: str) -> Meaning:
    """Return what the body of a service's answer means; nothing is guessed of one that names no class."""
    try:
        choice = parse_json(body)["choices"][0]
        words = choice["message"].get("content") or ""
        refusal = choice["message"].get("refusal") or ""
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        return Meaning(None, "no chat completion", body)
    if not isinstance(words, str):
        return Meaning(None, "no chat completion", body)
    if refusal or choice.get("finish_reason") == "content_filter":
        return Meaning(None, "refused", str(refusal or words))
    probabilities = probabilities_in(words)
    if probabilities is None:
        reason = "cut off" if choice.get("finish_reason") == "length" else "no class in the answer"
        return Meaning(None, reason, words)
    return Meaning(_of_tokens(choice.get("logprobs"), words) or probabilities, "", words)


def probabilities_in(answer: str) -> list[float] | None:
    """Return the probabilities that an answer gives, unfavourable first; None where it gives none.

    An answer is a class (-1, 0, 1, or its word), alone or alone in the last line; or a JSON object of the probabilities
    of three classes, or of one class. Shares of another total than 1 (percentages) are divided by it. What a model
    thinks aloud before it (`<think>…</think>`) is no answer.
    """
    answer = answer.rpartition(_THOUGHT)[2]
    for json_text in reversed(_OBJECT.findall(answer)):
        try:
            content = parse_json(json_text)
            if len(content) == 1:
                return _certain(str(*content.values()))
            values = [float(content[name]) for name in CLASSES]
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
        total = sum(values)
        if all(value >= 0 for value in values) and 0 < total < math.inf:
            return [value / total for value in values]
    lines = answer.strip().splitlines()
    return _certain(lines[-1]) if lines else None


def _certain(word: str) -> list[float] | None:
    label = _LABELS.get(word.strip(_AROUND).lower())
    return None if label is None else [float(name == label) for name in CLASSES]


def _of_tokens(logprobs: Any, words: str) -> list[float] | None:
    """Return the probabilities of the classes as the first word of an answer; None where they are not given."""
    if "\n" in words.strip() or "{" in words:
        return None
    shares = dict.fromkeys(CLASSES, 0.0)
    try:
        first = next(token for token in logprobs["content"] if str(token["token"]).strip())
        for one in first["top_logprobs"]:
            label = _FIRST_TOKENS.get(str(one["token"]).strip(_AROUND).lower())
            logarithm = float(one["logprob"])
            if label is not None and logarithm <= 0:
                shares[PORTRAYED[label]] += math.exp(logarithm)
    except (KeyError, TypeError, ValueError, StopIteration):
        return None
    total = sum(shares.values())
    return [shares[name] / total for name in CLASSES] if total >= _LEAST else None


def complaint_of(meaning: Meaning) -> str:
    """Return why an answer is of no use, in words that go on after `it`."""
    return f"answered '{excerpt(meaning.words)}', which holds no class ({meaning.reason})"
