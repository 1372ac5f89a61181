"""From words back to texts: which words stand in quotation marks, and where passages begin and end in code
points."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.archive import Archive
from masthead.links.reuse.corpus import Corpus, text_lots
from masthead.links.reuse.passages import Passages
from masthead.reading.quotes import quoted_spans
from masthead.reading.words import find_words

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Told = Callable[[int, int], None]


def quoted_words(archive: Archive, corpus: Corpus, wanted: Flags, progress: Told) -> Flags:
    """Tell for each word of the corpus whether it stands inside quotation marks, in the articles that are
    wanted."""
    quoted = np.zeros(len(corpus.ids), np.bool_)
    for articles, texts in _texts(archive, corpus, wanted, progress):
        for lot in text_lots(texts):
            starts, first, edges = _laid_out(texts[lot])
            for i, article in enumerate(articles[lot]):
                spans = quoted_spans(texts[lot.start + i])
                if spans:
                    begins, ends = np.array(spans).T
                    places = starts[first[i] : first[i + 1]] - edges[i]
                    at = np.searchsorted(begins, places, side="right") - 1
                    begin = corpus.begins[article]
                    quoted[begin : begin + len(places)] = (at >= 0) & (places < ends[at])
    return quoted


def passage_offsets(
    archive: Archive, corpus: Corpus, pairs: Ints, passages: Passages, progress: Told
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return start, end, source start and source end of each passage in code points of the articles' texts.

    `pairs` (n, 2) are the articles of each pair that `passages.pair` counts.
    """
    later, earlier = pairs[passages.pair, 0], pairs[passages.pair, 1]
    articles = np.concatenate([later, later, earlier, earlier])
    words = np.concatenate([passages.start, passages.end - 1, passages.source_start, passages.source_end - 1])
    is_end = np.repeat([False, True, False, True], len(later))
    order = np.argsort(articles, kind="stable")
    sorted_articles = articles[order]
    wanted = np.zeros(len(corpus), np.bool_)
    wanted[articles] = True
    offsets = np.zeros(len(articles), np.int64)
    for some, texts in _texts(archive, corpus, wanted, progress):
        for lot in text_lots(texts):
            found = find_words(texts[lot])
            first = np.concatenate([[0], np.cumsum(found.counts)])
            edges = _edges(texts[lot])
            for i, article in enumerate(some[lot]):
                low, high = np.searchsorted(sorted_articles, [article, article + 1])
                asked = order[low:high]
                at = first[i] + words[asked]
                offsets[asked] = np.where(is_end[asked], found.stops[at], found.starts[at]) - edges[i]
    n = len(later)
    return offsets[:n], offsets[n : 2 * n], offsets[2 * n : 3 * n], offsets[3 * n :]


def _texts(
    archive: Archive, corpus: Corpus, wanted: Flags, progress: Told
) -> Iterator[tuple[Ints, list[str]]]:
    """Yield, part by part, the wanted articles and their texts."""
    at = 0
    parts = archive.parts()
    for number, part in enumerate(parts):
        articles = corpus.stored[at : at + part.rows]
        at += part.rows
        rows = np.flatnonzero(wanted[articles])
        if len(rows):
            texts = part.read(["text"])["text"].take(pa.array(rows))
            yield articles[rows], texts.to_pylist()
        progress(number + 1, len(parts))


def _laid_out(texts: list[str]) -> tuple[Ints, Ints, Ints]:
    """Where each word starts in the texts laid end to end, which word is each text's first, and where it begins."""
    found = find_words(texts)
    return found.starts, np.concatenate([[0], np.cumsum(found.counts)]), _edges(texts)


def _edges(texts: list[str]) -> Ints:
    return np.cumsum([0] + [len(text) + 1 for text in texts])
