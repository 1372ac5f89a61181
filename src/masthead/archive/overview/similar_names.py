"""Outlets whose names look alike: one paper under many spellings, as a merged dataset has them.

Two names look alike where they differ in capitals, accents, white space, hyphens and other marks, a leading
"The", a trailing "Online", or where one is the web address of the other. It is a proposal for a person to confirm, so
it stays on the safe side: a word more or less is another paper ("Post", "Daily Post"), and so is another
ending of an address (`post.example`, `post.test`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from masthead.archive.parts import Part

_SPACE = r"[\s\x0b\x{85}\p{Z}]+"
_WORD = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(
    r"(?:https?://)?(?:(?:www\d?|m|amp|mobile)\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)\.(?P<ending>[a-z]{2,24})"
    r"(?::\d+)?/?"
)
# Second levels under which countries register, as in `.co.uk`.
_SECOND_LEVELS = {"ac", "co", "com", "edu", "gov", "net", "org"}


def plain_outlets(outlets: pa.StringArray) -> pa.StringArray:
    """Return names of outlets without white space at their ends, every run of it inside made one blank."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(outlets, _SPACE, " "))


def alike(outlets: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the groups of names that look alike, sorted, two names or more in each.

    No name is in two groups, and the order in which names are given does not matter.
    """
    names = sorted(set(outlets))
    addresses = {name: address for name in names if (address := _address(name))}
    words = {name: _words(name) for name in names if name not in addresses}
    plain_names = {key for key in words.values() if key}
    # "The Post" at thepost.example: the article is cut from an address only where a name says that it is one.
    endings: dict[str, set[str]] = defaultdict(set)
    heads: dict[str, str] = {}
    for name, address in addresses.items():
        head = address.head
        if head not in plain_names and head.startswith("the") and head[3:] in plain_names:
            head = head[3:]
        heads[name] = head
        endings[head].add(address.ending)
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        if name in addresses:
            head = heads[name]
            # Papers of several countries may share a name: then an address tells nothing about the name.
            alone = len(endings[head]) == 1
            groups[head, "" if alone else addresses[name].ending].append(name)
        elif words[name]:
            groups[words[name], ""].append(name)
    return sorted(tuple(group) for group in groups.values() if len(group) > 1)


def alike_in(parts: Iterable[Part]) -> list[tuple[str, ...]]:
    """Return the groups of outlets in parts of an archive whose names look alike."""
    columns = (part.read(["outlet"])["outlet"] for part in parts)
    return alike(name for column in columns for name in column.unique().to_pylist())


class _Address(NamedTuple):
    head: str
    ending: str


def _address(name: str) -> _Address | None:
    """Return a web address as what stands before its ending, without marks, and that ending."""
    match = _ADDRESS.fullmatch(name.strip().casefold())
    if not match:
        return None
    labels, ending = match["host"].split("."), match["ending"]
    if len(labels) > 1 and len(ending) == 2 and labels[-1] in _SECOND_LEVELS:
        ending = f"{labels.pop()}.{ending}"
    return _Address("".join(labels).replace("-", ""), ending)


def _words(name: str) -> str:
    """Return the letters and figures of a name in one run, without what makes no other paper."""
    name = _without_accents(unicodedata.normalize("NFKC", name).casefold())
    name = name.replace("&", " and ").replace("+", " plus ")
    # An apostrophe joins, another mark parts: "People's" is "Peoples", "Post-Gazette" is two words.
    words = _WORD.findall(re.sub(r"['’ʼ.]", "", name))
    if len(words) > 1 and words[0] == "the":
        del words[0]
    # "Mail Online" may be a paper of its own; "Coast Herald Online" is the Coast Herald.
    if len(words) > 2 and words[-1] == "online":
        del words[-1]
    return "".join(words)


def _without_accents(name: str) -> str:
    """Take accents from Latin letters; elsewhere a mark makes another letter."""
    letters: list[str] = []
    latin = False
    for character in unicodedata.normalize("NFD", name):
        if unicodedata.category(character) == "Mn":
            if not latin:
                letters.append(character)
        elif unicodedata.category(character) != "Cf":
            latin = "a" <= character <= "z"
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters))
