"""Units, findings and studies made by hand, to judge claims by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.questions.claims import verdicts
from masthead.study import Study, parse_study

START = dt.date(2031, 1, 1)
TURN = dt.date(2031, 7, 1)

UNITS = pa.schema(
    {
        **dict.fromkeys(("measure", "outlet", "subject", "category", "voice", "cluster"), pa.string()),
        "day": pa.date32(),
        **dict.fromkeys(("story", "section"), pa.string()),
        **dict.fromkeys(("copied", "bare", "unread"), pa.bool_()),
        **dict.fromkeys(("x", "y", "w"), pa.float64()),
    }
)

GROUPS = {"gull": "north", "tern": "north", "skua": "south", "auk": "south", "mute": None}
"""The outlets of these studies; `mute` has articles, and none of them mentions anybody."""


def units(
    outlet: str,
    share: float,
    n: int = 100,
    *,
    subject: str = "dockers",
    measure: str = "naming",
    category: str | None = "militant",
    voice: str = "own",
    after: float | None = None,
    copied: float = 0.0,
    undated: int = 0,
    stories: bool = False,
    seed: int = 1,
) -> list[dict[str, Any]]:
    """Articles of one outlet, two days apart, that each name the subject once or thrice with this share of the label.

    From TURN on the share is `after`. Some are wire copy, and the first `undated` have no day.
    """
    rng = np.random.default_rng([seed, *outlet.encode()])
    rows = []
    for i in range(n):
        day = START + dt.timedelta(days=int(i * 364 / n))
        p = after if after is not None and day >= TURN else share
        y = 1.0 if measure == "attention" else float(rng.integers(1, 4))
        x = (
            float(rng.binomial(int(y), p))
            if measure != "portrayal"
            else float(rng.uniform(p - 0.3, p + 0.3) * y)
        )
        rows.append(
            {
                **{
                    "measure": measure,
                    "outlet": outlet,
                    "subject": subject,
                    "category": category,
                    "voice": voice,
                },
                "cluster": f"{outlet}-{i}",
                "day": None if i < undated else day,
                "story": f"story-{i // 2}" if stories else None,
                "section": None,
                "copied": i < copied * n,
                "bare": False,
                "unread": False,
                **{"x": x, "y": y, "w": 1.0},
            }
        )
    return rows


def attention(
    outlet: str, n: int = 200, mentions: int = 100, subject: str = "dockers"
) -> list[dict[str, Any]]:
    """So many articles of an outlet over the year, the first `mentions` of which mention the subject."""
    rows = units(outlet, 0.0, n, subject=subject, measure="attention", category=None, voice="all")
    return [{**row, "x": float(i < mentions)} for i, row in enumerate(rows)]


def study(*claims: dict[str, Any], **more: Any) -> Study:
    """A study of four papers in two groups and a mute one, of two subjects, with these claims."""
    labels = {"militant": ["militant*"], "worker": ["worker*"]}
    return parse_study(
        {
            "archive": "a.archive",
            "outlet": [
                *({"id": o, "name": o.title(), **({"group": g} if g else {})} for o, g in GROUPS.items()),
                {"id": "spindrift-tribune", "name": "The Spindrift Tribune", "absent": True},
            ],
            "subject": [
                {"id": s, "name": f"the {s}", "kind": "actor", "aliases": [s], "categories": labels}
                for s in ("dockers", "weavers")
            ],
            "event": [{"id": "strike", "from": TURN, "to": TURN + dt.timedelta(days=30)}],
            "claim": list(claims),
            **more,
        }
    )


def claim(**more: Any) -> dict[str, Any]:
    """A claim that Gull calls the dockers militant more than Skua does, with changes."""
    plain = {
        **{
            "id": "c",
            "text": "It says so.",
            "measure": "naming",
            "subject": "dockers",
            "category": "militant",
        },
        **{"outlet": "gull", "versus": "skua", "expect": "more"},
    }
    return {name: value for name, value in (plain | more).items() if value is not None}


def findings(rows: Iterable[dict[str, Any]] = (), **more: Any) -> Findings:
    """Findings that tell of the outlets of `study`: those of `rows` have articles."""
    there = {row["outlet"] for row in rows}
    outlets = [
        {
            **{
                "id": o,
                "title": o.title(),
                "group": g,
                "n_articles": 200 if o in there else 0,
                "n_undated": 0,
            },
            "quotation_marks": True,
            "first": "2031-01-01" if o in there else None,
            "last": "2031-12-31" if o in there else None,
        }
        for o, g in GROUPS.items()
    ]
    about = {"figures_hash": "f" * 16, "frame": "everything", "outlets": outlets, "silence": None}
    return Findings(**more, about=about)


def judged(
    folder: Path, rows: list[dict[str, Any]], *claims: dict[str, Any], **more: Any
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Judge claims by these units; return the verdicts and the other ways."""
    found = more.pop("findings", None) or findings(rows)
    path = folder / "units.parquet"
    pq.write_table(pa.Table.from_pylist(rows, UNITS), path)
    archive = (
        Archive.open(folder / "a.archive")
        if (folder / "a.archive").exists()
        else Archive.create(folder / "a.archive")
    )
    told, ways = verdicts(study(*claims, **more), found, path, archive)
    return told.to_pylist(), ways.to_pylist()
