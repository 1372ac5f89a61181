"""`masthead validate mirror`: swap two actors in every article, and see whether the findings are swapped."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.validation.mirror import Swapped

PAIR = "verrin,tasmer"
"""The actors of the fictional press that change places where no study is given."""


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("mirror")
    def mirror(
        study: Annotated[
            Path | None,
            typer.Argument(
                help="A study of real articles; without it, of a made-up press.",
                metavar="[STUDY.toml]",
                show_default=False,
            ),
        ] = None,
        swap: Annotated[str, typer.Option(help="The ids of two subjects of one kind, with a comma.")] = PAIR,
        articles: Annotated[int, typer.Option(min=100, help="Articles of the made-up press.")] = 400,
        seed: Annotated[int, typer.Option(min=0, help="The seed of the made-up press.")] = 5,
        archive: OtherArchive = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Swap two actors in every article, survey again, and print how far the findings are the swapped ones.

        Nothing in Masthead knows who is who: what it finds of one in an archive, it must find of the other in
        the mirrored one. Names alone change places, not generic aliases, which are words of the language. Leaves
        with 1 where a figure of attention, naming or portrayal differs by more than rounding; the other measures
        read names as words too, and are printed.
        """
        from masthead.surveying.run import survey
        from masthead.validation.mirror import PROMISED, compared, evened, mirrored, with_families_swapped

        pair = _pair(swap)
        folder = Path(tempfile.mkdtemp(prefix="masthead-mirror-"))
        try:
            path = study or made_study(folder, articles, seed)
            asked, straight = open_study(path, archive)
            even, names = evened(asked, pair)
            with progress() as report:
                image, changed = mirrored(straight, even, pair, folder / "mirror.archive")
                findings = survey(even, straight, processes=processes, progress=report)
                again = survey(with_families_swapped(even, pair), image, processes=processes, progress=report)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        told = compared(findings, again, pair)
        unfair = [one for one in told if not one.fair and one.measure in PROMISED]
        if as_json:
            measures = [{**asdict(one), "fair": one.fair} for one in told]
            emit_json({"swapped": names, "articles_changed": changed, "measures": measures})
        else:
            for line in _lines(told, names, changed):
                emit(line)
        if unfair or not changed:
            raise typer.Exit(1)


def _pair(swap: str) -> tuple[str, str]:
    names = [name.strip() for name in swap.split(",")]
    if len(names) != 2 or not all(names):
        raise UsageError(f"--swap {swap}", "two ids of subjects, with a comma", f"such as {PAIR}")
    return names[0], names[1]


def made_study(folder: Path, articles: int, seed: int) -> Path:
    """Write a hard press, its archive and its study into the folder; return the study's file."""
    from masthead import press
    from masthead.archive import Archive

    made = press.make(seed=seed, articles=articles, setting="hard")
    made.write(folder / "press.jsonl")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    study = folder / "study.toml"
    study.write_text(made.study("press.archive"), encoding="utf-8")
    return study


def _lines(told: list[Swapped], names: list[tuple[str, str]], changed: int) -> Iterator[str]:
    from masthead.validation.mirror import PROMISED

    yield f"swapped in {counted(changed, 'article')}: " + ", ".join(f"{a} and {b}" for a, b in names)
    if not changed:
        yield "no article names either of them: nothing is shown"
    yield f"{'measure':<10} {'figures':>8}  {'largest difference':>18}  {'on one side':>11}  {'findings':>8}  swapped"
    for one in told:
        kept = "all" if not one.unswapped else f"all but {one.unswapped}"
        note = "" if one.fair or one.measure in PROMISED else "  (reads names as words)"
        yield (
            f"{one.measure:<10} {one.cells:8,}  {one.difference:18.1e}  {one.lost:11}  {one.findings:8}  {kept}{note}"
        )
