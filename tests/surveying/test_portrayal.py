"""Portrayals: whose voice, which sentences, how much of them, and what is said of it all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.archive import Archive
from masthead.demo.portrayal import (
    PortrayalBeside,
    agreement,
    portrayals_beside,
)
from masthead.findings.findings import Findings
from masthead.study import Study, parse_study
from masthead.surveying import evidence, survey
from masthead.surveying.sources import EXTREMES, KEPT
from masthead.validation.samples_replayed import replay_study
from masthead.validation.samples_replayed import summary as replayed
from tests.surveying.conftest import Surveyed
from tests.surveying.guessing import CountsWords

FRONT = {"id": "front", "kind": "actor", "aliases": ["Shoal Front", "the Shoal"]}
STUDY = {"archive": "a.archive", "measures": ["naming", "portrayal"], "subject": [FRONT]}

GOOD, BAD, PLAIN = 0.75 - 0.0625, 0.0625 - 0.75, 0.0
"""What the tests' classifier makes of a sentence with a good word, a bad word, or neither."""


def asked(folder: Path, articles: list[tuple[str, str]], **study: object) -> tuple[Study, Archive]:
    """An archive of articles (outlet, text), one a day, and a study of portrayal in it."""
    lines = [
        f'{outlet},2020-{1 + i // 28 % 12:02}-{1 + i % 28:02},Number {i},"{text.replace(chr(34), chr(34) * 2)}"'
        for i, (outlet, text) in enumerate(articles)
    ]
    (folder / "a.csv").write_text("outlet,published,title,text\n" + "\n".join(lines), encoding="utf-8")
    archive = Archive.create(folder / "a.archive", frame="everything")
    archive.add(folder / "a.csv")
    return parse_study({**STUDY, **study}), archive


def portrayed(findings: Findings, voice: str = "all", **equal: object) -> dict[str, Any]:
    """The one estimate of portrayal in a voice over all time."""
    rows = [
        row
        for row in findings.of_wire("with").estimates.to_pylist()
        if (row["measure"], row["voice"], row["period_start"]) == ("portrayal", voice, None)
        and all(row[name] == value for name, value in equal.items())
    ]
    assert len(rows) == 1
    return rows[0]


def test_signs_and_ranking_of_planted_portrayals_are_found(surveyed: Surveyed) -> None:
    rows = portrayals_beside(surveyed.findings, surveyed.truth.portrayal_means())
    found = agreement(rows)
    assert found.cells > 50
    assert found.signs_agree is not None
    assert found.signs_agree > 0.75
    assert found.ranking is not None
    assert found.ranking > 0.6


def test_agreement_is_what_it_says() -> None:
    rows = [
        PortrayalBeside("s", outlet, 30, planted, found, -1.0, 1.0)
        for outlet, planted, found in (("a", -0.5, -0.2), ("b", 0.0, 0.1), ("c", 0.3, 0.0), ("d", 0.6, 0.5))
    ]
    told = agreement(rows)
    assert told.bias == pytest.approx(0.0)
    assert told.error == pytest.approx(0.2)
    assert (told.signs, told.signs_agree) == (3, pytest.approx(2 / 3))
    assert told.ranking == told.ranking_all == pytest.approx(0.8)
    assert agreement([]).bias is None


FRENCH = (
    "Le gouvernement a dit hier soir que le Shoal Front avait quitté la ville, et que la route était libre "
    "depuis le matin."
)
SMALL = [
    ("north", 'A man shouted: "The Shoal Front are liars and thugs." He left.'),
    ("north", "The minister said that the Shoal Front had cheated and lied to the town."),
    ("north", "The Shoal Front rescued the crew and was thanked by the town."),
    ("south", "The minister said that the Shoal Front had lied."),
    ("south", "Nobody in the Shoal was honest with the town."),
    ("east", "Nobody met."),
    ("quay", "The Shoal Front met in the town hall."),
    ("quay", FRENCH),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Archive, Findings]:
    """Four outlets: one that quotes, one without quotation marks, one without a mention, one in two languages."""
    study, archive = asked(tmp_path_factory.mktemp("small"), SMALL)
    return study, archive, survey(study, archive, processes=1, classifier=CountsWords())


Small = tuple[Study, Archive, Findings]


def test_a_hostile_quote_does_not_make_the_outlet_look_hostile(small: Small) -> None:
    """Neither in quotation marks nor in a clause that the sentence gives to a speaker."""
    findings = small[2]
    assert portrayed(findings, outlet="north")["estimate"] == pytest.approx((2 * BAD + GOOD) / 3)
    assert portrayed(findings, "own", outlet="north")["estimate"] == pytest.approx(GOOD)
    quoted = portrayed(findings, "quoted", outlet="north")
    assert (quoted["estimate"], quoted["denominator"]) == (pytest.approx(BAD), 2)


def test_without_quotation_marks_the_voice_is_unknown(small: Small) -> None:
    rows = [
        r
        for r in small[2].of_wire("with").estimates.to_pylist()
        if (r["measure"], r["outlet"]) == ("portrayal", "south")
    ]
    assert {row["voice"] for row in rows} == {"all"}
    note = str(portrayed(small[2], outlet="south")["note"])
    assert note.startswith("own and quoted voice unknown")


def test_an_estimate_says_whose_readings_it_is_of(small: Small) -> None:
    row = portrayed(small[2], outlet="quay")
    assert row["calibrated"] is False
    assert row["method"].endswith("of the readings of counts-words (1)")
    assert "mean of the model's readings" in row["note"]
    assert (row["conf_low"], row["conf_high"]) == (-1.0, 1.0)
    differences = [r for r in small[2].of_wire("with").comparisons.to_pylist() if r["measure"] == "portrayal"]
    assert differences
    assert all(r["method"].endswith("counts-words (1)") for r in differences)


def test_a_cell_without_a_mention_has_a_row_and_a_reason(small: Small) -> None:
    row = portrayed(small[2], outlet="east")
    assert row["estimate"] is None
    assert row["note"] == "none of the outlet's 1 articles mentions the subject in a sentence that was read"


def test_an_article_in_another_language_is_counted_and_never_scored(small: Small) -> None:
    study, archive, findings = small
    row = portrayed(findings, outlet="quay")
    assert (row["denominator"], row["n_left_out"]) == (1, 1)
    assert findings.about["portrayal"]["language_refused"] == 1
    assert any("counts-words does not read" in warning for warning in findings.about["warnings"])
    reads_any = CountsWords("any")
    reads_any.languages = None
    found = survey(study, archive, processes=1, classifier=reads_any)
    assert portrayed(found, outlet="quay")["denominator"] == 2
    assert any("gouvernement" in text for text in reads_any.texts)


def test_only_the_articles_of_the_study_are_read(small: Small) -> None:
    classifier = CountsWords("north alone")
    study = parse_study({**STUDY, "outlet": [{"id": "north"}]})
    survey(study, small[1], processes=1, classifier=classifier)
    assert len(classifier.texts) == 3


def test_another_model_gives_other_figures_and_the_same_one_none_anew(small: Small, tmp_path: Path) -> None:
    study, archive, before = small
    before.save(tmp_path)
    same = survey(study, archive, processes=1, previous=tmp_path, classifier=CountsWords())
    other = survey(study, archive, processes=1, previous=tmp_path, classifier=CountsWords("2"))
    assert same.about["figures_hash"] == before.about["figures_hash"]
    assert same.estimates.equals(before.estimates)
    assert portrayed(other, outlet="north")["method"].endswith("counts-words (2)")


def test_portrayal_is_run_again_without_each_alias(small: Small) -> None:
    found = {
        row["alias_left_out"]: row["estimate"]
        for row in small[2].of_wire("with").robustness.to_pylist()
        if (row["measure"], row["outlet"]) == ("portrayal", "south")
    }
    assert found == {"Shoal Front": pytest.approx(GOOD), "the Shoal": pytest.approx(BAD)}


def test_a_sentence_is_read_once_whoever_ran_it_and_new_ones_only(tmp_path: Path) -> None:
    wire = "The Shoal Front rescued the crew of a coal ship."
    study, archive = asked(tmp_path, [("north", wire), ("south", wire), ("south", "The Shoal Front met.")])
    first, second = CountsWords(), CountsWords()
    findings = survey(study, archive, processes=1, classifier=first)
    assert len(first.texts) == len(set(first.texts)) == 2
    assert portrayed(findings, outlet="north")["estimate"] == pytest.approx(GOOD)
    (tmp_path / "b.csv").write_text(
        "outlet,published,title,text\nnorth,2020-05-01,New,The Shoal Front lied to the town.\n",
        encoding="utf-8",
    )
    archive.add(tmp_path / "b.csv")
    assert (
        portrayed(survey(study, archive, processes=1, classifier=second), outlet="north")["denominator"] == 2
    )
    assert len(second.texts) == 1


def many(outlet: str, n: int, good: float, seed: int) -> Iterator[tuple[str, str]]:
    """Articles of one outlet, each with a sentence of its own; a share of them good, a few bad."""
    rng = random.Random(seed)
    for i in range(n):
        deed = "rescued" if rng.random() < good else "robbed" if rng.random() < 0.1 else "counted"
        deed = {"robbed": "betrayed"}.get(deed, deed)
        yield outlet, f"The Shoal Front {deed} {rng.randrange(10**6)} boats in harbour {i}."


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Study, Archive]:
    """An outlet with far more articles than a sample needs, and one with fewer than a first lot."""
    folder = tmp_path_factory.mktemp("large")
    articles = [*many("north", 700, 0.1, 1), *many("south", 30, 0.6, 2)]
    random.Random(3).shuffle(articles)
    return asked(folder, articles, precision=0.1)


def test_a_study_with_a_precision_reads_until_it_is_reached(large: tuple[Study, Archive]) -> None:
    study, archive = large
    classifier = CountsWords("sample")
    findings = survey(study, archive, processes=1, classifier=classifier)
    whole = survey(study.model_copy(update={"precision": None}), archive, processes=1)
    row, of_all = portrayed(findings, outlet="north"), portrayed(whole, outlet="north")
    assert (row["conf_high"] - row["conf_low"]) / 2 <= 0.1
    assert row["conf_low"] <= of_all["estimate"] <= row["conf_high"]
    # Each article read stands for as many as it was drawn from, so that the weights add up to all of them.
    assert row["n_units"] < 400
    assert row["denominator"] == pytest.approx(of_all["denominator"], rel=1e-5)
    assert portrayed(findings, outlet="south")["n_units"] == 30
    assert len(classifier.texts) == row["n_units"] + 30
    assert f"a sample: {row['n_units']} of the 700 articles" in row["note"]
    assert "a sample" not in portrayed(findings, outlet="south")["note"]
    told = findings.about["portrayal"]
    assert (told["precision"], told["mentions"], told["mentions_read"]) == (0.1, 730, len(classifier.texts))
    read = {(cell["outlet"], cell["articles"], cell["articles_read"]) for cell in told["cells"]}
    assert read == {("north", 700, row["n_units"]), ("south", 30, 30)}
    assert any(w.startswith("portrayal is of a sample") for w in findings.about["warnings"])


def test_a_sample_is_spread_over_the_periods(large: tuple[Study, Archive]) -> None:
    study, archive = large
    estimates = survey(study, archive, processes=1).of_wire("with").estimates
    rows = [
        row
        for row in estimates.to_pylist()
        if (row["measure"], row["outlet"], row["voice"]) == ("portrayal", "north", "all")
    ]
    (whole,) = (row["n_units"] for row in rows if row["period_start"] is None)
    for row in rows:
        if row["period_start"] is not None:
            assert row["n_units"] == pytest.approx(whole * row["n_articles"] / 700, abs=2)


def test_the_same_archive_gives_the_same_sample(large: tuple[Study, Archive]) -> None:
    study, archive = large
    first, second = CountsWords("one"), CountsWords("two")
    for classifier in (first, second):
        survey(study, archive, processes=1, classifier=classifier)
    assert first.texts == second.texts


def rows_of(table: pa.Table) -> list[dict[str, Any]]:
    """The rows of portrayal, with their scores."""
    return [
        {**row, "score": row["p_favourable"] - row["p_unfavourable"]}
        for row in table.to_pylist()
        if row["measure"] == "portrayal"
    ]


def test_a_dossier_keeps_the_extremes_and_a_random_few(large: tuple[Study, Archive]) -> None:
    study, archive = large
    every = study.model_copy(update={"precision": None})
    sources = survey(every, archive, processes=1).sources
    some = [row for row in rows_of(sources) if row["outlet"] == "north"]
    whole = rows_of(evidence(every, archive, measure="portrayal", outlet="north", processes=1))
    assert len(whole) == 700
    assert KEPT <= len(some) <= KEPT + 2 * EXTREMES
    assert some[:KEPT] == whole[:KEPT], "the first are a random few, whatever else is kept"
    scores = sorted(row["score"] for row in whole)
    found = sorted(row["score"] for row in some)
    assert found[:EXTREMES] == scores[:EXTREMES]
    assert found[-EXTREMES:] == scores[-EXTREMES:]
    for row in some:
        total = row["p_unfavourable"] + row["p_neutral"] + row["p_favourable"]
        assert total == pytest.approx(1, abs=1e-6)
        assert "Shoal Front" in row["snippet"]


def test_evidence_gives_as_many_as_it_is_asked_for(large: tuple[Study, Archive]) -> None:
    rows = evidence(*large, measure="portrayal", limit=3, processes=1).to_pylist()
    assert [row["outlet"] for row in rows] == ["north"] * 3 + ["south"] * 3


def test_evidence_reads_what_it_is_asked_for_alone(large: tuple[Study, Archive]) -> None:
    study, archive = large
    classifier = CountsWords("asked")
    evidence(study, archive, measure="portrayal", outlet="south", processes=1, classifier=classifier)
    assert len(classifier.texts) == 30
    evidence(study, archive, measure="naming", processes=1, classifier=classifier)
    assert len(classifier.texts) == 30


def test_other_measures_hold_no_guess(surveyed: Surveyed) -> None:
    sources = surveyed.findings.sources
    others = sources.filter(pc.not_equal(sources["measure"], "portrayal"))
    assert others.num_rows
    for name in ("p_unfavourable", "p_neutral", "p_favourable"):
        assert others[name].null_count == others.num_rows


def test_an_archive_replayed_as_samples_covers_its_own_reading(large: tuple[Study, Archive]) -> None:
    study, archive = large
    cells = replay_study(study, archive, 0.1, draws=40, processes=1)
    north, south = cells["north", "front"], cells["south", "front"]
    assert (north.articles, south.articles) == (700, 30)
    assert north.held >= 0.9
    assert north.read < 0.6
    assert (south.read, south.held) == (1.0, 1.0)
    told = replayed(cells)
    assert told["all"]["articles"] == 730
    assert told["large"]["cells"] == 1
    assert told["large"]["least_held"] == north.held
    assert told["all"]["read"] == pytest.approx((north.read * 700 + 30) / 730)


def test_a_replay_without_a_mention_says_so(small: Small) -> None:
    cells = replay_study(small[0], small[1], 0.1, draws=5, processes=1)
    assert ("east", "front") not in cells
    assert replayed({})["large"] == {
        "cells": 0,
        "articles": 0,
        "read": None,
        "held": None,
        "least_held": None,
    }
