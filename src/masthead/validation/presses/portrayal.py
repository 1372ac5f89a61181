"""How well portrayals are read on presses whose truth is known: sentence by sentence, and as means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from masthead.archive import Archive
from masthead.demo.portrayal import PortrayalBeside, agreement, portrayals_beside
from masthead.findings.findings import Findings
from masthead.measuring import Job, figures
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.press import Press
from masthead.study import Study
from masthead.validation.presses.baselines import lexicon_portrayals, macro_f1
from masthead.validation.presses.grading import Progress, made_presses

Signs = list[tuple[int, int]]
"""What was planted at a mention and what was read there: −1, 0 or 1."""


@dataclass
class PortrayalGrade:
    """What a model, and a lexicon beside it, read on presses of one setting.

    `read` and `guessed` are of the same mentions, those that the readers found where the press put them: the
    model's most probable class, and the sign of good words less bad ones in the sentence. `cells` puts the
    planted means of the outlets' own voice beside the estimates.
    """

    setting: str
    model: str = ""
    presses: int = 0
    articles: int = 0
    read: Signs = field(default_factory=list)
    guessed: Signs = field(default_factory=list)
    cells: list[PortrayalBeside] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its figures."""
        return {
            "setting": self.setting,
            "model": self.model,
            "presses": self.presses,
            "articles": self.articles,
            "mentions": len(self.read),
            "macro_f1": macro_f1(self.read),
            "lexicon_macro_f1": macro_f1(self.guessed),
            "means": agreement(self.cells).as_dict(),
        }


def grade_portrayal(
    setting: str,
    *,
    presses: int = 3,
    articles: int = 800,
    seed: int = 1,
    progress: Progress | None = None,
) -> PortrayalGrade:
    """Make presses, read how they portray their subjects, and compare with what was planted."""
    total = PortrayalGrade(setting)
    for made, study, archive in made_presses(setting, presses, articles, seed, progress):
        _grade_one(total, made, study, archive)
        total.presses += 1
        total.articles += articles
    return total


def _grade_one(total: PortrayalGrade, made: Press, study: Study, archive: Archive) -> None:
    archive = counted(archive, study)
    built = loaded(Job(study, archive, wire=False), ("portrayal",))
    reader = built.models["portrayal"]
    total.model = f"{reader.model} {reader.version}"
    truth = made.truth()
    findings = Findings(estimates=figures.estimates(built, study, archive.hash, figures.totals(built)))
    total.cells += portrayals_beside(findings, truth.portrayal_means())
    signs = _most_probable(built)
    for place, (planted, guessed) in lexicon_portrayals(made.articles(), truth).items():
        if place in signs:
            total.read.append((planted, signs[place]))
            total.guessed.append((planted, guessed))


def _most_probable(built: StudyTables) -> dict[tuple[str, str, int], int]:
    """The sign of each mention's most probable class, by the article's key, the field and its start."""
    return {
        (key, where, start): sign
        for key, where, start, sign in built.rows(
            """SELECT json_extract_string(a.extra, '$.key'), p.field, p.start,
                   CASE greatest(p_unfavourable, p_neutral, p_favourable)
                   WHEN p_neutral THEN 0 WHEN p_favourable THEN 1 ELSE -1 END
            FROM portrayed p JOIN archive_articles a USING (article_id)"""
        )
    }
