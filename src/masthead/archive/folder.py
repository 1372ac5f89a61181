"""The archive: a folder of plain files that anyone can read, and the one way to write to it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

import pyarrow as pa

from masthead.archive.keeping.index import Line, read_lines, standing
from masthead.archive.keeping.step import FOLDERS, finish_or_sweep, unnamed_files
from masthead.archive.keeping.whole import fault_of_part, recall, remember
from masthead.archive.lock import NAME as LOCK
from masthead.archive.lock import holding, lock_of
from masthead.archive.net import archive_net
from masthead.archive.parts import Part
from masthead.archive.store import local, sweep, write_text_atomically
from masthead.errors import ArchiveError, UsageError, nearest
from masthead.study.written_files import read_toml

if TYPE_CHECKING:
    from filelock import FileLock

    from masthead.archive.adding.ingest import IngestReport, Progress
    from masthead.archive.keeping.check import Checked
    from masthead.archive.keeping.mend import Mended
    from masthead.archive.keeping.undo import Undone
    from masthead.archive.overview.find import Found
    from masthead.archive.overview.info import ArchiveInfo
    from masthead.archive.sources import SourceFile

FORMAT = 1
Frame = Literal["everything", "query", "curated"]
KEPT = ("readings", "sentences", "links")
"""The folders of what readers and surveys keep in an archive: without them it is read again."""

GAPS_SCHEMA = pa.schema([("outlet", pa.string()), ("gap_start", pa.date32()), ("gap_end", pa.date32())])


class Archive:
    """Articles of several outlets, and what readers have read in them.

    Open one with `Archive.open`, make one with `Archive.create`. `frame` says how the articles were selected
    (`everything` an outlet published, what a `query` found, what somebody `curated`), None where nobody has
    said; `frame_note` says it in words.

    What the archive holds is what `ingests.jsonl` names. A part that it does not name is damage: it is not read, and
    kept until `mend` takes it back. What a writer that was killed had begun is finished or removed by the next one.

    >>> archive = Archive.create("new.archive", frame="everything")
    >>> report = archive.add("articles.csv")
    >>> report.rows, report.kept, report.duplicate, report.refused
    (4, 4, 0, 0)
    """

    def __init__(self, path: Path, frame: Frame | None, frame_note: str) -> None:
        self.path = local(path)
        self.frame = frame
        self.frame_note = frame_note
        self._parts: tuple[Part, ...] | None = None
        self._published: Archive | None = None

    def __repr__(self) -> str:
        return f"Archive({str(self.path)!r}, frame={self.frame!r})"

    @classmethod
    def create(cls, path: str | Path, frame: Frame | None = None, frame_note: str = "") -> Archive:
        """Make an empty archive at `path`. Raises ArchiveError where something else is there already."""
        path = Path(path)
        _check_frame(frame)
        if path.is_dir():
            if any(p.name != LOCK and p.suffix != ".tmp" for p in path.iterdir()):
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
        fields = read_toml(head, ArchiveError)
        version = fields.get("format")
        if not isinstance(version, int) or version > FORMAT:
            raise ArchiveError(
                f"the archive '{path}' is of format {version!r}",
                f"format {FORMAT} or older",
                "install the newer Masthead that made it",
            )
        frame = fields.get("frame")
        _check_frame(frame)
        return cls(path, frame, str(fields.get("frame_note", "")))

    @property
    def name(self) -> str:
        """The folder's name without its ending."""
        return self.path.resolve().name.removesuffix(".archive")

    @property
    def hash(self) -> str:
        """SHA-256 (16 hex) over the sorted hashes of the parts: the same articles in the same parts."""
        parts = self.published.parts()
        return hashlib.sha256("\n".join(sorted(p.hash for p in parts)).encode()).hexdigest()[:16]

    @property
    def published(self) -> Archive:
        """This archive with its articles as they were published, where some of it does not count."""
        return self._published or self

    def parts(self) -> list[Part]:
        """Return the parts in the order of adding, each as it was written.

        Raises ArchiveError where one is missing or damaged. Whether it is damaged is looked at when it is first seen,
        and again when its size or one of its times has changed.
        """
        if self._parts is not None:
            return list(self._parts)
        parts = []
        recall(self.path)
        for ingest in self.ingests():
            digests = ingest.get("files", {})
            for name, rows in ingest["parts"].items():
                path = self.path / "articles" / name
                fault = fault_of_part(path, rows, digests.get(f"articles/{name}"))
                if fault is not None:
                    raise self._damaged_part(name, ingest["ingest"], fault)
                digest = name.removeprefix("part-").removesuffix(".parquet")
                parts.append(Part(name, digest, path, rows))
        remember(self.path)
        return parts

    def snapshot(self) -> Archive:
        """Return this archive as it now is: what is added or taken back from here on, it does not see."""
        if self._parts is not None:
            return self
        archive = Archive(self.path, self.frame, self.frame_note)
        archive._parts, archive._lock = tuple(self.parts()), self._lock
        return archive

    def counting(self, parts: Sequence[Part]) -> Archive:
        """Return a snapshot of this archive of which only these parts count (see `masthead.archive.counted_articles`).

        It goes by this archive's hash: what was published is the same.
        """
        archive = Archive(self.path, self.frame, self.frame_note)
        archive._parts, archive._published, archive._lock = (
            tuple(parts),
            self.snapshot().published,
            self._lock,
        )
        return archive

    def ingests(self) -> list[Line]:
        """Return what each ingest that stands recorded: source, its hash, counts, reasons, notes, parts (name → rows).

        Those that were taken back are left out. Raises ArchiveError where the index is damaged.
        """
        return standing(read_lines(self.path))

    def unnamed(self) -> list[str]:
        """Return the files of articles and refused rows that no ingest names, from the archive's folder.

        They are what is left where the index was lost or shortened; `mend` takes them back.
        """
        return unnamed_files(self.path)

    def add(
        self,
        source: str | Path | SourceFile,
        *,
        mapping: Mapping[str, str] | None = None,
        constants: Mapping[str, str] | None = None,
        encoding: str | None = None,
        delimiter: str | None = None,
        date_order: str | None = None,
        zone: str | None = None,
        quotes: str | None = None,
        columns: Sequence[str] = (),
        file_format: str | None = None,
        no_text: bool = False,
        as_is: bool = False,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> IngestReport:
        """Add the articles of one file; return what became of its rows.

        `mapping` takes fields from columns (`{"outlet": "source"}`), `constants` sets a field for every row.
        Encoding, delimiter, date order, format and what `quotes` mean are told by the file and said where they are not
        given; `zone` is the time zone in which dates that name none are meant, and whose days are the articles' where a
        study says no other; `columns` names the columns of a file without a header; `no_text` says that the articles
        have no text, which else stops the ingest. What was surely done to a text (tags, encodings, invisible
        characters, sentences glued) is repaired, and what stood there kept (`originals`); `as_is` keeps all texts as
        they are, and only tells. Adding a file again adds nothing; `replace` takes back what was added
        of the same file before, in the same step. Killed at any instant, the archive is as it was before, or the file
        is added when the next writer comes; adding again completes it. Raises SourceError where the file cannot be read
        as articles, or was added before and would now be read otherwise, ArchiveError where somebody else writes or the
        archive is damaged.
        """
        from masthead.archive.adding.ingest import Ingest
        from masthead.archive.keeping.adding import add_ingest

        with self._writing():
            ingest = Ingest(
                Path(source) if isinstance(source, str) else source,
                mapping=mapping or {},
                constants=constants or {},
                encoding=encoding,
                delimiter=delimiter,
                date_order=date_order,
                zone=zone,
                quotes=quotes,
                columns=columns,
                file_format=file_format,
                no_text=no_text,
                as_is=as_is,
            )
            return add_ingest(self, ingest, replace, progress)

    def originals(self) -> pa.Table:
        """Return what stood in articles before they were repaired: `archive.originals.ORIGINALS_SCHEMA` says how.

        Raises ArchiveError where a file of it is damaged.
        """
        from masthead.archive.originals import read_originals

        with archive_net(self.path):
            return read_originals(self.path, [part.name for part in self.parts()])

    def undo(self, ingest: str | None = None, *, also: bool = False) -> Undone:
        """Take an ingest back, by default the last that stands: its articles leave the archive, and the index says so.

        Rows of other ingests that were left out as duplicates of its articles would be lost with it: raises UsageError
        where there are any, unless `also` takes those ingests back too, and where there is no such ingest.
        """
        from masthead.archive.keeping.undo import undo

        with self._writing():
            return undo(self, ingest, also)

    def mend(self) -> Mended:
        """Take back into the index the parts and refused rows that no ingest names (`keeping.mend` says how)."""
        from masthead.archive.keeping.mend import mend

        with self._writing():
            return mend(self)

    def check(self, progress: Progress | None = None) -> Checked:
        """Read all of the archive and hold it against its index; see `masthead.archive.keeping.check`."""
        from masthead.archive.keeping.check import check

        return check(self, progress)

    def info(self) -> ArchiveInfo:
        """Look through the whole archive: outlets, months, gaps, languages, sections, damage."""
        from masthead.archive.overview.info import archive_info

        with archive_net(self.path):
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
        """Find words in context, with counts per outlet and month; see `masthead.archive.overview.find`."""
        from masthead.archive.overview.find import find_in_archive

        with archive_net(self.path):
            return find_in_archive(
                self, pattern, outlets=outlets, start=start, end=end, limit=limit, case=case
            )

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
        refusal = ArchiveError(
            f"another program is writing to the archive '{self.path}'",
            "one writer at a time",
            "wait until it is done",
        )
        with ExitStack() as locks:
            try:
                locks.enter_context(holding(self._lock, refusal))
            except OSError as error:
                raise self._cannot_write(error) from None
            yield

    def sweep(self) -> int:
        """Remove temporary files that killed programs left; return how many. Those of live ones stay."""
        return sweep(self.path) + sum(sweep(self.path / name, below=True) for name in KEPT)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Change what the archive holds while the block runs: alone, and with nothing of a killed writer around."""
        with self.writer_lock():
            try:
                self._clean()
                yield
            except BaseException as error:
                # A kill leaves this to the next writer; an error or Ctrl-C need not.
                with suppress(OSError):
                    self._clean()
                if isinstance(error, OSError):
                    raise self._cannot_write(error) from None
                raise

    @cached_property
    def _lock(self) -> FileLock:
        return lock_of(self.path)

    def _cannot_write(self, error: OSError) -> ArchiveError:
        return ArchiveError(
            f"the archive '{self.path}' cannot be written ({error.strerror or error})",
            "a folder with room that may be written to",
            "check its permissions and the space on its disk",
        )

    def _damaged_part(self, name: str, ingest: str, fault: str) -> ArchiveError:
        path = self.path / "articles" / name
        what = (
            f"'{path}' is damaged: {fault}"
            if path.exists()
            else f"the archive '{self.path}' lacks its file 'articles/{name}'"
        )
        return ArchiveError(
            what,
            "every file that ingests.jsonl names, as it was written",
            f"restore it from a copy, or take its ingest back with `masthead archive undo {self.path} {ingest}` and add"
            " its source again",
        )

    def _clean(self) -> None:
        """Finish or remove what killed runs left. Only under the writer lock."""
        for folder in (self.path, *(self.path / name for name in FOLDERS)):
            folder.mkdir(exist_ok=True)
        finish_or_sweep(self.path)
        for name in FOLDERS:
            sweep(self.path / name)
        self.sweep()

    def _write_head(self) -> None:
        import tomlkit

        head: dict[str, Any] = {"format": FORMAT}
        if self.frame:
            head["frame"] = self.frame
        if self.frame_note:
            head["frame_note"] = self.frame_note
        write_text_atomically(tomlkit.dumps(head), self.path / "archive.toml")


def _check_frame(frame: object) -> None:
    frames = get_args(Frame)
    if frame is not None and frame not in frames:
        raise UsageError(
            f"the frame is '{frame}'", "one of " + ", ".join(frames), nearest(str(frame), frames)
        )
