"""The sentences on either side of a change: the last before the interval of its date and the first after it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from masthead.dossier.board import Board
from masthead.dossier.evidence.evidence_pages import Use, uses_of

ARTICLES = 4
"""So many articles are shown on either side, one passage of each."""

Span = tuple[int, str, str, str, str, dt.date, dt.date, bool]
"""number, measure, outlet, subject, voice, first and last day of the interval, whether it is a drift"""

_SPANS = pa.schema(
    [
        ("number", pa.int64()),
        ("measure", pa.string()),
        ("outlet", pa.string()),
        ("subject", pa.string()),
        ("voice", pa.string()),
        ("low", pa.date32()),
        ("high", pa.date32()),
        ("drift", pa.bool_()),
    ]
)

# Whatever they say: sentences chosen for what they say would prove anything. A drift is told by its two ends. Of an
# article the first passage speaks; all labels of that passage come with it.
_CHOSEN = f"""
with placed as (
  select distinct number, drift, article_id, field, start, epoch(published) as moment,
         timezone(coalesce(z.zone, 'UTC'), published)::date as day,
         if(day < if(drift, low + ((high - low) // 2)::int, low), 0, 1) as side
  from passages s join spans c using (measure, outlet, subject) left join zones z using (outlet)
  where published is not null and start is not null
    and (drift or day < low or day > high)
    and (c.voice = 'all' or quoted = (c.voice = 'quoted'))
),
firsts as (
  select * from placed
  qualify row_number() over (partition by number, side, article_id order by field desc, start) = 1
),
nearest as (
  select * from firsts qualify row_number() over (
    partition by number, side order by if((side = 0) = drift, moment, -moment), article_id) <= {ARTICLES}
)
select n.number, n.side, s.* from passages s
join spans c using (measure, outlet, subject)
join nearest n on n.number = c.number and n.article_id = s.article_id and n.field = s.field and n.start = s.start
order by n.number, n.side, n.moment, n.article_id, s.label_start
"""


def passages_around(board: Board, spans: Sequence[Span]) -> dict[int, tuple[list[Use], list[Use]]]:
    """Return, by number, the passages before each change and after it, in order of time."""
    board.db.register(
        "spans", pa.Table.from_pylist([dict(zip(_SPANS.names, s, strict=True)) for s in spans], _SPANS)
    )
    board.db.register("passages", board.findings.sources)
    zones = {
        "outlet": pa.array(board.zones, pa.string()),
        "zone": pa.array(board.zones.values(), pa.string()),
    }
    board.db.register("zones", pa.table(zones))
    by_side: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in board.db.sql(_CHOSEN).to_arrow_table().to_pylist():
        by_side[row["number"], row["side"]].append({**row, "use": row["article_id"]})
    return {
        number: (uses_of(board, by_side.get((number, 0), [])), uses_of(board, by_side.get((number, 1), [])))
        for number in {number for number, _ in by_side}
    }
