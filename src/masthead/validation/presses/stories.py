"""How well stories are read on presses whose stories are known."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from statistics import fmean
from typing import Any

from masthead.archive import Archive
from masthead.links.stories import read_stories
from masthead.measuring.counting import counted
from masthead.press import Press
from masthead.validation.draws.clusterings import Agreement, agreement
from masthead.validation.presses.grading import made_presses

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StoriesGrade:
    """Means over presses of one setting: B-cubed, adjusted Rand, and the baseline's B-cubed F1.

    The baseline is average linkage over TF-IDF cosines, cut where it scores best on the press itself; None
    where it was not asked for or scikit-learn is not installed.
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
    read, plain = [], []
    for made, _, archive in made_presses(setting, presses, articles, seed, progress):
        truth = made.truth().articles
        story_of = dict(zip(*(truth[name].to_pylist() for name in ("key", "story")), strict=True))
        read.append(_compared(archive, story_of))
        if baseline and find_spec("sklearn"):
            plain.append(_baseline(made, story_of))
    f1 = [_value(one.b_cubed_f1.value) for one in read]
    return StoriesGrade(
        setting,
        presses,
        articles,
        precision=fmean(_value(one.b_cubed_precision.value) for one in read),
        recall=fmean(_value(one.b_cubed_recall.value) for one in read),
        f1=fmean(f1),
        least_f1=min(f1),
        adjusted_rand=fmean(_value(one.adjusted_rand.value) for one in read),
        baseline_f1=fmean(plain) if plain else None,
    )


def _compared(archive: Archive, story_of: dict[str, str]) -> Agreement:
    """Compare the stories of an archive with those of the press, by the articles' keys."""
    keys: dict[str, str] = {}
    for part in archive.parts():
        for row in part.read(["article_id", "extra"]).to_pylist():
            keys[row["article_id"]] = json.loads(row["extra"])["key"]
    told = read_stories(counted(archive)).table().to_pylist()
    return agreement([row["story"] for row in told], [story_of[keys[row["article_id"]]] for row in told])


def _baseline(made: Press, story_of: dict[str, str]) -> float:
    from masthead.validation.presses.baselines import tfidf_stories

    rows = list(made.articles())
    texts = [f"{row['title']}\n{row['text']}" for row in rows]
    return tfidf_stories(texts, [story_of[row["key"]] for row in rows])


def _value(figure: float | None) -> float:
    """A figure that has nothing to divide by, in a press with one story or none put together, counts as 0."""
    return 0.0 if figure is None else figure
