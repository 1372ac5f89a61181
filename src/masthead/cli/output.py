"""How every command speaks: data to stdout, talk to stderr, progress only where somebody watches."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Report = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

# Articles are hostile: escape sequences could recolour or rewrite a terminal, and bidirectional overrides show
# a sentence in another order than it was written in. Line ends and tabs stay.
_CONTROLS = (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = dict.fromkeys(_CONTROLS, "\ufffd")


def emit_json(value: object) -> None:
    """Print `value` to stdout as one JSON document; dates and paths become text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
    sys.stdout.write("\n")


def emit(text: str) -> None:
    """Print a line of data to stdout; a control character, which could steer a terminal, shows as U+FFFD."""
    sys.stdout.write(text.translate(_SHOWN) + "\n")


def say(text: str) -> None:
    """Print a line of talk to stderr, its control characters shown as U+FFFD."""
    sys.stderr.write(text.translate(_SHOWN) + "\n")


def counted(n: int, one: str) -> str:
    """Return `n` with the noun it counts, in the plural where it is not 1: '1 article', '2,000 articles'."""
    return f"{n:,} {one if n == 1 else one + 's'}"


@contextmanager
def progress() -> Iterator[Report]:
    """Show a bar per stage on stderr while the block runs; show nothing where stderr is not a terminal.

    The bars are made when a stage is first told of: what is done at once shows none.
    """
    stages: dict[str, TaskID] = {}
    shown: list[Progress] = []

    with ExitStack() as stack:

        def report(stage: str, done: int, total: int) -> None:
            if not shown:
                shown.append(stack.enter_context(_bars()))
            if stage not in stages:
                stages[stage] = shown[0].add_task(stage, total=total)
            shown[0].update(stages[stage], completed=done, total=total)

        yield report


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
