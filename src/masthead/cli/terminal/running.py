"""How a command begins and ends: its streams, its exit code, and what stops it before it is done.

Only the standard library is imported here, so that Ctrl-C is a sentence from the first moment on.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

from masthead.cli.terminal.output import ReaderLeftError, say
from masthead.errors import MastheadError, UsageError

READER_LEFT = 141
"""The exit code where whoever read our stdout left, as `head` does: what a shell says of other programs too."""

_STOPPED = 130

_LONGEST = 1_000
"""Characters of a message."""

_PATIENCE = 3.0
"""Seconds in which what was begun may be left off in good order."""


class _Stop:
    """Ends the command at the first Ctrl-C or SIGTERM: by an exception, so that what is half done is taken away again.

    Python raises it once code in C returns, and some queries and models do not for minutes. So a thread is told of the
    signal too, by the pipe that Python has for that; where the exception takes too long, the thread ends the process as
    if it had been killed. No file that matters minds: each takes its name when it is whole.
    """

    def __init__(self, numbers: Collection[int]) -> None:
        self.number = 0
        self._raised = False
        self._numbers = numbers
        self._told, self._tell = os.pipe()
        if os.name != "nt":
            os.set_blocking(self._tell, False)
        self._before = signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self, number: int, _: FrameType | None) -> None:
        self.number = self.number or number
        if not self._raised:
            # Once: a wrapper and a terminal send one each.
            self._raised = True
            raise KeyboardInterrupt

    def _watch(self) -> None:
        while came := os.read(self._told, 1):
            if came[0] in self._numbers:
                self.number = self.number or came[0]
                time.sleep(_PATIENCE)
                self.end()

    def close(self) -> None:
        """Tell the thread that nothing more will come."""
        signal.set_wakeup_fd(self._before)
        os.close(self._tell)

    def end(self) -> NoReturn:
        """Say that the command was stopped, and end without waiting for any thread."""
        with suppress(OSError, ValueError):
            sys.stderr.write(
                "masthead: stopped before it was done; nothing is half-written: "
                "run the same command again, and it goes on from what is kept\n"
            )
            sys.stderr.flush()
        os._exit(128 + self.number)


def run(command: Callable[[], object]) -> int:
    """Run a command and return its exit code.

    0 is done, 1 the work failed, 2 the command was wrong, 130 stopped by Ctrl-C, 143 by SIGTERM, 141 where its
    reader left.
    `command` returns its code, None for 0. What a user can cause is said in one sentence on stderr.
    """
    _soften_streams()
    with _stoppable() as stop:
        try:
            code = _code_of(command)
            sys.stdout.flush()
        except (BrokenPipeError, ReaderLeftError):
            code = READER_LEFT
        except BaseException as error:
            # Whatever a stop was raised as on its way here: DuckDB, for one, has an exception of its own for it.
            code = _STOPPED if stop and stop.number else _report(error)
        if stop and stop.number and code == _STOPPED:
            stop.end()
    _let_go_of_stdout()
    return code


def _code_of(command: Callable[[], object]) -> int:
    try:
        code = command()
    except SystemExit as left:
        if isinstance(left.__context__, BrokenPipeError):
            raise left.__context__ from None
        code = left.code
    return code if isinstance(code, int) else 0


def _report(error: BaseException) -> int:
    """Say what ended the command; return its exit code."""
    error = _of_the_outside(error) or error
    if isinstance(error, MastheadError):
        message = str(error)
        if len(message) > _LONGEST:
            # It quotes what was typed, which may be anything: its ends say enough.
            message = f"{message[: _LONGEST // 2]} … {message[-_LONGEST // 2 :]}"
        say(f"masthead: {message}")
        return error.exit_code
    if hasattr(error, "show") and hasattr(error, "exit_code"):
        # A complaint of the parser of command lines, which quotes what was typed.
        buffer = io.StringIO()
        error.show(buffer)
        say(buffer.getvalue().rstrip("\n"))
        return int(error.exit_code)
    say("".join(traceback.format_exception(error)).rstrip("\n"))
    say("masthead: this is a fault in Masthead, not in what you did; please report it with the lines above")
    return 1


def _of_the_outside(error: BaseException) -> MastheadError | None:
    """Put what Python raises for something outside Masthead into a sentence; None for all else."""
    if isinstance(error, OSError):
        return _files_refused(error)
    if isinstance(error, MemoryError):
        return MastheadError(
            "the memory of this computer did not suffice",
            "more of it, or less to do",
            "close other programs, or take fewer articles, outlets or subjects at a time",
        )
    if isinstance(error, RecursionError):
        return MastheadError(
            "a file that was given has more levels of brackets than can be followed",
            "some hundreds at most",
            "look whether it is damaged, or is not what its name says",
        )
    if isinstance(error, UnicodeEncodeError) and "surrogates" in error.reason:
        # Bytes of the command line and of file names that are not UTF-8 come in as these.
        return UsageError(
            f"'{error.object[max(0, error.start - 20) : error.end + 20]}' is not UTF-8",
            "names and words in UTF-8",
            "write it again, or rename the file or folder",
        )
    return None


def _files_refused(error: OSError) -> MastheadError:
    """Put what the file system refused (no space, no permission, no such folder) into a sentence."""
    reason = os.strerror(error.errno) if error.errno else (str(error).splitlines() or ["no reason given"])[0]
    return MastheadError(
        f"'{os.fsdecode(error.filename)}' cannot be used ({reason})"
        if isinstance(error.filename, str | bytes | os.PathLike)
        else f"a file cannot be used ({reason})",
        "files that can be read and a folder with room that can be written to",
        "check the path, its permissions and the space on its disk",
    )


@contextmanager
def _stoppable() -> Iterator[_Stop | None]:
    """Have Ctrl-C and SIGTERM end the work; None where this is not the main thread, which alone may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield None
        return
    # A signal that was told to be ignored, by nohup say, stays so.
    usual = (signal.default_int_handler, signal.SIG_DFL)
    signals = [n for n in (signal.SIGINT, signal.SIGTERM) if signal.getsignal(n) in usual]
    stop = _Stop(signals)
    before = {number: signal.signal(number, stop) for number in signals}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        stop.close()


def _soften_streams() -> None:
    """See that no character is too much for stdout or stderr, whatever their encoding, and that both are there."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by whoever started us: what is said is then said to nobody.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  it stays open
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _let_go_of_stdout() -> None:
    """Where stdout takes nothing more, have Python not try again when it ends: it would complain on stderr."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
