"""Which files are as they were written: checked once, and again when a file's size or one of its times has changed.

What was checked is remembered in this process, and beside the archive in `verified.json` where checking all of it
again would take long: a warm survey of a large archive reads no gigabytes to hash them. The memory is an aid only;
no reader waits for another because of it, and without it files are checked again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.seal import is_sound
from masthead.archive.schema import ARTICLE_SCHEMA, article_ids
from masthead.archive.store import UNREADABLE, read_parquet, reading_fault, write_text_atomically
from masthead.noticed import notice

MEMORY = "verified.json"
REMEMBERED_FROM = 64_000_000
"""Bytes from which on it is remembered beside the archive that they were checked."""

_SETTLED = 1_000_000_000
"""Nanoseconds without a change before a file's times tell that it is the same: clocks of file systems are coarse."""

_State = tuple[int, int, int]

_states: dict[str, _State] = {}
_folders_recalled: set[str] = set()


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(path: Path) -> bool:
    """Whether a kept Parquet file can be taken as it is; one that cannot is as good as absent, and is noticed.

    Raises PermissionError where it may not be read.
    """
    if _is_known(path):
        return True
    try:
        sound = is_sound(path)
    except FileNotFoundError:
        return False
    except PermissionError:
        raise
    except OSError:
        sound = False
    if sound:
        _note(path)
    else:
        notice(path)
    return sound


def all_whole(paths: Iterable[Path]) -> bool:
    """Whether all of these kept files can be taken as they are; every one is looked at, and noticed if damaged."""
    faulty_paths = [path for path in paths if not is_whole(path)]
    return not faulty_paths


def fault_of_part(path: Path, rows: int, digest: str | None) -> str | None:
    """Say what is wrong with a part of an archive; None where it is as it was written.

    `digest` is the SHA-256 that the index has for it, None where it has none: the index of an older archive. Then
    the part's content is held against its name, which is a hash of it.
    """
    if _is_known(path):
        return None
    try:
        fault = fault_in_content(path, rows) if digest is None else fault_in_bytes(path, digest)
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    if fault is None:
        _note(path)
    return fault


def fault_in_bytes(path: Path, digest: str | None) -> str | None:
    """Say so where a file's bytes are others than the index says; None where it says nothing of them."""
    sound = digest is None or digest_of(path) == digest
    return None if sound else "its bytes are not those that were written"


def fault_in_content(path: Path, rows: int | None = None) -> str | None:
    """Read a part in full and say what is wrong with its articles, their ids or their hash; None where nothing is."""
    try:
        table = read_parquet(path)
    except UNREADABLE as error:
        return f"it {reading_fault(error)}"
    if not table.schema.equals(ARTICLE_SCHEMA):
        return "its columns are not those of articles"
    if rows is not None and table.num_rows != rows:
        return f"it holds {table.num_rows:,} articles, and ingests.jsonl says {rows:,}"
    columns = [table[name].combine_chunks() for name in ("outlet", "published_raw", "title", "text")]
    wrong = sum(a != b for a, b in zip(article_ids(*columns), table["article_id"].to_pylist(), strict=True))
    if wrong:
        return f"{wrong:,} of its articles are not those that their ids stand for"
    if path.name != part_name(content_hash(table)):
        return "its articles are not those that its name stands for"
    return None


def part_name(content: str) -> str:
    """Return the name of the part with this content."""
    return f"part-{content}.parquet"


def content_hash(table: pa.Table) -> str:
    """SHA-256 (16 hex) of all that the articles say: their ids stand for outlet, date, title and text."""
    rest = table.drop_columns(["outlet", "published", "published_raw", "title", "text"])
    rest = rest.append_column("published", pc.cast(table["published"], pa.int64()))
    return hashlib.sha256(repr(rest.to_pydict()).encode()).hexdigest()[:16]


def recall(folder: Path) -> None:
    """Take what is remembered beside an archive, once in a process."""
    if str(folder) in _folders_recalled:
        return
    _folders_recalled.add(str(folder))
    with contextlib.suppress(OSError, ValueError, TypeError, AttributeError):
        states = json.loads((folder / MEMORY).read_text(encoding="utf-8"))
        for name, (size, mtime, ctime) in states.items():
            _states.setdefault(str(folder / name), (int(size), int(mtime), int(ctime)))


def remember(folder: Path) -> None:
    """Remember beside an archive what was checked of it, where that is much.

    Without a lock: of two that remember at once, one has to check again. Nothing is said where nothing can be written.
    """
    inside = f"{folder}/"
    mine = {name.removeprefix(inside): state for name, state in _states.items() if name.startswith(inside)}
    if sum(size for size, _, _ in mine.values()) >= REMEMBERED_FROM:
        mine = {name: state for name, state in mine.items() if _is_known(folder / name)}
        text = json.dumps(dict(sorted(mine.items())))
        with contextlib.suppress(OSError):
            if not (folder / MEMORY).is_file() or (folder / MEMORY).read_text(encoding="utf-8") != text:
                write_text_atomically(text, folder / MEMORY)


def _is_known(path: Path) -> bool:
    try:
        return str(path) in _states and _states[str(path)] == _state(path)
    except OSError:
        return False


def _note(path: Path) -> None:
    state = _state(path)
    if time.time_ns() - max(state[1:]) > _SETTLED:
        _states[str(path)] = state


def _state(path: Path) -> _State:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
