"""Speakers without a verb: turns of an interview, names behind a dash, before a colon or on a line, and posts."""

from __future__ import annotations

import pytest

from tests.attribution.conftest import Reads

LONG = "“The bridge is safe and will open in June.”"

SPEAKERS = {
    "behind a dash": (f"{LONG} — Mara Quist", {LONG: "Mara Quist"}),
    "behind a hyphen, with an office": (f"{LONG} -Mayor Mara Quist, harbour master", {LONG: "Mara Quist"}),
    "behind a dash in the next line": (f"{LONG}\n— Mara Quist", {LONG: "Mara Quist"}),
    "behind a colon": (f"{LONG}: Mara Quist", {LONG: "Mara Quist"}),
    "in a line that ends in a colon": (f"A word from Mayor Mara Quist:\n\n{LONG}", {LONG: "Mara Quist"}),
    "from an office": (f"From the office of Mara Quist, leader of the port:\n\n{LONG}", {LONG: "Mara Quist"}),
    "on a line with an office": (f"Mara Quist, harbour master\n{LONG}", {LONG: "Mara Quist"}),
    "name and office before a colon": (
        "Mara Quist, opposition: “We are ready.”\nOdo Renn, mayor: “They are not.”",
        {"“We are ready.”": "Mara Quist", "“They are not.”": "Odo Renn"},
    ),
    "office and name before a colon": (
        "Harbour master Mara Quist: “We are ready.” Mayor Odo Renn: “They are not.”",
        {"“We are ready.”": "Mara Quist", "“They are not.”": "Odo Renn"},
    ),
    "a verb in the office is read as a verb": (
        "Mara Quist, who runs the port, said: “We are ready.”",
        {"“We are ready.”": "Mara Quist"},
    ),
    "a line of two names is nobody's": (f"Mara Quist and Odo Renn at the pier:\n\n{LONG}", {LONG: None}),
    "a heading is nobody": (f"Mara Quist spoke in May.\n\nAnalysis:\n\n{LONG}", {LONG: None}),
    "a post is its writer's": (
        "It rained.\n\nThe bridge is ours. — Mara Quist (@quist) March 1, 2021\n\nBoats left.",
        {"The bridge is ours.": "Mara Quist"},
    ),
    "a post is its writer's in the next line": (
        "It rained.\n\nThe bridge is ours.\n— Mara Quist (@quist) 1 March 2021",
        {"The bridge is ours.": "Mara Quist"},
    ),
    "a lost space before the verb": (
        "Police found a cable.“We will rebuild,”said Mara Quist.Boats left.",
        {"“We will rebuild,”": "Mara Quist"},
    ),
    "a quotation glued to another is cut": (
        "“We will go.”“They will not,” said Mara Quist.",
        {"“They will not,”": "Mara Quist"},
    ),
}


@pytest.mark.parametrize("case", SPEAKERS)
def test_words_are_given_to_whom_the_line_names(reads: Reads, case: str) -> None:
    text, speakers = SPEAKERS[case]
    assert {text[row["start"] : row["end"]]: row["speaker"] for row in reads(text)} == speakers


def test_turns_of_an_interview_count_however_short(reads: Reads) -> None:
    text = (
        "INTERVIEWER: Is it safe?\n\nMARA QUIST, MASTER: It was never shut. We knew.\n\nINTERVIEWER: And now?\n\n"
        "QUIST: It is.\n\nODO RENN (opposition): No.\n\n(CROSSTALK)"
    )
    turns = [(row["speaker_text"], row["words"]) for row in reads(text)]
    assert turns == [
        ("INTERVIEWER", 3),
        ("MARA QUIST", 6),
        ("INTERVIEWER", 2),
        ("QUIST", 2),
        ("ODO RENN", 1),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Location: the old harbour of Tellan",
        "Analysis: The port is dead this winter",
        "Opinion: The mayor and the bridge",
        "ANALYSIS: The bridge at the end of its life",
        "WATCH: Mara Quist on the new bridge",
        "Updated: 10:15",
        "Border Roads: the bridge is shut for the winter",
        "The harbour: a place of boats and nets",
    ],
)
def test_headings_are_no_speakers(reads: Reads, line: str) -> None:
    assert reads(f"It rained.\n{line}\nBoats left.") == []


def test_a_guess_is_taken_only_inside_a_chain_of_quotations(reads: Reads) -> None:
    said = "“The bridge is safe,” Mara Quist said."
    chained = reads(f"{said}\n\n{LONG}")[-1]
    after_heading = reads(f"{said}\n\nWhat comes next\n\n{LONG}")[-1]
    after_others = reads(f"{said} It rained all day, and boats stayed in the port until dusk.\n\n{LONG}")[-1]
    assert (chained["speaker"], after_heading["speaker"], after_others["speaker"]) == (
        "Mara Quist",
        None,
        None,
    )


def test_an_unclosed_mark_ends_with_its_sentence(reads: Reads) -> None:
    text = "Mara Quist said: “The bridge is safe. The League, a gang, burnt the pier. It rained."
    assert [text[row["start"] : row["end"]] for row in reads(text)] == ["“The bridge is safe."]
