"""The page of claims: verdicts with their intervals against the margin, and every other way to compute them."""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier.board import Board
from masthead.dossier.charts.axes import ENDS, Axis, Range
from masthead.dossier.editions import FOLDERS, editions
from masthead.dossier.writing.notation import MEANS, RATIOS, SHARES
from masthead.findings.schemas import VERDICTS
from masthead.questions.claims.page.claims import _expectation, _margins, _stretches, verdicts
from tests.dossier import turns
from tests.dossier.conftest import Dossier
from tests.dossier.reading import read


def of(page: str, claim: str) -> str:
    return page.split(f'<section id="claim--{claim}"')[1].split("</section>")[0]


def test_the_index_leads_with_the_verdicts_in_the_studys_order(turned: Dossier) -> None:
    section = turned.index.split('<section id="claims"')[1].split("</section>")[0]
    assert turned.index.index('<section id="claims"') < turned.index.index('<section id="findings"')
    assert re.findall(r'href="claims.html#(.*?)"', section) == [
        *(f"claim--{c[0]}" for c in turns.CLAIMED),
        "claim--c6",
    ]
    text = read(section).text
    assert "3 supported 1 contradicted 1 not enough evidence 1 untestable" in text
    assert "does. supported +89 points, +82 to +96 points 6 of 6" in text
    assert "The Gull mourned the Ferry Accord. untestable no figure no other way" in text


def test_a_verdict_has_its_reason_figures_and_record(turned: Dossier) -> None:
    text = read(of(turned.page("claims.html"), "c2")).text
    assert "contradicted The other way: Tidewatch uses it more, by 32 points or more." in text
    assert "−39 points (95% interval −46 to −32 points): The Harbour Post 93%, Tidewatch 4%" in text
    assert "from 60 articles and 80" in text
    assert "5 of 6 other ways agree" in text
    assert (
        "Registered 3 Jan 2034, 10:00 UTC, after this archive was first surveyed; hash c2abcdef0123" in text
    )
    assert "Margin: 10 points" not in text
    assert re.search(r"Margin\s*10 points", text)
    assert "Not registered" in read(of(turned.page("claims.html"), "c3")).text
    assert "before this archive was first surveyed" in read(of(turned.page("claims.html"), "c1")).text


def test_ways_that_do_not_agree_come_first(turned: Dossier) -> None:
    section = of(turned.page("claims.html"), "c3")
    against = section.split("<details>")[0]
    assert "3 of 6 other ways agree" in read(section).text
    assert [
        read(t).text
        for t in re.findall(r'<tr role="row"><th role="rowheader" scope="row">(.*?)</th>', against)
    ] == [
        "a month longer",
        "a month shorter",
        "without the most extreme outlet",
    ]


def test_a_silence_shows_its_other_ways_as_any_claim_does(turned: Dossier) -> None:
    section = of(turned.page("claims.html"), "c5")
    assert "All 6 other ways agree" in read(section).text
    rows = [
        read(t).text for t in re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', section, re.DOTALL)
    ]
    assert len(rows) == 6
    # Ratios to what is expected, not shares.
    assert rows[0].startswith("without wire copy supported 0.14")


def test_an_untestable_claim_says_what_it_would_take(turned: Dossier) -> None:
    text = read(of(turned.page("claims.html"), "c4")).text
    assert "untestable The Gull has 3 articles in the period." in text
    assert "What it would take: about 140 articles of The Gull." in text
    assert "No other way could be computed" in text


def test_sentences_are_those_of_the_claims_own_edition(turned: Dossier) -> None:
    page = turned.page("claims.html")
    assert "evidence/dockers-league--state-bulletin.html#militant" in read(of(page, "c1")).links
    # The claim is of figures without wire copy, and Tidewatch has some.
    assert read(of(page, "c2")).links[:2] == [
        "without-wire-copy/../evidence/dockers-league--harbour-post.html#hero",
        "without-wire-copy/evidence/dockers-league--tidewatch.html#hero",
    ]
    # A group stands for its outlets.
    assert {link.split("--")[1].split(".")[0] for link in read(of(page, "c3")).links} == {
        *("ledger", "harbour-post", "tidewatch"),
    }
    assert "silences.html#outlet--state-bulletin" in read(of(page, "c5")).links


def test_claims_stand_once_for_both_editions(turned: Dossier) -> None:
    assert not (turned.folder / "without-wire-copy" / "claims.html").exists()
    assert "../claims.html#claim--c1" in read(turned.page("without-wire-copy/index.html")).links


def test_without_a_judgement_claims_are_still_on_record(crowded: Dossier) -> None:
    text = read(crowded.index).text
    assert (
        "Written down and hashed; this survey did not judge them. State Bulletin calls the dockers militant."
        in text
    )


def place(at: str) -> float:
    return float(at.removesuffix("%"))


expectations = st.sampled_from(("more", "less", "favourable", "unfavourable", "changed", "unchanged"))


@given(expectations, st.floats(0.01, 0.9), st.floats(-1, 1), st.sampled_from((SHARES, MEANS)))
def test_a_figure_lies_in_the_shaded_stretch_just_where_the_claim_holds(
    expect: str, margin: float, figure: float, notation: Any
) -> None:
    axis = Axis(notation, ENDS[-1])
    holds = {
        "more": figure >= margin,
        "favourable": figure >= margin,
        "less": figure <= -margin,
        "unfavourable": figure <= -margin,
        "changed": abs(figure) >= margin,
        "unchanged": abs(figure) <= margin,
    }[expect]
    at = axis.at(figure)
    inside = any(
        place(x) - 0.2 <= at <= place(x) + place(w) + 0.2 for x, w in _stretches(axis, expect, margin)
    )
    near = any(abs(at - place(m)) < 0.3 for m in _margins(axis, expect, margin))
    assert near or inside == holds


@settings(deadline=None)
@given(st.floats(0, 50), st.floats(0.05, 0.95))
def test_a_silence_lies_in_the_shaded_stretch_up_to_its_margin(ratio: float, margin: float) -> None:
    axis = Axis(RATIOS, math.inf)
    ((x, width),) = _stretches(axis, "silent", margin)
    assert place(x) == 0
    assert abs(axis.at(ratio) - place(width)) < 0.2 or (axis.at(ratio) < place(width)) == (ratio < margin)


def test_open_ends_reach_the_end_of_the_axis() -> None:
    assert Range(Axis(RATIOS, math.inf), 0.5, 0.1, None).places == ("9.1%", "33.3%", "100.0%")
    assert Range(Axis(RATIOS, math.inf), 0.5, 0.1, None).interval == "0.10 or more"
    assert Range(Axis(SHARES, 0.4), 0.1, None, 0.2).places == ("0.0%", "62.5%", "75.0%")


def test_claims_of_things_unknown_are_told_without_a_way_to_them(turned: Dossier) -> None:
    row = dict.fromkeys(VERDICTS.names) | {"claim": "x", "text": "Nobody says so.", "verdict": "untestable"}
    row |= {"measure": "kinship", "outlet": "not-a-paper", "versus": "before 2031-05-01"}
    findings = dataclasses.replace(turned.findings, verdicts=pa.Table.from_pylist([row], VERDICTS))
    boards = {wire: Board(findings.of_wire(wire)) for wire in FOLDERS}
    told = verdicts(boards, editions(turned.folder, "with", 12)[-1])
    assert told is not None
    (claim,) = told.claims
    assert (claim.sources, claim.range.has_figure, claim.ways) == ([], False, [])
    assert claim.terms["Set against"] == "before 2031-05-01"


@pytest.mark.parametrize(
    ("toward", "beyond", "spans"),
    [
        ("high", None, [("60.0%", "40.0%")]),
        ("low", None, [("0.0%", "40.0%")]),
        (None, None, [("0.0%", "40.0%"), ("60.0%", "40.0%")]),
        ("low", "belief", [("0.0%", "50.0%")]),
        (None, "belief", []),
    ],
)
def test_of_what_explains_the_end_that_is_claimed_is_shaded(
    toward: str | None, beyond: str | None, spans: list[tuple[str, str]]
) -> None:
    row = {"expect": "explained-by", "toward": toward, "beyond": beyond}
    assert _stretches(Axis(MEANS, 1.0), *_expectation(row, 0.2)) == spans
