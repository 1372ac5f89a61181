"""A survey counts an outlet's versions of one article once, and says so; or all, where the study asks for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli.commands import application
from masthead.findings.findings import Findings
from masthead.links.reuse import read_reuse
from masthead.measuring.counting import counted
from masthead.study import Study, parse_study
from masthead.surveying import survey
from masthead.surveying.pages import write_dossier
from tests.archives import archive_of
from tests.repeats.made import sentences

FIRE = "Fire broke out in the port of Ilmar on Monday night. "
HALE = 'Mayor Tomas Hale visited the quay. "We will rebuild," Hale said. '
VERSIONS = (
    ("2021-03-31T20:10:00Z", "Fire in port", FIRE + "No one was hurt, the fire brigade said."),
    (
        "2021-03-31T22:10:00Z",
        "Mayor visits quay",
        FIRE + "Two people were hurt, the fire brigade said. " + HALE,
    ),
    (
        "2021-04-01T01:10:00Z",
        "Three hurt in fire",
        FIRE + "Three people were hurt, the fire brigade said. " + HALE,
    ),
)


def study_of(**more: object) -> Study:
    hale = {"id": "hale", "kind": "actor", "person": True, "aliases": ["Tomas Hale"]}
    return parse_study({"archive": "made.archive", "measures": ["attention"], "subject": [hale], **more})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    rows = [
        {
            "outlet": "Coast Herald",
            "published": day,
            "title": title,
            "text": text,
            "url": f"https://c.example/fire?v={day}",
        }
        for day, title, text in VERSIONS
    ]
    rows[1]["url"] = rows[2]["url"] = rows[0]["url"]
    for outlet, title, seed in (("Coast Herald", "Library closes", 1), ("Tidewatch", "Blaze", 2)):
        day = "2021-04-02T08:00:00Z"
        text = " ".join(sentences(seed, 4))
        rows.append(
            {
                "outlet": outlet,
                "published": day,
                "title": title,
                "text": text,
                "url": f"https://x.example/{seed}",
            }
        )
    return archive_of(tmp_path_factory.mktemp("folded"), rows)


@pytest.fixture(scope="module")
def folded(archive: Archive) -> Findings:
    return survey(study_of(period={"by": "month"}), archive, processes=1)


def attention(findings: Findings) -> dict[str, tuple[float, float]]:
    """Numerator and denominator at the Coast Herald, by period."""
    return {
        str(row["period_start"] or "all"): (row["numerator"], row["denominator"])
        for row in findings.of_wire("with").estimates.to_pylist()
        if row["outlet"] == "coast-herald" and row["denominator"]
    }


def test_versions_count_once_on_the_day_of_the_first(folded: Findings) -> None:
    assert attention(folded) == {"all": (1, 2), "2021-03-01": (1, 1), "2021-04-01": (0, 1)}


def test_how_many_were_folded_is_said(folded: Findings, archive: Archive, tmp_path: Path) -> None:
    told = folded.about["repeats"]
    assert (told["mode"], told["folded"], told["kept"], told["address"], told["text"]) == ("fold", 2, 1, 2, 0)
    assert told["outlets"] == [{"outlet": "coast-herald", "address": 2, "text": 0}]
    assert {o["id"]: o["n_repeats"] for o in folded.about["outlets"]} == {"coast-herald": 2, "tidewatch": 0}
    assert [(row["title"], row["kept_title"]) for row in folded.repeats.to_pylist()] == [
        ("Fire in port", "Three hurt in fire"),
        ("Mayor visits quay", "Three hurt in fire"),
    ]
    assert sum("repeats.csv" in warning for warning in folded.about["warnings"]) == 1
    folded.save(tmp_path)
    page = write_dossier(folded, tmp_path).read_text(encoding="utf-8")
    assert 'id="repeats"' in page
    assert 'href="repeats.csv"' in page


def test_each_version_counts_where_the_study_asks_for_it(archive: Archive) -> None:
    findings = survey(study_of(repeats="count"), archive, processes=1)
    assert attention(findings)["all"] == (2, 4)
    assert findings.about["repeats"]["mode"] == "count"
    assert findings.repeats.num_rows == 0
    assert not any("repeats.csv" in warning for warning in findings.about["warnings"])
    assert study_of(repeats="count").hash != study_of().hash


def test_a_study_s_own_period_decides_whose_versions_are_told(archive: Archive) -> None:
    findings = survey(study_of(period={"from": "2021-04-01"}), archive, processes=1)
    assert findings.about["repeats"]["folded"] == 0


def test_commands_list_repeats(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    app, run = application(), CliRunner()
    told = json.loads(run.invoke(app, ["repeats", str(archive.path), "--json"]).stdout)
    assert (told["folded"], len(told["repeats"])) == (2, 2)
    lines = run.invoke(app, ["repeats", str(archive.path)]).stdout
    assert lines.startswith("2 of 5 articles")
    assert lines.count("  same page  ") == 3
    rows = run.invoke(app, ["repeats", str(archive.path), "--csv"]).stdout
    assert rows.count("Three hurt in fire") == 2
    assert run.invoke(app, ["repeats", str(archive.path), "--outlet", "Tidewatch"]).stdout.startswith(
        "0 of 5"
    )
    assert run.invoke(app, ["repeats", str(archive.path), "--outlet", "Tidewach"]).exit_code != 0
    info = run.invoke(app, ["archive", "info", str(archive.path)]).stdout
    assert "repeats: 2 of 5 articles" in info
    monkeypatch.setattr("masthead.cli.archives.archive._AT_ONCE", 4)
    links = archive.path / "links"
    links.rename(archive.path / "elsewhere")
    assert "repeats: not looked for yet" in run.invoke(app, ["archive", "info", str(archive.path)]).stdout
    (archive.path / "elsewhere").rename(links)
    info_json = json.loads(run.invoke(app, ["archive", "info", str(archive.path), "--json"]).stdout)
    assert info_json["repeats"]["outlets"] == [{"outlet": "Coast Herald", "address": 2, "text": 0}]


def test_an_update_takes_nothing_from_who_was_first(tmp_path: Path) -> None:
    text = sentences("first", 14)
    rows = [
        {
            "outlet": outlet,
            "published": f"2021-03-01T{hour:02}:00:00Z",
            "title": title,
            "text": " ".join(told),
            "url": url,
        }
        for outlet, hour, title, told, url in (
            ("Coast Herald", 6, "Fire in port", text[:12], "https://c.example/fire"),
            ("Tidewatch", 13, "Port on fire", text[:12], "https://t.example/fire"),
            ("Coast Herald", 20, "Fire in port is out", text, "https://c.example/fire"),
        )
    ]
    archive = archive_of(tmp_path, rows)
    links = read_reuse(counted(archive)).links
    import pyarrow.parquet as pq

    (link,) = pq.read_table(links).to_pylist()
    assert (link["outlet"], link["source_outlet"], link["order_known"]) == ("Tidewatch", "Coast Herald", True)
