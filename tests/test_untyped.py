"""What passes between rooms has a type: how often the sources say `dict[str, Any]` only falls."""

from __future__ import annotations

from tests.untyped import untyped_counts

CEILING = 227
"""In all of the sources. Free JSON and rows of any table may stay; lower the number when you type something."""


def test_the_sources_say_it_no_more_often_than_before() -> None:
    assert untyped_counts().total() <= CEILING
