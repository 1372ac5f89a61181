"""What a study looks for: its aliases, exclusions and surnames, as patterns that are scanned once and shared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from masthead.matching.scan import Pattern
from masthead.reading.lexicon import TITLES
from masthead.reading.mentions.capitals import is_english_word
from masthead.study import Alias, Study, Subject

Role = Literal["alias", "surname", "exclude"]

PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "zu",
    ]
) | frozenset(["bin", "ibn", "bint", "ben", "abu", "al", "el", "ul", "af", "av"])
"""Words of a family name in small letters, which may have a capital where the given name is left out."""

_ARTICLE = re.compile(r"(?:al|el|ul|an|ar|as|at)[-‐‑](?=[^\W\d_a-z])")
_FAMILY_FIRST = re.compile(r"[^\W\d_a-z][a-z]{1,5} [^\W\d_a-z][a-z]{1,5}[-‐‑][a-z]{1,5}")
_TWO_SURNAMES = 3
_AND = frozenset({"y", "e", "i"})
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


def family_name(alias: Alias) -> str | None:
    """Return the words of a person's full name that stand for it later; None for a name of one word, or a noun.

    That is what the study says, or else a guess: the last word, with the particles before it (`van den Berg`), and the
    first of a name like `Han Seo-jun`, whose second is a given name of two syllables.
    """
    words = alias.text.split()
    if alias.family is not None:
        return " ".join(alias.family.split())
    if len(words) > 2 and words[-1].lower().rstrip(".") in _SUFFIXES:
        words.pop()
    if alias.generic or len(words) < 2 or "*" in words[-1]:
        return None
    if is_family_first(alias):
        return words[0]
    first = len(words) - 1
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 2 if words[first - 1] in _AND and first > _TWO_SURNAMES - 1 else 1
    name = " ".join(words[first:])
    return name if any(c.isupper() for c in words[-1]) else None


def _first_of_two(alias: Alias) -> list[str]:
    """Return the word between given name and last name, which may be the first of two surnames: `Ortega Ruiz`.

    Where it is a second given name, nobody goes by it alone, so that nothing is counted for it.
    """
    words = [word for word in alias.text.split() if word.lower().rstrip(".") not in _SUFFIXES]
    if len(words) == _TWO_SURNAMES + 1 and words[2] in _AND:
        words.pop(2)  # `Ortega y Ruiz`
    if alias.family is not None or len(words) != _TWO_SURNAMES or words[0].lower().rstrip(".") in TITLES:
        return []
    middle = words[1]
    is_name = len(middle) > 2 and middle[0].isupper() and middle[1:].islower()
    return [middle] if is_name and middle.lower() not in PARTICLES else []


def is_family_first(alias: Alias) -> bool:
    """True where a name's letters say that the family name stands first, as in `Han Seo-jun`."""
    return alias.family is None and not alias.generic and _FAMILY_FIRST.fullmatch(alias.text) is not None


def first_surname(alias: Alias) -> str | None:
    """Return the word that may be the first of two surnames, and counts too: `Ortega` of `Ana Ortega Ruiz`."""
    first = _first_of_two(alias)
    return first[0] if first and not alias.generic else None


def _surnames(subject: Subject) -> dict[str, str]:
    """Return family name → full name for a person's names of several words; the first listed wins.

    Of `John Hale Jr.` both `Hale Jr.` and `Hale`; of `Ana van den Berg` with the particles, in small letters and with a
    capital, and without; of `Omar al-Hadi` with `al-`, `Al-` and without.
    """
    surnames: dict[str, str] = {}
    for alias in subject.aliases if subject.person else ():
        name = family_name(alias)
        if name is None:
            continue
        forms = [name, name[0].upper() + name[1:]]
        last = name.split()[-1]
        bare = _ARTICLE.sub("", last)
        suffix = alias.text.split()[-1]
        if suffix.lower().rstrip(".") in _SUFFIXES and suffix not in name.split():
            forms.insert(0, f"{name} {suffix}")
        if last != name and name.split()[0].lower() in PARTICLES:
            forms.append(last)
        forms += _first_of_two(alias)
        if bare != last:
            forms += [bare, last[0].upper() + last[1:]]
        for form in forms:
            if form[:1].isupper() or form != bare:
                surnames.setdefault(form, alias.text)
    return surnames
