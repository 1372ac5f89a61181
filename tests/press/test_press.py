"""What any press promises: the same bytes again, and a longer one that begins like a shorter."""

import itertools
import tomllib

import pytest

from masthead import press
from masthead.errors import UsageError
from masthead.study import parse_study

SETTINGS = ("easy", "medium", "hard")


@pytest.mark.parametrize("setting", SETTINGS)
def test_the_same_seed_gives_the_same_articles(setting: str) -> None:
    first = list(press.make(seed=5, articles=120, setting=setting).articles())
    again = list(press.make(seed=5, articles=120, setting=setting).articles())
    other = list(press.make(seed=6, articles=120, setting=setting).articles())
    assert first == again
    assert len(first) == 120
    assert first != other


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_longer_press_begins_like_a_shorter_one(setting: str) -> None:
    short = list(press.make(seed=3, articles=101, setting=setting).articles())
    long = list(itertools.islice(press.make(seed=3, articles=100_000, setting=setting).articles(), 101))
    assert short == long


def test_the_study_asks_for_what_the_truth_holds() -> None:
    made = press.make(seed=2, articles=200)
    study = parse_study(tomllib.loads(made.study()))
    truth = made.truth()
    assert {o.id for o in study.outlets} == set(made.outlets)
    assert {s.id for s in study.subjects} == set(made.subjects)
    categories = {(s.id, c) for s in study.subjects for c in s.categories}
    assert categories == {(row["subject"], row["category"]) for row in truth.naming.to_pylist()}
    for row in truth.mentions.to_pylist():
        if row["label"]:
            assert row["category"] in study.subject(row["subject"]).categories


@pytest.mark.parametrize(
    "wrong",
    [
        {"setting": "harder"},
        {"articles": 0},
        {"plant": frozenset({"rumours"})},
        {"mirror": ("verrin", "atlantis")},
        {"mirror": ("verrin", "teveth")},
        {"mirror": ("verrin", "verrin")},
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError, match=r"; expected .*[.?]$"):
        press.make(**wrong)  # type: ignore[arg-type]
