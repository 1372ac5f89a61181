"""Files that people write by hand: read whole, if they are text of a size that a person could have written."""

from __future__ import annotations

import codecs
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from masthead.errors import MastheadError, shortened

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
        reason = (
            os.strerror(trouble.errno) if isinstance(trouble, OSError) and trouble.errno else str(trouble)
        )
        raise error(f"'{path}' cannot be read ({reason})", kind, "check the path") from None
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
        raise _no_toml(text, path, error, str(trouble)) from None
    except RecursionError:
        raise error(f"'{path}' nests too deep", "a TOML file", "take some of its brackets out") from None
    except ValueError as trouble:
        # A whole number of thousands of digits.
        reason = str(trouble).split(";")[0]
        raise error(f"'{path}' holds a number that is none ({reason})", "a TOML file", "mend it") from None


def _no_toml(text: str, path: Path, error: type[MastheadError], trouble: str) -> MastheadError:
    """Say what is no TOML: the line, what stands there, and what people mostly mean by it."""
    at = re.search(r"\(at line (\d+), column (\d+)\)", trouble)
    lines = text.splitlines()
    if at is None or not 0 < int(at[1]) <= len(lines):
        return error(
            f"'{path}' is not TOML: {trouble}",
            "a TOML file",
            "look for a quotation mark or bracket left open",
        )
    line = lines[int(at[1]) - 1]
    if trouble.startswith("Cannot "):
        return error(
            f"'{path}', line {at[1]}, gives again what stands further up: {shortened(line.strip(), 60)}",
            "each key once in its table, and each [table] once",
            "take one of the two out; where there may be several of a kind, write [[name]] before each",
        )
    hint = next((hint for pattern, hint in _MEANT if re.search(pattern, line)), "change that line")
    return error(f"'{path}', line {at[1]}, is not TOML: {shortened(line.strip(), 60)}", _TOML, hint)


_TOML = (
    "a key, '=' and a value: text in quotation marks, a number such as 0.1, a day such as 2016-12-22, true or false, "
    "or a list in square brackets"
)

_MEANT = (
    (r"[“”„«»]", 'write straight quotation marks, "like this"'),
    (r"=\s*\d+,\d", "write numbers with a point, such as 0.1"),
    (r"=\s*\d{1,2}[./]\d{1,2}[./]\d|=\s*\d{4}[./]\d", "write days as 2016-12-22"),
    (r"^\s*\[", "a table is [name] or [[name]] on a line of its own"),
    (r"^[^=]*:", "write '=' between a key and its value"),
    (r"=\s*[^\W\d]", 'write text in quotation marks, "like this"'),
)
"""What people write who mean something that TOML knows, and how it is written there."""
