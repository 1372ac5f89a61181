"""`masthead validate press`: how much of what made-up presses plant is found, and how far mess moves the figures."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Articles, Presses, Seed
from masthead.errors import UsageError


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("press")
    def press(
        setting: Annotated[
            list[str] | None, typer.Option(help="easy, medium, hard or messy; again for more.")
        ] = None,
        presses: Presses = 3,
        articles: Articles = 800,
        seed: Seed = 1,
        by_kind: Annotated[
            bool, typer.Option("--by-kind", help="With messy: also each group of mess alone.")
        ] = False,
        mess: Annotated[
            list[str] | None,
            typer.Option(help="With messy: also this group or kind of mess alone; again for more."),
        ] = None,
        as_json: AsJson = False,
    ) -> None:
        """Survey made-up presses and print how much of what they planted was found.

        Of the messy setting: how often the intervals of attention, naming and portrayal hold what the clean articles
        say, for the clean press and the messy one. An interval of portrayal covers the mean of the model's readings, so
        what the clean press has is what to compare the messy one with.
        """
        from masthead.press.mess import MESS, MESSY
        from masthead.validation.presses.grading import grade
        from masthead.validation.presses.mess import grade_mess

        settings = setting or ["easy", "medium", "hard"]
        alone = [*(MESS if by_kind else ()), *(mess or ())]
        if alone and MESSY not in settings:
            raise UsageError(
                "kinds of mess were asked for without mess", "--setting messy with them", "add it"
            )
        with progress() as report:
            grades = [
                grade(name, presses=presses, articles=articles, seed=seed, progress=report).as_dict()
                for name in settings
                if name != MESSY
            ]
            moved = []
            if MESSY in settings:
                found = grade_mess(
                    presses=presses, articles=articles, seed=seed, alone=alone, progress=report
                )
                moved = [one.as_dict() for one in found]
        if as_json:
            emit_json([*grades, *({"setting": MESSY, **one} for one in moved)])
            return
        emit(f"{presses} presses of {articles:,} articles per setting, seeds from {seed}")
        if grades:
            emit(
                "setting  mentions: precision recall   labels: precision recall     F1   shares  inside  error"
            )
            for one in grades:
                emit(_graded(one))
        if moved:
            for line in mess_lines(moved):
                emit(line)


def mess_lines(grades: list[dict[str, Any]]) -> list[str]:
    """Lay out what holds what the clean articles say: told and inside of how many cells, error and bias."""
    names = [name for name, value in grades[0].items() if isinstance(value, dict)]
    head = "".join(f"{name + ': told':>18}  inside  error    bias" for name in names)
    lines = [f"{'mess':<10}{head}"]
    for one in grades:
        figures = ""
        for name in names:
            held = one[name]
            told = f"{held['told']} of {held['cells']}"
            figures += f"{told:>18}  "
            # So few articles may leave nothing to compare.
            figures += "     –" if held["inside"] is None else f"{held['inside']:6.1%}"
            figures += (
                "      –       –"
                if held["bias"] is None
                else f"  {held['mean_absolute_error']:.3f}  {held['bias']:+.3f}"
            )
        lines.append(f"{one['mess']:<10}{figures}")
    return lines


def _graded(one: dict[str, Any]) -> str:
    """Lay out the grade of one setting as a line."""
    mentions, labels = one["mentions"], one["labels"]
    found = f"{mentions['precision']:19.3f}  {mentions['recall']:.3f}"
    told = f"{labels['precision']:19.3f}  {labels['recall']:.3f}  {labels['f1']:.3f}"
    # So few articles may leave no share to compare.
    inside, error = one["shares_inside"], one["mean_absolute_error"]
    shares = f"{one['shares']:7}  " + ("     –      –" if error is None else f"{inside:6.1%}  {error:.3f}")
    return f"{one['setting']:<7}{found}{told}{shares}"
