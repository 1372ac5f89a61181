"""HTML left in texts: tags give way to the line breaks that they make, references to the characters they mean.

Only what is a tag for sure goes: the name of an element of HTML, with nothing but attributes behind it, in a text that
uses tags as markup (in pairs, with attributes, to break lines) and does not write about them. So `a < b`, `<3`,
`vector<int>` and a `<b>` that nothing closes stay. Everything here takes time in proportion to the text: no attempt
looks further than the next `<`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from masthead.archive.repair.references import escaped_tags_read, without_references

SIGN = r"<(?:[/!]?[a-zA-Z]|!--|!–|!\[CDATA)"
"""What a text with a tag holds, for RE2 and for Python."""

_NAMES = (
    "a|abbr|acronym|address|area|article|aside|audio|b|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|"
    "cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|h[1-6]|"
    "head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|meta|nav|nobr|noscript|object|"
    "ol|option|p|param|picture|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|"
    "sub|summary|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr|"
    "[a-z][a-z0-9]*[:-][a-z][a-z0-9:-]*"
)
_VALUE = r"""(?:\\?"[^"<]*+"|'[^'<]*+'|[^\s"'<>`]++)"""
_SWITCH = (
    "allowfullscreen|async|autoplay|checked|controls|defer|disabled|hidden|itemscope|loop|multiple|muted|nowrap|"
    "noshade|readonly|required|reversed|selected"
)
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAMES})(?![^\s/>])"
    rf"(?P<attributes>(?:\s++(?:[a-z_:@][^\s\"'<>/=]*+\s*+=\s*+{_VALUE}|(?:{_SWITCH})(?![^\s/>])))*+)\s*+/?>"
    r"|(?P<comment><!--)|(?P<dashed><!–(?:[^–<]|–(?!>)){0,2000}+–>)|(?P<declared><!doctype\b[^<>]*+>|<!\[CDATA\[|<\?xml\b[^<>]*+>)|(?P<closed>\]\]>)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"`\s?</?(?:{_NAMES})\s?/?>|<(?:{_NAMES})>\s(?:tags?|elements?|attributes?)\b|"
    rf"[\"“‘'](?:<(?:{_NAMES})>|</(?:{_NAMES})>)[\"”’'](?!<)",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"<(script|style)\b(?:[^<]|<(?!/?\1\b))*+</\1\s*+>|<!--(?:[^-<]|-(?!->)|<(?!!--))*+-->", re.IGNORECASE
)
_OF_BREAKING = (
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 head header hr html iframe li main nav ol p pre section summary table tbody tfoot thead title tr ul"
    " video"
)
_BREAKING = frozenset(_OF_BREAKING.split())
_ONE_LINE = frozenset(("dd", "dt", "li", "tr"))
_CELLS = frozenset(("td", "th"))
_TELLING = frozenset(("br", "hr", "p"))
_UNREAD = frozenset(("script", "style"))
_MARKS = {("q", ""): "“", ("q", "/"): "”"}


def without_markup(text: str, tags: bool = True) -> tuple[str, set[str]]:
    """Return the text as a reader of the page sees it, and what was in it: `tags`, `entities`, both or neither.

    Without `tags` only references are read.
    """
    kinds = set()
    if tags and "<" not in text and "&lt;" in text:
        # A page that was escaped once more as a whole, as feeds do.
        read = escaped_tags_read(text)
        if is_markup(read, sure=True):
            text = read
            kinds.add("entities")
    if tags and "<" in text and is_markup(text):
        text = _without_tags(text)
        kinds.add("tags")
    if "&" in text:
        read = without_references(text, keep=lambda tag: _TAG.match(tag) is not None)
        if read != text:
            text = read
            kinds.add("entities")
    return text, kinds


def has_tags(text: str) -> bool:
    """True where something in the text is written as a tag of HTML is."""
    return "<" in text and _TAG.search(text) is not None


def is_markup(text: str, sure: bool = False) -> bool:
    """True where a text uses tags of HTML; `sure` where one of them makes a line or has an attribute."""
    open_names: set[str] = set()
    is_sure = False
    for tag in _TAG.finditer(text):
        name = (tag["name"] or "").casefold()
        if not name:
            is_sure = is_sure or tag["closed"] is None
        elif tag["attributes"] or name in _TELLING:
            is_sure = True
        elif not tag["end"]:
            open_names.add(name)
            is_sure = is_sure or (sure and name in _BREAKING)
        elif name in open_names or name in _BREAKING:
            is_sure = is_sure or not sure or name in _BREAKING
        if is_sure:
            break
    return is_sure and _ABOUT.search(_UNSEEN.sub("", text)) is None


def _without_tags(text: str) -> str:
    pieces = Pieces()
    for start, end, name, closing in _tags(text):
        if start > pieces.read_to:
            pieces.add(text[pieces.read_to : start])
        pieces.read_to = end
        if name == "br":
            pieces.breaks += 1
        elif name in _BREAKING:
            pieces.breaks = max(pieces.breaks, 1 if name in _ONE_LINE else 2)
        elif name in _CELLS:
            pieces.blank = True
        elif mark := _MARKS.get((name, closing)):
            pieces.add(mark)
    pieces.add(text[pieces.read_to :])
    return "".join(pieces.held)


class Pieces:
    """A text without its tags so far, and the line breaks that stand before what comes next."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.read_to = 0
        self.breaks = 0
        self.blank = False

    def add(self, text: str) -> None:
        """Take what comes next, behind the line breaks or the blank that wait for it."""
        if not self.breaks and not self.blank:
            self.held.append(text)
            return
        words = text.lstrip()
        if not words:
            return
        had = ""
        while self.held:
            last = self.held.pop()
            had = last[len(last.rstrip()) :] + had
            if rest := last.rstrip():
                self.held.append(rest)
                break
        lines = (had + text[: len(text) - len(words)]).count("\n")
        if self.held:
            self.held.append("\n" * min(2, max(self.breaks, lines)) or " ")
        self.breaks, self.blank = 0, False
        self.held.append(words)


def _tags(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield what is no text: where it begins and ends, its name (none for a comment), and `/` where it closes."""
    past = 0
    without_end: set[str] = set()
    for tag in _TAG.finditer(text):
        if tag.start() < past:
            continue
        name, end = (tag["name"] or "").casefold(), tag.end()
        if name in _UNREAD and not tag["end"]:
            end = _after(text, rf"</{name}\s*+>", end, without_end)
        elif tag["comment"]:
            end = _after(text, "-->", end, without_end)
        past = end
        yield tag.start(), end, name, tag["end"] or ""


def _after(text: str, ending: str, start: int, without_end: set[str]) -> int:
    """Return where the text goes on after an ending; `start` where there is none: then nobody looks again."""
    if ending not in without_end:
        if match := re.compile(ending, re.IGNORECASE).search(text, start):
            return match.end()
        without_end.add(ending)
    return start
