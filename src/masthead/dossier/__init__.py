"""The dossier: findings as pages to read, with the sentences behind every number."""

from masthead.dossier.build import build
from masthead.dossier.diff import Diff, diff
from masthead.dossier.folder import claim

__all__ = ["Diff", "build", "claim", "diff"]
