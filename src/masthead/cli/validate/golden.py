"""`masthead validate golden`: whether the same articles still give the same tables and pages."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.errors import UsageError, nearest

if TYPE_CHECKING:
    from masthead.validation.golden import Hashes

File = Annotated[Path, typer.Argument(help="The file of golden hashes.", show_default=False)]
Write = Annotated[bool, typer.Option("--write", help="Write what comes out now into the file.")]
Only = Annotated[list[str] | None, typer.Option(help="One golden survey; again for more.")]
Studies = Annotated[Path, typer.Option(help="The folder of this repository's studies.")]
Corpora = Annotated[
    Path | None, typer.Option(help="The folder of the corpora; without it, the demo's press alone.")
]
Texts = Annotated[
    Path | None,
    typer.Option(
        help="Keep tables and pages here as text, and print what differs from those kept by the last run."
    ),
]

_SHOWN = 20
"""So many lines of a difference are printed."""


def register(validate: typer.Typer) -> None:
    """Add the command to the group."""

    @validate.command("golden")
    def golden(
        file: File,
        write: Write = False,
        only: Only = None,
        studies: Studies = Path("studies"),
        corpora: Corpora = None,
        texts: Texts = None,
        articles: Annotated[
            int, typer.Option(min=100, help="How many articles the demo's press has.")
        ] = 4500,
        as_json: AsJson = False,
    ) -> None:
        """Survey the golden archives again, and print which tables and pages are not what they were.

        Leaves with 1 where one differs. On another kind of processor than the file's, whose arithmetic differs in the
        last digits, differences are told and no fault.
        """
        from masthead.validation.golden import SURVEYS, Hashes, Sources, comparable, differing, made

        for name in only or ():
            if name not in SURVEYS:
                raise UsageError(f"no golden survey '{name}'", "one of them", nearest(name, SURVEYS))
        there = [
            name
            for name, one in SURVEYS.items()
            if one.corpus is None or (corpora is not None and (corpora / one.corpus).is_file())
        ]
        missing = [name for name in SURVEYS if name not in there]
        chosen = [name for name in there if not only or name in only]
        before = Hashes.load(file) if file.is_file() or not write else Hashes("", {})
        told: list[dict[str, object]] = []
        for name in chosen:
            with tempfile.TemporaryDirectory(prefix="masthead-golden-", ignore_cleanup_errors=True) as folder:
                with progress() as report:
                    after = made(name, Path(folder), Sources(studies, corpora, articles), report)
                differences = differing(before, after).get(name)
                fault = bool(differences) and comparable(before, after)
                told.append({"survey": name, "differences": differences, "fault": fault})
                lines = [*_told(name, differences, before, after)]
                if texts is not None:
                    lines += _differences(Path(folder), texts)
            for line in () if as_json else lines:
                emit(line)
            if write:
                before = Hashes(after.processor, {**before.surveys, **after.surveys})
                before.save(file)
        if as_json:
            emit_json({"surveys": told, "not_made": missing})
        else:
            for name in missing:
                emit(f"{name}: not made, its articles are not there")
        if not write and any(one["fault"] for one in told):
            raise typer.Exit(1)


def _told(name: str, differences: list[str] | None, before: Hashes, after: Hashes) -> Iterator[str]:
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


def _differences(made: Path, kept: Path) -> Iterator[str]:
    """Print the lines that differ from the texts of the last run, and keep those of this one."""
    for path in sorted(made.glob("*/texts-*/**/*")):
        if not path.is_file():
            continue
        old = kept / path.relative_to(made)
        text = path.read_text(encoding="utf-8")
        if old.is_file() and (was := old.read_text(encoding="utf-8")) != text:
            yield f"--- {path.relative_to(made)}"
            lines = difflib.unified_diff(was.splitlines(), text.splitlines(), lineterm="", n=0)
            yield from (line[:300] for line in islice(lines, 2, _SHOWN + 2))
        old.parent.mkdir(parents=True, exist_ok=True)
        old.write_text(text, encoding="utf-8")
