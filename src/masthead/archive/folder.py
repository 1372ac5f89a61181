"""The archive: a folder of plain files that anyone can read, and the one way to write to it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive.parts import Part
from masthead.archive.store import sweep, write_text_atomically
from masthead.errors import ArchiveError, UsageError, nearest

if TYPE_CHECKING:
    from filelock import FileLock

    from masthead.archive.find import Found
    from masthead.archive.info import ArchiveInfo
    from masthead.archive.ingest import Ingest, IngestReport, Progress

FORMAT = 1
Frame = Literal["everything", "query", "curated"]
GAPS_SCHEMA = pa.schema([("outlet", pa.string()), ("gap_start", pa.date32()), ("gap_end", pa.date32())])


class Archive:
    """Articles of several outlets, and what readers have read in them.

    Open one with `Archive.open`, make one with `Archive.create`. `frame` says how the articles were selected
    (`everything` an outlet published, what a `query` found, what somebody `curated`), None where nobody has
    said; `frame_note` says it in words.

    What the archive holds is what `ingests.jsonl` names: a file that it does not name was left by a run that
    was killed, is never read, and is removed by the next writer.
    """

    def __init__(self, path: Path, frame: Frame | None, frame_note: str) -> None:
        self.path = path
        self.frame = frame
        self.frame_note = frame_note

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r}, frame={self.frame!r})"

    @classmethod
    def create(cls, path: str | Path, frame: Frame | None = None, frame_note: str = "") -> Archive:
        """Make an empty archive at `path`. Raises ArchiveError where something else is there already."""
        path = Path(path)
        _check_frame(frame)
        if path.is_dir():
            if any(p.name != ".lock" and p.suffix != ".tmp" for p in path.iterdir()):
                raise ArchiveError(
                    f"there is something at '{path}' already", "a new or empty folder", "choose another path"
                )
        elif path.exists():
            raise ArchiveError(f"'{path}' is a file", "a folder", "choose another path")
        archive = cls(path, frame, frame_note)
        try:
            path.mkdir(parents=True, exist_ok=True)
            with archive.writer_lock():
                archive._write_head()
        except OSError as error:
            raise ArchiveError(
                f"no archive can be made at '{path}' ({error.strerror})",
                "a folder to write to",
                "check the path",
            ) from None
        return archive

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        """Open the archive at `path`. Raises ArchiveError where there is none, or one of a newer format."""
        path = Path(path)
        head = path / "archive.toml"
        if not head.is_file():
            what = f"there is no archive at '{path}'" if not path.exists() else f"'{path}' is not an archive"
            raise ArchiveError(
                what, "a folder with an archive.toml", "make one with `masthead add ARCHIVE FILE`"
            )
        try:
            told = tomllib.loads(head.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ArchiveError(f"'{head}' is not TOML: {error}", "TOML", "mend that line") from None
        version = told.get("format")
        if not isinstance(version, int) or version > FORMAT:
            raise ArchiveError(
                f"the archive '{path}' is of format {version!r}",
                f"format {FORMAT} or older",
                "install the newer Masthead that made it",
            )
        frame = told.get("frame")
        _check_frame(frame)
        return cls(path, frame, str(told.get("frame_note", "")))

    @property
    def name(self) -> str:
        """The folder's name without its ending."""
        return self.path.resolve().name.removesuffix(".archive")

    @property
    def hash(self) -> str:
        """SHA-256 (16 hex) over the sorted hashes of the parts: the same articles in the same parts."""
        return hashlib.sha256("\n".join(sorted(p.hash for p in self.parts())).encode()).hexdigest()[:16]

    def parts(self) -> list[Part]:
        """Return the parts in the order of adding. Raises ArchiveError where one is missing."""
        parts = []
        for ingest in self.ingests():
            for name, rows in ingest["parts"].items():
                path = self.path / "articles" / name
                if not path.is_file():
                    raise ArchiveError(
                        f"the archive '{self.path}' lacks its file 'articles/{name}'",
                        "every file that ingests.jsonl names",
                        "restore it from a copy, or add the sources to a new archive",
                    )
                digest = name.removeprefix("part-").removesuffix(".parquet")
                parts.append(Part(name, digest, path, rows))
        return parts

    def ingests(self) -> list[dict[str, Any]]:
        """Return what each ingest recorded: source, its hash, counts, reasons, notes, parts (name → rows)."""
        path = self.path / "ingests.jsonl"
        try:
            # Not splitlines: a note may quote characters that it takes for ends of lines.
            return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        except FileNotFoundError:
            return []
        except ValueError as error:
            raise ArchiveError(
                f"'{path}' is damaged ({error})", "one JSON object per line", "restore it from a copy"
            ) from None

    def add(
        self,
        source: str | Path,
        *,
        mapping: Mapping[str, str] | None = None,
        constants: Mapping[str, str] | None = None,
        encoding: str | None = None,
        delimiter: str | None = None,
        date_order: str | None = None,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Add the articles of one file; return what became of its rows.

        `mapping` takes fields from columns (`{"outlet": "source"}`), `constants` sets a field for every row.
        Encoding, delimiter and date order are sniffed and said where they are not given. Adding a file again
        adds nothing. Killed at any instant, the archive is as it was before, and adding again completes it.
        Raises SourceError where the file cannot be read as articles, ArchiveError where somebody else writes.
        """
        from masthead.archive.ingest import Ingest

        with self.writer_lock():
            self._clean()
            try:
                return self._add(
                    Ingest(
                        Path(source),
                        mapping=mapping or {},
                        constants=constants or {},
                        encoding=encoding,
                        delimiter=delimiter,
                        date_order=date_order,
                    ),
                    progress,
                )
            except BaseException as error:
                # A kill leaves this to the next writer; an error or Ctrl-C need not.
                self._clean()
                if isinstance(error, OSError):
                    raise self._cannot_write(error) from None
                raise

    def info(self) -> ArchiveInfo:
        """Look through the whole archive: outlets, months, gaps, languages, sections, repeats, damage."""
        from masthead.archive.info import archive_info

        return archive_info(self)

    def gaps(self) -> pa.Table:
        """Return the gaps in collection as a table: outlet, gap_start, gap_end (days, both included)."""
        gaps = [(o.outlet, start, end) for o in self.info().outlets for start, end in o.gaps]
        rows = [dict(zip(GAPS_SCHEMA.names, gap, strict=True)) for gap in gaps]
        return pa.Table.from_pylist(rows, GAPS_SCHEMA)

    def find(
        self,
        pattern: str,
        *,
        outlets: Sequence[str] = (),
        start: dt.date | None = None,
        end: dt.date | None = None,
        limit: int | None = None,
        case: Literal["exact", "ignore"] | None = None,
    ) -> Found:
        """Find words in context, with counts per outlet and month; see `masthead.archive.find`."""
        from masthead.archive.find import find_in_archive

        return find_in_archive(self, pattern, outlets=outlets, start=start, end=end, limit=limit, case=case)

    def set_frame(self, frame: Frame, frame_note: str = "") -> None:
        """Say how the articles were selected. Raises ArchiveError where the archive says another frame."""
        _check_frame(frame)
        if self.frame not in (None, frame):
            raise ArchiveError(
                f"the archive's frame is '{self.frame}' and not '{frame}'",
                "one frame for the whole archive",
                "put articles that were selected in another way into an archive of their own",
            )
        with self.writer_lock():
            self.frame, self.frame_note = frame, frame_note or self.frame_note
            self._write_head()

    @contextmanager
    def writer_lock(self) -> Iterator[None]:
        """Be the archive's one writer while the block runs. Raises ArchiveError where another is at work."""
        from filelock import Timeout

        try:
            self._lock.acquire()
        except Timeout:
            raise ArchiveError(
                f"another program is writing to the archive '{self.path}'",
                "one writer at a time",
                "wait until it is done",
            ) from None
        except OSError as error:
            raise self._cannot_write(error) from None
        try:
            yield
        finally:
            self._lock.release()

    @cached_property
    def _lock(self) -> FileLock:
        from filelock import FileLock

        return FileLock(self.path / ".lock", timeout=0)

    def _cannot_write(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"the archive '{self.path}' cannot be written ({error.strerror or error})",
            "a folder with room that may be written to",
            "check its permissions and the space on its disk",
        )

    def _add(self, ingest: Ingest, progress: Progress | None) -> IngestReport:
        from masthead.archive.quarantine import Quarantine

        done = self.ingests()
        name = f"{len(done) + 1:04d}-{ingest.source_hash[:8]}"
        with Quarantine(self.path / "quarantine" / f"{name}.parquet") as quarantine:
            report, parts = ingest.run(self._known_ids(), self.path / "articles", quarantine, progress)
        record = {"ingest": name, **asdict(report), "parts": {p.name: p.rows for p in parts}}
        # From here on the parts are in the archive.
        lines = [json.dumps(line, ensure_ascii=False) + "\n" for line in [*done, record]]
        write_text_atomically("".join(lines), self.path / "ingests.jsonl")
        return report

    def _known_ids(self) -> set[bytes]:
        known: set[bytes] = set()
        for part in self.parts():
            ids = pq.read_table(part.path, columns=["article_id"])["article_id"]
            known.update(bytes.fromhex(article_id) for article_id in ids.to_pylist())
        return known

    def _clean(self) -> None:
        """Remove what killed runs left. Only under the writer lock."""
        articles = self.path / "articles"
        for folder in (self.path, articles, self.path / "quarantine"):
            folder.mkdir(exist_ok=True)
            sweep(folder)
        ingests = self.ingests()
        named = {name for ingest in ingests for name in ingest["parts"]}
        named |= {f"{ingest['ingest']}.parquet" for ingest in ingests}
        for path in (*articles.glob("part-*.parquet"), *(self.path / "quarantine").glob("*.parquet")):
            if path.name not in named:
                path.unlink()

    def _write_head(self) -> None:
        import tomlkit

        head: dict[str, Any] = {"format": FORMAT}
        if self.frame:
            head["frame"] = self.frame
        if self.frame_note:
            head["frame_note"] = self.frame_note
        write_text_atomically(tomlkit.dumps(head), self.path / "archive.toml")


def _check_frame(frame: object) -> None:
    known = get_args(Frame)
    if frame is not None and frame not in known:
        raise UsageError(f"the frame is '{frame}'", "one of " + ", ".join(known), nearest(str(frame), known))
