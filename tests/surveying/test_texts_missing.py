"""An article without text, or with a notice in its place, is not one that does not mention the subject."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead.findings.findings import Findings
from masthead.study import parse_study
from masthead.surveying import survey
from tests.archives import archive_of
from tests.standing.papers import Row, paper, prose

COOKIES = "We use cookies to improve your visit. By going on you accept our terms."
CLAIM = {
    "id": "never",
    "text": "It never mentions Hale.",
    "measure": "attention",
    "subject": "hale",
    "expect": "never",
}


def _rows(missing: str) -> list[Row]:
    """Two of Herald's twelve texts mention Hale, and three titles of its eight without text. Wire has titles alone."""
    texts = {n: prose(n, 3) + (" Tomas Hale slept." if n < 2 else "") for n in range(12)}
    herald = paper("Herald", texts) + paper(
        "Herald", dict.fromkeys(range(12, 20), missing), "Of quay {n}", first=12
    )
    for row in herald[12:15]:
        row["title"] = f"Tomas Hale and {row['title']}"
    wire = paper("Wire", dict.fromkeys(range(8), ""), "Wire {word} {n}")
    wire[0]["title"] = "Tomas Hale wakes"
    whole = paper("Tide", {n: prose(100 + n, 3) for n in range(9)}, "Tide {n}")
    whole.append({**whole[0], "title": "Tomas Hale sails", "text": ""})
    return [*herald, *wire, *whole]


def _survey(folder: Path, rows: list[Row], **more: Any) -> Findings:
    subject = {"id": "hale", "name": "Tomas Hale", "kind": "actor", "aliases": ["Tomas Hale"]}
    study = parse_study({"archive": "unused", "measures": ["attention"], "subject": [subject], **more})
    return survey(study, archive_of(folder, rows))


def _attention(findings: Findings) -> dict[str, tuple[int, int, str | None]]:
    return {
        row["outlet"]: (int(row["numerator"]), int(row["denominator"]), row["note"])
        for row in findings.estimates.to_pylist()
        if (row["measure"], row["wire"], row["period_start"]) == ("attention", "with", None)
    }


@pytest.mark.parametrize("missing", ["", COOKIES])
def test_where_most_have_a_text_the_others_are_left_out(tmp_path: Path, missing: str) -> None:
    told = _attention(_survey(tmp_path, _rows(missing)))
    assert {outlet: row[:2] for outlet, row in told.items()} == {
        "herald": (2, 12),
        "tide": (0, 9),
        "wire": (1, 8),
    }
    assert str(told["herald"][2]).startswith("8 of the outlet's 20 articles have no text")
    assert str(told["wire"][2]).endswith("only their titles could be read")


def test_a_title_speaks_against_never_though_it_is_left_out(tmp_path: Path) -> None:
    for outlet, verdict in (("tide", "contradicted"), ("herald", "contradicted")):
        folder = tmp_path / outlet
        folder.mkdir()
        findings = _survey(folder, _rows(""), claim=[{**CLAIM, "outlet": outlet}])
        assert [row["verdict"] for row in findings.verdicts.to_pylist()] == [verdict]
