"""Commands that take a study of real articles: names swapped in every article, articles dealt to other outlets."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import OtherArchive, Processes, open_study
from masthead.cli.terminal.output import Report, counted
from masthead.cli.validate.options import Measured, RealStudy
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.validation.dealt_articles import Dealt
    from masthead.validation.mirror import Swapped

PAIR = "verrin,tasmer"
"""The actors of the fictional press that change places where no study is given."""


def mirror(
    report: Report,
    study: RealStudy = None,
    swap: Annotated[str, typer.Option(help="The ids of two subjects of one kind, with a comma.")] = PAIR,
    articles: Annotated[int, typer.Option(min=100, help="Articles of the made-up press.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The seed of the made-up press.")] = 5,
    archive: OtherArchive = None,
    processes: Processes = None,
) -> Measured:
    """Swap two actors in every article, survey again, and print how far the findings are the swapped ones.

    Nothing in Masthead knows who is who: what it finds of one in an archive, it must find of the other in
    the mirrored one. Names alone change places, not generic aliases, which are words of the language. Leaves
    with 1 where a figure of attention, naming or portrayal differs by more than rounding; the other measures
    read names as words too, and are printed.
    """
    from masthead.validation.mirror import PROMISED, surveyed_twice

    names = [name.strip() for name in swap.split(",")]
    if len(names) != 2 or not all(names):
        raise UsageError(f"--swap {swap}", "two ids of subjects, with a comma", f"such as {PAIR}")
    with tempfile.TemporaryDirectory(prefix="masthead-mirror-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        real_study, real_archive = open_study(study or _made_study(folder, articles, seed), archive)
        image = surveyed_twice(real_study, real_archive, (names[0], names[1]), folder, processes, report)
    figures = {
        "swapped": image.names,
        "articles_changed": image.n_changed,
        "measures": [{**asdict(one), "fair": one.fair} for one in image.measures],
    }
    lines = _mirror_lines(image.measures, image.names, image.n_changed)
    unfair = any(not one.fair and one.measure in PROMISED for one in image.measures)
    return Measured(figures, lines, unfair or not image.n_changed)


def _made_study(folder: Path, articles: int, seed: int) -> Path:
    """Write a hard press, its archive and its study into the folder; return the study's file."""
    from masthead import press
    from masthead.archive import Archive

    paper = press.make(seed=seed, articles=articles, setting="hard")
    paper.write(folder / "press.jsonl")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    study = folder / "study.toml"
    study.write_text(paper.study("press.archive"), encoding="utf-8")
    return study


def _mirror_lines(measures: list[Swapped], names: list[tuple[str, str]], n_changed: int) -> Iterator[str]:
    from masthead.validation.mirror import PROMISED

    yield f"swapped in {counted(n_changed, 'article')}: " + ", ".join(f"{a} and {b}" for a, b in names)
    if not n_changed:
        yield "no article names either of them: nothing is shown"
    yield f"{'measure':<10} {'figures':>8}  {'largest difference':>18}  {'on one side':>11}  {'findings':>8}  swapped"
    for one in measures:
        findings = "all" if not one.unswapped else f"all but {one.unswapped}"
        note = "" if one.fair or one.measure in PROMISED else "  (reads names as words)"
        yield (
            f"{one.measure:<10} {one.cells:8,}  {one.difference:18.1e}  {one.lost:11}  {one.findings:8}  "
            f"{findings}{note}"
        )


def kinship(
    report: Report,
    study: RealStudy = None,
    draws: Annotated[int, typer.Option(min=1, help="How often articles are dealt.")] = 20,
    articles: Annotated[int, typer.Option(min=100, help="Articles of the made-up press.")] = 1500,
    seed: Annotated[int, typer.Option(min=0, help="The seed of the press and of the deals.")] = 5,
    archive: OtherArchive = None,
    processes: Processes = None,
) -> Measured:
    """Deal articles to outlets at random and print how often kinship sees a difference where there is none.

    Every outlet keeps its number of articles. Counted are intervals that hold 0, and tests at the 5% level, between
    outlets and within stories. The archive is copied, and stays as it is.
    """
    from masthead.archive import Archive
    from masthead.validation.dealt_articles import dealt_at_random

    with tempfile.TemporaryDirectory(prefix="masthead-kinship-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        real_study, real_archive = open_study(study or _made_study(folder, articles, seed), archive)
        copy = Archive.open(Path(shutil.copytree(real_archive.path, folder / "copy.archive")))
        deals = dealt_at_random(
            real_study, copy, draws=draws, seed=seed, processes=processes, progress=report
        )
    return Measured([asdict(one) for one in deals], _kinship_lines(deals))


def _kinship_lines(deals: list[Dealt]) -> Iterator[str]:
    yield f"{deals[0].draws} deals; actors with wording of their own in the last: {deals[0].parties}"
    yield f"{'differences':<16} {'tested':>7}  {'intervals hold 0':>16}  {'p < .05':>8}  {'q < .05':>8}"
    for one in deals:
        zeros, false, findings = (
            f"{count / one.tested:.1%}" if one.tested else "–"
            for count in (one.covered, one.false, one.found)
        )
        yield f"{one.what:<16} {one.tested:7,}  {zeros:>16}  {false:>8}  {findings:>8}"
