"""The verdicts on all claims of a study, each with every other reasonable way to compute it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pyarrow as pa

from masthead.archive import Archive
from masthead.engines.duckdb import connect
from masthead.errors import nearest
from masthead.findings.findings import Findings
from masthead.findings.schemas import VERDICTS, WAYS
from masthead.measuring.coded.units import CodedUnits
from masthead.questions.claims import reasons
from masthead.questions.claims.answer import Answer, Judged, numbers_of
from masthead.questions.claims.cells import Cell, article_cells, categories, cells_of, counts, everyone
from masthead.questions.claims.figures import Figures
from masthead.questions.claims.judging import judge
from masthead.questions.claims.kinds.bounds import judge_bounds
from masthead.questions.claims.kinds.changes import judge_change
from masthead.questions.claims.kinds.explanations import judge_explanations
from masthead.questions.claims.kinds.habits import by_habits
from masthead.questions.claims.left_out import without_an_alias
from masthead.questions.claims.question import Press, Question, Side, Untestable, ask
from masthead.questions.claims.registry import first_survey, on_record
from masthead.questions.claims.settling import codes_to_settle, settled_by
from masthead.questions.claims.ways import Way, ways_of
from masthead.study import Study
from masthead.study.claim import Claim
from masthead.study.claim_rules import MENTIONS
from masthead.study.names import matching_ids


def verdicts(
    study: Study, findings: Findings, units: Path, archive: Archive, coded_cells: CodedUnits | None = None
) -> tuple[pa.Table, pa.Table]:
    """Judge every claim of a study by the units of its survey; return the tables VERDICTS and WAYS.

    `findings` are that survey's: its outlets, its silences, its dated changes, its figures without each alias. `units`
    is the file that `masthead.measuring.units` left, `coded_cells` the units that people coded; None where
    there are none. The answer is the same whatever the order of claims or units.
    Raises ArchiveError where the record of claims is damaged.
    """
    if not study.claims:
        return VERDICTS.empty_table(), WAYS.empty_table()
    press = Press.of(study, findings.about["outlets"])
    as_reported = _as_reported(study, units)
    judgements = _Judges(as_reported, findings, press, units, coded_cells or CodedUnits()).all()
    record, survey_time = on_record(archive), first_survey(archive)
    rows, others = [], []
    for original, claim, judgement in zip(study.claims, as_reported.claims, judgements, strict=True):
        digest = study.claim_hash(original)
        time = record.get(digest)
        testable = [way for _, way in judgement.ways if way.verdict != "untestable"]
        rows.append(
            {
                **{name: getattr(claim, name) for name in _WRITTEN},
                **_figures(judgement.answer),
                "claim": claim.id,
                "hash": digest,
                "margin": claim.bar,
                "voice": claim.asked_voice,
                "value": judgement.answer.value,
                "value_versus": judgement.answer.value_versus,
                "conf_level": study.level,
                "n_ways": len(testable),
                "n_ways_agree": sum(way.verdict == judgement.answer.verdict for way in testable),
                "registered": time,
                "registered_before": None if time is None else survey_time is None or time < survey_time,
                "needed": judgement.answer.needs,
                "calibrated": judgement.answer.calibrated,
            }
        )
        others += [
            {"claim": claim.id, "way": label, "calibrated": way.calibrated, **_figures(way)}
            for label, way in judgement.ways
        ]
    return pa.Table.from_pylist(rows, VERDICTS), pa.Table.from_pylist(others, WAYS)


def _as_reported(study: Study, units: Path) -> Study:
    """The study with labels of claims as the survey reports them, where its subjects list no categories."""
    with_list = {subject.id for subject in study.subjects if subject.categories}
    loose = [c for c in study.claims if c.rules.labels and c.category and c.subject not in with_list]
    if not loose:
        return study
    con = connect()
    try:
        by_subject = categories(con, units)
    finally:
        con.close()
    claims = []
    for claim in study.claims:
        labels = dict.fromkeys(by_subject.get((claim.measure, claim.subject), ()), ())
        same = matching_ids(claim.category, labels) if claim in loose and claim.category else []
        claims.append(claim.model_copy(update={"category": same[0]}) if len(same) == 1 else claim)
    return study.model_copy(update={"claims": tuple(claims)})


_WRITTEN = (
    "text",
    "measure",
    "subject",
    "category",
    "outlet",
    "versus",
    "expect",
    "wire",
    "factor",
    "toward",
    "beyond",
)


def _figures(answer: Answer) -> dict[str, str | float | None]:
    return {
        "verdict": answer.verdict,
        "reason": answer.reason,
        "estimate": answer.estimate,
        "conf_low": answer.low,
        "conf_high": answer.high,
        "n_units": answer.n,
        "n_units_versus": answer.n_versus,
    }


class _Judges:
    """Judges the claims of one study together, so that all their sums are made in one pass."""

    def __init__(
        self, study: Study, findings: Findings, press: Press, units: Path, coded_cells: CodedUnits
    ) -> None:
        self._study, self._findings, self._press, self._units = study, findings, press, units
        self._asked = [ask(claim, press) for claim in study.claims]
        self._ways = {
            question.claim.id: ways_of(question, press)
            for question in self._asked
            if isinstance(question, Question) and _by_units(question.claim)
        }
        self._all = {
            claim.id: everyone(claim, tuple(sorted(press.outlets)))
            for claim in study.claims
            if _by_units(claim)
        }
        ways = list(chain.from_iterable(self._ways.values()))
        wholes = [everyone(c, tuple(sorted(press.outlets))) for c in study.claims if c.counts]
        self._figures = Figures(ways, [*self._all.values(), *wholes], units, study.level, coded_cells)
        self._articles = self._counts(ways, units)
        questions = [q for q in self._asked if isinstance(q, Question)]
        explaining = [q for q in questions if q.claim.expect == "explained-by"]
        self._explained = judge_explanations(explaining, press, units)
        counts = [q for q in questions if q.claim.counts and self._not_a_category(q.claim) is None]
        self._unexcepted = judge_bounds(counts, press, findings, units, study.level)

    def all(self) -> list[Judged]:
        """Judge every claim, in the study's order."""
        return [
            self._one(claim, question)
            for claim, question in zip(self._study.claims, self._asked, strict=True)
        ]

    def _one(self, claim: Claim, question: Question | Untestable) -> Judged:
        if isinstance(question, Untestable):
            needs = question.needs
            if question.lacks is not None and claim.id in self._all:
                ratio = self._figures.ratio(self._all[claim.id])
                needs = reasons.what_it_takes(
                    claim, question.lacks, "", ratio, self._study.level, by_name=self._press.by_name(claim)
                )
            return Judged(Answer("untestable", question.reason, needs=needs))
        if claim.counts:
            unknown = self._not_a_category(claim)
            return self._unexcepted[claim.id] if unknown is None else Judged(unknown)
        if claim.rules.habits:
            return by_habits(
                question, claim.rules.habits, self._press, self._findings, self._units, self._study.level
            )
        if claim.expect == "explained-by":
            return self._explained[claim.id]
        if not _by_units(claim):
            return judge_change(question, self._press, self._findings, self._study.level)
        first, *others = self._ways[claim.id]
        same = numbers_of(self._figures.figure(first))
        different = [way for way in others if numbers_of(self._figures.figure(way)) != same]
        ways = [(self._label(way), self._answer(way)) for way in different]
        alias = without_an_alias(question, self._findings)
        if alias is not None:
            label, estimate, low, high, counts = alias
            if self._figures.figure(first).is_calibrated:
                label = f"by the reader alone, {label}"
            verdict, how = judge(claim, low, high)
            reason = reasons.verdict_told(claim, self._press, estimate, low, high, how)
            n, n_versus = counts[0], (counts[1] if len(counts) > 1 else None)
            ways.append((label, Answer(verdict, reason, estimate, low, high, n=n, n_versus=n_versus)))
        return Judged(self._told_of_copies(self._answer(first), question, different), ways)

    @staticmethod
    def _told_of_copies(answer: Answer, question: Question, different: list[Way]) -> Answer:
        """Say that wire copy is in a comparison of outlets where it is: those who print it are not independent."""
        between = question.versus is not None and not question.over_time and question.wire == "with"
        if between and answer.estimate is not None and any(w.question.wire == "without" for w in different):
            return replace(answer, reason=f"{answer.reason}; wire copy is in it, which outlets share")
        return answer

    def _label(self, way: Way) -> str:
        left_out = self._figures.figure(way).left_out if way.without_extreme else ()
        names = " and ".join(self._press.title(outlet) for outlet in left_out)
        return f"{way.label}, {names}" if names else way.label

    def _answer(self, way: Way) -> Answer:
        question, level = way.question, self._study.level
        figure = self._figures.figure(way)
        if figure.estimate is None or figure.low is None or figure.high is None:
            reason, needs = self._missing(way)
            return Answer(
                "untestable",
                reason,
                value=figure.mean,
                value_versus=figure.mean_versus,
                n=figure.n,
                n_versus=figure.n_versus,
                needs=needs,
            )
        verdict, how = judge(question.claim, figure.low, figure.high)
        reason = reasons.why(question, self._press, figure, how)
        if question.claim.rules.of_model and not figure.is_calibrated and not way.label:
            reason += f"; {self._codes_to_settle(way, figure.estimate)}"
        return Answer(
            verdict,
            reason,
            figure.estimate,
            figure.low,
            figure.high,
            figure.mean,
            figure.mean_versus,
            figure.n,
            figure.n_versus,
            needs=reasons.units_to_decide(
                question.claim, figure, level, by_name=self._press.by_name(question.claim)
            )
            if verdict == "not enough evidence"
            else None,
            calibrated=figure.is_calibrated,
        )

    def _codes_to_settle(self, way: Way, estimate: float) -> str:
        """Say how many codings would settle a claim that rests on a model's readings."""
        question = way.question
        codes = codes_to_settle(question.claim, estimate, self._figures.outlooks(way), self._study.level)
        names = [reasons.who(question, self._press, side) for side in question.sides]
        if question.over_time:
            names = [f"{names[0]} {reasons.days(side.window)}".strip() for side in question.sides]
        return settled_by(codes, names)

    def _missing(self, way: Way) -> tuple[str, str]:
        """Why a way has no figure, and what an archive would have to hold: of the first side without one."""
        question = way.question
        claim = question.claim
        unknown = self._not_a_category(claim)
        if unknown is not None:
            return unknown.reason, unknown.needs or ""
        bare = [
            side
            for side in question.sides
            if not any(self._figures.ratio(cell).has_figure for cell in cells_of(way, side))
        ]
        side = bare[0] if bare else question.side
        who, within = reasons.who(question, self._press, side), reasons.days(side.window)
        ratio = self._figures.ratio(self._all[claim.id])
        by_name = self._press.by_name(claim)
        more = reasons.what_it_takes(claim, who, within, ratio, self._study.level, by_name=by_name)
        if not bare:
            return "no outlet has a figure on both sides of the turn", more
        missing = reasons.missing(question, self._press, side, *self._article_counts(question, side))
        return missing.reason, missing.needs(more)

    def _not_a_category(self, claim: Claim) -> Answer | None:
        """Why a category cannot be asked for: the study lists none, and the survey reports others by name."""
        labels = self._figures.categories(claim.measure, claim.subject)
        # Of what nobody does there are no units, which a claim of `never` may well say; labels are another matter.
        open_to_all = claim.counts and not claim.rules.labels
        if claim.category is None or not labels or claim.category in labels or open_to_all:
            return None
        hint = nearest(claim.category, labels).rstrip("?")
        return Answer(
            "untestable",
            f"the survey has no category '{claim.category}' of it ({hint})",
            needs="a category that the study lists, or that the survey tells apart",
        )

    def _counts(self, ways: list[Way], units: Path) -> dict[Cell, tuple[int, int]] | None:
        """Count articles and mentions for all ways that have no figure; None where the survey did not count them."""
        if MENTIONS not in self._study.measures:
            return None
        cells = [
            cell
            for way in ways
            if way.question.claim.subject is not None and self._figures.figure(way).estimate is None
            for cell in article_cells(way.question).values()
        ]
        return counts(units, list(dict.fromkeys(cells))) if cells else None

    def _article_counts(self, question: Question, side: Side) -> tuple[int | None, int | None]:
        """How many articles of a side there are, and how many mention the subject; None where nobody counted."""
        if self._articles is None or question.claim.subject is None:
            return None, None
        cells = article_cells(question)
        pairs = [self._articles.get(cells[outlet, side is question.side], (0, 0)) for outlet in side.outlets]
        return sum(n for n, _ in pairs), sum(mentions for _, mentions in pairs)


def _by_units(claim: Claim) -> bool:
    """Whether a claim is judged by one difference of sums of units.

    What is set against habits, undated changes and factors are not, and `never` and `always` count articles.
    """
    open_date = claim.expect == "changed" and claim.versus is None
    others = claim.counts or claim.expect == "explained-by" or open_date
    return not claim.rules.habits and not others
