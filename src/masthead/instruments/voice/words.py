"""The words for voice and stance."""

from masthead.measuring.words import Marks, Words

_HEARD = "reported without quotation marks"

_MARKS = Marks("where it speaks, ", "the words given to it", "the cue that gives them")

VOICE = Words(
    plural="attributed words",
    heading="How much {subject} gets to say",
    figure="Of the words that each outlet gives to anyone, quoted or reported, the share that it gives to the subject",
    contrast="{more} gives {subject} {more_figure} of the words that it gives to anyone ({more_interval}), {less} "
    "{less_figure} ({less_interval}).",
    short="Words given to {subject}",
    change="how much it lets {subject} speak",
    change_of_all="whom it lets speak",
    asks="whom {do} {they} let speak",
    asks_at=3,
    evidence="Words given to {subject}",
    marks=_MARKS,
    passage_note="given to {subject}",
    label="cue",
    own=_HEARD,
    unknown=_HEARD,
    counts_passages=False,
    page_of_others="voices",
)

STANCE = Words(
    plural="attributions",
    heading="How the words of {subject} are introduced",
    figure="Share of each outlet’s attributions to the subject whose verb is of the class (said, claimed, admitted, "
    "and so on)",
    contrast="In {more} {subject} “{class}” {more_figure} of what it is given to say ({more_interval}), in {less} "
    "{less_figure} ({less_interval}).",
    short="{subject} “{class}”",
    change="how it introduces the words of {subject}",
    evidence="{subject} {class}",
    marks=_MARKS,
    passage_note="given to {subject}",
    label="cue",
    own=_HEARD,
    unknown=_HEARD,
)
