"""Long work is never mute where no bar can be shown; short work says nothing."""

from __future__ import annotations

import time

import pytest

from masthead import stages
from masthead.cli.terminal.output import progress
from masthead.cli.terminal.waiting import Lines


def said(every: float, *reports: tuple[str, int, int]) -> list[str]:
    """What is said of work that reports this and then takes a while over its next step."""
    told: list[str] = []
    with Lines(told.append, every) as lines:
        for report in reports:
            time.sleep(0.01)
            lines.report(*report)
        told.clear()
        waited = time.monotonic() + 5
        while len(told) < 2 and time.monotonic() < waited:
            time.sleep(0.01)
    return told


def test_a_stage_that_takes_long_over_one_step_is_told_again_and_again() -> None:
    told = said(0.02, (stages.SENTENCES, 0, 8_000))
    assert len(told) >= 2
    assert set(told) == {f"{stages.SENTENCES}: 0 of 8,000; time left not known yet"}


def test_the_time_left_follows_from_what_was_done() -> None:
    line = said(0.05, (stages.SENTENCES, 1_000, 8_000), (stages.SENTENCES, 2_000, 8_000))[-1]
    assert line.startswith(f"{stages.SENTENCES}: 2,000 of 8,000; about ")
    assert line.endswith(" s left")


def test_before_the_first_stage_and_after_the_last_there_is_a_line_too() -> None:
    assert all(line.startswith("at work for ") for line in said(0.02))
    assert said(0.02, (stages.FIGURES, 14, 14))[-1].startswith(f"{stages.FIGURES}: 14 of 14")


def test_work_under_a_minute_says_nothing_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as report:
        report(stages.FIGURES, 0, 1)
        report(stages.FIGURES, 1, 1)
    assert capsys.readouterr().err == ""


def test_stages_are_named_for_who_waits() -> None:
    names = {name: told for name, told in vars(stages).items() if name.isupper()}
    assert len(set(names.values())) == len(names)
    for told in names.values():
        assert " " in told
        assert not {"offsets", "passages", "candidates", "tokens", "corpus"} & set(told.split())
