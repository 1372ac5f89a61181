"""The page of alignment: the map, praise and blame, what explains it and how little can be shown, camps and axes."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pyarrow as pa
import pytest

from masthead.dossier.board import Board
from masthead.findings.schemas import ALIGNMENT, EXPLANATIONS
from masthead.questions.alignment.page.alignment import alignment
from tests.dossier import allegiance, crowd, turns
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import broken_links, read

PAGE = "alignment.html"


def part(page: str, anchor: str) -> str:
    """Return the section of a page with this anchor."""
    return page.split(f'<section id="{anchor}"')[1].split("</section>")[0]


def outlet(page: str, name: str) -> str:
    return part(page, "explained").split(f'<article id="outlet--{name}"')[1].split("</article>")[0]


def heads(html: str) -> list[str]:
    return [read(h).text for h in re.findall(r'<th scope="row">(.*?)</th>', html)]


def test_rows_and_columns_stand_in_the_order_of_the_map(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "map")
    first = section.split("</table>")[0]
    titles = [
        "Tidewatch",
        "The Ledger voice unknown",
        "The Harbour Post",
        "Wire Seven",
        "State Bulletin",
        "The Gull",
    ]
    assert heads(first) == titles
    assert re.findall(r'<th scope="col"><span><bdi>(.*?)</bdi>', first) == [
        *("Ferry Accord", "Dockers’ League", "Port Authority"),
    ]
    assert section.count("<table") == 3


def test_a_cell_has_figure_interval_side_and_its_sentences(turned: Dossier) -> None:
    first = part(turned.page(PAGE), "map").split("</table>")[0]
    row = first.split("<bdi>State Bulletin</bdi>")[1].split("</tr>")[0]
    assert read(row).text.strip() == "−0.22 −0.31 to −0.13 −0.55 −0.64 to −0.46 +0.48 +0.39 to +0.57"
    assert re.findall(r'<td class="(\w+)"', row) == ["u2", "u4", "f4"]
    assert read(row).links[1] == "evidence/dockers-league--state-bulletin.html#portrayal"
    # What does not surely lie on one side has no colour, and where there is too little evidence there is no figure.
    assert 'class="even"' in first.split("<bdi>Wire Seven</bdi>")[1].split("</tr>")[0]
    assert "too few" in first.split("<bdi>The Gull</bdi>")[1]


def test_praise_and_blame_stand_apart_with_intervals(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "apart")
    row = section.split("<bdi>State Bulletin</bdi>")[1].split("</tr>")[0]
    assert "+15 6–24−65 56–74" in read(row).text
    assert 'class="rec-u" x="17.5%" width="32.5%"' in row
    assert 'class="rec-f" x="50%" width="7.5%"' in row
    assert set(read(row).links) == {
        f"evidence/{s}--state-bulletin.html#portrayal" for s in allegiance.SUBJECTS
    }


def test_how_little_can_be_shown_is_said_before_any_answer(turned: Dossier) -> None:
    page = turned.page(PAGE)
    assert page.index('id="evidence"') < page.index('id="map"') < page.index('id="explained"')
    text = read(part(page, "evidence")).text
    assert "9 subjects split 3 to 6 cannot give a p below .012." in text
    assert (
        "“Close to the Board” high: Port Authority low: Dockers’ League 2 to 9 3 to 6 0.012 to 0.50" in text
    )
    assert "“believes in the accord” 2 to 9 3 to 6 0.012 to 0.50 age of the party" in text
    assert "cannot be shown" not in text


def test_a_factor_that_cannot_reach_significance_is_marked(turned: Dossier) -> None:
    rows = [{**r, "p_least": 0.2} for r in turned.findings.explanations.to_pylist()]
    findings = dataclasses.replace(turned.findings, explanations=pa.Table.from_pylist(rows, EXPLANATIONS))
    found = alignment(Board(findings.of_wire("with")))
    assert found is not None
    assert [e.hopeless for e in found.explanations.evidence] == [True, True]


def test_what_explains_an_outlet_is_said_in_a_sentence_with_its_numbers(turned: Dossier) -> None:
    text = read(part(turned.page(PAGE), "explained")).text
    assert (
        "How State Bulletin portrays subjects follows “Close to the Board”: those at its high end stand 0.30 above "
        "those at its low end (+0.15 to +0.50; p 0.024 for the best of 2, q 0.03), and for a subject left out it takes "
        "82% off the error of guessing the mean (34 to 95%); “believes in the accord” adds nothing to it "
        "(+0.03, −0.05 to +0.12; less than 0.1 either way counts as nothing). Set against "
        "the other outlets it is still +0.25 (+0.05 to +0.45)." in text
    )
    assert (
        "No factor is shown to explain how The Harbour Post, Wire Seven and The Gull portray subjects" in text
    )
    assert "+0.02 (−0.18 to +0.22): what they write too is no side of its own." in text
    assert "Among so many outlets chance alone may bring this (q 0.30)." in text.split("How Tidewatch")[1]
    # Surest first, and of these who stands apart from the others.
    assert text.index("How State Bulletin") < text.index("How Tidewatch")


def test_answers_stand_with_the_margin_shaded_and_a_reason_where_there_is_no_figure(turned: Dossier) -> None:
    found = outlet(turned.page(PAGE), "tidewatch")
    assert "explains" in read(found).text
    # The margin of 0.1 on an axis that ends at 0.6.
    assert 'class="claimed" x="41.7%" width="16.7%"' in found
    assert "It splits the subjects as age of the party does." in read(found).text
    assert "9 subjects, of which" not in read(found).text
    gull = read(outlet(turned.page(PAGE), "gull")).text
    assert "not enough evidence 9 subjects, of which the factor gives 2 a value. no figure" in gull


def test_camps_axes_misfits_and_what_followed(turned: Dossier) -> None:
    page = turned.page(PAGE)
    balance = read(part(page, "balance")).text
    assert "1 of 9 ties stands in the way of two camps." in balance
    assert "at random, 2.6 would stand in the way" in balance
    assert "One campTidewatch, The Ledger, Dockers’ League" in balance
    assert "All 9 sure ties are unfavourable, so that balance says nothing." in balance
    axes = part(page, "axes")
    assert axes.index("Tidewatch") < axes.index("Wire Seven") < axes.index("State Bulletin")
    assert "The Harbour Post on Ferry Accord +0.30 +0.21 to +0.39 −0.10" in read(axes).text
    assert part(page, "map").count('title="does not fit the axes"') == 1
    followed = read(part(page, "followed")).text
    assert (
        "“Close to the Board” from −1 to 1 on 1 Jan 2033 −0.20 −0.30 to −0.10 +0.31 +0.20 to +0.40"
        in followed
    )


def test_editions_differ_where_wire_copy_does(turned: Dossier) -> None:
    beside = turned.page(f"without-wire-copy/{PAGE}")
    assert "+0.49" in read(part(beside, "map")).text
    assert "+0.49" not in read(part(turned.page(PAGE), "map")).text
    assert "No cycle of two outlets and two subjects has four ties." in read(part(beside, "balance")).text
    assert 'id="followed"' not in beside
    assert broken_links(turned.folder) == []


def test_where_nothing_can_be_said_only_that_is_said(tmp_path: Any) -> None:
    plain = turns.findings()
    reason = {"reason": "the study looks at one subject: see `masthead study check`"}
    about = {**plain.about, "alignment": reason, "kinship": reason}
    made = make(dataclasses.replace(plain, about=about), tmp_path / "d")
    for name in ("alignment", "kinship"):
        page = made.page(f"{name}.html")
        text = "The study looks at one subject: see masthead study check."
        assert f"Nothing can be said {text}" in read(page).text
        assert "<code>masthead study check</code>" in page
        assert "<table" not in page
        assert text in read(part(made.index, name)).text


def test_without_the_question_there_is_no_page(crowded: Dossier) -> None:
    for name in ("alignment", "kinship"):
        assert not (crowded.folder / f"{name}.html").exists()
        assert f'id="{name}"' not in crowded.index


@pytest.mark.parametrize("turn", [1, -1])
def test_the_map_stands_in_its_order_whatever_the_order_of_rows(turn: int) -> None:
    plain = allegiance.findings()
    rows = sorted(plain.alignment.to_pylist(), key=lambda r: (r["subject"], r["outlet"], r["basis"]))[::turn]
    found = alignment(Board(dataclasses.replace(plain, alignment=pa.Table.from_pylist(rows, ALIGNMENT))))
    assert found is not None
    assert found.map is not None
    assert [r.outlet.id for r in found.map.grids[0].rows] == list(allegiance.OUTLETS)
    assert [s.id for s in found.subjects] == list(allegiance.SUBJECTS)


def test_parts_of_portrayal_stand_on_the_map_alone(turned: Dossier) -> None:
    assert "praise" in {m["name"] for m in turned.findings.about["measures"]}
    assert 'id="port-authority--praise"' not in turned.index
    assert 'id="praise"' not in turned.page("evidence/port-authority--state-bulletin.html")


def test_a_claim_of_what_explains_rests_on_subjects_and_leads_to_the_page(turned: Dossier) -> None:
    section = part(turned.page("claims.html"), "claim--c6")
    text = read(section).text
    assert "+0.54 (95% interval +0.31 to +0.80); from 9 subjects." in text
    assert re.search(r"Factor\s*Close to the Board", text)
    assert re.search(r"Which adds nothing\s*believes in the accord", text)
    assert "alignment.html#outlet--state-bulletin" in read(section).links
    assert re.search(r"Portrayed better\s*its high end", text)
    # All of the end that is claimed: the margin of 0.2 is of what the other factor adds.
    assert re.findall('class="claimed" x="([^"]*)" width="([^"]*)"', section) == [("50.0%", "50.0%")]


def test_findings_that_were_not_asked_make_no_page() -> None:
    assert alignment(Board(crowd.findings())) is None
