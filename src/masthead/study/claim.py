"""A claim, as a study file writes it down: what it measures, of whom, against what, and by how much."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from masthead.errors import likely
from masthead.study.claim_checks import check
from masthead.study.claim_rules import ClaimRules, claimable, rules_of
from masthead.study.parts import Identifier, Part, Wire, WrongAtError

Expected = Literal[
    "more",
    "less",
    "changed",
    "unchanged",
    "favourable",
    "unfavourable",
    "silent",
    "explained-by",
    "never",
    "always",
]
ClaimVoice = Literal["own", "quoted", "all"]


OTHERS = "all other outlets"
"""The `versus` that sets an outlet, or a group, against everybody else."""


class Turn(Part):
    """The moment at which a claim cuts an outlet's articles in two: a day, or an event by its id."""

    side: Literal["before", "after"]
    at: dt.date | str


class Claim(Part):
    """A written claim about coverage, to be tested by a measure.

    `versus` may be the outlet itself: `before` an event is against from its first day on, `after` it against up to its
    last. With a `versus`, `explained-by` is of what sets the outlet apart from those others.
    """

    id: Identifier
    """The short name of the claim. Example: `"mourned"`"""
    text: str
    """The claim in words. Example: `"The east calls it a fall more than the west does."`"""
    measure: str
    """What it is about: a measure of the study, or `stance`. Example: `"naming"`"""
    subject: str | None = None
    """The subject; needed but for voice, echo and forecast, and where a factor explains.
    Example: `"calder-battle"`"""
    category: str | None = None
    """The label family, stance or kind of story; needed for naming and stance. Example: `"fall"`"""
    outlet: str | None = None
    """An outlet, or a group of outlets. Every claim needs one. Example: `"east"`"""
    versus: str | None = None
    """What it is set against: an outlet, a group, `all other outlets`, or the outlet itself `before` or `after`
    a day or an event. Example: `"before 2020-09-13"`"""
    expect: Expected
    """What the claim says of the figure. Example: `"more"`"""
    margin: float = Field(default=0.0, ge=0.0, allow_inf_nan=False)
    """The least difference that counts: 0.10 is ten points. For silence the ratio to what is expected (1 where
    left out). For `never` and `always` the share of articles that would still be so. Example: `0.10`"""
    start: dt.date | None = Field(default=None, alias="from")
    """The first day that the claim is about; the study's where left out. Example: `2020-01-01`"""
    end: dt.date | None = Field(default=None, alias="to")
    """The last day that the claim is about; the study's where left out. Example: `2020-09-13`"""
    factor: Identifier | None = None
    """With `explained-by`: the factor that explains whom the outlet portrays how. Example: `"close-to-x"`"""
    beyond: Identifier | None = None
    """With `explained-by`: another factor, which adds nothing to it. Needs a margin. Example: `"belief"`"""
    toward: Literal["high", "low"] | None = None
    """With `explained-by`: the end of the factor that the outlet favours; either where left out. Example: `"high"`"""
    voice: ClaimVoice | None = None
    """Whose words count. Where left out, the outlet's own if the measure tells voices apart, else all.
    Example: `"all"`"""
    wire: Wire = "with"
    """Whether wire copy counts. Example: `"without"`"""

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not text.strip():
            raise WrongAtError(
                "the claim has no text",
                expected="the sentence that is tested",
                hint="write what somebody said",
            )
        return text

    @field_validator("category")
    @classmethod
    def _kept_words(cls, category: str | None) -> str | None:
        word = category and category.strip().casefold()
        return word if word in ("other", "unknown", "unfavourable") else category

    @field_validator("measure")
    @classmethod
    def _is_measured(cls, measure: str) -> str:
        names = claimable()
        if measure not in names:
            raise WrongAtError(
                f"there is no measure '{measure}'",
                expected=f"one of {', '.join(names)}",
                hint=likely(measure, names) or "write one of these",
            )
        return measure

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        self.check()
        return self

    def check(self) -> None:
        """Raise WrongAtError where the claim, as far as its own words say, cannot be meant."""
        check(self)

    @property
    def rules(self) -> ClaimRules:
        """What a claim may ask of its measure."""
        return rules_of(self.measure)

    @property
    def turn(self) -> Turn | None:
        """The moment that `versus` cuts at; None where it names somebody else, or nobody."""
        match = re.fullmatch(r"(before|after)\s+(\S.*)", (self.versus or "").strip(), re.IGNORECASE)
        if not match:
            return None
        at: dt.date | str = match[2]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", match[2]):
            try:
                at = dt.date.fromisoformat(match[2])
            except ValueError:
                raise WrongAtError(
                    f"claim '{self.id}' names the day {match[2]}, and there is none",
                    "versus",
                    expected="a day, such as 'after 2016-12-22'",
                ) from None
        return Turn(side="before" if match[1].lower() == "before" else "after", at=at)

    @property
    def counts(self) -> bool:
        """Whether it is of every article (or story): `never` or `always`."""
        return self.expect in ("never", "always")

    @property
    def asked_voice(self) -> ClaimVoice:
        """The voice that is asked about."""
        return self.voice or ("own" if self.rules.tells_voices else "all")

    @property
    def bar(self) -> float:
        """The margin that counts: for silence, 1 where none is given."""
        return self.margin if self.margin or self.counts else self.rules.usual


class Sentence(Part):
    """A sentence that somebody wrote, and the claims that it makes: by their ids, or written below it."""

    text: str
    """The sentence. Example: `"The Ledger turned its coat when the wind turned."`"""
    claims: tuple[str, ...] = ()
    """The claims that it makes, by their ids. Example: `["turned-its-coat", "not-before"]`"""
    parts: tuple[Claim, ...] = Field(default=(), alias="claim")
    """Or the claims themselves, as tables `[[sentence.claim]]`."""

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not text.strip():
            raise WrongAtError(
                "the sentence is empty", expected="the words of the sentence", hint="write what somebody said"
            )
        return text

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if not self.claims and not self.parts:
            raise WrongAtError(
                "the sentence makes no claim",
                "claims",
                expected='the ids of its claims, such as `claims = ["c1", "c2"]`, or [[sentence.claim]] below it',
                hint="add them",
            )
        return self
