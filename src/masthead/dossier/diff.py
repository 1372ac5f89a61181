"""What changed in the findings between two surveys: said in plain sentences, and as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from masthead.dossier.leading_voice import led_with
from masthead.dossier.overview.contrasts import SIGNIFICANT
from masthead.dossier.writing.notation import SHARES, Notation, notation_of
from masthead.dossier.writing.numbers import ENOUGH, name_list, with_noun
from masthead.engines.duckdb import connect

if TYPE_CHECKING:
    import duckdb

    from masthead.findings.about import About
    from masthead.findings.findings import Findings

# Figures are compared in the voice that a dossier leads with: `led` says which, per survey, measure and outlet.
# A figure moved where the new one lies outside the old interval.
_MOVED = """
select o.measure, o.outlet, o.subject, o.category, o.voice,
       o.estimate as old, o.conf_low as old_low, o.conf_high as old_high, o.n_units as old_units,
       n.estimate as new, n.conf_low as new_low, n.conf_high as new_high, n.n_units as new_units
from (select * from old_estimates join (from led where side = 'old') using (measure, outlet, voice)
      where period_start is null and estimate is not null) o
join (select * from new_estimates semi join (from led where side = 'new') using (measure, outlet, voice)
      where period_start is null and estimate is not null) n
  on o.measure = n.measure and o.outlet = n.outlet and o.subject is not distinct from n.subject and o.voice = n.voice
  and o.category is not distinct from n.category
where n.estimate < o.conf_low - 1e-9 or n.estimate > o.conf_high + 1e-9
order by abs(n.estimate - o.estimate) / o.span desc, o.measure, o.outlet, o.subject, o.category
"""

# Pairs are put in the order of the alphabet first, so that the same two outlets meet whichever came first.
_TURNED = f"""
with sides as (
  select 'old' as side, * from old_comparisons
  union all by name
  select 'new' as side, * from new_comparisons
),
judged as (
  select s.side, s.measure, subject, category, least(s.outlet, versus) as one, greatest(s.outlet, versus) as other,
         if(s.outlet <= versus, difference, -difference) as difference, a.span,
         coalesce(q < {SIGNIFICANT} and (conf_low > 0 or conf_high < 0), false) as found
  from sides s
  join led a on a.side = s.side and a.measure = s.measure and a.voice = s.voice and a.outlet = s.outlet
  join led b on b.side = s.side and b.measure = s.measure and b.voice = s.voice and b.outlet = s.versus
),
paired as (
  select measure, subject, category, one as outlet, other as versus,
         coalesce(bool_or(found) filter (side = 'old'), false) as before,
         coalesce(bool_or(found) filter (side = 'new'), false) as became,
         any_value(difference) filter (side = 'old') as old,
         any_value(difference) filter (side = 'new') as new, any_value(span) as span
  from judged group by measure, subject, category, one, other
)
select measure, subject, category, outlet, versus, old, new, became
from paired where before <> became
order by became desc, greatest(abs(old), abs(new)) / span desc, measure, subject, category, outlet, versus
"""

SAID = 20
"""So many changes of one kind are said in sentences; all of them are in the data."""


_TELLING = ("titles", "notations")
"""What the sentences need beside the changes."""


@dataclass
class Diff:
    """What changed from one survey's findings to another's.

    `study` and `archive` are the two hashes where they differ, else None. `articles` are changes in the
    number of articles per outlet; `moved` the figures over all time that lie outside their old interval;
    `turned` the comparisons that became or ceased to be significant (q < .05, interval off zero); `judged` the
    claims, word for word the same, whose verdict is another. Shares are
    0 to 1, portrayals −1 to 1 and of the outlet's own voice where it is known.
    """

    study: tuple[str, str] | None = None
    archive: tuple[str, str] | None = None
    settings: list[dict[str, Any]] = field(default_factory=list)
    outlets_added: list[str] = field(default_factory=list)
    outlets_gone: list[str] = field(default_factory=list)
    subjects_added: list[str] = field(default_factory=list)
    subjects_gone: list[str] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    moved: list[dict[str, Any]] = field(default_factory=list)
    turned: list[dict[str, Any]] = field(default_factory=list)
    judged: list[dict[str, Any]] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    notations: dict[str, Notation] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """True where anything changed."""
        return any(value for name, value in vars(self).items() if name not in _TELLING)

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        changes = asdict(self)
        for name in _TELLING:
            del changes[name]
        for name in ("study", "archive"):
            pair = changes[name]
            changes[name] = {"old": pair[0], "new": pair[1]} if pair else None
        return changes

    def sentences(self) -> list[str]:
        """Return the changes as plain sentences, the most telling first."""
        if not self:
            return ["Nothing changed: same study, same archive, same findings."]
        lines = []
        if self.study:
            lines.append(f"The study changed ({self.study[0]} → {self.study[1]}).")
        if self.archive:
            lines.append(f"The archive changed ({self.archive[0]} → {self.archive[1]}).")
        lines += [f"The {s['what']} changed from {s['old']} to {s['new']}." for s in self.settings]
        lines += [f"“{j['text']}” was {j['old']}, and is now {j['new']}." for j in self.judged]
        for what, names in (
            ("Outlets added", self.outlets_added),
            ("Outlets gone", self.outlets_gone),
            ("Subjects added", self.subjects_added),
            ("Subjects gone", self.subjects_gone),
        ):
            if names:
                lines.append(f"{what}: {name_list([self._title(n) for n in names], SAID)}.")
        lines += self._shortlist(
            [self._articles(a) for a in self.articles], "an outlet with more or fewer articles"
        )
        sure = [m for m in self.moved if min(m["old_units"], m["new_units"]) >= ENOUGH]
        if not sure:
            lines.append("No figure over all time, from enough articles, moved beyond its old interval.")
        lines += self._shortlist([self._move(m) for m in sure], "a figure that moved")
        if len(sure) < len(self.moved):
            few = with_noun(len(self.moved) - len(sure), "other figure")
            lines.append(f"{few} moved too, from fewer than {ENOUGH} articles.")
        if not self.turned:
            lines.append("No comparison of two outlets became or ceased to be significant.")
        lines += self._shortlist([self._turn(t) for t in self.turned], "a comparison that turned")
        return lines

    def _title(self, identifier: str) -> str:
        return self.titles.get(identifier, identifier)

    def _notation(self, row: dict[str, Any]) -> Notation:
        return self.notations.get(row["measure"], SHARES)

    def _cell(self, row: dict[str, Any]) -> str:
        category = f" “{row['category']}”" if row["category"] is not None else ""
        subject = f" of {self._title(row['subject'])}" if row["subject"] is not None else ""
        return f"{row['measure']}{category}{subject}"

    @staticmethod
    def _shortlist(lines: list[str], one: str) -> list[str]:
        left = len(lines) - SAID
        if left <= 0:
            return lines
        return [*lines[:SAID], f"And {left:,} more of this kind: {one}."]

    def _articles(self, row: dict[str, Any]) -> str:
        change = row["new"] - row["old"]
        sign = "+" if change > 0 else "−"
        return (
            f"{self._title(row['outlet'])}: {sign}{with_noun(abs(change), 'article')} "
            f"({row['old']:,} → {row['new']:,})."
        )

    def _move(self, row: dict[str, Any]) -> str:
        say = self._notation(row)
        return (
            f"{self._title(row['outlet'])}, {self._cell(row)}: from {say.value(row['old'])} "
            f"({say.interval(row['old_low'], row['old_high'])}) to {say.value(row['new'])} "
            f"({say.interval(row['new_low'], row['new_high'])}), outside its old interval."
        )

    def _turn(self, row: dict[str, Any]) -> str:
        pair = f"{self._title(row['outlet'])} and {self._title(row['versus'])}, {self._cell(row)}"
        say = self._notation(row)
        if row["became"]:
            return f"Now apart: {pair}, by {say.apart(row['new'])}."
        now = (
            "no longer compared" if row["new"] is None else f"{say.apart(row['new'])} apart, not significant"
        )
        return f"No longer apart for sure: {pair} (before {say.apart(row['old'])}; now {now})."


def diff(old: Findings, new: Findings) -> Diff:
    """Return what changed in the findings from `old` to `new`."""
    changes = Diff()
    before, after = old.about, new.about
    for name in ("study", "archive"):
        pair = (str(before.get(f"{name}_hash")), str(after.get(f"{name}_hash")))
        if pair[0] != pair[1]:
            setattr(changes, name, pair)
    changes.settings = [
        {"what": what, "old": before.get(key), "new": after.get(key)}
        for key, what in (
            ("level", "level of the intervals"),
            ("frame", "frame"),
            ("version", "version of Masthead"),
        )
        if before.get(key) != after.get(key)
    ]
    changes.outlets_added, changes.outlets_gone = _ids(before, after, "outlets")
    changes.subjects_added, changes.subjects_gone = _ids(before, after, "subjects")
    for about in (before, after):
        for part in (*about["outlets"], *about["subjects"]):
            changes.titles[part["id"]] = part.get("title") or part["id"]
        changes.notations |= {m["name"]: notation_of(m) for m in about["measures"]}
    changes.judged = _changed_verdicts(old, new)
    counts = {o["id"]: o["n_articles"] for o in before["outlets"]}
    changes.articles = [
        {"outlet": o["id"], "old": counts[o["id"]], "new": o["n_articles"]}
        for o in after["outlets"]
        if o["id"] in counts and counts[o["id"]] != o["n_articles"]
    ]
    wire = new.wire
    with connect() as db:
        for name in ("estimates", "comparisons"):
            db.register(f"old_{name}", getattr(old.of_wire(wire), name))
            db.register(f"new_{name}", getattr(new.of_wire(wire), name))
        db.register("led", pa.concat_tables([_leading_voices("old", before), _leading_voices("new", after)]))
        changes.moved, changes.turned = _rows(db, _MOVED), _rows(db, _TURNED)
    return changes


def _changed_verdicts(old: Findings, new: Findings) -> list[dict[str, Any]]:
    """Return the claims that both surveys judged, and judged differently, in their order in the new study."""
    before = {row["hash"]: row["verdict"] for row in old.verdicts.to_pylist()}
    return [
        {"claim": row["claim"], "text": row["text"], "old": before[row["hash"]], "new": row["verdict"]}
        for row in new.verdicts.to_pylist()
        if before.get(row["hash"], row["verdict"]) != row["verdict"]
    ]


def _leading_voices(side: str, about: About) -> pa.Table:
    voices = led_with(about, ((o["id"], bool(o.get("quotation_marks", True))) for o in about["outlets"]))
    return voices.append_column("side", pa.array([side] * voices.num_rows, pa.string()))


def _ids(before: About, after: About, what: Literal["outlets", "subjects"]) -> tuple[list[str], list[str]]:
    """Return the ids that `after` has and `before` has not, and the other way round."""
    old, new = ([part["id"] for part in about[what]] for about in (before, after))
    return [i for i in new if i not in old], [i for i in old if i not in new]


def _rows(db: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = db.execute(query)
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
