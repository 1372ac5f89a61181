"""An article with all that is true of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from masthead.press.plan.stories import Story
from masthead.press.strait.subjects import DAYS, START
from masthead.press.writing.marks import Sentence

LAST_MINUTE = dt.datetime.combine(START, dt.time(), dt.UTC) + dt.timedelta(days=DAYS, minutes=-1)
"""The last minute of the period."""


@dataclass(slots=True)
class Article:
    """One article with all that is true of it. `starts` are the sentences that begin a paragraph."""

    key: str
    story: Story
    outlet: int
    published: dt.datetime
    title: Sentence
    sentences: list[Sentence]
    starts: set[int]
    dateline: str = ""
    section: str = "news"
    credit: str = ""
    url: str = ""
    source: str = ""
    manner: str = ""
    offsets: list[int] = field(default_factory=list)
    text: str = ""

    def set_text(self) -> None:
        """Join the sentences and note where each starts in the text, in code points."""
        parts = [self.dateline]
        at = len(self.dateline)
        self.offsets = []
        for index, sentence in enumerate(self.sentences):
            if index:
                gap = "\n\n" if index in self.starts else " "
                parts.append(gap)
                at += len(gap)
            self.offsets.append(at)
            parts.append(sentence.text)
            at += len(sentence.text)
        self.text = "".join(parts)

    @property
    def day(self) -> int:
        """The day of publication, counted from the start of the period."""
        return (self.published.date() - START).days
