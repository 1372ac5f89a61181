"""Planted wordings and forecasts: they come as often as was drawn, and nothing else of the press moves."""

from __future__ import annotations

from collections import Counter

import pytest

from masthead import press
from masthead.press import Press
from masthead.press.strait.outlets import OUTLETS
from masthead.press.writing.sayings import WORDINGS


def sentences(made: Press) -> list[tuple[int, str]]:
    """Outlet and text of every sentence."""
    return [
        (article.outlet, sentence.text)
        for coverage in made.stories()
        for article in coverage.articles
        for sentence in article.sentences
    ]


def test_a_borrower_writes_in_one_partys_wordings_and_a_host_quotes_it_alone() -> None:
    made, truth = press.planted_phrases(3, articles=1500)
    planted = made.plan.borrowing
    assert planted is not None
    assert 0 not in (planted.borrower, planted.host)
    assert planted.borrower != planted.host
    assert {*planted.wordings[0], *planted.wordings[1]} == {*WORDINGS}
    assert truth.borrowing["share"].to_pylist() == list(planted.share)
    assert {*truth.wordings["wording"].to_pylist()} == {*WORDINGS}
    own: Counter[tuple[int, int]] = Counter()
    spoken: Counter[tuple[int, str]] = Counter()
    names = [made.casts[role].names[0] for role in planted.parties]
    for outlet, text in sentences(made):
        for party, wordings in enumerate(planted.wordings):
            if not any(wording in text for wording in wordings):
                continue
            if text.startswith('"'):
                spoken[outlet, next(name for name in names if name in text.rpartition('"')[2])] += 1
            else:
                own[outlet, party] += 1
    for outlet, share in enumerate(planted.share):
        written = own[outlet, 0] + own[outlet, 1]
        assert written > 40
        assert own[outlet, 0] / written == pytest.approx(share, abs=0.2)
    assert spoken[planted.host, names[0]] > 40
    assert spoken[planted.host, names[1]] == 0
    assert all(spoken[planted.borrower, name] > 15 for name in names)


def test_forecasts_come_true_as_often_as_their_outlet_is_right() -> None:
    made, truth = press.planted_forecasts(3, articles=2000)
    records = made.plan.foretelling
    assert records is not None
    texts = {(a["outlet"], a["key"]): a["text"] for a in made.articles()}
    came: Counter[tuple[str, bool]] = Counter()
    kinds: Counter[str] = Counter()
    for told in truth.foretold.to_pylist():
        kinds[told["kind"]] += 1
        text = texts[told["outlet"], told["key"]][told["start"] : told["end"]]
        assert text
        assert text[-1] in '.?"'
        assert (told["came_true"] is None) is (told["kind"] != "own") is (told["confidence"] is None)
        if told["kind"] == "own":
            came[told["outlet"], told["came_true"]] += 1
    assert {*kinds} == {"own", "plan", "condition", "quoted", "none"}
    assert {r["outlet"]: r["rate"] for r in truth.records.to_pylist()} == dict(
        zip(made.outlets, records.record, strict=True)
    )
    for outlet, record in zip(made.outlets, records.record, strict=True):
        of = came[outlet, True] + came[outlet, False]
        assert of > 60
        assert came[outlet, True] / of == pytest.approx(record, abs=0.17)


def test_nobody_borrows_and_all_are_right_alike_where_that_is_asked_for() -> None:
    wordings = press.planted_phrases(4, articles=50, alike=True)[0].plan.borrowing
    guesses = press.planted_forecasts(4, articles=50, alike=True)[0].plan.foretelling
    assert wordings is not None
    assert guesses is not None
    assert (wordings.borrower, wordings.host, {*wordings.share}) == (-1, -1, {0.5})
    assert guesses.record == (0.5,) * len(OUTLETS)


@pytest.mark.parametrize("plant", ["phrases", "forecasts"])
def test_the_rest_of_a_press_is_as_if_nothing_were_added(plant: str) -> None:
    plain = {
        a["url"]: a["text"] for a in press.make(seed=9, articles=120, plant=frozenset({"naming"})).articles()
    }
    added = press.make(seed=9, articles=120, plant=frozenset({"naming", plant}))
    longer = 0
    for article in added.articles():
        assert article["text"].startswith(plain[article["url"]])
        longer += len(article["text"]) > len(plain[article["url"]])
    assert longer > 60
