"""Claims that something changed, whenever it was: judged by the changes that the survey found and dated."""

from __future__ import annotations

from typing import Any

from masthead.findings.findings import Findings
from masthead.questions.claims.answer import Answer, Judged
from masthead.questions.claims.judging import judge
from masthead.questions.claims.question import Press, Question
from masthead.questions.claims.reasons import apart, value
from masthead.study.claim import Claim


def judge_change(question: Question, press: Press, findings: Findings, level: float) -> Judged:
    """Judge a claim that an outlet changed, by the survey's dated changes and drifts.

    Supported where one of them is larger than the margin by its whole interval and not explained by what was covered.
    It is never contradicted: that no change was found does not show that there was none, which a claim with a date can.
    """
    claim = question.claim
    if question.side.group:
        return Judged(
            Answer(
                "untestable",
                f"changes are dated outlet by outlet, and {press.name_of(claim.outlet or '')} are several",
                needs="a claim about one outlet, or one with a date or an event",
            )
        )
    rows = findings.changes.to_pylist()
    answer = _answer(claim, rows, question, level)
    ways = []
    other = "without" if question.wire == "with" else "with"
    ways.append((f"{other} wire copy", _answer(claim, rows, question, level, wire=other)))
    if claim.rules.tells_voices:
        voice, label = (
            ("own", "in the outlet's own words alone")
            if question.voice == "all"
            else (
                "all",
                "own words and quotes together",
            )
        )
        ways.append((label, _answer(claim, rows, question, level, voice=voice)))
    return Judged(answer, ways)


def _answer(
    claim: Claim,
    rows: list[dict[str, Any]],
    question: Question,
    level: float,
    *,
    wire: str | None = None,
    voice: str | None = None,
) -> Answer:
    changes = [
        row
        for row in rows
        if (row["measure"], row["outlet"], row["subject"])
        == (claim.measure, question.side.outlets[0], claim.subject)
        and row["category"] in ((claim.category,) if claim.category else (row["category"],))
        and (row["wire"], row["voice"]) == (wire or question.wire, voice or question.voice)
        and (row["q"] is None or row["q"] <= 1.0 - level)
        and (row["conf_low"] or 0.0) * (row["conf_high"] or 0.0) > 0
        and not (claim.start and row["date"] < claim.start)
        and not (claim.end and row["date"] > claim.end)
    ]
    if not changes:
        return Answer(
            "not enough evidence",
            "no change was found, which does not show that there was none",
            needs="a date or an event to set it against, or more articles on either side of a change",
        )
    clear = [row for row in changes if _larger(claim, row) and not row["coverage_moved"]]
    row = max(clear or changes, key=lambda r: (abs(r["difference"]), str(r["date"]), r["category"] or ""))
    verb = "drifted" if row["kind"] == "drift" else "changed"
    share = f" of '{row['category']}'" if row["category"] and not claim.category else ""
    what = f"the share{share} {verb} from {value(claim.rules, row['before'])} to {value(claim.rules, row['after'])}"
    when = f"between {row['date_low']} and {row['date_high']}"
    reason = f"{what}, {when}"
    if not clear and row["coverage_moved"]:
        reason += "; but the mix of stories or sections moved, and the figure within each did not"
    elif not clear:
        reason += f", which may be less than the margin of {apart(claim.rules, claim.margin)}"
    return Answer(
        "supported" if clear else "not enough evidence",
        reason,
        row["difference"],
        row["conf_low"],
        row["conf_high"],
        row["after"],
        row["before"],
        row["n_after"] or 0,
        row["n_before"],
        None if clear else "more articles on either side of the change, or a smaller margin",
    )


def _larger(claim: Claim, row: dict[str, Any]) -> bool:
    low, high = row["conf_low"], row["conf_high"]
    return low is not None and high is not None and judge(claim, low, high)[0] == "supported"
