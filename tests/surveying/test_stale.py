"""Nothing that older code worked out is taken for what this code would: it goes when its version rises."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.findings.schemas import ALIGNMENT, EXPLANATIONS, GAPS
from masthead.links.repeats import reader as repeats
from masthead.links.reuse import reader as reuse
from masthead.links.standing import reader as standing
from masthead.questions.alignment import alignment as alignments
from masthead.questions.changes import changes as dated
from masthead.reading import reader as naming
from masthead.reading.reader import config_hash
from masthead.reading.wording import whose
from masthead.reading.wording.whose import wording_hash
from masthead.study import Study
from masthead.surveying import run, survey
from tests.surveying.conftest import Surveyed


class MadeAnew(Exception):  # noqa: N818  no error: it says that figures were made
    """Raised where a survey begins to make figures."""


def made_anew(*_: Any) -> None:
    raise MadeAnew


def asked(**more: Any) -> Study:
    subject = {"id": "front", "kind": "actor", "aliases": ["Shoal Front"]}
    return Study.model_validate({"archive": "a", "title": "t", "subject": [subject], **more})


def test_figures_of_an_older_version_are_not_taken_over(
    small: Surveyed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small.findings.save(tmp_path)
    monkeypatch.setattr(run, "build", made_anew)
    again = survey(small.study, small.archive, previous=tmp_path, processes=1)
    assert again.estimates.equals(small.findings.estimates)
    assert (
        run.judge(small.study, small.archive, processes=1).about["figures_hash"]
        == again.about["figures_hash"]
    )
    monkeypatch.setattr(run, "FIGURES_VERSION", 99)
    with pytest.raises(MadeAnew):
        survey(small.study, small.archive, previous=tmp_path, processes=1)
    with pytest.raises(MadeAnew):
        run.judge(small.study, small.archive, processes=1)


@pytest.mark.parametrize("reader", [standing, repeats, reuse])
def test_figures_go_with_the_version_of_what_reads_many_articles(
    small: Surveyed, reader: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = Archive.open(shutil.copytree(small.archive.path, tmp_path / "press.archive"))
    monkeypatch.setattr(run, "build", made_anew)
    monkeypatch.setattr(reader, "VERSION", "99")
    with pytest.raises(MadeAnew):
        run.judge(small.study, archive, processes=1)


@pytest.mark.parametrize("name", ["MENTIONS_VERSION", "PARSES_VERSION", "VERSION"])
def test_readings_go_with_the_versions_that_they_hang_on(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = config_hash(asked()), wording_hash(asked())
    monkeypatch.setattr(naming, name, "99")
    now = config_hash(asked()), wording_hash(asked())
    assert all(one != other for one, other in zip(before, now, strict=True))
    monkeypatch.setattr(whose, "QUOTES_VERSION", "99")
    assert wording_hash(asked()) != now[1]


def test_changes_are_looked_for_again_when_their_version_rises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Path] = []

    def found(units: Path, *_: Any) -> tuple[Any, dict[str, Any]]:
        looked.append(units)
        return dated._CACHED.empty_table(), {"said": [f"time {len(looked)}"], "sight": []}

    monkeypatch.setattr(dated, "_search", found)
    told = [
        dated.changes(tmp_path / "units.parquet", asked(), GAPS.empty_table()).about["said"] for _ in range(2)
    ]
    monkeypatch.setattr(dated, "VERSION", "99")
    told.append(dated.changes(tmp_path / "units.parquet", asked(), GAPS.empty_table()).about["said"])
    assert told == [["time 1"], ["time 1"], ["time 2"]]


def test_the_map_is_made_again_when_its_version_rises_or_factors_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Study] = []

    def found(_: Path, study: Study, *__: Any) -> alignments.Aligned:
        made.append(study)
        return alignments.Aligned(ALIGNMENT.empty_table(), EXPLANATIONS.empty_table(), {"time": len(made)})

    def time(study: Study) -> int:
        return int(alignments.alignment(tmp_path / "units.parquet", study, Findings()).about["time"])

    monkeypatch.setattr(alignments, "_alignment", found)
    factor = asked(factor=[{"id": "side", "values": {"front": 1}}])
    assert [time(asked()), time(asked()), time(factor), time(factor)] == [1, 1, 2, 2]
    monkeypatch.setattr(alignments, "VERSION", "99")
    assert [time(asked()), time(factor)] == [3, 4]
