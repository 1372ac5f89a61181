"""What was planted, and what came of it: tables that tests and validation compare findings with."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

PLANTED_LABELS, PLANTED_PORTRAYALS = "naming", "portrayal"
"""The measures whose figures a press plants: which labels an outlet gives, and how it portrays."""

_DAY = pa.date32()
_TEXT = pa.string()

_SPAN = {
    "key": _TEXT, "outlet": _TEXT, "field": _TEXT, "start": pa.int32(), "end": pa.int32(), "kind": _TEXT,
}  # fmt: skip

SCHEMAS: dict[str, pa.Schema] = {
    "articles": pa.schema(
        {
            "key": _TEXT, "story": _TEXT, "outlet": _TEXT, "published": pa.timestamp("us", "UTC"),
            "section": _TEXT, "words": pa.int32(), "copied": pa.bool_(),
        }
    ),
    "mentions": pa.schema(
        {
            "key": _TEXT, "outlet": _TEXT, "published": _DAY, "subject": _TEXT, "field": _TEXT,
            "start": pa.int32(), "end": pa.int32(), "alias": _TEXT, "generic": pa.bool_(),
            "quoted": pa.bool_(), "copied": pa.bool_(), "portrayal": pa.int8(), "label": _TEXT,
            "category": _TEXT, "label_kind": _TEXT, "label_start": pa.int32(), "label_end": pa.int32(),
            "denied": pa.bool_(),
        }
    ),
    "naming": pa.schema(
        {
            "outlet": _TEXT, "subject": _TEXT, "category": _TEXT, "from": _DAY, "to": _DAY,
            "share": pa.float64(),
        }
    ),
    "changes": pa.schema({"outlet": _TEXT, "subject": _TEXT, "date": _DAY}),
    "events": pa.schema({"subject": _TEXT, "from": _DAY}),
    "portrayal": pa.schema({"outlet": _TEXT, "subject": _TEXT, "mean": pa.float64()}),
    "attention": pa.schema({"outlet": _TEXT, "subject": _TEXT, "rate": pa.float64()}),
    "voice": pa.schema({"outlet": _TEXT, "speaker": _TEXT, "rate": pa.float64()}),
    "silences": pa.schema(
        {"outlet": _TEXT, "subject": _TEXT, "from": _DAY, "to": _DAY, "rate": pa.float64()}
    ),
    "gaps": pa.schema({"outlet": _TEXT, "from": _DAY, "to": _DAY}),
    "stories": pa.schema(
        {
            "story": _TEXT, "date": _DAY, "kind": _TEXT, "subjects": pa.list_(_TEXT), "adverse": pa.bool_(),
            "covered_by": pa.list_(_TEXT), "left_out_by": pa.list_(_TEXT), "lost_of": pa.list_(_TEXT),
        }
    ),
    "copies": pa.schema(
        {
            "key": _TEXT, "outlet": _TEXT, "source_key": _TEXT, "source": _TEXT, "manner": _TEXT,
            "credited": pa.bool_(), "words": pa.int32(), "words_kept": pa.int32(), "share": pa.float64(),
        }
    ),
    "quotes": pa.schema(
        {
            "key": _TEXT, "outlet": _TEXT, "published": _DAY, "speaker": _TEXT, "name": _TEXT,
            "start": pa.int32(), "end": pa.int32(), "words": pa.int32(),
        }
    ),
    "attributions": pa.schema(
        {
            "key": _TEXT, "outlet": _TEXT, "published": _DAY, "speaker": _TEXT, "name": _TEXT,
            "start": pa.int32(), "end": pa.int32(), "kind": _TEXT,
        }
    ),
    "loyalties": pa.schema({"outlet": _TEXT, "loyalty": pa.float64(), "exceptions": pa.list_(_TEXT)}),
    "wordings": pa.schema({"party": _TEXT, "wording": _TEXT}),
    "borrowing": pa.schema({"outlet": _TEXT, "party": _TEXT, "share": pa.float64()}),
    "records": pa.schema({"outlet": _TEXT, "rate": pa.float64()}),
    "foretold": pa.schema(
        {
            "key": _TEXT, "outlet": _TEXT, "published": _DAY, "subject": _TEXT, "start": pa.int32(),
            "end": pa.int32(), "kind": _TEXT, "confidence": _TEXT, "came_true": pa.bool_(),
        }
    ),
    "standing": pa.schema(_SPAN),
    "own": pa.schema(_SPAN),
    "twice": pa.schema(_SPAN),
    "absent": pa.schema({"key": _TEXT, "outlet": _TEXT, "kind": _TEXT}),
    "repeats": pa.schema({"key": _TEXT, "outlet": _TEXT, "of": _TEXT, "kind": _TEXT, "fold": pa.bool_()}),
    "damage": pa.schema({"key": _TEXT, "outlet": _TEXT, "kind": _TEXT}),
    "crawled": pa.schema({"key": _TEXT, "outlet": _TEXT}),
    "zones": pa.schema({"outlet": _TEXT, "zone": _TEXT, "form": _TEXT}),
    "houses": pa.schema(
        {"outlet": _TEXT, "kind": _TEXT, "from": _DAY, "to": _DAY, "rate": pa.float64(), "form": _TEXT}
    ),
}  # fmt: skip
"""The tables of `Truth`. Offsets are code points in the field; `to` days are included."""


@dataclass(frozen=True)
class Truth:
    """Everything a press planted (`naming`, `changes`, `events`, `portrayal`, `attention`, `voice`, `silences`, `gaps`,
    `loyalties`, `wordings`, `borrowing`, `records`) and every place where it shows (`articles`, `mentions`,
    `stories`, `copies`, `quotes`, `attributions`, `foretold`).

    `mentions` has one row per mention and label, and one row with a null label for a mention without; its
    `portrayal` is −1, 0 or 1 and repeats with the labels. A denied label is no use of it. In `naming`,
    `share` is the probability of the label family among labelled namings in the outlet's own voice, in
    articles of its own, from one day to another. `events` are subjects of which nobody writes before a day.
    `loyalties` say how an outlet leans with the first factor of the study, and on whom it leans the other way;
    `borrowing` how much of what it borrows is that party's; `records` how often what it foretells comes true. A `key`
    is the article's, and ends its url.

    `quotes` are what somebody says between quotation marks. `attributions` are direct ones, which are such quotes, and
    mixed and indirect ones, whose clauses reach beyond the marks or have none; only the held-out grammar tells of
    these, and of the first one all are direct. Where `name` is empty the text does not say who speaks.

    What is messy: `houses` are the outlets' styles, `zones` the forms of their dates. `standing` is where something
    stands around an article, `own` what looks like that and is the article's, `twice` a paragraph that stood before in
    the same text, all in the offsets of the mended page; `damage` is what was done to it after. `absent` are articles
    whose text is a notice: no mention is told of their texts. `repeats` are pages of an article that counts already
    (`fold`), or pages of one address that are articles of their own. `crawled` bear the second of the crawl.
    """

    articles: pa.Table
    mentions: pa.Table
    naming: pa.Table
    changes: pa.Table
    events: pa.Table
    portrayal: pa.Table
    attention: pa.Table
    voice: pa.Table
    silences: pa.Table
    gaps: pa.Table
    stories: pa.Table
    copies: pa.Table
    quotes: pa.Table
    attributions: pa.Table
    loyalties: pa.Table
    wordings: pa.Table
    borrowing: pa.Table
    records: pa.Table
    foretold: pa.Table
    standing: pa.Table
    own: pa.Table
    twice: pa.Table
    absent: pa.Table
    repeats: pa.Table
    damage: pa.Table
    crawled: pa.Table
    zones: pa.Table
    houses: pa.Table

    def naming_shares(self, by: str | None = None, voice: str = "own", wire: bool = True) -> pa.Table:
        """Realised shares: outlet, subject, category, [period,] uses, namings, share, mentions.

        `namings` are mentions with at least one label that is not denied; `uses` are those that use the
        category. `by` cuts time into `day`, `week`, `month`, `quarter` or `year`; `voice` is own, quoted or
        all; without `wire`, copied articles are left out.
        """
        rows = self.mentions
        if voice != "all":
            rows = rows.filter(pc.equal(rows["quoted"], voice == "quoted"))
        if not wire:
            rows = rows.filter(pc.invert(rows["copied"]))
        keys = ["outlet", "subject"]
        if by:
            period = pc.cast(
                pc.floor_temporal(pc.cast(rows["published"], pa.timestamp("s")), unit=by), pa.date32()
            )
            rows = rows.append_column("period", period)
            keys.append("period")
        place = pc.binary_join_element_wise(rows["key"], rows["field"], pc.cast(rows["start"], _TEXT), ":")
        rows = rows.append_column("place", place)
        used = rows.filter(pc.and_(pc.is_valid(rows["label"]), pc.invert(rows["denied"])))
        uses = used.group_by([*keys, "category"]).aggregate([("place", "count_distinct")])
        namings = used.group_by(keys).aggregate([("place", "count_distinct")])
        mentions = rows.group_by(keys).aggregate([("place", "count_distinct")])
        uses = uses.rename_columns([*keys, "category", "uses"])
        table = uses.join(namings.rename_columns([*keys, "namings"]), keys)
        table = table.join(mentions.rename_columns([*keys, "mentions"]), keys)
        share = pc.divide(pc.cast(table["uses"], pa.float64()), pc.cast(table["namings"], pa.float64()))
        table = table.append_column("share", share)
        return table.sort_by([(name, "ascending") for name in [*keys, "category"]])

    def portrayal_means(self, voice: str = "own") -> pa.Table:
        """Realised portrayal: outlet, subject, mentions, mean of −1, 0 and 1 over mentions in that voice."""
        rows = self.mentions
        if voice != "all":
            rows = rows.filter(pc.equal(rows["quoted"], voice == "quoted"))
        place = pc.binary_join_element_wise(rows["key"], rows["field"], pc.cast(rows["start"], _TEXT), ":")
        once = (
            rows.append_column("place", place)
            .group_by(["outlet", "subject", "place"])
            .aggregate([("portrayal", "max"), ("portrayal", "min")])
        )
        value = pc.add(
            pc.cast(once["portrayal_max"], pa.float64()), pc.cast(once["portrayal_min"], pa.float64())
        )
        once = once.append_column("value", pc.divide(value, 2.0))
        table = once.group_by(["outlet", "subject"]).aggregate([("value", "count"), ("value", "mean")])
        table = table.rename_columns(["outlet", "subject", "mentions", "mean"])
        return table.sort_by([("outlet", "ascending"), ("subject", "ascending")])

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """All tables as lists of rows, dates as they are."""
        return {name: getattr(self, name).to_pylist() for name in SCHEMAS}

    def write(self, path: str | Path) -> None:
        """Write all tables as one JSON document, dates as ISO text."""
        text = json.dumps(self.to_dict(), default=_iso, ensure_ascii=False)
        Path(path).write_text(text, encoding="utf-8")


def _iso(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"a truth table holds a {type(value).__name__}")
