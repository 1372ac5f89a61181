"""The outlets of a study in lots: what is made of articles and subjects is made lot by lot where there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from masthead.measuring.tables import StudyTables

LOT = 750_000
"""So many pairs of article and subject are put together at once: about what half a gigabyte holds."""


def lots(built: StudyTables, subjects: int | None = None) -> list[str]:
    """Return the conditions that choose the outlets of each lot, in the order of their ids; of one lot, `true`.

    `subjects` is how many rows an article may have; None for one for each subject. Figures are of one outlet each, so
    that those of the lots together are those of all.
    """
    if subjects is None:
        ((subjects,),) = built.rows("SELECT count(*) FROM subjects")
    found: list[list[str]] = []
    held = 0
    for outlet, articles in built.rows(
        "SELECT outlet, count(*) FROM articles GROUP BY outlet ORDER BY outlet"
    ):
        if not found or held + articles * subjects > LOT:
            found.append([])
            held = 0
        found[-1].append(outlet)
        held += articles * subjects
    if len(found) < 2:
        return ["true"]
    return [f"outlet IN ({', '.join(_quoted(outlet) for outlet in lot)})" for lot in found]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
