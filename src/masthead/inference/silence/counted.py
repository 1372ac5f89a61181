"""What silences are counted of: all stories about a subject, those in a bad light, and fewer of either."""

from __future__ import annotations

import pyarrow as pa

UNFAVOURABLE = "unfavourable"
"""The category of the stories that show a subject in a bad light."""

WHOLE, SHORTER, WIDE = "whole", "shorter", "wide"
"""The ways to count: all stories, those without the first and the last month, and those alone that more other outlets
ran than a story must have to count."""

COUNTED = pa.schema(
    {
        "way": pa.string(), "outlet": pa.string(), "subject": pa.string(), "category": pa.string(),
        "n_stories": pa.int64(), "covered": pa.int64(), "expected": pa.float64(), "estimate": pa.float64(),
        "conf_low": pa.float64(), "conf_high": pa.float64(),
    }
)  # fmt: skip
"""The figures of all pairs in every way to count; `pairs.PAIRS` has those of the whole and more of them."""
