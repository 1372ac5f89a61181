"""Even-handed by construction: swap two actors in every article, and the findings are swapped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from masthead import press
from masthead.archive import Archive
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.study import Study, parse_study
from masthead.surveying import survey
from masthead.validation.mirror import (
    PROMISED,
    Swapper,
    compare,
    even_study,
    mirror_archive,
    with_families_swapped,
)
from tests.surveying.conftest import Surveyed, survey_press


def assert_map_swapped(one: Findings, two: Findings, pair: tuple[str, str]) -> None:
    swap = dict(zip(pair, pair[::-1], strict=True))
    keys = ("outlet", "subject", "basis", "wire")
    before = {tuple(swap.get(row[k], row[k]) for k in keys): row for row in one.alignment.to_pylist()}
    # Voice counts words, and with them the names in them.
    after = {tuple(r[k] for k in keys): r for r in two.alignment.to_pylist() if r["basis"] != "voice"}
    assert after
    for key, row in after.items():
        for name in ("outlet_order", "subject_order", "side", "fits"):
            assert row[name] == before[key][name]
        for name in ("estimate", "conf_low", "fitted"):
            assert row[name] == pytest.approx(before[key][name], abs=1e-9)
    for part in ("balance", "axes"):
        for wire in ("with", "without"):
            told = [
                {k: v for k, v in of.about["alignment"][part][wire].items() if isinstance(v, int | float)}
                for of in (one, two)
            ]
            assert told[0] == pytest.approx(told[1], abs=1e-9)


def assert_swapped(one: Findings, two: Findings, pair: tuple[str, str]) -> None:
    told = {measure.measure: measure for measure in compare(one, two, pair)}
    assert {*PROMISED} <= told.keys()
    # The press's names are of one shape, so more than what is promised holds; but a name in capitals or with an
    # article may be longer than the other, and these two count words.
    unfair = [measure for name, measure in told.items() if not measure.fair and name not in ("voice", "echo")]
    assert not unfair
    assert all(told[name].cells for name in PROMISED)


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> Surveyed:
    return survey_press(press.make(seed=5, articles=120, setting="hard"), tmp_path_factory.mktemp("straight"))


def test_swapping_two_actors_swaps_their_findings(
    straight: Surveyed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, pair = straight, ("verrin", "tasmer")
    two = survey_press(
        press.make(seed=5, articles=120, setting="hard", mirror=pair),
        tmp_path,
        with_families_swapped(one.study, pair),
        parsed=one.archive,
    )
    assert {"silence", "stance"} <= {row["measure"] for row in one.findings.estimates.to_pylist()}
    assert_swapped(one.findings, two.findings, pair)
    assert_map_swapped(one.findings, two.findings, pair)

    # Read as a sample, which a press this small never is: the samples are of the same articles.
    for place in ("inference.sampling", "instruments.portrayal.reading_order"):
        monkeypatch.setattr(f"masthead.{place}.FIRST", 5)
    sampled = [
        survey(
            press_.study.model_copy(update={"precision": 0.4, "measures": PROMISED}),
            press_.archive,
            processes=1,
        )
        for press_ in (one, two)
    ]
    assert all(findings.about["portrayal"]["sampled"] for findings in sampled)
    assert_swapped(*sampled, pair)


def asked(*subjects: dict[str, object]) -> Study:
    return parse_study({"archive": "a.archive", "subject": list(subjects)})


LEAGUE = {"id": "league", "kind": "actor", "aliases": ["Corvan League", "CLF", "the Corvans", "militants"]}
FRONT = {"id": "front", "kind": "actor", "aliases": ["Tellan Front", "al-Tella"]}
MARSH = {"id": "marsh", "kind": "actor", "person": True, "aliases": ["Dana Marsh"]}
ODELL = {"id": "odell", "kind": "actor", "person": True, "aliases": ["Petra Odell"]}
BRIDGE = {"id": "bridge", "kind": "place", "aliases": ["Tellan Front Bridge"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Corvan League met CLF.", "The Tellan Front met al-Tella."),
        ("TELLAN FRONT WINS", "CORVAN LEAGUE WINS"),
        ("Al-Tella spoke; al-Tella wrote.", "CLF spoke; CLF wrote."),
        ("Tellan Front Bridge fell to militants.", "Tellan Front Bridge fell to militants."),
        ("Dana Marsh left. Marsh's aides stayed.", "Petra Odell left. Odell's aides stayed."),
        ("Corvan Leagues are not it.", "Corvan Leagues are not it."),
    ],
)
def test_names_change_places_and_nothing_else_does(text: str, expected: str) -> None:
    study = asked(LEAGUE, FRONT, MARSH, ODELL, BRIDGE)
    for pair in (("league", "front"), ("marsh", "odell")):
        even, _ = even_study(study, pair)
        text = Swapper(even, pair).swap(text)
    assert text == expected


@pytest.mark.parametrize("pair", [("league", "league"), ("league", "bridge"), ("league", "mob")])
def test_two_that_cannot_change_places_are_refused(pair: tuple[str, str]) -> None:
    mob = {"id": "mob", "kind": "actor", "aliases": ["gunmen"]}
    with pytest.raises(StudyError, match=r"cannot change places|generic aliases alone"):
        even_study(asked(LEAGUE, FRONT, BRIDGE, mob), pair)


def test_any_archive_can_be_mirrored(straight: Surveyed, tmp_path: Path) -> None:
    pair = ("teveth", "masck")
    even, names = even_study(straight.study.model_copy(update={"measures": PROMISED}), pair)
    assert names == [("Ilan Teveth", "Doran Masck")]
    image, changed = mirror_archive(straight.archive, even, pair, tmp_path / "mirror.archive")
    assert changed > 30
    shutil.copytree(straight.archive.path / "sentences", image.path / "sentences")
    one, two = (
        survey(study, archive, processes=1)
        for study, archive in ((even, straight.archive), (with_families_swapped(even, pair), image))
    )
    assert all(measure.fair and measure.cells for measure in compare(one, two, pair))
    back, _ = mirror_archive(image, even, pair, tmp_path / "back.archive")
    ids = {row["article_id"]: row["text"] for row in texts(straight.archive)}
    assert {row["article_id"]: row["text"] for row in texts(back)} == ids


def texts(archive: Archive) -> list[dict[str, str]]:
    return [row for part in archive.parts() for row in pq.read_table(part.path).to_pylist()]
