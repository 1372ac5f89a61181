"""The code that a module's answers hang on: every module that it imports in turn, and a hash of each."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

import masthead

SOURCES = Path(masthead.__file__).parent.parent


def closure(roots: Iterable[str], stop: Collection[str] = ()) -> list[Path]:
    """Return the files of the modules `roots` and of all that they import, directly or not, by name.

    Not followed are the modules `stop`, and what is in those of them that are packages; roots are followed even so.
    What is imported for types alone is left out: it changes no answer. A package is followed name by name: who takes
    one name of it does not hang on all that it brings. Files beside a module that it names count with it.
    """
    found: set[str] = set()
    ahead = set(roots)
    while ahead:
        module = ahead.pop()
        found.add(module)
        homes = {home for told in _imports(path_of(module)) for home in _homes(*told[:2])}
        ahead |= {home for home in homes - found if not _is_in(home, stop)}
    files = {path_of(module) for module in found}
    return sorted(files | {beside for path in files for beside in _resources(path)})


def _is_in(module: str, places: Collection[str]) -> bool:
    """Whether a module is one of these places, or within one; a place that ends in `.__init__` is that file alone."""
    return any(f"{module}.".startswith(f"{place}.") or place == f"{module}.__init__" for place in places)


def path_of(module: str) -> Path:
    """Return the file of a module of Masthead; one that is not there where there is no such module."""
    home = SOURCES.joinpath(*module.split("."))
    return home / "__init__.py" if home.is_dir() else home.with_suffix(".py")


@cache
def hash_of(path: Path) -> str:
    """Return 16 hex digits over a file; of Python, over what it does: comments, docstrings and imports are left out.

    Whatever a module imports is in its closure by itself. So neither prose nor a file that moves changes a hash.
    """
    content = _said(_tree(path)).encode() if path.suffix == ".py" else path.read_bytes()
    return hashlib.sha256(content).hexdigest()[:16]


def constant(module: str, name: str) -> str:
    """Return a constant of a module as text, without importing it. Raises KeyError where it has none of that name."""
    told = {
        target.id: node.value
        for node in _tree(path_of(module)).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return str(ast.literal_eval(told[name]))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def _said(tree: ast.Module) -> str:
    """Return what code does, node by node; fields that are empty are left out, since Pythons differ in them."""
    said: list[str] = []

    def say(node: object) -> None:
        if isinstance(node, ast.AST):
            said.append(type(node).__name__)
            for name in node._fields:
                value = getattr(node, name, None)
                if value not in (None, []):
                    say(value)
        elif isinstance(node, list):
            said.append("[")
            for one in node:
                if not _is_idle(one):
                    say(one)
            said.append("]")
        else:
            said.append(repr(node))

    say(tree)
    return "\n".join(said)


def _is_idle(node: object) -> bool:
    """Whether a statement does nothing that changes an answer: an import, or a docstring."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return isinstance(node.value.value, str)
    return isinstance(node, ast.Import | ast.ImportFrom)


@cache
def _imports(path: Path) -> tuple[tuple[str, str, str], ...]:
    """Return what a file imports of Masthead: a module, a name of it (empty: the module), and the name it has here."""
    return tuple(_imports_in(_tree(path))) if path.suffix == ".py" else ()


def _imports_in(node: ast.AST) -> Iterator[tuple[str, str, str]]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.If) and isinstance(one.test, ast.Name) and one.test.id == "TYPE_CHECKING":
            continue
        if isinstance(one, ast.Import):
            yield from ((name.name, "", "") for name in one.names if name.name.startswith("masthead"))
        elif isinstance(one, ast.ImportFrom) and (one.module or "").startswith("masthead"):
            yield from ((str(one.module), name.name, name.asname or name.name) for name in one.names)
        elif isinstance(one, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield from _imports_in(one)


def _homes(home: str, name: str) -> Iterator[str]:
    """Return the module that a name is taken from: through the packages that only pass it on."""
    if name and path_of(f"{home}.{name}").is_file():
        yield f"{home}.{name}"
        return
    passed_on = [told for told in _imports(path_of(home)) if told[2] == name] if _is_package(home) else []
    for told in passed_on:
        yield from _homes(*told[:2])
    if not passed_on:
        yield home


def _is_package(module: str) -> bool:
    return path_of(module).name == "__init__.py"


@cache
def _resources(path: Path) -> tuple[Path, ...]:
    """Return the files beside a module whose names it holds, and those in a folder beside it that it names."""
    if path.suffix != ".py" or not _beside(path.parent):
        return ()
    texts = {node.value for node in ast.walk(_tree(path)) if isinstance(node, ast.Constant)}
    return tuple(file for name, files in _beside(path.parent).items() if name in texts for file in files)


@cache
def _beside(folder: Path) -> dict[str, list[Path]]:
    """Return the files in a folder that are no code, by the name by which a module would ask for them."""
    found: dict[str, list[Path]] = {}
    for one in sorted(folder.iterdir()):
        if one.name.startswith(("__", ".")):
            continue
        files = [file for file in one.rglob("*") if file.is_file()] if one.is_dir() else [one]
        others = [file for file in files if file.suffix not in (".py", ".pyc")]
        if others:
            found[one.name] = others
    return found
