"""From words back to texts: which words stand in quotation marks, and where passages begin and end in code
points."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.links.arrays import Flags, Ints
from masthead.links.reuse.corpus import Corpus, text_lots
from masthead.links.reuse.passages import Passages
from masthead.reading.quotes import quoted_spans
from masthead.reading.words import find_words

Progress = Callable[[int, int], None]


def quoted_words(archive: Archive, corpus: Corpus, is_wanted: Flags, progress: Progress) -> Flags:
    """Tell for each word of the corpus whether it stands inside quotation marks, in the articles that are
    wanted."""
    in_quotes = np.zeros(len(corpus.ids), np.bool_)
    for article, text, starts, _ in _word_places(archive, corpus, is_wanted, progress):
        spans = quoted_spans(text)
        if spans:
            begins, ends = np.array(spans).T
            at = np.searchsorted(begins, starts, side="right") - 1
            begin = corpus.begins[article]
            in_quotes[begin : begin + len(starts)] = (at >= 0) & (starts < ends[at])
    return in_quotes


def passage_offsets(
    archive: Archive, corpus: Corpus, pairs: Ints, passages: Passages, progress: Progress
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
    is_wanted = np.zeros(len(corpus), np.bool_)
    is_wanted[articles] = True
    offsets = np.zeros(len(articles), np.int64)
    for article, _, starts, stops in _word_places(archive, corpus, is_wanted, progress):
        low, high = np.searchsorted(sorted_articles, [article, article + 1])
        places = order[low:high]
        at = words[places]
        offsets[places] = np.where(is_end[places], stops[at], starts[at])
    n = len(later)
    return offsets[:n], offsets[n : 2 * n], offsets[2 * n : 3 * n], offsets[3 * n :]


def _word_places(
    archive: Archive, corpus: Corpus, is_wanted: Flags, progress: Progress
) -> Iterator[tuple[int, str, Ints, Ints]]:
    """Yield each wanted article, its text, and where each of its words starts and stops in it."""
    for articles, texts in _texts(archive, corpus, is_wanted, progress):
        for lot in text_lots(texts):
            words = find_words(texts[lot])
            ends = np.cumsum(words.counts)
            edge = 0
            for article, text, count, end in zip(articles[lot], texts[lot], words.counts, ends, strict=True):
                of_text = slice(end - count, end)
                yield article, text, words.starts[of_text] - edge, words.stops[of_text] - edge
                edge += len(text) + 1


def _texts(
    archive: Archive, corpus: Corpus, is_wanted: Flags, progress: Progress
) -> Iterator[tuple[Ints, list[str]]]:
    """Yield, part by part, the wanted articles and their texts."""
    at = 0
    parts = archive.parts()
    for number, part in enumerate(parts):
        articles = corpus.storage_order[at : at + part.rows]
        at += part.rows
        rows = np.flatnonzero(is_wanted[articles])
        if len(rows):
            texts = part.read(["text"])["text"].take(pa.array(rows))
            yield articles[rows], texts.to_pylist()
        progress(number + 1, len(parts))
