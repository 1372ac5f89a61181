"""From the units of a survey to its tables of changes and reversals."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.pelt import pelt

from masthead.findings.schemas import CHANGES, GAPS, REVERSALS
from masthead.questions.changes.changes import changes
from masthead.questions.changes.figures import Units
from masthead.questions.changes.reversals import Window, reversals
from masthead.questions.changes.series import Key, block_of
from masthead.study import Event, Study, Subject

START = dt.date(2014, 1, 6)
TURN = dt.date(2015, 3, 1)
GAP = pa.table({"outlet": ["tide"], "gap_start": [TURN - dt.timedelta(9)], "gap_end": [TURN]}, GAPS)
SCHEMA = pa.schema(
    {
        **dict.fromkeys(("measure", "outlet", "subject", "category", "voice", "cluster"), pa.string()),
        "day": pa.date32(),
        "story": pa.string(),
        "section": pa.string(),
        "copied": pa.bool_(),
        "x": pa.float64(),
        "y": pa.float64(),
        "w": pa.float64(),
    }
)


def _units(seed, *, turn=TURN, subject="front", sections=None, copied=False, articles=240):
    """Namings in two families that change places at `turn`, and a portrayal that changes sign with them."""
    rng = np.random.default_rng(seed)
    rows = []
    for number, offset in enumerate(np.sort(rng.integers(0, 900, articles))):
        day = START + dt.timedelta(int(offset))
        after = turn is not None and day >= turn
        section = None
        share = 0.8 if after else 0.15
        if sections:
            section = sections[int(rng.random() < (0.9 if after else 0.1))]
            share = {sections[0]: 0.1, sections[1]: 0.85}[section]
        y = float(rng.geometric(0.4))
        x = float(rng.binomial(int(y), share))
        shared = {
            "outlet": "tide",
            "subject": subject,
            "voice": "all",
            "cluster": f"a{number}",
            "day": day,
            "story": f"s{number // 2}",
            "section": section,
            "copied": copied and number % 3 == 0,
            "w": 1.0,
        }
        for category, used in (("rebel", x), ("terrorist", y - x)):
            rows.append({"measure": "naming", "category": category, "x": used, "y": y, **shared})
        rows.append(
            {"measure": "portrayal", "category": None, "x": (2 * share - 1) * y * 0.9, "y": y, **shared}
        )
    return rows


def _study(*events):
    return Study(
        archive="unused",
        subject=(Subject(id="front", kind="actor", aliases=("Shoal Front",)),),
        event=tuple(Event(id=name, **{"from": a, "to": b}) for name, a, b in events),
    )


@pytest.fixture
def archive(tmp_path):
    def write(rows, order=None):
        path = tmp_path / "units.parquet"
        table = pa.Table.from_pylist(rows, SCHEMA)
        pq.write_table(table if order is None else table.take(order), path)
        return path

    return write


def test_five_labels_share_one_change_and_figures_are_those_of_the_units(archive):
    rows = _units(1)
    found = changes(archive(rows), _study(), GAPS.empty_table())
    assert found.changes.schema == CHANGES
    naming = [r for r in found.changes.to_pylist() if r["measure"] == "naming" and r["wire"] == "with"]
    assert [r["category"] for r in naming] == ["rebel", "terrorist"]
    assert len({(r["change"], r["date"], r["p"], r["q"]) for r in naming}) == 1
    rebel = naming[0]
    assert rebel["kind"] == "change"
    assert rebel["date_low"] <= TURN <= rebel["date_high"]
    before = [u for u in rows if u["category"] == "rebel" and u["day"] < rebel["date"]]
    assert rebel["before"] == pytest.approx(sum(u["x"] for u in before) / sum(u["y"] for u in before))
    assert rebel["before_low"] < rebel["before"] < rebel["before_high"]
    assert rebel["conf_low"] < rebel["difference"] < rebel["conf_high"]
    assert not rebel["at_gap"]


def test_a_change_in_a_gap_of_collection_is_marked(archive):
    found = changes(archive(_units(1)), _study(), GAP)
    dated = [r for r in found.changes.to_pylist() if r["kind"] == "change"]
    assert dated
    assert all(r["at_gap"] and "gap" in r["note"] for r in dated)


def test_a_mix_of_sections_that_moved_is_told_from_another_way_of_writing(archive):
    found = changes(archive(_units(2, sections=("sport", "war"))), _study(), GAPS.empty_table())
    naming = [r for r in found.changes.to_pylist() if r["measure"] == "naming"]
    assert naming
    assert all(r["coverage_moved"] and "sections" in r["note"] for r in naming)
    assert not any(r["coverage_moved"] for r in changes_of(archive, _units(1)))


def changes_of(archive, rows):
    path = archive(rows)
    for kept in path.parent.glob("changes-*.parquet"):
        kept.unlink()
    return changes(path, _study(), GAPS.empty_table()).changes.to_pylist()


def test_the_order_of_rows_changes_nothing(archive):
    rows = _units(3, copied=True)
    one = changes_of(archive, rows)
    path = archive(rows, np.random.default_rng(1).permutation(len(rows)))
    for kept in path.parent.glob("changes-*.parquet"):
        kept.unlink()
    assert changes(path, _study(), GAPS.empty_table()).changes.to_pylist() == one
    assert {r["wire"] for r in one} == {"with", "without"}


def test_another_name_of_the_subject_moves_no_date_and_no_figure(archive):
    names = ("change", "subject")
    one, other = (
        [{k: v for k, v in r.items() if k not in names} for r in changes_of(archive, _units(4, subject=name))]
        for name in ("front", "harbour-guard")
    )
    assert one == other


def test_events_may_change_without_the_changes_being_found_again(archive, monkeypatch):
    path = archive(_units(1))
    first = changes(path, _study(), GAPS.empty_table())
    assert {r["event"] for r in first.reversals.to_pylist()} == {None}
    monkeypatch.setattr("masthead.questions.changes.changes.find_changes", None)
    event = ("accord", TURN - dt.timedelta(30), TURN - dt.timedelta(20))
    again = changes(path, _study(event), GAPS.empty_table())
    assert again.changes == first.changes
    assert again.about == first.about
    turned = again.reversals
    assert turned.schema == REVERSALS
    portrayal = next(r for r in turned.to_pylist() if r["measure"] == "portrayal")
    assert (portrayal["before"], portrayal["after"]) == ("unfavourable", "favourable")
    assert portrayal["event"] == "accord"
    assert portrayal["days"] == (portrayal["date"] - event[2]).days
    assert 0 < portrayal["p_near"] < 0.2


def test_no_unit_and_no_dated_unit_are_no_change(archive):
    assert changes_of(archive, []) == []
    assert changes_of(archive, [{**row, "day": None} for row in _units(1)]) == []


def test_steady_units_give_no_change(archive):
    assert changes_of(archive, _units(5, turn=None)) == []


def test_blocks_are_longer_than_the_longest_story_of_their_series_and_shorter_where_months_are_all_there_is():
    def units(days, stories):
        day, one = np.array(days), np.ones(len(days))
        return Units(day, np.array(stories), np.full(len(days), -1), one[:, None], one, one)

    years, months = np.arange(0, 700, 7), np.arange(0, 160, 2)
    assert block_of(units(years, np.arange(len(years)))) == 28
    assert block_of(units(months, np.arange(len(months)))) == 14
    for days in (years, months):
        long = np.arange(len(days))
        long[days < 30] = 0
        assert block_of(units(days, long)) > 4 * 27
        assert block_of(units(days, np.full(len(days), -1))) == 70


def test_a_change_whose_difference_holds_0_is_no_finding_and_is_counted(archive, monkeypatch):
    from masthead.questions.changes import changes as module

    path = archive(_units(1))
    honest = module.figures_beside

    def unsure(*given):
        return [row | {"conf_low": -1.0, "conf_high": 1.0} for row in honest(*given)]

    monkeypatch.setattr(module, "figures_beside", unsure)
    found = changes(path, _study(), GAPS.empty_table())
    assert found.changes.num_rows == found.reversals.num_rows == 0
    assert any("no finding" in sentence for sentence in found.about["said"])


def test_a_category_that_stayed_is_no_finding_of_the_others_change(archive):
    rows = _units(1)
    for row in [r for r in rows if r["category"] == "rebel"]:
        rows.append({**row, "category": "faction", "x": 0.0})
    found = changes(archive(rows), _study(), GAPS.empty_table())
    assert {r["category"] for r in found.changes.to_pylist() if r["measure"] == "naming"} == {
        "rebel",
        "terrorist",
    }


def test_nearness_to_an_event_is_how_many_days_lie_as_near():
    row = {
        **dict.fromkeys(CHANGES.names),
        "change": "c",
        "measure": "portrayal",
        "before": -0.4,
        "after": 0.3,
        "date": dt.date(2020, 1, 15),
        "series_from": dt.date(2020, 1, 1),
        "series_to": dt.date(2020, 4, 9),
    }
    windows = [
        Window("late", dt.date(2020, 3, 1), dt.date(2020, 3, 2)),
        Window("near", dt.date(2020, 1, 18), dt.date(2020, 1, 20)),
    ]
    (found,) = reversals([row], windows)
    assert (found["event"], found["days"]) == ("near", -3)
    # 15 to 23 January and 27 February to 5 March, of 100 days.
    assert found["p_near"] == pytest.approx((9 + 8) / 100)
    assert reversals([{**row, "after": -0.1}], windows) == []
    (slow,) = reversals([{**row, "kind": "drift", "date_low": dt.date(2020, 1, 2)}], windows)
    assert [slow[name] for name in ("date", "event", "days", "p_near")] == [None] * 4
    assert slow["date_low"] == dt.date(2020, 1, 2)


def test_pelt_finds_the_plain_change_too(archive):
    key = Key("naming", "tide", "front", "all", "with")
    days = pelt(archive(_units(1)), {key})[key]
    assert any(abs((day - TURN).days) < 30 for day in days)
