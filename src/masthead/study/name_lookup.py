"""A study's names, found among those that it has: in texts and values, in claims, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from masthead.study.claim import Claim, Sentence
from masthead.study.claim_names import Names, with_ids
from masthead.study.claim_rules import companions
from masthead.study.factor import Factor
from masthead.study.names import Choices, matching_ids, near
from masthead.study.parts import OTHER, WrongAtError

Place = tuple[str | int, ...]
"""Where a part of a study stands: keys and places in lists, from 0."""


def parts_with_ids(study: Any) -> dict[str, tuple[Any, ...]]:
    """Return the parts of a `masthead.study.Study` that name others, with the ids of what they name.

    Claims that are written below a sentence stand with the others, and the sentence lists their ids. Raises
    WrongAtError where an id or an outlet's value is there twice, and where the study lacks a name.
    """
    claims = list(_claims(study))
    for what, parts in (
        ("subject", _with_places("subject", study.subjects)),
        ("outlet", _with_places("outlet", study.outlets)),
        ("event", _with_places("event", study.events)),
        ("claim", claims),
        ("factor", _with_places("factor", study.factors)),
    ):
        ids: set[str] = set()
        for place, part in parts:
            if part.id in ids:
                raise WrongAtError(
                    f"two of the tables [[{what}]] have the id '{part.id}'",
                    *place,
                    "id",
                    expected=f"another id for each {what}",
                    hint="rename one of them",
                )
            ids.add(part.id)
    _check_values(study)
    names = _names(study)
    claims_with_ids = []
    for place, claim in claims:
        try:
            claims_with_ids.append(with_ids(claim, names))
        except WrongAtError as wrong:
            raise wrong.below(*place) from None
    choices: Choices = {claim.id: () for claim in claims_with_ids}
    return {
        "subjects": tuple(_spoken_for(study, outlet_names(study))),
        "factors": tuple(_factor_with_ids(at, one, names.subjects) for at, one in enumerate(study.factors)),
        "claims": tuple(claims_with_ids),
        "sentences": tuple(_sentence_with_ids(at, one, choices) for at, one in enumerate(study.sentences)),
    }


def subject_names(study: Any) -> Choices:
    """The subjects of a study, with the names that are shown."""
    return {subject.id: (subject.name,) for subject in study.subjects}


def outlet_names(study: Any) -> Choices:
    """The outlets that a study lists, with the names that are shown and those that the archive has for them."""
    return {outlet.id: (outlet.name, *outlet.match) for outlet in study.outlets}


def _names(study: Any) -> Names:
    return Names(
        outlets=outlet_names(study) if any(not o.absent for o in study.outlets) else {},
        groups=study.groups,
        subjects=subject_names(study),
        events=[event.id for event in study.events],
        factors={factor.id: (factor.name,) for factor in study.factors},
        categories={s.id: [*s.categories, OTHER] for s in study.subjects if s.categories},
        measures=[*study.measures, *companions(study.measures)],
    )


def _with_places(what: str, parts: Sequence[Any]) -> Iterator[tuple[Place, Any]]:
    return (((what, place), part) for place, part in enumerate(parts))


def _claims(study: Any) -> Iterator[tuple[Place, Claim]]:
    """Every claim, each with its place: those that stand alone, then those below sentences."""
    yield from _with_places("claim", study.claims)
    for at, sentence in enumerate(study.sentences):
        for below, claim in enumerate(sentence.parts):
            yield ("sentence", at, "claim", below), claim


def _check_values(study: Any) -> None:
    owner: dict[str, str] = {}
    for place, outlet in _with_places("outlet", study.outlets):
        for value in outlet.matches:
            if value in owner:
                raise WrongAtError(
                    f"the outlet value '{value}' belongs to two outlets, '{owner[value]}' and '{outlet.id}'",
                    *place,
                    "match" if outlet.match else "id",
                    expected="each value in one outlet only",
                    hint="take it out of one of them",
                )
            owner[value] = outlet.id


def _spoken_for(study: Any, outlets: Choices) -> Iterator[Any]:
    """The subjects with the ids of the outlets that are their own."""
    outlets_so_far: set[str] = set()
    for place, subject in _with_places("subject", study.subjects):
        at = (*place, "texts")
        ids = [
            _id_of(one, outlets, f"the texts of subject '{subject.id}' are those of", "outlet", at)
            for one in subject.texts
        ]
        for one in ids:
            if one in outlets_so_far:
                raise WrongAtError(
                    f"the outlet '{one}' is in the texts of two subjects",
                    *at,
                    expected="each outlet in the texts of one subject only",
                    hint="take it out of one of them",
                )
            outlets_so_far.add(one)
        yield subject.model_copy(update={"texts": tuple(ids)}) if ids else subject


def _factor_with_ids(place: int, factor: Factor, subjects: Choices) -> Factor:
    """The factor with the ids of the subjects that it has values for."""
    values = {}
    for subject, value in factor.values.items():
        at = ("factor", place, "values", subject)
        one = _id_of(subject, subjects, f"factor '{factor.id}' names", "subject", at)
        if one in values:
            raise WrongAtError(
                f"factor '{factor.id}' has two values of '{one}'",
                *at,
                expected="one value of each subject",
                hint="take one out; a value that changes is a list of tables with `from`",
            )
        values[one] = value
    return factor.model_copy(update={"values": values})


def _sentence_with_ids(place: int, sentence: Sentence, choices: Choices) -> Sentence:
    """The sentence with the ids of all its claims, once each."""
    at = ("sentence", place, "claims")
    ids = [_id_of(claim, choices, "the sentence names", "claim", at) for claim in sentence.claims]
    ids += [claim.id for claim in sentence.parts]
    return sentence.model_copy(update={"claims": tuple(dict.fromkeys(ids)), "parts": ()})


def _id_of(name: str, choices: Choices, who: str, what: str, at: Place) -> str:
    """Return the one id that a name means. Raises WrongAtError, naming the nearest, where there is none, or several."""
    ids = matching_ids(name, choices)
    if len(ids) != 1:
        raise WrongAtError(
            f"{who} '{name}', which is no {what} of the study",
            *at,
            expected=f"the id or the name of {'an' if what == 'outlet' else 'a'} {what}",
            hint=near(name, choices),
        )
    return ids[0]
