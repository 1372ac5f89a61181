"""Which column is which field."""

from __future__ import annotations

import pytest

from masthead.archive.adding.columns import resolve_columns
from masthead.errors import SourceError, UsageError

OWN = ["outlet", "published", "title", "text", "url"]


def test_masthead_s_own_names_need_no_mapping() -> None:
    resolved = resolve_columns("a.csv", OWN, {}, {})
    assert resolved.column_of == {name: name for name in OWN}
    assert "columns recognised by name: outlet from 'outlet'" in resolved.notes[0]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (["source", "date", "article_title", "article_content"], ["outlet", "published", "title", "text"]),
        (["media_name", "publish_date", "title"], ["outlet", "published", "title"]),
        (["Publication", "Publication Date", "Headline", "Body"], ["outlet", "published", "title", "text"]),
        (["domain", "publishedAt", "link", "content"], ["outlet", "published", "url", "text"]),
    ],
)
def test_common_names_are_recognised(columns: list[str], expected: list[str]) -> None:
    resolved = resolve_columns("a.csv", columns, {}, {})
    assert resolved.column_of == dict(zip(expected, columns, strict=True))


def test_with_a_mapping_only_own_names_are_recognised_besides() -> None:
    columns = ["paper", "date", "headline", "text", "url", "lang"]
    mapping = {"outlet": "paper", "published": "date"}
    resolved = resolve_columns("a.csv", columns, mapping, {})
    assert resolved.column_of == {"outlet": "paper", "published": "date", "text": "text", "url": "url"}
    assert resolved.notes[1] == "columns kept under extra: 'headline', 'lang'"


def test_a_mapped_column_is_not_taken_twice() -> None:
    resolved = resolve_columns(
        "a.csv", ["outlet", "published", "title"], {"title": "outlet", "outlet": "title"}, {}
    )
    assert (resolved.column_of["title"], resolved.column_of["outlet"]) == ("outlet", "title")


def test_an_empty_column_says_that_there_is_none() -> None:
    mapping = {"outlet": "outlet", "published": "", "title": "title", "url": ""}
    assert resolve_columns("a.csv", OWN, mapping, {}).column_of == {
        "outlet": "outlet",
        "title": "title",
        "text": "text",
    }


def test_a_constant_stands_in_for_a_column() -> None:
    resolved = resolve_columns("a.csv", ["date", "title"], {}, {"outlet": "SANA"})
    assert resolved.constants == {"outlet": "SANA"}
    assert "outlet" not in resolved.column_of


def test_a_field_has_a_column_or_a_constant() -> None:
    with pytest.raises(UsageError, match="'outlet' is given both"):
        resolve_columns("a.csv", OWN, {"outlet": "outlet"}, {"outlet": "SANA"})


def test_masthead_s_own_name_wins_over_a_synonym() -> None:
    resolved = resolve_columns("a.csv", ["source", "outlet", "date", "title"], {}, {})
    assert resolved.column_of["outlet"] == "outlet"


def test_two_synonyms_are_asked_about() -> None:
    with pytest.raises(SourceError, match=r"that may be the text: 'content', 'body'.*--map text=content"):
        resolve_columns("a.csv", ["outlet", "date", "body", "content"], {}, {})
