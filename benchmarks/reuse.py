"""The reuse part of `make bench`: beside hashing with datasketch.

Ours finds the pairs, compares them word by word, and tells quotations, standing text and wire copy; the other side
only hashes the articles (MinHash of five-word runs, 128 permutations) and asks its index for pairs that may be alike.
"""

from __future__ import annotations

import importlib.util
import re
import time
from pathlib import Path
from typing import Any

from benchmarks.timing import processor_seconds, read_afresh, run_step, say

ALIKE = 0.3
"""The similarity at which datasketch's index is asked to find pairs."""

_RUN = 5


def reused(archive: str) -> dict[str, Any]:
    """Read an archive's reuse, afresh."""
    from masthead.links.reuse import read_reuse

    return read_afresh(archive, "reuse", read_reuse)


def hashed(archive: str) -> dict[str, Any]:
    """Hash the same articles with datasketch and ask for candidates."""
    import duckdb
    from datasketch import MinHash, MinHashLSH

    texts = [row[0] for row in duckdb.sql(f"SELECT text FROM '{archive}/articles/*.parquet'").fetchall()]
    word = re.compile(r"\w+")
    start = time.perf_counter()
    index = MinHashLSH(threshold=ALIKE, num_perm=128)
    pairs = 0
    for number, text in enumerate(texts):
        words = word.findall(text.lower())
        runs = {" ".join(words[i : i + _RUN]).encode() for i in range(len(words) - _RUN + 1)}
        one = MinHash(num_perm=128)
        one.update_batch(list(runs))
        pairs += len(index.query(one))
        index.insert(number, one)
    return {"seconds": time.perf_counter() - start, "result": pairs, "cpu": processor_seconds()}


def speed(archive: Path) -> dict[str, float]:
    """Read the reuse of the articles, beside datasketch where it is installed."""
    ours = run_step("reused", archive=archive)
    told = ours.told["result"]
    say(f"\nReuse: {told['articles']:,} articles, {told['links']:,} pairs with passages")
    say(f"  masthead                {ours.inner:8.1f} s   peak {ours.peak_mb:,.0f} MB")
    if importlib.util.find_spec("datasketch") is None:
        say("  (datasketch is not installed: nothing to compare with)")
        return {}
    plain = run_step("hashed", archive=archive)
    say(
        f"  datasketch, hashing     {plain.inner:8.1f} s   peak {plain.peak_mb:,.0f} MB   "
        f"{plain.told['result']:,} candidates"
    )
    return {
        "reuse: speed beside hashing alone with datasketch": plain.inner / ours.inner,
        "reuse: processor time beside hashing alone with datasketch (above 1: less)": plain.told["cpu"]
        / ours.told["cpu"],
    }
