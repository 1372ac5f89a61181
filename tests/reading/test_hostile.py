"""Text that nobody would publish, and somebody will: the readers neither fail nor slow down nor lose an offset."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.study import Study
from tests.reading.conftest import Rows, make_articles, told

HOSTILE = {
    "a NUL": "The terrorist group\x00Corvan League fled.",
    "control characters": "The \x1b[31mterrorist\x07 group Corvan\x0bLeague fled.",
    "right to left": "\u202eThe terrorist group \u200fCorvan League\u202c fled.",
    "zero width": "The terror\u200bist gro\u00adup Corvan League fled.",
    "emoji": "😀😀 The terrorist group Corvan League 🏴\u200d☠\ufe0f fled.",
    "combining marks": "The te\u0301rrorist group Corvan League fled.",
    "line ends": "The\r\nterrorist\tgroup\u2028Corvan\r\nLeague fled.",
    "markup": "<b>The terrorist group <script>alert(1)</script>Corvan League</b> fled.",
    "no spaces": "CorvanLeague,Corvan League,Corvan League;Corvan League",
    "only marks": '"“”\'‘’«»—…Corvan League"“”',
    "only the name": "Corvan League",
    "a name twice without a space": "Corvan League-Corvan League/Corvan League",
    "letters that grow": "İİİ ǰ ŉ The terrorist group Corvan League fled. İİİ",
    "capitals": "THE TERRORIST GROUP CORVAN LEAGUE FLED",
    "digits": "3.1 Corvan League 1,000 5'10\" Corvan League 2/3",
}


def check(rows: Rows, text: str) -> None:
    for row in rows:
        assert 0 <= row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"] <= len(text)
        if row["label"] is not None:
            assert 0 <= row["label_start"] < row["label_end"] <= len(text)
            assert row["label"] == row["label"].lower().strip()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(read_articles: Callable[..., Rows], study: Study, name: str) -> None:
    text = HOSTILE[name]
    rows = read_articles(make_articles({"text": text}), study)
    league = [row for row in rows if row["subject"] == "league"]
    assert league
    check(rows, text)
    for row in league:
        assert "".join(text[row["start"] : row["end"]].split()).lower() == "corvanleague"


@pytest.mark.parametrize("name", ["a NUL", "right to left", "zero width", "line ends"])
def test_what_cannot_be_seen_changes_no_label(
    read_articles: Callable[..., Rows], study: Study, name: str
) -> None:
    rows = read_articles(make_articles({"text": HOSTILE[name]}), study)
    assert told([row for row in rows if row["subject"] == "league"]) == "league[terrorist group]"


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("Corvan League", "rebels", "Dana Marsh", "Marsh", "terrorist", "a militia", "is", "called"),
                *(
                    ",",
                    ".",
                    '"',
                    "“",
                    "”",
                    "'s",
                    "-",
                    "the",
                    "of",
                    "as",
                    "group",
                    "\n",
                    "\n\n",
                    "?",
                    "(",
                    ")",
                ),
                *("\x00", "\u200f", "😀", "and", "which", "not", "İ"),
            ]
        ),
        max_size=25,
    )
)
def test_any_jumble_of_words_is_read(
    read_articles: Callable[..., Rows], study: Study, words: list[str]
) -> None:
    text = " ".join(words)
    check(read_articles(make_articles({"title": text[:40], "text": text}), study), text)


def test_a_sentence_of_ten_thousand_words_is_cut(read_articles: Callable[..., Rows], study: Study) -> None:
    text = "word " * 5_000 + "the terrorist group Corvan League fled, " + "word " * 5_000
    start = time.perf_counter()
    rows = read_articles(make_articles({"text": text}), study)
    assert time.perf_counter() - start < 30
    assert told([row for row in rows if row["subject"] == "league"]) == "league[terrorist group]"
    check(rows, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" * 5_000_000 + " Corvan League", id="one word"),
        pytest.param("a " * 2_500_000 + "Corvan League", id="one sentence"),
        pytest.param("Nobody came. " * 400_000 + "Corvan League", id="one paragraph"),
        pytest.param("\n".join(["Nobody came."] * 400_000) + "\nCorvan League", id="many paragraphs"),
        pytest.param("Marsh " * 100_000 + "Corvan League", id="many surnames"),
    ],
)
def test_a_huge_article_takes_seconds(read_articles: Callable[..., Rows], study: Study, text: str) -> None:
    start = time.perf_counter()
    rows: list[dict[str, Any]] = read_articles(make_articles({"text": text}), study)
    assert time.perf_counter() - start < 40
    assert [row["subject"] for row in rows] == ["league"]
    check(rows, text)
