"""Which names are bare participles (`found`, `told`, `kept`): of all that is bound in src/masthead, by the syntax tree.

A participle says what was done to a thing, not what the thing is. `python -m tests.plain_names` prints the share, how
many stand in each folder, and every place; with folders or files behind it (`python -m tests.plain_names reading cli`),
it prints these alone.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "masthead"

IRREGULAR = """
beaten become begun bent bitten blown born borne bought bound broken brought built burnt caught
chosen clung dealt done drawn driven drunk dug eaten fallen fed felt flown foretold forgiven forgotten fought found
frozen given gone got gotten grown heard held hidden hung hurt kept knelt known laid learnt led lent lit lost made
meant met mistaken mown overrun overtaken paid proven ridden risen rung said sat seen sent sewn shaken shown slept
slid slung sold sought spelt spent spilt spoken sprung spun stolen stood struck stuck sung sunk swept swum swung
sworn taken taught thought thrown thrust told torn trodden understood undone unread unsaid unseen untold upheld
upset wept withdrawn withheld woken won worn written
"""
"""Participles that do not end in -ed. Not here: those that are verbs or nouns too (`read`, `cut`, `set`, `split`)."""

NOT_PARTICIPLES = """
bed biped breed creed deed embed exceed feed greed heed hundred indeed kindred naked need proceed red reed sacred
seed shed sled speed steed succeed weed wicked
"""
"""Words in -ed that are nouns, adjectives of their own, or the base form of a verb."""


def is_participle(name: str) -> bool:
    """Say whether a whole name is one participle: `found` and `_found` are, `found_rows` is not."""
    word = name.strip("_")
    if word in NOT_PARTICIPLES.split():
        return False
    return word in IRREGULAR.split() or re.fullmatch(r"[a-z]{2,}ed", word) is not None


@dataclass(frozen=True)
class Binding:
    """A name, and where it is bound: the folder under src/masthead, or the file that lies there."""

    name: str
    path: Path
    line: int

    @property
    def folder(self) -> str:
        """The folder, or the file, under src/masthead."""
        return self.path.relative_to(SOURCE).parts[0]

    @property
    def place(self) -> str:
        """Path and line, to click on."""
        return f"{self.path.relative_to(SOURCE.parents[1])}:{self.line}: {self.name}"


def names_bound(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield every name that a file binds, and its line: variables and fields, arguments, functions, classes."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name, ctx=ast.Store()):
                yield name, node.lineno
            case ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno


def bindings() -> list[Binding]:
    """Return every name bound in src/masthead."""
    return [
        Binding(name, path, line)
        for path in sorted(SOURCE.rglob("*.py"))
        for name, line in names_bound(ast.parse(path.read_text(encoding="utf-8")))
    ]


def by_folder(names: list[Binding]) -> list[tuple[str, int, int]]:
    """Return each folder with its participles and all its bindings, the worst first: the most participles."""
    everything = Counter(one.folder for one in names)
    participles = Counter(one.folder for one in names if is_participle(one.name))
    return [(folder, count, everything[folder]) for folder, count in participles.most_common()]


def lines(folders: list[str]) -> Iterator[str]:
    """Say the share, each folder's count, and every place in the folders asked for: everywhere when none is."""
    names = bindings()
    participles = [one for one in names if is_participle(one.name)]
    yield f"{len(participles)} of {len(names)} names are bare participles: {len(participles) / len(names):.2%}"
    for folder, count, everything in by_folder(names):
        yield f"{folder}: {count} of {everything}"
    for one in participles:
        if not folders or any(one.path.is_relative_to(SOURCE / folder) for folder in folders):
            yield one.place


if __name__ == "__main__":
    print("\n".join(lines(sys.argv[1:])))
