"""How well silences are found on presses with planted boycotts among innocent reasons to miss a story."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Unpack

import numpy as np
import pyarrow as pa

from masthead.archive.overview.gaps import find_gaps
from masthead.inference.silence.cells import GAPS, OTHERS, RUNS, STORIES, Cells, make_cells
from masthead.inference.silence.silences import Silences, find_silences
from masthead.instruments.silence.silences import silence_cells
from masthead.links.stories import read_stories
from masthead.measuring.counting import counted
from masthead.press import Press
from masthead.validation.presses.grading import Size, archive_of, key_of, made_presses
from masthead.validation.promises.promise import above

PLANTS = {
    "boycotts": frozenset(("boycott", "habit", "holes")),
    "habits": frozenset(("habit", "holes")),
    "null": frozenset[str](),
}
"""Boycotts among innocent habits and holes; the habits and holes alone; outlets that are all alike."""

FEWEST = 6
"""Planted boycotts of which fewer stories than this could be expected are not asked to be found."""

SIZES = (6, 8, 12, 20)
"""Boycotts are also told by size: from each of these numbers of expected stories up to the next."""

MOST_FALSE, LEAST_FOUND = 0.05, 0.80
"""The promise: of the pairs called silent, and of presses without a boycott, the part that may be false; of the
boycotts, the part that is found."""

Pair = tuple[str, str]


@dataclass
class SilenceGrade:
    """Counts over presses of one kind (`PLANTS`).

    silent_pairs, false: pairs of outlet and subject called silent, and those of them that nobody planted. alarms:
    presses with a false one. boycotts, boycotts_seen: those of at least `FEWEST` stories, by size. conspicuous, chance:
    conspicuous silences, and how many chance alone was said to put there. calibration: by tenths, the number of
    cells, the sum of their predicted probabilities, and how many were covered. `read` where stories were read.
    """

    kind: str
    read: bool
    presses: int = 0
    stories: int = 0
    tests: int = 0
    silent_pairs: int = 0
    false: int = 0
    alarms: int = 0
    boycotts: Counter[int] = field(default_factory=Counter)
    boycotts_seen: Counter[int] = field(default_factory=Counter)
    conspicuous: int = 0
    chance: float = 0.0
    calibration: dict[float, list[float]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its shares."""
        boycotts, hits = self.boycotts.total(), self.boycotts_seen.total()
        return {
            "kind": self.kind,
            "read": self.read,
            "presses": self.presses,
            "stories": self.stories,
            "tested": self.tests,
            "called": self.silent_pairs,
            "false": self.false,
            "false_share": self.false / self.silent_pairs if self.silent_pairs else None,
            "alarmed": self.alarms,
            "planted": boycotts,
            "found": hits,
            "found_share": hits / boycotts if boycotts else None,
            "by_size": {
                str(size): [self.boycotts_seen[size], self.boycotts[size]] for size in sorted(self.boycotts)
            },
            "listed": self.conspicuous,
            "chance": self.chance,
            "calibration": [
                {"from": low, "n": int(n), "predicted": chances / n, "covered": articles / n}
                for low, (n, chances, articles) in sorted(self.calibration.items())
            ],
            "broken": self.broken_promises(),
        }

    def broken_promises(self) -> list[str]:
        """Which promises were not kept, by more than the drawing of so few presses explains."""
        n = self.boycotts.total()
        if self.kind != "boycotts":
            faults = {"alarmed": above(self.alarms, self.presses, MOST_FALSE)}
        else:
            faults = {
                "false": above(self.false, self.silent_pairs, MOST_FALSE),
                "found": above(n - self.boycotts_seen.total(), n, 1 - LEAST_FOUND),
            }
        return [name for name, is_broken in faults.items() if is_broken]


def grade_silence(
    kind: str, setting: str = "medium", *, read: bool = False, **size: Unpack[Size]
) -> SilenceGrade:
    """Make presses of a kind of `PLANTS`, find silences in them, and compare with what was planted.

    With `read`, the stories are those that Masthead reads in the articles, instead of the press's own, and a
    story is about the subjects that its articles name up front; what speaks against a subject cannot be seen
    then, so only boycotts of everything about a subject are asked to be found. Mentions are the press's own.
    """
    total = SilenceGrade(kind, read)
    stage = f"{kind}, stories {'read' if read else 'known'}:"
    for press in made_presses(setting, plant=PLANTS[kind], stage=stage, **size):
        cells = known_cells(press)
        _add(total, press, cells, find_silences(read_cells(press) if read else cells))
    return total


def _add(total: SilenceGrade, press: Press, cells: Cells, silences: Silences) -> None:
    boycotts = _boycotts(press)
    stories_of = _stories_of(press, cells)
    silent = {
        (row["outlet"], row["subject"]) for row in silences.pairs.to_pylist() if row["call"] == "silent"
    }
    false = silent - set(boycotts)
    total.presses += 1
    total.stories += silences.counts["stories"]
    total.tests += sum(p is not None for p in silences.pairs["p"].to_pylist())
    total.silent_pairs += len(silent)
    total.false += len(false)
    total.alarms += bool(false)
    for pair, whatever in boycotts.items():
        stories = stories_of.get(pair, 0.0)
        if stories >= FEWEST and (whatever or not total.read):
            size = max(size for size in SIZES if size <= stories)
            total.boycotts[size] += 1
            total.boycotts_seen[size] += pair in silent
    total.conspicuous += silences.n_listed
    total.chance += silences.chance
    for row in silences.calibration.to_pylist():
        sums = total.calibration.setdefault(row["low"], [0.0, 0.0, 0.0])
        for place, value in enumerate((1, row["predicted"], row["covered"])):
            sums[place] += row["n"] * value


def _boycotts(press: Press) -> dict[Pair, bool]:
    """The pairs that were planted, and whether everything about the subject is left out."""
    return {
        (press.outlets[silence.outlet], press.subjects[silence.role]): silence.whatever
        for silence in press.plan.silences
    }


def _stories_of(press: Press, cells: Cells) -> dict[Pair, float]:
    """How many stories of each boycott the outlet could be expected to run, by the rates that the press drew from.

    Over the stories that are eligible for it, and of which the archive cannot have lost its article.
    """
    columns = (cells.table[name].to_pylist() for name in ("story", "outlet", "known", "others"))
    eligible = {
        (story, outlet)
        for story, outlet, there, others in zip(*columns, strict=True)
        if there and others >= OTHERS
    }
    stories: dict[Pair, float] = {}
    for story in (runs.story for runs in press.runs()):
        for silence in press.plan.silences:
            outlet = press.outlets[silence.outlet]
            if silence.concerns(story.roles, story.day, story.adverse) and (story.id, outlet) in eligible:
                pair = (outlet, press.subjects[silence.role])
                stories[pair] = stories.get(pair, 0.0) + press.rate(story, silence.outlet)
    return stories


# Cells --------------------------------------------------------------------------------------------------


def known_cells(press: Press) -> Cells:
    """The cells of a press by its own stories; they are about whoever acts and whom it happens to."""
    runs: list[tuple[str, str, dt.date]] = []
    stories: list[tuple[str, str, None, list[str], list[str]]] = []
    for coverage in press.runs():
        story = coverage.story
        about = [press.subjects[story.roles[slot]] for slot in "AB" if slot in story.roles]
        section = "sport" if story.kind == "sport" else "news"
        stories.append((story.id, section, None, about, about[:1] if story.adverse else []))
        runs += [(story.id, press.outlets[outlet], when.date()) for outlet, when, _ in coverage.runs]
    return make_cells(_table(runs, RUNS), _table(stories, STORIES), _gaps(runs))


def _table(rows: list[Any], schema: pa.Schema) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def _gaps(runs: list[tuple[str, str, dt.date]]) -> pa.Table:
    days: dict[str, list[dt.date]] = {}
    for _, outlet, day in runs:
        days.setdefault(outlet, []).append(day)
    return _table([(o, a, b) for o in sorted(days) for a, b in find_gaps(days[o])], GAPS)


def read_cells(press: Press) -> Cells:
    """The cells of a press by the stories that are read in its articles, with the press's own mentions."""
    with archive_of(press) as (_, archive):
        stories = read_stories(counted(archive)).table()
        parts = [
            part.read(["article_id", "outlet", "published", "section", "extra"]) for part in archive.parts()
        ]
    articles = pa.concat_tables(parts)
    keys = [key_of(extra) for extra in articles["extra"].to_pylist()]
    ids = dict(zip(keys, articles["article_id"].to_pylist(), strict=True))
    mentions = press.truth().mentions.select(["key", "subject", "field", "start"])
    days = articles["published"].cast(pa.date32())
    runs = list(zip(keys, articles["outlet"].to_pylist(), days.to_pylist(), strict=True))
    return silence_cells(
        stories.select(["article_id", "story"]),
        articles.select(["article_id", "outlet", "section"])
        .append_column("day", days)
        .append_column("place", pa.nulls(len(articles), pa.string())),
        mentions.append_column("article_id", pa.array([ids[key] for key in mentions["key"].to_pylist()]))
        .drop_columns("key")
        .append_column("score", pa.array(np.full(len(mentions), np.nan), pa.float64(), from_pandas=True)),
        _gaps(runs),
    )
