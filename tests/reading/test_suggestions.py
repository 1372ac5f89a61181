"""What an archive suggests to the author of a study: its names, and the nouns that a study left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.errors import UsageError
from masthead.reading import names, nouns_for_groups, read, singular_of, slot_nouns
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
    assert slot_nouns(archive, study, "opposition") == [("insurgents", 5), ("jihadists", 4)]
    wider = make_study(
        {"id": "opposition", "kind": "actor", "aliases": ["rebels", "insurgents", "jihadists"]},
    )
    assert slot_nouns(archive, wider, "opposition") == []
    assert slot_nouns(archive, study, "opposition", limit=1) == [("insurgents", 5)]


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


def test_forms_of_one_name_are_joined_and_names_side_by_side_are_none(tmp_path: Path) -> None:
    texts = [
        *(
            f"Russian troops left. Russia denied it, the Russians said on day {i}. They were in Paris."
            for i in range(3)
        ),
        *(f"Clashes went on in Paris. The Russian army left Russia on day {i}." for i in range(3)),
        "Clashes were seen near Paris Russias border.",
        "He spoke of Paris Russias north.",
    ]
    suggested = {name.text: name for name in names(archive_of(tmp_path, texts))}
    assert suggested["Russia"].aliases == ("Russia", "Russian", "Russians")
    assert suggested["Russia"].articles == 6
    assert suggested["Paris"].kind == "place"
    assert not {"Russian", "Russians", "Russias", "Paris Russias"} & set(suggested)


def test_nouns_for_persons_are_those_that_who_follows(tmp_path: Path) -> None:
    texts = [
        *(f"The rebels left the hills on day {i}, and the gunmen who fled." for i in range(4)),
        *(
            f"The rebels who fled said so on day {i}. The families, who stayed, left the hills."
            for i in range(3)
        ),
        *(f"She decides who wins on day {i}." for i in range(5)),
        *(f"The rebels and the gunmen and the families met {i}." for i in range(20)),
    ]
    nouns = nouns_for_groups(archive_of(tmp_path, texts))
    assert nouns == [("rebels", 27), ("gunmen", 24), ("families", 23)]
    assert [singular_of(noun) for noun, _ in nouns] == ["rebel", "gunman", "family"]


def test_an_archive_without_names_suggests_none(tmp_path: Path) -> None:
    assert names(archive_of(tmp_path, ["nothing here.", "nor here."])) == []
    assert names(Archive.create(tmp_path / "empty.archive")) == []
