"""What an instrument is: what it measures, what it reads for that, what it tells. A survey is one loop over them."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar, cast

from masthead.findings.about import About, Part

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import pyarrow as pa

    from masthead.archive import Archive
    from masthead.dossier.page import Page
    from masthead.findings.findings import Findings
    from masthead.links.reuse import ReuseReading
    from masthead.links.stories import StoriesReading
    from masthead.measuring.coding import Coding
    from masthead.measuring.measure import Measure, Tables
    from masthead.measuring.own_figures import OwnFigures
    from masthead.measuring.tables import StudyTables
    from masthead.reading import Reading
    from masthead.reading.portrayal.classifier import Classifier
    from masthead.study import Study
    from masthead.study.claim import Claim

Report = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


class Kept(Protocol):
    """What a reader kept in the archive; `hash` is over all that it depends on."""

    @property
    def hash(self) -> str:
        """The hash of what was read."""


@dataclass
class Job:
    """What an instrument reads by: a study, the articles that count, and what all instruments read alike.

    `naming`, `reuse` and `stories` are read when the first asks for them. `outlet` and `subject` narrow what has to be
    read where one figure is asked for; without `wire` nobody looks for wire copy. `kept` holds what the instruments
    read, by their names.
    """

    study: Study
    archive: Archive
    processes: int | None = None
    progress: Report | None = None
    classifier: Classifier | None = None
    outlet: str | None = None
    subject: str | None = None
    wire: bool = True
    kept: dict[str, Kept] = field(default_factory=dict)

    @cached_property
    def naming(self) -> Reading:
        """Where the study's subjects are mentioned, and by which labels."""
        from masthead.reading import read

        return read(self.archive, self.study, processes=self.processes, progress=self.progress)

    @cached_property
    def reuse(self) -> ReuseReading:
        """Which articles hold words of earlier ones, and which are wire copy."""
        from masthead.archive.days import zones_known
        from masthead.links.reuse import read_reuse

        return read_reuse(
            self.archive,
            outlets=self.study.outlet_of,
            zones=zones_known(self.archive, self.study),
            processes=self.processes,
            progress=self.progress,
        )

    @cached_property
    def stories(self) -> StoriesReading:
        """Which articles are on one event."""
        from masthead.links.stories import read_stories

        return read_stories(self.archive, processes=self.processes, progress=self.progress)


@dataclass
class Results:
    """What an instrument adds to the findings.

    `tables` by their names among the findings' (`masthead.findings.schemas`); `about` holds its parts of
    `Findings.about` (`Part.put`); `estimates` where the interval is of the instrument's own making, in the columns of
    ESTIMATES.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    about: About = field(default_factory=About)
    estimates: pa.Table | None = None


K = TypeVar("K", bound=Kept)
"""What an instrument's reader keeps."""

L = TypeVar("L")
"""What an instrument knows once its tables are loaded."""


class Instrument(ABC, Generic[K, L]):
    """One question that a survey answers: measures, the reader behind them, and what is told beside the figures.

    Only `name`, `measures` and, where these are made of tables of its own, `frames` have to be given. What it declares
    is data; what it does are the methods, called in this order: `read`, `load`, `leave`, `results`.

    Masthead's own instruments use this contract and nothing more; another package registers its own under the entry
    point `masthead.instruments`.

    >>> from masthead.measuring.registry import instrument_of
    >>> voice = instrument_of("stance")
    >>> voice.name, [measure.name for measure in voice.measures]
    ('voice', ['voice', 'stance'])
    """

    name: ClassVar[str]
    """What a study asks for; also the name of its first measure."""
    measures: ClassVar[tuple[Measure, ...]]
    needs: ClassVar[tuple[str, ...]] = ()
    """The instruments whose tables it is made of."""
    tables: ClassVar[Mapping[str, pa.Schema]] = {}
    """The tables that it adds to a survey; where it is not asked for they are there, and empty."""
    frames: ClassVar[Mapping[str, str]] = {}
    """What its measures are made of, by name: each a SELECT over the survey's tables."""
    frames_without_alias: ClassVar[Mapping[str, str]] = {}
    """The same where each subject stands once for every alias that it is left without: over `variants` (subject, gone,
    variant). An instrument that has none is not asked again without each alias."""
    voices_without_alias: ClassVar[tuple[str, ...]] = ()
    """The voices in which it is asked again."""
    cells: ClassVar[str | None] = None
    """A SELECT of the pairs of subject and category for which the absence of a figure has to be told."""
    categories: ClassVar[Mapping[str, str]] = {}
    """By measure, a SELECT of category and subject: the categories that its figures are of."""
    evidence: ClassVar[Mapping[str, str]] = {}
    """By measure, a SELECT of the passages behind its figures; columns: EVIDENCE in `masthead.measuring.passages`."""
    passages_settle: ClassVar[bool] = True
    """True where one passage is enough to contradict a claim of never; not where each of them is a model's guess."""
    most_telling: ClassVar[str | None] = None
    """What passages are ranked by, so that those at either end are shown too; SQL over the columns of evidence."""
    elsewhere: ClassVar[str | None] = None
    """The command that shows what stands behind the figures, where that is no passage."""
    coding: ClassVar[Coding | None] = None
    """How people code its units, so that their codes correct its figures; None where nobody can."""
    reads_stories: ClassVar[bool] = False
    """True where it needs the articles grouped into stories."""
    own_intervals: ClassVar[bool] = False
    """True where `results` makes the estimates, since their interval is not that of the one rule."""
    parts: ClassVar[tuple[Part[Any], ...]] = ()
    """What it says in `Findings.about`; null there where it was not asked for."""
    reading_stage: ClassVar[str] = ""
    """What progress says while it reads; empty where it reads nothing of its own."""
    loading_stage: ClassVar[str] = ""
    """What progress says while its tables are made; empty where that takes no time."""

    def inputs(self, study: Study) -> str | None:
        """Return a hash of what a study gives it beside the articles, such as a file of outcomes; None for nothing."""
        return None

    def read(self, job: Job) -> K | None:
        """Read the articles, or take what was read before; None where it has no reader of its own."""
        return None

    def load(self, survey: StudyTables, job: Job) -> L | None:
        """Make its tables (`survey.add`) of what it read (`reading`), and return what `results` will tell of them."""
        return None

    def reading(self, job: Job) -> K:
        """Return what its `read` returned in this job. Raises KeyError where it has not read."""
        return cast("K", job.kept[self.name])

    def units_aside(self, tables: Tables) -> Mapping[str, nw.LazyFrame[Any]]:
        """Return units that are in no figure and that claims ask for, by names of their own."""
        return {}

    def leave(self, survey: StudyTables, job: Job, known: L | None, units: Path) -> None:
        """Write beside the units what later questions are answered by."""

    def left(self, units: Path) -> tuple[Path, ...]:
        """Return the files that `leave` writes."""
        return ()

    def answer(self, study: Study, units: Path) -> None:
        """Work out of what was left what a study's claims ask beyond the figures, where nobody has yet."""

    def claimed(
        self, claim: Claim, wire: str, outlets: Sequence[str], findings: Findings, units: Path
    ) -> OwnFigures:
        """Return what a claim is judged by where outlets are set against their own habits: the survey's figures.

        An instrument that counts in other ways too adds these. `units` is the file of the survey's units.
        """
        from masthead.measuring.own_figures import OwnFigures, OwnWay, surveyed

        return OwnFigures([OwnWay("", surveyed(findings, claim, claim.category, outlets))])

    def articles_against(
        self, claim: Claim, wire: str, outlets: Sequence[str], units: Path, most: int | None
    ) -> list[str]:
        """Return the articles that speak against such a claim of `never` or `always`, the earliest first."""
        return []

    def results(self, survey: StudyTables, job: Job, known: L | None, units: Path) -> Results:
        """Return what it adds to the findings; `units` is the file of the survey's units."""
        return Results()

    def summary(self, about: Mapping[str, object]) -> Mapping[str, object]:
        """Return what `masthead survey --json` says of it; `about` is what the findings say of themselves."""
        return {}

    def pages(self) -> tuple[Page, ...]:
        """Return its sections of a dossier's index and its pages, where it has more to show than its figures."""
        return ()


AnyInstrument = Instrument[Any, Any]
