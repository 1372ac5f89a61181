"""Claims of `never` and `always`: how many articles are counted, and which of them speak against the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from masthead.archive.duck import parquet, quoted
from masthead.engines.duckdb import connect
from masthead.measuring import MEASURES
from masthead.questions.claims.question import Press, Question
from masthead.study.claim import Claim
from masthead.study.claim_rules import MENTIONS, Doing


@dataclass(frozen=True)
class Count:
    """How many articles (or stories) are counted, and how many of them speak against the claim.

    `bare` and `n_unread` are articles that are not counted, for their texts are missing or not read for their language:
    these might speak against it too. `by_outlet` are the numbers of each outlet: counted, and against.
    """

    n: int
    against: int
    bare: int = 0
    n_unread: int = 0
    by_outlet: tuple[tuple[str, int, int], ...] = ()


class Counter:
    """Counts articles by the units of a survey."""

    def __init__(self, units: Path, press: Press) -> None:
        """Open the units."""
        self._press = press
        self._con = connect()
        # What a title says counts here although its text is missing, and the figures leave it out.
        aside = " ".join(
            f"WHEN {quoted(name)} THEN {quoted(measure.name)}"
            for measure in MEASURES.values()
            for name in measure.claims.aside
        )
        self._con.execute(
            f"""CREATE TEMP VIEW units AS
            SELECT * REPLACE (CASE measure {aside} ELSE measure END AS measure)
            FROM {parquet([units])}"""
        )

    def close(self) -> None:
        """Let go of the units."""
        self._con.close()

    def count(self, question: Question, *, by_story: bool = False) -> Count:
        """Count the articles of a claim; with `by_story`, those of one story are one together."""
        self._place(question)
        unit = "coalesce(story, cluster)" if by_story else "cluster"
        n, against = self._con.execute(
            f"""SELECT count(DISTINCT {unit}) FILTER (counted), count(DISTINCT {unit}) FILTER (against) FROM placed"""
        ).fetchall()[0]
        bare, n_unread = self._con.execute(
            """SELECT count(DISTINCT cluster) FILTER (bare AND NOT counted),
                      count(DISTINCT cluster) FILTER (unread AND NOT bare AND NOT counted) FROM placed"""
        ).fetchall()[0]
        rows = self._con.execute(
            """SELECT outlet, count(DISTINCT cluster) FILTER (counted), count(DISTINCT cluster) FILTER (against)
            FROM placed GROUP BY outlet ORDER BY outlet"""
        ).fetchall()
        return Count(n, against, bare, n_unread, tuple((str(o), int(k), int(m)) for o, k, m in rows))

    def against(self, question: Question, most: int | None = None) -> list[str]:
        """Return the articles that speak against a claim, the earliest first; those without a day come last."""
        self._place(question)
        limit = "" if most is None else f"LIMIT {most}"
        rows = self._con.execute(
            f"SELECT cluster FROM placed WHERE against GROUP BY cluster ORDER BY min(day), cluster {limit}"
        ).fetchall()
        return [str(row[0]) for row in rows]

    def article_counts(self, question: Question) -> tuple[int | None, int | None]:
        """Return how many articles of a claim's outlets lie in its days, and how many mention its subject.

        None where the survey did not count them.
        """
        claim, side = question.claim, question.side
        n_rows, n, mentions = self._con.execute(
            f"""SELECT count(*), count(DISTINCT cluster) FILTER (here), count(DISTINCT cluster) FILTER (here AND x > 0)
            FROM (SELECT cluster, x, outlet IN (SELECT unnest(?)) AND (? OR NOT copied)
                      AND (? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?) AS here
                  FROM units WHERE measure = '{MENTIONS}' AND subject = ?)""",
            [
                *(list(side.outlets), question.wire == "with"),
                *(side.window.start, side.window.start, side.window.end, side.window.end, claim.subject),
            ],
        ).fetchall()[0]
        return (n, mentions) if n_rows else (None, None)

    def _place(self, question: Question) -> None:
        """Put the articles of a question into a table `placed`: whether each is counted, and speaks against it."""
        claim, side = question.claim, question.side
        outlets = [
            outlet
            for outlet in side.outlets
            if question.voice == "all" or self._press.outlets[outlet].get("quotation_marks")
        ]
        among, does = _among(claim, by_name=self._press.by_name(claim)), _does(claim)
        measures = list(dict.fromkeys([among[0], claim.measure]))
        self._con.execute(
            f"""CREATE OR REPLACE TEMP TABLE placed AS
            WITH here AS (
                SELECT * FROM units
                WHERE measure IN (SELECT unnest(?)) AND outlet IN (SELECT unnest(?))
                  AND subject IS NOT DISTINCT FROM ? AND (? OR NOT copied)
                  AND (? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?)),
            among AS (
                SELECT cluster, bool_or({among[1]}) AS there FROM here
                WHERE measure = '{among[0]}' AND voice = ? AND {among[2]} GROUP BY cluster),
            doing AS (
                SELECT DISTINCT cluster FROM here
                WHERE measure = '{claim.measure}' AND voice = ? AND category IS NOT DISTINCT FROM ? AND {does}),
            known AS (
                SELECT cluster, outlet, any_value(day) AS day, any_value(story) AS story, bool_or(bare) AS bare,
                       bool_or(unread) AS unread FROM here GROUP BY cluster, outlet),
            told AS (
                SELECT k.*, coalesce(a.there, false) AS there, {_against(claim)} AS against
                FROM known k LEFT JOIN among a USING (cluster) LEFT JOIN doing d USING (cluster)
                WHERE a.cluster IS NOT NULL OR d.cluster IS NOT NULL)
            SELECT *, there OR against AS counted FROM told""",
            [
                *(measures, outlets, claim.subject, question.wire == "with"),
                *(side.window.start, side.window.start, side.window.end, side.window.end),
                question.voice if among[0] == claim.measure else "all",
                *(question.voice, claim.category),
            ],
        )


def _among(claim: Claim, *, by_name: bool) -> tuple[str, str, str]:
    """Of what measure's articles a claim is, in which of them all was read, and which of its rows tell: in SQL."""
    if claim.rules.never_of_mentions and claim.expect == "never":
        # Names are read in any language, labels are not.
        return MENTIONS, "NOT bare" if by_name else "NOT bare AND NOT unread", "x > 0"
    if claim.rules.every_use:
        return claim.measure, "NOT bare", "y > 0"
    return (
        claim.measure,
        "NOT bare",
        "y > 0 AND category IS NOT DISTINCT FROM "
        + ("NULL" if claim.category is None else quoted(claim.category)),
    )


def _against(claim: Claim) -> str:
    """Which articles speak against a claim, in SQL: those that do it, or those that do not, as far as they were read.

    One other label, verb or outcome is enough to show that it is not `always` so, whatever the rest of a text holds.
    """
    if claim.expect == "never":
        return "d.cluster IS NOT NULL"
    return f"d.cluster IS NULL AND ({'true' if claim.rules.every_use else 'coalesce(a.there, false)'})"


def _does(claim: Claim) -> str:
    """Which articles do what the claim says, at all, or throughout where it says `always`: in SQL."""
    return "x >= y AND y > 0" if claim.expect == "always" and claim.rules.every_use else "x > 0"


def articles_against(
    questions: Sequence[Question], press: Press, units: Path, most: int | None = None
) -> dict[str, list[str]]:
    """Return, by claim, the articles that speak against it, the earliest first and at most so many."""
    if not questions:
        return {}
    counter = Counter(units, press)
    try:
        return {question.claim.id: counter.against(question, most) for question in questions}
    finally:
        counter.close()


def unit_of(claim: Claim, *, by_name: bool = False) -> tuple[str, str]:
    """Return what a claim of `never` or `always` counts, one and many; `by_name` where it is of its subject's names."""
    nouns = claim.rules.words.count_nouns
    if by_name and claim.expect == "always":
        return nouns["names"]
    if claim.expect in nouns:
        return nouns[claim.expect]
    return nouns["subject"] if claim.subject and "subject" in nouns else nouns[""]


def doing(claim: Claim, n: int) -> str:
    """Say what articles do that speak against a claim, of `n` of them."""
    words = claim.rules.words
    return _in_words(words.never if claim.expect == "never" else words.always, claim, n)


def agreeing(claim: Claim, n: int) -> str:
    """Say what articles do that are as a claim of `always` says, of `n` of them."""
    words = claim.rules.words
    return _in_words(words.only or words.never, claim, n)


def _in_words(doing: Doing, claim: Claim, n: int) -> str:
    return doing.phrase(n, category=claim.category, of_subject=claim.subject is not None)
