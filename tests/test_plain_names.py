"""Names say what a thing is: few are bare participles (`found`, `told`, `kept`)."""

from __future__ import annotations

import ast

import pytest

from tests.plain_names import bindings, by_folder, is_participle, names_bound

CEILING = 0.01
"""The share of all bindings that may be bare participles. One in a hundred is what is aimed at."""


def test_few_names_are_bare_participles() -> None:
    names = bindings()
    folder, count, everything = by_folder(names)[0]
    share = sum(is_participle(one.name) for one in names) / len(names)
    assert share <= CEILING, (
        f"{share:.2%} of all names are bare participles: name what the thing is. The worst is {folder} "
        f"({count} of {everything}); `python -m tests.plain_names {folder}` prints the places"
    )


@pytest.mark.parametrize("name", ["found", "_told", "written", "asked", "agreed", "unseen"])
def test_a_participle_is_one(name: str) -> None:
    assert is_participle(name)


@pytest.mark.parametrize(
    "name", ["feed", "seed", "need", "hundred", "read", "cut", "found_rows", "labels", "is_quoted"]
)
def test_a_noun_a_base_form_and_a_longer_name_are_none(name: str) -> None:
    assert not is_participle(name)


def test_every_kind_of_binding_is_seen() -> None:
    source = """
class Kept:
    held: int
    def told(self, asked, *given, **shown):
        self.made = found = [used for seen in asked]
        with found as opened, (lambda wanted: wanted) as _:
            pass
"""
    names = [name for name, _ in names_bound(ast.parse(source))]
    assert sorted(names) == sorted(
        [
            "Kept",
            "held",
            "told",
            "self",
            "asked",
            "given",
            "shown",
            "made",
            "found",
            "seen",
            "opened",
            "wanted",
            "_",
        ]
    )


def test_what_is_only_used_is_not_bound() -> None:
    assert not list(names_bound(ast.parse("print(found, told.kept, asked=3)")))
