"""What a survey found: the tables of a dossier folder and what they say of themselves."""

from __future__ import annotations

import html
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from masthead.archive.store import replacing
from masthead.errors import ArchiveError, UsageError
from masthead.study import Wire

_TEXT, _WHOLE, _NUMBER, _DAY, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()
_MOMENT = pa.timestamp("us", tz="UTC")


def _schema(**kinds: pa.DataType) -> pa.Schema:
    return pa.schema(list(kinds.items()))


ESTIMATES = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    period_start=_DAY,
    period_end=_DAY,
    estimate=_NUMBER,
    std_error=_NUMBER,
    df=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    numerator=_NUMBER,
    denominator=_NUMBER,
    n_articles=_WHOLE,
    n_units=_WHOLE,
    n_eff=_NUMBER,
    n_left_out=_WHOLE,
    unit=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    calibrated=_FLAG,
    method=_TEXT,
    study_hash=_TEXT,
    archive_hash=_TEXT,
    note=_TEXT,
)
"""One row per measure, outlet, subject, category, voice, period, and with or without wire copy; over all time,
periods are null."""

COMPARISONS = _schema(
    measure=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    outlet=_TEXT,
    versus=_TEXT,
    difference=_NUMBER,
    std_error=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    p=_NUMBER,
    q=_NUMBER,
    family=_TEXT,
    margin=_NUMBER,
    voice=_TEXT,
    wire=_TEXT,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    method=_TEXT,
    note=_TEXT,
)
"""Every unordered pair of outlets once, over all time, with and without wire copy: the difference is outlet minus
versus."""

WORDS = _schema(
    subject=_TEXT,
    outlet=_TEXT,
    label=_TEXT,
    uses=_WHOLE,
    n_articles=_WHOLE,
    share=_NUMBER,
    share_elsewhere=_NUMBER,
    log_odds=_NUMBER,
    z=_NUMBER,
    rank=_WHOLE,
)
"""The labels of each subject and outlet; rank 1 is the most distinctive."""

ROBUSTNESS = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    alias_left_out=_TEXT,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    numerator=_NUMBER,
    denominator=_NUMBER,
    n_units=_WHOLE,
    voice=_TEXT,
    wire=_TEXT,
)
"""The estimates again without each alias of a subject in turn."""

SOURCES = _schema(
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    field=_TEXT,
    start=pa.int32(),
    end=pa.int32(),
    label=_TEXT,
    label_kind=_TEXT,
    label_start=pa.int32(),
    label_end=pa.int32(),
    quoted=_FLAG,
    p_unfavourable=_NUMBER,
    p_neutral=_NUMBER,
    p_favourable=_NUMBER,
    wire=_FLAG,
    snippet=_TEXT,
    snippet_start=pa.int32(),
)
"""The passages behind the estimates; offsets are code points in the article's `field` (title or text).

The three probabilities are a model's guess at how the sentence portrays the subject; null but for portrayal.
`wire` is true where the article is wire copy.
"""

COVERAGE = _schema(
    outlet=_TEXT,
    period_start=_DAY,
    period_end=_DAY,
    n_articles=_WHOLE,
    n_days=_WHOLE,
    n_gap_days=_WHOLE,
)
"""How many articles each outlet has in each period, and how many of its days lie in a gap in collection."""

GAPS = _schema(outlet=_TEXT, gap_start=_DAY, gap_end=_DAY)
"""Gaps in collection, both days included."""

SILENCES = _schema(
    story=_TEXT,
    outlet=_TEXT,
    day=_DAY,
    probability=_NUMBER,
    others=_WHOLE,
    subjects=pa.list_(_TEXT),
    ran_by=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
)
"""Stories that an outlet was likely to run and did not, the likeliest first: one row per article beside each.

`day` is the story's, `probability` that the outlet would have run it, `others` how many other outlets did. `ran_by`
is the outlet of the article: one of those that ran the story, or `outlet` itself, of what it published instead.
"""

STORIES = _schema(
    story=_TEXT,
    n_articles=_WHOLE,
    n_outlets=_WHOLE,
    subjects=pa.list_(_TEXT),
    outlet=_TEXT,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    wire=_FLAG,
)
"""The stories that most outlets ran, the largest first: one row per article, in order of time within a story.

`n_articles` and `n_outlets` are the whole story's, among the study's articles.
"""

ECHOES = _schema(
    outlet=_TEXT,
    source=_TEXT,
    n_articles=_WHOLE,
    words=_WHOLE,
    n_near_duplicates=_WHOLE,
    n_wire=_WHOLE,
    median_lag=_NUMBER,
    n_order_unknown=_WHOLE,
    article_id=_TEXT,
    published=_MOMENT,
    title=_TEXT,
    url=_TEXT,
    snippet=_TEXT,
    source_article_id=_TEXT,
    source_published=_MOMENT,
    source_title=_TEXT,
    source_url=_TEXT,
    source_snippet=_TEXT,
)
"""Who runs whose words: `outlet` ran in `n_articles` articles `words` words that had stood in `source` before.

`n_near_duplicates` of them are the same article as the earlier one, `n_wire` are wire copy. `median_lag` is in
seconds. `n_order_unknown` more share words, and nobody knows which was first. The rest is an example: the longest
passage, side by side. Most words first.
"""

SPEAKERS = _schema(
    outlet=_TEXT,
    speaker=_TEXT,
    subject=_TEXT,
    attributions=_WHOLE,
    words=_WHOLE,
    n_articles=_WHOLE,
)
"""Whom each outlet lets speak most: names in full, and the study's subject that a speaker is, if any."""

CHANGES = _schema(
    change=_TEXT,
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    kind=_TEXT,
    date=_DAY,
    date_low=_DAY,
    date_high=_DAY,
    before=_NUMBER,
    before_low=_NUMBER,
    before_high=_NUMBER,
    after=_NUMBER,
    after_low=_NUMBER,
    after_high=_NUMBER,
    difference=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    p=_NUMBER,
    q=_NUMBER,
    family=_TEXT,
    permutations=_WHOLE,
    n_before=_WHOLE,
    n_after=_WHOLE,
    at_gap=_FLAG,
    coverage_moved=_FLAG,
    method=_TEXT,
    note=_TEXT,
)
"""Dated changes: one row per change and category; those of one composition (`change`) share date, p and q.

`kind` is `change` (between one day and the next; `date` is the first day after) or `drift` (slow, or not told from
slow; `date` is the middle of it, and `date_low` and `date_high` where it starts and ends). `before` and `after` are
the estimates on either side, up to the neighbouring changes, `difference` after minus before. `at_gap`: a gap in
collection touches the interval of the date. `coverage_moved`: the mix of stories or sections moved and the figure
within each did not.
"""

REVERSALS = _schema(
    change=_TEXT,
    measure=_TEXT,
    outlet=_TEXT,
    subject=_TEXT,
    voice=_TEXT,
    wire=_TEXT,
    date=_DAY,
    date_low=_DAY,
    date_high=_DAY,
    before=_TEXT,
    after=_TEXT,
    event=_TEXT,
    days=_WHOLE,
    p_near=_NUMBER,
)
"""Changes of sign in portrayal, or of the most used label family, in order of time.

`before` and `after` are `favourable`, `unfavourable` or a category. `event` is the nearest of the study's events,
`days` how many days the change came after it (negative: before), `p_near` how often a change of this outlet and
subject would fall that near to any of the events by chance.
"""

VERDICTS = _schema(
    claim=_TEXT,
    hash=_TEXT,
    text=_TEXT,
    measure=_TEXT,
    subject=_TEXT,
    category=_TEXT,
    outlet=_TEXT,
    versus=_TEXT,
    expect=_TEXT,
    margin=_NUMBER,
    voice=_TEXT,
    wire=_TEXT,
    verdict=_TEXT,
    reason=_TEXT,
    value=_NUMBER,
    value_versus=_NUMBER,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    conf_level=_NUMBER,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    n_ways=_WHOLE,
    n_ways_agree=_WHOLE,
    registered=_MOMENT,
    registered_before=_FLAG,
    needed=_TEXT,
)
"""One row per claim of the study, in its order: `supported`, `contradicted`, `not enough evidence` or `untestable`.

`estimate` with its interval is what the verdict rests on: `value` of the outlet less `value_versus` of what it is set
against, or `value` itself, or for silence the ratio of covered to expected. `n_ways` counts the other reasonable ways
to compute it that gave a verdict, `n_ways_agree` those that gave the same. `registered` is when the claim was
registered, `registered_before` whether that was before the first survey of the archive. `needed` says what an archive
would have to hold to decide the claim; null where it is decided.
"""

WAYS = _schema(
    claim=_TEXT,
    way=_TEXT,
    verdict=_TEXT,
    estimate=_NUMBER,
    conf_low=_NUMBER,
    conf_high=_NUMBER,
    n_units=_WHOLE,
    n_units_versus=_WHOLE,
    reason=_TEXT,
)
"""Each claim again in every other reasonable way; `way` says in words what is different."""

SCHEMAS = {
    "estimates": ESTIMATES,
    "comparisons": COMPARISONS,
    "words": WORDS,
    "robustness": ROBUSTNESS,
    "sources": SOURCES,
    "coverage": COVERAGE,
    "gaps": GAPS,
    "silences": SILENCES,
    "stories": STORIES,
    "echoes": ECHOES,
    "speakers": SPEAKERS,
    "changes": CHANGES,
    "reversals": REVERSALS,
    "verdicts": VERDICTS,
    "ways": WAYS,
}
"""The tables of findings by name; each is a Parquet file of that name in a dossier folder."""

AS_CSV = ("estimates", "comparisons", "changes", "verdicts")
"""The tables that are written as CSV too: UTF-8, a header, nothing between the commas for null."""

ABOUT = "survey.json"
"""The file that holds `Findings.about`; it is the last to be written, and a folder without it holds none."""

_SHOWN = 12


@dataclass(repr=False)
class Findings:
    """The findings of a survey: Arrow tables, whose columns are in `SCHEMAS`, and `about`.

    Arrow tables go into pandas and polars as they are (`findings.estimates.to_pandas()`,
    `polars.from_arrow(findings.estimates)`). A table left out is empty; columns are put in order and cast,
    and UsageError is raised where one is missing or cannot be cast.
    """

    estimates: pa.Table = field(default_factory=ESTIMATES.empty_table)
    comparisons: pa.Table = field(default_factory=COMPARISONS.empty_table)
    words: pa.Table = field(default_factory=WORDS.empty_table)
    robustness: pa.Table = field(default_factory=ROBUSTNESS.empty_table)
    sources: pa.Table = field(default_factory=SOURCES.empty_table)
    coverage: pa.Table = field(default_factory=COVERAGE.empty_table)
    gaps: pa.Table = field(default_factory=GAPS.empty_table)
    silences: pa.Table = field(default_factory=SILENCES.empty_table)
    stories: pa.Table = field(default_factory=STORIES.empty_table)
    echoes: pa.Table = field(default_factory=ECHOES.empty_table)
    speakers: pa.Table = field(default_factory=SPEAKERS.empty_table)
    changes: pa.Table = field(default_factory=CHANGES.empty_table)
    reversals: pa.Table = field(default_factory=REVERSALS.empty_table)
    verdicts: pa.Table = field(default_factory=VERDICTS.empty_table)
    ways: pa.Table = field(default_factory=WAYS.empty_table)
    about: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, schema in SCHEMAS.items():
            setattr(self, name, _fitted(getattr(self, name), name, schema))

    @property
    def wire(self) -> Wire:
        """Which figures a dossier leads with: of all articles, or of those that are not wire copy."""
        return "without" if self.about.get("wire") == "without" else "with"

    def of_wire(self, wire: Wire) -> Findings:
        """Return the figures with wire copy, or those without, as findings that lead with them."""
        tables = {name: getattr(self, name) for name in SCHEMAS}
        for name in ("estimates", "comparisons", "robustness", "changes", "reversals"):
            tables[name] = tables[name].filter(pc.equal(tables[name]["wire"], wire))
        if wire == "without":
            copied = pc.fill_null(tables["sources"]["wire"], False)
            tables["sources"] = tables["sources"].filter(pc.invert(copied))
        return Findings(**tables, about={**self.about, "wire": wire})

    def save(self, folder: str | Path) -> None:
        """Write all tables and `survey.json` into `folder`, which is made where it is not there.

        Everything is written under temporary names first, and `survey.json` takes its name last: after a
        crash the folder holds the old findings, the new ones, or none that `load` would take; what a crash left
        unfinished is removed here.
        """
        folder = Path(folder)
        for name in (ABOUT, *(f"{table}.*" for table in SCHEMAS)):
            for unfinished in folder.glob(f".{name}.*.tmp"):
                unfinished.unlink(missing_ok=True)
        told = json.dumps(self.about, ensure_ascii=False, indent=2, default=str) + "\n"
        with ExitStack() as files:
            # Files take their names in the reverse of this order.
            files.enter_context(replacing(folder / ABOUT)).write_text(told, encoding="utf-8")
            for name in SCHEMAS:
                table = getattr(self, name)
                pq.write_table(
                    table, files.enter_context(replacing(folder / f"{name}.parquet")), compression="zstd"
                )
                if name in AS_CSV:
                    _write_csv(table, files.enter_context(replacing(folder / f"{name}.csv")))
            # From here until the last of them old and new tables stand side by side: not to be loaded.
            (folder / ABOUT).unlink(missing_ok=True)

    @classmethod
    def load(cls, folder: str | Path) -> Findings:
        """Read the findings of a dossier folder. Raises ArchiveError where it holds none, or damaged ones."""
        folder = Path(folder)
        paths = {name: folder / f"{name}.parquet" for name in SCHEMAS}
        missing = [path.name for path in (folder / ABOUT, *paths.values()) if not path.is_file()]
        if missing:
            raise ArchiveError(
                f"'{folder}' holds no whole findings ('{missing[0]}' is not there)",
                "a folder that `masthead survey` wrote",
                "run the survey again",
            )
        try:
            about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            tables = {name: pq.read_table(path) for name, path in paths.items()}
        except (OSError, ValueError) as error:
            raise ArchiveError(
                f"the findings in '{folder}' cannot be read ({str(error).splitlines()[0]})",
                "the files as `masthead survey` wrote them",
                "run the survey again",
            ) from None
        if not isinstance(about, dict):
            raise ArchiveError(
                f"'{folder / ABOUT}' is no JSON object",
                "what `masthead survey` wrote",
                "run the survey again",
            )
        return cls(**tables, about=about)

    def __repr__(self) -> str:
        """Say what was surveyed and how long the tables are."""
        return f"Findings({self.about.get('title', '')!r}: {self._sizes()})"

    def _sizes(self) -> str:
        return ", ".join(f"{getattr(self, name).num_rows:,} {name}" for name in SCHEMAS)

    def _repr_html_(self) -> str:
        """Show a notebook what was surveyed and the first estimates over all time."""
        columns = ("measure", "outlet", "subject", "category", "estimate", "conf_low", "conf_high", "n_units")
        estimates = self.of_wire(self.wire).estimates
        whole = estimates.filter(estimates["period_start"].is_null())
        rows = whole.select(columns).slice(0, _SHOWN).to_pylist()
        head = "".join(f"<th>{name}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_shown(row[c]))}</td>" for c in columns) + "</tr>"
            for row in rows
        )
        title = html.escape(str(self.about.get("title", "Findings")))
        more = f"<p>The first {len(rows)} of {whole.num_rows:,} estimates over all time.</p>"
        return (
            f"<div><p><b>{title}</b>: {self._sizes()}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
        )


def _shown(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _fitted(table: pa.Table, name: str, schema: pa.Schema) -> pa.Table:
    missing = [column for column in schema.names if column not in table.column_names]
    if missing:
        raise UsageError(
            f"a table of {name} without the column '{missing[0]}'",
            f"the columns {', '.join(schema.names)}",
            "add it, null where it is not known",
        )
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UsageError(
            f"a table of {name} that cannot be cast ({str(error).splitlines()[0]})",
            "the column types of masthead.inference.findings",
            "mend its columns",
        ) from None


def _write_csv(table: pa.Table, path: Path) -> None:
    from pyarrow import csv

    csv.write_csv(table, path, csv.WriteOptions(quoting_style="needed"))
