"""Claims of `never` and `always` about made-up presses, with what the press has written that speaks against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from masthead.press import Truth
from masthead.study.claim import Claim

MARGIN = 0.20
"""So large a share would still be never."""

_CLAIMS = 60


@dataclass(frozen=True)
class Against:
    """In how many articles the press wrote what a claim is of, and how many of them speak against it."""

    n: int
    count: int

    @property
    def share(self) -> float:
        """The share that speaks against it; 0 where there is nothing."""
        return self.count / self.n if self.n else 0.0


def never_claims(truth: Truth, seed: int) -> Iterator[tuple[Claim, Against]]:
    """Draw claims of labels in outlets' own words, and of mentions within half a year, each with what was planted."""
    draw = np.random.default_rng([seed, 1])
    mentions = truth.mentions.to_pylist()
    cells = sorted({(r["outlet"], r["subject"], r["category"]) for r in truth.naming.to_pylist()})
    labels = _labels(mentions)
    own_articles: dict[tuple[str, str], set[str]] = {}
    articles_by_day: dict[tuple[str, str], set[tuple[dt.date, str]]] = {}
    for row in mentions:
        of = row["outlet"], row["subject"]
        articles_by_day.setdefault(of, set()).add((row["published"], row["key"]))
        if not row["copied"]:
            own_articles.setdefault(of, set()).add(row["key"])
    days_of: dict[str, list[dt.date]] = {}
    for row in truth.articles.to_pylist():
        days_of.setdefault(row["outlet"], []).append(row["published"].date())
    sample = draw.choice(len(cells), min(_CLAIMS, len(cells)), replace=False)
    for number, at in enumerate(sample.tolist()):
        outlet, subject, category = cells[at]
        claim: dict[str, Any] = {
            "id": f"never-{number}",
            "text": "a claim",
            "subject": subject,
            "outlet": outlet,
            "margin": MARGIN if number % 2 else 0.0,
        }
        if number % 3 == 0:
            first = min(days_of[outlet]) + dt.timedelta(days=int(draw.integers(0, 900)))
            last = first + dt.timedelta(days=182)
            claim |= {"measure": "attention", "expect": "never", "start": first, "end": last}
            n = sum(first <= day <= last for day in days_of[outlet])
            mentions_then = (day for day, _ in articles_by_day.get((outlet, subject), ()))
            yield Claim(**claim), Against(n, sum(first <= day <= last for day in mentions_then))
            continue
        claim |= {"measure": "naming", "category": category, "wire": "without"}
        namings = labels.get((outlet, subject), {})
        if number % 3 == 1:
            uses = sum(any(category in one for one in of) for of in namings.values())
            n = len(own_articles.get((outlet, subject), ()))
            yield Claim(**claim, expect="never"), Against(n, uses)
        else:
            others = sum(any(category not in one for one in of) for of in namings.values())
            yield Claim(**claim, expect="always"), Against(len(namings), others)


def _labels(mentions: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, list[set[str]]]]:
    """The label families of each naming in an outlet's own words, by outlet and subject and then by article."""
    namings: dict[tuple[str, str, str, str, int], set[str]] = {}
    for row in mentions:
        if row["label"] is not None and not row["denied"] and not row["quoted"] and not row["copied"]:
            place = (row["outlet"], row["subject"], row["key"], row["field"], row["start"])
            namings.setdefault(place, set()).add(row["category"])
    labels: dict[tuple[str, str], dict[str, list[set[str]]]] = {}
    for (outlet, subject, key, _, _), families in namings.items():
        labels.setdefault((outlet, subject), {}).setdefault(key, []).append(families)
    return labels
