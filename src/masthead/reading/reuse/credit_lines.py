"""What a credit line or an author column says: an agency's writers, an outlet's own, both, or a photographer.

A line is read piece by piece. A piece credits an agency where it is its name, with what its people are behind it
(`AP Sports Writer`, `Agence France-Presse in Ilmar`) or a person before it (`Ann Lee, Reuters`, `Ann Lee for AP`).
A photograph's credit is none of the article. A line that joins an agency with somebody else (`AFP with Coast Herald`,
`Staff and agencies`, `Ann Lee and AP`) is mixed.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from masthead.reading.reuse.agencies import KNOWN, NAME_OF

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
_PIECES = re.compile(
    r"(?P<joined> (?:and|with|plus|&|\+|mit|und|avec|et|con|y|com|e|en|och|og) )| ?[,()\[\]] ?(?:(?:and|&) )?",
    re.IGNORECASE,
)
_HELP = re.compile(
    r"\bcontribut|\badditional (?:reporting|material)\b|\bwith (?:files|material|reporting) from\b",
    re.IGNORECASE,
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
    r"|columnist|critic|team|desk|analyst|contributors?|journalists?|korrespondent(?:in|en)?"
)
_AGENCY = re.compile(
    rf"(?:(?P<person>[^\s,][^,]{{0,80}}?)\s+(?:of|for|from|via|at|[-–—])\s+)?(?:(?:the|redazione|redacción|redaktion)\s+)?(?P<known>{KNOWN})(?:['’]s?)?"
    rf"(?:[\s-]+(?:{_ROLES})(?:/(?:{_ROLES}))?)*(?:\s+(?:in|at|from|à|en|aus)\s+\w.{{0,60}})?",
    re.IGNORECASE,
)
_BEHIND_NAME = re.compile(
    rf"(?:[A-Z][\w.'’-]*\s+){{2,4}}(?:The\s+)?(?P<known>{KNOWN})(?:\s+(?:(?i:{_ROLES})))*(?<!\s)"
)
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


class CreditLine(NamedTuple):
    """The agency that a credit line names, and whether it names others beside it whose words there may be."""

    agency: str
    mixed: bool


class _Piece(NamedTuple):
    agency: str | None
    house: bool
    joined: bool


def read_credit_line(line: str, outlet: str = "") -> CreditLine | None:
    """Return what a credit line or an author column says of agencies; None for persons, desks and photographers."""
    pieces: list[_Piece] = []
    told = " | ".join(" ".join(part.split()) for part in line[:_LONGEST].splitlines())
    for segment in _SEGMENTS.split(told):
        pieces += _pieces(segment, outlet)
    named = [piece.agency for piece in pieces if piece.agency]
    if not named:
        return None
    agency = next((name for name in named if name != SEVERAL), SEVERAL)
    mixed = any(piece.house and not piece.agency for piece in pieces) or any(
        (after.joined and (before.agency is None) != (after.agency is None))
        for before, after in pairwise(pieces)
    )
    return CreditLine(agency, mixed)


def _pieces(segment: str, outlet: str) -> list[_Piece]:
    """Read one part of a line; what a photograph's credit governs is left out."""
    pieces: list[_Piece] = []
    joined, at = False, 0
    for end, after, next_joined in [
        *((found.start(), found.end(), found["joined"] is not None) for found in _PIECES.finditer(segment)),
        (len(segment), len(segment), False),
    ]:
        text = segment[at:end]
        at = after
        if _PHOTO_OF.match(text):
            break
        if text.strip() and not _PHOTO.search(text) and not _HELP.search(text):
            pieces += _of_slashes(text, outlet, joined)
        joined = next_joined
    return pieces


def _of_slashes(text: str, outlet: str, joined: bool) -> list[_Piece]:
    whole = _read(text, outlet, joined)
    return [whole] if whole.agency else [_read(one, outlet, joined) for one in text.split("/") if one.strip()]


def _read(text: str, outlet: str, joined: bool) -> _Piece:
    bare = text
    for _ in range(3):
        bare = _BEFORE.sub("", bare.strip())
    if found := _AGENCY.fullmatch(bare) or _BEHIND_NAME.fullmatch(bare):
        known = found["known"]
        name = NAME_OF[known.casefold()]
        person = found.groupdict().get("person")
        # A sign in small letters at the end of a name is a name: Tiffany Ap.
        if found.re is _AGENCY or known.isupper() or " " in known or known == "Reuters":
            return _Piece(name, bool(person and _HOUSE.search(person)), joined)
    if _SEVERAL.fullmatch(bare):
        return _Piece(SEVERAL, False, joined)
    if _SELF_NAMED.search(bare):
        return _Piece(bare, False, joined)
    words = " ".join(_WORD.findall(bare)).casefold()
    own = bool(words) and words == " ".join(_WORD.findall(outlet)).casefold()
    return _Piece(None, own or _HOUSE.search(bare) is not None, joined)
