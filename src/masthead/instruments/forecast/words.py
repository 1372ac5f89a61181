"""The words for forecasts."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="forecasts",
    heading="What outlets said would happen to {subject}",
    figure="Of each outlet’s forecasts about the subject whose outcome is known, the share that came true",
    contrast="Of what {more} said would happen to {subject}, {more_figure} came true ({more_interval}); of what "
    "{less} said, {less_figure} ({less_interval}).",
    short="Forecasts about {subject} that came true",
    change="how many of its forecasts about {subject} come true",
    change_of_all="how many of its forecasts come true",
    evidence="Forecasts about {subject}",
    voices_note="What came true of the outlet’s own forecasts (own voice), and of those that it quotes (quoted voice).",
    leads="own",
    page="forecasts",
    page_title="what outlets said would happen",
)
