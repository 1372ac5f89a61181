"""The two real files that come first go in whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.archive import Archive

pytestmark = pytest.mark.corpora


def test_fa_kes_goes_in_whole(archive: Archive, corpora: Path) -> None:
    mapping = {"outlet": "source", "published": "date", "title": "article_title", "text": "article_content"}
    report = archive.add(corpora / "fa-kes.csv", mapping=mapping)
    assert (report.rows, report.kept, report.duplicate, report.refused) == (804, 792, 12, 0)
    assert "dates in figures read as month, day, year, as '4/16/2017' tells" in report.notes
    info = archive.info()
    assert len(info.outlets) == 15
    assert info.undated == 0
    stripped = {o.outlet for o in info.outlets if not o.quotation_marks}
    assert {"sana", "reuters", "etilaf"} <= stripped
    assert not any(o.commas for o in info.outlets)
    assert archive.find("barrel bomb*", outlets=["sana"]).n_matching == 0
    assert archive.find("barrel bomb*", outlets=["etilaf"]).n_matching == 15


def test_allsides_goes_in_whole(archive: Archive, corpora: Path) -> None:
    mapping = {"outlet": "source", "published": "date", "title": "title", "text": "content_original"}
    report = archive.add(corpora / "allsides-2012-2018.parquet", mapping=mapping)
    assert (report.rows, report.kept, report.duplicate, report.refused) == (28742, 28742, 0, 0)
    assert "undated, no date given: 4,390" in report.notes
    assert "undated, the date lies before 1700: 2 (such as '0001-11-30')" in report.notes
    assert sum(part.rows for part in archive.parts()) == 28742
    assert max(part.rows for part in archive.parts()) <= 2000
