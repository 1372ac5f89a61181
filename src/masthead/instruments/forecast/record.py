"""From the forecasts that were read, and what became of them, to each outlet's record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.engines import collect
from masthead.errors import listed
from masthead.findings.about import SurveyedOutlet
from masthead.findings.schemas import FORECASTS
from masthead.inference import estimate, sums
from masthead.instruments.forecast.about import BrierScore, ForecastsAbout, WordingRecord
from masthead.instruments.forecast.outcomes import BECAME, study_outcomes
from masthead.measuring import Job
from masthead.measuring.counting import counted
from masthead.measuring.figures import estimates_alone
from masthead.measuring.instrument import AnyInstrument
from masthead.measuring.tables import StudyTables, loaded
from masthead.reading.forecasts import BANDS, ForecastsReading
from masthead.reading.forecasts.dates import by_when
from masthead.study import Study

SNIPPET = 600
"""The longest snippet, in code points: a quotation, never the body of an article."""

SOURCE = (
    "Bands: Office of the Director of National Intelligence (2015), Intelligence Community Directive 203. Score: "
    "Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78, 1-3"
)
"""Where the bands of confidence, and the score, come from."""

OVERCONFIDENT, UNDERCONFIDENT = "overconfident", "underconfident"
UNDECIDED = "as worded, or too few to tell"
"""What an interval beside its band says: it lies whole below, whole above, or neither."""


@dataclass(frozen=True)
class Foretold:
    """What a study's articles say will happen, and what became of it.

    `table` is of FORECASTS, in order of time. `estimates`: outlet, subject (null: all), period_start (null: over all
    time), estimate, conf_low, conf_high and the sums behind them, of the outlets' own voice. `record` is what
    `forecast_record` tells, `outlets` the study's with what is known of each.
    """

    table: pa.Table
    estimates: pa.Table
    record: ForecastsAbout
    outlets: list[SurveyedOutlet]
    reading: ForecastsReading

    def rows_of(self, outlets: set[str], everything: bool) -> pa.Table:
        """Return the rows of these outlets: forecasts in no other's words, or with `everything` all rows."""
        is_row = pc.is_in(self.table["outlet"], pa.array(sorted(outlets), pa.string()))
        if not everything:
            others = pc.fill_null(self.table["quoted"], False)
            is_row = pc.and_(is_row, pc.and_not(pc.equal(self.table["kind"], "forecast"), others))
        return self.table.filter(is_row)


def foretell(
    study: Study,
    archive: Archive,
    *,
    processes: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Foretold:
    """Read what a study's articles say will happen, and set it beside what its outcomes file says became of it.

    Raises StudyError where the outcomes file is not in order, ReadingError and ArchiveError as the readers do.
    """
    job = Job(study, counted(archive, study, progress=progress), processes=processes, progress=progress)
    survey = loaded(job, ("forecast",))
    order = [(name, "ascending") for name in ("outlet", "subject", "period_start")]
    estimates = estimates_alone(survey, study.level, measures=("forecast",), voices=("own",)).sort_by(order)
    record = forecast_record(survey, study, study_outcomes(study))
    reading = cast(ForecastsReading, job.kept["forecast"])
    return Foretold(forecast_list(survey, archive), estimates, record, survey.outlets, reading)


def put_forecasts(
    survey: StudyTables, reading: ForecastsReading, outcomes: dict[str, str], by: AnyInstrument
) -> None:
    """Make the table `foretold`: a row per forecast, plan and conditional forecast about a subject.

    `quoted` is true for what stands in somebody else's words, null where own and quoted voice cannot be told apart.
    """
    con = survey.connection
    con.register("outcomes", pa.table({"forecast": [*outcomes], "became": [*outcomes.values()]}, _ENTERED))
    survey.add(
        "foretold",
        f"""SELECT f.* EXCLUDE (quoted, reported), a.outlet, a.published, a.source_row, a.wire, o.became,
               CASE WHEN f.quoted OR f.reported THEN true WHEN a.marks THEN false END AS quoted
        FROM {parquet(reading.paths)} f JOIN articles a USING (article_id) LEFT JOIN outcomes o USING (forecast)
        WHERE (f.article_id, f.subject, f.field, f.mention_start) IN (
            SELECT article_id, subject, field, start FROM readings)
        QUALIFY row_number() OVER (PARTITION BY f.forecast ORDER BY f.mention_start) = 1""",
        by,
    )
    con.unregister("outcomes")
    _date_by_own_days(survey)


def _date_by_own_days(survey: StudyTables) -> None:
    """Set the last days anew that were counted from a day in UTC where the outlet's own is another: `tomorrow`."""
    con = survey.connection
    rows = survey.rows(
        """SELECT DISTINCT f.by_when, a.day FROM foretold f JOIN articles a USING (article_id)
        JOIN archive_articles r USING (article_id)
        WHERE f.by_when IS NOT NULL AND a.day <> CAST(timezone('UTC', r.published) AS DATE)"""
    )
    if not rows:
        return
    whens = [by_when(text, 0, len(text), day) for text, day in rows]
    texts, days = zip(*rows, strict=True)
    due = pa.array([when and when.due for when in whens], pa.date32())
    con.register("own_days", pa.table({"by_when": texts, "day": pa.array(days, pa.date32()), "due": due}))
    con.execute(
        """UPDATE foretold SET due = o.due FROM own_days o, articles a
        WHERE a.article_id = foretold.article_id AND o.by_when = foretold.by_when AND o.day = a.day"""
    )
    con.unregister("own_days")


_ENTERED = pa.schema([("forecast", pa.string()), ("became", pa.string())])


def forecast_list(survey: StudyTables, archive: Archive) -> pa.Table:
    """Return all that was foretold (FORECASTS), in order of time; none where forecasts were not read."""
    texts = parquet(part.path for part in archive.published.parts())
    table = survey.connection.sql(
        f"""SELECT f.*, t.title, t.url,
               substring(CASE f.field WHEN 'title' THEN t.title ELSE t.text END, f.sentence_start + 1,
                         least(f.sentence_end - f.sentence_start, {SNIPPET})) AS snippet
        FROM foretold f JOIN {texts} t USING (article_id)
        ORDER BY f.published NULLS LAST, f.outlet, f.source_row, f.article_id, f.field DESC, f.start, f.mention_start"""
    ).to_arrow_table()
    return table.select(FORECASTS.names).cast(FORECASTS)


def forecast_record(survey: StudyTables, study: Study, outcomes: dict[str, str]) -> ForecastsAbout:
    """Return what is said of forecasts beside their list and their estimates."""
    con = survey.connection
    rows = con.sql(_OWN).to_arrow_table()
    calibration: list[WordingRecord] = []
    scores: list[BrierScore] = []
    for wire in ("with", "without"):
        units = rows if wire == "with" else rows.filter(pc.invert(rows["wire"]))
        for outlets in ("each", "all"):
            scope = (
                units
                if outlets == "each"
                else units.set_column(0, "outlet", pa.nulls(units.num_rows, pa.string()))
            )
            calibration += _wording_records(scope, wire, study.level)
            scores += _scores(scope, wire, study.level)
    counts = _counts(survey, outcomes)
    return {
        "outcomes": None if study.outcomes is None else Path(study.outcomes).name,
        "counts": counts,
        "calibration": calibration,
        "scores": scores,
        "said": list(_caveats(survey, study, counts)),
        "source": SOURCE,
    }


_OWN = """
    SELECT outlet, confidence, article_id AS cluster, wire, became = 'true' AS came_true FROM foretold
    WHERE kind = 'forecast' AND NOT quoted AND became IN ('true', 'false')
    ORDER BY ALL
"""


def _wording_records(rows: pa.Table, wire: str, level: float) -> Iterator[WordingRecord]:
    """Yield how often each wording came true, beside its band."""
    x = pc.cast(rows["came_true"], pa.float64())
    for row in _means(rows, x, ["outlet", "confidence"], level):
        low, high = BANDS[row["confidence"]]
        says = (
            OVERCONFIDENT
            if row["conf_high"] < low
            else UNDERCONFIDENT
            if row["conf_low"] > high
            else UNDECIDED
        )
        yield {
            "outlet": row["outlet"],
            "wire": wire,
            "confidence": row["confidence"],
            "low": low,
            "high": high,
            "forecasts": round(row["wy"]),
            "n_articles": row["n"],
            "came_true": round(row["wx"]),
            "estimate": row["estimate"],
            "conf_low": row["conf_low"],
            "conf_high": row["conf_high"],
            "says": says,
        }


def _scores(rows: pa.Table, wire: str, level: float) -> Iterator[BrierScore]:
    """Yield Brier's score of each outlet, with what its wording promised and what came of it."""
    middle = {name: (low + high) / 2 for name, (low, high) in BANDS.items()}
    promises = pa.array([middle[name] for name in rows["confidence"].to_pylist()], pa.float64())
    came = pc.cast(rows["came_true"], pa.float64())
    miss = pc.subtract(promises, came)
    means = [
        {row["outlet"]: row["estimate"] for row in _means(rows, x, ["outlet"], level)}
        for x in (promises, came)
    ]
    for row in _means(rows, pc.multiply(miss, miss), ["outlet"], level):
        yield {
            "outlet": row["outlet"],
            "wire": wire,
            "forecasts": round(row["wy"]),
            "n_articles": row["n"],
            "brier": row["estimate"],
            "conf_low": row["conf_low"],
            "conf_high": row["conf_high"],
            "worded": means[0][row["outlet"]],
            "came_true": means[1][row["outlet"]],
        }


def _means(rows: pa.Table, x: pa.Array, by: list[str], level: float) -> list[dict[str, Any]]:
    """Estimate the mean of `x` over forecasts, by the one rule: articles are the clusters."""
    if not rows.num_rows:
        return []
    ones = pa.array([1.0] * rows.num_rows)
    units = (
        rows.select([*by, "cluster"]).append_column("x", x).append_column("y", ones).append_column("w", ones)
    )
    table = estimate(collect(sums(nw.from_native(units).lazy(), by)), level)
    order = [(name, "ascending") for name in by]
    means: list[dict[str, Any]] = table.sort_by(order).to_pylist()
    return means


def _counts(survey: StudyTables, outcomes: dict[str, str]) -> dict[str, int]:
    con = survey.connection
    own = "kind = 'forecast' AND quoted = false"
    parts = {
        "listed": "true",
        "forecasts": "kind = 'forecast'",
        "own": own,
        "quoted": "kind = 'forecast' AND quoted",
        "voice_unknown": "kind = 'forecast' AND quoted IS NULL",
        "plans": "kind = 'plan'",
        "conditions": "kind = 'condition'",
        **{became: f"{own} AND became = '{became}'" for became in BECAME},
        "unknown": f"{own} AND became IS NULL",
    }
    columns = ", ".join(f"count(*) FILTER ({test})" for test in parts.values())
    (totals,) = con.execute(f"SELECT {columns} FROM foretold").fetchall()
    names = {name for (name,) in con.execute("SELECT forecast FROM foretold").fetchall()}
    return {**dict(zip(parts, totals, strict=True)), "unmatched": len(outcomes.keys() - names)}


def _caveats(survey: StudyTables, study: Study, counts: dict[str, int]) -> Iterator[str]:
    """What a reader must know before the record."""
    n_known = counts["true"] + counts["false"]
    if not counts["own"] and counts["voice_unknown"]:
        yield (
            f"nobody knows whether the {counts['voice_unknown']:,} forecasts are the outlets' own words: their texts "
            "hold no quotation marks"
        )
    elif not counts["own"]:
        yield "no sentence was found in which an outlet says in its own voice what will happen to a subject"
    elif study.outcomes is None:
        yield (
            f"nobody has entered yet what became of the {counts['own']:,} forecasts in the outlets' own voice. "
            "`masthead forecasts STUDY.toml --to outcomes.csv` writes the list to fill in; "
            '`outcomes = "outcomes.csv"` in the study reads it'
        )
    elif not n_known:
        yield (
            f"'{Path(study.outcomes).name}' calls none of the {counts['own']:,} forecasts in the outlets' own voice "
            "true or false: there is no record yet"
        )
    else:
        yield (
            f"the record rests on the {n_known:,} of {counts['own']:,} forecasts in the outlets' own voice that "
            "somebody entered as true or false"
        )
        if counts["unknown"]:
            yield (
                f"{counts['unknown']:,} have no entry yet: if somebody entered first those that are easy to tell, the "
                "record describes that choice too"
            )
    if counts["unmatched"]:
        yield (
            f"{counts['unmatched']:,} {'entry is' if counts['unmatched'] == 1 else 'entries are'} of no forecast that "
            "is listed: of articles that this study leaves out, or of another archive"
        )
    silent = [one["title"] for one in survey.outlets if one["n_articles"] and not one["quotation_marks"]]
    if silent:
        yield f"no record of their own voice for {listed(silent)}: their texts hold no quotation marks"
