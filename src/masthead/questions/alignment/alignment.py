"""With whom outlets side: the map of outlets and subjects, what explains it, its balance and its axes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.kept_json import read_kept_json, with_digest
from masthead.archive.store import write_text_atomically
from masthead.findings.about import SurveyedOutlet
from masthead.findings.findings import Findings
from masthead.findings.schemas import ALIGNMENT, EXPLANATIONS
from masthead.inference import false_discovery
from masthead.inference.alignment import MARGIN, Axes, Explanation, Stands, axes, balance, explain, set_apart
from masthead.inference.intervals import Array
from masthead.measuring.coded.about import CODING
from masthead.measuring.outlets import outlets_compared
from masthead.questions.alignment.about import (
    AlignmentAbout,
    AxesAbout,
    Balance,
    FactorValues,
    TieBalance,
)
from masthead.questions.alignment.bases import BASES, BESIDE, ESTIMATED, NAMING, PORTRAYAL, SIGNED, VOICE
from masthead.questions.alignment.factor_limits import factor_limits
from masthead.questions.alignment.following import following
from masthead.questions.alignment.label_portrayals import OutletFigure, favour_of_names, less_the_others
from masthead.questions.claims.kinds.portrayals import Asked, stands
from masthead.study import Study, Wire
from masthead.study.parts import WIRES

VERSION = "7"
"""Raised whenever the same figures and factors would give other answers than the last version of this code."""


class Aligned(NamedTuple):
    """The tables ALIGNMENT and EXPLANATIONS, and what is said of them."""

    alignment: pa.Table
    explanations: pa.Table
    about: AlignmentAbout


def alignment(units: Path, study: Study, findings: Findings) -> Aligned:
    """Return with whom a survey's outlets side, and what explains it.

    `units` is the file that the survey left, `findings` hold its estimates. The map takes these as people's codes
    corrected them; what factors explain is asked of the reader alone. Factors may change without a figure being made
    again; what was found with these ones is kept beside the units. Every outlet's own voice counts where it is known,
    and all of its words where it is not.
    """
    factors = [factor.model_dump(mode="json") for factor in study.factors]
    coding = CODING.get(findings.about)
    text = json.dumps([MARGIN, factors, *([coding["hash"]] if coding else [])], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    cache = units.with_name(f"alignment-{VERSION}-{digest}.json")
    contents = read_kept_json(cache)
    if contents is None:
        answers = _alignment(units, study, findings)
        contents = {
            "alignment": answers.alignment,
            "explanations": answers.explanations,
            "about": answers.about,
        }
        contents |= {name: contents[name].to_pylist() for name in ("alignment", "explanations")}
        write_text_atomically(json.dumps(with_digest(contents), ensure_ascii=False), cache)
        return answers
    return Aligned(
        pa.Table.from_pylist(contents["alignment"], ALIGNMENT),
        pa.Table.from_pylist(contents["explanations"], EXPLANATIONS),
        contents["about"],
    )


def _alignment(units: Path, study: Study, findings: Findings) -> Aligned:
    outlets = _outlets(study, findings)
    about: AlignmentAbout = {"said": factor_limits(study), "factors": _factors(study)}
    if PORTRAYAL not in study.measures:
        about["reason"] = (
            "the study does not ask for portrayal, and with whom an outlet sides is read from it"
        )
        return Aligned(ALIGNMENT.empty_table(), EXPLANATIONS.empty_table(), about)
    voices = {outlet["id"]: "own" if outlet["quotation_marks"] else "all" for outlet in outlets}
    explanations = _explanations(units, study, voices)
    rows: list[dict[str, Any]] = []
    about |= {"balance": {}, "axes": {}, "over_time": {}}
    current: _Map | None = None
    for wire in WIRES:
        cells = _cells(findings, study, units, voices, wire)
        if current is None or cells != current.cells:
            current = _Map(cells, study.level)
        rows += [{**row, "wire": wire, "voice": voices[str(row["outlet"])]} for row in current.rows]
        about["balance"][wire] = current.balance
        about["axes"][wire] = current.axes
        about["over_time"][wire] = following(
            units,
            study,
            voices,
            wire,
            {
                (row.outlet, row.answer.factor): row.answer
                for row in explanations
                if row.wire == wire and row.answer.beyond is None
            },
        )
    for row in rows:
        row["conf_level"] = study.level
    return Aligned(
        pa.Table.from_pylist(rows, ALIGNMENT),
        pa.Table.from_pylist([row.row(study.level) for row in explanations], EXPLANATIONS),
        about,
    )


def _outlets(study: Study, findings: Findings) -> list[SurveyedOutlet]:
    """The outlets of the map: those that are compared."""
    return outlets_compared(findings.about["outlets"], study)


def _factors(study: Study) -> list[FactorValues]:
    return [
        {
            "id": factor.id,
            "title": factor.title,
            "values": {subject: values[-1].value for subject, values in factor.values.items()},
            "dated": factor.is_dated,
        }
        for factor in study.factors
    ]


@dataclass
class _Explained:
    """What explains whom an outlet portrays better, in an edition; `q` is its false discovery rate."""

    outlet: str
    voice: str
    wire: Wire
    answer: Explanation
    q: float | None = None

    def row(self, level: float) -> dict[str, object]:
        """The row of EXPLANATIONS."""
        columns = {
            "outlet": self.outlet,
            "voice": self.voice,
            "wire": self.wire,
            "q": self.q,
            "conf_level": level,
        }
        return {**vars(self.answer), **columns}


def _explanations(units: Path, study: Study, voices: Mapping[str, str]) -> list[_Explained]:
    """The rows of EXPLANATIONS: per outlet, with wire copy and without; alike where the outlet ran none."""
    if not study.factors:
        return []
    alone = [Asked(outlet, voice, wire) for outlet, voice in voices.items() for wire in WIRES]
    beside = {
        one: one._replace(versus=tuple((o, v) for o, v in voices.items() if o != one.outlet)) for one in alone
    }
    portrayals = stands(units, study, [*alone, *beside.values()])
    titles = {factor.id: factor.title for factor in study.factors}
    rows: list[_Explained] = []
    for outlet, voice in voices.items():
        of: list[Explanation] = []
        before: tuple[Stands, Stands] | None = None
        for wire in WIRES:
            question = Asked(outlet, voice, wire)
            here = portrayals[question], portrayals[beside[question]]
            if before is None or not all(map(_same, before, here)):
                answers = explain(
                    here[0], level=study.level, margin=MARGIN, title_of=lambda name: titles[name]
                )
                of = [set_apart(one, here[1], study.level) for one in answers]
            before = here
            rows += [_Explained(outlet, voice, wire, one) for one in of]
    judged_rows = [row for row in rows if row.answer.beyond is None and row.answer.p is not None]
    rates = false_discovery([row.answer.p for row in judged_rows], [row.wire for row in judged_rows])
    for row, q in zip(judged_rows, rates, strict=True):
        row.q = q
    return rows


def _same(one: Stands, other: Stands) -> bool:
    return one.subjects == other.subjects and bool(
        np.array_equal(one.values, other.values)
        and np.array_equal(one.errors, other.errors)
        and all(np.array_equal(one.factors[f], other.factors[f], equal_nan=True) for f in one.factors)
    )


class _Cell(NamedTuple):
    """One figure of the map."""

    outlet: str
    subject: str
    basis: str
    estimate: float
    std_error: float | None
    low: float
    high: float
    n: int
    note: str | None
    calibrated: bool = False


def _cells(
    findings: Findings, study: Study, units: Path, voices: Mapping[str, str], wire: Wire
) -> list[_Cell]:
    """The figures of the map, basis after basis, with wire copy or without."""
    table = findings.estimates
    whole = pc.and_(pc.is_null(table["period_start"]), pc.equal(table["wire"], wire))
    rows = table.filter(pc.and_(whole, pc.is_valid(table["estimate"]))).to_pylist()
    cells = [
        _Cell(
            row["outlet"],
            row["subject"],
            row["measure"],
            *(row[k] for k in _CELL[3:]),
        )
        for row in rows
        if row["measure"] in ESTIMATED and voices.get(row["outlet"]) == row["voice"]
    ]
    by_basis = {NAMING: favour_of_names(units, voices, wire, study.level)}
    voice_rows = [
        OutletFigure(*(row[k] for k in ("outlet", "subject", "estimate", "conf_low", "conf_high", "n_units")))
        for row in rows
        if row["measure"] == VOICE and row["subject"] is not None and row["outlet"] in voices
    ]
    by_basis[VOICE] = less_the_others(sorted(voice_rows, key=lambda one: (one.subject, one.outlet)))
    for basis, figures in by_basis.items():
        for (outlet, subject), (value, low, high, n) in figures.items():
            cells.append(_Cell(outlet, subject, basis, value, None, low, high, n, BESIDE[basis]))
    return sorted(cells, key=lambda c: (BASES.index(c.basis), c.outlet, c.subject))


_CELL = (
    "outlet", "subject", "basis", "estimate", "std_error", "conf_low", "conf_high", "n_units", "note", "calibrated",
)  # fmt: skip
"""The columns of ALIGNMENT that a cell holds, in its order."""

_TOO_FEW = "fewer than three outlets portray three subjects in common, in two articles each"


class _Map:
    """The map made of one set of cells: its rows, its balance and its axes."""

    def __init__(self, cells: list[_Cell], level: float) -> None:
        self.cells = cells
        self._outlets = sorted({cell.outlet for cell in cells})
        self._subjects = sorted({cell.subject for cell in cells})
        at = {name: i for i, name in enumerate(self._outlets)}
        of = {name: i for i, name in enumerate(self._subjects)}
        shape = (len(at), len(of))
        values, errors = np.full(shape, np.nan), np.full(shape, np.nan)
        sizes, ties = np.zeros(shape), np.zeros(shape)
        for cell in cells:
            if cell.basis == PORTRAYAL:
                place = at[cell.outlet], of[cell.subject]
                values[place], sizes[place], ties[place] = cell.estimate, cell.n, side_of(cell.low, cell.high)
                errors[place] = np.nan if cell.std_error is None else cell.std_error
        places = axes(values, errors, sizes, level)
        first = _in_order(values, sizes, places.outlets if places else None)
        second = _in_order(values.T, sizes.T, places.subjects if places else None)
        self.rows = list(self._rows(places, dict(zip(self._outlets, first, strict=True)), at, of, second))
        self.axes = self._axes_about(places)
        self.balance: Balance = {**self._beside_means(places, at, of), "absolute": self._balance_told(ties)}

    def _rows(
        self,
        places: Axes | None,
        first: Mapping[str, int],
        at: Mapping[str, int],
        of: Mapping[str, int],
        second: list[int],
    ) -> Iterator[dict[str, object]]:
        for cell in self.cells:
            fit = None
            if places is not None and cell.basis == PORTRAYAL:
                value = float(places.with_axes[at[cell.outlet], of[cell.subject]])
                fit = None if np.isnan(value) else value
            yield {
                **dict(zip(_CELL, cell, strict=True)),
                "side": side_of(cell.low, cell.high) if cell.basis in SIGNED else None,
                "outlet_order": first[cell.outlet],
                "subject_order": second[of[cell.subject]],
                "fitted": fit,
                "fits": None if fit is None else cell.low <= fit <= cell.high,
            }

    def _axes_about(self, places: Axes | None) -> AxesAbout:
        if places is None:
            return {"reason": _TOO_FEW}
        outlets = (places.outlets, places.outlets_low, places.outlets_high)
        subjects = (places.subjects, places.subjects_low, places.subjects_high)
        return {
            "n": places.n,
            "p": places.p,
            "shares": places.shares,
            "said": _axes_said(places),
            "outlets": _places("outlet", self._outlets, outlets, places.n),
            "subjects": _places("subject", self._subjects, subjects, places.n),
        }

    def _beside_means(self, places: Axes | None, at: Mapping[str, int], of: Mapping[str, int]) -> TieBalance:
        """The balance of who is kinder, or harsher, to whom than outlets' and subjects' means make expected."""
        if places is None:
            return {"reason": _TOO_FEW}
        ties = np.zeros(places.means.shape)
        for cell in self.cells:
            middle = places.means[at[cell.outlet], of[cell.subject]]
            if cell.basis == PORTRAYAL and not np.isnan(middle):
                ties[at[cell.outlet], of[cell.subject]] = side_of(cell.low - middle, cell.high - middle)
        return self._balance_told(ties)

    def _balance_told(self, ties: Array) -> TieBalance:
        sure = int(np.abs(ties).sum())
        if sure and abs(int(ties.sum())) == sure:
            every = "the one sure tie is" if sure == 1 else f"all {sure} sure ties are"
            sign = "favourable" if ties.sum() > 0 else "unfavourable"
            return {"ties": sure, "reason": f"{every} {sign}, so that balance says nothing"}
        outcome = balance(ties)
        if outcome is None:
            return {
                "ties": sure,
                "reason": f"{sure} sure ties, and no two outlets share two of them: nothing to balance",
            }
        nodes = [
            *zip(self._outlets, outcome.rows, strict=True),
            *zip(self._subjects, outcome.columns, strict=True),
        ]
        against = np.argwhere((ties != 0) & (ties != np.outer(outcome.rows, outcome.columns)))
        return {
            "frustration": outcome.frustration,
            "ties": outcome.ties,
            "expected": outcome.expected,
            "p": outcome.p,
            "cycles": outcome.cycles,
            "balanced": outcome.balanced,
            "balanced_expected": outcome.balanced_expected,
            "p_balanced": outcome.p_balanced,
            "exact": outcome.exact,
            "permutations": outcome.permutations,
            "camps": [[name for name, camp in nodes if camp == one] for one in (1, -1)],
            "against": [[self._outlets[i], self._subjects[j]] for i, j in against.tolist()],
        }


def _places(
    key: str, names: Sequence[str], places: tuple[Array, Array, Array], n_axes: int
) -> list[dict[str, str | float]]:
    """Return the places of outlets or subjects, each with its interval, on every axis that is told from chance."""
    return [
        {
            key: name,
            **{
                f"{part}{suffix}": float(values[row, axis])
                for axis, suffix in list(enumerate(("", "_2")))[:n_axes]
                for part, values in zip(("place", "low", "high"), places, strict=True)
            },
        }
        for row, name in enumerate(names)
        if not np.isnan(places[0][row, 0])
    ]


def side_of(low: float, high: float) -> int:
    """Return on which side of 0 a whole interval lies: 1, −1, or 0 where it holds it."""
    return 1 if low > 0 else -1 if high < 0 else 0


def _in_order(values: Array, sizes: Array, places: Array | None) -> list[int]:
    """Where each row stands in the map: by its place on the axes, then by its mean; those without a place come last.

    The seriation by the first singular vector sets beside each other those who differ alike.
    """
    numbers = np.where(np.isnan(values), 0.0, values)
    counts = np.maximum((~np.isnan(values)).sum(axis=1), 1)
    means, size = numbers.sum(axis=1) / counts, sizes.sum(axis=1)
    first, second = (np.full(len(values), np.nan),) * 2 if places is None else places.T[:2]
    keys = (-size, -means, -np.nan_to_num(second), -np.nan_to_num(first), np.isnan(first) * 1.0)
    # Figures that are alike but for rounding are alike.
    order = np.lexsort([np.round(key, 9) for key in keys])
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.arange(len(values))
    return [int(rank) for rank in ranks]


def _axes_said(places: Axes) -> list[str]:
    left = ("beside outlets' and subjects' means", "beside these and the first")
    return [
        f"the {word} axis explains {100 * share:.0f}% of what is left {beside} (p {p:.3f})"
        for word, beside, share, p in zip(("first", "second"), left, places.shares, places.p, strict=False)
    ]
