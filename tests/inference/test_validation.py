"""Coverage: a thousand unit tables in each of hundreds of cells, and a control that must fail."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest
import typer
from typer.testing import CliRunner

from masthead.cli.validate import command as validate
from masthead.engines import collect
from masthead.engines import duckdb as duckdb_engine
from masthead.inference import sums
from masthead.inference.intervals import Sums
from masthead.validation.draws.intervals import CELLS, FLOOR, QUICK, Grid, coverage, summary
from masthead.validation.draws.tables import draw_shares, draw_sizes, sums_of

TINY = Grid(
    units=(10,),
    shares=(0.3,),
    correlations=(0.3,),
    sizes=("one", "geometric"),
    pairs=((0.3, 0.3),),
    unit_pairs=((10, 10),),
    neutral=(0.5,),
)


@pytest.fixture(scope="module")
def cells() -> pa.Table:
    return coverage(draws=800, seed=11, grid=QUICK)


def test_the_promise_holds(cells: pa.Table) -> None:
    broken = [row for row in summary(cells) if row["broken"]]
    assert broken == []
    assert {row["figure"] for row in summary(cells)} == {"share", "difference", "signed mean"}


def test_no_cell_is_far_below_the_floor(cells: pa.Table) -> None:
    assert min(cells["coverage"].to_pylist()) > FLOOR - 0.01


def test_the_normal_interval_fails_where_ours_holds() -> None:
    """The control: on the same tables the textbook interval holds the truth less than half of the time."""
    rng = np.random.default_rng(2)
    shape = (2000, 10)
    y = draw_sizes(rng, "geometric", shape)
    x = rng.binomial(y, draw_shares(rng, 0.02, 0.5, shape))
    known = sums_of(x, y, 10)
    r = known.ratio
    half = 1.96 * np.sqrt(r * (1 - r) / known.wy)
    assert np.mean(np.abs(r - 0.02) <= half) < 0.5


def test_sums_of_drawn_tables_are_those_of_the_engine() -> None:
    rng = np.random.default_rng(3)
    y = draw_sizes(rng, "zipf", (4, 12))
    x = rng.binomial(y, draw_shares(rng, 0.4, 0.3, (4, 12)))
    units = pa.table(
        {
            "table": np.repeat(np.arange(4), 12)[: 4 * 12],
            "cluster": np.tile(np.arange(12), 4),
            "x": x.ravel(),
            "y": y.ravel(),
            "w": np.ones(48),
        }
    )
    short = units.filter(pa.compute.less(units["cluster"], 9))
    for table, count in ((units, 12), (short, 9)):
        found = Sums.of(collect(sums(duckdb_engine.from_arrow(table), ["table"]), ["table"]))
        drawn = sums_of(x, y, count)
        for name, values in vars(found).items():
            assert values == pytest.approx(vars(drawn)[name], rel=1e-6), name


def test_drawn_articles_have_the_share_and_the_correlation_asked_for() -> None:
    rng = np.random.default_rng(4)
    y = np.full((1, 200_000), 2)
    x = rng.binomial(y, draw_shares(rng, 0.3, 0.4, y.shape))[0]
    assert x.mean() / 2 == pytest.approx(0.3, abs=0.005)
    both = np.mean(x == 2)
    assert (both - 0.09) / 0.21 == pytest.approx(0.4, abs=0.01)


def test_the_same_seed_draws_the_same() -> None:
    assert coverage(200, 3, TINY).equals(coverage(200, 3, TINY))
    assert not coverage(200, 4, TINY)["width"].equals(coverage(200, 3, TINY)["width"])


def test_a_broken_promise_is_counted() -> None:
    cells = coverage(200, 3, TINY).to_pylist()
    cells[0]["coverage"] = 0.6
    assert sum(row["broken"] for row in summary(pa.Table.from_pylist(cells, CELLS))) == 1


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[int, str]:
    monkeypatch.setattr("masthead.validation.draws.intervals.QUICK", TINY)
    app = typer.Typer()
    validate.register(app)
    app.callback()(lambda: None)
    result = CliRunner().invoke(app, ["validate", "intervals", "--quick", "--draws", "200", *arguments])
    return result.exit_code, result.stdout


def test_the_command_prints_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    code, text = command(monkeypatch)
    assert code == 0
    assert text.splitlines()[0].split()[:3] == ["figure", "sizes", "units"]
    assert "0 break their promise" in text


def test_the_command_prints_every_cell_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    code, text = command(monkeypatch, "--json")
    assert code == 0
    told = json.loads(text)
    assert len(told["cells"]) == 4
    assert told["draws"] == 200
