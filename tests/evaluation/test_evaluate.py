"""`masthead evaluate portrayal`: a classifier beside labels, as a table for people and as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from masthead.cli import main
from masthead.reading.portrayal.classifier import Probabilities
from masthead.validation.gold.files import GoldMention, examples
from masthead.validation.gold.portrayal import evaluate, grade

WORDS = {-1: "mocked", 0: "met", 1: "praised"}


class Reader:
    """Knows three words, and counts the texts it was given."""

    name = "reader of three words"
    version = "1"
    languages = frozenset({"en"})
    lot = 10

    def __init__(self) -> None:
        self.texts: list[str] = []

    def read(self, texts: Sequence[str]) -> Probabilities:
        assert len(texts) <= self.lot
        self.texts += texts
        sure = [[0.1 + 0.7 * (word in text) for word in WORDS.values()] for text in texts]
        return np.array(sure, dtype=np.float32)


def made(n: int) -> list[GoldMention]:
    """Return n labelled mentions in sentences of two subjects; labels are what the words say."""
    rows = []
    for at in range(n):
        polarity = at % 3 - 1
        sentence = f"On day {at // 2} of the talks the envoys {WORDS[polarity]} Oxley and left Ruiz waiting."
        start = sentence.index("Oxley")
        rows.append(GoldMention(sentence, start, start + 5, polarity, at + 1))
    return rows


def saved(path: Path, rows: Sequence[GoldMention]) -> Path:
    lines = [
        {"sentence": one.sentence, "from": one.start, "to": one.end, "polarity": one.polarity} for one in rows
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_classifier_that_is_right_scores_one_and_reads_each_text_once() -> None:
    reader, rows = Reader(), made(90)
    found = evaluate([*rows, *rows[:5]], reader)
    assert sorted(reader.texts) == sorted(set(examples(rows)))
    assert found.whole.n == 95
    assert found.whole.macro_f1.value == found.whole.accuracy.value == 1.0
    assert [one.support for one in found.classes] == [32, 32, 31]
    assert np.trace(np.array(found.confusion)) == 95
    assert found.calibration.error == pytest.approx(0.2, abs=1e-6)
    assert "5 lines repeat a mention, 0 of the mentions with more than one label" in found.notes[0]


def test_progress_is_told_from_nothing_to_all() -> None:
    told: list[tuple[str, int, int]] = []
    evaluate(made(25), Reader(), lambda *now: told.append(now))
    assert [done for _, done, _ in told] == [0, 10, 20, 25]


def test_the_mean_of_readings_is_set_beside_the_mean_of_labels() -> None:
    rows = made(300)
    rosy = np.tile([0.1, 0.3, 0.6], (300, 1))
    mean = grade(rows, rosy).mean
    assert mean.model == pytest.approx(0.5)
    assert mean.gold == pytest.approx(0.0)
    assert mean.difference.value == pytest.approx(0.5, abs=1e-6)
    assert mean.difference.low is not None
    assert 0.3 < mean.difference.low < 0.5


def test_parts_by_length_and_company_add_up() -> None:
    rows = made(60)
    long = rows[0].sentence + " And so it went on" * 10
    crowd = [
        GoldMention(long, long.index(name), long.index(name) + len(name), 0, 99) for name in ("Oxley", "Ruiz")
    ]
    found = grade([*rows, *crowd], np.tile([0.2, 0.6, 0.2], (62, 1)))
    assert [(part.name, part.n) for part in found.by_length] == [("1 to 15", 60), ("41 or more", 2)]
    assert [(part.name, part.n, part.n_sentences) for part in found.by_subjects] == [
        ("1", 60, 60),
        ("2 or more", 2, 1),
    ]


def test_what_is_odd_about_a_file_is_noted() -> None:
    rows = [one for one in made(30) if one.polarity != 1]
    torn = GoldMention(rows[0].sentence, rows[0].start, rows[0].end, 0, 31)
    notes = " | ".join(grade([*rows, torn], np.tile([0.6, 0.2, 0.2], (21, 1))).notes)
    assert "fewer than 50 sentences" in notes
    assert "no mention is labelled favourable" in notes
    assert "1 lines repeat a mention, 1 of the mentions with more than one label" in notes


def test_sentences_in_another_language_are_noted() -> None:
    sentence = (
        "Der Bürgermeister hat die Abgeordnete Oxley gestern im Stadtrat für ihre Arbeit ausdrücklich gelobt."
    )
    row = GoldMention(sentence, sentence.index("Oxley"), sentence.index("Oxley") + 5, 1, 1)
    assert "the sentences look like 'de'; the model was made for en" in evaluate([row], Reader()).notes
    reader = Reader()
    reader.languages = None  # type: ignore[assignment]
    assert not any("look like" in note for note in evaluate([row], reader).notes)


def run(monkeypatch: pytest.MonkeyPatch, *words: object) -> int:
    """Run a command in this process and return its exit code."""
    monkeypatch.setattr(sys, "argv", ["masthead", "evaluate", "portrayal", *map(str, words)])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def test_the_shipped_model_is_scored_for_people_and_for_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path / "gold.jsonl", made(60))
    assert run(monkeypatch, path) == 0
    text = capsys.readouterr().out
    assert text.startswith("masthead-portrayal ")
    assert "on " + str(path) in text
    assert "60 mentions in 60 sentences" in text
    for word in ("macro-F1", "accuracy", "precision", "labelled, read as", "calibration error", "difference"):
        assert word in text
    assert run(monkeypatch, path, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["whole"]["n"] == 60
    assert 0 <= told["whole"]["macro_f1"]["low"] <= told["whole"]["macro_f1"]["value"] <= 1
    assert np.array(told["confusion"]).sum() == 60
    assert told["left_out"] == 0
    assert told["version"]


def test_bad_lines_are_refused_or_left_out_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = saved(tmp_path / "gold.jsonl", made(20))
    path.write_text(path.read_text() + '{"sentence": "Ruiz", "from": 0, "to": 9, "polarity": 0}\n')
    assert run(monkeypatch, path) == 1
    refused = capsys.readouterr()
    assert refused.out == ""
    assert "1 of 21 lines" in refused.err
    assert "line 21: offsets 0 to 9 do not lie in a sentence of 4 characters" in refused.err
    assert run(monkeypatch, path, "--skip-bad", "--json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["left_out"] == 1
    assert "left out 1 line of 21" in told.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("none.jsonl",), 1, "no gold file at 'none.jsonl'"),
        (("gold.jsonl", "--model", "none"), 1, "none"),
        (("gold.jsonl", "--study", "none.toml"), 2, "no study file"),
        (("gold.jsonl", "--study", "study.toml", "--model", "none"), 2, "one of them"),
    ],
)
def test_a_wrong_command_says_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "gold.jsonl", made(3))
    assert run(monkeypatch, *words) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
