"""Labels in sentences of many kinds, half of which no rule was mended on, and the patterns that read them."""

import time

import pytest

from masthead.reading.naming.frames.table import load_frames
from tests.reading.labels.graded import HALVES, cases, family_of, grade

LEAST_PRECISION = 0.97
LEAST_RECALL = {"mended on": 0.94, "held out": 0.87}
LONG = 300
"""Chunks of a sentence that is longer than any that the reader parses."""


@pytest.fixture(scope="module")
def counts():
    return grade()


@pytest.mark.parametrize("half", HALVES)
def test_labels_of_both_halves_are_read(counts, half):
    total = counts[half, "all"]
    assert total["both"] / total["read"] >= LEAST_PRECISION
    assert total["both"] / total["true"] >= LEAST_RECALL[half]


@pytest.mark.parametrize("half", HALVES)
def test_what_is_only_supposed_is_no_label(counts, half):
    assert counts[half, "only supposed"]["read"] == 0


def test_every_marked_label_is_of_a_family_and_every_kind_has_both_halves():
    by_kind = {}
    for case in cases():
        by_kind.setdefault(case.kind, set()).add(case.half)
    assert all(halves == set(HALVES) for halves in by_kind.values())
    assert len(by_kind) > 15
    assert family_of("militiamen") == "militia"
    assert family_of("mayor") is None


@pytest.mark.parametrize(
    "repeated",
    ["o2:rebel of/IN ", "a1:militia ,/, ", "be/VBZ a1:militia ", "N:tella and/CC ", "call/VBN as/IN "],
)
def test_frames_take_time_in_proportion_to_the_sentence(repeated):
    frames = load_frames()
    text = repeated * LONG
    started = time.process_time()
    for pattern in (frames.any_behind, frames.any_opening, frames.any_ahead):
        pattern.search(text)
    for frame in (*frames.behind, *frames.opening, *frames.ahead):
        for pattern in (frame.before, frame.after):
            if pattern is not None:
                pattern.search(text)
    assert time.process_time() - started < 2
