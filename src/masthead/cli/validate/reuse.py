"""`masthead validate reuse`: how well reprints are found on made-up presses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import progress, show
from masthead.cli.validate.options import Articles, Presses, Seed, Settings


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("reuse")
    def reuse(
        setting: Settings = None,
        presses: Presses = 3,
        articles: Articles = 1500,
        seed: Seed = 101,
        quick: Annotated[bool, typer.Option("--quick", help="One hard press.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Plant reprints at every degree of editing, cutting and misreading, and print how many are found.

        Beside the adjusted Rand index of the groups of near-duplicates stands that of MinHash alone, at the threshold
        that suits it best. The last line of settings is of presses with everything planted.
        """
        from masthead.validation.presses.reuse import grade_reuse

        asked = [("hard", False)] if quick else [(s, False) for s in setting or ("easy", "medium", "hard")]
        if not quick and setting is None:
            asked.append(("hard", True))
        with progress() as report:
            grades = [
                grade_reuse(
                    name,
                    presses=1 if quick else presses,
                    articles=articles,
                    seed=seed,
                    whole=whole,
                    progress=report,
                ).as_dict()
                for name, whole in asked
            ]
        show(grades, _lines(grades, articles, seed), as_json)


def _lines(grades: list[dict[str, Any]], articles: int, seed: int) -> Iterator[str]:
    yield f"{grades[0]['presses']} presses of {articles:,} articles per setting, seeds from {seed}"
    yield (
        "setting                    adjusted Rand  MinHash   pairs: precision  recall   "
        "wire: precision  recall   echo: taken   read"
    )
    for one in grades:
        wire, echo = one["wire"], one["echo"]
        yield (
            f"{one['setting']:26} {one['rand']:13.3f}  {one['minhash']:7.3f}  {one['precision']:17.3f}  "
            f"{one['recall']:6.3f}  {_figure(wire['precision']):>16}  {_figure(wire['recall']):>6}  "
            f"{_figure(echo['taken']):>12}  {_figure(echo['read']):>5}"
        )
    for one in grades:
        yield ""
        yield f"{one['setting']}, by degree                         reprints  in one group  linked"
        for name, degree in one["by_degree"].items():
            yield f"  {name:48} {degree['reprints']:8,}  {degree['found']:12.1%}  {degree['linked']:6.1%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
