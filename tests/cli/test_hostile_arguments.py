"""Whatever is given to any argument of any command: a sentence on stderr, an exit code, and no traceback."""

from __future__ import annotations

import os
import shutil
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from masthead.archive import Archive
from masthead.cli import application
from masthead.cli.terminal.running import run

STUDY = 'archive = "a.archive"\nmeasures = ["attention"]\n[[subject]]\nid = "v"\nkind = "actor"\naliases = ["Verrin"]\n'

GOOD = {
    **{
        "archive": ["a.archive"],
        "archive_folder": ["a.archive"],
        "where": ["a.archive"],
        "--archive": ["--archive", "a.archive"],
    },
    **{
        "study": ["study.toml"],
        "study_file": ["study.toml"],
        "files": ["a.jsonl"],
        "pattern": ["Verrin"],
        "--measure": ["--measure", "attention"],
        "sheet": ["a.jsonl"],
        "--coder": ["--coder", "a"],
        "--to": ["--to", "sheet.csv"],
    },
    **{"old": ["other"], "new": ["other"], "folder": ["other"], "file": ["a.jsonl"]},
}
"""What is given to what a command has to have, while another of its arguments is hostile."""

PATHS = {
    "archive",
    "archive_folder",
    "where",
    "study",
    "study_file",
    "files",
    "old",
    "new",
    "folder",
    "file",
    "sheet",
} | {
    "--archive",
    "--output",
    "--study",
    "--truth",
    "--to",
    "--model",
}

NUMBERS = {
    "--limit",
    "--processes",
    "--examples",
    "--phrases",
    "--seed",
    "--articles",
    "--draws",
    "--presses",
} | {
    "--read-presses",
    "--outlets",
    "--series",
    "--precision",
    "--bar",
}

ESCAPES = "\x1b[2J\u202e"
FILES = (
    *(
        "",
        "missing",
        "other",
        "study.toml",
        "bytes",
        "empty",
        "loop",
        "dangling",
        "study.toml/beyond",
        "x" * 300,
    ),
    *("x/" * 2500, "~nobody-is-called-so/x", "/dev/full", "a:b/c", "[/red]", "-", ESCAPES),
    *(os.fsdecode(b"\xe9"), "deep.toml", "digits.toml", "sixteen.toml"),
)
TEXTS = ("", ESCAPES, os.fsdecode(b"\xe9"), "x" * 50_000)
NO_NUMBERS = ("", "x", "nan", "1e999", ESCAPES, "-" + "9" * 30)


def commands() -> Iterator[tuple[str, Any]]:
    """Every command of the application: its words, and what it takes."""

    def under(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for name, part in getattr(command, "commands", {}).items():
            yield from under(part, (*words, name))
        if words and (not hasattr(command, "commands") or command.invoke_without_command):
            yield " ".join(words), command

    return under(typer.main.get_command(application()), ())


COMMANDS = dict(commands())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small archive, a study of it, and files that are none."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.jsonl").write_text(
        '{"outlet": "The Tide", "date": "2020-01-01", "title": "Verrin", "text": "Rain."}\n'
    )
    Archive.create(folder / "a.archive", frame="everything").add(folder / "a.jsonl")
    (folder / "other").mkdir()
    (folder / "other" / "mine").write_text("mine")
    (folder / "empty").write_text("")
    (folder / "bytes").write_bytes(bytes(range(256)) * 20)
    (folder / "dangling").symlink_to("nowhere")
    (folder / "loop").symlink_to("loop")
    (folder / "study.toml").write_text(STUDY)
    (folder / "deep.toml").write_text("a = " + "[" * 50_000)
    (folder / "digits.toml").write_text("a = " + "9" * 5_000)
    (folder / "sixteen.toml").write_text(STUDY, encoding="utf-16")
    (folder / "nul.toml").write_text('outcomes = "a\\u0000b"\n' + STUDY.replace("attention", "forecast"))
    (folder / "nobody.toml").write_text('outcomes = "~nobody/x"\n' + STUDY.replace("attention", "forecast"))
    return folder


def key_of(parameter: Any) -> str:
    """What an argument is called in the tables above: an option by its dashes."""
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.name)


SHARED = {
    "study": "survey",
    "study_file": "survey",
    "--archive": "survey",
    "--processes": "survey",
    "archive_folder": "find",
    "where": "stories",
}
"""Arguments that one piece of code looks at for many commands: there a few values do, but for the command named."""

READ_FIRST = {
    "alignment",
    "changes",
    "echoes",
    "evidence",
    "forecasts",
    "kinship",
    "silences",
    "stories",
    "voices",
}
"""Commands that look at a name only when all is read."""

WRITING = {"survey", "study new", "demo", "press make", "forecasts"}


def hostile(key: str, command: str) -> tuple[str, ...]:
    """What to give to an argument. What would be a sound answer that sets work going is left out."""
    if SHARED.get(key, command) != command:
        return ("x",) if key in NUMBERS else ("missing", "bytes", ESCAPES)
    if key in NUMBERS:
        return NO_NUMBERS[:-1] if key == "--seed" else NO_NUMBERS
    if key not in PATHS:
        return () if command in READ_FIRST else TEXTS
    sound = {"study.toml"} if key in ("study", "study_file") else set()
    if key in ("--output", "--to", "--truth", "--study", "file", "folder") and command in WRITING:
        sound |= {"missing", "dangling", "a:b/c", "-", "[/red]", ESCAPES, "empty", "~nobody-is-called-so/x"}
        sound |= {os.fsdecode(b"\xe9")}
    return tuple(name for name in FILES if name not in sound)


EVERY = int(os.environ.get("MASTHEAD_EVERY", "10"))
"""Of the values for an argument one in so many is tried, others for each: all of them with MASTHEAD_EVERY=1."""


def some(values: tuple[str, ...], name: str) -> tuple[str, ...]:
    return values[zlib.crc32(name.encode()) % EVERY :: EVERY]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_no_argument_gives_a_traceback(
    command: str,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    # Some make what they are told to make.
    shutil.copytree(folder, tmp_path / "here", symlinks=True)
    monkeypatch.chdir(tmp_path / "here")
    parameters = [p for p in COMMANDS[command].params if not getattr(p, "is_flag", False)]
    for chosen in parameters:
        for value in some(hostile(key_of(chosen), command), f"{command} {key_of(chosen)}"):
            words = command.split()
            if command == "press make" and key_of(chosen) != "--articles":
                words += ["--articles", "10"]  # it writes them before it writes what it knows of them
            for one in parameters:
                key = key_of(one)
                if one is chosen:
                    words += [key, value] if key.startswith("-") else [value]
                elif one.required:
                    words += GOOD[key]
            code = run(lambda words=words: application()(words, standalone_mode=False))  # type: ignore[misc]
            told = capsys.readouterr()
            shown = (words[:-1], value[:80], told.err[-400:])
            assert code in (0, 1, 2), shown
            assert "Traceback" not in told.err, shown
            assert not set(told.err + told.out) & set(ESCAPES[::6]), shown
            assert len(told.err) < 3_000, shown
            if code:
                assert told.err.strip(), shown


@pytest.mark.parametrize(("study", "code"), [("nul.toml", 2), ("nobody.toml", 0)])
def test_a_study_may_name_what_cannot_be(
    study: str, code: int, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert run(lambda: application()(["survey", study, "-o", "d"], standalone_mode=False)) == code
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such device")
def test_a_file_without_an_end_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["survey", "/dev/zero"]
    assert run(lambda: application()(words, standalone_mode=False)) == 2
    assert "larger than 16 MB" in capsys.readouterr().err


def test_a_study_with_a_byte_order_mark_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    (folder / "marked.toml").write_text(STUDY, encoding="utf-8-sig")
    words = ["evidence", "marked.toml", "--measure", "attention", "--json"]
    assert run(lambda: application()(words, standalone_mode=False)) == 0
    assert "the-tide" in capsys.readouterr().out


def test_an_archive_may_be_called_like_an_address(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    for name in ("2020:press.archive", "s3:bucket/a.archive"):
        assert run(lambda name=name: application()(["add", name, "a.jsonl"], standalone_mode=False)) == 0  # type: ignore[misc]
        assert run(lambda name=name: application()(["find", name, "Verrin"], standalone_mode=False)) == 0  # type: ignore[misc]
    assert "1 of 1 articles" in capsys.readouterr().err
