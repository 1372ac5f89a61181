"""Claims of silence in other ways: other copies, days and stories, and groups put together otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.findings.schemas import ESTIMATES
from masthead.instruments.silence.kept_ways import KEPT, keep
from tests.claims.made import claim, findings, judged, units

SHORTER = "a month shorter at either end"
WIDE = "stories that three or more other outlets ran"
ROWS = [row for outlet in ("gull", "tern", "skua", "auk") for row in units(outlet, 0.5)]


def estimate(
    outlet: str, covered: int, expected: float, low: float, high: float, **more: Any
) -> dict[str, Any]:
    """A survey's own figure of silence about the dockers, with wire copy as without."""
    told = {"numerator": float(covered), "denominator": expected, "estimate": covered / expected}
    return {
        **dict.fromkeys(ESTIMATES.names),
        **{"measure": "silence", "outlet": outlet, "subject": "dockers", "wire": "with", "voice": "all"},
        **{"n_units": 20, **told, "conf_low": low, "conf_high": high, **more},
    }


def counted(outlet: str, ratio: float, low: float, high: float, **more: Any) -> dict[str, Any]:
    """What a survey kept of one outlet in one way."""
    return {
        **{"wire": "with", "outlet": outlet, "subject": "dockers", "category": None, "n_stories": 18},
        **{
            "covered": round(10 * ratio),
            "expected": 10.0,
            "estimate": ratio,
            "conf_low": low,
            "conf_high": high,
        },
        **more,
    }


GULL = estimate("gull", 1, 10.0, 0.0, 0.3)
KEPT_OF_GULL = [
    counted("gull", 0.1, 0.0, 0.3, way="whole", n_stories=20),
    counted("gull", 0.1, 0.0, 0.6, way="shorter"),
    counted("gull", 0.0, 0.0, 0.4, way="wide"),
    counted("gull", 0.0, 0.0, 0.35, way="whole", wire="without"),
    counted("gull", 0.0, 0.0, 0.7, way="wide", wire="without"),
    # Of somebody else, and of another subject: nothing to do with the claim.
    counted("tern", 2.0, 1.5, 2.5, way="wide"),
    counted("gull", 2.0, 1.5, 2.5, way="wide", subject="weavers"),
]


def asked(folder: Path, estimates: list[dict[str, Any]], kept: list[dict[str, Any]], **more: Any) -> Any:
    """Judge one claim of silence; return its verdict and its ways, by label."""
    place = folder / "links" / "units" / "1"
    place.mkdir(parents=True)
    if kept:
        keep(pa.Table.from_pylist(kept, KEPT), place / "units.parquet")
    told = {"measure": "silence", "category": None, "versus": None, "expect": "silent", "margin": 0.5} | more
    found = findings(ROWS, estimates=pa.Table.from_pylist(estimates, ESTIMATES))
    (row,), ways = judged(place, ROWS, claim(**told), findings=found)
    return row, {way["way"]: way for way in ways}


def test_every_way_that_was_kept_is_told_with_its_own_figures(tmp_path: Path) -> None:
    row, ways = asked(tmp_path, [GULL], KEPT_OF_GULL)
    assert row["verdict"] == "supported"
    assert list(ways) == ["without wire copy", SHORTER, WIDE]
    told = {label: (way["verdict"], way["conf_high"], way["n_units"]) for label, way in ways.items()}
    assert told == {
        "without wire copy": ("supported", 0.35, 18),
        SHORTER: ("not enough evidence", 0.6, 18),
        WIDE: ("supported", 0.4, 18),
    }
    assert (row["n_ways"], row["n_ways_agree"]) == (3, 2)
    assert ways[WIDE]["reason"] == "it covered at most 0.40 of what its habits make expected, less than 0.5"


def test_a_way_that_comes_to_the_same_figures_is_no_agreement(tmp_path: Path) -> None:
    same = {"way": "whole", "wire": "without", "n_stories": 20}
    kept = [row for row in KEPT_OF_GULL if row["wire"] == "with"] + [counted("gull", 0.1, 0.0, 0.3, **same)]
    row, ways = asked(tmp_path, [GULL], kept)
    assert list(ways) == [SHORTER, WIDE]
    assert row["n_ways"] == 2


def test_a_way_that_leaves_no_story_is_told_and_not_counted(tmp_path: Path) -> None:
    row, ways = asked(tmp_path, [GULL], [one for one in KEPT_OF_GULL if one["way"] != "shorter"])
    assert (ways[SHORTER]["verdict"], ways[SHORTER]["reason"]) == (
        "untestable",
        "no story is left that counts",
    )
    assert (row["n_ways"], row["n_ways_agree"]) == (2, 2)


def test_a_survey_that_kept_nothing_has_no_ways_to_count(tmp_path: Path) -> None:
    row, ways = asked(tmp_path, [GULL], [])
    assert (row["verdict"], ways) == ("supported", {})


def test_a_claim_without_wire_copy_rests_on_what_the_outlet_wrote_itself(tmp_path: Path) -> None:
    row, ways = asked(tmp_path, [GULL], KEPT_OF_GULL, wire="without")
    assert (row["verdict"], row["estimate"], row["conf_high"]) == ("supported", 0.0, 0.35)
    assert ways["with wire copy"]["conf_high"] == 0.3
    assert ways[WIDE]["conf_high"] == 0.7
    row, _ = asked(tmp_path / "none", [GULL], KEPT_OF_GULL[:3], wire="without")
    assert row["verdict"] == "untestable"
    assert row["reason"].startswith("without wire copy, no stories about it were run by two other outlets")


@pytest.mark.parametrize(
    ("category", "label"),
    [(None, "stories that show it in a bad light"), ("unfavourable", "all stories about it")],
)
def test_all_stories_beside_those_in_a_bad_light(tmp_path: Path, category: str | None, label: str) -> None:
    bad = estimate("gull", 0, 6.0, 0.0, 0.45, category="unfavourable", n_units=9)
    row, ways = asked(tmp_path, [GULL, bad], [], category=category)
    figures = {None: (0.3, 20), "unfavourable": (0.45, 9)}
    assert (row["conf_high"], row["n_units"]) == figures.pop(category)
    assert [(label, (way["conf_high"], way["n_units"])) for way in ways.values()] == [
        (label, *figures.values())
    ]
    assert list(ways) == [label]


def test_a_group_is_pooled_and_taken_without_its_extreme_outlet(tmp_path: Path) -> None:
    papers = [
        estimate("auk", 18, 20.0, 0.7, 1.1),
        estimate("skua", 1, 4.0, 0.05, 0.9),
        estimate("gull", 2, 4.0, 0.1, 1.2),
    ]
    row, ways = asked(tmp_path, papers[:2], [], outlet="south")
    assert row["estimate"] == pytest.approx((18 / 20 + 1 / 4) / 2)
    ((label, pooled),) = ways.items()
    assert label == "all stories of a group together, outlets that run much counting for more"
    assert pooled["estimate"] == pytest.approx(19 / 24)
    # Each bound moves by its outlet's part of what is expected of the group, the distances added as squares.
    below, above = ((20 * 0.2) ** 2 + (4 * 0.2) ** 2) ** 0.5, ((20 * 0.2) ** 2 + (4 * 0.65) ** 2) ** 0.5
    assert pooled["conf_low"] == pytest.approx((19 - below) / 24)
    assert pooled["conf_high"] == pytest.approx((19 + above) / 24)
    assert pooled["verdict"] == "contradicted"


def test_the_outlet_that_is_furthest_from_its_groups_mean_is_left_out_by_name(tmp_path: Path) -> None:
    papers = [
        estimate(outlet, covered, 10.0, covered / 10 - 0.05, covered / 10 + 0.05)
        for outlet, covered in (("auk", 2), ("gull", 8), ("skua", 3))
    ]
    groups = [{"id": o, "name": o.title(), "group": "all"} for o in ("auk", "gull", "skua")]
    place = tmp_path / "links" / "units" / "1"
    place.mkdir(parents=True)
    found = findings(ROWS, estimates=pa.Table.from_pylist(papers, ESTIMATES))
    found.about["outlets"] = [
        {**told, "group": "all" if told["id"] != "tern" else None} for told in found.about["outlets"]
    ]
    silent = claim(outlet="all", measure="silence", category=None, versus=None, expect="silent")
    (row,), ways = judged(place, ROWS, silent, findings=found, outlet=groups)
    assert row["estimate"] == pytest.approx(13 / 30)
    without = {way["way"]: way for way in ways}["without the most extreme outlet, Gull"]
    assert (without["estimate"], without["n_units"]) == (pytest.approx(0.25), 40)
    assert [way["way"] for way in ways] == [
        "without the most extreme outlet, Gull"
    ]  # pooled is the mean here
