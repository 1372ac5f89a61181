"""From an archive and a study to findings, and back from a finding to its sentences."""

from masthead.surveying.run import survey
from masthead.surveying.sources import evidence

__all__ = ["evidence", "survey"]
