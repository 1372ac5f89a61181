"""`masthead validate quotes`: who says what on made-up presses, beside what the presses told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.cli.terminal.output import Report
from masthead.cli.validate.options import (
    SETTINGS,
    Articles,
    Grammar,
    Measured,
    Presses,
    Seed,
    Settings,
    dash_or,
)

if TYPE_CHECKING:
    from masthead.validation.presses.quotes import QuotesFigures


def quotes(
    report: Report,
    setting: Settings = None,
    presses: Presses = 3,
    articles: Articles = 300,
    seed: Seed = 1,
    grammar: Grammar = "held-out",
) -> Measured:
    """Read who says what on made-up presses, and print how many attributions and speakers are right.

    The first grammar tells of words in quotation marks alone, so indirect speech is graded on the held-out one. A
    speaker without a name, such as `officials`, is no named speaker.
    """
    from masthead.validation.presses.quotes import grade_quotes

    grades = [
        grade_quotes(
            name, presses=presses, articles=articles, seed=seed, grammar=grammar, progress=report
        ).as_dict()
        for name in setting or SETTINGS
    ]
    lines = [
        f"{presses} presses of {articles:,} articles per setting, seeds from {seed}, {grammar} grammar",
        "setting  attributions: precision recall  direct  mixed  indirect   speakers: named  precision  recall",
        *map(_line, grades),
    ]
    return Measured(grades, lines)


def _line(one: QuotesFigures) -> str:
    recall, speakers = one["recall_by_kind"], one["speakers"]
    return (
        f"{one['setting']:<8}{dash_or(one['precision']):>23}  {dash_or(one['recall']):>5}"
        f"{dash_or(recall.get('direct')):>8}{dash_or(recall.get('mixed')):>7}{dash_or(recall.get('indirect')):>10}"
        f"{speakers['named']:18,}{dash_or(speakers['precision']):>11}{dash_or(speakers['recall']):>8}"
    )
