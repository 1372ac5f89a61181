"""One form for the many addresses under which one page is found: for phones, for print, with what tracks its readers.

It is for telling whether two articles of one outlet may be one page, and for nothing else: what it returns need not
open. Nothing is looked up, so a short link or a redirection stays what it is. Of the host, what stands for a kind of
device is left off, of the path what stands for a way of showing, of the query what says who sent the reader. What
names a page (`?id=12`, `?page=2`) stays. Two addresses in one form are a reason to compare texts, no proof.

Kept libraries were weighed: courlan 1.4 (Apache-2.0) takes off what tracks and puts the rest in order, but neither
phones nor print nor AMP, keeps http and https apart, and opens a pool of connections when it is imported, which an
instrument that sends nothing should not load; ural is under the GPL. A test holds this against courlan where it is
installed: what it makes one, this makes one.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_COPIES = re.compile(
    r"^(?:https?:/+)?(?:"
    r"web\.archive\.org/web/\d{4,14}[a-z_]*/"
    r"|webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]*:)?"
    r"|(?:www\.)?google\.[a-z.]{2,6}/amp/(?:s/)?"
    r"|[a-z0-9-]+\.cdn\.ampproject\.org/[a-z]/(?:s/)?"
    r"|(?:www\.)?printfriendly\.com/print/?\?url="
    r")(?P<page>.+)$",
    re.IGNORECASE,
)
"""Addresses of copies that others keep: the page's own stands inside."""

_SCHEME = re.compile(r"^(?:https?:)?/{2,}", re.IGNORECASE)
_HOST = re.compile(r"[^\s/@:.]+(?:\.[^\s/@:.]+)+|\[[0-9a-f:.]+\]")
_DEVICES = frozenset(
    ("www", "m", "mobile", "mobil", "movil", "amp", "touch", "wap", "print", "edition", "www2", "www3")
)
_WAYS = frozenset(
    ("amp", "amphtml", "print", "printable", "printer-friendly", "print-version", "full", "single-page")
)
"""Steps of a path, at its start or its end, that say how the page is shown."""

_INDEX = re.compile(r"(?:index|default|home)\.(?:html?|shtml|php\d?|aspx?|jsp|cfm)", re.IGNORECASE)
_LAST = re.compile(
    r"(?:[._-](?:amp|print|printable))?(?:\.(?:amp|print))?(?P<ending>\.[a-z]{3,5})?$", re.IGNORECASE
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm|mtm|pk|piwik|matomo|at|wt|ns|hsa|oly|vero|itm|int|trk|fb|soc|amp_js|amp)[_.].*|ixzz.*|_+(?:ga|gl|s|hssc|hstc|r)"
    r"|(?:fb|g|d|y|tw|ms|wbra|gbra)?cl(?:id|kid)|gclsrc|igsh(?:id)?|mc_[ce]id|usqp|xtor|spm|dlvrit|awesm|ito|ocsid"
    r"|cmp|cmpid|campaign|camp|ncid|ocid|icid|nlid|rcid|ftcamp|intcmp|intcid|emc|smid|smtyp|sref|ref|referr?er"
    r"|ref_?(?:src|url)|src|source|via|share(?:d|type)?|partner|mod|mbid|rss|feed|feed(?:type|name)|ftag|hpt?|hpid"
    r"|wpsrc|wprss|sessionid|phpsessid|jsessionid|action_(?:object|type|ref)_map|__twitter_impression",
    re.IGNORECASE,
)
"""What says who sent the reader, by which mail, post or advertisement, or keeps a visit together."""

_SHOWING = re.compile(
    r"amp|print(?:able|page|mode|-version)?|output_?type|single_?page|(?:no|is)?mobile|desktop|font_?size|pfstyle",
    re.IGNORECASE,
)
_SHOWN_AS = {
    "view": ("print", "amp", "full", "all", "mobile"),
    "mode": ("print", "amp", "full"),
    "format": ("print", "amp", "html"),
    "output": ("print", "amp", "1"),
    "version": ("print", "amp", "mobile"),
    "type": ("print", "amp"),
    "page": ("all", "full", "1", "0", "print"),
    "pagewanted": ("all", "1", "print"),
    "p": ("all",),
    "task": ("print",),
    "tmpl": ("component",),
    "layout": ("print",),
}
"""Values of a query that say how a page is shown; other values of the same name say which page it is."""


def canonical_address(url: str | None) -> str | None:
    """Return the one form of an address, without its scheme; None where it names no page of a host.

    >>> canonical_address("https://m.coast.example/port/fire/amp/?utm_source=feed#top")
    'coast.example/port/fire'
    >>> canonical_address("http://www.coast.example/port/fire?print=1")
    'coast.example/port/fire'
    >>> canonical_address("https://coast.example/") is None
    True
    """
    if not url:
        return None
    parts = _split(url.strip())
    host = (parts.hostname or "").rstrip(".") if parts else ""
    if parts is None or not _HOST.fullmatch(host):
        return None
    path, query, fragment = _path(parts.path), _query(parts.query), ""
    # What begins with a mark of exclamation is the page itself on sites that scripts put together.
    if parts.fragment.startswith("!"):
        fragment = "#" + unquote(parts.fragment).rstrip("/")
    if not path and not query and not fragment:
        return None
    return f"{_host(host)}{_port(parts)}{path}{query}{fragment}"


def _split(url: str) -> SplitResult | None:
    """Take an address apart; of one within another, the one within."""
    for _ in range(3):
        copy = _COPIES.match(url)
        if not copy:
            break
        url = unquote(copy["page"]) if "%3a" in copy["page"][:12].casefold() else copy["page"]
    try:
        parts = urlsplit("https://" + _SCHEME.sub("", url.replace("&amp;", "&")))
        _ = parts.port, parts.hostname
    except ValueError:
        return None
    return parts


def _port(parts: SplitResult) -> str:
    return "" if parts.port in (None, 80, 443) else f":{parts.port}"


def _host(host: str) -> str:
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _DEVICES:
        del labels[0]
    host = ".".join(labels)
    if "xn--" in host:
        try:
            return host.encode("ascii").decode("idna")
        except UnicodeError:
            return host
    return host


def _path(path: str) -> str:
    """Return a path without what stands for a way of showing, letters decoded; empty at a site's front."""
    steps: list[str] = []
    for step in unquote(_SESSION.sub("", path), errors="replace").split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    if steps and _INDEX.fullmatch(steps[-1]):
        del steps[-1]
    while len(steps) > 1 and steps[-1].casefold() in _WAYS:
        del steps[-1]
    if len(steps) > 1 and steps[0].casefold() in _WAYS:
        del steps[0]
    if steps:
        ending = _LAST.search(steps[-1])
        if ending and ending.start():
            steps[-1] = steps[-1][: ending.start()] + (ending["ending"] or "")
    return "".join(f"/{step}" for step in steps)


def _query(query: str) -> str:
    """Return a query without what tracks and what says how the page is shown, in order of its names."""
    pairs = sorted(
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _TRACKING.fullmatch(name)
        and not _SHOWING.fullmatch(name)
        and value.casefold() not in _SHOWN_AS.get(name.casefold(), ())
    )
    text = "&".join(f"{name}={value}" for name, value in pairs)
    return f"?{text}" if text else ""
