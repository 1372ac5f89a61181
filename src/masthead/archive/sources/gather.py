"""From what the user named to what is added: folders, zip archives and the standard input become files."""

from __future__ import annotations

import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from masthead.archive.net import source_net
from masthead.archive.sources.kinds import is_workbook, kind_by_name, kind_of_zip
from masthead.archive.sources.limits import check_unfolding
from masthead.archive.sources.open import FORMATS, kind_by_ending
from masthead.archive.sources.source_file import SourceFile
from masthead.archive.sources.text import path_text, shown_name
from masthead.errors import SourceError, UsageError

SMALL = 1_000_000
"""Bytes under which a file is one of many: as many ingests as articles would be slow and tell nobody anything."""

_MANY = 50
_HEAD = 65_536
_SHOWN = 5


@contextmanager
def gather_files(
    paths: Sequence[Path], file_format: str | None = None
) -> Iterator[tuple[list[SourceFile], list[str]]]:
    """Give what `paths` name as one ingest each, and what has to be said; what is unpacked is kept until then.

    A folder gives the files in it that Masthead reads, in the order of their names; a zip archive likewise; `-`
    is the standard input. Small files of one kind are put together: those of one JSON document at once, others
    where there are over 50. Raises SourceError where a folder or an archive holds none.
    """
    with ExitStack() as stack:
        gathering = _Gathering(stack, file_format)
        notes: list[str] = []
        for path in paths:
            gathering.left.clear()
            if str(path) == "-":
                gathering.add_stdin()
            elif path.is_dir():
                gathering.add_folder(path, shown_name(path.resolve()))
            elif path.suffix.lower() == ".zip" and path.is_file():
                gathering.add_zip(SourceFile.of(path))
            else:
                gathering.files.append(SourceFile.of(path))
            if gathering.left:
                endings = _ending_counts(gathering.left)
                notes.append(f"'{shown_name(path)}' holds files that are not read: {endings}")
        yield _put_together(gathering.files), notes


@dataclass
class _Gathering:
    """Files in the order in which they will be added, and those that were left out; `stack` ends what is unpacked."""

    stack: ExitStack
    file_format: str | None
    files: list[SourceFile] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)

    def add_folder(self, folder: Path, name: str) -> None:
        """Add the files of a folder and of those in it; hidden ones are passed over."""
        paths = [(path, path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
        self._take(
            [(f"{name}/{inner.as_posix()}", path) for path, inner in paths if not _is_hidden(inner.parts)],
            name,
        )

    def add_zip(self, source_file: SourceFile) -> None:
        """Unpack an archive into a temporary folder, within bounds, and add its files as a folder's are added."""
        with source_net(source_file.name), zipfile.ZipFile(source_file.path) as zip_file:
            kind = kind_of_zip(zip_file)
            if kind:
                raise SourceError(f"'{source_file.name}' is {kind.what}", "an archive of tables", kind.way)
            if is_workbook(zip_file):
                self.files.append(source_file)
                return
            folder = self._temporary_folder()
            parts = [
                p
                for p in zip_file.infolist()
                if not p.is_dir() and not _is_hidden(PurePosixPath(p.filename).parts)
            ]
            files = []
            for number, part in enumerate(sorted(parts, key=lambda p: p.filename)):
                # Where it is put has nothing of its path, which may lead out of the folder.
                target = folder / f"{number:07d}" / _plain_name(PurePosixPath(part.filename).name)
                target.parent.mkdir()
                _check_part(source_file, part)
                with zip_file.open(part) as content, target.open("wb") as file:
                    if kind_by_ending(target) or self.file_format:
                        shutil.copyfileobj(content, file)
                    else:
                        file.write(content.read(_HEAD))
                files.append((f"{source_file.name}/{part.filename}", target))
        self._take(files, source_file.name, in_zip=True)

    def add_stdin(self) -> None:
        """Keep the standard input in a temporary file, since files are read more than once."""
        if self.file_format is None:
            raise UsageError(
                "the standard input does not say what it is",
                "its format beside '-'",
                "say --format csv, tsv, jsonl, json, xlsx or parquet",
            )
        format_name = self.file_format.lower()
        ending = next(
            (ending for ending, name in FORMATS.items() if name.lower() == format_name), f".{format_name}"
        )
        path = self._temporary_folder() / f"standard input{ending}"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        self.files.append(SourceFile.of(path))

    def _take(self, files: Sequence[tuple[str, Path]], name: str, in_zip: bool = False) -> None:
        """Add those of a folder's or archive's files that Masthead reads, and count the others."""
        before = len(self.files)
        odd: Path | None = None
        for file_name, path in files:
            source_file = SourceFile(path_text(file_name), path)
            if path.suffix.lower() == ".zip" and not in_zip:
                self.add_zip(source_file)
            elif kind_by_ending(path) or self.file_format:
                self.files.append(source_file)
            else:
                self.left[path.suffix.lower() or "without an ending"] += 1
                odd = odd or path
        if len(self.files) == before:
            raise _nothing(f"'{name}'", self.left, odd)

    def _temporary_folder(self) -> Path:
        return Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-")))


def _check_part(source_file: SourceFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise SourceError(
            f"'{source_file.name}' is locked with a password", "an open archive", "unpack it first"
        )
    check_unfolding(source_file.name, part.file_size, part.compress_size)


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _plain_name(name: str) -> str:
    plain = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in name)
    return plain[-100:] or "_"


def _put_together(files: list[SourceFile]) -> list[SourceFile]:
    """Make one of the small files of each kind that are many."""
    kinds: dict[str, list[SourceFile]] = {}
    for source_file in files:
        kind = kind_by_ending(source_file.path) if source_file.path.is_file() else None
        if kind and kind != "Parquet" and source_file.path.stat().st_size < SMALL:
            kinds.setdefault(kind, []).append(source_file)
    groups = {
        kind: SourceFile(_name_of(members, kind), members[0].path.parent, tuple(members))
        for kind, members in kinds.items()
        if len(members) > (1 if kind == "JSON" else _MANY)
    }
    result: list[SourceFile] = []
    group_of: dict[int, SourceFile] = {id(m): g for g in groups.values() for m in g.members}
    for source_file in files:
        one = group_of.get(id(source_file), source_file)
        if one is source_file or not any(one is r for r in result):
            result.append(one)
    return result


def _name_of(members: Sequence[SourceFile], kind: str) -> str:
    first, last = members[0].name, members[-1].name
    return f"{first} … {last} ({len(members):,} files, {kind})"


def _nothing(what: str, left: Counter[str], odd: Path | None) -> SourceError:
    if odd is None:
        return SourceError(f"{what} is empty", "files of articles", "check the path")
    with odd.open("rb") as file:
        kind = kind_by_name(file.read(_HEAD), odd.name)
    way = f"they are {kind.what}: {kind.way}" if kind else "give them an ending such as .csv, .jsonl or .xlsx"
    return SourceError(
        f"{what} holds no file that Masthead reads ({_ending_counts(left)})", "tables of articles", way
    )


def _ending_counts(left: Counter[str]) -> str:
    endings = ", ".join(f"{count:,} {ending}" for ending, count in left.most_common(_SHOWN))
    return endings + (", …" if len(left) > _SHOWN else "")
