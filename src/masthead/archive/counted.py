"""Articles as they count: what stands around an article is blank, and what repeats another article is left out.

Readers and measures see an archive only through its parts. So what shall count nowhere is taken out in one place: a
survey reads parts in which a span that does not count is spaces, line breaks kept, and in which some articles are
missing. Offsets into titles and texts stay what they are in the text that is kept, and the archive itself, its hash
included, stays as it was published.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

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

_SHOWN = re.compile(r"[^\n\r]")


def counted_parts(archive: Archive, blanks: Blanks, left_out: Collection[str], folder: Path) -> list[Part]:
    """Return the parts of an archive as they count, and write those that are not as they were published to `folder`.

    `left_out` are the ids of articles that do not count at all. A part in which everything counts is returned as it
    is. A part that was written before, and is whole, is not written again where its name, a hash of what it holds and
    what is taken from it, is there. Raises ArchiveError where a part cannot be read.
    """
    return [_counted(part, blanks, left_out, folder) for part in archive.parts()]


def blanked(text: str, spans: Iterable[Span]) -> str:
    """Return a text with spaces in place of some of its spans; its line breaks and its length stay.

    >>> blanked("By Ann Lee\\nIt rained.", [(0, 10)])
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


def _counted(part: Part, blanks: Blanks, left_out: Collection[str], folder: Path) -> Part:
    ids = part.read(["article_id"])["article_id"].to_pylist()
    taken = [[i, i in left_out, dict(blanks.get(i, {}))] for i in ids if i in left_out or i in blanks]
    if not taken:
        return part
    # Named by what is taken from what: the same part counts in the same way whatever else the archive holds.
    digest = hashlib.sha256(json.dumps([part.hash, taken], sort_keys=True).encode()).hexdigest()[:16]
    path = folder / part_name(digest)
    rows = part.rows - sum(out for _, out, _ in taken)
    if not is_whole(path):
        write_parquet_atomically(_taken_out(read_parquet(part.path), ids, blanks, left_out), path)
    return Part(path.name, digest, path, rows)


def _taken_out(table: pa.Table, ids: list[str], blanks: Blanks, left_out: Collection[str]) -> pa.Table:
    for field in ("title", "text"):
        texts = table[field].to_pylist()
        for row, i in enumerate(ids):
            spans = blanks.get(i, {}).get(field)
            if spans:
                texts[row] = blanked(texts[row], spans)
        at = ARTICLE_SCHEMA.get_field_index(field)
        table = table.set_column(at, ARTICLE_SCHEMA.field(field), pa.array(texts, pa.string()))
    return table.filter(pa.array([i not in left_out for i in ids])).combine_chunks()
