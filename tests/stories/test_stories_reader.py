"""Stories of small archives: what goes together, what does not, and what is left out."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

from masthead import stages
from masthead.archive import Archive
from masthead.errors import UsageError
from masthead.links.stories import STORIES_SCHEMA, largest_stories, one_story, read_stories, sweep
from tests.archives import archive_of
from tests.stories.made import ELECTION, FIRE, FOUR_STORIES, article, groups

EXPECTED = {frozenset(row["title"] for row in FOUR_STORIES[a:b]) for a, b in ((0, 3), (3, 5), (5, 7), (7, 9))}


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_of(tmp_path_factory.mktemp("four"), FOUR_STORIES)


def test_articles_on_one_event_go_together_and_others_do_not(four: Archive) -> None:
    reading = read_stories(four)
    assert groups(four, reading) == EXPECTED
    assert reading.counts == {
        "articles": 9, "stories": 4, "shared": 4, "alone": 0, "undated": 0, "vague": 0
    }  # fmt: skip


def test_a_story_bears_the_smallest_id_of_its_articles(four: Archive) -> None:
    table = read_stories(four).table()
    assert table.schema.equals(STORIES_SCHEMA)
    assert table["article_id"].to_pylist() == sorted(table["article_id"].to_pylist())
    for story in set(table["story"].to_pylist()):
        assert story == min(r["article_id"] for r in table.to_pylist() if r["story"] == story)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_adding_and_the_number_of_parts_change_nothing(
    four: Archive, tmp_path: Path, seed: int
) -> None:
    rows = random.Random(seed).sample(FOUR_STORIES, len(FOUR_STORIES))
    archive = archive_of(tmp_path, rows[:4])
    more = archive_of(tmp_path, rows[4:], "more")
    archive.add(tmp_path / "more.jsonl")
    assert len(more.parts()) == 1
    assert len(archive.parts()) == 2
    one, other = read_stories(archive, processes=1), read_stories(four, processes=3)
    assert one.table().equals(other.table())


def test_undated_and_vaguely_dated_articles_are_in_no_story_and_are_counted(tmp_path: Path) -> None:
    rows = [*FOUR_STORIES, article("delta", "", "Mill", FIRE), article("delta", "2020-03", "The mill", FIRE)]
    archive = archive_of(tmp_path, rows)
    reading = read_stories(archive)
    assert groups(archive, reading) == EXPECTED
    assert (reading.counts["undated"], reading.counts["vague"], reading.counts["articles"]) == (1, 1, 11)
    assert reading.table()["story"].null_count == 2


def test_the_same_words_a_season_later_are_another_story(tmp_path: Path) -> None:
    rows = [*FOUR_STORIES, article("delta", "2020-05-01T08:00:00Z", "Sugar mill burns at Oldmarsh", FIRE)]
    archive = archive_of(tmp_path, rows)
    assert frozenset(["Sugar mill burns at Oldmarsh"]) in groups(archive, read_stories(archive))


def test_a_thousand_copies_of_one_article_are_one_story(tmp_path: Path) -> None:
    copies = [
        article(f"outlet {n % 50}", f"2020-03-01T08:{n % 60:02}:{n // 60:02}Z", "Sugar mill burns", FIRE)
        for n in range(1_000)
    ]
    reading = read_stories(archive_of(tmp_path, [*copies, *FOUR_STORIES[3:]]))
    sizes = reading.table().group_by("story").aggregate([("article_id", "count")])["article_id_count"]
    assert sorted(sizes.to_pylist()) == [2, 2, 2, 1_000]


RAID = "Raiders off Skell Island took {boats} boats. The crews lost {barrels} barrels and {nets} nets. "
TOLD = [
    "Harbour master Nils Aker said patrols would sail at night, whatever the weather did.",
    "Skippers in Fennick want lanterns along the reef; insurers wrote to the admiralty.",
]


@pytest.mark.parametrize(
    ("second", "together"),
    [
        ({"boats": "four", "barrels": 80, "nets": 12}, True),
        ({"boats": "nine", "barrels": 35, "nets": 60}, False),
    ],
)
def test_numbers_that_contradict_keep_two_events_apart(
    tmp_path: Path, second: dict[str, object], together: bool
) -> None:
    first = {"boats": "four", "barrels": 80, "nets": 12}
    raids = [
        article(outlet, f"2020-03-03T{hour}:00:00Z", title, RAID.format(**counts) + told)
        for outlet, hour, title, counts, told in (
            ("alpha", "06", "Raid at sea", first, TOLD[0]),
            ("beta", "15", "Fishermen robbed", second, TOLD[1]),
        )
    ]
    others = [
        article(
            "zeta",
            f"2020-{1 + n % 12:02}-{1 + n // 12:02}T08:00:00Z",
            f"Notes {n}",
            f"A word{n} on thing{n}.",
        )
        for n in range(300)
    ]
    # What else they say has been said before, so that the two do not speak of the raid alone.
    before = [
        article(outlet, f"2020-0{month}-20T08:00:00Z", "Harbour notes", told)
        for month, told in ((5, TOLD[0]), (8, TOLD[1]))
        for outlet in ("gamma", "delta")
    ]
    archive = archive_of(tmp_path, [*raids, *before, *others])
    assert (
        frozenset(["Raid at sea", "Fishermen robbed"]) in groups(archive, read_stories(archive))
    ) is together


def test_a_step_may_end_within_a_story(
    four: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sweep, "STEP", 2)
    again = archive_of(tmp_path, FOUR_STORIES)
    assert read_stories(again).table().equals(read_stories(four).table())


def test_what_was_grouped_is_not_grouped_again(four: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_stories(four)

    def never(*_: object) -> None:
        raise AssertionError("grouped again")

    monkeypatch.setattr("masthead.links.stories.reader.sweep", never)
    assert read_stories(four) == before


def test_progress_tells_stages_to_their_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    read_stories(archive_of(tmp_path, FOUR_STORIES), progress=lambda *stage: told.append(stage))
    assert (stages.TERMS, 1, 1) in told
    assert told[-1] == (stages.STORIES, 9, 9)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [article("alpha", "2020-01-01", "Alone", FIRE)],
        [article("alpha", "", "No date", FIRE)],
        [article("alpha", "2020-01-01", "…", "?!"), article("beta", "2020-01-01", "—", "…")],
    ],
    ids=["empty", "one", "undated", "wordless"],
)
def test_archives_with_next_to_nothing(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    archive = archive_of(tmp_path, rows) if rows else Archive.create(tmp_path / "empty.archive")
    reading = read_stories(archive)
    assert reading.counts["articles"] == len(rows) == reading.table().num_rows
    assert reading.counts["shared"] == 0
    assert len(largest_stories(archive, reading)) == reading.counts["stories"]


@pytest.mark.parametrize("words", [FIRE, ""], ids=["all alike", "nothing in common"])
@pytest.mark.parametrize("others", [[], FOUR_STORIES[3:5]], ids=["alone", "before a story"])
def test_articles_whose_words_tell_nothing_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, others: list[dict[str, str]]
) -> None:
    monkeypatch.setattr(sweep, "STEP", 4)
    hours = (f"2020-03-01T{n:02}:00:00Z" for n in range(24))
    rows = [article("alpha", hour, "", words or f"word{n} other{n}") for n, hour in enumerate(hours)]
    reading = read_stories(archive_of(tmp_path, [*rows, *others]))
    assert reading.counts["articles"] == 24 + len(others)
    assert reading.counts["shared"] == bool(others)


def test_an_archive_of_one_day_tells_its_stories_apart(tmp_path: Path) -> None:
    rows = [{**row, "published": "2020-03-01"} for row in FOUR_STORIES]
    archive = archive_of(tmp_path, rows)
    assert groups(archive, read_stories(archive)) == EXPECTED


def test_the_largest_stories_come_first_with_their_headlines_in_order(four: Archive) -> None:
    largest = largest_stories(four, read_stories(four), 2)
    assert [story.outlets for story in largest] == [("alpha", "beta", "gamma"), ("alpha", "beta")]
    assert largest[0].first < largest[0].last
    assert largest[0].articles[0].title == "Sugar mill burns at Oldmarsh"
    named = largest_stories(four, read_stories(four), 9, {"alpha": "A", "gamma": "G"})
    assert [story.outlets for story in named] == [("A", "G"), ("A", "G"), ("A",), ("G",)]


def test_one_story_is_found_by_its_id_or_by_an_article(four: Archive) -> None:
    reading = read_stories(four)
    story = largest_stories(four, reading, 1)[0]
    assert one_story(four, reading, story.story) == story
    assert one_story(four, reading, max(a.article_id for a in story.articles)) == story
    with pytest.raises(UsageError, match="no story 'x'"):
        one_story(four, reading, "x")


def test_null_stories_are_null_and_not_a_word(tmp_path: Path) -> None:
    reading = read_stories(archive_of(tmp_path, [article("alpha", "", "Vote", ELECTION)]))
    assert reading.table()["story"].type == pa.string()
    assert reading.table()["story"].to_pylist() == [None]
