"""Names as people write them: what is found, what may be several, what is near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.errors import UsageError
from masthead.study.names import matching_ids, near, one_id, plain_form

PAPERS = {
    "free-shore": ("Free Shore", "freeshore.example"),
    "eclair": ("L'Éclair",),
    "north": ("The Tide",),
    "tide": ("North",),
    "strasse": ("Straßenblatt",),
}


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("free-shore", "free-shore"),
        ("Free Shore", "free-shore"),
        ("FREE SHORE", "free-shore"),
        ("free_shore", "free-shore"),
        (" Free  Shore ", "free-shore"),
        ("freeshore.example", "free-shore"),
        ("L'Eclair", "eclair"),
        ("l'éclair", "eclair"),
        ("STRASSENBLATT", "strasse"),
        # An id as it is written comes first, then a name as it is written.
        ("north", "north"),
        ("North", "tide"),
    ],
)
def test_an_id_or_a_name_in_whatever_case(given: str, found: str) -> None:
    assert matching_ids(given, PAPERS) == [found]


def test_what_may_be_several_is_not_chosen_for_anybody() -> None:
    assert matching_ids("NORTH", PAPERS) == ["north", "tide"]
    with pytest.raises(UsageError, match=r"'NORTH' names several outlets.*'north' or 'tide': write the id"):
        one_id("NORTH", PAPERS, "outlet")
    # Without accents it would be another, so the accent decides.
    both = {"a": ("Élan",), "b": ("Elan",)}
    assert (matching_ids("elan", both), matching_ids("élan", both)) == (["b"], ["a"])


@pytest.mark.parametrize("given", ["", " ", "-", "shore", "kestrel"])
def test_what_is_none_is_none(given: str) -> None:
    assert matching_ids(given, PAPERS) == []


def test_the_nearest_is_named_by_its_id() -> None:
    assert near("Fre Shore", PAPERS) == "did you mean 'free-shore'?"
    assert near("zzz", PAPERS).startswith("there are: eclair, free-shore")
    assert near("zzz", {}) == "there are none"
    with pytest.raises(UsageError, match=r"the study has no outlet 'Leclair'.*did you mean 'eclair'\?$"):
        one_id("Leclair", PAPERS, "outlet")


@given(st.dictionaries(st.text(min_size=1), st.tuples(st.text()), min_size=1), st.data())
def test_an_id_is_always_found_as_it_is_written(known: dict[str, tuple[str]], data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(sorted(known)))
    if one == one.strip():
        assert matching_ids(one, known) == [one]
    if plain_form(one):
        assert one in matching_ids(one.upper(), {one: ()}) or plain_form(one.upper()) != plain_form(one)
