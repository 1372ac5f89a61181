"""Draws by permanent random numbers: any prefix is a draw, more only adds, chances are what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from masthead.coding.draws import CellName, Unit, dealt_units, draw, drawn_units, order_of_coder, stratum
from masthead.coding.rounds import RoundFolder


def units_of(folder: RoundFolder, n: int, outlet: str = "gazette") -> list[Unit]:
    units = [
        Unit(
            folder.unit(f"{outlet}{at}", "guild", "text:0"),
            outlet,
            "guild",
            f"{outlet}{at}",
            "text:0",
            "text",
            0,
            1,
            0,
            9,
        )
        for at in range(n)
    ]
    return sorted(units, key=lambda unit: unit.id)


CELL = CellName("gazette", "guild")


def test_more_draws_only_add(tmp_path: Path) -> None:
    folder = RoundFolder(tmp_path / "m" / "0123", "m")
    cells = {CELL: units_of(folder, 60)}
    assert draw(folder, cells, {CELL: 10}) == 10
    first = set(drawn_units(folder))
    assert draw(folder, cells, {CELL: 25}) == 15
    assert first < set(drawn_units(folder))
    assert draw(folder, cells, {CELL: 5}) == 0
    assert [unit.id for unit in dealt_units(folder, cells).units] == [unit.id for unit in cells[CELL][:25]]


@given(st.sets(st.integers(0, 29)), st.integers(1, 30))
def test_the_chance_is_that_of_the_prefix_without_a_gap(left_out: set[int], n_drawn: int) -> None:
    folder = RoundFolder(Path("m") / "0123", "m")
    units = units_of(folder, 30)
    drawn = {unit.id for unit in units[:n_drawn]}
    answers = {unit.id for at, unit in enumerate(units[:n_drawn]) if at not in left_out}
    part = stratum(CELL, units, drawn, answers)
    gap = min([at for at in range(n_drawn) if at in left_out], default=n_drawn)
    assert part.n_coded == gap
    assert part.chance == gap / 30
    assert part.n_coded + part.waiting == len(answers)
    assert part.missing == n_drawn - len(answers)


def test_every_unit_is_drawn_as_often_as_its_chance_says() -> None:
    counts = np.zeros(40)
    rounds = 600
    for number in range(rounds):
        folder = RoundFolder(Path("m") / f"{number:012x}", "m")
        for unit in units_of(folder, 40)[:10]:
            counts[int(unit.article_id.removeprefix("gazette"))] += 1
    # Each is drawn 150 times, give or take the spread of 600 draws by a chance of a quarter.
    assert np.abs(counts - 150).max() < 4.5 * np.sqrt(600 * 0.25 * 0.75)


@given(st.integers(1, 200))
def test_coders_get_the_same_units_in_orders_of_their_own(n: int) -> None:
    units = units_of(RoundFolder(Path("m") / "0123", "m"), n)
    first, second = order_of_coder(units, "a"), order_of_coder(units, "b")
    assert sorted(first, key=lambda u: u.id) == sorted(second, key=lambda u: u.id) == units
    assert n < 20 or first != second
    # Whoever stops early has coded the first lots whole.
    assert {unit.id for unit in first[: n // 20 * 20]} == {unit.id for unit in units[: n // 20 * 20]}


def test_those_for_two_coders_are_fifty_or_a_fifth_and_stay_so(tmp_path: Path) -> None:
    folder = RoundFolder(tmp_path / "m" / "0123", "m")
    cells = {CELL: units_of(folder, 400), CellName("ledger", "guild"): units_of(folder, 400, "ledger")}
    draw(folder, cells, dict.fromkeys(cells, 60))
    few = dealt_units(folder, cells)
    draw(folder, cells, dict.fromkeys(cells, 300))
    many = dealt_units(folder, cells)
    assert (len(few.twice), len(many.twice)) == (50, 120)
    assert few.twice < many.twice
