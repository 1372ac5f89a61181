"""The tables of findings: their columns and what a row is. `meanings` says what stands in each column."""

from __future__ import annotations

import pyarrow as pa

from masthead.findings.columns import DAY, FLAG, MOMENT, NUMBER, TEXT, WHOLE, schema
from masthead.findings.judged_schemas import ALIGNMENT as ALIGNMENT
from masthead.findings.judged_schemas import CHANGES as CHANGES
from masthead.findings.judged_schemas import COUNTEREXAMPLES as COUNTEREXAMPLES
from masthead.findings.judged_schemas import EXPLANATIONS as EXPLANATIONS
from masthead.findings.judged_schemas import REVERSALS as REVERSALS
from masthead.findings.judged_schemas import VERDICTS as VERDICTS
from masthead.findings.judged_schemas import WAYS as WAYS

ESTIMATES = schema(
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    category=TEXT,
    period_start=DAY,
    period_end=DAY,
    estimate=NUMBER,
    std_error=NUMBER,
    df=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    numerator=NUMBER,
    denominator=NUMBER,
    n_articles=WHOLE,
    n_units=WHOLE,
    n_eff=NUMBER,
    n_left_out=WHOLE,
    unit=TEXT,
    voice=TEXT,
    wire=TEXT,
    calibrated=FLAG,
    n_coded=WHOLE,
    rho=NUMBER,
    tuning=NUMBER,
    worth=NUMBER,
    alpha=NUMBER,
    plain_estimate=NUMBER,
    plain_low=NUMBER,
    plain_high=NUMBER,
    method=TEXT,
    study_hash=TEXT,
    archive_hash=TEXT,
    note=TEXT,
)
"""One row per measure, outlet, subject, category, voice, period, and with or without wire copy; over all time,
periods are null."""

COMPARISONS = schema(
    measure=TEXT,
    subject=TEXT,
    category=TEXT,
    outlet=TEXT,
    versus=TEXT,
    difference=NUMBER,
    std_error=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    p=NUMBER,
    q=NUMBER,
    family=TEXT,
    margin=NUMBER,
    voice=TEXT,
    wire=TEXT,
    n_units=WHOLE,
    n_units_versus=WHOLE,
    calibrated=FLAG,
    plain_difference=NUMBER,
    plain_low=NUMBER,
    plain_high=NUMBER,
    method=TEXT,
    note=TEXT,
)
"""Every unordered pair of outlets once, over all time, with and without wire copy: the difference is outlet minus
versus."""

WORDS = schema(
    subject=TEXT,
    outlet=TEXT,
    label=TEXT,
    uses=WHOLE,
    n_articles=WHOLE,
    share=NUMBER,
    share_elsewhere=NUMBER,
    log_odds=NUMBER,
    z=NUMBER,
    rank=WHOLE,
)
"""The labels of each subject and outlet; rank 1 is the most distinctive."""

ROBUSTNESS = schema(
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    category=TEXT,
    alias_left_out=TEXT,
    estimate=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    numerator=NUMBER,
    denominator=NUMBER,
    n_units=WHOLE,
    voice=TEXT,
    wire=TEXT,
)
"""The estimates again without each alias of a subject in turn."""

SOURCES = schema(
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    category=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    field=TEXT,
    start=pa.int32(),
    end=pa.int32(),
    label=TEXT,
    label_kind=TEXT,
    label_start=pa.int32(),
    label_end=pa.int32(),
    quoted=FLAG,
    p_unfavourable=NUMBER,
    p_neutral=NUMBER,
    p_favourable=NUMBER,
    wire=FLAG,
    snippet=TEXT,
    snippet_start=pa.int32(),
    standing=TEXT,
)
"""The passages behind the estimates."""

COVERAGE = schema(
    outlet=TEXT,
    period_start=DAY,
    period_end=DAY,
    n_articles=WHOLE,
    n_days=WHOLE,
    n_gap_days=WHOLE,
)
"""How many articles each outlet has in each period, and how many of its days lie in a gap in collection."""

GAPS = schema(outlet=TEXT, gap_start=DAY, gap_end=DAY)
"""Gaps in collection, both days included."""

SILENCES = schema(
    story=TEXT,
    outlet=TEXT,
    day=DAY,
    probability=NUMBER,
    others=WHOLE,
    subjects=pa.list_(TEXT),
    ran_by=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
)
"""Stories that an outlet was likely to run and did not, the likeliest first: one row per article beside each."""

STORIES = schema(
    story=TEXT,
    n_articles=WHOLE,
    n_outlets=WHOLE,
    subjects=pa.list_(TEXT),
    outlet=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    wire=FLAG,
)
"""The stories that most outlets ran, the largest first: one row per article, in order of time within a story."""

ECHOES = schema(
    outlet=TEXT,
    source=TEXT,
    n_articles=WHOLE,
    words=WHOLE,
    n_near_duplicates=WHOLE,
    n_wire=WHOLE,
    median_lag=NUMBER,
    n_order_unknown=WHOLE,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    snippet=TEXT,
    source_article_id=TEXT,
    source_published=MOMENT,
    source_title=TEXT,
    source_url=TEXT,
    source_snippet=TEXT,
)
"""Who runs whose words, most words first."""

SPEAKERS = schema(
    outlet=TEXT,
    speaker=TEXT,
    subject=TEXT,
    attributions=WHOLE,
    words=WHOLE,
    n_articles=WHOLE,
)
"""Whom each outlet lets speak most: names in full, and the study's subject that a speaker is, if any."""

PHRASES = schema(
    party=TEXT,
    phrase=TEXT,
    uses=WHOLE,
    uses_elsewhere=WHOLE,
    log_odds=NUMBER,
    z=NUMBER,
    rank=WHOLE,
    outlet=TEXT,
    uses_by_outlet=WHOLE,
    n_articles=WHOLE,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    snippet=TEXT,
)
"""The phrases that tell each party's own texts from the others': one row per phrase and outlet that uses it."""

FORECASTS = schema(
    forecast=TEXT,
    outlet=TEXT,
    subject=TEXT,
    kind=TEXT,
    quoted=FLAG,
    cue=TEXT,
    what=TEXT,
    confidence=TEXT,
    by_when=TEXT,
    due=DAY,
    became=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    field=TEXT,
    start=pa.int32(),
    end=pa.int32(),
    snippet=TEXT,
    wire=FLAG,
)
"""Sentences that say what will happen to a subject, in order of time."""

REPEATS = schema(
    outlet=TEXT,
    ground=TEXT,
    article_id=TEXT,
    published=MOMENT,
    title=TEXT,
    url=TEXT,
    kept_id=TEXT,
    kept_published=MOMENT,
    kept_title=TEXT,
    kept_url=TEXT,
)
"""One row per article that does not count since a later version of it stands for it."""

CODERS = schema(
    measure=TEXT,
    outlet=TEXT,
    subject=TEXT,
    category=TEXT,
    voice=TEXT,
    wire=TEXT,
    coder=TEXT,
    n_coded=WHOLE,
    estimate=NUMBER,
    conf_low=NUMBER,
    conf_high=NUMBER,
    conf_level=NUMBER,
    settled=NUMBER,
    apart=FLAG,
)
"""Calibrated estimates over all time again, with the codes of one coder in the place of those that were settled."""

SCHEMAS = {
    "estimates": ESTIMATES,
    "comparisons": COMPARISONS,
    "words": WORDS,
    "robustness": ROBUSTNESS,
    "sources": SOURCES,
    "coverage": COVERAGE,
    "gaps": GAPS,
    "silences": SILENCES,
    "stories": STORIES,
    "echoes": ECHOES,
    "speakers": SPEAKERS,
    "changes": CHANGES,
    "reversals": REVERSALS,
    "verdicts": VERDICTS,
    "ways": WAYS,
    "counterexamples": COUNTEREXAMPLES,
    "alignment": ALIGNMENT,
    "explanations": EXPLANATIONS,
    "phrases": PHRASES,
    "forecasts": FORECASTS,
    "repeats": REPEATS,
    "coders": CODERS,
}
"""The tables of findings by name; each is a Parquet file of that name in a dossier folder."""
