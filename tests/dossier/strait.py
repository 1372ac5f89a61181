"""Findings about a fictional strait, made by hand so that what the pages must show is known beforehand."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import random
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import pyarrow as pa

from masthead.findings.findings import Findings
from masthead.findings.schemas import COMPARISONS, COVERAGE, ESTIMATES, GAPS, ROBUSTNESS, SOURCES, WORDS
from masthead.measuring import MEASURES
from tests.dossier import light

STUDY, ARCHIVE = "5ca1ab1e0ddba115", "0ff1cedeadbea7ed"


@dataclass(frozen=True)
class Paper:
    """An invented outlet: how many articles, and how often it uses each label."""

    id: str
    title: str
    group: str
    n: int
    rates: dict[str, float]
    marks: bool = True


PAPERS = (
    Paper("wire-seven", "Wire Seven", "agency", 180, {"militant": 0.04, "worker": 0.55, "hero": 0.0}),
    Paper("state-bulletin", "State Bulletin", "state", 150, {"militant": 0.93, "worker": 0.04, "hero": 0.0}),
    Paper("harbour-post", "The Harbour Post", "private", 140, {"militant": 0.3, "worker": 0.4, "hero": 0.06}),
    Paper("tidewatch", "Tidewatch", "private", 90, {"militant": 0.02, "worker": 0.35, "hero": 0.45}),
    Paper("ledger", "The Ledger", "private", 60, {"militant": 0.2, "worker": 0.3, "hero": 0.1}, marks=False),
    Paper("gull", "The Gull", "party", 3, {"militant": 0.0, "worker": 0.5, "hero": 0.5}),
)

SUBJECTS: dict[str, dict[str, Any]] = {
    "dockers-league": {
        "title": "Dockers’ League",
        "kind": "actor",
        "aliases": ["Dockers' League", "the League", "dockers", "stevedores"],
        "categories": {"militant": ["militant*", "wrecker*"], "worker": ["worker*"], "hero": ["hero*"]},
    },
    "port-authority": {
        "title": "Port Authority",
        "kind": "actor",
        "aliases": ["Port Authority", "harbour board"],
        "categories": {},
    },
    "ferry-accord": {
        "title": "Ferry Accord",
        "kind": "event",
        "aliases": ["Ferry Accord", "accord of Lorne"],
        "categories": {"militant": ["surrender"], "worker": ["settlement"], "hero": ["triumph"]},
    },
}

SENTENCES = (
    "On the quay of Marrow the {label} {alias} turned back two ferries before noon.",
    "“We will not move a crate,” said a {label} of the {alias}, and the square fell silent.",
    "Nobody in Lorne would say how long the {label} {alias} could hold the strait.",
    "The {label} {alias} met again on Sunday; a third of the berths stayed empty.",
)

CATEGORIES = ("militant", "worker", "hero", "other")
VOICES = (("all", None), ("own", False), ("quoted", True))

FIRST, LAST = dt.date(2031, 1, 1), dt.date(2033, 12, 31)
GAP = (dt.date(2032, 2, 10), dt.date(2032, 5, 20))

PLANTED = [
    {
        **{"what": "share of namings", "subject": "dockers-league", "outlet": "state-bulletin"},
        **{"category": "militant", "planted": 0.93, "found": 0.91, "conf_low": 0.84, "conf_high": 0.95},
        "inside": True,
    },
    *(
        {
            **{
                "what": "mean portrayal",
                "measure": "portrayal",
                "subject": "dockers-league",
                "outlet": outlet,
            },
            **{"category": None, "planted": planted, "found": found, "inside": None},
            **{"conf_low": found - 0.1, "conf_high": found + 0.1},
        }
        for outlet, planted, found in (
            ("tidewatch", 0.4, 0.33),
            ("harbour-post", -0.1, 0.02),
            ("wire-seven", 0.05, 0.01),
        )
    ),
    {
        **{"what": "share of articles", "subject": "ferry-accord", "outlet": "gull", "category": None},
        **{"planted": 0.08, "found": None, "conf_low": None, "conf_high": None, "inside": False},
    },
]


def period_start(day: dt.date) -> dt.date:
    return dt.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def period_end(start: dt.date) -> dt.date:
    month = start.month + 2
    return dt.date(start.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def wilson(x: float, n: float, level_z: float = 1.96) -> tuple[float, float]:
    p, z2 = x / n, level_z**2
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = level_z * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, min(middle - half, p)), min(1.0, max(middle + half, p))


def _articles(rng: random.Random, papers: tuple[Paper, ...]) -> list[dict[str, Any]]:
    articles = []
    days = (LAST - FIRST).days
    for paper in papers:
        for i in range(paper.n):
            day: dt.date | None = FIRST + dt.timedelta(days=rng.randrange(days))
            if paper.id == "tidewatch" and day and GAP[0] <= day <= GAP[1]:
                day = GAP[1] + dt.timedelta(days=rng.randrange(1, 90))
            if i % 40 == 39:
                day = None
            name = hashlib.sha256(f"{paper.id}{i}".encode()).hexdigest()[:16]
            articles.append(
                {"id": name, "paper": paper, "day": day, "title": f"Marrow, day {i}: berths and tides"}
            )
    return articles


def _namings(rng: random.Random, articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One dict per naming: article, subject, alias, category, and where its words stand in its sentence."""
    namings = []
    for article in articles:
        paper: Paper = article["paper"]
        for subject, told in SUBJECTS.items():
            share = {"dockers-league": 0.6, "port-authority": 0.35, "ferry-accord": 0.08}[subject]
            if paper.id == "state-bulletin":
                share *= 0.5
            if rng.random() > share:
                continue
            for _ in range(rng.choice((1, 1, 2, 3))):
                drift = (
                    0.35
                    if paper.id == "harbour-post" and article["day"] and article["day"].year > 2032
                    else 0.0
                )
                draw, category = rng.random() - drift, "other"
                for label, rate in paper.rates.items():
                    if draw < rate:
                        category = label
                        break
                    draw -= rate
                alias = rng.choice(told["aliases"]).removeprefix("the ")
                sentence = rng.choice(SENTENCES)
                label = category if category != "other" else "weary"
                text = sentence.format(label=label, alias=alias)
                quoted = "“" in sentence
                namings.append(
                    {
                        "article": article,
                        "subject": subject,
                        "alias": alias,
                        "category": category,
                        "label": label,
                        "text": text,
                        "start": text.index(alias),
                        "label_start": text.index(label),
                        "quoted": quoted if paper.marks else None,
                    }
                )
    return namings


def _estimate(
    cell: dict[str, Any], units: list[tuple[float, float]], n_articles: int, n_left_out: int
) -> Any:
    """Add the figures to a cell (measure, outlet, subject, category, voice, period_start)."""
    units = [(x, y) for x, y in units if y > 0]
    x, y = sum(u[0] for u in units), sum(u[1] for u in units)
    low, high = wilson(x, y) if y else (None, None)
    return {
        **dict.fromkeys(ESTIMATES.names),
        **cell,
        "period_end": cell["period_start"] and period_end(cell["period_start"]),
        "estimate": x / y if y else None,
        "conf_low": low,
        "conf_high": high,
        "conf_level": 0.95,
        "numerator": x,
        "denominator": y,
        "n_articles": n_articles,
        "n_units": len(units),
        "n_eff": y,
        "n_left_out": n_left_out,
        "unit": "article",
        "wire": "with",
        "calibrated": False,
        "method": "Wilson-t on n_eff" if y else "none",
        "study_hash": STUDY,
        "archive_hash": ARCHIVE,
        "note": None if y else f"none of the outlet's {n_articles} articles names the subject with a label",
    }


def findings(seed: int = 7, papers: tuple[Paper, ...] = PAPERS, **about: Any) -> Findings:
    """Make the findings; `about` replaces entries of `Findings.about`."""
    rng = random.Random(seed)
    articles = _articles(rng, papers)
    namings = _namings(rng, articles)
    undated = {p.id: sum(a["paper"] is p and a["day"] is None for a in articles) for p in papers}
    estimates = _estimates(articles, namings, papers, undated)
    portrayed = light.readings(articles, SUBJECTS, seed)
    lights = light.estimates(portrayed, papers, SUBJECTS, period_start)
    for row in lights:
        row["period_end"] = row["period_start"] and period_end(row["period_start"])
    cells = {
        (e["measure"], e["subject"], e["category"], e["outlet"]): e
        for e in estimates
        if e["period_start"] is None and e["voice"] == "all"
    }
    told = {
        "title": "What six papers called the two sides on the Strait of Marrow",
        "version": "0.1.0",
        "made": "2034-02-01T09:30:00+00:00",
        "study_hash": STUDY,
        "archive_hash": ARCHIVE,
        "archive": "marrow.archive",
        "frame": "curated",
        "frame_note": "articles on the closing of the strait, chosen by hand",
        "level": 0.95,
        "period": {"from": FIRST.isoformat(), "to": LAST.isoformat(), "by": "quarter"},
        "outlets": [
            {
                "id": p.id,
                "title": p.title,
                "group": p.group,
                "n_articles": p.n,
                "n_undated": undated[p.id],
                "quotation_marks": p.marks,
                "first": FIRST.isoformat(),
                "last": LAST.isoformat(),
            }
            for p in papers
        ],
        "subjects": [{"id": s, **v} for s, v in SUBJECTS.items()],
        "events": [{"id": "closing-of-the-strait", "from": "2032-09-01", "to": "2032-12-15"}],
        "measures": [MEASURES[name].declaration() for name in ("attention", "naming", "portrayal")],
        "left_out": {"undated_in_series": sum(undated.values()), "language": 2},
        "claims": [{"id": "c1", "text": "State Bulletin calls the dockers militant.", "hash": "ab" * 8}],
        "portrayal": light.ABOUT,
        "warnings": ["attention describes the selector too: the articles are somebody's choice"],
    }
    return Findings(
        estimates=pa.Table.from_pylist(estimates + lights, ESTIMATES),
        comparisons=pa.Table.from_pylist(
            _comparisons(cells, papers) + light.comparisons(lights), COMPARISONS
        ),
        words=pa.Table.from_pylist(_words(namings), WORDS),
        robustness=pa.Table.from_pylist(
            _robustness(namings) + light.robustness(portrayed, SUBJECTS), ROBUSTNESS
        ),
        sources=pa.Table.from_pylist(_sources(namings) + light.sources(portrayed), SOURCES),
        coverage=pa.Table.from_pylist(_coverage(articles, papers), COVERAGE),
        gaps=pa.Table.from_pylist([{"outlet": "tidewatch", "gap_start": GAP[0], "gap_end": GAP[1]}], GAPS),
        about={**told, **about},
    )


def _coverage(articles: list[dict[str, Any]], papers: tuple[Paper, ...]) -> list[dict[str, Any]]:
    counts: dict[tuple[str, dt.date], int] = defaultdict(int)
    for a in articles:
        if a["day"]:
            counts[a["paper"].id, period_start(a["day"])] += 1
    return [
        {
            "outlet": paper.id,
            "period_start": start,
            "period_end": period_end(start),
            "n_articles": counts[paper.id, start],
            "n_days": (period_end(start) - start).days + 1,
            "n_gap_days": 0,
        }
        for paper in papers
        for start in sorted({s for _, s in counts})
    ]


def _estimates(
    articles: list[dict[str, Any]],
    namings: list[dict[str, Any]],
    papers: tuple[Paper, ...],
    undated: dict[str, int],
) -> list[dict[str, Any]]:
    rows = []
    by_article: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for n in namings:
        by_article[n["article"]["id"], n["subject"]].append(n)
    for paper in papers:
        own = [a for a in articles if a["paper"] is paper]
        spans: dict[dt.date | None, list[dict[str, Any]]] = {None: own}
        for a in own:
            if a["day"]:
                spans.setdefault(period_start(a["day"]), []).append(a)
        for start, inside in sorted(spans.items(), key=lambda s: s[0] or dt.date.min):
            left = undated[paper.id] if start else 0
            for subject in SUBJECTS:
                found = [by_article.get((a["id"], subject), []) for a in inside]
                cell = {"outlet": paper.id, "subject": subject, "period_start": start}
                attention = {**cell, "measure": "attention", "category": None, "voice": "all"}
                units = [(1.0 if f else 0.0, 1.0) for f in found]
                rows.append(_estimate(attention, units, len(inside), left))
                for category, (voice, wanted) in product(CATEGORIES, VOICES):
                    if voice != "all" and not paper.marks:
                        continue
                    naming = {**cell, "measure": "naming", "category": category, "voice": voice}
                    kept = [[n for n in f if wanted is None or n["quoted"] is wanted] for f in found]
                    units = [(float(sum(n["category"] == category for n in f)), float(len(f))) for f in kept]
                    rows.append(_estimate(naming, units, len(inside), left))
    return rows


def _comparisons(cells: dict[Any, dict[str, Any]], papers: tuple[Paper, ...]) -> list[dict[str, Any]]:
    rows = []
    for measure, subject, category in sorted({k[:3] for k in cells}, key=str):
        for a, b in combinations(sorted(p.id for p in papers), 2):
            one, two = cells[measure, subject, category, a], cells[measure, subject, category, b]
            if one["estimate"] is None or two["estimate"] is None:
                continue
            d = one["estimate"] - two["estimate"]
            low = d - math.hypot(one["estimate"] - one["conf_low"], two["conf_high"] - two["estimate"])
            high = d + math.hypot(one["conf_high"] - one["estimate"], two["estimate"] - two["conf_low"])
            p = 0.0001 if low > 0 or high < 0 else 0.4
            rows.append(
                {
                    **dict.fromkeys(COMPARISONS.names),
                    **{"measure": measure, "subject": subject, "category": category},
                    **{"outlet": a, "versus": b, "difference": d, "conf_low": low, "conf_high": high},
                    **{
                        "conf_level": 0.95,
                        "p": p,
                        "q": p * 2,
                        "family": f"{measure}, {subject}",
                        "margin": 0.0,
                    },
                    **{"voice": "all", "wire": "with", "method": "mover"},
                    **{"n_units": one["n_units"], "n_units_versus": two["n_units"]},
                }
            )
    return rows


def _words(namings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    uses: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for n in namings:
        uses[n["subject"], n["article"]["paper"].id, n["label"]].append(n["article"]["id"])
        totals[n["subject"], n["article"]["paper"].id] += 1
    rows = []
    for (subject, outlet, label), used in uses.items():
        others = sum(len(u) for (s, o, w), u in uses.items() if s == subject and o != outlet and w == label)
        all_others = sum(t for (s, o), t in totals.items() if s == subject and o != outlet)
        share, elsewhere = len(used) / totals[subject, outlet], others / max(1, all_others)
        odds = math.log((share + 0.01) / (1.01 - share)) - math.log((elsewhere + 0.01) / (1.01 - elsewhere))
        rows.append(
            {
                **{"subject": subject, "outlet": outlet, "label": label, "rank": 0},
                **{"uses": len(used), "n_articles": len(set(used))},
                **{"share": share, "share_elsewhere": elsewhere, "log_odds": odds},
                "z": odds * math.sqrt(len(used)),
            }
        )
    for key in {(r["subject"], r["outlet"]) for r in rows}:
        ranked = sorted((r for r in rows if (r["subject"], r["outlet"]) == key), key=lambda r: -r["z"])
        for rank, row in enumerate(ranked, 1):
            row["rank"] = rank
    return rows


def _robustness(namings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for subject, told in SUBJECTS.items():
        for alias in told["aliases"]:
            kept = [
                n for n in namings if n["subject"] == subject and n["alias"] != alias.removeprefix("the ")
            ]
            for outlet in sorted({n["article"]["paper"].id for n in kept}):
                own = [n for n in kept if n["article"]["paper"].id == outlet]
                for category in CATEGORIES:
                    x = sum(n["category"] == category for n in own)
                    low, high = wilson(x, len(own))
                    rows.append(
                        {
                            **{"measure": "naming", "outlet": outlet, "subject": subject, "voice": "all"},
                            **{"category": category, "alias_left_out": alias, "estimate": x / len(own)},
                            **{"conf_low": low, "conf_high": high, "numerator": float(x)},
                            **{"denominator": float(len(own)), "n_units": len(own), "wire": "with"},
                        }
                    )
    return rows


def _sources(namings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    seen = set()
    for i, n in enumerate(namings):
        article = n["article"]
        shift = 100 * (i % 5)
        row = {
            "outlet": article["paper"].id,
            "subject": n["subject"],
            "article_id": article["id"],
            "published": article["day"] and dt.datetime.combine(article["day"], dt.time(8), dt.UTC),
            "title": article["title"],
            "url": f"https://{article['paper'].id}.example/{article['id']}",
            "field": "text",
            "start": shift + n["start"],
            "end": shift + n["start"] + len(n["alias"]),
            "quoted": n["quoted"],
            "snippet": n["text"],
            "snippet_start": shift,
        }
        label = {
            "label": n["label"],
            "label_kind": "modifier",
            "label_start": shift + n["label_start"],
            "label_end": shift + n["label_start"] + len(n["label"]),
        }
        rows.append({"measure": "naming", "category": n["category"], **row, **label})
        if (article["id"], n["subject"]) not in seen:
            seen.add((article["id"], n["subject"]))
            rows.append({"measure": "attention", "category": None, **row})
    return rows
