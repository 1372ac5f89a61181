"""The evidence: for every figure a static page with a spread sample of the sentences it was counted from."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.store import write_text_atomically
from masthead.dossier.board import Board, Cell, OutletView, SubjectView
from masthead.dossier.text import anchor, evidence_page, web_address

SENTENCES = 50
"""So many sentences are shown for one figure; where there are more, a spread sample of them."""

_INPUTS = re.compile(r'<meta name="masthead-inputs" content="([0-9a-f]{64})">')

# One row per use: a mention that carries two labels of one category is one sentence with two words marked.
# The first use in every article comes before the second in any, then by a hash of the article: spread, and
# the same sentences each time.
_SAMPLE = f"""
with uses as (
  select s.measure, s.subject, s.outlet, s.category, s.article_id, s.field, s.start,
         list(s.row order by s.label_start, s.row) as sources
  from source_keys s where s.outlet in (select outlet from shown)
  group by all
),
placed as (
  select *, row_number() over (partition by measure, subject, outlet, category, article_id
                               order by field, start) as nth
  from uses
),
picked as (
  select *, row_number() over (partition by measure, subject, outlet, category
                               order by nth, md5(article_id), article_id, field, start) as pick
  from placed
)
select row_number() over (order by subject, outlet, measure, category, pick) as use,
       measure, subject, outlet, category, sources
from picked where pick <= {SENTENCES}
"""


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: plain, the mention, a label, or both."""

    text: str
    mention: bool
    label: bool


@dataclass(frozen=True)
class Use:
    """One sentence that a figure was counted from."""

    published: Any
    title: str
    url: str | None
    in_title: bool
    voice: str
    labels: list[str]
    pieces: list[Piece]


@dataclass(frozen=True)
class EvidenceSection:
    """The sentences of one figure."""

    anchor: str
    measure: str
    category: str | None
    cell: Cell
    uses: list[Use]

    @property
    def total(self) -> int:
        """How many uses there are in all, of which `uses` shows a sample."""
        return max(round(self.cell.numerator), len(self.uses))


def cut(snippet: str, mention: tuple[int, int], labels: list[tuple[int, int]]) -> list[Piece]:
    """Cut a snippet at the ends of mention and labels, given as offsets in it; those outside are clipped."""
    size = len(snippet)
    spans = [(max(0, a), min(size, b)) for a, b in [mention, *labels]]
    ends = sorted({0, size, *(e for a, b in spans if a < b for e in (a, b))})
    pieces = []
    for start, end in pairwise(ends):
        inside = [a <= start and end <= b for a, b in spans]
        pieces.append(Piece(snippet[start:end], mention=inside[0], label=any(inside[1:])))
    return pieces


class Evidence:
    """The evidence pages of a board; it writes only those whose content changed."""

    def __init__(self, board: Board, template: jinja2.Template, shared: dict[str, Any], stamp: str) -> None:
        """`shared` is what every page says (the frame, the archive); `stamp` changes when templates do."""
        self._board = board
        self._template = template
        self._shared = shared
        self._stamp = stamp
        self._sources = board.findings.sources
        self._cells: dict[tuple[str, str], list[tuple[str, str | None, Cell]]] = defaultdict(list)
        for (measure, subject), categories in board.categories.items():
            for outlet in board.outlets:
                for category in categories:
                    cell = board.cell(measure, subject, category, outlet.id)
                    if cell is not None:
                        self._cells[subject, outlet.id].append((measure, category, cell))

    def write(self, folder: Path) -> set[str]:
        """Write the pages that are new or changed; return the paths in `folder` of all there should be."""
        picked = self._pick()
        digests = self._digests(picked)
        paths: set[str] = set()
        changed: list[tuple[SubjectView, OutletView, str, str]] = []
        for subject in self._board.subjects:
            for outlet in self._board.outlets:
                path = evidence_page(subject.id, outlet.id)
                paths.add(path)
                digest = self._inputs(subject, outlet, digests.get((subject.id, outlet.id), ""))
                if _written_inputs(folder / path) != digest:
                    changed.append((subject, outlet, path, digest))
        uses = self._uses(picked, {(s.id, o.id) for s, o, _, _ in changed})
        for subject, outlet, path, digest in changed:
            sections = [
                EvidenceSection(
                    anchor(category),
                    measure,
                    category,
                    cell,
                    uses.get((subject.id, outlet.id, measure, category), []),
                )
                for measure, category, cell in self._cells[subject.id, outlet.id]
            ]
            page = self._template.render(
                self._shared, subject=subject, outlet=outlet, sections=sections, inputs=digest
            )
            write_text_atomically(page, folder / path)
        return paths

    def _pick(self) -> pa.Table:
        """Choose the sentences; columns use, measure, subject, outlet, category, sources (row numbers)."""
        keys = ["measure", "subject", "outlet", "category", "article_id", "field", "start", "label_start"]
        narrow = self._sources.select(keys).append_column("row", pa.array(np.arange(self._sources.num_rows)))
        self._board.db.register("source_keys", narrow)
        return self._board.db.sql(_SAMPLE).to_arrow_table()

    def _digests(self, picked: pa.Table) -> dict[tuple[str, str], str]:
        """Return, for each subject and outlet, a digest of the sentences that its page will show."""
        rows, uses = _flat(picked)
        chosen = self._sources.take(rows).append_column("use", uses)
        self._board.db.register("chosen", chosen)
        found = self._board.rows(
            "select subject, outlet, sum(hash(chosen)) as digest from chosen group by subject, outlet"
        )
        return {(r["subject"], r["outlet"]): str(r["digest"]) for r in found}

    def _inputs(self, subject: SubjectView, outlet: OutletView, sentences: str) -> str:
        told = (self._stamp, self._shared, subject, outlet, self._cells[subject.id, outlet.id], sentences)
        return hashlib.sha256(repr(told).encode("utf-8", "replace")).hexdigest()

    def _uses(
        self, picked: pa.Table, pages: set[tuple[str, str]]
    ) -> dict[tuple[str, str, str, str | None], list[Use]]:
        """Return the sentences of the pages given, in order of time."""
        if not pages:
            return {}
        found: dict[tuple[str, str, str, str | None], list[Use]] = {}
        wanted = [r for r in picked.to_pylist() if (r["subject"], r["outlet"]) in pages]
        rows = self._sources.take(pa.array([i for r in wanted for i in r["sources"]], pa.int64())).to_pylist()
        at = 0
        for use in wanted:
            sources = rows[at : at + len(use["sources"])]
            at += len(sources)
            key = (use["subject"], use["outlet"], use["measure"], use["category"])
            found.setdefault(key, []).append(_use(sources))
        for uses in found.values():
            uses.sort(key=lambda u: (u.published is None, u.published or 0, u.title))
        return found


def _use(sources: list[dict[str, Any]]) -> Use:
    first = sources[0]
    shift = first["snippet_start"] or 0
    snippet = first["snippet"] or ""
    labels = [
        (s["label_start"] - shift, s["label_end"] - shift)
        for s in sources
        if s["label_start"] is not None and s["label_end"] is not None
    ]
    voice = {True: "quoted", False: "own", None: "unknown"}[first["quoted"]]
    return Use(
        published=first["published"],
        title=first["title"] or "",
        url=web_address(first["url"]),
        in_title=first["field"] == "title",
        voice=voice,
        labels=list(dict.fromkeys(s["label"] for s in sources if s["label"])),
        pieces=cut(snippet, ((first["start"] or 0) - shift, (first["end"] or 0) - shift), labels),
    )


def _flat(picked: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return the source rows of all uses, and beside each the use it belongs to."""
    sources = picked.column("sources").combine_chunks()
    parents = pc.list_parent_indices(sources)
    return sources.flatten(), picked.column("use").combine_chunks().take(parents)


def _written_inputs(path: Path) -> str | None:
    """Return the digest that a page on disk says it was made from."""
    try:
        with path.open(encoding="utf-8", errors="replace") as page:
            found = _INPUTS.search(page.read(2000))
    except OSError:
        return None
    return found.group(1) if found else None
