"""What findings say of themselves, `Findings.about`: the part of every survey, and how rooms add parts of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NotRequired, TypedDict, TypeVar, cast

from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.archive.folder import Frame
    from masthead.findings.planted import PlantedChanges, PlantedCoding, PlantedFigure, PlantedSilences
    from masthead.study.parts import Repeats, Wire


class SurveyedOutlet(TypedDict):
    """An outlet of a survey, and how many of its articles the study looks at."""

    id: str
    title: str
    group: str | None
    """The group that the study puts it into, or none."""
    zone: str | None
    """The time zone on whose clock its days are; null where that is UTC, or its articles came in several."""
    n_articles: int
    n_undated: int
    n_not_english: int
    """Articles whose grammar is not read."""
    n_without_text: int
    """Articles of which there is a title alone."""
    n_wire: int
    """Articles that are wire copy."""
    quotation_marks: bool
    """Whether its texts hold any: without, own and quoted voice cannot be told apart."""
    first: str | None
    last: str | None
    """The first and the last day of its articles, as 2024-01-31; null where none has a date."""
    n_repeats: NotRequired[int]
    """How many versions of its articles were folded into them; counted by a survey alone."""


SurveyedPeriod = TypedDict("SurveyedPeriod", {"from": str | None, "to": str | None, "by": str})
"""The study's period: its first and last day (null: open), and what series are cut into: day, week, month, …"""


class ComparedOutlets(TypedDict):
    """How many outlets are compared pair by pair, `of` how many that have articles, and by what rule."""

    outlets: int
    of: int
    rule: str


class SurveyedSubject(TypedDict):
    """A subject of the study, with its aliases, and the patterns of each category of its labels."""

    id: str
    title: str
    kind: str
    aliases: list[str]
    categories: dict[str, list[str]]


SurveyedEvent = TypedDict("SurveyedEvent", {"id": str, "from": str, "to": str})
"""An event of the study, with its first and last day."""


class Declaration(TypedDict, total=False):
    """What a measure says of itself (`Measure.declaration`). One kept by an older Masthead may lack some of it."""

    name: str
    question: str
    unit: str
    """What one unit is: article, story."""
    numerator: str
    denominator: str
    range: list[float | None]
    """Where figures can lie, two bounds; null where there is none."""
    blind_spots: list[str]
    source: str
    example: str
    voices: list[str]
    """The voices that it is given for: all, own, quoted."""
    reads_labels: bool
    reads_sentences: bool
    needs_whole_frame: bool


class ClaimText(TypedDict):
    """A claim of the study, and a hash over all that its verdict hangs on in the study."""

    id: str
    text: str
    hash: str


class ReportSentence(TypedDict):
    """A sentence of the report that the study checks, and the ids of the claims it was taken apart into."""

    text: str
    claims: list[str]


class StandingOutlet(TypedDict):
    """What of an outlet's articles stands around them."""

    id: str
    articles: int
    with_marks: int
    """Articles that hold some standing text."""
    no_article: int
    """Texts that are no article's own."""
    spans: dict[str, int]
    """Stretches of standing text, by kind."""


class MovedFigure(TypedDict):
    """A figure of attention that standing text would move, did it count."""

    outlet: str
    subject: str
    n: int
    """The outlet's articles."""
    named: int
    """Those that mention the subject, and count."""
    only: int
    """Those that mention it in standing text alone."""
    kinds: dict[str, int]
    """The latter, by kind of standing text."""


class StandingText(TypedDict):
    """What standing text is in a study's articles; those figures that it would move most come first."""

    version: str
    hash: str
    outlets: list[StandingOutlet]
    moved: list[MovedFigure]


class OutletRepeats(TypedDict):
    """How many articles of an outlet are folded into another version, by the ground on which they are told."""

    outlet: str
    address: int
    text: int


class RepeatCounts(TypedDict):
    """What was done with articles of which there is another version, and how many there are."""

    mode: Repeats
    folded: int
    """Articles that count with another version of them."""
    kept: int
    """Articles that stand for them."""
    address: int
    text: int
    """The folded ones by ground: the same address, the same text."""
    outlets: list[OutletRepeats]


class StageTime(TypedDict):
    """How long a stage of the survey took, in seconds."""

    stage: str
    seconds: float


class About(TypedDict, total=False):
    """What a survey says of itself, as `survey.json` holds it: plain data.

    These keys are every survey's. Findings that an older Masthead wrote may lack those that came later. What an
    instrument or a question adds stands beside them, under the name of its `Part`.
    """

    title: str
    """The study's."""
    version: str
    """Of Masthead."""
    made: str
    """When, in UTC: 2024-01-31T12:00:00+00:00."""
    figures_hash: str
    study_hash: str
    archive_hash: str
    """16 hex digits each, over all that figures hang on, over the study, over the archive."""
    units_hash: str
    """The same over all that figures hang on but people's codes: what a survey leaves in the archive lies under it."""
    archive: str
    """The name of the archive's folder."""
    frame: Frame | None
    """How the archive's articles were selected; null where nobody said."""
    frame_note: str
    """The same in words."""
    level: float
    """Of intervals: 0.95."""
    wire: Wire
    """Which figures a dossier leads with: with wire copy or without."""
    period: SurveyedPeriod
    outlets: list[SurveyedOutlet]
    """Those with most articles first."""
    compared: ComparedOutlets
    subjects: list[SurveyedSubject]
    events: list[SurveyedEvent]
    measures: list[Declaration]
    claims: list[ClaimText]
    sentences: list[ReportSentence]
    left_out: dict[str, int]
    """How many articles were left out, or out of series, by reason."""
    warnings: list[str]
    """Sentences that a reader needs before anything else."""
    reading: dict[str, str | int]
    """How names and labels were read: `version`, `hash`, and counts of articles, mentions, namings and sentences."""
    standing: StandingText | None
    """Null where the study counts standing text."""
    repeats: RepeatCounts | None
    """Null in findings that were made before versions were folded."""
    timings: list[StageTime]
    made_again: list[str]
    """Kept files that were damaged and were made again: paths from the archive's folder."""
    unnamed: list[str]
    """Files of articles in the archive's folder that its index does not name."""
    planted: list[PlantedFigure]
    planted_codings: list[PlantedCoding]
    planted_changes: PlantedChanges
    planted_silences: PlantedSilences
    """What was planted in the press of the demo, beside what the survey found; in no other survey."""


T = TypeVar("T")
"""What a part holds: plain data, best a TypedDict."""


@dataclass(frozen=True)
class Part(Generic[T]):
    """A part of `Findings.about` that a room adds: its name there, and by its type what stands under it.

    Each room declares its own, once, and whoever writes or reads that part does it by this. So does a package that
    brings an instrument.

    >>> class Headlines(TypedDict):
    ...     longest: int
    >>> HEADLINES = Part[Headlines]("headlines")
    >>> about = About(title="The harbour")
    >>> HEADLINES.put(about, {"longest": 120})
    >>> about, HEADLINES.of(about)
    ({'title': 'The harbour', 'headlines': {'longest': 120}}, {'longest': 120})
    >>> HEADLINES.get({}) is None
    True
    """

    name: str

    def get(self, about: Mapping[str, object]) -> T | None:
        """Return the part; None where it was not asked for, or an older Masthead knew none."""
        return cast("T | None", about.get(self.name))

    def any_of(self, about: Mapping[str, object]) -> T:
        """Return what there is of the part, maybe nothing: a page of older findings takes each of its keys by `get`."""
        return cast("T", about.get(self.name) or {})

    def of(self, about: Mapping[str, object]) -> T:
        """Return the part of findings that must have it. Raises UsageError where they have none."""
        content = self.get(about)
        if content is None:
            raise UsageError(
                f"findings that say nothing of '{self.name}'",
                "those of a study that asks for it",
                "add it to the study's `measures`, and survey again",
            )
        return content

    def put(self, about: About, content: T | None) -> None:
        """Set the part; None says that it was not asked for."""
        cast("dict[str, object]", about)[self.name] = content
