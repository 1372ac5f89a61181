"""The study file: what to ask of an archive. One TOML file, checked; unknown keys are refused by name."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, Field, PrivateAttr, ValidationError, field_validator, model_validator

from masthead.errors import StudyError
from masthead.plugins import OURS
from masthead.study.claim import Claim, Sentence
from masthead.study.errors import Written, explain, told_where
from masthead.study.factor import Factor, Value
from masthead.study.name_lookup import parts_with_ids, subject_names
from masthead.study.names import matching_ids, near
from masthead.study.parts import Asked, Identifier, Part, Repeats, Standing, Wire, WrongAtError, Zone
from masthead.study.portrayal import Portrayal
from masthead.study.subject import Alias, Subject
from masthead.study.written_files import parse_toml, read_written

By = Literal["day", "week", "month", "quarter", "year"]


class Outlet(Part):
    """A publisher under study. Without any, every outlet of the archive is surveyed."""

    id: Identifier
    """The short name by which tables and claims call it. Example: `"eastport-daily"`"""
    name: str = ""
    """The name that pages show; the id where left out. Example: `"Eastport Daily"`"""
    match: tuple[str, ...] = ()
    """The names that the archive's column of outlets has for it; its id where left out.
    Example: `["Eastport Daily", "eastport.example"]`"""
    group: str | None = None
    """The group that it belongs to, for claims to name. Example: `"west"`"""
    absent: bool = False
    """Whether the archive holds none of its articles. A claim about it is then untestable, and no error.
    Example: `true`"""
    zone: Zone | None = None
    """Its time zone: an article's day is the day on its clock. The study's where left out. Example: `"Asia/Tokyo"`"""

    @property
    def title(self) -> str:
        """The name to show."""
        return self.name or self.id

    @property
    def matches(self) -> tuple[str, ...]:
        """The values of the archive's outlet column that are this outlet; its own id where none are given."""
        return self.match or (self.id,)


class Period(Part):
    """The time a study covers, both days included, and how it is cut for the series."""

    start: dt.date | None = Field(default=None, alias="from")
    """The first day. Example: `2019-01-01`"""
    end: dt.date | None = Field(default=None, alias="to")
    """The last day. Example: `2021-12-31`"""
    by: By = "month"
    """How long one step of a series is. Example: `"quarter"`"""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise WrongAtError(
                f"the period ends ({self.end}) before it starts ({self.start})",
                "to",
                expected=f"a day from {self.start} on",
                hint="change `from` or `to`",
            )
        return self


class Event(Part):
    """A stretch of time with a name, that claims and charts may refer to."""

    id: Identifier
    """The short name by which claims call it. Example: `"port-calder-turns"`"""
    start: dt.date = Field(alias="from")
    """Its first day. Example: `2020-09-12`"""
    end: dt.date = Field(alias="to")
    """Its last day. Example: `2020-09-14`"""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise WrongAtError(
                f"the event ends ({self.end}) before it starts ({self.start})",
                "to",
                expected=f"a day from {self.start} on",
                hint="change `from` or `to`",
            )
        return self


class Where(Part):
    """Which articles a study looks at: any of these words, these sections, these languages."""

    words: tuple[str, ...] = ()
    """Articles that have any of these words; written like aliases. Example: `["strait", "blockade*"]`"""
    section: tuple[str, ...] = ()
    """Articles of any of these sections, as the archive has them. Example: `["World"]`"""
    language: tuple[str, ...] = ()
    """Articles in any of these languages, by their codes. Example: `["en"]`"""

    @field_validator("words")
    @classmethod
    def _words_say_something(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for text in value:
            Alias(text=text)
        return value


class Study(Part):
    """A whole study, as its file says it."""

    title: str = "Untitled study"
    """The title that pages show. Example: `"The strait, 2019 to 2021"`"""
    archive: str
    """The folder of the archive, beside the study file unless its path says otherwise. Example: `"strait.archive"`"""
    where: Where = Field(default_factory=Where)
    """Which articles count: a table, or one word. Example: `"strait"`"""
    level: float = Field(default=0.95, gt=0.5, lt=1.0)
    """How often an interval shall hold the truth. Example: `0.9`"""
    precision: float | None = Field(default=None, gt=0.0, le=0.5)
    """Read portrayal in a sample of articles, until each interval is at most this wide on either side; in every
    article where left out. Example: `0.05`"""
    wire: Wire = "with"
    """The figures that pages lead with: with wire copy, or without. Tables hold both. Example: `"without"`"""
    standing: Standing = "leave-out"
    """Whether what stands around articles (datelines, credits, footers) counts. Example: `"count"`"""
    repeats: Repeats = "fold"
    """Whether an outlet's versions of one article are one article, or each counts. Example: `"count"`"""
    zone: Zone | None = None
    """The time zone of all outlets that name none; where left out, that with which they were added, or UTC.
    Example: `"Asia/Damascus"`"""
    outcomes: str | None = Field(default=None, min_length=1)
    """The file, beside the study, in which a person enters what became of forecasts. Example: `"outcomes.csv"`"""
    measures: tuple[Asked, ...] = Field(default=OURS, min_length=1)
    """What to measure; fewer are read faster. `voice` brings stance with it. Example: `["attention", "naming"]`"""
    portrayal: Portrayal = Field(default_factory=Portrayal)
    """Which model reads how sentences portray subjects."""
    period: Period = Field(default_factory=Period)
    """The time that the study covers; all where left out."""
    outlets: tuple[Outlet, ...] = Field(default=(), alias="outlet")
    """The outlets under study; all of the archive where left out."""
    subjects: tuple[Subject, ...] = Field(alias="subject", min_length=1)
    """What the study asks about."""
    events: tuple[Event, ...] = Field(default=(), alias="event")
    """Days with a name, for claims and charts."""
    factors: tuple[Factor, ...] = Field(default=(), alias="factor")
    """Possible explanations of who sides with whom."""
    claims: tuple[Claim, ...] = Field(default=(), alias="claim")
    """Claims about coverage to be judged."""
    sentences: tuple[Sentence, ...] = Field(default=(), alias="sentence")
    """Sentences that somebody wrote, each with the claims that it makes."""
    _source: Written = PrivateAttr(default=Written("the study"))

    @field_validator("where", mode="before")
    @classmethod
    def _plain_where(cls, value: object) -> object:
        return {"words": [value]} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _names_are_known_once(self) -> Self:
        for name, parts in parts_with_ids(self).items():
            object.__setattr__(self, name, parts)
        return self

    def subject(self, name: str) -> Subject:
        """Return the subject of this id or name. Raises StudyError, naming the nearest, where there is none."""
        ids = matching_ids(name, subject_names(self))
        if len(ids) == 1:
            return next(subject for subject in self.subjects if subject.id == ids[0])
        raise StudyError(
            f"the study has no subject '{name}'" if not ids else f"'{name}' names several subjects",
            "the id of one of its subjects",
            near(name, subject_names(self)),
        )

    def wrong(self, wrong: WrongAtError, kind: str, name: str) -> StudyError:
        """Say what is wrong with a table of a kind by its id, once the archive is known: with file and line."""
        return told_where(wrong, self._source, (*self._source.place(kind, name), *wrong.at))

    @property
    def listed(self) -> tuple[Outlet, ...]:
        """The outlets that it lists and that the archive holds articles of; none where it takes all that there are."""
        return tuple(outlet for outlet in self.outlets if not outlet.absent)

    @property
    def shared_aliases(self) -> dict[str, list[str]]:
        """The aliases that several subjects list, and the ids of these: a mention by one counts for each of them."""
        owners: dict[str, list[str]] = {}
        for subject in self.subjects:
            for alias in subject.aliases:
                owners.setdefault(alias.text, []).append(subject.id)
        return {alias: ids for alias, ids in owners.items() if len(ids) > 1}

    @property
    def outlet_of(self) -> dict[str, str]:
        """The study's outlet that each value of the archive's outlet column means; empty where none is listed."""
        return {value: outlet.id for outlet in self.listed for value in outlet.matches}

    @property
    def outlet_names(self) -> dict[str, tuple[str, ...]]:
        """Other names of the outlet that each value of the archive's outlet column means, where it has some."""
        names_of = {
            value: tuple(sorted({outlet.id, outlet.title, *outlet.matches} - {value}))
            for outlet in self.listed
            for value in outlet.matches
        }
        return {value: names for value, names in names_of.items() if names}

    @property
    def groups(self) -> list[str]:
        """The groups that its outlets belong to."""
        return sorted({o.group for o in self.outlets if o.group})

    def claim_hash(self, claim: Claim) -> str:
        """SHA-256 (16 hex digits) of a claim as it was written, and of all in the study that gives it its meaning.

        Its subject's aliases and categories (those of all subjects where the others take part in the figure: kinship
        learns from all parties, silence from what is run about all, and a factor explains all; then with all factors),
        the outlets and their groups, the event it is set against, the period, which articles count, the level: with any
        of these changed, it is another claim. What a claim does not say takes no part, so that keys which later
        versions of Masthead know leave old hashes as they are.
        """
        subject = [s for s in self.subjects if s.id == claim.subject]
        event = [e for e in self.events if claim.turn and e.id == claim.turn.at]
        every: list[Subject | Factor] = []
        if claim.expect == "explained-by" or claim.rules.all_subjects:
            every += sorted(self.subjects, key=lambda s: s.id)
        if claim.expect == "explained-by":
            every += sorted(self.factors, key=lambda f: f.id)
        parts = [claim, self.where, *sorted(self.listed, key=lambda o: o.id), *subject, *event, *every]
        content = [p.model_dump(mode="json", exclude_defaults=True, exclude={"name"}) for p in parts]
        portrayal = self._portrayal_content() if claim.rules.of_model else None
        period = [day and day.isoformat() for day in (self.period.start, self.period.end)]
        return _digest([content, portrayal, [*period, *([self.zone] if self.zone else [])], self.level])

    @property
    def hash(self) -> str:
        """SHA-256 (16 hex digits) of all that can change a figure: titles, names and claims cannot."""
        content = self.model_copy(update={"outlets": self.listed}).model_dump(
            mode="json", exclude=_NO_FIGURES
        )
        content["measures"] = sorted(set(self.measures))
        # A study that says nothing of these, or of family names, is the study that it was before it could.
        for name in ("standing", "repeats"):
            if getattr(self, name) == type(self).model_fields[name].default:
                del content[name]
        for part in content["subjects"] + content["outlets"]:
            part.pop("name")
        for outlet in content["outlets"]:
            outlet.pop("absent")
        for alias in (one for subject in content["subjects"] for one in subject["aliases"]):
            if alias["family"] is None:
                del alias["family"]
        # Nor does what it does not say of time zones: older surveys stand.
        for part in (content, *content["outlets"]):
            if part["zone"] is None:
                part.pop("zone")
        content["portrayal"] = self._portrayal_content()
        return _digest(content)

    def _portrayal_content(self) -> dict[str, object]:
        # How a model may be reached changes nothing that it says.
        content = self.portrayal.model_dump(
            mode="json", exclude={"unencrypted", "key_variable", "most_at_once", "timeout"}
        )
        # Studies that say nothing of these are those that they were before they could.
        for name in ("prompt", "temperature", "logprobs"):
            if content[name] == type(self.portrayal).model_fields[name].default:
                del content[name]
        if self.portrayal.prompt is not None:
            content["prompt"] = Path(self.portrayal.prompt).name
        if self.portrayal.model and not self.portrayal.is_remote:
            # Where a folder lies changes nothing; what is in it, the classifier's own version says.
            content["model"] = Path(self.portrayal.model).name
        return content


_NO_FIGURES = {"title", "claims", "sentences", "archive", "factors", "events", "outcomes"}
"""The parts of a study that change no reading; what its outcomes file holds is added to what its figures hang on."""


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


def load_study(path: str | Path) -> Study:
    """Read and check a study file (TOML): what to ask of which archive.

    Returns the study, whose files and folders are beside the study file (`outcomes`, a model's folder or prompt);
    `archive` is as the file has it. Raises StudyError with one sentence for the first thing that is wrong: what, in
    which line.

    >>> study = load_study("study.toml")
    >>> study.measures, [subject.id for subject in study.subjects], study.level
    (('attention',), ['verrin'], 0.95)
    """
    path = Path(path)
    try:
        text = read_written(path, "a TOML file", StudyError)
    except FileNotFoundError:
        raise StudyError(
            f"there is no study file at '{path}'",
            "a TOML file",
            "run `masthead study new ARCHIVE` to make one",
        ) from None
    study = parse_study(parse_toml(text, path, StudyError), str(path), text)
    # As the archive is: files and folders beside the study file.
    if study.outcomes is not None:
        beside_it = str(_beside(path, study.outcomes))
        study = study.model_copy(update={"outcomes": beside_it})
    model, prompt = study.portrayal.model, study.portrayal.prompt
    beside: dict[str, str] = {}
    if model is not None and not study.portrayal.is_remote:
        beside["model"] = str(_beside(path, model))
    if prompt is not None:
        beside["prompt"] = str(_beside(path, prompt))
    return study.model_copy(update={"portrayal": study.portrayal.model_copy(update=beside)})


def _beside(study: Path, name: str) -> Path:
    """Return the file or folder that a study names, which lies beside it unless its path says otherwise."""
    try:
        return study.parent / Path(name).expanduser()
    except RuntimeError:
        return study.parent / name  # `~somebody`, and nobody is called so here


def parse_study(raw: dict[str, Any], origin: str = "the study", text: str = "") -> Study:
    """Check a study given as a mapping. `origin` names it in errors; `text` is the file's, to name the line by."""
    source = Written(origin, text, raw)
    try:
        study = Study.model_validate(raw)
    except ValidationError as error:
        raise explain(error, source, _TABLES) from None
    study._source = source
    return study


_TABLES: dict[str, type[BaseModel]] = {
    "": Study,
    "outlet": Outlet,
    "subject": Subject,
    "period": Period,
    "event": Event,
    "factor": Factor,
    "values": Value,
    "claim": Claim,
    "sentence": Sentence,
    "where": Where,
    "portrayal": Portrayal,
    "aliases": Alias,
}
"""The parts of a study by the keys of its file."""
