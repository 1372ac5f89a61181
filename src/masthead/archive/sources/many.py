"""Many small files of one kind read as one source: a crawl that left one JSON file for each article."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from masthead.archive.sources.base import BATCH_ROWS, Batch, Refused, Source, as_json
from masthead.archive.sources.given import Given
from masthead.errors import MastheadError, SourceError

FILE = "file"
"""The column of `extra` that says which file a row came from."""

_LOOKED_AT = 3


class ManySource:
    """The rows of several files, in order. A file that cannot be read is one refused row.

    Raises SourceError where none of them can be read.
    """

    def __init__(self, members: Sequence[Given], open_member: Callable[[Given], Source]) -> None:
        self._members = members
        self._open = open_member
        self._said: dict[str, int] = {}
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

    def check(self, mapped: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column of the first files cannot be the text of its field."""
        for member in self._members[:_LOOKED_AT]:
            try:
                source = self._open(member)
            except SourceError:
                continue
            source.check({field: column for field, column in mapped.items() if column in source.columns})

    def notes(self) -> list[str]:
        """What was sniffed, with the number of files where it was not the same in all."""
        files = len(self._members)
        return [
            note if n == files else f"{note} (in {n:,} of {files:,} files)" for note, n in self._said.items()
        ]

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the files from the first, in batches of some 1,000 rows."""
        self._said = {}
        held: list[Batch] = []
        rows = 0
        for done, member in enumerate(self._members, start=1):
            for batch in self._of(member, mapped, rows):
                rows += len(batch.source_rows) + len(batch.refused)
                held.append(batch)
                if sum(len(b.source_rows) + len(b.refused) for b in held) >= BATCH_ROWS:
                    yield self._joined(held, done)
                    held = []
        if held:
            yield self._joined(held, len(self._members))

    def _of(self, member: Given, mapped: Mapping[str, str], before: int) -> Iterator[Batch]:
        """The batches of one file, their rows numbered on behind `before`."""
        seen = 0
        try:
            source = self._open(member)
            there = {field: column for field, column in mapped.items() if column in source.columns}
            for batch in source.batches(there):
                seen += len(batch.source_rows) + len(batch.refused)
                rest: list[dict[str, Any]] = [{**row, FILE: row.get(FILE, member.name)} for row in batch.rest]
                refused = [r._replace(source_row=r.source_row + before) for r in batch.refused]
                numbers = [n + before for n in batch.source_rows]
                yield Batch(_widened(batch.fields, mapped), numbers, rest, refused)
            for note in source.notes():
                self._said[note] = self._said.get(note, 0) + 1
        except SourceError as error:
            shown = as_json({FILE: member.name, "error": str(error)})
            refused = [Refused(before + seen + 1, "its file cannot be read", shown)]
            yield Batch(_widened(None, mapped), [], [], refused)

    def _joined(self, held: list[Batch], done: int) -> Batch:
        fields = pa.Table.from_batches([b.fields for b in held]).combine_chunks().to_batches()
        return Batch(
            fields[0] if fields else held[0].fields,
            list(itertools.chain.from_iterable(b.source_rows for b in held)),
            list(itertools.chain.from_iterable(b.rest for b in held)),
            list(itertools.chain.from_iterable(b.refused for b in held)),
            done,
            len(self._members),
        )


def _widened(fields: pa.RecordBatch | None, mapped: Mapping[str, str]) -> pa.RecordBatch:
    """The fields with a null column for each that this file lacks."""
    rows = fields.num_rows if fields is not None else 0
    there = set(fields.schema.names) if fields is not None else set()
    columns = [fields[f] if f in there else pa.nulls(rows, pa.string()) for f in mapped]  # type: ignore[index]
    if not columns:
        return pa.RecordBatch.from_arrays([], names=[])
    return pa.RecordBatch.from_arrays(columns, names=list(mapped))
