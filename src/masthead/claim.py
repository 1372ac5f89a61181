"""A claim, as a study file writes it down: what it measures, of whom, against what, and by how much."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, Self, get_args

from pydantic import Field, field_validator, model_validator

from masthead.errors import nearest
from masthead.study_parts import Asked, Identifier, Part, Wire, WrongAtError

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

MEASURED = (*get_args(Asked), "stance")
"""What a claim may be about."""

OTHERS = "all other outlets"
"""The `versus` that sets an outlet, or a group, against everybody else."""

VOICED = ("naming", "portrayal", "kinship", "forecast")
"""The measures that tell an outlet's own words from those that it quotes."""

_CATEGORIES: dict[str, Literal["needed", "none", "either"]] = {
    "naming": "needed",
    "stance": "needed",
    "attention": "none",
    "portrayal": "none",
    "echo": "none",
    "kinship": "none",
    "forecast": "none",
    "voice": "either",
    "silence": "either",
}
COUNTED = ("attention", "naming", "voice", "stance", "echo", "forecast", "silence")
"""The measures of which a claim may say `never` or `always`: a single article shows that it is not so."""

_UNCOUNTED = {
    "portrayal": "a model reads portrayals, and misreads about one sentence in five, so that no single one shows "
    "anything: expect 'unfavourable' or 'favourable', with a margin",
    "kinship": "a party's phrases are words that others use too, only less often, so that no single one shows "
    "anything: expect 'more' or 'less', with a `versus`",
}
"""Why of some measures nobody can say `never`, and what to say instead."""


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
            raise ValueError("a claim without a text claims nothing")
        return text

    @field_validator("category")
    @classmethod
    def _kept_words(cls, category: str | None) -> str | None:
        kept = category and category.strip().casefold()
        return kept if kept in ("other", "unknown", "unfavourable") else category

    @field_validator("measure")
    @classmethod
    def _is_measured(cls, measure: str) -> str:
        if measure not in MEASURED:
            raise ValueError(
                f"there is no measure '{measure}': {nearest(measure, MEASURED)} (there are: {', '.join(MEASURED)})"
            )
        return measure

    @model_validator(mode="after")
    def _can_be_asked(self) -> Self:
        self.check()
        return self

    def check(self) -> None:
        """Raise WrongAtError where the claim, as far as its own words say, cannot be meant."""
        if self.outlet is None:
            raise WrongAtError(f"claim '{self.id}' names no `outlet`: say whose coverage it is about")
        if self.start and self.end and self.end < self.start:
            raise WrongAtError(f"claim '{self.id}' ends ({self.end}) before it starts ({self.start})", "to")
        if self.expect == "explained-by":
            self._check_explained()
            return
        for key in ("factor", "beyond", "toward"):
            if getattr(self, key) is not None:
                raise WrongAtError(
                    f"claim '{self.id}': `{key}` is of what explains, expect 'explained-by' or leave it out"
                )
        self._check_what()
        if self.counts:
            self._check_counted()
            return
        self._check_against()
        self._check_margin()

    def _check_counted(self) -> None:
        if self.measure in _UNCOUNTED:
            raise WrongAtError(
                f"claim '{self.id}' expects '{self.expect}' of {self.measure}: {_UNCOUNTED[self.measure]}",
                "expect",
            )
        if self.versus is not None:
            raise WrongAtError(
                f"claim '{self.id}' expects '{self.expect}', which is set against nobody: leave `versus` out; its days "
                "are `from` and `to`",
                "versus",
            )
        if self.measure == "silence" and (self.start or self.end):
            raise WrongAtError(
                f"claim '{self.id}': silence is judged over all the study's time, leave `from` and `to` out",
                "from" if self.start else "to",
            )
        if self.margin >= 1:
            raise WrongAtError(
                f"claim '{self.id}' has a margin of {self.margin:g}: it is the share of articles that would still be "
                f"'{self.expect}', such as 0.05, which is five in a hundred",
                "margin",
            )

    def _check_explained(self) -> None:
        if self.measure != "portrayal":
            raise WrongAtError(
                f"claim '{self.id}': what explains is asked of portrayal, not of {self.measure}"
            )
        if self.factor is None:
            raise WrongAtError(f"claim '{self.id}' names no `factor`: what is it that explains?")
        if self.subject is not None or self.category is not None:
            raise WrongAtError(
                f"claim '{self.id}': a factor is of all subjects, leave `subject` and `category` out"
            )
        if self.beyond == self.factor:
            raise WrongAtError(
                f"claim '{self.id}' sets the factor '{self.factor}' beyond itself: name another"
            )
        if self.turn is not None or self.versus == self.outlet:
            raise WrongAtError(
                f"claim '{self.id}': an explanation is set against other outlets, or against nobody; its days are "
                "`from` and `to`"
            )
        if self.beyond is not None and self.margin == 0:
            raise WrongAtError(
                f"claim '{self.id}' says that '{self.beyond}' adds nothing, without a margin: no archive can show that "
                "it adds nothing at all, so say how little counts as nothing"
            )
        if self.margin >= 2:
            raise WrongAtError(
                f"claim '{self.id}' has a margin of {self.margin:g} that nothing can pass: portrayals lie between "
                "−1 and 1"
            )

    def _check_what(self) -> None:
        if self.subject is None and self.measure not in ("voice", "echo", "forecast"):
            raise WrongAtError(f"claim '{self.id}' names no `subject`: {self.measure} is of somebody")
        kind = _CATEGORIES[self.measure]
        undated = self.expect == "changed" and self.versus is None
        if kind == "needed" and self.category is None and not undated:
            raise WrongAtError(f"claim '{self.id}' names no `category`: {self.measure} is the share of one")
        if kind == "none" and self.category is not None:
            raise WrongAtError(
                f"claim '{self.id}': {self.measure} has no categories, leave `category` out", "category"
            )
        if self.measure == "voice" and (self.subject is None) == (self.category is None):
            raise WrongAtError(
                f"claim '{self.id}': a voice is a `subject`, or the `category` 'other' or 'unknown', and not both"
            )
        if self.measure == "silence" and self.category not in (None, "unfavourable"):
            raise WrongAtError(
                f"claim '{self.id}': silence is of all stories (no `category`) or of 'unfavourable' ones",
                "category",
            )
        if self.voice == "quoted" and self.measure == "kinship":
            raise WrongAtError(
                f"claim '{self.id}': kinship is of an outlet's own words, or of `all`", "voice"
            )
        if self.voice in ("own", "quoted") and self.measure not in VOICED:
            raise WrongAtError(
                f"claim '{self.id}': {self.measure} does not tell voices apart, leave `voice` out", "voice"
            )
        fits = {"favourable": "portrayal", "unfavourable": "portrayal", "silent": "silence"}
        if fits.get(self.expect, self.measure) != self.measure:
            raise WrongAtError(
                f"claim '{self.id}' expects '{self.expect}' of {self.measure}: that is asked of {fits[self.expect]}",
                "expect",
            )

    def _check_against(self) -> None:
        if self.measure == "silence":
            if self.expect not in ("silent", "more", "less"):
                raise WrongAtError(
                    f"claim '{self.id}': silence is 'silent', or 'more' or 'less' than expected", "expect"
                )
            if self.versus or self.start or self.end:
                raise WrongAtError(
                    f"claim '{self.id}': silence is set against the outlet's own habits over all the study's time, "
                    "leave `versus`, `from` and `to` out"
                )
            return
        if self.versus is None and self.expect in ("more", "less", "unchanged"):
            raise WrongAtError(
                f"claim '{self.id}' expects '{self.expect}' without a `versus`: than whom, or since when?",
                "expect",
            )
        if self.versus is not None and self.versus == self.outlet:
            raise WrongAtError(
                f"claim '{self.id}' sets '{self.outlet}' against itself: say before or after what", "versus"
            )
        if self.expect in ("changed", "unchanged") and self.versus is not None and self.turn is None:
            raise WrongAtError(
                f"claim '{self.id}' expects '{self.expect}' against '{self.versus}': an outlet changes against itself, "
                "`before` or `after` a day or an event",
                "versus",
            )

    def _check_margin(self) -> None:
        if self.expect == "unchanged" and self.margin == 0:
            raise WrongAtError(
                f"claim '{self.id}' expects 'unchanged' without a margin: no archive can show that nothing at all "
                "changed, so say how small a change counts as none",
                "margin",
            )
        if self.measure == "silence":
            if self.expect == "more" and 0 < self.margin < 1:
                raise WrongAtError(
                    f"claim '{self.id}': 'more' than expected is a ratio above 1, not {self.margin:g}",
                    "margin",
                )
            if self.expect != "more" and self.margin > 1:
                raise WrongAtError(
                    f"claim '{self.id}': a silence is a ratio of at most 1 to what is expected, not {self.margin:g}",
                    "margin",
                )
            return
        mean = self.measure == "portrayal"
        widest = 2.0 if mean and self.versus is not None else 1.0
        if self.margin >= widest:
            what = (
                "portrayals lie between −1 and 1"
                if mean
                else "shares lie between 0 and 1 (0.10 is ten points)"
            )
            raise WrongAtError(
                f"claim '{self.id}' has a margin of {self.margin:g} that nothing can pass: {what}",
                "margin",
            )

    @property
    def turn(self) -> Turn | None:
        """The moment that `versus` cuts at; None where it names somebody else, or nobody."""
        found = re.fullmatch(r"(before|after)\s+(\S.*)", (self.versus or "").strip(), re.IGNORECASE)
        if not found:
            return None
        at: dt.date | str = found[2]
        if re.fullmatch(r"\d{4}-\d\d-\d\d", found[2]):
            try:
                at = dt.date.fromisoformat(found[2])
            except ValueError:
                raise WrongAtError(f"claim '{self.id}': there is no day {found[2]}", "versus") from None
        return Turn(side="before" if found[1].lower() == "before" else "after", at=at)

    @property
    def counts(self) -> bool:
        """Whether it is of every article (or story): `never` or `always`."""
        return self.expect in ("never", "always")

    @property
    def heard(self) -> ClaimVoice:
        """The voice that is asked about."""
        return self.voice or ("own" if self.measure in VOICED else "all")

    @property
    def bar(self) -> float:
        """The margin that counts: for silence, 1 where none is given."""
        return 1.0 if self.measure == "silence" and not self.margin and not self.counts else self.margin


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
            raise ValueError("the sentence is empty: write down what was said")
        return text

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if not self.claims and not self.parts:
            raise WrongAtError(
                "the sentence makes no claim: list the ids of its claims in `claims`", "claims"
            )
        return self
