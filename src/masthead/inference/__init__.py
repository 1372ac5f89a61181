"""From sums over units to estimates, intervals and comparisons. One code for every measure."""

from masthead.inference.comparisons import compare, false_discovery, pairs
from masthead.inference.intervals import estimate
from masthead.inference.sums import sums

__all__ = ["compare", "estimate", "false_discovery", "pairs", "sums"]
