"""What a claim may ask of a measure, and in which words it is answered: data that each measure declares beside itself.

An instrument of this repository keeps it in a module of its own, `masthead.instruments.<name>.claim_rules`, which loads
nothing else: a study with claims is checked in no time. One that a package brings says it on its measures
(`Measure.claims`), or says nothing and has what fits most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple

from masthead.plugins import OURS, load_brought, package_entries

MENTIONS = "attention"
"""The measure whose units are all articles, and tell which of them mention a subject: claims count articles by it."""


class Doing(NamedTuple):
    """What articles do: the verb of one and of many, and the rest, with `{category}` and `{whom}` for the claim's own.

    `whom` is `it`, or the category where the claim has no subject.
    """

    one: str
    many: str
    rest: str

    def phrase(self, n: int, *, category: str | None, of_subject: bool) -> str:
        """Say what `n` articles do."""
        name = f"'{category}'"
        rest = self.rest.format(category=name, whom="it" if of_subject else name)
        return f"{self.one if n == 1 else self.many} {rest}".strip()


_SO, _OTHERWISE = Doing("does", "do", "so"), Doing("does", "do", "otherwise")


@dataclass(frozen=True)
class ClaimWords:
    """The words in which a verdict speaks of a measure; where one is empty, words that fit any measure are used.

    figures:   what its figures are called, many: `shares lie between 0 and 1`
    units:     what its figures are made of, many: `about 40 articles that quote anybody instead of 12`
    more:      what the side with the larger figure does: `the Mail quotes it more`
    no_figure: what a side did that has no figure, with `{subject}`: `names {subject} with no label`
    remark:    what the reader of every verdict has to know
    counted:   what `never` and `always` count, one and many; by `never`, `always`, `names` (where a claim is of its
               subject's names) or `subject` (where it has one), and for all else by an empty text
    never:     what an article does that speaks against `never`
    always:    what an article does that speaks against `always`
    only:      what an article does that is `always` so, where that is more than not to speak against `never`
    """

    figures: str = ""
    units: str = ""
    more: str = "has the larger figure"
    no_figure: str = ""
    remark: str = ""
    count_nouns: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    never: Doing = _SO
    always: Doing = _OTHERWISE
    only: Doing | None = None


@dataclass(frozen=True)
class Habits:
    """The words of a measure that sets an outlet against its own habits: its figures are ratios to what is expected.

    units:    what is counted, about the claim's subject: `stories about it`; by category where it has one
    plural:   the same in one word
    did:      what an outlet did of what is expected: `it covered at most 0.40 of what its habits make expected`
    expected: the rest of that sentence
    too_much: what is said where an outlet did less than is expected, but not by the margin
    none:     what is said without a figure, with `{what}` and `{who}`
    none_left: the same of one way to count
    wanted:   what an archive would have to hold for a figure
    frame:    what is said where the archive does not hold all that was published
    pooled:   the way to put a group together in which large outlets count for more
    """

    units: str
    category_units: Mapping[str, str]
    plural: str
    did: str
    ending: str
    too_much: str
    none: str
    none_left: str
    needs: str
    frame: str
    pooling: str


@dataclass(frozen=True)
class ClaimRules:
    """What a claim may ask of a measure. `range`, `voices` and `comes_with` are the measure's own.

    subject:    whether a claim needs one; `or category`: one of the two, and not both
    category:   whether a claim needs one
    categories: all that there are, where no study and no archive decides it
    named_categories: the same where they take longer to load; looked at once the archive is known
    category_is: what a category is called; `category_hint` says what to write, `wrong_category` what is wrong with
                another than `categories`, with `{given}`, and what may stand there
    labels:     True where categories are labels that the study lists for its subject, or the archive holds
    expects:    what only this measure can be expected to be, such as `favourable`
    uncounted:  why nobody can say `never` or `always` of it, and what to say instead; None where one can
    every_use:  True where an article is `always` so only if every use in it is, and not one use
    never_of_mentions: True where `never` is of all articles that mention the subject, not only of those with a figure
    outcomes:   what a passage's `label_kind` is that speaks against `never`, and against `always`
    aside:      the names of units that are in no figure (`Instrument.units_aside`) and that claims count all the same
    all_subjects: True where other subjects than the claim's own take part in its figure
    of_model:   True where a figure hangs on the model that reads portrayals
    habits:     the words of a measure that is set against the outlet's own habits; None for any other
    """

    range: tuple[float, float] = (0.0, 1.0)
    voices: tuple[str, ...] = ("all",)
    comes_with: str | None = None
    subject: Literal["needed", "either", "or category"] = "either"
    category: Literal["needed", "none", "either"] = "none"
    categories: tuple[str, ...] = ()
    named_categories: Callable[[], Sequence[str]] | None = None
    category_is: str = "category"
    category_hint: str = "one of its categories"
    wrong_category: tuple[str, str] = ("names '{given}', which is no category of it", "one of its categories")
    labels: bool = False
    expects: tuple[str, ...] = ()
    why_uncounted: tuple[str, str] | None = None
    every_use: bool = False
    never_of_mentions: bool = False
    outcomes: tuple[str, str] | None = None
    aside: tuple[str, ...] = ()
    all_subjects: bool = False
    of_model: bool = False
    habits: Habits | None = None
    words: ClaimWords = ClaimWords()

    @property
    def tells_voices(self) -> bool:
        """Whether it tells an outlet's own words from those that it quotes."""
        return len(self.voices) > 1

    @property
    def is_signed(self) -> bool:
        """Whether figures lie on both sides of 0: they are means then."""
        return self.range[0] < 0

    @property
    def span(self) -> float:
        """How far two figures can lie apart; infinite where nothing bounds them."""
        return self.range[1] - self.range[0]

    @property
    def usual(self) -> float:
        """The figure that says nothing: no difference, or as much as habits make expected."""
        return 1.0 if self.habits else 0.0

    @property
    def lie(self) -> str:
        """Say between what figures lie."""
        low, high = (f"{bound:g}".replace("-", "−") for bound in self.range)
        return f"{self.words.figures or ('its figures' if self.is_signed else 'shares')} lie between {low} and {high}"


def claimable() -> tuple[str, ...]:
    """Return what a claim may be about: our instruments, the measures that come with them, and what packages bring."""
    return (*OURS, *(name for name in _ours() if name not in OURS), *package_entries())


def companions(measures: Sequence[str]) -> list[str]:
    """Return the measures of this repository that come with others and that a claim may be about."""
    return [name for name, rules in _ours().items() if rules.comes_with in measures]


def measures_with_voices() -> list[str]:
    """Return the measures of this repository that tell an outlet's own words from those that it quotes."""
    return [name for name, rules in _ours().items() if rules.tells_voices]


def expecting(expectation: str) -> list[str]:
    """Return the measures of this repository of which alone something can be expected; none where it fits all."""
    return [name for name, rules in _ours().items() if expectation in rules.expects]


@cache
def _ours() -> Mapping[str, ClaimRules]:
    rules: dict[str, ClaimRules] = {}
    for name in OURS:
        rules |= import_module(f"masthead.instruments.{name}.claim_rules").CLAIM_RULES
    return rules


@cache
def rules_of(measure: str) -> ClaimRules:
    """Return what a claim may ask of a measure. A package that brings it is loaded; no other is.

    Where what it brings is no instrument, `masthead.measuring.registry` says so once it is asked for.
    """
    if measure in _ours():
        return _ours()[measure]
    entry: Any = load_brought(measure)
    instrument = entry() if isinstance(entry, type) else entry
    measures = getattr(instrument, "measures", ())
    return next((whole(one, instrument) for one in measures if one.name == measure), ClaimRules())


def whole(measure: Any, instrument: Any) -> ClaimRules:
    """Return the rules that a measure declares, and what its own declaration and its instrument's know beside these."""
    rules: ClaimRules = measure.claims
    category, why_uncounted, words = rules.category, rules.why_uncounted, rules.words
    if category == "none" and (rules.labels or instrument.categories.get(measure.name)):
        category = "either"
    if why_uncounted is None and measure.range[0] < 0:
        why_uncounted = ("its figures are means, so that no single article shows anything", _INSTEAD)
    elif why_uncounted is None and not instrument.passages_settle:
        why_uncounted = ("one passage alone settles nothing of it", _INSTEAD)
    unit, units = measure.unit, _many(measure.unit)
    counts = f"{unit} that this measure counts", f"{units} that this measure counts"
    words = replace(words, units=words.units or counts[1], count_nouns={"": counts, **words.count_nouns})
    return replace(
        rules,
        range=measure.range,
        voices=measure.voices,
        comes_with=measure.comes_with,
        category=category,
        why_uncounted=why_uncounted,
        words=words,
    )


_INSTEAD = "'more' or 'less' with a `versus`"


def _many(one: str) -> str:
    return f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
