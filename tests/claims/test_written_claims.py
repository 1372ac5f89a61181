"""A claim that cannot be meant is refused in one sentence, and its hash covers all that gives it its meaning."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from masthead.errors import StudyError
from masthead.study import Study, parse_study
from tests.claims.made import claim, study


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"measure": "namings"}, "no measure 'namings'; expected one of attention, .*did you mean 'naming'"),
        ({"measure": "popularity"}, "no measure 'popularity'; expected one of attention, naming"),
        ({"outlet": "gul"}, "'gul', which is no outlet or group of the study; .*did you mean 'gull'"),
        ({"versus": "nort"}, "'nort', which is no outlet or group .*did you mean 'north'"),
        ({"versus": "all other outlet"}, "did you mean 'all other outlets'"),
        (
            {"category": "militants"},
            "'militants', which is no category of 'dockers'; .*did you mean 'militant'",
        ),
        ({"versus": "before strke"}, "'strke' is no day and no event of the study; .*did you mean 'strike'"),
        ({"versus": "before 2031-02-30"}, "the day 2031-02-30, and there is none"),
        ({"outlet": None}, "names no `outlet`"),
        ({"subject": None}, "about naming and names no `subject`"),
        ({"category": None}, "about naming and names no `category`"),
        ({"measure": "attention"}, "a category of attention, which has none"),
        ({"measure": "attention", "category": None, "voice": "own"}, "attention does not tell voices apart"),
        ({"measure": "voice"}, "expected a `subject`, or the `category`"),
        ({"expect": "favourable"}, "'favourable' of naming; .*`measure = \"portrayal\"`"),
        ({"expect": "silent"}, "'silent' of naming; .*`measure = \"silence\"`"),
        ({"measure": "silence", "category": None}, "own habits, over all the study's time; leave `versus`"),
        (
            {"measure": "silence", "category": "other", "expect": "silent"},
            "expected 'unfavourable', or no `category`",
        ),
        (
            {"measure": "silence", "category": None, "expect": "changed"},
            "'changed' of silence; expected 'silent', 'more'",
        ),
        ({"versus": None}, "'more' and has no `versus`; .*more than whom"),
        ({"versus": "gull"}, "sets 'gull' against itself"),
        ({"expect": "unchanged", "margin": 0.1}, "an outlet changes against itself"),
        ({"expect": "unchanged", "versus": "before strike"}, "'unchanged' and has no `margin`"),
        ({"margin": -0.1}, "greater than or equal to 0"),
        ({"margin": float("inf")}, "finite"),
        ({"margin": float("nan")}, "finite|greater"),
        (
            {"margin": 10},
            "a margin of 10 that no difference can pass; .*shares lie between 0 and 1; write 0.10",
        ),
        ({"margin": "ten"}, "number"),
        ({"from": "2031-05-01", "to": "2031-04-01"}, "ends .* before it starts"),
        ({"text": " "}, "the claim has no text"),
        ({"expect": "louder"}, "'more'"),
        ({"expect": None}, "lacks 'claim.*expect'"),
        ({"versis": "skua"}, "unknown key 'claim.*versis'.*did you mean 'versus'"),
    ],
)
def test_what_cannot_be_meant_is_said_in_one_sentence(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says) as caught:
        study(claim(**asked))
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


SILENT = {"measure": "silence", "category": None, "versus": None, "expect": "silent"}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (SILENT | {"margin": 2.0}, "expected a ratio from 0 to 1"),
        (SILENT | {"margin": 0.5, "expect": "more"}, "expected a ratio of 1 or more"),
        (SILENT | {"from": "2031-01-01"}, "leave `versus`, `from` and `to` out"),
    ],
)
def test_a_silence_is_a_ratio(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        study(claim(**asked))


def test_an_outlet_that_the_archive_lacks_stands_in_the_study() -> None:
    assert study(claim(outlet="the spindrift tribune")).claims[0].outlet == "spindrift-tribune"
    with pytest.raises(StudyError, match=r"'shearwater'.*with `absent = true`"):
        study(claim(outlet="shearwater"))


def test_a_name_that_is_an_outlet_and_a_group_is_refused() -> None:
    outlets = [{"id": "gull", "group": "north"}, {"id": "skua"}, {"id": "north"}]
    with pytest.raises(StudyError, match="'north', which is an outlet and a group"):
        study(claim(versus="north"), outlet=outlets)


def test_a_measure_that_the_study_leaves_out_is_refused() -> None:
    with pytest.raises(StudyError, match=r"rests on stance, which the study does not measure; .*add 'voice'"):
        study(claim(measure="stance", category="claimed"), measures=["naming"])


def test_voice_is_ones_own_where_the_measure_tells_voices_apart() -> None:
    told = study(
        claim(), claim(id="d", measure="attention", category=None), claim(id="e", voice="all")
    ).claims
    assert [one.asked_voice for one in told] == ["own", "all", "all"]


@pytest.mark.parametrize(
    ("versus", "side", "at"),
    [
        ("before 2031-07-01", "before", dt.date(2031, 7, 1)),
        ("after strike", "after", "strike"),
    ],
)
def test_a_turn_is_a_day_or_an_event(versus: str, side: str, at: object) -> None:
    turn = study(claim(versus=versus)).claims[0].turn
    assert turn is not None
    assert (turn.side, turn.at) == (side, at)


def hashed(told: Study) -> str:
    return told.claim_hash(told.claims[0])


def test_a_claims_hash_is_of_what_it_says_and_of_what_that_means() -> None:
    plain = study(claim(versus="before strike"))
    raw = plain.model_dump(mode="json", by_alias=True)

    def changed(change: Any) -> str:
        again = {
            k: [dict(p) for p in v] if isinstance(v, list) and k != "measures" else v for k, v in raw.items()
        }
        change(again)
        return hashed(parse_study(again))

    same = {
        "title": lambda s: s.update(title="Another"),
        "names": lambda s: s["outlet"][0].update(name="The Gull"),
        "another subject": lambda s: s["subject"][1].update(aliases=[{"text": "weavers*"}]),
        "cut of the series": lambda s: s.update(period={"by": "day"}),
        "order of outlets": lambda s: s["outlet"].reverse(),
        "another claim": lambda s: s["claim"].append({**claim(), "id": "d"}),
        "nothing": lambda s: None,
    }
    other = {
        "text": lambda s: s["claim"][0].update(text="It says otherwise."),
        "margin": lambda s: s["claim"][0].update(margin=0.1),
        "aliases": lambda s: s["subject"][0].update(aliases=[{"text": "dockers*"}]),
        "categories": lambda s: s["subject"][0].update(categories={"militant": ["militant*", "violent"]}),
        "group": lambda s: s["outlet"][0].update(group="south"),
        "event": lambda s: s["event"][0].update({"from": "2031-07-02"}),
        "period": lambda s: s.update(period={"from": "2031-01-01"}),
        "level": lambda s: s.update(level=0.9),
        "where": lambda s: s.update(where={"words": ["port"], "section": [], "language": []}),
    }
    assert {name: changed(change) for name, change in same.items()} == dict.fromkeys(same, hashed(plain))
    found = [changed(change) for change in other.values()]
    assert len({*found, hashed(plain)}) == len(other) + 1


def test_a_hash_stays_what_it_was_in_the_first_version() -> None:
    assert hashed(study(claim())) == "c89480a4f8062ef5"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"outlet": "Gull", "versus": "SKUA"}, {"outlet": "gull", "versus": "skua"}),
        ({"subject": "The Dockers", "category": "Militant"}, {"subject": "dockers", "category": "militant"}),
        (
            {"outlet": "North", "versus": "All Other Outlets"},
            {"outlet": "north", "versus": "all other outlets"},
        ),
        ({"versus": "Before Strike"}, {"versus": "before strike"}),
        ({"versus": "AFTER 2031-07-01"}, {"versus": "after 2031-07-01"}),
    ],
)
def test_names_are_found_in_whatever_case_and_are_the_same_claim(
    asked: dict[str, Any], found: dict[str, Any]
) -> None:
    told = study(claim(**asked))
    assert {key: getattr(told.claims[0], key) for key in found} == found
    assert hashed(told) == hashed(study(claim(**found)))


def test_words_that_masthead_keeps_are_found_in_whatever_case() -> None:
    silent = claim(measure="silence", category="Unfavourable", versus=None, expect="silent")
    heard = claim(id="d", measure="voice", subject=None, category="Unknown")
    assert [one.category for one in study(silent, heard).claims] == ["unfavourable", "unknown"]
    with pytest.raises(StudyError, match=r"'unnown', which is no voice .*did you mean 'unknown'"):
        study(claim(measure="voice", subject=None, category="unnown"))


def test_an_absent_outlet_changes_no_hash() -> None:
    plain = study(claim())
    listed = [o for o in plain.model_dump(mode="json", by_alias=True)["outlet"] if not o["absent"]]
    without = study(claim(), outlet=listed)
    assert (without.hash, hashed(without)) == (plain.hash, hashed(plain))


def test_an_outlet_called_like_a_moment_is_an_outlet() -> None:
    outlets = [{"id": "gull"}, {"id": "dark", "name": "After Dark"}]
    assert study(claim(versus="After Dark"), outlet=outlets).claims[0].versus == "dark"
