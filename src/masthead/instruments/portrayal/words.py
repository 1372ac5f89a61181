"""The words for portrayal, and for praise and blame."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="mentions",
    heading="How outlets portray {subject}",
    figure="Mean of the model’s readings of the sentences that mention the subject, in the outlet’s own voice: +1 is "
    "surely favourable, −1 surely unfavourable",
    contrast="{in_own_words}{more} portrays {subject} {better} ({more_figure}, {more_interval}) than {less} "
    "({less_figure}, {less_interval}), as the model reads them.",
    better=("more favourably", "less unfavourably", "in a better light"),
    short="Portrayal of {subject}",
    change="how it portrays {subject}",
    asks="in what light {do} {they} show {them}",
    asks_at=2,
    evidence="How {subject} is portrayed",
    quoted="quoted or reported",
    voices_heading="In whose words: the outlet’s, or those it quotes?",
    voices_note="The model’s readings of what an outlet says itself (own voice), and of what it quotes or reports "
    "(quoted voice: words in quotation marks, and clauses under a verb such as “said”). Quoted voice is the speaker’s; "
    "whom to quote is the outlet’s choice.",
    leads="own",
)
