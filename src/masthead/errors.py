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


def nearest(given: str, known: Iterable[str]) -> str:
    """Return the hint that names the nearest of `known`, or all of them where none is near."""
    names = sorted(known)
    close = difflib.get_close_matches(given, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there are none"
    shown = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return f"there are: {shown}"
