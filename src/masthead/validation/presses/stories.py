"""How well stories are read on presses whose stories are known."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from importlib.util import find_spec
from statistics import fmean
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.links.stories import read_stories
from masthead.measuring.counting import counted
from masthead.press import Press
from masthead.validation.draws.clusterings import Agreement, agreement
from masthead.validation.presses.grading import Size, archived_presses, keys_of


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


def grade_stories(setting: str, *, baseline: bool = True, **size: Unpack[Size]) -> StoriesGrade:
    """Make presses, read their stories, and compare with those that they tell."""
    agreements, baselines = [], []
    articles = 0
    for press, _, archive in archived_presses(setting, **size):
        truth = press.truth().articles
        story_of = dict(zip(*(truth[name].to_pylist() for name in ("key", "story")), strict=True))
        agreements.append(_agreement(archive, story_of))
        articles = press.size
        if baseline and find_spec("sklearn"):
            baselines.append(_baseline(press, story_of))
    f1 = [_value(one.b_cubed_f1.value) for one in agreements]
    return StoriesGrade(
        setting,
        len(agreements),
        articles,
        precision=fmean(_value(one.b_cubed_precision.value) for one in agreements),
        recall=fmean(_value(one.b_cubed_recall.value) for one in agreements),
        f1=fmean(f1),
        least_f1=min(f1),
        adjusted_rand=fmean(_value(one.adjusted_rand.value) for one in agreements),
        baseline_f1=fmean(baselines) if baselines else None,
    )


def _agreement(archive: Archive, story_of: dict[str, str]) -> Agreement:
    """Compare the stories of an archive with those of the press, by the articles' keys."""
    keys = keys_of(archive)
    rows = read_stories(counted(archive)).table().to_pylist()
    return agreement([row["story"] for row in rows], [story_of[keys[row["article_id"]]] for row in rows])


def _baseline(press: Press, story_of: dict[str, str]) -> float:
    from masthead.validation.baselines.plain_readers import tfidf_stories

    rows = list(press.articles())
    texts = [f"{row['title']}\n{row['text']}" for row in rows]
    return tfidf_stories(texts, [story_of[row["key"]] for row in rows])


def _value(figure: float | None) -> float:
    """A figure that has nothing to divide by, in a press with one story or none put together, counts as 0."""
    return 0.0 if figure is None else figure
