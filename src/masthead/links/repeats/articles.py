"""What must be known of articles to tell which of them repeat each other: words, titles, pages, days."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.schema import ARTICLE_SCHEMA
from masthead.links.arrays import Flags, Ints
from masthead.links.repeats.addresses import canonical_address
from masthead.links.reuse.corpus import Corpus, read_corpus
from masthead.links.texts import texts_at
from masthead.reading.lexicon import FUNCTION_WORDS
from masthead.reading.words import Ids, find_words

_DAY = 86_400_000_000
_LIKE_TITLES = 0.5

COLUMNS = ["article_id", "outlet", "published", "published_raw", "published_precision", "title", "url"]
"""What of an article a list of repeats shows, and what its day is taken from."""


@dataclass(frozen=True)
class Articles:
    """The articles of an archive in order of time, undated ones last.

    corpus: their words, outlets and times
    rows: their COLUMNS, in the same order
    page: (n,) a number for each page of each outlet, by its canonical address; −1 where an article names none
    has_day: (n,) whether the day of publication is known
    day: (n,) that day, counted from 1970; 0 where it is not known
    text: (n,) a number for each text of each outlet, the same where all words are the same
    texts_of: returns the texts of some articles as they were written
    title_words, title_ends: the words of all titles, as numbers, and where those of each article end
    """

    corpus: Corpus
    rows: pa.Table
    page: Ints
    has_day: Flags
    day: Ints
    text: Ints
    title_words: Ids
    title_ends: Ints
    empty_words: frozenset[int]
    texts_of: Callable[[Ints], list[str]]

    def __len__(self) -> int:
        return len(self.corpus)

    def words(self, at: int) -> Ids:
        """Return the words of an article's text as numbers."""
        begin = self.corpus.begins[at]
        return self.corpus.ids[begin : begin + self.corpus.counts[at]]

    def title(self, at: int) -> Ids:
        """Return the words of an article's title as numbers."""
        return self.title_words[self.title_ends[at - 1] if at else 0 : self.title_ends[at]]

    def crawled_again(self, one: Ints, other: Ints) -> Flags:
        """Tell which pairs (n,) are one page whose words, of which there are some, are all the same."""
        page = (self.page[one] == self.page[other]) & (self.page[one] >= 0)
        again: Flags = page & (self.text[one] == self.text[other]) & (self.corpus.counts[one] > 0)
        return again

    def like_titles(self, one: int, other: int) -> bool:
        """Tell whether half of the words of the shorter of two titles stand in the longer one."""
        a, b = (self._telling(at) for at in (one, other))
        return len(a & b) >= _LIKE_TITLES * min(len(a), len(b)) if a and b else a == b

    def _telling(self, at: int) -> set[int]:
        words = set(self.title(at).tolist())
        return words - self.empty_words or words


def read_articles(
    archive: Archive, outlets: Mapping[str, str], progress: Callable[[int, int], None] | None = None
) -> Articles:
    """Read what has to be known of all articles of an archive; `outlets` is as in `read_repeats`."""
    corpus = read_corpus(archive, outlets, progress, credits_too=False)
    schema = pa.schema([ARTICLE_SCHEMA.field(name) for name in COLUMNS])
    tables = [schema.empty_table(), *(part.read(COLUMNS) for part in archive.parts())]
    order = np.argsort(corpus.storage_order)
    rows = pa.concat_tables([t.cast(schema) for t in tables]).take(pa.array(order)).combine_chunks()
    span = np.where(corpus.has_date, corpus.until, 0) - np.where(corpus.has_date, corpus.since, 0)
    has_day: Flags = corpus.has_date & (span <= _DAY)
    titles = find_words(rows["title"].to_pylist())

    def texts_of(places: Ints) -> list[str]:
        rows = order[places].tolist()
        texts = texts_at(archive, rows)
        return [texts[row] for row in rows]

    return Articles(
        corpus=corpus,
        rows=rows,
        page=_pages(corpus, rows["url"].to_pylist()),
        has_day=has_day,
        day=np.where(has_day, corpus.since, 0) // _DAY,
        text=_texts(corpus),
        title_words=titles.ids,
        title_ends=np.cumsum(titles.counts),
        empty_words=frozenset(find_words([" ".join(FUNCTION_WORDS)]).ids.tolist()),
        texts_of=texts_of,
    )


def _pages(corpus: Corpus, urls: list[str | None]) -> Ints:
    page = np.full(len(urls), -1, np.int64)
    addresses = [canonical_address(url) for url in urls]
    with_address = np.array([at for at, address in enumerate(addresses) if address is not None], np.int64)
    if len(with_address):
        keys = [
            f"{corpus.outlet[at]} {addresses[at]}".encode("utf-8", "surrogatepass")
            for at in with_address.tolist()
        ]
        page[with_address] = np.unique([_digest(one) for one in keys], return_inverse=True)[1]
    return page


def _texts(corpus: Corpus) -> Ints:
    digests = np.zeros(len(corpus), np.uint64)
    for at in corpus.storage_order.tolist():
        begin = corpus.begins[at]
        words = corpus.ids[begin : begin + corpus.counts[at]]
        digests[at] = _digest(b"%d " % corpus.outlet[at] + words.tobytes())
    text: Ints = np.unique(digests, return_inverse=True)[1].astype(np.int64)
    return text


def _digest(content: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little"))
