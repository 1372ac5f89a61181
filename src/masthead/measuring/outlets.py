"""The outlets of a study in its archive: which they are and by what names, which are compared, and in what lots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from masthead.archive import Archive
from masthead.errors import likely
from masthead.findings.about import ComparedOutlets, SurveyedOutlet
from masthead.study import Study
from masthead.study.claim import Claim
from masthead.study.claim_names import with_outlets
from masthead.study.names import Choices, identifier, matching_ids, one_id
from masthead.study.parts import WrongAtError

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables


COMPARED, LISTED = 20, 40
"""So many outlets with the most articles are compared, or all that a study lists, where it lists at most so many."""

LOT = 750_000
"""So many pairs of article and subject are put together at once: about what half a gigabyte holds."""


def ids_of(values: Iterable[str]) -> dict[str, str]:
    """Return the outlets that a study without a list of them takes the values of the archive's outlet column for."""
    ids: set[str] = set()
    return {value: identifier(value, ids) for value in sorted(values)}


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


def one_outlet(name: str | None, archive: Archive, study: Study | None) -> str | None:
    """Return the outlet that a name means; None where none was given.

    Raises UsageError, with the nearest, where there is no such outlet, or where the name may mean several.
    """
    if name is None:
        return None
    whose = "the study" if study is not None and study.listed else "the archive"
    return one_id(name, outlets_known(archive, study), "outlet", whose)


def settled(study: Study, archive: Archive) -> Study:
    """Return the study with the ids of all that its claims name: of what only its archive knows too.

    Those are the outlets, where the study lists none, and stances. Raises StudyError where there is none of that name.
    """
    if not study.claims:
        return study
    names = {} if study.listed else dict(outlets_known(archive, study))
    names |= {outlet.id: (outlet.name, *outlet.match) for outlet in study.outlets if outlet.absent and names}
    events = [event.id for event in study.events]
    claims = []
    for claim in study.claims:
        try:
            with_ids = with_outlets(claim, names, study.groups, events) if names else claim
            claims.append(_with_own_category(with_ids))
        except WrongAtError as wrong:
            raise study.wrong(wrong, "claim", claim.id) from None
    return study.model_copy(update={"claims": tuple(claims)})


def _with_own_category(claim: Claim) -> Claim:
    """The claim with its category as its measure writes it, where that has categories of its own, such as stances."""
    rules = claim.rules
    if rules.named_categories is None or claim.category is None:
        return claim
    categories = rules.named_categories()
    matches = matching_ids(claim.category, dict.fromkeys(categories, ()))
    if len(matches) != 1:
        raise WrongAtError(
            f"claim '{claim.id}' names the {rules.category_is} '{claim.category}', and there is none",
            "category",
            expected=f"one of {', '.join(sorted(categories))}",
            hint=likely(claim.category, categories) or "write one of these",
        )
    return claim.model_copy(update={"category": matches[0]})


def outlets_compared(outlets: Sequence[SurveyedOutlet], study: Study) -> list[SurveyedOutlet]:
    """Return the outlets that are compared: all that the study lists, of up to LISTED; otherwise COMPARED.

    There are half as many pairs as outlets squared. What decides is how many articles of each the study looks at:
    `outlets` has those with most articles first, and of equally many the one with the first id.
    """
    there = [outlet for outlet in outlets if outlet["n_articles"]]
    return there if study.listed and len(there) <= LISTED else there[:COMPARED]


def comparison_rule(outlets: Sequence[SurveyedOutlet], study: Study) -> ComparedOutlets:
    """Say which outlets are compared, of how many, and by what rule."""
    compared_outlets = outlets_compared(outlets, study)
    there = sum(bool(outlet["n_articles"]) for outlet in outlets)
    rule = (
        "all pairs of outlets"
        if len(compared_outlets) == there
        else f"all pairs of the {len(compared_outlets)} outlets with the most articles"
    )
    return {"outlets": len(compared_outlets), "of": there, "rule": rule}


def lots(survey: StudyTables, subjects: int | None = None) -> list[str]:
    """Return the conditions that choose the outlets of each lot, in the order of their ids; of one lot, `true`.

    `subjects` is how many rows an article may have; None for one for each subject. Figures are of one outlet each, so
    that those of the lots together are those of all.
    """
    if subjects is None:
        ((subjects,),) = survey.rows("SELECT count(*) FROM subjects")
    outlets_of_lot: list[list[str]] = []
    n_pairs = 0
    for outlet, articles in survey.rows(
        "SELECT outlet, count(*) FROM articles GROUP BY outlet ORDER BY outlet"
    ):
        if not outlets_of_lot or n_pairs + articles * subjects > LOT:
            outlets_of_lot.append([])
            n_pairs = 0
        outlets_of_lot[-1].append(outlet)
        n_pairs += articles * subjects
    if len(outlets_of_lot) < 2:
        return ["true"]
    return [f"outlet IN ({', '.join(_in_sql(outlet) for outlet in lot)})" for lot in outlets_of_lot]


def _in_sql(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
