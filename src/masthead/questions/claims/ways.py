"""The other reasonable ways to compute a claim: wire copy, voices, stories as units, other days, fewer outlets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from masthead.questions.claims.question import Press, Question, Side, Untestable, ask

MONTH = dt.timedelta(days=30)
"""By so much the days of a claim are made longer or shorter."""


@dataclass(frozen=True)
class Way:
    """A question, and how it is computed; `label` says in words what is different from the claim itself.

    With `by_story`, the articles of one story are one unit together, and stories that both sides ran tie them
    together. With `is_pooled`, a group's articles are taken together, so that large outlets count for more. With
    `without_extreme`, the outlet of each group whose figure is furthest from the group's is left out. `by_reader`:
    what people coded corrects nothing.
    """

    label: str
    question: Question
    by_story: bool = False
    is_pooled: bool = False
    without_extreme: bool = False
    by_reader: bool = False


def ways_of(question: Question, press: Press) -> list[Way]:
    """Return the claim as it was written (without a label), and every other reasonable way to compute it."""
    return [Way("", question), *_others(question, press)]


def _others(question: Question, press: Press) -> Iterator[Way]:
    claim = question.claim
    if question.wire == "with":
        yield Way("without wire copy", replace(question, wire="without"))
    else:
        yield Way("with wire copy", replace(question, wire="with"))
    if claim.rules.tells_voices:
        if question.voice == "all":
            yield Way("in the outlets' own words alone", replace(question, voice="own"))
        else:
            yield Way("own words and quotes together", replace(question, voice="all"))
    yield Way("by the reader alone, without what people coded", question, by_reader=True)
    yield Way("a story as the unit", question, by_story=True)
    yield from _other_days(question, press)
    if any(side.group for side in question.sides):
        yield Way(
            "all articles of a group together, large outlets counting for more", question, is_pooled=True
        )
    if any(len(side.outlets) > 2 for side in question.sides):
        yield Way("without the most extreme outlet", question, without_extreme=True)


def _other_days(question: Question, press: Press) -> Iterator[Way]:
    """The same claim over a month more and a month less at either end, and without the month around its turn."""
    claim = question.claim
    whole = press.days([outlet for side in question.sides for outlet in side.outlets])
    if whole is None:
        return
    start, end = claim.start or whole[0], claim.end or whole[1]
    if claim.start or claim.end:
        longer = claim.model_copy(
            update={"start": claim.start and start - MONTH, "end": claim.end and end + MONTH}
        )
        yield from _on_other_days("a month longer at either end", ask(longer, press), question)
    shorter = claim.model_copy(update={"start": start + MONTH, "end": end - MONTH})
    if start + MONTH < end - MONTH:
        yield from _on_other_days("a month shorter at either end", ask(shorter, press), question)
    if question.over_time and question.versus is not None:
        here, there = (_off(side, side is question.side, question) for side in question.sides)
        label = "without the month on either side of the turn"
        yield Way(label, replace(question, side=here, versus=there))


def _on_other_days(label: str, other: Question | Untestable, question: Question) -> Iterator[Way]:
    if isinstance(other, Question):
        # The claim itself stays what is judged; only its days are others.
        yield Way(label, replace(question, side=other.side, versus=other.versus))


def _off(side: Side, first: bool, question: Question) -> Side:
    """Take a month off a side, at the end where it meets the other."""
    turn = question.claim.turn
    assert turn is not None  # noqa: S101  only claims over time come here
    window = side.window
    begins_at_turn = first == (turn.side == "before")
    if begins_at_turn and window.start is not None:
        return replace(side, window=replace(window, start=window.start + MONTH))
    if not begins_at_turn and window.end is not None:
        return replace(side, window=replace(window, end=window.end - MONTH))
    return side
