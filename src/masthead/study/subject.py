"""What a study asks about, and the words by which articles call it."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from masthead.errors import nearest
from masthead.matching.scan import Pattern
from masthead.matching.scripts import has_capitals
from masthead.study.parts import OTHER, Identifier, Part, WrongAtError


class Alias(Part):
    """One way in which articles call a subject.

    `text` may end words with `*` (any further letters). An alias that holds a capital letter is a name: it
    matches as written or in full capitals. One without is **generic** (`rebels`, `militants`): it matches
    whatever its case, and counts only as the head of a phrase that refers. `case` overrides the first.
    """

    text: str
    """The words to look for. A `*` at the end of a word stands for any further letters. Example: `"Varenian*"`"""
    case: Literal["exact", "ignore"] | None = None
    """Whether capitals must match. Where left out, they must for a name and not for a common noun.
    Example: `"exact"`"""
    family: str | None = None
    """The words of a person's full name that stand for it later, where that is not the last one. Example: `"Han"`"""

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str) -> str:
        text = " ".join(text.split())
        letters = sum(c.isalnum() for c in text)
        if letters == 0:
            raise WrongAtError(
                f"the alias {text!r} is empty or matches everything",
                expected="a name or a word, with a letter or a digit",
            )
        if "*" in text and any(sum(c.isalnum() for c in w) < 2 for w in text.split() if "*" in w):
            raise WrongAtError(
                f"the alias {text!r} would match nearly every word",
                expected="two letters or more before a '*'",
            )
        if any("*" in w[:-1] for w in text.split()):
            raise WrongAtError(
                f"the alias {text!r} has a '*' that does not end a word",
                expected="a '*' only after the last letter of a word, such as 'militant*'",
            )
        return text

    @model_validator(mode="after")
    def _family_is_in_the_name(self) -> Self:
        if self.family is not None:
            words, family = self.text.split(), self.family.split()
            if not family or family == words or not _holds(words, family):
                raise WrongAtError(
                    f"the family name {self.family!r} is no part of the alias {self.text!r}",
                    "family",
                    expected='some of its words, such as family = "Han" of "Han Seo-jun"',
                )
        return self

    @property
    def generic(self) -> bool:
        """True for a common noun that may mean somebody else (`terrorists`); False for a name.

        Without letters that could be capitals (`萨利姆`, `9/11`) nothing tells them apart: it is taken for a name.
        """
        could_be = [c for c in self.text if has_capitals(c)]
        return bool(could_be) and not any(c.isupper() for c in could_be)

    @property
    def ignore_case(self) -> bool:
        """True where any case matches."""
        return self.generic if self.case is None else self.case == "ignore"

    @property
    def pattern(self) -> Pattern:
        """What to look for in a text."""
        return Pattern(self.text, self.ignore_case)


def _holds(words: list[str], part: list[str]) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words)))


class Subject(Part):
    """What a study asks about: an actor, an event, a place or an issue.

    Without categories of their own, namings are told apart by the labels that outlets differ in most.
    """

    id: Identifier
    """The short name by which tables and claims call it. Example: `"shoal-front"`"""
    name: str = ""
    """The name that pages show; the id with blanks for hyphens where left out. Example: `"Shoal Liberation Front"`"""
    kind: Literal["actor", "event", "place", "issue"]
    """What it is. Example: `"actor"`"""
    person: bool = False
    """Whether it is a person: a surname alone then counts once the full name has stood in the article.
    Example: `true`"""
    aliases: tuple[Alias, ...] = Field(min_length=1)
    """The names and common nouns by which articles call it. One with a capital letter is a name. One without
    counts only where it refers to somebody. Example: `["Shoal Front", "SLF", "rebels"]`"""
    exclude: tuple[str, ...] = ()
    """Longer names that hold an alias and mean something else. Example: `["Shoal Front Street"]`"""
    texts: tuple[str, ...] = ()
    """The outlets, by id, that are its own: what they write is its own wording. Example: `["front-bulletin"]`"""
    categories: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """What its namings are told apart by: for each category the labels that belong to it, or names among its
    own aliases. Example: `{ resistance = ["resistance", "partisan*"], terrorist = ["terror*"] }`"""

    @field_validator("aliases", mode="before")
    @classmethod
    def _plain_aliases(cls, value: object) -> object:
        if isinstance(value, list | tuple):
            return [{"text": v} if isinstance(v, str) else v for v in value]
        return value

    @field_validator("exclude")
    @classmethod
    def _exclude_says_something(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            Alias(text=text)
        return value

    @field_validator("categories")
    @classmethod
    def _categories_tell_labels_apart(cls, value: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        for name, patterns in value.items():
            if name == OTHER:
                raise WrongAtError(
                    f"a category is called '{OTHER}', which is kept for labels that belong to no category",
                    name,
                    expected="another name",
                    hint="rename it",
                )
            if not name.strip() or not patterns:
                raise WrongAtError(
                    f"the category '{name}' has {'no word' if name.strip() else 'no name'}",
                    name,
                    expected='a name and at least one word, such as militant = ["militant*"]',
                )
            for pattern in patterns:
                if not any(c.isalnum() for c in pattern):
                    raise WrongAtError(
                        f"the word {pattern!r} of category '{name}' matches every label or none",
                        name,
                        expected="a word of labels, such as 'militant*'",
                    )
        return value

    @model_validator(mode="after")
    def _no_alias_twice(self) -> Self:
        texts = [a.text for a in self.aliases]
        twice = sorted({t for t in texts if texts.count(t) > 1})
        if twice:
            raise WrongAtError(
                f"subject '{self.id}' lists the alias {twice[0]!r} twice",
                "aliases",
                expected="each alias once",
                hint="take one out",
            )
        return self

    @model_validator(mode="after")
    def _categories_are_of_one_kind(self) -> Self:
        pairs = [(c, pattern) for c, patterns in self.categories.items() for pattern in patterns]
        names = [(c, pattern) for c, pattern in pairs if pattern in self.names]
        labels = [(c, pattern) for c, pattern in pairs if pattern not in self.names]
        if names and labels:
            near = nearest(labels[0][1], self.names)
            raise WrongAtError(
                f"category '{names[0][0]}' lists {names[0][1]!r}, an alias of the subject itself, and category "
                f"'{labels[0][0]}' lists {labels[0][1]!r}, which is none of its aliases ({near})",
                "categories",
                expected="only aliases of the subject in its categories, or only labels",
                hint="give the labels to a second subject that has the same aliases",
            )
        return self

    @property
    def names(self) -> frozenset[str]:
        """The aliases that are names, as the study writes them."""
        return frozenset(alias.text for alias in self.aliases if not alias.generic)

    @property
    def by_name(self) -> bool:
        """True where the categories are of the subject's own names: `old = ["Ilmarsk"]`, `new = ["Ilmar"]`.

        Their shares are of its mentions by any of its names, and no label is read.
        """
        return any(pattern in self.names for patterns in self.categories.values() for pattern in patterns)

    @property
    def title(self) -> str:
        """The name to show: `name`, or the id with its hyphens opened."""
        return self.name or self.id.replace("-", " ")
