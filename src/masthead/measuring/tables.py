"""From an archive and its readings to the tables that measures are made of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import own_day, own_instant, zones_said
from masthead.archive.duck import parquet, quoted
from masthead.archive.overview.find import articles_with
from masthead.engines.duckdb import connect
from masthead.errors import MastheadError, StudyError
from masthead.findings.about import SurveyedOutlet
from masthead.links.reuse import ReuseReading
from masthead.links.stories import StoriesReading
from masthead.measuring.categories import assign_categories
from masthead.measuring.instrument import AnyInstrument, Instrument, Job, K, L
from masthead.measuring.measure import Measure, Tables
from masthead.measuring.outlet_tables import choose_outlets, describe_outlets
from masthead.measuring.registry import MEASURES, instrument_of, instruments, needed
from masthead.plugins import package_faults
from masthead.reading import Reading
from masthead.reading.portrayal.classifier import Asked
from masthead.study import Alias, Study

_WHY = {
    "unknown_outlet": "of outlets that it does not list",
    "where": "that its `where` leaves out",
    "undated": "undated",
    "outside_period": "outside its period",
}


class ReadCounts(TypedDict):
    """How many mentions and distinct sentences there are, and how many of them a model read."""

    mentions: int
    mentions_read: int
    sentences: int
    sentences_read: int


@dataclass(frozen=True)
class ModelReading:
    """How mentions were read by a model: by which, and what of each cell.

    `cells` maps outlet and subject to how many articles mention the subject in a language that the model reads, and how
    many of those were read: fewer where the study asks for a precision. `refused` counts the articles, by outlet and
    period, that are in a language which the model does not read. `asked_model` is of a model at an address, else None.
    """

    model: str
    version: str
    precision: float | None
    cells: dict[tuple[str, str], tuple[int, int]]
    counts: ReadCounts
    refusals: Counter[tuple[str, dt.date | None]]
    asked_model: Asked | None = None

    @property
    def is_sample(self) -> bool:
        """Whether any cell was read in part."""
        return any(read < there for there, read in self.cells.values())


@dataclass
class StudyTables:
    """The tables of one study in one DuckDB connection, and what did not get into them.

    In the connection: `articles` (article_id, outlet, published, day, period_start, marks, source_row, wire, …; `day`
    is that of the outlet's own clock, and `published` the instant, or the beginning of a day that alone is known),
    `readings` (the naming reader's rows of those articles), `label_categories` (subject, label, category), `in_stories`
    (article_id, story), those of `Tables`, and those that instruments add. `known` holds what each instrument knows
    once it is loaded, `models` how mentions were read where a model read them; both by the instruments' names.
    """

    connection: duckdb.DuckDBPyConnection
    tables: Tables
    outlets: list[SurveyedOutlet]
    left_out: dict[str, int]
    instrument_names: tuple[str, ...]
    by_name: frozenset[str] = frozenset()
    """The subjects whose namings are told apart by the names themselves, which are read in any language."""
    known: dict[str, object] = field(default_factory=dict)
    models: dict[str, ModelReading] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    """By whom each table that instruments add was written."""
    _views: dict[str, Tables] = field(default_factory=dict)

    def view_of_units(self, measure: str, voice: str, tables: Tables) -> str:
        """Return the view of what articles add to a measure: to plan one takes longer than to run it on little."""
        view = f"units_of_{measure}_{voice}"
        if self._views.get(view) is not tables:
            with package_faults(instrument_of(measure).name, "in `units`"):
                MEASURES[measure].units(tables, voice).to_native().create_view(view, replace=True)
            self._views[view] = tables
        return view

    @property
    def measures(self) -> list[Measure]:
        """The measures that the study asks for and whose instruments are loaded, as far as they follow the one rule."""
        return [
            measure
            for measure in MEASURES.values()
            if (measure.comes_with or measure.name) in self.instrument_names
            and (measure.comes_with or measure.name) in self.known
            and not instrument_of(measure.name).own_intervals
        ]

    def units_aside(self) -> Mapping[str, nw.LazyFrame[Any]]:
        """Return the units that are in no figure, of the instruments whose measures the study asks for."""
        names = {measure.comes_with or measure.name for measure in self.measures}
        return {
            name: frame
            for instrument in instruments().values()
            if instrument.name in names
            for name, frame in instrument.units_aside(self.tables).items()
        }

    def add(self, table: str, query: str, by: AnyInstrument) -> None:
        """Make a table that an instrument declares, of a query.

        Raises MastheadError where the instrument does not declare it, or where it was made already.
        """
        if table not in by.tables or table in self.written:
            raise MastheadError(
                f"the instrument '{by.name}' makes the table '{table}'"
                + (f", which '{self.written[table]}' has made" if table in self.written else ""),
                "a table that the instrument declares in `tables`, made once",
                "declare it, or give it a name of its own",
            )
        self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{table}" AS {query}')
        self.written[table] = by.name

    def load(self, instrument: Instrument[K, L], job: Job) -> L | None:
        """Have an instrument make its tables of what it has read, take its frames, and return what it knows."""
        with package_faults(instrument.name, "in `load`"):
            self.known[instrument.name] = part = instrument.load(self, job)
        self.take_frames(instrument)
        return part

    def take_frames(self, instrument: AnyInstrument) -> None:
        """Put an instrument's frames among those that measures are made of; its tables are there."""
        with package_faults(instrument.name, "in `frames`"):
            frames = {name: _scan(self.connection, query) for name, query in instrument.frames.items()}
        self.tables = replace(self.tables, more={**self.tables.more, **frames})

    def forget(self, instrument: AnyInstrument) -> None:
        """Undo `load`, so that the same instrument can be loaded of other articles."""
        self.known.pop(instrument.name, None)
        for table in instrument.tables:
            self.written.pop(table, None)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Run a query and return its rows."""
        rows: list[tuple[Any, ...]] = self.connection.execute(query).fetchall()
        return rows

    @property
    def copied(self) -> nw.LazyFrame[Any]:
        """Every article as a cluster, and whether it is wire copy: cluster, copied."""
        return _scan(self.connection, "SELECT article_id AS cluster, wire AS copied FROM articles")

    def model_of(self, measure: Measure) -> ModelReading | None:
        """Return how a model read what the measure is made of; None where none did."""
        return self.models.get(measure.comes_with or measure.name)

    def in_another_language(self, measure: Measure) -> Counter[tuple[str, dt.date | None]]:
        """Count the articles, by outlet and period, that a measure cannot read for the language they are in."""
        if measure.reads_sentences:
            model = self.model_of(measure)
            return model.refusals if model else Counter()
        return self.not_parsed() if measure.reads_labels else Counter()

    def not_parsed(self) -> Counter[tuple[str, dt.date | None]]:
        """Count the articles, by outlet and period, whose grammar is not read: those not in English."""
        rows = self.rows("SELECT outlet, period_start, count(*) FROM articles WHERE refused GROUP BY ALL")
        return Counter({(outlet, start): count for outlet, start, count in rows})


def read_instruments(
    job: Job, instruments: Sequence[AnyInstrument], begin: Callable[[str], None] | None = None
) -> None:
    """Have every instrument read the articles, or take what was read before; `begin` hears of each that reads."""
    for instrument in instruments:
        if instrument.reading_stage and begin is not None:
            begin(instrument.reading_stage)
        with package_faults(instrument.name, "in `read`"):
            reading = instrument.read(job)
        if reading is not None:
            job.kept[instrument.name] = reading


def loaded(job: Job, names: Sequence[str], *, stories: bool = False) -> StudyTables:
    """Read and load the instruments of these names, and those that they need: for what shows one question alone.

    The tables hold the archive's stories where an instrument needs them, or with `stories`.
    """
    instruments = needed(tuple(names))
    read_instruments(job, instruments)
    survey = build(job, stories=stories or any(one.reads_stories for one in instruments))
    survey.instrument_names = tuple(names)
    for instrument in instruments:
        survey.load(instrument, job)
    return survey


def build(job: Job, *, stories: bool = True) -> StudyTables:
    """Put the articles that a study asks for, and what was read of all of them, into tables.

    Instruments are loaded after it. With `stories` the archive's stories are there too, which takes reading them.
    Raises StudyError where the study asks for what is not there.
    """
    archive, study = job.archive, job.study
    if not archive.parts():
        raise StudyError(
            f"the archive '{archive.path}' holds no articles",
            "some to study",
            "add a file with `masthead add`",
        )
    con = connect()
    con.execute("SET TimeZone = 'UTC'")
    _register_sources(con, archive, job.naming, job.reuse if job.wire else None)
    chosen_outlets = choose_outlets(con, study, zones_said(archive))
    left_out = _select_articles(con, study, archive)
    if not con.execute("SELECT count(*) FROM articles").fetchall()[0][0]:
        reasons = ", ".join(f"{count:,} {_WHY[reason]}" for reason, count in left_out.items())
        raise StudyError(
            f"the study looks at none of the archive's articles ({reasons})",
            "a period, a `where` and outlets that some articles fit",
            "widen them; `masthead archive info` shows what there is",
        )
    _select_readings(con)
    assign_categories(con, study)
    _put_stories(con, job.stories if stories else None)
    for instrument in instruments().values():
        for name, schema in instrument.tables.items():
            _put_nothing(con, name, schema)
    outlets = describe_outlets(con, chosen_outlets)
    tables = Tables(
        articles=_scan(con, "SELECT article_id, outlet, period_start, marks, unseen FROM articles"),
        subjects=_scan(con, "FROM subjects"),
        mentions=_scan(con, "FROM mentions"),
    )
    by_name = frozenset(s.id for s in study.subjects if s.by_name)
    return StudyTables(con, tables, outlets, left_out, study.measures, by_name)


def _put_nothing(con: duckdb.DuckDBPyConnection, name: str, schema: pa.Schema) -> None:
    """Make an empty table, for where nobody asks for what fills it."""
    con.register("nothing", schema.empty_table())
    con.execute(f'CREATE TEMP TABLE "{name}" AS FROM nothing')
    con.unregister("nothing")


def _put_stories(con: duckdb.DuckDBPyConnection, reading: StoriesReading | None) -> None:
    """Make the table `in_stories` (article_id, story): the articles of the archive that are in one."""
    stories = (
        "SELECT NULL::VARCHAR AS article_id, NULL::VARCHAR AS story WHERE false"
        if reading is None
        else f"SELECT article_id, story FROM {parquet([reading.path])} WHERE story IS NOT NULL"
    )
    con.execute(f"CREATE TEMP TABLE in_stories AS {stories}")


def without_each_alias(survey: StudyTables) -> Tables:
    """Return the tables in which each subject stands once per alias that it is left without.

    The subject's name becomes `subject` + unit separator + the alias left out, so that any measure reruns
    on them unchanged. Which of its names an outlet uses is not asked again without one of them.
    """
    con = survey.connection
    con.execute(
        """CREATE OR REPLACE TEMP TABLE variants AS
        SELECT DISTINCT subject, alias AS gone, subject || chr(31) || alias AS variant FROM mentions"""
    )
    return Tables(
        articles=survey.tables.articles,
        subjects=_scan(con, "SELECT variant AS subject FROM variants"),
        mentions=_scan(
            con,
            """SELECT m.* EXCLUDE (subject), v.variant AS subject FROM mentions m
            JOIN variants v ON m.subject = v.subject AND m.alias <> v.gone""",
        ),
        more={
            name: _scan(con, query)
            for instrument in instruments().values()
            if instrument.name in survey.known
            for name, query in instrument.frames_without_alias.items()
        },
    )


def _scan(con: duckdb.DuckDBPyConnection, query: str) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(con.sql(query))
    return frame


def _register_sources(
    con: duckdb.DuckDBPyConnection, archive: Archive, reading: Reading, reuse: ReuseReading | None
) -> None:
    """Make the archive's and the readings' files visible as views."""
    files = {
        "archive_articles": [part.path for part in archive.parts()],
        "archive_namings": reading.paths,
        "archive_read": reading.article_paths,
    }
    if reuse:
        files["archive_reuse"] = [reuse.articles]
    else:
        con.execute("CREATE TEMP TABLE archive_reuse (article_id VARCHAR, wire BOOLEAN)")
    for name, paths in files.items():
        con.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {parquet(paths)}")


def _select_articles(con: duckdb.DuckDBPyConnection, study: Study, archive: Archive) -> dict[str, int]:
    """Create `articles`; return how many articles were left out, per reason, first reason first."""
    period = study.period
    tests = [("unknown_outlet", "p.outlet IS NULL")]
    if study.where.section:
        tests.append(("where", f"section IS NULL OR section NOT IN ({_list(study.where.section)})"))
    if study.where.language:
        tests.append(("where", f"language IS NULL OR language NOT IN ({_list(study.where.language)})"))
    if study.where.words:
        articles = articles_with(archive, [Alias(text=word) for word in study.where.words])
        con.register("with_words", pa.table({"article_id": pa.array(articles, pa.string())}))
        tests.append(("where", "NOT EXISTS (FROM with_words w WHERE w.article_id = a.article_id)"))
    if period.start or period.end:
        tests.append(("undated", "published IS NULL"))
    if period.start:
        tests.append(("outside_period", f"day < DATE '{period.start}'"))
    if period.end:
        tests.append(("outside_period", f"day > DATE '{period.end}'"))
    reason = "CASE " + " ".join(f"WHEN {test} THEN '{name}'" for name, test in tests) + " END"
    con.execute(
        f"""CREATE TEMP TABLE judged AS
        SELECT a.article_id, p.outlet, {own_instant("p.zone", "a.")} AS published, a.published_precision,
               {own_day("p.zone", "a.")} AS day, a.source_row, a.language, a.section,
               {reason} AS reason,
               coalesce(trim(a.text), '') = '' AS without_text,
               CAST(date_trunc('{period.by}', day) AS DATE) AS period_start
        FROM archive_articles a LEFT JOIN pairs p ON a.outlet = p.value"""
    )
    con.execute(
        """CREATE TEMP TABLE articles AS
        WITH seen AS (
            SELECT j.*, coalesce(r.has_quotation_marks, false) AS has_marks,
                   coalesce(r.language_refused, false) AS refused, coalesce(u.wire, false) AS wire
            FROM judged j LEFT JOIN archive_read r USING (article_id)
            LEFT JOIN archive_reuse u USING (article_id) WHERE reason IS NULL)
        SELECT article_id, outlet, published, published_precision, day, period_start, source_row, language, section,
               refused, without_text, wire,
               bool_or(has_marks) OVER (PARTITION BY outlet) AS marks,
               without_text AND 2 * count(*) FILTER (without_text) OVER (PARTITION BY outlet)
                                < count(*) OVER (PARTITION BY outlet) AS unseen FROM seen"""
    )
    counts = dict(
        con.execute("SELECT reason, count(*) FROM judged WHERE reason IS NOT NULL GROUP BY 1").fetchall()
    )
    n_undated, n_refused = con.execute(
        "SELECT count(*) FILTER (published IS NULL), count(*) FILTER (refused) FROM articles"
    ).fetchall()[0]
    counts["undated_in_series"] = n_undated
    counts["language"] = n_refused
    return {str(name): int(count) for name, count in counts.items() if count}


def _select_readings(con: duckdb.DuckDBPyConnection) -> None:
    """Create `readings` and `mentions`: what the reader found in the study's articles."""
    con.execute(
        """CREATE TEMP TABLE readings AS
        SELECT n.*, n.field || ':' || n.start AS mention
        FROM archive_namings n SEMI JOIN articles USING (article_id) WHERE n.refers"""
    )
    # An outlet whose texts hold no quotation marks has no known voice, whatever a mention's own flag says.
    con.execute(
        """CREATE TEMP TABLE mentions AS
        SELECT DISTINCT r.article_id, r.subject, r.mention, r.alias,
               CASE WHEN a.marks THEN r.quoted END AS quoted
        FROM readings r JOIN articles a USING (article_id)"""
    )


def _list(values: tuple[str, ...]) -> str:
    return ", ".join(quoted(v) for v in values)
