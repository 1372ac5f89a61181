"""The record of claims: written down with hash and time in the archive, and whether that was before its data were seen.

`claims.jsonl` holds a line per claim in the order of time; nothing in it is ever changed or taken out. `surveyed.json`
holds when the archive was first surveyed, by whatever study.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TypedDict

from masthead.archive import Archive
from masthead.archive.store import write_text_atomically
from masthead.errors import ArchiveError
from masthead.study import Study

REGISTER, SURVEYED = "claims.jsonl", "surveyed.json"


@dataclass(frozen=True)
class Registered:
    """A claim on record: the hash of what it says and of all that gives it its meaning, and when it was written."""

    claim: str
    hash: str
    registered: dt.datetime
    new: bool = False


def register(study: Study, archive: Archive, now: dt.datetime | None = None) -> list[Registered]:
    """Write the study's claims on record and return them all, in the study's order.

    A claim that is on record keeps its time and adds nothing. Killed at any instant, the record is the old one or the
    new one. Raises ArchiveError where another program writes to the archive, or the record is damaged.
    """
    now = now or dt.datetime.now(dt.UTC)
    with archive.writer_lock():
        lines = _lines(archive)
        times = _times(lines)
        records = []
        for claim in study.claims:
            digest = study.claim_hash(claim)
            new = digest not in times
            if new:
                times[digest] = now
                content = claim.model_dump(mode="json", by_alias=True, exclude_defaults=True)
                lines.append(
                    {
                        "registered": now.isoformat(),
                        "hash": digest,
                        "study_hash": study.hash,
                        "claim": content,
                    }
                )
            records.append(Registered(claim.id, digest, times[digest], new))
        if any(one.new for one in records):
            text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
            write_text_atomically(text, archive.path / REGISTER)
    return records


def on_record(archive: Archive) -> dict[str, dt.datetime]:
    """Return when each claim on record was first written there, by hash. Raises ArchiveError on a damaged record."""
    return _times(_lines(archive))


def note_survey(archive: Archive, now: dt.datetime | None = None) -> None:
    """Note that the archive is being surveyed, where that has not been noted before."""
    path = archive.path / SURVEYED
    if not path.is_file():
        note = {"first_survey": (now or dt.datetime.now(dt.UTC)).isoformat()}
        write_text_atomically(json.dumps(note) + "\n", path)


def first_survey(archive: Archive) -> dt.datetime | None:
    """Return when the archive was first surveyed; None where it was not. Raises ArchiveError on a damaged note."""
    path = archive.path / SURVEYED
    try:
        return dt.datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["first_survey"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise _damage(path.name, archive, error) from None


class _Line(TypedDict):
    """A line of the record: when a claim was written down, its hash and the study's, and the claim itself."""

    registered: str
    hash: str
    study_hash: str
    claim: dict[str, object]


def _lines(archive: Archive) -> list[_Line]:
    try:
        text = (archive.path / REGISTER).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    try:
        lines: list[_Line] = [json.loads(line) for line in text.split("\n") if line]
        _times(lines)
    except (ValueError, KeyError, TypeError) as error:
        raise _damage(REGISTER, archive, error) from None
    return lines


def _times(lines: list[_Line]) -> dict[str, dt.datetime]:
    times: dict[str, dt.datetime] = {}
    for line in lines:
        times.setdefault(line["hash"], dt.datetime.fromisoformat(line["registered"]))
    return times


def _damage(name: str, archive: Archive, error: Exception) -> ArchiveError:
    return ArchiveError(
        f"'{archive.path / name}' is damaged ({error})",
        "the file as Masthead wrote it",
        "restore it from a copy",
    )
