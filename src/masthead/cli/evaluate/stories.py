"""`masthead evaluate stories`: how well articles are put together, beside stories that people made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson, Processes
from masthead.cli.terminal.output import counted, progress, show
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.validation.draws.clusterings import Figure
    from masthead.validation.gold.stories import StoriesEvaluation


def register(evaluate: typer.Typer) -> None:
    """Add the command to `masthead evaluate`."""

    @evaluate.command("stories")
    def stories(
        file: Annotated[Path, typer.Argument(help="The gold file.", show_default=False, metavar="GOLD")],
        column: Annotated[str, typer.Option(help="The column that names each article's story.")] = "story",
        mapping: Annotated[
            list[str] | None,
            typer.Option(
                "--map", metavar="FIELD=COLUMN", help="Which column is outlet, published, title, text."
            ),
        ] = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Score how articles are put together into stories, beside how people did.

        GOLD is a file of articles as `masthead add` takes it (CSV, TSV, JSONL, JSON, Parquet: outlet, date,
        title, text), with one more column: the story, any name, the same for all articles on one event. Articles
        without one stand by and are not scored. B-cubed, pairs and adjusted Rand index; intervals hold 95 times
        in 100, drawn over stories.
        """
        from masthead.validation.gold.stories import evaluate_stories

        with progress() as report:
            found = evaluate_stories(
                file, column=column, mapping=_mapping(mapping or []), processes=processes, progress=report
            )
        show({"file": str(file), **found.as_dict()}, _lines(found), as_json)


def _mapping(given: list[str]) -> dict[str, str]:
    told: dict[str, str] = {}
    for one in given:
        field, sign, column = one.partition("=")
        if not (sign and field and column):
            raise UsageError(f"--map {one}", "FIELD=COLUMN", "such as --map published=date")
        told[field] = column
    return told


def _lines(found: StoriesEvaluation) -> list[str]:
    """Lay out an evaluation as text."""
    told = found.agreement
    rows = [
        ("B-cubed", told.b_cubed_precision, told.b_cubed_recall, told.b_cubed_f1),
        ("pairs", told.pair_precision, told.pair_recall, told.pair_f1),
    ]
    lines = [
        f"{counted(found.scored, 'article')} in {told.true_groups:,} stories; read as {told.found_groups:,}",
        "",
        f"{'':8} {'precision':22} {'recall':22} F1",
        *(f"{name:8} {_shown(p):22} {_shown(r):22} {_shown(f)}" for name, p, r, f in rows),
        "",
        f"adjusted Rand index  {_shown(told.adjusted_rand)}",
    ]
    left_out = [
        (found.unlabelled, "stood by without a story"),
        (found.undated, "without a day of publication, scored as alone"),
        (found.duplicate, "said what another says"),
        (found.refused, "refused"),
    ]
    told_of = [f"{n:,} {what}" for n, what in left_out if n]
    return [
        *lines,
        *([f"articles: {'; '.join(told_of)}"] if told_of else []),
        *(f"note: {n}" for n in found.notes),
    ]


def _shown(one: Figure) -> str:
    return "–" if one.value is None else f"{one.value:.3f} [{one.low:.3f}, {one.high:.3f}]"
