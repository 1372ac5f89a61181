"""What a study's factors can show at all, told before anybody looks at what they explain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from masthead.inference.alignment.arranging import least_p
from masthead.inference.alignment.explaining import FEWEST, alike, split_told
from masthead.study import Study
from masthead.study.factor import Factor


def factor_limits(study: Study) -> list[str]:
    """Say of each factor how little its subjects can show, and which factors cannot be told apart.

    An outlet that portrays fewer subjects can show less; its own rows say how much.
    """
    if not study.factors:
        return ["the study names no factor, so nothing here says what explains with whom an outlet sides"]
    sentences = [sentence for factor in study.factors for sentence in _of(factor, study)]
    latest = {f.id: {s: history[-1].value for s, history in f.values.items()} for f in study.factors}
    for one, other in combinations(study.factors, 2):
        both = [s for s in latest[one.id] if s in latest[other.id]]
        values = [np.array([latest[f.id][s] for s in both], np.float64) for f in (one, other)]
        if len(both) >= FEWEST and all(len(np.unique(v)) > 1 for v in values) and alike(*values):
            sentences.append(
                f"{one.title} and {other.title} split their {len(both)} common subjects nearly alike: "
                "nobody can tell which of the two explains"
            )
    return sentences


def _of(factor: Factor, study: Study) -> Iterator[str]:
    values = np.array([history[-1].value for history in factor.values.values()], np.float64)
    n, split = len(values), split_told(values)
    missing = len(study.subjects) - n
    without = f"; {missing} more {'has' if missing == 1 else 'have'} no value" if missing else ""
    if n < FEWEST:
        yield f"{factor.title}: {n} subjects have a value, and at least {FEWEST} are needed{without}"
        return
    if len(np.unique(values)) == 1:
        yield f"{factor.title}: all {n} subjects have the same value, so it explains nothing{without}"
        return
    least = least_p(values)
    sentence = f"{factor.title}: {n} subjects ({split}) cannot give a p below {least:.2g}{without}"
    if least > 1.0 - study.level:
        sentence += ", so no outlet can be shown to side by it"
    yield sentence
    if factor.is_dated:
        yield (
            f"{factor.title} changes over time: a subject whose value changes takes part with the stretch in which the "
            "outlet has most articles about it"
        )
