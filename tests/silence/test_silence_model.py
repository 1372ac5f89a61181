"""The model of what outlets run: it finds what was put in, and does not look at what it is not shown."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.inference.silence.cells import Cells
from masthead.inference.silence.design import Design, design
from masthead.inference.silence.model import Model, fit
from tests.silence.coverage import OUTLETS, cells


@pytest.fixture(scope="module")
def made() -> tuple[Cells, Design, Model]:
    found = cells(
        5, 700, left_out=lambda outlet, about: 0.9 if outlet == "cedar" and "mayor" in about else 0.0
    )
    numbers = design(found.table)
    return found, numbers, fit(numbers)


def test_outlets_come_out_in_the_order_of_their_sizes(made: tuple[Cells, Design, Model]) -> None:
    _, numbers, model = made
    sizes = model.departures[:, 0] + model.common[0]
    assert list(np.array(numbers.outlets)[np.argsort(sizes)]) == list(OUTLETS)


def test_the_size_of_a_story_among_others_tells(made: tuple[Cells, Design, Model]) -> None:
    _, numbers, model = made
    names = [term.name for term in numbers.terms]
    assert model.common[names.index("size")] > 0.1


def test_a_boycott_shows_as_the_outlets_own_departure(made: tuple[Cells, Design, Model]) -> None:
    _, numbers, model = made
    of_mayor = model.departures[:, [term.name for term in numbers.terms].index("subject: mayor")]
    assert np.argmin(of_mayor) == numbers.outlets.index("cedar")
    assert of_mayor.min() < -0.5


def test_without_a_subject_its_stories_change_no_expectation(made: tuple[Cells, Design, Model]) -> None:
    _, numbers, _ = made
    about = numbers.about[:, numbers.subjects.index("mayor")]
    first = fit(numbers, ~about)
    turned = Design(**{**vars(numbers), "y": np.where(about, 1 - numbers.y, numbers.y)})
    assert np.array_equal(first.log_odds(), fit(turned, ~about).log_odds())
    whole = fit(numbers).log_odds()
    cedar = about & (numbers.outlet == numbers.outlets.index("cedar"))
    assert (first.log_odds()[cedar] - whole[cedar]).mean() > 0.5


def test_probabilities_are_right_on_average(made: tuple[Cells, Design, Model]) -> None:
    _, numbers, model = made
    probability = model.probability()
    for outlet in range(len(numbers.outlets)):
        own = numbers.use & (numbers.outlet == outlet)
        assert probability[own].mean() == pytest.approx(numbers.y[own].mean(), abs=0.03)


def test_refits_move_a_mean_less_the_more_stories_there_are() -> None:
    spreads = []
    for stories in (200, 1600):
        numbers = design(cells(8, stories).table)
        own = np.flatnonzero(numbers.use & (numbers.outlet == 2) & numbers.about[:, 0])
        spreads.append(fit(numbers).refit_spreads(np.array([2]), [own])[0])
    assert 0 < spreads[1] < spreads[0] < 1


def test_refits_are_those_of_leaving_out_a_story_each(made: tuple[Cells, Design, Model]) -> None:
    found, _, _ = made
    numbers = design(found.table.slice(0, 150 * len(OUTLETS)))
    model = fit(numbers)
    own = np.flatnonzero(numbers.use & (numbers.outlet == 1))
    weight = model.probability()[own] * (1 - model.probability()[own])
    moved = []
    for story in range(0, 150, 5):
        without = fit(numbers, numbers.story != story, model)
        change = without.common + without.departures[1] - model.common - model.departures[1]
        change = numbers.x.times(np.tile(change, (len(numbers.outlets), 1))).ravel()[own]
        moved.append(np.average(change, weights=weight))
    told = model.refit_spreads(np.array([1]), [own])[0]
    # A fifth of the stories, each refitted with its spreads too, which the one step takes as they are.
    assert np.sqrt(5 * (np.array(moved) ** 2).sum()) == pytest.approx(told, rel=0.5)
