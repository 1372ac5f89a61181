"""Gold attributions: articles in which people marked who says what, laid out as PolNeAR is.

A folder with `text/NAME.txt` and `attributions/NAME_CODER.ann` (or `NAME.ann`), in UTF-8: brat's stand-off
format, code points of the text. `T` lines are spans (`T1<tab>Content 10 20;25 30<tab>the words`), `E` lines join
them (`E1<tab>Attribution:T4 Content:T3 Cue:T2 Source:T1`). Newell, Margolin and Ruths (LREC 2018).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from masthead.errors import GoldError
from masthead.reading.parsing.sentences import Span

_LAYOUT = "text/NAME.txt with attributions/NAME_CODER.ann, as in PolNeAR"
_ROLE = re.compile(r"(Content|Source|Cue)\d*:(T\d+)")


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """What one person marked: the words given, who gives them and by which words, each in one piece or several."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with the attributions that each of its coders marked, the coders in the order of their names."""

    name: str
    text: str
    coded: tuple[tuple[GoldAttribution, ...], ...]


def read_marked_articles(folder: Path) -> tuple[list[GoldArticle], int]:
    """Return the articles of a folder, by name, and how many marked spans were left out as they do not fit.

    A span is left out whose offsets lie outside the text or whose words stand elsewhere. Raises GoldError where
    the folder is not laid out so, a file cannot be read, or nothing is marked at all.
    """
    texts = {path.stem: path for path in sorted((folder / "text").glob("*.txt"))}
    files = sorted((folder / "attributions").glob("*.ann"))
    if not texts or not files:
        missing = "texts (text/*.txt)" if not texts else "annotations (attributions/*.ann)"
        raise GoldError(f"'{folder}' has no {missing}", _LAYOUT, "give the folder that holds both")
    coded: dict[str, list[tuple[GoldAttribution, ...]]] = defaultdict(list)
    contents = {name: _text(path) for name, path in texts.items()}
    misfits = 0
    for path in files:
        name = path.stem if path.stem in texts else path.stem.rpartition("_")[0]
        if name not in texts:
            raise GoldError(
                f"'{path.name}' has no text '{name}.txt'", _LAYOUT, "add it, or take the file away"
            )
        found, left_out = _attributions(_text(path), contents[name], path)
        coded[name].append(tuple(found))
        misfits += left_out
    if not any(marked for by_all in coded.values() for marked in by_all):
        raise GoldError(f"'{folder}' marks no attribution", _LAYOUT, "is this the right folder?")
    return [GoldArticle(name, contents[name], tuple(coded[name])) for name in sorted(coded)], misfits


def _text(path: Path) -> str:
    """Return a file's text as it is: its line ends are counted in the offsets."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise GoldError(f"'{path}' is not UTF-8 (byte {error.start})", _LAYOUT, "convert it") from None


def _attributions(told: str, text: str, path: Path) -> tuple[list[GoldAttribution], int]:
    spans: dict[str, tuple[Span, ...]] = {}
    misfits = 0
    lines = told.split("\n")
    for number, line in enumerate(lines, 1):
        name, _, rest = line.partition("\t")
        if re.fullmatch(r"T\d+", name):
            placed = _spans(rest, path, number)
            if _fits(placed, rest.partition("\t")[2], text):
                spans[name] = tuple(sorted(placed))
            else:
                misfits += 1
    return [one for line in lines if line.startswith("E") for one in _joined(line, spans)], misfits


def _spans(told: str, path: Path, number: int) -> tuple[Span, ...]:
    """Return the spans in `Content 10 20;25 30`, in the order in which they were marked."""
    try:
        offsets = told.partition("\t")[0].split(" ", 1)[1]
        pairs = [piece.split() for piece in offsets.split(";")]
        return tuple((int(start), int(end)) for start, end in pairs)
    except (ValueError, IndexError):
        raise GoldError(
            f"line {number} of '{path}' places no span ({told[:60]!r})", _LAYOUT, "mend the line"
        ) from None


def _fits(spans: tuple[Span, ...], words: str, text: str) -> bool:
    """True where the words stand at the spans, or begin there: a line end among them cuts the line."""
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        return False
    placed = " ".join(text[start:end] for start, end in spans).split()
    told = words.split()
    return placed[: len(told)] == told


def _joined(line: str, spans: dict[str, tuple[Span, ...]]) -> Iterator[GoldAttribution]:
    roles: dict[str, list[Span]] = {"Content": [], "Source": [], "Cue": []}
    for role, name in _ROLE.findall(line):
        roles[role] += spans.get(name, ())
    if roles["Content"]:
        yield GoldAttribution(*(tuple(sorted(spans)) for spans in roles.values()))
