"""Who says what: the forms that English gives it, one sentence each, in invented articles."""

from __future__ import annotations

import pytest

from tests.attribution.conftest import Reads, told

FORMS = {
    "that-clause": (
        "The harbour master said that the ferry would sail on Monday.",
        "The harbour master | said | that the ferry would sail on Monday | indirect said",
    ),
    "bare clause": (
        "Mara Quist says the bridge is safe.",
        "Mara Quist | says | the bridge is safe | indirect said",
    ),
    "quotation before its cue": (
        "“The bridge is safe,” said Mara Quist.",
        "Mara Quist | said | “The bridge is safe,” | direct said",
    ),
    "quotation after its cue": (
        "Mara Quist said: “The bridge is safe.”",
        "Mara Quist | said | “The bridge is safe.” | direct said",
    ),
    "quotation around its cue": (
        "“The bridge,” she said, “is safe.”",
        "she | said | “The bridge,” … “is safe.” | direct said",
    ),
    "quotation that goes on after its cue": (
        "“The bridge is safe,” Mara Quist said. “We tested every bolt of it. Twice.”",
        "Mara Quist | said | “The bridge is safe,” … “We tested every bolt of it. Twice.” | direct said",
    ),
    "some words in marks": (
        "The mayor called the plan “a gift to the builders.”",
        "The mayor | called | the plan “a gift to the builders.” | mixed said",
    ),
    "clause with some words in marks": (
        "The mayor insisted that the plan was “a gift to the builders.”",
        "The mayor | insisted | that the plan was “a gift to the builders.” | mixed claimed",
    ),
    "what nobody else says after a closed quotation": (
        "The mayor said the plan was “a gift,” which surprised the council.",
        "The mayor | said | the plan was “a gift,” | mixed said",
    ),
    "according to": (
        "The ferry will sail on Monday, according to the harbour master.",
        "the harbour master | according to | The ferry will sail on Monday | indirect said",
    ),
    "admitted": (
        "The company admitted that the valve had failed.",
        "The company | admitted | that the valve had failed | indirect admitted",
    ),
    "denied": (
        "The company denied that the valve had failed.",
        "The company | denied | that the valve had failed | indirect denied",
    ),
    "vowed": (
        "The company vowed to replace the valve.",
        "The company | vowed | to replace the valve | indirect vowed",
    ),
    "urged": (
        "The mayor urged residents to boil their water.",
        "The mayor | urged | residents to boil their water | indirect urged",
    ),
    "wanted": (
        "The mayor wants to close the bridge.",
        "The mayor | wants | to close the bridge | indirect intended",
    ),
    "believed": (
        "Fishermen believe that the sea is emptying.",
        "Fishermen | believe | that the sea is emptying | indirect thought",
    ),
    "praised": (
        "The mayor praised the firefighters for their patience.",
        "The mayor | praised | the firefighters for their patience | indirect praised",
    ),
    "blamed": (
        "The mayor criticised the firefighters for their delay.",
        "The mayor | criticised | the firefighters for their delay | indirect criticised",
    ),
    "a document": (
        "The report shows that the valve had failed.",
        "The report | shows | that the valve had failed | indirect showed",
    ),
    "a noun's clause": (
        "Her claim that the valve had failed was not tested.",
        "Her | claim | that the valve had failed | indirect claimed",
    ),
    "a passive with an agent": (
        "The plan was praised by the mayor.",
        "the mayor | praised | The plan | indirect praised",
    ),
    "a relative clause": (
        "Mara Quist, who said that the bridge was safe, has resigned.",
        "Mara Quist | said | that the bridge was safe | indirect said",
    ),
    "cue in the next sentence": (
        "“All the way!” Mara Quist shouted on the pier.",
        "Mara Quist | shouted | “All the way!” | direct said",
    ),
    "two apostrophes for marks": (
        "''The bridge is safe,'' Mara Quist said.",
        "Mara Quist | said | ''The bridge is safe,'' | direct said",
    ),
    "a straight mark that a curly one closes": (
        'It was late. "The bridge is safe,” Mara Quist said.',
        'Mara Quist | said | "The bridge is safe,” | direct said',
    ),
    "a line of an interview": (
        "Mara Quist: The bridge is safe for now.",
        "Mara Quist | : | The bridge is safe for now. | indirect said",
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_attribution_gives_its_words_cue_and_speaker(reads: Reads, form: str) -> None:
    text, expected = FORMS[form]
    assert told(reads(text), text) == [expected]


def test_a_second_cue_of_one_sentence_has_words_of_its_own(reads: Reads) -> None:
    text = "The mayor said the bridge was safe, adding that it would open in May."
    assert told(reads(text), text) == [
        "The mayor | said | the bridge was safe | indirect said",
        "The mayor | adding | that it would open in May | indirect said",
    ]


def test_what_stands_inside_anothers_words_is_part_of_them(reads: Reads) -> None:
    text = "The mayor said that the company had denied that the valve failed."
    (only,) = told(reads(text), text)
    assert only.startswith("The mayor | said | that the company had denied")


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sailed on Monday with nine crates of salt.",
        "The storm made the harbour close early.",
        "It was a “dry” bridge over a wet river.",
        "The valve that failed was sent to the workshop.",
        "Correction: An earlier version gave the wrong date.",
    ],
)
def test_what_nobody_says_is_no_attribution(reads: Reads, text: str) -> None:
    assert reads(text) == []


def test_a_quotation_alone_in_its_paragraph_goes_to_who_spoke_last_and_says_so(reads: Reads) -> None:
    text = "“The bridge is safe,” Mara Quist said.\n\n“And the tunnel is safer than the bridge.”"
    first, second = reads(text)
    assert (second["speaker"], second["parsed"], second["cue"]) == ("Mara Quist", False, None)
    assert first["parsed"]


def test_headlines_are_read_too(reads: Reads) -> None:
    rows = reads("", titles=["Mayor says bridge is safe"])
    assert [(row["field"], row["speaker_text"]) for row in rows] == [("title", "Mayor")]


def test_pieces_of_one_attribution_share_a_number_that_no_other_of_the_article_has(reads: Reads) -> None:
    text = "“The bridge,” she said, “is safe.” The mayor denied that it was."
    rows = reads(text, titles=["Mayor says bridge is safe"])
    assert [row["quote"] for row in rows] == [0, 1, 1, 2]


def test_words_are_counted_as_they_stand_between_spaces(reads: Reads) -> None:
    (row,) = reads("The mayor said the bridge was not safe.")
    assert row["words"] == 5


def test_an_article_in_another_language_is_not_read(reads: Reads) -> None:
    assert reads("Der Bürgermeister said the bridge is safe.", language="de") == []
