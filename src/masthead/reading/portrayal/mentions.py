"""The sentences to classify: one marked text per mention of a subject, made from the namings of an archive part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from masthead.reading.mentions.masking import plain_spaces
from masthead.reading.naming.namings import NAMING_SCHEMA
from masthead.reading.parsing.shards import sentence_key
from masthead.reading.portrayal.marking import Name, mark


class _Mention(NamedTuple):
    article_id: str
    subject: str
    alias: str
    field: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int
    quoted: bool
    reported: bool


PORTRAYAL_SCHEMA = pa.schema(
    [
        *(NAMING_SCHEMA.field(name) for name in _Mention._fields),
        pa.field("key", pa.uint64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)
"""One row per mention that refers, in the order of the namings.

Where it and its sentence stand, and whose words they are, as in NAMING_SCHEMA; then the marked sentence that the
classifier sees, and its key: mentions of equal keys are read once.
"""


def mentions_of(articles: pa.Table, namings: pa.Table, is_read: Callable[[str | None], bool]) -> pa.Table:
    """Return the mentions (PORTRAYAL_SCHEMA) in a part's articles, those left out whose language is not read.

    `articles` has article_id, title, text and language; `namings` is of NAMING_SCHEMA; `is_read` says of a
    language whether the classifier reads it. The subjects of a sentence are all that it mentions; a generic
    alias that does not refer is left as the plain words it is.
    """
    namings = namings.filter(namings["refers"]).select(_Mention._fields)
    mentioning = articles.filter(pc.is_in(articles["article_id"], pc.unique(namings["article_id"])))
    contents = {
        article_id: (title, text)
        for article_id, title, text, language in zip(
            *(mentioning[name].to_pylist() for name in ("article_id", "title", "text", "language")),
            strict=True,
        )
        if is_read(language)
    }
    rows: list[tuple[Any, ...]] = []
    for (article_id, field, start, end), mentions in _sentences(namings):
        if article_id not in contents:
            continue
        title, text = contents[article_id]
        sentence = (title if field == "title" else text)[start:end]
        names = [Name(m.start - start, m.end - start, m.subject) for m in mentions]
        for mention, name in zip(mentions, names, strict=True):
            marked_text = plain_spaces(mark(sentence, name, names))
            rows.append((*mention, sentence_key(marked_text), marked_text))
    columns = list(zip(*rows, strict=True)) or [()] * len(PORTRAYAL_SCHEMA)
    return pa.table(
        [pa.array(column, f.type) for column, f in zip(columns, PORTRAYAL_SCHEMA, strict=True)],
        schema=PORTRAYAL_SCHEMA,
    )


def _sentences(namings: pa.Table) -> Iterator[tuple[tuple[str, str, int, int], list[_Mention]]]:
    """Yield each sentence (article, field, start, end) with its mentions; several labels are one mention."""
    columns = [namings[name].to_pylist() for name in _Mention._fields]
    rows = map(_Mention._make, zip(*columns, strict=True))
    for place, mentions in groupby(rows, lambda m: (m.article_id, m.field, m.sentence_start, m.sentence_end)):
        yield place, list(dict.fromkeys(mentions))
