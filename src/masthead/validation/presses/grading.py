"""How presses are made, read and graded one after the other, and the counts added up."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypedDict, TypeVar, Unpack

from masthead.archive import Archive
from masthead.measuring import Job
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.press import Press, make
from masthead.press.mess import clean_setting
from masthead.press.writing.grammar import FIRST
from masthead.study import Study, load_study
from masthead.validation.progress import Progress, in_turn


class Size(TypedDict, total=False):
    """How many presses are made, of how many articles each, from which seed on, in which grammar, and who is told."""

    presses: int
    articles: int
    seed: int
    grammar: str
    progress: Progress | None


class Counts(Protocol):
    """What is counted over presses, and over how many."""

    presses: int
    articles: int


C = TypeVar("C", bound=Counts)


def grade_presses(
    counts: C,
    add: Callable[[C, Press, Study, Archive], None],
    setting: str,
    *,
    plant: frozenset[str] | None = None,
    mess: Collection[str] | None = None,
    stage: str | None = None,
    **size: Unpack[Size],
) -> C:
    """Make presses, have each added to the counts, and return these. Raises UsageError for the messy setting."""
    for press, study, archive in archived_presses(setting, plant=plant, mess=mess, stage=stage, **size):
        add(counts, press, study, archive)
        counts.presses += 1
        counts.articles += press.size
    return counts


def archived_presses(
    setting: str,
    *,
    plant: frozenset[str] | None = None,
    mess: Collection[str] | None = None,
    stage: str | None = None,
    **size: Unpack[Size],
) -> Iterator[tuple[Press, Study, Archive]]:
    """Yield presses as `made_presses` does, each with its study and an archive that is gone when the next comes."""
    for press in made_presses(setting, plant=plant, mess=mess, stage=stage, **size):
        with archive_of(press) as (study, archive):
            yield press, study, archive


def made_presses(
    setting: str,
    *,
    plant: frozenset[str] | None = None,
    mess: Collection[str] | None = None,
    stage: str | None = None,
    presses: int = 3,
    articles: int = 800,
    seed: int = 1,
    grammar: str = FIRST,
    progress: Progress | None = None,
) -> Iterator[Press]:
    """Yield presses of seeds from `seed` on.

    `plant` and `mess` are what is planted in them, as `press.make` has it. Progress is told of them as the `stage`, or
    else by their setting. Raises UsageError for the messy setting.
    """
    setting = clean_setting(setting)
    for number in in_turn(range(presses), f"{stage or setting} presses", progress):
        yield make(
            seed=seed + number, articles=articles, setting=setting, plant=plant, mess=mess, grammar=grammar
        )


@contextmanager
def archive_of(press: Press) -> Iterator[tuple[Study, Archive]]:
    """Give a press's study and an archive of its articles, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="masthead-press-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        press.write(folder / "press.jsonl")
        (folder / "study.toml").write_text(press.study("press.archive"), encoding="utf-8")
        archive = Archive.create(folder / "press.archive", frame="everything")
        archive.add(folder / "press.jsonl")
        yield load_study(folder / "study.toml"), archive


def read_measures(study: Study, archive: Archive) -> tuple[StudyTables, Archive]:
    """Return the tables of the measures that a study asks for, and the archive as the study counts it."""
    archive = counted(archive, study)
    return loaded(Job(study, archive, wire=False), study.measures), archive


def key_of(extra: str) -> str:
    """The press's key of an article, from what the archive kept beside its columns."""
    return str(json.loads(extra)["key"])


def keys_of(archive: Archive) -> dict[str, str]:
    """The press's keys of the articles, by their ids."""
    return {
        row["article_id"]: key_of(row["extra"])
        for part in archive.parts()
        for row in part.read(["article_id", "extra"]).to_pylist()
    }
