"""The tables of figures: estimates, comparisons, robustness, words, coverage. Every one by the one rule."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, product

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.overview.gaps import find_gaps
from masthead.engines import collect
from masthead.findings.schemas import COMPARISONS, COVERAGE, ESTIMATES, GAPS, ROBUSTNESS, WORDS
from masthead.inference import compare, estimate, false_discovery, pairs, sums
from masthead.inference.distinctive import distinctive
from masthead.inference.sums import COUNTS, MOMENTS, SUMS
from masthead.measuring.coded.units import nothing_coded
from masthead.measuring.measure import CELL, Tables
from masthead.measuring.notes import notes, whole_time
from masthead.measuring.outlets import lots as lots_of
from masthead.measuring.outlets import outlets_compared
from masthead.measuring.registry import MEASURES, instruments
from masthead.measuring.tables import StudyTables, without_each_alias
from masthead.study import Study
from masthead.study.parts import WIRES

_PAIRS, _ROWS = 100_000, 20_000
"""Pairs of rows that are compared at once, and rows that are told of at once."""

EMPTY = 400
"""The longest run of periods without any article of any outlet that the table of coverage lists."""


def totals(survey: StudyTables) -> pa.Table:
    """Sums of every measure and voice, per cell and period, of wire copy and of all else: what figures are made of.

    Columns: measure, those of CELL, period_start (null for undated articles), copied, and the sums. Every unit
    is an article, of one period, and either wire copy or not; and sums are exact. So those of all time, and those
    with and without wire copy, are got by adding rows up, and the articles are gone through once.
    """
    pairs = [(measure.name, voice) for measure in survey.measures for voice in measure.voices]
    return _sums_of(survey, survey.tables, pairs, [*CELL, "period_start"])


def _sums_of(survey: StudyTables, tables: Tables, pairs: list[tuple[str, str]], by: list[str]) -> pa.Table:
    """Sum the units of many measures and voices in one query: to plan one takes longer than to run it on little."""
    parts = []
    for name, voice in pairs:
        view = survey.view_of_units(name, voice, tables)
        parts.append(f"SELECT '{name}' AS measure, {', '.join(by)}, cluster, x, y, w FROM \"{view}\"")
    parts_of_sums = []
    for lot in lots_of(survey):
        query = " UNION ALL ".join(f"{part} WHERE {lot}" for part in parts)
        units = nw.from_native(survey.connection.sql(query))
        units = units.join(survey.copied, on="cluster", how="inner")
        parts_of_sums.append(collect(sums(units, ["measure", *by, "copied"])))
    return pa.concat_tables(parts_of_sums)


def _added_up(table: pa.Table, by: Sequence[str], wires: Sequence[str] = WIRES) -> pa.Table:
    """Add sums up per measure and `by`: over all articles, and over those that are not wire copy."""
    keys = ["measure", *by]
    sums_by_voice = []
    for wire in wires:
        rows = table if wire == "with" else table.filter(pc.invert(table["copied"]))
        totals = rows.group_by(keys).aggregate([(name, "sum") for name in SUMS])
        sums_by_voice.append(_with_column(totals.rename_columns([*keys, *SUMS]), "wire", wire))
    return pa.concat_tables(sums_by_voice).sort_by([(key, "ascending") for key in ("wire", *keys)])


def estimates_alone(
    survey: StudyTables, level: float, *, measures: Sequence[str], voices: Sequence[str] = ("all",)
) -> pa.Table:
    """Return the estimates of some measures of shares, for what shows them alone: over all time, then by period.

    `period_start` is null over all time. They are of all articles, wire copy among them.
    """
    sums_by_cell = _sums_of(survey, survey.tables, [*product(measures, voices)], [*CELL, "period_start"])
    whole = _added_up(sums_by_cell, CELL, ("with",))
    whole = whole.append_column("period_start", pa.nulls(whole.num_rows, pa.date32()))
    series = _added_up(
        sums_by_cell.filter(pc.is_valid(sums_by_cell["period_start"])), [*CELL, "period_start"], ("with",)
    )
    table = pa.concat_tables([whole, series.select(whole.column_names)], promote_options="permissive")
    return estimate(table.drop_columns(["wire"]), level)


def _with_column(table: pa.Table, column: str, value: str) -> pa.Table:
    return table.append_column(column, pa.array([value] * table.num_rows, pa.string()))


def estimates(survey: StudyTables, study: Study, archive_hash: str, totals: pa.Table) -> pa.Table:
    """The table of estimates: over all time, then per period; with rows for what could not be estimated."""
    whole = _added_up(totals, CELL)
    whole = whole.append_column("period_start", pa.nulls(whole.num_rows, pa.date32()))
    whole = _with_empty_cells(whole, survey)
    say = _Told(survey, study, archive_hash)
    lots_of_rows = [ESTIMATES.empty_table()]
    for is_signed in (False, True):
        means = pc.is_in(whole["measure"], pa.array(_signed_measures()))
        for of in chain([whole.filter(means if is_signed else pc.invert(means))], _series(totals, is_signed)):
            # Row by row in lots: what is said of a row takes far more room than the row.
            lots = (of.slice(start, _ROWS) for start in range(0, of.num_rows, _ROWS))
            lots_of_rows += [say.of(estimate(lot, study.level, signed=is_signed)) for lot in lots]
    return pa.concat_tables(lots_of_rows)


def _series(totals: pa.Table, is_signed: bool) -> Iterator[pa.Table]:
    """Yield the sums by period, in the order of wire copy, measure and cell: all at once would be most of a survey."""
    has_period = pc.is_valid(totals["period_start"])
    for wire, measure in product(sorted(WIRES), sorted(set(totals["measure"].unique().to_pylist()))):
        if (measure in _signed_measures()) == is_signed:
            rows = totals.filter(pc.and_(has_period, pc.equal(totals["measure"], measure)))
            yield _added_up(rows, [*CELL, "period_start"], (wire,))


class _Told:
    """What is said of estimates beside their numbers: of how many articles they are, and what was left out."""

    def __init__(self, survey: StudyTables, study: Study, archive_hash: str) -> None:
        self._built, self._study, self._archive_hash = survey, study, archive_hash
        self._in_period: dict[tuple[str, str, dt.date | None], int] = {
            (wire, outlet, start): count
            for wire, within in zip(WIRES, ("true", "NOT wire"), strict=True)
            for outlet, start, count in survey.rows(
                f"SELECT outlet, period_start, count(*) FROM articles WHERE {within} GROUP BY ALL"
            )
        }
        self._undated = Counter(
            dict(
                survey.rows(
                    """SELECT outlet, count(*) FROM judged
                    WHERE reason = 'undated' AND outlet IS NOT NULL GROUP BY 1"""
                )
            )
        )
        self._outlets = {outlet["id"]: outlet for outlet in survey.outlets}
        self._foreign = {name: survey.in_another_language(measure) for name, measure in MEASURES.items()}
        self._foreign_always = {name: whole_time(counts) for name, counts in self._foreign.items()}

    def of(self, table: pa.Table) -> pa.Table:
        """Return estimates as the table ESTIMATES."""
        study, survey = self._study, self._built
        n = table.num_rows
        keys = ("measure", "wire", "outlet", "subject", "period_start")
        n_articles, n_left_out = [], []
        ends: list[dt.date | None] = []
        for measure, wire, name, subject, start in zip(*(table[c].to_pylist() for c in keys), strict=True):
            outlet = self._outlets[name]
            # Labels are read in English only, names in any language.
            read = MEASURES[measure].names_suffice and subject in survey.by_name
            n_undated, foreign = self._undated[name], self._foreign[measure] if not read else {}
            if start is None:
                n_articles.append(outlet["n_articles"] - (outlet["n_wire"] if wire == "without" else 0))
                n_left_out.append(n_undated + (0 if read else self._foreign_always[measure][name]))
                ends.append(None)
            else:
                n_articles.append(self._in_period.get((wire, name, start), 0))
                n_left_out.append(n_undated + outlet["n_undated"] + foreign.get((name, start), 0))
                ends.append(period_end(start, study.period.by))
        columns = {
            **nothing_coded(ESTIMATES, n),
            **{name: table[name] for name in table.column_names},
            "period_end": pa.array(ends, pa.date32()),
            "conf_level": pa.array([study.level] * n),
            "numerator": table["wx"],
            "denominator": table["wy"],
            "n_articles": pa.array(n_articles, pa.int64()),
            "n_units": table["n"],
            "n_left_out": pa.array(n_left_out, pa.int64()),
            "unit": pa.array([MEASURES[m].unit for m in table["measure"].to_pylist()]),
            "study_hash": pa.array([study.hash] * n),
            "archive_hash": pa.array([self._archive_hash] * n),
            "method": _methods(table, survey),
            "note": pa.array(notes(table, survey, self._foreign_always), pa.string()),
        }
        return pa.table({f.name: columns[f.name] for f in ESTIMATES}).cast(ESTIMATES)


def _with_empty_cells(whole: pa.Table, survey: StudyTables) -> pa.Table:
    """Add a row for each outlet, subject and category that has no unit at all: absence needs a reason."""
    keys = ("wire", "measure", *CELL)
    categories = {
        one.name: survey.rows(one.cells)
        for one in instruments().values()
        if one.cells is not None and one.name in survey.known
    }
    missing: list[tuple[str | None, ...]] = []
    names = [measure.name for measure in survey.measures if measure.name in categories]
    for wire, measure in product(WIRES, names):
        # Some rows at a time: as tuples they take ten times the room.
        here = whole.filter(
            pc.and_(
                pc.and_(pc.equal(whole["wire"], wire), pc.equal(whole["measure"], measure)),
                pc.equal(whole["voice"], "all"),
            )
        )
        have = set(zip(*(here[c].to_pylist() for c in keys), strict=True))
        for outlet in survey.outlets:
            for subject, category in categories[measure]:
                key = (wire, measure, outlet["id"], subject, category, "all")
                if key not in have:
                    missing.append(key)
    if not missing:
        return whole
    n = len(missing)
    columns = {
        key: pa.array(values, pa.string())
        for key, values in zip(keys, zip(*missing, strict=True), strict=True)
    }
    columns |= {name: pa.array(np.zeros(n, np.int64)) for name in COUNTS}
    columns |= {name: pa.array(np.zeros(n)) for name in MOMENTS}
    return pa.concat_tables([whole, pa.table(columns)], promote_options="permissive")


def _with_estimates(table: pa.Table, level: float) -> pa.Table:
    """Estimate the rows of every measure, each by the intervals of its range: shares first, then means."""
    means = pc.is_in(table["measure"], pa.array(_signed_measures()))
    return pa.concat_tables(
        [
            estimate(table.filter(pc.invert(means)), level),
            estimate(table.filter(means), level, signed=True),
        ]
    )


def _signed_measures() -> list[str]:
    """The measures whose figures are means on both sides of 0."""
    return [name for name, measure in MEASURES.items() if measure.signed()]


def _methods(table: pa.Table, survey: StudyTables) -> pa.Array:
    """How each interval was made, and whose readings it is of where a model read."""
    readers = {name: survey.model_of(measure) for name, measure in MEASURES.items()}
    return pa.array(
        [
            f"{method}, of the readings of {reader.model} ({reader.version})"
            if (reader := readers[measure])
            else method
            for measure, method in zip(table["measure"].to_pylist(), table["method"].to_pylist(), strict=True)
        ],
        pa.string(),
    )


def period_end(start: dt.date, by: str) -> dt.date:
    """Return the last day of the period that starts on `start`."""
    if by == "day":
        return start
    if by == "week":
        return start + dt.timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[by]
    month = start.month - 1 + months
    return dt.date(start.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def comparisons(survey: StudyTables, study: Study, totals: pa.Table) -> pa.Table:
    """Every pair of the outlets that are compared, per measure, subject, category and voice, over all time."""
    ids = [outlet["id"] for outlet in outlets_compared(survey.outlets, study)]
    parts = pa.array([name for name, measure in MEASURES.items() if measure.is_part])
    whole = _added_up(totals.filter(pc.invert(pc.is_in(totals["measure"], parts))), CELL)
    whole = whole.filter(pc.and_(pc.is_in(whole["outlet"], pa.array(ids)), pc.greater(whole["wy"], 0)))
    left, right = pairs(whole, "outlet", ("wire", "measure", "subject", "category", "voice"))
    means = np.isin(whole["measure"].to_numpy(zero_copy_only=False), _signed_measures())[left]
    tables = [COMPARISONS.empty_table()]
    for is_signed in (False, True):
        of = np.flatnonzero(means == is_signed)
        for start in range(0, len(of), _PAIRS):
            some = of[start : start + _PAIRS]
            tables.append(
                _differences(whole.take(left[some]), whole.take(right[some]), is_signed, study, survey)
            )
    table = pa.concat_tables(tables)
    family = table["family"].combine_chunks().dictionary_encode().indices.to_numpy()
    q = pa.array(false_discovery(table["p"].to_numpy(), family), pa.float64(), from_pandas=True)
    return table.set_column(COMPARISONS.get_field_index("q"), COMPARISONS.field("q"), q)


def _differences(a: pa.Table, b: pa.Table, is_signed: bool, study: Study, survey: StudyTables) -> pa.Table:
    """Compare rows of sums with one another: the table COMPARISONS, but for q, which takes whole families."""
    table = compare(a, b, level=study.level, signed=is_signed)
    family = [
        f"{m}, {s}, voice {v}, {w} wire copy: all "
        f"{'categories and ' if MEASURES[m].compares_categories else ''}pairs of outlets"
        for m, s, v, w in zip(
            *(a[c].to_pylist() for c in ("measure", "subject", "voice", "wire")), strict=True
        )
    ]
    n = table.num_rows
    columns = {
        **nothing_coded(COMPARISONS, n),
        **{name: table[name] for name in table.column_names},
        **{name: a[name] for name in ("measure", "subject", "category", "outlet", "voice", "wire")},
        "versus": b["outlet"],
        "conf_level": pa.array([study.level] * n),
        "q": pa.nulls(n, pa.float64()),
        "family": pa.array(family, pa.string()),
        "margin": pa.array([0.0] * n),
        "n_units": a["n"],
        "n_units_versus": b["n"],
        "method": _methods(a.select(["measure"]).append_column("method", table["method"]), survey),
        "note": pa.nulls(n, pa.string()),
    }
    return pa.table({f.name: columns[f.name] for f in COMPARISONS}).cast(COMPARISONS)


def robustness(survey: StudyTables, study: Study) -> pa.Table:
    """The figures again without each alias in turn: no finding should hang on one word of a study.

    Of the instruments that ask for it, in the voices that they name.
    """
    names = {measure.name for measure in survey.measures}
    pairs = [
        (one.name, voice)
        for one in instruments().values()
        if one.name in names
        for voice in one.voices_without_alias
    ]
    if not pairs:
        return ROBUSTNESS.empty_table()
    table = _added_up(_sums_of(survey, without_each_alias(survey), pairs, list(CELL)), CELL)
    table = _with_estimates(table.filter(pc.greater(table["wy"], 0)), study.level)
    split = [value.split("\x1f", 1) for value in table["subject"].to_pylist()]
    columns = {
        **{name: table[name] for name in table.column_names},
        "subject": pa.array([s[0] for s in split], pa.string()),
        "alias_left_out": pa.array([s[1] for s in split], pa.string()),
        "numerator": table["wx"],
        "denominator": table["wy"],
        "n_units": table["n"],
    }
    robust = pa.table({f.name: columns[f.name] for f in ROBUSTNESS}).cast(ROBUSTNESS)
    order = ("measure", "subject", "category", "outlet", "alias_left_out", "voice", "wire")
    return robust.sort_by([(column, "ascending") for column in order])


def words(survey: StudyTables) -> pa.Table:
    """The labels that set each outlet apart, per subject."""
    counts = survey.connection.sql(
        """SELECT r.subject, a.outlet, r.label, count(DISTINCT r.article_id || r.mention) AS uses,
                  count(DISTINCT r.article_id) AS n_articles
        FROM readings r JOIN articles a USING (article_id)
        WHERE r.label IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    ).to_arrow_table()
    return distinctive(counts).select(WORDS.names).cast(WORDS)


def coverage(survey: StudyTables, study: Study) -> tuple[pa.Table, pa.Table]:
    """Articles and days without collection, per outlet and period, and the gaps themselves."""
    days = survey.rows(
        """SELECT outlet, day, period_start, count(*) FROM articles
        WHERE published IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    )
    dates: dict[str, list[dt.date]] = {}
    counts: dict[tuple[str, dt.date], int] = {}
    for outlet, day, start, count in days:
        dates.setdefault(outlet, []).extend([day] * count)
        counts[outlet, start] = counts.get((outlet, start), 0) + count
    periods = sorted({start for _, start in counts})
    every = _every_period(periods, study.period.by)
    gap_rows, rows = [], []
    for outlet in sorted(dates):
        gaps = find_gaps(dates[outlet])
        gap_rows += [{"outlet": outlet, "gap_start": a, "gap_end": b} for a, b in gaps]
        for start in every:
            end = period_end(start, study.period.by)
            missing = sum(max(0, (min(b, end) - max(a, start)).days + 1) for a, b in gaps)
            rows.append(
                {
                    "outlet": outlet,
                    "period_start": start,
                    "period_end": end,
                    "n_articles": counts.get((outlet, start), 0),
                    "n_days": (end - start).days + 1,
                    "n_gap_days": missing,
                }
            )
    return pa.Table.from_pylist(rows, COVERAGE), pa.Table.from_pylist(gap_rows, GAPS)


def _every_period(present: list[dt.date], by: str) -> list[dt.date]:
    """All periods from the first to the last of those `present`, those without any article too.

    Not those of a stretch of more than EMPTY periods in which no outlet has any: one article with an absurd
    date would otherwise bring in every day of three centuries.
    """
    periods = present[:1]
    for following in present[1:]:
        between = [period_end(periods[-1], by) + dt.timedelta(days=1)]
        while between[-1] < following and len(between) <= EMPTY:
            between.append(period_end(between[-1], by) + dt.timedelta(days=1))
        periods += between if between[-1] == following else [following]
    return periods
