"""Pairs counted in other ways: the same intervals, of fewer stories or of outlets' own articles alone."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from masthead.inference.silence.cells import make_cells
from masthead.inference.silence.counted import COUNTED
from masthead.inference.silence.silences import Silences, find_silences
from masthead.inference.silence.tails import ratio_bounds
from masthead.instruments.silence.kept_ways import KEPT
from masthead.instruments.silence.other_ways import Ran, in_every_way
from tests.silence.coverage import NO_GAPS, OUTLETS, cells, drawn, runs_of, stories_of

FIGURES = ("n_stories", "covered", "expected", "estimate", "conf_low", "conf_high")


def boycott(outlet: str, about: list[str]) -> float:
    return float(outlet == "cedar" and "mayor" in about)


@pytest.fixture(scope="module")
def found() -> Silences:
    return find_silences(cells(21, 400, left_out=boycott), ways=True)


def rows(table: pa.Table, **asked: str) -> dict[tuple[str, str], dict[str, object]]:
    return {
        (row["outlet"], row["subject"]): row
        for row in table.to_pylist()
        if all(row[name] == value for name, value in asked.items())
    }


def test_all_stories_give_the_surveys_own_figures(found: Silences) -> None:
    assert found.ways.schema == COUNTED
    whole, pairs = rows(found.ways, way="whole"), rows(found.pairs)
    assert len(whole) == len(pairs) == 24
    for pair, row in pairs.items():
        assert [whole[pair][name] for name in FIGURES] == [row[name] for name in FIGURES]


def test_the_stories_that_count_are_counted(found: Silences) -> None:
    told = cells(21, 400, left_out=boycott).table.to_pylist()
    eligible = [cell for cell in told if cell["known"] and cell["others"] >= 2]
    days = [cell["day"] for cell in eligible]
    month = dt.timedelta(days=30)
    inside = (min(days) + month, max(days) - month)
    kept = {
        "wide": [cell for cell in eligible if cell["others"] >= 3],
        "shorter": [cell for cell in eligible if inside[0] <= cell["day"] <= inside[1]],
    }
    for way, of in kept.items():
        assert 0 < len(of) < len(eligible)
        for (outlet, subject), row in rows(found.ways, way=way).items():
            about = [cell for cell in of if cell["outlet"] == outlet and subject in (cell["subjects"] or [])]
            # What cedar passes over for the mayor is held against no other subject.
            own = [
                c for c in about if outlet != "cedar" or subject == "mayor" or "mayor" not in c["subjects"]
            ]
            assert (row["n_stories"], row["covered"]) == (len(own), sum(cell["covered"] for cell in own))


def test_what_is_expected_is_of_the_stories_that_count(found: Silences) -> None:
    whole = rows(found.ways, way="whole")
    for way in ("wide", "shorter"):
        for pair, row in rows(found.ways, way=way).items():
            # Odds of the same stories, but for the demand that is learnt from fewer of them.
            assert row["expected"] == pytest.approx(
                whole[pair]["expected"] * row["n_stories"] / whole[pair]["n_stories"], rel=0.25
            )
            assert row["estimate"] == pytest.approx(row["covered"] / row["expected"])
            assert row["conf_low"] <= row["estimate"] <= row["conf_high"]
        assert rows(found.ways, way=way)["cedar", "mayor"]["conf_high"] < 0.5
        # A boycott of fewer stories is known less surely, and never for certain.
        assert rows(found.ways, way=way)["cedar", "mayor"]["conf_high"] > whole["cedar", "mayor"]["conf_high"]


def test_intervals_are_as_wide_as_those_of_unequal_chances(found: Silences) -> None:
    for row in rows(found.ways, way="shorter").values():
        n, expected = row["n_stories"], row["expected"]
        odds = np.full(n, np.log(expected / (n - expected)))
        low, high = ratio_bounds(odds, row["covered"], 0.0, 0.95)
        assert row["conf_high"] - row["conf_low"] > 0.8 * (high - low)


def test_where_every_story_counts_in_every_way_the_ways_are_one() -> None:
    runs, about = [], []
    rng = np.random.default_rng(3)
    for number in range(200):
        about.append((f"s{number:03d}", ["docks"] if number % 3 else []))
        runs += [
            (f"s{number:03d}", o, 60 + number % 240) for o in OUTLETS if o != "fir" or rng.random() < 0.5
        ]
    # Stories at either end, about nobody: they make the archive longer than what is counted.
    runs += [(f"end{day}", o, day) for day in (1, 2, 3, 362, 363, 364) for o in OUTLETS]
    table = find_silences(make_cells(runs_of(runs), stories_of(about), NO_GAPS), ways=True).ways
    ways = [rows(table, way=way)["fir", "docks"] for way in ("whole", "shorter", "wide")]
    assert ways[0]["n_stories"] == 133
    for row in ways[1:]:
        assert [row[name] for name in FIGURES] == pytest.approx([ways[0][name] for name in FIGURES], rel=1e-6)


def test_nothing_is_counted_where_nothing_was_asked_or_can_be_said() -> None:
    assert find_silences(cells(21, 100)).ways.num_rows == 0
    nobody = make_cells(runs_of([("s", "alder", 3)]), stories_of([]), NO_GAPS)
    assert find_silences(nobody, ways=True).ways.num_rows == 0


def test_what_was_only_copied_is_covered_with_wire_copy_and_not_without() -> None:
    runs, told = drawn(33, 400)
    about = dict(zip(told["story"].to_pylist(), told["subjects"].to_pylist(), strict=True))
    copied = [row["outlet"] == "fir" and "mayor" in about.get(row["story"], []) for row in runs.to_pylist()]
    found = find_silences(make_cells(runs, told, NO_GAPS), ways=True)
    ran = Ran(runs.append_column("copied", pa.array(copied)), told, NO_GAPS)
    table = in_every_way(found.ways, ran, 0.95)
    assert table.schema == KEPT
    together, own = (rows(table, wire=wire, way="whole") for wire in ("with", "without"))
    assert together["fir", "mayor"]["conf_low"] < 1 < together["fir", "mayor"]["conf_high"]
    assert own["fir", "mayor"]["covered"] == 0
    assert own["fir", "mayor"]["conf_high"] < 0.5
    # Its other stories, which it wrote itself, are held to what it writes itself.
    assert own["fir", "rail"]["conf_low"] < 1 < own["fir", "rail"]["conf_high"]
    assert {row["way"] for row in table.to_pylist()} == {"whole", "shorter", "wide"}
    none = ran._replace(runs=runs.append_column("copied", pa.array([False] * len(copied))))
    same = in_every_way(found.ways, none, 0.95).to_pylist()
    assert [{**row, "wire": "with"} for row in same if row["wire"] == "without"] == [
        row for row in same if row["wire"] == "with"
    ]
