"""Holding all of an archive against its index: every hash, every article's id, every count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.archive.keeping.index import Line, readable_lines, standing
from masthead.archive.keeping.seal import is_sound
from masthead.archive.keeping.step import unnamed_files
from masthead.archive.keeping.whole import fault_in_bytes, fault_in_content
from masthead.archive.originals import fault_in_originals
from masthead.archive.store import UNREADABLE, read_parquet, reading_fault

if TYPE_CHECKING:
    from masthead.archive.adding.ingest import Progress
    from masthead.archive.folder import Archive


@dataclass(frozen=True)
class Checked:
    """What was checked, and each fault that was found, as a sentence.

    `kept` counts the files that readers and surveys keep, `broken` are those of them that are damaged: no fault of the
    archive, since what they hold is read again.
    """

    ingests: int
    parts: int
    articles: int
    kept: int
    broken: list[str]
    faults: list[str]


def check(archive: Archive, progress: Progress | None = None) -> Checked:
    """Read every part and every refused row of an archive, whatever was checked before, and return what is wrong.

    Checked are: each part's bytes against the SHA-256 that the index has, the ids of its articles against what they
    say, its content against its name; what stood in repaired articles against their ids; that no article is there
    twice; the counts of each ingest against each other, its parts and its refused rows; that the index names all
    files; and the seals of what readers keep.
    """
    from masthead.archive.folder import KEPT

    folder = archive.path
    lines, damage = readable_lines(folder)
    ingests = standing(lines)
    faults = [f"ingests.jsonl is damaged: {fault}" for fault in damage]
    ids: set[str] = set()
    parts = [(line, name, rows) for line in ingests for name, rows in line["parts"].items()]
    for position, (line, name, rows) in enumerate(parts):
        if progress:
            progress("checking parts", position, len(parts))
        faults += _of_part(folder, line, name, rows, ids)
    for line in ingests:
        faults += _of_ingest(folder, line)
    faults += [
        f"{name}: no ingest names it; `masthead archive mend` takes it back" for name in unnamed_files(folder)
    ]
    paths = [path for place in KEPT for path in sorted((folder / place).rglob("*.parquet"))]
    broken_paths = []
    for position, path in enumerate(paths):
        if progress:
            progress("checking what readers keep", position, len(paths))
        if not path.is_file() or not is_sound(path):
            broken_paths.append(path.relative_to(folder).as_posix())
    return Checked(len(ingests), len(parts), len(ids), len(paths), broken_paths, faults)


def _of_part(folder: Path, line: Line, name: str, rows: int, ids_before: set[str]) -> Iterator[str]:
    """Say what is wrong with a part, and with its articles beside those of parts before it."""
    file = f"articles/{name}"
    path = folder / file
    if not path.is_file():
        yield f"{file}: it is not there; {line['ingest']} names it"
        return
    fault = fault_in_content(path, rows) or fault_in_bytes(path, _digest(line, file))
    if fault is not None:
        yield f"{file}: {fault}"
    try:
        ids = read_parquet(path, ["article_id"])["article_id"].to_pylist()
    except UNREADABLE:
        return
    yield from _of_originals(folder, line, name)
    twice = len(ids) - len({*ids} - ids_before)
    ids_before.update(ids)
    if twice:
        yield f"{file}: {twice:,} of its articles are in the archive twice"


def _of_originals(folder: Path, line: Line, name: str) -> Iterator[str]:
    """Say what is wrong with what stood in a part's articles before they were repaired."""
    file = f"originals/{name}"
    path, digest = folder / file, _digest(line, file)
    if not path.is_file():
        if digest is not None:
            yield f"{file}: it is not there; {line['ingest']} names it"
        return
    try:
        fault = fault_in_originals(read_parquet(path), read_parquet(folder / "articles" / name))
    except UNREADABLE as error:
        fault = f"it {reading_fault(error)}"
    fault = fault or fault_in_bytes(path, digest)
    if fault is not None:
        yield f"{file}: {fault}"


def _of_ingest(folder: Path, line: Line) -> Iterator[str]:
    """Say what is wrong with the counts of an ingest and with its refused rows."""
    name = line["ingest"]
    if line["rows"] != line["kept"] + line["duplicate"] + line["refused"]:
        yield f"{name}: its rows are not those kept, duplicate and refused together"
    if sum(line["parts"].values()) != line["kept"]:
        yield f"{name}: its parts hold {sum(line['parts'].values()):,} articles, and {line['kept']:,} were kept"
    if sum(line.get("reasons", {}).values()) != line["refused"]:
        yield f"{name}: the reasons for refusal do not add up to {line['refused']:,} rows"
    file = f"quarantine/{name}.parquet"
    path = folder / file
    if not path.is_file():
        if line["refused"]:
            yield f"{file}: it is not there, and {line['refused']:,} rows were refused"
        return
    try:
        rows = read_parquet(path).num_rows
    except UNREADABLE as error:
        yield f"{file}: it {reading_fault(error)}"
        return
    if rows != line["refused"]:
        yield f"{file}: it holds {rows:,} rows, and {line['refused']:,} were refused"
    elif fault := fault_in_bytes(path, _digest(line, file)):
        yield f"{file}: {fault}"


def _digest(line: Line, file: str) -> str | None:
    return line.get("files", {}).get(file)
