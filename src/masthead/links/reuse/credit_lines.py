"""What a credit line or an author column says: an agency's writers, an outlet's own, both, or a photographer.

A line is read piece by piece. A piece credits an agency where it is its name, with what its people are behind it
(`AP Sports Writer`, `Agence France-Presse in Ilmar`) or a person before it (`Ann Lee, Reuters`, `Ann Lee for AP`).
A photograph's credit is none of the article. A line that joins an agency with somebody else (`AFP with Coast Herald`,
`Staff and agencies`, `Ann Lee and AP`) is mixed, and so is one in which a person stands behind an agency (`AFP/Ann
Lee`, `Reuters, Ann Lee`) or beside agencies that have no names: it is not said whose writer that is. Who helped wrote
nothing: `Ann Lee; AFP contributed to this report` is the outlet's, `AFP; Ann Lee contributed` is the agency's.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from masthead.links.reuse.agencies import KNOWN, NAME_OF

MIXED = "mixed credit"
SEVERAL = "news agencies"
"""Stands for the agency of a line that names none (`From wire reports`)."""

_LONGEST = 400
"""Letters of a credit line that are read: a longer one is no credit line."""

_PHOTO = re.compile(
    r"\b(?:photo\w*|foto\w*|pictures?|pics?|images?|imágenes|videos?|illustrations?|graphics?|cartoons?|"
    r"camera\w*|getty|alamy|shutterstock|istock\w*|epa|wireimage)\b",
    re.IGNORECASE,
)
_PHOTO_OF = re.compile(
    r"^\W*(?:(?:main|cover|lead|file|top|feature[d]?) )?(?:photo\w*|fotos?|pictures?|pics?|images?|videos?|"
    r"illustrations?|graphics?)\b\s*(?:[:–—-]|credits?\b|by\b|courtesy\b|from\b|via\b|copyright\b|©|de\b|von\b)",
    re.IGNORECASE,
)
_SEGMENTS = re.compile(r"[;|•·]| [-–—] |\. (?=[A-Z][a-z]+s?:|Photo|Picture)")
_JOINS = "and|with|plus|&|\\+|mit|und|avec|et|con|y|com|e|en|och|og"
_PIECES = re.compile(
    rf"(?P<join> (?:{_JOINS}) | ?[,()\[\]] ?(?:{_JOINS}) |^\W*(?:with|mit|avec|con|com) )| ?[,()\[\]] ?",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"(?:(?:\b(?:with|including|plus|mit|avec|con|com)\s+)?\b(?:additional|further|some|extra)\s+(?:\w{1,20}\s+)?"
    r"|\b(?:with|including|plus|mit|avec|con|com)\s+(?:\w{1,20}\s+)?|^\W*)"
    r"(?:files?|materials?|reporting|inputs?|informations?|informationen|información|informações|informazioni"
    r"|contributions?|assistance|help|research)\s+(?:from|by|of|von|de|der|di|da)\b.*"
    r"|\bwith\s+(?:[\w.-]{1,40}\s+){1,3}(?:inputs?|files|material|reporting|contributions?)\W*$",
    re.IGNORECASE,
)
"""Whose help an article had, to the end of the line's part; `Reporting by Ann Lee` alone is who wrote it."""
_HELPED = re.compile(
    r"\b(?:contribut(?:ed|es)\b|contributing (?:to|reporting)\b|contribuyó\b)", re.IGNORECASE
)
_BEFORE = re.compile(
    r"^\W*(?:(?:written |compiled |reported )?by|from|source|via|for|of|text|author|story|special to|courtesy of|von"
    r"|por|par|di|de)"
    r"(?:\s*:\s*|\s+)|^\W+|(?<!\W)\W+$",
    re.IGNORECASE,
)
_ROLES = (
    r"staff|staffs|news|newsroom|sports?|business|political|politics|national|international|foreign|world|science"
    r"|medical|health|technology|tech|entertainment|economics?|economy|financial|markets?|energy|religion|education"
    r"|investigative|diplomatic|military|legal|affairs|court|white house|congressional|statehouse|chief|senior|special"
    r"|features?|film|movie|music|food|travel|auto|racing|baseball|basketball|football|hockey|golf|soccer|tennis"
    r"|writers?|reporters?|correspondents?|editors?|editorial|bureaus?|agency|wires?|services?|newswire|reports?"
    r"|columnist|critic|contributing|team|desk|analyst|contributors?|journalists?|korrespondent(?:in|en)?"
)
_AGENCY = re.compile(
    rf"(?:(?P<person>[^\s,][^,]{{0,80}}?)\s+(?:of|for|from|via|at|[-–—])\s+)?(?:(?:the|redazione|redacción|redaktion)\s+)?(?P<known>{KNOWN})(?:['’]s?)?"
    rf"(?:[\s-]+(?:{_ROLES})(?:/(?:{_ROLES}))?)*(?P<place>\s+(?:in|at|from|à|en|aus)\s+\w.{{0,60}})?",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(
    rf"(?:[A-Z][\w.'’-]*\s+){{2,4}}(?:The\s+)?(?P<known>{KNOWN})(?:\s+(?:(?i:{_ROLES})))*(?<!\s)"
)
_WRITER_OF = re.compile(
    rf"(?:the\s+)?(?P<known>{KNOWN})(?P<of>['’]s?)?(?P<roles>(?:[\s-]+(?:{_ROLES})(?:/(?:{_ROLES}))?){{0,4}})\s+(?P<writer>\S.{{1,80}})",
    re.IGNORECASE,
)
_ROLE = re.compile(_ROLES, re.IGNORECASE)
_SEVERAL = re.compile(
    r"(?:(?:various|local|international|foreign|other|combined|compiled|tribune|all)\s+)*"
    r"(?:(?:news|wire|press|cable)\s+)?"
    r"(?:(?:agencies|agencias|agences|agenturen|agenzie|agências|agentschappen|(?:\w+\s+)?wires)"
    r"|(?:news|wire) (?:services|reports|service reports|dispatches|stories)|agency reports?)"
    r"(?:\s+(?:reports?|in\s+\w.{0,60}))?",
    re.IGNORECASE,
)
_SELF_NAMED = re.compile(
    r"\b(?:news|press) (?:agency|service)\b|\bnewswire\b|\bnachrichtenagentur\b", re.IGNORECASE
)
_HOUSE = re.compile(
    r"\b(?:staff|newsroom|redaktion|redacción|redaccion|rédaction|redazione|redação|redactie|our (?:own )?\w+)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_OF_PARTICLES = "al bin da das de del della den der di dos du el ibn la le ten ter van von zu"
_PARTICLES = frozenset(_OF_PARTICLES.split())
_OF_PLACES = (
    "abu addis buenos cape el fort hong kuala las los mexico mount new north port rio saint san santa santo south st"
    " tel the united west east white são"
)
_BEFORE_PLACES = frozenset(_OF_PLACES.split())
"""With what the names of many places begin that have several words."""
_OF_NO_NAMES = (
    "copyright exclusive follow foundation friday institute monday on posted published reserved rights saturday"
    " sunday thursday tuesday update updated wednesday"
)
_NO_NAMES = frozenset(_OF_NO_NAMES.split())


class CreditLine(NamedTuple):
    """The agency that a credit line names, and whether it names others beside it whose words there may be."""

    agency: str
    is_mixed: bool


class _Piece(NamedTuple):
    agency: str | None
    house: bool
    after_join: bool
    person: bool = False
    has_place: bool = False


def read_credit_line(line: str, outlet: str = "") -> CreditLine | None:
    """Return what a credit line or an author column says of agencies; None for persons, desks and photographers."""
    pieces: list[_Piece] = []
    text = " | ".join(" ".join(part.split()) for part in line[:_LONGEST].splitlines())
    for segment in _SEGMENTS.split(text):
        pieces += _pieces(_without_help(segment, outlet), outlet)
    agencies = [piece.agency for piece in pieces if piece.agency]
    if not agencies:
        return None
    return CreditLine(next((name for name in agencies if name != SEVERAL), SEVERAL), _is_mixed(pieces))


def _is_mixed(pieces: list[_Piece]) -> bool:
    """True where somebody is named beside an agency who is not said to be its own."""
    if pieces[0].after_join or any(piece.house and not piece.agency for piece in pieces):
        return True
    own: list[bool] = []
    of_agency = False
    for piece in reversed(pieces):
        if piece.agency:
            of_agency = not piece.after_join and piece.agency != SEVERAL
        own.append(piece.person and not of_agency)
    own.reverse()
    return any(own) or any(
        after.after_join
        and (before.agency is None) != (after.agency is None)
        and not (before.has_place or after.person)
        for before, after in pairwise(pieces)
    )


def _without_help(segment: str, outlet: str) -> str:
    """Return one part of a line without those who helped, who are one or several of a kind: agencies, or persons."""
    segment = _HELP.sub("", segment)
    help_verb = _HELPED.search(segment)
    if not help_verb:
        return segment
    helpers = _pieces(segment[: help_verb.start()], outlet)
    ends = [0, *(match.start() for match in _PIECES.finditer(segment[: help_verb.start()]))]
    while (
        helpers
        and len(ends) > 1
        and (helpers[-1].agency is None) == (_last_is_own(segment[: ends[-1]], outlet))
    ):
        ends.pop()
    return segment[: ends[-1]]


def _last_is_own(text: str, outlet: str) -> bool:
    before = _pieces(text, outlet)
    return bool(before) and before[-1].agency is None


def _pieces(segment: str, outlet: str) -> list[_Piece]:
    """Read one part of a line; what a photograph's credit governs is left out."""
    pieces: list[_Piece] = []
    after_join, at = False, 0
    for end, after, next_joined in [
        *((match.start(), match.end(), match["join"] is not None) for match in _PIECES.finditer(segment)),
        (len(segment), len(segment), False),
    ]:
        text = segment[at:end]
        at = after
        if _PHOTO_OF.match(text):
            break
        if text.strip():
            if not _PHOTO.search(text):
                pieces += _of_slashes(text, outlet, after_join)
            after_join = False
        after_join = after_join or next_joined
    return pieces


def _of_slashes(text: str, outlet: str, after_join: bool) -> list[_Piece]:
    whole = _read(text, outlet, after_join)
    return (
        [whole]
        if whole.agency
        else [_read(one, outlet, after_join) for one in text.split("/") if one.strip()]
    )


def _read(text: str, outlet: str, after_join: bool) -> _Piece:
    bare = text
    for _ in range(3):
        bare = _BEFORE.sub("", bare.strip())
    if match := _AGENCY.fullmatch(bare) or _BEHIND_NAME.fullmatch(bare):
        sign = match["known"]
        name = NAME_OF[sign.casefold()]
        groups = match.groupdict()
        # A sign in small letters at the end of a name is a name: Tiffany Ap.
        if match.re is _AGENCY or sign.isupper() or " " in sign or sign == "Reuters":
            house = bool(groups.get("person") and _HOUSE.search(groups["person"]))
            return _Piece(name, house, after_join, has_place=bool(groups.get("place")))
    if (
        (match := _WRITER_OF.fullmatch(bare))
        and (match["of"] or match["roles"])
        and _is_person(match["writer"])
    ):
        return _Piece(NAME_OF[match["known"].casefold()], False, after_join)
    if _SEVERAL.fullmatch(bare):
        return _Piece(SEVERAL, False, after_join)
    if _SELF_NAMED.search(bare):
        return _Piece(bare, False, after_join)
    words = " ".join(_WORD.findall(bare)).casefold()
    own = bool(words) and words == " ".join(_WORD.findall(outlet)).casefold()
    house = own or _HOUSE.search(bare) is not None or words == "red"
    return _Piece(None, house, after_join, person=not house and _is_person(bare))


def _is_person(text: str) -> bool:
    """True for what is written as a person's name is, or another paper's: two to five words with capitals, that are
    no place, no role and no date."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(letter.isdigit() for letter in text):
        return False
    if not all(word[0].isupper() or word.casefold() in _PARTICLES for word in words):
        return False
    if words[0].casefold() in _BEFORE_PLACES or any(
        word.casefold().strip(".") in _NO_NAMES for word in words
    ):
        return False
    return not _ROLE.fullmatch(words[-1]) and text.casefold() not in _places()


@cache
def _places() -> frozenset[str]:
    """Return the names, case-folded, of countries and of the cities after which zones of time are named."""
    from zoneinfo import available_timezones

    from babel import Locale

    cities = (zone.rpartition("/")[2].replace("_", " ") for zone in available_timezones())
    return frozenset(name.casefold() for name in (*Locale("en").territories.values(), *cities))
