"""Reading an archive for reuse: which words stood elsewhere before, in which articles, and what is wire copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.archive.store import write_parquet_atomically
from masthead.reading.links import links_folder
from masthead.reading.reuse.candidates import find_candidates, with_first_copies
from masthead.reading.reuse.corpus import read_corpus
from masthead.reading.reuse.layout import passage_offsets, quoted_words
from masthead.reading.reuse.passages import Passages, find_passages, lots
from masthead.reading.reuse.standing import ALIKE, often, runs_within, standing_words
from masthead.reading.reuse.wire import judge, near_duplicate_groups
from masthead.reading.workers import usable_cores

VERSION = "1"
"""Raise it when the same articles may give other readings."""

SLACK = timedelta(hours=3)
"""How far the clocks of two outlets may disagree: of articles less apart than this, neither is known to be
first."""

FEWEST_WORDS = 16
"""Words that agree in a passage, at least, if the articles are no near-duplicates: a name with its titles,
or what a law is called, may be ten words long and is nobody's."""

FEWEST_OWN_WORDS = 8
"""Words of a telling passage, at least, that stand outside quotation marks and outside standing text."""

LEAST_SHARE = 0.3
LONGEST_AT_LEAST, LONGEST_BY_SHARE = 17, 35
"""Two articles are near-duplicates if they share three words in ten of the shorter, and one telling passage
of at least 17 + 35 · (1 − share) words, of which standing text and quoted words count half: the less they
share, the longer the piece that must have been taken as one. Two articles that tell the same independently
may share many a sentence, but seldom one after the other."""

LEAST_OF_LONGER = 0.1
"""The share of the longer article, at least: a round-up of the day is no near-duplicate of every article in it."""

ARTICLES_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("words", pa.int32(), nullable=False),
        pa.field("echoed", pa.int32(), nullable=False),
        pa.field("group", pa.string(), nullable=False),
        pa.field("agency", pa.string()),
        pa.field("wire", pa.bool_(), nullable=False),
        pa.field("why", pa.string()),
    ]
)
"""One row per article: its words; those that stood in an article of another outlet that is known to be earlier; the
smallest id among its near-duplicates, its own included; the agency it is credited to or is of; whether it is wire
copy; and why that is so, or why not (`masthead.reading.reuse.wire`)."""

_PLACE = 20
"""Bits of a word's place in its article; LONGEST keeps it below."""

_PASSAGE = pa.struct(
    [("start", pa.int32()), ("end", pa.int32()), ("source_start", pa.int32()), ("source_end", pa.int32())]
)
LINKS_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("source_id", pa.string(), nullable=False),
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("source_outlet", pa.string(), nullable=False),
        pa.field("same_outlet", pa.bool_(), nullable=False),
        pa.field("words", pa.int32(), nullable=False),
        pa.field("share", pa.float64(), nullable=False),
        pa.field("source_share", pa.float64(), nullable=False),
        pa.field("lag", pa.int64()),
        pa.field("order_known", pa.bool_(), nullable=False),
        pa.field("near_duplicate", pa.bool_(), nullable=False),
        pa.field("passages", pa.list_(_PASSAGE), nullable=False),
    ]
)
"""One row per pair of articles that share passages: not every such pair, but for each article its likely
sources. `words` are those that agree, as a share of each article too; `lag` is in seconds. Where the order
is not known, `source_id` is the one whose stated time is earlier, or whose id is smaller. Passages are in
code points of the texts."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class ReuseReading:
    """What was found: `articles` and `links` are Parquet files of ARTICLES_SCHEMA and LINKS_SCHEMA.

    `counts`: articles, undated, without_text, words, echoed (words), links, order_unknown and same_outlet
    (links), groups (of two or more near-duplicates), in_groups (articles), wire, uncredited (articles run by
    several outlets without a credit).
    """

    articles: Path
    links: Path
    version: str
    hash: str
    counts: dict[str, int]


def read_reuse(
    archive: Archive,
    *,
    outlets: Mapping[str, str] | None = None,
    slack: timedelta = SLACK,
    processes: int | None = None,
    progress: Progress | None = None,
) -> ReuseReading:
    """Find the passages that stand in more than one article, and the wire copy, of the whole archive.

    `outlets` maps values of the archive's outlet column to the outlet they mean, where several mean one: an
    outlet's own repeats are linked, but no echo. `slack` is how far clocks may disagree. `processes` is how
    many pairs are compared at once (None: one per core, at most four). What was read is kept in the
    archive's folder until the archive grows. Raises ArchiveError where another program is writing to it.
    """
    outlets = dict(outlets or {})
    config = json.dumps([sorted(outlets.items()), slack.total_seconds()])
    folder = links_folder(archive, "reuse", VERSION, config)
    articles, links = folder / "articles.parquet", folder / "links.parquet"
    if not (articles.is_file() and links.is_file()):
        with archive.writer_lock():
            work = _Work(archive, outlets, slack, processes, progress)
            work.write(links, articles)
    counts = json.loads((pq.read_metadata(articles).metadata or {}).get(b"counts", b"{}"))
    return ReuseReading(articles, links, VERSION, folder.name, counts)


@dataclass(frozen=True)
class _Links:
    """Links as columns, and their passages with places in words."""

    later: npt.NDArray[np.int64]
    earlier: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]
    source_words: npt.NDArray[np.int64]
    near: npt.NDArray[np.bool_]
    echoed: npt.NDArray[np.int64]
    passages: Passages


class _Work:
    """One reading of one archive."""

    def __init__(
        self,
        archive: Archive,
        outlets: Mapping[str, str],
        slack: timedelta,
        processes: int | None,
        progress: Progress | None,
    ) -> None:
        self._archive = archive
        self._slack = int(slack.total_seconds() * 1_000_000)
        self._threads = processes or min(usable_cores(), 4)
        self._progress = progress or (lambda _stage, _done, _total: None)
        self._corpus = read_corpus(archive, outlets, self._told("words"))

    def write(self, links_path: Path, articles_path: Path) -> None:
        """Find everything and write it, the table of articles last."""
        corpus = self._corpus
        pairs = find_candidates(
            corpus.lots, len(corpus.ids), corpus.outlet, corpus.counts, self._told("candidates")
        )
        pairs, standing = self._first_look(pairs)
        wanted = np.zeros(len(corpus), np.bool_)
        wanted[pairs] = True
        quoted = quoted_words(self._archive, corpus, wanted, self._told("quotations"))
        found = self._compare(pairs, standing, quoted)
        group = near_duplicate_groups(len(corpus), found.later[found.near], found.earlier[found.near])
        agency, wire, why = judge(corpus, group, self._slack)
        echoed = np.zeros(len(corpus), np.int64)
        np.maximum.at(echoed, found.later, found.echoed)
        links = self._links_table(found)
        sizes = np.bincount(group, minlength=len(corpus))
        counts = {
            "articles": len(corpus),
            "undated": int((~corpus.dated).sum()),
            "without_text": int((corpus.counts == 0).sum()),
            "words": int(corpus.counts.sum()),
            "echoed": int(echoed.sum()),
            "links": links.num_rows,
            "order_unknown": int((~links["order_known"].to_numpy()).sum()),
            "same_outlet": int(links["same_outlet"].to_numpy().sum()),
            "groups": int((sizes > 1).sum()),
            "in_groups": int(sizes[sizes > 1].sum()),
            "wire": int(wire.sum()),
            "uncredited": sum(reason == "several outlets, uncredited" for reason in why),
        }
        order = np.lexsort((corpus.article_id, group))
        _, opens = np.unique(group[order], return_index=True)
        smallest = corpus.article_id[order][opens][group]
        articles = pa.table(
            [corpus.article_id, corpus.counts, echoed, smallest, agency, wire, why],
            schema=ARTICLES_SCHEMA,
        )
        by_id = articles.sort_by("article_id").replace_schema_metadata({"counts": json.dumps(counts)})
        write_parquet_atomically(links, links_path)
        write_parquet_atomically(by_id, articles_path)

    def _told(self, stage: str) -> Callable[[int, int], None]:
        return lambda done, total: self._progress(stage, done, total)

    def _each_lot(self, pairs: npt.NDArray[np.int64], stage: str) -> Iterator[tuple[slice, Passages]]:
        """Compare the pairs lot by lot, several lots at a time, in order."""
        corpus = self._corpus
        cut = lots(corpus.counts, pairs)

        def compare(lot: slice) -> Passages:
            return find_passages(corpus.ids, corpus.begins, corpus.counts, pairs[lot])

        with ThreadPoolExecutor(self._threads) as pool:
            for at in range(0, len(cut), self._threads):
                some = cut[at : at + self._threads]
                yield from zip(some, pool.map(compare, some), strict=True)
                self._progress(stage, at + len(some), len(cut))

    def _first_look(
        self, pairs: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        """Return the pairs that have any passage, with the first copies of each article, and what of all
        passages is standing text."""
        corpus = self._corpus
        kept: list[npt.NDArray[np.int64]] = []
        alike: list[npt.NDArray[np.int64]] = []
        runs: list[npt.NDArray[np.uint64]] = []
        contained = np.zeros(len(corpus))
        for lot, passages in self._each_lot(pairs, "pairs"):
            some = pairs[lot]
            later = some[passages.pair, 0]
            runs.append(runs_within(corpus.ids, corpus.begins, later, passages))
            covered = np.bincount(passages.pair, passages.end - passages.start, minlength=len(some))
            share = covered / np.maximum(corpus.counts[some[:, 0]], 1)
            np.maximum.at(contained, some[:, 0], share)
            kept.append(some[covered > 0])
            alike.append(some[share >= ALIKE])
        if not kept:
            return pairs, np.empty(0, np.uint64)
        wanted = np.unique(np.concatenate(runs))
        standing = often(corpus.lots, wanted, corpus.day, corpus.outlet, contained < ALIKE)
        copies = np.concatenate(alike)
        group = near_duplicate_groups(len(corpus), copies[:, 0], copies[:, 1])
        return with_first_copies(np.concatenate(kept), group, corpus.outlet), standing

    def _compare(
        self, pairs: npt.NDArray[np.int64], standing: npt.NDArray[np.uint64], quoted: npt.NDArray[np.bool_]
    ) -> _Links:
        """Compare pairs and keep the passages that are neither quotations nor standing text."""
        corpus = self._corpus
        parts: list[_Links] = []
        for lot, passages in self._each_lot(pairs, "passages"):
            some = pairs[lot]
            sides = some[passages.pair]
            stands = standing_words(corpus.ids, corpus.begins, sides[:, 0], passages, standing)
            of_word = sides[passages.word_passage]
            in_quotes = quoted[corpus.begins[of_word[:, 0]] + passages.word]
            in_quotes |= quoted[corpus.begins[of_word[:, 1]] + passages.source_word]
            n = len(passages.pair)
            total = np.bincount(passages.word_passage, minlength=n)
            aloud = np.bincount(passages.word_passage, in_quotes, minlength=n)
            own = np.bincount(passages.word_passage, ~in_quotes & ~stands, minlength=n)
            unquoted = 2 * aloud <= total
            parts.append(self._linked(some, passages.only(unquoted), own[unquoted].astype(np.int64)))
        return _joined(parts)

    def _linked(self, pairs: npt.NDArray[np.int64], passages: Passages, own: npt.NDArray[np.int64]) -> _Links:
        """The links of one lot. `own` are the words of each passage that are neither quoted nor standing
        text: one that has hardly any tells nothing. Of near-duplicates all passages count, since a reprint
        takes its stock phrases along; of other pairs the longer telling ones."""
        sizes = np.bincount(passages.word_passage, minlength=len(passages.pair))
        telling = own >= FEWEST_OWN_WORDS
        near = self._near(pairs, passages, np.where(telling, (sizes + own) // 2, 0))
        passages = passages.only(near[passages.pair] | (telling & (sizes >= FEWEST_WORDS)))
        words, source_words = _shared(passages, len(pairs))
        counted = self.order_known(pairs) & (
            self._corpus.outlet[pairs[:, 0]] != self._corpus.outlet[pairs[:, 1]]
        )
        pair = passages.pair[passages.word_passage]
        mine = counted[pair]
        place = np.unique((pairs[pair[mine], 0] << _PLACE) | passages.word[mine])
        articles, echoed = np.unique(place >> _PLACE, return_counts=True)
        has = words > 0
        later = pairs[has, 0]
        at = np.minimum(np.searchsorted(articles, later), max(len(articles) - 1, 0))
        heard = (
            np.where(articles[at] == later, echoed[at], 0)
            if len(articles)
            else np.zeros(len(later), np.int64)
        )
        number = np.cumsum(has) - 1
        none = np.empty(0, np.int64)
        kept = replace(passages, pair=number[passages.pair], word_passage=none, word=none, source_word=none)
        return _Links(later, pairs[has, 1], words[has], source_words[has], near[has], heard, kept)

    def _near(
        self, pairs: npt.NDArray[np.int64], passages: Passages, telling: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.bool_]:
        """Tell which pairs are near-duplicates; `telling` is how many words of each passage speak for it."""
        counts = self._corpus.counts[pairs]
        words, source_words = _shared(passages, len(pairs))
        longest = np.zeros(len(pairs), np.int64)
        np.maximum.at(longest, passages.pair, telling)
        shared = np.minimum(words, source_words)
        share = shared / np.maximum(counts.min(axis=1), 1)
        of_longer = shared / np.maximum(counts.max(axis=1), 1)
        long_enough = longest >= LONGEST_AT_LEAST + LONGEST_BY_SHARE * (1 - share)
        near: npt.NDArray[np.bool_] = (share >= LEAST_SHARE) & (of_longer >= LEAST_OF_LONGER) & long_enough
        return near

    def order_known(self, pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Tell for each pair (n, 2) whether the second is known to have appeared before the first."""
        corpus = self._corpus
        later, earlier = pairs[:, 0], pairs[:, 1]
        dated = corpus.dated[later] & corpus.dated[earlier]
        apart = np.where(dated, corpus.published[later], 0) - np.where(dated, corpus.until[earlier], 0)
        # Clocks may be hours apart; the dates of two articles without a time of day are what they say.
        needed = np.where(corpus.timed[later] & corpus.timed[earlier], self._slack + 1, 0)
        known: npt.NDArray[np.bool_] = dated & (apart >= needed)
        return known

    def _links_table(self, found: _Links) -> pa.Table:
        """Lay out the links with their passages in code points, ordered by the articles' ids."""
        corpus = self._corpus
        later, earlier = found.later, found.earlier
        pairs = np.stack([later, earlier], axis=1)
        known = self.order_known(pairs)
        lag = np.where(known, corpus.published[later] - corpus.published[earlier], 0) // 1_000_000
        offsets = passage_offsets(self._archive, corpus, pairs, found.passages, self._told("offsets"))
        ends = np.concatenate([[0], np.cumsum(np.bincount(found.passages.pair, minlength=len(later)))])
        passages = pa.ListArray.from_arrays(
            pa.array(ends, pa.int32()),
            pa.StructArray.from_arrays([pa.array(o, pa.int32()) for o in offsets], fields=list(_PASSAGE)),
        )
        table = pa.table(
            [
                corpus.article_id[later],
                corpus.article_id[earlier],
                corpus.raw_outlet[later],
                corpus.raw_outlet[earlier],
                corpus.outlet[later] == corpus.outlet[earlier],
                found.words,
                found.words / corpus.counts[later],
                found.source_words / corpus.counts[earlier],
                pa.array(lag, pa.int64(), mask=~known),
                known,
                found.near,
                passages,
            ],
            schema=LINKS_SCHEMA,
        )
        return table.sort_by([("article_id", "ascending"), ("source_id", "ascending")])


def _shared(passages: Passages, pairs: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """How many words of the later and of the earlier article the passages of each pair hold."""
    pair = passages.pair[passages.word_passage]
    source = np.unique((pair << _PLACE) | passages.source_word) >> _PLACE
    return np.bincount(pair, minlength=pairs), np.bincount(source, minlength=pairs)


def _joined(parts: list[_Links]) -> _Links:
    """The links of all lots."""
    none = np.empty(0, np.int64)
    if not parts:
        return _Links(
            none, none, none, none, none > 0, none, Passages(none, none, none, none, none, none, none, none)
        )
    before = np.cumsum([0] + [len(p.later) for p in parts])
    columns = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in ("later", "earlier", "words", "source_words", "near", "echoed")
    }
    passages = Passages(
        np.concatenate([p.passages.pair + at for p, at in zip(parts, before, strict=False)]),
        np.concatenate([p.passages.start for p in parts]),
        np.concatenate([p.passages.end for p in parts]),
        np.concatenate([p.passages.source_start for p in parts]),
        np.concatenate([p.passages.source_end for p in parts]),
        none,
        none,
        none,
    )
    return _Links(**columns, passages=passages)
