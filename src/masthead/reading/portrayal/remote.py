"""A language model at an address that speaks OpenAI's chat completions: asked sentence by sentence, names left out."""

from __future__ import annotations

import hashlib
import json
import math
import re
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from pydantic import SecretStr

from masthead.errors import ReadingError
from masthead.reading.portrayal.classifier import CLASSES, Probabilities
from masthead.reading.portrayal.service import (
    KEY,
    Service,
    UnansweredError,
    excerpt,
    key_from_environment,
    parse_json,
)
from masthead.reading.portrayal.wording import in_words
from masthead.study.parts import WrongAtError
from masthead.study.portrayal import check_address

PROMPT = (
    "You judge how one sentence of a news article portrays one party. The party is marked: <party>they</party>. "
    "Judge only how the sentence makes that party look, not the event and not anybody else in it. What somebody "
    "quoted in it says counts too. Answer with nothing but a JSON object of three probabilities that add up to "
    '1: {"unfavourable": 0.0, "neutral": 0.0, "favourable": 0.0}.'
)

_AT_ONCE = 4
_WAITS = (1.0, 5.0)
_TEMPERATURES = (0.0, 0.4, 0.8)
_OBJECT = re.compile(r"\{[^{}]*\}")


class RemoteClassifier:
    """The model `name` at `address`, the part before `/chat/completions` (`http://localhost:8000/v1`).

    Each sentence is a request of its own, four at a time; one that fails, or is answered with something else
    than probabilities, is asked three times. Sentences go to that address and to no other, without the names of the
    study's subjects, and with the key that the environment holds. Raises ReadingError where the address may not be
    used (`masthead.study.portrayal.check_address`) or does not answer as it should; asking again goes on from there.
    """

    lot = 48
    languages: frozenset[str] | None = None

    def __init__(
        self,
        address: str,
        name: str,
        *,
        allow_http: bool = False,
        timeout: float = 60.0,
        waits: Sequence[float] = _WAITS,
    ) -> None:
        try:
            check_address(address, allow_http)
        except WrongAtError as wrong:
            raise ReadingError(str(wrong), wrong.expected, wrong.hint) from None
        self._url = address.rstrip("/") + "/chat/completions"
        self._model = name
        self._service = Service(self._url, timeout)
        self._waits = waits
        self.name = f"{name} at {address}"
        self.version = hashlib.sha256(json.dumps([self._url, name, PROMPT]).encode()).hexdigest()[:16]

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each marked text, `[n, 3]`."""
        key = key_from_environment()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            answers = [pool.submit(self._ask, in_words(text, "<party>", "</party>"), key) for text in texts]
            try:
                rows = [one.result() for one in answers]
            finally:
                # Where one has failed for good, the rest need not be asked.
                pool.shutdown(wait=True, cancel_futures=True)
        return np.array(rows, np.float32).reshape(len(texts), len(CLASSES))

    def _ask(self, sentence: str, key: SecretStr | None) -> list[float]:
        trouble = ""
        for attempt, temperature in enumerate(_TEMPERATURES):
            if attempt:
                time.sleep(self._waits[min(attempt, len(self._waits)) - 1])
            try:
                answer = _message(self._service.ask(self._question(sentence, temperature), key))
            except UnansweredError as error:
                trouble = str(error)
                if not error.again:
                    break
            else:
                probabilities = probabilities_in(answer)
                if probabilities is not None:
                    return probabilities
                trouble = f"answered '{excerpt(answer)}', which holds no probabilities"
        raise ReadingError(
            f"the model '{self._model}' at '{self._url}' cannot be read from: it {trouble}",
            "a service with OpenAI's chat completions",
            f"check the address, the model's name and the key in {KEY}, and run the same command again: "
            "what was read is kept",
        )

    def _question(self, sentence: str, temperature: float) -> dict[str, object]:
        return {
            "model": self._model,
            "messages": [{"role": "system", "content": PROMPT}, {"role": "user", "content": sentence}],
            "temperature": temperature,
        }


def _message(body: str) -> str:
    """Return what the model says of a sentence, or else all that the service sent."""
    try:
        return str(parse_json(body)["choices"][0]["message"]["content"])
    except (ValueError, KeyError, IndexError, TypeError):
        return body


def probabilities_in(answer: str) -> list[float] | None:
    """Return the probabilities in the last JSON object of an answer, unfavourable first; None where it holds none.

    Shares of another total than 1 (percentages) are divided by it.
    """
    for json_text in reversed(_OBJECT.findall(answer)):
        try:
            shares = parse_json(json_text)
            values = [float(shares[name]) for name in CLASSES]
        except (ValueError, KeyError, TypeError, OverflowError):
            continue
        total = sum(values)
        if all(value >= 0 for value in values) and 0 < total < math.inf:
            return [value / total for value in values]
    return None
