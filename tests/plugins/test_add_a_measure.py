"""An outsider adds a measure: a package of one file outside this repository, found by its entry point alone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.archives import archive_of

EXAMPLE = Path(__file__).parents[2] / "docs" / "design" / "headline_questions.py"
NAME = "headline-questions"

STUDY = """
archive = "a.archive"
measures = ["attention", "headline-questions"]

[[subject]]
id = "harbour"
name = "Harbour"
kind = "issue"
aliases = ["harbour"]

[[outlet]]
id = "gazette"

[[outlet]]
id = "mail"

[[outlet]]
id = "tribune"
name = "Tribune"
absent = true

[[claim]]
id = "asks-more"
text = "The Gazette asks more about the harbour than the Mail."
measure = "headline-questions"
subject = "harbour"
outlet = "gazette"
versus = "mail"
expect = "more"
margin = 0.05

[[claim]]
id = "never-asks"
text = "The Mail never asks about the harbour in a headline."
measure = "headline-questions"
subject = "harbour"
outlet = "mail"
expect = "never"

[[claim]]
id = "always-asks"
text = "The Gazette asks in every headline, whatever it is about."
measure = "headline-questions"
outlet = "gazette"
expect = "always"

[[claim]]
id = "turned"
text = "The Mail came to ask about the harbour."
measure = "headline-questions"
subject = "harbour"
outlet = "mail"
expect = "changed"

[[claim]]
id = "nobody-asks"
text = "The Tribune asks about the harbour more than the Mail."
measure = "headline-questions"
subject = "harbour"
outlet = "tribune"
versus = "mail"
expect = "more"
"""

REFUSED = {
    'category = "why"': "names a category of headline-questions, which has none; expected a claim without `category`",
    'voice = "own"': "asks for 'own' words, and headline-questions does not tell voices apart; expected a claim "
    "without `voice`, or one about naming, portrayal, kinship or forecast",
    "margin = 1.5": "has a margin of 1.5 that no difference can pass; expected a number from 0 to below 1: shares lie "
    "between 0 and 1",
    'expect = "favourable"': "expects 'favourable' of headline-questions; expected 'favourable' only beside "
    '`measure = "portrayal"`',
    'expect = "silent"': "expects 'silent' of headline-questions; expected 'silent' only beside "
    '`measure = "silence"`',
}
"""What no claim may ask of the outsider's measure, and what is said."""

_FIGURE = """
import json

from masthead import Archive, load_study, survey

findings = survey(load_study("study.toml"), Archive.open("a.archive"), processes=1)
(share,) = [
    row["estimate"]
    for row in findings.estimates.to_pylist()
    if (row["subject"], row["wire"], row["period_start"]) == ("harbour", "with", None)
]
print(json.dumps([share, findings.about["figures_hash"]]))
"""

_LOAD = """
import json, sys
from masthead.errors import StudyError
from masthead.study import parse_study

for study in json.load(sys.stdin):
    try:
        parse_study(study)
        print("nothing is wrong")
    except StudyError as error:
        print(str(error).replace(chr(10), " "))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which the package is installed: its file, and the entry point that its metadata names."""
    site = tmp_path_factory.mktemp("site")
    (site / EXAMPLE.name).write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    metadata = site / "headline_questions-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: headline-questions\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        f"[masthead.instruments]\n{NAME} = {EXAMPLE.stem}:INSTRUMENT\n", encoding="utf-8"
    )
    return {**os.environ, "PYTHONPATH": str(site)}


@pytest.fixture(scope="module")
def surveyed(installed: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A survey that asks for the outsider's measure: the Gazette asks in 30 of 40 headlines, the Mail in 4 of 40."""
    folder = tmp_path_factory.mktemp("surveyed")
    rows = [
        {
            "outlet": outlet,
            "published": f"2021-{1 + at % 12:02}-{1 + at % 28:02}",
            "title": f"Will the harbour open on pier {at}?"
            if at < asks
            else f"The harbour opens on pier {at}",
            "text": f"The harbour was the talk of ward {at} once more, and {at} boats lay there all day long.",
        }
        for outlet, asks in (("gazette", 30), ("mail", 4))
        for at in range(40)
    ]
    archive_of(folder, rows, "a")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    run(installed, folder, "survey", "study.toml", "--output", "dossier")
    return folder


def run(environment: dict[str, str], folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "masthead", *words],
        env=environment,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_is_one_short_file() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) <= 120


def test_it_is_listed(installed: dict[str, str], tmp_path: Path) -> None:
    listed = json.loads(run(installed, tmp_path, "measures", "list", "--json"))
    assert NAME in [measure["name"] for measure in listed]


def test_its_figures_are_among_the_estimates(surveyed: Path) -> None:
    rows = _estimates(surveyed)
    assert {row["outlet"]: row["estimate"] for row in rows} == {"gazette": 0.75, "mail": 0.1}
    assert all(row["conf_low"] < row["estimate"] < row["conf_high"] for row in rows)


def test_outlets_are_compared_by_it(surveyed: Path) -> None:
    compared = pq.read_table(surveyed / "dossier" / "comparisons.parquet").to_pylist()
    (row,) = [r for r in compared if (r["measure"], r["subject"], r["wire"]) == (NAME, "harbour", "with")]
    assert abs(row["difference"]) == pytest.approx(0.65)


@pytest.mark.parametrize(
    ("claim", "verdict", "reason"),
    [
        ("asks-more", "supported", "the whole interval lies beyond the margin of 5 points"),
        ("never-asks", "contradicted", "4 of 40 articles that this measure counts do so"),
        ("always-asks", "contradicted", "10 of 40 articles that this measure counts do otherwise"),
        ("turned", "supported", "the share drifted from 40% to 0%"),
        ("nobody-asks", "untestable", "Tribune is absent"),
    ],
)
def test_claims_are_judged_by_it(surveyed: Path, claim: str, verdict: str, reason: str) -> None:
    rows = pq.read_table(surveyed / "dossier" / "verdicts.parquet").to_pylist()
    row = next(row for row in rows if row["claim"] == claim)
    assert row["verdict"] == verdict
    assert reason in row["reason"]


def test_a_verdict_says_how_many_of_its_articles_would_decide(surveyed: Path) -> None:
    rows = pq.read_table(surveyed / "dossier" / "verdicts.parquet").to_pylist()
    needed = next(row["needed"] for row in rows if row["claim"] == "nobody-asks")
    assert "articles that this measure counts" in needed


def test_the_headlines_that_speak_against_never_are_shown(surveyed: Path) -> None:
    rows = pq.read_table(surveyed / "dossier" / "counterexamples.parquet").to_pylist()
    against = [row for row in rows if row["claim"] == "never-asks"]
    assert len(against) == 4
    assert all(row["snippet"].endswith("?") for row in against)


def test_what_no_claim_may_ask_of_it_is_refused_in_plain_words(installed: dict[str, str]) -> None:
    studies = [_claiming(written) for written in REFUSED]
    done = subprocess.run(
        [sys.executable, "-c", _LOAD],
        input=json.dumps(studies),
        env=installed,
        capture_output=True,
        text=True,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(REFUSED), done.stderr
    for line, said in zip(lines, REFUSED.values(), strict=True):
        assert said in line


def _claiming(written: str) -> dict[str, Any]:
    """A study whose claim on the outsider's measure has one key more, or another value of it."""
    study = tomllib.loads(STUDY)
    claim = study["claim"][0] | tomllib.loads(written)
    if written.startswith("expect"):
        del claim["versus"]
    return study | {"claim": [claim]}


def test_a_page_of_the_dossier_shows_it_with_its_evidence(surveyed: Path) -> None:
    page = (surveyed / "dossier" / "index.html").read_text(encoding="utf-8")
    assert "How often does this outlet ask in a headline instead of saying?" in page
    assert "How often headlines on <bdi>Harbour</bdi> ask" in page
    assert "gazette</bdi> asks in <a" in page
    evidence = [p.read_text(encoding="utf-8") for p in (surveyed / "dossier" / "evidence").rglob("*.html")]
    assert any("Will the harbour open on pier" in text for text in evidence)
    assert all("Headlines on <bdi>Harbour</bdi> that ask" in text for text in evidence)


def test_its_sentences_are_had_on_the_terminal(installed: dict[str, str], surveyed: Path) -> None:
    told = run(installed, surveyed, "evidence", "study.toml", "--measure", NAME, "--outlet", "mail", "--json")
    assert len(json.loads(told)) == 4


def test_figures_are_made_again_where_the_package_changed(installed: dict[str, str], tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(installed["PYTHONPATH"], site)
    environment = {**installed, "PYTHONPATH": str(site)}
    row = {
        "outlet": "mail",
        "published": "2021-01-01",
        "text": "The harbour lay still. Nothing more is known.",
    }
    titles = ("Is the harbour open?", "The harbour is shut", "The harbour again")
    archive_of(tmp_path, ({**row, "title": title} for title in titles), "a")
    study = STUDY.split("[[outlet]]")[0].replace('"attention", ', "")
    (tmp_path / "study.toml").write_text(study, encoding="utf-8")
    shares = []
    for condition in ("LIKE '%?'", "LIKE '%?'", "LIKE '%t%'"):
        code = EXAMPLE.read_text(encoding="utf-8").replace("LIKE '%?'", condition)
        (site / EXAMPLE.name).write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _FIGURE], env=environment, cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        shares.append(tuple(json.loads(done.stdout)))
    assert shares[0] == shares[1]
    assert [round(share, 2) for share, _ in shares] == [0.33, 0.33, 0.67]


FAULTS = {
    ('"period_start", "asks"]', '"period_start", "ask"]'): "fails in `units`: ColumnNotFoundError",
    ("title LIKE", "titel LIKE"): "fails in `load`: BinderException",
    ("NULL AS category, ", ""): "the `evidence` of 'headline-questions', of the installed instrument "
    "'headline-questions', lacks 'category'; expected these columns, in this order: measure, outlet, subject, category",
    ("'title' AS field, 0 AS start", "0 AS start, 'title' AS field"): "has its columns in another order",
    ('    denominator = "1"\n', ""): "fails in what it declares: AttributeError",
    ("import pyarrow as pa", "import pyarow as pa"): "fails when it is loaded: ModuleNotFoundError",
}
"""What an author of a package may get wrong, and what is said: never that it is a fault in Masthead."""


@pytest.mark.parametrize(("right", "wrong"), FAULTS)
def test_a_fault_of_the_package_is_called_one(
    installed: dict[str, str], surveyed: Path, tmp_path: Path, right: str, wrong: str
) -> None:
    site = tmp_path / "site"
    shutil.copytree(installed["PYTHONPATH"], site)
    code = EXAMPLE.read_text(encoding="utf-8")
    assert right in code
    (site / EXAMPLE.name).write_text(code.replace(right, wrong), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "masthead", "survey", "study.toml", "--output", str(tmp_path / "dossier")],
        env={**installed, "PYTHONPATH": str(site)},
        cwd=surveyed,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert FAULTS[right, wrong] in done.stderr
    assert "headline-questions" in done.stderr
    assert "fault in Masthead" not in done.stderr


def test_without_the_package_the_study_names_what_is_missing(surveyed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "masthead", "survey", "study.toml"],
        cwd=surveyed,
        capture_output=True,
        text=True,
    )
    assert done.returncode != 0
    assert f"there is no '{NAME}'" in done.stderr


def _estimates(folder: Path) -> list[dict[str, Any]]:
    rows = pq.read_table(folder / "dossier" / "estimates.parquet").to_pylist()
    return [
        row
        for row in rows
        if (row["measure"], row["subject"], row["wire"]) == (NAME, "harbour", "with")
        and row["period_start"] is None
    ]
