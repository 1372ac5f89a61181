"""An instrument of another package that brings a coding is coded by the same commands."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.archives import archive_of
from tests.coding.conftest import save, sheet_rows

EXAMPLE = Path(__file__).parents[2] / "docs" / "design" / "headline_questions.py"

CODING = '''

from masthead.measuring.coding import CodedUnit, Coding


class HeadlineCoding(Coding):
    question = "Does the headline ask?"
    values = {"asks": "it asks", "says": "it does not"}
    units = """SELECT h.article_id, m.subject, 'headline' AS mention, 'title' AS field, 0 AS start, h.length AS "end",
        0 AS sentence_start, h.length AS sentence_end, NULL AS quoted, 1.0 AS weight
        FROM headlines h JOIN (SELECT DISTINCT article_id, subject FROM mentions) m USING (article_id)"""
    readings = """SELECT 'headline-questions' AS measure, NULL AS category, h.article_id, m.subject,
        'headline' AS mention, h.asks::DOUBLE AS x, 1.0 AS y
        FROM headlines h JOIN (SELECT DISTINCT article_id, subject FROM mentions) m USING (article_id)"""

    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        return float(unit.value == "asks"), 1.0


HeadlineInstrument.coding = HeadlineCoding()
'''

STUDY = """
archive = "a.archive"
measures = ["headline-questions"]

[[subject]]
id = "harbour"
name = "Harbour"
kind = "issue"
aliases = ["harbour"]
"""


def test_its_units_are_drawn_coded_and_planned(tmp_path: Path) -> None:
    (tmp_path / "headline_questions.py").write_text(
        EXAMPLE.read_text(encoding="utf-8") + CODING, encoding="utf-8"
    )
    metadata = tmp_path / "headline_questions-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: headline-questions\nVersion: 1.0\n")
    entry = "[masthead.instruments]\nheadline-questions = headline_questions:INSTRUMENT\n"
    (metadata / "entry_points.txt").write_text(entry)
    rows = [
        {
            "outlet": "gazette",
            "published": "2021-01-01",
            "title": f"Will pier {at} open?" if at % 2 else f"Pier {at} opens",
            "text": f"The harbour was the talk of ward {at} once more, and {at} boats lay there all day long.",
        }
        for at in range(30)
    ]
    archive_of(tmp_path, rows, "a")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")

    def code(*words: str) -> dict[str, object]:
        finished = subprocess.run(
            [sys.executable, "-m", "masthead", "code", words[0], "study.toml", *words[1:], "--json"],
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert finished.returncode == 0, finished.stderr
        answer: dict[str, object] = json.loads(finished.stdout)
        return answer

    assert code("draw", "--measure", "headline-questions", "--each", "20")["new"] == 20
    assert code("plan")["figures"]
    assert code("agreement")["works"] is None
    code("sheet", "--coder", "a", "--to", "a.csv")
    sheet = sheet_rows(tmp_path / "a.csv")
    for row in sheet:
        row["code"] = "asks" if "?" in row["sentence"] else "says"
    save(tmp_path / "a.csv", sheet)
    assert code("import", "a.csv")["n_new"] == 20
    (figure,) = code("plan")["figures"]  # type: ignore[misc]
    assert (figure["outlet"], figure["codings"], figure["codings_then"]) == ("gazette", 20, 30)
