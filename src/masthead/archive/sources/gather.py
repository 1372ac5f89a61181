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
from masthead.archive.sources.given import Given
from masthead.archive.sources.kinds import is_workbook, kind_by_name, kind_of_zip
from masthead.archive.sources.limits import check_unfolding
from masthead.archive.sources.open import FORMATS, kind_by_ending
from masthead.archive.sources.text import shown_name
from masthead.errors import SourceError, UsageError

SMALL = 1_000_000
"""Bytes under which a file is one of many: as many ingests as articles would be slow and tell nobody anything."""

_MANY = 50
_HEAD = 65_536
_SHOWN = 5


@dataclass
class _Found:
    """Files in the order in which they will be added, and those that were left out."""

    files: list[Given] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)


@contextmanager
def gathered(
    paths: Sequence[Path], file_format: str | None = None
) -> Iterator[tuple[list[Given], list[str]]]:
    """Give what `paths` name as one ingest each, and what has to be said; what is unpacked is kept until then.

    A folder gives the files in it that Masthead reads, in the order of their names; a zip archive likewise; `-`
    is the standard input. Small files of one kind are put together: those of one JSON document at once, others
    where there are over 50. Raises SourceError where a folder or an archive holds none.
    """
    with ExitStack() as stack:
        found = _Found()
        notes: list[str] = []
        for path in paths:
            found.left.clear()
            if str(path) == "-":
                found.files.append(_from_stdin(stack, file_format))
            elif path.is_dir():
                _from_folder(path, shown_name(path.resolve()), found, stack, file_format)
            elif path.suffix.lower() == ".zip" and path.is_file():
                _from_zip(Given.of(path), found, stack, file_format)
            else:
                found.files.append(Given.of(path))
            if found.left:
                notes.append(f"'{shown_name(path)}' holds files that are not read: {_listed(found.left)}")
        yield _put_together(found.files), notes


def _from_folder(folder: Path, name: str, found: _Found, stack: ExitStack, file_format: str | None) -> None:
    """Add the files of a folder and of those in it; hidden ones are passed over."""
    paths = (
        p for p in sorted(folder.rglob("*")) if p.is_file() and not _is_hidden(p.relative_to(folder).parts)
    )
    _take([(f"{name}/{p.relative_to(folder).as_posix()}", p) for p in paths], name, found, stack, file_format)


def _from_zip(given: Given, found: _Found, stack: ExitStack, file_format: str | None) -> None:
    """Unpack an archive into a temporary folder, within bounds, and add its files as a folder's are added."""
    with source_net(given.name), zipfile.ZipFile(given.path) as opened:
        kind = kind_of_zip(opened)
        if kind:
            raise SourceError(f"'{given.name}' is {kind.what}", "an archive of tables", kind.way)
        if is_workbook(opened):
            found.files.append(given)
            return
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-")))
        parts = [
            p for p in opened.infolist() if not p.is_dir() and not _is_hidden(PurePosixPath(p.filename).parts)
        ]
        unpacked = []
        for number, part in enumerate(sorted(parts, key=lambda p: p.filename)):
            # Where it is put has nothing of its path, which may lead out of the folder.
            target = folder / f"{number:07d}" / _plain_name(PurePosixPath(part.filename).name)
            target.parent.mkdir()
            _check_part(given, part)
            with opened.open(part) as packed, target.open("wb") as file:
                if kind_by_ending(target) or file_format:
                    shutil.copyfileobj(packed, file)
                else:
                    file.write(packed.read(_HEAD))
            unpacked.append((f"{given.name}/{part.filename}", target))
    _take(unpacked, given.name, found, None, file_format)


def _check_part(given: Given, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise SourceError(f"'{given.name}' is locked with a password", "an open archive", "unpack it first")
    check_unfolding(given.name, part.file_size, part.compress_size)


def _is_hidden(parts: Sequence[str]) -> bool:
    return any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in parts)


def _take(
    files: Sequence[tuple[str, Path]],
    name: str,
    found: _Found,
    stack: ExitStack | None,
    file_format: str | None,
) -> None:
    """Add those of a folder's or archive's files that Masthead reads, and count the others."""
    before = len(found.files)
    odd: Path | None = None
    for shown, path in files:
        plain = shown.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
        if stack and path.suffix.lower() == ".zip":
            _from_zip(Given(plain, path), found, stack, file_format)
        elif kind_by_ending(path) or file_format:
            found.files.append(Given(plain, path))
        else:
            found.left[path.suffix.lower() or "without an ending"] += 1
            odd = odd or path
    if len(found.files) == before:
        raise _nothing(f"'{name}'", found.left, odd)


def _plain_name(name: str) -> str:
    plain = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in name)
    return plain[-100:] or "_"


def _from_stdin(stack: ExitStack, file_format: str | None) -> Given:
    """Keep the standard input in a temporary file, since files are read more than once."""
    if file_format is None:
        raise UsageError(
            "the standard input does not say what it is",
            "its format beside '-'",
            "say --format csv, tsv, jsonl, json, xlsx or parquet",
        )
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="masthead-")))
    ending = next(
        (e for e, f in FORMATS.items() if f.lower() == file_format.lower()), f".{file_format.lower()}"
    )
    path = folder / f"standard input{ending}"
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return Given.of(path)


def _put_together(files: list[Given]) -> list[Given]:
    """Make one of the small files of each kind that are many."""
    kinds: dict[str, list[Given]] = {}
    for given in files:
        kind = kind_by_ending(given.path) if given.path.is_file() else None
        if kind and kind != "Parquet" and given.path.stat().st_size < SMALL:
            kinds.setdefault(kind, []).append(given)
    joined = {
        kind: Given(_name_of(members, kind), members[0].path.parent, tuple(members))
        for kind, members in kinds.items()
        if len(members) > (1 if kind == "JSON" else _MANY)
    }
    result: list[Given] = []
    placed: dict[int, Given] = {id(m): g for g in joined.values() for m in g.members}
    for given in files:
        one = placed.get(id(given), given)
        if one is given or not any(one is r for r in result):
            result.append(one)
    return result


def _name_of(members: Sequence[Given], kind: str) -> str:
    first, last = members[0].name, members[-1].name
    return f"{first} … {last} ({len(members):,} files, {kind})"


def _nothing(what: str, left: Counter[str], odd: Path | None) -> SourceError:
    if odd is None:
        return SourceError(f"{what} is empty", "files of articles", "check the path")
    with odd.open("rb") as file:
        kind = kind_by_name(file.read(_HEAD), odd.name)
    way = f"they are {kind.what}: {kind.way}" if kind else "give them an ending such as .csv, .jsonl or .xlsx"
    return SourceError(
        f"{what} holds no file that Masthead reads ({_listed(left)})", "tables of articles", way
    )


def _listed(left: Counter[str]) -> str:
    shown = ", ".join(f"{count:,} {ending}" for ending, count in left.most_common(_SHOWN))
    return shown + (", …" if len(left) > _SHOWN else "")
