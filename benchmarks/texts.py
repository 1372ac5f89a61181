"""Adding texts as they come, beside pandas and ftfy, with the share of repair; and a scan for a hundred names."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.timing import processor_seconds, run_step, say

NAMES = 100
"""Names looked for at once."""

SCANNED = 4_000
"""Articles scanned for them."""

REPEATS = 3

_NAME = re.compile(r"\b[A-Z][a-z]{2,} [A-Z][a-z]{2,}\b")


def add_repairing(source: str, archive: str, mapping: dict[str, str]) -> dict[str, Any]:
    """Add a file to a new archive; says its processor time, and how much of that looks for damage and repairs it."""
    import pandas  # noqa: F401  (pyarrow imports it on first use, where it is there: before the clock starts)

    from masthead.archive import Archive
    from masthead.archive.repair.columns import Repairs

    spent = 0.0

    class Timed(Repairs):
        def read(self, *arguments: Any) -> Any:
            nonlocal spent
            before = processor_seconds()
            told = super().read(*arguments)
            spent += processor_seconds() - before
            return told

    from masthead.archive.adding import ingest

    ingest.Repairs = Timed  # type: ignore[attr-defined,misc]
    before, start = processor_seconds(), time.perf_counter()
    report = Archive.create(Path(archive), frame="curated").add(Path(source), mapping=mapping)
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "cpu": processor_seconds() - before,
        "repair": spent,
        "result": report.kept,
        "repaired": report.repaired,
    }


def pandas_ftfy(source: str, target: str, columns: list[str]) -> dict[str, Any]:
    """Read the same file with pandas, mend its titles and texts with ftfy, and write it."""
    import ftfy
    import pandas as pd
    import pyarrow.parquet  # noqa: F401  (imported before the clock starts, on both sides)

    before, start = processor_seconds(), time.perf_counter()
    frame = pd.read_parquet(source)
    for column in columns:
        frame[column] = [ftfy.fix_text(text) if isinstance(text, str) else text for text in frame[column]]
    frame.to_parquet(target)
    return {
        "seconds": time.perf_counter() - start,
        "cpu": processor_seconds() - before,
        "result": len(frame),
    }


def _names_and_texts(archive: str, limit: int) -> tuple[list[str], list[str]]:
    """Return the names of two words that stand most often in some articles, and these articles.

    No name ends with a word with which another begins: they would overlap, and an expression finds only one of these.
    """
    import duckdb

    texts = [
        text
        for (text,) in duckdb.sql(
            f"SELECT coalesce(title, '') || chr(10) || coalesce(text, '') FROM '{archive}/articles/*.parquet' "
            f"ORDER BY md5(article_id) LIMIT {limit}"
        ).fetchall()
    ]
    counted = Counter(name for text in texts for name in _NAME.findall(text))
    names: list[str] = []
    firsts: set[str] = set()
    lasts: set[str] = set()
    for name in sorted(counted, key=lambda name: (-counted[name], name)):
        first, last = name.split(" ")
        if first not in lasts and last not in firsts and first != last and len(names) < NAMES:
            names.append(name)
            firsts.add(first)
            lasts.add(last)
    return names, texts


def scan_hundred(archive: str, limit: int) -> dict[str, Any]:
    """Find a hundred names in articles with our scanner."""
    from masthead.matching.scan import Pattern, Scanner

    names, texts = _names_and_texts(archive, limit)
    start = processor_seconds()
    scanner = Scanner([Pattern(name, False) for name in names])
    found = sum(sum(1 for _ in scanner.scan(text)) for text in texts)
    return {"cpu": processor_seconds() - start, "result": found, "characters": sum(map(len, texts))}


def scan_hundred_regex(archive: str, limit: int) -> dict[str, Any]:
    """Find the same names with one compiled alternation."""
    names, texts = _names_and_texts(archive, limit)
    start = processor_seconds()
    # As our scanner does: a blank may be any, and a name may stand in full capitals.
    ways = sorted({way for name in names for way in (name, name.upper())}, key=len, reverse=True)
    words = "|".join(re.escape(way).replace(r"\ ", r"\s+") for way in ways)
    regex = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    found = sum(sum(1 for _ in regex.finditer(text)) for text in texts)
    return {"cpu": processor_seconds() - start, "result": found, "characters": sum(map(len, texts))}


def adding(source: Path, mapping: dict[str, str], work: Path) -> dict[str, float]:
    """Add the file with repair, beside pandas and ftfy, by processor time; the best of some runs each."""
    say("\nAdding the file and mending its texts, in processor time")
    ours, theirs = [], []
    for turn in range(REPEATS):
        archive = work / f"mended-{turn}.archive"
        ours.append(run_step("add_repairing", source=source, archive=archive, mapping=mapping).told)
        columns = [mapping.get(name, name) for name in ("title", "text")]
        theirs.append(
            run_step("pandas_ftfy", source=source, target=work / "mended.parquet", columns=columns).told
        )
    add, mend = (min(runs, key=lambda told: told["cpu"]) for runs in (ours, theirs))
    rows = int(add["result"])
    say(f"  masthead add            {rows / add['cpu']:12,.0f} rows/s   repaired: {add['repaired']}")
    say(f"  pandas and ftfy         {rows / mend['cpu']:12,.0f} rows/s")
    return {
        "add: processor time beside pandas and ftfy (below 1: less)": add["cpu"] / mend["cpu"],
        "add: share of its processor time that looks for damage and repairs it": add["repair"] / add["cpu"],
    }


def scanning(archive: Path) -> dict[str, float]:
    """Scan for a hundred names, beside one compiled alternation."""
    say(f"\nScan: {SCANNED:,} articles, {NAMES} names at once")
    speeds = []
    for step in ("scan_hundred", "scan_hundred_regex"):
        runs = [run_step(step, archive=archive, limit=SCANNED).told for _ in range(REPEATS)]
        told = min(runs, key=lambda run: run["cpu"])
        speeds.append(told["characters"] / 1e6 / told["cpu"])
        say(f"  {step:24}{speeds[-1]:10.1f} MB/s   {told['result']:,} matches")
    return {"scan: speed for a hundred names beside a regular expression": speeds[0] / speeds[1]}
