"""Many small files of one kind read as one source: a crawl that left one JSON file for each article."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from masthead.archive.sources.base import BATCH_ROWS, Batch, RefusedRow, Source, as_json
from masthead.archive.sources.source_file import SourceFile
from masthead.errors import MastheadError, SourceError

FILE = "file"
"""The column of `extra` that says which file a row came from."""

_LOOKED_AT = 3


class ManySource:
    """The rows of several files, in order. A file that cannot be read is one refused row.

    Raises SourceError where none of them can be read.
    """

    def __init__(self, members: Sequence[SourceFile], open_member: Callable[[SourceFile], Source]) -> None:
        self._members = members
        self._open = open_member
        self._note_counts: dict[str, int] = {}
        columns: dict[str, None] = {}
        failure: MastheadError | None = None
        for member in members:
            try:
                columns |= dict.fromkeys(open_member(member).columns)
            except SourceError as error:
                failure = failure or error
        if failure and not columns:
            raise failure
        self.columns = tuple(columns)

    def check(self, column_of: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column of the first files cannot be the text of its field."""
        for member in self._members[:_LOOKED_AT]:
            try:
                source = self._open(member)
            except SourceError:
                continue
            source.check({field: column for field, column in column_of.items() if column in source.columns})

    def notes(self) -> list[str]:
        """What was sniffed, with the number of files where it was not the same in all."""
        files = len(self._members)
        return [
            note if n == files else f"{note} (in {n:,} of {files:,} files)"
            for note, n in self._note_counts.items()
        ]

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the files from the first, in batches of some 1,000 rows."""
        self._note_counts = {}
        batches: list[Batch] = []
        rows = 0
        for position, member in enumerate(self._members, start=1):
            for batch in self._of(member, column_of, rows):
                rows += batch.n_rows
                batches.append(batch)
                if sum(b.n_rows for b in batches) >= BATCH_ROWS:
                    yield self._join(batches, position)
                    batches = []
        if batches:
            yield self._join(batches, len(self._members))

    def _of(self, member: SourceFile, column_of: Mapping[str, str], before: int) -> Iterator[Batch]:
        """The batches of one file, their rows numbered on behind `before`."""
        row_count = 0
        try:
            source = self._open(member)
            there = {field: column for field, column in column_of.items() if column in source.columns}
            for batch in source.batches(there):
                row_count += batch.n_rows
                rest: list[dict[str, Any]] = [{**row, FILE: row.get(FILE, member.name)} for row in batch.rest]
                refused_rows = [r._replace(source_row=r.source_row + before) for r in batch.refused_rows]
                numbers = [n + before for n in batch.source_rows]
                yield Batch(_widen(batch.fields, column_of), numbers, rest, refused_rows)
            for note in source.notes():
                self._note_counts[note] = self._note_counts.get(note, 0) + 1
        except SourceError as error:
            row_text = as_json({FILE: member.name, "error": str(error)})
            refused_rows = [RefusedRow(before + row_count + 1, "its file cannot be read", row_text)]
            yield Batch(_widen(None, column_of), [], [], refused_rows)

    def _join(self, batches: list[Batch], position: int) -> Batch:
        fields = pa.Table.from_batches([b.fields for b in batches]).combine_chunks().to_batches()
        return Batch(
            fields[0] if fields else batches[0].fields,
            list(itertools.chain.from_iterable(b.source_rows for b in batches)),
            list(itertools.chain.from_iterable(b.rest for b in batches)),
            list(itertools.chain.from_iterable(b.refused_rows for b in batches)),
            position,
            len(self._members),
        )


def _widen(fields: pa.RecordBatch | None, column_of: Mapping[str, str]) -> pa.RecordBatch:
    """The fields with a null column for each that this file lacks."""
    rows = fields.num_rows if fields is not None else 0
    there = set(fields.schema.names) if fields is not None else set()
    columns = [fields[f] if f in there else pa.nulls(rows, pa.string()) for f in column_of]  # type: ignore[index]
    if not columns:
        return pa.RecordBatch.from_arrays([], names=[])
    return pa.RecordBatch.from_arrays(columns, names=list(column_of))
