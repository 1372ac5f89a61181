"""The words for echo."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="words",
    heading="Whose words articles on {subject} are",
    figure="Share of the words, in each outlet’s articles that mention the subject, that had stood in an earlier "
    "article of another outlet",
    contrast="Of the words in {more}’s articles on {subject}, {more_figure} had stood elsewhere before "
    "({more_interval}); of those in {less}’s, {less_figure} ({less_interval}).",
    short="Words on {subject} that stood elsewhere before",
    change="whose words it runs on {subject}",
    change_of_all="whose words it runs",
    asks="whose words {do} {they} run",
    asks_at=4,
    page="echoes",
    page_title="who runs whose words",
)
