"""From an archive and a study to findings, and back from a finding to its sentences.

Both names are imported when first asked for: what judges claims by a survey that was made needs none of its readers.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from masthead.surveying.run import survey as survey
    from masthead.surveying.sources import evidence as evidence

_HOMES = {"evidence": "masthead.surveying.sources", "survey": "masthead.surveying.run"}

__all__ = ["evidence", "survey"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'masthead.surveying' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
