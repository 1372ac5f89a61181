"""What a study looks for: its aliases, exclusions and surnames, as patterns that are scanned once and shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from masthead.matching.scan import Pattern
from masthead.reading.mentions.capitals import is_english_word
from masthead.study import Alias, Study, Subject

Role = Literal["alias", "surname", "exclude"]

_STEM = 4
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


@dataclass(frozen=True, slots=True)
class Use:
    """What one pattern means to one subject.

    `alias` is as the study writes it; for a surname, the full name that it belongs to. `full_name` is true
    for an alias that lets its last word stand for it later; `alone` for one that counts only where no other
    name stands before or after it.
    """

    subject: int
    alias: str
    generic: bool
    role: Role
    full_name: bool = False
    alone: bool = False


class StudyPatterns:
    """The patterns of a study, and for each what it means to which subject."""

    def __init__(self, study: Study) -> None:
        uses: dict[Pattern, list[Use]] = {}
        for index, subject in enumerate(study.subjects):
            surnames = _surnames(subject)
            for alias in subject.aliases:
                uses.setdefault(alias.pattern, []).append(
                    Use(
                        index,
                        alias.text,
                        alias.generic,
                        "alias",
                        full_name=alias.text in surnames.values(),
                        alone=alias.text in surnames,
                    )
                )
            alias_texts = {alias.text for alias in subject.aliases}
            for surname, full_name in surnames.items():
                if surname not in alias_texts:
                    uses.setdefault(Pattern(surname, False), []).append(
                        Use(index, full_name, False, "surname", alone=True)
                    )
            for text in subject.exclude:
                uses.setdefault(Alias(text=text).pattern, []).append(Use(index, text, False, "exclude"))
        self.subjects = tuple(subject.id for subject in study.subjects)
        self.acts = tuple(subject.kind in ("actor", "place") for subject in study.subjects)
        self.is_event = tuple(subject.kind == "event" for subject in study.subjects)
        self.is_person = tuple(subject.person for subject in study.subjects)
        self._stems = tuple(_stems(subject) for subject in study.subjects)
        self.uses = uses
        self.patterns = tuple(uses)

    def is_of(self, word: str, subject: int) -> bool | None:
        """Whether a people's or place's name belongs to a subject, by the names that the study gives; None: unknown.

        `Tellan` belongs to the subject that is called `Tellan rebels`, and to no other that is called `Corvans`.
        """
        stem = word[:_STEM].lower()
        if stem in self._stems[subject]:
            return True
        return False if any(stem in stems for stems in self._stems) else None

    @cached_property
    def words(self) -> frozenset[Pattern]:
        """The acronyms that are words of English too: `US`, `WHO`, `AID`."""
        return frozenset(
            p
            for p in self.patterns
            if not p.ignore_case and p.text.isupper() and is_english_word(p.text.lower())
        )


def _stems(subject: Subject) -> frozenset[str]:
    """Return how the capitalised words of a subject's names begin."""
    return frozenset(
        word[:_STEM].lower()
        for alias in subject.aliases
        for word in alias.text.split()
        if word[:1].isupper() and len(word) >= _STEM
    )


def _surnames(subject: Subject) -> dict[str, str]:
    """Return last word → full name for a person's names of several words; the first listed wins.

    Of `John Hale Jr.` both `Hale Jr.` and `Hale`.
    """
    surnames: dict[str, str] = {}
    if subject.person:
        for alias in subject.aliases:
            words = alias.text.split()
            suffix = words.pop() if len(words) > 2 and words[-1].lower().rstrip(".") in _SUFFIXES else ""
            if not alias.generic and len(words) > 1 and words[-1][:1].isupper() and "*" not in words[-1]:
                if suffix:
                    surnames.setdefault(f"{words[-1]} {suffix}", alias.text)
                surnames.setdefault(words[-1], alias.text)
    return surnames
