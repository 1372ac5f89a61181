"""What stands around an article, told by its form alone: datelines, bylines, credits, corrections, links to others.

What is looked for is the form, never who an outlet or a person is. Most of it is said in English words, an aid beside
what repetition tells in any language.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

from masthead.links.standing import leads

Kind = Literal[
    "dateline",
    "byline",
    "credit",
    "agency",
    "correction",
    "links",
    "tags",
    "subscription",
    "footer",
    "outlet",
    "repeated",
    "no article",
]
"""What a span is: where or by whom an article was filed, whose photo it shows, which agency it is of, a correction or
editor's note, links to other articles, tags, newsletters and subscriptions, other lines that an outlet prints again
and again, its own name behind a title, what stood before in the same text, and a text that is no article."""

KINDS: tuple[Kind, ...] = get_args(Kind)

NAME = r"[^\W\d_a-z][\w.'’-]*+"
"""A word with a capital."""
NAMES = rf"{NAME}(?:[ ]{NAME}){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,?[ ])?"
_DAY = rf"{_WEEKDAY}(?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})(?:,?[ ]\d{{4}})?"
_SIGN = r"\([^()\n]{2,60}\)"
_DASH = r"(?:—|–|―|--+|-|_)"
_LOUD = r"[^\W\d_a-z]{2}[^\W\da-z]*+(?:[ ][^\W\d_a-z][^\Wa-z]*+)*"
"""Words in capitals."""

DATELINE = re.compile(
    rf"\s*(?:"
    # PORT ILMAR (Coast Wire) — ; QUERNFORD, 16 September — ; BEIRUT, Lebanon –
    rf"{_LOUD}(?:[,/][ ]?(?:{NAMES}|{_LOUD}))*(?:,?[ ]{_DAY})?,?(?:[ ]{_SIGN})?[ ]?{_DASH}(?=\s)"
    rf"|{_LOUD}(?:[,/][ ]?(?:{NAMES}|{_LOUD}))*(?:,?[ ]{_DAY},?(?:[ ]{_SIGN})?|,?[ ]{_SIGN})[ ]?:(?=\s)"
    # Port Ilmar, 1 March: ; Beirut, Aug 3 (Agency) -
    rf"|{NAMES}(?:,[ ]{NAMES})?,[ ]{_DAY},?(?:[ ]{_SIGN})?[ ]?(?:{_DASH}|:)(?=\s)"
    # Port Ilmar | 20.11.2020 |
    rf"|{NAMES}[ ]?[|/·][ ]?(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|{_DAY})(?:[ ]?[|/·:]|[ ]{_DASH}|(?=\n))"
    # Beirut (Agency) -
    rf"|{NAMES}(?:,[ ]{NAMES})?[ ]{_SIGN}[ ]?(?:{_DASH}|:)(?=\s)"
    rf")[ ]*"
)
PLACE = re.compile(rf"\s*(?:{NAMES}(?:,[ ]{NAMES})?[ ](?:—|–|―|--|-)|\({NAMES}\))[ ](?=[^\W\d_a-z]|[“\"])")
"""What is a dateline where an outlet opens many of its articles so: `Port Ilmar — The …`, `(Port Ilmar) The …`."""
DAY_LINE = re.compile(
    rf"\W*{_WEEKDAY}(?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH}|\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}})"
    r"(?:,?[ ]\d{4})?"
    r"(?:[ ]?[,|·–—-]?[ ]?(?:at[ ])?\d{1,2}[:.]\d{2}(?:[ ]?[ap]\.?m\.?)?(?:[ ]\(?[A-Z]{2,4}\)?)?)?\s*$",
    re.IGNORECASE,
)
"""A line that says only when the article came out."""
TRAIL = re.compile(r"(?:#\w+[ ,]*)+$|[^\W\d_][\w &'’-]{1,30}(?:[ ][>›»][ ][\w &'’-]{2,40})+\s*$")
"""The way to a page, `news > Port Ilmar`, and tags, `#ferries #harbour`."""
ADDRESS = re.compile(r"\S@\S|https?://|\bwww\.|\b[\w-]+\.(?:com|org|net|info)\b")
NAMED = re.compile(rf"(?:—|–|--?)[ ]?{NAMES}\s*$")
"""The name of who wrote it, below an article."""
INITIALS = re.compile(r"\W*(?:[^\W_]{2,4}/){1,3}[^\W_]{2,4}(?:[ ]\([A-Z]{2,8}\))?\s*$")
SIGNED = re.compile(
    r"\W*(?:[^\W_]{2,8}/){1,3}[^\W_]{2,8}(?:[ ]\([A-Z]{2,8}\))?\s*$"
    r"|\((?:(?:[A-Z][\w.]*+|agenc(?:y|ies)|and|with)[ ]?){1,4}\)\s*$|\W*[A-Z]{2,8}\W*$"
)
"""The last line of what an agency wrote: its sign, or the initials of who wrote and who edited."""
ASIDE = re.compile(
    r"[(\[][ ]?(?:(?:also[ ])?(?:read|see|watch)(?:[ ](?:more|also|next))?|related|more)[ ]?:[^()\[\]\n]{2,160}[)\]]",
    re.IGNORECASE,
)
"""A link to another article in brackets, between two sentences."""
CORRECTED = re.compile(r"\s*(?:CORRECTED|Corrected)[ ]?(?:\([^)\n]{1,40}\))?[ ]?[:—–-][ ]")
"""What a text or title opens with that an agency has put right: the rest of it is the article."""
BYLINE = re.compile(
    rf"\s*(?:(?:Story|Words|Text|Report|Analysis|Opinion|Written)[ ])?(?:(?:[Bb]y|BY)[:]?|(?:Words|Text|Story):)[ ]"
    rf"(?:the[ ])?{NAMES}"
    rf"(?:(?:,|[ ]and|[ ]&|[ ]\||[ ]/|[ ]in)[ ]?(?:{NAMES}|[a-z][\w' -]{{2,40}}))*[ ]*(?:\n|$)"
)

_LEADS: dict[Kind, str] = {
    "correction": leads.CORRECTION,
    "links": leads.LINKS,
    "tags": leads.TAGS,
    "subscription": leads.SUBSCRIPTION,
    "credit": leads.CREDIT,
    "agency": leads.AGENCY,
    "footer": leads.FOOTER,
    "dateline": leads.STAMP,
}
_LEAD = leads.opening("|".join(rf"(?P<{kind}>{lead})" for kind, lead in _LEADS.items()))
_STAFF = re.compile(
    rf"{NAMES}(?:[ ]and[ ]{NAMES})?,?[ ](?:is|are|was|covers|writes|reports|contributed)\b[^.]{{0,60}}?{leads.STAFF}"
    r"(?![ ](?:and|held|jailed|killed|arrested)\b)(?![^.]{0,120}\bwho\b)",
    re.VERBOSE,
)
BESIDE = re.compile(rf"\s*\(?{NAMES}[ ]?[/|][ ]?{NAMES}(?:[ ]?/[ ]?{NAMES})?\)?\s*$")
"""Somebody and an agency, as a photo is credited: `Ann Lee/Coast Wire`."""

CAPTION = re.compile(
    r"""\bfile[ ](?:photo|picture|image)\b | \bcredit[ ]?:(?=[^.,]{0,60}\.?\s*$)
      | \b(?:photo(?:graph)?|image|picture|illustration|video)s?[ ]?(?:credit|courtesy|by|:|/|©)""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a line below a photo says of whose it is."""

PAYWALL = re.compile(
    r"""\b(?:subscri\w++|log[ ]in|sign[ ]in|register|member\w*+|premium)\b.{0,120}?
        \b(?:continue|keep|go[ ]on|read|full|unlimited|rest|reading)\b
      | \bthe[ ](?:rest[ ]of[ ]this|full)[ ](?:text|article|story)\b | \bfree[ ]articles?[ ]\w*[ ]?(?:this|left)\b
      | \b(?:for|only|reserved)[ ]\w*[ ]?(?:subscribers|members)\b
      | \bto[ ](?:continue|keep|go[ ]on|finish)[ ]reading\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a text says where the rest of it is only for those who pay or sign in."""

OF_OUTLET = re.compile(
    r"""\b(?:you|your|we|our|us|subscri\w*|sign|log|register|newsletters?|copyright|rights|reserved|reproduc\w*|republish\w*|reprints?|tele?phone
        |publish(?:ed|es|er|ing)|reporters?|reporting|editors?|edited|correspondents?|columnists?|writers?|writ(?:es|ten)|staff
        |journalis[mt]\w*|newsroom|newspapers?|website|photograph\w*|e-?mail|follow|twitter|facebook|read(?:ers?|ing)?
        |articles?|stor(?:y|ies)|advertis\w*|support\w*|contribut\w*|covers|comments?|agenc(?:y|ies)|produced)\b
      | © | @ | \bwww\. | \.(?:com|org|net)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a sentence says that speaks of its outlet or to its readers: English words, beside the outlet's own name."""

AGAIN = re.compile(
    r""",?[ ](?:and[ ])?(?:not|instead[ ]of|rather[ ]than)[ ][^.;:,]{1,80}?,?[ ]as[ ]
        (?:we|it|an[ ](?:earlier|previous)|was|this|the[ ](?:article|story|headline|paper))
        [^.;:]{0,40}?\b(?:wrote|said|reported|stated|had[ ]it|written|version|printed|published)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a corrected sentence says that was wrong before: `…, not a militia as we wrote`."""


def form_of(unit: str) -> Kind | None:
    """Return what a sentence is by how it opens; None where it may be the article's own."""
    if match := _LEAD.match(unit):
        return next(kind for kind in _LEADS if match[kind] is not None)
    return "dateline" if DAY_LINE.match(unit) else None


def is_staff(unit: str) -> bool:
    """Whether a sentence says of somebody that they write for the outlet."""
    return _STAFF.match(unit) is not None
