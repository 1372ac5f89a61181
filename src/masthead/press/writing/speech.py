"""Who speaks on a page, from where to where, and what stands in quotation marks though nobody says it."""

from __future__ import annotations

from collections.abc import Mapping

from masthead.press.writing.marks import Attribution, Quotation
from masthead.press.writing.page import CAPITAL, COMMA, Page


class Speech(Page):
    """A page that keeps account of quotations. `speaker` was chosen to speak; `voice` is who speaks at this place."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: Mapping[str, str] = {}
        self.curly = False
        self.speaker = -1
        self.speaker_name = ""
        self.speaker_post = ""
        self._begin_speech()

    def _begin_speech(self) -> None:
        self.voice = self.speaker, self.speaker_name
        self._quotations: list[Quotation] = []
        self._attributions: list[Attribution] = []
        self._quote_start = -1
        self._mention_start = -1
        self._attributed_from = -1
        self._attributed_after = 0

    def open_quote(self) -> None:
        """Open a pair of quotation marks; a sentence that begins with it begins inside."""
        first = self._pending & CAPITAL
        self._quote_start = self.put("“" if self.curly else '"') + 1
        self._pending |= first

    def close_quote(self) -> None:
        """Close the quotation and note its words and speaker."""
        self._pending &= ~COMMA
        end = self._at
        self.put("”" if self.curly else '"')
        self._note_quotation(end)

    def _note_quotation(self, end: int) -> None:
        self._quotations.append(Quotation(self._quote_start, end, *self.voice))
        self._quote_start = -1

    def open_mention(self) -> None:
        """Open the marks around words that nobody says; inside a quotation these are single ones."""
        opening = "'" if self._quote_start >= 0 else "“" if self.curly else '"'
        self._mention_start = self.put(opening) + 1

    def close_mention(self) -> None:
        """Close them, and note the words where they stand in marks like those of a quotation."""
        self._pending &= ~COMMA
        end = self._at
        if self._quote_start >= 0:
            self.put("'")
            return
        self.put("”" if self.curly else '"')
        self._quotations.append(Quotation(self._mention_start, end, -1, "", said=False))

    def open_attribution(self) -> None:
        """Begin words that are attributed as a whole; what is pending is settled inside them."""
        self._attributed_from = self._at
        self._attributed_after = len(self._quotations)

    def close_attribution(self) -> None:
        """End the words and note whose they are; a pending comma stands after them."""
        start = self._attributed_from
        start += len(self.text[start:]) - len(self.text[start:].lstrip(" ,"))
        inside = any(quotation.said for quotation in self._quotations[self._attributed_after :])
        self._attributions.append(
            Attribution(start, self._at, *self.voice, "mixed" if inside else "indirect")
        )
        self._attributed_from = -1

    def break_paragraph(self) -> None:
        """Begin a paragraph. A quotation goes on in it with a mark of its own, and the last has none at its end."""
        goes_on = self._quote_start >= 0
        if goes_on:
            self._note_quotation(self._at)
        self.put("\n\n")
        self.capital()
        if goes_on:
            self.open_quote()
