"""The truth agrees with the text: every label stands where it says, every copy shares what it claims."""

import collections
import re

import pytest

from masthead import press
from masthead.press import Press, Truth

SETTINGS = ("easy", "medium", "hard")
ROWS = list[dict[str, object]]


@pytest.fixture(scope="module", params=SETTINGS)
def made(request: pytest.FixtureRequest) -> tuple[Press, Truth, dict[str, dict[str, str]]]:
    paper = press.make(seed=21, articles=700, setting=request.param)
    return paper, paper.truth(), {a["key"]: a for a in paper.articles()}


def test_every_mention_and_label_stands_where_the_truth_says(made) -> None:
    paper, truth, articles = made
    words = collections.defaultdict(set)
    for row in truth.mentions.to_pylist():
        field = articles[row["key"]][row["field"]]
        assert field[row["start"] : row["end"]] == row["alias"]
        before, after = field[: row["start"]][-1:], field[row["end"] :][:1]
        assert not before.isalnum()
        assert not after.isalnum()
        if row["label"]:
            shown = field[row["label_start"] : row["label_end"]].lower()
            words[row["label"]].add(shown)
            assert shown[:3] == row["label"][:3]
    assert all(len(shapes) <= 3 for shapes in words.values())
    assert set(truth.mentions["subject"].to_pylist()) == set(paper.subjects)


def test_a_quoted_mention_stands_inside_quotation_marks_and_no_other_does(made) -> None:
    _, truth, articles = made
    spans = collections.defaultdict(list)
    for quote in truth.quotes.to_pylist():
        text = articles[quote["key"]]["text"]
        said = text[quote["start"] : quote["end"]]
        around = text[max(0, quote["start"] - 400) : quote["end"] + 400]
        assert quote["speaker"] or quote["name"].split()[-1] in around
        assert text[quote["start"] - 1] in '"“'
        assert text[quote["end"]] in '"”'
        assert len(said.split()) == quote["words"]
        spans[quote["key"]].append((quote["start"], quote["end"]))
    assert spans
    for row in truth.mentions.to_pylist():
        inside = row["field"] == "text" and any(
            start <= row["start"] < end for start, end in spans[row["key"]]
        )
        assert inside == row["quoted"]


def test_every_quotation_in_the_text_is_in_the_truth(made) -> None:
    _, truth, articles = made
    told = collections.Counter(q["key"] for q in truth.quotes.to_pylist())
    for row in truth.articles.to_pylist():
        text = articles[row["key"]]["text"]
        assert len(re.findall('["“”]', text)) == 2 * told[row["key"]]
        assert not ('"' in text and "“" in text)


def test_a_name_stands_in_no_story_without_its_mention(made) -> None:
    paper, truth, articles = made
    told = collections.Counter(
        (m["key"], m["field"], m["start"], m["alias"]) for m in truth.mentions.to_pylist()
    )
    starts = {(key, field, start) for key, field, start, _ in told}
    names = re.compile(
        "|".join(re.escape(n) for cast in paper.casts for n in cast.names if cast.id != "calder-battle")
    )
    traps = ("New ", "Verrin Bay Company")
    for key, article in articles.items():
        for field in ("title", "text"):
            for found in names.finditer(article[field]):
                start = found.start()
                if article[field][max(0, start - 4) : start] == traps[0]:
                    assert (key, field, start) not in starts
                    continue
                if found[0] == "Port Calder" and article[field][max(0, start - 4) : start] == " of ":
                    continue  # inside the event's name, or after a label of the city
                assert (key, field, start) in starts, article[field][start - 30 : start + 40]


def test_copies_share_with_their_source_what_they_claim(made) -> None:
    _, truth, articles = made
    rows = truth.copies.to_pylist()
    assert {r["manner"] for r in rows} == {"whole", "cut", "edited"}
    for row in rows:
        copy, source = articles[row["key"]], articles[row["source_key"]]
        assert copy["published"] >= source["published"]
        body, original = _body(copy["text"]), _body(source["text"])
        if row["manner"] == "whole":
            assert body == original
            assert row["share"] == 1.0
            continue
        known = set(_sentences(original))
        verbatim = sum(len(s.split()) for s in _sentences(body) if s in known)
        assert verbatim <= row["words_kept"] + 1 or row["manner"] == "edited"
        # What is claimed beyond verbatim sentences is reworded ones: their words stand in the source.
        shared = collections.Counter(body.split()) & collections.Counter(original.split())
        assert shared.total() >= 0.85 * row["words_kept"]
    assert all(articles[r["key"]]["credit"] or not r["credited"] for r in rows)


def test_a_story_is_covered_by_those_who_wrote_of_it_and_left_out_by_nobody_who_did(made) -> None:
    _, truth, articles = made
    wrote = collections.defaultdict(set)
    for row in truth.articles.to_pylist():
        wrote[row["story"]].add(articles[row["key"]]["outlet"])
    for story in truth.stories.to_pylist():
        assert set(story["covered_by"]) == wrote[story["story"]]
        assert not wrote[story["story"]] & (set(story["left_out_by"]) | set(story["lost_of"]))


def test_realised_shares_are_the_counts_of_the_mentions() -> None:
    _, truth = press.planted_naming(3, articles=300)
    for voice in ("own", "quoted", "all"):
        rows = truth.naming_shares(voice=voice).to_pylist()
        counted: collections.Counter[tuple[str, str, str]] = collections.Counter()
        for m in truth.mentions.to_pylist():
            if m["label"] and not m["denied"] and voice in ("all", "quoted" if m["quoted"] else "own"):
                counted[(m["outlet"], m["subject"], m["category"])] += 1
        assert {(r["outlet"], r["subject"], r["category"]): r["uses"] for r in rows} == dict(counted)
        by_quarter = truth.naming_shares("quarter", voice=voice).to_pylist()
        assert sum(r["uses"] for r in by_quarter) == sum(r["uses"] for r in rows)
    assert truth.naming_shares(wire=False).num_rows == truth.naming_shares().num_rows


def test_a_loaded_label_portrays_and_a_denied_one_does_not(made) -> None:
    _, truth, _ = made
    rows = truth.mentions.to_pylist()
    hostile = [r for r in rows if r["category"] in ("terrorist", "regime") and not r["denied"]]
    denied = [r for r in rows if r["denied"]]
    assert hostile
    assert {r["portrayal"] for r in hostile} == {-1}
    assert {r["portrayal"] for r in denied} <= {0}


def _body(text: str) -> str:
    """The text without its dateline, in one kind of quotation mark."""
    body = text.split(" — ", 1)[-1] if " — " in text[:60] else text
    return re.sub("[“”]", '"', body)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", text)
