"""What the commands of `masthead validate` share: their options, and how a function that measures becomes one."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import progress, show

Settings = Annotated[
    list[str] | None, typer.Option("--setting", help="easy, medium or hard; again for more.")
]
Setting = Annotated[str, typer.Option(help="easy, medium or hard.")]
Presses = Annotated[int, typer.Option(min=1, help="Presses of each setting or kind.")]
Articles = Annotated[int, typer.Option(min=100, help="Articles per press.")]
ManyArticles = Annotated[int, typer.Option(min=200, help="Articles per press.")]
Seed = Annotated[int, typer.Option(min=0, help="The seed of the first press.")]
Grammar = Annotated[
    str, typer.Option(help="The words of the presses: first, or held-out, on which no reader was mended.")
]
FirstNumber = Annotated[int, typer.Option("--seed", min=0, help="Where the random numbers start.")]
RealStudy = Annotated[
    Path | None,
    typer.Argument(
        help="A study of real articles; without it, of a made-up press.",
        metavar="[STUDY.toml]",
        show_default=False,
    ),
]

SETTINGS = ["easy", "medium", "hard"]


@dataclass(frozen=True)
class Measured:
    """What a command measured: as plain data, in lines of text, and whether a promise is broken."""

    figures: object
    lines: Iterable[str]
    is_broken: bool = False


def add_command(validate: typer.Typer, measure: Callable[..., Measured]) -> None:
    """Make a command of a function: its name, its docstring, and its arguments after the first, a `Report`.

    The command takes `--json` too, prints what the function measured, and leaves with 1 where a promise is broken.
    """

    def command(*, as_json: bool, **options: Any) -> None:
        with progress() as report:
            measurement = measure(report, **options)
        show(measurement.figures, measurement.lines, as_json)
        if measurement.is_broken:
            raise typer.Exit(1)

    signature = inspect.signature(measure, eval_str=True)
    as_json = inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=AsJson)
    parameters = [*list(signature.parameters.values())[1:], as_json]
    command.__dict__["__signature__"] = signature.replace(parameters=parameters)
    validate.command(measure.__name__, help=inspect.getdoc(measure))(command)


def one_or_more(presses: int) -> str:
    """Say how many presses there are."""
    return "one press" if presses == 1 else f"{presses} presses"


def dash_or(value: float | None, form: str = ".3f") -> str:
    """Lay out a figure; a dash where there is none."""
    return "–" if value is None else format(value, form)
