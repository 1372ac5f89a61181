"""A measure's name stands in its own room: what is asked of any measure compares none, and lists none."""

from __future__ import annotations

import pytest

from masthead.measuring import instruments
from tests.rooms import SOURCE, files_naming, named_in

ASKED_OF_ANY = (
    "questions/**/*.py",
    "surveying/**/*.py",
    "measuring/**/*.py",
    "study/**/*.py",
)
"""What knows measures by what they declare."""

ALLOWED = {
    # Claims count articles by the measure whose units are all articles.
    "study/claim_rules.py": {"attention"},
    # Alignment is asked of what these measure, and a question may name what it asks.
    "questions/alignment/bases.py": {"portrayal", "naming", "voice", "praise", "blame"},
    # A table of the study file: which model reads.
    "study/study.py": {"portrayal"},
}
"""The files that name a measure all the same, and why."""

CEILING = {
    "attention": 2,
    "naming": 2,
    "portrayal": 3,
    "voice": 2,
    "silence": 2,
    "echo": 1,
    "kinship": 1,
    "forecast": 1,
}
"""In how many files outside its room and its command an instrument is named. Three is what is aimed at."""


def test_what_is_asked_of_any_measure_names_none() -> None:
    named = {
        path.relative_to(SOURCE).as_posix(): names
        for pattern in ASKED_OF_ANY
        for path in sorted(SOURCE.glob(pattern))
        if (names := named_in(path))
    }
    assert named == ALLOWED, "a file names a measure; let the measure declare what you ask of it"


@pytest.mark.parametrize("name", instruments())
def test_few_files_name_an_instrument(name: str) -> None:
    files = files_naming(name)
    assert len(files) <= CEILING[name], f"{name} is named in {len(files)} files: {', '.join(files)}"
