"""`make bench`: speed and memory as ratios, each beside what a person would otherwise run, in one run.

Every step runs in a process of its own; times leave out starting Python. The AllSides articles are used where
they are there (`../shared/corpora`), a made-up press of the same size where they are not, and the output says
which. A ratio above 1 is in our favour unless its line says otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import alignment as explaining
from benchmarks import changes as dating
from benchmarks import claims
from benchmarks import forecasts as reading_forecasts
from benchmarks import kinship as learning_phrases
from benchmarks import portrayal as reading_portrayal
from benchmarks import quotes as reading_quotes
from benchmarks import reuse as reading_reuse
from benchmarks import stories as reading_stories
from benchmarks import texts as reading_texts
from benchmarks.steps import ALLSIDES
from benchmarks.timing import Took, run_step, sampled, say

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpora" / "allsides-2012-2018.parquet"
STUDY = ROOT / "studies" / "us-politics.toml"

SCANNED = 4000
"""Articles scanned for aliases: enough for a steady figure."""

PARSED = 400
"""Articles parsed whole by spaCy's pipeline, the slow side of the naming ratio."""

REPEATS = 3

GROWN = ("shoal-front", "teveth")
"""The subjects of the growing presses: few, so that a hundred thousand articles are read in minutes."""


@dataclass(frozen=True)
class Field:
    """What the benchmark runs on: a file of articles, how to read it, and a study of it."""

    name: str
    source: Path
    mapping: dict[str, str]
    study: Path


def best(step: Callable[[], Took], repeats: int = REPEATS) -> Took:
    """The fastest of several runs: what the machine can do when nothing disturbs it."""
    return min((step() for _ in range(repeats)), key=lambda took: took.inner)


def prepare(work: Path) -> Field:
    """Choose the articles to run on."""
    if CORPUS.is_file():
        return Field("AllSides, 28,742 articles", CORPUS, ALLSIDES, STUDY)
    source, study = work / "press.parquet", work / "press.toml"
    run_step("press", target=source, study=study, articles=28_742, seed=1)
    return Field("a made-up press of 28,742 articles (the AllSides file is not here)", source, {}, study)


def adding(field: Field, work: Path) -> dict[str, float]:
    """Add the file, beside reading and writing it with pandas."""
    say("\nAdding the file")
    pairs = []
    for turn in range(REPEATS):
        archive = work / f"add-{turn}.archive"
        ours = run_step("add", source=field.source, archive=archive, mapping=field.mapping)
        theirs = run_step("pandas_copy", source=field.source, target=work / "copy.parquet")
        pairs.append((ours, theirs))
        if turn:
            shutil.rmtree(archive)
    (work / "add-0.archive").rename(work / "field.archive")
    ours, theirs = min((o for o, _ in pairs), key=_inner), min((t for _, t in pairs), key=_inner)
    rows = int(ours.told["result"])
    say(f"  masthead add            {rows / ours.inner:12,.0f} rows/s   peak {ours.peak_mb:,.0f} MB")
    say(f"  pandas, read and write  {rows / theirs.inner:12,.0f} rows/s   peak {theirs.peak_mb:,.0f} MB")
    return _told({"add: time beside pandas (below 1: faster)": ours.inner / theirs.inner})


def _inner(took: Took) -> float:
    return took.inner


def mentions(field: Field, work: Path) -> dict[str, float]:
    """Scan for aliases, beside one regular expression and spaCy's PhraseMatcher."""
    say(f"\nMentions: {SCANNED:,} articles, all aliases of ten subjects")
    arguments = {"archive": work / "field.archive", "study": field.study, "limit": SCANNED}
    took = {name: best(lambda name=name: run_step(name, **arguments)) for name in ("scan", "scan_regex")}
    took["scan_phrase_matcher"] = run_step("scan_phrase_matcher", **arguments)
    speeds = {name: t.told["characters"] / 1e6 / t.inner for name, t in took.items()}
    for name, speed in speeds.items():
        say(f"  {name:24}{speed:10.1f} MB/s   {took[name].told['result']:,} matches before any rule")
    return _told(
        {
            "mentions: speed beside a regular expression": speeds["scan"] / speeds["scan_regex"],
            "mentions: speed beside PhraseMatcher": speeds["scan"] / speeds["scan_phrase_matcher"],
        }
    )


def naming(field: Field, work: Path) -> dict[str, float]:
    """Read mentions and namings of ten subjects, beside spaCy's pipeline over every article, on one core each.

    Both sides read the same articles, drawn by hash.
    """
    say(f"\nNaming: {PARSED:,} articles, ten subjects, one process each")
    archive = sampled(work / "field.archive", work, "naming", PARSED)
    ours = run_step("read_study", archive=archive, study=field.study, processes=1)
    theirs = run_step("whole_pipeline", archive=archive, limit=PARSED, processes=1)
    say(f"  masthead, cold          {PARSED / ours.inner:10.1f} articles/s   {ours.told['result']}")
    say(
        f"  spaCy over everything   {PARSED / theirs.inner:10.1f} articles/s   {theirs.told['result']:,} tokens"
    )
    return _told({"naming: speed beside spaCy over every article": theirs.inner / ours.inner})


def whole(field: Field, work: Path) -> dict[str, float]:
    """The whole survey, cold, and warm after a change of title; then claims on what it left."""
    say("\nThe whole survey, dossier and all")
    text = field.study.read_text(encoding="utf-8")
    study = work / "whole.toml"
    study.write_text(text, encoding="utf-8")
    arguments = {"archive": work / "field.archive", "study": study, "dossier": work / "dossier"}
    cold = run_step("survey", **arguments)
    _told_by_a_cold_survey(work).write_text(json.dumps(cold.told), encoding="utf-8")
    title = tomllib.loads(text)["title"]
    study.write_text(text.replace(title, title + ", again"), encoding="utf-8")
    warm = best(lambda: run_step("survey", **arguments))
    # From the start of the process: that is what a person waits for.
    say(f"  cold {cold.seconds:8.1f} s   peak {cold.peak_mb:,.0f} MB")
    say(f"  warm {warm.seconds:8.1f} s   peak {warm.peak_mb:,.0f} MB")
    judged = claims.speed(work / "field.archive", study, work, cold)
    return _told({"survey: warm as a share of cold, in per cent": 100 * warm.seconds / cold.seconds} | judged)


def _told_by_a_cold_survey(work: Path) -> Path:
    return work / "cold.json"


def portrayal(field: Field, work: Path) -> dict[str, float]:
    """Read how sentences portray: the model's speed, and a survey's reading of everything and of a sample."""
    archive, kept = work / "field.archive", _told_by_a_cold_survey(work)
    ratios = reading_portrayal.speed(archive, work)
    cold = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else None
    return _told(ratios | reading_portrayal.surveyed(archive, field.study, cold, work))


def quotes(field: Field, work: Path) -> dict[str, float]:
    """Read who says what, beside spaCy's pipeline over every article."""
    return _told(reading_quotes.speed(work / "field.archive", field.study, work))


def kinship(field: Field, work: Path) -> dict[str, float]:
    """Learn the parties' phrases and find who uses them, beside counting all phrases."""
    return _told(learning_phrases.speed(work / "field.archive", field.study, work))


def forecasts(field: Field, work: Path) -> dict[str, float]:
    """Read what is foretold, beside spaCy's pipeline over every article."""
    return _told(reading_forecasts.speed(work / "field.archive", field.study, work))


def stories(_: Field, work: Path) -> dict[str, float]:
    """Group the articles into stories, beside all pairs of TF-IDF vectors."""
    return _told(reading_stories.speed(work / "field.archive"))


def reuse(_: Field, work: Path) -> dict[str, float]:
    """Find what stands in more than one article, beside hashing alone."""
    return _told(reading_reuse.speed(work / "field.archive"))


def mending(field: Field, work: Path) -> dict[str, float]:
    """Add the file and mend its texts, beside pandas and ftfy."""
    return _told(reading_texts.adding(field.source, field.mapping, work))


def hundred(_: Field, work: Path) -> dict[str, float]:
    """Scan for a hundred names, beside one compiled alternation."""
    return _told(reading_texts.scanning(work / "field.archive"))


OF_ARTICLES = (
    mending,
    mentions,
    hundred,
    naming,
    whole,
    portrayal,
    quotes,
    stories,
    reuse,
    kinship,
    forecasts,
)
"""The parts that run on the articles; each is known by its name."""

OF_FIGURES = {"changes": dating.speed, "alignment": explaining.speed}
"""The parts that run on figures drawn at random."""


def growth(sizes: list[int], work: Path) -> dict[str, float]:
    """Time and peak memory of made-up presses of three years of growing size: ever more articles a day.

    Each is added and surveyed cold; then its stories are grouped and its reuse is read once more, each alone.
    """
    say("\nGrowth: made-up presses of three years")
    seconds: dict[str, list[float]] = {}
    peaks: dict[str, list[float]] = {}
    for size in sizes:
        folder = work / f"grow-{size}"
        folder.mkdir()
        source, study, archive = folder / "press.jsonl", folder / "study.toml", folder / "press.archive"
        run_step("press", target=source, study=study, articles=size, seed=4, subjects=GROWN)
        added = run_step("add", source=source, archive=archive, mapping={})
        source.unlink()
        surveyed = run_step("survey", archive=archive, study=study, dossier=folder / "dossier")
        took = {
            "added and surveyed": [added, surveyed],
            "stories": [run_step("group", archive=archive)],
            "reuse": [run_step("reused", archive=archive)],
        }
        for name, steps in took.items():
            one, peak = sum(step.inner for step in steps) / size, max(step.peak_mb for step in steps)
            seconds.setdefault(name, []).append(one)
            peaks.setdefault(name, []).append(peak)
            say(f"  {size:10,} articles  {name:20} {1000 * one:8.2f} s per 1,000   peak {peak:8,.0f} MB")
        shutil.rmtree(folder)
    large, small = f"{sizes[-1]:,}", f"{sizes[0]:,}"
    ratios = {}
    for name in seconds:
        per_article, peak = seconds[name], peaks[name]
        ratios[
            f"growth, {name}: time per article at {large} beside {small} (at most 1: linear or better)"
        ] = per_article[-1] / per_article[0]
        ratios[f"growth, {name}: peak memory at {large} beside {small}"] = peak[-1] / peak[0]
    return _told(ratios)


def _told(ratios: dict[str, float]) -> dict[str, float]:
    for name, value in ratios.items():
        say(f"  → {name}: {value:.2f}")
    return ratios


def main() -> int:
    """Run the benchmarks and print the ratios."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--long", action="store_true", help="grow to 1,000,000 made-up articles")
    parser.add_argument(
        "--only",
        choices=["adding", *(part.__name__ for part in OF_ARTICLES), *OF_FIGURES, "growth"],
    )
    parser.add_argument("--json", type=Path, help="write the ratios to this file too")
    chosen = parser.parse_args()
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as folder:
        work = Path(folder)
        say(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
        if chosen.only not in (*OF_FIGURES, "growth"):
            field = prepare(work)
            say(f"articles: {field.name}")
            ratios |= adding(field, work)
            for part in OF_ARTICLES:
                if chosen.only in (None, part.__name__):
                    ratios |= part(field, work)
        for name, speed in OF_FIGURES.items():
            if chosen.only in (None, name):
                ratios |= _told(speed())
        if chosen.only in (None, "growth"):
            sizes = [1000, 10_000, 100_000] + ([1_000_000] if chosen.long else [])
            ratios |= growth(sizes, work)
    say("\nRatios")
    for name, value in ratios.items():
        say(f"  {name:92} {value:8.2f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(ratios, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
