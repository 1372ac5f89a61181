"""`masthead validate repeats`: how well an outlet's repeats are found on made-up presses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import progress, show
from masthead.cli.validate.options import Articles, Presses, Seed, Settings


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("repeats")
    def repeats(
        setting: Settings = None,
        presses: Presses = 5,
        articles: Articles = 800,
        seed: Seed = 1,
        quick: Annotated[bool, typer.Option("--quick", help="One press, medium.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Plant pages under other addresses, versions, print pages and live pages; print how many are folded."""
        from masthead.validation.presses.repeats import grade_repeats

        settings = ["medium"] if quick else setting or ["easy", "medium", "hard"]
        with progress() as report:
            grades = {
                name: grade_repeats(
                    setting=name,
                    presses=1 if quick else presses,
                    articles=articles,
                    seed=seed,
                    progress=report,
                ).as_dict()
                for name in settings
            }
        show(grades, _lines(grades, articles, seed), as_json)


def _lines(grades: dict[str, dict[str, Any]], articles: int, seed: int) -> Iterator[str]:
    presses = next(iter(grades.values()))["presses"]
    yield f"presses of {articles:,} articles and what repeats them, {presses} per setting, seeds from {seed}"
    yield "setting   folded  precision  recall   of repeats, found; of others, folded"
    for name, one in grades.items():
        found = [f"{kind} {n['found']:,} of {n['pages']:,}" for kind, n in one["kinds"].items()]
        others = [f"{kind} {n['folded']:,} of {n['pages']:,}" for kind, n in one["apart"].items()]
        told = "; ".join(", ".join(some) for some in (found, others) if some)
        yield f"{name:8} {one['folded']:7,}  {_share(one['precision']):>9}  {_share(one['recall']):>6}   {told}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
