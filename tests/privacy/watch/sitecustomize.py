"""Python imports this before all else where its folder is on PYTHONPATH: sockets and changes to files are written down.

A line of JSON each in the file WATCHED_LOG: what (`socket` or `file`), the event, what it is about, the command that
runs (WATCHED_RUN), and the process. Processes that a process starts are watched as well.
"""

import json
import os
import sys

CHANGES = {
    "os.mkdir": (0, 2),
    "os.remove": (0, 1),
    "os.rmdir": (0, 1),
    "os.truncate": (0, None),
    "os.chmod": (0, 2),
    "os.utime": (0, 3),
    "os.chown": (0, 3),
    "os.symlink": (1, 2),
    "os.link": (1, 3),
    "os.rename": (1, 3),
}
"""Events that change files: which argument is the path, and which the folder it is relative to."""

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def watch(path):
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def told(what, event, about):
        run = os.environ.get("WATCHED_RUN", "")
        line = {"what": what, "event": event, "about": about, "run": run, "pid": os.getpid()}
        os.write(log, (json.dumps(line) + "\n").encode())

    def place(path, folder=-1):
        if isinstance(path, int):
            return None
        path = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0 and not path.startswith("/"):
            return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), path)
        return os.path.abspath(path)

    def heard(event, args):
        if event.startswith("socket."):
            if event == "socket.__new__":
                told("socket", event, f"{args[1]!r}")
            elif event != "socket.gethostname":
                told("socket", event, repr([a for a in args if not hasattr(a, "fileno")]))
        elif event == "open":
            path, mode, flags = args
            if (flags or 0) & WRITES or (isinstance(mode, str) and set(mode) & set("wax+")):
                where = place(path)
                if where is not None:
                    told("file", event, where)
        elif event in CHANGES:
            path, folder = CHANGES[event]
            told("file", event, place(args[path], -1 if folder is None else args[folder]))

    told("start", "start", " ".join(sys.orig_argv[:3])[:100])
    sys.addaudithook(heard)


if "WATCHED_LOG" in os.environ:
    watch(os.environ["WATCHED_LOG"])
