"""An outlet's repeats are found where they were planted, and nowhere else."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from random import Random

import pytest

from masthead.archive import Archive
from masthead.links.repeats import find_repeats, read_repeats
from masthead.links.repeats.articles import read_articles
from masthead.links.repeats.groups import find_groups
from masthead.links.repeats.pairs import likely_pairs
from tests.archives import archive_of
from tests.repeats.made import planted, sentences

Key = tuple[str, str, str, str]


def key_of(row: dict[str, object]) -> Key:
    """What tells one planted article from another, whatever its outlet's name is."""
    return str(row["outlet"]), str(row["published_raw"]), str(row["title"]), str(row["url"] or "")


def groups_of(archive: Archive, outlets: dict[str, str] | None = None) -> set[frozenset[Key]]:
    table, _ = find_repeats(archive, outlets or {})
    groups: dict[str, set[Key]] = defaultdict(set)
    for row in table.to_pylist():
        groups[row["kept_id"]].add(key_of(row))
    return {frozenset(group) for group in groups.values()}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("repeats"), planted().archive_rows())


def test_what_was_planted_is_found_and_nothing_else(press: Archive) -> None:
    truth: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for row in planted().rows:
        truth[row["outlet"], row["one"]].add((row["outlet"], row["published"], row["title"], row["url"]))
    assert groups_of(press) == {frozenset(group) for group in truth.values() if len(group) > 1}


def test_the_last_version_stands_for_all_and_the_first_gives_the_day(press: Archive) -> None:
    table, counts = find_repeats(press, {})
    rows = [row for row in table.to_pylist() if row["outlet"] == "Tidewatch"]
    by_id = {row["article_id"]: row for row in rows}
    kept = {by_id[row["kept_id"]]["title"]: by_id[row["first_id"]]["published_raw"] for row in rows}
    # The longest of a day whose hours are not known, and a print copy that is cut, but holds half of what there was.
    assert kept == {
        "Fire in the port": "2021-03-01",
        "Two dead in storm": "2021-04-05T10:00:00Z",
        "A close vote": "2021-05-03T18:00:00Z",
        "Bridge closed for repairs": "2021-05-10T18:00:00Z",
        "Museum gets a new wing": "",
        "Lighthouse keeper retires": "2021-10-01",
    }
    grounds = {row["title"]: row["ground"] for row in rows if row["article_id"] != row["kept_id"]}
    assert {title for title, ground in grounds.items() if ground == "text"} == {
        "Council votes on budget",
        "Old bridge is closed for repairs",
        "Museum gets a wing",
    }
    assert counts["folded"] == counts["address"] + counts["text"] == table.num_rows - counts["kept"]


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_parts_matter(press: Archive, tmp_path: Path, seed: int) -> None:
    rows = planted().archive_rows()
    Random(seed).shuffle(rows)
    archive = archive_of(tmp_path, rows[:40])
    for at in range(40, len(rows), 90):
        archive_of(tmp_path, rows[at : at + 90], name=f"more {at}")
        archive.add(tmp_path / f"more {at}.jsonl")
    names = ["article_id", "kept_id", "first_id", "ground"]
    mixed, _ = find_repeats(archive, {})
    straight, _ = find_repeats(press, {})
    assert mixed.select(names).sort_by("article_id").equals(straight.select(names).sort_by("article_id"))


def test_names_of_outlets_decide_nothing(press: Archive, tmp_path: Path) -> None:
    other = {"Coast Herald": "Tidewatch", "Tidewatch": "Coast Herald"}
    rows = [{**row, "outlet": other[row["outlet"]]} for row in planted().archive_rows()]
    swapped, _ = find_repeats(archive_of(tmp_path, rows), {})
    straight, _ = find_repeats(press, {})
    named = [
        {(key_of(row), row["article_id"] == row["kept_id"]) for row in table.to_pylist()}
        for table in (straight, swapped)
    ]
    assert named[0] == {((other[o], *rest), kept) for (o, *rest), kept in named[1]}


def test_editions_of_one_outlet_are_one_and_other_outlets_are_not(tmp_path: Path) -> None:
    text = " ".join(sentences("editions", 9))
    rows = [
        {"outlet": outlet, "published": "2021-03-01", "title": "Fire in the port", "text": text}
        for outlet in ("Post", "Post (print)", "Herald")
    ]
    archive = archive_of(tmp_path, rows)
    assert groups_of(archive) == set()
    (group,) = groups_of(archive, {"Post": "post", "Post (print)": "post"})
    assert {outlet for outlet, *_ in group} == {"Post", "Post (print)"}


def test_a_stub_never_stands_for_what_there_was(tmp_path: Path) -> None:
    text = sentences("stub", 10)
    rows = [
        {
            "outlet": "Post",
            "published": f"2021-03-0{day}",
            "title": "Fire in the port",
            "text": told,
            "url": "post.test/a",
        }
        for day, told in enumerate((" ".join(text), " ".join(text[:3]), ""), 1)
    ]
    table, _ = find_repeats(archive_of(tmp_path, rows), {})
    by_id = {row["article_id"]: row for row in table.to_pylist()}
    assert len(by_id) == 3
    assert {by_id[row["kept_id"]]["published_raw"] for row in by_id.values()} == {"2021-03-01"}


def test_a_page_that_goes_on_for_months_is_an_article_a_week(tmp_path: Path) -> None:
    text = sentences("blog", 40)
    rows = [
        {
            "outlet": "Post",
            "published": f"2021-03-{day:02}",
            "title": "Live: the trial",
            "text": " ".join(text[: 5 + day]),
            "url": "post.test/live",
        }
        for day in range(1, 22)
    ]
    table, _ = find_repeats(archive_of(tmp_path, rows), {})
    kept = {row["kept_id"] for row in table.to_pylist()}
    assert sorted(r["published_raw"] for r in table.to_pylist() if r["article_id"] in kept) == [
        "2021-03-07",
        "2021-03-14",
        "2021-03-21",
    ]


def test_of_many_copies_few_pairs_are_looked_at(tmp_path: Path) -> None:
    text = " ".join(sentences("copies", 12))
    rows = [
        {
            "outlet": "Post",
            "published": "2021-03-01",
            "title": "Fire in the port",
            "text": f"{text} {at}",
            "url": f"post.test/fire?utm_id={at}",
        }
        for at in range(1500)
    ]
    articles = read_articles(archive_of(tmp_path, rows), {})
    pairs = likely_pairs(articles, lambda _done, _of: None)
    assert len(pairs) < 4 * len(rows)
    (group,) = find_groups(articles, pairs)
    assert len(group.members) == len(rows)


def test_what_was_read_is_kept(press: Archive) -> None:
    first = read_repeats(press)
    written = first.path.stat().st_mtime_ns
    again = read_repeats(press)
    assert (again.path.stat().st_mtime_ns, again.hash, again.counts) == (written, first.hash, first.counts)
    other = read_repeats(press, outlets={"Tidewatch": "coast", "Coast Herald": "coast"})
    assert other.hash != first.hash


def test_an_empty_archive_has_none(tmp_path: Path) -> None:
    table, counts = find_repeats(Archive.create(tmp_path / "none.archive"), {})
    assert (table.num_rows, counts["folded"]) == (0, 0)
