"""The forecasts part of `make bench`: reading what is foretold, beside spaCy's pipeline over every article."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.timing import processor_seconds, run_step, sampled, say

ARTICLES = 400
"""Articles read by both sides, drawn by hash."""


def foretell(archive: str, study: str) -> dict[str, Any]:
    """Read the forecasts of an archive for a study, in one process."""
    from masthead.archive import Archive
    from masthead.reading.forecasts import read_forecasts
    from masthead.study import load_study

    opened, loaded = Archive.open(Path(archive)), load_study(study)
    start, before = time.perf_counter(), processor_seconds()
    counts = read_forecasts(opened, loaded, processes=1).counts
    return {
        "seconds": time.perf_counter() - start,
        "cpu": processor_seconds() - before,
        "result": counts,
    }


def speed(archive: Path, study: Path, work: Path) -> dict[str, float]:
    """Read the forecasts of some articles, from no sentence parsed before; all in one process each."""
    say(f"\nForecasts: {ARTICLES:,} articles, one process each")
    fresh = sampled(archive, work, "forecasts", ARTICLES)
    theirs = run_step("whole_pipeline", archive=fresh, limit=ARTICLES, processes=1)
    ours = run_step("foretell", archive=fresh, study=study)
    counts = ours.told["result"]
    say(
        f"  masthead, cold          {ARTICLES / ours.inner:10.1f} articles/s   {counts['forecasts']:,} forecasts; "
        f"{counts['sentences_parsed']:,} sentences parsed"
    )
    say(f"  spaCy over everything   {ARTICLES / theirs.inner:10.1f} articles/s   without any forecast")
    return {
        "forecasts: speed beside spaCy over every article": theirs.inner / ours.inner,
        "forecasts: processor time beside spaCy over every article (above 1: less)": theirs.told["cpu"]
        / ours.told["cpu"],
    }
