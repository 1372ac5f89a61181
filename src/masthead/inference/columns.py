"""What the columns of a dossier's tables are made of."""

from __future__ import annotations

import pyarrow as pa

TEXT, WHOLE, NUMBER, DAY, FLAG = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.bool_()
MOMENT = pa.timestamp("us", tz="UTC")


def schema(**kinds: pa.DataType) -> pa.Schema:
    """Return the schema of columns of these names and kinds, in their order."""
    return pa.schema(list(kinds.items()))
