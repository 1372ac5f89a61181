"""A dossier says what the findings say, on pages that stand for themselves."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from masthead import manual
from masthead.dossier import page_files
from masthead.findings.findings import Findings
from masthead.findings.schemas import SCHEMAS
from tests.dossier import strait
from tests.dossier.conftest import Dossier, build, make
from tests.dossier.reading import broken_links, read


def test_every_link_of_every_page_leads_somewhere(dossier: Dossier) -> None:
    assert broken_links(dossier.folder) == []
    assert len(read(dossier.index).links) > 200


def test_every_figure_of_the_tables_links_to_its_evidence(dossier: Dossier) -> None:
    links = set(read(dossier.index).links)
    for subject in ("dockers-league", "port-authority"):
        for paper in strait.PAPERS[:-1]:
            for anchor in ("attention", *strait.CATEGORIES):
                assert f"evidence/{subject}--{paper.id}.html#{anchor}" in links


def test_ids_are_unique_on_every_page(dossier: Dossier) -> None:
    for path in dossier.folder.rglob("*.html"):
        ids = read(path.read_text(encoding="utf-8")).ids
        assert len(ids) == len(set(ids)), path.name


def test_a_shown_figure_is_the_one_in_the_table(dossier: Dossier) -> None:
    row = next(
        r
        for r in dossier.findings.estimates.to_pylist()
        if r["measure"] == "naming"
        and (r["outlet"], r["subject"], r["category"]) == ("state-bulletin", "dockers-league", "militant")
        and r["period_start"] is None
        and r["voice"] == "all"
    )
    share = f"{row['estimate'] * 100:.0f}%"
    bounds = f"{row['conf_low'] * 100:.0f}–{row['conf_high'] * 100:.0f}"
    cell = re.search(
        r'<a href="evidence/dockers-league--state-bulletin.html#militant"><b>(.*?)</b> <span class="ci">(.*?)</span>',
        dossier.index,
    )
    assert cell is not None
    assert cell.groups() == (share, bounds)


def test_too_little_evidence_is_said_and_a_zero_has_its_reason(dossier: Dossier) -> None:
    gull = re.findall(r'href="evidence/dockers-league--gull.html#\w+">(.*?)</a>', dossier.index)
    assert '2 of 3 <span class="ci">too few</span>' in gull
    assert "Not enough evidence for shares: fewer than 5 articles" in gull
    assert not any("%" in cell for cell in gull)
    assert "share of articles Ferry Accord The Gull 8% not found no" in read(dossier.index).text
    zero = re.findall(r"<b>0%</b>(.*?)</a>", dossier.index)
    assert zero
    assert all(re.search(r"none of \d+", cell) for cell in zero)


@pytest.mark.parametrize(
    ("frame", "said", "warned"),
    [
        ("everything", "everything that these outlets published", False),
        ("query", "by a search query", True),
        ("curated", "somebody chose them", True),
        (None, "not stated", True),
    ],
)
def test_every_page_says_how_the_articles_were_selected(
    tmp_path: Path, dossier: Dossier, frame: str | None, said: str, warned: bool
) -> None:
    one = make(
        strait.findings(papers=strait.PAPERS[-1:], frame=frame, frame_note="by hand, in Lorne"),
        tmp_path / "d",
    )
    for path in one.folder.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert said in html
        assert "by hand, in Lorne" in html
        assert ('class="frame warn"' in html) is warned


def test_the_page_says_what_was_searched_left_out_and_how_it_was_done(dossier: Dossier) -> None:
    text = read(dossier.index).text
    for alias in strait.SUBJECTS["dockers-league"]["aliases"]:
        assert alias in text
    for measure in dossier.findings.about["measures"]:
        for told in (measure["question"], measure["source"], *measure["blind_spots"]):
            assert told in text
    assert "2 articles: in another language than English" in text
    assert strait.STUDY in text
    assert strait.ARCHIVE in text
    assert (
        "Gaps in collection, which are no silence of the outlet: Tidewatch, 10 Feb 2032 to 20 May 2032"
        in text
    )
    assert re.search(r"State Bulletin’s figure stays between \d+% and \d+%", text)
    assert "Left out of the series: 13 articles without a date" in text


def test_planted_facts_stand_beside_what_was_found(dossier: Dossier) -> None:
    text = read(dossier.index).text
    assert "Of 2 planted values, 1 lies inside the 95% interval" in text
    assert "On average, a figure found is 0.08 away from the planted one" in text
    assert "neither too favourable nor too unfavourable (found less planted, on average: 0.00)" in text
    assert "Of 3 figures, 2 lie on the planted side of 0." in text
    assert "Of 3 pairs of outlets on the same subject, 2 stand" in text
    assert "mean portrayal Dockers’ League Tidewatch +0.40 +0.33 +0.23 to +0.43 −0.07" in text
    assert "share of namings: militant Dockers’ League State Bulletin 93% 91% 84 to 95% yes" in text


def test_a_long_list_of_planted_facts_is_folded(copy: Dossier) -> None:
    about = {**copy.findings.about, "planted": strait.PLANTED * 20}
    build(dataclasses.replace(copy.findings, about=about), copy.folder)
    page = read(copy.index)
    assert "Of 40 planted values, 20 lie inside" in page.text
    assert "The other 10" in page.text
    assert page.text.count("share of namings: militant") == 20


def test_files_of_the_folder_are_offered_and_only_those(dossier: Dossier, tmp_path: Path) -> None:
    links = read(dossier.index).links
    for name in (
        "estimates.csv",
        "survey.json",
        "tables.md",
        "study.md",
        *(f"{table}.parquet" for table in SCHEMAS),
    ):
        assert name in links
    bare = tmp_path / "bare"
    build(strait.findings(papers=strait.PAPERS[-1:]), bare)
    assert broken_links(bare) == []
    assert (bare / "tables.md").read_text(encoding="utf-8") == manual.page("tables").text
    assert "estimates.csv" not in read((bare / "index.html").read_text(encoding="utf-8")).links


def test_a_second_build_writes_the_index_alone(copy: Dossier) -> None:
    before = {p: p.stat().st_mtime_ns for p in copy.folder.rglob("*") if p.is_file()}
    build(dataclasses.replace(copy.findings, about={**copy.findings.about, "title": "Another"}), copy.folder)
    after = {p: p.stat().st_mtime_ns for p in copy.folder.rglob("*") if p.is_file()}
    assert [p.name for p in after if after[p] != before.get(p)] == ["index.html"]
    assert before.keys() == after.keys()
    assert "<h1><bdi>Another</bdi></h1>" in copy.index


def test_one_changed_sentence_rewrites_its_page_alone(copy: Dossier) -> None:
    sources = copy.findings.sources.to_pylist()
    shown = copy.page("evidence/ferry-accord--tidewatch.html")
    at = next(
        i
        for i, s in enumerate(sources)
        if (s["subject"], s["outlet"]) == ("ferry-accord", "tidewatch") and s["title"] in shown
    )
    sources[at]["title"] = "A title that was mended"
    table = type(copy.findings.sources).from_pylist(sources, SCHEMAS["sources"])
    before = {p: p.stat().st_mtime_ns for p in copy.folder.rglob("*.html")}
    build(dataclasses.replace(copy.findings, sources=table), copy.folder)
    changed = {p.name for p in before if p.stat().st_mtime_ns != before[p]}
    assert changed == {"index.html", "ferry-accord--tidewatch.html"}
    assert "A title that was mended" in copy.page("evidence/ferry-accord--tidewatch.html")


def test_a_page_that_was_damaged_is_written_again(copy: Dossier) -> None:
    page = copy.folder / "evidence/ferry-accord--tidewatch.html"
    whole = page.read_bytes()
    page.write_text("half a pa", encoding="utf-8")
    build(copy.findings, copy.folder)
    assert page.read_bytes() == whole


def test_a_page_with_a_flipped_bit_is_written_again_and_no_other(copy: Dossier) -> None:
    page = copy.folder / "evidence/ferry-accord--tidewatch.html"
    whole = page.read_bytes()
    before = {p: p.stat().st_mtime_ns for p in copy.folder.rglob("*.html")}
    page.write_bytes(whole[:-3000] + bytes([whole[-3000] ^ 1]) + whole[-2999:])
    build(copy.findings, copy.folder)
    assert page.read_bytes() == whole
    assert {p.name for p in before if p.stat().st_mtime_ns != before[p]} == {"index.html", page.name}


def test_what_no_page_needs_any_more_is_removed(copy: Dossier) -> None:
    (copy.folder / "evidence/gone--gone.html").write_text(copy.index, encoding="utf-8")
    (copy.folder / "charts").mkdir()
    (copy.folder / f"charts/{'0' * 20}.svg").write_text("x", encoding="utf-8")
    (copy.folder / "charts/.0001.svg.abc.tmp").write_text("x", encoding="utf-8")
    (copy.folder / "notes.txt").write_text("the user's own", encoding="utf-8")
    build(copy.findings, copy.folder)
    names = {p.name for p in copy.folder.rglob("*")}
    assert not names & {"gone--gone.html", f"{'0' * 20}.svg", ".0001.svg.abc.tmp"}
    assert "notes.txt" in names


def test_a_build_that_fails_leaves_the_old_index_whole(
    copy: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = copy.index

    def fail(self: object, path: str, *rest: object, **context: object) -> None:
        raise RuntimeError(path)

    monkeypatch.setattr(page_files.Pages, "write", fail)
    with pytest.raises(RuntimeError):
        build(copy.findings, copy.folder)
    assert copy.index == before
    assert broken_links(copy.folder) == []


def test_pages_allow_no_script_and_hold_none(dossier: Dossier) -> None:
    for path in dossier.folder.rglob("*.html"):
        page = read(path.read_text(encoding="utf-8"))
        (policy,) = (m["content"] for m in page.all("meta") if m.get("http-equiv"))
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy
        assert not page.all("script")
        assert not any(k.startswith("on") or k == "style" for _, a in page.tags for k in a)


def test_an_archive_without_articles_still_gives_a_page(tmp_path: Path) -> None:
    about = {**strait.findings(papers=()).about, "outlets": []}
    empty = make(Findings(about=about), tmp_path / "d")
    assert "No difference between two outlets is supported well enough" in empty.index
    assert broken_links(empty.folder) == []


def test_a_survey_of_one_outlet_speaks_of_one(tmp_path: Path) -> None:
    one = strait.findings(papers=(strait.Paper("gull", "The Gull", "", 30, {"militant": 0.5}),))
    text = read(make(one, tmp_path / "d").index).text
    assert "How much does one outlet cover" in text
    assert "The study looks at one outlet" in text
    assert "No two outlets" not in text


def test_of_many_outlets_the_largest_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    papers = tuple(
        strait.Paper(f"paper-{i:02}", f"Paper {i:02}", "", 30 - i, {"militant": 0.5}) for i in range(26)
    )
    many = strait.findings(papers=papers)
    small = dataclasses.replace(
        many, estimates=many.estimates.filter(many.estimates["period_start"].is_null())
    )
    made = make(small, tmp_path / "d")
    text = read(made.index).text
    assert "the 20 outlets with the most articles, of 26. The other 6 are in estimates.csv" in text
    assert "Paper 19" in text
    assert "Paper 20" not in text
    assert len(list((made.folder / "evidence").iterdir())) == 20 * len(strait.SUBJECTS)
    assert broken_links(made.folder) == []


def test_a_table_too_large_for_the_page_gets_one_of_its_own(
    copy: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.dossier.charts.series.INLINE_CELLS", 10)
    build(copy.findings, copy.folder)
    assert broken_links(copy.folder) == []
    page = read(copy.page("series/dockers-league--attention--attention--time.html"))
    assert "2032 Q4" in page.text
    assert "Wire Seven" in page.text
    build(copy.findings, copy.folder)
    monkeypatch.undo()
    build(copy.findings, copy.folder)
    assert list((copy.folder / "series").iterdir()) == []


def found_change(**other: object) -> dict[str, object]:
    """A change that a survey found, as `about` holds it."""
    row = {"measure": "naming", "outlet": "gull", "subject": "dockers-league", "kind": "change"}
    return row | {"date": "2032-03-09", "low": "2032-03-01", "high": "2032-03-12"} | other


def test_planted_changes_and_silences_stand_beside_what_was_found_with_misses_and_false_alarms(
    copy: Dossier,
) -> None:
    of = {"subject": "dockers-league", "category": "militant", "date": "2032-03-05"}
    planted = [
        {**of, "outlet": "gull", "found": found_change(), "days_off": 4, "inside": True},
        {**of, "outlet": "tidewatch", "found": None, "days_off": None, "inside": False},
    ]
    false = found_change(measure="attention", kind="drift")
    called = {"subject": "ferry-accord", "covered": 4.0, "expected": 21.0, "planted": True, "call": "silent"}
    called |= dict.fromkeys(("ratio", "conf_low", "conf_high"))
    about = {
        **copy.findings.about,
        "planted": strait.PLANTED,
        "planted_changes": {"planted": planted, "of_the_world": [], "not_planted": [false]},
        "planted_silences": {
            "planted": [{**called, "outlet": "gull"}, {**called, "outlet": "tidewatch", "call": None}],
            "not_planted": [{**called, "outlet": "harbour-post", "planted": False}],
        },
    }
    build(dataclasses.replace(copy.findings, about=about), copy.folder)
    text = read(copy.index).text
    assert (
        "It finds 1 of them with a day. In 1 case the 95% interval of that day holds the day planted." in text
    )
    assert "1 change that nobody planted: 0 with a day and 1 that may be slow" in text
    assert re.search(r"Tidewatch Dockers’ League: “militant” 5 Mar 2032 not found", text)
    assert re.search(r"5 Mar 2032 9 Mar 2032 1 Mar 2032 to 12 Mar 2032 yes", text)
    assert "finds 1 of them. It also calls 1 outlet silent on a subject where nothing was planted." in text
    assert re.search(r"Tidewatch Ferry Accord\S* yes not found 4 21", text)
