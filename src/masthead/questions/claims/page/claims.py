"""Whether the study's claims hold: verdicts, intervals against margins, and every other way to compute them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.charts.axes import ENDS, Axis, Range
from masthead.dossier.editions import Edition
from masthead.dossier.page import Page
from masthead.dossier.writing.notation import RATIOS, SHARES, Notation, notation_of
from masthead.dossier.writing.safe_text import outlet_anchor, slug
from masthead.measuring import MEASURES
from masthead.measuring.words import many_of
from masthead.questions.claims.page.counterexamples import COUNTED, SHOWN, Example, example, n_against
from masthead.study import Wire

VERDICTS = ("supported", "contradicted", "not enough evidence", "untestable")

EXPLAINED = "explained-by"
"""What a claim expects that is about factors: it rests on subjects, and its figures stand on the page of alignment."""

SOURCES = 8
"""So many outlets of a group are linked."""

_STYLES = {"supported": "v-for", "contradicted": "v-against", "not enough evidence": "v-open"}


@dataclass(frozen=True)
class Way:
    """The claim computed in one other way; `agrees` where the verdict is the same."""

    way: str
    verdict: str
    style: str
    agrees: bool
    range: Range
    n_units: int
    n_units_versus: int | None
    reason: str


@dataclass(frozen=True)
class Source:
    """The way to the sentences of one side: whose they are, and how many there are of how many."""

    outlet: str
    href: str
    sums: str


@dataclass(frozen=True)
class Verdict:
    """One claim and what became of it."""

    id: str
    hash: str
    text: str
    terms: dict[str, str]
    verdict: str
    style: str
    reason: str
    what_it_takes: str
    range: Range
    value: str
    value_versus: str
    stretches: list[tuple[str, str]]
    margins: list[str]
    n_units: int
    n_units_versus: int | None
    unit: tuple[str, str]
    registration: Any
    registered_before: bool | None
    ways: list[Way]
    n_ways: int
    n_agree: int
    sources: list[Source]
    examples: list[Example]
    n_against: int

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"claim--{slug(self.id)}"

    @property
    def against(self) -> list[Way]:
        """The other ways that gave another verdict."""
        return [way for way in self.ways if not way.agrees]


@dataclass(frozen=True)
class Sentence:
    """A sentence that somebody wrote, and what became of each claim that it makes."""

    text: str
    claims: list[Verdict]

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """The sentence cut where a claim's words stand in it: each piece, with the style of that claim's verdict."""
        cuts, end = [], 0
        places = [
            (self.text.find(words), words, c.style) for c in self.claims if (words := c.text.strip(" .,;"))
        ]
        for start, words, style in sorted(place for place in places if place[0] >= 0):
            if start >= end:
                cuts += [(self.text[end:start], ""), (words, style)]
                end = start + len(words)
        return [piece for piece in (*cuts, (self.text[end:], "")) if piece[0]]


@dataclass(frozen=True)
class Verdicts:
    """All claims, in the order of the study, and how many came out each way."""

    claims: list[Verdict]
    counts: list[tuple[str, str, int]]
    sentences: list[Sentence]

    @property
    def alone(self) -> list[Verdict]:
        """The claims that no sentence makes."""
        ids = {claim.id for sentence in self.sentences for claim in sentence.claims}
        return [claim for claim in self.claims if claim.id not in ids]


def verdicts(boards: Mapping[Wire, Board], edition: Edition) -> Verdicts | None:
    """Return the verdicts on the study's claims; None where there are none.

    The way to a claim's sentences starts in the edition that leads, and ends in that of the claim's own wire copy.
    """
    findings = boards[edition.wire].findings
    rows = findings.verdicts.to_pylist()
    if not rows:
        return None
    ways: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for way in findings.ways.to_pylist():
        ways[way["claim"]].append(way)
    examples: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in findings.counterexamples.to_pylist():
        examples[one["claim"]].append(one)
    claims = [
        _verdict(boards, edition, row, ways.get(row["claim"], []), examples.get(row["claim"], []))
        for row in rows
    ]
    counts = [(name, style_of(name), sum(c.verdict == name for c in claims)) for name in VERDICTS]
    by_id = {claim.id: claim for claim in claims}
    sentences = [
        Sentence(sentence["text"], [by_id[one] for one in sentence["claims"] if one in by_id])
        for sentence in findings.about.get("sentences") or ()
    ]
    return Verdicts(claims, [c for c in counts if c[2]], sentences)


def style_of(verdict: str | None) -> str:
    """Return the style of a verdict."""
    return _STYLES.get(verdict or "", "v-none")


def _verdict(
    boards: Mapping[Wire, Board],
    edition: Edition,
    row: dict[str, Any],
    ways: list[dict[str, Any]],
    examples: list[dict[str, Any]],
) -> Verdict:
    board = boards[edition.wire]
    notation = board.notations.get(row["measure"] or "", SHARES)
    axis = axis_of(notation, row, ways)
    margin = float(row["margin"] or 0.0)
    expectation = _expectation(row, margin)
    return Verdict(
        id=row["claim"],
        hash=row["hash"] or "",
        text=row["text"] or row["claim"],
        terms=_terms(board, row, axis, margin),
        verdict=row["verdict"] or "untestable",
        style=style_of(row["verdict"]),
        reason=row["reason"] or "",
        what_it_takes=row["needed"] or "",
        range=_range(axis, row),
        value=notation.value(row["value"]),
        value_versus=notation.value(row["value_versus"]),
        stretches=_stretches(axis, *expectation),
        margins=_margins(axis, *expectation),
        n_units=int(row["n_units"] or 0),
        n_units_versus=row["n_units_versus"],
        unit=units_of(row),
        registration=row["registered"],
        registered_before=row["registered_before"],
        ways=[_way(axis, way, row["verdict"]) for way in ways],
        n_ways=int(row["n_ways"] or 0),
        n_agree=int(row["n_ways_agree"] or 0),
        sources=_sources(boards, edition, row),
        examples=[example(board, one) for one in examples[:SHOWN]],
        n_against=n_against(row),
    )


def axis_of(notation: Notation, row: Mapping[str, Any], ways: list[dict[str, Any]]) -> Axis:
    """Return an axis that holds the claim's interval, its margin and the estimates of the other ways."""
    if row["expect"] in COUNTED:
        return Axis(SHARES, 1.0, whole=True)
    if notation == RATIOS:
        return Axis(notation, math.inf)
    reach = [row["estimate"], row["conf_low"], row["conf_high"], (row["margin"] or 0.0) * 1.5]
    reach += [way["estimate"] for way in ways]
    furthest = max((abs(r) for r in reach if r is not None), default=1.0)
    return Axis(notation, next((end for end in ENDS if end >= furthest), ENDS[-1]))


def units_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """Return what a row of VERDICTS counts, one of them and many: subjects, or the units of its measure."""
    measure = MEASURES.get(row["measure"] or "")
    one = "subject" if row["expect"] == EXPLAINED else measure.unit if measure else "article"
    return one, many_of(one)


def range_of(row: Mapping[str, Any]) -> Range:
    """Return the estimate and interval of a row of VERDICTS, as they are written: points, means, ratios, or a share."""
    notation = notation_of(MEASURES[row["measure"]].declaration())
    return _range(axis_of(notation, row, []), row)


def _range(axis: Axis, row: Mapping[str, Any]) -> Range:
    return Range(axis, row["estimate"], row["conf_low"], row["conf_high"])


def _way(axis: Axis, row: Mapping[str, Any], verdict: str | None) -> Way:
    return Way(
        way=row["way"] or "",
        verdict=row["verdict"] or "untestable",
        style=style_of(row["verdict"]),
        agrees=row["verdict"] == verdict,
        range=_range(axis, row),
        n_units=int(row["n_units"] or 0),
        n_units_versus=row["n_units_versus"],
        reason=row["reason"] or "",
    )


def _terms(board: Board, row: Mapping[str, Any], axis: Axis, margin: float) -> dict[str, str]:
    """Return what the claim asks, word by word, for those of its parts that it has."""
    names = board.titles | {s.id: s.title for s in board.subjects}
    margin_text = axis.notation.value(margin) if axis.ratios or axis.whole else axis.notation.apart(margin)
    terms = {
        "Measure": row["measure"],
        "Subject": names.get(row["subject"], row["subject"]),
        "Category": row["category"],
        "Outlet": names.get(row["outlet"], row["outlet"]),
        "Set against": names.get(row["versus"], row["versus"]),
        "Expected": row["expect"],
        "Factor": board.factor_title(row["factor"]),
        "Portrayed better": row["toward"] and f"its {row['toward']} end",
        "Which adds nothing": board.factor_title(row["beyond"]),
        "Margin": margin_text if margin else "none",
        "Voice": row["voice"],
        "Wire copy": row["wire"],
    }
    return {name: str(value) for name, value in terms.items() if value}


def _expectation(row: Mapping[str, Any], margin: float) -> tuple[str, float]:
    """Return what a claim expects of its figure, and by how much: of what explains, of the slope of its factor."""
    if row["expect"] != EXPLAINED:
        return row["expect"] or "", margin
    # With another factor beside it, the margin is of what that one adds.
    return {"high": "more", "low": "less"}.get(row["toward"] or "", EXPLAINED), 0.0 if row[
        "beyond"
    ] else margin


def _stretches(axis: Axis, expect: str, margin: float) -> list[tuple[str, str]]:
    """Return the stretches of the axis where the claim holds: where each starts, and how wide it is."""
    if axis.ratios:
        low, high = (0.0, margin or 1.0) if expect in ("silent", "less") else (max(margin, 1.0), math.inf)
        spans = [(low, high)]
    else:
        spans = {
            "more": [(margin, axis.end)],
            "favourable": [(margin, axis.end)],
            "less": [(-axis.end, -margin)],
            "unfavourable": [(-axis.end, -margin)],
            "changed": [(-axis.end, -margin), (margin, axis.end)],
            # Where no end of the factor is named; without a margin any distance would do.
            "explained-by": [(-axis.end, -margin), (margin, axis.end)] if margin else [],
            "unchanged": [(-margin, margin)],
            "never": [(0.0, margin)],
            "always": [(1.0 - margin, 1.0)],
        }.get(expect, [])
    places = [(axis.at(low), axis.at(high)) for low, high in spans]
    return [(f"{a:.1f}%", f"{b - a:.1f}%") for a, b in places if b > a]


def _margins(axis: Axis, expect: str, margin: float) -> list[str]:
    """Return where the margin stands on the axis, on the side or sides that the claim is about."""
    if not margin:
        return []
    if axis.ratios or expect in ("more", "favourable", "never"):
        return [axis.place(margin)]
    if expect in ("less", "unfavourable"):
        return [axis.place(-margin)]
    if expect == "always":
        return [axis.place(1.0 - margin)]
    return [axis.place(-margin), axis.place(margin)]


def _sources(boards: Mapping[Wire, Board], edition: Edition, row: Mapping[str, Any]) -> list[Source]:
    """Return the ways to the sentences of the outlet, and of what it is set against."""
    wire: Wire = row["wire"] if edition.n_wire and row["wire"] in boards else edition.wire
    board = boards[wire]
    way = edition.way(wire) if not edition.root else ""
    groups: dict[str, list[str]] = defaultdict(list)
    for one in board.outlets:
        groups[one.group].append(one.id)
    if row["expect"] == EXPLAINED:
        is_on_page = row["outlet"] in board.findings.explanations["outlet"].to_pylist()
        at = f"#{outlet_anchor(row['outlet'])}" if is_on_page else ""
        return [Source(board.titles.get(row["outlet"], row["outlet"]), f"{way}alignment.html{at}", "")]
    members: list[str] = []
    for name in (row["outlet"], row["versus"]):
        members += [name] if name in board.titles else groups.get(name, []) if name else []
    sources = []
    for outlet in list(dict.fromkeys(members))[:SOURCES]:
        key = (row["measure"], row["subject"], row["category"], outlet)
        cell = board.cell(*key, row["voice"]) or board.cell(*key)
        if cell is not None:
            sums = (
                "" if cell.notation.even is not None else f"{cell.numerator:,.0f} of {cell.denominator:,.0f}"
            )
            sources.append(Source(board.titles[outlet], f"{way}{cell.href}", sums))
    return sources


PAGE = Page(
    name="claims",
    title="Do the claims hold?",
    templates=Path(__file__).parent,
    show=lambda editions: verdicts(editions.boards, editions.edition),
    symbol="v",
    alike=True,
    spot="before findings",
    place=0,
)
"""The page of claims, and its section of the index."""
