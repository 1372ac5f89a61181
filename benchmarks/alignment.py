"""The alignment part of `make bench`: what explains many outlets' portrayals, beside a plain loop over permutations.

Ours tests each factor by itself and each beside each other, and beyond the p of each that of the best of all, with
intervals and answers. The plain loop only makes the p of each: for every permutation every subject is left out in turn
and predicted by least squares, with the factor and, once, without it. It is asked for a few permutations, and its time
is scaled up to as many as ours went through.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.timing import processor_seconds, run_step, say

OUTLETS, SUBJECTS, FACTORS = 100, 12, 4

LOOPED = 100
"""Permutations of each of one outlet's tests that the plain loop is timed on."""


def _drawn(outlets: int) -> tuple[Any, Any, Any]:
    """Portrayals (outlets × subjects), their standard errors, and factors; the first factor explains half the outlets.

    Half of the subjects stand at either end of a factor.
    """
    import numpy as np

    rng = np.random.default_rng(1)
    ends = np.where(np.arange(SUBJECTS) < SUBJECTS // 2, 1.0, -1.0)
    factors = np.stack([rng.permutation(ends) for _ in range(FACTORS)])
    errors = rng.uniform(0.03, 0.15, (outlets, SUBJECTS))
    sides = 0.2 * (np.arange(outlets) % 2)[:, None] * factors[0]
    return sides + rng.normal(0.0, 0.1, errors.shape) + rng.normal(0.0, errors), errors, factors


def explain_all(outlets: int) -> dict[str, Any]:
    """Explain every outlet by every factor, and by every factor beside every other."""
    import scipy.special  # noqa: F401  (imported on first use: before the clock starts)

    from masthead.inference.alignment import Stands, explain

    subjects = tuple(f"subject {n}" for n in range(SUBJECTS))
    portrayals, errors, drawn = _drawn(outlets)
    factors = {f"factor {n}": values for n, values in enumerate(drawn)}
    many = [Stands(subjects, *of_one, factors) for of_one in zip(portrayals, errors, strict=True)]
    start, before = time.perf_counter(), processor_seconds()
    found = [one for stands in many for one in explain(stands)]
    return {
        "seconds": time.perf_counter() - start,
        "cpu": processor_seconds() - before,
        "tests": sum(one.p is not None for one in found),
        "permutations": sum(one.permutations or 0 for one in found),
        "explains": sum(one.answer == "explains" for one in found),
    }


def explain_in_a_loop(permutations: int) -> dict[str, Any]:
    """Explain one outlet in a plain loop, a few permutations of each test; its time for so many `permutations`."""
    import numpy as np

    rng = np.random.default_rng(2)
    portrayals, errors, factors = _drawn(1)
    y, root = portrayals[0], 1.0 / errors[0]
    ones = np.ones(SUBJECTS)
    tests = [(factor, ones[:, None]) for factor in factors]
    tests += [
        (factor, np.column_stack([ones, beside]))
        for factor in factors
        for beside in factors
        if beside is not factor
    ]

    def squared_error(design: Any) -> float:
        """The weighted squared error of each subject as the others predict it."""
        error = 0.0
        for left_out in range(SUBJECTS):
            kept = np.arange(SUBJECTS) != left_out
            found = np.linalg.lstsq(design[kept] * root[kept, None], y[kept] * root[kept], rcond=None)[0]
            error += ((y[left_out] - design[left_out] @ found) * root[left_out]) ** 2
        return error

    start, before, reached = time.perf_counter(), processor_seconds(), 0
    for factor, base in tests:
        explained, without = [], squared_error(base)
        for turn in range(LOOPED):
            values = rng.permutation(factor) if turn else factor
            explained.append(1.0 - squared_error(np.column_stack([base, values])) / without)
        reached += sum(one >= explained[0] for one in explained)
    scale = permutations / (len(tests) * LOOPED)
    return {
        "seconds": (time.perf_counter() - start) * scale,
        "cpu": (processor_seconds() - before) * scale,
        "reached": int(reached),
    }


def speed() -> dict[str, float]:
    """Explain a hundred outlets, beside the plain loop."""
    ours = run_step("explain_all", outlets=OUTLETS)
    told = ours.told
    say(
        f"\nAlignment: {OUTLETS} outlets, {SUBJECTS} subjects, {FACTORS} factors: {told['tests']:,} tests, "
        f"{told['permutations']:,} permutations"
    )
    plain = run_step("explain_in_a_loop", permutations=told["permutations"])
    say(
        f"  masthead                {ours.inner:8.1f} s   {told['explains']} times a factor alone explains an outlet"
    )
    say(f"  a plain loop of lstsq   {plain.inner:8.1f} s   scaled up from a few permutations, only p")
    return {
        "alignment: speed beside a plain loop of least squares": plain.inner / ours.inner,
        "alignment: processor time beside a plain loop of least squares (above 1: less)": plain.told["cpu"]
        / ours.told["cpu"],
    }
