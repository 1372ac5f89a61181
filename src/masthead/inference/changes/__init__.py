"""When series changed: dated changes with intervals, p by permuting blocks of the calendar."""

from masthead.inference.changes.finding import Change, Result, find_changes
from masthead.inference.changes.permuting import BLOCK
from masthead.inference.changes.series import Series
from masthead.inference.changes.sight import Sight, sight

__all__ = ["BLOCK", "Change", "Result", "Series", "Sight", "find_changes", "sight"]
