"""The steps that are timed, each run in a process of its own by `timing.run_step`."""

from __future__ import annotations

import json
import os
import re
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import (
    alignment,
    changes,
    claims,
    forecasts,
    kinship,
    portrayal_steps,
    quotes,
    reuse,
    stories,
    texts,
)
from benchmarks.timing import processor_seconds

Step = Callable[..., dict[str, Any]]

PARTS = (alignment, changes, claims, forecasts, kinship, portrayal_steps, quotes, reuse, stories, texts)
"""The modules that hold steps of their own."""

ALLSIDES = {
    "outlet": "source",
    "published": "date",
    "title": "title",
    "text": "content_original",
    "url": "url",
    "section": "topic",
}


def _timed(work: Callable[[], Any]) -> dict[str, Any]:
    start = time.perf_counter()
    result = work()
    return {"seconds": time.perf_counter() - start, "result": result}


def add(source: str, archive: str, mapping: dict[str, str]) -> dict[str, Any]:
    """Add a file to a new archive."""
    import pandas  # noqa: F401  (pyarrow imports it on first use, where it is there: before the clock starts)

    from masthead.archive import Archive

    def work() -> int:
        report = Archive.create(Path(archive), frame="curated").add(Path(source), mapping=mapping)
        return report.kept

    return _timed(work)


def pandas_copy(source: str, target: str) -> dict[str, Any]:
    """Read and write the same file with pandas."""
    import pandas as pd
    import pyarrow.parquet  # noqa: F401  (imported before the clock starts, on both sides)

    def work() -> int:
        frame = pd.read_parquet(source)
        frame.to_parquet(target)
        return len(frame)

    return _timed(work)


def _texts(archive: str, limit: int | None = None) -> list[str]:
    import duckdb

    query = f"SELECT coalesce(title, '') || chr(10) || coalesce(text, '') FROM '{archive}/articles/*.parquet'"
    if limit:
        query += f" ORDER BY md5(article_id) LIMIT {limit}"
    return [row[0] for row in duckdb.sql(query).fetchall()]


def _aliases(study: str) -> list[str]:
    from masthead.study import load_study

    return [alias.text for subject in load_study(study).subjects for alias in subject.aliases]


def scan(archive: str, study: str, limit: int) -> dict[str, Any]:
    """Find all aliases in the texts with our scanner."""
    from masthead.matching.scan import Scanner
    from masthead.study import load_study

    texts = _texts(archive, limit)
    scanner = Scanner([a.pattern for subject in load_study(study).subjects for a in subject.aliases])
    told = _timed(lambda: sum(sum(1 for _ in scanner.scan(text)) for text in texts))
    return {**told, "characters": sum(map(len, texts))}


def scan_regex(archive: str, study: str, limit: int) -> dict[str, Any]:
    """Find all aliases with one compiled regular expression."""
    texts = _texts(archive, limit)
    ordered = sorted(_aliases(study), key=len, reverse=True)
    words = "|".join(re.escape(a).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for a in ordered)
    regex = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
    told = _timed(lambda: sum(sum(1 for _ in regex.finditer(text)) for text in texts))
    return {**told, "characters": sum(map(len, texts))}


def scan_phrase_matcher(archive: str, study: str, limit: int) -> dict[str, Any]:
    """Find all aliases with spaCy's PhraseMatcher, which tokenises first."""
    import spacy
    from spacy.matcher import PhraseMatcher

    texts = _texts(archive, limit)
    nlp = spacy.blank("en")
    nlp.max_length = 10**8
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("alias", [nlp.make_doc(alias.rstrip("*")) for alias in _aliases(study)])
    told = _timed(lambda: sum(len(matcher(nlp.make_doc(text))) for text in texts))
    return {**told, "characters": sum(map(len, texts))}


def sample(archive: str, target: str, limit: int) -> dict[str, Any]:
    """Write some articles of an archive, drawn by the hash that names them, to a file of their own."""
    import duckdb

    columns = "outlet, published_raw AS published, title, text, url, language"
    query = f"SELECT {columns} FROM '{archive}/articles/*.parquet' ORDER BY md5(article_id) LIMIT {limit}"
    duckdb.sql(query).write_parquet(target)
    return {}


def whole_pipeline(archive: str, limit: int, processes: int) -> dict[str, Any]:
    """Run spaCy's English pipeline, as it comes, over every article."""
    import spacy

    from masthead.reading.parsing.model import model_folder

    texts = _texts(archive, limit)
    nlp = spacy.load(model_folder())
    nlp.max_length = 10**8
    before = processor_seconds()
    told = _timed(lambda: sum(len(doc) for doc in nlp.pipe(texts, n_process=processes, batch_size=64)))
    return {**told, "cpu": processor_seconds() - before}


def read_study(archive: str, study: str, processes: int) -> dict[str, Any]:
    """Read mentions and namings of a study."""
    from masthead.archive import Archive
    from masthead.reading import read
    from masthead.study import load_study

    opened = Archive.open(Path(archive))
    loaded = load_study(study)
    return _timed(lambda: read(opened, loaded, processes=processes).counts)


def survey(archive: str, study: str, dossier: str) -> dict[str, Any]:
    """The whole survey, dossier written; says how long each stage took, and what was read for portrayal."""
    from masthead.archive import Archive
    from masthead.study import load_study
    from masthead.surveying import survey as run
    from masthead.surveying.pages import write_dossier

    spans: dict[str, tuple[float, float]] = {}

    def watch(stage: str, *_: int) -> None:
        now = time.perf_counter()
        spans[stage] = (spans.get(stage, (now, now))[0], now)

    def work() -> dict[str, Any]:
        folder = Path(dossier)
        findings = run(load_study(study), Archive.open(Path(archive)), previous=folder, progress=watch)
        findings.save(folder)
        write_dossier(findings, folder)
        return findings.about

    told = _timed(work)
    read = {name: n for name, n in (told.pop("result")["portrayal"] or {}).items() if name != "cells"}
    stages = {name: end - start for name, (start, end) in spans.items()}
    return {**told, "stages": stages, "portrayal": read}


def press(
    target: str, study: str, articles: int, seed: int, subjects: list[str] | None = None
) -> dict[str, Any]:
    """Write a made-up press and its study, of some of its subjects or of all."""
    import tomlkit

    from masthead import press as made

    def work() -> int:
        one = made.make(seed=seed, articles=articles, setting="medium")
        one.write(Path(target))
        asked = tomlkit.parse(one.study())
        if subjects:
            asked["subject"] = [s for s in asked["subject"] if s["id"] in subjects]
        Path(study).write_text(tomlkit.dumps(asked), encoding="utf-8")
        return articles

    return _timed(work)


def step_named(name: str) -> Step:
    """Return the step of this name, of this module or of another that holds some."""
    for module in (sys.modules[__name__], *PARTS):
        if hasattr(module, name):
            step: Step = getattr(module, name)
            return step
    raise SystemExit(f"there is no step '{name}'")


def main(name: str, arguments: str, write_end: str) -> None:
    """Run one step and write what it took to the pipe."""
    told = step_named(name)(**json.loads(arguments))
    usage = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told["peak_mb"] = max(usage) / 1024
    with os.fdopen(int(write_end), "w") as pipe:
        json.dump(told, pipe, default=str)


if __name__ == "__main__":
    main(*sys.argv[1:])
