"""From an archive and a study to findings, and back from a finding to its sentences.

Both names are imported when first asked for: what judges claims by a survey that was made needs none of its readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.lazy import lazily

if TYPE_CHECKING:
    from masthead.surveying.run import survey as survey
    from masthead.surveying.sources import evidence as evidence

_HOMES = {"evidence": "masthead.surveying.sources", "survey": "masthead.surveying.run"}

__all__ = ["evidence", "survey"]

__getattr__ = lazily(__name__, _HOMES)
