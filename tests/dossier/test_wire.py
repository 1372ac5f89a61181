"""Two editions of a dossier, with and without wire copy, each page one click from its twin."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from masthead.findings.findings import Findings
from masthead.findings.schemas import ESTIMATES, SOURCES
from tests.dossier import strait
from tests.dossier.conftest import Dossier, build, make
from tests.dossier.reading import broken_links, read

COPIED = ("state-bulletin", "dockers-league", "militant")


def with_copies(wire: str = "with") -> Findings:
    """The papers' findings again, where leaving out wire copy moves one figure and drops one outlet's sentences."""
    whole = strait.findings()
    rows: list[dict[str, Any]] = []
    for row in whole.estimates.to_pylist():
        without = {**row, "wire": "without"}
        if _is_moved(row):
            without.update(estimate=0.02, conf_low=0.0, conf_high=0.09, numerator=1.0)
        rows += [row, without]
    sources = [
        {**s, "wire": s["outlet"] == COPIED[0] and s["category"] == COPIED[2]}
        for s in whole.sources.to_pylist()
    ]
    outlets = [{**o, "n_wire": 12 if o["id"] == COPIED[0] else 0} for o in whole.about["outlets"]]
    return dataclasses.replace(
        whole,
        estimates=pa.Table.from_pylist(rows, ESTIMATES),
        sources=pa.Table.from_pylist(sources, SOURCES),
        about={**whole.about, "outlets": outlets, "wire": wire},
    )


def _is_moved(row: dict[str, Any]) -> bool:
    cell = (row["outlet"], row["subject"], row["category"], row["voice"], row["period_start"])
    return cell == (*COPIED, "all", None)


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    return make(with_copies(), tmp_path_factory.mktemp("twin") / "d")


def test_without_wire_copy_there_is_one_edition(dossier: Dossier) -> None:
    assert not (dossier.folder / "without-wire-copy").exists()
    assert "wire copy" not in read(dossier.index).text


def test_every_page_leads_to_its_twin(twin: Dossier) -> None:
    beside = twin.folder / "without-wire-copy"
    copied = (twin.folder / "evidence").glob(f"*--{COPIED[0]}.html")
    pages = [Path("index.html"), *(p.relative_to(twin.folder) for p in copied)]
    assert len(pages) > 3
    for page in pages:
        for here, there in ((twin.folder, beside), (beside, twin.folder)):
            links = read((here / page).read_text(encoding="utf-8")).links
            # The first leads to the page's own content.
            assert ((here / page).parent / links[1]).resolve() == (there / page).resolve()
    assert not broken_links(twin.folder)


def test_pages_of_outlets_without_wire_copy_stand_once(twin: Dossier) -> None:
    beside = twin.folder / "without-wire-copy"
    assert {p.name.split("--")[1] for p in (beside / "evidence").iterdir()} == {f"{COPIED[0]}.html"}
    links = read((beside / "index.html").read_text(encoding="utf-8")).links
    assert "../evidence/dockers-league--tidewatch.html#militant" in links
    assert not any(link.startswith("evidence/dockers-league--tidewatch") for link in links)
    assert "These figures are" not in read(twin.page("evidence/dockers-league--tidewatch.html")).text


def test_the_dossier_says_where_wire_copy_makes_a_difference(twin: Dossier) -> None:
    for path in ("index.html", "without-wire-copy/index.html"):
        text = read(twin.page(path)).text
        section = text[text.index("With and without wire copy 12 articles") :][:1500]
        assert "Dockers’ League called “militant” State Bulletin" in section
        assert "2% 0–9" in section
    assert "12 8%" in read(twin.index).text


def test_an_edition_shows_its_own_figures_and_sentences(twin: Dossier) -> None:
    page = "evidence/dockers-league--state-bulletin.html"
    whole, without = read(twin.page(page)).text, read(twin.page(f"without-wire-copy/{page}")).text
    assert "from 150 articles of this outlet" in whole
    assert "from 138 articles of this outlet" in without
    assert "label: militant" in whole
    assert "label: militant" not in without
    assert "2% 95% interval 0 to 9%" in without


def test_the_study_says_which_edition_leads(tmp_path: Path) -> None:
    turned = make(with_copies("without"), tmp_path / "d")
    assert (turned.folder / "with-wire-copy" / "index.html").is_file()
    assert "from 138 articles" in turned.page("evidence/dockers-league--state-bulletin.html")


def test_an_edition_that_is_needed_no_more_goes(twin: Dossier, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    shutil.copytree(twin.folder, folder)
    (folder / "without-wire-copy" / "notes.txt").write_text("mine")
    build(strait.findings(), folder)
    assert [p.name for p in (folder / "without-wire-copy").rglob("*") if p.is_file()] == ["notes.txt"]
