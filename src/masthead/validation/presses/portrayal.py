"""How well portrayals are read on presses whose truth is known: sentence by sentence, and as means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.demo.portrayal import PortrayalBeside, agreement, portrayals_beside
from masthead.findings.findings import Findings
from masthead.measuring import figures
from masthead.measuring.tables import StudyTables
from masthead.press import Press
from masthead.study import Study
from masthead.validation.baselines.plain_readers import lexicon_portrayals, macro_f1
from masthead.validation.presses.grading import Size, grade_presses, read_measures

Signs = list[tuple[int, int]]
"""What was planted at a mention and what was read there: −1, 0 or 1."""


@dataclass
class PortrayalGrade:
    """What a model, and a lexicon beside it, read on presses of one setting.

    `model_signs` and `lexicon_signs` are of the same mentions, those that the readers found where the press put
    them: the model's most probable class, and the sign of good words less bad ones in the sentence. `cells` puts
    the planted means of the outlets' own voice beside the estimates.
    """

    setting: str
    model: str = ""
    presses: int = 0
    articles: int = 0
    model_signs: Signs = field(default_factory=list)
    lexicon_signs: Signs = field(default_factory=list)
    cells: list[PortrayalBeside] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its figures."""
        return {
            "setting": self.setting,
            "model": self.model,
            "presses": self.presses,
            "articles": self.articles,
            "mentions": len(self.model_signs),
            "macro_f1": macro_f1(self.model_signs),
            "lexicon_macro_f1": macro_f1(self.lexicon_signs),
            "means": agreement(self.cells).as_dict(),
        }


def grade_portrayal(setting: str, **size: Unpack[Size]) -> PortrayalGrade:
    """Make presses, read how they portray their subjects, and compare with what was planted."""
    return grade_presses(PortrayalGrade(setting), _add, setting, **size)


def _add(total: PortrayalGrade, press: Press, study: Study, archive: Archive) -> None:
    study = study.model_copy(update={"measures": ("portrayal",)})
    tables, archive = read_measures(study, archive)
    reader = tables.models["portrayal"]
    total.model = f"{reader.model} {reader.version}"
    truth = press.truth()
    findings = Findings(estimates=figures.estimates(tables, study, archive.hash, figures.totals(tables)))
    total.cells += portrayals_beside(findings, truth.portrayal_means())
    signs = _most_probable(tables)
    for place, (true_sign, lexicon_sign) in lexicon_portrayals(press.articles(), truth).items():
        if place in signs:
            total.model_signs.append((true_sign, signs[place]))
            total.lexicon_signs.append((true_sign, lexicon_sign))


def _most_probable(tables: StudyTables) -> dict[tuple[str, str, int], int]:
    """The sign of each mention's most probable class, by the article's key, the field and its start."""
    return {
        (key, where, start): sign
        for key, where, start, sign in tables.rows(
            """SELECT json_extract_string(a.extra, '$.key'), p.field, p.start,
                   CASE greatest(p_unfavourable, p_neutral, p_favourable)
                   WHEN p_neutral THEN 0 WHEN p_favourable THEN 1 ELSE -1 END
            FROM portrayed p JOIN archive_articles a USING (article_id)"""
        )
    }
