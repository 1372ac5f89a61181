"""`masthead validate claims`: verdicts on claims about presses whose labels are known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Presses, Seed


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("claims")
    def claims(
        presses: Presses = 10,
        articles: Annotated[int, typer.Option(min=200, help="Articles per press.")] = 1500,
        seed: Seed = 901,
        as_json: AsJson = False,
    ) -> None:
        """Judge claims about made-up presses, and print how many verdicts are wrong and how many claims are told.

        Two kinds of presses: outlets that use other labels than each other, and outlets that are all alike. Leaves
        with 1 where more verdicts are wrong than promised, by more than drawing explains.
        """
        from masthead.validation.presses.claims import PLANTS, grade_claims

        with progress() as report:
            grades = [
                grade_claims(kind, presses=presses, articles=articles, seed=seed, progress=report)
                for kind in PLANTS
            ]
        if as_json:
            emit_json([one.as_dict() for one in grades])
        else:
            emit(f"{presses} presses of {articles:,} articles of each kind, seeds from {seed}")
            for line in _lines([one.as_dict() for one in grades]):
                emit(line)
        if any(one.broken() for one in grades):
            raise typer.Exit(1)


def _lines(grades: list[dict[str, Any]]) -> Iterator[str]:
    yield "kind    expect      judged  decided   wrong"
    for grade in grades:
        for one in grade["expect"]:
            yield (
                f"{grade['kind']:7} {one['expect']:10} {one['judged']:7,} {one['decided']:8,} {one['wrong']:7,} "
                f"({one['wrong_share']:.1%})"
            )
    yield "kind    expect     an article speaks against it   contradicted"
    for grade in grades:
        for one in grade["counterexamples"]:
            yield (
                f"{grade['kind']:7} {one['expect']:10} {one['against']:28,} {one['contradicted']:14,} "
                f"({one['contradicted_share']:.1%})"
            )
    yield "kind    articles on the smaller side   clear claims   judged rightly"
    for grade in grades:
        for one in grade["power"]:
            from_ = f"from {one['articles_from']}"
            yield f"{grade['kind']:7} {from_:>28} {one['clear']:14,} {one['told_share']:16.0%}"
