"""Claims of `never` and `always`: how many articles are counted, and which of them speak against the claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from masthead.archive.duck import parquet, quoted
from masthead.claim import Claim
from masthead.engines.duckdb import connect
from masthead.instruments.attention.measure import TITLES
from masthead.questions.claims.question import Press, Question

_WHOLE = ("naming", "stance", "forecast")
"""The measures that are `always` so only where every use in an article is: for the others one use an article is."""


@dataclass(frozen=True)
class Count:
    """How many articles (or stories) are counted, and how many of them speak against the claim.

    `bare` and `unread` are articles that are not counted, for their texts are missing or not read for their language:
    these might speak against it too. `by_outlet` are the numbers of each outlet: counted, and against.
    """

    n: int
    against: int
    bare: int = 0
    unread: int = 0
    by_outlet: tuple[tuple[str, int, int], ...] = ()


class Counter:
    """Counts articles by the units of a survey."""

    def __init__(self, units: Path, press: Press) -> None:
        """Open the units."""
        self._press = press
        self._con = connect()
        # What a title says counts here although its text is missing, and attention leaves it out.
        self._con.execute(
            f"""CREATE TEMP VIEW units AS
            SELECT * REPLACE (CASE measure WHEN '{TITLES}' THEN 'attention' ELSE measure END AS measure)
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
        bare, unread = self._con.execute(
            """SELECT count(DISTINCT cluster) FILTER (bare AND NOT counted),
                      count(DISTINCT cluster) FILTER (unread AND NOT bare AND NOT counted) FROM placed"""
        ).fetchall()[0]
        rows = self._con.execute(
            """SELECT outlet, count(DISTINCT cluster) FILTER (counted), count(DISTINCT cluster) FILTER (against)
            FROM placed GROUP BY outlet ORDER BY outlet"""
        ).fetchall()
        return Count(n, against, bare, unread, tuple((str(o), int(k), int(m)) for o, k, m in rows))

    def against(self, question: Question, most: int | None = None) -> list[str]:
        """Return the articles that speak against a claim, the earliest first; those without a day come last."""
        self._place(question)
        limit = "" if most is None else f"LIMIT {most}"
        rows = self._con.execute(
            f"SELECT cluster FROM placed WHERE against GROUP BY cluster ORDER BY min(day), cluster {limit}"
        ).fetchall()
        return [str(row[0]) for row in rows]

    def seen(self, question: Question) -> tuple[int | None, int | None]:
        """Return how many articles of a claim's outlets lie in its days, and how many mention its subject.

        None where the survey did not count them.
        """
        claim, side = question.claim, question.side
        known, n, mentions = self._con.execute(
            """SELECT count(*), count(DISTINCT cluster) FILTER (here), count(DISTINCT cluster) FILTER (here AND x > 0)
            FROM (SELECT cluster, x, outlet IN (SELECT unnest(?)) AND (? OR NOT copied)
                      AND (? IS NULL OR day >= ?) AND (? IS NULL OR day <= ?) AS here
                  FROM units WHERE measure = 'attention' AND subject = ?)""",
            [
                *(list(side.outlets), question.wire == "with"),
                *(side.window.start, side.window.start, side.window.end, side.window.end, claim.subject),
            ],
        ).fetchall()[0]
        return (n, mentions) if known else (None, None)

    def _place(self, question: Question) -> None:
        """Put the articles of a question into a table `placed`: whether each is counted, and speaks against it."""
        claim, side = question.claim, question.side
        told = [
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
                *(measures, told, claim.subject, question.wire == "with"),
                *(side.window.start, side.window.start, side.window.end, side.window.end),
                "all" if among[0] == "attention" else question.voice,
                *(question.voice, claim.category),
            ],
        )


def _among(claim: Claim, *, by_name: bool) -> tuple[str, str, str]:
    """Of what measure's articles a claim is, in which of them all was read, and which of its rows tell: in SQL."""
    if claim.measure == "attention":
        return "attention", "NOT bare", "true"
    if claim.measure == "naming" and claim.expect == "never":
        # Names are read in any language, labels are not.
        return "attention", "NOT bare" if by_name else "NOT bare AND NOT unread", "x > 0"
    if claim.measure in ("naming", "stance"):
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
    return f"d.cluster IS NULL AND ({'true' if claim.measure in _WHOLE else 'coalesce(a.there, false)'})"


def _does(claim: Claim) -> str:
    """Which articles do what the claim says, at all, or throughout where it says `always`: in SQL."""
    return "x >= y AND y > 0" if claim.expect == "always" and claim.measure in _WHOLE else "x > 0"


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


COUNTED: dict[tuple[str, str], tuple[str, str]] = {
    ("attention", ""): ("article", "articles"),
    ("naming", "never"): ("article that mentions it", "articles that mention it"),
    ("naming", "always"): ("article that names it with a label", "articles that name it with a label"),
    ("voice", ""): ("article that quotes or cites anybody", "articles that quote or cite anybody"),
    ("stance", ""): ("article that reports what it says", "articles that report what it says"),
    ("echo", ""): ("dated article", "dated articles"),
    ("forecast", ""): (
        "article with a forecast of known outcome",
        "articles with a forecast of known outcome",
    ),
    ("silence", ""): ("story about it that others ran", "stories about it that others ran"),
}
"""What is counted, one and many, by measure and by what is expected where that makes a difference."""


def unit_of(claim: Claim, *, by_name: bool = False) -> tuple[str, str]:
    """Return what a claim of `never` or `always` counts, one and many; `by_name` where it is of its subject's names."""
    if by_name and claim.expect == "always":
        return "article that mentions it by one of its names", "articles that mention it by one of its names"
    one, many = COUNTED.get((claim.measure, claim.expect)) or COUNTED[claim.measure, ""]
    if claim.measure == "echo" and claim.subject:
        return f"{one} that mentions it", f"{many} that mention it"
    return one, many


def doing(claim: Claim, n: int) -> str:
    """Say what articles do that speak against a claim, of `n` of them."""
    return _said(_NEVER[claim.measure] if claim.expect == "never" else _ALWAYS[claim.measure], claim, n)


def agreeing(claim: Claim, n: int) -> str:
    """Say what articles do that are as a claim of `always` says, of `n` of them."""
    return _said(_ONLY.get(claim.measure) or _NEVER[claim.measure], claim, n)


def _said(words: tuple[tuple[str, str], str], claim: Claim, n: int) -> str:
    category = f"'{claim.category}'"
    (one, many), rest = words
    whom = "it" if claim.subject else category
    return f"{one if n == 1 else many} {rest.format(category=category, whom=whom)}".strip()


_NEVER: dict[str, tuple[tuple[str, str], str]] = {
    "attention": (("mentions", "mention"), "it"),
    "naming": (("calls", "call"), "it {category}"),
    "voice": (("quotes or cites", "quote or cite"), "{whom}"),
    "stance": (("reports", "report"), "it with {category}"),
    "echo": (("holds", "hold"), "words that stood elsewhere before"),
    "forecast": (("foretells", "foretell"), "rightly"),
    "silence": (("was", "were"), "run"),
}
_ALWAYS: dict[str, tuple[tuple[str, str], str]] = {
    "attention": (("does", "do"), "not mention it"),
    "naming": (("calls", "call"), "it something else than {category}"),
    "voice": (("does", "do"), "not quote or cite {whom}"),
    "stance": (("reports", "report"), "it with something else than {category}"),
    "echo": (("holds", "hold"), "no words that stood elsewhere before"),
    "forecast": (("foretells", "foretell"), "wrongly"),
    "silence": (("was", "were"), "not run"),
}
"""What one article, and what many do that speak against `never`, and against `always`."""

_ONLY: dict[str, tuple[tuple[str, str], str]] = {
    "naming": (("calls", "call"), "it {category} and nothing else"),
    "stance": (("reports", "report"), "it with {category} and nothing else"),
    "forecast": (("foretells", "foretell"), "rightly and never wrongly"),
}
"""What articles do that are `always` so, where that is more than what one does that is not `never` so."""
