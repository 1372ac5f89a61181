"""Whose side the strait's papers take, in whose words, and what they said would happen: made by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from itertools import product
from typing import Any

import pyarrow as pa

from masthead.findings.findings import Findings
from masthead.findings.schemas import ALIGNMENT, ESTIMATES, EXPLANATIONS, FORECASTS, PHRASES, VERDICTS
from tests.dossier import strait, turns

SUBJECTS = ("ferry-accord", "dockers-league", "port-authority")
"""In the order of the map."""

OUTLETS = ("tidewatch", "ledger", "harbour-post", "wire-seven", "state-bulletin", "gull")
"""In the order of the map."""

STANDS = {
    "tidewatch": (0.12, 0.42, -0.38),
    "ledger": (0.02, 0.21, -0.05),
    "harbour-post": (0.3, -0.12, 0.04),
    "wire-seven": (0.01, -0.02, 0.03),
    "state-bulletin": (-0.22, -0.55, 0.48),
    "gull": (None, 0.3, None),
}
MISFIT = ("harbour-post", "ferry-accord")

LOADED = {
    "port-authority": ("law and order", "outside agitators"),
    "dockers-league": ("a living wage", "stand firm"),
}
"""The phrases of each party."""

MEASURES = (
    (
        "kinship",
        "In whose words does this outlet speak?",
        "uses of the party’s phrases",
        "uses of any party’s phrases",
    ),
    (
        "forecast",
        "Does what this outlet foretells come true?",
        "forecasts that came true",
        "forecasts with an outcome",
    ),
    ("praise", "How much of what it says is favourable?", "what is favourable", "mentions"),
)

BANDS = (("likely", 0.55, 0.8), ("very likely", 0.8, 0.95), ("almost certain", 0.95, 0.99))


def findings(wired: bool = False, **about: Any) -> Findings:
    """The papers' findings with alignment, kinship and forecasts; `about` replaces entries of `Findings.about`."""
    plain = turns.findings(wired)
    wires = ("with", "without") if wired else ("with",)
    told = {
        **plain.about,
        "measures": [*plain.about["measures"], *_declared()],
        "alignment": alignment_told(),
        "kinship": kinship_told(),
        "forecasts": forecasts_told(),
        **about,
    }
    rows = [
        {**row, "wire": wire}
        for wire in wires
        for row in (*_shares(), *_records(), *_halves())
        if (wire, row["outlet"], row["measure"]) != ("without", "tidewatch", "forecast")
    ]
    return dataclasses.replace(
        plain,
        estimates=pa.concat_tables([plain.estimates, pa.Table.from_pylist(rows, ESTIMATES)]),
        verdicts=pa.concat_tables([plain.verdicts, pa.Table.from_pylist([_verdict()], VERDICTS)]),
        alignment=pa.Table.from_pylist([r for w in wires for r in _alignment(w)], ALIGNMENT),
        explanations=pa.Table.from_pylist([r for w in wires for r in _explanations(w)], EXPLANATIONS),
        phrases=pa.Table.from_pylist(_phrases(), PHRASES),
        forecasts=pa.Table.from_pylist(_forecasts(), FORECASTS),
        about=told,
    )


CLAIM = "State Bulletin sides with whoever is close to the board, whatever they believe."


def _verdict() -> dict[str, Any]:
    """A claim of what explains a paper."""
    return {
        **dict.fromkeys(VERDICTS.names),
        **{"claim": "c6", "hash": "c6abcdef01230000", "text": CLAIM, "measure": "portrayal", "margin": 0.2},
        **{"outlet": "state-bulletin", "expect": "explained-by", "verdict": "supported", "wire": "with"},
        **{"factor": "close-to-the-board", "beyond": "believes-in-the-accord", "toward": "high"},
        **{"n_units": 9, "voice": "own"},
        **{"estimate": 0.54, "conf_low": 0.31, "conf_high": 0.8, "n_ways": 0, "n_ways_agree": 0},
        "reason": "close to the board: from its lowest to its highest value portrayal moves by +0.54",
    }


def _declared() -> list[dict[str, Any]]:
    return [
        {
            **{
                "name": name,
                "question": question,
                "unit": "article",
                "numerator": over,
                "denominator": under,
            },
            **{"range": [0.0, 1.0], "blind_spots": ["what was meant"], "source": "Made up for a test."},
        }
        for name, question, over, under in MEASURES
    ]


def _alignment(wire: str) -> list[dict[str, Any]]:
    rows = []
    shift = 0.0 if wire == "with" else 0.01
    for (row, outlet), basis in product(
        enumerate(OUTLETS), ("portrayal", "naming", "voice", "praise", "blame")
    ):
        for column, subject in enumerate(SUBJECTS):
            stands = STANDS[outlet][column]
            if stands is None:
                continue
            n = 3 if outlet == "gull" else 40
            signed = basis not in ("praise", "blame")
            if basis == "naming":
                stands *= 0.8
            if basis == "voice":
                stands *= 0.5
            if basis == "praise":
                stands = 0.15 + max(stands, 0.0)
            if basis == "blame":
                stands = 0.1 + max(-stands, 0.0)
            low, high = stands - 0.09, stands + 0.09
            fits = (outlet, subject) != MISFIT
            rows.append(
                {
                    **{"outlet": outlet, "subject": subject, "basis": basis, "wire": wire},
                    **{
                        "voice": "all" if outlet == "ledger" else "own",
                        "estimate": stands + shift,
                        "std_error": 0.04,
                    },
                    **{"conf_low": low if signed else max(0.0, low), "conf_high": high, "conf_level": 0.95},
                    **{"n_units": n, "side": ((low > 0) - (high < 0)) if signed else None},
                    **{"outlet_order": row, "subject_order": column, "note": None},
                    **{"fitted": stands if fits else -0.1, "fits": fits if basis == "portrayal" else None},
                }
            )
    return rows


EXPLAINED = {
    "state-bulletin": ("close-to-the-board", "explains", 0.82, 0.34, 0.95),
    "tidewatch": ("close-to-the-board", "explains", 0.61, 0.12, 0.9),
    "wire-seven": ("close-to-the-board", "does not explain", -0.2, -0.8, 0.02),
    "harbour-post": ("close-to-the-board", "not enough evidence", 0.2, -0.6, 0.7),
    "gull": ("close-to-the-board", "not enough evidence", None, None, None),
}
"""What the first factor does for each paper."""


def _explanations(wire: str) -> list[dict[str, Any]]:
    rows = []
    for outlet, (factor, answer, share, low, high) in EXPLAINED.items():
        n = 2 if outlet == "gull" else 9
        common = {
            **dict.fromkeys(EXPLANATIONS.names),
            **{
                "outlet": outlet,
                "voice": "own",
                "wire": wire,
                "n_subjects": n,
                "conf_level": 0.95,
                "margin": 0.1,
            },
            **{
                "permutations": 84,
                "split": "3 to 6" if n > 2 else "1 to 1",
                "p_least": 0.012 if n > 2 else 0.5,
            },
            "inseparable": [],
        }
        rows.append(
            {
                **common,
                **{"factor": factor, "explained": share, "explained_low": low, "explained_high": high},
                **{"slope": None if share is None else 0.3, "slope_low": 0.15, "slope_high": 0.5},
                **{"p": None if share is None else 0.012, "p_best": None if share is None else 0.024},
                **{"q": None if share is None else 0.3 if outlet == "tidewatch" else 0.03, **_apart(outlet)},
                **{"answer": answer, "reason": f"9 subjects, of which the factor gives {n} a value"},
            }
        )
        rows.append(
            {
                **common,
                **{
                    "factor": "believes-in-the-accord",
                    "answer": "inseparable",
                    "inseparable": ["age-of-the-party"],
                    "p": 0.4,
                },
                "reason": "it splits the subjects as age of the party does",
            }
        )
        if answer == "explains":
            rows.append(
                {
                    **common,
                    **{"factor": "believes-in-the-accord", "beyond": factor, "explained": 0.02},
                    **{"slope": 0.03, "slope_low": -0.05, "slope_high": 0.12},
                    **{"explained_low": -0.03, "explained_high": 0.06, "answer": "adds nothing"},
                    "reason": "the whole interval lies within the margin",
                }
            )
    return rows


def _apart(outlet: str) -> dict[str, float]:
    """How far the factor sets a paper apart from the others: the Bulletin surely, Tidewatch not."""
    middle = {"state-bulletin": 0.25, "tidewatch": 0.02}.get(outlet)
    return {} if middle is None else {"apart": middle, "apart_low": middle - 0.2, "apart_high": middle + 0.2}


def alignment_told() -> dict[str, Any]:
    """What `about` says of alignment."""
    balance = {
        **{"frustration": 1, "ties": 9, "expected": 2.6, "p": 0.03, "permutations": 9999, "exact": True},
        **{"balanced": 0.88, "balanced_expected": 0.5, "cycles": 17, "p_balanced": 0.02},
        "camps": [["tidewatch", "ledger", "dockers-league"], ["state-bulletin", "port-authority"]],
        "against": [["harbour-post", "ferry-accord"]],
        "absolute": {"ties": 9, "reason": "all 9 sure ties are unfavourable, so that balance says nothing"},
    }
    axes = {
        **{
            "n": 1,
            "said": ["the second axis holds no more than it would by chance (p .41)"],
            "shares": [0.78],
        },
        "outlets": [
            {"outlet": o, "place": p, "low": p - 0.2, "high": p + 0.2}
            for o, p in zip(OUTLETS[:5], (0.8, 0.4, 0.1, 0.0, -0.9), strict=True)
        ],
        "subjects": [
            {"subject": s, "place": p, "low": p - 0.1, "high": p + 0.1}
            for s, p in zip(SUBJECTS, (0.1, 0.7, -0.8), strict=True)
        ],
    }
    moved = {
        **{"outlet": "harbour-post", "factor": "close-to-the-board", "subject": "dockers-league"},
        **{"from": "2033-01-01", "value_before": -1, "value_after": 1, "answer": "follows"},
        **{
            "before": -0.2,
            "before_low": -0.3,
            "before_high": -0.1,
            "after": 0.31,
            "after_low": 0.2,
            "after_high": 0.4,
        },
        "reason": "the sign turned with the factor, within 20 days",
    }
    return {
        "said": [
            "9 subjects split 3 to 6 cannot give a p below .012",
            "believes in the accord and age of the party split the subjects alike",
        ],
        "factors": [
            {
                **{"id": "close-to-the-board", "title": "Close to the Board", "dated": True},
                "values": {"port-authority": 1, "dockers-league": -1, "ferry-accord": 0},
            }
        ],
        "balance": {
            "with": balance,
            "without": {"reason": "no cycle of two outlets and two subjects has four ties"},
        },
        "axes": {"with": axes, "without": axes},
        "over_time": {"with": [moved], "without": []},
    }


def _row(measure: str, outlet: str, subject: str | None, x: float, y: float, voice: str) -> dict[str, Any]:
    low, high = strait.wilson(min(x, y), y)
    return {
        **dict.fromkeys(ESTIMATES.names),
        **{"measure": measure, "outlet": outlet, "subject": subject, "voice": voice, "estimate": x / y},
        **{"conf_low": low, "conf_high": high, "conf_level": 0.95, "numerator": x, "denominator": y},
        **{"n_units": 3 if outlet == "gull" else 30, "n_articles": 60, "n_left_out": 0, "unit": "article"},
        **{"calibrated": False, "method": "made by hand"},
    }


SPOKEN = {"tidewatch": 0.8, "harbour-post": 0.5, "state-bulletin": 0.07, "ledger": 0.4, "gull": 0.5}
"""Of the phrases that each paper uses in its own voice, the share that are the dockers'."""


def _shares() -> list[dict[str, Any]]:
    rows = []
    for outlet, share in SPOKEN.items():
        for subject, of in (("dockers-league", share), ("port-authority", 1 - share)):
            voices = (("all", 0.5),) if outlet == "ledger" else (("all", 0.5), ("own", of), ("quoted", 0.5))
            rows += [_row("kinship", outlet, subject, 90 * x, 90, voice) for voice, x in voices]
    return rows


def kinship_told() -> dict[str, Any]:
    """What `about` says of kinship."""
    within: list[dict[str, Any]] = [
        {
            **{"outlet": outlet, "subject": subject, "difference": d, "conf_low": d - 0.1},
            **{"conf_high": d + 0.1, "q": 0.01, "n_stories": 24, "voice": voice, "note": None},
        }
        for outlet, d0 in (("tidewatch", 0.24), ("state-bulletin", -0.4), ("harbour-post", 0.03))
        for subject, of in (("dockers-league", d0), ("port-authority", -d0))
        for voice, d in (("own", of), ("all", of / 2))
    ]
    few = {
        **dict.fromkeys(("difference", "conf_low", "conf_high", "q")),
        **{"outlet": "ledger", "subject": "dockers-league", "voice": "all", "n_stories": 2},
        "note": "2 stories alone",
    }
    return {
        "said": ["The Gull has no figure: without it too few phrases of Port Authority are left"],
        "phrase_kind": "a phrase is one to three lemmas in a row, without names, places and numbers",
        "parties": [
            {"id": "dockers-league", "n_articles": 61, "phrases": 44, "own_texts": ["tidewatch"], "note": ""},
            {"id": "port-authority", "n_articles": 72, "phrases": 38, "own_texts": [], "note": ""},
        ],
        "within_stories": {"with": [*within, few], "without": within[:4]},
    }


def _phrases() -> list[dict[str, Any]]:
    rows = []
    for party, phrases in LOADED.items():
        for rank, phrase in enumerate(phrases, 1):
            common = {
                **dict.fromkeys(PHRASES.names),
                **{
                    "party": party,
                    "phrase": phrase,
                    "uses": 30 - rank,
                    "uses_elsewhere": rank,
                    "log_odds": 2.4 / rank,
                },
                **{"z": 5.0 / rank, "rank": rank},
            }
            used = ("tidewatch", "ledger") if party == "dockers-league" else ("state-bulletin",)
            rows += [
                {
                    **common,
                    **{
                        "outlet": outlet,
                        "uses_by_outlet": 12 - at,
                        "n_articles": 9,
                        "article_id": f"{phrase}{at}",
                    },
                    **{
                        "published": dt.datetime(2032, 4, 2 + at, tzinfo=dt.UTC),
                        "title": "Night shift at the berths",
                    },
                    **{
                        "url": "http://tidewatch.example/1",
                        "snippet": f"Nobody at the gate doubted that “{phrase}” was"
                        f" what they had come for, {phrase.upper()} or no.",
                    },
                }
                for at, outlet in enumerate(used)
                if rank == 1
            ] or [common]
    return rows


def _records() -> list[dict[str, Any]]:
    rows = []
    for outlet, (came_true, known) in RECORDS.items():
        for voice in ("all", "own"):
            rows.append(_row("forecast", outlet, None, came_true, known, voice))
            rows.append(_row("forecast", outlet, "dockers-league", came_true / 2, known / 2, voice))
    return rows


RECORDS = {"tidewatch": (4, 16), "state-bulletin": (9, 12), "gull": (1, 2)}
"""Forecasts that came true, of those whose outcome is known."""

FORETOLD = (
    ("almost certain", "is bound to fall by the end of May", "by the end of May", dt.date(2033, 5, 31)),
    ("likely", "will probably not last the winter", "the winter", None),
    ("unqualified", "will give way", "", None),
)


def forecasts_told() -> dict[str, Any]:
    """What `about` says of forecasts."""
    calibration = [
        {
            **{"outlet": outlet, "wire": wire, "confidence": name, "low": low, "high": high, "forecasts": n},
            **{"n_articles": n, "came_true": round(share * n), "estimate": share, "conf_low": share - 0.15},
            **{"conf_high": min(1.0, share + 0.15), "says": says},
        }
        for wire in ("with", "without")
        for outlet, n in ((None, 30), ("tidewatch", 16))
        for (name, low, high), share, says in zip(
            BANDS,
            (0.6, 0.55, 0.4),
            ("as worded, or too few to tell", "overconfident", "overconfident"),
            strict=True,
        )
    ]
    scores = [
        {
            **{
                "outlet": outlet,
                "wire": wire,
                "forecasts": n,
                "n_articles": n,
                "brier": brier,
                "conf_low": brier - 0.1,
            },
            **{"conf_high": brier + 0.1, "worded": 0.83, "came_true": share},
        }
        for wire in ("with", "without")
        for outlet, n, brier, share in ((None, 30, 0.31, 0.47), ("tidewatch", 16, 0.44, 0.25))
    ]
    return {
        "outcomes": "outcomes.csv",
        "counts": {"listed": 60, "own": 40},
        "calibration": calibration,
        "scores": scores,
        "said": ["a sentence without a date is never due, and may stay open"],
        "source": "Made up for a test.",
    }


def _forecasts() -> list[dict[str, Any]]:
    rng = random.Random("forecasts")
    rows = []
    for outlet, (came_true, known) in RECORDS.items():
        for at in range(known + 6):
            confidence, what, by_when, due = FORETOLD[at % 3]
            became = (
                "true" if at < came_true else "false" if at < known else (None, "open", "cannot tell")[at % 3]
            )
            rows.append(
                _said(outlet, at, rng, "forecast", False, confidence, what, by_when, due, became)
                | {"wire": outlet == "tidewatch" and at == 0}
            )
    for at, (kind, quoted, what) in enumerate(
        (
            ("forecast", True, "will not live to see the spring"),
            ("plan", False, "will meet again on Sunday"),
            ("condition", False, "will fall if the grain is stopped"),
            ("forecast", None, "will be forgotten within a year"),
        )
    ):
        outlet = "ledger" if quoted is None else "harbour-post"
        rows.append(_said(outlet, at, rng, kind, quoted, "unqualified", what, "", None, None))
    return sorted(rows, key=lambda r: (r["published"], r["forecast"]))


def _said(
    outlet: str, at: int, rng: random.Random, kind: str, quoted: bool | None, confidence: str, what: str, by_when: str,
    due: dt.date | None, became: str | None,
) -> dict[str, Any]:  # fmt: skip
    start = f"Whatever is said on the quay of Marrow in week {at}, the dockers "
    return {
        **dict.fromkeys(FORECASTS.names),
        **{"forecast": f"{outlet}-{kind}-{at}", "outlet": outlet, "subject": "dockers-league", "kind": kind},
        **{
            "quoted": quoted,
            "cue": what.split()[0],
            "what": what,
            "confidence": confidence,
            "by_when": by_when or None,
        },
        **{"due": due, "became": became, "article_id": f"f{at}", "title": "What comes after the strike"},
        **{
            "published": dt.datetime(2032, 1 + rng.randrange(12), 3, tzinfo=dt.UTC),
            "url": "http://strait.example/f",
        },
        **{"field": "text", "start": len(start), "end": len(start) + len(what), "snippet": f"{start}{what}."},
        "wire": False,
    }


def _halves() -> list[dict[str, Any]]:
    return [_row("praise", "state-bulletin", "port-authority", 40, 60, "own")]
