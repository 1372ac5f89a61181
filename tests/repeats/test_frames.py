"""Short articles of one frame, filled in with other names or numbers, are articles; versions of one article are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.links.repeats import find_repeats
from tests.archives import archive_of

RESULT = (
    "{0} beat {1} {2} on Saturday in the second round of the cup of the coast. The winners meet the champions in May, "
    "and the losers go home. Entry to the ground is free, and the gates open two hours before the start of play."
)
TRAFFIC = (
    "The road from {0} to {1} is closed to lorries until further notice, the office of roads said. Drivers are asked "
    "to take the coast road and to allow for half an hour more. Buses run as they do on other days of the week."
)
WEATHER = (
    "{0} will see rain in the morning and sun from noon on, with little wind from the west. The sea is calm, and small "
    "boats may leave port. The next report of the weather office comes out in the evening, as it does each day."
)


def _folded(folder: Path, heads: list[str], texts: list[str], hours: int = 1) -> int:
    rows = [
        {
            "outlet": "Post",
            "published": f"2021-03-01T{10 + n * hours:02}:00:00Z",
            "title": head,
            "text": text,
            "url": f"post.test/{n}",
        }
        for n, (head, text) in enumerate(zip(heads, texts, strict=True))
    ]
    _, counts = find_repeats(archive_of(folder, rows), {})
    return counts["folded"]


@pytest.mark.parametrize(
    ("head", "frame", "filled"),
    [
        (
            "{0} beat {1}",
            RESULT,
            [("Ilmar", "Varn", "2-1"), ("Ostrey", "Saltmere", "2-1"), ("Pellan", "Lisse", "1-2")],
        ),
        (
            "Cup: {0} through",
            RESULT,
            [("Ilmar", "Varn", "2-1"), ("Ostrey", "Saltmere", "2-1"), ("Varn", "Lisse", "2-1")],
        ),
        (
            "Cup results",
            RESULT,
            [("Ilmar", "Varn", "2-1"), ("Ostrey", "Saltmere", "2-1"), ("Pellan", "Lisse", "2-1")],
        ),
        ("Road closed at {0}", TRAFFIC, [("Ilmar", "Varn"), ("Ostrey", "Saltmere"), ("Pellan", "Lisse")]),
        ("Traffic", TRAFFIC, [("Ilmar", "Varn"), ("Ostrey", "Saltmere"), ("Pellan", "Lisse")]),
        ("Weather at {0}", WEATHER, [("Ilmar",), ("Ostrey",), ("Pellan",)]),
    ],
)
def test_one_frame_filled_in_anew(
    tmp_path: Path, head: str, frame: str, filled: list[tuple[str, ...]]
) -> None:
    assert _folded(tmp_path, [head.format(*f) for f in filled], [frame.format(*f) for f in filled]) == 0


@pytest.mark.parametrize(
    ("heads", "texts"),
    [
        # A name put right under one head; a head changed above one text; more told; a word put otherwise.
        (["Road closed"] * 2, [TRAFFIC.format("Ilmar", "Varn"), TRAFFIC.format("Ilmar", "Varne")]),
        (
            ["Lorries kept off the road", "No way from Ilmar for lorries"],
            [TRAFFIC.format("Ilmar", "Varn")] * 2,
        ),
        (
            ["Road closed at Ilmar", "Road at Ilmar stays closed"],
            [
                TRAFFIC.format("Ilmar", "Varn"),
                TRAFFIC.format("Ilmar", "Varn") + " Mayor Hale called it a shame.",
            ],
        ),
        (
            ["Road closed at Ilmar", "Road at Ilmar stays closed"],
            [
                TRAFFIC.format("Ilmar", "Varn"),
                TRAFFIC.format("Ilmar", "Varn").replace("Drivers are", "Motorists are"),
            ],
        ),
        (
            ["Ilmar beat Varn", "Ilmar beat Varn in the cup"],
            [RESULT.format("Ilmar", "Varn", "2-1"), RESULT.format("ILMAR", "VARN", "2-1")],
        ),
    ],
)
def test_versions_stay_one(tmp_path: Path, heads: list[str], texts: list[str]) -> None:
    assert _folded(tmp_path, heads, texts) == 1
