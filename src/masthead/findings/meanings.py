"""What every column of a dossier's tables means, in one place: the page `tables` of the documentation is made of it.

`COLUMNS` holds what a name means in every table that has it; `MEANT` what a table is, what a row of it is, and the
columns that mean something of their own there.
"""

from __future__ import annotations

from masthead.findings.coding_meanings import CALIBRATED, CODERS
from masthead.findings.columns import DIFFERENCE, FIGURE, SHARE, Column, Table
from masthead.findings.judged_meanings import JUDGED

_OFFSET = "code points of `field`, from 0"
_NO_LABEL = "no label stands behind the figure"

COLUMNS: dict[str, Column] = {
    **CALIBRATED,
    "measure": Column("the measure, as `masthead measures list` names it"),
    "outlet": Column("the outlet, by its id in the study"),
    "subject": Column(
        "the subject, by its id in the study", empty="the figure is of no subject in particular"
    ),
    "category": Column(
        "the label family, stance or kind of story. `other`: all else; `unknown`: speakers nobody names",
        empty="the measure has no categories",
    ),
    "voice": Column("whose words count: `all`, `own` (the outlet's) or `quoted` (others')"),
    "wire": Column("`with`: wire copy counts; `without`: it does not. A table has both"),
    "estimate": Column("the figure", "ratio", FIGURE, "nothing to divide by; `note` says why"),
    "std_error": Column("its standard error", "as the figure", "0 and up", "the method has none"),
    "conf_low": Column("the lower end of its interval", "as the figure", FIGURE, "there is no figure"),
    "conf_high": Column("the upper end of its interval", "as the figure", FIGURE, "there is no figure"),
    "conf_level": Column("how often such intervals hold the truth", "share", "0.5 to 1"),
    "n_articles": Column("the articles that it rests on", "articles", "0 and up"),
    "n_units": Column(
        "the independent units that it rests on: articles, for silence stories", "units", "0 and up"
    ),
    "n_units_versus": Column("the same, of what it is set against", "units", "0 and up"),
    "numerator": Column(
        "the upper sum, of what readers read", "see the measure", "0 and up; portrayal may lie below 0"
    ),
    "denominator": Column("the lower sum", "see the measure", "0 and up"),
    "method": Column("how the interval was computed, and by which model sentences were read"),
    "note": Column("what to know of this row, in words", empty="there is nothing to say"),
    "p": Column("how often chance alone would give as much", "share", SHARE),
    "q": Column("the false discovery rate at which this would just count as a finding", "share", SHARE),
    "family": Column("the comparisons or tests that are judged together"),
    "margin": Column("the least difference that counts", "as the figure", "0 and up"),
    "period_start": Column("the first day of the period", empty="the row is of all time"),
    "period_end": Column("the last day of the period", empty="the row is of all time"),
    "article_id": Column("the article, by its id in the archive", empty="no article stands behind the row"),
    "published": Column("when it was published", "instant in UTC", empty="it is undated"),
    "title": Column("its title", empty="it has none"),
    "url": Column("its address", empty="none is known"),
    "field": Column("the part of the article: `title` or `text`"),
    "start": Column("where the passage begins", _OFFSET, "0 and up"),
    "end": Column("where it ends; the character there is not part of it", _OFFSET, "1 and up"),
    "label": Column("the label, as a dictionary has it", empty=_NO_LABEL),
    "label_start": Column("where the label begins", _OFFSET, "0 and up", _NO_LABEL),
    "label_end": Column("where it ends", _OFFSET, "1 and up", _NO_LABEL),
    "quoted": Column(
        "whether it is in somebody else's words", empty="own and quoted words cannot be told apart"
    ),
    "snippet": Column("the sentence or passage"),
    "snippet_start": Column("where the snippet begins", _OFFSET, "0 and up"),
    "story": Column("the story, by the smallest id of its articles"),
    "subjects": Column("the subjects that the story is about", empty="it is about none"),
    "uses": Column("how often it is used", "uses", "1 and up"),
    "log_odds": Column("how much more it is used here than elsewhere", "logarithm of a ratio of odds"),
    "z": Column("the same over its standard error; it ranks, and is no test", "standard errors"),
    "rank": Column("its place by `z`; 1 is the most distinctive", "place", "1 and up"),
    "claim": Column("the claim, by its id in the study"),
    "verdict": Column("`supported`, `contradicted`, `not enough evidence` or `untestable`"),
    "reason": Column("why, in a sentence"),
    "change": Column("the change, by an id; the categories of one change share it"),
    "date_low": Column("the beginning of the interval of the date; of a drift, where it begins", "day"),
    "date_high": Column("the end of the interval of the date; of a drift, where it ends", "day"),
    "permutations": Column("how many random orders were tried", "orders", "0 and up"),
    "factor": Column("the factor, by its id in the study", empty="none is asked about"),
    "beyond": Column("the other factor that is taken into account first", empty="there is none"),
}
"""The columns that several tables share."""

MEANT: dict[str, Table] = {
    **JUDGED,
    "coders": CODERS,
    "estimates": Table(
        "every figure, with its interval",
        "a measure, outlet, subject, category, voice and period, with or without wire copy",
        {
            "df": Column("degrees of freedom of the interval", "", "0 and up", "the method has none"),
            "n_eff": Column(
                "how many independent cases would leave as much doubt",
                "cases",
                "0 and up",
                "the method has none",
            ),
            "n_left_out": Column(
                "articles that could not be read or placed in time; stories of which nothing is known",
                "articles or stories",
                "0 and up",
            ),
            "unit": Column("what one unit is: `article` or `story`"),
            "study_hash": Column("a fingerprint of the study"),
            "archive_hash": Column("a fingerprint of the archive"),
        },
    ),
    "comparisons": Table(
        "every pair of outlets",
        "an unordered pair of outlets, with a measure, subject, category and voice, over all time",
        {
            "versus": Column("the other outlet"),
            "difference": Column("the figure of `outlet` less that of `versus`", "as the figure", DIFFERENCE),
            "conf_low": Column(
                "the lower end of the interval of the difference", "as the figure", DIFFERENCE
            ),
            "conf_high": Column("the upper end of it", "as the figure", DIFFERENCE),
        },
    ),
    "words": Table(
        "the labels that tell outlets apart",
        "a subject, outlet and label",
        {
            "label": Column("the label, as a dictionary has it"),
            "share": Column("the share of the outlet's labels of the subject that it is", "share", SHARE),
            "share_elsewhere": Column(
                "the same in all other outlets", "share", SHARE, "no other outlet labels it"
            ),
        },
    ),
    "robustness": Table(
        "every figure again without each alias in turn",
        "a row of `estimates` over all time, and an alias",
        {"alias_left_out": Column("the alias without which the figure was computed")},
    ),
    "sources": Table(
        "a sample of the passages behind the figures",
        "a passage that counts for a measure, outlet, subject and category",
        {
            "label": Column(
                "the label of a naming, the cue of an attribution, or the phrase", empty=_NO_LABEL
            ),
            "label_kind": Column(
                "how the label stands beside the subject, the stance of the cue, or `phrase`", empty=_NO_LABEL
            ),
            "p_unfavourable": Column(
                "the model's guess that the sentence shows the subject unfavourably",
                "probability",
                SHARE,
                "the measure is not portrayal",
            ),
            "p_neutral": Column("its guess that it shows it neutrally", "probability", SHARE, "as above"),
            "p_favourable": Column("its guess that it shows it favourably", "probability", SHARE, "as above"),
            "wire": Column("whether the article is wire copy"),
            "standing": Column(
                "the parts of the snippet that do not count, as `start-end`, with blanks between",
                _OFFSET,
                empty="all of it counts",
            ),
        },
    ),
    "coverage": Table(
        "how many articles there are",
        "an outlet and a period",
        {
            "n_articles": Column("the outlet's articles in the period", "articles", "0 and up"),
            "n_days": Column("the days of the period", "days", "1 and up"),
            "n_gap_days": Column("those of them that lie in a gap in collection", "days", "0 and up"),
        },
    ),
    "gaps": Table(
        "gaps in collection",
        "an outlet and a gap",
        {
            "gap_start": Column("the first day of the gap", "day"),
            "gap_end": Column("the last day of the gap", "day"),
        },
    ),
    "silences": Table(
        "likely stories that an outlet did not run, the likeliest first",
        "a story, an outlet that did not run it, and an article beside it",
        {
            "outlet": Column("the outlet that did not run the story"),
            "day": Column("the day of the story", "day"),
            "probability": Column("how likely the outlet was to run it", "probability", SHARE),
            "others": Column("how many other outlets ran it", "outlets", "2 and up"),
            "ran_by": Column(
                "the outlet of the article: one that ran the story, or `outlet` itself, of what it ran instead"
            ),
        },
    ),
    "stories": Table(
        "the stories that most outlets ran, the largest first",
        "an article of a story, in order of time",
        {
            "n_articles": Column("the articles of the whole story", "articles", "1 and up"),
            "n_outlets": Column("the outlets that ran it", "outlets", "1 and up"),
            "wire": Column("whether the article is wire copy"),
        },
    ),
    "echoes": Table(
        "who runs whose words, most words first",
        "a pair of outlets, with their longest common passage as an example",
        {
            "outlet": Column("the outlet that ran the words later"),
            "source": Column("the outlet in which they had stood before"),
            "n_articles": Column("the articles of `outlet` in which they stand", "articles", "0 and up"),
            "words": Column("the words that had stood in `source` before", "words", "0 and up"),
            "n_near_duplicates": Column(
                "the articles that are the same as the earlier one", "articles", "0 and up"
            ),
            "n_wire": Column("those that are wire copy", "articles", "0 and up"),
            "median_lag": Column(
                "the median time between the two", "seconds", "0 and up", "no times are known"
            ),
            "n_order_unknown": Column(
                "articles that share words, and nobody knows which was first", "articles", "0 and up"
            ),
            "source_article_id": Column("the example's earlier article, by its id in the archive"),
            "source_published": Column("when that was published", "instant in UTC"),
            "source_title": Column("its title"),
            "source_url": Column("its address", empty="none is known"),
            "source_snippet": Column("the passage as it stands there"),
        },
    ),
    "speakers": Table(
        "whom each outlet lets speak most",
        "an outlet and a speaker",
        {
            "speaker": Column("the speaker's name, as long as articles have it"),
            "subject": Column("the subject of the study that the speaker is", empty="the speaker is none"),
            "attributions": Column(
                "how often something is attributed to the speaker", "attributions", "1 and up"
            ),
            "words": Column("the words attributed to the speaker", "words", "0 and up"),
        },
    ),
    "phrases": Table(
        "the phrases that tell parties apart, the most distinctive first",
        "a phrase and an outlet that uses it in its own voice",
        {
            "party": Column("the subject whose phrase it is"),
            "phrase": Column("the phrase, in small letters"),
            "uses": Column("the stories in which the party says it", "stories", "1 and up"),
            "uses_elsewhere": Column("the stories in which all other parties say it", "stories", "0 and up"),
            "outlet": Column("the outlet", empty="no outlet uses the phrase"),
            "uses_by_outlet": Column("how often the outlet uses it", "uses", "1 and up", "as above"),
            "n_articles": Column("the articles in which it does", "articles", "1 and up", "as above"),
            "snippet": Column("an example of its use", empty="as above"),
        },
    ),
    "forecasts": Table(
        "what outlets said would happen, in order of time",
        "a forecast",
        {
            "forecast": Column("the forecast, by an id under which an outcome is entered"),
            "kind": Column("`forecast`, `plan` or `condition`; only forecasts make a record"),
            "cue": Column("the words that announce it"),
            "what": Column("what is said of the subject"),
            "confidence": Column(
                "how sure the words sound: `unqualified`, `almost certain`, `very likely` or `likely`"
            ),
            "by_when": Column("by when, in the sentence's own words", empty="it does not say"),
            "due": Column("the last day that this means", "day", empty="it means none"),
            "became": Column(
                "what a person entered: `true`, `false`, `open` or `cannot tell`", empty="nothing is entered"
            ),
            "snippet": Column("the sentence"),
            "wire": Column("whether the article is wire copy"),
        },
    ),
    "repeats": Table(
        "articles that count with another version of them",
        "an article that does not count by itself",
        {
            "ground": Column(
                "`address`: the same page; `text`: another address, or none, and nearly the same words"
            ),
            "kept_id": Column("the version that stands for it, by its id in the archive"),
            "kept_published": Column("when that was published", "instant in UTC", empty="it is undated"),
            "kept_title": Column("its title"),
            "kept_url": Column("its address", empty="none is known"),
        },
    ),
}
"""The tables of findings by name, as `masthead.findings.schemas.SCHEMAS` has them."""


def meaning(table: str, column: str) -> Column:
    """Return what a column of a table means. Raises KeyError where nobody has written it down."""
    return MEANT[table].columns.get(column) or COLUMNS[column]
