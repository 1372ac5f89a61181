"""The outlets of a study in its archive: those that it lists, or all that the archive holds, and by what names."""

from __future__ import annotations

from collections.abc import Iterable

from masthead.archive import Archive
from masthead.errors import likely
from masthead.study import Study
from masthead.study.claim import Claim
from masthead.study.claim_names import with_outlets
from masthead.study.names import Choices, identifier, matching_ids, one_id
from masthead.study.parts import WrongAtError


def ids_of(values: Iterable[str]) -> dict[str, str]:
    """Return the outlets that a study without a list of them takes the values of the archive's outlet column for."""
    taken: set[str] = set()
    return {value: identifier(value, taken) for value in sorted(values)}


def outlets_known(archive: Archive, study: Study | None) -> Choices:
    """Return the outlets that a study has, with their names; without a study, the values of the outlet column."""
    if study is not None and study.listed:
        return {outlet.id: (outlet.name, *outlet.match) for outlet in study.listed}
    values: set[str] = set()
    for part in archive.parts():
        values.update(part.read(["outlet"])["outlet"].unique().to_pylist())
    if study is None:
        return dict.fromkeys(values, ())
    return {outlet: (value,) for value, outlet in ids_of(values).items()}


def one_outlet(given: str | None, archive: Archive, study: Study | None) -> str | None:
    """Return the outlet that a name means; None where none was given.

    Raises UsageError, with the nearest, where there is no such outlet, or where the name may mean several.
    """
    if given is None:
        return None
    whose = "the study" if study is not None and study.listed else "the archive"
    return one_id(given, outlets_known(archive, study), "outlet", whose)


def settled(study: Study, archive: Archive) -> Study:
    """Return the study with the ids of all that its claims name: of what only its archive knows too.

    Those are the outlets, where the study lists none, and stances. Raises StudyError where there is none of that name.
    """
    if not study.claims:
        return study
    known = {} if study.listed else dict(outlets_known(archive, study))
    known |= {outlet.id: (outlet.name, *outlet.match) for outlet in study.outlets if outlet.absent and known}
    events = [event.id for event in study.events]
    claims = []
    for claim in study.claims:
        try:
            named = with_outlets(claim, known, study.groups, events) if known else claim
            claims.append(_categorised(named))
        except WrongAtError as wrong:
            raise study.wrong(wrong, "claim", claim.id) from None
    return study.model_copy(update={"claims": tuple(claims)})


def _categorised(claim: Claim) -> Claim:
    """The claim with its category as its measure writes it, where that has categories of its own, such as stances."""
    rules = claim.rules
    if rules.named_categories is None or claim.category is None:
        return claim
    known = rules.named_categories()
    found = matching_ids(claim.category, dict.fromkeys(known, ()))
    if len(found) != 1:
        raise WrongAtError(
            f"claim '{claim.id}' names the {rules.category_is} '{claim.category}', and there is none",
            "category",
            expected=f"one of {', '.join(sorted(known))}",
            hint=likely(claim.category, known) or "write one of these",
        )
    return claim.model_copy(update={"category": found[0]})
