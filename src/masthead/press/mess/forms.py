"""The forms in which mess is written: read from `forms.txt`, by kind."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

PLACES = ("top", "middle", "inline", "end", "open", "behind", "before")
_PLACE = re.compile(rf"^({'|'.join(PLACES)}) \| ")
_SECTION = re.compile(r"^\[([a-z.\-]+)\]$")


class Form(NamedTuple):
    """One way to write a kind: where it stands (empty where that is no question) and its text with slots."""

    place: str
    text: str


@cache
def forms(kind: str) -> tuple[Form, ...]:
    """All forms of a kind, in the order of the file."""
    return _all()[kind]


@cache
def _all() -> dict[str, tuple[Form, ...]]:
    forms_by_section: dict[str, list[Form]] = {}
    kind = ""
    text = (resources.files("masthead.press.mess") / "forms.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line or line.startswith("# "):
            continue
        section = _SECTION.match(line)
        if section:
            kind = section[1]
            forms_by_section[kind] = []
            continue
        match = _PLACE.match(line)
        body = line[match.end() :] if match else line
        body = body.replace(" /// ", "\n\n").replace(" // ", "\n")
        forms_by_section[kind].append(Form(match[1] if match else "", body))
    return {name: tuple(rows) for name, rows in forms_by_section.items()}
