"""What a survey judges: changes, claims, allegiances. `judged_meanings` says what stands in each column."""

from __future__ import annotations

import pyarrow as pa

from masthead.findings.columns import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, schema

CHANGES = schema(
    change=TEXT,
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    category=TEXT,
    voice=TEXT,
    wire=TEXT,
    kind=TEXT,
    date=DAY,
    date_low=DAY,
    date_high=DAY,
    before=NUMBER,
    before_low=NUMBER,
    before_high=NUMBER,
    after=NUMBER,
    after_low=NUMBER,
    after_high=NUMBER,
    difference=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    p=NUMBER,
    q=NUMBER,
    family=TEXT,
    permutations=WHOLE,
    n_before=WHOLE,
    n_after=WHOLE,
    at_gap=FLAG,
    coverage_moved=FLAG,
    method=TEXT,
    note=TEXT,
)
"""Dated changes: one row per change and category; those of one composition (`change`) share date, p and q."""

REVERSALS = schema(
    change=TEXT,
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    voice=TEXT,
    wire=TEXT,
    date=DAY,
    date_low=DAY,
    date_high=DAY,
    before=TEXT,
    after=TEXT,
    event=TEXT,
    days=WHOLE,
    p_near=NUMBER,
)
"""Changes of sign in portrayal, or of the most used label family, in order of time."""

VERDICTS = schema(
    claim=TEXT,
    hash=TEXT,
    text=TEXT,
    measure=TEXT,
    subject=TEXT,
    category=TEXT,
    outlet=TEXT,
    versus=TEXT,
    expect=TEXT,
    margin=NUMBER,
    voice=TEXT,
    wire=TEXT,
    verdict=TEXT,
    reason=TEXT,
    value=NUMBER,
    value_versus=NUMBER,
    estimate=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    n_units=WHOLE,
    n_units_versus=WHOLE,
    n_ways=WHOLE,
    n_ways_agree=WHOLE,
    registered=MOMENT,
    registered_before=FLAG,
    needed=TEXT,
    factor=TEXT,
    toward=TEXT,
    beyond=TEXT,
)
"""One row per claim of the study, in its order."""

WAYS = schema(
    claim=TEXT,
    way=TEXT,
    verdict=TEXT,
    estimate=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    n_units=WHOLE,
    n_units_versus=WHOLE,
    reason=TEXT,
)
"""Each claim again in every other reasonable way."""

COUNTEREXAMPLES = schema(
    claim=TEXT,
    outlet=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    field=TEXT,
    start=pa.int32(),
    end=pa.int32(),
    label=TEXT,
    label_start=pa.int32(),
    label_end=pa.int32(),
    wire=FLAG,
    snippet=TEXT,
    snippet_start=pa.int32(),
)
"""The first articles that speak against each claim of `never` or `always`, the earliest first, with their sentence."""

ALIGNMENT = schema(
    outlet=TEXT,
    subject=TEXT,
    basis=TEXT,
    voice=TEXT,
    wire=TEXT,
    estimate=NUMBER,
    std_error=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    n_units=WHOLE,
    side=WHOLE,
    outlet_order=WHOLE,
    subject_order=WHOLE,
    fitted=NUMBER,
    fits=FLAG,
    note=TEXT,
)
"""The map: one row per outlet, subject and basis, on which side the outlet stands."""

EXPLANATIONS = schema(
    outlet=TEXT,
    factor=TEXT,
    beyond=TEXT,
    voice=TEXT,
    wire=TEXT,
    n_subjects=WHOLE,
    split=TEXT,
    slope=NUMBER,
    slope_low=NUMBER,
    slope_high=NUMBER,
    explained=NUMBER,
    explained_low=NUMBER,
    explained_high=NUMBER,
    conf_level=NUMBER,
    margin=NUMBER,
    p=NUMBER,
    p_best=NUMBER,
    q=NUMBER,
    p_least=NUMBER,
    permutations=WHOLE,
    inseparable=pa.list_(TEXT),
    apart=NUMBER,
    apart_low=NUMBER,
    apart_high=NUMBER,
    answer=TEXT,
    reason=TEXT,
)
"""Whether a factor explains an outlet's portrayal of subjects: one row per outlet and factor, and per pair of them."""
