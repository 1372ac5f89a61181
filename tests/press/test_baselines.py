"""The hard setting defeats plain baselines, the easy one does not, and the scores are what they say."""

import builtins
import json

import pytest
import typer
from typer.testing import CliRunner

from masthead.cli.press import register
from masthead.errors import MastheadError
from masthead.press.baselines import BARS, b_cubed, run_baselines


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


def test_without_scikit_learn_the_command_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object, **named: object) -> object:
        if name.startswith("sklearn"):
            raise ImportError(name)
        return real(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MastheadError, match="pip install scikit-learn"):
        run_baselines(articles=50)


def test_the_command_prints_the_figures() -> None:
    app = typer.Typer()
    register(app)
    app.command("other")(lambda: None)
    runner = CliRunner()
    told = runner.invoke(app, ["press", "baselines", "--articles", "60", "--setting", "easy", "--json"])
    scores = json.loads(told.stdout)
    assert [set(s) for s in scores] == [{"name", "figure", "value", "bar"}] * 4
    table = runner.invoke(app, ["press", "baselines", "--articles", "60", "--setting", "easy"]).stdout
    assert f"{scores[0]['value']:.3f}" in table
