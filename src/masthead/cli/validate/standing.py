"""`masthead validate standing`: how well standing text is marked on presses that plant it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Articles, Presses, Seed, Setting


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("standing")
    def standing(
        setting: Setting = "medium",
        presses: Presses = 5,
        articles: Articles = 1500,
        seed: Seed = 101,
        quick: Annotated[bool, typer.Option("--quick", help="One press of 800 articles.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Plant what stands around articles, and print which of its words are marked, and which marks are right.

        Planted are datelines, bylines, credits, links, footers, corrections and their like, notices in place of
        articles, and paragraphs that stand twice; and beside them what looks like these and is the article's own.
        """
        from masthead.validation.presses.standing import grade_standing

        with progress() as report:
            told = grade_standing(
                setting=setting,
                presses=1 if quick else presses,
                articles=800 if quick else articles,
                seed=seed,
                progress=report,
            ).as_dict()
        if as_json:
            emit_json(told)
            return
        made = "one press" if told["presses"] == 1 else f"{told['presses']} presses"
        emit(f"{made}, {told['articles']:,} articles, {setting}, seeds from {seed}")
        emit(f"words: precision {_figure(told['precision'])}  recall {_figure(told['recall'])}")
        for line in (
            *_lines("planted, and marked so much of it", told["planted"]),
            *_lines("marked, and right so much of it", told["marked"]),
            *_lines("the article's own, and marked so much of it", told["own"]),
        ):
            emit(line)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _lines(title: str, kinds: dict[str, dict[str, Any]]) -> Iterator[str]:
    yield ""
    yield f"{title:46}  words   share"
    for kind, one in kinds.items():
        yield f"  {kind:44} {one['words']:6,}  {one['share']:6.3f}"
