"""Taking back into the index what no ingest names: the articles and refused rows of an index that was lost or cut.

A part says by its name and by the ids of its articles that it is whole. Whole ones come back as they are, together as
one ingest, since nothing says any more which of them came together. Articles that are in the archive already do not
come twice. Nothing is thrown away: what cannot be taken back moves to the folder `aside`.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from masthead.archive.keeping.index import INDEX, Line, next_name, readable_lines, standing
from masthead.archive.keeping.step import set_aside, stage_folder, take_step, unnamed_files
from masthead.archive.keeping.whole import digest_of, fault_in_content
from masthead.archive.originals import ORIGINALS_SCHEMA, Original, counts, read_originals
from masthead.archive.quarantine import QUARANTINE_SCHEMA
from masthead.archive.store import UNREADABLE, read_parquet

if TYPE_CHECKING:
    from masthead.archive.folder import Archive


@dataclass(frozen=True)
class Mended:
    """What came back: the names of the ingests, their articles and refused rows; and what was set aside, with why."""

    ingests: list[str]
    articles: int
    refused: int
    aside: dict[str, str]


@dataclass
class _Back:
    """What is on its way back: the parts that stay as they are, refused rows by their file, and what goes aside."""

    parts: dict[str, int] = field(default_factory=dict)
    quarantine: dict[str, Counter[str]] = field(default_factory=dict)
    aside: dict[str, str] = field(default_factory=dict)


def mend(archive: Archive) -> Mended:
    """Take back all that no ingest names; see the module. Only under the writer lock."""
    folder = archive.path
    lines, damage = readable_lines(folder)
    names = {str(line.get("ingest", line.get("undone"))) for line in lines}
    ids_in_archive = _ids_of_named(folder, standing(lines))
    back = _Back()
    for name in unnamed_files(folder):
        if name.startswith("articles/"):
            _take_part(folder, name, ids_in_archive, back)
        elif name.startswith("quarantine/"):
            _take_quarantine(folder, name, names, back)
        elif Path(name).name not in back.parts:
            back.aside[name] = "its articles do not come back as they stood"
    new = [_record(folder, Path(name).stem, {}, reasons) for name, reasons in back.quarantine.items()]
    if back.parts:
        new.append(_record(folder, next_name([*lines, *new], "mended"), back.parts, Counter()))
        new[-1]["repaired"] = _repair_counts(folder, back.parts)
    aside = {}
    if damage:
        copy = folder / f"{INDEX}.damaged"
        shutil.copyfile(folder / INDEX, copy)
        aside[set_aside(folder, copy).relative_to(folder).as_posix()] = damage[0]
    if new or damage:
        take_step(folder, [*lines, *new])
    for name, why in back.aside.items():
        aside[set_aside(folder, folder / name).relative_to(folder).as_posix()] = why
    return Mended(
        [line["ingest"] for line in new],
        sum(line["kept"] for line in new),
        sum(line["refused"] for line in new),
        aside,
    )


def _take_part(folder: Path, name: str, ids_in_archive: set[str], back: _Back) -> None:
    """Take back a part, or of its articles those that the archive does not hold."""
    path = folder / name
    fault = fault_in_content(path)
    if fault is not None:
        back.aside[name] = fault
        return
    table = read_parquet(path)
    ids = table["article_id"].to_pylist()
    new = [article_id not in ids_in_archive for article_id in ids]
    ids_in_archive.update(ids)
    if all(new):
        back.parts[path.name] = len(ids)
        return
    back.aside[name] = f"{len(ids) - sum(new):,} of its {len(ids):,} articles are in the archive already"
    if any(new):
        from masthead.archive.parts import PartWriter

        writer = PartWriter(stage_folder(folder) / "articles")
        coming = table.filter(pa.array(new)).combine_chunks()
        inside = set(coming["article_id"].to_pylist())
        originals = [Original(**row) for row in _originals(folder, path.name) if row["article_id"] in inside]
        for batch in coming.to_batches():
            writer.write(batch, originals)
            originals = []
        back.parts |= {part.name: part.rows for part in writer.finish()}


def _take_quarantine(folder: Path, name: str, names: set[str], back: _Back) -> None:
    """Take back a file of refused rows, which bears the name of its ingest."""
    path = folder / name
    try:
        table = read_parquet(path)
    except UNREADABLE:
        back.aside[name] = "it cannot be read"
        return
    if path.stem in names:
        back.aside[name] = f"the index knows {path.stem} without it"
    elif not table.schema.equals(QUARANTINE_SCHEMA):
        back.aside[name] = "its columns are not those of refused rows"
    else:
        back.quarantine[name] = Counter(table["reason"].to_pylist())


def _originals(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return what stood in a part's articles before they were repaired; none where that is damaged."""
    try:
        rows: list[dict[str, Any]] = read_originals(folder, [name]).to_pylist()
    except UNREADABLE:
        return []
    return rows


def _repair_counts(folder: Path, parts: Collection[str]) -> dict[str, int]:
    rows = [
        row for name in parts for place in (stage_folder(folder), folder) for row in _originals(place, name)
    ]
    return counts(pa.Table.from_pylist(rows, ORIGINALS_SCHEMA))


def _record(folder: Path, name: str, parts: dict[str, int], reasons: Counter[str]) -> Line:
    """Return the line of an ingest of which only its parts, or only its refused rows, are known."""
    article_count, refused_count = sum(parts.values()), reasons.total()
    files = [f"{of}/{part}" for of in ("articles", "originals") for part in parts]
    return {
        "ingest": name,
        "source": "",
        "source_hash": "",
        "rows": article_count + refused_count,
        "kept": article_count,
        "duplicate": 0,
        "refused": refused_count,
        "reasons": dict(sorted(reasons.items())),
        "notes": [
            "taken back into an index that did not name it: its source and its duplicates are not known"
        ],
        "duplicate_of": {},
        "parts": parts,
        "files": _digests(folder, files or [f"quarantine/{name}.parquet"]),
    }


def _digests(folder: Path, names: list[str]) -> dict[str, str]:
    """Return the SHA-256 of each of these files that is there, or is on its way."""
    places = {name: stage_folder(folder) / name for name in names}
    places = {name: place if place.exists() else folder / name for name, place in places.items()}
    return {name: digest_of(place) for name, place in places.items() if place.exists()}


def _ids_of_named(folder: Path, ingests: list[Line]) -> set[str]:
    """Return the ids of all articles of the named parts that can be read; those of others are in nobody's way."""
    ids: set[str] = set()
    for path in (folder / "articles" / name for line in ingests for name in line["parts"]):
        try:
            ids.update(read_parquet(path, ["article_id"])["article_id"].to_pylist())
        except UNREADABLE:
            continue
    return ids
