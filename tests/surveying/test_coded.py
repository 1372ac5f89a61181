"""What people coded corrects a survey's figures, says so, and reads nothing again."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.archive import Archive
from masthead.cli.survey import summary
from masthead.findings.findings import Findings
from masthead.findings.schemas import COMPARISONS, ESTIMATES
from masthead.measuring import Job
from masthead.measuring.coded.about import CODING
from masthead.measuring.coded.codes import CODES, Codes
from masthead.measuring.coded.notes import COVERS
from masthead.measuring.coded.rows import ComparisonRow, EstimateRow
from masthead.measuring.tables import loaded
from masthead.study import Study
from masthead.surveying import survey
from masthead.surveying.judging import judge_claims
from masthead.surveying.pages import write_dossier
from tests.surveying.guessing import CountsWords
from tests.surveying.test_portrayal import asked, portrayed

GOOD, BAD, PLAIN = (
    "The Shoal Front rescued the crew and was thanked, number {}.",
    "The Shoal Front cheated and lied to the town, number {}.",
    "The Shoal Front met in the town hall, number {}.",
)
CLAIM = {
    "id": "kinder",
    "text": "North is kinder to the Front than South.",
    **{"measure": "portrayal", "subject": "front", "outlet": "north", "versus": "south"},
    **{"expect": "more", "voice": "all", "wire": "with"},
}


def _articles(seed: int) -> list[tuple[str, str]]:
    """Two outlets that write alike, and in which the reader finds some good words that are none."""
    dice = random.Random(seed)
    return [
        (outlet, dice.choices((GOOD, BAD, PLAIN), weights)[0].format(i))
        for i in range(130)
        for outlet, weights in (("north", (5, 2, 3)), ("south", (3, 4, 3)))
    ]


def _truth(article_id: str, score: float) -> str:
    """What people say: of what the reader takes for praise every other mention is none."""
    sign = (score > 0.1) - (score < -0.1)
    return "0" if sign > 0 and int(article_id, 16) % 2 == 0 else str(sign)


def _codes(study: Study, archive: Archive, classifier: CountsWords, n: dict[str, int]) -> Codes:
    """The codes of simulated coders: of every outlet the first so many mentions, by chance, and their chance."""
    tables = loaded(Job(study, archive, processes=1, classifier=classifier), ["portrayal"])
    rows: dict[str, list[dict[str, Any]]] = {}
    query = """SELECT a.outlet, p.subject, p.article_id, p.mention, p.p_favourable - p.p_unfavourable AS score
        FROM portrayed p JOIN articles a USING (article_id) ORDER BY md5(p.article_id || 'draw')"""
    for outlet, subject, article, mention, score in tables.rows(query):
        unit = {"subject": subject, "article_id": article, "mention": mention}
        rows.setdefault(outlet, []).append({**unit, "value": _truth(article, score)})
    coded = [
        {**row, "chance": n.get(outlet, 0) / len(units)}
        for outlet, units in rows.items()
        for row in units[: n.get(outlet, 0)]
    ]
    settled = pa.Table.from_pylist(coded, CODES)
    harsh = settled.set_column(3, "value", pa.array(["-1"] * settled.num_rows))
    by_coder = {"a": settled.select(CODES.names[:4]), "harsh": harsh.select(CODES.names[:4])}
    return Codes({"portrayal": settled}, {"portrayal": by_coder}, {"portrayal": 0.5})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Archive, CountsWords]:
    study, archive = asked(tmp_path_factory.mktemp("coded"), _articles(5), claim=[CLAIM])
    return study, archive, CountsWords()


Made = tuple[Study, Archive, CountsWords]


def _whole(study: Study, archive: Archive) -> dict[str, float]:
    """What people would say of every mention: the mean by outlet."""
    tables = loaded(Job(study, archive, processes=1, classifier=CountsWords()), ["portrayal"])
    values: dict[str, list[float]] = {}
    for outlet, article, score in tables.rows(
        """SELECT a.outlet, p.article_id, p_favourable - p_unfavourable
        FROM portrayed p JOIN articles a USING (article_id)"""
    ):
        values.setdefault(outlet, []).append(float(_truth(article, score)))
    return {outlet: sum(of) / len(of) for outlet, of in values.items()}


def test_figures_are_corrected_where_enough_is_coded(made: Made) -> None:
    study, archive, classifier = made
    plain = survey(study, archive, processes=1, classifier=classifier)
    codes = _codes(study, archive, classifier, {"north": 60, "south": 20})
    findings = survey(study, archive, processes=1, classifier=classifier, codes=codes)
    before, row = portrayed(plain, outlet="north"), portrayed(findings, outlet="north")
    assert row["calibrated"] is True
    assert (row["n_coded"], row["alpha"]) == (60, 0.5)
    assert (row["plain_estimate"], row["plain_low"]) == (before["estimate"], before["conf_low"])
    truth = _whole(study, archive)["north"]
    assert row["conf_low"] <= truth <= row["conf_high"]
    assert not before["conf_low"] <= truth <= before["conf_high"]
    assert COVERS not in row["note"]
    assert "codebook" in row["note"]
    other = portrayed(findings, outlet="south")
    assert other["calibrated"] is False
    assert other["estimate"] == portrayed(plain, outlet="south")["estimate"]
    assert "30 more" in other["note"]
    assert other["plain_estimate"] is None
    (pair,) = [
        one
        for one in findings.of_wire("with").comparisons.to_pylist()
        if (one["measure"], one["voice"]) == ("portrayal", "all")
    ]
    assert (pair["calibrated"], pair["plain_difference"]) == (False, None)
    assert "south" in pair["note"]
    told = CODING.of(findings.about)
    assert {(cell["outlet"], cell["n_missing"]) for cell in told["cells"]} == {("north", 0), ("south", 30)}


def test_without_codes_nothing_changes(made: Made) -> None:
    study, archive, classifier = made
    findings = survey(study, archive, processes=1, classifier=classifier, codes=Codes())
    assert findings.estimates["n_coded"].null_count == findings.estimates.num_rows
    assert not pc.any(findings.estimates["calibrated"]).as_py()
    assert CODING.get(findings.about) is None
    assert findings.about["figures_hash"] == findings.about["units_hash"]
    assert not findings.coders.num_rows


def test_differences_and_claims_are_of_corrected_figures_on_both_sides(made: Made) -> None:
    study, archive, classifier = made
    codes = _codes(study, archive, classifier, {"north": 70, "south": 70})
    findings = survey(study, archive, processes=1, classifier=classifier, codes=codes)
    rows = {outlet: portrayed(findings, outlet=outlet) for outlet in ("north", "south")}
    apart = rows["north"]["estimate"] - rows["south"]["estimate"]
    (pair,) = [
        one
        for one in findings.of_wire("with").comparisons.to_pylist()
        if (one["measure"], one["voice"]) == ("portrayal", "all")
    ]
    assert pair["calibrated"] is True
    assert pair["difference"] == pytest.approx(apart)
    (verdict,) = findings.verdicts.to_pylist()
    assert verdict["calibrated"] is True
    assert verdict["estimate"] == pytest.approx(apart)
    assert (verdict["conf_low"], verdict["conf_high"]) == pytest.approx((pair["conf_low"], pair["conf_high"]))
    ways = {way["way"]: way for way in findings.ways.to_pylist()}
    by_reader = ways["by the reader alone, without what people coded"]
    assert by_reader["calibrated"] is False
    assert by_reader["estimate"] == pytest.approx(pair["plain_difference"])


def test_each_coders_codes_are_set_beside_those_that_were_settled(made: Made) -> None:
    study, archive, classifier = made
    codes = _codes(study, archive, classifier, {"north": 70})
    findings = survey(study, archive, processes=1, classifier=classifier, codes=codes)
    coders = {
        row["coder"]: row
        for row in findings.of_wire("with").coders.to_pylist()
        if (row["measure"], row["outlet"], row["voice"]) == ("portrayal", "north", "all")
    }
    assert coders["a"]["estimate"] == pytest.approx(coders["a"]["settled"])
    assert coders["a"]["apart"] is False
    assert coders["harsh"]["estimate"] == pytest.approx(-1.0)
    assert coders["harsh"]["apart"] is True


def test_new_codes_read_nothing_again_and_give_what_a_new_survey_gives(made: Made, tmp_path: Path) -> None:
    study, archive, classifier = made
    first = _codes(study, archive, classifier, {"north": 60, "south": 60})
    findings = survey(study, archive, processes=1, classifier=classifier, codes=first)
    findings.save(tmp_path / "dossier")
    more = _codes(study, archive, classifier, {"north": 110, "south": 60})
    classifier.texts.clear()
    again = survey(
        study, archive, processes=1, classifier=classifier, codes=more, previous=tmp_path / "dossier"
    )
    assert not classifier.texts
    fresh = survey(study, archive, processes=1, classifier=classifier, codes=more)
    assert again.about["figures_hash"] == fresh.about["figures_hash"] != findings.about["figures_hash"]
    for name in ("estimates", "comparisons", "coders", "verdicts", "ways", "alignment"):
        assert getattr(again, name).equals(getattr(fresh, name)), name
    again.save(tmp_path / "dossier")
    none = survey(
        study, archive, processes=1, classifier=classifier, codes=Codes(), previous=tmp_path / "dossier"
    )
    assert none.estimates.equals(
        survey(study, archive, processes=1, classifier=classifier, codes=Codes()).estimates
    )


def test_a_series_is_of_stretches_that_hold_enough_codes(made: Made) -> None:
    study, archive, classifier = made
    few = survey(
        study,
        archive,
        processes=1,
        classifier=classifier,
        codes=_codes(study, archive, classifier, {"north": 99}),
    )
    many = survey(
        study,
        archive,
        processes=1,
        classifier=classifier,
        codes=_codes(study, archive, classifier, {"north": 125}),
    )
    by_reader, stretches = (_series(one, "north") for one in (few, many))
    assert not any(row["calibrated"] for row in by_reader)
    assert all(row["calibrated"] and row["n_coded"] >= 50 for row in stretches)
    assert 1 < len(stretches) < len(by_reader)
    assert sum(row["n_coded"] for row in stretches) == 125
    for name in ("n_units", "n_articles", "denominator"):
        assert sum(row[name] for row in stretches) == sum(row[name] for row in by_reader)
    assert stretches[0]["period_start"] == by_reader[0]["period_start"]
    assert stretches[-1]["period_end"] == by_reader[-1]["period_end"]


def _series(findings: Findings, outlet: str) -> list[dict[str, Any]]:
    return [
        row
        for row in findings.of_wire("with").estimates.to_pylist()
        if (row["measure"], row["outlet"], row["voice"]) == ("portrayal", outlet, "all")
        and row["period_start"]
    ]


def test_pages_say_what_people_coded(made: Made, tmp_path: Path) -> None:
    study, archive, classifier = made
    codes = _codes(study, archive, classifier, {"north": 125, "south": 20})
    findings = survey(study, archive, processes=1, classifier=classifier, codes=codes)
    findings.save(tmp_path)
    index = write_dossier(findings, tmp_path).read_text(encoding="utf-8")
    section = index.split('<section id="coding"')[1].split("</section>")[0]
    row = portrayed(findings, outlet="north")
    for name in ("estimate", "plain_estimate"):
        assert f"{abs(row[name]):.2f}" in section
    assert "the codebook does not work" in section
    assert "(20 coded)" in section
    assert "harsh" in section
    assert '<a href="#coding">' in index.split('id="portrayal--model"')[1]
    assert summary(findings, tmp_path / "index.html")["coding"] == CODING.of(findings.about)


def test_a_claim_that_nobody_coded_says_how_many_codes_would_settle_it(made: Made) -> None:
    study, archive, classifier = made
    (verdict,) = survey(
        study, archive, processes=1, classifier=classifier, codes=Codes()
    ).verdicts.to_pylist()
    assert verdict["calibrated"] is False
    found = re.search(r"about ([\d,]+) of north and ([\d,]+) of south coded by people", verdict["reason"])
    assert found is not None
    assert all(50 <= int(n) <= 130 for n in found.groups())


def test_claims_are_judged_by_the_codes_that_there_are(made: Made) -> None:
    study, archive, classifier = made
    codes = _codes(study, archive, classifier, {"north": 70, "south": 70})
    judged = judge_claims(study, archive, processes=1, codes=codes)
    assert judged.verdicts["calibrated"].to_pylist() == [True]


def test_rows_have_a_type_for_every_column() -> None:
    assert EstimateRow.__required_keys__ == set(ESTIMATES.names)
    assert ComparisonRow.__required_keys__ == set(COMPARISONS.names)
