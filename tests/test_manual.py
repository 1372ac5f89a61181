"""The documentation that an installed Masthead has with it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from typer.testing import CliRunner

from masthead import manual
from masthead.cli import application
from masthead.errors import UsageError

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCES = sorted((ROOT / "src" / "masthead").rglob("*.py"))


def test_every_page_is_in_the_wheel() -> None:
    inside = {Path(file.distribution_path) for file in WheelBuilder(str(ROOT)).recurse_included_files()}
    pages = {Path("masthead/docs") / page.relative_to(DOCS) for page in DOCS.rglob("*.md")}
    assert pages <= inside
    assert Path("masthead/__init__.py") in inside
    code = {path.name for path in inside if path.parts[1] == "docs" and path.suffix == ".py"}
    assert code == {"headline_questions.py"}, "the example of a measure, and nothing that writes the pages"


def test_pages_are_found_by_their_names_and_what_is_asked_comes_first() -> None:
    assert {manual.page(name).name for name in manual.names()} == {*manual.names()}
    assert manual.page("silence").name == "questions/silence"
    assert manual.page("intervals").name == "methods/intervals"
    assert manual.page("docs/methods/claims.md").title == "Claims"
    with pytest.raises(UsageError, match="did you mean 'silence'"):
        manual.page("silenc")


def test_a_page_stands_alone() -> None:
    for name in manual.names():
        page = manual.page(name)
        assert page.text.startswith(f"# {page.title}\n")
        assert "<!--" not in page.text
        assert not re.findall(r"(?<!!)\[[^\]]*\]\((?!https?:)[^)#\s]+\.md", page.text)


def test_the_command_lists_pages_and_shows_one() -> None:
    run = CliRunner().invoke(application(), ["docs"])
    assert run.exit_code == 0
    assert run.output.splitlines()[0].split()[0] == "index"
    shown = CliRunner().invoke(application(), ["docs", "study"])
    assert shown.output.strip() == manual.page("study").text.strip()


NAMED = re.compile(r"masthead docs ([\w/-]+)`")
ELSEWHERE = re.compile(r"\b(docs|studies|training|benchmarks)/\w|README|CONTRIBUTING")


def messages(code: str) -> list[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(code)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def test_no_message_leads_to_a_file_that_an_installation_lacks() -> None:
    known = {*manual.names(), *(name.rpartition("/")[2] for name in manual.names())}
    codes = [source.read_text() for source in SOURCES]
    for text in (
        text for code in codes if ELSEWHERE.search(code) or "masthead docs" in code for text in messages(code)
    ):
        assert not ELSEWHERE.search(text), text
        assert {*NAMED.findall(text)} <= known, text
