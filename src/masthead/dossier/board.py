"""All figures of a dossier, looked up by what they are about. What the pages show is taken from here."""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypedDict

import pyarrow as pa

from masthead.archive.days import in_zone
from masthead.dossier.figure_links import way_to_sentences
from masthead.dossier.leading_voice import leading_voice, led_with
from masthead.dossier.views import Cell, Coverage, OutletView, Point, SubjectView
from masthead.dossier.writing.notation import SHARES, Notation, notation_of
from masthead.dossier.writing.safe_text import outlet_anchor
from masthead.engines.duckdb import connect
from masthead.findings.about import About, Part
from masthead.measuring import own_words, words_of
from masthead.measuring.measure import OTHER

if TYPE_CHECKING:
    import duckdb

    from masthead.findings.findings import Findings
    from masthead.measuring import Words


class _Factor(TypedDict):
    id: str
    title: str


class _Factors(TypedDict, total=False):
    factors: list[_Factor]


_FACTORS = Part[_Factors]("alignment")
"""What factors are called."""


class _SampledCell(TypedDict):
    outlet: str
    subject: str
    articles: int
    articles_read: int


class _Sampled(TypedDict, total=False):
    """What a survey says of a measure whose articles were sampled."""

    cells: list[_SampledCell]


SHOWN_OUTLETS = 20
"""So many outlets, those with the most articles, are shown in full; the others are in the tables beside."""

_CELL_COLUMNS = (
    "measure, subject, category, outlet, voice, period_start, period_end, estimate, conf_low, conf_high, numerator, "
    "denominator, n_units, n_left_out, calibrated, n_coded, worth, plain_estimate, plain_low, plain_high, method, note"
)

Key = tuple[str, str | None, str | None, str, str]
"""measure, subject (none where the figure is of all articles or of other speakers), category, outlet, voice"""

SeriesKey = tuple[str, str | None, str | None, str]
"""measure, subject, category, outlet: what a series over time is of, in the voice that its figures are led with"""

DRIFT = "drift"
"""The kind of a change that takes its time, and so has no date."""


@dataclass
class Board:
    """The figures of `Findings`, with or without wire copy, for the outlets that are shown in full.

    `findings` hold one of the two: see `Findings.of_wire`. `alike` is the way to the pages that are the same for
    both, from the index of the edition that shows this board: `pages_alike`, by their files, and the evidence pages of
    `outlets_alike`, those that have no wire copy.
    """

    findings: Findings
    alike: str = ""
    outlets_alike: frozenset[str] = frozenset()
    pages_alike: frozenset[str] = frozenset()
    about: About = field(init=False)
    outlets: list[OutletView] = field(init=False)
    more_outlets: int = field(init=False)
    n_articles: int = field(init=False)
    subjects: list[SubjectView] = field(init=False)

    def __post_init__(self) -> None:
        self.about = self.findings.about
        everyone = [
            OutletView(
                id=o["id"],
                title=o.get("title") or o["id"],
                group=o.get("group") or "",
                n_articles=int(o.get("n_articles") or 0),
                n_wire=int(o.get("n_wire") or 0),
                n_undated=int(o.get("n_undated") or 0),
                quotation_marks=bool(o.get("quotation_marks", True)),
                first=str(o.get("first") or ""),
                last=str(o.get("last") or ""),
            )
            for o in self.about["outlets"]
        ]
        everyone.sort(key=lambda o: (-o.n_articles, o.id))
        if self.findings.wire == "without":
            everyone = [replace(o, n_articles=o.n_articles - o.n_wire) for o in everyone]
        self.n_articles = sum(o.n_articles for o in everyone)
        self.outlets = everyone[:SHOWN_OUTLETS]
        self.more_outlets = len(everyone) - len(self.outlets)
        self.subjects = [
            SubjectView(
                id=s["id"],
                title=s.get("title") or s["id"],
                kind=s.get("kind") or "",
                aliases=tuple(s.get("aliases") or ()),
                categories={c: tuple(p) for c, p in (s.get("categories") or {}).items()},
            )
            for s in self.about["subjects"]
        ]

    @functools.cached_property
    def db(self) -> duckdb.DuckDBPyConnection:
        """A private in-memory database that sees the tables of the findings.

        `shown` has a row per outlet that is shown, `led_with` one per measure and such outlet: the voice of the
        figure that is led with, and the span of the measure's range. `figures` are the estimates of the outlets
        shown; over time, those in the leading voice.
        """
        connection = connect()
        for name in (
            "estimates",
            "comparisons",
            "words",
            "robustness",
            "coverage",
            "gaps",
            "changes",
            "coders",
        ):
            connection.register(name, getattr(self.findings, name))
        connection.register(
            "led_with", led_with(self.about, ((o.id, o.quotation_marks) for o in self.outlets))
        )
        connection.register(
            "shown", pa.table({"outlet": pa.array([o.id for o in self.outlets], pa.string())})
        )
        connection.execute(
            f"create table figures as select {_CELL_COLUMNS} from estimates semi join shown using (outlet) "
            "where period_start is null or exists (from led_with l where l.measure = estimates.measure "
            "and l.outlet = estimates.outlet and l.voice = estimates.voice)"
        )
        return connection

    def rows(self, query: str, parameters: Iterable[object] = ()) -> list[dict[str, Any]]:
        """Run a query over the findings' tables; return its rows as dicts."""
        result = self.db.execute(query, list(parameters))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    @functools.cached_property
    def notations(self) -> dict[str, Notation]:
        """How the figures of each measure are written."""
        return {m["name"]: notation_of(m) for m in self.about["measures"]}

    @functools.cached_property
    def _words(self) -> dict[str, Words]:
        return {m["name"]: words_of(m) for m in self.about["measures"]}

    def words(self, measure: str) -> Words:
        """Return the words for a measure, made of the declaration that the survey kept where it has none."""
        return self._words.get(measure) or words_of({"name": measure})

    @functools.cached_property
    def cells(self) -> dict[Key, Cell]:
        """Every figure over all time of the outlets shown; an empty one where the leading voice says nothing."""
        rows = self.rows("select * from figures where period_start is null")
        cells = {
            (r["measure"], r["subject"], r["category"], r["outlet"], r["voice"]): self._cell(r) for r in rows
        }
        for (measure, subject, category, outlet, voice), cell in list(cells.items()):
            leading = (measure, subject, category, outlet, self.voice(measure, outlet))
            if voice == "all" and leading not in cells:
                note = cell.note if cell.state == "empty" else "all of it stands in somebody else’s words"
                cells[leading] = replace(
                    cell,
                    estimate=None,
                    low=None,
                    high=None,
                    numerator=0.0,
                    denominator=0.0,
                    n_units=0,
                    note=note,
                    voice=leading[-1],
                )
        return cells

    def voice(self, measure: str, outlet: str) -> str:
        """Return the voice of the figure that a measure leads with for an outlet."""
        return leading_voice(measure, outlet not in self._without_marks)

    @functools.cached_property
    def _without_marks(self) -> set[str]:
        return {o.id for o in self.outlets if not o.quotation_marks}

    def cell(
        self,
        measure: str,
        subject: str | None,
        category: str | None,
        outlet: str,
        voice: str | None = None,
    ) -> Cell | None:
        """Return one figure over all time, in the leading voice or the one given; None where there is none."""
        return self.cells.get((measure, subject, category, outlet, voice or self.voice(measure, outlet)))

    def measures(self, name: str) -> bool:
        """Return whether the study asked for a measure."""
        return name in self.notations

    @functools.cached_property
    def titles(self) -> dict[str, str]:
        """What every outlet is called, those too that are not shown in full."""
        return {o["id"]: o.get("title") or o["id"] for o in self.about["outlets"]}

    @functools.cached_property
    def zones(self) -> dict[str, str]:
        """The time zones of the outlets that have one; on the others' clocks it is UTC."""
        return {o["id"]: zone for o in self.about["outlets"] if (zone := o.get("zone"))}

    def own_time(self, moment: dt.datetime | None, outlet: str | None) -> dt.datetime | None:
        """Return an instant as the clock of an outlet shows it."""
        return in_zone(moment, self.zones.get(outlet or ""))

    @functools.cached_property
    def _factors(self) -> dict[str, str]:
        factors = _FACTORS.any_of(self.about).get("factors") or ()
        return {f["id"]: f.get("title") or "" for f in factors}

    def factor_title(self, factor: str | None) -> str:
        """Return what a factor is called: its title, or its id with the hyphens opened; nothing for none."""
        return self._factors.get(factor or "") or (factor or "").replace("-", " ")

    @functools.cached_property
    def categories(self) -> dict[tuple[str, str | None], list[str | None]]:
        """The categories of each measure and subject: those declared first, then by use; `other` last."""
        weight: dict[tuple[str, str | None], dict[str | None, float]] = defaultdict(
            lambda: defaultdict(float)
        )
        for (measure, subject, category, _, voice), cell in self.cells.items():
            if voice in ("all", "unknown"):
                weight[measure, subject][category] += cell.numerator
        study_order = {s.id: list(s.categories) for s in self.subjects}

        def rank(
            of: tuple[str, str | None], category: str | None, uses: float
        ) -> tuple[int, int, float, str]:
            order = study_order.get(of[1] or "", []) if own_words(of[0]).study_categories else []
            place = order.index(category) if category in order else len(order)
            return (int(category == OTHER), place, -uses, category or "")

        return {of: sorted(uses, key=lambda c: rank(of, c, uses[c])) for of, uses in weight.items()}

    def series(self, measure: str, subject: str | None, category: str | None) -> dict[str, list[Point]]:
        """Return the figures over time of each outlet shown, in order of time."""
        rows = self.rows(
            "select * from figures where period_start is not null and measure = ? "
            "and subject is not distinct from ? and category is not distinct from ? order by outlet, period_start",
            [measure, subject, category],
        )
        series: dict[str, list[Point]] = defaultdict(list)
        for row in rows:
            series[row["outlet"]].append(Point(row["period_start"], self._cell(row), row["period_end"]))
        return dict(series)

    def series_digest(self, measure: str, subject: str, category: str | None) -> str:
        """Return a digest of the figures that `series` would return."""
        rows = self.rows(
            "select sum(hash(figures)) as digest from figures where period_start is not null "
            "and measure = ? and subject = ? and category is not distinct from ?",
            [measure, subject, category],
        )
        return str(rows[0]["digest"])

    @functools.cached_property
    def changes(self) -> dict[SeriesKey, list[dict[str, Any]]]:
        """The changes of each series of the outlets shown, in order of time: rows of the findings' table.

        Those that lack a date or a figure on either side have no place in a series, and are left out; so are the
        categories of a composition that changed without them.
        """
        rows = self.rows(
            "select c.* from changes c semi join led_with using (measure, outlet, voice) "
            "where date is not null and before is not null and after is not null "
            "and date_low is not null and date_high is not null "
            "and (conf_low > 0 or conf_high < 0) order by date, change"
        )
        changes: dict[SeriesKey, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            changes[row["measure"], row["subject"], row["category"], row["outlet"]].append(row)
        return dict(changes)

    @functools.cached_property
    def coverage(self) -> dict[str, list[Coverage]]:
        """How many articles each period of each outlet shown holds."""
        rows = self.rows(
            "select * from coverage where outlet in (select outlet from shown) order by outlet, period_start"
        )
        coverage: dict[str, list[Coverage]] = defaultdict(list)
        for r in rows:
            coverage[r["outlet"]].append(
                Coverage(r["period_start"], r["period_end"], int(r["n_articles"]), int(r["n_gap_days"] or 0))
            )
        return dict(coverage)

    @functools.cached_property
    def gaps(self) -> dict[str, list[tuple[dt.date, dt.date]]]:
        """The gaps in collection of each outlet shown: first and last day."""
        gaps: dict[str, list[tuple[dt.date, dt.date]]] = defaultdict(list)
        for r in self.rows("select * from gaps where outlet in (select outlet from shown) order by all"):
            gaps[r["outlet"]].append((r["gap_start"], r["gap_end"]))
        return dict(gaps)

    @property
    def by(self) -> str:
        """How time is cut: day, week, month, quarter or year."""
        period = self.about.get("period")
        return (period.get("by") if period else None) or "month"

    @property
    def level(self) -> float:
        """The level of the intervals, 0 to 1."""
        return float(self.about.get("level") or 0.95)

    @functools.cached_property
    def _sample_keys(self) -> set[tuple[str, str, str]]:
        """Measure, outlet and subject of the figures that rest on a sample of their articles."""
        # What a survey says of a measure whose articles were sampled stands under its name.
        return {
            (name, c["outlet"], c["subject"])
            for name in self.notations
            for c in Part[_Sampled](name).any_of(self.about).get("cells") or ()
            if "articles_read" in c and c["articles_read"] < c["articles"]
        }

    def evidence_way(self, outlet: str) -> str:
        """Return the way from the index to where the evidence pages of an outlet stand."""
        return self.alike if outlet in self.outlets_alike else ""

    def way_of_others(self, measure: str, outlet: str) -> str:
        """Return the way from the index to an outlet's figures of nobody in particular; nothing where none is shown."""
        page = own_words(measure).page_of_others
        return f"{page}.html#{outlet_anchor(outlet)}" if page else ""

    def _cell(self, row: dict[str, Any]) -> Cell:
        return Cell(
            estimate=row["estimate"],
            low=row["conf_low"],
            high=row["conf_high"],
            numerator=float(row["numerator"] or 0),
            denominator=float(row["denominator"] or 0),
            n_units=int(row["n_units"] or 0),
            n_left_out=int(row["n_left_out"] or 0),
            method=row["method"] or "",
            note=row["note"] or "",
            href=way_to_sentences(
                self.alike,
                self.pages_alike,
                self.evidence_way(row["outlet"]),
                row["measure"],
                row["subject"],
                row["category"],
                row["outlet"],
            ),
            notation=self.notations.get(row["measure"], SHARES),
            voice=row["voice"],
            is_sample=(row["measure"], row["outlet"], row["subject"]) in self._sample_keys,
            calibrated=bool(row["calibrated"]),
            n_coded=int(row["n_coded"] or 0),
            worth=row["worth"],
            plain=(row["plain_estimate"], row["plain_low"], row["plain_high"]),
        )
