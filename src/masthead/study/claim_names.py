"""The names in a claim, found among those of its study: written as ids, as names that are shown, in whatever case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masthead.study.claim import OTHERS, Claim
from masthead.study.claim_checks import fixed_category
from masthead.study.claim_rules import MENTIONS
from masthead.study.names import Known, meant, near, several
from masthead.study.parts import WrongAtError

_OTHERS: Known = {OTHERS: ("all others", "the others", "all the others", "everybody else")}


@dataclass(frozen=True)
class Names:
    """What a study has names for; `categories` are of the subjects that declare some, `measures` what it measures.

    Without outlets, the study leaves open which there are: those of the archive.
    """

    outlets: Known
    groups: Sequence[str]
    subjects: Known
    events: Sequence[str]
    factors: Known
    categories: Mapping[str, Sequence[str]]
    measures: Sequence[str]


def resolved(claim: Claim, names: Names) -> Claim:
    """Return the claim with the ids of what it names.

    Raises WrongAtError where the study lacks a name, with the nearest that it has, where a name means several, and
    where the claim rests on a measure that the study leaves out.
    """
    if claim.measure not in names.measures:
        asked = claim.rules.comes_with or claim.measure
        raise WrongAtError(
            f"claim '{claim.id}' rests on {claim.measure}, which the study does not measure",
            "measure",
            expected=f"one of those that it measures: {', '.join(names.measures)}",
            hint=f"add '{asked}' to `measures`, or leave `measures` out to have all",
        )
    if claim.expect == "never" and claim.rules.never_of_mentions and MENTIONS not in names.measures:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'never' of {claim.measure}, "
            "which counts the articles that mention the subject",
            "expect",
            expected=f"'{MENTIONS}' among the study's `measures`",
            hint="add it there",
        )
    found: dict[str, str] = {}
    for key in ("factor", "beyond"):
        given = getattr(claim, key)
        if given is not None:
            found[key] = _one(claim, key, given, names.factors, "factor")
    if claim.subject is not None:
        found["subject"] = _one(claim, "subject", claim.subject, names.subjects, "subject")
    if claim.category is not None:
        subject = found.get("subject", "")
        rules = claim.rules
        if rules.labels and names.categories.get(subject):
            known = dict.fromkeys(names.categories[subject], ())
            found["category"] = _one(claim, "category", claim.category, known, f"category of '{subject}'")
        elif rules.categories:
            found["category"] = fixed_category(claim, claim.category)
    named = claim.model_copy(update=found)
    if names.outlets:
        return with_outlets(named, names.outlets, names.groups, names.events)
    if named.turn and isinstance(named.turn.at, str):
        named = named.model_copy(update={"versus": _turned(named, names.events)})
    named.check()
    return named


def with_outlets(claim: Claim, outlets: Known, groups: Sequence[str], events: Sequence[str]) -> Claim:
    """Return the claim with the ids of its outlets and the names of its groups, as they are written.

    Raises WrongAtError where there is no such outlet or group, with the nearest, and where a name means several.
    """
    both = sorted({*outlets} & {*groups})
    known: Known = {**outlets, **{group: () for group in groups if group not in outlets}}
    found: dict[str, str] = {}
    if claim.outlet is not None:
        found["outlet"] = _one(claim, "outlet", claim.outlet, known, "outlet or group")
    if claim.versus is not None:
        everybody = {**_OTHERS, **known}
        if claim.turn is not None and not meant(claim.versus, everybody):
            found["versus"] = _turned(claim, events)
        else:
            found["versus"] = _one(claim, "versus", claim.versus, everybody, "outlet or group")
    for key, name in found.items():
        if name in both:
            raise WrongAtError(
                f"claim '{claim.id}' names '{name}', which is an outlet and a group",
                key,
                expected="one that is only one of them",
                hint="rename the group",
            )
    named = claim.model_copy(update=found)
    named.check()
    return named


def _turned(claim: Claim, events: Sequence[str]) -> str:
    """The moment that a claim cuts at, with the id of its event."""
    turn = claim.turn
    if turn is None or not isinstance(turn.at, str):
        return re.sub(r"^\w+", lambda word: word[0].lower(), (claim.versus or "").strip())
    known = dict.fromkeys(events, ())
    found = meant(turn.at, known)
    if len(found) != 1:
        told = several(found) if found else near(turn.at, known)
        raise WrongAtError(
            f"claim '{claim.id}' is set against '{claim.versus}', and '{turn.at}' is no day and no event of the study",
            "versus",
            expected="a day, such as 2016-12-22, or the id of an [[event]]",
            hint=told,
        )
    return f"{turn.side} {found[0]}"


def _one(claim: Claim, key: str, given: str, known: Known, what: str) -> str:
    found = meant(given, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise WrongAtError(
            f"claim '{claim.id}' names '{given}', which may mean several",
            key,
            expected=f"the name of one {what}",
            hint=several(found),
        )
    hint = near(given, known)
    raise WrongAtError(
        f"claim '{claim.id}' names '{given}', which is no {what}{'' if key == 'category' else ' of the study'}",
        key,
        expected=_EXPECTED.get(key, f"the id or the name of a {what}"),
        hint=hint if key not in ("outlet", "versus") or hint.endswith("?") else hint + _ABSENT,
    )


_EXPECTED = {
    "outlet": "the id or the name of an outlet, or a group",
    "versus": "the id or the name of an outlet, a group, 'all other outlets', or 'before' or 'after' and a day or "
    "an event",
    "category": "one that the study lists for it",
}
"""What may stand in a claim's keys."""

_ABSENT = " (an outlet that the archive lacks stands in the study with `absent = true`)"
