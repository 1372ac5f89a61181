"""The words for silence."""

from masthead.measuring.words import Words

WORDS = Words(
    plural="stories",
    heading="Stories about {subject}, run and passed over",
    figure="Stories about the subject that each outlet ran, divided by those that its habits make expected: 1 is as "
    "usual, 0 is none at all",
    scale_note="Half as many as expected stands as far to the left of 1 as twice as many to the right. What lies "
    "behind each figure: {elsewhere}.",
    sums="{numerator} run, {denominator} expected",
    short="{subject}, silence",
    change="which stories about {subject} it runs",
    asks="what {do} {they} leave out",
    asks_at=5,
    units="chance",
    units_note=" to run a story",
    left_out_note=", in or near gaps in collection",
    over_time=False,
    page="silences",
    page_title="the silences",
)
