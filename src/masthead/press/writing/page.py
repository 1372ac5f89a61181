"""A sentence as it is being put together: capitals, a and an, commas, title case."""

from __future__ import annotations

CAPITAL, ARTICLE, COMMA = 1, 2, 4

_SOUNDS_OPEN = ("hour", "honest", "heir", "honour", "HDG", "HNA", "SLF")
_SOUNDS_SHUT = ("uni", "use", "usu", "one", "once", "Euro", "ut")
_SMALL = frozenset(
    ("a", "an", "the", "and", "or", "but", "of", "for", "in", "on", "at", "to", "by", "as", "with", "from",
     "into", "over", "near", "than", "after", "before")
)  # fmt: skip


def sounds_open(word: str) -> bool:
    """Whether `an`, not `a`, stands before the word."""
    if word.startswith(_SOUNDS_OPEN):
        return True
    return word[:1] in "aeiouAEIOU8" and not word.startswith(_SOUNDS_SHUT)


class Page:
    """Takes text piece by piece, and settles what hangs on the next piece: a or an, a capital, a comma."""

    def __init__(self) -> None:
        self.title_case = False
        self._titled: dict[str, str] = {}
        self._begin_page(headline=False)

    def _begin_page(self, *, headline: bool) -> None:
        self._buffer: list[str] = []
        self._at = 0
        self._pending = CAPITAL
        self._headline = headline

    @property
    def text(self) -> str:
        """What stands so far."""
        return "".join(self._buffer)

    def put(self, text: str) -> int:
        """Append text, first settling what is pending; return where it starts."""
        if self.title_case and self._headline:
            text = self._in_title_case(text)
        if self._pending:
            self._settle(text)
            if self._pending & CAPITAL:
                text = text[0].upper() + text[1:]
                self._pending &= ~CAPITAL
        start = self._at
        self._buffer.append(text)
        self._at = start + len(text)
        return start

    def _settle(self, following: str) -> None:
        if self._pending & COMMA:
            self._pending &= ~COMMA
            if following[0] not in ".,;:?!)”" and not following.startswith('"'):
                self._raw("," if following[0] == " " else ", ")
        if self._pending & ARTICLE:
            self._pending &= ~ARTICLE
            self._raw(
                ("An " if self._pending & CAPITAL else "an ")
                if sounds_open(following)
                else ("A " if self._pending & CAPITAL else "a ")
            )
            self._pending &= ~CAPITAL

    def _raw(self, text: str) -> None:
        self._buffer.append(text)
        self._at += len(text)

    def _in_title_case(self, text: str) -> str:
        title = self._titled.get(text)
        if title is None:
            words = text.split(" ")
            title = " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in words)
            self._titled[text] = title
        return title

    def article(self) -> None:
        """Ask for a or an before the next word."""
        self._pending |= ARTICLE

    def capital(self) -> None:
        """Ask for a capital on the next word."""
        self._pending |= CAPITAL

    def comma(self) -> None:
        """Ask for a comma unless other punctuation follows."""
        self._pending |= COMMA
