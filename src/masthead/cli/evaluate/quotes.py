"""`masthead evaluate quotes`: how well attributions are read, beside articles in which people marked them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson, Processes
from masthead.cli.terminal.output import counted, emit, emit_json, progress

if TYPE_CHECKING:
    from masthead.validation.gold.portrayal import Interval
    from masthead.validation.gold.quotes import QuotesEvaluation


def register(evaluate: typer.Typer) -> None:
    """Add the command to `masthead evaluate`."""

    @evaluate.command("quotes")
    def quotes(
        folder: Annotated[
            Path, typer.Argument(help="The folder of marked articles.", show_default=False, metavar="DIR")
        ],
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Score how quotations and their speakers are read, beside what people marked.

        DIR holds text/NAME.txt and attributions/NAME_CODER.ann, as PolNeAR does. Contents are matched one to
        one where they share enough words: at least .3 or .8 of the longer one, or, in the looser columns, of the
        marked one. Intervals hold 95 times in 100, drawn over articles.
        """
        from masthead.validation.gold.gold_quotes import read_gold
        from masthead.validation.gold.quotes import evaluate_quotes

        articles, misfits = read_gold(folder)
        with progress() as report:
            found = evaluate_quotes(articles, processes=processes, progress=report)
        if as_json:
            emit_json({"folder": str(folder), "spans_left_out": misfits, **found.as_dict()})
            return
        for line in _lines(found):
            emit(line)
        if misfits:
            emit(f"note: {counted(misfits, 'marked span')} left out: the text has other words there")


def _lines(found: QuotesEvaluation) -> list[str]:
    """Lay out an evaluation as text."""
    lines = [
        f"{counted(found.articles, 'article')}, {found.sentences_parsed:,} of the {found.sentences:,} sentences "
        "near a mark or a cue parsed",
        "",
        "overlap of  at  attributions      marked   found  precision recall  F1",
    ]
    lines += [
        f"{one.rule:10} {one.threshold:>3}  {one.part:16} {one.marked:>7,} {one.found:>7,}  "
        f"{_point(one.precision):>9} {_point(one.recall):>6}  {_shown(one.f1)}"
        for one in found.scores
    ]
    lines += ["", f"{'speakers':16} {'asked':>7}  right"]
    lines += [f"{one.part:16} {one.n:>7,}  {_shown(one.accuracy)}" for one in found.speakers]
    if found.agreement:
        told = ", ".join(f"{f1:.3f} at {threshold}" for threshold, f1 in found.agreement.f1.items())
        lines += [
            "",
            f"two people on the same article agree with an F1 of {told} (all attributions, of the longer; "
            f"{counted(found.agreement.pairs, 'pair')} in {counted(found.agreement.articles, 'article')})",
        ]
    return lines


def _point(one: Interval) -> str:
    return "–" if one.value is None else f"{one.value:.3f}"


def _shown(one: Interval) -> str:
    return "–" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
