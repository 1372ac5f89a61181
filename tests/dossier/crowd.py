"""What takes more than one article, for the strait's findings: voices, echoes, stories and silences, made by hand."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import random
from itertools import product
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from masthead.findings.findings import Findings
from masthead.findings.schemas import ECHOES, ESTIMATES, SILENCES, SOURCES, SPEAKERS, STORIES
from masthead.measuring import MEASURES
from tests.dossier import strait

MOST = ("wire-seven", "state-bulletin", "harbour-post", "tidewatch", "ledger")

ECHO = {
    "name": "echo",
    "question": "How much of what this outlet prints stood elsewhere before?",
    "unit": "article",
    "numerator": "words that stood in an earlier article of another outlet",
    "denominator": "words",
    "range": [0.0, 1.0],
    "blind_spots": ["what was put into other words"],
    "source": "Made up for a test.",
}
"""The declaration of a measure of echo, as findings hold it."""

VOICES: dict[str, dict[str | None, float]] = {
    "wire-seven": {"dockers-league": 0.3, "port-authority": 0.28, "ferry-accord": 0.0, None: 0.3},
    "state-bulletin": {"dockers-league": 0.04, "port-authority": 0.66, "ferry-accord": 0.01, None: 0.2},
    "harbour-post": {"dockers-league": 0.2, "port-authority": 0.3, "ferry-accord": 0.02, None: 0.4},
    "tidewatch": {"dockers-league": 0.55, "port-authority": 0.08, "ferry-accord": 0.0, None: 0.3},
    "ledger": {"dockers-league": 0.1, "port-authority": 0.2, "ferry-accord": 0.0, None: 0.6},
}
"""The share of the words that each paper gives to each subject, and to anybody else."""

STANCES = {"said": 0.6, "claimed": 0.2, "admitted": 0.12, "vowed": 0.08}

EXPECTED = {
    ("state-bulletin", "dockers-league"): (2, 14.3, 0.04, 0.41),
    ("tidewatch", "port-authority"): (5, 9.8, 0.2, 0.93),
    ("harbour-post", "dockers-league"): (16, 15.1, 0.76, 1.3),
    ("wire-seven", "ferry-accord"): (9, 5.2, 1.1, math.inf),
    ("ledger", "ferry-accord"): (0, 1.4, 0.0, 2.6),
}
"""Stories run, stories expected, and the interval of their ratio, of the pairs that stand out."""

HEADLINES = (
    "Ferries turned back at Marrow",
    "Night shift at the berths ends in a vote",
    "Board of the harbour meets behind doors",
    "Storm closes the strait for a day",
    "Three crates lost, nobody hurt",
    "Accord of Lorne read out on the quay",
)


def findings(wired: bool = False, **about: Any) -> Findings:
    """The papers' findings with all that takes more than one article.

    Where they are `wired`, twelve articles of one paper are wire copy, and its words for the league fewer without
    them. `about` replaces entries of `Findings.about`.
    """
    plain = strait.findings()
    rng = random.Random("crowd")
    told = {
        **plain.about,
        "measures": [
            *plain.about["measures"],
            *(MEASURES[name].declaration() for name in ("voice", "stance", "silence")),
            ECHO,
        ],
        "silence": silence_told(),
        **about,
    }
    rows = [*_voices(), *_stances(), *_echo_shares(), *_silence_ratios()]
    estimates = pa.concat_tables([plain.estimates, pa.Table.from_pylist(rows, ESTIMATES)])
    if wired:
        told["outlets"] = [{**o, "n_wire": 12 if o["id"] == "tidewatch" else 0} for o in told["outlets"]]
        without = estimates.filter(pc.is_null(estimates["period_start"])).to_pylist()
        for row in without:
            row["wire"] = "without"
            if (row["measure"], row["outlet"], row["subject"]) == ("voice", "tidewatch", "dockers-league"):
                row |= {"estimate": 0.31, "conf_low": 0.28, "conf_high": 0.34, "numerator": 744.0}
        estimates = pa.concat_tables([estimates, pa.Table.from_pylist(without, ESTIMATES)])
    return dataclasses.replace(
        plain,
        estimates=estimates,
        sources=pa.concat_tables([plain.sources, pa.Table.from_pylist(_sources(), SOURCES)]),
        silences=pa.Table.from_pylist(_silences(rng), SILENCES),
        stories=pa.Table.from_pylist(_stories(rng), STORIES),
        echoes=pa.Table.from_pylist(_echoes(), ECHOES),
        speakers=pa.Table.from_pylist(_speakers(), SPEAKERS),
        about=told,
    )


def _row(measure: str, outlet: str, subject: str | None, category: str | None, x: float, y: float) -> Any:
    low, high = strait.wilson(min(x, y), y)
    return {
        **dict.fromkeys(ESTIMATES.names),
        **{"measure": measure, "outlet": outlet, "subject": subject, "category": category, "voice": "all"},
        **{"estimate": x / y, "conf_low": low, "conf_high": high, "conf_level": 0.95, "numerator": x},
        **{"denominator": y, "n_units": 40, "n_articles": 60, "n_left_out": 1, "unit": "article"},
        **{"wire": "with", "calibrated": False, "method": "Wilson-t on n_eff"},
        **{"study_hash": strait.STUDY, "archive_hash": strait.ARCHIVE},
    }


def _voices() -> list[dict[str, Any]]:
    rows = []
    for outlet, shares in VOICES.items():
        for subject, share in shares.items():
            rows.append(_row("voice", outlet, subject, None if subject else "other", share * 2400, 2400.0))
        rows.append(_row("voice", outlet, None, "unknown", (1 - sum(shares.values())) * 2400, 2400.0))
    return rows


def _stances() -> list[dict[str, Any]]:
    told = product(MOST, ("dockers-league", "port-authority"), STANCES.items())
    return [
        _row("stance", outlet, subject, name, round(share * 90), 90.0)
        for outlet, subject, (name, share) in told
    ]


def _echo_shares() -> list[dict[str, Any]]:
    rows = []
    for at, outlet in enumerate(MOST):
        rows.append(_row("echo", outlet, None, None, 300.0 * at, 9000.0))
        rows.append(_row("echo", outlet, "dockers-league", None, 200.0 * at, 4000.0))
    return rows


def _silence_ratios() -> list[dict[str, Any]]:
    rows = []
    for outlet, subject in product(MOST, strait.SUBJECTS):
        covered, expected, low, high = EXPECTED.get((outlet, subject), (6, 6.4, 0.5, 1.6))
        note = {
            "state-bulletin": "silent: at most half",
            "tidewatch": "covers less than its habits make expected",
        }
        for category in (None, "unfavourable"):
            share = 1.0 if category is None else 0.5
            row = _row("silence", outlet, subject, category, covered, expected)
            row |= {
                "numerator": covered * share,
                "denominator": expected * share,
                "n_units": 20,
                "unit": "story",
            }
            row |= {"estimate": covered / expected, "conf_low": low, "conf_high": high}
            row["method"] = "Poisson-binomial"
            if category is None and (outlet, subject) in EXPECTED:
                row["note"] = note.get(outlet)
            rows.append(row)
    return rows


def _sources() -> list[dict[str, Any]]:
    """Words given to the league, to anybody else and to nobody, with their cue."""
    rows = []
    said = "The berths stay shut until Sunday"
    for outlet, (whose, subject, category) in product(
        MOST,
        (("the League", "dockers-league", None), ("A pilot", None, "other"), ("Officials", None, "unknown")),
    ):
        for i, cue in enumerate(("said", "claimed")):
            text = f"“{said},” {whose} {cue}."
            row = {
                **dict.fromkeys(SOURCES.names),
                **{"outlet": outlet, "subject": subject, "article_id": f"{outlet}-{i}", "field": "text"},
                **{"published": dt.datetime(2031, 5, 3 + i, 9, tzinfo=dt.UTC), "title": HEADLINES[i]},
                **{"url": f"https://{outlet}.example/{i}", "start": 11, "end": 11 + len(said)},
                **{"label": cue, "label_kind": cue, "label_start": 10 + text.index(cue)},
                **{
                    "label_end": 10 + text.index(cue) + len(cue),
                    "quoted": True,
                    "snippet": text,
                    "snippet_start": 10,
                },
            }
            rows.append({**row, "measure": "voice", "category": category})
            if subject:
                rows.append({**row, "measure": "stance", "category": cue})
    return rows


def _article(rng: random.Random, outlet: str, day: dt.date, number: int) -> dict[str, Any]:
    moment = dt.datetime.combine(day, dt.time(rng.randrange(24), rng.randrange(60)), dt.UTC)
    return {
        "article_id": f"{outlet}-{number}-{moment:%d%H%M}",
        "published": moment,
        "title": f"{HEADLINES[number % len(HEADLINES)]}, writes {strait.PAPERS[MOST.index(outlet)].title}",
        "url": f"https://{outlet}.example/story/{number}",
    }


def _stories(rng: random.Random) -> list[dict[str, Any]]:
    rows = []
    for number in range(40):
        day = strait.FIRST + dt.timedelta(days=24 * number)
        papers = MOST[: 5 if number < 10 else 3]
        told = [
            (paper, _article(rng, paper, day + dt.timedelta(days=rng.randrange(3)), number))
            for paper in papers
        ]
        for paper, article in told:
            rows.append(
                {
                    **{"story": f"story-{number}", "n_articles": len(told), "n_outlets": len(told)},
                    **{"subjects": ["dockers-league"] if number % 2 else [], "outlet": paper, **article},
                    "wire": paper == "ledger",
                }
            )
    return rows


def _silences(rng: random.Random) -> list[dict[str, Any]]:
    rows = []
    for number in range(70):
        day = strait.FIRST + dt.timedelta(days=15 * number)
        outlet = MOST[1 if number % 3 else 3]
        beside = [paper for paper in MOST if paper != outlet][: 2 + number % 3]
        told = {"story": f"story-{number}", "outlet": outlet, "day": day, "others": len(beside)}
        told |= {"probability": 0.97 - number / 500, "subjects": ["dockers-league"]}
        rows += [
            {**told, "ran_by": paper, **_article(rng, paper, day, number + (paper == outlet))}
            for paper in [*beside, outlet]
        ]
    return rows


def _echoes() -> list[dict[str, Any]]:
    rows = []
    passage = "The last of the crates was taken off the quay of Marrow before noon, and nobody said by whom."
    for at, (outlet, source) in enumerate(product(MOST, MOST)):
        if outlet == source or at % 3 == 2:
            continue
        known = outlet != "tidewatch"
        rows.append(
            {
                **{"outlet": outlet, "source": source, "n_articles": 30 - at if known else 0},
                **{
                    "words": 5000 - 190 * at if known else 0,
                    "n_near_duplicates": 4,
                    "n_wire": 3 if at % 2 else 0,
                },
                **{"median_lag": 1800.0 * (at + 1) if known else None},
                **{"n_order_unknown": 5 if "tidewatch" in (outlet, source) else 0},
                **{"article_id": f"l{at}", "published": dt.datetime(2031, 6, 2, 12, tzinfo=dt.UTC)},
                **{
                    "title": f"Crates gone, {at}",
                    "url": f"https://{outlet}.example/l{at}",
                    "snippet": passage,
                },
                **{
                    "source_article_id": f"e{at}",
                    "source_published": dt.datetime(2031, 6, 2, 7, tzinfo=dt.UTC),
                },
                **{"source_title": f"Quay emptied, {at}", "source_url": f"https://{source}.example/e{at}"},
                "source_snippet": passage if at % 2 else passage.replace("before noon", "by noon"),
            }
        )
    return rows


def _speakers() -> list[dict[str, Any]]:
    names = (("Ada Marrow", "dockers-league"), ("Port Authority", "port-authority"), ("Jory Pell", None))
    return [
        {
            **{"outlet": outlet, "speaker": name, "subject": subject, "attributions": 40 - 9 * at},
            **{"words": 800 - 200 * at, "n_articles": 22 - 5 * at},
        }
        for outlet in MOST
        for at, (name, subject) in enumerate(names)
    ]


def silence_told() -> dict[str, Any]:
    """What a survey says of silence beside its figures."""
    terms = (
        *(("outlet", "outlet", -0.4), ("size", "size", 0.9), ("week", "week", 0.3), ("month", "month", 0.1)),
        *(("weekday", "weekday: Sunday", -0.2), ("place", "place: MARROW", 0.4)),
        ("subject", "subject: dockers-league", 0.6),
    )
    coefficients = [
        {
            "kind": kind,
            "term": term,
            "outlet": outlet,
            "value": value if outlet is None else 0.1 * at,
            "spread": 0.2,
        }
        for kind, term, value in terms
        for at, outlet in enumerate((None, *MOST))
    ]
    return {
        "said": [
            "of 15 pairs of outlet and subject tested, 1 covers at most half",
            "70 likely stories were passed over",
        ],
        "reason": None,
        "chance": 61.4,
        "listed": 70,
        "counts": {"stories": 400, "of_one_outlet": 120, "eligible": 1100, "unknown": 31, "undated": 13},
        "left_out": {"gull": "3 dated articles, fewer than 20"},
        "coefficients": coefficients,
        "calibration": [
            {
                "low": t / 10,
                "high": (t + 1) / 10,
                "n": 90 + t,
                "predicted": t / 10 + 0.05,
                "covered": t / 10 + 0.03,
            }
            for t in range(10)
        ],
    }
