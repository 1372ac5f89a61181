"""Tags in square brackets left in texts: shortcodes of WordPress (`[caption …]`, `[embed]`, `[gallery …]`) and BBCode.

What stands between two tags stays, as a reader of the page sees it: a caption on lines of its own, as one of HTML. An
address between tags of a picture, a film or a sound goes with them. A tag is sure where its other half stands in the
text, where it has attributes, or where it is one that stands alone. So `[sic]`, `[he]`, `[VIDEO]`, `[p=0.05]` and a
`[b]` that nothing closes stay.
"""

from __future__ import annotations

import re
from collections import defaultdict

from masthead.archive.repair.markup import Pieces

SIGN = r"\[(?:/[A-Za-z]|[A-Za-z][\w-]{0,40}(?: [\w-]{1,40})?=|(?:gallery|embed|playlist|more|hr)[ \]])"
"""What a text with such a tag holds, for RE2."""

_VALUE = r"(?:\"[^\"\[\]]{0,600}+\"|'[^'\[\]]{0,600}+'|[“”″][^“”″\[\]]{0,600}+[“”″]|[^\s\"'\[\]]{1,600}+)"
_TAG = re.compile(
    rf"\[(?P<end>/?)(?P<name>[A-Za-z][\w-]{{0,40}}+)"
    rf"(?P<value>=[^\[\]\n]{{1,600}}+|(?P<attributes>(?:\s{{1,9}}+[A-Za-z][\w-]{{0,40}}+\s?=\s?{_VALUE}){{1,40}}+)|(?P<bare>\s{{1,9}}+https?://[^\s\[\]]{{1,600}}+))?"
    r"\s{0,9}+/?\]|(?P<item>\[\*\])"
)
_QUOTED = re.compile(r"=\s?[\"'“”″]|=\s?https?://|=\s?\d{5}")
_NAMED = re.compile(
    r"\s(?:ids?|url|src|href|width|height|align|class|style|size|columns|link|mp[34]|file|autoplay)\s?=",
    re.IGNORECASE,
)
_OF_ALONE = "gallery embed playlist more hr"
_ALONE = frozenset(_OF_ALONE.split())
_OF_VALUED = "url img size color colour font quote email align list youtube video"
_VALUED = frozenset(_OF_VALUED.split())
_OF_WITHIN = (
    "b i u s em strong strike del ins url link email size color colour font sub sup highlight span tooltip mark abbr"
    " dropcap tt small big"
)
_WITHIN = frozenset(_OF_WITHIN.split())
_OF_MEDIA = (
    "embed img image video audio youtube vimeo media gallery playlist soundcloud tweet twitter instagram"
)
_MEDIA = frozenset(_OF_MEDIA.split())
_OF_ADDRESS = re.compile(r"\s*(?:https?://|www\.|/)?[^\s\[\]]+\s*")


def without_brackets(text: str) -> str:
    """Return the text without its tags in square brackets."""
    tags = _sure(text)
    if not tags:
        return text
    pieces = Pieces()
    for number, (start, end, name) in enumerate(tags):
        between = text[pieces.read_to : start]
        before = tags[number - 1] if number else None
        if not (
            before and name == "/" + before[2] and _is_media(before[2]) and _OF_ADDRESS.fullmatch(between)
        ):
            pieces.add(between)
        pieces.read_to = end
        if name == "*":
            pieces.breaks = max(pieces.breaks, 1)
        elif name.strip("/") not in _WITHIN:
            pieces.breaks = 2
    pieces.add(text[pieces.read_to :])
    return "".join(pieces.held)


def has_brackets(text: str) -> bool:
    """True where a tag is left whose other half is not there."""
    return any(match["end"] or (match["value"] and not _is_stated(match)) for match in _TAG.finditer(text))


def _sure(text: str) -> list[tuple[int, int, str]]:
    """Return where the tags stand, and their names, with `/` before those that close."""
    sure: dict[int, tuple[int, int, str]] = {}
    open_tags: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    items: list[tuple[int, int, str]] = []
    lists = False
    for match in _TAG.finditer(text):
        if match["item"]:
            items.append((*match.span(), "*"))
            continue
        name = match["name"].casefold()
        if match["end"]:
            if open_tags[name]:
                tag = open_tags[name].pop()
                sure[tag[0]] = tag
                sure[match.start()] = (*match.span(), "/" + name)
                lists = lists or name in ("list", "ul", "ol")
            continue
        tag = (*match.span(), name)
        open_tags[name].append(tag)
        if _is_sure_alone(match):
            sure[tag[0]] = tag
    for item in items if lists else ():
        sure[item[0]] = item
    return [sure[at] for at in sorted(sure)]


def _is_sure_alone(match: re.Match[str]) -> bool:
    name = match["name"]
    if attributes := match["attributes"]:
        return _QUOTED.search(attributes) is not None or "_" in name or _NAMED.search(attributes) is not None
    if match["bare"]:
        return name.casefold() in _MEDIA
    if match["value"]:
        return name.casefold() in _VALUED
    return name in _ALONE


def _is_stated(match: re.Match[str]) -> bool:
    """True for what people write in brackets of their own: `[p=0.05]`."""
    return match["attributes"] is None and match["bare"] is None


def _is_media(name: str) -> bool:
    return name in _MEDIA or "player" in name
