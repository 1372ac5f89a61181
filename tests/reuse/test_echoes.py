from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.cli import application
from masthead.instruments.echo.echoes import archive_tables, echoes
from masthead.links.reuse import read_reuse
from tests.archives import archive_of
from tests.reuse.made import article, prose

STORY = prose(1, 120)
ROWS = [
    article("alpha", "2020-03-01T06:00:00Z", STORY),
    article("alpha", "2020-03-05T06:00:00Z", prose(2, 120)),
    article("beta", "2020-03-02T06:00:00Z", f"{STORY} {prose(3, 120)}"),
    article("beta", "2020-03-03T06:00:00Z", prose(4, 240)),
    article("gamma", "", STORY),
]


def run(*arguments: str) -> tuple[int, str]:
    told = CliRunner().invoke(application(), ["echoes", *arguments])
    return told.exit_code, told.output


def test_echo_is_the_share_of_words_that_stood_elsewhere_before(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, ROWS)
    found = echoes(archive_tables(archive, read_reuse(archive)), archive, level=0.95)
    shares = {
        row["outlet"]: row["estimate"] for row in found.estimates.to_pylist() if row["period_start"] is None
    }
    assert shares == {"alpha": 0.0, "beta": pytest.approx(120 / 480)}
    (pair,) = found.network.to_pylist()
    assert (pair["outlet"], pair["source"], pair["articles"], pair["words"]) == ("beta", "alpha", 1, 120)
    assert pair["lag"] == 86_400
    (example,) = found.examples.to_pylist()
    assert example["passage"] == example["source_passage"]
    assert STORY.startswith(example["passage"])
    assert {(row["outlet"], row["other"]) for row in found.unordered.to_pylist()} == {
        ("alpha", "gamma"),
        ("beta", "gamma"),
    }


def test_the_command_prints_shares_pairs_and_passages_side_by_side(tmp_path: Path) -> None:
    many = [article("alpha", f"2020-04-{day:02}", prose(50 + day, 60)) for day in range(1, 6)]
    archive = archive_of(tmp_path, [*ROWS, *many])
    code, output = run(str(archive.path))
    assert code == 0
    assert "beta after alpha: 120 words in 1 article" in output
    assert "within 24.0 hours" in output
    assert "1 of 10 articles are undated" in output
    code, output = run(str(archive.path), "--json", "--outlet", "beta")
    told = json.loads(output)
    assert {row["outlet"] for row in told["estimates"]} == {"beta"}
    assert told["reading"]["counts"]["articles"] == 10
    assert run(str(archive.path), "--outlet", "betta")[0] != 0


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([row for row in ROWS if row["outlet"] == "alpha"], "of one outlet"),
        ([{**row, "published": ""} for row in ROWS], "no article has a date"),
    ],
)
def test_where_echo_cannot_speak_it_says_why(tmp_path: Path, rows: list[dict[str, str]], why: str) -> None:
    archive = archive_of(tmp_path, rows)
    found = echoes(archive_tables(archive, read_reuse(archive)), archive, level=0.95)
    assert why in " ".join(found.said)
    assert found.network.num_rows == 0
