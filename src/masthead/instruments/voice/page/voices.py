"""Whom each outlet lets speak: shares of its attributed words, the names quoted most, the verbs for each subject."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import pyarrow.compute as pc

from masthead.dossier.board import Board
from masthead.dossier.evidence.evidence_pages import Use, uses_of
from masthead.dossier.evidence.spread_sample import spread_sample
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.instruments.voice.measure import UNKNOWN, Voice
from masthead.instruments.voice.stance import Stance
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words

SUBJECTS = 6
"""So many subjects, those given most words, have a column and a colour of their own."""

NAMES = 10
"""So many names are listed per outlet, those given most words."""

STANCES = 5
"""So many classes of verbs are listed per outlet and subject, the most frequent."""

EXAMPLES = 3
"""So many passages are shown of what an outlet gives to others, and to nobody in particular."""


@dataclass(frozen=True)
class Speaker:
    """A column of the table of speakers: a subject, or all others, or nobody in particular."""

    title: str
    subject: SubjectView | None
    category: str | None
    colour: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of a bar: where it starts and how long it is, in percent of the bar."""

    start: str
    length: str
    colour: str


@dataclass(frozen=True)
class Name:
    """Somebody whom an outlet quotes or cites, as it names him in full."""

    name: str
    subject: SubjectView | None
    words: int
    attributions: int
    n_articles: int


@dataclass(frozen=True)
class Verbs:
    """By which verbs an outlet reports one subject: classes and their shares, the most frequent first."""

    subject: SubjectView
    cells: list[tuple[str, Cell]]
    n_more: int

    @property
    def sure(self) -> bool:
        """Whether there are enough attributions for shares."""
        return any(cell.state == "shown" for _, cell in self.cells)


@dataclass(frozen=True)
class OutletVoices:
    """One outlet's speakers: a cell per column of the table, and what stands beneath.

    `too_few` are subjects to whom it gives words, in too few articles to say by which verbs.
    """

    outlet: OutletView
    cells: list[Cell | None]
    bar: list[Stretch]
    words: float
    n_articles: int
    names: list[Name]
    verbs: list[Verbs]
    too_few: list[SubjectView]
    examples: list[tuple[str, list[Use]]]


@dataclass(frozen=True)
class Voices:
    """Who speaks in all outlets; `n_more` subjects have no column for want of room."""

    speakers: list[Speaker]
    outlets: list[OutletVoices]
    n_more: int
    n_words: float
    words: Words

    @property
    def with_words(self) -> list[OutletVoices]:
        """The outlets that quote or cite anyone."""
        return [o for o in self.outlets if o.words]


def voices(board: Board) -> Voices | None:
    """Return who speaks in the outlets shown; None where the survey did not look at it."""
    if not board.measures(Voice.name):
        return None
    cells = {
        (subject, category, outlet): cell
        for (measure, subject, category, outlet, voice), cell in board.cells.items()
        if measure == Voice.name and voice == "all"
    }
    words_by_subject: dict[str, float] = defaultdict(float)
    for (subject, _, _), cell in cells.items():
        if subject is not None:
            words_by_subject[subject] += cell.numerator
    with_words = [s for s in board.subjects if s.id in words_by_subject]
    largest = sorted(with_words, key=lambda s: -words_by_subject[s.id])[:SUBJECTS]
    speakers = [
        Speaker(s.title, s, None, f"s{at}") for at, s in enumerate(s for s in with_words if s in largest)
    ]
    speakers += [
        Speaker("anybody else", None, OTHER, "others"),
        Speaker("nobody in particular", None, UNKNOWN, "nobody"),
    ]
    names, examples = _names(board), _examples(board)
    outlets = []
    for outlet in board.outlets:
        row = [cells.get((s.subject.id if s.subject else None, s.category, outlet.id)) for s in speakers]
        words = max((c.denominator for c in row if c), default=0.0)
        verbs = _verbs(board, outlet)
        outlets.append(
            OutletVoices(
                outlet=outlet,
                cells=row,
                bar=_bar(speakers, row),
                words=words,
                n_articles=max((c.n_units for c in row if c), default=0),
                names=names.get(outlet.id, []),
                verbs=[v for v in verbs if v.sure],
                too_few=[v.subject for v in verbs if not v.sure],
                examples=examples.get(outlet.id, []),
            )
        )
    # On a page of attributed words alone they are words.
    plain = replace(board.words(Voice.name), plural="words", singular="word")
    return Voices(speakers, outlets, len(with_words) - len(largest), sum(o.words for o in outlets), plain)


def _bar(speakers: list[Speaker], row: list[Cell | None]) -> list[Stretch]:
    """Lay the shares end to end; what is left is of subjects without a column."""
    bar, at = [], 0.0
    for speaker, cell in zip(speakers, row, strict=True):
        share = (cell.estimate or 0.0) if cell else 0.0
        if share > 0:
            bar.append(Stretch(f"{100 * at:.2f}%", f"{100 * share:.2f}%", speaker.colour))
        at += share
    return bar


def _names(board: Board) -> dict[str, list[Name]]:
    subjects = {s.id: s for s in board.subjects}
    names: dict[str, list[Name]] = defaultdict(list)
    rows = board.findings.speakers.to_pylist()
    rows.sort(key=lambda r: (-(r["words"] or 0), r["speaker"] or "", r["subject"] or ""))
    for r in rows:
        if len(names[r["outlet"]]) < NAMES and r["speaker"]:
            names[r["outlet"]].append(
                Name(
                    subjects[r["speaker"]].title if r["speaker"] in subjects else r["speaker"],
                    subjects.get(r["subject"]),
                    int(r["words"] or 0),
                    int(r["attributions"] or 0),
                    int(r["n_articles"] or 0),
                )
            )
    return names


def _verbs(board: Board, outlet: OutletView) -> list[Verbs]:
    verbs = []
    for subject in board.subjects:
        categories = board.categories.get((Stance.name, subject.id), [])
        cells = [
            (category, cell)
            for category in categories
            if category is not None
            and (cell := board.cell(Stance.name, subject.id, category, outlet.id)) is not None
            and cell.numerator
        ]
        cells.sort(key=lambda c: (-c[1].numerator, c[0]))
        if cells:
            verbs.append(Verbs(subject, cells[:STANCES], max(0, len(cells) - STANCES)))
    return verbs


def _examples(board: Board) -> dict[str, list[tuple[str, list[Use]]]]:
    """Return some passages of each outlet that are given to no subject, by whose they are."""
    sources = board.findings.sources
    of_no_subject = pc.and_(pc.equal(sources["measure"], Voice.name), pc.is_null(sources["subject"]))
    rows = spread_sample(sources.filter(of_no_subject), [o.id for o in board.outlets], EXAMPLES).to_pylist()
    titles = {OTHER: "to anybody else", UNKNOWN: "to nobody in particular"}
    by_outlet: dict[str, list[tuple[str, list[Use]]]] = defaultdict(list)
    for (outlet, category), group in groupby(rows, key=lambda r: (r["outlet"], r["category"])):
        by_outlet[outlet].append((titles.get(category, str(category)), uses_of(board, list(group))))
    return by_outlet


PAGE = Page(
    name="voices",
    title="Whom outlets let speak",
    templates=Path(__file__).parent,
    show=lambda editions: voices(editions.board),
    symbol="v",
    place=50,
)
"""The page of voices, and its section of the index."""
