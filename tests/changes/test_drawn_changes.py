"""Slow drift, interludes and quiet series: what is drawn decides what may be found."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.inference.changes import Series, find_changes
from masthead.inference.changes.scan import FEWEST, INTERLUDE, best, interludes, scan
from masthead.validation.draws.changes import validate
from masthead.validation.draws.series import START, Drawn, draw

STARK = {"before": (0.95, 0.05), "after": (0.05, 0.95)}


def _found(course, **what):
    series, days = draw(np.random.default_rng(8), Drawn(course=course, **{**STARK, **what}))
    (result,) = find_changes([series])
    return result.changes, days


def test_a_slow_drift_is_called_drift_and_not_dated():
    changes, _ = _found("drift", articles=400, stories="none")
    assert [change.kind for change in changes] == ["drift"]
    (drift,) = changes
    assert drift.low < drift.date < drift.high
    assert drift.until <= drift.then
    assert drift.before[0] > 0.6 > 0.4 > drift.after[0]


def test_who_wants_steps_alone_gets_no_drift():
    series, _ = draw(np.random.default_rng(8), Drawn(course="drift", articles=400, stories="none", **STARK))
    (result,) = find_changes([series], drifts=False)
    assert {change.kind for change in result.changes} == {"change"}


def test_an_interlude_has_both_of_its_dates():
    changes, days = _found("interlude", articles=300, stories="none")
    assert len(changes) == 2
    for change, day in zip(changes, days, strict=True):
        assert change.kind == "change"
        assert change.low <= day <= change.high


def test_quick_validation_holds_its_promises():
    rows = validate(20, seed=3, quick=True)
    assert not any(row.broken for row in rows)
    steady = [row.found for row in rows if row.planted == "steady"]
    assert np.mean(steady) < 0.25
    (stark,) = [row for row in rows if row.planted == "step"]
    assert stark.found > 0.9


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(12, 40))
def test_the_statistic_of_a_cut_is_the_likelihood_ratio_of_two_multinomials(seed, kinds, weeks):
    rng = np.random.default_rng(seed)
    parts = rng.poisson(2.0, (kinds, weeks)).astype(float)
    gains = scan(parts, np.full(weeks, 1.0), "counts")
    cut = int(rng.integers(FEWEST, weeks - FEWEST + 1))

    def fit(counts):
        shares = counts / max(counts.sum(), 1.0)
        return (counts[counts > 0] * np.log(shares[counts > 0])).sum()

    left, right = parts[:, :cut].sum(axis=1), parts[:, cut:].sum(axis=1)
    assert gains[cut - 1] == pytest.approx(2 * (fit(left) + fit(right) - fit(left + right)), abs=1e-6)
    stretches, ends = interludes(parts, np.full(weeks, 1.0), "counts")
    at = int(stretches.argmax())
    if stretches[at] >= 0:
        inside = parts[:, ends[at, 0] + 1 : ends[at, 1] + 1].sum(axis=1)
        rest = parts.sum(axis=1) - inside
        assert stretches[at] == pytest.approx(2 * (fit(inside) + fit(rest) - fit(inside + rest)), abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 90), st.integers(1, 6), st.sampled_from(["counts", "means"]))
def test_the_best_of_many_orders_is_that_of_each_looked_at_alone(seed, steps, most, form):
    rng = np.random.default_rng(seed)
    articles = rng.integers(1, most + 1, steps).astype(float)
    parts = rng.poisson(1.0, (2 if form == "means" else 3, steps)).astype(float)
    orders = rng.permuted(np.tile(np.arange(steps), (4, 1)), axis=1)
    found = best(parts, articles, orders.T, form)
    if form == "counts":
        assert (best(parts.astype(np.int64), articles, orders.T, form) == found).all()
    for order, value in zip(orders, found, strict=True):
        cuts = scan(parts[:, order], articles[order], form)
        stretches, _ = interludes(parts[:, order], articles[order], form)
        alone = max(cuts.max(), INTERLUDE * stretches.max(initial=-1.0))
        assert value == pytest.approx(alone, abs=1e-9) or max(value, alone) < 0


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_an_interval_holds_its_date_and_both_lie_within_the_series(seed, signed):
    before, after = ((0.6, 0.3, 0.1), (0.1, 0.3, 0.6)) if signed else ((0.8, 0.2), (0.2, 0.8))
    what = Drawn(
        course="step", stories="none", articles=80, weeks=100, before=before, after=after, signed=signed
    )
    series, _ = draw(np.random.default_rng(seed), what)
    (result,) = find_changes([series], block=28, threads=1)
    for change in result.changes:
        assert change.low <= change.date <= change.high
        assert series.day[0] <= change.low
        assert change.high <= series.day[-1]
        assert 0 < change.p <= change.q <= 0.05


def test_mirrored_shares_change_on_the_same_days():
    """To swap two labels swaps the figures, and moves nothing else."""
    series, _ = draw(
        np.random.default_rng(5), Drawn(course="step", before=(0.6, 0.3, 0.1), after=(0.2, 0.2, 0.6))
    )
    swapped = Series.of_counts(series.day, series.parts[:, ::-1])
    one, other = (find_changes([each])[0] for each in (series, swapped))
    assert [(c.date, c.low, c.high, c.kind) for c in one.changes] == [
        (c.date, c.low, c.high, c.kind) for c in other.changes
    ]
    assert one.p == other.p
    for left, right in zip(one.changes, other.changes, strict=True):
        np.testing.assert_allclose(left.before, right.before[::-1], atol=1e-12)


def test_a_year_9_999_and_a_year_1_are_days_like_any_other():
    day = np.r_[np.arange(1, 40), np.arange(3_652_000, 3_652_050)]
    x = (day > START).astype(float)
    (result,) = find_changes([Series.of_ratio(day, x, np.ones(len(day)))])
    assert all(change.date == 3_652_000 for change in result.changes)
