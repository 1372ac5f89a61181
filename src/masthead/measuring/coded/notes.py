"""What is said of figures beside what people coded: how many codes correct them, or how many are missing."""

from __future__ import annotations

from typing import Any

from masthead.measuring.coded.units import FEWEST

Row = dict[str, Any]
"""A row of a table of figures."""

COVERS = "the interval covers the mean of the model's readings, which no human coding has corrected"
"""Said of every estimate of portrayal that people's codes do not correct."""

WORKS = 0.667
"""Where coders agree less than this (Krippendorff's alpha), their codebook does not work."""


def correction_note(row: Row, before: str | None, signed: bool, n_periods: int) -> str:
    """Return the note of a corrected row of ESTIMATES; `before` is what was said of it by the reader alone."""
    plain, low, high = (
        _in_words(row[name], signed) for name in ("plain_estimate", "plain_low", "plain_high")
    )
    worth = row["worth"]
    words = _without_warning(before)
    if n_periods > 1:
        words.append(f"of {n_periods} periods together, so that {FEWEST} codes or more are of them")
    gain = "" if worth is None else f", worth {worth:,.0f} codes without the reader"
    words.append(
        f"corrected by {row['n_coded']:,} codes of people{gain}; the reader alone gives {plain} [{low}, {high}]"
    )
    alpha = row["alpha"]
    if alpha is not None and alpha < WORKS:
        words.append(f"coders agree too little (alpha {alpha:.2f}): the codebook does not work")
    return "; ".join(words)


def too_few(row: Row, n: int) -> str:
    """Return the note of a row over all time that too few codes are of."""
    there = f"{n} code{'s' if n != 1 else ''} of people {'are' if n != 1 else 'is'} of it"
    return _with(
        row["note"], f"{there if n else 'no code of people is of it'}: {FEWEST - n} more would correct it"
    )


def of_series(row: Row, n: int) -> str:
    """Return the note of a row over time where all codes make no two stretches."""
    words = (
        f"by the reader alone: {n} codes of people are of all time, and too few of any two stretches of it"
    )
    return _with(row["note"], words)


def not_both(outlet: str) -> str:
    """Return the note of a comparison one side of which is corrected; `outlet` is the other."""
    return f"by the reader alone: too few codes of people are of {outlet} to correct it"


def _with(note: str | None, words: str) -> str:
    return "; ".join([*([note] if note else []), words])


def _without_warning(note: str | None) -> list[str]:
    return [part for part in (note or "").split("; ") if part and part != COVERS]


def _in_words(figure: float | None, signed: bool) -> str:
    if figure is None:
        return "none"
    return f"{figure:+.2f}".replace("-", "−") if signed else f"{100 * figure:.0f}%"
