"""Whose folder it is: a dossier replaces and removes its own files, and nobody else's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from masthead import manual
from masthead.archive.lock import NAME as LOCK
from masthead.dossier.editions import FOLDERS
from masthead.errors import UsageError
from masthead.findings.findings import ABOUT
from masthead.findings.schemas import SCHEMAS

_PAGE = re.compile(r'<meta name="generator" content="Masthead ')
_DRAWING_NAME = re.compile(r"[0-9a-f]{20}\.svg")
_FOLDERS = ("evidence", "series", "charts", *FOLDERS.values())

MANUAL = ("tables", "study")
"""The pages of the documentation that stand beside a dossier's tables."""


def claim(folder: Path) -> None:
    """See that a dossier may be written to `folder`: it is new, or empty, or holds a dossier already.

    A dossier that a crash left unfinished counts as one. Raises UsageError where the folder is a file, or
    holds something else, which the dossier would replace or stand among.
    """
    hint = "name another folder with --output"
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir():
        raise UsageError(f"'{there}' is a file", "a folder for the dossier", hint)
    if not folder.is_dir() or is_page(folder / "index.html") or _is_about(folder / ABOUT):
        return
    others = sorted(path.name for path in folder.iterdir() if not _is_unfinished(path))
    if others:
        raise UsageError(
            f"'{folder}' holds other files than a dossier's ('{others[0]}')",
            "a new folder, or a dossier",
            hint,
        )


def is_page(path: Path) -> bool:
    """True where `path` is a page of a dossier, by what it says of itself."""
    try:
        with path.open(encoding="utf-8", errors="replace") as page:
            return _PAGE.search(page.read(2000)) is not None
    except OSError:
        return False


def is_drawing(path: Path) -> bool:
    """True where `path` is a chart of a dossier, by its name: the digest of what it shows."""
    return _DRAWING_NAME.fullmatch(path.name) is not None


def _is_about(path: Path) -> bool:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(about, dict) and {"subjects", "measures"} <= about.keys()


def _is_unfinished(path: Path) -> bool:
    """True where `path` may come from a survey that was killed before it was done."""
    if path.name in _FOLDERS and path.is_dir():
        return True
    if path.name == LOCK or (path.name.startswith(".") and path.name.endswith(".tmp")):
        return True
    if path.suffix == ".md" and path.stem in MANUAL:
        with path.open(encoding="utf-8", errors="replace") as page:
            return page.readline().strip() == f"# {manual.page(path.stem).title}"
    if path.stem not in SCHEMAS:
        return False
    columns: list[str] = SCHEMAS[path.stem].names
    try:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", errors="replace") as table:
                return [name.strip('"') for name in table.readline().strip().split(",")] == columns
        return path.suffix == ".parquet" and bool(pq.read_schema(path).names == columns)
    except (OSError, pa.ArrowInvalid):
        return False
