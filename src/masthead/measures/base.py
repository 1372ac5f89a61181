"""What a measure is: a declaration. It names two sums over articles; `masthead.inference` computes."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar

import narwhals.stable.v2 as nw

from masthead.study import OTHER as OTHER

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
    namings:    article_id, subject, mention, alias, quoted, category: one row per mention that is labelled
                and category that its labels belong to; `other` where they belong to none
    portrayals: article_id, subject, mention, alias, quoted, favourable and unfavourable (the model's two
                probabilities), score (the first less the second; null where the model did not read the mention),
                weight (how many articles the article stands for: 1, but in a sample)
    categories: subject, category: every category that is reported
    attributed: article_id, speaker (a subject, `other` for anybody else who is named or described, `unknown`
                where the text does not say), stance, words: one row per attribution; None where they were not
                read
    expected:   story, outlet, subject, category (null or `unfavourable`), period_start, covered, expected (the
                probability that the outlet would have run the story); None where stories were not read
    echoed:     article_id, words, echoed (those that stood in an earlier article of another outlet): the dated
                articles; None where reuse was not read

    wording:    article_id, subject (a party), quoted, uses (of its distinctive phrases; 0 where another party's stand
                in the article): None where phrases were not learnt
    foretold:   article_id, subject, quoted, came_true: one row per forecast of known outcome; None where they were not
                read

    In `portrayals`, a mention that a clause puts in somebody's mouth (`… , said X`) is quoted too.
    """

    articles: nw.LazyFrame[Any]
    subjects: nw.LazyFrame[Any]
    mentions: nw.LazyFrame[Any]
    namings: nw.LazyFrame[Any]
    portrayals: nw.LazyFrame[Any]
    categories: nw.LazyFrame[Any]
    attributed: nw.LazyFrame[Any] | None = None
    expected: nw.LazyFrame[Any] | None = None
    echoed: nw.LazyFrame[Any] | None = None
    wording: nw.LazyFrame[Any] | None = None
    foretold: nw.LazyFrame[Any] | None = None


class Measure(ABC):
    """A ratio of two sums over units, declared.

    Subclasses set the class variables, which the command line, the methods pages and the dossier print, and
    say in `units` what one unit adds to the numerator and the denominator. They compute nothing else: every
    estimate, interval, comparison and series comes from `masthead.inference`.
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
    def declaration(cls) -> dict[str, object]:
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
