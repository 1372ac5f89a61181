"""What an archive keeps of what was read and worked out, and what makes each of these stores be made again.

A store is found again by its key: change anything in the key, and another place is looked in. Data are in a key by
their hash. Code is in it by a number that is raised by hand; `tests/versions` holds each to the code behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from masthead.plugins import OURS


@dataclass(frozen=True)
class Store:
    """One store: where it lies in an archive, what its key holds, and who reads it.

    `version` is the number (`module:NAME`) that is raised when the code would give other answers. `code` are modules
    beside that one in which answers are made; `within` are the stores whose versions its key holds as well, so that it
    is made again when one of theirs rises. `folders` have `{version}` where that number stands, and `…` for a hash.
    """

    name: str
    version: str
    folders: tuple[str, ...]
    key: str
    read_by: str
    within: tuple[str, ...] = ()
    code: tuple[str, ...] = ()

    @property
    def homes(self) -> tuple[str, ...]:
        """The modules in which its answers are made."""
        return (self.version.partition(":")[0], *self.code)

    @property
    def number(self) -> str:
        """The version as it is now; for that the module is loaded."""
        module, _, name = self.version.partition(":")
        return str(getattr(import_module(module), name))


_READERS = (
    Store(
        "counted",
        "masthead.archive.counted_articles:VERSION",
        ("links/counted/part-….parquet",),
        "an article part, and all that does not count in it",
        "every reader but standing and repeats",
    ),
    Store(
        "standing",
        "masthead.links.standing.reader:VERSION",
        ("links/standing/{version}/…",),
        "the article parts and, where a study groups outlets, their names",
        "counted",
    ),
    Store(
        "repeats",
        "masthead.links.repeats.reader:VERSION",
        ("links/repeats/{version}/…",),
        "the article parts as they count without standing text, and the outlets' names",
        "counted",
    ),
    Store(
        "mentions",
        "masthead.reading.mentions.mentions:VERSION",
        ("readings/mentions/{version}/…",),
        "an article part and the aliases that were scanned for",
        "naming, quotes, forecasts, wording",
    ),
    Store(
        "parses",
        "masthead.reading.parsing.parses:VERSION",
        ("sentences/spacy/…/{version}",),
        "a masked sentence and the language model",
        "naming, quotes, forecasts",
    ),
    Store(
        "namings",
        "masthead.reading.reader:VERSION",
        ("readings/naming/{version}/…", "readings/articles/{version}"),
        "an article part, the subjects' aliases and exclusions, the language model",
        "portrayal, the survey",
        within=("mentions", "parses"),
    ),
    Store(
        "portrayals",
        "masthead.reading.portrayal.reader:VERSION",
        ("readings/portrayal/{version}/…",),
        "what naming hangs on, and the languages that the classifier reads",
        "the survey",
        within=("namings",),
    ),
    Store(
        "scores",
        "masthead.reading.portrayal.store:VERSION",
        ("sentences/portrayal/…",),
        "a marked sentence and the classifier: its files, or its address, name, prompt and parameters",
        "the survey",
        code=(
            "masthead.reading.portrayal.classifier",
            "masthead.reading.portrayal.shipped",
            "masthead.reading.portrayal.folder",
            "masthead.reading.portrayal.remote",
            "masthead.reading.portrayal.answer_store",
        ),
    ),
    Store(
        "quotes",
        "masthead.reading.attribution.reader:VERSION",
        ("readings/quotes/{version}/…",),
        "what naming hangs on",
        "wording, the survey",
        within=("mentions", "parses", "namings"),
    ),
    Store(
        "forecasts",
        "masthead.reading.forecasts.reader:VERSION",
        ("readings/forecasts/{version}/…",),
        "what naming hangs on",
        "the survey",
        within=("mentions", "parses", "namings"),
    ),
    Store(
        "wording",
        "masthead.reading.wording.whose:VERSION",
        ("readings/wording/…", "links/wording/{version}/…"),
        "what quotes hang on, which subjects are actors, and their own outlets; of the uses, the phrases looked for",
        "the survey",
        within=("mentions", "parses", "namings", "quotes"),
        code=("masthead.reading.wording.said", "masthead.reading.wording.uses"),
    ),
    Store(
        "reuse",
        "masthead.links.reuse.reader:VERSION",
        ("links/reuse/{version}/…",),
        "the article parts as they count, the outlets' names and time zones",
        "the survey",
    ),
    Store(
        "stories",
        "masthead.links.stories.reader:VERSION",
        ("links/stories/{version}/…",),
        "the article parts as they count",
        "the survey",
    ),
)

_INSTRUMENTS = tuple(f"masthead.instruments.{name}.instrument" for name in OURS)
_FIGURES = ("tables", "figures", "passages", "outlet_tables", "counting", "outlets")
_NOTES = ("repeats", "standing_text", "days", "warnings")
_SURVEY = ("run", "kept_findings", "sources", *(f"notes.{name}" for name in _NOTES))

STORES = (
    *_READERS,
    Store(
        "figures",
        "masthead.measuring.units:FIGURES_VERSION",
        ("links/surveys/{version}/…",),
        "the study but for its title, names, claims, factors and events; the articles and their time zones; what "
        "instruments are given beside them; the code of instruments that other packages bring",
        "changes, alignment, claims, the dossier that an earlier survey wrote",
        within=tuple(store.name for store in _READERS),
        code=(
            "masthead.archive.days",
            "masthead.archive.overview.gaps",
            *(f"masthead.measuring.{name}" for name in _FIGURES),
            *_INSTRUMENTS,
            *(f"masthead.surveying.{name}" for name in _SURVEY),
        ),
    ),
    Store(
        "changes",
        "masthead.questions.changes.changes:VERSION",
        ("links/surveys/…/…/changes-{version}.parquet",),
        "what the figures hang on",
        "claims, the dossier",
        within=("figures",),
    ),
    Store(
        "alignment",
        "masthead.questions.alignment.alignment:VERSION",
        ("links/surveys/…/…/alignment-{version}-….json",),
        "what the figures hang on, and the study's factors",
        "the dossier",
        within=("figures",),
    ),
)
"""Every store whose answers hang on code. Verdicts on claims are kept nowhere: they are worked out anew each time."""


def store(name: str) -> Store:
    """Return the store of this name. Raises KeyError where there is none."""
    return {one.name: one for one in STORES}[name]
