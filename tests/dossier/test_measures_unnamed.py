"""No page, and no command of the frame, asks which measure it is told of: what is said of one stands in its room."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest

import masthead
from masthead.measuring import instruments
from masthead.plugins import OURS

ROOT = Path(masthead.__file__).parent
TEMPLATES = ROOT / "dossier" / "templates"
PATTERNS = ("dossier/**/*.py", "cli/*.py")
"""Of the commands those of the frame: a command of a question stands in a folder below, and names its own."""

NAMES = frozenset(measure.name for name in OURS for measure in instruments()[name].measures)

OWN_PAGE = "the page is this instrument's own"
COLUMN = "a column of the tables"

ALLOWED = {
    ("dossier/leading_voice.py", "voice"): COLUMN,
}
"""Where a name may stand, and why."""


def _in_code(source: str) -> Iterator[str]:
    """Yield the names of measures that a module holds: as literals, inside SQL, or by what it imports."""
    tree = ast.parse(source)
    columns = {id(node.slice) for node in ast.walk(tree) if isinstance(node, ast.Subscript)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in NAMES and not (node.value == "voice" and id(node) in columns):
                yield node.value
            yield from (name for name in re.findall(r"'([a-z]+)'", node.value) if name in NAMES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("masthead.instruments."):
            yield (node.module or "").split(".")[2]


def _in_template(source: str) -> Iterator[str]:
    """Yield the names of measures that a template holds as literals."""
    for _, kind, text in jinja2.Environment(autoescape=True).lex(source):
        if kind == "string" and text[1:-1] in NAMES:
            yield text[1:-1]


def _named() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for pattern in PATTERNS:
        for path in sorted(ROOT.glob(pattern)):
            found |= {
                (path.relative_to(ROOT).as_posix(), n) for n in _in_code(path.read_text(encoding="utf-8"))
            }
    for path in sorted(TEMPLATES.glob("*.j2")):
        found |= {
            (path.relative_to(ROOT).as_posix(), n) for n in _in_template(path.read_text(encoding="utf-8"))
        }
    return found


def test_no_page_names_a_measure_that_is_not_its_own() -> None:
    named = _named()
    assert not named - set(ALLOWED), "what is said of a measure stands beside it: masthead.measuring.Words"
    assert not set(ALLOWED) - named, "these are named no longer: strike them off the list"


@pytest.mark.parametrize(
    "source",
    [
        "if measure == 'naming': pass",
        "WORDS = {'echo': 'words'}",
        "LED = frozenset(('portrayal',))",
        "query = \"select * from t where measure <> 'voice'\"",
        "from masthead.instruments.silence.measure import Silence",
        "told['portrayal']",
    ],
)
def test_a_name_in_code_is_seen(source: str) -> None:
    assert list(_in_code(source))


def test_a_name_in_a_template_is_seen_and_a_word_of_prose_is_not() -> None:
    assert list(_in_template("{% if c.measure == 'attention' %}x{% endif %}")) == ["attention"]
    assert list(_in_template("<p>Its attention</p>{{ x['own'] }}")) == []
