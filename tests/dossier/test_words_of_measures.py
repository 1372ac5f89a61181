"""How figures are put into words: a measure's own, those made of a declaration, and what fills their slots."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from string import Formatter

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from markupsafe import Markup

from masthead.dossier.board import Board
from masthead.dossier.writing.slots import fill
from masthead.errors import UsageError
from masthead.findings.findings import Findings
from masthead.measuring import MEASURES, Words, own_words, words_of
from masthead.measuring.words import SLOTS, complete, many_of, one_of
from masthead.questions.claims.page.claims import units_of
from tests.dossier import allegiance, strait
from tests.dossier.conftest import Dossier, make

GONE: dict[str, object] = {
    "name": "headline-questions",
    "question": "How often {really} does this outlet ask in a headline?",
    "unit": "article",
    "numerator": "1 if the headline ends in a question mark",
    "denominator": "1",
    "range": [0.0, 1.0],
    "blind_spots": ["a question without its mark"],
    "source": "nobody",
}
"""What a survey kept of a measure whose package nobody has installed."""


def test_a_measure_without_words_speaks_through_its_declaration() -> None:
    words = words_of(GONE)
    assert (words.title, words.plural, words.singular) == ("headline questions", "articles", "article")
    assert "the headline ends in a question mark" in words.figure
    assert fill(words.heading, subject="x") == GONE["question"]
    for name in ("contrast", "short", "change", "change_of_all", "evidence"):
        assert "headline questions" in getattr(words, name).lower()


@pytest.mark.parametrize(
    ("unit", "denominator", "plural"),
    [
        ("story", "1", "stories"),
        ("article", "words of the article", "words"),
        ("article", "mentions of the subject in the article", "mentions"),
        ("article", "the chance of it", "units"),
    ],
)
def test_what_a_figure_is_counted_of_is_made_of_its_declaration(
    unit: str, denominator: str, plural: str
) -> None:
    assert complete(Words(), {**GONE, "unit": unit, "denominator": denominator}).plural == plural


def test_a_measure_that_knows_no_voices_does_not_tell_of_them() -> None:
    assert complete(Words(), {**GONE, "voices": ["all"]}).told_voice("unknown") == ""
    assert complete(Words(), {**GONE, "voices": ["all", "own"]}).told_voice("unknown")


@pytest.mark.parametrize("one", ["article", "story", "day", "naming"])
def test_nouns_come_back_from_their_plural(one: str) -> None:
    assert one_of(many_of(one)) == one


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_every_measure_has_all_its_words_and_no_slot_that_nobody_fills(name: str) -> None:
    words = words_of(MEASURES[name].declaration())
    for field in (
        "title",
        "plural",
        "singular",
        "heading",
        "figure",
        "contrast",
        "short",
        "change",
        "evidence",
    ):
        assert getattr(words, field), field
    for field, slots in SLOTS.items():
        used = {slot for _, slot, _, _ in Formatter().parse(getattr(words, field)) if slot}
        assert used <= slots


def test_words_with_a_slot_that_nobody_fills_are_refused_at_once() -> None:
    with pytest.raises(UsageError, match="outlet"):
        Words(heading="How {outlet} names {subject}")


def test_what_fills_a_sentence_and_the_sentence_itself_are_escaped() -> None:
    told = fill("<b>{x}</b> & {y}", x="<script>\x00", y=Markup("<i>y</i>"))
    assert told == Markup("&lt;b&gt;&lt;script&gt;\ufffd&lt;/b&gt; &amp; <i>y</i>")


def test_a_claim_counts_the_units_of_its_measure() -> None:
    assert units_of({"measure": "silence", "expect": "less"}) == ("story", "stories")
    assert units_of({"measure": "naming", "expect": "more"}) == ("article", "articles")
    assert units_of({"measure": "portrayal", "expect": "explained-by"}) == ("subject", "subjects")
    assert units_of({"measure": "gone", "expect": "more"}) == ("article", "articles")


def renamed(findings: Findings, measure: str, name: str, declaration: dict[str, object]) -> Findings:
    """Return findings in which a measure bears another name, and another declaration."""

    def of(table: pa.Table) -> pa.Table:
        if "measure" not in table.column_names:
            return table
        at = table.column_names.index("measure")
        column = pc.if_else(pc.equal(table["measure"], measure), name, table["measure"])
        return table.set_column(at, "measure", column)

    measures = [declaration if m["name"] == measure else m for m in findings.about["measures"]]
    tables = {
        field.name: of(value)
        for field in dataclasses.fields(findings)
        if isinstance(value := getattr(findings, field.name), pa.Table)
    }
    about = json.loads(json.dumps({**findings.about, "measures": measures}, default=str))
    return dataclasses.replace(findings, **tables, about=about)


@pytest.fixture(scope="module")
def orphaned(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The strait's dossier, its attention renamed to a measure that is not installed."""
    findings = renamed(strait.findings(), "attention", "headline-questions", GONE)
    return make(findings, tmp_path_factory.mktemp("orphaned") / "d")


def test_the_pages_of_a_measure_that_is_not_installed_read_well(orphaned: Dossier) -> None:
    index = orphaned.index
    assert "How often {really} does this outlet ask in a headline?" in index
    assert "<h4>Headline questions</h4>" in index
    assert "dockers-league--headline-questions" in index
    evidence = orphaned.page("evidence/dockers-league--wire-seven.html")
    assert "Headline questions</a>" in evidence
    assert 'href="voices.html' not in index


def test_a_change_of_a_record_is_not_told_as_a_change_of_a_forecast(tmp_path: Path) -> None:
    findings = renamed(allegiance.findings(), "naming", "forecast", MEASURES["forecast"].declaration())
    changes = findings.changes
    own = pa.array(["own"] * changes.num_rows)
    changes = changes.set_column(changes.column_names.index("voice"), "voice", own)
    findings = dataclasses.replace(findings, changes=changes)
    page = make(findings, tmp_path / "d").page("changes.html")
    assert "how many of its forecasts about <b><bdi>Dockers’ League</bdi></b> come true" in page
    assert "its forecast of" not in page


def test_figures_of_nobody_lead_nowhere_where_no_page_shows_them() -> None:
    board = Board(renamed(strait.findings(), "attention", "headline-questions", GONE))
    assert board.way_of_others("headline-questions", "gull") == ""
    assert board.way_of_others("voice", "gull").startswith("voices.html#")
    assert own_words("headline-questions") == Words()
