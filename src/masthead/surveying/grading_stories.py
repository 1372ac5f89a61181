"""How well stories are read on presses whose stories are known."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.inference.clusterings import agreement
from masthead.press import Press, make
from masthead.reading.stories import read_stories
from masthead.surveying.grading import added

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StoriesGrade:
    """Means over presses of one setting: B-cubed, adjusted Rand, and the baseline's B-cubed F1.

    The baseline is average linkage over TF-IDF cosines, cut where it scores best on the press itself; None
    where scikit-learn is not installed.
    """

    setting: str
    presses: int
    articles: int
    precision: float
    recall: float
    f1: float
    least_f1: float
    adjusted_rand: float
    baseline_f1: float | None

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        return asdict(self)


def grade_stories(
    setting: str,
    *,
    presses: int = 3,
    articles: int = 1500,
    seed: int = 1,
    baseline: bool = True,
    progress: Progress | None = None,
) -> StoriesGrade:
    """Make presses of `articles` articles, read their stories, and compare with those that they tell."""
    rows = []
    for number in range(presses):
        if progress:
            progress(f"{setting} presses", number, presses)
        folder = Path(tempfile.mkdtemp(prefix="masthead-press-"))
        try:
            rows.append(
                _graded(make(seed=seed + number, articles=articles, setting=setting), folder, baseline)
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    if progress:
        progress(f"{setting} presses", presses, presses)
    precision, recall, f1, rand, plain = zip(*rows, strict=True)
    known = [value for value in plain if value is not None]
    return StoriesGrade(
        setting,
        presses,
        articles,
        precision=sum(precision) / presses,
        recall=sum(recall) / presses,
        f1=sum(f1) / presses,
        least_f1=min(f1),
        adjusted_rand=sum(rand) / presses,
        baseline_f1=sum(known) / len(known) if known else None,
    )


def _graded(made: Press, folder: Path, baseline: bool) -> tuple[float, float, float, float, float | None]:
    _, archive = added(made, folder)
    truth = made.truth()
    story_of = dict(zip(*(truth.articles[c].to_pylist() for c in ("key", "story")), strict=True))
    keys = _keys(archive)
    told = read_stories(archive).table().to_pylist()
    compared = agreement([row["story"] for row in told], [story_of[keys[row["article_id"]]] for row in told])
    figures = (
        compared.b_cubed_precision.value,
        compared.b_cubed_recall.value,
        compared.b_cubed_f1.value,
        compared.adjusted_rand.value,
    )
    plain = None
    if baseline and find_spec("sklearn"):
        from masthead.press.baselines import tfidf_stories

        rows = list(made.articles())
        plain = tfidf_stories(
            [f"{row['title']}\n{row['text']}" for row in rows], [story_of[row["key"]] for row in rows]
        )
    precision, recall, f1, rand = (0.0 if value is None else value for value in figures)
    return precision, recall, f1, rand, plain


def _keys(archive: Archive) -> dict[str, str]:
    """Return the press's key of every article."""
    keys: dict[str, str] = {}
    for part in archive.parts():
        table = pq.read_table(part.path, columns=["article_id", "extra"])
        for row in table.to_pylist():
            keys[row["article_id"]] = json.loads(row["extra"])["key"]
    return keys
