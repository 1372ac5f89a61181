"""Rounds: what was coded by one codebook. A change of the codebook starts another; rounds are never mixed."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from masthead.archive import Archive
from masthead.archive.store import write_text_atomically
from masthead.coding.codebook import Codebook, as_toml, read_codebook
from masthead.coding.lines import Line, append_lines, read_lines
from masthead.errors import UsageError

FOLDER = "coding"
"""The folder of an archive that holds what people coded."""

_STARTS = "rounds.jsonl"


@dataclass(frozen=True)
class RoundFolder:
    """Where what was coded of a measure by one codebook is kept."""

    path: Path
    measure: str

    @property
    def hash(self) -> str:
        """The hash of its codebook."""
        return self.path.name

    @property
    def codebook(self) -> Codebook:
        """The codebook by which it was coded."""
        return read_codebook(self.path / "codebook.toml", self.measure)

    def unit(self, article_id: str, subject: str | None, mention: str) -> str:
        """Return the id of a unit: 16 hex digits, by chance alone. Units are drawn in the order of their ids.

        It is the permanent random number of the unit: the same whatever else there is to draw, and when.
        """
        return _digest(self.measure, self.hash, article_id, subject or "", mention)[:16]

    def file(self, name: str) -> Path:
        """Return the path of one of its files."""
        return self.path / f"{name}.jsonl"


def now() -> str:
    """Return the moment, as kept lines have it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def opaque(*parts: str) -> str:
    """Return ten letters and digits that tell nothing of the parts, and that no spreadsheet takes for a number."""
    return "u" + _digest(*parts)[:9]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).hexdigest()


def _measure_folder(archive: Archive, measure: str) -> Path:
    return archive.path / FOLDER / measure


def round_folder(archive: Archive, book: Codebook) -> RoundFolder:
    """Return where the round of a codebook is kept, whether or not it was started."""
    return RoundFolder(_measure_folder(archive, book.measure) / book.round, book.measure)


def start_round(archive: Archive, book: Codebook) -> RoundFolder:
    """Make the round of a codebook the current one of its measure; what was coded by it before is there again."""
    folder = _measure_folder(archive, book.measure)
    new = round_folder(archive, book)
    if not (new.path / "codebook.toml").exists():
        write_text_atomically(as_toml(book), new.path / "codebook.toml")
    before = current_round(archive, book.measure)
    if before is None or before.hash != new.hash:
        append_lines(folder / _STARTS, [{"round": new.hash, "at": now()}])
    return new


def current_round(archive: Archive, measure: str) -> RoundFolder | None:
    """Return the round of a measure that was started last; None where nothing was drawn."""
    folder = _measure_folder(archive, measure)
    for line in reversed(read_lines(folder / _STARTS).rows):
        one = RoundFolder(folder / str(line.get("round")), measure)
        if (one.path / "codebook.toml").is_file():
            return one
    return None


def measures_with_rounds(archive: Archive) -> list[str]:
    """Return the measures of which anything was drawn in this archive."""
    folder = archive.path / FOLDER
    return sorted(path.parent.name for path in folder.glob(f"*/{_STARTS}"))


def all_rounds(archive: Archive) -> list[RoundFolder]:
    """Return every round of every measure."""
    folder = archive.path / FOLDER
    return [
        RoundFolder(path.parent, path.parent.parent.name) for path in sorted(folder.glob("*/*/codebook.toml"))
    ]


def one_round(archive: Archive, measure: str | None) -> RoundFolder:
    """Return the current round of a measure, or of the only one that has any. Raises UsageError where that is none."""
    names = measures_with_rounds(archive)
    if measure is None and len(names) > 1:
        raise UsageError(
            f"codings of {', '.join(names)}, and no measure", "one of them", f"say --measure {names[0]}"
        )
    name = measure or "".join(names)
    one = current_round(archive, name) if name else None
    if one is None:
        raise UsageError(
            f"nothing of '{name}' was drawn for coding" if name else "nothing was drawn for coding",
            "a draw",
            f"draw with `masthead code draw STUDY.toml --measure {name or 'MEASURE'} --each 100`",
        )
    return one


def codings_hash(archive: Archive) -> str | None:
    """Return a hash over all draws and codes of the current rounds; None where nothing is coded."""
    digest = hashlib.sha256()
    n_files = 0
    for measure in measures_with_rounds(archive):
        one = current_round(archive, measure)
        for path in sorted(one.path.glob("*.jsonl")) if one else ():
            if path.name.startswith(("draw", "codes-", "settled-")):
                n_files += not path.name.startswith("draw")
                digest.update(f"{measure}/{one.hash if one else ''}/{path.name}\n".encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16] if n_files else None


def text(line: Line, key: str) -> str:
    """Return a text of a kept line; empty where it has none."""
    value = line.get(key)
    return value if isinstance(value, str) else ""
