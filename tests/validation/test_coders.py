"""Corrected portrayals hold what a press planted, where simulated coders err and disagree."""

from __future__ import annotations

from masthead.validation.presses.coders import grade_coders


def test_corrected_intervals_hold_what_was_planted_and_the_models_do_not() -> None:
    grade = grade_coders("medium", presses=1, articles=400, codings=50, draws=20)
    assert len(grade.cells) >= 8
    assert grade.mean("coverage") >= 0.92
    assert grade.mean("by_model") < grade.mean("coverage")
    assert grade.mean("error") < grade.mean("model_error")
    assert 0.5 < grade.as_dict()["alpha"] < 0.9
