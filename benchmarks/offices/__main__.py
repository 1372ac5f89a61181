"""`python -m benchmarks.offices`: are changes of office found in the titles that articles give, and when?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.gold.rates import Rate
from benchmarks.offices.gold_file import read_changes
from benchmarks.offices.scores import (
    ENOUGH,
    NEAR,
    ChangesEvaluation,
    Found,
    Median,
    Steady,
    evaluate_changes,
)
from masthead.archive import Archive
from masthead.cli.terminal.output import counted, emit, emit_json, progress
from masthead.errors import MastheadError

_ABOUT = """Score dated changes of office, beside people who kept theirs. Says how many changes are found, how
many days off, how often the date's interval holds the true day, and how many steady people are said to have
changed; each with a 95% interval."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a gold file on an archive, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offices", description=_ABOUT)
    parser.add_argument("file", type=Path, metavar="GOLD.toml", help="changes and steady people")
    parser.add_argument("--archive", type=Path, required=True, help="the archive to look in")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    try:
        gold = read_changes(chosen.file)
        with progress() as report:
            found = evaluate_changes(gold, Archive.open(chosen.archive), progress=report)
    except MastheadError as error:
        print(error, file=sys.stderr)
        return 2
    if chosen.json:
        emit_json({"file": str(chosen.file), "archive": str(chosen.archive), **found.as_dict()})
        return 0
    for line in _lines(found):
        emit(line)
    return 0


def _lines(found: ChangesEvaluation) -> list[str]:
    """Lay out an evaluation as text: the figures, and a row per change and person."""
    tested = sum(person.tested > 0 for person in found.steady)
    moved = sum(person.mix_dated is not None for person in found.steady)
    return [
        f"{counted(len(found.changes), 'change')}, {len(found.enough)} with {ENOUGH} or more namings on either side; "
        f"{len(found.steady)} steady; {counted(found.mentions, 'mention')} read, "
        f"{counted(found.undated, 'article')} undated and left out",
        "",
        f"found                      {_rate(found.found)}",
        f"found within {NEAR} days       {_rate(found.near)}",
        f"median error, days         {_median(found.error)}",
        f"interval holds the date    {_rate(found.held)}",
        f"found, however few namings {_rate(found.found_of_all)}",
        f"false alarms               {_rate(found.alarms)}"
        f"   ({tested} were given titles of both sides of a change; the mix of all titles moved for {moved})",
        "",
        f"{'':24} {'date':10}  {'namings':>11}  {'found':10}  {'days':>5}  {'interval, days':15}  after, share",
        *(
            _change(change)
            for change in sorted(found.changes, key=lambda c: (not c.enough, c.subject, c.date))
        ),
        "",
        *(_person(person) for person in found.steady),
    ]


def _rate(one: Rate) -> str:
    if one.rate is None or one.low is None or one.high is None:
        return "–"
    return f"{one.count} of {one.of}: {one.rate:.0%} [{one.low:.0%}, {one.high:.0%}]"


def _median(one: Median) -> str:
    return "–" if one.median is None else f"{one.median:g} [{one.low:g}, {one.high:g}]"


def _change(one: Found) -> str:
    namings = f"{one.namings_before:,}/{one.namings_after:,}"
    start = f"{one.subject[:24]:24} {one.date}  {namings:>11}  "
    if one.dated is None or one.low is None or one.high is None:
        return f"{start}{'no' if one.enough else 'too few':10}"
    span = f"[{(one.low - one.date).days:+d}, {(one.high - one.date).days:+d}]"
    missed = "" if one.held else "  does not hold it"
    return (
        f"{start}{one.dated}  {one.error_days:+5d}  {span:15}  {one.share_before:.2f} to {one.share_after:.2f}"
        f"  {one.before} → {one.after}{'' if one.enough else '  (few)'}{missed}"
    )


def _person(one: Steady) -> str:
    told = f"{one.subject[:24]:24} {counted(one.titles, 'title')}"
    if one.alarm:
        told += f"; false alarm: {one.change}, {one.dated}"
    if one.mix_dated:
        told += f"; the mix of titles moved, {one.mix_dated}"
    return told


if __name__ == "__main__":
    sys.exit(main())
