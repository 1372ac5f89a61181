"""Changes of an archive in one step: files come, files go, and the index says so, all of it or nothing.

New files are first written under `unfinished/`, where nobody reads. When all are on disk, a plan is written beside
them: which files come, which go, and the index before and after. Then the files take their places, the index is
replaced, and what goes is removed. Whoever writes next finds the folder of a step that was killed: without a plan,
its files are removed; with a plan, the step is finished. So nothing that stands in its place is ever deleted but
what a plan says, after the index has said it too; that the index does not name a file is no reason.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from masthead.archive.keeping.index import INDEX, Line, as_text, readable_lines, standing
from masthead.archive.store import flush, sweep, write_text_atomically

UNFINISHED = "unfinished"
_PLAN = "plan.json"
FOLDERS = ("articles", "quarantine", "originals")


def stage_folder(folder: Path) -> Path:
    """Return where the files of a step are written, in the folders in which they will stand."""
    return folder / UNFINISHED


def take_step(folder: Path, lines: Sequence[Line], leave: Collection[str] = ()) -> None:
    """Put all staged files into their places, make `lines` the index, and remove the files `leave`.

    Paths are relative to the archive, with slashes. Only under the writer lock.
    """
    come = [f"{name}/{path.name}" for name in FOLDERS for path in _files(stage_folder(folder) / name)]
    plan = {
        "come": come,
        "leave": sorted({*leave} - {*come}),
        "before": _digest(folder),
        "index": as_text(lines),
    }
    write_text_atomically(json.dumps(plan, ensure_ascii=False), stage_folder(folder) / _PLAN)
    finish_or_sweep(folder)


def finish_or_sweep(folder: Path) -> None:
    """Finish the step that a killed writer had planned, or remove what it had not. Only under the writer lock."""
    stage = stage_folder(folder)
    if (stage / _PLAN).exists():
        _finish(folder, _read_plan(stage / _PLAN))
    for place in (*(stage / name for name in FOLDERS), stage):
        if place.is_dir():
            sweep(place)
            for path in _files(place):
                path.unlink()
            if not any(place.iterdir()):
                place.rmdir()


def unnamed_files(folder: Path) -> list[str]:
    """Return the files of an archive's folders that the index does not name, from the archive's folder."""
    # In this order: a step that ends meanwhile leaves what it brought to the index, and what it took is gone.
    there = [f"{name}/{path.name}" for name in FOLDERS for path in _files(folder / name)]
    names_in_index = _under_way(folder)
    for line in standing(readable_lines(folder)[0]):
        names_in_index |= {f"{name}/{part}" for part in line["parts"] for name in ("articles", "originals")}
        names_in_index.add(f"quarantine/{line['ingest']}.parquet")
    return [path for path in there if path not in names_in_index and (folder / path).exists()]


def set_aside(folder: Path, path: Path) -> Path:
    """Move a file that is of no use, and may be of some to its owner, to the archive's folder `aside`."""
    aside = folder / "aside"
    aside.mkdir(exist_ok=True)
    number, target = 1, aside / path.name
    while target.exists():
        number += 1
        target = aside / f"{path.name}.{number}"
    path.replace(target)
    flush(aside)
    return target


def _finish(folder: Path, plan: dict[str, Any] | None) -> None:
    """Do what is left of a plan. Of one that cannot be read only this: no file that was whole is lost."""
    stage = stage_folder(folder)
    for name in FOLDERS:
        files = _files(stage / name)
        (folder / name).mkdir(exist_ok=True)
        for path in files:
            path.replace(folder / name / path.name)
        if files:
            flush(folder / name)
    if plan:
        if _digest(folder) == plan["before"] and all((folder / path).is_file() for path in plan["come"]):
            write_text_atomically(plan["index"], folder / INDEX)
        if _digest(folder) == hashlib.sha256(plan["index"].encode()).hexdigest():
            for path in plan["leave"]:
                (folder / path).unlink(missing_ok=True)
    (stage / _PLAN).unlink(missing_ok=True)
    flush(stage)


def _under_way(folder: Path) -> set[str]:
    """Return the files that a step which is under way brings or takes: paths relative to the archive."""
    plan = _read_plan(stage_folder(folder) / _PLAN)
    return {*plan["come"], *plan["leave"]} if plan else set()


def _read_plan(path: Path) -> dict[str, Any] | None:
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
        texts = (plan["before"], plan["index"], *plan["come"], *plan["leave"])
        inside = all(_is_inside(name) for name in (*plan["come"], *plan["leave"]))
        return plan if inside and all(isinstance(text, str) for text in texts) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_inside(path: object) -> bool:
    """True for a file right in one of the archive's folders: a plan names no other."""
    return isinstance(path, str) and path.count("/") == 1 and path.split("/")[0] in FOLDERS


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.parquet")) if folder.is_dir() else []


def _digest(folder: Path) -> str:
    """A hash of the index as it stands; that of nothing where it is not there."""
    try:
        return hashlib.sha256((folder / INDEX).read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
