"""Claims are judged by the units of a survey, in every reasonable way, and what cannot be tested says why."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.findings.schemas import CHANGES, ESTIMATES, ROBUSTNESS
from tests.claims.made import TURN, attention, claim, findings, judged, units

APART = [*units("gull", 0.7), *units("skua", 0.2)]


def one(folder: Path, rows: list[dict[str, Any]], **asked: Any) -> dict[str, Any]:
    """The verdict on a single claim."""
    return judged(folder, rows, claim(**asked))[0][0]


@pytest.mark.parametrize(
    ("asked", "verdict", "says"),
    [
        ({"margin": 0.2}, "supported", r"beyond the margin of 20 points; Gull \d\d%, Skua \d\d%"),
        ({}, "supported", "lies above 0"),
        ({"expect": "less"}, "contradicted", r"the other way: Gull uses it more, by \d\d.* points or more"),
        ({"margin": 0.7}, "contradicted", "not by as much as the margin: by less than 70 points"),
        ({"margin": 0.5}, "not enough evidence", "beyond the margin of 50 points and smaller ones"),
        ({"outlet": "skua", "versus": "gull"}, "contradicted", "the other way: Gull uses it more"),
        ({"outlet": "skua", "versus": "gull", "expect": "less", "margin": 0.2}, "supported", "beyond"),
    ],
)
def test_the_whole_interval_decides(tmp_path: Path, asked: dict[str, Any], verdict: str, says: str) -> None:
    row = one(tmp_path, APART, **asked)
    assert row["verdict"] == verdict
    assert "wire copy" not in row["reason"]
    assert re.search(says, row["reason"])
    assert row["conf_low"] <= row["estimate"] <= row["conf_high"]
    assert row["estimate"] == pytest.approx(row["value"] - row["value_versus"])
    assert (row["n_units"], row["n_units_versus"]) == (100, 100)
    assert (row["needed"] is None) == (verdict != "not enough evidence")


@pytest.mark.parametrize(
    ("after", "asked", "verdict"),
    [
        (0.8, {"expect": "changed", "margin": 0.1}, "supported"),
        (0.2, {"expect": "changed", "margin": 0.5}, "contradicted"),
        (0.2, {"expect": "unchanged", "margin": 0.2}, "supported"),
        (0.8, {"expect": "unchanged", "margin": 0.2}, "contradicted"),
        (0.8, {"expect": "more", "margin": 0.2}, "supported"),
        (0.2, {"expect": "unchanged", "margin": 0.02}, "not enough evidence"),
    ],
)
@pytest.mark.parametrize("versus", [f"before {TURN}", "before strike"])
def test_an_outlet_is_set_against_itself(
    tmp_path: Path, after: float, asked: dict[str, Any], verdict: str, versus: str
) -> None:
    row = one(tmp_path, units("gull", 0.2, 200, after=after), versus=versus, **asked)
    assert row["verdict"] == verdict
    assert row["value_versus"] == pytest.approx(0.2, abs=0.1)
    assert row["value"] == pytest.approx(after, abs=0.1)


def test_before_and_after_a_day_cut_between_two_days(tmp_path: Path) -> None:
    rows = units("gull", 0.2, 364, after=0.8)
    before, after = (
        one(tmp_path, rows, versus=versus) for versus in ("before 2031-07-01", "after 2031-06-30")
    )
    assert before["estimate"] == pytest.approx(-after["estimate"])
    assert before["n_units"] == after["n_units_versus"]
    # An event is left out of neither side but that it is named for: up to its last day, against later.
    event = one(tmp_path, rows, versus="after strike")
    assert event["n_units"] == after["n_units"] + 31


def test_undated_articles_count_where_no_day_is_asked_for(tmp_path: Path) -> None:
    rows = [*units("gull", 0.7, undated=20), *units("skua", 0.2)]
    assert one(tmp_path, rows)["n_units"] == 100
    assert one(tmp_path, rows, **{"from": "2031-01-01"})["n_units"] == 80


def test_a_claims_own_days_are_both_included(tmp_path: Path) -> None:
    rows = [*units("gull", 0.7, 364), *units("skua", 0.2, 364)]
    row = one(tmp_path, rows, **{"from": "2031-02-01", "to": "2031-02-10"})
    assert (row["n_units"], row["n_units_versus"]) == (10, 10)


def test_a_group_is_the_mean_of_its_outlets_and_pooled_beside_it(tmp_path: Path) -> None:
    rows = [*units("gull", 0.9, 20), *units("tern", 0.1, 400), *units("skua", 0.2, 100)]
    (row,), ways = judged(tmp_path, rows, claim(outlet="north"))
    gull, tern = (one(tmp_path, rows, outlet=o)["value"] for o in ("gull", "tern"))
    assert row["value"] == pytest.approx((gull + tern) / 2)
    assert row["n_units"] == 420
    pooled = next(way for way in ways if way["way"].startswith("all articles of a group together"))
    assert pooled["estimate"] < row["estimate"] - 0.2


def test_all_other_outlets_are_those_of_the_study_that_are_not_asked_about(tmp_path: Path) -> None:
    rows = [*units("gull", 0.9), *units("tern", 0.2), *units("skua", 0.3), *attention("mute", mentions=0)]
    row = one(tmp_path, rows, versus="all other outlets")
    assert row["value_versus"] == pytest.approx(0.25, abs=0.1)
    assert "2 of 4 outlets of 'all other outlets' have a figure" in row["reason"]
    assert row["verdict"] == "supported"
    within = one(tmp_path, rows, versus="north")
    assert within["value_versus"] == pytest.approx(0.2, abs=0.1)


def test_the_most_extreme_outlet_is_left_out_by_name(tmp_path: Path) -> None:
    rows = [*units("gull", 0.5), *units("tern", 0.1), *units("skua", 0.12), *units("auk", 0.9)]
    _, ways = judged(tmp_path, rows, claim(versus="all other outlets"))
    (way,) = [way for way in ways if "most extreme" in way["way"]]
    assert way["way"] == "without the most extreme outlet, Auk"
    assert way["estimate"] == pytest.approx(0.4, abs=0.1)


def test_a_group_that_changes_its_members_has_not_changed(tmp_path: Path) -> None:
    early = [row for row in units("tern", 0.9, 200) if row["day"] < TURN]
    rows = [*units("gull", 0.2, 200), *early]
    row = one(tmp_path, rows, outlet="north", versus=f"before {TURN}", expect="unchanged", margin=0.2)
    assert row["verdict"] == "supported"
    assert "1 of 2 outlets of 'north' have a figure" in row["reason"]


def test_other_ways_are_told_where_they_differ_and_only_there(tmp_path: Path) -> None:
    rows = [
        *units("gull", 0.7, copied=0.5),
        *units("skua", 0.2),
        *units("gull", 0.2, voice="all", copied=0.4),
    ]
    rows += units("skua", 0.2, voice="all")
    (row,), ways = judged(tmp_path, rows, claim(margin=0.1))
    found = {way["way"]: way["verdict"] for way in ways}
    assert found == {
        "without wire copy": "supported",
        "own words and quotes together": "contradicted",
        "a month shorter at either end": "supported",
    }
    assert (row["n_ways"], row["n_ways_agree"]) == (3, 2)
    assert row["reason"].endswith("wire copy is in it, which outlets share")
    _, ways = judged(tmp_path, rows, claim(margin=0.1, wire="without", voice="all"))
    assert {"with wire copy", "in the outlets' own words alone"} <= {way["way"] for way in ways}


def test_a_way_that_cannot_be_computed_is_told_and_not_counted(tmp_path: Path) -> None:
    rows = [*units("gull", 0.7, copied=1.0), *units("skua", 0.2)]
    (row,), ways = judged(tmp_path, rows, claim(margin=0.1))
    way = next(way for way in ways if way["way"] == "without wire copy")
    assert way["verdict"] == "untestable"
    assert row["n_ways"] == sum(way["verdict"] != "untestable" for way in ways) < len(ways)


def test_articles_of_one_story_are_one_unit_and_tie_outlets_together(tmp_path: Path) -> None:
    rows = [*units("gull", 0.7, stories=True, seed=3), *units("skua", 0.4, stories=True, seed=3)]
    (row,), ways = judged(tmp_path, rows, claim())
    way = next(way for way in ways if way["way"] == "a story as the unit")
    assert (way["n_units"], way["n_units_versus"]) == (50, 50)
    assert way["estimate"] == pytest.approx(row["estimate"])
    assert (way["conf_low"], way["conf_high"]) != (row["conf_low"], row["conf_high"])


def test_the_order_of_units_and_of_claims_changes_nothing(tmp_path: Path) -> None:
    rows = [*units("gull", 0.6, stories=True), *units("tern", 0.5), *units("skua", 0.2, copied=0.3)]
    asked = [claim(), claim(id="d", outlet="north", versus="skua"), claim(id="e", versus=f"before {TURN}")]
    first, ways = judged(tmp_path, rows, *asked)
    mixed = list(rows)
    random.Random(1).shuffle(mixed)
    again, others = judged(tmp_path, mixed, *reversed(asked))
    assert sorted(again, key=lambda r: r["claim"]) == first
    assert sorted(others, key=lambda w: (w["claim"], w["way"])) == sorted(
        ways, key=lambda w: (w["claim"], w["way"])
    )


def test_two_subjects_that_change_places_change_verdicts(tmp_path: Path) -> None:
    dockers = [*units("gull", 0.7), *units("skua", 0.2)]
    weavers = [*units("gull", 0.3, subject="weavers"), *units("skua", 0.3, subject="weavers")]
    swap = {"dockers": "weavers", "weavers": "dockers"}
    told = []
    for rows in (dockers + weavers, [{**r, "subject": swap[r["subject"]]} for r in dockers + weavers]):
        found, _ = judged(tmp_path, rows, claim(), claim(id="d", subject="weavers"))
        told.append(
            {r["subject"]: (r["verdict"], r["estimate"], r["conf_low"], r["conf_high"]) for r in found}
        )
    assert told[0]["dockers"] == told[1]["weavers"]
    assert told[0]["weavers"] == told[1]["dockers"]


@pytest.mark.parametrize(
    ("asked", "says", "needs"),
    [
        (
            {"outlet": "spindrift-tribune"},
            "The Spindrift Tribune is absent from the archive",
            "of The Spindrift Tribune about .* articles that name it",
        ),
        ({"versus": "spindrift-tribune"}, "The Spindrift Tribune is absent", "of The Spindrift Tribune"),
        ({"outlet": "auk"}, "Auk has no article in this study", "of Auk about"),
        ({"outlet": "mute"}, "none of 200 articles of Mute mentions the dockers", "of Mute about"),
        ({"outlet": "tern"}, "Tern names the dockers with no label", "of Tern about"),
        (
            {"versus": "before 2030-01-01"},
            "Gull has no article to 2029-12-31: its articles are of 2031",
            "2029-12-31",
        ),
        ({"versus": "after 2040-01-01"}, "Gull has no article from 2040-01-02", "from 2040-01-02 about"),
        ({"from": "2020-01-01", "to": "2020-12-31"}, "no article from 2020-01-01 to 2020-12-31", "about"),
        (
            {"versus": "before 2031-07-01", "to": "2031-06-01"},
            "no day lies in it: from 2031-07-01 to",
            "other days in the claim",
        ),
        ({"outlet": "north", "versus": "north"}, None, None),
    ],
)
def test_what_cannot_be_tested_says_why_and_what_it_would_take(
    tmp_path: Path, asked: dict[str, Any], says: str | None, needs: str | None
) -> None:
    if says is None:
        with pytest.raises(Exception, match="against itself"):
            one(tmp_path, APART, **asked)
        return
    rows = [
        *APART,
        *attention("gull"),
        *attention("skua"),
        *attention("mute", mentions=0),
        *attention("tern"),
    ]
    row = one(tmp_path, rows, **asked)
    assert row["verdict"] == "untestable"
    assert row["estimate"] is None
    assert re.search(says, row["reason"])
    assert re.search(needs or "", row["needed"])


def test_a_group_of_one_has_nobody_to_be_set_against(tmp_path: Path) -> None:
    row = one(tmp_path, APART, outlet="north", versus="gull")
    assert row["verdict"] == "untestable"
    assert "no outlet in 'gull' but the outlets of 'north'" in row["reason"]


def test_without_quotation_marks_own_words_are_not_known(tmp_path: Path) -> None:
    rows = [
        *units("gull", 0.7, voice="all"),
        *APART[100:],
        *attention("gull"),
        *units("skua", 0.2, voice="all"),
    ]
    found = findings(rows)
    found.about["outlets"][0]["quotation_marks"] = False
    (row,), ways = judged(tmp_path, rows, claim(), findings=found)
    assert row["verdict"] == "untestable"
    assert "hold no quotation marks" in row["reason"]
    assert '`voice = "all"`' in row["needed"]
    assert {way["way"]: way["verdict"] for way in ways}["own words and quotes together"] == "supported"


def test_a_category_that_the_survey_does_not_tell_apart(tmp_path: Path) -> None:
    rows = [
        *units("gull", 0.7, measure="stance", category="claimed", voice="all"),
        *units("skua", 0.7, measure="stance", category="claimed", voice="all"),
    ]
    row = one(tmp_path, rows, measure="stance", category="claimd")
    assert row["verdict"] == "untestable"
    assert "no category 'claimd' of it (did you mean 'claimed')" in row["reason"]


@pytest.mark.parametrize("n", [1, 2])
def test_one_or_two_articles_are_not_enough(tmp_path: Path, n: int) -> None:
    row = one(tmp_path, [*units("gull", 1.0, n), *units("skua", 0.0, n)])
    assert row["verdict"] == "not enough evidence"
    assert row["needed"] is not None


def test_zeros_on_both_sides_show_no_difference_and_no_equality_to_the_last_digit(tmp_path: Path) -> None:
    row = one(tmp_path, [*units("gull", 0.0), *units("skua", 0.0)], margin=0.1)
    assert (row["estimate"], row["verdict"]) == (0.0, "contradicted")
    assert row["conf_low"] < 0 < row["conf_high"]
    assert one(tmp_path, [*units("gull", 0.0), *units("skua", 0.0)])["verdict"] == "not enough evidence"


def test_portrayal_may_stand_alone_against_nothing(tmp_path: Path) -> None:
    rows = units("gull", 0.5, measure="portrayal", category=None)
    asked = {"measure": "portrayal", "category": None, "versus": None}
    row = one(tmp_path, rows, **asked, expect="favourable", margin=0.2)
    assert (row["verdict"], row["value_versus"], row["n_units_versus"]) == ("supported", None, None)
    assert "no human coding has corrected" in row["reason"]
    row = one(tmp_path, rows, **asked, expect="unfavourable")
    assert row["verdict"] == "contradicted"
    assert "the other way: favourable, by 0.4" in row["reason"]


def silence(outlet: str, ratio: float, low: float, high: float | None, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(ESTIMATES.names),
        **{"measure": "silence", "outlet": outlet, "subject": "dockers", "wire": "with", "voice": "all"},
        **{"estimate": ratio, "conf_low": low, "conf_high": high, "n_units": 20, **more},
    }


@pytest.mark.parametrize(
    ("figures", "asked", "verdict", "says"),
    [
        ((0.1, 0.0, 0.3), {"margin": 0.5}, "supported", "at most 0.30 of what its habits make expected"),
        (
            (0.7, 0.6, 0.8),
            {"margin": 0.5},
            "contradicted",
            "not so silent as the margin says: .* at least 0.60",
        ),
        ((1.4, 1.1, None), {"margin": 0.5}, "contradicted", "the other way: it covered at least 1.10"),
        ((0.4, 0.1, 0.9), {"margin": 0.5}, "not enough evidence", "holds 0.5"),
        ((0.7, 0.6, 0.8), {}, "supported", "at most 0.80"),
        ((1.6, 1.3, 2.0), {"expect": "more"}, "supported", "at least 1.30"),
    ],
)
def test_silence_is_judged_by_the_surveys_own_ratio(
    tmp_path: Path, figures: tuple[float, float, float | None], asked: dict[str, Any], verdict: str, says: str
) -> None:
    estimates = pa.Table.from_pylist([silence("gull", *figures)], ESTIMATES)
    told = {"measure": "silence", "category": None, "versus": None, "expect": "silent"} | asked
    (row,), ways = judged(tmp_path, APART, claim(**told), findings=findings(APART, estimates=estimates))
    assert row["verdict"] == verdict
    assert re.search(says, row["reason"])
    assert row["margin"] == asked.get("margin", 1.0)
    assert ways == []


def test_silence_that_nobody_could_judge_is_untestable(tmp_path: Path) -> None:
    told = findings(APART)
    told.about["silence"] = {"reason": None, "left_out": {"gull": "fewer than 20 dated articles"}}
    asked = {"measure": "silence", "category": None, "versus": None, "expect": "silent"}
    (row,), _ = judged(tmp_path, APART, claim(**asked), findings=told)
    assert (row["verdict"], row["reason"]) == (
        "untestable",
        "Gull is not judged: fewer than 20 dated articles",
    )


def change(low: float, **more: Any) -> dict[str, Any]:
    return {
        **dict.fromkeys(CHANGES.names),
        **{
            "change": "x",
            "measure": "naming",
            "outlet": "gull",
            "subject": "dockers",
            "category": "militant",
        },
        **{
            "voice": "own",
            "wire": "with",
            "kind": "change",
            "date": TURN,
            "date_low": TURN,
            "date_high": TURN,
        },
        **{"before": 0.2, "after": 0.6, "difference": 0.4, "conf_low": low, "conf_high": 0.6, "q": 0.01},
        **{"n_before": 30, "n_after": 40, "coverage_moved": False, "at_gap": False, **more},
    }


@pytest.mark.parametrize(
    ("rows", "verdict", "says"),
    [
        ([change(0.2)], "supported", "the share changed from 20% to 60%, between 2031-07-01 and 2031-07-01"),
        ([change(0.2, kind="drift")], "supported", "the share drifted from 20% to 60%"),
        ([change(0.05)], "not enough evidence", "may be less than the margin of 10 points"),
        ([change(0.2, coverage_moved=True)], "not enough evidence", "the figure within each did not"),
        ([change(0.2, outlet="skua")], "not enough evidence", "no change was found"),
        ([change(0.2, q=0.2)], "not enough evidence", "no change was found"),
        ([], "not enough evidence", "does not show that there was none"),
    ],
)
def test_a_change_without_a_date_rests_on_the_changes_found(
    tmp_path: Path, rows: list[dict[str, Any]], verdict: str, says: str
) -> None:
    told = findings(APART, changes=pa.Table.from_pylist(rows, CHANGES))
    asked = claim(versus=None, expect="changed", margin=0.1)
    (row,), ways = judged(tmp_path, APART, asked, findings=told)
    assert row["verdict"] == verdict
    assert says in row["reason"]
    assert [way["way"] for way in ways] == ["without wire copy", "own words and quotes together"]


def test_the_alias_that_matters_most_is_left_out_by_name(tmp_path: Path) -> None:
    rows = []
    for outlet, share in (("gull", 0.7), ("skua", 0.2)):
        for alias, moved in (
            ("the union", 0.0),
            ("strikers", 0.3 if outlet == "gull" else 0.0),
            ("dockers", 0.01),
        ):
            figure = share - moved
            rows.append(
                {
                    **dict.fromkeys(ROBUSTNESS.names),
                    **{"measure": "naming", "outlet": outlet, "subject": "dockers", "category": "militant"},
                    **{"alias_left_out": alias, "voice": "own", "wire": "with", "n_units": 80},
                    **{"estimate": figure, "conf_low": figure - 0.1, "conf_high": figure + 0.1},
                }
            )
    told = findings(APART, robustness=pa.Table.from_pylist(rows, ROBUSTNESS))
    _, ways = judged(tmp_path, APART, claim(margin=0.1), findings=told)
    way = ways[-1]
    assert way["way"] == "without the alias 'strikers', the one that matters most"
    assert way["estimate"] == pytest.approx(0.2)
    assert way["verdict"] == "not enough evidence"
    assert (way["n_units"], way["n_units_versus"]) == (80, 80)
    _, ways = judged(tmp_path, APART, claim(**{"from": "2031-01-01"}), findings=told)
    assert not any("alias" in way["way"] for way in ways)


def test_a_label_that_the_survey_found_is_known_in_whatever_case(tmp_path: Path) -> None:
    bare = [{"id": "dockers", "kind": "actor", "aliases": ["dockers"]}]
    (row,), _ = judged(tmp_path, APART, claim(category="Militant"), subject=bare)
    assert (row["category"], row["verdict"]) == ("militant", "supported")


def test_a_study_without_claims_has_no_verdicts(tmp_path: Path) -> None:
    assert judged(tmp_path, APART) == ([], [])
