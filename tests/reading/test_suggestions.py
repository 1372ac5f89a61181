"""What an archive suggests to the author of a study: its names, and the nouns that a study left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.errors import UsageError
from masthead.reading import names, read, slot_nouns
from tests.reading.conftest import make_study

TEXTS = [
    *(f"The rebels seized the town {i}. The army fought the rebels. Civilians left." for i in range(6)),
    *(f"The insurgents seized the port {i}. The army fought insurgents. A storm came." for i in range(5)),
    *(f"Jihadists seized the hill {i}. The rebels watched the weather." for i in range(4)),
]


def archive_of(folder: Path, texts: Sequence[str]) -> Archive:
    source = folder / "source.parquet"
    n = len(texts)
    rows = {
        "outlet": ["gazette"] * n,
        "published": ["2016-10-06"] * n,
        "title": ["A title"] * n,
        "text": list(texts),
        "language": ["en"] * n,
    }
    pq.write_table(pa.table(rows), source)
    archive = Archive.create(folder / "a.archive")
    archive.add(source, mapping={name: name for name in rows})
    return archive


def test_nouns_in_the_slots_of_a_subject_that_no_alias_covers(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, TEXTS)
    study = make_study(
        {"id": "opposition", "kind": "actor", "aliases": ["rebels"]},
        {"id": "town", "kind": "place", "aliases": ["town", "port", "hill"]},
    )
    read(archive, study, processes=1)
    assert slot_nouns(archive, study, "opposition") == [("insurgent", 5), ("jihadist", 4)]
    wider = make_study(
        {"id": "opposition", "kind": "actor", "aliases": ["rebels", "insurgents", "jihadists"]},
    )
    assert slot_nouns(archive, wider, "opposition") == []
    assert slot_nouns(archive, study, "opposition", limit=1) == [("insurgent", 5)]


def test_slots_of_a_subject_that_the_study_lacks(tmp_path: Path) -> None:
    study = make_study({"id": "opposition", "kind": "actor", "aliases": ["rebels"]})
    with pytest.raises(UsageError, match="opposition"):
        slot_nouns(archive_of(tmp_path, TEXTS), study, "oposition")


def test_names_are_counted_by_article_with_surnames_joined(tmp_path: Path) -> None:
    texts = [
        "President Angela Merkel visited Paris on Monday. Merkel met the United Nations there.",
        "Angela Merkel spoke in Paris. The United Nations agreed with Merkel.",
        "Merkel went to Paris again, the United Nations said.",
        "Nothing with a name happened.",
    ]
    suggested = {name.text: name for name in names(archive_of(tmp_path, texts))}
    assert suggested["Angela Merkel"].articles == 3
    assert suggested["Angela Merkel"].person
    assert suggested["United Nations"].articles == 3
    assert not suggested["United Nations"].person
    assert "Merkel" not in suggested
    assert "Monday" not in suggested


def test_an_archive_without_names_suggests_none(tmp_path: Path) -> None:
    assert names(archive_of(tmp_path, ["nothing here.", "nor here."])) == []
    assert names(Archive.create(tmp_path / "empty.archive")) == []
