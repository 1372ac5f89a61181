"""The page of forecasts: the record, confidence against truth, and the list to look through."""

from __future__ import annotations

import dataclasses
import re

import pyarrow as pa

from masthead.dossier.board import Board
from masthead.findings.findings import Findings
from masthead.findings.schemas import FORECASTS
from masthead.instruments.forecast.page.forecasts import Forecasts, forecasts
from tests.dossier import allegiance
from tests.dossier.conftest import Dossier
from tests.dossier.reading import read
from tests.dossier.test_alignment_page import part

PAGE = "forecasts.html"


def shown(findings: Findings) -> Forecasts:
    found = forecasts(Board(findings.of_wire("with")))
    assert found is not None
    return found


def test_the_record_counts_what_is_known(turned: Dossier) -> None:
    for text in (read(part(turned.page(PAGE), "record")).text, read(part(turned.index, "forecasts")).text):
        assert "49 forecasts: sentences that say what will happen to a subject" in text
        assert "The outcome of 30 is known." in text
        assert "Tidewatch 25% 10–49 16 of 22" in text
        assert "The Ledger voice unknown none known 0 of 1" in text
        assert "The Gull 1 of 2 too few 2 of 8" in text
    assert "forecasts.html#outlet--tidewatch" in read(part(turned.index, "forecasts")).links


def test_confidence_stands_beside_what_the_words_stand_for(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "confidence")
    text = read(section).text
    assert "almost certain stands for 95 to 99% overconfident 40% 25 to 55% 12 of 30" in text
    assert 'class="claimed" x="95.0%" width="4.0%"' in section
    assert "All outlets 0.31 0.21 to 0.41 0.25 83% 47% 30" in text


def test_a_forecast_has_what_who_by_when_confidence_and_what_became(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "outlet--state-bulletin")
    assert '<mark class="mention">is bound to fall by the end of May</mark>' in section
    text = read(section).text
    assert (
        "true worded as almost certain · about Dockers’ League · by “by the end of May”, until 31 May 2033"
        in text
    )
    assert "18 forecasts in its own voice: 9 true, 3 false, 2 open, 2 cannot tell." in text
    assert "not looked up worded as" in text


def test_what_is_quoted_planned_or_conditional_stands_apart(turned: Dossier) -> None:
    section = part(turned.page(PAGE), "apart")
    headings = [read(h).text for h in re.findall(r"<summary>(.*?)</summary>", section)]
    assert headings == [
        *("Forecasts that somebody else is quoted with: 1", "Plans and calendars: 1", "On a condition: 1"),
    ]
    assert "not looked up" not in section
    assert "The Ledger" not in section


def test_without_wire_copy_its_forecasts_are_left_out(turned: Dossier) -> None:
    assert "48 forecasts" in read(part(turned.page(f"without-wire-copy/{PAGE}"), "record")).text


def test_of_many_those_with_an_outcome_are_listed_in_order_of_time() -> None:
    rows = [
        {**r, "forecast": f"f{at}", "article_id": f"a{at}"}
        for at, r in enumerate(allegiance.findings().forecasts.to_pylist() * 5)
        if r["outlet"] == "tidewatch"
    ]
    rows.sort(key=lambda r: (r["published"], r["forecast"]))
    found = shown(dataclasses.replace(allegiance.findings(), forecasts=pa.Table.from_pylist(rows, FORECASTS)))
    (listed,) = found.outlets
    assert (listed.n, listed.n_listed) == (110, 60)
    assert {f.became for f in listed.forecasts} == {"true", "false"}
    days = [f.headline.published for f in listed.forecasts]
    assert days == sorted(days, key=str)


def test_a_sentence_about_two_subjects_is_shown_once_and_counted_twice() -> None:
    row = next(r for r in allegiance.findings().forecasts.to_pylist() if r["outlet"] == "tidewatch")
    rows = [row, {**row, "forecast": "again", "subject": "port-authority"}]
    found = shown(dataclasses.replace(allegiance.findings(), forecasts=pa.Table.from_pylist(rows, FORECASTS)))
    (listed,) = found.outlets
    assert listed.n == 2
    assert [[s.id for s in f.subjects] for f in listed.forecasts] == [["dockers-league", "port-authority"]]


def test_before_anything_is_entered_there_is_a_list_and_no_record() -> None:
    rows = [{**r, "became": None} for r in allegiance.findings().forecasts.to_pylist()]
    found = shown(dataclasses.replace(allegiance.findings(), forecasts=pa.Table.from_pylist(rows, FORECASTS)))
    assert (found.n, found.n_known) == (49, 0)
