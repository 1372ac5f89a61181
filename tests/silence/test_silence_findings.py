"""What is called silent, what is listed, and when nothing can be said."""

from __future__ import annotations

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.engines import collect
from masthead.engines.duckdb import connect
from masthead.inference import sums
from masthead.inference.silence.cells import Cells, make_cells
from masthead.inference.silence.pairs import PAIRS
from masthead.inference.silence.silences import EXPECTED, Silences, find_silences
from masthead.instruments.silence.measure import Silence
from masthead.measuring.measure import CELL, Tables
from tests.silence.coverage import NO_GAPS, OUTLETS, cells, drawn, gap, runs_of, stories_of


def boycott(outlet: str, about: list[str]) -> float:
    """Cedar says nothing of the mayor, and birch seldom anything of the railway."""
    return (
        1.0
        if outlet == "cedar" and "mayor" in about
        else 0.9
        if outlet == "birch" and "rail" in about
        else 0.0
    )


@pytest.fixture(scope="module")
def found() -> Silences:
    return find_silences(cells(21, 400, left_out=boycott))


def pairs(found: Silences) -> dict[tuple[str, str], dict[str, object]]:
    return {(row["outlet"], row["subject"]): row for row in found.pairs.to_pylist()}


def test_boycotts_are_called_and_nothing_else(found: Silences) -> None:
    called = {pair for pair, row in pairs(found).items() if row["call"] == "silent"}
    assert called == {("cedar", "mayor"), ("birch", "rail")}
    assert "2 cover at most half" in found.sentences[0]


def test_a_story_passed_over_for_one_subject_is_not_held_against_another() -> None:
    # Whatever is about the mayor is about the docks too: cedar passes over the mayor's stories, not the docks'.
    runs, stories = drawn(
        27, 700, left_out=lambda outlet, about: float(outlet == "cedar" and "mayor" in about)
    )
    about = [
        sorted({*told, "docks"}) if "mayor" in told else told for told in stories["subjects"].to_pylist()
    ]
    both = stories.set_column(3, "subjects", pa.array(about, pa.list_(pa.string())))
    found = pairs(find_silences(make_cells(runs, both, NO_GAPS)))
    assert found["cedar", "mayor"]["call"] == "silent"
    docks = found["cedar", "docks"]
    assert docks["call"] is None
    assert docks["n_elsewhere"] == found["cedar", "mayor"]["n_stories"]
    assert docks["estimate"] > 0.7  # type: ignore[operator]


def test_a_total_boycott_has_an_interval(found: Silences) -> None:
    row = pairs(found)["cedar", "mayor"]
    assert (row["covered"], row["estimate"], row["conf_low"]) == (0, 0.0, 0.0)
    assert 0 < row["conf_high"] < 0.5  # type: ignore[operator]


def test_every_ratio_lies_in_its_interval(found: Silences) -> None:
    for row in found.pairs.to_pylist():
        assert row["conf_low"] <= row["estimate"] <= row["conf_high"]
        assert (row["p"] is None) == (row["note"] is not None)
    assert found.pairs.schema.equals(PAIRS)


def test_where_nothing_was_left_out_it_says_so() -> None:
    found = find_silences(cells(22, 400))
    assert not any(found.pairs["call"].to_pylist())
    assert "none covers so little of a subject" in found.sentences[0]
    assert found.taste < 0.4


def test_one_rule_gives_the_same_ratio(found: Silences) -> None:
    con = connect()
    columns = {
        name: found.expectations[name]
        for name in ("story", "outlet", "subject", "category", "covered", "expected")
    }
    con.register(
        "units", pa.table({**columns, "period_start": pa.nulls(len(found.expectations), pa.date32())})
    )
    frame = nw.from_native(con.sql("FROM units"))
    tables = Tables(frame, frame, frame, {"expected": frame})
    table = collect(sums(Silence().units(tables, "all"), list(CELL)))
    ratios = {(row["outlet"], row["subject"]): row["wx"] / row["wy"] for row in table.to_pylist()}
    assert ratios == {pair: pytest.approx(row["estimate"], abs=1e-5) for pair, row in pairs(found).items()}
    assert found.expectations.schema.equals(EXPECTED)


def test_the_order_of_rows_and_the_names_of_subjects_change_no_figure(found: Silences) -> None:
    runs, stories = drawn(21, 400, left_out=boycott)
    order = np.random.default_rng(3).permutation(stories.num_rows)
    other = {"mayor": "rail", "rail": "mayor", "docks": "docks", "union": "union"}
    about = [[other[s] for s in told] for told in stories["subjects"].to_pylist()]
    swapped = stories.set_column(3, "subjects", pa.array(about, pa.list_(pa.string()))).take(pa.array(order))
    again = pairs(find_silences(make_cells(runs, swapped, NO_GAPS)))
    for (outlet, subject), row in pairs(found).items():
        mirrored = again[outlet, other[subject]]
        assert mirrored["call"] == row["call"]
        for name in ("estimate", "conf_low", "conf_high", "expected", "p"):
            assert mirrored[name] == pytest.approx(row[name], abs=1e-9)


def test_likely_stories_passed_over_are_listed_with_who_ran_them() -> None:
    found = find_silences(cells(23, 400), bar=0.6)
    assert found.n_listed == found.stories.num_rows > 10
    chances = found.stories["probability"].to_pylist()
    assert chances == sorted(chances, reverse=True)
    assert min(chances) >= 0.6
    for row in found.stories.to_pylist():
        assert row["outlet"] not in row["covered_by"]
        assert len(row["covered_by"]) >= 2
    # All are by chance, and the stated number is of that size: within four standard errors.
    assert abs(found.n_listed - found.chance) < 4 * np.sqrt(found.chance)


def test_predictions_of_unseen_stories_are_calibrated() -> None:
    table = find_silences(cells(24, 900)).calibration
    n, predicted, covered = (table[name].to_numpy() for name in ("n", "predicted", "covered"))
    error = np.sqrt(predicted * (1 - predicted) / n)
    assert (np.abs(predicted - covered) < 4 * error + 0.02).all()


def test_a_hole_in_the_collection_is_no_silence() -> None:
    # Fir is silent on the docks throughout a third of the year, because the archive has nothing of it.
    runs, stories = drawn(25, 400)
    lost = pc.and_(
        pc.equal(runs["outlet"], "fir"),
        pc.and_(pc.greater(pc.day_of_year(runs["day"]), 100), pc.less(pc.day_of_year(runs["day"]), 230)),
    )
    kept = runs.filter(pc.invert(lost))
    found = find_silences(make_cells(kept, stories, gap("fir", 98, 227)))
    assert not any(found.pairs["call"].to_pylist())
    assert pairs(found)["fir", "docks"]["n_unknown"] > 10  # type: ignore[operator]
    assert found.counts["unknown"] > 50
    inside = [row["day"].timetuple().tm_yday for row in found.stories.to_pylist() if row["outlet"] == "fir"]
    assert not any(100 < day < 230 for day in inside)


def of_outlets(*outlets: str, shared: tuple[str, ...]) -> Cells:
    runs = [(f"{o}{day}", o, day) for o in outlets for day in range(40)]
    runs += [(f"both{day}", o, day) for o in shared for day in range(0, 40, 4)]
    return make_cells(runs_of(runs), stories_of([]), NO_GAPS)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (of_outlets("alder", shared=()), "no story that at least two outlets ran"),
        (of_outlets("alder", "birch", shared=("alder", "birch")), "silence takes three"),
        (make_cells(runs_of([]), stories_of([]), NO_GAPS), "undated articles are in none"),
        (
            make_cells(runs_of([("s", o, 4) for o in OUTLETS]), stories_of([]), NO_GAPS),
            "alder has 1 dated article",
        ),
    ],
)
def test_where_nothing_can_be_said_it_is_said_why(given: Cells, why: str) -> None:
    found = find_silences(given)
    assert found.reason is not None
    assert why in found.reason
    assert found.sentences == [found.reason]
    assert not found.pairs.num_rows


def test_stories_about_nobody_have_no_pairs() -> None:
    runs, stories = drawn(26, 120)
    found = find_silences(make_cells(runs, stories.slice(0, 0), NO_GAPS))
    assert found.reason is None
    assert not found.pairs.num_rows
    assert found.calibration.num_rows
