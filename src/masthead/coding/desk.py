"""Where coding is done: a study, its archive as it counts, the instrument's units, and the round by its codebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from masthead.archive import Archive
from masthead.coding.codebook import Codebook, codebook_of, codebook_path
from masthead.coding.draws import CellName, Unit, cells_of
from masthead.coding.rounds import RoundFolder, current_round, measures_with_rounds, one_round
from masthead.errors import UsageError, nearest
from masthead.measuring import Job, find_measure, instrument_of, instruments
from masthead.measuring.coding import Coding, units_that_may_be_drawn
from masthead.measuring.counting import counted
from masthead.measuring.outlets import settled
from masthead.measuring.tables import StudyTables, loaded
from masthead.reading.portrayal.classifier import Classifier
from masthead.study import Study

Report = Callable[[str, int, int], None]


@dataclass
class Desk:
    """What coding one measure of a study needs; the archive is read when units are first asked for."""

    study: Study
    archive: Archive
    measure: str
    coding: Coding
    book: Codebook
    book_path: Path
    progress: Report | None = None
    processes: int | None = None
    classifier: Classifier | None = None

    @cached_property
    def survey(self) -> StudyTables:
        """The tables of the study's articles, with the instrument loaded."""
        archive = counted(self.archive, self.study, progress=self.progress)
        job = Job(self.study, archive, self.processes, self.progress, self.classifier)
        return loaded(job, (self.measure,))

    def cells(self, folder: RoundFolder) -> dict[CellName, list[Unit]]:
        """Return the units that may be drawn in a round, by cell, in the order of drawing."""
        return cells_of(folder, units_that_may_be_drawn(self.survey, self.coding))

    def names(self, mask: bool) -> dict[str, str]:
        """Return the names of subjects, where coders have to know which is meant.

        Raises UsageError where they are to be masked all the same.
        """
        if not self.coding.names_subject:
            return {}
        if mask:
            raise UsageError(
                f"a mask for '{self.measure}', whose coders have to know which subject is meant",
                "names that can be seen",
                "leave --mask out",
            )
        return {subject.id: subject.name or subject.id for subject in self.study.subjects}

    @property
    def round(self) -> RoundFolder:
        """The current round. Raises UsageError where nothing was drawn, or the codebook was changed since."""
        folder = one_round(self.archive, self.measure)
        if folder.hash != self.book.round:
            raise UsageError(
                f"'{self.book_path}' was changed since units were drawn by it",
                "the codebook of the current round: figures never mix rounds",
                "draw again with `masthead code draw` to start a new round, or undo the change",
            )
        return folder


def open_desk(
    study: Study,
    archive: Archive,
    study_file: Path,
    measure: str | None,
    *,
    progress: Report | None = None,
    processes: int | None = None,
    classifier: Classifier | None = None,
) -> Desk:
    """Return the desk of a measure, or of the only one drawn of. Raises UsageError where it cannot be coded."""
    name = one_round(archive, None).measure if measure is None else coded_measure(measure)
    coding = instrument_of(name).coding
    if coding is None:
        raise UsageError(
            f"nobody can code '{name}'", "a measure that people can code", nearest(name, can_be_coded())
        )
    archive = archive.snapshot()
    study = settled(study, archive)
    path = codebook_path(study_file, name)
    book = codebook_of(path, name, coding, study)
    return Desk(study, archive, name, coding, book, path, progress, processes, classifier)


def coded_measure(name: str) -> str:
    """Return the measure whose units are coded for a measure: itself, or the one that it comes with."""
    measure = find_measure(name)
    return measure.comes_with or measure.name


def can_be_coded() -> list[str]:
    """Return the measures that people can code."""
    return [name for name, one in instruments().items() if one.coding is not None]


def current_rounds(study: Study, archive: Archive, study_file: Path) -> Mapping[str, str]:
    """Return the round of each measure by its codebook as it now stands, of those that were drawn of."""
    rounds: dict[str, str] = {}
    for name in measures_with_rounds(archive):
        one = instruments().get(name)
        folder = current_round(archive, name)
        if one is not None and one.coding is not None and folder is not None:
            book = codebook_of(codebook_path(study_file, name), name, one.coding, study)
            # A round that was left for another is current no more, though its codebook be back.
            rounds[name] = folder.hash if folder.hash == book.round else f"{book.round}, not drawn"
    return rounds
