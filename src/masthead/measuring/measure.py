"""What a measure is: a declaration. It names two sums over articles; `masthead.inference` computes."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import narwhals.stable.v2 as nw

from masthead.errors import UsageError
from masthead.findings.about import Declaration
from masthead.measuring.words import PLAIN, Words
from masthead.study import OTHER as OTHER
from masthead.study.claim_rules import ClaimRules

VOICES = ("all", "own", "quoted")
"""Every word of an article; only the outlet's own words; only those of others, whom it quotes."""

CELL = ("outlet", "subject", "category", "voice")
"""The columns that tell one figure from another, before time is cut into periods."""


@dataclass(frozen=True)
class Tables:
    """What measures are made of; every frame is lazy and belongs to one engine.

    articles:   article_id, outlet, period_start (null where undated), marks (False where the outlet's texts
                hold no quotation marks, so that own and quoted voice cannot be told apart), unseen (True where the
                text is missing, of an outlet most of whose articles have one)
    subjects:   subject
    mentions:   article_id, subject, mention (unique within the article), alias, quoted

    `more` holds the frames that instruments bring, by the names under which they declare them (`Instrument.frames`):
    `tables["namings"]`.
    """

    articles: nw.LazyFrame[Any]
    subjects: nw.LazyFrame[Any]
    mentions: nw.LazyFrame[Any]
    more: Mapping[str, nw.LazyFrame[Any]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> nw.LazyFrame[Any]:
        """Return a frame that an instrument brought. Raises UsageError where none did."""
        if name not in self.more:
            raise UsageError(
                f"tables without '{name}'",
                "the tables of a survey that has loaded the instrument which makes it",
                "load that instrument first",
            )
        return self.more[name]

    def __contains__(self, name: str) -> bool:
        return name in self.more


class Measure(ABC):
    """A ratio of two sums over units, declared.

    Subclasses set the class variables, which the command line, the methods pages and the dossier print, and
    say in `units` what one unit adds to the numerator and the denominator. They compute nothing else: every
    estimate, interval, comparison and series comes from `masthead.inference`. `range` is where figures can lie: from 0
    for shares, from −1 for means on both sides of 0. What each method gives and raises stands with it.

    >>> class Questions(Measure):
    ...     name, question, unit = "questions", "How many headlines ask a question?", "article"
    ...     numerator, denominator = "1 if the headline ends with a question mark", "1"
    ...     blind_spots, source, example = ("Questions to which the answer is no.",), "none", "questions gazette 0.1"
    ...     def units(self, tables, voice):
    ...         asks = nw.col("title").str.ends_with("?").cast(nw.Float64)
    ...         return tables["headlines"].with_columns(x=asks, y=nw.lit(1.0), w=nw.lit(1.0))
    >>> Questions.signed(), Questions.declaration()["range"]
    (False, [0.0, 1.0])
    """

    name: ClassVar[str]
    question: ClassVar[str]
    unit: ClassVar[str]
    numerator: ClassVar[str]
    denominator: ClassVar[str]
    range: ClassVar[tuple[float, float]] = (0.0, 1.0)
    blind_spots: ClassVar[tuple[str, ...]]
    source: ClassVar[str]
    example: ClassVar[str]
    reads_labels: ClassVar[bool] = False
    """True where the figure rests on labels, which are read in English only."""
    reads_sentences: ClassVar[bool] = False
    """True where the figure rests on a model's readings of sentences: it reads its own languages only."""
    voices: ClassVar[tuple[str, ...]] = ("all",)
    comes_with: ClassVar[str | None] = None
    """The measure that a study asks for to have this one too; None where it is asked for by its own name."""
    is_part: ClassVar[bool] = False
    """True where it shows apart what the measure it comes with adds up: outlets are compared by that one, and changes
    are looked for in it."""
    needs_whole_frame: ClassVar[bool] = False
    """True where the figure describes the selector of the articles too, unless everything was collected."""

    names_suffice: ClassVar[bool] = False
    """True where the figures of a subject whose names are told apart rest on those, which are read in any language."""
    by_the_word: ClassVar[bool] = False
    """True where a mention counts by the word alone, in an article whose grammar is not read."""
    leaves_out_textless: ClassVar[bool] = False
    """True where articles without text are left out, of an outlet most of whose articles have one (`unseen`)."""
    claims: ClassVar[ClaimRules] = ClaimRules()
    """What a claim may ask of it, and in which words it is answered."""
    sides: ClassVar[tuple[str, str] | None] = None
    """What figures below 0 and above it are called, where an outlet's record turns when they change sides."""
    compares_categories: ClassVar[bool] = False
    """True where outlets are compared in each category, which then share a family of comparisons; its record turns
    where another is used most."""
    absence: ClassVar[str] = "holds anything that this measure counts"
    """What no article of an outlet does where there is no figure: `none of its 12 articles …`."""
    note_with_wire: ClassVar[str | None] = None
    """What is said of figures with wire copy where an outlet has some."""
    words: ClassVar[Words] = PLAIN
    """How its figures are put into words; what is left empty is made of the declaration."""

    @classmethod
    def signed(cls) -> bool:
        """Whether figures lie on both sides of 0; they are means then, and otherwise shares."""
        return cls.range[0] < 0

    @abstractmethod
    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """Return one row per unit and cell, or several, which are added up exactly.

        Columns: outlet, subject, category, voice, period_start, cluster, x (numerator), y (denominator), w
        (weight).
        """

    @classmethod
    def declaration(cls) -> Declaration:
        """Return what this measure says of itself, as plain data."""
        return {
            "name": cls.name,
            "question": cls.question,
            "unit": cls.unit,
            "numerator": cls.numerator,
            "denominator": cls.denominator,
            "range": [bound if math.isfinite(bound) else None for bound in cls.range],
            "blind_spots": list(cls.blind_spots),
            "source": cls.source,
            "example": cls.example,
            "voices": list(cls.voices),
            "reads_labels": cls.reads_labels,
            "reads_sentences": cls.reads_sentences,
            "needs_whole_frame": cls.needs_whole_frame,
        }


def in_voice(frame: nw.LazyFrame[Any], voice: str) -> nw.LazyFrame[Any]:
    """Keep the rows that stand in this voice. A row whose voice is unknown is in `all` alone."""
    if voice == "all":
        return frame
    return frame.filter(nw.col("quoted") == nw.lit(voice == "quoted"))


def as_units(
    frame: nw.LazyFrame[Any],
    voice: str,
    *,
    x: nw.Expr,
    y: nw.Expr,
    w: nw.Expr | None = None,
    subject: nw.Expr | None = None,
    category: nw.Expr | None = None,
    cluster: str = "article_id",
) -> nw.LazyFrame[Any]:
    """Return the columns of units of a frame that has outlet, subject, period_start and `cluster`.

    An `x` that is missing is 0. Without `w` each unit weighs 1; without `category` the measure has none.
    """
    none = nw.lit(None, nw.String)
    return frame.select(
        "outlet",
        (nw.col("subject") if subject is None else subject).alias("subject"),
        (none if category is None else category).alias("category"),
        nw.lit(voice).alias("voice"),
        "period_start",
        nw.col(cluster).alias("cluster"),
        x.fill_null(0).cast(nw.Float64).alias("x"),
        y.cast(nw.Float64).alias("y"),
        (nw.lit(1.0) if w is None else w).cast(nw.Float64).alias("w"),
    )
