"""Words that tell outlets apart: an example worked by hand, and what the ranking must and must not do."""

from __future__ import annotations

from math import log, sqrt
from typing import Any

import pyarrow as pa
import pytest

from masthead.errors import UsageError
from masthead.findings.schemas import WORDS
from masthead.inference.distinctive import distinctive, telling_apart

Count = tuple[str, str, int]


def counts(*rows: Count, subject: str = "fleet") -> pa.Table:
    return pa.table(
        {
            "subject": [subject] * len(rows),
            "outlet": [r[0] for r in rows],
            "label": [r[1] for r in rows],
            "uses": [r[2] for r in rows],
            "n_articles": [max(1, r[2] // 2) for r in rows],
        }
    )


TWO = counts(("north", "pirate", 8), ("north", "sailor", 2), ("south", "pirate", 1), ("south", "sailor", 9))


def row_of(table: pa.Table, outlet: str, label: str) -> dict[str, Any]:
    (row,) = [r for r in table.to_pylist() if (r["outlet"], r["label"]) == (outlet, label)]
    return dict(row)


def test_log_odds_worked_by_hand() -> None:
    """Of 20 uses 9 are `pirate`: a prior of 10 uses adds 4.5 to it and 5.5 to `sailor`, on both sides."""
    row = row_of(distinctive(TWO, prior=10.0), "north", "pirate")
    here, rest, there, rest_there = 8 + 4.5, 2 + 5.5, 1 + 4.5, 9 + 5.5
    delta = log(here / rest) - log(there / rest_there)
    assert row["log_odds"] == pytest.approx(delta)
    assert row["z"] == pytest.approx(delta / sqrt(1 / here + 1 / there))
    assert (row["share"], row["share_elsewhere"]) == (0.8, 0.1)
    assert row["rank"] == 1


def test_two_outlets_mirror_each_other() -> None:
    table = distinctive(TWO)
    for label in ("pirate", "sailor"):
        assert row_of(table, "north", label)["z"] == pytest.approx(-row_of(table, "south", label)["z"])


def test_the_table_is_the_findings_table() -> None:
    assert distinctive(TWO).cast(WORDS).column_names == WORDS.names
    assert distinctive(TWO.slice(0, 0)).num_rows == 0


def test_the_same_share_everywhere_tells_nothing() -> None:
    table = distinctive(counts(("a", "x", 10), ("a", "y", 30), ("b", "x", 20), ("b", "y", 60)))
    assert max(abs(z) for z in table["log_odds"].to_pylist()) < 0.01


def test_a_word_used_once_ranks_below_one_used_often() -> None:
    rows = [("a", "often", 40), ("a", "once", 1), ("a", "plain", 100), ("b", "plain", 140), ("b", "often", 4)]
    assert row_of(distinctive(counts(*rows)), "a", "often")["rank"] == 1


def test_subjects_do_not_touch_each_other() -> None:
    both = pa.concat_tables([TWO, counts(("north", "pirate", 500), subject="harbour")])
    alone = distinctive(TWO).to_pylist()
    assert [r for r in distinctive(both).to_pylist() if r["subject"] == "fleet"] == alone


def test_one_outlet_has_nothing_to_compare_with() -> None:
    row = row_of(distinctive(counts(("a", "x", 3), ("a", "y", 1))), "a", "x")
    assert row["share_elsewhere"] is None
    assert row["share"] == 0.75


def test_one_label_tells_nothing() -> None:
    assert row_of(distinctive(counts(("a", "x", 3), ("b", "x", 9))), "a", "x")["z"] == 0.0


def test_the_order_of_rows_is_nothing() -> None:
    assert distinctive(TWO.take([3, 1, 0, 2])).equals(distinctive(TWO))


def test_labels_are_ranked_by_how_much_they_tell_outlets_apart() -> None:
    table = counts(
        ("a", "pirate", 60), ("a", "sailor", 40), ("a", "captain", 50), ("a", "rare", 2),
        ("b", "pirate", 5), ("b", "sailor", 70), ("b", "captain", 50),
        ("c", "pirate", 10), ("c", "sailor", 60), ("c", "captain", 55),
    )  # fmt: skip
    ranked = telling_apart(table)
    assert ranked[0] == "pirate"
    assert ranked.index("captain") > ranked.index("sailor")
    assert "rare" not in telling_apart(table, min_articles=5)
    assert telling_apart(table.drop_columns(["subject"])) == ranked


def test_ties_go_by_the_alphabet() -> None:
    even = counts(("a", "sailor", 8), ("a", "pirate", 2), ("b", "sailor", 2), ("b", "pirate", 8))
    assert telling_apart(even) == ["pirate", "sailor"]
    assert telling_apart(TWO.slice(0, 0)) == []


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (TWO.drop_columns(["uses"]), "without the column 'uses'"),
        (pa.concat_tables([TWO, TWO]), "stands twice"),
        (counts(("a", "x", 0)), "a label without uses"),
    ],
)
def test_counts_that_are_none_are_refused(table: pa.Table, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        distinctive(table)


def test_a_prior_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="a prior of 0"):
        distinctive(TWO, prior=0.0)


def test_labels_of_a_single_outlet_are_ranked_by_their_articles() -> None:
    counts = pa.table(
        {
            "outlet": ["only"] * 3,
            "label": ["armed", "brutal", "rebel"],
            "uses": [7, 3, 9],
            "n_articles": [7, 3, 9],
        }
    )
    assert telling_apart(counts) == ["rebel", "armed", "brutal"]
