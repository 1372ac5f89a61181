"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from masthead.cli import application
from masthead.findings.meanings import COLUMNS, MEANT
from masthead.findings.schemas import SCHEMAS
from masthead.measuring import MEASURES
from masthead.study import parse_study

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
QUESTIONS = sorted((DOCS / "questions").glob("*.md"))


@cache
def generator() -> ModuleType:
    """What `make docs` runs."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def without_code(page: str) -> str:
    """Take the code blocks out of a page."""
    page = re.sub(r"^```.*?^```$", "", page, flags=re.S | re.M)
    return "\n".join(line for line in page.splitlines() if not line.startswith("    "))


def words(page: str) -> list[str]:
    """The words of a page: what stands between blanks outside code blocks and holds a letter or a figure."""
    return [word for word in without_code(page).split() if re.search(r"\w", word)]


def figures(page: str) -> list[str]:
    """The words of a page that begin with a figure, signs and marks before it aside."""
    return [word for word in words(page) if re.match(r"\W*\d", word)]


def anchors(page: str) -> set[str]:
    """The places of a page that a link may name: its headings, as GitHub writes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(page), flags=re.M)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def test_generated_pages_are_up_to_date() -> None:
    stale = [
        str(path.relative_to(ROOT)) for path, text in generator().pages().items() if path.read_text() != text
    ]
    assert not stale, "run `make docs`"


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_has_its_page_and_declares_all(name: str) -> None:
    page = generator().page_of(name).read_text()
    measure = MEASURES[name]
    for part in (
        measure.question,
        measure.numerator,
        measure.denominator,
        measure.source,
        *measure.blind_spots,
    ):
        assert part in page
    assert measure.blind_spots
    assert measure.example.startswith("masthead ")
    assert (DOCS / "methods" / f"{name}.md").is_file()


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    # Code has brackets side by side, too.
    prose = re.sub(r"^(?: {4}[^\n]*|```.*?^```)$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)", prose):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        path, _, anchor = target.partition("#")
        other = page.parent / path if path else page
        assert other.exists(), f"{page.name} links to {target}"
        if anchor:
            assert anchor in anchors(other.read_text()), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", sorted((DOCS / "design").rglob("*.md")), ids=lambda p: p.stem)
def test_files_that_a_page_of_the_design_names_are_there(page: Path) -> None:
    for name in re.findall(r"`((?:src|docs|tests)/[\w/.-]+)`", page.read_text()):
        assert (ROOT / name).exists(), name


@cache
def root_command() -> Any:
    """`masthead` with all its commands."""
    return typer.main.get_command(application())


def commands_shown(page: str) -> list[list[str]]:
    """The commands of Masthead that a page's code blocks and inline code show, as words."""
    page = page.replace("\\\n", " ")
    blocks = re.findall(r"^```(?:bash|sh|console)?\n(.*?)^```$", page, flags=re.S | re.M)
    lines = [
        *"\n".join(blocks).splitlines(),
        *(line for line in page.splitlines() if line.startswith("    ")),
    ]
    lines += re.findall(r"`(masthead [^`\n]+)`", page)
    return [
        shlex.split(part, comments=True)
        for line in lines
        for part in re.split(r"&&|\|", line)
        if part.strip().startswith("masthead ")
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_that_a_page_shows_are_there_with_their_options(page: Path) -> None:
    root = root_command()
    for words in commands_shown(page.read_text()):
        command, rest = root, words[1:]
        while rest and rest[0] in getattr(command, "commands", {}):
            command, rest = command.commands[rest[0]], rest[1:]
        # `masthead claims STUDY` is short for `masthead claims judge STUDY`.
        meant = [command, *getattr(command, "commands", {}).values()]
        parameters = [parameter for one in meant for parameter in one.params]
        known = {
            option for parameter in parameters for option in (*parameter.opts, *parameter.secondary_opts)
        }
        known |= {"-h", "--help"}
        assert command is not root or not rest or rest[0].startswith("-") or rest[0] in ("…", "COMMAND"), (
            words
        )
        for word in rest:
            assert not word.startswith("--") or word.partition("=")[0] in known, words


def test_the_index_leads_to_every_page_beside_and_below_it() -> None:
    listed = {
        (DOCS / target).resolve() for target in re.findall(r"\]\(([^)#\s]+)", (DOCS / "index.md").read_text())
    }
    pages = {*DOCS.glob("*.md"), *QUESTIONS, *(DOCS / "methods").glob("*.md")} - {DOCS / "index.md"}
    assert pages <= listed


@pytest.mark.parametrize("page", QUESTIONS, ids=lambda p: p.stem)
def test_a_question_is_answered_in_500_words(page: Path) -> None:
    assert len(page.read_text().split()) <= 500


def test_the_readme_is_short() -> None:
    page = (ROOT / "README.md").read_text()
    assert len(words(page)) <= 700
    assert len(figures(page)) <= 40
    assert (DOCS / "images" / "figure.png").stat().st_size < 150_000


def test_the_glossary_has_each_word_once_in_order_and_in_one_sentence() -> None:
    entries = re.findall(r"^- \*\*([^*]+)\*\*.*?: (.+)$", (DOCS / "glossary.md").read_text(), flags=re.M)
    terms = [term.lower() for term, _ in entries]
    assert terms == sorted(set(terms))
    assert all(text.endswith(".") and ". " not in text for _, text in entries)
    assert {
        *MEASURES,
        *[
            "article",
            "outlet",
            "subject",
            "alias",
            "mention",
            "unit",
            "estimate",
            "interval",
            "claim",
            "verdict",
        ],
    } <= {*terms}


def test_every_column_of_every_table_has_a_meaning() -> None:
    assert MEANT.keys() == SCHEMAS.keys()
    shared: set[str] = set()
    for name, schema in SCHEMAS.items():
        own = MEANT[name].columns.keys()
        assert own <= set(schema.names)
        shared |= set(schema.names) - own
    assert shared == COLUMNS.keys()


def test_every_key_of_a_study_is_described_and_its_example_is_toml() -> None:
    for _, _, model in generator().KEYS:
        described = generator().described(model)
        assert described.keys() == model.model_fields.keys()
        for text in described.values():
            example = text.partition(" Example: ")[2].strip("`")
            assert not example or tomllib.loads(f"key = {example}")


def test_the_study_that_the_docs_show_is_one() -> None:
    raw = tomllib.loads(generator().WHOLE.removeprefix("```toml").removesuffix("```"))
    assert parse_study(raw).claims[0].margin == 0.1
