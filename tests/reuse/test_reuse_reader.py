from __future__ import annotations

import json
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.errors import ArchiveError
from masthead.links.reuse import candidates, corpus, passages, read_reuse, stock
from tests.archives import archive_of
from tests.reuse.made import article, articles_of, links_of, prose

STORY = prose(1, 240)
MORNING, EVENING = "2020-03-01T06:00:00Z", "2020-03-01T18:00:00Z"


def read(
    folder: Path, rows: list[dict[str, str]], **options: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    archive = archive_of(folder, rows)
    reading = read_reuse(archive, **options)
    return articles_of(archive, reading), links_of(reading)


def test_a_reprint_is_linked_to_the_earlier_with_share_lag_and_passages(tmp_path: Path) -> None:
    copy = f"{prose(2, 48)}\n\n{STORY}"
    articles, links = read(tmp_path, [article("alpha", MORNING, STORY), article("beta", EVENING, copy)])
    (link,) = links
    assert (link["article_id"], link["source_id"]) == (articles[1]["article_id"], articles[0]["article_id"])
    assert (link["outlet"], link["source_outlet"]) == ("beta", "alpha")
    assert (link["words"], link["share"], link["source_share"]) == (240, 240 / 288, 1.0)
    assert (link["order_known"], link["lag"], link["near_duplicate"]) == (True, 12 * 3600, True)
    (passage,) = link["passages"]
    assert copy[passage["start"] : passage["end"]] == STORY.removesuffix(".")
    assert STORY[passage["source_start"] : passage["source_end"]] == STORY.removesuffix(".")
    assert [a["echoed"] for a in articles] == [0, 240]
    assert articles[0]["group"] == articles[1]["group"] == min(a["article_id"] for a in articles)


def test_a_passage_in_an_otherwise_different_article_is_reuse_but_no_near_duplicate(tmp_path: Path) -> None:
    passage = " ".join(STORY.split()[24:60])
    lifted = f"{prose(2, 200)} {passage} {prose(3, 200)}"
    articles, links = read(tmp_path, [article("alpha", MORNING, STORY), article("beta", EVENING, lifted)])
    assert [(link["words"], link["near_duplicate"]) for link in links] == [(36, False)]
    assert articles[1]["echoed"] == 36
    assert articles[0]["group"] != articles[1]["group"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (MORNING, ""),
        ("", ""),
        (MORNING, "2020-03-01T08:30:00Z"),
        ("2020-03-01", "2020-03-01"),
        ("2020-03-01", EVENING),
    ],
)
def test_where_dates_or_clocks_do_not_tell_who_was_first_nothing_is_echo(
    tmp_path: Path, first: str, second: str
) -> None:
    articles, links = read(tmp_path, [article("alpha", first, STORY), article("beta", second, STORY)])
    assert [(link["order_known"], link["lag"], link["near_duplicate"]) for link in links] == [
        (False, None, True)
    ]
    assert [a["echoed"] for a in articles] == [0, 0]
    assert len({a["group"] for a in articles}) == 1


EAST, WEST = "Asia/Tokyo", "America/Los_Angeles"


@pytest.mark.parametrize(
    ("first", "second", "zone", "known"),
    [
        # The same day on the outlets' clock, of which one article knows the hour: in UTC it lies on another day.
        ("2020-03-02T06:00:00+09:00", "2020-03-02", EAST, False),
        ("2020-03-02", "2020-03-02T22:00:00-08:00", WEST, False),
        # Another day on that clock, which in UTC is the same.
        ("2020-03-01", "2020-03-02T06:00:00+09:00", EAST, True),
        ("2020-03-01T22:00:00-08:00", "2020-03-02", WEST, True),
        ("2020-03-01", "2020-03-02", EAST, True),
        ("2020-03-01", "2020-03-01", EAST, False),
    ],
)
def test_a_day_without_a_time_is_one_on_the_clock_of_its_outlet(
    tmp_path: Path, first: str, second: str, zone: str, *, known: bool
) -> None:
    rows = [article("alpha", first, STORY), article("beta", second, STORY)]
    articles, links = read(tmp_path, rows, zones={"alpha": zone, "beta": zone})
    assert [link["order_known"] for link in links] == [known]
    assert [a["echoed"] for a in articles] == [0, 240 if known else 0]


def test_days_of_far_zones_that_overlap_have_no_order(tmp_path: Path) -> None:
    rows = [article("alpha", "2020-03-01", STORY), article("beta", "2020-03-02", STORY)]
    articles, (link,) = read(tmp_path, rows, zones={"alpha": WEST, "beta": EAST})
    assert not link["order_known"]
    assert [a["echoed"] for a in articles] == [0, 0]


def test_the_slack_of_clocks_is_the_callers_to_say_and_days_are_what_they_say(tmp_path: Path) -> None:
    rows = [article("alpha", MORNING, STORY), article("beta", "2020-03-01T08:30:00Z", STORY)]
    articles, _ = read(tmp_path, rows, slack=timedelta(hours=1))
    assert articles[1]["echoed"] == 240
    (tmp_path / "days").mkdir()
    rows = [article("alpha", "2020-03-01", STORY), article("beta", "2020-03-02", STORY)]
    articles, _ = read(tmp_path / "days", rows)
    assert articles[1]["echoed"] == 240


def test_an_outlets_own_repeats_are_linked_and_are_no_echo(tmp_path: Path) -> None:
    update = f"{STORY} {prose(2, 30)}"
    rows = [article("alpha", MORNING, STORY), article("alpha", EVENING, update)]
    articles, links = read(tmp_path, rows)
    assert [(link["same_outlet"], link["near_duplicate"]) for link in links] == [(True, True)]
    assert [a["echoed"] for a in articles] == [0, 0]
    (tmp_path / "two").mkdir()
    rows[1]["outlet"] = "alpha online"
    articles, links = read(tmp_path / "two", rows, outlets={"alpha": "a", "alpha online": "a"})
    assert [(link["same_outlet"], link["outlet"]) for link in links] == [(True, "alpha online")]
    assert [a["echoed"] for a in articles] == [0, 0]


def test_what_stood_in_two_earlier_articles_is_echoed_once(tmp_path: Path) -> None:
    rows = [
        article("alpha", MORNING, STORY),
        article("beta", EVENING, STORY),
        article("gamma", "2020-03-03T06:00:00Z", STORY),
    ]
    articles, links = read(tmp_path, rows)
    assert [a["echoed"] for a in articles] == [0, 240, 240]
    assert len(links) == 3


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”")])
def test_two_outlets_that_quote_one_speech_do_not_copy_each_other(
    tmp_path: Path, opening: str, closing: str
) -> None:
    speech = f"{opening}{prose(5, 60)}{closing} said the mayor on Monday"
    rows = [
        article("alpha", MORNING, f"{prose(2, 60)} {speech}. {prose(3, 60)}"),
        article("beta", EVENING, f"{prose(4, 60)} {speech}. {prose(6, 60)}"),
    ]
    articles, links = read(tmp_path, rows)
    assert links == []
    assert articles[1]["echoed"] == 0


def test_stock_phrases_are_nobodys_copy(tmp_path: Path) -> None:
    notice = prose(7, 40)
    rows = [
        article(f"outlet{i % 3}", f"2020-03-{i + 1:02}T06:00:00Z", f"{prose(100 + i, 90)} {notice}")
        for i in range(20)
    ]
    articles, links = read(tmp_path, rows)
    assert links == []
    assert sum(a["echoed"] for a in articles) == 0


def test_a_round_up_is_no_near_duplicate_of_what_it_holds(tmp_path: Path) -> None:
    pieces = [prose(200 + i, 60) for i in range(12)]
    rows = [article(f"outlet{i}", MORNING, piece) for i, piece in enumerate(pieces)]
    rows.append(article("digest", EVENING, " ".join(pieces)))
    articles, links = read(tmp_path, rows)
    assert articles[-1]["echoed"] == 720
    assert not any(link["near_duplicate"] for link in links)


def test_a_thousand_copies_make_one_group_and_few_links(tmp_path: Path) -> None:
    rng = random.Random(1)
    words = STORY.split()
    rows = []
    for i in range(1000):
        changed = [w if rng.random() > 0.03 else "misread" for w in words]
        day = 1 + i // 40
        rows.append(article(f"outlet{i % 7}", f"2020-03-{day:02}T{i % 24:02}:00:00Z", " ".join(changed)))
    articles, links = read(tmp_path, rows)
    assert len({a["group"] for a in articles}) == 1
    assert len(links) < 30 * len(rows)
    later = [a for a in articles if a["published"].day > 1]
    assert min(a["echoed"] for a in later) > 150


def test_rows_in_any_order_and_any_number_of_threads_give_the_same_reading(tmp_path: Path) -> None:
    rows = [
        article(f"outlet{i % 4}", f"2020-03-{i + 1:02}", f"{prose(i, 60)} {prose(i // 3, 120)}")
        for i in range(24)
    ]
    rows += [article("late", "", prose(3, 120)), {**article("none", MORNING, ""), "title": "A headline"}]
    one = read_reuse(archive_of(tmp_path, rows, "one"), processes=1)
    random.Random(3).shuffle(rows)
    other = read_reuse(archive_of(tmp_path, rows, "other"), processes=3)
    for name in ("articles", "links"):
        tables = [pq.read_table(getattr(reading, name)) for reading in (one, other)]
        assert tables[0].num_rows > 0
        assert tables[0].equals(tables[1])
    assert one.counts == other.counts


def test_what_was_read_is_kept_until_the_archive_grows(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [article("alpha", MORNING, STORY)])
    first = read_reuse(archive)
    written = first.articles.stat().st_mtime_ns
    with archive.writer_lock():
        again = read_reuse(Archive.open(archive.path))
    assert again == first
    assert again.articles.stat().st_mtime_ns == written
    more = tmp_path / "more.jsonl"
    more.write_text(
        json.dumps(article("beta", "2020-03-02", STORY)) + "\n",
        encoding="utf-8",
    )
    archive.add(more)
    grown = read_reuse(archive)
    assert grown.counts["echoed"] == 240
    assert grown.hash != first.hash


def test_a_reader_waits_for_no_other_writer(tmp_path: Path) -> None:
    archive = archive_of(tmp_path, [article("alpha", MORNING, STORY)])
    with archive.writer_lock(), pytest.raises(ArchiveError):
        read_reuse(Archive.open(archive.path))


def test_an_archive_of_nothing_and_articles_of_nothing_are_read(tmp_path: Path) -> None:
    reading = read_reuse(Archive.create(tmp_path / "empty.archive"))
    assert reading.counts["articles"] == 0
    assert links_of(reading) == []
    rows = [
        {**article("alpha", MORNING, ""), "title": "A headline alone"},
        article("beta", EVENING, "…"),
        article("gamma", "", "Ships sail."),
    ]
    articles, links = read(tmp_path, rows)
    assert [a["words"] for a in articles] == [0, 0, 2]
    assert links == []


def test_an_article_that_is_all_one_quotation_and_one_that_never_closes_are_read(tmp_path: Path) -> None:
    rows = [
        article("alpha", MORNING, f"“{STORY}”"),
        article("beta", EVENING, f"“{STORY}"),
        article("gamma", "2020-03-04", f'{prose(2, 30)} "{prose(3, 3000)}'),
    ]
    articles, links = read(tmp_path, rows)
    assert links == []
    assert len(articles) == 3


def test_wire_copy_is_what_is_credited_or_copies_it_and_the_agencys_own_is_a_source(tmp_path: Path) -> None:
    other, third = prose(11, 200), prose(12, 200)
    rows = [
        article("Halyard", MORNING, STORY),
        article("alpha", EVENING, STORY, credit="Halyard News Agency"),
        article("beta", EVENING, f"{STORY} {prose(3, 40)}"),
        article("gamma", EVENING, f"PORT ELIN (HNA) — {other}"),
        article("delta", "2020-03-02T06:00:00Z", other),
        article("alpha", MORNING, third),
        article("beta", EVENING, third),
        article("beta", EVENING, prose(13, 200)),
    ]
    articles, _ = read(tmp_path, rows)
    assert [(a["wire"], a["why"]) for a in articles] == [
        (False, "agency"),
        (True, "credit"),
        (True, "copy of an agency's article"),
        (True, "dateline"),
        (True, "copy of a credited article"),
        (False, "several outlets, uncredited"),
        (False, "several outlets, uncredited"),
        (False, None),
    ]
    assert {a["agency"] for a in articles[:5]} == {"Halyard News Agency"}


def test_an_article_known_to_be_earlier_than_the_agencys_is_not_its_copy(tmp_path: Path) -> None:
    rows = [
        article("alpha", MORNING, STORY),
        article("Reuters", "2020-03-03T06:00:00Z", STORY),
    ]
    articles, _ = read(tmp_path, rows)
    assert [a["wire"] for a in articles] == [False, False]


def test_an_archive_too_large_for_memory_gives_the_same_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = prose(99, 30)
    rows = [
        article(f"outlet{i % 4}", f"2020-03-{i + 1:02}", f"{prose(i, 60)} {prose(i // 3, 120)} {notice}")
        for i in range(24)
    ]
    whole = read_reuse(archive_of(tmp_path, rows, "whole"))
    monkeypatch.setattr(candidates, "_LOT", 400)
    monkeypatch.setattr(passages, "MOST_WORDS", 1_000)
    monkeypatch.setattr(stock, "_AT_ONCE", 50)
    monkeypatch.setattr(corpus, "_LOT_WORDS", 500)
    in_parts = read_reuse(archive_of(tmp_path, rows, "parts"))
    assert links_of(in_parts) == links_of(whole) != []
    assert in_parts.counts == whole.counts
