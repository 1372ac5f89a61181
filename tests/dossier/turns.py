"""What changed in the strait's papers, and what a study claims of them, made by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pyarrow as pa

from masthead.findings.findings import Findings
from masthead.findings.schemas import CHANGES, REVERSALS, VERDICTS, WAYS
from tests.dossier import crowd

TURN = dt.date(2033, 1, 9)
"""When The Harbour Post changes what it calls the dockers."""


def findings(wired: bool = False) -> Findings:
    """The papers' findings with changes, reversals, and claims judged; without wire copy one change less."""
    plain = crowd.findings(wired)
    rows = _changes("with") + (_changes("without")[:-1] if wired else [])
    turned = _reversals("with") + (_reversals("without")[:1] if wired else [])
    return dataclasses.replace(
        plain,
        changes=pa.Table.from_pylist(rows, CHANGES),
        reversals=pa.Table.from_pylist(turned, REVERSALS),
        verdicts=pa.Table.from_pylist(_verdicts(), VERDICTS),
        ways=pa.Table.from_pylist(_ways(), WAYS),
        about={
            **plain.about,
            "claims": [{"id": c["claim"], "text": c["text"], "hash": c["hash"]} for c in _verdicts()],
            "changes": {"said": ["412 series were searched, in blocks of 10 weeks"]},
        },
    )


def _change(name: str, measure: str, outlet: str, subject: str | None, **told: Any) -> list[dict[str, Any]]:
    """One row per category of a change: `shifts` are category, figure before, figure after."""
    date = told.pop("date")
    wide = told.pop("wide", 20)
    rows = []
    for category, before, after in told.pop("shifts"):
        d = after - before
        rows.append(
            {
                **dict.fromkeys(CHANGES.names),
                **{"change": name, "measure": measure, "outlet": outlet, "subject": subject},
                **{
                    "category": category,
                    "voice": "own" if measure == "portrayal" else "all",
                    "kind": "change",
                },
                **{
                    "date": date,
                    "date_low": date - dt.timedelta(wide),
                    "date_high": date + dt.timedelta(wide // 2),
                },
                **{"before": before, "before_low": before - 0.06, "before_high": before + 0.06},
                **{"after": after, "after_low": after - 0.08, "after_high": after + 0.08},
                **{"difference": d, "conf_low": d - 0.1, "conf_high": d + 0.1, "conf_level": 0.95},
                **{
                    "p": 0.0002,
                    "q": 0.004,
                    "family": "naming, all outlets and subjects",
                    "permutations": 9999,
                },
                **{"n_before": 61, "n_after": 33, "at_gap": False, "coverage_moved": False},
                **{"method": "multinomial scan, calendar blocks of 10 weeks", **told},
            }
        )
    return rows


def _changes(wire: str) -> list[dict[str, Any]]:
    league = "dockers-league"
    rows = [
        *_change(
            *("c-harbour", "naming", "harbour-post", league),
            date=TURN,
            shifts=[
                ("militant", 0.31, 0.62),
                ("worker", 0.42, 0.25),
                ("hero", 0.06, 0.06),
                ("other", 0.2, 0.07),
            ],
        ),
        *_change(
            *("c-harbour-2", "portrayal", "harbour-post", league),
            date=dt.date(2033, 1, 20),
            shifts=[(None, -0.2, 0.31)],
        ),
        *_change(
            *("c-tide", "naming", "tidewatch", league),
            date=dt.date(2032, 5, 21),
            wide=110,
            shifts=[
                ("hero", 0.3, 0.55),
                ("worker", 0.5, 0.25),
                ("militant", 0.02, 0.02),
                ("other", 0.18, 0.18),
            ],
            at_gap=True,
        ),
        *_change(
            *("c-wire", "naming", "wire-seven", "port-authority"),
            date=dt.date(2032, 2, 2),
            shifts=[("militant", 0.1, 0.3), ("worker", 0.6, 0.4), ("hero", 0.0, 0.0), ("other", 0.3, 0.3)],
            coverage_moved=True,
        ),
        *_change(
            *("c-bulletin", "attention", "state-bulletin", league),
            date=dt.date(2032, 7, 1),
            wide=500,
            kind="drift",
            shifts=[(None, 0.35, 0.2)],
        ),
        *_change(
            *("c-voice", "naming", "wire-seven", league),
            date=dt.date(2032, 8, 3),
            shifts=[("militant", 0.0, 0.12), ("worker", 0.6, 0.48)],
            voice="quoted",
        ),
        *_change(*("c-echo", "echo", "ledger", None), date=dt.date(2032, 3, 3), shifts=[(None, 0.1, 0.24)]),
    ]
    return [{**row, "wire": wire} for row in rows]


def _reversals(wire: str) -> list[dict[str, Any]]:
    told = (
        ("c-harbour-2", "portrayal", dt.date(2033, 1, 20), "unfavourable", "favourable", 36),
        ("c-harbour", "naming", TURN, "worker", "militant", 25),
    )
    return [
        {
            **{"change": change, "measure": measure, "outlet": "harbour-post", "subject": "dockers-league"},
            **{"voice": "own" if measure == "portrayal" else "all", "wire": wire, "date": date},
            **{"date_low": date - dt.timedelta(20), "date_high": date + dt.timedelta(10)},
            **{
                "before": before,
                "after": after,
                "event": "closing-of-the-strait",
                "days": days,
                "p_near": 0.19,
            },
        }
        for change, measure, date, before, after, days in told
    ]


CLAIMED = (
    ("c1", "State Bulletin calls the dockers militant more than Wire Seven does.", "more", "supported", 0.89),
    (
        "c2",
        "The Harbour Post calls the dockers heroes more than Tidewatch does.",
        "more",
        "contradicted",
        -0.39,
    ),
    (
        "c3",
        "The Ledger calls the dockers militant less than The Harbour Post does.",
        "less",
        "not enough evidence",
        -0.1,
    ),
    ("c4", "The Gull mourned the Ferry Accord.", "favourable", "untestable", None),
    ("c5", "State Bulletin passed over stories about the dockers in silence.", "silent", "supported", 0.14),
)
PAIRS = {
    "c1": ("naming", "militant", "state-bulletin", "wire-seven"),
    "c2": ("naming", "hero", "harbour-post", "tidewatch"),
    "c3": ("naming", "militant", "ledger", "private"),
    "c4": ("portrayal", None, "gull", None),
    "c5": ("silence", None, "state-bulletin", None),
}


def _verdicts() -> list[dict[str, Any]]:
    rows = []
    for claim, text, expect, verdict, estimate in CLAIMED:
        measure, category, outlet, versus = PAIRS[claim]
        wide = 0.16 if verdict == "not enough evidence" else 0.07
        known = estimate is not None
        rows.append(
            {
                **{"claim": claim, "hash": f"{claim}abcdef0123"[:16], "text": text, "measure": measure},
                **{"subject": "ferry-accord" if claim == "c4" else "dockers-league", "category": category},
                **{
                    "outlet": outlet,
                    "versus": versus,
                    "expect": expect,
                    "margin": 0.5 if expect == "silent" else 0.1,
                },
                **{"voice": "all", "wire": "without" if claim == "c2" else "with", "verdict": verdict},
                "reason": {
                    "supported": "the whole interval lies beyond the margin",
                    "contradicted": "the other way: Tidewatch uses it more, by 32 points or more",
                    "not enough evidence": "the interval holds both less than the margin and more",
                    "untestable": "The Gull has 3 articles in the period",
                }[verdict],
                **{"value": 0.93 if known else None, "value_versus": 0.04 if known and versus else None},
                **{"estimate": estimate, "conf_low": None if estimate is None else estimate - wide},
                **{"conf_high": None if estimate is None else estimate + wide, "conf_level": 0.95},
                **{"n_units": 60 if known else 0, "n_units_versus": 80 if versus else None},
                **{
                    "n_ways": 6 if known else 0,
                    "n_ways_agree": {"c1": 6, "c2": 5, "c3": 3, "c5": 6}.get(claim, 0),
                },
                "registered": None if claim == "c3" else dt.datetime(2034, 1, 3, 10, 0, tzinfo=dt.UTC),
                "registered_before": {"c3": None, "c2": False}.get(claim, True),
                "needed": None
                if verdict in ("supported", "contradicted")
                else "about 140 articles of The Gull",
            }
        )
    return rows


WAYS_TOLD = (
    *("without wire copy", "own voice alone", "a story as the unit", "a month longer", "a month shorter"),
    "without the most extreme outlet",
)


def _ways() -> list[dict[str, Any]]:
    rows = []
    for claim, _, _, verdict, estimate in CLAIMED:
        agreeing = {"c1": 6, "c2": 5, "c3": 3, "c5": 6}.get(claim, 0)
        for at, way in enumerate(WAYS_TOLD if estimate is not None else WAYS_TOLD[:1]):
            same = at < agreeing or estimate is None
            off = estimate and estimate + 0.01 * at
            rows.append(
                {
                    **{
                        "claim": claim,
                        "way": way,
                        "verdict": verdict if same else "untestable" if at == 5 else "supported",
                    },
                    **{"estimate": off, "conf_low": off and off - 0.08, "conf_high": off and off + 0.08},
                    **{"n_units": 50, "n_units_versus": 70, "reason": None if estimate else "3 articles"},
                }
            )
    return rows
