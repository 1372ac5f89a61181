"""The frames of `frames.txt`, compiled once in each process that reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple, cast, get_args

from masthead.reading.parsing.phrases import Kind

_DEFINITION = re.compile(r"(?P<name>[A-Z_]+) (?P<more>\|?)= (?P<pattern>.*)")
_USE = re.compile(r"<([A-Z_]+)>")
_VERB = re.compile(r"(\(\?:[a-z|]+\)|(?<![\w=)\]])[a-z]+)/VB")
_VERBS = {"AS": "[AB]=[^ /]+", "PLAIN": "[PB]=[^ /]+"}


class Frame(NamedTuple):
    """What stands before a name (a pattern that ends there) and behind it, and which nouns label it how."""

    nouns: str
    kind: Kind
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None


class Frames(NamedTuple):
    """The frames by where they look, each sort with a pattern that matches wherever one of them may."""

    behind: list[Frame]
    opening: list[Frame]
    ahead: list[Frame]
    any_behind: re.Pattern[str]
    any_opening: re.Pattern[str]
    any_ahead: re.Pattern[str]


@cache
def load_frames() -> Frames:
    """Read and compile the frames. ValueError for a line that is none."""
    frames = _read(
        resources.files(__package__).joinpath("frames.txt").read_text(encoding="utf-8").splitlines()
    )
    behind = [frame for frame in frames if frame.before is None]
    opening = [f for f in frames if f.before is not None and f.before.pattern.startswith(r"\A")]
    ahead = [f for f in frames if f.before is not None and not f.before.pattern.startswith(r"\A")]
    return Frames(
        behind,
        opening,
        ahead,
        _any_of(f.after for f in behind),
        _any_of(f.before for f in opening),
        _any_of(f.before for f in ahead),
    )


def _read(lines: Iterable[str]) -> list[Frame]:
    parts = dict(_VERBS)
    frames: list[Frame] = []
    for line in lines:
        if not line or line.startswith("#"):
            continue
        definition = _DEFINITION.fullmatch(line)
        if definition:
            pattern = _expansion(definition["pattern"], parts)
            name = definition["name"]
            parts[name] = f"{parts[name]}|{pattern}" if definition["more"] and name in parts else pattern
        elif line.startswith("    "):
            where, _, text = line.strip().partition(" ")
            pattern = _expansion(text.strip(), parts)
            expression = re.compile(pattern + "$" if where == "before" else r"\A" + pattern)
            last = frames[-1]
            frames[-1] = (
                last._replace(before=expression) if where == "before" else last._replace(after=expression)
            )
        else:
            nouns, kind = line.split()
            if kind not in get_args(Kind):
                raise ValueError(f"'{kind}' is no kind of label")
            frames.append(Frame(nouns, cast(Kind, kind), None, None))
    return frames


def _expansion(text: str, parts: dict[str, str]) -> str:
    """Return a pattern with what its parts stand for; a verb written out may bear the mark of one that names."""
    text = _USE.sub(lambda use: f"<{use[1]}>", text.replace("·", " "))
    text = _VERB.sub(r"(?:[APB]=)?\1/VB", text)
    return _USE.sub(lambda use: parts[use[1]], text)


def _any_of(patterns: Iterable[re.Pattern[str] | None]) -> re.Pattern[str]:
    texts = dict.fromkeys(p.pattern.replace("(?P<np>", "(?:") for p in patterns if p is not None)
    return re.compile("|".join(f"(?:{text})" for text in texts))
