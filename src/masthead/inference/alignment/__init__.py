"""With whom an outlet sides, and what explains it: factors over subjects, balance, and axes over many outlets."""

from masthead.inference.alignment.balancing import Balance, balance
from masthead.inference.alignment.explaining import MARGIN, Explanation, Stands, explain, set_apart, twins
from masthead.inference.alignment.placing import Axes, axes

__all__ = [
    "MARGIN",
    "Axes",
    "Balance",
    "Explanation",
    "Stands",
    "axes",
    "balance",
    "explain",
    "set_apart",
    "twins",
]
