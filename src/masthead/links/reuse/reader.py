"""Reading an archive for reuse: which words stood elsewhere before, in which articles, and what is wire copy."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead import stages
from masthead.archive import Archive
from masthead.archive.keeping.links import counts_in, links_folder, write_counted
from masthead.archive.keeping.whole import all_whole
from masthead.archive.store import write_parquet_atomically
from masthead.links.reuse.candidates import find_candidates
from masthead.links.reuse.comparing import Comparison, Links
from masthead.links.reuse.corpus import read_corpus
from masthead.links.reuse.credit_lines import MIXED
from masthead.links.reuse.layout import passage_offsets, quoted_words
from masthead.links.reuse.wire import UNCREDITED, judge, near_duplicate_groups
from masthead.reading.parsing.workers import usable_cores

VERSION = "4"
"""Raise it when the same articles may give other readings."""

SLACK = timedelta(hours=3)
"""How far the clocks of two outlets may disagree: of articles less apart than this, neither is known to be
first."""

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
copy; and why that is so, or why not (`masthead.links.reuse.wire`)."""

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
    (links), groups (of two or more near-duplicates), in_groups (articles), wire, mixed (articles credited to
    an agency and the outlet together), uncredited (articles run by several outlets without a credit).
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
    zones: Mapping[str, str] | None = None,
    slack: timedelta = SLACK,
    processes: int | None = None,
    progress: Progress | None = None,
) -> ReuseReading:
    """Find the passages that stand in more than one article, and the wire copy, of the whole archive.

    `outlets` maps values of the archive's outlet column to the outlet they mean, where several mean one: an
    outlet's own repeats are linked, but no echo. `zones` are the time zones of the archive's outlets: on their clocks
    lie the days of articles without a time, which else are days of UTC. `slack` is how far clocks may disagree.
    `processes` is how many pairs are compared at once (None: one per core, at most four). What was read is kept in the
    archive's folder until the archive grows. Raises ArchiveError where another program is writing to it.
    """
    archive = archive.snapshot()
    outlets, zones = dict(outlets or {}), dict(zones or {})
    by_zone = [sorted(zones.items())] if zones else []
    config = json.dumps([sorted(outlets.items()), slack.total_seconds(), *by_zone])
    folder = links_folder(archive, "reuse", VERSION, config)
    articles, links = folder / "articles.parquet", folder / "links.parquet"
    if not all_whole((articles, links)):
        with archive.writer_lock():
            work = _Work(archive, outlets, zones, slack, processes, progress)
            work.write(links, articles)
    return ReuseReading(articles, links, VERSION, folder.name, counts_in([articles]))


class _Work:
    """One reading of one archive."""

    def __init__(
        self,
        archive: Archive,
        outlets: Mapping[str, str],
        zones: Mapping[str, str],
        slack: timedelta,
        processes: int | None,
        progress: Progress | None,
    ) -> None:
        self._archive = archive
        self._slack = int(slack.total_seconds() * 1_000_000)
        self._progress = progress or (lambda _stage, _count, _total: None)
        self._corpus = read_corpus(archive, outlets, self._progress_of(stages.WORDS), zones=zones)
        threads = processes or min(usable_cores(), 4)
        self._comparison = Comparison(self._corpus, self._slack, threads, self._progress)

    def write(self, links_path: Path, articles_path: Path) -> None:
        """Find everything and write it, the table of articles last."""
        corpus = self._corpus
        progress, folder = self._progress_of(stages.ALIKE), self._archive.path
        pairs = find_candidates(corpus.lots, len(corpus.ids), corpus.outlet, corpus.counts, folder, progress)
        pairs, stock = self._comparison.first_look(pairs)
        has_pair = np.zeros(len(corpus), np.bool_)
        has_pair[pairs] = True
        quote_flags = quoted_words(self._archive, corpus, has_pair, self._progress_of(stages.QUOTED))
        pair_links = self._comparison.compare(pairs, stock, quote_flags)
        group = near_duplicate_groups(
            len(corpus), pair_links.later[pair_links.near], pair_links.earlier[pair_links.near]
        )
        agency, wire, why = judge(corpus, group, self._slack)
        echo_words = np.zeros(len(corpus), np.int64)
        np.maximum.at(echo_words, pair_links.later, pair_links.echo_words)
        links = self._links_table(pair_links)
        sizes = np.bincount(group, minlength=len(corpus))
        counts = {
            "articles": len(corpus),
            "undated": int((~corpus.has_date).sum()),
            "without_text": int((corpus.counts == 0).sum()),
            "words": int(corpus.counts.sum()),
            "echoed": int(echo_words.sum()),
            "links": links.num_rows,
            "order_unknown": int((~links["order_known"].to_numpy()).sum()),
            "same_outlet": int(links["same_outlet"].to_numpy().sum()),
            "groups": int((sizes > 1).sum()),
            "in_groups": int(sizes[sizes > 1].sum()),
            "wire": int(wire.sum()),
            "mixed": sum(reason == MIXED for reason in why),
            "uncredited": sum(reason == UNCREDITED for reason in why),
        }
        order = np.lexsort((corpus.article_id, group))
        _, opens = np.unique(group[order], return_index=True)
        smallest = corpus.article_id[order][opens][group]
        articles = pa.table(
            [corpus.article_id, corpus.counts, echo_words, smallest, agency, wire, why],
            schema=ARTICLES_SCHEMA,
        )
        write_parquet_atomically(links, links_path)
        write_counted(articles.sort_by("article_id"), counts, articles_path)

    def _progress_of(self, stage: str) -> Callable[[int, int], None]:
        return lambda count, total: self._progress(stage, count, total)

    def _links_table(self, links: Links) -> pa.Table:
        """Lay out the links with their passages in code points, ordered by the articles' ids."""
        corpus = self._corpus
        later, earlier = links.later, links.earlier
        pairs = np.stack([later, earlier], axis=1)
        is_known = self._comparison.order_known(pairs)
        lag = np.where(is_known, corpus.since[later] - corpus.since[earlier], 0) // 1_000_000
        offsets = passage_offsets(
            self._archive, corpus, pairs, links.passages, self._progress_of(stages.WHERE)
        )
        ends = np.concatenate([[0], np.cumsum(np.bincount(links.passages.pair, minlength=len(later)))])
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
                links.words,
                links.words / corpus.counts[later],
                links.source_words / corpus.counts[earlier],
                pa.array(lag, pa.int64(), mask=~is_known),
                is_known,
                links.near,
                passages,
            ],
            schema=LINKS_SCHEMA,
        )
        return table.sort_by([("article_id", "ascending"), ("source_id", "ascending")])
