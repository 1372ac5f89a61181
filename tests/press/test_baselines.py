"""The hard setting defeats plain baselines, the easy one does not, and the scores are what they say."""

import json

import pytest
from benchmarks.baselines import BARS, main, run_baselines

from masthead.validation.baselines.plain_readers import b_cubed


def test_at_the_hard_setting_every_baseline_fails() -> None:
    scores = {score.name: score for score in run_baselines(seed=3, articles=900, setting="hard")}
    assert sorted(score.bar for score in scores.values()) == sorted(BARS.values())
    for score in scores.values():
        assert 0.0 < score.value < score.bar, score


def test_at_the_easy_setting_they_do_better() -> None:
    easy = {s.name: s.value for s in run_baselines(seed=3, articles=500, setting="easy")}
    hard = {s.name: s.value for s in run_baselines(seed=3, articles=500, setting="hard")}
    assert all(easy[name] > hard[name] + 0.05 for name in easy)


def test_b_cubed_on_a_case_worked_by_hand() -> None:
    # Two stories of two; one cluster holds three of them. Precision (1 + 5/3) / 4... by element: 2/3, 2/3, 1/3, 1.
    found, true = [1, 1, 1, 2], ["a", "a", "b", "b"]
    precision, recall = (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, (1 + 1 + 1 / 2 + 1 / 2) / 4
    assert b_cubed(found, true) == pytest.approx(2 * precision * recall / (precision + recall))
    assert b_cubed([1, 2, 3], ["a", "b", "c"]) == 1.0


def test_the_command_prints_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--articles", "60", "--setting", "easy", "--json"])
    scores = json.loads(capsys.readouterr().out)
    assert [set(s) for s in scores] == [{"name", "figure", "value", "bar"}] * 4
    main(["--articles", "60", "--setting", "easy"])
    assert f"{scores[0]['value']:.3f}" in capsys.readouterr().out
