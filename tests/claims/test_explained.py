"""Claims of what explains an outlet: supported, contradicted, open, and what no archive could decide."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from masthead.archive import Archive
from masthead.errors import StudyError
from masthead.questions.claims import verdicts
from masthead.study import Study
from tests.alignment.drawn import found, study_of, written
from tests.alignment.test_siding import BELIEF, OUTLETS, SIDE, SUBJECTS, means

SIDES = {
    **{
        "id": "c",
        "text": "It sides with them, whatever they believe.",
        "measure": "portrayal",
        "outlet": "fulmar",
    },
    **{"expect": "explained-by", "factor": "side", "voice": "all"},
}
FACTORS = [
    {"id": "side", "values": SIDE},
    {"id": "belief", "values": BELIEF},
    {"id": "twin", "values": {**SIDE, "s0": 1}},
    {"id": "flat", "values": dict.fromkeys(SUBJECTS, 1)},
    {"id": "few", "values": {s: SIDE[s] for s in SUBJECTS[:6]}},
]


def asked(**more: Any) -> Study:
    claim = {**SIDES, **more}
    # A twin that no claim names would leave nothing to be told.
    named = (claim["factor"], claim.get("beyond"))
    factors = [one for one in FACTORS if one["id"] not in ("twin", "few") or one["id"] in named]
    return study_of(SUBJECTS, OUTLETS, factor=factors, measures=["portrayal"], claim=[claim])


def judged(
    folder: Path, by: dict[str, float] | None = None, **more: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return judged_in(asked(**more), folder, by)


def judged_in(
    study: Study, folder: Path, by: dict[str, float] | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    by = by or {"fulmar": 0.3, "gull": 0.0, "skua": 0.02, "tern": -0.3}
    units = written(folder / "units.parquet", means(by), 200)
    archive = Archive.create(folder / "a.archive", frame="everything")
    table, ways = verdicts(study, found(units, study), units, archive)
    (row,) = table.to_pylist()
    return row, ways.to_pylist()


@pytest.mark.parametrize(
    ("claim", "verdict", "says"),
    [
        ({}, "supported", "p .008"),
        ({"toward": "high", "margin": 0.3}, "supported", r"moves by \+0.59"),
        ({"toward": "low"}, "contradicted", "^the other way"),
        ({"margin": 1.5}, "contradicted", "by less than 1.5"),
        ({"beyond": "belief", "margin": 0.1}, "supported", "belief beyond it: .* within the margin of 0.1"),
        ({"beyond": "belief", "margin": 0.001}, "not enough evidence", "belief beyond it"),
        ({"factor": "belief", "beyond": "side", "margin": 0.1}, "contradicted", ""),
        ({"outlet": "tern", "toward": "low"}, "supported", ""),
        ({"outlet": "gull"}, "contradicted", "within the margin of 0.1"),
        ({"beyond": "twin", "margin": 0.1}, "untestable", "split the 10 subjects nearly alike"),
        ({"factor": "flat"}, "untestable", "all 10 subjects have the same value"),
        ({"factor": "few"}, "untestable", "cannot give a p below 0.1"),
        ({"from": "2035-01-01"}, "untestable", "no subjects have a value and two articles"),
        ({"voice": "own"}, "untestable", "hold no quotation marks"),
    ],
)
def test_verdicts(tmp_path: Path, claim: dict[str, Any], verdict: str, says: str) -> None:
    import re

    row, _ = judged(tmp_path, **claim)
    assert row["verdict"] == verdict, row["reason"]
    assert re.search(says, row["reason"])
    assert (row["factor"], row["beyond"]) == (claim.get("factor", "side"), claim.get("beyond"))
    assert (row["needed"] is None) == (verdict in ("supported", "contradicted"))
    if verdict in ("supported", "contradicted"):
        assert row["conf_low"] <= row["estimate"] <= row["conf_high"]
        assert row["n_units"] == 10


def test_what_all_write_alike_is_no_side_that_one_takes(tmp_path: Path) -> None:
    alike = dict.fromkeys(OUTLETS, 0.3)
    row, ways = judged(tmp_path / "alone", alike)
    assert row["verdict"] == "supported"
    (apart,) = [way for way in ways if way["way"] == "set apart from all other outlets"]
    assert apart["verdict"] == "contradicted"
    beside, again = judged(tmp_path / "beside", alike, versus="all other outlets")
    assert beside["verdict"] == "contradicted"
    assert any(way["verdict"] == "supported" for way in again)


@pytest.mark.parametrize(
    ("claim", "says"),
    [
        ({"measure": "naming"}, "factors explain portrayals only"),
        ({"factor": None}, "names no `factor`"),
        ({"factor": "sde"}, "'sde', which is no factor of the study; .*did you mean 'side'"),
        ({"beyond": "side"}, "beyond itself"),
        ({"beyond": "belief"}, "has no `margin`; expected a `margin`"),
        ({"subject": "s0"}, "leave `subject` and `category` out"),
        ({"versus": "before 2031-02-01"}, "expected other outlets in `versus`, or no `versus`"),
        ({"margin": 2.5}, "no difference can pass"),
        ({"expect": "favourable", "subject": "s0"}, "leave `factor` out, or expect 'explained-by'"),
    ],
)
def test_a_claim_that_cannot_be_asked_is_refused(claim: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says):
        asked(
            **{key: value for key, value in claim.items() if value is not None}
        ) if "factor" not in claim or claim["factor"] else study_of(
            SUBJECTS, OUTLETS, factor=FACTORS, claim=[{k: v for k, v in SIDES.items() if k != "factor"}]
        )


def test_a_claim_is_another_one_once_its_factor_has_other_values() -> None:
    first = asked()
    others = [{"id": "side", "values": {**SIDE, "s0": 1}}, *FACTORS[1:]]
    changed = study_of(SUBJECTS, OUTLETS, factor=others, measures=["portrayal"], claim=[SIDES])
    more = study_of(SUBJECTS, OUTLETS, factor=FACTORS, measures=["portrayal"], claim=[SIDES])
    again = asked()
    digests = [study.claim_hash(study.claims[0]) for study in (first, changed, more, again)]
    assert digests[0] != digests[1]
    assert digests[0] != digests[2], "another factor may explain the same"
    assert digests[0] == digests[3]


@pytest.mark.parametrize(("toward", "verdict"), [("high", "untestable"), ("low", "contradicted")])
def test_where_a_factor_that_nobody_named_splits_the_subjects_alike_nothing_is_supported(
    tmp_path: Path, toward: str, verdict: str
) -> None:
    """One that so few subjects cannot test by itself is a rival too."""
    for rivals in (["twin"], ["few"]):
        factors = [factor for factor in FACTORS if factor["id"] in ("side", *rivals)]
        claim = {**SIDES, "toward": toward}
        study = study_of(SUBJECTS, OUTLETS, factor=factors, measures=["portrayal"], claim=[claim])
        row, _ = judged_in(study, tmp_path / rivals[0])
        assert row["verdict"] == verdict
        assert ("may explain the same" in row["reason"]) is (verdict == "untestable")
