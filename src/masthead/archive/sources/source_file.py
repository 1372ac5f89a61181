"""What is added by one ingest: a file, or many small files of one kind that are read as one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from masthead.archive.sources.text import shown_name


@dataclass(frozen=True)
class SourceFile:
    """A file with the name it is recorded under; or, where it has `members`, these, one after the other."""

    name: str
    path: Path
    members: tuple[SourceFile, ...] = ()

    @classmethod
    def of(cls, path: Path) -> SourceFile:
        """A file under its own name; bytes of it that are not UTF-8 show as escapes."""
        return cls(shown_name(path), path)

    def digest(self) -> str:
        """SHA-256 in hex of the file; of many files, of the names and digests of all."""
        if self.members:
            lines = "".join(f"{member.digest()} {member.name}\n" for member in self.members)
            return hashlib.sha256(lines.encode()).hexdigest()
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def size(self) -> int:
        """Bytes."""
        return sum(m.size() for m in self.members) if self.members else self.path.stat().st_size
