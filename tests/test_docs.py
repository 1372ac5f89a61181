"""The documentation says what the code does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from masthead.measuring import MEASURES

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def generated() -> dict[Path, str]:
    """What `make docs` would write."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_generated_pages_are_up_to_date() -> None:
    stale = [str(path.relative_to(ROOT)) for path, text in generated().items() if path.read_text() != text]
    assert not stale, "run `make docs`"


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_has_its_page_and_declares_all(name: str) -> None:
    page = (ROOT / "docs" / "methods" / f"{name}.md").read_text()
    measure = MEASURES[name]
    for told in (measure.question, measure.numerator, measure.denominator, measure.source):
        assert told in page
    assert measure.blind_spots
    assert measure.example.startswith("masthead ")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text()):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
