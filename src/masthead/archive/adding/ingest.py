"""Adding a file to an archive: every row becomes an article, is a duplicate, or goes to quarantine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.adding.columns import Columns, no_text_error, resolve_columns
from masthead.archive.adding.language import detect_languages, language_code
from masthead.archive.adding.row_dates import Dates
from masthead.archive.adding.rows import (
    NEITHER,
    REASONS,
    filled_texts,
    has_letters,
    ids_of,
    null_if_empty,
    too_long,
    why_not,
)
from masthead.archive.adding.text_column import TextColumns, text_columns_of
from masthead.archive.net import each_in_net, source_net
from masthead.archive.originals import Original
from masthead.archive.overview.crawl_times import FEWEST, Bunch, find_bunches
from masthead.archive.overview.similar_names import plain_outlets
from masthead.archive.parts import Part, PartWriter
from masthead.archive.quarantine import Quarantine
from masthead.archive.repair.columns import Repairs
from masthead.archive.schema import ARTICLE_SCHEMA, FIELDS
from masthead.archive.sources import Batch, ReadAs, RefusedRow, Source, SourceFile, open_source
from masthead.archive.sources.base import as_json
from masthead.errors import SourceError, shortened

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, how much is done, and how much there is."""

# A few thousand rows tell where the texts are; fewer texts than this are no texts.
_LOOKED_AT = 5_000
_FEW_TEXTS = 0.05


@dataclass(frozen=True)
class IngestReport:
    """What became of the rows of one file: rows == kept + duplicate + refused, always.

    `without_text` counts the kept that have no text, `reasons` the refused by why; `notes` says what was sniffed,
    recognised or left undated. `columns` are the file's columns by the field that was read from them, a field set by
    the user as `=value`. `duplicate_of` counts the duplicates of articles that were there before, by their ingest;
    `ahead` the articles left undated because their date lay in the future by this computer's clock. `zone` is the
    time zone in which dates that name none were said to be; where none was said, `moved` counts, by outlet, the
    articles that in UTC lie on another day than they were written on. `repaired` counts the kept articles by the kind
    of damage that was repaired in them, or would be where they were to stay as they are, `damaged` those with damage
    that is only told (`masthead.archive.repair.kinds`).
    """

    source: str
    source_hash: str
    rows: int
    kept: int
    duplicate: int
    refused: int
    without_text: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    duplicate_of: dict[str, int] = field(default_factory=dict)
    ahead: int = 0
    zone: str | None = None
    moved: dict[str, int] = field(default_factory=dict)
    repaired: dict[str, int] = field(default_factory=dict)
    damaged: dict[str, int] = field(default_factory=dict)


class Ingest:
    """One run over one source file.

    Making one opens the file and settles its columns: it raises SourceError where the file is not what its
    ending says or lacks a column, UsageError where an option names what does not exist. Nothing is read
    beyond the file's head, and nothing written, before `run`.
    """

    def __init__(
        self,
        source: Path | SourceFile,
        *,
        mapping: Mapping[str, str],
        constants: Mapping[str, str],
        encoding: str | None = None,
        delimiter: str | None = None,
        date_order: str | None = None,
        zone: str | None = None,
        quotes: str | None = None,
        columns: Sequence[str] = (),
        file_format: str | None = None,
        no_text: bool = False,
        as_is: bool = False,
    ) -> None:
        self._source_file = source if isinstance(source, SourceFile) else SourceFile.of(source)
        self._name = self._source_file.name
        self._open = partial(
            open_source,
            self._source_file,
            ReadAs(encoding, delimiter, quotes, tuple(columns), file_format, tuple(mapping.values())),
        )
        self._source: Source = self._open()
        self._no_text = no_text or mapping.get("text") == ""
        self._columns: Columns = resolve_columns(
            self._name, self._source.columns, mapping, constants, None if self._no_text else self._sample
        )
        self._source.check(self._columns.column_of)
        self._dates = Dates(self._name, self._columns, self._open, date_order, zone)
        self._bunches: list[Bunch] = []
        self._texts = 0
        self._lacking = 0
        self._textless = TextColumns()
        self._languages: Counter[str] = Counter()
        self._not_languages: Counter[str] = Counter()
        self._repairs = Repairs(as_is)
        self._reasons: Counter[str] = Counter()
        self._duplicate = 0
        self._duplicate_of: Counter[str] = Counter()
        self._kept = 0
        self._without_text = 0
        self._rows = 0

    @property
    def source(self) -> str:
        """The file's name."""
        return self._name

    @property
    def columns(self) -> dict[str, str]:
        """The column that each field is read from; `=value` where the user set one for all rows."""
        constants = {name: f"={value}" for name, value in self._columns.constants.items()}
        return dict(sorted({**self._columns.column_of, **constants}.items()))

    @cached_property
    def source_hash(self) -> str:
        """SHA-256 of the file, in hex; of many files, over the names and hashes of each."""
        return self._source_file.digest()

    def run(
        self,
        ids_in_archive: set[bytes],
        articles: Path,
        quarantine: Quarantine,
        progress: Progress | None,
        ingest_of: Mapping[bytes, str] | None = None,
    ) -> tuple[IngestReport, list[Part]]:
        """Read the whole file; write parts under `articles` and refused rows to `quarantine`.

        `ids_in_archive` holds the ids of the articles that the archive has already; the new ones are added to it.
        `ingest_of` says by which ingest those came that came by another.
        Nothing counts as added until the caller records the parts. Raises SourceError where the file turns
        out to be broken, to hold no rows, or to leave the order of its dates open.
        """
        writer = PartWriter(articles)
        for batch in self._batches(self._columns.column_of):
            with source_net(self._name):
                fresh, originals, refused_rows = self._sort_out(batch, ids_in_archive, ingest_of or {})
            writer.write(fresh, originals)
            quarantine.write(refused_rows)
            if progress:
                progress(f"adding {self._name}", batch.position, batch.total)
        if not self._rows:
            raise SourceError(f"'{self._name}' holds no rows", "a row for each article", "check the export")
        self._check_texts()
        parts = writer.finish()
        self._bunches = _bunches(parts)
        repair_counts, damage_counts, repair_notes = self._repairs.finish()
        report = IngestReport(
            source=self._name,
            source_hash=self.source_hash,
            rows=self._rows,
            kept=self._kept,
            duplicate=self._duplicate,
            refused=sum(self._reasons.values()),
            without_text=self._without_text,
            reasons=dict(sorted(self._reasons.items())),
            notes=[*self._notes(), *repair_notes],
            columns=self.columns,
            duplicate_of=dict(sorted(self._duplicate_of.items())),
            ahead=self._dates.ahead,
            zone=self._dates.zone,
            moved=self._dates.day_moves,
            repaired=repair_counts,
            damaged=damage_counts,
        )
        return report, parts

    def _sort_out(
        self, batch: Batch, ids_in_archive: set[bytes], ingest_of: Mapping[bytes, str]
    ) -> tuple[pa.RecordBatch, list[Original], list[RefusedRow]]:
        """Return the batch's new articles, what stood in those that were repaired, and all its rows that are none."""
        source = self._plain_fields(batch)
        fields, damages = self._repairs.read(source, too_long(source))
        fields["outlet"] = plain_outlets(fields["outlet"])
        why = why_not(fields)
        refused_rows = list(batch.refused_rows)
        refused_rows += [
            RefusedRow(batch.source_rows[i], REASONS[why[i]], self._whole(batch, i))
            for i in np.flatnonzero(why >= 0).tolist()
        ]
        self._reasons.update(r.reason for r in refused_rows)
        self._look_for_texts(fields, batch, why)
        sound = np.flatnonzero(why < 0)
        if len(sound) < len(why):
            fields = {name: values.take(pa.array(sound)) for name, values in fields.items()}
            source = {name: values.take(pa.array(sound)) for name, values in source.items()}
        ids, others = ids_of(fields, source)
        new = []
        for i, article_id in enumerate(ids):
            keys = [bytes.fromhex(key) for key in (article_id, *others.get(i, ()))]
            match = next((key for key in keys if key in ids_in_archive), None)
            if match is not None:
                if match in ingest_of:
                    self._duplicate_of[ingest_of[match]] += 1
            else:
                ids_in_archive.update(keys[:2])
                new.append(i)
        self._rows += len(why) + len(batch.refused_rows)
        self._duplicate += len(ids) - len(new)
        self._kept += len(new)
        if len(new) < len(ids):
            fields = {name: values.take(pa.array(new, pa.int64())) for name, values in fields.items()}
        self._without_text += len(new) - filled_texts(fields)
        places = [int(sound[i]) for i in new]
        self._repairs.see_kept(fields["text"])
        self._repairs.count(damages[place] for place in places if place in damages)
        originals = [
            Original(
                ids[i],
                others.get(i, (ids[i],))[0],
                name,
                original,
                ",".join(sorted(damages[place].kinds[name])),
            )
            for i, place in zip(new, places, strict=True)
            if place in damages and not self._repairs.as_is
            for name, original in damages[place].originals.items()
        ]
        return self._articles([ids[i] for i in new], fields, batch, places), originals, refused_rows

    def _plain_fields(self, batch: Batch) -> dict[str, pa.StringArray]:
        """Return every field as strings; those that identify an article are empty rather than null."""
        rows = len(batch.source_rows)
        fields: dict[str, pa.StringArray] = {}
        for name in FIELDS:
            if name in self._columns.column_of:
                values = batch.fields[name]
            else:
                values = pa.repeat(pa.scalar(self._columns.constants.get(name), pa.string()), rows)
            fields[name] = values
        for name in ("outlet", "published", "title", "text"):
            fields[name] = pc.fill_null(fields[name], "")
        fields["outlet"] = pc.utf8_trim_whitespace(fields["outlet"])
        return fields

    def _articles(
        self, ids: list[str], fields: dict[str, pa.StringArray], batch: Batch, places: list[int]
    ) -> pa.RecordBatch:
        moments = self._dates.read(batch, fields["published"], fields["outlet"])
        language = self._read_languages(fields)
        extra = [self._extra(batch.rest[place], i, fields) for i, place in enumerate(places)]
        columns = {
            "article_id": pa.array(ids, pa.string()),
            "outlet": fields["outlet"],
            "published": pa.array([moment.instant for moment in moments], pa.timestamp("us", tz="UTC")),
            "published_raw": fields["published"],
            "published_precision": pa.array([moment.precision for moment in moments], pa.string()),
            "title": fields["title"],
            "text": fields["text"],
            "url": null_if_empty(fields["url"]),
            "language": pa.array(language, pa.string()),
            "credit": null_if_empty(fields["credit"]),
            "section": null_if_empty(fields["section"]),
            "source_row": pa.array([batch.source_rows[place] for place in places], pa.int64()),
            "extra": pa.array(extra, pa.string()),
        }
        return pa.RecordBatch.from_arrays(
            [columns[name] for name in ARTICLE_SCHEMA.names], schema=ARTICLE_SCHEMA
        )

    def _batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        return each_in_net(self._source.batches(column_of), self._name)

    def _sample(self, column_of: Mapping[str, str]) -> TextColumns:
        """The unmapped columns of the first rows."""
        batch = next(self._batches(column_of), None)
        return text_columns_of(batch.rest if batch else ())

    def _look_for_texts(
        self, fields: dict[str, pa.StringArray], batch: Batch, why: np.ndarray[Any, np.dtype[np.int8]]
    ) -> None:
        """Note where rows have a text, and what the others hold in other columns."""
        if self._no_text:
            return
        has_text = has_letters(fields["text"]).to_numpy(zero_copy_only=False)
        self._texts += int(has_text.sum())
        lacking = np.flatnonzero(~has_text & ((why < 0) | (why == NEITHER))).tolist()
        self._lacking += len(lacking)
        for i in lacking[: max(0, _LOOKED_AT - self._textless.of_rows)]:
            self._textless.see(batch.rest[i])

    def _check_texts(self) -> None:
        """Raise SourceError where no row has a text, or few have and another column holds prose."""
        if self._no_text or not self._lacking:
            return
        if not self._texts:
            what = "has no text in any row"
        elif self._textless.likely() and self._texts < _FEW_TEXTS * (self._texts + self._lacking):
            what = f"has a text in {self._texts:,} of its rows alone"
        else:
            return
        raise no_text_error(self._name, self._source.columns, self._columns.column_of, self._textless, what)

    def _read_languages(self, fields: dict[str, pa.StringArray]) -> list[str | None]:
        languages = fields["language"].to_pylist()
        codes = [language_code(value) if value and value.strip() else None for value in languages]
        self._not_languages.update(
            v for v, c in zip(languages, codes, strict=True) if v and v.strip() and c is None
        )
        silent = [i for i, value in enumerate(languages) if not (value and value.strip())]
        if silent:
            texts = fields["text"].take(pa.array(silent, pa.int64()))
            for i, code in zip(silent, detect_languages(texts), strict=True):
                codes[i] = code
                self._languages[code or "not told"] += 1
        return codes

    def _extra(self, rest: dict[str, Any], i: int, fields: dict[str, pa.StringArray]) -> str | None:
        """Everything else that the source says of an article, and a language that is no known one."""
        language = fields["language"][i].as_py() if self._not_languages else None
        if language and language in self._not_languages:
            rest = {**rest, self._columns.column_of.get("language", "language"): language}
        return as_json(rest) if rest else None

    def _whole(self, batch: Batch, i: int) -> str:
        """The row as the source had it, whatever became of its columns."""
        values = {column: batch.fields[name][i].as_py() for name, column in self._columns.column_of.items()}
        return as_json({**values, **batch.rest[i]})

    def _notes(self) -> list[str]:
        notes = [*self._source.notes(), *self._columns.notes, *self._dates.notes()]
        notes += [bunch.sentence() for bunch in self._bunches]
        if self._languages:
            examples = ", ".join(f"{code} {count:,}" for code, count in self._languages.most_common(8))
            notes.append(f"language told by the text's words: {examples}")
        if self._not_languages:
            examples = ", ".join(f"'{shortened(name)}'" for name, _ in self._not_languages.most_common(5))
            notes.append(f"languages not known by these names, left empty: {examples}")
        return notes


def _bunches(parts: Sequence[Part]) -> list[Bunch]:
    from masthead.archive.overview.info import connect

    # Fewer articles are no bunch; a database for each of many small files would take longer than to read them.
    if sum(part.rows for part in parts) < FEWEST:
        return []
    with connect([part.path for part in parts]) as db:
        return find_bunches(db, "articles")
