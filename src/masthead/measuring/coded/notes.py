"""What is said of figures beside what people coded: how many codings correct them, or how many are missing."""

from __future__ import annotations

from masthead.measuring.coded.rows import EstimateRow
from masthead.measuring.coded.units import FEWEST

COVERS = "the interval covers the mean of the model's readings, which no human coding has corrected"
"""Said of every estimate of portrayal that people's codes do not correct."""

WORKS = 0.667
"""Where coders agree less than this (Krippendorff's alpha), their codebook does not work."""


def correction_note(row: EstimateRow, before: str | None, is_signed: bool, n_periods: int) -> str:
    """Return the note of a corrected row of ESTIMATES; `before` is what was said of it by the reader alone."""
    plain, low, high = (
        _in_words(figure, is_signed)
        for figure in (row["plain_estimate"], row["plain_low"], row["plain_high"])
    )
    worth = row["worth"]
    words = _without_warning(before)
    if n_periods > 1:
        words.append(f"of {n_periods} periods together, so that {FEWEST} codings or more are of them")
    gain = "" if worth is None else f", worth {worth:,.0f} codings without the reader"
    words.append(
        f"corrected by {row['n_coded']:,} codings{gain}; the reader alone gives {plain} [{low}, {high}]"
    )
    alpha = row["alpha"]
    if alpha is not None and alpha < WORKS:
        words.append(f"coders agree too little (alpha {alpha:.2f}): the codebook does not work")
    return "; ".join(words)


def too_few(note: str | None, n: int, n_left: int) -> str:
    """Return the note of a row over all time that too few codings are of; `n_left` of its units nobody has coded."""
    there = "no coding is of it" if not n else f"{n} coding{'s are' if n > 1 else ' is'} of it"
    enough = n_left >= FEWEST - n
    more = (
        f"{FEWEST - n} more would correct it"
        if enough
        else f"{n + n_left} can be, and {FEWEST} would correct it"
    )
    return _with(note, f"{there}: {more}")


def of_series(note: str | None, n: int) -> str:
    """Return the note of a row over time where all codings make no two stretches."""
    words = f"by the reader alone: {n} codings are of all time, and too few of any two stretches of it"
    return _with(note, words)


def not_both(outlet: str) -> str:
    """Return the note of a comparison one side of which is corrected; `outlet` is the other."""
    return f"by the reader alone: too few codings are of {outlet} to correct it"


def _with(note: str | None, words: str) -> str:
    return "; ".join([*([note] if note else []), words])


def _without_warning(note: str | None) -> list[str]:
    return [part for part in (note or "").split("; ") if part and part != COVERS]


def _in_words(figure: float | None, is_signed: bool) -> str:
    if figure is None:
        return "none"
    return f"{figure:+.2f}".replace("-", "−") if is_signed else f"{100 * figure:.0f}%"
