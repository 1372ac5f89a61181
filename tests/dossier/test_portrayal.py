"""Portrayal in the dossier: a grid, voices apart, sentences with guesses, and plain words on what it is worth."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.dossier.board import Board
from masthead.dossier.evidence.model_guesses import LIMIT, choose
from masthead.dossier.overview.contrasts import contrasts
from masthead.findings.findings import Findings
from masthead.findings.schemas import SCHEMAS
from masthead.instruments.portrayal.page import portrayal as shown
from tests.dossier import light, strait
from tests.dossier.conftest import Dossier, make
from tests.dossier.reading import broken_links, read

FEW = tuple(p for p in strait.PAPERS if p.id in ("tidewatch", "ledger", "gull"))


@pytest.fixture(scope="module")
def findings() -> Findings:
    return strait.findings()


def _few(**about: Any) -> Findings:
    """Three papers, and nothing to draw over time."""
    few = strait.findings(papers=FEW, **about)
    return _with(few, estimates=[r for r in few.estimates.to_pylist() if r["period_start"] is None])


def _rows(findings: Findings, table: str, **where: Any) -> list[dict[str, Any]]:
    rows = [{"measure": "portrayal", **r} for r in getattr(findings, table).to_pylist()]
    return [r for r in rows if r["measure"] == "portrayal" and all(r[k] == v for k, v in where.items())]


def _with(findings: Findings, **tables: list[dict[str, Any]]) -> Findings:
    made = {name: pa.Table.from_pylist(rows, SCHEMAS[name]) for name, rows in tables.items()}
    return dataclasses.replace(findings, **made)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0.00"


def test_every_cell_of_the_grid_is_the_own_voice_figure_and_opens_its_sentences(dossier: Dossier) -> None:
    grid = dossier.index.split('id="portrayal"')[1].split("</table>")[0]
    cells = {
        (r["subject"], r["outlet"]): r
        for r in _rows(dossier.findings, "estimates", period_start=None)
        if r["voice"] == ("all" if r["outlet"] == "ledger" else "own") and r["n_units"] >= 5
    }
    assert len(cells) == 15
    for (subject, outlet), row in cells.items():
        link = f'<a href="evidence/{subject}--{outlet}.html#portrayal">'
        told = f"<b>{_signed(row['estimate'])}</b> "
        ends = f'<span class="ci">{_signed(row["conf_low"])} to {_signed(row["conf_high"])}</span>'
        assert link + told + ends in grid
    assert "%" not in read(grid.split("<table")[1]).text


def test_shades_say_the_side_only_where_the_interval_lies_off_zero(dossier: Dossier) -> None:
    grid = dossier.index.split('id="portrayal"')[1].split("</table>")[0]
    shaded = re.findall(
        r'class="(u|f|even|weak)\d?"><a[^>]*><b>(.)[\d.]+</b> <span class="ci">(.)[^ ]+ to (.)', grid
    )
    assert {kind for kind, *_ in shaded} == {"u", "f", "even"}
    for kind, sign, low, high in shaded:
        if kind == "even":
            assert low != high
        else:
            assert sign == low == high == {"u": "−", "f": "+"}[kind]


def test_an_outlet_without_quotation_marks_has_one_figure_and_says_its_voice_is_unknown(
    dossier: Dossier,
) -> None:
    section = dossier.index.split('id="portrayal"')[1].split("</section>")[0]
    assert '<bdi>The Ledger</bdi> <span class="n">voice unknown</span>' in section
    assert "Voice unknown: the texts of The Ledger hold no quotation marks" in read(section).text
    ranking = read(dossier.index.split('id="dockers-league--portrayal"')[1].split("</figure>")[0]).text
    assert re.search(r"The Ledger private voice unknown: quotations counted in", ranking)
    page = read(dossier.page("evidence/dockers-league--ledger.html").split('id="portrayal"')[1]).text
    assert "in all voices" in page
    assert "in the outlet’s own words" not in page


def test_an_outlet_of_unknown_voice_is_not_compared_with_one_whose_own_voice_is_known(
    findings: Findings,
) -> None:
    pair = _rows(findings, "comparisons", outlet="ledger", versus="state-bulletin", voice="all")
    assert pair
    sure = [{**r, "q": 0.001, "conf_low": 0.9, "conf_high": 1.1, "difference": 1.0} for r in pair]
    assert contrasts(Board(_with(findings, comparisons=sure))) == []


def test_a_hostile_quotation_does_not_make_an_outlet_look_hostile(dossier: Dossier) -> None:
    board = Board(dossier.findings)
    own = board.cell("portrayal", "dockers-league", None, "wire-seven")
    quoted = board.cell("portrayal", "dockers-league", None, "wire-seven", "quoted")
    assert own is not None
    assert quoted is not None
    assert (own.shade, quoted.shade[0]) == ("even", "u")
    table = dossier.index.split('id="dockers-league--portrayal--voices"')[1].split("</table>")[0]
    row = next(r for r in table.split("<tr") if "Wire Seven" in r)
    assert own.figure in read(row).text
    assert quoted.figure in read(row).text
    assert "hold no quotation marks, so their own voice is not known: The Ledger" in read(dossier.index).text


def test_where_all_stands_in_other_mouths_there_is_no_own_figure_and_it_is_said(tmp_path: Path) -> None:
    few = _few()
    where = {"outlet": "tidewatch", "subject": "ferry-accord"}
    kept = [
        r
        for r in few.estimates.to_pylist()
        if not (r["measure"] == "portrayal" and r["voice"] == "own" and where.items() <= r.items())
    ]
    made = make(_with(few, estimates=kept), tmp_path / "d")
    page = read(made.page("evidence/ferry-accord--tidewatch.html").split('id="portrayal"')[1]).text
    assert "No figure: all of it stands in somebody else’s words" in page
    assert "In what it quotes or reports: " in page


def test_a_page_leads_with_the_extremes_and_three_at_random(dossier: Dossier) -> None:
    rows = [
        r
        for r in _rows(dossier.findings, "sources", subject="dockers-league", outlet="wire-seven")
        if not r["quoted"]
    ]
    scores = sorted(r["p_favourable"] - r["p_unfavourable"] for r in rows)
    section = dossier.page("evidence/dockers-league--wire-seven.html").split('id="portrayal"')[1]
    headings = re.findall(r"<h3>(.*?)</h3>", section)
    assert headings == ["The most favourable sentence", "The most unfavourable sentence", "Three at random"]
    guesses = re.findall(
        r"the model’s guess: favourable (\S+)%, neutral (\S+)%, unfavourable (\S+)%", section
    )
    best, worst = ([float(p.strip("<>")) for p in guess] for guess in guesses[:2])
    assert (best[0] - best[2]) / 100 == pytest.approx(scores[-1], abs=0.011)
    assert (worst[0] - worst[2]) / 100 == pytest.approx(scores[0], abs=0.011)
    first, _, rest = section.partition("<details>")
    assert first.count('<p class="guess">') == 5
    assert rest.count('<p class="guess">') == section.count('<p class="said">') - 5
    assert f"More of them, in order of date ({LIMIT - 3})" in section
    assert "Quoted or reported: somebody else’s words, not counted in the figure above" in section
    assert "quoted or reported" not in read(first).text


def test_the_choice_of_sentences_is_theirs_and_the_same_every_time(findings: Findings) -> None:
    chosen = choose(Board(findings)).to_pylist()
    assert chosen == choose(Board(findings)).to_pylist()
    cells: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in chosen:
        cells.setdefault((row["subject"], row["outlet"], row["voice"]), []).append(row)
    for (subject, outlet, voice), rows in cells.items():
        quoted = {"own": False, "quoted": True, "unknown": None}[voice]
        there = _rows(findings, "sources", subject=subject, outlet=outlet, quoted=quoted)
        best = max(r["p_favourable"] - r["p_unfavourable"] for r in there)
        assert [r["score"] for r in rows if r["place"] == "best"] == [best]
        assert len(rows) == min(len(there), LIMIT + 2)
        assert sum(r["place"] == "random" for r in rows) == max(0, min(3, len(there) - 2))


def test_three_at_random_are_the_first_of_the_sources_but_for_the_extremes(findings: Findings) -> None:
    rows = _rows(findings, "sources", subject="port-authority", outlet="tidewatch")
    random.Random(3).shuffle(rows)
    board = Board(_with(findings, sources=rows))
    place = {"best": 0, "worst": 0, "random": 0, "more": 0}
    at: dict[tuple[str, int], str] = {}
    for row in choose(board).to_pylist():
        if row["voice"] == "own":
            place[row["place"]] += 1
            at[row["article_id"], row["start"]] = row["place"]
    own = [at.get((r["article_id"], r["start"])) for r in rows if r["quoted"] is False]
    assert [p for p in own if p not in ("best", "worst")][:3] == ["random"] * 3


@pytest.mark.parametrize(
    ("n", "headings"), [(1, ["The only sentence"]), (3, ["One at random"]), (4, ["Two at random"])]
)
def test_few_sentences_are_not_called_three(tmp_path: Path, n: int, headings: list[str]) -> None:
    few = _few()
    own = _rows(few, "sources", subject="dockers-league", outlet="tidewatch", quoted=False)
    made = make(_with(few, sources=own[:n]), tmp_path / "d")
    section = made.page("evidence/dockers-league--tidewatch.html").split('id="portrayal"')[1]
    found = re.findall(r"<h3>(.*?)</h3>", section)
    assert found[-1:] == headings
    assert section.count('<p class="said">') == n


def test_the_series_is_of_own_voice_on_a_scale_with_zero_in_its_middle(dossier: Dossier) -> None:
    board = Board(dossier.findings)
    points = board.series("portrayal", "dockers-league", None)
    for outlet, found in points.items():
        assert {p.cell.voice for p in found} == {"all" if outlet == "ledger" else "own"}
    figure = dossier.index.split('id="dockers-league--portrayal--portrayal--time"')[1].split("</figure>")[0]
    ends = re.search(
        r"All panels share one scale, −([\d.]+) to \+([\d.]+); bands are cut at its ends", figure
    )
    assert ends is not None
    assert ends[1] == ends[2]
    for panel in re.findall(r'<div role="img".*?</svg>', figure, re.S):
        assert re.findall(r">([+−]?[\d.]+)</text>", panel)[:3] == [f"−{ends[1]}", "0", f"+{ends[1]}"]
    assert "%" not in re.sub(r"95%", "", read(figure).text)


def _box(findings: Findings, folder: Path) -> str:
    made = make(findings, folder)
    assert broken_links(made.folder) == []
    return read(made.index.split('id="portrayal--model"')[1].split("</aside>")[0]).text


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The card of the model that ships, as these tests have it."""
    monkeypatch.setattr(shown, "WEIGHTS", tmp_path)
    path = tmp_path / "card.json"
    path.write_text(json.dumps(light.CARD), encoding="utf-8")
    return path


def test_the_box_says_what_the_scores_mean_for_one_sentence_and_for_a_thousand(
    card: Path, tmp_path: Path
) -> None:
    told = _box(_few(), tmp_path / "d")
    assert "Marrow, plain 1,146 83.1 84% 70.0 Marrow, crowded 721 80.0 80% unknown" in told
    assert "reads about one in 5 otherwise than people do" in told
    assert "It is bad at irony and understatement; quotations inside quotations." in told
    assert "in 95 of 100 cases they move such a mean by 0.03 or less" in told  # 1.96 · 0.52 / √1000
    assert "the model leans by −0.02" in told
    assert "interval covers the mean of the model’s readings, which no human coding has corrected yet" in told
    assert "Not read: 2 articles in a language that the model does not read." in told
    assert "sample" not in told


@pytest.mark.parametrize("damage", ["another model", "no card", "not JSON", "a list"])
def test_of_another_model_nothing_is_known_and_nothing_is_borrowed(
    card: Path, tmp_path: Path, damage: str
) -> None:
    about = {**light.ABOUT, "model": "somebody-elses 3"} if damage == "another model" else light.ABOUT
    if damage == "no card":
        card.unlink()
    elif damage != "another model":
        card.write_text({"not JSON": "{", "a list": "[]"}[damage], encoding="utf-8")
    told = _box(_few(portrayal=about), tmp_path / "d")
    assert about["model"] in told
    assert "Its errors are not known here" in told
    assert "83.1" not in told
    assert "about one in" not in told


def test_a_sample_says_how_much_was_read(tmp_path: Path) -> None:
    cells = [{"outlet": "tidewatch", "subject": "dockers-league", "articles": 40, "articles_read": 10}]
    about = {**light.ABOUT, "sampled": True, "precision": 0.05, "mentions_read": 300, "cells": cells}
    findings = _few(portrayal=about)
    told = _box(findings, tmp_path / "d")
    assert "A sample was read: 300 of 1,200 mentions (25%)." in told
    assert "intervals of ±0.05" in told
    page = read((tmp_path / "d/evidence/dockers-league--tidewatch.html").read_text(encoding="utf-8")).text
    assert re.search(r"about \d+ mentions, in \d+ articles read as a sample, in its own words", page)


def test_a_survey_without_portrayal_speaks_of_none(tmp_path: Path) -> None:
    plain = _few()
    kept = {
        name: [r for r in getattr(plain, name).to_pylist() if r["measure"] != "portrayal"]
        for name in ("estimates", "comparisons", "robustness", "sources")
    }
    about = {**plain.about, "portrayal": None, "measures": plain.about["measures"][:2]}
    made = make(dataclasses.replace(_with(plain, **kept), about=about), tmp_path / "d")
    for path in made.folder.rglob("*.html"):
        assert "portra" not in read(path.read_text(encoding="utf-8")).text.replace(
            "labels and portrayals", ""
        )
    assert "and what do they call them?" in read(made.index).text


def test_many_subjects_are_spread_over_tables_of_like_width(tmp_path: Path) -> None:
    whole = _few()
    rows = [
        r
        for r in whole.estimates.to_pylist()
        if r["subject"] == "port-authority" and r["period_start"] is None
    ]
    names = [f"subject-{i}" for i in range(10)]
    about = {**whole.about, "subjects": [{"id": n, "kind": "actor", "aliases": [n]} for n in names]}
    estimates = [{**r, "subject": n} for n in names for r in rows]
    findings = dataclasses.replace(
        _with(whole, estimates=estimates, comparisons=[], robustness=[], sources=[]), about=about
    )
    found = shown.portrayal(Board(findings))
    assert found is not None
    assert [[s.id for s in grid.subjects] for grid in found.grids] == [names[:5], names[5:]]
    assert broken_links(make(findings, tmp_path / "d").folder) == []
