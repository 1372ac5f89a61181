"""Silence: what outlets pass over, story by story and subject by subject, against what they would run by habit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from masthead.inference.silence.cells import OTHERS, Array, Cells, Whole
from masthead.inference.silence.counted import COUNTED, WHOLE
from masthead.inference.silence.design import Design, design
from masthead.inference.silence.model import Model, fit
from masthead.inference.silence.pairs import FALSE_SILENCES, PAIRS, Pair, pairs_table
from masthead.inference.silence.ways import Judgement, judge_all, otherwise

BAR = 0.8
"""A story passed over is conspicuous where it was at least so likely that the outlet would run it."""

EXPECTED = pa.schema(
    {
        "story": pa.string(), "day": pa.date32(), "outlet": pa.string(), "subject": pa.string(),
        "category": pa.string(), "covered": pa.bool_(), "expected": pa.float64(),
    }
)  # fmt: skip
"""The units: each story of each pair, and the probability that the outlet would have run it."""

STORIES = pa.schema(
    {
        "story": pa.string(), "outlet": pa.string(), "day": pa.date32(), "probability": pa.float64(),
        "others": pa.int64(), "covered_by": pa.list_(pa.string()), "subjects": pa.list_(pa.string()),
    }
)  # fmt: skip
"""Conspicuous silences: the likeliest first."""

COEFFICIENTS = pa.schema(
    {
        "kind": pa.string(), "term": pa.string(), "outlet": pa.string(), "value": pa.float64(),
        "spread": pa.float64(),
    }
)  # fmt: skip
"""In log-odds: an outlet's is its departure from the common one, whose outlet is null. spread: of the kind."""

CALIBRATION = pa.schema(
    {
        "low": pa.float64(),
        "high": pa.float64(),
        "n": pa.int64(),
        "predicted": pa.float64(),
        "covered": pa.float64(),
    }
)
"""By tenths of the predicted probability: its mean, and the share covered, of stories the model had not seen."""


@dataclass(frozen=True)
class Silences:
    """What was found. Where nothing can be said, `reason` says why and the tables are empty.

    chance: how many of `n_listed` conspicuous silences would be there by chance alone: the sum of 1 − p over all
    cells at least as likely as the bar, covered or not, with p the mean over the fits without each subject.
    taste: how much outlets differ in their interest in subjects beyond their habits, a standard deviation in
    log-odds: a pair must stand out against it to be called silent. ways: the pairs' figures in every way to count
    them (`counted.COUNTED`), where they were asked for.
    """

    pairs: pa.Table
    expectations: pa.Table
    stories: pa.Table
    coefficients: pa.Table
    calibration: pa.Table
    chance: float
    n_listed: int
    taste: float
    counts: dict[str, int]
    left_out: dict[str, str]
    ways: pa.Table
    reason: str | None = None

    @property
    def sentences(self) -> list[str]:
        """The findings in sentences, the null among them."""
        if self.reason:
            return [self.reason]
        calls = self.pairs["call"].to_pylist()
        n_tested = sum(p is not None for p in self.pairs["p"].to_pylist())
        silent = calls.count("silent")
        on_pairs = (
            "none covers so little of a subject that chance and differences of interest would not explain it"
            if not silent
            else f"{silent:,} cover at most half of what their habits make expected "
            f"(of such findings, at most {FALSE_SILENCES:.0%} should be false)"
        )
        return [
            f"of {n_tested:,} pairs of outlet and subject tested, {on_pairs}",
            f"{self.n_listed:,} likely {'story was' if self.n_listed == 1 else 'stories were'} passed over; "
            f"chance alone would bring {self.chance:.1f}",
        ]


def find_silences(cells: Cells, *, level: float = 0.95, bar: float = BAR, ways: bool = False) -> Silences:
    """Fit the model, compare what each outlet ran with what was expected of it, and list what stands out.

    `level` is that of the intervals. For each subject the model is fitted without the stories about it; then
    how the other outlets took up these stories, but not the outlet itself, says whether they were in demand. With
    `ways`, pairs are counted in other ways too.
    """
    reason = _reason(cells)
    if reason:
        return _nothing(cells, reason)
    grid = design(cells.table)
    if not grid.use.any():
        return _nothing(cells, "no story of which it is known whether an outlet left it out")
    judgement = judge_all(grid)
    largest, mean = _without_subjects(judgement)
    likely = grid.use & (largest >= bar)
    passed_over = likely & (grid.y == 0)
    pairs = pairs_table(grid, judgement.pairs, judgement.differing, level)
    return Silences(
        pairs=pairs,
        expectations=_expectations(cells.table, grid, judgement.pairs),
        stories=_stories(cells.table, grid, np.flatnonzero(passed_over), largest),
        coefficients=_coefficients(judgement.whole),
        calibration=_calibration(grid),
        chance=float((1 - mean[likely]).sum()),
        n_listed=int(passed_over.sum()),
        taste=judgement.differing.mean,
        counts=_counts(cells, grid),
        left_out=cells.left_out,
        ways=pa.concat_tables([_whole(pairs), otherwise(cells, judgement, level)])
        if ways
        else COUNTED.empty_table(),
    )


def _without_subjects(judgement: Judgement) -> tuple[Array, Array]:
    """The probability of each row by the fits without each of its subjects: the largest, and the mean.

    Rows without subjects have that of the whole fit. The largest says what was expected of an outlet whatever it
    makes of any of the subjects; being picked as the largest it is somewhat too large, which the mean is not.
    """
    largest, total, fits = (np.zeros(len(judgement.grid.y)) for _ in range(3))
    for pair in judgement.pairs:
        if pair.about.category is None:
            p = pair.unsure(judgement.differing.mean)
            largest[pair.rows] = np.maximum(largest[pair.rows], p)
            total[pair.rows] += p
            fits[pair.rows] += 1
    alone = fits == 0
    probability = judgement.whole.probability()
    return np.where(alone, probability, largest), np.where(alone, probability, total / np.maximum(fits, 1))


def _reason(cells: Cells) -> str | None:
    """Why nothing can be said, if so."""
    outlets = set(cells.table["outlet"].to_pylist())
    if not cells.stories:
        return "no story: undated articles are in none"
    if not cells.table.num_rows:
        few = "; ".join(f"{name} has {why}" for name, why in sorted(cells.left_out.items())[:3])
        together = (
            "no story that at least two outlets ran" if cells.alone == cells.stories else "no outlet to judge"
        )
        return f"{together}{': ' + few if few else ''}; what an outlet leaves out shows only beside what others ran"
    if not (cells.table["others"].to_numpy() >= OTHERS).any():
        return f"no story that {OTHERS} other outlets ran: there are {len(outlets)} outlets, and silence takes three"
    return None


def _nothing(cells: Cells, reason: str) -> Silences:
    counts = {"stories": cells.stories, "of_one_outlet": cells.alone, "eligible": 0, "unknown": 0}
    return Silences(
        pairs=PAIRS.empty_table(),
        expectations=EXPECTED.empty_table(),
        stories=STORIES.empty_table(),
        coefficients=COEFFICIENTS.empty_table(),
        calibration=CALIBRATION.empty_table(),
        chance=0.0,
        n_listed=0,
        taste=0.0,
        counts=counts,
        left_out=cells.left_out,
        ways=COUNTED.empty_table(),
        reason=reason,
    )


def _counts(cells: Cells, grid: Design) -> dict[str, int]:
    eligible = cells.table["others"].to_numpy()[grid.row] >= OTHERS
    return {
        "stories": cells.stories,
        "of_one_outlet": cells.alone,
        "eligible": int(eligible.sum()),
        "unknown": int((eligible & ~grid.use).sum()),
    }


# Tables -------------------------------------------------------------------------------------------------


def _whole(pairs: pa.Table) -> pa.Table:
    way = pa.array([WHOLE] * pairs.num_rows, pa.string())
    return pairs.append_column("way", way).select(COUNTED.names)


def _expectations(table: pa.Table, grid: Design, pairs: list[Pair]) -> pa.Table:
    parts = []
    for pair in pairs:
        cells = table.take(pa.array(grid.row[pair.rows]))
        n = len(pair.rows)
        parts.append(
            pa.table(
                {
                    "story": cells["story"],
                    "day": cells["day"],
                    "outlet": cells["outlet"],
                    "subject": pa.array([grid.subjects[pair.about.subject]] * n, pa.string()),
                    "category": pa.array([pair.about.category] * n, pa.string()),
                    "covered": cells["covered"],
                    "expected": pair.probability,
                }
            ).cast(EXPECTED)
        )
    return pa.concat_tables(parts) if parts else EXPECTED.empty_table()


def _stories(table: pa.Table, grid: Design, rows: Whole, probability: Array) -> pa.Table:
    """The conspicuous silences, likeliest first."""
    ran: dict[int, list[str]] = {}
    stories = set(grid.story[rows].tolist())
    for story, outlet in zip(grid.story[grid.y > 0].tolist(), grid.outlet[grid.y > 0].tolist(), strict=True):
        if story in stories:
            ran.setdefault(story, []).append(grid.outlets[outlet])
    cells = table.take(pa.array(grid.row[rows])).to_pylist()
    records = [
        {
            "story": cell["story"],
            "outlet": cell["outlet"],
            "day": cell["day"],
            "probability": float(probability[row]),
            "others": cell["others"],
            "covered_by": sorted(ran.get(int(grid.story[row]), [])),
            "subjects": cell["subjects"] or [],
        }
        for row, cell in zip(rows, cells, strict=True)
    ]
    records.sort(key=lambda one: (-round(one["probability"], 9), one["day"], one["story"], one["outlet"]))
    return pa.Table.from_pylist(records, STORIES)


def _coefficients(model: Model) -> pa.Table:
    rows = []
    for number, term in enumerate(model.design.terms):
        of_term = {"kind": term.kind, "term": term.name, "spread": model.spreads.departures[term.kind]}
        rows.append({**of_term, "outlet": None, "value": float(model.common[number])})
        rows += [
            {**of_term, "outlet": outlet, "value": float(model.departures[o, number])}
            for o, outlet in enumerate(model.design.outlets)
        ]
    return pa.Table.from_pylist(rows, COEFFICIENTS)


def _calibration(grid: Design, folds: int = 5) -> pa.Table:
    """Fit to four fifths of the stories, predict the fifth; stories are dealt out in order of their days."""
    prediction = np.zeros(len(grid.y))
    model = None
    for fold in range(folds):
        in_fold = grid.story % folds == fold
        model = fit(grid, ~in_fold, model)
        prediction[in_fold] = model.probability()[in_fold]
    tenth = np.minimum((prediction * 10).astype(int), 9)
    rows = []
    for number in range(10):
        inside = grid.use & (tenth == number)
        if inside.any():
            rows.append(
                {
                    "low": number / 10,
                    "high": (number + 1) / 10,
                    "n": int(inside.sum()),
                    "predicted": float(prediction[inside].mean()),
                    "covered": float(grid.y[inside].mean()),
                }
            )
    return pa.Table.from_pylist(rows, CALIBRATION)
