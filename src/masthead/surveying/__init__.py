"""From an archive and a study to findings, and back from a finding to its sentences."""

from masthead.surveying.evidence import evidence
from masthead.surveying.run import survey

__all__ = ["evidence", "survey"]
