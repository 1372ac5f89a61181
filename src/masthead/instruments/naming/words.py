"""The words for naming."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="namings",
    heading="What outlets call {subject}",
    figure="Share of each outlet’s namings of the subject that use a label of the category",
    figure_note="A naming is a mention with the words that label it. One naming may use labels of several categories, "
    "so rows need not add up to 100.",
    contrast="{more} uses “{category}” in {more_figure} of its namings of {subject} ({more_interval}), {less} in "
    "{less_figure} ({less_interval}).",
    short="{subject} called “{category}”",
    change="what it calls {subject}",
    note="A naming is a mention of the subject with the words that label it.",
    asks="what {do} {they} call {them}",
    asks_at=1,
    evidence="Called “{category}”",
    evidence_of_others="Called something else",
    voices_note="Share of namings that use the category outside quotation marks (own voice) and inside them (quoted "
    "voice).",
    study_categories=True,
)
