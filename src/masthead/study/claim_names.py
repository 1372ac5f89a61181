"""The names in a claim, found among those of its study: written as ids, as names that are shown, in whatever case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from masthead.study.claim import OTHERS, Claim
from masthead.study.claim_checks import fixed_category
from masthead.study.claim_rules import MENTIONS
from masthead.study.names import Choices, matching_ids, near, several
from masthead.study.parts import WrongAtError

_OTHERS: Choices = {OTHERS: ("all others", "the others", "all the others", "everybody else")}


@dataclass(frozen=True)
class Names:
    """What a study has names for; `categories` are of the subjects that declare some, `measures` what it measures.

    Without outlets, the study leaves open which there are: those of the archive.
    """

    outlets: Choices
    groups: Sequence[str]
    subjects: Choices
    events: Sequence[str]
    factors: Choices
    categories: Mapping[str, Sequence[str]]
    measures: Sequence[str]


def with_ids(claim: Claim, names: Names) -> Claim:
    """Return the claim with the ids of what it names.

    Raises WrongAtError where the study lacks a name, with the nearest that it has, where a name means several, and
    where the claim rests on a measure that the study leaves out.
    """
    if claim.measure not in names.measures:
        instrument = claim.rules.comes_with or claim.measure
        raise WrongAtError(
            f"claim '{claim.id}' rests on {claim.measure}, which the study does not measure",
            "measure",
            expected=f"one of those that it measures: {', '.join(names.measures)}",
            hint=f"add '{instrument}' to `measures`, or leave `measures` out to have all",
        )
    if claim.expect == "never" and claim.rules.never_of_mentions and MENTIONS not in names.measures:
        raise WrongAtError(
            f"claim '{claim.id}' expects 'never' of {claim.measure}, "
            "which counts the articles that mention the subject",
            "expect",
            expected=f"'{MENTIONS}' among the study's `measures`",
            hint="add it there",
        )
    ids: dict[str, str] = {}
    for key in ("factor", "beyond"):
        name = getattr(claim, key)
        if name is not None:
            ids[key] = _one(claim, key, name, names.factors, "factor")
    if claim.subject is not None:
        ids["subject"] = _one(claim, "subject", claim.subject, names.subjects, "subject")
    if claim.category is not None:
        subject = ids.get("subject", "")
        rules = claim.rules
        if rules.labels and names.categories.get(subject):
            choices = dict.fromkeys(names.categories[subject], ())
            ids["category"] = _one(claim, "category", claim.category, choices, f"category of '{subject}'")
        elif rules.categories:
            ids["category"] = fixed_category(claim, claim.category)
    claim_with_ids = claim.model_copy(update=ids)
    if names.outlets:
        return with_outlets(claim_with_ids, names.outlets, names.groups, names.events)
    if claim_with_ids.turn and isinstance(claim_with_ids.turn.at, str):
        claim_with_ids = claim_with_ids.model_copy(
            update={"versus": _turn_with_id(claim_with_ids, names.events)}
        )
    claim_with_ids.check()
    return claim_with_ids


def with_outlets(claim: Claim, outlets: Choices, groups: Sequence[str], events: Sequence[str]) -> Claim:
    """Return the claim with the ids of its outlets and the names of its groups, as they are written.

    Raises WrongAtError where there is no such outlet or group, with the nearest, and where a name means several.
    """
    both = sorted({*outlets} & {*groups})
    choices: Choices = {**outlets, **{group: () for group in groups if group not in outlets}}
    ids: dict[str, str] = {}
    if claim.outlet is not None:
        ids["outlet"] = _one(claim, "outlet", claim.outlet, choices, "outlet or group")
    if claim.versus is not None:
        everybody = {**_OTHERS, **choices}
        if claim.turn is not None and not matching_ids(claim.versus, everybody):
            ids["versus"] = _turn_with_id(claim, events)
        else:
            ids["versus"] = _one(claim, "versus", claim.versus, everybody, "outlet or group")
    for key, name in ids.items():
        if name in both:
            raise WrongAtError(
                f"claim '{claim.id}' names '{name}', which is an outlet and a group",
                key,
                expected="one that is only one of them",
                hint="rename the group",
            )
    claim_with_ids = claim.model_copy(update=ids)
    claim_with_ids.check()
    return claim_with_ids


def _turn_with_id(claim: Claim, events: Sequence[str]) -> str:
    """The moment that a claim cuts at, with the id of its event."""
    turn = claim.turn
    if turn is None or not isinstance(turn.at, str):
        return re.sub(r"^\w+", lambda word: word[0].lower(), (claim.versus or "").strip())
    choices = dict.fromkeys(events, ())
    ids = matching_ids(turn.at, choices)
    if len(ids) != 1:
        raise WrongAtError(
            f"claim '{claim.id}' is set against '{claim.versus}', and '{turn.at}' is no day and no event of the study",
            "versus",
            expected="a day, such as 2016-12-22, or the id of an [[event]]",
            hint=near(turn.at, choices),
        )
    return f"{turn.side} {ids[0]}"


def _one(claim: Claim, key: str, name: str, choices: Choices, what: str) -> str:
    ids = matching_ids(name, choices)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise WrongAtError(
            f"claim '{claim.id}' names '{name}', which may mean several",
            key,
            expected=f"the name of one {what}",
            hint=several(ids),
        )
    hint = near(name, choices)
    raise WrongAtError(
        f"claim '{claim.id}' names '{name}', which is no {what}{'' if key == 'category' else ' of the study'}",
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
