"""The model that ships inside the package: a small ONNX file, run on the CPU without torch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from masthead.errors import ReadingError
from masthead.reading.portrayal.classifier import Probabilities
from masthead.reading.portrayal.marking import OPEN
from masthead.reading.workers import usable_cores

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

WEIGHTS = Path(__file__).with_name("weights")
LONGEST = 256
"""Tokens of a sentence that the model sees; of a longer one, those around the mention."""

_FILES = ("model.onnx", "tokenizer.json", "card.json")
_INPUTS = ["tokens", "mask"]
_MOST_THREADS = 4
_AT_A_TIME = 32

Tokens = npt.NDArray[np.int64]


class ShippedClassifier:
    """Masthead's own model, or another folder made as it is: model.onnx, tokenizer.json and card.json.

    The model takes `tokens` and `mask`, int64 [n, length], and gives `probabilities`, float32 [n, 3], calibrated.
    Sentences are run one by one, on as many threads as there are cores, up to four: numbers of eight bits are
    scaled by what else is in a batch, so that alone is the only company in which a sentence reads the same
    wherever it stands, and it is as fast (nothing is padded). Made in milliseconds; loaded when it first reads.
    Raises ReadingError where the files are missing, cut short or no classifier.
    """

    lot = 4_000

    def __init__(self, folder: str | Path = WEIGHTS, threads: int | None = None) -> None:
        self._folder = Path(folder)
        self._threads = threads or min(usable_cores(), _MOST_THREADS)
        for name in _FILES:
            if not (self._folder / name).is_file():
                raise self._damaged(f"has no {name}")
        try:
            card = json.loads((self._folder / "card.json").read_text(encoding="utf-8"))
            self.name = f"{card['name']} {card['version']}"
            self.languages: frozenset[str] | None = frozenset({str(card["language"])})
        except (OSError, ValueError, KeyError, TypeError):
            raise self._damaged("has a card.json that cannot be read") from None
        self.version = _hash(self._folder)

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each marked text, `[n, 3]`."""
        lots = [texts[i : i + _AT_A_TIME] for i in range(0, len(texts), _AT_A_TIME)]
        session, tokenizer = self._session, self._tokenizer

        def read_lot(lot: Sequence[str]) -> Probabilities:
            open_id = tokenizer.token_to_id(OPEN)
            rows = [shortened(encoding.ids, open_id) for encoding in tokenizer.encode_batch(lot)]
            return np.concatenate([_run(session, row) for row in rows])

        if not lots:
            return np.empty((0, 3), np.float32)
        with ThreadPoolExecutor(self._threads) as pool:
            return np.concatenate(list(pool.map(read_lot, lots)))

    @cached_property
    def _session(self) -> InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread each for sentences side by side beats several for one small sentence.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False
        options.log_severity_level = 4
        try:
            session = onnxruntime.InferenceSession(
                str(self._folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            # onnxruntime raises what its C++ raises: there is no narrower class for a file that is no model.
            raise self._damaged(f"has a model.onnx that cannot be loaded ({_first_line(error)})") from None
        inputs = [given.name for given in session.get_inputs()]
        outputs = session.get_outputs()
        if (
            sorted(inputs) != sorted(_INPUTS)
            or len(outputs) != 1
            or outputs[0].shape[-1:] not in ([3], [None])
        ):
            raise self._damaged(
                f"has a model.onnx that is no classifier of three classes (from {inputs} to "
                f"{[(given.name, given.shape) for given in outputs]})"
            )
        return session

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:
            # tokenizers raises a bare Exception.
            raise self._damaged(
                f"has a tokenizer.json that cannot be loaded ({_first_line(error)})"
            ) from None
        tokenizer.no_padding()
        tokenizer.no_truncation()
        if tokenizer.token_to_id(OPEN) is None:
            raise self._damaged(f"has a tokenizer.json without the mark {OPEN}")
        return tokenizer

    def _damaged(self, what: str) -> ReadingError:
        return ReadingError(
            f"the portrayal model in '{self._folder}' {what}",
            "a folder with model.onnx, tokenizer.json and card.json, whole",
            "install Masthead again" if self._folder == WEIGHTS else "copy or export the model again",
        )


def shortened(ids: Sequence[int], open_id: int | None) -> Sequence[int]:
    """Return a sentence's tokens, or of more than LONGEST those around its marked mention; first and last stay."""
    if len(ids) <= LONGEST:
        return ids
    middle = ids.index(open_id) if open_id in ids else 0
    start = min(max(1, middle - LONGEST // 2), len(ids) - 1 - (LONGEST - 2))
    return [ids[0], *ids[start : start + LONGEST - 2], ids[-1]]


def _run(session: InferenceSession, ids: Sequence[int]) -> Probabilities:
    tokens: Tokens = np.array([ids], np.int64)
    given: list[Any] = session.run(None, {"tokens": tokens, "mask": np.ones_like(tokens)})
    row: Probabilities = given[0]
    return row


@lru_cache(maxsize=4)
def _hash(folder: Path) -> str:
    """Return 16 hex digits over the model and its tokenizer."""
    digest = hashlib.sha256()
    for name in _FILES[:2]:
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()[:16]


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]
