"""The mirror press swaps two actors' names and nothing else; swapping twice is as if never."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead import press
from masthead.errors import UsageError

PAIRS = [("verrin", "tasmer"), ("shoal-front", "harbour-guard"), ("teveth", "masck")]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("setting", ["easy", "medium", "hard"])
def test_the_mirror_is_the_press_with_two_names_swapped(pair: tuple[str, str], setting: str) -> None:
    plain = press.make(seed=13, articles=250, setting=setting)
    mirror = press.make(seed=13, articles=250, setting=setting, mirror=pair)
    changed = 0
    for one, two in zip(plain.articles(), mirror.articles(), strict=True):
        for field in ("title", "text"):
            assert mirror.swapped(one[field]) == two[field]
            assert mirror.swapped(mirror.swapped(one[field])) == one[field]
            changed += one[field] != two[field]
        assert {k: v for k, v in one.items() if k not in ("title", "text")} == {
            k: v for k, v in two.items() if k not in ("title", "text")
        }
    assert changed > 25


def test_the_mirrored_truth_and_study_are_the_swapped_ones() -> None:
    a, b = "shoal-front", "harbour-guard"
    plain = press.make(seed=13, articles=200)
    mirror, truth = press.mirror_press(13, articles=200, pair=(a, b))
    other = {a: b, b: a}
    expected = sorted(
        (r["outlet"], other.get(r["subject"], r["subject"]), r["category"], r["uses"], r["mentions"])
        for r in plain.truth().naming_shares().to_pylist()
    )
    found = sorted(
        (r["outlet"], r["subject"], r["category"], r["uses"], r["mentions"])
        for r in truth.naming_shares().to_pylist()
    )
    assert found == expected
    assert '"rebels"' in mirror.study().split('id = "harbour-guard"')[1].split("[[subject]]")[0]
    assert '"rebels"' in plain.study().split('id = "shoal-front"')[1].split("[[subject]]")[0]


@pytest.mark.parametrize("pair", PAIRS)
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Verrin", "VERRIN", "Tasmer", "Verrinese", "New Verrin", "Verrin Bay Company", "Shoal Front", "SLF",
             "Harbour Defence Guard", "Ilan Teveth", "Masck", "Marta Teveth", "the", "rebels", ".", "Verrins"]
        )
    )
)  # fmt: skip
def test_swapping_twice_changes_nothing(pair: tuple[str, str], words: list[str]) -> None:
    mirror = press.make(mirror=pair)
    text = " ".join(words)
    assert mirror.swapped(mirror.swapped(text)) == text


def test_a_longer_name_that_holds_one_stays_itself() -> None:
    mirror = press.make(mirror=("verrin", "tasmer"))
    text = "Verrin's men of the Verrin Bay Company left NEW VERRIN for Tasmer."
    assert mirror.swapped(text) == "Tasmer's men of the Verrin Bay Company left NEW VERRIN for Verrin."


def test_only_a_mirror_swaps() -> None:
    with pytest.raises(UsageError, match="no mirror"):
        press.make().swapped("Verrin")
