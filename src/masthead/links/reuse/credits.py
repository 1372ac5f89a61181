"""Which news agency an article is credited to, by its credit line, dateline, byline or last line.

The names are those of general news agencies of many countries, whatever their owner or side; an agency that is not
among them is known by its credit line (`Halyard News Agency`), or by a sign in the dateline that several
outlets use. An outlet's own sign (`(CNN)` on CNN's site) credits nobody, and neither does `The Associated
Press contributed to this report`, which says that the rest is the outlet's own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from masthead.links.reuse.agencies import AGENCIES, KNOWN, NAME_OF
from masthead.links.reuse.credit_lines import MIXED, read_credit_line

_HEAD, _FOOT = 220, 400

_DASH = r"\s*(?:--+|[-—–―])"
_IN_BRACKETS = re.compile(rf"[^\n]{{0,90}}?\((?P<known>{KNOWN})\)(?:{_DASH}|\s*$|\s*\n)", re.IGNORECASE)
_BARE = re.compile(rf"(?:[^\na-z]{{0,60}}[,\s])?(?P<known>{KNOWN}|REUTERS){_DASH}\s")
_SIGN = re.compile(rf"[A-Z][^\n(]{{1,60}}\((?P<sign>[A-Z]{{2,8}})\){_DASH}\s")
_BYLINE = re.compile(
    rf"\W*(?:By|BY)\s+(?:[^\n]{{2,60}}?(?:,|\||\s[-—–]|\n)\s*)?(?:the\s+)?(?P<known>{KNOWN})\b",
    re.IGNORECASE,
)
_LAST_LINE = re.compile(
    rf"(?:(?:^|[.!?\"”]|(?<!\s)[^\S\n]*+\n)\s*+(?:[-—–]+|Source:|\()\s*(?P<known>{KNOWN}|REUTERS)\)?\W*$)"
    rf"|(?:(?:copyright|(?<!\W)[^\w©]*+©)\W*+\d{{4}}\W*(?:by\s+)?(?:the\s+)?(?P<owner>{KNOWN})\b)",
    re.IGNORECASE,
)
_REPORTING = re.compile(
    r"\bReporting (?:and writing )?by [^\n]{2,200}?[;.)]\s*"
    r"(?:additional reporting|writing|editing|compiled) (?:and \w+ )?by\b",
    re.IGNORECASE,
)
_DULL = {"the", "news", "agency", "service", "wire", "newswire", "of"}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Credit:
    """An agency, and where the article says so: `credit`, `mixed credit`, `dateline`, `byline` or `sign-off`.

    A mixed credit names an agency and the outlet's own people, and does not say whose words are whose. `certain` is
    false for a sign in a dateline that stands on no list.
    """

    agency: str
    where: str
    certain: bool = True


def find_credit(credit: str | None, text: str, outlet: str = "") -> Credit | None:
    """Return the agency that an article is credited to, None where there is none.

    `outlet` is the one that ran it: beside an agency, its name makes a credit line a mixed one. Where the text says
    more than a mixed credit line, the text counts.
    """
    line = read_credit_line(credit, outlet) if credit else None
    if line and not line.is_mixed:
        return Credit(line.agency, "credit")
    return _in_text(text) or (Credit(line.agency, MIXED) if line else None)


def _in_text(text: str) -> Credit | None:
    """Return the agency that a text names in its dateline, byline or last line."""
    head = text[:_HEAD].lstrip()
    if match := _IN_BRACKETS.match(head) or _BARE.match(head):
        return Credit(NAME_OF[match["known"].casefold()], "dateline")
    if match := _BYLINE.match(head):
        return Credit(NAME_OF[match["known"].casefold()], "byline")
    foot = text[-_FOOT:].rstrip()
    if match := _LAST_LINE.search(foot):
        return Credit(NAME_OF[(match["known"] or match["owner"]).casefold()], "sign-off")
    if _REPORTING.search(foot):
        return Credit("Reuters", "sign-off")
    if match := _SIGN.match(head):
        return Credit(match["sign"], "dateline", certain=False)
    return None


class Agencies:
    """What the credits of a whole archive say together: whose signs are whose, and which outlets are agencies.

    `credits` are all credits found, each with its outlet. A sign on no list stands for the agency whose initials it
    is, where one is credited by name; otherwise it counts where at least two outlets use it, and is the
    outlet's own where one does.
    """

    def __init__(self, credits_: Iterable[tuple[str, Credit]], outlets: Iterable[str]) -> None:
        users: dict[str, set[str]] = defaultdict(set)
        self._by_initials: dict[str, str] = {}
        names: set[str] = set()
        for outlet, credit in credits_:
            if not credit.certain:
                users[credit.agency].add(outlet)
                continue
            names.add(credit.agency)
        for agency in sorted(names):
            self._by_initials.setdefault("".join(w[0] for w in _WORD.findall(agency)).upper(), agency)
        self._shared = {sign for sign, whose in users.items() if len(whose) > 1}
        self.of_outlet: Mapping[str, str] = {
            outlet: agency
            for outlet in outlets
            for agency in sorted({*AGENCIES, *names}, reverse=True)
            if is_outlet(agency, outlet)
        }
        """The agency that an outlet is, for those that are one."""

    def agency(self, credit: Credit, outlet: str) -> str | None:
        """Return the agency that an outlet's article is credited to; None for the outlet's own sign."""
        name = credit.agency
        if not credit.certain:
            if _is_sign_of(name, outlet):
                return None
            if name in self._by_initials:
                name = self._by_initials[name]
            elif name not in self._shared:
                return None
        return name


def is_outlet(agency: str, outlet: str) -> bool:
    """True where the outlet is the agency: its name holds the agency's, or one of its signs. An agency that
    is on no list is an outlet that has all of its telling words (`Halyard News Agency` is `halyard`)."""
    words = [w.casefold() for w in _WORD.findall(outlet)]
    if agency not in AGENCIES:
        telling = {w.casefold() for w in _WORD.findall(agency)} - _DULL
        return bool(telling) and telling <= set(words)
    outlet_words = f" {' '.join(words)} "
    return any(
        f" {' '.join(w.casefold() for w in _WORD.findall(name))} " in outlet_words
        for name in (agency, *AGENCIES[agency])
    )


def _is_sign_of(sign: str, outlet: str) -> bool:
    words = _WORD.findall(outlet)
    initials = "".join(w[0] for w in words).casefold()
    return sign.casefold() in {initials, *(w.casefold() for w in words)}
