"""What the columns of the tables mean that hold what a survey judges: changes, claims, allegiances."""

from __future__ import annotations

from masthead.findings.columns import DIFFERENCE, FIGURE, SHARE, Column, Table

_NO_FIGURE = "the factor gets no figure; `reason` says why"
_NOTHING_THERE = "nothing in the article says so"
_OFFSET = "code points of `field`, from 0"

JUDGED: dict[str, Table] = {
    "changes": Table(
        "when figures changed, from what to what",
        "a change and a category",
        {
            "kind": Column(
                "`change` (between one day and the next) or `drift` (slow, or not told from slow)"
            ),
            "date": Column("the first day after the change; of a drift, the middle of it", "day"),
            "before": Column("the figure up to the day, from the change before on", "as the figure", FIGURE),
            "before_low": Column("the lower end of its interval", "as the figure", FIGURE),
            "before_high": Column("the upper end of its interval", "as the figure", FIGURE),
            "after": Column("the figure from the day on, up to the next change", "as the figure", FIGURE),
            "after_low": Column("the lower end of its interval", "as the figure", FIGURE),
            "after_high": Column("the upper end of its interval", "as the figure", FIGURE),
            "difference": Column("after less before", "as the figure", DIFFERENCE),
            "conf_low": Column(
                "the lower end of the interval of the difference", "as the figure", DIFFERENCE
            ),
            "conf_high": Column("the upper end of it", "as the figure", DIFFERENCE),
            "n_before": Column("the articles before", "articles", "5 and up"),
            "n_after": Column("the articles after", "articles", "5 and up"),
            "at_gap": Column("whether a gap in collection touches the interval of the date"),
            "coverage_moved": Column(
                "whether what was covered moved, and the figure within each kind did not"
            ),
        },
    ),
    "reversals": Table(
        "when an outlet changed sides, in order of time",
        "a change of the sign of portrayal, or of the most used category",
        {
            "date": Column("the first day after it", "day", empty="it is a drift"),
            "before": Column("`favourable`, `unfavourable` or a category: before"),
            "after": Column("the same: after"),
            "event": Column("the nearest of the study's events", empty="the study has none"),
            "days": Column("how many days after the event; below 0, before it", "days", "", "as above"),
            "p_near": Column(
                "how often a change would fall so near to any of the events by chance",
                "share",
                SHARE,
                "as above",
            ),
        },
    ),
    "verdicts": Table(
        "the claims and their verdicts, in the study's order",
        "a claim",
        {
            "hash": Column("a fingerprint of the claim as it was written"),
            "text": Column("the claim, in words"),
            "outlet": Column("the outlet or the group", empty="the claim names none"),
            "subject": Column(
                "the subject, by its id in the study",
                empty="the claim is of all subjects, or of nobody named",
            ),
            "versus": Column("what it is set against", empty="nothing"),
            "expect": Column("what the claim expects, such as `more` or `never`"),
            "margin": Column("the least difference that the claim counts", "as the figure", "0 and up"),
            "wire": Column("whether wire copy counts: `with` or `without`"),
            "value": Column("the figure of the outlet", "as the figure", FIGURE, "there is none"),
            "value_versus": Column(
                "the figure of what it is set against", "as the figure", FIGURE, "there is none"
            ),
            "estimate": Column(
                "what the verdict rests on: `value` less `value_versus`, or `value`; for `explained-by` the slope",
                "as the figure",
                "−2 to 2; silence 0 and up",
                "the claim is untestable",
            ),
            "conf_low": Column(
                "the lower end of its interval", "as the figure", "as `estimate`", "there is no figure"
            ),
            "conf_high": Column(
                "the upper end of its interval", "as the figure", "as `estimate`", "there is no figure"
            ),
            "n_ways": Column(
                "the other reasonable ways to compute it that gave a verdict", "ways", "0 and up"
            ),
            "n_ways_agree": Column("those that gave the same", "ways", "0 to `n_ways`"),
            "registered": Column("when the claim was put on record", "instant in UTC", empty="it was not"),
            "registered_before": Column(
                "whether that was before the archive was first surveyed", empty="it was not put on record"
            ),
            "conf_level": Column(
                "how often such intervals hold the truth", "share", "0.5 to 1", "there is no figure"
            ),
            "n_units_versus": Column(
                "the units of what it is set against", "units", "0 and up", "there is none"
            ),
            "needed": Column("what an archive would have to hold to decide it", empty="it is decided"),
            "toward": Column(
                "the end of the factor that is portrayed better: `high` or `low`", empty="the claim says none"
            ),
        },
    ),
    "ways": Table(
        "each claim again, in every other reasonable way",
        "a claim and a way",
        {
            "way": Column("what is different, in words"),
            "reason": Column("why, in a sentence", empty="the figure alone decides"),
            "n_units_versus": Column(
                "the units of what it is set against", "units", "0 and up", "there is none"
            ),
            "estimate": Column("as in `verdicts`", "as the figure", "as in `verdicts`", "there is no figure"),
            "conf_low": Column(
                "the lower end of its interval", "as the figure", "as in `verdicts`", "there is no figure"
            ),
            "conf_high": Column(
                "the upper end of its interval", "as the figure", "as in `verdicts`", "there is no figure"
            ),
        },
    ),
    "counterexamples": Table(
        "the first articles that speak against each claim of `never` or `always`, the earliest first",
        "a claim and an article",
        {
            "field": Column("the part of the article: `title` or `text`", empty=_NOTHING_THERE),
            "start": Column("where the passage begins", _OFFSET, "0 and up", _NOTHING_THERE),
            "end": Column(
                "where it ends; the character there is not part of it", _OFFSET, "1 and up", _NOTHING_THERE
            ),
            "snippet": Column("the sentence", empty=_NOTHING_THERE),
            "snippet_start": Column("where the snippet begins", _OFFSET, "0 and up", _NOTHING_THERE),
            "wire": Column("whether the article is wire copy"),
        },
    ),
    "alignment": Table(
        "on which side each outlet stands on each subject",
        "an outlet, subject and basis",
        {
            "basis": Column("`portrayal`, `naming`, `voice`, `praise` or `blame`"),
            "estimate": Column(
                "the figure", "as the basis", "portrayal −1 to 1; naming and voice −2 to 2; others 0 to 1"
            ),
            "conf_low": Column("the lower end of its interval", "as the basis", "−2 to 2"),
            "conf_high": Column("the upper end of its interval", "as the basis", "−2 to 2"),
            "side": Column(
                "1: the whole interval lies above 0; −1: below; 0: neither",
                "",
                "−1, 0, 1",
                "the basis is praise or blame",
            ),
            "outlet_order": Column("the place of the outlet in the map", "place", "0 and up"),
            "subject_order": Column("the place of the subject in the map", "place", "0 and up"),
            "fitted": Column("what the places on the axes give", "as the basis", "", "there is no axis"),
            "fits": Column("whether the interval holds `fitted`", empty="there is no axis"),
        },
    ),
    "explanations": Table(
        "which factors explain how outlets portray subjects",
        "an outlet and a factor, or an outlet and a pair of factors",
        {
            "n_subjects": Column("the subjects that have a value and a portrayal", "subjects", "0 and up"),
            "split": Column("how the factor splits them, in words"),
            "slope": Column(
                "portrayal at the factor's highest value less that at its lowest",
                "portrayal's scale",
                "",
                _NO_FIGURE,
            ),
            "slope_low": Column("the lower end of its interval", "portrayal's scale", "", _NO_FIGURE),
            "slope_high": Column("the upper end of its interval", "portrayal's scale", "", _NO_FIGURE),
            "explained": Column(
                "the share of the squared error that the factor takes off, for subjects left out",
                "share",
                "up to 1; below 0 it predicts worse than the mean",
                _NO_FIGURE,
            ),
            "explained_low": Column("the lower end of its interval", "share", "", _NO_FIGURE),
            "explained_high": Column("the upper end of its interval", "share", "", _NO_FIGURE),
            "p": Column("how often chance alone would explain as much", "share", SHARE, _NO_FIGURE),
            "p_best": Column(
                "how often the best of all factors would do as well by chance", "share", SHARE, _NO_FIGURE
            ),
            "q": Column(
                "the false discovery rate at which this would just count as a finding",
                "share",
                SHARE,
                "the row is of a pair of factors, or has no figure",
            ),
            "p_least": Column("the least p that so few subjects can give", "share", SHARE, _NO_FIGURE),
            "permutations": Column("how many random orders were tried", "orders", "0 and up", _NO_FIGURE),
            "inseparable": Column("the factors that split the subjects nearly alike"),
            "apart": Column(
                "the slope of the outlet's portrayal less the mean of the others'",
                "portrayal's scale",
                "",
                "too few others portray the subjects",
            ),
            "apart_low": Column("the lower end of its interval", "portrayal's scale", "", "as above"),
            "apart_high": Column("the upper end of its interval", "portrayal's scale", "", "as above"),
            "answer": Column(
                "`explains`, `does not explain`, `adds`, `adds nothing`, `inseparable` or `not enough evidence`"
            ),
        },
    ),
}
"""Those of `masthead.findings.judged_schemas`, by their names."""
