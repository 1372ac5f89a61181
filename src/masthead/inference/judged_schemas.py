"""The tables of what a survey judges: changes, claims, allegiances."""

from __future__ import annotations

import pyarrow as pa

from masthead.inference.columns import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, schema

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
"""Dated changes: one row per change and category; those of one composition (`change`) share date, p and q.

`kind` is `change` (between one day and the next; `date` is the first day after) or `drift` (slow, or not told from
slow; `date` is the middle of it, and `date_low` and `date_high` where it starts and ends). `before` and `after` are
the estimates on either side, up to the neighbouring changes, `difference` after minus before. `at_gap`: a gap in
collection touches the interval of the date. `coverage_moved`: the mix of stories or sections moved and the figure
within each did not.
"""

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
"""Changes of sign in portrayal, or of the most used label family, in order of time.

`before` and `after` are `favourable`, `unfavourable` or a category. `date` is null of a drift. `event` is the nearest
of the study's events, `days` how many days the change came after it (negative: before), `p_near` how often a change of
this outlet and subject would fall that near to any of the events by chance.
"""

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
"""One row per claim of the study, in its order: `supported`, `contradicted`, `not enough evidence` or `untestable`.

`estimate` with its interval is what the verdict rests on: `value` of the outlet less `value_versus` of what it is set
against, or `value` itself, or for silence the ratio of covered to expected. `n_ways` counts the other reasonable ways
to compute it that gave a verdict, `n_ways_agree` those that gave the same. `registered` is when the claim was
registered, `registered_before` whether that was before the first survey of the archive. `needed` says what an archive
would have to hold to decide the claim; null where it is decided. `factor`, `toward` (the end of it that is portrayed
better, high or low) and `beyond` are of claims of what explains an outlet; their `estimate` is the factor's slope, on
portrayal's scale.
"""

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
"""Each claim again in every other reasonable way; `way` says in words what is different."""

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
"""The first articles that speak against each claim of `never` or `always`, the earliest first, with their sentence.

Where nothing in an article does so (it mentions nobody, where a claim says `always`), there is no sentence.
"""

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
"""The map: one row per outlet, subject and basis, on which side the outlet stands.

`basis` is `portrayal`, `naming` or `voice` (signed), or `praise` or `blame` (0 to 1). `side` is 1 where the whole
interval lies above 0, -1 where it lies below, 0 otherwise, null for praise and blame. `outlet_order` and
`subject_order` place rows and columns so that blocks show, the same for every basis. `fitted` is what the outlets'
and subjects' places on the axes give for the cell, `fits` whether the interval holds it.
"""

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
"""Whether a factor explains an outlet's portrayal of subjects: one row per outlet and factor, and per pair of them.

`explained` is the share of the squared error of the mean that the factor takes off for subjects left out (below 0: it
predicts worse than the mean); with `beyond`, what it takes off on top of that other factor. `p` is by permuting the
factor over subjects, `p_best` the same for the best of all factors, `q` the false discovery rate over all outlets and
factors, `p_least` the least that so few subjects can give. `inseparable` are the factors that split the subjects nearly
alike. `slope` is portrayal at the factor's highest value less that at its lowest, on portrayal's scale, and so are
`margin` and `apart`: the same of the outlet's portrayal less the mean of the other outlets', null where too few portray
the subjects. `answer` is `explains`, `does not explain`, `adds`, `adds nothing`, `inseparable` or `not enough
evidence`, and `reason` says why in a sentence.
"""
