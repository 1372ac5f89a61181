"""A page that an installed package brings: its section, its own page, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead.dossier.page import Page
from masthead.errors import MastheadError
from masthead.measuring import instruments
from masthead.surveying.pages import pages, write_dossier
from tests.dossier import strait
from tests.dossier.reading import broken_links, read

SECTION = """
{% macro section(ferries, level, pages) %}
<section id="ferries"><h2>Ferries</h2>
<p>{{ ferries.n }} at {{ level }}, <a href="{{ pages }}ferries.html">all</a></p></section>
{% endmacro %}
{% macro key_finding(ferries) %}<p>Most ferries run on time.</p>{% endmacro %}
"""
PAGE = """
{% extends "page.html.j2" %}
{% block kind %}several{% endblock %}
{% block inputs %}<meta name="masthead-inputs" content="{{ inputs }}">{% endblock %}
{% block title %}Ferries{% endblock %}
{% block main %}<p>{{ ferries.told }}</p>{% endblock %}
"""


@pytest.fixture
def ferries(tmp_path: Path) -> Page:
    """A page with templates of its own."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "ferries.html.j2").write_text(PAGE, encoding="utf-8")
    (folder / "ferries_section.html.j2").write_text(SECTION, encoding="utf-8")
    told = "<script>alert(1)</script>"
    return Page(
        name="ferries",
        title="Who sails",
        templates=folder,
        show=lambda editions: {"n": len(editions.board.outlets), "told": told},
        symbol="ferries",
    )


def bring(monkeypatch: pytest.MonkeyPatch, *brought: Page) -> None:
    """Let attention bring pages."""
    monkeypatch.setattr(type(instruments()["attention"]), "pages", lambda self: brought)


def test_a_page_and_its_section_are_written_of_templates_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ferries: Page
) -> None:
    bring(monkeypatch, ferries)
    findings = strait.findings()
    findings.save(tmp_path / "d")
    write_dossier(findings, tmp_path / "d")
    index = read((tmp_path / "d" / "index.html").read_text(encoding="utf-8"))
    assert {"#ferries", "ferries.html"} <= set(index.links)
    assert "Who sails" in index.text.split("Contents")[1]
    assert "Most ferries run on time" in index.text.split("Contents")[0]
    page = (tmp_path / "d" / "ferries.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert broken_links(tmp_path / "d") == []


def test_a_page_that_has_nothing_to_show_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ferries: Page
) -> None:
    shown: list[Any] = [{"n": 1, "told": ""}]
    bring(monkeypatch, Page("ferries", "Who sails", ferries.templates, lambda _: shown[0], "ferries"))
    findings = strait.findings()
    findings.save(tmp_path / "d")
    write_dossier(findings, tmp_path / "d")
    assert (tmp_path / "d" / "ferries.html").is_file()
    shown[0] = None
    index = write_dossier(findings, tmp_path / "d").read_text(encoding="utf-8")
    assert "Ferries" not in index
    assert not (tmp_path / "d" / "ferries.html").exists()


def test_two_pages_of_one_name_are_refused(monkeypatch: pytest.MonkeyPatch, ferries: Page) -> None:
    bring(monkeypatch, ferries, ferries)
    with pytest.raises(MastheadError, match="brings a page 'ferries', which another does"):
        pages()
