"""Whether the last survey of an archive for a study is still good, told without loading a reader.

The hash of a survey's figures is over all that its readers found. Asking them for it means loading every one, which
takes longer than judging claims does. So what they answered is noted, with the state of all files that they are made
of: while study, archive and those files are as they were, they would answer the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import masthead
from masthead.archive import Archive
from masthead.archive.days import zones_hash
from masthead.archive.keeping.kept_json import read_kept_json, with_digest
from masthead.archive.store import write_text_atomically
from masthead.plugins import OURS
from masthead.study import Study

_CODE = Path(masthead.__file__).parent


def note(study: Study, archive: Archive, figures_hash: str, model: Path) -> None:
    """Note the hash of a survey's figures; `model` is the folder of the language model that its readers load.

    Nothing is noted of a study that names files beside its own, a model of its own, or an instrument that another
    package brings: those may change unseen.
    """
    if not _hangs_on_more(study):
        # No path of this computer goes into the archive, which may be handed on.
        folder = os.path.relpath(model, sys.prefix)
        contents = {"figures": figures_hash, "model": folder, "state": _state(model)}
        write_text_atomically(json.dumps(with_digest(contents)), _path(study, archive))


def read_note(study: Study, archive: Archive) -> str | None:
    """Return the hash that was noted; None where none was, or anything is not as it was."""
    if _hangs_on_more(study):
        return None
    note = read_kept_json(_path(study, archive))
    if note is None or not {"figures", "state", "model"} <= note.keys():
        return None
    return str(note["figures"]) if note["state"] == _state(Path(sys.prefix) / str(note["model"])) else None


def _hangs_on_more(study: Study) -> bool:
    from_packages = not set(study.measures) <= set(OURS)
    return from_packages or study.outcomes is not None or study.portrayal.model is not None


def _state(model: Path) -> str:
    """A hash over the sizes and times of all files of the code, and of the language model."""
    states = []
    for folder in (_CODE, model.resolve()):
        for file in sorted(folder.rglob("*")):
            if file.suffix != ".pyc" and file.is_file():
                stat = file.stat()
                states.append(f"{file.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(states).encode()).hexdigest()[:16]


def _path(study: Study, archive: Archive) -> Path:
    # Another installation reads by files of its own.
    parts = (str(_CODE), sys.prefix, study.hash, archive.hash, *filter(None, [zones_hash(archive)]))
    name = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
    return archive.path / "links" / "noted" / f"{name}.json"
