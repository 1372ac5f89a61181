"""From the units of a survey to the map, what explains it, and whether it followed: with planted sides."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.measuring.units import label_uses_path
from masthead.questions.alignment.alignment import Aligned, alignment
from masthead.questions.alignment.label_portrayals import favour_of_names
from masthead.study import Study
from tests.alignment.drawn import FIRST, found, study_of, written

SUBJECTS = [f"s{i}" for i in range(10)]
SIDE = {s: 1 if i % 2 else -1 for i, s in enumerate(SUBJECTS)}
BELIEF = {s: 1 if i < 5 else -1 for i, s in enumerate(SUBJECTS)}
OUTLETS = ["fulmar", "gull", "skua", "tern"]
OWN = dict(zip(SUBJECTS, [0.03, -0.02, 0.01, 0.0, -0.03, 0.02, 0.01, -0.01, 0.02, -0.02], strict=True))


def means(
    by: dict[str, float], but: dict[tuple[str, str], float] | None = None
) -> dict[tuple[str, str], float]:
    """Each outlet's portrayals: so much by the side of a subject, and a little of the subject's own."""
    sides = {(o, s): by[o] * SIDE[s] + OWN[s] - 0.1 for o in by for s in SUBJECTS}
    return sides | (but or {})


def study(**more: Any) -> Study:
    factors = [{"id": "side", "values": SIDE}, {"id": "belief", "values": BELIEF}]
    return study_of(SUBJECTS, OUTLETS, factor=factors, measures=["portrayal"], **more)


def aligned(
    folder: Path, by: dict[str, float] | None = None, asked: Study | None = None, **more: Any
) -> Aligned:
    by = {"fulmar": 0.3, "gull": 0.01, "skua": 0.0, "tern": -0.3} if by is None else by
    units = written(folder / "made.parquet", means(by, more.pop("but", None)), **more)
    asked = asked or study()
    return alignment(units, asked, found(units, asked))


def rows(
    of: Aligned, outlet: str, factor: str, beyond: str | None = None, wire: str = "with"
) -> dict[str, Any]:
    kept = (outlet, factor, beyond, wire)
    (row,) = [
        r for r in of.explanations.to_pylist() if (r["outlet"], r["factor"], r["beyond"], r["wire"]) == kept
    ]
    return row


def test_planted_sides_are_found_with_their_direction(tmp_path: Path) -> None:
    made = aligned(tmp_path)
    for outlet, slope in (("fulmar", 0.6), ("tern", -0.6)):
        row = rows(made, outlet, "side")
        assert row["answer"] == "explains"
        assert row["slope_low"] <= slope <= row["slope_high"]
        assert row["apart_low"] <= row["apart"] <= row["apart_high"]
        assert row["apart"] * slope > 0
        assert rows(made, outlet, "belief", "side")["answer"] == "adds nothing"
        assert row["q"] <= 0.05
    for outlet in ("gull", "skua"):
        assert rows(made, outlet, "side")["answer"] == "does not explain"


def test_the_map_shows_blocks_in_one_order_for_all_bases(tmp_path: Path) -> None:
    made = aligned(tmp_path)
    table = [r for r in made.alignment.to_pylist() if r["wire"] == "with"]
    outlets = sorted({(r["outlet_order"], r["outlet"]) for r in table})
    assert [name for _, name in outlets] in ([*OUTLETS], [*reversed(OUTLETS)])
    ordered = [SIDE[name] for _, name in sorted({(r["subject_order"], r["subject"]) for r in table})]
    assert ordered in ([1] * 5 + [-1] * 5, [-1] * 5 + [1] * 5)
    fulmar = {r["subject"]: r for r in table if r["outlet"] == "fulmar"}
    assert all(fulmar[s]["side"] == SIDE[s] for s in SUBJECTS if abs(fulmar[s]["estimate"]) > 0.15)
    assert all(r["conf_low"] <= r["estimate"] <= r["conf_high"] for r in table)
    axes = made.about["axes"]["with"]
    assert axes["n"] == 1
    assert {p["outlet"] for p in axes["outlets"]} == {*OUTLETS}
    balance = made.about["balance"]["with"]
    assert balance["frustration"] == 0
    assert balance["p"] < 0.05
    camps = [{*camp} for camp in balance["camps"]]
    assert any({"fulmar", "s1"} <= camp and "tern" not in camp for camp in camps)


def test_where_everybody_blames_everybody_balance_says_nothing(tmp_path: Path) -> None:
    made = aligned(tmp_path, but={(o, s): -0.6 for o in OUTLETS for s in SUBJECTS})
    told = made.about["balance"]["with"]
    assert "reason" in told
    assert "all 40 sure ties are unfavourable" in told["absolute"]["reason"]


def test_what_was_found_is_kept_until_factors_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = aligned(tmp_path)
    monkeypatch.setattr("masthead.questions.alignment.alignment._alignment", None)
    again = aligned(tmp_path)
    assert again.alignment.equals(made.alignment)
    assert again.explanations.equals(made.explanations)
    assert again.about == json.loads(json.dumps(made.about))
    with pytest.raises(TypeError):
        aligned(tmp_path, asked=study_of(SUBJECTS, OUTLETS, factor=[{"id": "side", "values": SIDE}]))


def test_swapping_two_subjects_swaps_what_is_found(tmp_path: Path) -> None:
    swap = {"s2": "s5", "s5": "s2"}
    sides = means({"fulmar": 0.3, "gull": 0.05, "skua": -0.1, "tern": -0.2}, {("gull", "s2"): -0.5})
    turned = {(o, swap.get(s, s)): m for (o, s), m in sides.items()}
    asked = study()
    values = [{swap.get(s, s): v for s, v in f.items()} for f in (SIDE, BELIEF)]
    factors = [{"id": name, "values": of} for name, of in zip(("side", "belief"), values, strict=True)]
    mirror = study_of(SUBJECTS, OUTLETS, factor=factors, measures=["portrayal"])
    one, two = (
        alignment(units, of, found(units, of))
        for units, of in (
            (written(tmp_path / "a" / "a.parquet", sides), asked),
            (written(tmp_path / "b" / "b.parquet", turned), mirror),
        )
    )
    for a, b in zip(one.explanations.to_pylist(), two.explanations.to_pylist(), strict=True):
        assert a["answer"] == b["answer"]
        for name in ("slope", "explained", "explained_high", "p", "p_best", "q", "apart_low"):
            assert a[name] == pytest.approx(b[name], abs=1e-9)
    cells = {
        (r["outlet"], swap.get(r["subject"], r["subject"]), r["wire"]): r for r in one.alignment.to_pylist()
    }
    for row in two.alignment.to_pylist():
        other = cells[row["outlet"], row["subject"], row["wire"]]
        assert row["subject_order"] == other["subject_order"]
        assert (row["side"], row["fits"]) == (other["side"], other["fits"])
        assert row["fitted"] == pytest.approx(other["fitted"], abs=1e-9)
    told = [of.about["balance"]["with"] for of in (one, two)]
    assert told[0]["expected"] == told[1]["expected"]


TURN = FIRST + dt.timedelta(days=20)


@pytest.mark.parametrize(
    ("later", "answer"), [(0.5, "follows"), (-0.2, "does not follow"), (0.0, "does not follow")]
)
def test_portrayal_follows_a_factor_that_changes_or_does_not(
    tmp_path: Path, later: float, answer: str
) -> None:
    values = {**SIDE, "s0": [{"value": -1}, {"from": TURN, "value": 1}]}
    asked = study_of(SUBJECTS, OUTLETS, factor=[{"id": "side", "values": values}], measures=["portrayal"])
    folder = tmp_path
    sides = means({"fulmar": 0.3, "gull": 0.0, "skua": 0.0, "tern": -0.3})
    steady = pq.read_table(written(folder / "steady.parquet", sides, 400))
    turns = pq.read_table(written(folder / "turns.parquet", {("fulmar", "s0"): -0.25}, 400, later=later))
    kept = [
        not (o == "fulmar" and s == "s0")
        for o, s in zip(*(steady[c].to_pylist() for c in ("outlet", "subject")), strict=True)
    ]
    table = pa.concat_tables([steady.filter(pa.array(kept)), turns])
    # The days of the change lie in the middle.
    start = TURN - dt.timedelta(days=200)
    days = [start + (day - FIRST) for day in table["day"].to_pylist()]
    place = table.schema.get_field_index("day")
    pq.write_table(table.set_column(place, "day", pa.array(days, pa.date32())), folder / "all.parquet")
    made = alignment(folder / "all.parquet", asked, found(folder / "all.parquet", asked))
    (row,) = [r for r in made.about["over_time"]["with"] if r["outlet"] == "fulmar"]
    assert (row["from"], row["value_before"], row["value_after"]) == (TURN.isoformat(), -1.0, 1.0)
    assert row["answer"] == answer
    assert row["after"] - row["before"] == pytest.approx(later, abs=0.05)
    (gull,) = [r for r in made.about["over_time"]["with"] if r["outlet"] == "gull"]
    assert gull["answer"] == "not enough evidence"
    # The subject takes part in what explains with one of its two stretches.
    assert rows(made, "fulmar", "side")["n_subjects"] == 10


def test_without_portrayal_or_factors_there_is_a_sentence_and_no_number(tmp_path: Path) -> None:
    none = aligned(tmp_path / "none", asked=study_of(SUBJECTS, OUTLETS, measures=["attention"]))
    assert "does not ask for portrayal" in none.about["reason"]
    assert none.alignment.num_rows == none.explanations.num_rows == 0
    bare = aligned(tmp_path / "bare", asked=study_of(SUBJECTS, OUTLETS, measures=["portrayal"]))
    assert bare.alignment.num_rows
    assert not bare.explanations.num_rows
    assert "names no factor" in bare.about["said"][0]


def test_one_subject_or_an_outlet_that_mentions_few_is_told_so(tmp_path: Path) -> None:
    few = {
        key: m
        for key, m in means({"fulmar": 0.3, "gull": 0.3}).items()
        if key[0] == "fulmar" or key[1] in ("s0", "s1", "s2")
    }
    units = written(tmp_path / "few.parquet", few)
    made = alignment(units, study(), found(units, study()))
    row = rows(made, "gull", "side")
    assert (row["answer"], row["slope"], row["p"]) == ("not enough evidence", None, None)
    assert row["reason"].startswith("3 subjects have a value and two articles")
    assert "fewer than three outlets" in made.about["axes"]["with"]["reason"]
    one = study_of(["s0"], ["fulmar"], measures=["portrayal"], factor=[{"id": "side", "values": {"s0": 1}}])
    alone = written(tmp_path / "one" / "one.parquet", {("fulmar", "s0"): 0.3})
    found_alone = alignment(alone, one, found(alone, one))
    assert found_alone.alignment.num_rows == 2
    assert rows(found_alone, "fulmar", "side")["answer"] == "not enough evidence"


def labelled(folder: Path, uses: list[tuple[str, str, str, float, int]]) -> Path:
    """Write the labels behind units: outlet, subject, label, how who bears it is portrayed, in how many articles."""
    made = [
        {
            "outlet": outlet, "subject": subject, "label": label, "cluster": f"{outlet}-{subject}-{label}-{i}",
            "quoted": False, "copied": False, "uses": 1, "score": score, "read": 1.0,
        }
        for outlet, subject, label, score, articles in uses
        for i in range(articles)
    ]  # fmt: skip
    units = folder / "made.parquet"
    path = label_uses_path(units)
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(made), path)
    return units


def test_a_label_carries_what_it_carries_elsewhere_and_of_others(tmp_path: Path) -> None:
    uses = [
        ("gull", "front", "gunmen", 0.9, 20),
        ("tern", "front", "fighters", -0.9, 20),
        ("skua", "guard", "gunmen", -0.6, 20),
        ("skua", "guard", "fighters", 0.4, 20),
        ("gull", "guard", "fighters", -0.9, 3),
    ]
    units = labelled(tmp_path, uses)
    made = favour_of_names(units, {"gull": "all", "tern": "all", "skua": "all"}, "with", 0.95)
    # Its own sentences (+0.9) have no say in what gunmen carries: those of skua about the guard have.
    value, low, high, n = made["gull", "front"]
    fighters = (20 * 0.4 - 3 * 0.9) / 23
    assert value == pytest.approx(-0.6 - fighters)
    assert low < value < high < 0
    assert n == 20
    assert made["tern", "front"][0] == pytest.approx(fighters + 0.6)


def test_a_label_that_nobody_else_bears_carries_nothing(tmp_path: Path) -> None:
    units = labelled(tmp_path, [("gull", "front", "gunmen", -0.9, 20), ("tern", "front", "gunmen", -0.9, 20)])
    assert favour_of_names(units, {"gull": "all", "tern": "all"}, "with", 0.95) == {}
