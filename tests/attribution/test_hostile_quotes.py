"""Texts that no newspaper prints, and some that they do: one quotation, marks that never close, endless sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.attribution.cues import STANCES
from masthead.reading.attribution.marks import attributions, kind_of
from masthead.reading.attribution.passages import Passage
from tests.attribution.conftest import Reads, told

PIECES = st.sampled_from(
    [
        *(
            "“",
            "”",
            '"',
            "''",
            "‘",
            "’",
            "«",
            "\n\n",
            "\n",
            " ",
            ". ",
            ", ",
            ": ",
            "… ",
            "(",
            ")",
            "\u200b",
            "é",
        ),
        *(
            "she",
            "said",
            "Mara Quist",
            "that",
            "the bridge",
            "is safe",
            "according to",
            "denied",
            "MAYOR",
            "I",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_whatever_the_marks_spans_are_ordered_and_inside_the_text(text: str) -> None:
    passage = Passage(text)
    for one in attributions(passage, {}):
        assert one.spans
        assert all(0 <= start < end <= len(text) for start, end in one.spans)
        assert all(a[1] <= b[0] for a, b in zip(one.spans, one.spans[1:], strict=False))
        assert kind_of(passage, one.spans) in ("direct", "indirect", "mixed")


@settings(max_examples=40, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_whatever_is_read_is_what_stands_in_the_text(reads: Reads, text: str) -> None:
    for row in reads(text):
        assert text[row["start"] : row["end"]].strip()
        assert row["stance"] in STANCES
        assert row["cue"] is None or text[row["cue_start"] : row["cue_end"]] == row["cue"]
        if row["speaker_text"] is not None:
            assert text[row["speaker_start"] : row["speaker_end"]] == row["speaker_text"]


def test_an_article_that_is_one_quotation_is_nobodys_in_particular(reads: Reads) -> None:
    text = "“The bridge is safe. It was never anything else. We have tested every bolt.”"
    assert told(reads(text), text) == [f"- | - | {text} | direct said"]


def test_a_quotation_over_paragraphs_whose_marks_open_again_is_whole(reads: Reads) -> None:
    text = "Mara Quist said: “The bridge is safe.\n\n“The tunnel is safer than the bridge.”"
    rows = reads(text)
    assert {row["speaker"] for row in rows} == {"Mara Quist"}
    assert rows[-1]["end"] == len(text)


def test_marks_that_never_close_end_with_their_paragraph(reads: Reads) -> None:
    text = "Mara Quist said: “The bridge is safe.\n\nThe ferry sailed on Monday."
    assert [text[row["start"] : row["end"]] for row in reads(text)] == ["“The bridge is safe."]


@pytest.mark.parametrize(
    "text",
    [
        "the mayor said the bridge and " * 1_700,
        "“The bridge is safe.” " * 1_500,
        "“The bridge is safe.”\n\n" * 1_500,
        "“" * 8_000,
        "Mara Quist: so it is, so it was.\n" * 1_500,
    ],
    ids=["a sentence of 10,000 words", "quotations", "paragraphs", "marks", "lines"],
)
def test_reading_time_grows_with_the_text_and_not_its_square(text: str) -> None:
    half = text[: len(text) // 2]
    took = []
    for part in (half, text):
        started = time.process_time()
        attributions(Passage(part), {})
        took.append(time.process_time() - started)
    assert took[1] < 0.5 + 3 * took[0]


def test_a_sentence_of_ten_thousand_words_is_cut_and_read(reads: Reads) -> None:
    rows = reads("The mayor said the bridge was safe, and " * 60)
    assert rows
    assert {row["speaker_text"] for row in rows} >= {"The mayor"}
