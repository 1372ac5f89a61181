from __future__ import annotations

import json
from pathlib import Path

from masthead import press
from masthead.press.copies.reprints import DEGREES
from masthead.validation.presses.reuse import grade_reuse


def test_reprints_come_at_every_degree_and_the_truth_says_which() -> None:
    made, truth = press.planted_reprints(5, 900)
    assert {row["manner"] for row in truth.copies.to_pylist()} == {degree.name for degree in DEGREES}
    published = {row["key"]: row["published"] for row in made.articles()}
    assert len(published) == 900
    for copy in truth.copies.to_pylist():
        assert published[copy["source_key"]] < published[copy["key"]]
        assert 0 < copy["share"] <= 1


def test_the_same_seed_gives_the_same_bytes_and_a_shorter_press_begins_a_longer(tmp_path: Path) -> None:
    for name in ("one.jsonl", "two.jsonl"):
        press.planted_reprints(7, 200)[0].write(tmp_path / name)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    longer = {row["key"]: row["text"] for row in press.planted_reprints(7, 260)[0].articles()}
    shorter = {row["key"]: row["text"] for row in press.planted_reprints(7, 200)[0].articles()}
    # A story that is cut short may lack the source of a reprint.
    same = sum(longer[key] == text for key, text in shorter.items())
    assert same >= len(shorter) - 8


def test_truth_of_misread_articles_stands_where_it_says() -> None:
    made, truth = press.planted_reprints(9, 400)
    texts = {row["key"]: row for row in made.articles()}
    misread = {row["key"] for row in truth.copies.to_pylist() if "misread" in row["manner"]}
    mentions = [row for row in truth.mentions.to_pylist() if row["key"] in misread]
    assert mentions
    for row in mentions:
        assert texts[row["key"]][row["field"]][row["start"] : row["end"]] == row["alias"]


def test_reuse_is_found_on_presses_that_it_was_not_developed_on() -> None:
    grade = json.loads(json.dumps(grade_reuse("hard", presses=1, articles=600, seed=301).as_dict()))
    assert grade["rand"] > 0.92
    assert grade["rand"] > grade["minhash"] + 0.1
    assert grade["precision"] > 0.96
    assert grade["by_degree"]["whole"]["found"] == 1
    assert grade["by_degree"]["5% of letters misread"]["found"] > 0.9
    assert grade["wire"]["precision"] > 0.9
    assert grade["wire"]["recall"] > 0.9
    assert grade["echo"]["read_in_innocent"] < 0.12
