"""Claims of `never` and `always`: one article contradicts them, and without one a bound says how rare it is at most."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from masthead.errors import StudyError
from masthead.findings.schemas import ESTIMATES, GAPS, ROBUSTNESS
from masthead.inference.exact import draws_needed, exact_bounds
from masthead.questions.claims.kinds.bounds import answer_of as judged_by
from masthead.questions.claims.kinds.never_always import Count
from masthead.study.claim import Claim
from tests.claims.made import attention, claim, findings, judged, study, units

NEVER = {"expect": "never", "versus": None}
MENTIONS = {"measure": "attention", "category": None}


def told(
    folder: Path, rows: list[dict[str, Any]], **asked: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The verdict on a claim of `never`, and the other ways."""
    (row,), ways = judged(folder, rows, claim(**{**NEVER, **asked}))
    return row, ways


def labels(n: int, uses: int, **more: Any) -> list[dict[str, Any]]:
    """So many articles of Gull that mention the dockers and name them, the first `uses` of them as militants."""
    rows = units("gull", 0.0, n, **more)
    return [*attention("gull", n, n), *({**row, "x": float(i < uses)} for i, row in enumerate(rows))]


def test_none_of_51_articles_leaves_seven_percent_open(tmp_path: Path) -> None:
    row, _ = told(tmp_path, labels(51, 0))
    assert row["verdict"] == "not enough evidence"
    assert row["reason"].startswith(
        "0 of 51 articles that mention it call it 'militant'; at most 7% of such do"
    )
    assert (row["estimate"], row["conf_low"]) == (0, 0)
    assert row["conf_high"] == pytest.approx(0.0698, abs=1e-4)
    assert row["n_units"] == 51
    assert "0.07 or more" in row["needed"]


@pytest.mark.parametrize(
    ("margin", "verdict", "needs"),
    [(0.07, "supported", None), (0.05, "not enough evidence", "72 articles .* of 51")],
)
def test_only_a_margin_says_how_much_would_still_be_never(
    tmp_path: Path, margin: float, verdict: str, needs: str | None
) -> None:
    row, _ = told(tmp_path, labels(51, 0), margin=margin)
    assert row["verdict"] == verdict
    assert (row["needed"] is None) if needs is None else re.search(needs, row["needed"])


def test_one_article_contradicts_whatever_the_margin(tmp_path: Path) -> None:
    row, ways = told(tmp_path, labels(200, 1), margin=0.5)
    assert (row["verdict"], row["n_units"]) == ("contradicted", 200)
    assert row["reason"] == "1 of 200 articles that mention it calls it 'militant'"
    assert row["estimate"] == 1 / 200
    assert {way["verdict"] for way in ways} <= {"contradicted", "supported"}


def test_articles_that_no_label_was_read_in_are_not_counted(tmp_path: Path) -> None:
    rows = labels(60, 0)
    for row in rows[:5]:
        row["unread"] = True
    for row in rows[5:12]:
        row["bare"] = True
    row, _ = told(tmp_path, rows)
    assert row["n_units"] == 48
    assert "7 articles without text are not counted" in row["reason"]
    assert "5 articles in languages whose labels are not read are not counted" in row["reason"]


def test_never_is_of_what_the_archive_holds(tmp_path: Path) -> None:
    rows = attention("gull", 40, 0)
    gaps = pa.Table.from_pylist(
        [{"outlet": o, "gap_start": rows[3]["day"], "gap_end": rows[4]["day"]} for o in ("gull", "tern")],
        GAPS,
    )
    found = findings(rows, gaps=gaps)
    (row,), _ = judged(tmp_path, rows, claim(**NEVER, **MENTIONS), findings=found)
    assert row["reason"].startswith("0 of 40 articles mention it; at most 9% of such do")
    days = (rows[4]["day"] - rows[3]["day"]).days + 1
    assert row["reason"].endswith(f"on {days} days nothing was collected; of what the archive holds")


def test_a_title_that_mentions_speaks_against_never_though_the_text_is_missing(tmp_path: Path) -> None:
    rows = [{**row, "bare": True} for row in attention("gull", 20, 1)]
    row, _ = told(tmp_path, rows, **MENTIONS)
    assert (row["verdict"], row["n_units"]) == ("contradicted", 1)
    row, _ = told(tmp_path, [{**row, "bare": True} for row in attention("gull", 20, 0)], **MENTIONS)
    assert row["verdict"] == "untestable"
    assert "none of 20 articles of Gull has a text" in row["reason"]


@pytest.mark.parametrize(
    ("uses", "verdict"), [(1.0, "not enough evidence"), (0.99, "contradicted"), (0.0, "contradicted")]
)
def test_always_is_of_every_label_in_every_article(tmp_path: Path, uses: float, verdict: str) -> None:
    rows = units("gull", 1.0, 30)
    rows[4]["x"] = float(np.floor(rows[4]["y"] * uses))
    row, _ = told(tmp_path, [*attention("gull", 40, 40), *rows], expect="always")
    assert (row["verdict"], row["n_units"]) == (verdict, 30)
    assert row["estimate"] == pytest.approx(1.0 if uses == 1.0 else 29 / 30)
    assert row["conf_low"] < row["estimate"]


def test_always_to_mention_is_of_every_article_whose_text_is_there(tmp_path: Path) -> None:
    rows = attention("gull", 10, 9)
    row, _ = told(tmp_path, rows, expect="always", **MENTIONS)
    assert (row["verdict"], row["reason"]) == ("contradicted", "1 of 10 articles does not mention it")
    rows[9]["bare"] = True
    row, _ = told(tmp_path, rows, expect="always", **MENTIONS)
    assert (row["verdict"], row["n_units"]) == ("not enough evidence", 9)


def test_never_is_counted_in_every_other_way(tmp_path: Path) -> None:
    rows = labels(60, 1)
    for row in rows:
        number = int(row["cluster"].split("-")[1])
        row |= {"copied": number == 0, "story": f"s{number // 2}"}
    row, ways = told(tmp_path, rows, margin=0.1)
    assert row["verdict"] == "contradicted"
    by_way = {way["way"]: way for way in ways}
    assert by_way["without wire copy"]["verdict"] == "supported"
    assert by_way["a month shorter at either end"]["verdict"] != "contradicted"
    assert (by_way["a story as the unit"]["verdict"], by_way["a story as the unit"]["n_units"]) == (
        "contradicted",
        30,
    )
    without, _ = told(tmp_path, rows, margin=0.1, wire="without")
    assert without["verdict"] == "supported"


def test_own_words_alone_speak_against_a_claim_of_own_words(tmp_path: Path) -> None:
    quoted = [{**row, "voice": "all"} for row in labels(80, 3) if row["measure"] == "naming"]
    rows = [*labels(80, 0), *quoted]
    row, ways = told(tmp_path, rows, margin=0.1)
    assert row["verdict"] == "supported"
    (together,) = [way for way in ways if way["way"] == "own words and quotes together"]
    assert together["verdict"] == "contradicted"
    assert told(tmp_path, rows, margin=0.1, voice="all")[0]["verdict"] == "contradicted"


def test_of_a_group_one_outlet_is_enough_and_is_left_out_by_name(tmp_path: Path) -> None:
    rows = [*attention("gull", 50, 0), *attention("tern", 50, 0), *attention("skua", 50, 2)]
    everybody = dict.fromkeys(("gull", "tern", "skua"), "north")
    listed = [{"id": o, "name": o.title(), "group": g} for o, g in everybody.items()]
    found = findings(rows)
    for outlet in found.about["outlets"]:
        outlet["group"] = everybody.get(outlet["id"])
    asked = claim(**NEVER, **MENTIONS, outlet="north")
    (row,), ways = judged(tmp_path, rows, asked, findings=found, outlet=listed)
    assert (row["verdict"], row["n_units"]) == ("contradicted", 150)
    (rest,) = [way for way in ways if way["way"].startswith("without the most extreme outlet")]
    assert (rest["way"], rest["n_units"]) == ("without the most extreme outlet, Skua", 100)
    assert rest["verdict"] == "not enough evidence"


def test_outlets_whose_own_words_nobody_can_tell_are_not_counted(tmp_path: Path) -> None:
    rows = [*labels(50, 0), *attention("tern", 50, 50)]
    found = findings(rows)
    next(o for o in found.about["outlets"] if o["id"] == "tern")["quotation_marks"] = False
    (row,), _ = judged(tmp_path, rows, claim(**NEVER, outlet="north"), findings=found)
    assert row["n_units"] == 50
    assert "Tern is not counted: no quotation marks" in row["reason"]


def test_an_alias_on_which_every_counterexample_hangs_is_named(tmp_path: Path) -> None:
    rows = labels(60, 2)
    left = {
        "measure": "naming",
        "outlet": "gull",
        "subject": "dockers",
        "category": "militant",
        "voice": "own",
    }
    table = [
        {**left, "wire": "with", "alias_left_out": alias, "numerator": n, "denominator": 50.0, "n_units": 50}
        for alias, n in (("dockers", 2.0), ("militants", 0.0))
    ]
    robustness = pa.Table.from_pylist(table, ROBUSTNESS)
    (row,), ways = judged(tmp_path, rows, claim(**NEVER), findings=findings(rows, robustness=robustness))
    assert row["verdict"] == "contradicted"
    assert [w["verdict"] for w in ways if w["way"] == "without the alias 'militants'"] == [
        "not enough evidence"
    ]


@pytest.mark.parametrize(
    ("measure", "category", "never", "always"),
    [
        # Two of ten articles use it in half of what they say, one throughout; in all others it does not occur.
        (
            "voice",
            None,
            "3 of 10 articles that quote or cite anybody quote or cite it",
            "7 of 10 .* do not quote or cite it",
        ),
        (
            "stance",
            "militant",
            "3 of 10 articles that report what it says report it with 'militant'",
            "9 of 10 .* something",
        ),
        (
            "echo",
            None,
            "3 of 10 dated articles that mention it hold words that stood",
            "7 of 10 .* hold no words",
        ),
        (
            "forecast",
            None,
            "3 of 10 articles with a forecast of known outcome foretell rightly",
            "9 of 10 .* foretell wrongly",
        ),
    ],
)
def test_every_measure_counts_what_it_is_made_of(
    tmp_path: Path, measure: str, category: str | None, never: str, always: str
) -> None:
    voice = "own" if measure == "forecast" else "all"
    rows = units("gull", 0.0, 10, measure=measure, category=category, voice=voice)
    for row, x in zip(rows, (1.0, 1.0, 2.0), strict=False):
        row |= {"x": x, "y": 2.0}
    for expect, says in (("never", never), ("always", always)):
        row, _ = told(tmp_path, rows, measure=measure, category=category, expect=expect)
        assert (row["verdict"], row["n_units"]) == ("contradicted", 10)
        assert re.match(says, row["reason"])
        left = [{**one, "x": 0.0 if expect == "never" else one["y"]} for one in rows]
        assert (
            told(tmp_path, left, measure=measure, category=category, expect=expect)[0]["verdict"]
            != "contradicted"
        )


def test_a_stance_that_nobody_takes_is_never_taken(tmp_path: Path) -> None:
    rows = units("gull", 0.5, 30, measure="stance", category="said", voice="all")
    row, _ = told(tmp_path, rows, measure="stance", category="claimed", margin=0.2)
    assert (row["verdict"], row["n_units"], row["estimate"]) == ("supported", 30, 0)


@pytest.mark.parametrize(
    ("covered", "expect", "verdict", "says"),
    [
        (
            0,
            "never",
            "supported",
            "0 of 20 stories about it that others ran were run; at most 17% of such do",
        ),
        (1, "never", "contradicted", "1 of 20 stories about it that others ran was run"),
        (
            20,
            "always",
            "supported",
            "20 of 20 stories about it that others ran were run; at most 17% of such do",
        ),
        (18, "always", "contradicted", "2 of 20 stories about it that others ran were not run"),
    ],
)
def test_stories_that_others_ran_are_counted_for_silence(
    tmp_path: Path, covered: int, expect: str, verdict: str, says: str
) -> None:
    plain = {**dict.fromkeys(ESTIMATES.names), "measure": "silence", "outlet": "gull", "subject": "dockers"}
    figures = {"estimate": 0.4, "conf_low": 0.1, "conf_high": 0.9, "n_units": 20, "numerator": float(covered)}
    estimates = pa.Table.from_pylist([{**plain, **figures, "wire": "with", "voice": "all"}], ESTIMATES)
    rows = attention("gull", 20, 20)
    asked = claim(**NEVER, measure="silence", category=None, margin=0.2) | {"expect": expect}
    (row,), _ = judged(tmp_path, rows, asked, findings=findings(rows, estimates=estimates))
    assert row["verdict"] == verdict
    assert row["reason"].startswith(says)


def test_an_outlet_that_mentions_nobody_can_call_nobody_anything(tmp_path: Path) -> None:
    row, _ = told(tmp_path, attention("gull", 40, 0))
    assert row["verdict"] == "untestable"
    assert "none of 40 articles of Gull mentions the dockers" in row["reason"]
    absent, _ = told(tmp_path, attention("gull", 40, 0), outlet="spindrift-tribune")
    assert (absent["verdict"], absent["needed"]) == ("untestable", "articles of The Spindrift Tribune")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"measure": "portrayal", "category": None}, "a model reads portrayals.*expected 'unfavourable'"),
        ({"measure": "kinship", "category": None}, "phrases are words that others use too.*expected 'more'"),
        ({"versus": "skua"}, "set against nobody; .*leave `versus` out"),
        ({"margin": 1.0}, "expected the share of articles .* still 'never', below 1; write 0.05"),
        ({"category": None}, "names no `category`"),
        ({"measure": "silence", "category": None, "from": "2031-01-01"}, "leave `from` and `to` out"),
    ],
)
def test_what_cannot_be_never(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        study(claim(**{**NEVER, **asked}))


def test_never_of_labels_counts_mentions() -> None:
    with pytest.raises(
        StudyError, match="counts the articles that mention the subject; expected 'attention' among"
    ):
        study(claim(**NEVER), measures=["naming"])


@given(st.integers(0, 200), st.integers(0, 200), st.sampled_from([0.0, 0.02, 0.1, 0.5]))
def test_contradicted_is_what_has_a_counterexample_and_nothing_else(
    against: int, others: int, margin: float
) -> None:
    asked = {"id": "c", "text": "t", "measure": "attention", "subject": "x", "outlet": "o", "margin": margin}
    for expect in ("never", "always"):
        row = judged_by(Claim(**asked, expect=expect), Count(against + others, against), 0.95)
        assert (row.verdict == "contradicted") == (against > 0)
        if row.verdict == "supported":
            assert margin > 0
            assert row.estimate is not None
            assert row.high is not None
            assert row.low is not None
            assert (row.high if expect == "never" else 1 - row.low) <= margin


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.8, 0.95, 0.99]))
def test_the_bounds_are_those_of_clopper_and_pearson(k: int, n: int, level: float) -> None:
    k = min(k, n)
    exact = stats.binomtest(k, n).proportion_ci(level, method="exact")
    assert exact_bounds(k, n, level) == pytest.approx((exact.low, exact.high), abs=1e-9)


@pytest.mark.parametrize("share", [0.001, 0.01, 0.05, 0.2])
@pytest.mark.parametrize("n", [5, 51, 400])
def test_the_bound_holds_the_true_share_as_often_as_it_says(share: float, n: int) -> None:
    drawn = np.random.default_rng([n, int(1000 * share)]).binomial(n, share, 4000)
    bounds = {int(k): exact_bounds(int(k), n, 0.95) for k in np.unique(drawn)}
    holds = np.mean([bounds[int(k)][0] <= share <= bounds[int(k)][1] for k in drawn])
    assert holds >= 0.95 - 3 * np.sqrt(0.95 * 0.05 / 4000)


@given(st.floats(0.001, 0.9), st.sampled_from([0.8, 0.95, 0.99]))
def test_so_many_articles_and_not_one_fewer_put_the_bound_at_the_margin(most: float, level: float) -> None:
    n = draws_needed(most, level)
    assert exact_bounds(0, n, level)[1] <= most * (1 + 1e-9)
    assert n == 1 or exact_bounds(0, n - 1, level)[1] > most * (1 - 1e-9)


BY_NAME = {"old": ["Varnholm"], "new": ["Varn City"]}


def of_names(folder: Path, rows: list[dict[str, Any]], **asked: Any) -> dict[str, Any]:
    """The verdict on a claim about which of two names of a place an outlet uses."""
    place = {
        **{"id": "dockers", "name": "Varn City", "kind": "place", "aliases": ["Varnholm", "Varn City"]},
        "categories": BY_NAME,
    }
    more = claim(**{"category": "old", **asked})
    ((row,), _) = judged(folder, rows, more, subject=[place])
    return row


@pytest.mark.parametrize("expect", ["never", "always"])
def test_without_quotation_marks_the_claim_is_told_to_ask_of_all_words(tmp_path: Path, expect: str) -> None:
    rows = labels(40, 0)
    found = findings(rows)
    next(o for o in found.about["outlets"] if o["id"] == "gull")["quotation_marks"] = False
    (row,), _ = judged(tmp_path, rows, claim(**NEVER | {"expect": expect}), findings=found)
    assert row["verdict"] == "untestable"
    assert "no quotation marks" in row["reason"]
    assert row["needed"].startswith('`voice = "all"` in the claim')
    assert "articles that" not in row["needed"]


@pytest.mark.parametrize(
    ("rows", "asked", "reason", "needed"),
    [
        (labels(40, 0), {"outlet": "tern"}, "Tern has no article in this study", "articles that mention it"),
        (
            labels(40, 0),
            {"from": "2033-01-01", "to": "2033-02-01"},
            "Gull has no article from 2033-01-01 to 2033-02-01: its articles are of 2031-01-01 to 2031-12-31",
            "articles that mention it; or other days in the claim",
        ),
        (
            [{**row, "copied": True} for row in labels(40, 0)],
            {"wire": "without"},
            "Gull has no article that is no wire copy",
            'articles that mention it; or `wire = "with"` or other days',
        ),
        (
            attention("gull", 40, 0),
            {},
            "none of 40 articles of Gull mentions the dockers",
            "articles that mention it; or an alias that these articles use",
        ),
        (
            [{**row, "bare": True} for row in labels(40, 0)],
            {},
            "none of 40 articles that mention it of Gull has a text",
            "articles that mention it; or the texts of these articles",
        ),
        (
            [{**row, "unread": True} for row in labels(40, 0)],
            {},
            "is in a language whose labels are read",
            "articles in English",
        ),
        (
            attention("gull", 40, 20),
            {"expect": "always"},
            "Gull names the dockers with no label in its own words",
            'articles that name it with a label; or `voice = "all"` in the claim',
        ),
    ],
)
def test_each_reason_for_no_figure_has_its_own_advice(
    tmp_path: Path, rows: list[dict[str, Any]], asked: dict[str, Any], reason: str, needed: str
) -> None:
    row, _ = told(tmp_path, rows, **asked)
    assert row["verdict"] == "untestable"
    assert reason in row["reason"]
    assert row["needed"].startswith(needed)


def test_a_margin_is_asked_for_where_nothing_speaks_against_always(tmp_path: Path) -> None:
    row, _ = told(tmp_path, [*attention("gull", 30, 30), *units("gull", 1.0, 30)], expect="always")
    assert row["reason"].startswith(
        "30 of 30 articles that name it with a label call it 'militant' and nothing else; at most 12% of such do "
        "otherwise"
    )
    assert "something always happens" in row["reason"]
    assert row["needed"].startswith("a `margin` in the claim: the share that may do otherwise")


def test_which_of_two_names_is_no_matter_of_labels(tmp_path: Path) -> None:
    nothing = of_names(tmp_path, attention("gull", 30, 20), versus=None, expect="always")
    assert nothing["verdict"] == "untestable"
    assert "uses none of the names of Varn City in its own words" in nothing["reason"]
    compared = of_names(
        tmp_path,
        [*attention("gull", 30, 20), *units("skua", 0.5, 30, category="old"), *attention("skua", 30, 30)],
    )
    assert "uses none of the names of Varn City" in compared["reason"]
    old = [*attention("gull", 30, 30), *units("gull", 1.0, 30, category="old")]
    always = of_names(tmp_path, old, versus=None, expect="always")
    for row in (nothing, compared, always):
        assert "label" not in row["reason"] + row["needed"]
    assert "one of its names" in always["reason"]


def test_names_are_read_in_any_language(tmp_path: Path) -> None:
    rows = [
        {**row, "unread": True}
        for row in [*attention("gull", 30, 30), *units("gull", 0.0, 30, category="old")]
    ]
    row = of_names(tmp_path, rows, versus=None, expect="never", margin=0.2)
    assert (row["verdict"], row["n_units"]) == ("supported", 30)
