"""Pages about what takes more than one article: voices, echoes, stories, silences."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import re
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier.board import Board
from masthead.dossier.diff import diff
from masthead.dossier.writing.notation import RATIOS
from masthead.dossier.writing.numbers import lasting
from masthead.findings.findings import Findings
from masthead.findings.schemas import ECHOES, ESTIMATES, SCHEMAS, SILENCES, STORIES
from masthead.instruments.echo.page.echoes import EXAMPLES, echoes
from masthead.instruments.silence.page.calendar import MOST, calendar
from masthead.instruments.silence.page.silences import SHOWN, silences
from masthead.instruments.silence.page.stories import stories
from tests.dossier import crowd
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import broken_links, read

ALIKE = ("echoes.html", "stories.html", "silences.html")


def few(findings: Findings, **tables: pa.Table) -> Findings:
    """The same with other tables, and without anything that would have to be drawn."""
    whole = findings.estimates.filter(findings.estimates["period_start"].is_null())
    return dataclasses.replace(findings, **{"estimates": whole, **tables})


def test_findings_without_them_have_no_such_pages(dossier: Dossier) -> None:
    assert not any((dossier.folder / name).exists() for name in (*ALIKE, "voices.html"))
    assert "leave out" not in read(dossier.index).text.split("Key findings")[0]


def test_every_link_leads_somewhere_in_both_editions(crowded: Dossier) -> None:
    assert broken_links(crowded.folder) == []
    for path in crowded.folder.rglob("*.html"):
        ids = read(path.read_text(encoding="utf-8")).ids
        assert len(ids) == len(set(ids)), path.name


def test_pages_that_are_the_same_in_both_editions_stand_once(crowded: Dossier) -> None:
    beside = crowded.folder / "without-wire-copy"
    assert not any((beside / name).exists() for name in ALIKE)
    index = read((beside / "index.html").read_text(encoding="utf-8"))
    for name in ALIKE:
        assert f"../{name}" in index.links
        assert "wire copy without" not in read(crowded.page(name)).text
    assert "../silences.html#outlet--state-bulletin" in index.links


def test_voices_differ_with_and_without_wire_copy(crowded: Dossier) -> None:
    whole, without = (read(crowded.page(f"{e}voices.html")).text for e in ("", "without-wire-copy/"))
    assert "55%" in whole
    assert "55%" not in without
    assert "31% 28–34" in without
    assert "Words given to Dockers’ League Tidewatch" in read(crowded.index).text


def test_the_index_asks_all_questions_and_leads_to_the_pages(crowded: Dossier) -> None:
    page = read(crowded.index)
    assert (
        "what do they call them, in what light do they show them, whom do they let speak, whose words do they "
        "run, and what do they leave out?" in page.text
    )
    for name in ("voices", "echoes", "stories", "silences"):
        assert f"#{name}" in page.links
        assert f"{name}.html" in page.links
        assert f"{name}.parquet" in page.links or name == "voices"
    assert "0 and up; 1 is as usual" in page.text


def test_speakers_have_shares_names_and_verbs(crowded: Dossier) -> None:
    page = crowded.page("voices.html")
    section = page.split('id="outlet--state-bulletin"')[1].split("<section")[0]
    text = read(section).text
    assert "2,400 words given to somebody, in 40 articles of 150" in text
    assert "Ada Marrow Dockers’ League 800 40 22" in text
    assert "claimed 18 of 90 20% 13–29" in text
    assert "evidence/dockers-league--state-bulletin.html#stance--claimed" in read(section).links
    assert "Given to nobody in particular" in text
    assert "“The berths stay shut until Sunday,” A pilot said." in text
    assert "Nobody is quoted or cited in 3 articles" in read(page).text


def test_bars_hold_all_words(crowded: Dossier) -> None:
    bars = re.findall(r'<svg class="bar".*?</svg>', crowded.page("voices.html"))
    assert len(bars) == len(crowd.MOST)
    for bar in bars:
        assert sum(float(w) for w in re.findall(r'width="([\d.]+)%"', bar)) == pytest.approx(100, abs=0.05)


def test_words_given_and_cue_are_marked_on_the_evidence_page(crowded: Dossier) -> None:
    page = crowded.page("evidence/dockers-league--tidewatch.html")
    section = page.split('id="voice"')[1].split("<section")[0]
    assert '“<mark class="mention">The berths stay shut until Sunday</mark>,”' in section
    assert '<mark class="label">claimed</mark>' in section
    text = read(section).text
    assert "Words given to Dockers’ League" in text
    assert "in quotation marks · given to Dockers’ League · cue: said" in text
    assert "All 2 are shown" in text
    assert 'id="stance--claimed"' in page
    assert "1,320 of 2,400 attributed words, in 40 articles" in text


def test_the_map_says_who_ran_whose_words_and_how_late(crowded: Dossier) -> None:
    page = crowded.page("echoes.html")
    rows = re.findall(r"<tr><th scope=\"row\"><bdi>(.*?)</bdi></th>(.*?)</tr>", page.split('class="map"')[1])
    cells = dict(rows)["The Harbour Post"].split("<td")[1:]
    assert "#echo--harbour-post--wire-seven" in cells[0]
    assert read(cells[0]).text.endswith("20 6 hours")
    assert 'class="self"' in cells[2]
    text = read(page).text
    assert "The Harbour Post ran words of Wire Seven 20 articles, 3,100 words; 4 are the same article" in text
    assert "word for word the same" in text
    assert "20 more pairs of articles of two outlets share words, and nobody knows which was first" in text
    assert "Tidewatch and Wire Seven share words For 5 articles it is not known which was first." in text


def test_a_story_has_its_outlets_in_order_of_time_and_wire_copy_marked(crowded: Dossier) -> None:
    board = Board(crowded.findings.of_wire("with"))
    told = stories(board)
    assert told is not None
    assert (len(told.stories), told.n_listed) == (30, 40)
    for story in told.stories:
        places = [float(t.marks[0][0].removesuffix("%")) for t in story.tellers]
        assert places == sorted(places)
        assert (places[0], places[-1]) == (0.0, 100.0)
    page = crowded.page("stories.html")
    section = page.split('id="story--1"')[1].split("</section>")[0]
    assert section.count('<circle class="pt quoted"') == 1
    assert "wire copy" in section
    assert "stories.parquet lists 40" in read(page).text


def test_silences_are_headed_by_chance_and_stand_on_the_calendar(crowded: Dossier) -> None:
    page = crowded.page("silences.html")
    text = read(page).text
    assert (
        "70 likely stories were passed over 61.4 expected by chance alone That is no more than chance" in text
    )
    assert "State Bulletin passes over many stories about Dockers’ League: it ran 2 stories where" in text
    assert "Tidewatch runs fewer stories about Port Authority than its habits make expected" in text
    assert "The Gull (3 dated articles, fewer than 20)" in text
    rows = dict(
        re.findall(r"<tr><th scope=\"row\"><bdi>(.*?)</bdi></th>(.*?)</tr>", page.split('class="cal"')[1])
    )
    tidewatch = rows["Tidewatch"].split("<td")[1:]
    assert len(tidewatch) == 36
    assert ["gap" in cell for cell in tidewatch[12:18]] == [False, True, True, True, True, False]
    counts = [int(n) for row in rows.values() for n in re.findall(r">(\d+)<", row)]
    assert sum(counts) == 70
    assert len(re.findall(r'<article id="silence--\d+">', page)) == SHOWN
    first = page.split('id="silence--1"')[1].split("</article>")[0]
    assert read(first).text.count("writes Tidewatch") == 1
    assert "Tidewatch did not run “Ferries turned back" in read(first).text


def test_ratios_stand_with_what_was_run_and_expected(crowded: Dossier) -> None:
    page = crowded.page("silences.html")
    row = read(page.split('id="outlet--state-bulletin"')[1].split("</tr>")[0]).text
    assert "0.14 0.04–0.41 2 of 14.3" in row
    assert "1.10–∞" in page
    assert "0 of 1.4 too few expected" in read(page).text
    assert "Stories that show it in a bad light" in page
    assert "it is about Dockers’ League ×1.82" in read(page).text
    assert "All else as usual, an outlet runs 40% of the stories" in read(page).text
    assert "80 to 90% mean 85% 83%" in read(page).text


def test_an_empty_list_is_said_as_a_finding(tmp_path: Path) -> None:
    told = {**crowd.silence_told(), "listed": 0, "chance": 0.3}
    findings = few(crowd.findings(silence=told), silences=SILENCES.empty_table(), echoes=ECHOES.empty_table())
    made = make(dataclasses.replace(findings, stories=STORIES.empty_table()), tmp_path / "d")
    text = read(made.page("silences.html")).text
    assert "That does not show that nobody kept silent" in text
    assert (
        "No outlet was found to run words that had stood in another’s" in read(made.page("echoes.html")).text
    )
    assert "No story was found that two outlets ran" in read(made.page("stories.html")).text
    assert broken_links(made.folder) == []


def test_one_outlet_alone_says_why_nothing_can_be_said(tmp_path: Path) -> None:
    plain = crowd.findings()
    reason = "no story that at least two outlets ran"
    about = {**plain.about, "outlets": plain.about["outlets"][:1], "silence": {"reason": reason}}
    none = few(plain, silences=SILENCES.empty_table(), echoes=ECHOES.empty_table(), about=about)
    keep = [r for r in none.estimates.to_pylist() if r["measure"] != "silence"]
    made = make(dataclasses.replace(none, estimates=pa.Table.from_pylist(keep, ESTIMATES)), tmp_path / "d")
    assert "No story that at least two outlets ran." in read(made.page("silences.html")).text
    assert f"Nothing can be said of silence: {reason}" in read(made.index).text
    assert "it takes two for one to run the other’s words" in read(made.page("echoes.html")).text
    assert broken_links(made.folder) == []


def test_pages_stay_in_bounds_and_say_what_is_cut(crowded: Dossier) -> None:
    rows = crowded.findings.echoes.to_pylist()
    many = [{**rows[0], "outlet": f"o{i}", "source": f"s{i % 50}"} for i in range(900)]
    board = Board(dataclasses.replace(crowded.findings, echoes=pa.Table.from_pylist(many, ECHOES)))
    told = echoes(board)
    assert told is not None
    assert len(told.examples) == EXAMPLES
    assert len(told.rows) <= 20
    assert len(told.sources) == 20
    assert sum(c is not None for row in told.rows for c in row.cells) + told.n_beyond == told.n_pairs == 900
    passed = silences(Board(crowded.findings.of_wire("with")))
    assert passed is not None
    assert len(passed.silences) == SHOWN


def test_a_second_build_writes_no_page_again(crowded: Dossier, tmp_path: Path) -> None:
    about = {**crowded.findings.about, "subjects": crowded.findings.about["subjects"][:1]}
    findings = few(dataclasses.replace(crowded.findings, about=about))
    made = make(findings, tmp_path / "d")
    times = {p: p.stat().st_mtime_ns for p in made.folder.rglob("*.html")}
    again = make(findings, made.folder)
    assert {p.name for p in times if p.stat().st_mtime_ns != times[p]} == {"index.html"}
    none = {name: SCHEMAS[name].empty_table() for name in ("echoes", "stories")}
    about = {**about, "measures": about["measures"][:3], "silence": None}
    make(dataclasses.replace(findings, **none, about=about), again.folder)
    assert not any((again.folder / name).exists() for name in (*ALIKE, "voices.html"))


def test_changed_voices_of_nobody_in_particular_are_told_apart(crowded: Dossier) -> None:
    rows = few(crowded.findings).estimates.to_pylist()
    for row in rows:
        if (row["measure"], row["outlet"], row["category"]) == ("voice", "ledger", "unknown"):
            row["estimate"] = 0.9
    told = diff(few(crowded.findings), few(crowded.findings, estimates=pa.Table.from_pylist(rows, ESTIMATES)))
    assert [(m["measure"], m["subject"], m["category"]) for m in told.moved] == [("voice", None, "unknown")]
    assert any("voice “unknown”: from 10%" in sentence for sentence in told.sentences())


ratios = st.floats(0, 50) | st.just(math.inf)


@settings(deadline=None, max_examples=60)
@given(ratios, ratios)
def test_ratios_keep_their_order_with_the_usual_in_the_middle(a: float, b: float) -> None:
    low, high = (float(RATIOS.place(v).removesuffix("%")) for v in sorted((a, b)))
    assert 0 <= low <= high <= 100
    assert (RATIOS.place(1.0), RATIOS.place(math.inf), RATIOS.place(0.0)) == ("50.0%", "100.0%", "0.0%")
    assert (RATIOS.value(a) == "0") == (a == 0)
    assert RATIOS.holds_even(min(a, b), max(a, b)) == (min(a, b) <= 1 <= max(a, b))


def test_ratios_in_words() -> None:
    assert [RATIOS.value(v) for v in (None, 0.0, 0.001, 0.42, 12.3, math.inf)] == [
        *("", "0", "<0.01", "0.42", "12", "∞"),
    ]
    assert RATIOS.interval(0.1, None) == RATIOS.interval(0.1, math.inf) == "0.10 or more"
    assert RATIOS.interval(0.1, 0.9) == "0.10 to 0.90"
    assert (RATIOS.shade(0.1), RATIOS.shade(0.9), RATIOS.shade(3.0)) == ("u4", "u1", "f3")


days = st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31))


@settings(deadline=None, max_examples=60)
@given(days, days)
def test_a_calendar_holds_every_day_once_in_few_columns(a: dt.date, b: dt.date) -> None:
    first, last = sorted((a, b))
    made = calendar(first, last)
    assert 1 <= len(made.columns) <= MOST
    assert sum(n for _, n in made.headings) == len(made.columns)
    for one, two in zip(made.columns, made.columns[1:], strict=False):
        assert two.start == one.end + dt.timedelta(days=1)
    assert made.columns[-1].start <= last <= made.columns[-1].end
    assert made.cut or made.columns[0].start <= first <= made.columns[0].end


def test_lengths_of_time_in_words() -> None:
    told = [lasting(s) for s in (10, 60, 3_600, 100_000, 200_000)]
    assert told == ["less than a minute", "1 minute", "1 hour", "28 hours", "2 days"]
