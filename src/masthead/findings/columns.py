"""What the columns of a dossier's tables are made of."""

from __future__ import annotations

from typing import NamedTuple

import pyarrow as pa

TEXT, WHOLE, NUMBER, DAY, FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()
MOMENT = pa.timestamp("us", tz="UTC")


def schema(**kinds: pa.DataType) -> pa.Schema:
    """Return the schema of columns of these names and kinds, in their order."""
    return pa.schema(list(kinds.items()))


class Column(NamedTuple):
    """What stands in a column; its unit and its range where it has any, and when it is empty."""

    meaning: str
    unit: str = ""
    range: str = ""
    empty: str = ""


class Table(NamedTuple):
    """What a table holds, what one row of it is, and the columns whose meaning is its own."""

    about: str
    row: str
    columns: dict[str, Column]


SHARE = "0 to 1"
FIGURE = "0 to 1; portrayal −1 to 1; silence 0 and up"
DIFFERENCE = "−1 to 1; portrayal −2 to 2"
"""The ranges that many columns have."""
