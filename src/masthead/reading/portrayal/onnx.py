"""Running a small ONNX network on the CPU, one sentence at a time on each core."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from masthead.reading.parsing.workers import usable_cores
from masthead.reading.portrayal.classifier import Probabilities
from masthead.reading.portrayal.marking import OPEN

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

LONGEST = 256
"""Tokens of a sentence that a model sees; of a longer one, those around the mention."""

_MOST_THREADS = 4
_AT_A_TIME = 32

Tokens = npt.NDArray[np.int64]


class Network:
    """A network in an ONNX file, and the tokenizer that feeds it.

    Sentences are run one by one, on as many threads as there are cores, up to four. Numbers of eight bits are
    scaled by what else is in a batch, so that only alone does a sentence read the same wherever it stands;
    and alone is as fast as in company, since nothing is padded. Raises ValueError, in words that go on after
    `the model`, where a file is none of the kind.
    """

    def __init__(self, model: Path, tokenizer: Path, longest: int = LONGEST) -> None:
        self._session = _load(model)
        self._tokenizer = load_tokenizer(tokenizer)
        self._open = self._tokenizer.token_to_id(OPEN)
        self._longest = longest
        self.inputs: list[str] = [node.name for node in self._session.get_inputs()]
        self.outputs: list[str] = [node.name for node in self._session.get_outputs()]

    @property
    def knows_marks(self) -> bool:
        """True where the mark before a mention is a token of its own."""
        return self._open is not None

    def run(
        self,
        texts: Sequence[str],
        feed: Callable[[Tokens], dict[str, Tokens]],
        threads: int | None = None,
    ) -> Probabilities:
        """Return the network's first output for each text, `[n, 3]`; `feed` makes its inputs of tokens `[1, length]`.

        Raises ValueError where it is not three numbers.
        """

        def run_lot(lot: Sequence[str]) -> list[Probabilities]:
            rows = self._tokenizer.encode_batch(lot)
            token_rows = [shorten(row.ids, self._open, self._longest) for row in rows]
            return [self._session.run(None, feed(np.array([ids], np.int64)))[0] for ids in token_rows]

        lots = [texts[i : i + _AT_A_TIME] for i in range(0, len(texts), _AT_A_TIME)]
        with ThreadPoolExecutor(threads or min(usable_cores(), _MOST_THREADS)) as pool:
            rows = [row for of_lot in pool.map(run_lot, lots) for row in of_lot]
        for row in rows:
            if np.shape(row) != (1, 3):
                raise ValueError(
                    f"gives an array of shape {np.shape(row)} for one sentence, not three classes"
                )
        return np.concatenate([np.empty((0, 3), np.float32), *rows]).astype(np.float32)


def shorten(ids: Sequence[int], open_id: int | None, longest: int = LONGEST) -> Sequence[int]:
    """Return a sentence's tokens, or of more than `longest` those around its mark; the first and the last stay."""
    if len(ids) <= longest:
        return ids
    middle = ids.index(open_id) if open_id in ids else 0
    start = min(max(1, middle - longest // 2), len(ids) - 1 - (longest - 2))
    return [ids[0], *ids[start : start + longest - 2], ids[-1]]


def hash_of(paths: Sequence[Path], *more: object) -> str:
    """Return 16 hex digits over the content of files, and over what `more` prints as."""
    digest = hashlib.sha256(repr(more).encode())
    for path in paths:
        with path.open("rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()[:16]


def _load(model: Path) -> InferenceSession:
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # One thread each for sentences side by side beats several for one small sentence.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # Each length would be planned anew, and kept.
    options.enable_mem_pattern = False
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        # It raises what its C++ raises: there is no narrower class for a file that is no network.
        raise ValueError(f"has a {model.name} that cannot be loaded ({_first_line(error)})") from None


def load_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer in a JSON file, packed by gzip where its name ends so; it neither pads nor cuts.

    Raises ValueError, in words that go on after `the model`, where the file is none.
    """
    from tokenizers import Tokenizer

    try:
        content = path.read_bytes()
        tokenizer = Tokenizer.from_buffer(gzip.decompress(content) if path.suffix == ".gz" else content)
    except Exception as error:
        # It raises a bare Exception.
        raise ValueError(f"has a {path.name} that cannot be loaded ({_first_line(error)})") from None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:160]
