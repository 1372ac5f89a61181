"""The pages of the documentation that an installed Masthead has with it."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import NamedTuple

from masthead.errors import UsageError, nearest

_INSTALLED = Path(__file__).parent / "docs"
_CHECKOUT = Path(__file__).parents[2] / "docs"

_FIRST = ("index", "tutorial", "glossary", "sources", "study", "tables", "validation", "output", "privacy")
_THEN = ("questions", "methods", "design", "reference")


class Page(NamedTuple):
    """A page: the name by which it is asked for, such as `study` or `questions/silence`, its heading and its text.

    The text is Markdown that stands alone: where a page links to another, it says that one's name.
    """

    name: str
    title: str
    text: str


def names() -> list[str]:
    """Return the names of all pages: those to begin with, then by folder."""
    folder = _folder()
    there = {path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md")}
    return sorted(there, key=_place)


def page(name: str) -> Page:
    """Return the page of this name; a folder before it may be left out, and what is asked comes before how it is done.

    Raises UsageError, naming the nearest, where there is none.
    """
    short_name = name.removesuffix(".md").removeprefix("docs/")
    all_names = names()
    fits = [one for one in all_names if short_name in (one, one.rpartition("/")[2])]
    if not fits:
        short = {*all_names, *(one.rpartition("/")[2] for one in all_names)}
        raise UsageError(f"there is no page '{name}'", "the name of a page", nearest(short_name, short))
    full_name = short_name if short_name in fits else fits[0]
    text = _alone((_folder() / f"{full_name}.md").read_text(encoding="utf-8"), full_name)
    return Page(full_name, text.partition("\n")[0].removeprefix("# "), text)


def _folder() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def _alone(text: str, name: str) -> str:
    def link_text(link: re.Match[str]) -> str:
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), link[2]))
        return f"`{other}`" if other.endswith(link[1]) else f"{link[1]} (`{other}`)"

    without_marks = re.sub(r"<!-- .*? -->\n", "", text)
    return re.sub(r"(?<!!)\[([^\]]*)\]\((?!https?:)([^)#\s]+)\.md(?:#[^)\s]*)?\)", link_text, without_marks)


def _place(name: str) -> tuple[int, int, str]:
    folder, _, _ = name.rpartition("/")
    if not folder:
        return 0, _FIRST.index(name) if name in _FIRST else len(_FIRST), name
    top = folder.partition("/")[0]
    return 1 + _THEN.index(top) if top in _THEN else len(_THEN) + 1, 0, name
