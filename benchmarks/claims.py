"""The claims part of `make bench`: twenty claims judged on an archive that was surveyed, beside surveying it.

There is no other program to set it beside: a person would survey again, and compare by hand.
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.timing import Took, run_step, say

OUTLETS, SUBJECTS = 5, 5
"""Each of the largest outlets but the last is set against the next one, about each of the first subjects."""


def judged(archive: str, study: str) -> dict[str, Any]:
    """Judge a study's claims by what the survey left."""
    from masthead.archive import Archive
    from masthead.study import load_study
    from masthead.surveying.judging import judge_claims

    start = time.perf_counter()
    findings = judge_claims(load_study(study), Archive.open(Path(archive)))
    return {"seconds": time.perf_counter() - start, "result": findings.verdicts["verdict"].to_pylist()}


def claims(archive: Path, study: Path) -> str:
    """Twenty claims about the largest outlets of an archive and the first subjects of a study, as TOML."""
    import duckdb

    from masthead.study import identifier, load_study

    counted = duckdb.sql(
        f"SELECT outlet, count(*) AS n FROM '{archive}/articles/*.parquet' GROUP BY 1 ORDER BY outlet"
    ).fetchall()
    taken: set[str] = set()
    sizes = {identifier(outlet, taken): n for outlet, n in counted}
    largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:OUTLETS]
    parts = [
        f'[[claim]]\nid = "{subject.id}-{number}"\ntext = "More of it is about {subject.id}."\nmeasure = "attention"\n'
        f'subject = "{subject.id}"\noutlet = "{one}"\nversus = "{other}"\nexpect = "more"\nmargin = 0.02\n'
        for number, (one, other) in enumerate(pairwise(largest))
        for subject in load_study(study).subjects[:SUBJECTS]
    ]
    return "\n" + "\n".join(parts)


def speed(archive: Path, study: Path, work: Path, cold: Took) -> dict[str, float]:
    """Judge twenty claims by what the survey `cold` left; from the start of Python, as a person waits for it."""
    asked = work / "claims.toml"
    asked.write_text(study.read_text(encoding="utf-8") + claims(archive, study), encoding="utf-8")
    took = min((run_step("judged", archive=archive, study=asked) for _ in range(3)), key=lambda t: t.seconds)
    verdicts = took.told["result"]
    counts = ", ".join(f"{verdicts.count(name)} {name}" for name in sorted(set(verdicts)))
    say(
        f"  {len(verdicts)} claims {took.seconds:6.2f} s, {took.inner:.2f} s without starting Python   {counts}"
    )
    return {
        "claims: twenty claims as a share of a cold survey, in per cent": 100 * took.seconds / cold.seconds
    }
