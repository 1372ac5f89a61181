"""What the parts of the benchmark time is what they say, and each may be asked for alone."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.__main__ import OF_ARTICLES, OF_FIGURES
from benchmarks.steps import PARTS, step_named

from benchmarks import alignment, forecasts, kinship, steps, texts
from masthead import press
from masthead.archive import Archive
from masthead.study import load_study


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A small press: its archive and its study."""
    folder = tmp_path_factory.mktemp("bench")
    one = press.make(seed=2, articles=60, setting="easy")
    one.write(folder / "press.jsonl")
    (folder / "study.toml").write_text(one.study(), encoding="utf-8")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    return str(folder / "press.archive"), str(folder / "study.toml")


def test_steps_of_the_parts_are_found_by_name() -> None:
    for module, names in (
        (alignment, ("explain_all", "explain_in_a_loop")),
        (forecasts, ("foretell",)),
        (texts, ("add_repairing", "pandas_ftfy", "scan_hundred", "scan_hundred_regex")),
        (kinship, ("read_before", "learn_phrases", "count_phrases")),
    ):
        assert module in PARTS
        assert all(step_named(name) is getattr(module, name) for name in names)


def test_every_part_may_be_asked_for_alone() -> None:
    names = [*(part.__name__ for part in OF_ARTICLES), *OF_FIGURES]
    assert {"alignment", "mending", "hundred", "kinship", "forecasts", "changes"} <= set(names)
    assert len(names) == len(set(names))


def test_both_sides_of_alignment_make_the_same_tests() -> None:
    told = alignment.explain_all(2)
    assert told["tests"] == 2 * alignment.FACTORS**2
    assert told["permutations"] >= told["tests"] * 10
    few, many = (alignment.explain_in_a_loop(n)["cpu"] for n in (1_000, 1_000_000))
    assert many > 100 * few > 0


def test_adding_and_its_repairs_are_timed_beside_ftfy(tmp_path: Path) -> None:
    text = "â€œWe wonâ€™t,â€\x9d said Hale.\\nThe <b>port</b> of <b>Elin</b> was shut. " * 200
    rows = [{"outlet": "a", "title": f"T{i}", "text": text, "published": "2020-01-01"} for i in range(20)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    told = texts.add_repairing(str(tmp_path / "a.parquet"), str(tmp_path / "a.archive"), {})
    assert told["result"] == 20
    assert told["repaired"] == {"backslashes": 20, "tags": 20, "encoding": 20}
    assert 0 < told["repair"] < told["cpu"]
    beside = texts.pandas_ftfy(str(tmp_path / "a.parquet"), str(tmp_path / "b.parquet"), ["title", "text"])
    assert beside["result"] == 20
    assert '"We won\'t," said Hale.' in pq.read_table(tmp_path / "b.parquet")["text"][0].as_py()


def test_the_aliases_of_a_study_are_scanned_for_on_both_sides(made: tuple[str, str]) -> None:
    ours, theirs = steps.scan(*made, limit=20), steps.scan_regex(*made, limit=20)
    assert ours["characters"] == theirs["characters"]
    assert ours["result"] >= theirs["result"] > 20


def test_both_sides_of_the_scan_find_the_same_names(made: tuple[str, str]) -> None:
    ours, theirs = texts.scan_hundred(made[0], 50), texts.scan_hundred_regex(made[0], 50)
    assert ours["result"] == theirs["result"] > 50


def test_forecasts_are_read_and_their_sentences_parsed(made: tuple[str, str], tmp_path: Path) -> None:
    name = load_study(made[1]).subjects[0].aliases[0].text
    article = {"outlet": "a", "title": "", "text": f"{name} will fall.", "published": "2020-01-01"}
    (tmp_path / "one.jsonl").write_text(json.dumps(article), encoding="utf-8")
    Archive.create(tmp_path / "one.archive", frame="everything").add(tmp_path / "one.jsonl")
    told = forecasts.foretell(str(tmp_path / "one.archive"), made[1])
    assert told["seconds"] > 0
    assert told["result"]["sentences_parsed"] == told["result"]["articles"] == 1


def test_kinship_is_read_afresh_each_time_from_what_was_read_before(made: tuple[str, str]) -> None:
    kinship.read_before(*made)
    first, second = (kinship.learn_phrases(*made) for _ in range(2))
    assert all(told["cpu"] > 0 for told in (first, second))
    assert (first["phrases"], first["uses"]) == (second["phrases"], second["uses"])
    pytest.importorskip("sklearn")
    assert kinship.count_phrases(made[0])["phrases"] > 1_000
