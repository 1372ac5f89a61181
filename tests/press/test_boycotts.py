"""Boycotts among innocent habits: what is planted, and what a press without them leaves as it was."""

from __future__ import annotations

from collections import Counter

import pytest

from masthead import press
from masthead.errors import UsageError
from masthead.press import PLANTS


def test_boycotts_leave_out_what_they_are_meant_to_and_nothing_else() -> None:
    made, truth = press.planted_boycotts(5, articles=2500)
    assert len(made.plan.silences) == 8
    left_out: Counter[bool] = Counter()
    for story in truth.stories.to_pylist():
        for outlet in story["left_out_by"]:
            of = [s for s in made.plan.silences if made.outlets[s.outlet] == outlet]
            about = story["subjects"][:2]
            meant = [
                s
                for s in of
                if (
                    made.subjects[s.role] in about
                    if s.whatever
                    else story["adverse"] and made.subjects[s.role] == about[0]
                )
            ]
            assert meant
            left_out[meant[0].whatever] += 1
    assert left_out[True] > 30
    assert left_out[False] > 10


def test_habits_alone_leave_nothing_out() -> None:
    made, truth = press.planted_habits(5, articles=600)
    assert made.plan.silences == ()
    assert not any(truth.stories["left_out_by"].to_pylist())
    assert len(made.plan.habits) == len(made.outlets)
    assert len(made.plan.gaps) >= len(made.outlets) - 1


def test_outlets_differ_in_size_and_some_rest_on_sundays() -> None:
    made, truth = press.planted_habits(9, articles=2000)
    articles = Counter(truth.articles["outlet"].to_pylist())
    sizes = [habit.size for habit in made.plan.habits]
    largest, smallest = (made.outlets[sizes.index(f(sizes))] for f in (max, min))
    assert articles[largest] > 1.2 * articles[smallest]
    resting = [o for o, habit in zip(made.outlets, made.plan.habits, strict=True) if 6 in habit.rests]
    assert resting
    days = Counter((row["outlet"], row["published"].weekday()) for row in truth.articles.to_pylist())
    for outlet in resting:
        assert days[outlet, 6] < 0.6 * articles[outlet] / 7


def test_who_runs_a_story_is_known_without_writing_it() -> None:
    made = press.make(seed=8, articles=300, setting="hard")
    written = [(s.story.id, tuple(a.outlet for a in s.articles), s.left_out, s.lost) for s in made.stories()]
    drawn = [(r.story.id, tuple(o for o, _, _ in r.runs), r.left_out, r.lost) for r in made.runs()]
    assert drawn == written


def test_habits_and_boycotts_are_planted_only_where_they_are_asked_for() -> None:
    made = press.make(seed=8, articles=10)
    assert made.plan.habits == ()
    assert not any(silence.whatever for silence in made.plan.silences)
    assert "boycott" not in PLANTS
    with pytest.raises(UsageError, match="did you mean 'boycott'"):
        press.make(articles=10, plant=frozenset(("boycot",)))
