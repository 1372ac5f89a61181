"""The values of a column as numbers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def codes_of(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Number the values of a column, in order of their first rows; −1 for null."""
    dictionary = pc.dictionary_encode(column.combine_chunks())
    codes: NDArray[np.int64] = (
        pc.fill_null(dictionary.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    )
    return codes
