"""Adding what an ingest read: its parts, its refused rows and its line in the index, in one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from masthead.archive.keeping.index import Line, next_name, read_lines, standing
from masthead.archive.keeping.step import FOLDERS, stage_folder, take_step
from masthead.archive.keeping.undo import files_of, refuse_if_needed, undone_line
from masthead.archive.keeping.whole import digest_of
from masthead.archive.originals import original_ids
from masthead.errors import ArchiveError, SourceError

if TYPE_CHECKING:
    from masthead.archive.adding.ingest import Ingest, IngestReport, Progress
    from masthead.archive.folder import Archive


def add_ingest(archive: Archive, ingest: Ingest, anew: bool, progress: Progress | None) -> IngestReport:
    """Run an ingest and put what it read into the archive; return what became of its rows.

    `anew` takes back, in the same step, what was added of the same file before. Only under the writer lock. Raises
    SourceError where the file was added before and would now be read otherwise, UsageError where what is to be taken
    back is needed, ArchiveError where parts lie in the archive that no ingest names: rows of theirs would come twice.
    """
    from masthead.archive.quarantine import Quarantine

    _refuse_unnamed(archive)
    lines = read_lines(archive.path)
    before = [line for line in standing(lines) if line["source_hash"] == ingest.source_hash]
    lines_to_undo = before if anew else []
    refuse_if_needed(lines, [line["ingest"] for line in lines_to_undo])
    name = next_name(lines, ingest.source_hash[:8])
    stage = stage_folder(archive.path)
    with Quarantine(stage / "quarantine" / f"{name}.parquet") as quarantine:
        ingest_of = _ingest_of_ids(archive, lines, {line["ingest"] for line in lines_to_undo})
        report, parts = ingest.run(set(ingest_of), stage / "articles", quarantine, progress, ingest_of)
    if before and not anew:
        report = _as_before(report, max(before, key=lambda line: line["kept"]))
    what = {"parts": {part.name: part.rows for part in parts}, "files": digests_of_staged(archive.path)}
    record = cast(Line, {"ingest": name, **asdict(report), **what})
    leave = [path for line in lines_to_undo for path in files_of(line)]
    take_step(archive.path, [*lines, *map(undone_line, lines_to_undo), record], leave)
    return report


def digests_of_staged(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that a step has staged, by its path from the archive."""
    return {
        f"{name}/{path.name}": digest_of(path)
        for name in FOLDERS
        for path in sorted((stage_folder(folder) / name).glob("*.parquet"))
    }


def _ingest_of_ids(archive: Archive, lines: list[Line], leave: Collection[str]) -> dict[bytes, str]:
    """Return the ids of each article that the archive holds, with its ingest; without those of the ingests `leave`.

    An article that was repaired has one more, as its source has it.
    """
    ingest_of = {part: line["ingest"] for line in standing(lines) for part in line["parts"]}
    ingest_of_id: dict[bytes, str] = {}
    for part in archive.parts():
        ingest = ingest_of[part.name]
        if ingest not in leave:
            ids = part.read(["article_id"])["article_id"].to_pylist()
            ingest_of_id.update((bytes.fromhex(article_id), ingest) for article_id in ids)
            ingest_of_id.update((bytes.fromhex(one), ingest) for one in original_ids(archive.path, part.name))
    return ingest_of_id


def _as_before(report: IngestReport, before: Line) -> IngestReport:
    """Say of a file that was added before that its rows are there already.

    Raises SourceError where some would come once more: then it is read otherwise than before.
    """
    name = before["ingest"]
    if report.kept:
        raise SourceError(
            f"'{report.source}' was added before, as {name}, and is now read otherwise: {report.kept:,} of its"
            f" {report.rows:,} rows would stand in the archive once more, as other articles",
            "a file to be added once",
            "to take back what was added then, and add the file as it is read now, say --replace",
        )
    note = f"its rows are in the archive already, as {name}"
    if before.get("columns", report.columns) != report.columns:
        note += (
            ", with columns mapped otherwise; --replace takes them back and adds the file as it is mapped now"
        )
    if before.get("zone") != report.zone:
        then, now = before.get("zone") or "no time zone", report.zone or "none"
        note += f", in {then}; --replace takes them back and adds the file in {now}"
    if before.get("ahead"):
        note += (
            f"; {before['ahead']:,} are undated since their date lay in the future by the clock then: with a clock that"
            " is right, --replace dates them"
        )
    return replace(report, notes=[note, *report.notes])


def _refuse_unnamed(archive: Archive) -> None:
    files = archive.unnamed()
    if files:
        more = f" and {len(files) - 1:,} more" if len(files) > 1 else ""
        raise ArchiveError(
            f"the archive '{archive.path}' holds files that its index does not name ('{files[0]}'{more})",
            "an index that names all of them",
            f"take them back with `masthead archive mend {archive.path}`, then add again",
        )
