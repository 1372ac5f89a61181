"""Nothing leaves the machine, and nothing is written but where somebody asked for it.

Every command runs once, and the Python interface, in a process whose Python writes down each socket and each file that
it changes, and so do the processes that it starts. Where strace is, it looks at what other languages do as well.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.portrayal.test_remote_model import shares
from tests.privacy import traced
from tests.privacy.runs import RUNS, chosen, commands

ROOT = Path(__file__).parents[2]
WATCH = Path(__file__).with_name("watch")

IPV6_ASKED = {
    ("socket.__new__", str(int(socket.AF_INET6))),
    ("socket.bind", "[('::1', 0)]"),
}
"""urllib3, which spaCy imports, asks whether this computer knows IPv6: it binds a socket there, and closes it."""

NATIVE_IPV6_ASKED = re.compile(
    r"socket\(AF_INET6, SOCK_STREAM\b|bind\(\d+<[^>]*>, \{sa_family=AF_INET6, sin6_port=htons\(0\),.*\"::1\""
)
MEMORY = ("/dev/null", "/dev/tty", "/dev/shm/")
"""Files that are none: what is written there is nowhere."""


@dataclass
class Watched:
    """What a program did: `events` of its Python, its `trace` by strace (None without), and what it printed."""

    folder: Path
    events: list[dict[str, Any]]
    trace: Path | None
    printed: str

    @property
    def sockets(self) -> set[tuple[str, str, str]]:
        """The run, the event and its arguments, of each event of a socket."""
        return {(e["run"], e["event"], e["about"]) for e in self.events if e["what"] == "socket"}

    @property
    def files(self) -> set[Path]:
        """The files changed by Python, and by anything where strace looked."""
        changed = {Path(e["about"]) for e in self.events if e["what"] == "file" and e["about"]}
        if self.trace is not None:
            changed |= set(traced.changed(self.trace, self.folder))
        return {path for path in changed if not str(path).startswith(MEMORY)} - {self.folder / "log"}


def strace_missing() -> str | None:
    """Say why strace cannot look; None where it can."""
    if shutil.which("strace") is None:
        return "strace is not on this machine"
    tried = subprocess.run([*traced.COMMAND, "-o", os.devnull, "true"], capture_output=True, check=False)
    return None if tried.returncode == 0 else "strace may not look at processes here"


def watch(folder: Path, *command: str, strace: bool, **environment: str) -> Watched:
    """Run Python, watched, in a folder with an empty home and an empty folder for temporary files."""
    for name in ("home", "temporary"):
        (folder / name).mkdir()
    log, trace = folder / "log", folder.with_name(f"{folder.name}.strace")
    # Neither ORT_DISABLE_TELEMETRY nor CI, which would silence onnxruntime by itself.
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temporary"),
        "PYTHONPATH": os.pathsep.join([str(WATCH), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "WATCHED_LOG": str(log),
        "MASTHEAD_EVERY": os.environ.get("MASTHEAD_EVERY", ""),
        **environment,
    }
    words = [*traced.COMMAND, "-o", str(trace)] if strace else []
    done = subprocess.run(
        [*words, sys.executable, *command],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        timeout=570,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    events = [json.loads(line) for line in log.read_text().splitlines()]
    return Watched(folder, events, trace if strace else None, done.stdout)


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a model on this computer."""
    reply = shares(0.1, 0.2, 0.7)[1].encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory, service: str) -> Watched:
    """Every command and the Python interface, watched."""
    folder = tmp_path_factory.mktemp("everything")
    for name in ("given", "archives", "out"):
        (folder / name).mkdir()
    script = str(Path(__file__).with_name("runs.py"))
    return watch(folder, script, strace=strace_missing() is None, WATCHED_SERVICE=service)


def test_every_command_is_run() -> None:
    assert set(commands()) == set(RUNS), "a command without a line in RUNS, or a line without a command"


def test_the_runs_do_their_work(everything: Watched) -> None:
    ends = json.loads(everything.printed)["ends"]
    assert [end["run"] for end in ends] == [*chosen(), "python", "remote"]
    # Presses so small break promises, which validation says by leaving with 1.
    wrong = [
        end for end in ends if end["code"] not in ((0, 1) if end["run"].startswith("validate") else (0,))
    ]
    assert not wrong
    started = {event["pid"] for event in everything.events if event["what"] == "start"}
    assert len(started) == 3, "this process and the two that parse for `survey --processes 2`"


def test_no_socket_is_opened_that_nobody_asked_for(everything: Watched, service: str) -> None:
    of_commands = {(run, *event) for run, *event in everything.sockets if run != "remote"}
    assert not {event for event in of_commands if event[1:] not in IPV6_ASKED}
    # A study that names a model at an address asks for that one, and opens no other.
    named = ("127.0.0.1", port_of(service))
    connected = {
        about for run, event, about in everything.sockets if (run, event) == ("remote", "socket.connect")
    }
    assert connected == {repr([named])}


def test_nor_does_native_code_open_one(everything: Watched, service: str) -> None:
    if everything.trace is None:
        lacking = strace_missing()
        if os.environ.get("CI") == "true" and shutil.which("strace") is None:
            pytest.fail(f"native code must be watched in CI, but {lacking}: install it there")
        pytest.skip(f"native code is not watched: {lacking}")
    # The model that a study names: each connection there has a socket, and asks the system which networks it has.
    named = re.compile(
        rf'connect\(\d+<[^>]*>, \{{sa_family=AF_INET, sin_port=htons\({port_of(service)}\), .*"127\.0\.0\.1"'
    )
    calls = [*traced.sockets(everything.trace)]
    connected = sum(bool(named.match(call)) for call in calls)
    assert connected > 0
    rest = [call for call in calls if not named.match(call) and not NATIVE_IPV6_ASKED.match(call)]
    assert sum(call.startswith("socket(AF_INET, SOCK_STREAM") for call in rest) == connected
    local = ("socket(AF_INET, SOCK_STREAM", "socket(AF_NETLINK", "bind(")
    assert not [call for call in rest if not call.startswith(local)]
    assert not [call for call in rest if call.startswith("bind(") and "AF_NETLINK" not in call]


def test_nothing_is_written_elsewhere(everything: Watched) -> None:
    folder = everything.folder
    assert everything.files
    places = [folder / name for name in ("archives", "given", "out", "temporary")]
    assert not {path for path in everything.files if not any(path.is_relative_to(place) for place in places)}
    # What the runs read, they leave as it is.
    by_commands = {Path(e["about"]) for e in everything.events if e["what"] == "file" and e["run"]}
    inputs = {path for path in by_commands if path.is_relative_to(folder / "given")}
    # `code draw` writes a codebook beside the study, to be edited.
    inputs = {path for path in inputs if not path.is_relative_to(folder / "given" / "codebooks")}
    assert inputs == {folder / "given" / "press.jsonl"}, "the file that `press make` is asked for"
    assert {path.name for path in folder.iterdir()} == {
        "archives",
        "given",
        "home",
        "log",
        "out",
        "temporary",
    }
    for empty in ("home", "temporary"):
        assert not [*(folder / empty).rglob("*")]


def test_what_could_ask_a_network_is_not_even_loaded(everything: Watched) -> None:
    loaded = set(json.loads(everything.printed)["modules"])
    assert {"spacy", "onnxruntime", "tokenizers"} <= loaded
    assert not loaded & {
        "boto3",
        "cloudpathlib",
        "fsspec",
        "hf_xet",
        "httpcore",
        "huggingface_hub",
        "smart_open",
    }


LEAKS = """
import ctypes, os, pathlib, socket, subprocess, sys
if len(sys.argv) == 1:
    pathlib.Path.home().joinpath("by-python").write_text("x")
    socket.socket().close()
    libc = ctypes.CDLL(None)
    os.close(libc.socket(socket.AF_INET, socket.SOCK_DGRAM, 0))
    os.close(libc.open(os.fsencode(pathlib.Path.home() / "by-c"), os.O_CREAT | os.O_WRONLY, 0o600))
    subprocess.run([sys.executable, __file__, "child"], check=True)
else:
    socket.socket(socket.AF_INET6).close()
    os.mkdir(pathlib.Path.home() / "by-a-child")
"""


def test_the_watch_sees_what_it_has_to(tmp_path: Path) -> None:
    script = tmp_path / "leaks.py"
    script.write_text(LEAKS)
    (tmp_path / "run").mkdir()
    seen = watch(tmp_path / "run", str(script), strace=(looking := strace_missing() is None))
    home = tmp_path / "run" / "home"
    assert {event[1:] for event in seen.sockets} == {
        ("socket.__new__", str(int(family))) for family in (socket.AF_INET, socket.AF_INET6)
    }
    native = {home / "by-c"} if looking else set()
    assert seen.files == {home / "by-python", home / "by-a-child"} | native
    if seen.trace is not None:
        calls = [*traced.sockets(seen.trace)]
        assert len(calls) == 3
        assert any(call.startswith("socket(AF_INET, SOCK_DGRAM") for call in calls)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: socket.create_connection(("192.0.2.1", 9), 0.1),
        lambda: socket.getaddrinfo("models.invalid", 443),
        lambda: socket.gethostbyname("models.invalid"),
    ],
)
def test_no_test_asks_the_network(ask: Callable[[], object]) -> None:
    with pytest.raises(pytest.fail.Exception, match="may not ask the network"):
        ask()


def port_of(address: str) -> int:
    return int(address.rsplit(":", 1)[1].split("/")[0])
