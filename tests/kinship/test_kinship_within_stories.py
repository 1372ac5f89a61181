"""Kinship within stories: what an outlet's wording is once its subject matter is taken off."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.instruments.kinship.within_stories import FEWEST, within_stories
from masthead.measuring.units import UNITS

Row = tuple[str, str, int, float, float]
"""Outlet, story, article, uses of the first party's phrases, of any party's."""


def written(folder: Path, *draws: list[Row], copied: bool = False) -> Path:
    """Write the units of one draw, or of several that share neither party nor story."""
    told = [
        {
            **dict.fromkeys(UNITS),
            "measure": "kinship",
            "outlet": outlet,
            "subject": f"{party}{draw or ''}",
            "voice": "own",
            "cluster": f"{outlet}{draw}-{story}{article}",
            "day": dt.date(2031, 5, 1),
            "story": f"{draw}-{story}",
            "copied": copied,
            "x": x if party == "front" else y - x,
            "y": y,
            "w": 1.0,
        }
        for draw, rows in enumerate(draws)
        for outlet, story, article, x, y in rows
        for party in ("front", "guard")
    ]
    path = folder / "units.parquet"
    kinds = {
        "day": pa.date32(),
        "copied": pa.bool_(),
        "x": pa.float64(),
        "y": pa.float64(),
        "w": pa.float64(),
    }
    pq.write_table(
        pa.Table.from_pylist(told, pa.schema([(n, kinds.get(n, pa.string())) for n in UNITS])), path
    )
    return path


def drawn(seed: int, stories: int, borrowed: float) -> list[Row]:
    """Three outlets; the first tells mostly the first party's stories, and says `borrowed` more in its words."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for story in range(stories):
        topic = rng.uniform(0.1, 0.8)
        for outlet, extra in (("north", borrowed), ("south", 0.0), ("west", 0.0)):
            if outlet == "north" and rng.random() > topic:
                continue
            of = float(rng.integers(2, 12))
            rows.append((outlet, f"s{story}", 0, float(rng.binomial(int(of), min(1.0, topic + extra))), of))
    return rows


def of(path: Path, outlet: str, party: str = "front", wire: str = "with") -> dict[str, object]:
    (row,) = [r for r in within_stories(path, 0.95)[wire] if (r["outlet"], r["subject"]) == (outlet, party)]
    return row


def test_an_outlet_that_merely_covers_one_side_more_uses_no_more_of_its_words(tmp_path: Path) -> None:
    row = of(written(tmp_path, drawn(1, 150, 0.0)), "north")
    assert row["share"] > 0.5
    assert row["conf_low"] < 0 < row["conf_high"]
    assert abs(row["difference"]) < 0.05


def test_an_outlet_that_borrows_is_told_from_its_peers(tmp_path: Path) -> None:
    path = written(tmp_path, drawn(2, 150, 0.15))
    row = of(path, "north")
    assert 0 < row["conf_low"] < 0.15 < row["conf_high"]
    assert row["q"] < 0.05
    mirrored = of(path, "north", "guard")
    assert mirrored["difference"] == pytest.approx(-row["difference"], abs=1e-6)
    assert (mirrored["conf_low"], mirrored["conf_high"]) == pytest.approx(
        (-row["conf_high"], -row["conf_low"]), abs=1e-6
    )


def test_intervals_cover_a_difference_that_is_there(tmp_path: Path) -> None:
    """Of forty draws, at least nine in ten; nominal is 95 in 100."""
    path = written(tmp_path, *(drawn(seed, 60, 0.1) for seed in range(100, 140)))
    rows = [
        row
        for row in within_stories(path, 0.95)["with"]
        if row["outlet"] == "north" and row["subject"].startswith("front")
    ]
    assert len(rows) == 40
    assert sum(row["conf_low"] <= 0.1 <= row["conf_high"] for row in rows) >= 36


def test_few_stories_give_no_figure_and_say_so(tmp_path: Path) -> None:
    rows: list[Row] = [(o, f"s{s}", 0, 1.0, 2.0) for s in range(FEWEST - 1) for o in ("north", "south")]
    row = of(written(tmp_path, [*rows, ("north", "alone", 0, 1.0, 1.0)]), "north")
    assert row["difference"] is None
    assert row["p"] is None
    assert row["n_stories"] == FEWEST - 1, "a story of one outlet has nobody beside it"
    assert "stories only" in str(row["note"])


def test_wire_copy_is_counted_in_one_of_the_two_tables_only(tmp_path: Path) -> None:
    rows: list[Row] = [(o, f"s{s}", 0, 1.0, 2.0) for s in range(9) for o in ("north", "south")]
    path = written(tmp_path, rows, copied=True)
    assert of(path, "north")["n_stories"] == 9
    assert within_stories(path, 0.95)["without"] == []
