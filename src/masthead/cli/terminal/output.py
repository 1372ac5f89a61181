"""How every command speaks: data to stdout, talk to stderr, progress as bars or, in a log, a line a minute."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from masthead.cli.terminal.waiting import Lines

if TYPE_CHECKING:
    import pyarrow as pa
    from rich.progress import Progress, TaskID

Report = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""

# Articles are hostile: escape sequences recolour or rewrite a terminal, and bidirectional controls show a sentence in
# another order than it was written in. Line ends and tabs stay.
_CONTROLS = (
    *(c for c in (*range(32), *range(127, 160)) if chr(c) not in "\t\n"),
    *(0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)),
)
_SHOWN = dict.fromkeys(_CONTROLS, "\ufffd")
_ESCAPED = {c: f"\\u{c:04x}" for c in _CONTROLS}

_PIECE = 32_768


class ReaderLeftError(Exception):
    """Whoever read our stdout has closed it."""


def visible(text: str) -> str:
    """Return the text as it may be shown on a terminal: U+FFFD for each character that could steer it."""
    return text.translate(_SHOWN)


def emit_json(value: object) -> None:
    """Print `value` to stdout as one JSON document; dates and paths become text.

    What could steer a terminal is written as JSON's escapes, so that the data stay what they are wherever they go; all
    that is not ASCII is, where stdout is not UTF-8.
    """
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") in ("utf8", "utf8sig")
    text = json.dumps(value, ensure_ascii=not utf8, indent=2, default=str)
    _write(text.translate(_ESCAPED) + "\n")


def emit_csv(table: pa.Table) -> None:
    """Print a table to stdout as CSV, in UTF-8 whatever the terminal speaks; made visible on a terminal alone.

    A file or a program gets the texts as they are, but for the apostrophe of `masthead.spreadsheet`.
    """
    from masthead.spreadsheet import write_csv

    buffer = io.BytesIO()
    write_csv(table, buffer)
    if sys.stdout.isatty():
        _write(visible(buffer.getvalue().decode()))
        return
    try:
        sys.stdout.flush()
        left = buffer.getbuffer()
        while left:
            # Where Python does not buffer, a pipe takes what it can.
            left = left[sys.stdout.buffer.write(left) :]
    except BrokenPipeError:
        raise ReaderLeftError from None


def emit(*lines: str) -> None:
    """Print lines of data for people to stdout, made visible wherever they go: they may be shown later."""
    for line in lines:
        _write(visible(line) + "\n")


def show(document: object, lines: Iterable[str], as_json: bool) -> None:
    """Print what a command found: as JSON, or else as lines of text."""
    if as_json:
        emit_json(document)
    else:
        emit(*lines)


def say(*lines: str) -> None:
    """Print lines of talk to stderr, made visible."""
    for line in lines:
        sys.stderr.write(visible(line) + "\n")


def _write(text: str) -> None:
    try:
        # In pieces: of a write that a pipe takes only in part, Python keeps quiet until the next one.
        for at in range(0, len(text), _PIECE):
            sys.stdout.write(text[at : at + _PIECE])
    except BrokenPipeError:
        raise ReaderLeftError from None


def counted(n: int, one: str, many: str = "") -> str:
    """Return `n` with the noun it counts, in the plural where it is not 1: '1 article', '2,000 articles'."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def percent(row: Mapping[str, Any]) -> str:
    """Return a share (`estimate`) and its interval in per cent."""
    return f"{row['estimate']:6.1%} [{row['conf_low']:.1%}, {row['conf_high']:.1%}]"


@contextmanager
def progress() -> Iterator[Report]:
    """Show a bar per stage on stderr while the block runs; where stderr is no terminal, a line a minute.

    The bars are made when a stage is first told of: what is done at once shows none.
    """
    if not sys.stderr.isatty():
        with Lines(say) as lines:
            yield lines.report
        return
    stages: dict[str, TaskID] = {}
    bars: list[Progress] = []

    with ExitStack() as stack:

        def report(stage: str, count: int, total: int) -> None:
            if not bars:
                bars.append(stack.enter_context(_bars()))
            if stage not in stages:
                stages[stage] = bars[0].add_task(visible(stage).replace("\n", "\ufffd"), total=total)
            bars[0].update(stages[stage], completed=count, total=total)

        yield report


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}", markup=False),  # a file's name may look like markup
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
