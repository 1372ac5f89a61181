"""Kept JSON that carries a digest of what it says, so that a flipped bit is not taken for another answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from masthead.noticed import notice

DIGEST = "sha256"

OF_THE_RUN = frozenset(
    (
        "made",
        "timings",
        "articles_scanned",
        "sentences_parsed",
        "sentences_newly_parsed",
        "sentences_reused",
        "sentences_read",
    )
)
"""What tells of a run and not of what it found: when it was, and how much it had to do. No digest is of these, so that
the same findings have the same digest whenever they were made."""


def with_digest(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what JSON can say of `content`, and last a digest of it; dates and paths become text."""
    plain = json.loads(json.dumps(content, default=str))
    return {**plain, DIGEST: _digest(plain)}


def without_digest(content: bytes) -> dict[str, Any]:
    """Return what kept JSON says. Raises ValueError where it is none, or not what was written.

    JSON without a digest is of an older Masthead, and taken as it is.
    """
    fields = json.loads(content.decode("utf-8"))
    if not isinstance(fields, dict):
        raise ValueError("it is no JSON object")
    digest = fields.pop(DIGEST, None)
    if digest is not None and digest != _digest(fields):
        raise ValueError("it is not what was written")
    return fields


def read_kept_json(path: Path) -> dict[str, Any] | None:
    """Return what a kept file of JSON says; None where it is not there, or is damaged, which is noticed."""
    try:
        return without_digest(path.read_bytes())
    except FileNotFoundError:
        return None
    except PermissionError:
        raise
    except (OSError, ValueError, RecursionError):
        notice(path)
        return None


def _digest(plain: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(_without_run(plain), sort_keys=True).encode()).hexdigest()


def _without_run(value: Any) -> Any:
    """Return what was found of what is told, at any depth."""
    if isinstance(value, list):
        return [_without_run(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_run(one) for name, one in value.items() if name not in OF_THE_RUN}
    return value
