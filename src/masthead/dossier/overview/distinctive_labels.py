"""The labels that tell outlets apart: what each calls a subject more than the others do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from masthead.dossier.board import Board
from masthead.dossier.writing.safe_text import anchor, evidence_page
from masthead.measuring import own_words
from masthead.measuring.measure import OTHER

WORDS = 6
"""So many words per outlet are listed as those that tell it apart."""


@dataclass(frozen=True)
class Word:
    """A label and how much more one outlet uses it for a subject than the others do."""

    label: str
    uses: int
    share: float
    share_elsewhere: float
    log_odds: float
    z: float
    href: str


def words(board: Board) -> dict[tuple[str, str], list[Word]]:
    """Return, by subject and outlet, the labels that tell the outlet apart, the most distinctive first.

    None where the survey did not ask which labels a subject is given: then there are no sentences to show.
    """
    measures = [m["name"] for m in board.about["measures"] if own_words(m["name"]).study_categories]
    if not measures:
        return {}
    categories = _label_pages(board)
    rows = board.rows(
        f"select * from words where rank <= {WORDS} and log_odds > 0 and z > 1.645 and n_articles >= 2 "
        "and outlet in (select outlet from shown) order by subject, outlet, rank"
    )
    words: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for r in rows:
        category = categories.get((r["subject"], r["label"]), OTHER)
        page = f"{board.evidence_way(r['outlet'])}{evidence_page(r['subject'], r['outlet'])}"
        words[r["subject"], r["outlet"]].append(
            Word(
                r["label"],
                int(r["uses"]),
                r["share"],
                r["share_elsewhere"],
                r["log_odds"],
                r["z"],
                f"{page}#{anchor(measures[0], category)}",
            )
        )
    return dict(words)


def _label_pages(board: Board) -> dict[tuple[str, str], str]:
    """Return the category under which a label of a subject is filed."""
    board.db.register("sources", board.findings.sources.select(["subject", "label", "category"]))
    rows = board.rows(
        "select subject, label, min(category) as category from sources "
        f"where label is not null and category <> '{OTHER}' group by all"
    )
    return {(r["subject"], r["label"]): r["category"] for r in rows}
