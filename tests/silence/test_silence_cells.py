"""Story × outlet: what is known of each cell, and what is not."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.inference.silence.cells import CELLS, FEWEST_ARTICLES, GAPS, make_cells
from masthead.instruments.silence.silences import silence_cells
from tests.silence.coverage import NO_GAPS, START, drawn, gap, runs_of, stories_of


def shuffled(table: pa.Table, seed: int) -> pa.Table:
    return table.take(pa.array(np.random.default_rng(seed).permutation(table.num_rows)))


def many(outlet: str, days: range, prefix: str) -> list[tuple[str, str, int]]:
    """An outlet's own stories, one a day."""
    return [(f"{prefix}{day}", outlet, day) for day in days]


def test_the_order_of_rows_changes_nothing() -> None:
    runs, stories = drawn(1, 80)
    there = make_cells(runs, stories, NO_GAPS)
    again = make_cells(shuffled(runs, 2), shuffled(stories, 3), NO_GAPS)
    assert again.table.equals(there.table)
    assert there.table.schema.equals(CELLS)


def test_a_story_has_a_cell_for_every_outlet_that_can_be_judged() -> None:
    runs = runs_of(
        [
            *(row for o in ("alder", "birch", "cedar") for row in many(o, range(40), o)),
            *(("shared", o, 20) for o in ("alder", "birch", "small")),
        ]
    )
    found = make_cells(runs, stories_of([("shared", ["mayor"])]), NO_GAPS)
    assert found.table.to_pydict()["outlet"] == ["alder", "birch", "cedar"]
    assert found.table.to_pydict()["covered"] == [True, True, False]
    assert found.table.to_pydict()["others"] == [2, 2, 3]
    assert found.table.to_pydict()["subjects"] == [["mayor"]] * 3
    assert (found.stories, found.alone) == (121, 120)
    assert "1 dated article" in found.left_out["small"]


def test_an_outlet_of_ten_articles_is_not_judged_and_said_why() -> None:
    runs = runs_of([*many("alder", range(60), "a"), *(("s", o, 9) for o in ("alder", "birch"))])
    ten = pa.concat_tables([runs, runs_of(many("hazel", range(10), "h"))])
    found = make_cells(ten, stories_of([]), NO_GAPS)
    assert "hazel" not in found.table["outlet"].to_pylist()
    assert found.left_out["hazel"].startswith("10 dated articles, too few")
    assert FEWEST_ARTICLES > 10


@pytest.mark.parametrize(("day", "known"), [(20, True), (27, False), (35, False), (43, False), (50, True)])
def test_a_gap_in_collection_makes_its_days_and_those_near_it_unknown(day: int, known: bool) -> None:
    runs = runs_of(
        [
            *(row for o in ("alder", "birch") for row in many(o, range(70), o)),
            *many("cedar", range(30), "c"),
            *many("cedar", range(41, 70), "c"),
            *(("shared", o, day) for o in ("alder", "birch")),
        ]
    )
    found = make_cells(runs, stories_of([]), gap("cedar", 30, 40)).table
    assert found.filter(pc.equal(found["outlet"], "cedar"))["known"].to_pylist() == [known]
    assert found.filter(pc.equal(found["outlet"], "birch"))["known"].to_pylist() == [True]


def test_before_its_first_and_after_its_last_article_nothing_is_known_of_an_outlet() -> None:
    runs = runs_of(
        [
            *(row for o in ("alder", "birch") for row in many(o, range(90), o)),
            *many("cedar", range(30, 60), "c"),
            *((name, o, day) for name, day in (("early", 5), ("late", 80)) for o in ("alder", "birch")),
        ]
    )
    found = make_cells(runs, stories_of([]), NO_GAPS).table
    cedar = found.filter(pc.equal(found["outlet"], "cedar"))
    assert cedar["known"].to_pylist() == [False, False]


def test_a_story_says_nothing_of_its_own_week() -> None:
    base = [row for o in ("alder", "birch", "cedar") for row in many(o, range(60), o)]
    two = [("shared", o, 30) for o in ("alder", "birch")]
    without = make_cells(runs_of([*base, *two]), stories_of([]), NO_GAPS).table
    with_it = make_cells(runs_of([*base, *two, ("shared", "cedar", 30)]), stories_of([]), NO_GAPS).table
    for name in ("week", "month", "size"):
        # That cedar ran it changes the outlets' totals by an article, and nothing else.
        assert with_it[name].to_pylist()[2] == pytest.approx(without[name].to_pylist()[2], abs=0.03)


def test_a_quiet_week_shows() -> None:
    runs = runs_of(
        [
            *(row for o in ("alder", "birch") for row in many(o, range(90), o)),
            *many("cedar", range(40), "c"),
            *many("cedar", range(55, 90), "c"),
            *((name, o, day) for name, day in (("busy", 20), ("quiet", 47)) for o in ("alder", "birch")),
        ]
    )
    found = make_cells(runs, stories_of([]), NO_GAPS).table
    busy, quiet = found.filter(pc.equal(found["outlet"], "cedar"))["week"].to_pylist()
    assert quiet < -2 < busy


def tables() -> tuple[pa.Table, pa.Table, pa.Table]:
    """Forty days of three outlets, and one story told by the first two, about the mayor."""
    articles = [
        (f"{o}{d}", o, START.toordinal() + d, f"own-{o}{d}")
        for o in ("alder", "birch", "cedar")
        for d in range(40)
    ]
    articles += [("x1", "alder", START.toordinal() + 9, "x1"), ("x2", "birch", START.toordinal() + 9, "x1")]
    days = pa.array([type(START).fromordinal(a[2]) for a in articles], pa.date32())
    ids = [a[0] for a in articles]
    return (
        pa.table({"article_id": ids, "story": [a[3] for a in articles]}),
        pa.table(
            {
                "article_id": ids,
                "outlet": [a[1] for a in articles],
                "day": days,
                "section": ["world" if i == "x1" else None for i in ids],
                "place": pa.array([None] * len(ids), pa.string()),
            }
        ),
        pa.table(
            {
                "article_id": ["x1", "x2", "x1", "x2"],
                "subject": ["mayor", "mayor", "rail", "docks"],
                "field": ["title", "text", "text", "text"],
                "start": [4, 120, 900, 10],
                "score": [-0.8, -0.1, None, 0.3],
            }
        ),
    )


def test_a_story_is_about_what_half_of_its_articles_name_up_front() -> None:
    (mayor, *_) = silence_cells(*tables(), NO_GAPS).table.to_pylist()
    assert mayor["subjects"] == ["docks", "mayor"]
    assert mayor["unfavourable"] == ["mayor"]
    assert mayor["section"] == "world"


def test_articles_in_no_story_and_undated_ones_count_nowhere() -> None:
    stories, articles, mentions = tables()
    before = silence_cells(stories, articles, mentions, NO_GAPS)
    undated = pa.table(
        {"article_id": ["u"], "outlet": ["cedar"], "day": pa.array([None], pa.date32()), "section": ["world"],
         "place": pa.array([None], pa.string())}
    )  # fmt: skip
    more = pa.concat_tables(
        [stories, pa.table({"article_id": ["u"], "story": pa.array([None], pa.string())})]
    )
    after = silence_cells(more, pa.concat_tables([articles, undated]), mentions, NO_GAPS)
    assert after.table.equals(before.table)


def test_wire_copy_is_coverage() -> None:
    stories, articles, mentions = tables()
    row = articles.slice(0, 1).to_pylist()[0]
    copy = pa.Table.from_pylist([{**row, "article_id": "x3", "outlet": "cedar"}], articles.schema)
    told = pa.concat_tables([stories, pa.table({"article_id": ["x3"], "story": ["x1"]})])
    found = silence_cells(told, pa.concat_tables([articles, copy]), mentions, GAPS.empty_table()).table
    assert found["covered"].to_pylist() == [True, True, True]
