"""Portrayals for the strait's findings: sentences with a model's guesses, and the figures that follow from them."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import defaultdict
from itertools import combinations
from typing import Any

from masthead.findings.schemas import COMPARISONS, ESTIMATES

# How far from 0 each paper shows each subject in its own words, and in what it quotes.
LEANINGS: dict[str, dict[str, tuple[float, float]]] = {
    "wire-seven": {"dockers-league": (0.02, -0.4), "port-authority": (0.0, 0.2), "ferry-accord": (0.1, 0.1)},
    "state-bulletin": {
        "dockers-league": (-0.6, -0.7),
        "port-authority": (0.5, 0.6),
        "ferry-accord": (0.4, 0.3),
    },
    "harbour-post": {"dockers-league": (-0.2, 0.3), "port-authority": (0.1, 0.0), "ferry-accord": (0.0, 0.0)},
    "tidewatch": {"dockers-league": (0.4, 0.5), "port-authority": (-0.3, -0.5), "ferry-accord": (-0.5, -0.2)},
    "ledger": {"dockers-league": (-0.1, -0.1), "port-authority": (0.15, 0.1), "ferry-accord": (0.2, 0.2)},
}

SAID = {
    "good": (
        "The {alias} won thanks on every quay of Lorne.",
        "“The {alias} saved this town,” said a pilot.",
    ),
    "plain": ("The {alias} opened its office at nine.", "“The {alias} meets on Friday,” said a clerk."),
    "bad": ("The {alias} left the berths in ruins again.", "“The {alias} has robbed us all,” said a pilot."),
}

CARD = {
    **{"name": "masthead-portrayal", "version": "strait", "language": "en"},
    "tests": [
        {
            **{"name": "Marrow, plain", "n": 1146, "macro_f1": 0.831, "accuracy": 0.84, "ece": 0.03},
            **{"bias": -0.02, "rmse": 0.5, "control_macro_f1": 0.7, "details": {}},
        },
        {"name": "Marrow, crowded", "n": 721, "macro_f1": 0.8, "accuracy": 0.8, "bias": 0.01, "rmse": 0.52},
    ],
    "bad_at": ["irony and understatement", "quotations inside quotations"],
}

ABOUT = {
    "model": "masthead-portrayal strait",
    "model_version": "c0ffee",
    "intervals": "the interval covers the mean of the model's readings, which no human coding has corrected",
    "precision": None,
    "sampled": False,
    "mentions": 1200,
    "mentions_read": 1200,
    "language_refused": 2,
}

VOICES = (("all", None), ("own", False), ("quoted", True))


def readings(articles: list[dict[str, Any]], subjects: dict[str, Any], seed: int) -> list[dict[str, Any]]:
    """One dict per mention: article, subject, alias, sentence, voice and the three probabilities."""
    rng = random.Random(f"light {seed}")
    mentions = []
    for article in articles:
        paper = article["paper"]
        for subject, told in subjects.items():
            if rng.random() > {"dockers-league": 0.6, "port-authority": 0.4}.get(subject, 0.2):
                continue
            for _ in range(rng.choice((1, 1, 2, 4))):
                quoted = rng.random() < 0.3
                lean = LEANINGS.get(paper.id, {}).get(subject, (0.0, 0.0))[quoted]
                if paper.id == "harbour-post" and article["day"] and article["day"].year > 2032:
                    lean += 0.5
                score = max(-0.98, min(0.98, rng.gauss(lean, 0.3)))
                rest = (1 - abs(score)) * rng.uniform(0.02, 0.4)
                p = (max(score, 0.0) + rest / 2, max(-score, 0.0) + rest / 2)
                alias = rng.choice(told["aliases"]).removeprefix("the ")
                text = SAID["good" if score > 0.3 else "bad" if score < -0.3 else "plain"][quoted].format(
                    alias=alias
                )
                mentions.append(
                    {
                        **{"article": article, "subject": subject, "alias": alias, "text": text},
                        "start": text.index(alias),
                        "quoted": quoted if paper.marks else None,
                        **{"p_favourable": p[0], "p_unfavourable": p[1], "p_neutral": 1 - sum(p)},
                        "score": p[0] - p[1],
                    }
                )
    return mentions


def interval(units: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return mean, low and high of units (x, y) of −1 to 1, two of mean size added at the ends of the range."""
    total = sum(y for _, y in units)
    mean = sum(x for x, _ in units) / total
    size = total / len(units)
    squares = sum((x - mean * y) ** 2 for x, y in [*units, (size, size), (-size, size)])
    half = 2.0 * math.sqrt(squares) / total
    return mean, max(-1.0, mean - half), min(1.0, mean + half)


def estimates(
    mentions: list[dict[str, Any]], papers: tuple[Any, ...], subjects: dict[str, Any], starts: Any
) -> list[dict[str, Any]]:
    """The rows of estimates; `starts` gives the period of a day."""
    cells: dict[tuple[Any, ...], dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for m in mentions:
        day = m["article"]["day"]
        for start in {None, day and starts(day)}:
            for voice, wanted in VOICES:
                if wanted is None or m["quoted"] is wanted:
                    key = (m["article"]["paper"].id, m["subject"], start, voice)
                    cells[key][m["article"]["id"]].append(m["score"])
    rows = []
    for paper in papers:
        for subject in subjects:
            cells.setdefault((paper.id, subject, None, "all"), {})  # type: ignore[arg-type]
    for (outlet, subject, start, voice), articles in cells.items():
        units = [(sum(scores), float(len(scores))) for scores in articles.values()]
        mean, low, high = interval(units) if units else (None, None, None)
        rows.append(
            {
                **dict.fromkeys(ESTIMATES.names),
                **{"measure": "portrayal", "outlet": outlet, "subject": subject, "category": None},
                **{
                    "period_start": start,
                    "voice": voice,
                    "estimate": mean,
                    "conf_low": low,
                    "conf_high": high,
                },
                **{
                    "conf_level": 0.95,
                    "numerator": sum(u[0] for u in units),
                    "unit": "article",
                    "wire": "with",
                },
                **{"denominator": sum(u[1] for u in units), "n_units": len(units), "n_left_out": 0},
                **{"calibrated": False, "method": "jackknife t; masthead-portrayal 1"},
                "note": None if units else "no sentence that mentions the subject was read",
            }
        )
    return rows


def comparisons(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every pair of outlets, per subject and voice, over all time."""
    made = []
    whole = [r for r in rows if r["period_start"] is None and r["estimate"] is not None]
    for one, two in combinations(sorted(whole, key=lambda r: r["outlet"]), 2):
        if (one["subject"], one["voice"]) != (two["subject"], two["voice"]) or one["outlet"] == two["outlet"]:
            continue
        d = one["estimate"] - two["estimate"]
        low = d - math.hypot(one["estimate"] - one["conf_low"], two["conf_high"] - two["estimate"])
        high = d + math.hypot(one["conf_high"] - one["estimate"], two["estimate"] - two["conf_low"])
        p = 0.0001 if low > 0 or high < 0 else 0.4
        made.append(
            {
                **dict.fromkeys(COMPARISONS.names),
                **{
                    "measure": "portrayal",
                    "subject": one["subject"],
                    "category": None,
                    "voice": one["voice"],
                },
                **{"outlet": one["outlet"], "versus": two["outlet"], "difference": d},
                **{"conf_low": low, "conf_high": high, "conf_level": 0.95, "p": p, "q": p * 2, "margin": 0.0},
                **{"family": "portrayal", "wire": "with", "method": "mover"},
                **{"n_units": one["n_units"], "n_units_versus": two["n_units"]},
            }
        )
    return made


def robustness(mentions: list[dict[str, Any]], subjects: dict[str, Any]) -> list[dict[str, Any]]:
    """The estimates over all time without each alias in turn, in all voices and in own."""
    rows = []
    for subject, told in subjects.items():
        for alias in told["aliases"]:
            kept = [
                m for m in mentions if m["subject"] == subject and m["alias"] != alias.removeprefix("the ")
            ]
            for outlet in sorted({m["article"]["paper"].id for m in kept}):
                for voice, wanted in VOICES[:2]:
                    units: dict[str, list[float]] = defaultdict(list)
                    for m in kept:
                        if m["article"]["paper"].id == outlet and (wanted is None or m["quoted"] is wanted):
                            units[m["article"]["id"]].append(m["score"])
                    if not units:
                        continue
                    summed = [(sum(s), float(len(s))) for s in units.values()]
                    mean, low, high = interval(summed)
                    rows.append(
                        {
                            **{
                                "measure": "portrayal",
                                "wire": "with",
                                "outlet": outlet,
                                "subject": subject,
                                "voice": voice,
                            },
                            **{"category": None, "alias_left_out": alias, "estimate": mean, "conf_low": low},
                            **{"conf_high": high, "numerator": sum(u[0] for u in summed)},
                            **{"denominator": sum(u[1] for u in summed), "n_units": len(summed)},
                        }
                    )
    return rows


def sources(mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row per mention."""
    rows = []
    for i, m in enumerate(mentions):
        article, shift = m["article"], 50 * (i % 7)
        rows.append(
            {
                **{"measure": "portrayal", "category": None, "outlet": article["paper"].id},
                **{k: m[k] for k in ("subject", "quoted", "p_favourable", "p_neutral", "p_unfavourable")},
                **{"article_id": article["id"], "title": article["title"], "field": "text"},
                "published": article["day"] and dt.datetime.combine(article["day"], dt.time(8), dt.UTC),
                "url": f"https://{article['paper'].id}.example/{article['id']}",
                **{"start": shift + m["start"], "end": shift + m["start"] + len(m["alias"])},
                **{"snippet": m["text"], "snippet_start": shift},
            }
        )
    return rows
