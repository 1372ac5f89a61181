"""`masthead evaluate forecasts`: how well forecasts are read, beside sentences in which people marked them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import counted, show

if TYPE_CHECKING:
    from masthead.reading.parsing.parses import Parse
    from masthead.validation.gold.forecasts import ForecastsEvaluation
    from masthead.validation.gold.rates import Rate


def register(evaluate: typer.Typer) -> None:
    """Add the command to `masthead evaluate`."""

    @evaluate.command("forecasts")
    def forecasts(
        file: Annotated[
            Path, typer.Argument(help="The gold file.", show_default=False, metavar="GOLD.jsonl")
        ],
        mistakes: Annotated[
            bool, typer.Option("--mistakes", help="List the sentences that are misread.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        """Score how forecasts are read, beside sentences in which people marked them.

        Each line of GOLD.jsonl is an object with text, names (of the subjects in it), published and forecasts: a list
        of subject, told (forecast, plan or condition), voice (own or others), confidence and due. A sentence and
        subject are one case. Intervals hold 95 times in 100.
        """
        from masthead.validation.gold.forecasts import evaluate_forecasts
        from masthead.validation.gold.gold_forecasts import read_forecast_gold

        found = evaluate_forecasts(read_forecast_gold(file), _parse)
        show({"file": str(file), **found.as_dict()}, _lines(found, mistakes), as_json)


def _parse(sentences: dict[int, str]) -> dict[int, Parse]:
    from masthead.reading.parsing.parser import Parser
    from masthead.reading.parsing.parses import parse_of

    rows = Parser().parse(list(sentences.values())).to_pylist()
    return {key: parse_of(row) for key, row in zip(sentences, rows, strict=True)}


def _lines(found: ForecastsEvaluation, mistakes: bool) -> list[str]:
    lines = [
        f"{counted(found.sentences, 'sentence')}, {counted(found.pairs, 'case')}",
        "",
        f"{'':16} {'precision':28} recall",
        *(f"{one.part:16} {_rate(one.precision):28} {_rate(one.recall)}" for one in found.scores),
        "",
        f"wording right    {_rate(found.confidence)}",
        f"last day right   {_rate(found.due)}",
    ]
    if mistakes:
        lines += [
            "",
            *(
                f"{one.marked or 'nothing'} → {one.found or 'nothing'}: {one.subject}: {one.text}"
                for one in found.mistakes
            ),
        ]
    return lines


def _rate(one: Rate) -> str:
    if one.rate is None or one.low is None or one.high is None:
        return "–"
    return f"{one.rate:.3f} [{one.low:.3f}, {one.high:.3f}] of {one.of}"
