"""Mess is where the truth says, and under it lie the clean articles."""

import collections
import html
import itertools
import re
from typing import NamedTuple

import pytest
from benchmarks.baselines import run_baselines

from masthead import press
from masthead.errors import UsageError
from masthead.press import Press, Truth
from masthead.press.mess import MESS, kinds_of
from masthead.validation.presses.grading import made_presses
from masthead.validation.presses.reuse import grade_reuse
from masthead.validation.presses.silence import grade_silence

Rows = dict[str, dict[str, str]]


class Made(NamedTuple):
    press: Press
    truth: Truth
    published: Rows
    mended: Rows
    clean: Rows
    cleanly: Truth


@pytest.fixture(scope="module")
def made() -> Made:
    messy = press.make(seed=21, articles=450, setting="messy")
    medium = press.make(seed=21, articles=450, setting="medium")
    return Made(
        messy,
        messy.truth(),
        by_key(messy.articles()),
        by_key(messy.articles(mended=True)),
        by_key(medium.articles()),
        medium.truth(),
    )


def by_key(rows) -> Rows:
    kept: Rows = {}
    for row in rows:
        assert row["key"] not in kept
        kept[row["key"]] = row
    return kept


def spans(made: Made, *tables: str) -> dict[tuple[str, str], list[dict]]:
    found = collections.defaultdict(list)
    for table in tables:
        for row in getattr(made.truth, table).to_pylist():
            found[row["key"], row["field"]].append(row)
    return found


def without(text: str, rows: list[dict]) -> str:
    for row in sorted(rows, key=lambda r: -r["start"]):
        text = text[: row["start"]] + " " + text[row["end"] :]
    return flat(text)


def flat(text: str) -> str:
    return " ".join(text.split())


def body(row: dict[str, str]) -> str:
    """A clean article without the dateline, which stands around it."""
    return re.sub(r"^[^a-z—]{3,40} [A-Z][a-z]+( \(HNA\))? — ", "", row["text"])


def test_every_kind_is_planted(made: Made) -> None:
    truth = made.truth
    for table, group in (("standing", "standing"), ("own", "own"), ("absent", "absent"), ("twice", "twice")):
        assert set(getattr(truth, table)["kind"].to_pylist()) == set(MESS[group])
    assert set(truth.repeats["kind"].to_pylist()) == set(MESS["repeats"])
    assert set(truth.damage["kind"].to_pylist()) == set(MESS["damage"])
    assert set(truth.zones["form"].to_pylist()) == {"iso", *MESS["dates"]} - {"crawl"}
    assert truth.crawled.num_rows > 5


def test_without_what_was_planted_the_clean_article_is_left(made: Made) -> None:
    put = spans(made, "standing", "twice", "own")
    gone = {row["key"] for row in made.truth.absent.to_pylist()}
    short = {row["key"] for row in made.truth.own.to_pylist() if row["kind"] in ("brief", "notice")}
    checked = 0
    for key, row in made.clean.items():
        messy = made.mended[key]
        if key not in short:
            assert without(messy["title"], put[key, "title"]) == flat(row["title"])
        if key not in short | gone:
            assert without(messy["text"], put[key, "text"]) == flat(body(row))
            checked += 1
    assert checked > 380


def test_a_span_begins_and_ends_with_what_was_put_there(made: Made) -> None:
    for (key, field), rows in spans(made, "standing", "twice").items():
        text = made.mended[key][field]
        for row in rows:
            put = text[row["start"] : row["end"]]
            assert put
            assert put == put.strip()
            assert "{" not in put
        ends = sorted((row["start"], row["end"]) for row in rows)
        assert all(one[1] <= other[0] for one, other in itertools.pairwise(ends))


def test_a_paragraph_that_stands_twice_stood_before(made: Made) -> None:
    put = spans(made, "standing")
    for row in made.truth.twice.to_pylist():
        text = made.mended[row["key"]]["text"]
        again = text[row["start"] : row["end"]]
        before = [s for s in put[row["key"], "text"] if s["end"] < row["start"]]
        assert flat(again) in without(text[: row["start"]], before)


def test_mentions_and_quotations_stand_where_the_truth_says(made: Made) -> None:
    gone = {row["key"] for row in made.truth.absent.to_pylist()}
    for row in made.truth.mentions.to_pylist():
        assert made.mended[row["key"]][row["field"]][row["start"] : row["end"]] == row["alias"]
        assert row["field"] == "title" or row["key"] not in gone
        if row["label"]:
            shown = made.mended[row["key"]][row["field"]][row["label_start"] : row["label_end"]]
            assert shown.lower()[:3] == row["label"][:3]
    for row in made.truth.quotes.to_pylist():
        text = made.mended[row["key"]]["text"]
        assert text[row["start"] - 1] in '"“'
        assert text[row["end"]] in '"”'


def test_what_is_said_of_subjects_is_what_the_clean_press_says(made: Made) -> None:
    """But for the background paragraphs, which name subjects, and the texts that are gone."""
    gone = {row["key"] for row in made.truth.absent.to_pylist()}
    background = {
        (row["key"], at)
        for row in made.truth.own.to_pylist()
        if row["kind"] == "background"
        for at in range(row["start"], row["end"])
    }

    def told(truth: Truth) -> collections.Counter:
        return collections.Counter(
            (
                m["key"],
                m["field"],
                m["subject"],
                m["alias"],
                m["quoted"],
                m["portrayal"],
                m["label"],
                m["denied"],
            )
            for m in truth.mentions.to_pylist()
            if not (m["key"] in gone and m["field"] == "text")
            and not (truth is made.truth and m["field"] == "text" and (m["key"], m["start"]) in background)
        )

    assert told(made.truth) == told(made.cleanly)
    for table in ("naming", "changes", "attention", "portrayal", "silences", "gaps", "stories"):
        assert getattr(made.truth, table) == getattr(made.cleanly, table)


def test_a_page_that_repeats_another_says_much_the_same(made: Made) -> None:
    kinds = collections.Counter()
    for row in made.truth.repeats.to_pylist():
        page, whole = made.mended[row["key"]], made.mended[row["of"]]
        assert page["outlet"] == whole["outlet"]
        assert (row["key"] != row["of"]) == row["fold"]
        kinds[row["kind"]] += 1
        if row["kind"] == "address":
            assert (page["title"], page["text"]) == (whole["title"], whole["text"])
            assert page["url"] != whole["url"]
        elif row["fold"] and row["key"].split(".")[0] not in {
            r["key"] for r in made.truth.absent.to_pylist()
        }:
            shared = set(page["text"].split()) & set(whole["text"].split())
            assert len(shared) > 0.4 * len(set(page["text"].split()))
    assert min(kinds[kind] for kind in MESS["repeats"]) > 3
    live = [made.mended[r["key"]] for r in made.truth.repeats.to_pylist() if not r["fold"]]
    days = {(row["url"], row["published"][:10]) for row in live}
    assert len({row["url"] for row in live}) <= len(days) < len(live)
    assert len({row["text"] for row in live}) > 0.8 * len(live)


def test_damage_can_be_mended(made: Made) -> None:
    """What each kind did is undone by what undoes it, and the mended text is left but for white space."""
    kinds = collections.defaultdict(set)
    for row in made.truth.damage.to_pylist():
        kinds[row["key"]].add(row["kind"])
    changed = collections.Counter()
    for key, row in made.published.items():
        text, whole = row["text"], made.mended[key]["text"]
        if key not in kinds:
            assert (row["title"], text) == (made.mended[key]["title"], whole)
            continue
        changed.update(kind for kind in kinds[key] if text != whole)
        if "encoding" in kinds[key]:
            assert text.isascii() or "â€" in text or "Â" in text
            text = b"".join(
                c.encode("cp1252") if c not in "\x81\x8d\x8f\x90\x9d" else bytes([ord(c)]) for c in text
            ).decode()
        if "tags-left" in kinds[key]:
            text = re.sub(r"</?[a-z][^<>]*>", " ", text)
        if kinds[key] & {"tags-left", "entities"}:
            text = html.unescape(text)
        text = re.sub("[\u00ad\u200b\u200e\u2060]", "", text.replace("_x000D_", ""))
        assert re.sub(r"\s", "", text) == re.sub(r"\s", "", whole)
    assert min(changed[kind] for kind in MESS["damage"]) > 5


def test_dates_are_written_as_the_outlet_writes_them(made: Made) -> None:
    forms = {row["outlet"]: row["form"] for row in made.truth.zones.to_pylist()}
    crawled = {row["key"] for row in made.truth.crawled.to_pylist()}
    shapes = {
        "iso": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
        "offset": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+10:00",
        "letters": r"\d{4}-\d\d-\d\d \d\d:\d\d JST",
        "edition": r"[A-Z][a-z]+ \d+, \d{4} [A-Z][a-z]+day( [A-Z].*)?",
    }
    for key, row in made.published.items():
        if key in crawled:
            assert row["published"] == "2021-12-31T03:14:15Z"
        else:
            assert re.fullmatch(shapes[forms[row["outlet"]]], row["published"])


def test_an_outlet_changes_its_footer_on_a_day_and_one_begins_a_letter(made: Made) -> None:
    rows = made.truth.houses.to_pylist()
    footers = collections.Counter(row["outlet"] for row in rows if row["kind"] == "footer")
    assert sorted(footers.values())[-2:] == [1, 2]
    begun = [
        row for row in rows if row["kind"] == "newsletter" and row["from"].year + row["from"].month > 2020
    ]
    assert len(begun) == 1


def test_the_same_seed_gives_the_same_mess_and_a_shorter_press_is_the_beginning(made: Made) -> None:
    again = list(press.make(seed=21, articles=200, setting="messy").articles())
    longer = list(made.published.values())
    last = again[-1]["key"].split(".")[0]
    assert again == longer[: len(again)]
    assert {row["key"].split(".")[0] for row in longer[len(again) :]}.isdisjoint({last})


@pytest.mark.parametrize("group", MESS)
def test_one_group_alone_brings_nothing_else(group: str) -> None:
    paper = press.make(seed=21, articles=150, setting="messy", mess={group})
    truth = paper.truth()
    found = {
        "standing": set(truth.standing["kind"].to_pylist()) - {"dateline"},
        "own": set(truth.own["kind"].to_pylist()),
        "absent": set(truth.absent["kind"].to_pylist()),
        "twice": set(truth.twice["kind"].to_pylist()),
        "repeats": set(truth.repeats["kind"].to_pylist()),
        "damage": set(truth.damage["kind"].to_pylist()),
        "dates": set(truth.zones["form"].to_pylist()) - {"iso"},
    }
    assert found.pop(group)
    assert not any(found.values())


def test_mess_can_be_planted_at_another_setting_and_a_name_it_lacks_is_an_error() -> None:
    hard = press.make(seed=3, articles=40, setting="hard", mess=["byline"])
    assert set(hard.truth().standing["kind"].to_pylist()) == {"byline", "dateline"}
    assert kinds_of(["twice", "links"]) == {"summary", "pull", "links"}
    with pytest.raises(UsageError, match="footre"):
        press.make(setting="messy", mess={"footre"})
    assert list(press.make(seed=3, articles=9, setting="messy", mess=[]).articles()) == list(
        press.make(seed=3, articles=9).articles()
    )


@pytest.mark.parametrize(
    "grade",
    [
        lambda: next(made_presses("messy", presses=1, articles=30)),
        lambda: run_baselines(setting="messy"),
        lambda: grade_reuse("messy"),
        lambda: grade_silence("boycotts", presses=1, setting="messy"),
    ],
)
def test_graders_that_hold_article_against_article_refuse_the_messy_setting(grade) -> None:
    with pytest.raises(UsageError, match="messy"):
        grade()


def test_standing_text_names_subjects_that_the_article_does_not(made: Made) -> None:
    names = {cast.id: cast.names[0] for cast in made.press.casts if cast.id != "calder-battle"}
    named = collections.defaultdict(set)
    for row in made.truth.mentions.to_pylist():
        named[row["key"]].add(row["subject"])
    stray = collections.Counter()
    for row in made.truth.standing.to_pylist():
        put = made.mended[row["key"]][row["field"]][row["start"] : row["end"]].lower()
        stray.update(
            row["kind"] for s, name in names.items() if name.lower() in put and s not in named[row["key"]]
        )
    assert min(stray[kind] for kind in ("links", "tags", "dateline", "correction")) > 3
