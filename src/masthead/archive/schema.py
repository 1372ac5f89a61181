"""What one article is on disk: its columns, and the id that makes adding a file twice add nothing."""

from __future__ import annotations

import hashlib
import itertools

import pyarrow as pa

ARTICLE_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("published", pa.timestamp("us", tz="UTC")),
        pa.field("published_raw", pa.string(), nullable=False),
        pa.field("published_precision", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("language", pa.string()),
        pa.field("credit", pa.string()),
        pa.field("section", pa.string()),
        pa.field("source_row", pa.int64(), nullable=False),
        pa.field("extra", pa.string()),
    ]
)
"""The columns of an article part.

`title`, `text` and `published_raw` are empty, never null, where the source had none. They hold the source's
characters, but for damage that was repaired in `title`, `text`, `outlet` and `credit` (`masthead.archive.repair`);
what stood there is in `originals` (`masthead.archive.originals`). Offsets (Unicode code points) and `article_id` are
those of the text that is kept. `published` is null
where the date is missing, unreadable or absurd; `published_precision` is second, minute, day, month, year
or none. `language` is ISO 639-1 or null. `source_row` counts the records of the source file from 1.
`extra` is a JSON object of every other filled column of the source, or null.
"""

FIELDS = ("outlet", "published", "title", "text", "url", "language", "credit", "section")
"""The fields of an article that a column of a source file can be mapped to."""


def article_ids(outlet: pa.Array, published_raw: pa.Array, title: pa.Array, text: pa.Array) -> list[str]:
    """Return each article's id: 20 hex digits of SHA-256 over its outlet, date as written, title and text.

    The four string arrays have the same length and no nulls. The byte length of each value goes into the
    hash as well, so that moving a character from the title to the text gives another article.
    """
    columns = [_byte_slices(array) for array in (outlet, published_raw, title, text)]
    ids = []
    for o, p, t, x in zip(*columns, strict=True):
        digest = hashlib.sha256(b"%d %d %d %d;" % (len(o), len(p), len(t), len(x)))
        digest.update(o)
        digest.update(p)
        digest.update(t)
        digest.update(x)
        ids.append(digest.hexdigest()[:20])
    return ids


def _byte_slices(array: pa.Array) -> list[memoryview]:
    """Return each value's UTF-8 bytes without copying them."""
    if len(array) == 0:
        return []
    _, offsets, data = array.buffers()
    ends = memoryview(offsets).cast("i")[array.offset : array.offset + len(array) + 1].tolist()
    content = memoryview(data) if data is not None else memoryview(b"")
    return [content[a:b] for a, b in itertools.pairwise(ends)]
