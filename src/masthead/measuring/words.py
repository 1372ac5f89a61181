"""What pages and terminal say of a measure: data. A measure without words of its own speaks through its declaration.

A sentence has slots in braces, `{more}` or `{subject}`, which whoever shows it fills.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any, Literal, NamedTuple

from masthead.errors import UsageError
from masthead.findings.about import Declaration

_FIGURES = frozenset(
    (
        *("more", "more_figure", "more_interval", "less", "less_figure", "less_interval"),
        *("subject", "category", "class", "of_category", "in_own_words", "better"),
    )
)
_ABOUT = frozenset(("subject", "category", "class", "of_category"))

SLOTS: Mapping[str, frozenset[str]] = {
    "heading": frozenset(("subject",)),
    "scale_note": frozenset(("elsewhere",)),
    "contrast": _FIGURES,
    "change": frozenset(("subject",)),
    "short": _ABOUT,
    "evidence": _ABOUT,
    "passage_note": frozenset(("subject",)),
    "sums": frozenset(("numerator", "denominator")),
    "opens": frozenset(("do_outlets", "subjects")),
    "asks": frozenset(("do", "they", "them")),
}
"""The slots of each field that is a sentence with slots.

subject, category: their titles, `category` empty where the measure has none. class: a category of the measure's own
making, as it stands. of_category: ` “…”` around the category, or nothing. more, less: two outlets, of which the first
has the larger figure. do_outlets: `do 9 outlets` or `does one outlet`; do, they, them: the same as verb and pronoun,
`them` of the subjects.
"""


class Marks(NamedTuple):
    """What is marked in a passage, where that is no mention of a subject with its label: `label` may be empty."""

    where: str
    """Said before, where a page shows other passages too: `where it speaks, `."""
    mention: str
    label: str


@dataclass(frozen=True)
class Words:
    """How figures of a measure are put into words. Fields left empty are made of its declaration (`complete`)."""

    title: str = ""
    """What the measure is called in running text."""
    plural: str = ""
    """What its denominator counts: articles, namings, words."""
    singular: str = ""
    """One of these."""

    heading: str = ""
    """Over the figures of one subject."""
    figure: str = ""
    """What one figure is, without a full stop."""
    figure_note: str = ""
    """Said after that, of a table with a column per category."""
    scale_note: str = ""
    """Said of the axis that figures stand on, where it is not one that ends at a round figure."""
    sums: str = "{numerator} of {denominator}"
    """What a figure is made of."""

    contrast: str = ""
    """Two outlets that differ."""
    better: tuple[str, str, str] = ("higher", "higher", "higher")
    """The slot `better`: where the larger figure lies surely above 0, where surely below, else."""
    short: str = ""
    """A figure in a list."""
    change: str = ""
    """What an outlet changed, of one subject: it follows `The Mail changed`."""
    change_of_all: str = ""
    """The same of all that it publishes, whatever the subject."""
    note: str = ""
    """Said where findings begin."""
    opens: str = ""
    """The question that opens a dossier, as far as its subjects. Only a measure that leads has it."""
    asks: str = ""
    """What the dossier asks besides, in that question; nothing where the measure stays out of it."""
    asks_at: int = 9
    """Its place there."""

    units: str = ""
    """What one unit is called where units are counted under a figure."""
    units_note: str = ""
    """Said after how many units and outlets there are."""
    left_out_note: str = ""
    """Said of units that were left out."""

    evidence: str = ""
    """Over the passages behind one figure."""
    evidence_of_others: str = ""
    """Over those of the category `other`."""
    marks: Marks | None = None
    """What is marked in its passages."""
    passage_note: str = ""
    """Said of each passage."""
    label: str = "label"
    """What the words are called that a passage was counted for."""
    own: str = "in the outlet’s own words"
    """How a passage in the outlet's own voice is told."""
    quoted: str = "in quotation marks"
    """How one in quoted voice is told."""
    unknown: str = ""
    """How one is told whose voice nobody knows; of a measure that knows no voices, nothing is."""
    voices_heading: str = "In their own words, or quoting somebody?"
    """Over the figures in both voices."""
    voices_note: str = "The figure outside quotation marks (own voice), and inside them (quoted voice)."
    """What these figures are."""

    leads: Literal["all", "own"] = "all"
    """The voice of the figure that comes first: `own` where an outlet does not answer for what it quotes."""
    compared: bool = True
    """False where bare figures say little by themselves: no two outlets are set side by side by them."""
    over_time: bool = True
    """False where no figure is made of a stretch of time."""
    counts_passages: bool = True
    """False where the numerator does not say how many passages there are, as a sum of words does not."""
    study_categories: bool = False
    """True where categories are those that the study names for its subjects: each is an anchor of its own."""
    page: str = ""
    """The page that shows what stands behind its figures, where that is no evidence page."""
    page_title: str = ""
    """What that page shows."""
    page_of_others: str = ""
    """The page that shows its figures of nobody in particular; nothing where there is none."""

    def __post_init__(self) -> None:
        for name, slots in SLOTS.items():
            unknown = {slot for _, slot, _, _ in Formatter().parse(getattr(self, name)) if slot} - slots
            if unknown:
                raise UsageError(
                    f"the words of a measure have the slot '{sorted(unknown)[0]}' in `{name}`",
                    f"one of {', '.join(sorted(slots))}",
                    "write a brace that is no slot twice",
                )

    def told_voice(self, voice: str) -> str:
        """Return how a passage in this voice is told."""
        return {"own": self.own, "quoted": self.quoted}.get(voice, self.unknown)

    def side(self, low: float | None, high: float | None) -> str:
        """Return the slot `better` for the interval of the larger figure."""
        above, below, between = self.better
        return above if low is not None and low > 0 else below if high is not None and high < 0 else between


UNKNOWN_VOICE = "own or quoted: unknown"
"""How a passage is told whose voice nobody knows."""

PLAIN = Words()
"""The words of a measure that has none."""

_IF = re.compile(r"1 if (?P<what>.+)", re.DOTALL)
_COUNTED = re.compile(r"(?P<many>[a-z][a-z-]*[a-rt-z]s)(?= (?:of|in|on|to|that|with|whose|by)\b|$)")


def complete(words: Words, declaration: Declaration) -> Words:
    """Return these words with every field that is empty made of what the measure declares (`Measure.declaration`).

    Of a declaration that lacks something the field says what is left, in general words.
    """
    name = str(declaration.get("name") or "")
    unit = str(declaration.get("unit") or "article")
    numerator, denominator = (str(declaration.get(part) or "") for part in ("numerator", "denominator"))
    title = words.title or name.replace("-", " ")
    plural = words.plural or _unit_of(denominator, unit)
    safe_title = _with_braces(title)
    defaults = {
        "title": title,
        "plural": plural,
        "singular": words.singular or one_of(plural),
        "heading": _with_braces(str(declaration.get("question") or _capital(title))),
        "figure": _figure(numerator, denominator, plural),
        "contrast": f"{{subject}}, {safe_title}{{of_category}}: {{more}} {{more_figure}} ({{more_interval}}), "
        "{less} {less_figure} ({less_interval}).",
        "short": f"{{subject}}, {safe_title}{{of_category}}",
        "change": f"its figure of {safe_title} on {{subject}}",
        "change_of_all": f"its figure of {safe_title}",
        "units": unit,
        "unknown": "" if list(declaration.get("voices") or ()) == ["all"] else UNKNOWN_VOICE,
        "evidence": f"{_capital(safe_title)}{{of_category}}",
        "scale_note": "1 stands in the middle: half as far to its left as twice to its right."
        if (declaration.get("range") or (0, 1))[1] is None
        else "",
    }
    missing: dict[str, Any] = {field: text for field, text in defaults.items() if not getattr(words, field)}
    return replace(words, **missing)


def many_of(one: str) -> str:
    """Return the plural of a noun that a measure counts by: article, story, person-day."""
    return f"{one[:-1]}ies" if re.search(r"[^aeiou]y$", one) else f"{one}s"


def one_of(many: str) -> str:
    """Return the singular of such a plural."""
    return f"{many.removesuffix('ies')}y" if many.endswith("ies") else many.removesuffix("s")


def _unit_of(denominator: str, unit: str) -> str:
    """Return what a denominator counts: its units where it is 1, its first noun where that is a plural."""
    if denominator == "1":
        return many_of(unit)
    match = _COUNTED.match(denominator)
    return match["many"] if match else "units"


def _figure(numerator: str, denominator: str, plural: str) -> str:
    """Return what a figure is, made of its two sums."""
    condition = _IF.fullmatch(numerator)
    if condition and denominator == "1":
        return f"Share of each outlet’s {plural}: those where {condition['what']}"
    return f"{_capital(numerator)}, divided by {denominator}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _with_braces(text: str) -> str:
    """Return a text that is no sentence with slots as one."""
    return text.replace("{", "{{").replace("}", "}}")
