"""What goes wrong outside Masthead: a disk, a folder, a terminal. One sentence each, and nothing lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import tomlkit

from masthead.cli import main
from masthead.cli.terminal.output import counted, emit, say
from masthead.press import Press


def masthead(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Run a command in this process; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["masthead", *map(str, words)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_what_the_file_system_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert masthead(monkeypatch, "press", "make", tmp_path / "file" / "press.jsonl", "--articles", 10) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("masthead: ")
    assert "cannot be used" in told.err
    assert told.err.count("\n") == 1


def test_a_demo_leaves_alone_what_is_no_demo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    assert masthead(monkeypatch, "demo", tmp_path) == 2
    assert masthead(monkeypatch, "demo", tmp_path / "notes.txt") == 2
    assert capsys.readouterr().err.count("holds something else than a demo") == 2
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_demo_made_again_removes_nothing_of_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    for name in ("notes.txt", "dossier/notes.txt", "press.jsonl"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("mine", encoding="utf-8")
    assert masthead(monkeypatch, "demo", folder, "--articles", 100) == 2
    assert "dossier's ('notes.txt')" in capsys.readouterr().err
    assert masthead(monkeypatch, "demo", folder, "--setting", "harsh") == 2
    assert (folder / "press.jsonl").read_text(encoding="utf-8") == "mine"


def test_a_demo_too_small_to_compare_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The survey itself is tested elsewhere: here it is about two subjects, and nothing planted has enough articles to
    # stand beside.
    whole = Press.study

    def short(self: Press, archive: str) -> str:
        study = tomlkit.parse(whole(self, archive))
        study["subject"] = [s for s in study["subject"] if s["id"] in ("verrin", "shoal-front")]
        study.pop("factor", None)
        return tomlkit.dumps(study)

    monkeypatch.setattr(Press, "study", short)
    monkeypatch.setattr("masthead.demo.shares.beside", lambda *_: [])
    assert masthead(monkeypatch, "demo", tmp_path / "demo", "--articles", 100, "--setting", "easy") == 0
    told = capsys.readouterr().out
    assert "none has enough articles" in told
    # So few articles show no change and no silence, and the demo says just that.
    assert "changes planted: 3; 0 found with a day" in told
    assert "silences planted: 4; 0 found" in told


def test_articles_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    for speak in (emit, say):
        speak("a\x1b[2J\x00b\u202ec\u2066\td\ne é 🌍")
    told = capsys.readouterr()
    assert told.out == told.err == "a\ufffd[2J\ufffdb\ufffdc\ufffd\td\ne é 🌍\n"


def test_nouns_agree_with_their_numbers() -> None:
    assert [counted(n, "article") for n in (0, 1, 2000)] == ["0 articles", "1 article", "2,000 articles"]
