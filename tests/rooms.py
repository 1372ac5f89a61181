"""Which files name which measures: by a string that is the name, in a comparison in SQL, or by an import of its room.

`python -m tests.rooms` prints, for every instrument, the files outside its room that name it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from masthead.measuring import MEASURES, instruments

SOURCE = Path(__file__).parents[1] / "src" / "masthead"

COLUMNS = ("voice", "forecast")
"""Names that are columns of tables too: they are a measure's where they are compared with one, or stand beside one."""

APART = ("instruments", "press", "reading", "validation", "cli/validate")
"""The rooms themselves, what makes texts and reads them, and what measures Masthead on itself."""


@cache
def named_in(path: Path) -> set[str]:
    """Return the measures that a file names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value in MEASURES and not _is_column(node, parents):
                found.add(node.value)
            found |= {name for name in _IN_SQL.findall(node.value) if name in MEASURES}
        elif isinstance(node, ast.ImportFrom):
            found |= _room(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {name for alias in node.names for name in _room(alias.name)}
    return found


_IN_SQL = re.compile(r"\bmeasure\s*(?:=|<>|!=|WHEN|IN \()\s*'(\w+)'", re.IGNORECASE)


def _room(module: str) -> set[str]:
    parts = module.split(".")
    return {parts[2]} if parts[:2] == ["masthead", "instruments"] and len(parts) > 2 else set()


def _is_column(node: ast.Constant, parents: dict[ast.AST, ast.AST]) -> bool:
    if node.value not in COLUMNS:
        return False
    holder = parents[node]
    if isinstance(holder, ast.Compare):
        return "measure" not in ast.unparse(holder)
    if isinstance(holder, ast.Tuple | ast.List | ast.Set | ast.Dict):
        beside = holder.keys if isinstance(holder, ast.Dict) else holder.elts
        compared = isinstance(parents[holder], ast.Compare) and "measure" in ast.unparse(parents[holder])
        others = {one.value for one in beside if isinstance(one, ast.Constant)} - set(COLUMNS)
        return not compared and not others & set(MEASURES)
    return True


def files_naming(instrument: str) -> list[str]:
    """Return the files outside an instrument's room and its command that name one of its measures."""
    names = {measure.name for measure in instruments()[instrument].measures} | {instrument}
    found = []
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        apart = any(place.is_relative_to(folder) for folder in APART)
        if apart or place.as_posix() in OWN_FILES.get(instrument, ()):
            continue
        if named_in(path) & names:
            found.append(place.as_posix())
    return found


OWN_FILES = {
    "attention": (),
    "naming": ("cli/questions/naming.py",),
    "portrayal": ("cli/questions/portrayal.py",),
    "voice": ("cli/questions/voices.py",),
    "silence": ("cli/questions/silences.py",),
    "echo": ("cli/questions/echoes.py",),
    "kinship": ("cli/questions/kinship.py",),
    "forecast": ("cli/questions/forecasts.py",),
}
"""An instrument's own command."""


def lines() -> Iterator[str]:
    """Say of every instrument how many files name it, and which."""
    for name in instruments():
        files = files_naming(name)
        yield f"{name}: {len(files)}: {', '.join(files)}"


if __name__ == "__main__":
    print("\n".join(lines()))
