"""Benchmarks import what they measure inside functions, so a moved module would show only when somebody measures."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).parents[2] / "benchmarks").rglob("*.py"))


def _imports(file: Path) -> list[tuple[str, str]]:
    """Module and name of everything that a file takes from Masthead, at any depth."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return [
        (node.module, alias.name)
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "masthead"
        for alias in node.names
    ]


def _is_there(module: str, name: str) -> bool:
    """Whether a module holds a name, or a module of that name stands below it."""
    if importlib.util.find_spec(module) is None:
        return False
    held = importlib.import_module(module)
    below = hasattr(held, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None
    return hasattr(held, name) or below


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_a_benchmark_measures_exists(file: Path) -> None:
    gone = [f"{module}.{name}" for module, name in _imports(file) if not _is_there(module, name)]
    assert not gone, f"{file.name} imports what has moved"


def test_what_has_moved_is_seen() -> None:
    assert _is_there("masthead.matching.scan", "Scanner")
    assert not _is_there("masthead.matching.scan", "Scanners")
    assert not _is_there("masthead.matching.scanning", "Scanner")


def test_there_are_imports_to_check() -> None:
    assert sum(len(_imports(file)) for file in FILES) > 20
