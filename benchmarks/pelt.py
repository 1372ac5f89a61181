"""`python -m benchmarks.pelt STUDY.toml`: PELT beside our own changes, another method that ours may be held against.

Killick, R., Fearnhead, P. and Eckley, I. (2012). Optimal detection of changepoints with a linear computational cost.
Journal of the American Statistical Association 107(500), 1590–1598. As the package ruptures has it, over articles, with
least squares on each article's shares and a penalty of 3·variance·log n for each change (Yao's is 2: articles are not
independent, and it is no test). It has no p, no interval and no notion of a story.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from itertools import chain
from pathlib import Path

import numpy as np

from masthead.inference.changes.scan import FEWEST
from masthead.questions.changes.series import Key, cells_of

PENALTY = 3.0


def pelt(units: Path, series: set[Key]) -> dict[Key, tuple[dt.date, ...]]:
    """Run PELT over the series named: the days on which each changes, the first articles after."""
    import ruptures

    found = {}
    for cell in chain.from_iterable(cells_of(units)):
        if cell.key not in series:
            continue
        parts = cell.series.parts
        rates = parts[:, :1] / parts[:, 1:] if cell.signed else parts / parts.sum(axis=1, keepdims=True)
        penalty = PENALTY * rates.var(axis=0).sum() * np.log(len(rates))
        cuts = ruptures.Pelt(model="l2", min_size=FEWEST, jump=1).fit(rates).predict(pen=penalty)[:-1]
        found[cell.key] = tuple(dt.date.fromordinal(int(cell.series.day[cut])) for cut in cuts)
    return found


def main(study_file: Path) -> None:
    """Print the changes of a study's survey, each beside the days that PELT finds in its series."""
    from masthead.archive import Archive
    from masthead.measuring.units import units_path
    from masthead.study import load_study
    from masthead.surveying.run import judge

    study = load_study(study_file)
    archive = Archive.open(study_file.parent / study.archive)
    findings = judge(study, archive).of_wire(study.wire)
    ours: dict[Key, set[dt.date | str]] = {}
    for row in findings.changes.to_pylist():
        key = Key(*(row[name] for name in Key._fields))
        ours.setdefault(key, set()).add(row["date"] or f"{row['date_low']} to {row['date_high']}")
    theirs = pelt(units_path(archive, findings.about["figures_hash"]), set(ours))
    for key, days in sorted(theirs.items(), key=lambda one: tuple(map(str, one[0]))):
        print(" · ".join(part or "–" for part in key))
        print("  masthead:", ", ".join(sorted(map(str, ours[key]))))
        print("  pelt:    ", ", ".join(map(str, days)) or "no change")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pelt", description=main.__doc__)
    parser.add_argument("study", type=Path)
    sys.exit(main(parser.parse_args().study))
