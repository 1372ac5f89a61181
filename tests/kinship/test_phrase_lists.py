"""Which phrases are whose, whichever outlet is left out."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.inference.phrases import CHANCE, FEWEST, FEWEST_EVENTS, MOST, Lists, Said, learn

NONE = np.empty(0, np.int64)


def signatures(parties: int, each: int, uses: float, shared: int = 40) -> np.ndarray:
    """Stories by party and phrase: each party says `each` phrases of its own, and all of them `shared` others."""
    stories = np.zeros((parties, parties * each + shared))
    for party in range(parties):
        stories[party, party * each : (party + 1) * each] = uses
    stories[:, parties * each :] = 10
    return stories


def learnt(
    stories: np.ndarray,
    outlets: int = 1,
    seed: int = 0,
    alone: dict[tuple[int, int], tuple[int, int]] | None = None,
) -> Lists:
    """Learn from counts of stories: each party says each phrase in so many of its own stories, drawn at random.

    `alone` says of a party and a phrase which outlet alone has it, in how many of these stories.
    """
    rng = np.random.default_rng(seed)
    most = max(30, int(stories.max(initial=0)))
    said = [
        (
            party,
            story,
            phrase,
            (alone or {}).get((party, phrase), (-1, 0))[0] if at < taught(alone, party, phrase) else -1,
        )
        for party, row in enumerate(stories.astype(int))
        for phrase, count in enumerate(row)
        for at, story in enumerate(most * party + rng.choice(most, count, replace=False))
    ]
    columns = np.array(said, np.int64).reshape(-1, 4).T
    hashes = np.random.default_rng(9).integers(1, 1 << 63, stories.shape[1]).astype(np.uint64)
    return learn(Said(*columns, hashes, NONE, NONE), len(stories), outlets)


def taught(alone: dict[tuple[int, int], tuple[int, int]] | None, party: int, phrase: int) -> int:
    return (alone or {}).get((party, phrase), (-1, 0))[1]


@pytest.mark.parametrize(
    "stories",
    [
        signatures(1, 30, 9),
        signatures(2, FEWEST - 1, 9),
        signatures(2, 30, FEWEST_EVENTS - 1),
        signatures(2, 0, 9),
        np.zeros((2, 0)),
        np.zeros((2, 5)),
    ],
    ids=["one party", "too few phrases", "in too few stories", "nobody has any", "no words", "silence"],
)
def test_nothing_is_said_where_too_little_is_quoted(stories: np.ndarray) -> None:
    found = learnt(stories, 3)
    assert [len(one) for one in found.of_party] == [0] * len(stories)


def test_a_partys_phrases_are_those_that_it_alone_says() -> None:
    found = learnt(signatures(3, 30, 9))
    assert [set(one.tolist()) for one in found.of_party] == [
        {*range(at * 30, at * 30 + 30)} for at in range(3)
    ]
    assert found.left_out == {}


def test_a_list_is_no_longer_than_the_longest_and_holds_the_most_telling() -> None:
    stories = signatures(2, MOST + 50, 9)
    stories[0, :MOST] = 12
    assert {*learnt(stories).of_party[0].tolist()} == {*range(MOST)}


def test_a_phrase_that_one_outlet_alone_quotes_is_nobodys() -> None:
    """Whoever is measured: every outlet is measured by the same phrases, and teaches none of them alone."""
    stories = signatures(2, 40, 9)
    found = learnt(stories, 2, alone={(0, 5): (1, 9)})
    assert 5 not in places(found)
    assert {*range(80)} - {5} == {*places(found)}
    less = learnt(stories, 2, alone={(0, 5): (1, 2)})
    assert 5 in places(less), "seven stories of others are enough"


def test_an_outlet_that_teaches_most_of_a_party_is_left_out_and_the_party_is_kept() -> None:
    stories = signatures(2, 40, 9)
    found = learnt(stories, 4, alone={(0, phrase): (2, 9) for phrase in range(35)})
    assert found.left_out == {2: 0}
    assert [len(one) for one in found.of_party] == [40, 40], "those that can be measured lose nothing by it"


def test_swapping_two_parties_swaps_their_lists() -> None:
    rng = np.random.default_rng(20)
    stories = rng.poisson(2.0, (3, 400)).astype(float)
    stories[0, :50] += 12
    stories[1, 50:90] += 9
    stories[2, 90:130] += 5
    one, two = learnt(stories), learnt(stories[[2, 1, 0]])
    assert [list(a) for a in one.of_party] == [list(a) for a in two.of_party[::-1]]
    assert places(one)
    np.testing.assert_allclose(one.z, two.z[::-1], atol=1e-12)


def test_a_common_word_used_a_little_more_often_is_nobodys_own() -> None:
    stories = signatures(2, 30, 9)
    stories[:, -1] = [900.0, 600.0]
    found = learnt(stories)
    assert found.z[0, -1] > 1.28
    assert stories.shape[1] - 1 not in found.of_party[0]


def places(found: Lists) -> list[int]:
    return sorted(place for one in found.of_party for place in one.tolist())


def test_a_phrase_that_two_parties_share_belongs_to_neither() -> None:
    stories = signatures(3, 30, 9)
    stories[1, 0], stories[0, 30] = 9, 9
    assert 0 not in places(learnt(stories))


def test_parties_that_speak_alike_have_no_wording_of_their_own() -> None:
    """Of forty drawn pairs with one vocabulary hardly any passes for two parties; with words of their own, all do."""
    rng = np.random.default_rng(12)
    passed = 0
    for seed in range(40):
        common = np.clip(rng.gamma(0.7, 3.0, 400), 0.3, 25)
        found = learnt(np.minimum(rng.poisson(common, (2, 400)), 30).astype(float), seed=seed)
        passed += bool(places(found))
        assert len(found.chance) == 2
    assert passed <= 40 * 2 * CHANCE
    assert all(len(places(learnt(signatures(2, 30, 9), seed=seed))) == 60 for seed in range(3))


def test_neither_names_nor_the_order_of_rows_change_what_is_shuffled() -> None:
    rng = np.random.default_rng(4)
    stories = np.minimum(rng.poisson(3.0, (3, 300)), 30).astype(float)
    one = learnt(stories)
    hashes = np.random.default_rng(9).integers(1, 1 << 63, 300).astype(np.uint64)
    rows = np.array(
        [(p, 30 * p + s, w) for p in range(3) for w in range(300) for s in range(int(stories[p, w]))]
    )
    order = rng.permutation(len(rows))
    renamed, moved = np.array([2, 0, 1]), rng.permutation(90)
    many = np.full(len(rows), -1)
    first = learn(Said(*rows.T, many, hashes, NONE, NONE), 3, 1)
    shuffled = Said(renamed[rows[order, 0]], moved[rows[order, 1]], rows[order, 2], many, hashes, NONE, NONE)
    other = learn(shuffled, 3, 1)
    assert [other.chance[at] for at in renamed] == first.chance
    assert [other.own_counts[at] for at in renamed] == first.own_counts == one.own_counts


def test_a_phrase_counts_only_outside_a_longer_one_that_is_somebodys() -> None:
    """`office` says nothing of a party that says it in `clothes of office` alone, however common it is elsewhere."""
    stories = signatures(2, 30, 9)
    rng = np.random.default_rng(3)
    said = [
        (party, 100 * party + story, phrase)
        for party, row in enumerate(stories.astype(int))
        for phrase, count in enumerate(row)
        for story in rng.choice(30, count, replace=False)
    ]
    office, clothes, tide, salt = stories.shape[1] + np.arange(4)
    said += [(0, story, phrase) for story in range(20) for phrase in (office, clothes)]
    # The other party now and then says it too, within the same phrase: `office` is not its own for that.
    said += [(1, 100 + story, phrase) for story in range(4) for phrase in (office, clothes)]
    # A word that is in a phrase half of the time is its own the other half.
    said += [(0, story, tide) for story in range(20)] + [(0, story, salt) for story in range(10)]
    columns = np.array(said, np.int64).T
    hashes = np.random.default_rng(9).integers(1, 1 << 63, stories.shape[1] + 4).astype(np.uint64)
    nested = np.array([[clothes, office], [salt, tide]]).T
    found = learn(Said(*columns, np.full(len(said), -1), hashes, *nested), 2, 1)
    assert {clothes, salt, tide} <= {*found.of_party[0].tolist()}
    assert office not in places(found)
    assert found.stories[0, [office, clothes, tide, salt]].tolist() == [0, 20, 10, 10]
    assert found.stories[1, [office, clothes]].tolist() == [0, 4]
    apart = learn(Said(*columns, np.full(len(said), -1), hashes, NONE, NONE), 2, 1)
    assert office in places(apart), "or else it is"
