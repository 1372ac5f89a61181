"""Quotation marks around what nobody says: nicknames, titles of works, and words that a paper holds at arm's length."""

from __future__ import annotations

import re

from masthead.reading.attribution.forms import speaking_forms
from masthead.reading.lexicon import words
from masthead.reading.parsing.sentences import Span

_WORKS = (
    "films?|movies?|books?|novels?|songs?|albums?|plays?|musicals?|operas?|poems?|memoirs?|documentary|documentaries|"
    "paintings?|sitcoms?|series|shows?|programmes?|programs?|episodes?|comedy|drama|singles?|tracks?|ballads?|thrillers?"
)
_OF_A_WORK = re.compile(
    rf"\b(?:{_WORKS})(?:,| called| titled| entitled| named)?\s+\Z|\b(?:titled|entitled|headlined)\s+\Z"
)
_NAMING = re.compile(r"\b(?:calls?|called|dubbed|nicknamed|known as|alias|a\.?k\.?a\.?)\s+\Z", re.IGNORECASE)
_AT_ARMS_LENGTH = re.compile(
    r"\bso-called\s+(?:\w+\s+)?\Z|\b(?:the|a) (?:word|term|expression|nickname)s?\s+\Z", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"\b[^\W\d_a-z][\w.’'-]*[ \u00a0]\Z")
_NAME_AFTER = re.compile(r"[ \u00a0][^\W\d_a-z][\w’'-]")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_LAST_WORD = re.compile(r"([a-z]{1,40})\s+\Z")
_BEFORE = 40
_NICKNAME_WORDS = 3
_TITLE_WORDS = 12
_SHORT_WORDS = words("a an the of in on at to for and or but by with from is as it up")
_ENDS = ",.?!…—-"


def is_unspoken(content: str, span: Span) -> bool:
    """True where a quotation, marks included, holds nobody's words by what stands in it and around it."""
    start, end = span
    inside = content[start + 1 : end - 1].strip("'’”\" ")
    all_words = _WORD.findall(inside)
    if not all_words:
        return True
    before = content[max(0, start - _BEFORE) : start]
    is_short = len(all_words) <= _NICKNAME_WORDS
    starts_large = all_words[0][0].isupper()
    if is_short and starts_large and inside[-1] not in _ENDS and _NAME_BEFORE.search(before):
        return _NAME_AFTER.match(content, end) is not None
    if _AT_ARMS_LENGTH.search(before):
        return is_short
    if len(all_words) > _TITLE_WORDS or not starts_large:
        return False
    if _OF_A_WORK.search(before):
        return True
    has_large_words = all(word[0].isupper() or word in _SHORT_WORDS for word in all_words)
    if not has_large_words:
        return False
    if _NAMING.search(before):
        return is_short
    return len(all_words) > 1 and inside[-1] not in "!?" and not _is_told(content, span, before)


def _is_told(content: str, span: Span, before: str) -> bool:
    """True where a verb of speech, a comma or a colon leads to a quotation, or a verb follows it."""
    if not before.strip() or before.rstrip()[-1] in ",:—-“\n.?!":
        return True
    last = _LAST_WORD.search(before)
    if last is not None and last[1] in speaking_forms():
        return True
    following = _WORD.findall(content[span[1] : span[1] + _BEFORE])[:4]
    return content[span[1] - 2] in ",?!" and not speaking_forms().isdisjoint(following)
