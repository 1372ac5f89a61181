"""`masthead press`: print a made-up press to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.terminal.output import emit_json, progress, say
from masthead.errors import UsageError

_Setting = Annotated[str, typer.Option(help="easy, medium, hard or messy.")]
_Seed = Annotated[int, typer.Option(help="The same seed gives the same press.")]


def register(app: typer.Typer) -> None:
    """Add the `press` commands to the command line."""
    group = typer.Typer(help="A made-up press with planted facts.", no_args_is_help=True)
    group.command("make")(make)
    app.add_typer(group, name="press")


def make(
    file: Annotated[Path, typer.Argument(help="Where to write the articles: .jsonl, .csv or .parquet.")],
    articles: Annotated[int, typer.Option(min=1, help="How many articles.")] = 2000,
    seed: _Seed = 1,
    setting: _Setting = "medium",
    null: Annotated[bool, typer.Option("--null", help="Plant nothing: all outlets behave alike.")] = False,
    also: Annotated[
        list[str] | None,
        typer.Option(help="Plant this too: allegiance, phrases, forecasts, boycott … Again for more."),
    ] = None,
    mess: Annotated[
        list[str] | None,
        typer.Option(
            help="Plant this mess alone: standing, absent, twice, repeats, damage … Again for more."
        ),
    ] = None,
    grammar: Annotated[str, typer.Option(help="first or held-out: other words for the same.")] = "first",
    mirror: Annotated[str | None, typer.Option(help="Two subjects that change places, as a,b.")] = None,
    study: Annotated[
        Path | None, typer.Option(help="Also write a study file that surveys the press.")
    ] = None,
    truth: Annotated[Path | None, typer.Option(help="Also write what was planted, as JSON.")] = None,
    archive: Annotated[str, typer.Option(help="The archive that the study file names.")] = "press.archive",
    json_: Annotated[bool, typer.Option("--json", help="Print what was written as JSON.")] = False,
) -> None:
    """Make a press of fictional articles, and say what was planted in it."""
    from masthead import press

    plant = None
    if also:
        if null:
            raise UsageError("--null plants nothing, and --also was given", "one of the two", "leave one out")
        plant = frozenset((*press.PLANTS, *also))
    new_press = press.make(
        seed=seed,
        articles=articles,
        setting=setting,
        null=null,
        mirror=_pair(mirror),
        plant=plant,
        mess=mess,
        grammar=grammar,
    )
    with progress() as report:
        count = new_press.write(file, progress=lambda n: report("articles", n, articles))
    if study:
        study.write_text(new_press.study(archive=archive), encoding="utf-8")
    if truth:
        new_press.truth().write(truth)
    if json_:
        emit_json(
            {
                "file": file,
                "articles": count,
                "seed": seed,
                "setting": setting,
                "grammar": grammar,
                "study": study,
                "truth": truth,
            }
        )
        return
    say(f"{count:,} articles written to {file}")


def _pair(text: str | None) -> tuple[str, str] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2:
        raise UsageError(
            f"--mirror was given '{text}'", "two subjects with a comma between", "try verrin,tasmer"
        )
    return parts[0], parts[1]
