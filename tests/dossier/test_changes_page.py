"""The page of changes: dates with intervals, both sides with their sentences, drift and coverage apart."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pyarrow as pa
import pytest

from masthead.dossier.board import Board
from masthead.findings.findings import Findings
from masthead.findings.schemas import CHANGES, REVERSALS, SOURCES
from masthead.questions.changes.page import changes as changes_page
from masthead.questions.changes.page.changes import changes
from masthead.questions.changes.page.passages_around import ARTICLES
from masthead.questions.changes.page.reversals import record
from tests.dossier import strait, turns
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import broken_links, read

SECTION = re.compile(r'<section id="([^"]+)"(.*?)</section>', re.S)
ENTRY = re.compile(r'<article id="change--(\d+)" class="change">(.*?)</article>', re.S)


def entry(page: str, heading: str) -> str:
    """Return the part of a page about one change, by the start of its heading."""
    found: list[str] = [body for _, body in ENTRY.findall(page) if heading in read(body).text[:90]]
    assert len(found) == 1
    return found[0]


def test_findings_that_were_not_searched_have_no_such_pages(crowded: Dossier) -> None:
    for name in ("changes", "claims"):
        assert not (crowded.folder / f"{name}.html").exists()
        assert f"{name}.html" not in read(crowded.index).links


def test_every_link_leads_somewhere_and_ids_are_unique(turned: Dossier) -> None:
    assert broken_links(turned.folder) == []
    for path in turned.folder.rglob("*.html"):
        ids = read(path.read_text(encoding="utf-8")).ids
        assert len(ids) == len(set(ids)), path.name


def test_a_change_has_its_date_interval_figures_and_odds(turned: Dossier) -> None:
    found = entry(turned.page("changes.html"), "The Harbour Post: what it calls")
    text = read(found).text
    assert "From 9 Jan 2033 on; 95% interval of the date 20 Dec 2032 to 19 Jan 2033." in text
    assert "militant 31% 25–37 62% 54–70 +31 points +21 to +41 points" in text
    assert "61 articles before, 33 after." in text
    assert re.search(r"q 0\.004 .*from 9,999 permutations", text)
    assert "Family naming, all outlets and subjects" in text
    assert 'class="c-at"' in found
    assert 'class="c-when"' in found


def test_the_sentences_on_either_side_are_the_nearest_whatever_they_say(turned: Dossier) -> None:
    found = entry(turned.page("changes.html"), "The Harbour Post: what it calls")
    before, after = found.split("<h4>After</h4>")
    rows = [
        r
        for r in turned.findings.sources.to_pylist()
        if (r["measure"], r["outlet"], r["subject"]) == ("naming", "harbour-post", "dockers-league")
        and r["published"] is not None
    ]
    low, high = turns.TURN - dt.timedelta(20), turns.TURN + dt.timedelta(10)
    earlier = sorted({r["published"].date() for r in rows if r["published"].date() < low})[-ARTICLES:]
    later = sorted({r["published"].date() for r in rows if r["published"].date() > high})[:ARTICLES]
    for side, days in ((before, earlier), (after, later)):
        shown = re.findall(r'<p class="from"><time>(.*?)</time>', side)
        assert len(shown) == ARTICLES
        assert set(shown) <= {f"{d.day} {d:%b %Y}" for d in days}


def test_drift_what_is_covered_and_gaps_are_told_apart(turned: Dossier) -> None:
    page = turned.page("changes.html")
    sections = dict(SECTION.findall(page))
    assert [n for n, _ in ENTRY.findall(sections["drifts"])] == ["4"]
    assert "Between 17 Feb 2031 and 8 Mar 2033, slowly or at once" in read(sections["drifts"]).text
    assert "17 Feb 2031 to 8 Mar 2033 no day State Bulletin" in read(sections["list"]).text
    assert 'class="c-drift"' in entry(page, "State Bulletin: how much it covers")
    assert "The mix of stories or of sections moved here" in read(sections["moved"]).text
    assert len(ENTRY.findall(sections["moved"])) == 1
    tide = entry(page, "Tidewatch: what it calls")
    assert "A gap in collection touches the interval of this date" in read(tide).text
    assert 'class="c-at c-edge"' in tide
    assert "naming, quoted voice, Dockers’ League" not in read(sections["list"]).text


def test_a_change_in_another_voice_stands_apart_unless_the_leading_voice_changed_too(turned: Dossier) -> None:
    text = read(turned.page("changes.html")).text
    assert "In one voice alone" in text
    assert "3 Aug 2032 Wire Seven naming, quoted voice, Dockers’ League" in text
    rows = turned.findings.changes.to_pylist()
    also = [{**r, "change": "c-also", "voice": "all"} for r in rows if r["change"] == "c-voice"]
    found = changes(
        Board(
            dataclasses.replace(turned.findings, changes=pa.Table.from_pylist(rows + also, CHANGES)).of_wire(
                "with"
            )
        )
    )
    assert found is not None
    assert found.other_voices == []


def test_editions_show_their_own_changes(turned: Dossier) -> None:
    whole, without = (read(turned.page(f"{e}changes.html")).text for e in ("", "without-wire-copy/"))
    assert "found 6 changes" in whole
    assert "found 5 changes" in without
    assert "The Ledger: whose words it runs" in whole
    assert "The Ledger: whose words it runs" not in without
    links = read(turned.page("without-wire-copy/changes.html")).links
    assert "../changes.html" in links


def test_the_index_says_the_surest_in_order_of_time(turned: Dossier) -> None:
    section = dict(SECTION.findall(turned.index))["changes"]
    text = read(section).text
    assert "found 6 changes" in text
    assert "false discovery rate below 5%" in text
    told = [
        "The Ledger changed whose words it runs from 3 Mar 2032 on",
        "Tidewatch changed what it calls Dockers’ League from 21 May 2032 on",
        "The Harbour Post changed what it calls Dockers’ League from 9 Jan 2033 on (between 20 Dec 2032 and 19 Jan "
        "2033): “militant” from 31% to 62%, “worker” from 42% to 25%.",
        "The Harbour Post changed how it portrays Dockers’ League from 20 Jan 2033 on",
    ]
    places = [text.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert "a gap in collection touches the date" in text
    assert "turned round 2 times" in text


def test_a_share_that_says_little_by_itself_does_not_lead(turned: Dossier) -> None:
    found = changes(Board(turned.findings.of_wire("with")))
    assert found is not None
    surest = max(found.with_date, key=lambda c: c.sure)
    assert surest in found.leading
    bare = dataclasses.replace(surest, words=dataclasses.replace(surest.words, compared=False))
    found.in_order[found.in_order.index(surest)] = bare
    assert bare not in found.leading


def test_timelines_of_the_index_are_marked(turned: Dossier) -> None:
    chart = turned.index.split('id="dockers-league--naming--militant--time"')[1].split("</figure>")[0]
    panels = dict(re.findall(r'<p class="name"><bdi>(.*?)</bdi></p>(.*?)</svg>', chart, re.S))
    assert 'class="c-at"' in panels["The Harbour Post"]
    # The composition of Tidewatch changed too, but not in this category.
    assert not any('class="c-at' in drawn for name, drawn in panels.items() if name != "The Harbour Post")
    told = "change: The Harbour Post from 31% to 62% on 9 Jan 2033 (20 Dec 2032 to 19 Jan 2033)."
    assert told in read(chart).text


def test_reversals_are_set_against_events(turned: Dossier) -> None:
    text = read(turned.page("changes.html")).text
    assert (
        "20 Jan 2033 (31 Dec 2032 to 30 Jan 2033) from unfavourable to favourable, 36 days after Closing of the "
        "Strait; by chance a change falls as near to an event in 19% of cases." in text
    )
    bars = re.findall(r'<svg class="course".*?</svg>', turned.page("changes.html"))
    assert len(bars) == 2
    for bar in bars:
        wide = re.findall(r'<rect class="(rec-[a-z0-9]+)" x="[\d.]+%" width="([\d.]+)%" y="7"', bar)
        assert sum(float(w) for name, w in wide if name != "rec-doubt") == pytest.approx(100, abs=0.05)


def test_each_reversal_ends_one_stretch_and_begins_the_next(turned: Dossier) -> None:
    days = [dt.date(2031, 5, 1), dt.date(2031, 9, 1), dt.date(2032, 2, 1)]
    sides = ("favourable", "unfavourable", "favourable", "unfavourable")
    rows = [
        {
            **dict.fromkeys(REVERSALS.names),
            **{"change": f"r{i}", "measure": "portrayal", "outlet": "gull", "subject": "dockers-league"},
            **{"voice": "own", "wire": "with", "date": day, "before": sides[i], "after": sides[i + 1]},
            **{"date_low": day, "date_high": day},
        }
        for i, day in reversed(list(enumerate(days)))
    ]
    board = Board(dataclasses.replace(turned.findings, reversals=pa.Table.from_pylist(rows, REVERSALS)))
    (track,) = record(board, {}).tracks
    assert [s.style for s in track.stretches] == ["rec-f", "rec-u", "rec-f", "rec-u"]
    assert [t.date for t in track.turns] == days
    # The second came slowly: it has no day, and the bar turns in the middle of its time.
    rows[1] |= {"date": None, "date_low": dt.date(2031, 8, 1), "date_high": dt.date(2031, 10, 2)}
    board = Board(dataclasses.replace(turned.findings, reversals=pa.Table.from_pylist(rows, REVERSALS)))
    (slow,) = record(board, {}).tracks
    assert [t.date for t in slow.turns] == [days[0], None, days[2]]
    assert slow.stretches == track.stretches
    assert sum(float(s.width.removesuffix("%")) for s in track.stretches) == pytest.approx(100, abs=0.05)


def test_nothing_found_is_said(tmp_path: Path) -> None:
    plain = strait.findings(papers=strait.PAPERS[:2])
    whole = plain.estimates.filter(plain.estimates["period_start"].is_null())
    about = {
        **plain.about,
        "changes": {"said": ["Less than 30 points would go unseen", "96 series were searched"], "sight": []},
    }
    made = make(dataclasses.replace(plain, estimates=whole, about=about), tmp_path / "d")
    text = read(made.page("changes.html")).text
    assert "No change was found" in text
    assert "96 series were searched." in text
    # What cannot be seen is said before all else.
    for page in (text, read(made.index).text):
        assert page.index("30 points would go unseen.") < page.index("No change was found")
    assert broken_links(made.folder) == []


def test_pages_stay_in_bounds_and_say_what_is_cut(turned: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes_page, "SHOWN", 5)
    monkeypatch.setattr(changes_page, "LISTED", 8)
    one = [r for r in turned.findings.changes.to_pylist() if r["change"] == "c-harbour"]
    many = [{**r, "change": f"c{i:03}", "conf_low": (i + 1) / 100} for i in range(12) for r in one]
    found = changes(Board(dataclasses.replace(turned.findings, changes=pa.Table.from_pylist(many, CHANGES))))
    assert found is not None
    assert (found.n, len(found.in_order), found.n_told) == (12, 8, 5)
    assert {c.id for c in found.in_order if c.in_full} == {f"c{i:03}" for i in range(7, 12)}


def test_rows_without_a_date_or_of_nobody_known_or_whose_difference_may_be_0_are_left_out(
    turned: Dossier,
) -> None:
    rows = turned.findings.changes.to_pylist()
    odd = [
        {**rows[0], "change": "no-date", "date": None},
        {**rows[0], "change": "no-figure", "before": None, "difference": None},
        {**rows[0], "change": "unsure", "conf_low": -0.01, "conf_high": 0.4},
        {**rows[0], "change": "nobody", "outlet": "not-a-paper"},
        {**rows[0], "change": "nothing", "subject": "not-a-subject"},
        {**rows[0], "change": "no-measure", "measure": "kinship"},
    ]
    board = Board(dataclasses.replace(turned.findings, changes=pa.Table.from_pylist(odd, CHANGES)))
    found = changes(board)
    assert found is not None
    assert found.in_order == []


def test_an_order_of_rows_changes_nothing(turned: Dossier) -> None:
    def told(findings: Findings) -> str:
        return repr(changes(Board(findings.of_wire("with"))))

    mixed = dataclasses.replace(
        turned.findings,
        changes=turned.findings.changes.take(list(range(turned.findings.changes.num_rows))[::-1]),
        reversals=turned.findings.reversals.take(list(range(turned.findings.reversals.num_rows))[::-1]),
        sources=pa.Table.from_pylist(turned.findings.sources.to_pylist()[::-1], SOURCES),
    )
    assert told(mixed) == told(turned.findings)
