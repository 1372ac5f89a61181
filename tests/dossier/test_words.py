"""Numbers and names as they are shown: honest when rounded, safe in paths, harmless as links."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier.writing import numbers
from masthead.dossier.writing.notation import MEANS, RATIOS, SHARES, Notation, notation_of
from masthead.dossier.writing.safe_text import anchor, clean, evidence_page, slug, web_address
from masthead.measuring import MEASURES
from tests.dossier.hostile import ADDRESSES, ATTACKS


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (0.0, "0%"),
        (0.0001, "<0.1%"),
        (0.0042, "0.4%"),
        (0.01, "1%"),
        (0.126, "13%"),
        (0.996, ">99%"),
        (1.0, "100%"),
        (-0.25, "−25%"),
        (None, ""),
        (float("nan"), ""),
    ],
)
def test_shares_in_percent(share: float | None, shown: str) -> None:
    assert numbers.percent(share) == shown


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 1))
def test_only_nothing_is_shown_as_none_and_only_all_as_all(share: float) -> None:
    assert (numbers.percent(share) == "0%") == (share == 0)
    assert (numbers.percent(share) == "100%") == (share == 1)


@settings(deadline=None, max_examples=60)
@given(st.floats(0, 1), st.floats(0, 1))
def test_ends_of_an_interval_are_near_what_they_stand_for(a: float, b: float) -> None:
    low, high = sorted((a, b))
    ends = [float(end) for end in numbers.interval(low, high).removesuffix("%").split(" to ")]
    assert ends == [pytest.approx(100 * low, abs=0.5), pytest.approx(100 * high, abs=0.5)]


def test_counts_and_periods_in_words() -> None:
    assert numbers.with_noun(1, "article") == "1 article"
    assert numbers.with_noun(12345, "article") == "12,345 articles"
    assert numbers.points(-0.01) == "1 point"
    assert numbers.name_list(["a", "b", "c", "d"], limit=2) == "a, b and 2 more"
    assert numbers.with_sign(-1.5) == "−1.50"
    start = dt.date(2031, 7, 1)
    names = [numbers.period(start, by) for by in ("year", "quarter", "month", "day")]
    assert names == ["2031", "2031 Q3", "Jul 2031", "1 Jul 2031"]
    assert numbers.day("soon") == "soon"


@settings(deadline=None, max_examples=60)
@given(st.floats(-1, 1))
def test_means_have_a_sign_and_are_never_percent(mean: float) -> None:
    told = MEANS.value(mean)
    assert float(told.replace("−", "-")) == pytest.approx(mean, abs=0.00501)
    assert re.fullmatch(r"0\.00|[+−][01]\.\d\d", told)
    assert (told[0] in "+−") == (told != "0.00")


@pytest.mark.parametrize(
    ("notation", "told"),
    [
        (SHARES, ("21%", "12 to 30%", "12–30", "9 points", "2 to 20", ["0%", "30%", "60%"])),
        (MEANS, ("+0.21", "+0.12 to +0.30", "+0.12 to +0.30", "0.09", "0.02 to 0.20", ["−0.6", "0", "+0.6"])),
    ],
)
def test_the_same_numbers_in_either_notation(notation: Notation, told: tuple[object, ...]) -> None:
    assert told == (
        notation.value(0.21),
        notation.interval(0.12, 0.3),
        notation.bounds(0.12, 0.3),
        notation.apart(-0.09),
        notation.apart_between(0.02, 0.2),
        notation.ticks(0.6),
    )
    assert notation.value(None) == notation.interval(None, None) == ""


@settings(deadline=None, max_examples=60)
@given(st.floats(-1, 1), st.floats(-1, 1), st.sampled_from([SHARES, MEANS]))
def test_places_on_an_axis_keep_the_order_and_stay_on_it(a: float, b: float, notation: Notation) -> None:
    low, high = (float(notation.place(v, 0.8).removesuffix("%")) for v in sorted((a, b)))
    assert 0 <= low <= high <= 100
    assert notation.place(0.0) == ("50.0%" if notation.is_signed else "0.0%")


def test_a_measure_is_written_as_its_range_says() -> None:
    told = {name: notation_of(measure.declaration()) for name, measure in MEASURES.items()}
    other = {"portrayal": MEANS, "silence": RATIOS}
    assert told == {name: other.get(name, SHARES) for name in MEASURES}
    assert notation_of({"name": "of another version"}) is SHARES


@settings(deadline=None, max_examples=60)
@given(st.text())
def test_cleaned_text_keeps_its_length_and_loses_what_could_deceive(text: str) -> None:
    shown = clean(text)
    assert len(shown) == len(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


def test_cleaning_leaves_good_text_alone() -> None:
    good = "Zoë’s “ferry” – عربي\u200f 👩‍👧 1,234"
    assert clean(good) == good


def test_only_web_addresses_become_links() -> None:
    assert [a for a in ADDRESSES if web_address(a)] == ["http://good.example/a?b=<c>&d=\"e'f"]
    assert web_address("HTTPS://strait.example/a%20b") == "HTTPS://strait.example/a%20b"
    assert web_address(None) is None


@settings(deadline=None, max_examples=60)
@given(st.text() | st.sampled_from(ATTACKS))
def test_slugs_are_safe_in_a_path_and_an_anchor(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", slug(name))
    assert "--" not in slug(name)
    assert ".." not in slug(name)
    assert len(slug(name)) <= 80


@settings(deadline=None, max_examples=60)
@given(st.text(), st.text())
def test_two_names_never_share_a_slug_even_where_case_does_not_count(one: str, other: str) -> None:
    assert (slug(one).lower() == slug(other).lower()) == (one == other)


def test_a_category_called_as_an_anchor_of_the_page_gets_another() -> None:
    for measure in ("attention", "portrayal"):
        assert anchor(measure, None) == measure
        assert anchor("naming", measure) != measure
    assert slug("CNN") != slug("cnn")
    assert evidence_page("../a", "b/c").count("/") == 1
