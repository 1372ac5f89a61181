"""Any Hugging Face sequence classifier on disk: its ONNX file where it has one, else its weights with torch."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from masthead.errors import ReadingError
from masthead.reading.portrayal.classifier import CLASSES, Probabilities
from masthead.reading.portrayal.onnx import LONGEST, Network, Tokens, hash_of
from masthead.reading.portrayal.wording import in_words
from masthead.study.portrayal import PORTRAYED, Portrayed

_ONNX = ("model.onnx", "onnx/model.onnx")
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_SPARE = 2
"""Positions that some models (RoBERTa's kin) keep for themselves."""


class FolderClassifier:
    """A sequence classifier with three classes, in a folder as Hugging Face's `save_pretrained` leaves it.

    Which class is which its `config.json` says in `id2label`, in the words of sentiment or of portrayal; where
    it says `LABEL_0` and the like, `labels` must give their order. A model whose tokenizer knows Masthead's
    marks reads marked sentences as they are; any other reads `they` for the subject and `Party 1` for others. It
    reads any language. Raises ReadingError where the folder is no such classifier, or needs torch and
    transformers and they are not installed.
    """

    lot = 1_000
    languages: frozenset[str] | None = None

    def __init__(
        self, folder: str | Path, name: str | None = None, labels: Sequence[Portrayed] | None = None
    ) -> None:
        self._folder = Path(folder)
        config = self._config()
        self._order = self._columns(config, labels)
        positions = config.get("max_position_embeddings")
        self._longest = LONGEST if not isinstance(positions, int) else min(LONGEST, positions - _SPARE)
        files = [path for file in (*_ONNX, *_WEIGHTS) if (path := self._folder / file).is_file()]
        if not files:
            raise self._unfit(f"has none of {', '.join((*_ONNX, *_WEIGHTS))}")
        self._file = files[0]
        files_hashed = [self._folder / "config.json", self._folder / "tokenizer.json", self._file]
        self.name = name or self._folder.resolve().name
        self.version = hash_of([path for path in files_hashed if path.is_file()], self._order)

    def read(self, texts: Sequence[str]) -> Probabilities:
        """Return the probabilities of each marked text, `[n, 3]`."""
        try:
            logits = self._logits(texts)
        except ValueError as error:
            raise self._unfit(str(error)) from None
        powers = np.exp(logits - logits.max(axis=1, keepdims=True, initial=-np.inf))
        shares: Probabilities = (powers / powers.sum(axis=1, keepdims=True))[:, self._order]
        return shares

    @cached_property
    def _logits(self) -> Callable[[Sequence[str]], Probabilities]:
        if self._file.suffix == ".onnx":
            return self._onnx()
        return self._torch()

    def _onnx(self) -> Callable[[Sequence[str]], Probabilities]:
        tokenizer = self._folder / "tokenizer.json"
        if not tokenizer.is_file():
            raise ValueError("has no tokenizer.json")
        network = Network(self._file, tokenizer, self._longest)
        if "input_ids" not in network.inputs:
            raise ValueError(f"takes {network.inputs}, and not input_ids")

        def feed(tokens: Tokens) -> dict[str, Tokens]:
            extra_inputs = {"attention_mask": np.ones_like(tokens), "token_type_ids": np.zeros_like(tokens)}
            return {"input_ids": tokens} | {
                key: extra_inputs[key] for key in network.inputs if key in extra_inputs
            }

        def logits(texts: Sequence[str]) -> Probabilities:
            return network.run(texts if network.knows_marks else [in_words(t) for t in texts], feed)

        return logits

    def _torch(self) -> Callable[[Sequence[str]], Probabilities]:
        try:
            import torch
            from transformers import AutoModelForSequenceClassification, AutoTokenizer
            from transformers.utils import logging
        except ImportError:
            raise ReadingError(
                f"the model in '{self._folder}' has no ONNX file, and torch and transformers are not installed",
                "model.onnx in its folder, or both packages",
                "run `pip install torch transformers`, or export the model with `optimum-cli export onnx`",
            ) from None
        from masthead.reading.portrayal.marking import OPEN

        logging.disable_progress_bar()
        try:
            # From the folder alone: a study is read offline, and runs no code that a model brings with it.
            tokenizer = AutoTokenizer.from_pretrained(self._folder, local_files_only=True)
            model = AutoModelForSequenceClassification.from_pretrained(self._folder, local_files_only=True)
        except Exception as error:
            # transformers, safetensors and torch each raise their own for a damaged file.
            raise ValueError(f"cannot be loaded ({str(error).splitlines()[0][:160]})") from None
        finally:
            logging.enable_progress_bar()
        model.eval()
        knows_marks = OPEN in tokenizer.get_vocab()

        def logits(texts: Sequence[str]) -> Probabilities:
            rows: list[Any] = [np.empty((0, 3), np.float32)]
            with torch.inference_mode():
                # One by one: what a sentence is padded with would show in the last digits.
                for text in texts:
                    prompt = text if knows_marks else in_words(text)
                    tokens = tokenizer(prompt, truncation=True, max_length=self._longest, return_tensors="pt")
                    rows.append(model(**tokens).logits.float().numpy())
            return np.concatenate(rows)

        return logits

    def _config(self) -> dict[str, Any]:
        if not self._folder.is_dir():
            raise self._unfit("is not there")
        try:
            config = json.loads((self._folder / "config.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise self._unfit("has no config.json") from None
        except (OSError, ValueError):
            raise self._unfit("has a config.json that cannot be read") from None
        if not isinstance(config, dict):
            raise self._unfit("has a config.json that cannot be read")
        return config

    def _columns(self, config: dict[str, Any], labels: Sequence[Portrayed] | None) -> list[int]:
        """Return which of the model's classes is unfavourable, which neutral, which favourable."""
        names = config.get("id2label")
        if not isinstance(names, dict) or sorted(names) != ["0", "1", "2"]:
            raise self._unfit("does not have three classes, by the id2label of its config.json")
        model_names = [str(names[number]) for number in ("0", "1", "2")]
        classes = [PORTRAYED.get(name.lower()) for name in model_names]
        if set(classes) == set(CLASSES):
            if labels is not None and list(labels) != classes:
                raise self._unfit(f"calls its classes {', '.join(model_names)}, not {', '.join(labels)}")
            return [classes.index(name) for name in CLASSES]
        if labels is None:
            raise ReadingError(
                f"the model in '{self._folder}' calls its classes {', '.join(model_names)}",
                "names that say which is unfavourable, neutral and favourable",
                'say so in the study: `labels = ["negative", "neutral", "positive"]` under [portrayal], in the '
                "model's order",
            )
        return [list(labels).index(name) for name in CLASSES]

    def _unfit(self, what: str) -> ReadingError:
        return ReadingError(
            f"the model in '{self._folder}' {what}",
            "a folder with a Hugging Face sequence classifier of three classes",
            "check the path and the files of the model",
        )
