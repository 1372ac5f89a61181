"""The kinship part of `make bench`: phrases read and lists learnt, beside counting every phrase with scikit-learn.

Ours tells whose words each phrase stands in, learns each party's list, without any one outlet and against shuffles, and
finds who uses it; the other side only counts what a notebook would begin with: how often which article has which one,
two or three words in a row. Mentions, quotations, stories and reuse were read before, on our side.
"""

from __future__ import annotations

import importlib.util
import shutil
import time
from pathlib import Path
from typing import Any

from benchmarks.timing import processor_seconds, run_step, sampled, say

ARTICLES = 2_000
"""Articles read by both sides, drawn by hash: the other side keeps every phrase there is, and that grows with them."""


def read_before(archive: str, study: str) -> dict[str, Any]:
    """Read all that kinship is made from, which a survey has read already for other figures."""
    from masthead.archive import Archive
    from masthead.links.reuse import read_reuse
    from masthead.links.stories import read_stories
    from masthead.reading import read
    from masthead.reading.attribution import read_quotes
    from masthead.study import load_study

    opened, loaded = Archive.open(Path(archive)), load_study(study)
    read(opened, loaded)
    read_quotes(opened, loaded)
    read_reuse(opened, outlets=loaded.outlet_of)
    read_stories(opened)
    return {}


def learn_phrases(archive: str, study: str) -> dict[str, Any]:
    """Read the phrases afresh, learn the parties' lists and find their uses, from what `read_before` left."""
    from masthead.archive import Archive
    from masthead.measuring import Job, instrument_of
    from masthead.measuring.tables import build
    from masthead.study import load_study

    opened = Archive.open(Path(archive))
    job, kinship, voice = Job(load_study(study), opened), instrument_of("kinship"), instrument_of("voice")
    for kept in ("readings", "links"):
        shutil.rmtree(opened.path / kept / "wording", ignore_errors=True)
    built = build(job)
    job.kept["voice"] = voice.read(job)
    start, before = time.perf_counter(), processor_seconds()
    job.kept["kinship"] = kinship.read(job)
    built.load(kinship, job)
    return {
        "seconds": time.perf_counter() - start,
        "cpu": processor_seconds() - before,
        "phrases": sum(party["phrases"] for party in built.known["kinship"]["parties"]),
        "uses": built.rows("SELECT count(*) FROM phrase_uses")[0][0],
    }


def count_phrases(archive: str) -> dict[str, Any]:
    """Count the phrases of the same articles with scikit-learn."""
    import duckdb
    from sklearn.feature_extraction.text import CountVectorizer

    query = f"SELECT coalesce(title, '') || chr(10) || coalesce(text, '') FROM '{archive}/articles/*.parquet'"
    texts = [row[0] for row in duckdb.sql(query).fetchall()]
    start, before = time.perf_counter(), processor_seconds()
    counts = CountVectorizer(ngram_range=(1, 3)).fit_transform(texts)
    return {
        "seconds": time.perf_counter() - start,
        "cpu": processor_seconds() - before,
        "phrases": counts.shape[1],
    }


def speed(archive: Path, study: Path, work: Path) -> dict[str, float]:
    """Learn the phrases of some articles, beside scikit-learn where it is installed."""
    say(f"\nKinship: {ARTICLES:,} articles, one process each")
    fresh = sampled(archive, work, "kinship", ARTICLES)
    run_step("read_before", archive=fresh, study=study)
    ours = run_step("learn_phrases", archive=fresh, study=study)
    say(
        f"  masthead                {ours.inner:8.1f} s   peak {ours.peak_mb:,.0f} MB   "
        f"{ours.told['phrases']:,} phrases of parties, {ours.told['uses']:,} uses"
    )
    if importlib.util.find_spec("sklearn") is None:
        say("  (scikit-learn is not installed: nothing to compare with)")
        return {}
    plain = run_step("count_phrases", archive=fresh)
    say(
        f"  CountVectorizer         {plain.inner:8.1f} s   peak {plain.peak_mb:,.0f} MB   "
        f"{plain.told['phrases']:,} phrases of one to three words"
    )
    return {
        "kinship: speed beside counting one to three words": plain.inner / ours.inner,
        "kinship: processor time beside counting one to three words (above 1: less)": plain.told["cpu"]
        / ours.told["cpu"],
        "kinship: peak memory beside counting one to three words (above 1: less)": plain.peak_mb
        / ours.peak_mb,
    }
