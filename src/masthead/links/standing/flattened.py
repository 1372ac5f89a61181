"""Bylines and datelines that have lost their line break, glued to the first sentence: `By Ann Lee The ferry is late.`

Where a name ends and a sentence begins is told by a word that begins sentences and is no name, by a mark between the
two, or by what somebody is who writes. All else has to open many texts of an outlet.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from masthead.links.standing import forms
from masthead.links.standing.forms import NAME, NAMES, Kind, form_of


class Lead(NamedTuple):
    """What stands glued before a text: where it ends, what it is, and whether its form leaves no doubt."""

    end: int
    kind: Kind
    sure: bool


_STARTER = (
    r"(?:(?:The|A|It|He|She|They|This|That|These|Those|There|Nearly|About|Some|Many|Most|More|No|All|Both|Every|Each|Its"
    r"|His|Her|Their|Our|We|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|One|Dozens|Hundreds|Thousands|Just|Only|Almost"
    r"|Residents|Officials|Police)[ ](?=[a-z\d])"
    r"|(?:In|On|At|After|Before|When|While|As|If|For|From|With|Since|Under|Over|During|Despite|According)[ ](?=\w))"
)
"""A word that begins a sentence and no name; an article may begin one before a capital (`The Hague`)."""

_TIME = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Spring|Summer|Autumn|Fall|Winter|Christmas|Easter|New[ ]Year|Noon|Midnight|Mid|Early|Late)\b"
)
_NO_NAME = r"(?i:any|all|no|the|every|some|many|most|now|then|contrast|comparison|end)\b"
_PARTICLE = r"(?:(?:(?i:van|von|de|der|den|del|da|di|dos|du|la|le|bin|ibn|al|el|ter|ten)|[A-Z]\.)[ ])"
_PART = rf"(?!{_STARTER}|{_TIME}|{_NO_NAME}){_PARTICLE}{{0,2}}{NAME}"
_PERSON = rf"{_PART}(?:[ ]{_PART}){{1,2}}?"
_PERSONS = rf"{_PERSON}(?:(?:,|[ ]and|[ ]&|,[ ]and)[ ]{_PERSON}){{0,4}}"
_POST = (
    r"(?:[A-Za-z][\w’'-]*[ ]){0,4}"
    r"(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Cc]olumnist|[Cc]ontributor|[Aa]nalyst|[Aa]gencies|WRITER|REPORTER"
    r"|CORRESPONDENT|EDITOR|COLUMNIST|CONTRIBUTOR)"
    r"(?:[ ](?:on|of|for|at|in)(?:[ ](?!(?:the|an?|our)\b)[a-z][\w’'-]*){1,3})?"
)
_BY = (
    r"(?:(?:(?:Story|Words|Text|Report|Reported|Posted|Written)[ ])?(?:[Bb]y|BY):?|(?:Words|Text|Story):)[ ]"
)
_BEHIND = rf"(?:[ ]in[ ]{NAMES}|,[ ]{NAMES}|[ ]?/[ ]?{NAMES}|[ ](?:of|for)[ ](?:the[ ])?{NAMES})"
_MARK = r"[ ]?(?:[|•·:—–]|--?)[ ]"
_PROSE = r"(?=(?:[^\n]*?[ ][a-z]+\b){3})"
"""What the rest of the line is, where a sentence begins there and no other line of what stands around."""
_OPENING = r"(?=[^\W\d_a-z]|[“\"‘'«\d])"

_BYLINE = re.compile(
    rf"\s*{_BY}{_PERSONS}(?:"
    rf",?[ ]{_POST}(?:{_MARK}|[ ]){_OPENING}"
    rf"|{_BEHIND}?{_MARK}{_OPENING}"
    rf"|{_BEHIND}?[ ](?={_STARTER}|{forms.DATELINE.pattern}))"
)
_BY_TWO = re.compile(rf"\s*(?:By|BY)[ ]{_PART}[ ]{_PART}(?:,?[ ]{_POST})?[ ]{_PROSE}(?=[^\W\d_a-z])")
_RUN_TOGETHER = re.compile(
    rf"\s*(?:By|BY)[ ]{_PART}[ ](?!(?:Fitz|Anna|Mary)[^\W\d_a-z]){_PARTICLE}{{0,2}}[^\W\d_a-z][^\W\d_A-Z]{{3,}}"
    rf"(?P<sure>(?={_STARTER}))?(?=[^\W\d_a-z](?:[a-z]|[ ][a-z])){_PROSE}"
)
"""A byline without even a space behind it: `By Ann LeeringThe ferry is late`; what comes next is the article's."""
_BAR = re.compile(
    rf"\s*(?P<who>{NAME}(?:[ ]{_PARTICLE}?{NAME}){{0,3}})(?:,[ ](?:{_POST}|{NAMES}))?"
    rf"[ ]\|[ ]{_PROSE}(?=[^\W\d_a-z]|[“\"])"
)
_COLON = re.compile(
    rf"\s*(?P<place>{NAME}(?:[ ]{NAME}){{0,2}}(?:,[ ]{NAMES})?)[ ]?:[ ]{_PROSE}(?=[^\W\d_a-z]|[“\"\d])"
)
_GLUED = re.compile(
    rf"\s*[^\W\d_a-z]{{4}}[^\W\da-z]*+(?:[ ][^\W\d_a-z]{{2}}[^\W\da-z]*+){{0,5}}[ ]{_PROSE}(?={_STARTER})"
)
_LABEL = re.compile(rf"(?:\n|[.!?”\"][ ]+)(?P<line>(?:{NAME}(?:[ ]{NAME}){{0,3}}|Q|A):[ ][^\n]*)")
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]?")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]urs?|[Mm]e|us)\b")


def lead_of(text: str, at: int, *, first: bool) -> Lead | None:
    """Return what is glued before what a text says from a place on; None where nothing is.

    Where its `first` sentence stands before that, bylines alone are looked for.
    """
    if byline := _BYLINE.match(text, at):
        return Lead(byline.end(), "byline", True)
    if not first:
        return None
    if byline := _RUN_TOGETHER.match(text, at):
        return Lead(byline.end(), "byline", byline["sure"] is not None)
    if byline := _BY_TWO.match(text, at):
        return Lead(byline.end(), "byline", False)
    end = text.find("\n", at)
    line = text[at : end if end >= 0 else len(text)]
    if (bar := _BAR.match(text, at)) and line.count("|") == 1:
        return Lead(bar.end(), "byline" if " " in bar["who"] else "dateline", True)
    colon = _COLON.match(text, at)
    if colon and len(colon["place"]) > 2 and not form_of(line) and not _speaks(text, colon.end()):
        return Lead(colon.end(), "dateline", False)
    if match := _GLUED.match(text, at):
        return Lead(match.end(), "dateline", False)
    return None


def _speaks(text: str, at: int) -> bool:
    """Whether a colon is that of somebody who speaks: others have theirs too, or the sentence says `I` or `we`."""
    sentence = re.split(r"[.!?]\s|\n", text[at : at + 1000], maxsplit=1)[0]
    if _FIRST_PERSON.search(_QUOTED.sub("", sentence)):
        return True
    return any(form_of(label["line"]) is None for label in _LABEL.finditer(text, at))
