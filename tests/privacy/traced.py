"""What strace writes of a program, read: the sockets it opens, the files it changes, whatever language it is in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

FILES = (
    *("open", "openat", "openat2", "creat", "mkdir", "mkdirat", "rename", "renameat", "renameat2", "unlink"),
    *(
        "unlinkat",
        "rmdir",
        "link",
        "linkat",
        "symlink",
        "symlinkat",
        "truncate",
        "chmod",
        "fchmodat",
        "mknod",
    ),
)
# Pairs of sockets join a process to itself; all else that can be done with a socket needs one of these first.
SOCKETS = ("socket", "connect", "bind", "listen")
COMMAND = (
    *("strace", "-f", "-qq", "-y", "-s", "4096", "--seccomp-bpf"),
    *("-e", "trace=" + ",".join((*FILES, *SOCKETS))),
)
"""strace, for the calls that are read here; `-y` says which folder a relative path belongs to."""

_CALL = re.compile(r"^\d+ +(\w+)\((.*)")
_OPENS = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
_PATH = re.compile(r'(?:(?:AT_FDCWD|\d+)<([^>]*)>, )?"((?:[^"\\]|\\.)*)"')


def sockets(trace: Path) -> Iterator[str]:
    """Yield the calls that open a socket or give it an address."""
    for call, rest in _calls(trace):
        if call in SOCKETS:
            yield f"{call}({rest}"


def changed(trace: Path, start: Path) -> Iterator[Path]:
    """Yield the files that are opened for writing, made, renamed or removed; `start` is where the program stood."""
    for call, rest in _calls(trace):
        if call.startswith("open"):
            if _OPENS.search(rest.split('"', 2)[-1].split(" = ")[0]):
                yield _absolute(_PATH.search(rest), start)
        elif call in FILES:
            for found in _PATH.finditer(rest.split(" = ")[0]):
                yield _absolute(found, start)


def _calls(trace: Path) -> Iterator[tuple[str, str]]:
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = _CALL.match(line)
            if found:
                yield found[1], found[2].rstrip()


def _absolute(found: re.Match[str] | None, start: Path) -> Path:
    if found is None:
        raise ValueError("a call of strace's without a path")
    return Path(found[1] or start) / found[2]
