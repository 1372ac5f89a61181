"""Articles as they count: what stands around an article is blank, and what repeats another article is left out.

Readers and measures see an archive only through its parts. So what shall count nowhere is taken out in one place: a
survey reads parts in which a span that does not count is spaces, line breaks kept, and in which some articles are
missing; an article that stands for others has the day of the first of them. Offsets into titles and texts stay what
they are in the text that is kept, and the archive itself, its hash included, stays as it was published.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from masthead.archive.folder import Archive
from masthead.archive.keeping.whole import is_whole, part_name
from masthead.archive.parts import Part
from masthead.archive.schema import ARTICLE_SCHEMA
from masthead.archive.store import read_parquet, write_parquet_atomically

Span = tuple[int, int]
"""Start and end, in characters, of what does not count in a title or text."""

Blanks = Mapping[str, Mapping[str, list[Span]]]
"""For each article id, by field (`title` or `text`), the spans that do not count; they may overlap."""

Published = tuple[dt.datetime | None, str, str]
"""When an article was published: `published`, `published_raw` and `published_precision` of ARTICLE_SCHEMA."""

VERSION = ""
"""Of the parts as they count: change it when the same changes of the same part may give other articles.

Empty until that happens for the first time; then "2", "3" and so on."""

_PUBLISHED = ("published", "published_raw", "published_precision")
_NO_DAYS: Mapping[str, Published] = {}
_SHOWN = re.compile(r"[^\n\r]")


def counted_parts(
    archive: Archive,
    blanks: Blanks,
    left_out: Collection[str],
    folder: Path,
    days: Mapping[str, Published] = _NO_DAYS,
) -> list[Part]:
    """Return the parts of an archive as they count, and write those that are not as they were published to `folder`.

    `left_out` are the ids of articles that do not count at all, `days` says for others when they count as published. A
    part in which everything counts as it is is returned as it is. A part that was written before, and is whole, is not
    written again where its name, a hash of what it holds and what is changed in it, is there. Raises ArchiveError where
    a part cannot be read.
    """
    return [_counted_part(part, blanks, left_out, days, folder) for part in archive.parts()]


def blank_out(text: str, spans: Iterable[Span]) -> str:
    """Return a text with spaces in place of some of its spans; its line breaks and its length stay.

    >>> blank_out("By Ann Lee\\nIt rained.", [(0, 10)])
    '          \\nIt rained.'
    """
    pieces = []
    at = 0
    for start, end in sorted(spans):
        if end <= max(at, start):
            continue
        pieces += [text[at : max(at, start)], _SHOWN.sub(" ", text[max(at, start) : end])]
        at = end
    return "".join([*pieces, text[at:]])


def _counted_part(
    part: Part, blanks: Blanks, left_out: Collection[str], days: Mapping[str, Published], folder: Path
) -> Part:
    ids = part.read(["article_id"])["article_id"].to_pylist()
    changes = [
        [i, i in left_out, dict(blanks.get(i, {})), *([str(one) for one in days[i]] if i in days else [])]
        for i in ids
        if i in left_out or i in blanks or i in days
    ]
    if not changes:
        return part
    # Named by what is changed in what: the same part counts in the same way whatever else the archive holds.
    content = json.dumps([part.hash, changes, *filter(None, [VERSION])], sort_keys=True)
    digest = hashlib.sha256(content.encode()).hexdigest()[:16]
    path = folder / part_name(digest)
    rows = part.rows - sum(change[1] for change in changes)
    if not is_whole(path):
        table = _with_days(_with_blanks(read_parquet(part.path), ids, blanks), ids, days)
        write_parquet_atomically(
            table.filter(pa.array([i not in left_out for i in ids])).combine_chunks(), path
        )
    return Part(path.name, digest, path, rows)


def _with_blanks(table: pa.Table, ids: list[str], blanks: Blanks) -> pa.Table:
    for field in ("title", "text"):
        texts = table[field].to_pylist()
        for row, i in enumerate(ids):
            spans = blanks.get(i, {}).get(field)
            if spans:
                texts[row] = blank_out(texts[row], spans)
        table = _with(table, field, texts)
    return table


def _with_days(table: pa.Table, ids: list[str], days: Mapping[str, Published]) -> pa.Table:
    for at, field in enumerate(_PUBLISHED):
        values = table[field].to_pylist()
        table = _with(
            table, field, [days[i][at] if i in days else v for i, v in zip(ids, values, strict=True)]
        )
    return table


def _with(table: pa.Table, name: str, values: list[Any]) -> pa.Table:
    field = ARTICLE_SCHEMA.field(name)
    return table.set_column(ARTICLE_SCHEMA.get_field_index(name), field, pa.array(values, field.type))
