"""How a command ends: at Ctrl-C, at a closed pipe, on a stream that knows few letters."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from masthead.archive import Archive
from masthead.cli.terminal.output import emit, emit_json, progress, say
from masthead.cli.terminal.running import READER_LEFT, run
from masthead.errors import UsageError

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROLS = "".join(map(chr, (*range(9), *range(11, 32), *range(127, 160)))) + BIDI


def stopped_in(work: str, number: int) -> subprocess.CompletedProcess[str]:
    """Run Python code as a command, and send it a signal once it has printed a line."""
    code = f"""
import sys
from masthead.cli.terminal.running import run
def command():
{work}
sys.exit(run(command))
"""
    started = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    started.stdout.readline()
    time.sleep(0.3)
    started.send_signal(number)
    out, err = started.communicate(timeout=30)
    return subprocess.CompletedProcess([], started.returncode, out, err)


QUERY = """
    import duckdb
    print(flush=True)
    duckdb.sql("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7").fetchall()
"""
WORKERS = """
    from masthead.reading.parsing.workers import Workers
    with Workers(2) as workers:
        while True:
            for _ in workers.parse([["They left."] * 600]):
                print('pids', *(one.pid for one in workers._running), flush=True)
"""
DISGUISED = """
    import time
    print(flush=True)
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        raise RuntimeError("Query interrupted")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("work", [QUERY, DISGUISED], ids=["query", "disguised"])
def test_a_signal_is_one_sentence(work: str, number: int) -> None:
    done = stopped_in(work, number)
    assert done.returncode == 128 + number
    assert done.stderr.startswith("masthead: stopped")
    assert done.stderr.count("\n") == 1


def test_no_worker_is_left_behind() -> None:
    imports = "import sys\nfrom masthead.cli.terminal.running import run\n"
    script = f"{imports}def command():\n{WORKERS}\nsys.exit(run(command))"
    # In a session of its own, so that the signal can go to the whole group, as that of a terminal does.
    started = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert started.stdout is not None
    pids = [int(pid) for pid in started.stdout.readline().split()[1:]]
    os.killpg(started.pid, signal.SIGINT)
    _, err = started.communicate(timeout=60)
    assert started.returncode == 130
    assert err.count("\n") == 1
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_handlers_are_as_before() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    assert run(lambda: None) == 0
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before


def test_a_reader_that_leaves_is_no_trouble(tmp_path: Path) -> None:
    rows = [{"outlet": "The Tide", "date": "2020-01-01", "title": f"Verrin {n}"} for n in range(5000)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Archive.create(tmp_path / "a.archive").add(tmp_path / "a.jsonl", no_text=True)
    for form in ("--csv", "--json"):
        with subprocess.Popen(
            [sys.executable, "-m", "masthead", "find", "a.archive", "Verrin", form],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as started:
            assert started.stdout is not None
            assert started.stderr is not None
            started.stdout.read(10)
            started.stdout.close()
            assert started.stderr.read() == b""
        assert started.returncode == READER_LEFT


@pytest.mark.parametrize(
    ("error", "code", "says"),
    [
        (UsageError("a", "b", "c"), 2, "a; expected b; c."),
        (MemoryError(), 1, "memory"),
        (OSError(28, "No space left on device", "x"), 1, "'x' cannot be used (No space left"),
        (ZeroDivisionError("\x1b[2J"), 1, "fault in Masthead"),
        (duckdb.IOException("\x1b[2J"), 1, "fault in Masthead"),
    ],
)
def test_what_ended_it_is_said(
    error: Exception, code: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise error

    assert run(fail) == code
    told = capsys.readouterr().err
    assert says in told
    assert "\x1b" not in told


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_letter_is_too_much_for_a_stream(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    streams = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
    for name, stream in streams.items():
        monkeypatch.setattr(sys, name, stream)
    told = "é 🌍 \u2014 \udce9 Ж"

    def speak() -> None:
        say(told)
        emit(told)
        emit_json({"title": told})

    assert run(speak) == 0
    written = streams["stdout"].buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    assert json.loads(written[written.index("{") :]) == {"title": told}


def test_json_keeps_controls_as_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    emit_json({"title": CONTROLS + "\t\n é"})
    out = capsys.readouterr().out
    assert json.loads(out) == {"title": CONTROLS + "\t\n é"}
    assert not set(out) & set(CONTROLS)


def test_text_and_talk_show_them(capsys: pytest.CaptureFixture[str]) -> None:
    emit(CONTROLS)
    say(CONTROLS)
    told = capsys.readouterr()
    assert told.out == told.err == "\ufffd" * len(CONTROLS) + "\n"


def test_a_stage_may_be_named_after_any_file(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    shown.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setenv("TERM", "xterm")
    with progress() as report:
        report("adding [/red]\x1b[8m\nx.csv", 1, 2)
    assert "adding [/red]\ufffd[8m\ufffdx.csv" in shown.getvalue()


def test_a_command_begins_without_loading_what_it_may_not_need() -> None:
    code = "import sys; from masthead.cli import commands; commands.application(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pyarrow", "duckdb", "numpy", "spacy", "onnxruntime"} & {*done.stdout.split()}
