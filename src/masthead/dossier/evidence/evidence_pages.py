"""The evidence: for every figure a static page with a spread sample of the sentences it was counted from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from masthead.dossier.board import Board
from masthead.dossier.evidence.model_guesses import (
    FOLDED,
    HEADINGS,
    Guess,
    choose,
    guess_of,
    heading,
    read_by_a_model,
)
from masthead.dossier.evidence.spread_sample import spread_sample
from masthead.dossier.leading_voice import whole_of
from masthead.dossier.page_files import Pages
from masthead.dossier.views import Cell
from masthead.dossier.writing.safe_text import anchor, evidence_page, web_address
from masthead.measuring import Marks, Words, own_words
from masthead.measuring.measure import VOICES

SENTENCES = 50
"""So many sentences are shown for one figure; where there are more, a spread sample of them."""

Page = tuple[str, str]
"""A page is about one subject in one outlet."""

Figures = list[tuple[str, str | None, list[Cell]]]
"""The figures of a page, in the order of its sections: measure, category, the figure in each voice."""


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: plain, the mention, a label, or both; or what stands around the article."""

    text: str
    mention: bool
    label: bool
    standing: bool = False


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
    guess: Guess | None = None


@dataclass(frozen=True)
class Group:
    """Some of the sentences of a figure, under a heading of their own where there is more than one group."""

    heading: str
    uses: list[Use]
    is_folded: bool = False


@dataclass(frozen=True)
class EvidenceSection:
    """The sentences of one figure, and the same figure in other voices where the page sets them beside it."""

    anchor: str
    measure: str
    category: str | None
    cell: Cell
    others: list[Cell]
    groups: list[Group]
    words: Words
    by_the_unit: bool
    """True where the denominator counts units, so that how many there are need not be said again."""

    @property
    def n_shown(self) -> int:
        """How many sentences the page shows."""
        return sum(len(group.uses) for group in self.groups)

    @property
    def total(self) -> int | None:
        """How many uses there are in all, of which the groups show a sample; None where only words were counted."""
        if not self.words.counts_passages:
            return None if self.n_shown >= SENTENCES else self.n_shown
        return max(round(self.cell.numerator), self.n_shown)


def cut(
    snippet: str,
    mention: tuple[int, int],
    labels: Sequence[tuple[int, int]],
    standing: Sequence[tuple[int, int]] = (),
) -> list[Piece]:
    """Cut a snippet at the ends of mention, labels and standing text, given as offsets in it.

    Those outside are clipped.
    """
    size = len(snippet)
    spans = [(max(0, a), min(size, b)) for a, b in [mention, *labels, *standing]]
    n = 1 + len(labels)
    ends = sorted({0, size, *(e for a, b in spans if a < b for e in (a, b))})
    pieces = []
    for start, end in pairwise(ends):
        inside = [a <= start and end <= b for a, b in spans]
        pieces.append(Piece(snippet[start:end], inside[0], any(inside[1:n]), any(inside[n:])))
    return pieces


def picked_out(snippet: str, words: str | None) -> list[Piece]:
    """Cut a snippet so that some of its words stand out: where they stand first, whatever their case, if at all."""
    at = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", snippet, re.IGNORECASE) if words else None
    return cut(snippet, at.span() if at else (0, 0), [])


def write_evidence(board: Board, pages: Pages) -> None:
    """Write a page for every subject and outlet shown, unless it stands in the folder as it should be.

    Those that the editions share are written with the edition that leads.
    """
    sources = board.findings.sources
    guesses = pc.is_in(sources["measure"], pa.array(read_by_a_model(board), pa.string()))
    without_guesses = sources.filter(pc.invert(guesses))
    outlets = [o for o in board.outlets if not board.evidence_way(o.id)]
    sample = spread_sample(without_guesses, [o.id for o in outlets], SENTENCES)
    with_guesses = choose(board)
    digests = [_digests(board, sample.drop_columns(["use"])), _digests(board, with_guesses)]
    cells = _cells(board)
    pages_to_write = []
    for subject in board.subjects:
        for outlet in outlets:
            key = (subject.id, outlet.id)
            inputs = pages.inputs(subject, outlet, cells[key], *(by_page.get(key) for by_page in digests))
            path = evidence_page(*key)
            if pages.needs(path, inputs):
                pages_to_write.append((subject, outlet, path, inputs))
    keys = {(subject.id, outlet.id) for subject, outlet, _, _ in pages_to_write}
    groups = {key: [Group("", uses)] for key, uses in _uses(board, sample, keys).items()}
    groups |= _guess_groups(board, with_guesses, keys)
    by_the_unit = {m["name"] for m in board.about["measures"] if m.get("denominator") == "1"}
    for subject, outlet, path, inputs in pages_to_write:
        sections = [
            EvidenceSection(
                anchor=anchor(measure, category),
                measure=measure,
                category=category,
                cell=cell,
                others=others,
                groups=groups.get((subject.id, outlet.id, measure, category), []),
                words=board.words(measure),
                by_the_unit=measure in by_the_unit,
            )
            for measure, category, (cell, *others) in cells[subject.id, outlet.id]
        ]
        pages.write(
            path,
            "evidence.html.j2",
            inputs,
            subject=subject,
            outlet=outlet,
            sections=sections,
            marks=_marks(sections),
            labelled=not sections or any(s.words.marks is None for s in sections),
            alone=outlet.id in board.outlets_alike,
        )


def _marks(sections: Sequence[EvidenceSection]) -> list[Marks]:
    """Return what is marked on a page where that is no mention with its label, each once."""
    return list(dict.fromkeys(s.words.marks for s in sections if s.words.marks is not None))


def _cells(board: Board) -> dict[Page, Figures]:
    """Return the figures of each page, by measure in their order; signed ones in every voice, the leading one first."""
    cells: dict[Page, Figures] = defaultdict(list)
    order = {name: at for at, name in enumerate(board.notations)}
    for (measure, subject), categories in sorted(
        board.categories.items(), key=lambda c: order.get(c[0][0], len(order))
    ):
        if subject is None or own_words(measure).page or whole_of(measure):
            continue
        for outlet in board.outlets:
            for category in categories:
                key = (measure, subject, category, outlet.id)
                cell = board.cell(*key)
                if cell is None:
                    continue
                others = []
                if cell.notation.is_signed:
                    beside = (board.cell(*key, voice) for voice in VOICES if voice != cell.voice)
                    others = [c for c in beside if c is not None and c.state != "empty"]
                cells[subject, outlet.id].append((measure, category, [cell, *others]))
    return cells


def _digests(board: Board, sample: pa.Table) -> dict[Page, int]:
    """Return, for each page, a digest of the sentences that it shows."""
    board.db.register("sample", sample)
    relation = board.db.sql("select subject, outlet, sum(hash(sample)) from sample group by subject, outlet")
    return {(subject, outlet): int(digest) for subject, outlet, digest in relation.fetchall()}


def _of_pages(sample: pa.Table, pages: set[Page]) -> pa.Table:
    keys = pa.array(["\0".join(page) for page in pages], pa.string())
    return sample.filter(
        pc.is_in(pc.binary_join_element_wise(sample["subject"], sample["outlet"], "\0"), keys)
    )


def _guess_groups(
    board: Board, sample: pa.Table, pages: set[Page]
) -> dict[tuple[str, str, str, str | None], list[Group]]:
    """Return the sentences that a model read, of the pages given: the extremes, some at random, more, other voices."""
    by_place: dict[tuple[str, str, str, str | None], dict[str, list[Use]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for row in _of_pages(sample, pages).to_pylist():
        leading = board.voice(row["measure"], row["outlet"]) in ("all", row["voice"])
        place = row["place"] if leading else "quoted"
        by_place[row["subject"], row["outlet"], row["measure"], None][place].append(_use(board, [row]))
    return {
        key: [
            Group(heading(place, uses), uses[place], is_folded=place in FOLDED)
            for place in HEADINGS
            if place in uses
        ]
        for key, uses in by_place.items()
    }


def _uses(
    board: Board, sample: pa.Table, pages: set[Page]
) -> dict[tuple[str, str, str, str | None], list[Use]]:
    """Return the sentences of the pages given, in order of time, by subject, outlet, measure and category."""
    uses: dict[tuple[str, str, str, str | None], list[Use]] = defaultdict(list)
    if not pages:
        return uses
    cell = itemgetter("subject", "outlet", "measure", "category")
    rows = _of_pages(sample, pages).to_pylist()
    for key, group in groupby(rows, key=cell):
        uses[key] += uses_of(board, list(group))
    return uses


def uses_of(board: Board, rows: list[dict[str, Any]]) -> list[Use]:
    """Make the uses of one figure from its rows of a spread sample, in order of time."""
    uses = [_use(board, list(group)) for _, group in groupby(rows, key=itemgetter("use"))]
    return sorted(uses, key=lambda u: (u.published is None, u.published or 0, u.title))


def _spans(text: str | None) -> list[tuple[int, int]]:
    """Read spans written as `start-end`, a blank between one and the next."""
    pairs = [span.split("-") for span in (text or "").split()]
    return [(int(pair[0]), int(pair[1])) for pair in pairs]


def _use(board: Board, sources: list[dict[str, Any]]) -> Use:
    """Make one use of its rows: the same mention, each with one label."""
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
        published=board.own_time(first["published"], first["outlet"]),
        title=first["title"] or "",
        url=web_address(first["url"]),
        in_title=first["field"] == "title",
        voice=voice,
        labels=list(dict.fromkeys(s["label"] for s in sources if s["label"])),
        pieces=cut(
            snippet,
            ((first["start"] or 0) - shift, (first["end"] or 0) - shift),
            labels,
            [(start - shift, end - shift) for start, end in _spans(first.get("standing"))],
        ),
        guess=guess_of(first),
    )
