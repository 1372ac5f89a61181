"""Many outlets: which are compared is a rule that counts articles, and lots give what one query gives."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.findings.schemas import SCHEMAS
from masthead.measuring import figures, outlets
from masthead.measuring.outlets import COMPARED, LISTED, outlets_compared
from masthead.measuring.units import units_path
from masthead.study import Study, parse_study
from masthead.surveying import survey
from tests.archives import archive_of

OUTLETS = LISTED + 3
NAMED = [
    {"id": "weavers", "kind": "actor", "aliases": ["Weavers"]},
    {"id": "dyers", "kind": "actor", "aliases": ["Dyers"]},
]


def study(outlets: int = 0) -> Study:
    """A study of two guilds that lists so many outlets, or none."""
    listed = [{"id": f"o{n:02}", "match": [f"Outlet {n}"]} for n in range(outlets)]
    told = {"title": "Guilds", "archive": "made.archive", "measures": ["attention"], "subject": NAMED}
    return parse_study({**told, **({"outlet": listed} if listed else {})})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """One article of each outlet, and of the last five a second one."""
    return archive_of(
        tmp_path_factory.mktemp("many"),
        [
            {
                "outlet": f"Outlet {n}",
                "published": f"2020-03-{1 + again:02}",
                "title": f"Number {n} of {again}",
                "text": f"The {'Weavers' if n % 2 else 'Dyers'} met on square {n} in week {again}.",
            }
            for n in range(OUTLETS)
            for again in range(2 if n >= OUTLETS - 5 else 1)
        ],
    )


@pytest.fixture(scope="module")
def findings(archive: Archive) -> Findings:
    return survey(study(OUTLETS), archive)


def pairs(found: Findings) -> set[tuple[str, str]]:
    table = found.comparisons
    return set(zip(table["outlet"].to_pylist(), table["versus"].to_pylist(), strict=True))


def test_of_many_outlets_those_with_most_articles_are_compared(findings: Findings) -> None:
    compared = {outlet for pair in pairs(findings) for outlet in pair}
    assert len(compared) == COMPARED
    # The last five have two articles; of the others, which have one, the first by their ids.
    assert compared == {f"o{n:02}" for n in [*range(COMPARED - 5), *range(OUTLETS - 5, OUTLETS)]}
    assert len(pairs(findings)) == COMPARED * (COMPARED - 1) // 2
    assert findings.about["compared"] == {
        "outlets": COMPARED,
        "of": OUTLETS,
        "rule": f"all pairs of the {COMPARED} outlets with the most articles",
    }
    assert len(set(findings.estimates["outlet"].to_pylist())) == OUTLETS


@pytest.mark.parametrize(
    ("listed", "there", "compared"),
    [
        (True, LISTED, LISTED),
        (True, LISTED + 1, COMPARED),
        (True, 7, 7),
        (False, 300, COMPARED),
        (False, 7, 7),
    ],
)
def test_how_many_are_compared_hangs_on_nothing_but_numbers(listed: bool, there: int, compared: int) -> None:
    outlets = [{"id": f"o{n:03}", "n_articles": 9 if n < there else 0} for n in range(there + 2)]
    assert len(outlets_compared(outlets, study(1 if listed else 0))) == compared


def test_lots_give_what_one_query_gives(
    archive: Archive, findings: Findings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    units = units_path(archive, findings.about["figures_hash"])
    before = pq.ParquetFile(units).read()
    monkeypatch.setattr(outlets, "LOT", 40)
    for name in ("_PAIRS", "_ROWS"):
        monkeypatch.setattr(figures, name, 7)
    again = survey(study(OUTLETS), archive)
    assert pq.ParquetFile(units).read().to_pylist() == before.to_pylist()
    for name in SCHEMAS:
        one, other = (pa.table(getattr(found, name)).combine_chunks() for found in (findings, again))
        assert one.equals(other), name


def test_a_survey_says_where_its_time_went(findings: Findings, tmp_path: Path) -> None:
    stages = [one["stage"] for one in findings.about["timings"]]
    assert len(stages) == len(set(stages)) > 10
    assert stages[:2] == ["looking for what does not count", "reading names and labels"]
    assert stages[-1] == "claims"
    assert all(one["seconds"] >= 0 for one in findings.about["timings"])
    findings.save(tmp_path)
    assert Findings.load(tmp_path).about["timings"] == findings.about["timings"]
