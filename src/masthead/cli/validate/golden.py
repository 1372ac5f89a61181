"""`masthead validate golden`: whether the same articles still give the same tables and pages."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.output import Report
from masthead.cli.validate.options import Measured
from masthead.errors import UsageError, nearest

if TYPE_CHECKING:
    from masthead.validation.golden import Hashes

_SHOWN = 20
"""So many lines of a difference are printed."""


def golden(
    report: Report,
    file: Annotated[Path, typer.Argument(help="The file of golden hashes.", show_default=False)],
    write: Annotated[bool, typer.Option("--write", help="Write what comes out now into the file.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="One golden survey; again for more.")] = None,
    studies: Annotated[Path, typer.Option(help="The folder of this repository's studies.")] = Path("studies"),
    corpora: Annotated[
        Path | None, typer.Option(help="The folder of the corpora; without it, the demo's press alone.")
    ] = None,
    texts: Annotated[
        Path | None,
        typer.Option(
            help="Keep tables and pages here as text, and print what differs from those kept by the last run."
        ),
    ] = None,
    articles: Annotated[int, typer.Option(min=100, help="How many articles the demo's press has.")] = 4500,
) -> Measured:
    """Survey the golden archives again, and print which tables and pages are not what they were.

    Leaves with 1 where one differs. On another kind of processor than the file's, whose arithmetic differs in the
    last digits, differences are told and no fault.
    """
    from masthead.validation.golden import SURVEYS, Hashes, Sources, comparable, differing, hashes_now

    for name in only or ():
        if name not in SURVEYS:
            raise UsageError(f"no golden survey '{name}'", "one of them", nearest(name, SURVEYS))
    missing = [
        name
        for name, one in SURVEYS.items()
        if one.corpus and not (corpora and (corpora / one.corpus).is_file())
    ]
    before = Hashes.load(file) if file.is_file() or not write else Hashes("", {})
    surveys: list[dict[str, object]] = []
    lines: list[str] = []
    for name in SURVEYS:
        if name in missing or (only and name not in only):
            continue
        with tempfile.TemporaryDirectory(prefix="masthead-golden-", ignore_cleanup_errors=True) as folder:
            after = hashes_now(name, Path(folder), Sources(studies, corpora, articles), report)
            differences = differing(before, after).get(name)
            fault = bool(differences) and comparable(before, after)
            surveys.append({"survey": name, "differences": differences, "fault": fault})
            lines += _survey_lines(name, differences, before, after)
            if texts is not None:
                lines += _differences(Path(folder), texts)
        if write:
            before = Hashes(after.processor, {**before.surveys, **after.surveys})
            before.save(file)
    lines += [f"{name}: not made, its articles are not there" for name in missing]
    return Measured(
        {"surveys": surveys, "not_made": missing}, lines, not write and any(one["fault"] for one in surveys)
    )


def _survey_lines(name: str, differences: list[str] | None, before: Hashes, after: Hashes) -> Iterator[str]:
    """Say of one survey what differs."""
    from masthead.validation.golden import comparable

    n = len(after.surveys[name])
    if differences is None:
        yield f"{name}: {n} tables and pages, none written down before"
        return
    if not differences:
        yield f"{name}: all {n} tables and pages are what they were"
        return
    yield f"{name}: {len(differences)} of {n} are not what they were"
    yield from (f"    {entry}" for entry in differences)
    if not comparable(before, after):
        yield f"    no fault: made on another kind of processor ({after.processor}; before: {before.processor})"


def _differences(folder: Path, texts: Path) -> Iterator[str]:
    """Print the lines that differ from the texts of the last run, and keep those of this one."""
    for path in sorted(folder.glob("*/texts-*/**/*")):
        if not path.is_file():
            continue
        old = texts / path.relative_to(folder)
        text = path.read_text(encoding="utf-8")
        if old.is_file() and (was := old.read_text(encoding="utf-8")) != text:
            yield f"--- {path.relative_to(folder)}"
            lines = difflib.unified_diff(was.splitlines(), text.splitlines(), lineterm="", n=0)
            yield from (line[:300] for line in islice(lines, 2, _SHOWN + 2))
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_text(text, encoding="utf-8")
