"""The words for kinship."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="phrases",
    heading="How much outlets speak in the words of {subject}",
    figure="Of the parties’ distinctive phrases that each outlet uses in its own voice, the share that are this "
    "subject’s",
    contrast="Of the parties’ own phrases that {more} uses in its own voice, {more_figure} are those of {subject} "
    "({more_interval}); of those that {less} uses, {less_figure} ({less_interval}).",
    short="Words of {subject}",
    change="how much it speaks in the words of {subject}",
    asks="in whose words {do} {they} speak",
    asks_at=6,
    evidence="In the words of {subject}",
    leads="own",
    compared=False,
)
