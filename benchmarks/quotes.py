"""The quotes part of `make bench`: reading attributions, beside spaCy's pipeline over every article."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from benchmarks.timing import run_step, sampled, say

ARTICLES = 400
"""Articles read by both sides, drawn by hash."""


def speed(archive: Path, study: Path, work: Path) -> dict[str, float]:
    """Read the attributions of some articles cold, then again, and with naming before; all in one process each."""
    say(f"\nQuotes: {ARTICLES:,} articles, one process each")
    fresh = sampled(archive, work, "quotes", ARTICLES)
    theirs = run_step("whole_pipeline", archive=fresh, limit=ARTICLES, processes=1)
    ours = run_step("attribute", archive=fresh, study=study)
    again = run_step("attribute", archive=fresh, study=study)
    counts = ours.told["result"]
    say(
        f"  masthead, cold          {ARTICLES / ours.inner:10.1f} articles/s   {counts['quotes']:,} attributions; "
        f"{counts['sentences_newly_parsed']:,} sentences parsed"
    )
    say(f"  spaCy over everything   {ARTICLES / theirs.inner:10.1f} articles/s   without any attribution")
    say(f"  masthead, again         {ARTICLES / again.inner:10.1f} articles/s")
    return {
        "quotes: speed beside spaCy over every article": theirs.inner / ours.inner,
        "quotes: reading again as a share of reading, in per cent": 100 * again.inner / ours.inner,
    }


def attribute(archive: str, study: str) -> dict[str, Any]:
    """Read the attributions of an archive for a study, in one process."""
    from masthead.archive import Archive
    from masthead.reading.attribution import read_quotes
    from masthead.study import load_study

    opened, loaded = Archive.open(Path(archive)), load_study(study)
    start = time.perf_counter()
    counts = read_quotes(opened, loaded, processes=1).counts
    return {"seconds": time.perf_counter() - start, "result": counts}
