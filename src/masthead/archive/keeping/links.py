"""Where readings of many articles at once are kept: reuse, wire copy, stories."""

from __future__ import annotations

import hashlib
from pathlib import Path

from masthead.archive import Archive


def links_folder(archive: Archive, reader: str, version: str, config: str = "") -> Path:
    """Return the folder of what a reader finds between the articles that the archive now holds.

    It is named by the reader, its version, and a hash of the set of article parts and of `config`, all else
    that the findings depend on: an archive that has grown has another folder. The folder may not be there
    yet; a file in it, written atomically, is whole and final.
    """
    told = "\n".join([config, *sorted(part.hash for part in archive.parts())])
    return archive.path / "links" / reader / version / hashlib.sha256(told.encode()).hexdigest()[:16]
