"""What a survey's search for changes would not see: the smallest step that its series could show, by measure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from masthead.inference.changes import Series, sight
from masthead.inference.changes.permuting import blocks_of, least_p
from masthead.measuring import MEASURES


class Looked(NamedTuple):
    """A series that was tested, its block in days, and whether it changed."""

    measure: str
    outlet: str
    subject: str | None
    voice: str
    wire: str
    series: Series
    block: int
    changed: bool


def sights(looked: Sequence[Looked], fdr: float) -> list[dict[str, Any]]:
    """Return, by measure, how far its series can see, with all that is quoted and all copy that is wire's.

    `series` were tested, `too_short` of them have too few blocks of time for any change to be found, however large.
    `middle` and `fullest` are the smallest step that the series with the middle and the largest number of articles
    would more likely show than not, as differences of the figure; null where they would show none. Steps are planted
    in series without a change of their own; where there are none, both are left out.
    """
    of_measure: dict[str, list[Looked]] = defaultdict(list)
    for one in looked:
        if one.wire == "with":
            of_measure[one.measure].append(one)
    rows = []
    for measure, members in sorted(of_measure.items()):
        voices = Counter(one.voice for one in members)
        voice = "all" if "all" in voices else min(voices, key=lambda name: (-voices[name], name))
        members = [one for one in members if one.voice == voice]
        short = [is_too_short(one.series, one.block, fdr) for one in members]
        row: dict[str, Any] = {
            "measure": measure,
            "voice": voice,
            "series": len(members),
            "too_short": sum(short),
        }
        # In order of articles, then of days: names decide nothing.
        steady = sorted(
            (one for one in members if not one.changed),
            key=lambda one: (len(one.series), one.series.day.tolist(), one.series.parts.tolist()),
        )
        bar = fdr / max(1, len(members) - sum(short))
        span = 2.0 if MEASURES[measure].signed() else 1.0
        if steady:
            for name, one in (("middle", steady[len(steady) // 2]), ("fullest", steady[-1])):
                smallest = sight(one.series, one.block, bar).smallest
                row[name] = None if smallest is None else smallest * span
                row[f"{name}_articles"] = len(one.series)
        rows.append(row)
    return rows


def is_too_short(series: Series, block: int, fdr: float) -> bool:
    """Whether a series lies in so few blocks of time that no change in it could be found, however large."""
    return least_p(blocks_of(series, block)) > fdr


def unseen(rows: Sequence[dict[str, Any]]) -> str:
    """Say in a sentence which changes would go unseen in the series that were searched; empty where none was."""
    said = []
    rows = [row for row in rows if row["series"] > row["too_short"]]
    told = [_told(row) for row in rows if "middle" in row]
    if told:
        said.append(
            "A change of less than this would more likely than not go unseen in the middle series: "
            + "; ".join(told)
        )
    elif rows:
        said.append("Every series that was searched changed: no step was planted to see what would go unseen")
    return ". ".join(said)


def _told(row: dict[str, Any]) -> str:
    middle, fullest = (_size(row, name) for name in ("middle", "fullest"))
    told = f"{row['measure']} {middle} ({row['middle_articles']:,} articles"
    if row["fullest_articles"] != row["middle_articles"]:
        told += f"; in the fullest, of {row['fullest_articles']:,}, {fullest}"
    return told + ")"


def _size(row: dict[str, Any], name: str) -> str:
    size = row[name]
    if size is None:
        return "any, however large"
    return f"{size:.2g}" if MEASURES[row["measure"]].signed() else f"{size:.0%}".replace("%", " points")
