"""Every error Masthead raises on purpose: what was given, what was expected, what to do."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class MastheadError(Exception):
    """The root of all errors that a user can mend.

    `given` is what was found, `expected` what would have been right, `hint` what to do. The message is
    one sentence made of the three; the command line prints it as it is and exits with 1 (or 2 where the
    command itself was wrong).
    """

    exit_code = 1

    def __init__(self, given: str, expected: str, hint: str) -> None:
        self.given = given
        self.expected = expected
        self.hint = hint
        super().__init__(f"{given}; expected {expected}; {hint}{'' if hint.endswith(('?', '.')) else '.'}")


class ArchiveError(MastheadError):
    """An archive that is not there, is none, has another format version, or is locked by another writer."""


class SourceError(MastheadError):
    """A file of articles that cannot be read as what it says it is."""


class StudyError(MastheadError):
    """A study file that cannot be followed."""

    exit_code = 2


class ReadingError(MastheadError):
    """A reader that cannot do its work, for instance because its language model is missing."""


class GoldError(MastheadError):
    """A file of labelled sentences that cannot be scored: missing, empty, or with lines that are no labels."""


class UsageError(MastheadError):
    """A command that asks for what does not exist: an outlet, a subject, a measure."""

    exit_code = 2


def likely(name: str, names: Iterable[str]) -> str:
    """Return the hint that names the nearest of `known`; nothing where none is near."""
    close = difflib.get_close_matches(name, sorted(names), n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def nearest(name: str, candidates: Iterable[str]) -> str:
    """Return the hint that names the nearest of `known`, or all of them where none is near."""
    names = sorted(candidates)
    near = likely(name, names)
    if near:
        return near
    if not names:
        return "there are none"
    return f"there are: {listed(names, 12)}"


def listed(names: Iterable[str], most: int = 8) -> str:
    """Name a few of many: 'a, b and 28 more'; each is cut where it is long, for a header may be a whole paragraph."""
    every = list(names)
    first_few = ", ".join(shortened(name) for name in every[:most])
    return f"{first_few} and {len(every) - most:,} more" if len(every) > most else first_few


def shortened(text: str, longest: int = 40) -> str:
    """Return a text on one line and no longer than that, its end cut off with an ellipsis where it is longer."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest and len(text) <= 4 * longest else line[: longest - 1] + "…"
