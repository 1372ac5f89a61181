"""The demo's press: changes and silences that some thousand articles can show, and all else as it would be."""

from __future__ import annotations

from masthead import press
from masthead.inference.silence.silences import find_silences
from masthead.press import PLANTS
from masthead.press.strait.subjects import BATTLE, TURN
from masthead.validation.presses.silence import known_cells


def test_a_bold_press_turns_from_end_to_end_and_moves_nothing_else() -> None:
    plain = press.make(seed=7, articles=50).plan
    bold = press.make(seed=7, articles=50, plant=frozenset((*PLANTS, "bold"))).plan
    assert [(c.outlet, c.role, c.day) for c in bold.changes] == [
        (c.outlet, c.role, c.day) for c in plain.changes
    ]
    turned = {(c.outlet, c.role) for c in bold.changes}
    for outlet, row in enumerate(bold.naming):
        for role, stretches in enumerate(row):
            if (outlet, role) not in turned:
                assert stretches == plain.naming[outlet][role]
                continue
            before, after = (stretch.probabilities for stretch in stretches)
            assert max(abs(b - a) for b, a in zip(before, after, strict=True)) > 0.5
    assert bold.portrayal == plain.portrayal
    assert bold.gaps == plain.gaps
    assert bold.copying == plain.copying
    assert all(silence.whatever for silence in bold.silences)


def test_its_silences_are_large_enough_to_be_found_and_nothing_else_is() -> None:
    made = press.make(seed=7, articles=4500, plant=frozenset((*PLANTS, "bold")))
    planted = {(made.outlets[s.outlet], made.subjects[s.role]) for s in made.plan.silences}
    pairs = find_silences(known_cells(made)).pairs.to_pylist()
    assert {(row["outlet"], row["subject"]) for row in pairs if row["call"] == "silent"} == planted


def test_the_truth_names_what_begins_for_all_outlets_on_one_day() -> None:
    made, truth = press.bold_press(articles=400)
    (event,) = truth.events.to_pylist()
    assert event["subject"] == made.subjects[BATTLE]
    assert (event["from"] - truth.naming["from"][0].as_py()).days == TURN
    about = [m["published"] for m in truth.mentions.to_pylist() if m["subject"] == event["subject"]]
    assert about
    assert min(about) >= event["from"]
