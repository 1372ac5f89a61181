"""Files that people write by hand: read whole, if they are text of a size that a person could have written."""

from __future__ import annotations

import codecs
import os
import tomllib
from pathlib import Path
from typing import Any

from masthead.errors import MastheadError

LARGEST = 16_000_000
"""Bytes. A longer file is none that a person wrote, and a device has no end."""


def read_written(path: Path, kind: str, error: type[MastheadError]) -> str:
    """Return the text of a file of a kind, such as 'a TOML file'; a byte order mark at its start is taken off.

    Raises `error`, in one sentence, where it is no file, cannot be read, is too large or no UTF-8; FileNotFoundError
    where nothing is there, which means something else to everybody who asks.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as trouble:
        told = os.strerror(trouble.errno) if isinstance(trouble, OSError) and trouble.errno else str(trouble)
        raise error(f"'{path}' cannot be read ({told})", kind, "check the path") from None
    if len(content) > LARGEST:
        raise error(
            f"'{path}' is larger than {LARGEST // 1_000_000} MB",
            kind,
            "look whether it is the file that you mean",
        )
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise error(f"'{path}' is not UTF-8 but UTF-16", f"{kind} in UTF-8", "save it again as UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise error(
            f"'{path}' is not UTF-8 text (byte {trouble.start})", f"{kind} in UTF-8", "save it again as UTF-8"
        ) from None


def read_toml(path: Path, error: type[MastheadError]) -> dict[str, Any]:
    """Return what a TOML file says. Raises as `read_written` does, and `error` where it is no TOML."""
    return parse_toml(read_written(path, "a TOML file", error), path, error)


def parse_toml(text: str, path: Path, error: type[MastheadError]) -> dict[str, Any]:
    """Return what the text of a TOML file says. Raises `error` where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise error(f"'{path}' is not TOML: {trouble}", "a TOML file", "mend that line") from None
    except RecursionError:
        raise error(f"'{path}' nests too deep", "a TOML file", "take some of its brackets out") from None
    except ValueError as trouble:
        # A whole number of thousands of digits.
        told = str(trouble).split(";")[0]
        raise error(f"'{path}' holds a number that is none ({told})", "a TOML file", "mend it") from None
