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

_ASKED = 60


@dataclass(frozen=True)
class Planted:
    """In how many articles the press wrote what a claim is of, and how many of them speak against it."""

    n: int
    against: int

    @property
    def share(self) -> float:
        """The share that speaks against it; 0 where there is nothing."""
        return self.against / self.n if self.n else 0.0


def never_claims(truth: Truth, seed: int) -> Iterator[tuple[Claim, Planted]]:
    """Draw claims of labels in outlets' own words, and of mentions within half a year, each with what was planted."""
    draw = np.random.default_rng([seed, 1])
    mentions = truth.mentions.to_pylist()
    cells = sorted({(r["outlet"], r["subject"], r["category"]) for r in truth.naming.to_pylist()})
    labels = _labels(mentions)
    mentioned: dict[tuple[str, str], set[str]] = {}
    dated: dict[tuple[str, str], set[tuple[dt.date, str]]] = {}
    for row in mentions:
        of = row["outlet"], row["subject"]
        dated.setdefault(of, set()).add((row["published"], row["key"]))
        if not row["copied"]:
            mentioned.setdefault(of, set()).add(row["key"])
    printed: dict[str, list[dt.date]] = {}
    for row in truth.articles.to_pylist():
        printed.setdefault(row["outlet"], []).append(row["published"].date())
    taken = draw.choice(len(cells), min(_ASKED, len(cells)), replace=False)
    for number, at in enumerate(taken.tolist()):
        outlet, subject, category = cells[at]
        told: dict[str, Any] = {
            "id": f"never-{number}",
            "text": "a claim",
            "subject": subject,
            "outlet": outlet,
        }
        told["margin"] = MARGIN if number % 2 else 0.0
        named = labels.get((outlet, subject), {})
        if number % 3 == 0:
            first = min(printed[outlet]) + dt.timedelta(days=int(draw.integers(0, 900)))
            last = first + dt.timedelta(days=182)
            told |= {"measure": "attention", "expect": "never", "start": first, "end": last}
            n = sum(first <= day <= last for day in printed[outlet])
            yield (
                Claim(**told),
                Planted(n, sum(first <= day <= last for day, _ in dated.get((outlet, subject), ()))),
            )
            continue
        told |= {"measure": "naming", "category": category, "wire": "without"}
        told["expect"] = "never" if number % 3 == 1 else "always"
        if told["expect"] == "never":
            uses = sum(any(category in one for one in of) for of in named.values())
            yield Claim(**told), Planted(len(mentioned.get((outlet, subject), ())), uses)
        else:
            others = sum(any(category not in one for one in of) for of in named.values())
            yield Claim(**told), Planted(len(named), others)


def _labels(mentions: list[dict[str, Any]]) -> dict[tuple[str, str], dict[str, list[set[str]]]]:
    """The label families of each naming in an outlet's own words, by outlet and subject and then by article."""
    namings: dict[tuple[str, str, str, str, int], set[str]] = {}
    for row in mentions:
        if row["label"] is not None and not row["denied"] and not row["quoted"] and not row["copied"]:
            place = (row["outlet"], row["subject"], row["key"], row["field"], row["start"])
            namings.setdefault(place, set()).add(row["category"])
    found: dict[tuple[str, str], dict[str, list[set[str]]]] = {}
    for (outlet, subject, key, _, _), families in namings.items():
        found.setdefault((outlet, subject), {}).setdefault(key, []).append(families)
    return found
