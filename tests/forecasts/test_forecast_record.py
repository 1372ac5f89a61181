"""From articles and outcomes to each outlet's record: the list, the estimates, wording beside truth, the command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pytest

from masthead.archive import Archive
from masthead.cli import main
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.findings.schemas import CHANGES, FORECASTS, REVERSALS
from masthead.instruments.forecast.record import OVERCONFIDENT, foretell
from masthead.questions.changes.changes import Dated
from masthead.reading.forecasts import read_forecasts
from masthead.study import load_study, parse_study
from masthead.surveying import survey
from masthead.surveying.sources import evidence
from tests.archives import archive_of
from tests.forecasts.conftest import BECAME, TEXTS, Told

NO_CHANGES = Dated(CHANGES.empty_table(), REVERSALS.empty_table(), {"said": [], "sight": []})


@pytest.fixture(scope="module")
def findings(told: Told) -> Findings:
    """A survey of the archive with its outcomes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("masthead.surveying.run.changes", lambda *_: NO_CHANGES)
        return survey(told.study, told.archive, processes=1)


def shares(findings: Findings, voice: str) -> dict[tuple[str, str | None], tuple[float, float]]:
    """Numerator and denominator of each outlet and subject, over all time."""
    rows = findings.estimates.filter(
        pc.and_(
            pc.equal(findings.estimates["measure"], "forecast"), pc.equal(findings.estimates["voice"], voice)
        )
    ).to_pylist()
    return {
        (row["outlet"], row["subject"]): (row["numerator"], row["denominator"])
        for row in rows
        if row["period_start"] is None and row["wire"] == "with"
    }


def test_the_list_holds_what_was_said_of_whom_in_order_of_time(findings: Findings) -> None:
    table = findings.forecasts
    assert table.schema.equals(FORECASTS)
    rows = table.to_pylist()
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)
    told = {
        row["what"]: (row["outlet"], row["subject"], row["kind"], row["quoted"], row["became"])
        for row in rows
    }
    assert told["is bound to fall"] == ("gazette", "league", "forecast", False, "false")
    assert told["will meet the envoys on Friday"] == ("gazette", "league", "plan", False, None)
    assert told["will fall if the dam breaks"] == ("gazette", "front", "condition", False, None)
    assert told["will lose"] == ("herald", "front", "forecast", True, None)
    assert all(row["what"] in row["snippet"] for row in rows)


def test_the_record_counts_forecasts_of_known_outcome_in_each_voice(findings: Findings) -> None:
    assert shares(findings, "own") == {
        ("gazette", None): (1, 3),
        ("gazette", "league"): (1, 2),
        ("gazette", "front"): (0, 1),
        ("herald", None): (2, 3),
        ("herald", "league"): (1, 2),
        ("herald", "front"): (1, 1),
    }
    assert shares(findings, "quoted") == {("gazette", None): (0, 1), ("gazette", "league"): (0, 1)}
    assert shares(findings, "all")["gazette", None] == (1, 4)


def test_an_outlet_without_quotation_marks_has_no_voice_of_its_own(findings: Findings) -> None:
    rows = [row for row in findings.forecasts.to_pylist() if row["outlet"] == "bulletin"]
    assert [(row["what"], row["quoted"]) for row in rows] == [
        ("will be beaten", None),
        ("will be beaten", True),
    ]
    assert any(
        "no record of their own voice for bulletin" in said for said in findings.about["forecasts"]["said"]
    )


def test_intervals_are_honest_about_three_forecasts(findings: Findings) -> None:
    estimates = findings.estimates
    rows = estimates.filter(pc.equal(estimates["measure"], "forecast")).to_pylist()
    assert rows
    assert all(0 <= row["conf_low"] <= row["estimate"] <= row["conf_high"] <= 1 for row in rows)
    (gazette,) = (
        row
        for row in rows
        if (row["outlet"], row["subject"], row["voice"], row["wire"]) == ("gazette", None, "own", "with")
        and row["period_start"] is None
    )
    assert gazette["conf_high"] - gazette["conf_low"] > 0.5
    assert gazette["n_units"] == 3


def test_what_is_said_beside_counts_every_forecast_once(findings: Findings) -> None:
    told = findings.about["forecasts"]
    counts = told["counts"]
    assert counts["listed"] == findings.forecasts.num_rows
    assert counts["forecasts"] == counts["own"] + counts["quoted"] + counts["voice_unknown"]
    assert counts["own"] == sum(counts[k] for k in ("true", "false", "open", "cannot tell", "unknown"))
    assert (counts["true"], counts["false"], counts["open"], counts["unmatched"]) == (3, 3, 1, 0)
    assert told["outcomes"] == "outcomes.csv"
    assert any("6 of 7 forecasts" in said for said in told["said"])
    assert json.loads(json.dumps(told)) == told


def test_scores_are_the_mean_squared_miss_of_the_bands_middle(findings: Findings) -> None:
    score = {row["outlet"]: row for row in findings.about["forecasts"]["scores"] if row["wire"] == "with"}
    # will (true), is likely (false), is bound (false)
    assert score["gazette"]["brier"] == pytest.approx((0.03**2 + 0.675**2 + 0.97**2) / 3, abs=1e-5)
    assert score["gazette"]["came_true"] == pytest.approx(1 / 3)
    assert score["gazette"]["conf_low"] <= score["gazette"]["brier"] <= score["gazette"]["conf_high"]
    assert score[None]["forecasts"] == 6


def test_wording_is_set_beside_truth_for_all_outlets_and_each(findings: Findings) -> None:
    rows = [row for row in findings.about["forecasts"]["calibration"] if row["wire"] == "with"]
    of_all = {
        row["confidence"]: (row["came_true"], row["forecasts"]) for row in rows if row["outlet"] is None
    }
    assert of_all == {"almost certain": (0, 1), "likely": (1, 2), "unqualified": (2, 3)}
    assert all(row["low"] < row["high"] for row in rows)


def test_many_failures_of_sure_words_are_called_overconfident(tmp_path: Path) -> None:
    sure = archive_of(
        tmp_path,
        [
            {
                "outlet": "gazette",
                "published": f"2016-{1 + at // 28:02}-{1 + at % 28:02}",
                "title": f"No {at}",
                "text": f"The Corvan League is bound to fall. “It was day {at},” said Quist.",
            }
            for at in range(30)
        ],
    )
    asked = parse_study(
        {
            "archive": "made.archive",
            # Thirty articles that hold nothing but one sentence: it would pass for what stands around articles.
            "standing": "count",
            "subject": [{"id": "league", "kind": "actor", "aliases": ["Corvan League"]}],
            "outcomes": str(tmp_path / "o.csv"),
        }
    )
    names = foretell(asked, sure, processes=1).table["forecast"].to_pylist()
    lines = [f"{name},{'true' if at % 3 == 0 else 'false'}" for at, name in enumerate(names)]
    (tmp_path / "o.csv").write_text("forecast,became\n" + "\n".join(lines), encoding="utf-8")
    (row,) = (
        r
        for r in foretell(asked, sure, processes=1).record["calibration"]
        if r["outlet"] and r["wire"] == "with"
    )
    assert (row["came_true"], row["forecasts"], row["says"]) == (10, 30, OVERCONFIDENT)


def test_a_claim_on_three_forecasts_is_not_decided_and_says_what_it_would_need(findings: Findings) -> None:
    (verdict,) = findings.verdicts.to_pylist()
    assert verdict["verdict"] == "not enough evidence"
    assert (verdict["value"], verdict["value_versus"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert "articles with a forecast of known outcome" in verdict["needed"]


def test_the_sentences_behind_the_record_are_evidence(told: Told) -> None:
    rows = evidence(told.study, told.archive, measure="forecast", outlet="herald", processes=1).to_pylist()
    assert sorted((row["label"], row["label_kind"]) for row in rows) == [
        ("is likely", "true"),
        ("will", "false"),
        ("will", "true"),
    ]


def test_outcomes_are_no_part_of_the_study_and_yet_change_its_figures(told: Told, findings: Findings) -> None:
    path = told.enter("others.csv", {**BECAME, "is bound to fall": "true"})
    other = told.study.model_copy(update={"outcomes": str(path)})
    assert other.hash == told.study.hash
    rows = foretell(other, told.archive, processes=1).estimates.to_pylist()
    always = {(r["outlet"], r["subject"]): r["wx"] for r in rows if r["period_start"] is None}
    assert always["gazette", None] == 2
    assert shares(findings, "own")["gazette", None] == (1, 3)


def test_without_outcomes_there_is_a_list_and_no_record(told: Told) -> None:
    found = foretell(told.study.model_copy(update={"outcomes": None}), told.archive, processes=1)
    assert found.table.num_rows
    assert found.estimates.num_rows == 0
    assert found.record["scores"] == found.record["calibration"] == []
    assert any("nobody has entered yet what became" in said for said in found.record["said"])


def test_entries_of_forecasts_that_are_not_listed_are_counted(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("forecast,became\nf000,true\n", encoding="utf-8")
    found = foretell(told.study.model_copy(update={"outcomes": str(path)}), told.archive, processes=1)
    assert found.record["counts"]["unmatched"] == 1
    assert found.record["counts"]["true"] == 0


def test_a_second_reading_reads_nothing_and_names_stay_in_any_order(told: Told, tmp_path: Path) -> None:
    first = read_forecasts(told.archive, told.study, processes=1)
    assert first.counts["sentences_parsed"] == 0
    rows = [
        {"outlet": outlet, "published": f"2016-11-{23 + at:02}", "title": f"Day {at}", "text": text}
        for outlet, texts in reversed(TEXTS.items())
        for at, text in reversed(list(enumerate(texts)))
    ]
    turned = foretell(told.study, archive_of(tmp_path, rows), processes=1)
    assert shares_of(turned.table.to_pylist()) == shares_of(
        foretell(told.study, told.archive).table.to_pylist()
    )


def shares_of(rows: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return sorted((row["forecast"], row["outlet"], row["what"]) for row in rows)


def test_an_archive_that_says_nothing_of_the_future_says_so(tmp_path: Path) -> None:
    archive = archive_of(
        tmp_path, [{"outlet": "a", "published": "2016-11-23", "title": "", "text": "The League ate."}]
    )
    asked = parse_study(
        {"archive": "made.archive", "subject": [{"id": "x", "kind": "actor", "aliases": ["League"]}]}
    )
    found = foretell(asked, archive, processes=1)
    assert found.table.num_rows == 0
    assert "no sentence was found" in found.record["said"][0]


Run = Callable[..., tuple[str, str]]


@pytest.fixture
def run(told: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `masthead forecasts` on the study; return what it printed, to either stream."""

    def told_by(*arguments: str) -> tuple[str, str]:
        monkeypatch.setattr(
            sys, "argv", ["masthead", "forecasts", str(told.folder / "study.toml"), *arguments]
        )
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        assert left.value.code in (0, None), err
        return out, err

    return told_by


def test_the_command_lists_what_was_said_and_each_record(run: Run) -> None:
    out, err = run("--outlet", "gazette", "--all")
    listed, _, record = out.partition("outlet  ")
    assert "is bound to fall" in listed
    assert "plan, unqualified, on Friday (2016-11-25)" in listed
    assert "others' words, FALSE" in listed
    assert "gazette" in record
    assert "herald" not in out
    assert "the record rests on" in err


def test_the_command_writes_the_list_and_gives_plain_data(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    out, err = run("--to", str(path), "--json")
    assert "8 forecasts added to 0" in err
    data = json.loads(out)
    assert sorted(row["forecast"] for row in data["forecasts"]) == sorted(
        line.split(",")[0] for line in path.read_text("utf-8-sig").splitlines()[1:]
    )
    assert {"estimates", "calibration", "scores", "counts", "said", "reading"} <= set(data)


def test_by_default_only_forecasts_in_no_others_words_are_listed(findings: Findings, told: Told) -> None:
    found = foretell(told.study, told.archive, processes=1)
    listed = found.rows_of({"gazette", "bulletin"}, everything=False).to_pylist()
    assert {row["kind"] for row in listed} == {"forecast"}
    assert {(row["outlet"], row["quoted"]) for row in listed} == {("gazette", False), ("bulletin", None)}
    assert found.rows_of({"gazette", "herald", "bulletin"}, everything=True).equals(findings.forecasts)


def test_a_study_with_a_broken_outcomes_file_is_refused_by_one_sentence(told: Told, tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("forecast,became\nf1,never\n", encoding="utf-8")
    with pytest.raises(StudyError, match="'never' in row 2"):
        foretell(
            told.study.model_copy(update={"outcomes": str(tmp_path / "o.csv")}), told.archive, processes=1
        )


def test_a_study_finds_its_outcomes_beside_its_file(told: Told) -> None:
    study = load_study(told.folder / "study.toml")
    assert study.outcomes == str(told.folder / "outcomes.csv")
    assert isinstance(told.archive, Archive)
