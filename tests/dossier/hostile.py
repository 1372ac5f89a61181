"""The strait's findings with an attack in every text that comes from an article, a study or an archive."""

from __future__ import annotations

import dataclasses
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from masthead.findings.findings import Findings
from masthead.findings.schemas import SCHEMAS
from tests.dossier import allegiance, crowd

ATTACKS = (
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script><style>",
    "\"><img src=x onerror=alert(3)> ' onmouseover='alert(4)",
    "]]><svg onload=alert(5)></svg><![CDATA[",
    "<iframe src='https://attack.example/frame'></iframe><base href='https://attack.example/'>",
    "{{ 7 * 7 }} {% raw %} ${7*7} <!-- --> &lt;b&gt; &#x3C;script&#x3E;",
    "\u202eevil reversed\u2066 \u0000\u0007\u001b[31m\ufffe end",
    "W" * 400 + "👩‍👩‍👧‍👦🏴‍☠️é\u0301\u0489\u0489 عربي",
    "<meta http-equiv=refresh content='0;url=https://attack.example/'><link rel=stylesheet href=//attack.example>",
    "<form action=https://attack.example><button autofocus onfocus=alert(6)>x</button></form>",
)

ADDRESSES = (
    "javascript:alert(7)",
    "JaVaScRiPt:alert(8)//http://",
    "data:text/html,<script>alert(9)</script>",
    "http://good.example/a?b=<c>&d=\"e'f",
    "https://attack.example/\u202e\u0000",
    "  javascript:alert(10)",
    "file:///etc/passwd",
    "//attack.example/x",
    "https://",
    "http://[::1",
)

OUTLETS = {
    "wire-seven": "../../<b>Wire",
    "state-bulletin": "</title><script>alert(11)</script>",
    "harbour-post": '" onclick="alert(12)',
    "tidewatch": "CON:aux|?*\\..\\",
    "ledger": "\u202eLedger",
    "gull": "The Gull \u0000 " + "g" * 200,
}
CATEGORIES = {
    "militant": "<i>militant",
    "worker": '"><script>alert(13)</script>',
    "hero": "hero#a b&c=%2e%2e/",
}
SUBJECTS = {"port-authority": "attention", "ferry-accord": "methods"}


def findings() -> Findings:
    """Make the findings, then put an attack in the place of every text."""
    plain = allegiance.findings()
    n = plain.sources.num_rows
    sources = plain.sources.to_pydict()
    for i in range(n):
        attack = ATTACKS[i % len(ATTACKS)]
        before = sources["snippet"][i]
        sources["snippet"][i] = before + attack
        sources["title"][i] = ATTACKS[(i + 3) % len(ATTACKS)]
        sources["url"][i] = ADDRESSES[i % len(ADDRESSES)]
        if i % 7 == 0:
            # Offsets that do not fit must neither fail nor show what is not there.
            sources["start"][i], sources["end"][i], sources["label_end"][i] = -5, 10_000, 10_000
    told = {
        **plain.about,
        "title": "".join(ATTACKS[:5]),
        "frame": "query",
        "frame_note": ATTACKS[0] + ATTACKS[6],
        "archive": ATTACKS[2],
        "warnings": list(ATTACKS),
        "silence": {
            **crowd.silence_told(),
            "said": list(ATTACKS[:3]),
            "left_out": {OUTLETS["gull"]: ATTACKS[0]},
            "coefficients": [
                {"kind": "section", "term": f"section: {attack}", "outlet": name, "value": 0.5, "spread": 0.1}
                for attack, name in zip(ATTACKS, (None, *OUTLETS.values()), strict=False)
            ],
        },
        "claims": [{"id": "c1", "text": ATTACKS[4], "hash": "<b>"}],
        "changes": {"said": list(ATTACKS[:4])},
        **_notes(),
        "events": [{"id": ATTACKS[0], "from": "2032-09-01", "to": "2032-12-15"}],
        "outlets": [
            {**o, "id": OUTLETS[o["id"]], "title": OUTLETS[o["id"]], "group": ATTACKS[2]}
            for o in plain.about["outlets"]
        ],
        "subjects": [
            {
                **s,
                "id": SUBJECTS.get(s["id"], s["id"]),
                "title": ATTACKS[i],
                "kind": ATTACKS[3],
                "aliases": list(ATTACKS),
                "categories": {CATEGORIES[c]: list(ATTACKS[:3]) for c in s["categories"]},
            }
            for i, s in enumerate(plain.about["subjects"])
        ],
    }
    tables = {name: getattr(plain, name) for name in SCHEMAS}
    tables["sources"] = pa.Table.from_pydict(sources, SCHEMAS["sources"])
    for name in _ATTACKED:
        tables[name] = _attacked(tables[name])
    tables = {name: _renamed(table) for name, table in tables.items()}
    tables["words"] = tables["words"].set_column(
        2, "label", pa.array([ATTACKS[i % len(ATTACKS)] for i in range(tables["words"].num_rows)])
    )
    return dataclasses.replace(plain, **tables, about=told)


_ATTACKED = (
    *("silences", "stories", "echoes", "speakers", "changes", "reversals", "verdicts", "ways"),
    *("alignment", "explanations", "phrases", "forecasts"),
)
_TEXTS = (
    *("title", "source_title", "snippet", "source_snippet", "speaker"),
    *("text", "reason", "needed", "way", "hash", "family", "event", "expect"),
    *("phrase", "what", "cue", "by_when", "confidence", "split", "answer"),
)
_ADDRESSES = ("url", "source_url")


def _notes() -> dict[str, Any]:
    """What is said of sides, words and forecasts, with an attack in every note."""
    sides, words, forecasts = (
        allegiance.alignment_told(),
        allegiance.kinship_told(),
        allegiance.forecasts_told(),
    )
    balance = {
        **sides["balance"]["with"],
        "camps": [list(ATTACKS[:2]), [ATTACKS[2]]],
        "against": [list(ATTACKS[:2])],
    }
    axes = {**sides["axes"]["with"], "said": list(ATTACKS), "outlets": [{"outlet": ATTACKS[1], "place": 0.4}]}
    return {
        "alignment": {
            **sides,
            "said": [*ATTACKS, "`<script>alert(14)</script>` is `<b>code</b>`"],
            "factors": [{"id": "close-to-the-board", "title": ATTACKS[0]}],
            **{"balance": {"with": balance}, "axes": {"with": axes}},
            "over_time": {"with": [_renamed_row(r, reason=ATTACKS[3]) for r in sides["over_time"]["with"]]},
        },
        "kinship": {
            **words,
            "within_stories": {
                "with": [_renamed_row(r, note=ATTACKS[1]) for r in words["within_stories"]["with"]]
            },
            **{"said": list(ATTACKS), "phrase_kind": ATTACKS[2]},
            "parties": [{**p, "own_texts": [ATTACKS[1]], "note": ATTACKS[0]} for p in words["parties"]],
        },
        "forecasts": {
            **forecasts,
            **{"said": list(ATTACKS), "outcomes": ATTACKS[0]},
            "calibration": [
                {**c, "says": ATTACKS[3], "confidence": ATTACKS[1]} for c in forecasts["calibration"]
            ],
        },
    }


def _renamed_row(row: dict[str, Any], **attacks: str) -> dict[str, Any]:
    return {
        **row,
        "outlet": OUTLETS[row["outlet"]],
        "subject": SUBJECTS.get(row["subject"], row["subject"]),
        **attacks,
    }


def _attacked(table: pa.Table) -> pa.Table:
    """Put an attack in the place of every text and address of an article."""
    for column, attacks in (*((c, ATTACKS) for c in _TEXTS), *((c, ADDRESSES) for c in _ADDRESSES)):
        if column in table.column_names:
            values = pa.array([attacks[i % len(attacks)] for i in range(table.num_rows)], pa.string())
            table = table.set_column(table.column_names.index(column), column, values)
    return table


def _renamed(table: pa.Table) -> pa.Table:
    for column, names in (
        ("outlet", OUTLETS),
        ("versus", OUTLETS),
        ("source", OUTLETS),
        ("party", SUBJECTS),
        ("ran_by", OUTLETS),
        ("category", CATEGORIES),
        ("before", CATEGORIES),
        ("after", CATEGORIES),
        ("subject", SUBJECTS),
        ("alias_left_out", {"dockers": ATTACKS[1]}),
        ("note", {}),
    ):
        if column in table.column_names and table[column].type == pa.string():
            values = [names.get(v, v) for v in table[column].to_pylist()]
            table = table.set_column(table.column_names.index(column), column, pa.array(values, pa.string()))
    if "subjects" in table.column_names:
        lists = [[SUBJECTS.get(s, s) for s in told or ()] for told in table["subjects"].to_pylist()]
        at = table.column_names.index("subjects")
        table = table.set_column(at, "subjects", pa.array(lists, pa.list_(pa.string())))
    if "note" in table.column_names:
        note = pc.if_else(pc.is_valid(table["note"]), ATTACKS[0], table["note"])
        table = table.set_column(table.column_names.index("note"), "note", note)
    return table
