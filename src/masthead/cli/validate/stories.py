"""`masthead validate stories`: how well stories are read on made-up presses."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Articles, Presses, Seed, Settings


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("stories")
    def stories(
        setting: Settings = None,
        presses: Presses = 3,
        articles: Articles = 1500,
        seed: Seed = 1,
        quick: Annotated[bool, typer.Option("--quick", help="One hard press, without the baseline.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Read the stories of made-up presses and print how they agree with those that the presses tell.

        Beside it, average linkage over TF-IDF cosines, cut where it scores best (needs scikit-learn).
        """
        from masthead.validation.presses.stories import grade_stories

        settings = ["hard"] if quick else setting or ["easy", "medium", "hard"]
        with progress() as report:
            grades = [
                grade_stories(
                    name,
                    presses=1 if quick else presses,
                    articles=articles,
                    seed=seed,
                    baseline=not quick,
                    progress=report,
                ).as_dict()
                for name in settings
            ]
        if as_json:
            emit_json(grades)
            return
        made = "one press" if grades[0]["presses"] == 1 else f"{grades[0]['presses']} presses"
        emit(f"{made} of {articles:,} articles per setting, seeds from {seed}")
        emit("setting  B-cubed: precision  recall     F1  least F1   adjusted Rand   TF-IDF F1")
        for one in grades:
            emit(_line(one))


def _line(one: dict[str, Any]) -> str:
    """Lay out the grade of one setting as a line."""
    plain = "–" if one["baseline_f1"] is None else f"{one['baseline_f1']:.3f}"
    return (
        f"{one['setting']:<8} {one['precision']:18.3f}  {one['recall']:6.3f}  {one['f1']:.3f}  "
        f"{one['least_f1']:8.3f}  {one['adjusted_rand']:14.3f}  {plain:>10}"
    )
