"""Datelines put back, for who asks where an article was filed: where something happened tells which story it is."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.links.standing.reader import kept_standing

Datelines = Mapping[str, tuple[int, str]]
"""Where the dateline of an article's text begins, and its words, by the article's id."""


def datelines(archive: Archive) -> Datelines:
    """Return the datelines that an archive leaves out, as they were published; none of one that leaves out nothing."""
    reading = kept_standing(archive) if archive.published is not archive else None
    if reading is None:
        return {}
    marks = reading.table()
    marks = marks.filter(pc.and_(pc.equal(marks["kind"], "dateline"), pc.equal(marks["field"], "text")))
    places = {row["article_id"]: (row["start"], row["end"]) for row in marks.to_pylist()}
    ids = pa.array(sorted(places), pa.string())
    lines = {}
    for part in archive.published.parts():
        articles = part.read(["article_id", "text"])
        for row in articles.filter(pc.is_in(articles["article_id"], ids)).to_pylist():
            start, end = places[row["article_id"]]
            lines[row["article_id"]] = (start, row["text"][start:end])
    return lines


def with_datelines(articles: pa.Table, lines: Datelines) -> pa.Array | pa.ChunkedArray:
    """Return the texts of articles (article_id, text), each with its dateline where it stood."""
    if not lines:
        return articles["text"]
    texts = articles["text"].to_pylist()
    for row, article in enumerate(articles["article_id"].to_pylist()):
        if article in lines:
            start, words = lines[article]
            texts[row] = texts[row][:start] + words + texts[row][start + len(words) :]
    return pa.array(texts, pa.string())
