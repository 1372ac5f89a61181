"""A survey whose portrayals a model at an address reads: what is kept, what is said of it, and where no key is."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from masthead.archive import Archive
from masthead.cli import main
from masthead.errors import ReadingError
from masthead.findings.findings import Findings
from masthead.instruments.portrayal.about import PORTRAYAL
from masthead.reading.portrayal.answer_store import ANSWERS, MODEL, AnswerStore
from masthead.reading.portrayal.answers import PROMPT
from masthead.reading.portrayal.remote import RemoteClassifier
from masthead.study import load_study
from masthead.surveying import survey
from tests.portrayal.conftest import add
from tests.portrayal.test_remote_model import Reply, Service, content, service  # noqa: F401

SECRET = "sk-5e5ame-0pen"
N = 30
STUDY = """
archive = "a.archive"
measures = ["attention", "portrayal"]
[portrayal]
model = "{address}"
name = "big"
key_variable = "LAB_KEY"
[[subject]]
id = "front"
kind = "actor"
aliases = ["Shoal Front"]
"""


@pytest.fixture
def asked(tmp_path: Path, service: Service) -> Service:  # noqa: F811
    """A service that finds praise in every sentence, and the archive and study of `N` sentences to ask it about."""
    archive = Archive.create(tmp_path / "a.archive", frame="everything")
    add(archive, [f"The Shoal Front mended pier number {number} again." for number in range(N)])
    (tmp_path / "study.toml").write_text(STUDY.format(address=service.address))
    service.reply = lambda _: content("1")
    return service


def command(folder: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "masthead", "survey", "study.toml", "--processes", "1", *more],
        cwd=folder,
        env=os.environ | {"LAB_KEY": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def again(folder: Path, offline: bool = True) -> Findings:
    """Survey in this process."""
    study = load_study(folder / "study.toml")
    model = RemoteClassifier.of(study.portrayal, offline=offline)
    return survey(study, Archive.open(folder / "a.archive"), processes=1, classifier=model)


def sentence_of(body: dict[str, Any]) -> str:
    return str(body["messages"][1]["content"])


def answers_in(folder: Path) -> list[dict[str, Any]]:
    (path,) = (folder / "a.archive" / "sentences" / "portrayal").glob(f"*/{ANSWERS}")
    return [json.loads(line) for line in path.read_text().splitlines() if line]


def test_a_survey_says_where_sentences_go_and_keeps_who_read_them(
    asked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One that the model will not judge is read by nobody.
    asked.reply = lambda body: content("I cannot." if " 7 " in sentence_of(body) else "1")
    process = command(tmp_path)
    out, talk = process.communicate(timeout=120)
    assert process.returncode == 0, talk
    assert SECRET not in out + talk
    host = asked.address.split("/")[2]
    (line,) = [line for line in talk.splitlines() if host in line and "sent to" in line]
    assert f"{N} sentences" in line
    assert any(
        line.startswith("note: ") and "1 mention is read by nobody" in line for line in talk.splitlines()
    )
    assert "Shoal Front" not in "".join(map(sentence_of, asked.asked))
    assert {headers["Authorization"] for headers in asked.headers} == {f"Bearer {SECRET}"}

    findings = Findings.load(tmp_path / "dossier")
    part = PORTRAYAL.of(findings.about)
    told = part["asked_model"]
    assert told is not None
    assert (told["address"], told["model"], told["prompt"], told["temperature"]) == (
        asked.address,
        "big",
        PROMPT,
        0,
    )
    assert (told["sentences_asked"], told["sentences_set_aside"], told["mentions_set_aside"]) == (N, 1, 1)
    assert told["requests"] == N - 1 + 3
    assert [*told["reasons"].values()] == [1]
    assert told["first_answer"] <= told["last_answer"]  # type: ignore[operator]
    assert (part["mentions"], part["mentions_read"]) == (N, N - 1)
    rows = [
        row
        for row in findings.estimates.to_pylist()
        if row["measure"] == "portrayal" and row["voice"] == "all" and row["period_start"] is None
    ]
    assert rows
    assert {(row["estimate"], row["calibrated"]) for row in rows} == {(1.0, False)}
    page = (tmp_path / "dossier" / "index.html").read_text()
    assert "nothing is known of its errors until people code" in page

    kept = answers_in(tmp_path)
    assert Counter(entry["probabilities"] is None for entry in kept) == {False: N - 1, True: 1}
    (model,) = (tmp_path / "a.archive").glob(f"sentences/portrayal/*/{MODEL}")
    assert json.loads(model.read_text())["prompt"] == PROMPT
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path

    # The same again: nobody is asked, so no key is needed.
    asked.asked.clear()
    same = again(tmp_path)
    assert not asked.asked
    assert same.estimates.equals(findings.estimates)
    assert PORTRAYAL.of(same.about) == part
    monkeypatch.setattr(sys, "argv", ["masthead", "archive", "check", str(tmp_path / "a.archive")])
    with pytest.raises(SystemExit) as end:
        main()
    assert not end.value.code


def test_offline_or_without_its_key_nothing_is_sent(
    asked: Service, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["masthead", "survey", "study.toml", "--processes", "1", "--offline"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    assert f"{N} sentences are not read yet" in capsys.readouterr().err
    with pytest.raises(ReadingError, match="no key in LAB_KEY"):
        again(tmp_path, offline=False)
    assert not asked.asked


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "left"])
def test_one_that_is_stopped_loses_what_was_on_its_way(
    asked: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    reached, over = threading.Event(), threading.Event()

    def reply(_: dict[str, Any]) -> Reply:
        if len(asked.asked) > N // 2:
            reached.set()
            over.wait(50)
        return content("1")

    asked.reply = reply
    process = command(tmp_path)
    assert reached.wait(60)
    process.send_signal(how)
    _, talk = process.communicate(timeout=20)
    over.set()
    assert "Traceback" not in talk
    kept = {entry["key"] for entry in answers_in(tmp_path)}
    assert N // 2 - 4 <= len(kept) < N
    asked.reply = lambda _: content("1")
    before = len(asked.asked)
    monkeypatch.setenv("LAB_KEY", SECRET)
    again(tmp_path, offline=False)
    assert len(asked.asked) - before == N - len(kept)
    times = Counter(map(sentence_of, asked.asked))
    assert len(times) == N
    assert sum(times.values()) - N <= 4


def test_of_many_reasons_the_most_common_are_told(tmp_path: Path) -> None:
    lines = [
        {
            "key": f"{key:016x}",
            "at": "2026-01-01",
            "requests": 3,
            "probabilities": None,
            "reason": f"says {max(key, 2)}",
        }
        for key in range(15)
    ]
    (tmp_path / "asked-1").mkdir()
    (tmp_path / "asked-1" / ANSWERS).write_text("\n".join(map(json.dumps, lines)))
    reasons = AnswerStore(tmp_path, Asked()).counts(np.arange(15, dtype=np.uint64))["reasons"]
    assert next(iter(reasons.items())) == ("says 2", 3)
    assert len(reasons) == 11
    assert sum(reasons.values()) == 15
    assert reasons["other reasons"] == 3


class Asked:
    """A model that answers each text as it is told to."""

    name = "asked"
    version = "asked-1"
    languages: frozenset[str] | None = None
    lot = 10
    asked_as: Any = {"model": "asked"}  # noqa: RUF012

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Any) -> Any:
        raise NotImplementedError

    def answers(self, texts: Any) -> Any:
        from masthead.reading.portrayal.classifier import Answer

        for place, text in reversed([*enumerate(texts)]):
            self.texts.append(text)
            useful = text != "odd"
            yield Answer(
                place,
                f"2026-01-0{place + 1}",
                2,
                [0, 0, 1] if useful else None,
                "" if useful else "is odd",
                text,
                False,
            )


def test_lines_that_are_damaged_are_asked_about_again(tmp_path: Path) -> None:
    texts = {1: "a", 2: "odd", 2**64 - 1: "\u65e0 \u2028"}
    keys = np.array([*texts], np.uint64)
    store = AnswerStore(tmp_path, Asked())
    store.fill(keys, texts)
    assert store.scores(keys)["key"].to_pylist() == [1, 2**64 - 1]
    assert store.counts(keys) == {
        "first_answer": "2026-01-01",
        "last_answer": "2026-01-03",
        "sentences_asked": 3,
        "requests": 6,
        "sentences_set_aside": 1,
        "reasons": {"is odd": 1},
    }
    path = tmp_path / "asked-1" / ANSWERS
    lines = path.read_bytes().splitlines()
    half = lines[2][: len(lines[2]) // 2]
    odd = json.dumps({**json.loads(lines[0]), "key": "0" * 16, "probabilities": [3, 0, 0]}).encode()
    path.write_bytes(b"\n".join([lines[0], b"\xff", b"[]", b"3", odd, lines[1], half]))
    model = Asked()
    later = AnswerStore(tmp_path, model)
    assert later.missing(keys).tolist() == [1]
    later.fill(keys, texts)
    assert model.texts == ["a"]
    assert AnswerStore(tmp_path, Asked()).missing(keys).tolist() == []
    assert later.scores(keys) == store.scores(keys)
    assert later.missing(np.array([], np.uint64)).dtype == np.uint64
    assert later.scores(np.array([9], np.uint64)).num_rows == 0
