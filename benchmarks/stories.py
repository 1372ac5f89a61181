"""The stories part of `make bench`: beside all pairs of TF-IDF vectors.

Ours groups articles into stories; the other side only finds the pairs of articles whose cosine is high, which is
where a plain clustering would begin.
"""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path
from typing import Any

from benchmarks.timing import processor_seconds, read_afresh, run_step, say

ALIKE = 0.3
"""The cosine from which on the plain side keeps a pair."""

_LOT = 500


def group(archive: str) -> dict[str, Any]:
    """Group an archive's articles into stories, afresh."""
    from masthead.links.stories import read_stories

    return read_afresh(archive, "stories", read_stories)


def all_pairs(archive: str) -> dict[str, Any]:
    """Vectorise the same articles with scikit-learn's TF-IDF and find all pairs that are alike."""
    import duckdb
    from sklearn.feature_extraction.text import TfidfVectorizer

    query = f"SELECT coalesce(title, '') || chr(10) || coalesce(text, '') FROM '{archive}/articles/*.parquet'"
    texts = [row[0] for row in duckdb.sql(query).fetchall()]
    start = time.perf_counter()
    rows = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)
    columns = rows.T.tocsr()
    pairs = 0
    for at in range(0, len(texts), _LOT):
        pairs += int(((rows[at : at + _LOT] @ columns).data >= ALIKE).sum())
    return {
        "seconds": time.perf_counter() - start,
        "result": (pairs - len(texts)) // 2,
        "cpu": processor_seconds(),
    }


def speed(archive: Path) -> dict[str, float]:
    """Group the articles, beside scikit-learn where it is installed."""
    ours = run_step("group", archive=archive)
    told = ours.told["result"]
    say(f"\nStories: {told['articles']:,} articles, {told['stories']:,} stories")
    say(f"  masthead                {ours.inner:8.1f} s   peak {ours.peak_mb:,.0f} MB")
    if importlib.util.find_spec("sklearn") is None:
        say("  (scikit-learn is not installed: nothing to compare with)")
        return {}
    plain = run_step("all_pairs", archive=archive)
    say(
        f"  TF-IDF, all pairs       {plain.inner:8.1f} s   peak {plain.peak_mb:,.0f} MB   "
        f"{plain.told['result']:,} pairs alike"
    )
    return {
        "stories: speed beside all pairs of TF-IDF vectors": plain.inner / ours.inner,
        "stories: processor time beside all pairs of TF-IDF vectors (above 1: less)": plain.told["cpu"]
        / ours.told["cpu"],
    }
