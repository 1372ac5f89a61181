"""The words for attention."""

from masthead.measuring.words import UNKNOWN_VOICE, Words

WORDS = Words(
    heading="How much coverage {subject} gets",
    figure="Share of each outlet’s articles that mention the subject",
    contrast="{more} mentions {subject} in {more_figure} of its articles ({more_interval}), {less} in {less_figure} "
    "({less_interval}).",
    short="Coverage of {subject}",
    change="how much it covers {subject}",
    opens="How much {do_outlets} cover {subjects}",
    evidence="Articles that mention {subject}",
    unknown=UNKNOWN_VOICE,
)
