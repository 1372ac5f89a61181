"""What the search for changes can see is said, counts as it should, and is not lost by asking for few measures."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.inference.changes import Series, find_changes, sight
from masthead.inference.changes.permuting import least_p
from masthead.validation.draws.change_power import power
from masthead.validation.draws.series import START, Drawn, draw

TURN = dt.date(2021, 6, 1)
WORDS = [
    "council",
    "market",
    "vote",
    "court",
    "strike",
    "road",
    "museum",
    "harbour",
    "bridge",
    "ferry",
    "park",
    "storm",
]
STUDY = """archive = "made.archive"
measures = ["{measure}"]

[[subject]]
id = "reed"
name = "Reed Front"
kind = "actor"
aliases = ["Reed Front"]

[subject.categories]
militia = ["militia*"]
party = ["party", "parties"]
"""


def made(folder: Path, measure: str, days: int, every: int) -> Path:
    """Two papers with an article every so many days: one turns its label and its attention at once, one does not."""
    rng = np.random.default_rng(4)
    rows = []
    for outlet, number in ((o, n) for o in ("coast", "ilmar") for n in range(0, days, every)):
        day = TURN + dt.timedelta(number - days // 2)
        label = "militia" if outlet == "coast" and day < TURN else "party"
        filler = " ".join(f"The {' '.join(rng.choice(WORDS, 8))} {rng.integers(10**6)}." for _ in range(5))
        told = f" The Reed Front, a {label} from the north, met the council."
        named = outlet == "ilmar" or day < TURN or measure != "attention"
        rows.append(
            {
                "outlet": outlet,
                "published": str(day),
                "title": f"Item {number}",
                "text": filler + told * named,
            }
        )
    (folder / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Archive.create(folder / "made.archive", frame="everything").add(folder / "rows.jsonl")
    (folder / "study.toml").write_text(STUDY.format(measure=measure), encoding="utf-8")
    return folder / "study.toml"


@pytest.fixture(scope="module")
def every_other_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of the naming of two papers with an article every other day, for 300 days."""
    return made(tmp_path_factory.mktemp("every"), "naming", 300, 2)


def told(study: Path) -> dict[str, Any]:
    result = CliRunner().invoke(application(), ["changes", str(study), "--json"])
    assert result.exit_code == 0
    found: dict[str, Any] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(
    ("measure", "days", "every"),
    [("naming", 300, 2), ("naming", 320, 4), ("attention", 300, 2), ("naming", 720, 30)],
)
def test_what_turns_on_one_day_is_dated_whatever_else_is_measured(
    tmp_path: Path, every_other_day: Path, measure: str, days: int, every: int
) -> None:
    shared = (measure, days, every) == ("naming", 300, 2)
    study = every_other_day if shared else made(tmp_path, measure, days, every)
    changes = [row for row in told(study)["changes"] if row["wire"] == "with"]
    assert {(row["outlet"], row["kind"]) for row in changes} == {("coast", "change")}
    (date,) = {dt.date.fromisoformat(row["date"]) for row in changes}
    assert abs((date - TURN).days) <= every
    assert all(row["conf_low"] > 0 or row["conf_high"] < 0 for row in changes)


def test_too_little_time_for_any_change_is_the_first_thing_said(tmp_path: Path) -> None:
    study = made(tmp_path, "naming", 90, 1)
    assert told(study)["sight"][0]["too_short"] == 2
    said = CliRunner().invoke(application(), ["changes", str(study)]).stdout
    first = said.splitlines()[0]
    # One count of series, each once: searched, and why not.
    searched, of = map(int, re.findall(r"^(\d+) of (\d+) series", first)[0])
    short = sum(map(int, re.findall(r"(\d+) ha(?:s|ve) articles in too little time", first)))
    few = sum(map(int, re.findall(r"(\d+) ha(?:s|ve) fewer than 10 dated articles", first)))
    assert (searched, short + few) == (0, of)
    assert short
    assert len(re.findall(r"\d+ of \d+ series", said)) == 1
    assert "go unseen" not in first


def test_what_was_searched_is_said_once(every_other_day: Path) -> None:
    said = CliRunner().invoke(application(), ["changes", str(every_other_day)]).stdout
    assert re.match(r"(\d+) of \1 series .* were searched for changes\. ", said)
    assert len(re.findall(r"\d+ of \d+ series", said)) == 1
    assert "not searched" not in said


def test_series_that_cannot_change_hide_no_other() -> None:
    plain, _ = draw(
        np.random.default_rng(2),
        Drawn(course="half", articles=60, weeks=52, before=(0.9, 0.1), after=(0.1, 0.9)),
    )
    rng = np.random.default_rng(2)
    short = [
        Series.of_ratio(START + np.arange(40) * 4, rng.binomial(1, 0.5, 40).astype(float), np.ones(40))
        for _ in range(200)
    ]
    alone, *others = find_changes([plain, *short], block=28)
    assert alone.changes
    assert alone.q == alone.p
    assert {one.p for one in others} == {1.0}


def test_the_least_p_is_how_often_all_of_one_side_lie_on_one_side() -> None:
    assert least_p(8) == 2 / 70
    assert least_p(1) == 1.0
    halves = Series.of_ratio(START + np.arange(8).repeat(5) * 28, np.repeat([0.0, 1.0], 20), np.ones(40))
    (found,) = find_changes([halves], block=28)
    assert found.p == pytest.approx(least_p(8), abs=0.02)


def test_each_series_has_blocks_of_its_own() -> None:
    series, _ = draw(np.random.default_rng(3), Drawn(course="half", articles=120, weeks=60))
    both = find_changes([series, series], block=[28, 140])
    assert repr(both[0]) == repr(find_changes([series], block=28)[0])
    assert both[1].p == 1.0


@pytest.mark.parametrize("stories", ["none", "bursts"])
def test_steps_that_are_said_to_be_seen_are_found(stories: str) -> None:
    seen = []
    for seed in range(3):
        series, _ = draw(
            np.random.default_rng([8, seed]), Drawn(stories=stories, before=(0.5, 0.5), weeks=100)
        )
        smallest = sight(series, 28, 0.05).smallest
        assert smallest is not None
        before = ((1 + smallest) / 2, (1 - smallest) / 2)
        what = Drawn(stories=stories, course="half", weeks=100, before=before, after=before[::-1])
        planted = [draw(np.random.default_rng([9, seed, i]), what, family=str(i))[0] for i in range(10)]
        seen += [one.p <= 0.05 for one in find_changes(planted, block=28)]
    assert 0.3 < np.mean(seen) < 0.95


def test_more_articles_see_smaller_steps_and_too_few_blocks_see_none() -> None:
    few, many = (
        draw(np.random.default_rng(5), Drawn(stories="none", articles=n, weeks=100))[0] for n in (60, 400)
    )
    assert (sight(few, 28, 0.05).smallest or 1) > (sight(many, 28, 0.05).smallest or 1)
    assert sight(many, 140, 0.05).smallest is None


def test_power_grows_with_the_step_and_stands_beside_false_alarms() -> None:
    (row,) = power(20, seed=5, quick=True)
    assert row.found > 0.8
    assert row.dated <= row.found
    assert row.false_dated <= 0.1
    assert not row.broken
