"""Holding all of an archive against its index: every hash, every article's id, every count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.archive.keeping.index import Line, readable_lines, standing
from masthead.archive.keeping.seal import is_sound
from masthead.archive.keeping.step import unnamed_files
from masthead.archive.keeping.whole import digest_of, fault_in_content
from masthead.archive.originals import fault_in_originals
from masthead.archive.store import read_parquet

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
    faults = [f"ingests.jsonl is damaged: {told}" for told in damage]
    seen: set[str] = set()
    named = [(line, name, rows) for line in ingests for name, rows in line["parts"].items()]
    for done, (line, name, rows) in enumerate(named):
        if progress:
            progress("checking parts", done, len(named))
        faults += _of_part(folder, line, name, rows, seen)
    for line in ingests:
        faults += _of_ingest(folder, line)
    faults += [
        f"{name}: no ingest names it; `masthead archive mend` takes it back" for name in unnamed_files(folder)
    ]
    kept = [path for place in KEPT for path in sorted((folder / place).rglob("*.parquet"))]
    broken = []
    for done, path in enumerate(kept):
        if progress:
            progress("checking what readers keep", done, len(kept))
        if not path.is_file() or not is_sound(path):
            broken.append(path.relative_to(folder).as_posix())
    return Checked(len(ingests), len(named), len(seen), len(kept), broken, faults)


def _of_part(folder: Path, line: Line, name: str, rows: int, seen: set[str]) -> Iterator[str]:
    """Say what is wrong with a part, and with its articles beside those `seen` before."""
    told = f"articles/{name}"
    path = folder / told
    if not path.is_file():
        yield f"{told}: it is not there; {line['ingest']} names it"
        return
    fault = fault_in_content(path, rows)
    digest = line.get("files", {}).get(told)
    if fault is None and digest is not None and digest_of(path) != digest:
        fault = "its bytes are not those that were written"
    if fault is not None:
        yield f"{told}: {fault}"
    try:
        ids = read_parquet(path, ["article_id"])["article_id"].to_pylist()
    except (OSError, ValueError, KeyError, pa.ArrowException):
        return
    yield from _of_originals(folder, line, name)
    twice = len(ids) - len({*ids} - seen)
    seen.update(ids)
    if twice:
        yield f"{told}: {twice:,} of its articles are in the archive twice"


def _of_originals(folder: Path, line: Line, name: str) -> Iterator[str]:
    """Say what is wrong with what stood in a part's articles before they were repaired."""
    told = f"originals/{name}"
    path, digest = folder / told, line.get("files", {}).get(f"originals/{name}")
    if not path.is_file():
        if digest is not None:
            yield f"{told}: it is not there; {line['ingest']} names it"
        return
    try:
        fault = fault_in_originals(read_parquet(path), read_parquet(folder / "articles" / name))
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        fault = f"it cannot be read ({str(error).splitlines()[0]})"
    if fault is None and digest is not None and digest_of(path) != digest:
        fault = "its bytes are not those that were written"
    if fault is not None:
        yield f"{told}: {fault}"


def _of_ingest(folder: Path, line: Line) -> Iterator[str]:
    """Say what is wrong with the counts of an ingest and with its refused rows."""
    name = line["ingest"]
    if line["rows"] != line["kept"] + line["duplicate"] + line["refused"]:
        yield f"{name}: its rows are not those kept, duplicate and refused together"
    if sum(line["parts"].values()) != line["kept"]:
        yield f"{name}: its parts hold {sum(line['parts'].values()):,} articles, and {line['kept']:,} were kept"
    if sum(line.get("reasons", {}).values()) != line["refused"]:
        yield f"{name}: the reasons for refusal do not add up to {line['refused']:,} rows"
    told = f"quarantine/{name}.parquet"
    path = folder / told
    if not path.is_file():
        if line["refused"]:
            yield f"{told}: it is not there, and {line['refused']:,} rows were refused"
        return
    try:
        rows = read_parquet(path).num_rows
    except (OSError, ValueError, pa.ArrowException) as error:
        yield f"{told}: it cannot be read ({str(error).splitlines()[0]})"
        return
    digest = line.get("files", {}).get(told)
    if rows != line["refused"]:
        yield f"{told}: it holds {rows:,} rows, and {line['refused']:,} were refused"
    elif digest is not None and digest_of(path) != digest:
        yield f"{told}: its bytes are not those that were written"
