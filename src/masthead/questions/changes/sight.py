"""What a survey's search for changes would not see: the smallest step that its series could show, by measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from masthead.inference.changes import Series, sight
from masthead.inference.changes.permuting import blocks_of, least_p
from masthead.measuring import MEASURES
from masthead.questions.changes.about import Sight


class Looked(NamedTuple):
    """A series that was tested, its block in days, and whether it changed."""

    measure: str
    outlet: str
    subject: str | None
    voice: str
    wire: str
    series: Series
    block: int
    has_changed: bool


def sights(tests: Sequence[Looked], fdr: float) -> list[Sight]:
    """Return, by measure, how far its series can see, with all that is quoted and all copy that is wire's.

    Steps are planted in series without a change of their own.
    """
    of_measure: dict[str, list[Looked]] = defaultdict(list)
    for one in tests:
        if one.wire == "with":
            of_measure[one.measure].append(one)
    rows: list[Sight] = []
    for measure, members in sorted(of_measure.items()):
        voices = Counter(one.voice for one in members)
        voice = "all" if "all" in voices else min(voices, key=lambda name: (-voices[name], name))
        members = [one for one in members if one.voice == voice]
        short = [is_too_short(one.series, one.block, fdr) for one in members]
        row: Sight = {
            "measure": measure,
            "voice": voice,
            "series": len(members),
            "too_short": sum(short),
        }
        # In order of articles, then of days: names decide nothing.
        steady = sorted(
            (one for one in members if not one.has_changed),
            key=lambda one: (len(one.series), one.series.day.tolist(), one.series.parts.tolist()),
        )
        bar = fdr / max(1, len(members) - sum(short))
        span = 2.0 if MEASURES[measure].signed() else 1.0
        if steady:
            middle, fullest = (
                (sight(one.series, one.block, bar).smallest, len(one.series))
                for one in (steady[len(steady) // 2], steady[-1])
            )
            row |= {
                "middle": None if middle[0] is None else middle[0] * span,
                "middle_articles": middle[1],
                "fullest": None if fullest[0] is None else fullest[0] * span,
                "fullest_articles": fullest[1],
            }
        rows.append(row)
    return rows


def is_too_short(series: Series, block: int, fdr: float) -> bool:
    """Whether a series lies in so few blocks of time that no change in it could be found, however large."""
    return least_p(blocks_of(series, block)) > fdr


def unseen_changes(rows: Sequence[Sight]) -> str:
    """Say in a sentence which changes would go unseen in the series that were searched; empty where none was."""
    sentences = []
    rows = [row for row in rows if row["series"] > row["too_short"]]
    by_measure = [_sentence(row) for row in rows if "middle" in row]
    if by_measure:
        sentences.append(
            "Small changes go unseen. The search misses a change more often than not where it is smaller than this: "
            + "; ".join(by_measure)
        )
    elif rows:
        sentences.append(
            "Every series that was searched changed: no step was planted to see what would go unseen"
        )
    return ". ".join(sentences)


def _sentence(row: Sight) -> str:
    middle, fullest = (_size(row["measure"], size) for size in (row["middle"], row["fullest"]))
    sentence = (
        f"{row['measure']}, {middle} in a series of middling size ({row['middle_articles']:,} articles)"
    )
    if row["fullest_articles"] != row["middle_articles"]:
        sentence += f" and {fullest} in the fullest ({row['fullest_articles']:,} articles)"
    return sentence


def _size(measure: str, size: float | None) -> str:
    if size is None:
        return "any, however large"
    return f"{size:.2g}" if MEASURES[measure].signed() else f"{size:.0%}".replace("%", " points")
