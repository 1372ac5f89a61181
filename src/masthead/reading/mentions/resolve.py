"""Which subject a match belongs to: exclusions, surnames after a full name, and the longest match wins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from masthead.reading.lexicon import TITLES_OF_MEN, TITLES_OF_WOMEN
from masthead.reading.mentions.mentions import RawMatch
from masthead.reading.mentions.patterns import StudyPatterns, Use

_NEAR = 8
_FULL_NAMES = 100
"""How many surnames' titles one before a full name outweighs."""


class Mention(NamedTuple):
    """A subject named in an article: by which alias, where (code points of the field), and in whose voice."""

    subject: int
    alias: str
    generic: bool
    in_title: bool
    start: int
    end: int
    in_quotes: bool


class _Candidate(NamedTuple):
    match: RawMatch
    use: Use


def resolve(matches: Sequence[RawMatch], study: StudyPatterns) -> list[Mention]:
    """Return the mentions among one article's raw matches, ordered by field (title first), start and subject.

    A match that overlaps an exclusion of the subject is none, nor is a word in a line of capitals that the article
    does not elsewhere write as the name (see `_is_no_name`). Of overlapping matches the longest wins; where
    two subjects claim the very same words, both are named. A surname names the person whose full name stood
    last before it; in the title, the one whose full name comes first in the text.
    """
    exclusions: dict[int, list[RawMatch]] = {}
    candidates: list[_Candidate] = []
    names_elsewhere = (
        {_letters(m) for m in matches if not m.in_capitals} if any(m.in_capitals for m in matches) else set()
    )
    for match in matches:
        if match.in_capitals and _letters(match) not in names_elsewhere and _is_no_name(match, study):
            continue
        for use in study.uses[match.pattern]:
            if use.role == "exclude":
                exclusions.setdefault(use.subject, []).append(match)
            elif not use.alone or (
                _is_his_own(match, use)
                and not (match.has_hyphen and _is_one_name(match, use, matches, study))
            ):
                candidates.append(_Candidate(match, use))
    if exclusions:
        candidates = [c for c in candidates if not _overlaps(c.match, exclusions.get(c.use.subject, ()))]
    candidates = _with_surnames_settled(_without_relatives(candidates))
    return _longest(candidates)


def _letters(match: RawMatch) -> str:
    """What a pattern is without full stops: who writes `U.S.` means the same by `US`."""
    return match.pattern.text.replace(".", "")


def _is_no_name(match: RawMatch, study: StudyPatterns) -> bool:
    """`WHO WILL SAVE IT` holds words: the article has them in small letters, or an acronym is a word of English."""
    return match.also_small or match.pattern in study.words


def _is_his_own(match: RawMatch, use: Use) -> bool:
    """True where no other name stands beside a surname; a given name that a nickname parts from it is the bearer's."""
    if match.before[:1].isupper():
        return match.before == use.alias.split()[0]
    return match.alone


def _is_full(c: _Candidate) -> bool:
    """True for a full name, and for one with a nickname or an initial in it: `John "Duke" Hale`."""
    return c.use.full_name or (c.use.role == "surname" and c.match.before[:1].isupper())


def _without_relatives(candidates: list[_Candidate]) -> list[_Candidate]:
    """Take out `Mrs Hale` where the study's Hale is a man, as far as the article tells, and `Mr Hale` likewise.

    It tells by titles before the full name, or else by those before the surname, twice as many of one kind as of the
    other. Where it has both kinds and neither is plain, all count.
    """
    uses_with_title = [
        c for c in candidates if c.match.before and c.use.role in ("alias", "surname") and not c.use.generic
    ]
    if not uses_with_title:
        return candidates
    counts: dict[int, list[int]] = {}
    for c in uses_with_title:
        for kind, titles in enumerate((TITLES_OF_MEN, TITLES_OF_WOMEN)):
            if c.match.before in titles:
                counts.setdefault(c.use.subject, [0, 0])[kind] += _FULL_NAMES if c.use.full_name else 1
    wrong = {
        subject: TITLES_OF_WOMEN if men > women else TITLES_OF_MEN
        for subject, (men, women) in counts.items()
        if max(men, women) >= 2 * min(men, women) > 0
    }
    return [c for c in candidates if c.match.before not in wrong.get(c.use.subject, ()) or c.use.full_name]


def _is_one_name(match: RawMatch, use: Use, matches: Sequence[RawMatch], study: StudyPatterns) -> bool:
    """True for the surname in `Hale-Brown`, unless the other is a subject too: `the Hale-Varn talks`."""
    return not any(
        other.in_title == match.in_title
        and (other.end == match.start - 1 or other.start == match.end + 1)
        and any(u.role != "exclude" and u.subject != use.subject for u in study.uses[other.pattern])
        for other in matches
    )


def _overlaps(match: RawMatch, exclusions: Sequence[RawMatch]) -> bool:
    """True where one of the exclusions, ordered by field and start, overlaps the match."""
    at = bisect_left(exclusions, (not match.in_title, match.end), key=lambda m: (not m.in_title, m.start))
    # Exclusions of one subject are few words long: any that reaches the match is among the last few.
    return any(
        e.in_title == match.in_title and match.start < e.end for e in exclusions[max(0, at - _NEAR) : at]
    )


def _with_surnames_settled(candidates: list[_Candidate]) -> list[_Candidate]:
    """Keep of the surnames those whose full name has stood, each for the person named last."""
    claims: dict[tuple[bool, int], list[_Candidate]] = {}
    for c in candidates:
        if c.use.role == "surname":
            claims.setdefault((c.match.in_title, c.match.start), []).append(c)
    if not claims:
        return candidates
    survivors: list[_Candidate] = []
    last_full_name: dict[int, int] = {}
    first_in_text: dict[int, int] = {}
    for count, c in enumerate(candidates):
        if _is_full(c) and not c.match.in_title:
            first_in_text.setdefault(c.use.subject, count)
    for count, c in enumerate(candidates):
        if _is_full(c):
            last_full_name[c.use.subject] = count
        if c.use.role != "surname":
            survivors.append(c)
            continue
        rivals = [r.use.subject for r in claims[c.match.in_title, c.match.start]]
        before = [r for r in rivals if r in last_full_name]
        if before:
            bearer = max(before, key=last_full_name.__getitem__)
        elif c.match.in_title and (later := [r for r in rivals if r in first_in_text]):
            bearer = min(later, key=first_in_text.__getitem__)
        else:
            continue
        if c.use.subject == bearer:
            survivors.append(c)
    return survivors


def _longest(candidates: list[_Candidate]) -> list[Mention]:
    """Keep the longest of overlapping matches, then the one that starts first."""
    order = sorted(
        candidates,
        key=lambda c: (
            not c.match.in_title,
            c.match.start - c.match.end,
            c.match.start,
            c.use.generic,
            c.use.subject,
        ),
    )
    owner_of: dict[tuple[bool, int], tuple[int, int]] = {}
    winners: dict[tuple[bool, int, int, int], _Candidate] = {}
    for c in order:
        m = c.match
        span = (m.start, m.end)
        owners = {owner_of.get((m.in_title, at)) for at in range(m.start, m.end)}
        if owners == {None}:
            for at in range(m.start, m.end):
                owner_of[(m.in_title, at)] = span
        elif owners != {span}:
            continue
        winners.setdefault((not m.in_title, m.start, m.end, c.use.subject), c)
    return [
        Mention(
            c.use.subject,
            c.use.alias,
            c.use.generic,
            c.match.in_title,
            c.match.start,
            c.match.end,
            c.match.in_quotes,
        )
        for _key, c in sorted(winners.items(), key=lambda item: item[0])
    ]
