"""An ingest can be taken back, and its file added again as it should have been."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from archive_samples import ARTICLES, articles_of, files_of, write_csv

from masthead.archive import Archive
from masthead.archive.dates import column as dates
from masthead.errors import SourceError, UsageError

MAP = {"outlet": "desk", "published": "published", "title": "title", "text": "text"}
LATER = [{**ARTICLES[0]}, {**ARTICLES[0], "title": "Another"}]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "first.csv", ARTICLES)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "later.csv", LATER)


class TestUndo:
    def test_takes_the_last_ingest_back_and_says_so_in_the_index(
        self, archive: Archive, first: Path, tmp_path: Path
    ) -> None:
        archive.add(first)
        before = files_of(archive)
        archive.add(
            write_csv(tmp_path / "b.csv", [{**ARTICLES[0], "title": "B"}, {**ARTICLES[0], "outlet": ""}])
        )
        undone = archive.undo()
        assert (undone.articles, undone.refused, undone.sources) == (1, 1, ["b.csv"])
        after = files_of(archive)
        told = [json.loads(line) for line in after.pop("ingests.jsonl").decode().splitlines()]
        assert [line.get("ingest", line.get("undone")) for line in told][1:] == undone.ingests * 2
        before.pop("ingests.jsonl")
        assert after == before
        info = archive.info()
        assert (info.ingests, info.undone, info.rows, info.articles) == (1, undone.ingests, 3, 3)
        assert archive.check().faults == []

    def test_by_name_or_number(self, archive: Archive, first: Path, tmp_path: Path) -> None:
        archive.add(first)
        archive.add(write_csv(tmp_path / "b.csv", [{**ARTICLES[0], "title": "B"}]))
        archive.undo("0001")
        archive.undo(archive.ingests()[0]["ingest"])
        assert archive.parts() == []
        with pytest.raises(UsageError, match="holds no ingest"):
            archive.undo()

    def test_what_does_not_stand_cannot_be_taken_back(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        with pytest.raises(UsageError, match="there is no ingest '0002'"):
            archive.undo("0002")
        archive.undo()
        with pytest.raises(UsageError, match="holds no ingest"):
            archive.undo("0001")

    def test_names_are_never_given_twice(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        archive.undo()
        archive.add(first)
        assert archive.ingests()[0]["ingest"].startswith("0002-")
        assert len(articles_of(archive)) == 3

    def test_rows_that_later_ingests_left_out_are_not_lost_with_it(
        self, archive: Archive, first: Path, later: Path
    ) -> None:
        archive.add(first)
        archive.add(later)
        before = files_of(archive)
        name = archive.ingests()[1]["ingest"]
        with pytest.raises(UsageError, match=rf"would be lost with them: {name} \(1\)"):
            archive.undo("1".zfill(4))
        assert files_of(archive) == before
        assert archive.undo("0001", also=True).articles == 4
        archive.add(later)
        archive.add(first)
        assert len(articles_of(archive)) == 4

    def test_an_older_index_does_not_say_whose_duplicates_they_were(
        self, archive: Archive, first: Path, later: Path
    ) -> None:
        archive.add(first)
        archive.add(later)
        index = archive.path / "ingests.jsonl"
        lines = [json.loads(line) for line in index.read_text().splitlines()]
        del lines[1]["duplicate_of"]
        index.write_text("".join(json.dumps(line) + "\n" for line in lines))
        with pytest.raises(UsageError, match="up to 1; an older Masthead"):
            archive.undo("0001")
        archive.undo("0002")
        archive.undo("0001")

    def test_a_damaged_ingest_can_be_taken_back_and_added_again(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        archive.parts()[0].path.unlink()
        archive.undo()
        archive.add(first)
        assert len(articles_of(archive)) == 3


class TestTheSameFileMappedOtherwise:
    def test_is_refused_where_its_rows_would_stand_twice(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        before = files_of(archive)
        with pytest.raises(SourceError, match=r"was added before, as 0001-.*2 of its 3 rows.*--replace"):
            archive.add(first, mapping=MAP)
        assert files_of(archive) == before

    def test_is_said_where_its_rows_are_duplicates(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        report = archive.add(first, mapping={"section": "desk"})
        assert report.kept == 0
        assert "--replace" in report.notes[0]
        assert "--replace" not in archive.add(first).notes[0]

    def test_replaces_what_was_added(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        report = archive.add(first, mapping={"section": "desk"}, replace=True)
        assert (report.kept, report.duplicate) == (3, 0)
        assert [row["section"] for row in articles_of(archive)] == ["ports", "politics", None]
        assert [line["ingest"][:4] for line in archive.ingests()] == ["0002"]
        assert archive.check().faults == []

    def test_replacing_with_the_same_leaves_the_same_articles(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        articles = articles_of(archive)
        archive.add(first, replace=True)
        assert articles_of(archive) == articles
        assert archive.check().faults == []

    def test_does_not_lose_what_later_ingests_left_out(
        self, archive: Archive, first: Path, later: Path
    ) -> None:
        archive.add(first)
        archive.add(later)
        with pytest.raises(UsageError, match="would be lost"):
            archive.add(first, mapping=MAP, replace=True)

    def test_can_be_added_after_an_undo(self, archive: Archive, first: Path) -> None:
        archive.add(first)
        archive.undo()
        assert archive.add(first, mapping=MAP).kept == 2


def test_what_a_wrong_clock_left_undated_can_be_dated(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = dates.MADE + dt.timedelta(days=500)
    source = write_csv(tmp_path / "a.csv", [{**ARTICLES[0], "published": day.isoformat()}])
    monkeypatch.setattr(dates, "_today", lambda: dates.MADE)
    assert archive.add(source).ahead == 1
    assert archive.info().ahead == 1
    monkeypatch.setattr(dates, "_today", lambda: day)
    assert "--replace dates them" in archive.add(source).notes[0]
    archive.add(source, replace=True)
    assert (archive.info().ahead, archive.info().undated) == (0, 0)
