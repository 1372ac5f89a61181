"""The tables of findings: their columns, what a row is, and what stands in each."""

from __future__ import annotations

import pyarrow as pa

_TEXT, _WHOLE, _NUMBER, _DAY, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()
_MOMENT = pa.timestamp("us", tz="UTC")


def _schema(**kinds: pa.DataType) -> pa.Schema:
    return pa.schema(list(kinds.items()))


ESTIMATES = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    period_start=_DAY,
    period_end=_DAY,
    estimate=_NUMBER,
    std_error=_NUMBER,
    df=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    numerator=_NUMBER,
    denominator=_NUMBER,
    n_articles=_WHOLE,
    n_units=_WHOLE,
    n_eff=_NUMBER,
    n_left_out=_WHOLE,
    unit=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    calibrated=_FLAG,
    method=_TEXT,
    study_hash=_TEXT,
    archive_hash=_TEXT,
    note=_TEXT,
)
"""One row per measure, outlet, subject, category, voice, period, and with or without wire copy; over all time,
periods are null."""

COMPARISONS = _schema(
    measure=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    outlet=_TEXT,
    versus=_TEXT,
    difference=_NUMBER,
    std_error=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    p=_NUMBER,
    q=_NUMBER,
    family=_TEXT,
    margin=_NUMBER,
    voice=_TEXT,
    wire=_TEXT,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    method=_TEXT,
    note=_TEXT,
)
"""Every unordered pair of outlets once, over all time, with and without wire copy: the difference is outlet minus
versus."""

WORDS = _schema(
    subject=_TEXT,
    outlet=_TEXT,
    label=_TEXT,
    uses=_WHOLE,
    n_articles=_WHOLE,
    share=_NUMBER,
    share_elsewhere=_NUMBER,
    log_odds=_NUMBER,
    z=_NUMBER,
    rank=_WHOLE,
)
"""The labels of each subject and outlet; rank 1 is the most distinctive."""

ROBUSTNESS = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    alias_left_out=_TEXT,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    numerator=_NUMBER,
    denominator=_NUMBER,
    n_units=_WHOLE,
    voice=_TEXT,
    wire=_TEXT,
)
"""The estimates again without each alias of a subject in turn."""

SOURCES = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    field=_TEXT,
    start=pa.int32(),
    end=pa.int32(),
    label=_TEXT,
    label_kind=_TEXT,
    label_start=pa.int32(),
    label_end=pa.int32(),
    quoted=_FLAG,
    p_unfavourable=_NUMBER,
    p_neutral=_NUMBER,
    p_favourable=_NUMBER,
    wire=_FLAG,
    snippet=_TEXT,
    snippet_start=pa.int32(),
    standing=_TEXT,
)
"""The passages behind the estimates; offsets are code points in the article's `field` (title or text).

`standing` has what of the snippet is standing text and does not count, as `start-end` in the same offsets with a blank
between one and the next; null where nothing is.

The three probabilities are a model's guess at how the sentence portrays the subject; null but for portrayal.
`wire` is true where the article is wire copy.
"""

COVERAGE = _schema(
    outlet=_TEXT,
    period_start=_DAY,
    period_end=_DAY,
    n_articles=_WHOLE,
    n_days=_WHOLE,
    n_gap_days=_WHOLE,
)
"""How many articles each outlet has in each period, and how many of its days lie in a gap in collection."""

GAPS = _schema(outlet=_TEXT, gap_start=_DAY, gap_end=_DAY)
"""Gaps in collection, both days included."""

SILENCES = _schema(
    story=_TEXT,
    outlet=_TEXT,
    day=_DAY,
    probability=_NUMBER,
    others=_WHOLE,
    subjects=pa.list_(_TEXT),
    ran_by=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
)
"""Stories that an outlet was likely to run and did not, the likeliest first: one row per article beside each.

`day` is the story's, `probability` that the outlet would have run it, `others` how many other outlets did. `ran_by`
is the outlet of the article: one of those that ran the story, or `outlet` itself, of what it published instead.
"""

STORIES = _schema(
    story=_TEXT,
    n_articles=_WHOLE,
    n_outlets=_WHOLE,
    subjects=pa.list_(_TEXT),
    outlet=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    wire=_FLAG,
)
"""The stories that most outlets ran, the largest first: one row per article, in order of time within a story.

`n_articles` and `n_outlets` are the whole story's, among the study's articles.
"""

ECHOES = _schema(
    outlet=_TEXT,
    source=_TEXT,
    n_articles=_WHOLE,
    words=_WHOLE,
    n_near_duplicates=_WHOLE,
    n_wire=_WHOLE,
    median_lag=_NUMBER,
    n_order_unknown=_WHOLE,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    snippet=_TEXT,
    source_article_id=_TEXT,
    source_published=_MOMENT,
    source_title=_TEXT,
    source_url=_TEXT,
    source_snippet=_TEXT,
)
"""Who runs whose words: `outlet` ran in `n_articles` articles `words` words that had stood in `source` before.

`n_near_duplicates` of them are the same article as the earlier one, `n_wire` are wire copy. `median_lag` is in
seconds. `n_order_unknown` more share words, and nobody knows which was first. The rest is an example: the longest
passage, side by side. Most words first.
"""

SPEAKERS = _schema(
    outlet=_TEXT,
    speaker=_TEXT,
    subject=_TEXT,
    attributions=_WHOLE,
    words=_WHOLE,
    n_articles=_WHOLE,
)
"""Whom each outlet lets speak most: names in full, and the study's subject that a speaker is, if any."""

CHANGES = _schema(
    change=_TEXT,
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    kind=_TEXT,
    date=_DAY,
    date_low=_DAY,
    date_high=_DAY,
    before=_NUMBER,
    before_low=_NUMBER,
    before_high=_NUMBER,
    after=_NUMBER,
    after_low=_NUMBER,
    after_high=_NUMBER,
    difference=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    p=_NUMBER,
    q=_NUMBER,
    family=_TEXT,
    permutations=_WHOLE,
    n_before=_WHOLE,
    n_after=_WHOLE,
    at_gap=_FLAG,
    coverage_moved=_FLAG,
    method=_TEXT,
    note=_TEXT,
)
"""Dated changes: one row per change and category; those of one composition (`change`) share date, p and q.

`kind` is `change` (between one day and the next; `date` is the first day after) or `drift` (slow, or not told from
slow; `date` is the middle of it, and `date_low` and `date_high` where it starts and ends). `before` and `after` are
the estimates on either side, up to the neighbouring changes, `difference` after minus before. `at_gap`: a gap in
collection touches the interval of the date. `coverage_moved`: the mix of stories or sections moved and the figure
within each did not.
"""

REVERSALS = _schema(
    change=_TEXT,
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    date=_DAY,
    date_low=_DAY,
    date_high=_DAY,
    before=_TEXT,
    after=_TEXT,
    event=_TEXT,
    days=_WHOLE,
    p_near=_NUMBER,
)
"""Changes of sign in portrayal, or of the most used label family, in order of time.

`before` and `after` are `favourable`, `unfavourable` or a category. `date` is null of a drift. `event` is the nearest
of the study's events, `days` how many days the change came after it (negative: before), `p_near` how often a change of
this outlet and subject would fall that near to any of the events by chance.
"""

VERDICTS = _schema(
    claim=_TEXT,
    hash=_TEXT,
    text=_TEXT,
    measure=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    outlet=_TEXT,
    versus=_TEXT,
    expect=_TEXT,
    margin=_NUMBER,
    voice=_TEXT,
    wire=_TEXT,
    verdict=_TEXT,
    reason=_TEXT,
    value=_NUMBER,
    value_versus=_NUMBER,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    n_ways=_WHOLE,
    n_ways_agree=_WHOLE,
    registered=_MOMENT,
    registered_before=_FLAG,
    needed=_TEXT,
    factor=_TEXT,
    toward=_TEXT,
    beyond=_TEXT,
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

WAYS = _schema(
    claim=_TEXT,
    way=_TEXT,
    verdict=_TEXT,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    reason=_TEXT,
)
"""Each claim again in every other reasonable way; `way` says in words what is different."""

COUNTEREXAMPLES = _schema(
    claim=_TEXT,
    outlet=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    field=_TEXT,
    start=pa.int32(),
    end=pa.int32(),
    label=_TEXT,
    label_start=pa.int32(),
    label_end=pa.int32(),
    wire=_FLAG,
    snippet=_TEXT,
    snippet_start=pa.int32(),
)
"""The first articles that speak against each claim of `never` or `always`, the earliest first, with their sentence.

Where nothing in an article does so (it mentions nobody, where a claim says `always`), there is no sentence.
"""

ALIGNMENT = _schema(
    outlet=_TEXT,
    subject=_TEXT,
    basis=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    estimate=_NUMBER,
    std_error=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    n_units=_WHOLE,
    side=_WHOLE,
    outlet_order=_WHOLE,
    subject_order=_WHOLE,
    fitted=_NUMBER,
    fits=_FLAG,
    note=_TEXT,
)
"""The map: one row per outlet, subject and basis, on which side the outlet stands.

`basis` is `portrayal`, `naming` or `voice` (signed), or `praise` or `blame` (0 to 1). `side` is 1 where the whole
interval lies above 0, -1 where it lies below, 0 otherwise, null for praise and blame. `outlet_order` and
`subject_order` place rows and columns so that blocks show, the same for every basis. `fitted` is what the outlets'
and subjects' places on the axes give for the cell, `fits` whether the interval holds it.
"""

EXPLANATIONS = _schema(
    outlet=_TEXT,
    factor=_TEXT,
    beyond=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    n_subjects=_WHOLE,
    split=_TEXT,
    slope=_NUMBER,
    slope_low=_NUMBER,
    slope_high=_NUMBER,
    explained=_NUMBER,
    explained_low=_NUMBER,
    explained_high=_NUMBER,
    conf_level=_NUMBER,
    margin=_NUMBER,
    p=_NUMBER,
    p_best=_NUMBER,
    q=_NUMBER,
    p_least=_NUMBER,
    permutations=_WHOLE,
    inseparable=pa.list_(_TEXT),
    apart=_NUMBER,
    apart_low=_NUMBER,
    apart_high=_NUMBER,
    answer=_TEXT,
    reason=_TEXT,
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

PHRASES = _schema(
    party=_TEXT,
    phrase=_TEXT,
    uses=_WHOLE,
    uses_elsewhere=_WHOLE,
    log_odds=_NUMBER,
    z=_NUMBER,
    rank=_WHOLE,
    outlet=_TEXT,
    uses_by_outlet=_WHOLE,
    n_articles=_WHOLE,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    snippet=_TEXT,
)
"""The phrases that tell each party's own texts from the others', the most distinctive first.

One row per phrase and outlet that uses it in its own voice; `uses` and `uses_elsewhere` are the stories in which the
party and all other parties say it. The rest is an example of the outlet's use; null where no outlet uses the phrase.
"""

FORECASTS = _schema(
    forecast=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    kind=_TEXT,
    quoted=_FLAG,
    cue=_TEXT,
    what=_TEXT,
    confidence=_TEXT,
    by_when=_TEXT,
    due=_DAY,
    became=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    field=_TEXT,
    start=pa.int32(),
    end=pa.int32(),
    snippet=_TEXT,
    wire=_FLAG,
)
"""Sentences that say what will happen to a subject, in order of time.

`kind` is `forecast`, `plan` or `condition`; only forecasts make a record, an outlet's by those in its own voice.
`quoted` is null where own and quoted voice cannot be told apart. `what` is what is said of the subject (code points
[start, end) of `field`), `cue` the words that announce it, `confidence` how sure they sound
(`masthead.reading.forecasts.BANDS`). `by_when` is the sentence's own wording and `due` the last day that it means.
`became` is what a person entered: `true`, `false`, `open`, `cannot tell`, or null. `snippet` is the sentence.
"""

REPEATS = _schema(
    outlet=_TEXT,
    ground=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    kept_id=_TEXT,
    kept_published=_MOMENT,
    kept_title=_TEXT,
    kept_url=_TEXT,
)
"""One row per article that does not count since a later version of it, `kept_id`, stands for it.

`ground` is `address` where another version is on the same page by its canonical address, else `text`: of another
address, or none, and nearly the same words. Both times are those of the archive; the version that is kept counts on
the day of the first.
"""

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
}
"""The tables of findings by name; each is a Parquet file of that name in a dossier folder."""
