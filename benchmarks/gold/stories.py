"""Stories beside people's: which articles of a gold file are put together, and which should be.

A gold file is a file of articles as `masthead add` takes it (CSV, TSV, JSONL, JSON or Parquet) with one more
column, the story: any name, the same for all articles on one event. Articles without one stand by: they are
grouped with the others, as they would be in an archive, and are not scored.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from masthead.archive import Archive
from masthead.errors import GoldError
from masthead.links.stories import read_stories
from masthead.validation.draws.clusterings import Agreement, agreement

ROUGH_BELOW = 50
"""Intervals from fewer stories than this are rough."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StoriesEvaluation:
    """How stories were read beside how people put them together.

    `scored` articles carry a story; `unlabelled` ones do not. Of the file's rows, `refused` were no articles and
    `duplicate` said what another says. `undated` articles, which no reading puts in a story, are scored as alone.
    """

    agreement: Agreement
    scored: int
    unlabelled: int
    undated: int
    duplicate: int
    refused: int
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        return asdict(self)


def evaluate_stories(
    gold: Path,
    *,
    column: str = "story",
    mapping: Mapping[str, str] | None = None,
    processes: int | None = None,
    progress: Progress | None = None,
) -> StoriesEvaluation:
    """Read the stories of a gold file and compare them with those in its `column`.

    `mapping` takes fields from columns as `Archive.add` does. Raises SourceError where the file cannot be read
    as articles, GoldError where no article carries a story.
    """
    with tempfile.TemporaryDirectory(prefix="masthead-gold-") as folder:
        archive = Archive.create(Path(folder) / "gold.archive", frame="curated")
        report = archive.add(gold, mapping=mapping, no_text=True, progress=progress)
        labels = _labels(archive, column)
        told = read_stories(archive, processes=processes, progress=progress).table().to_pylist()
    known = [row for row in told if row["article_id"] in labels]
    if not known:
        raise GoldError(
            f"no article of '{gold}' has a '{column}'",
            f"a column '{column}' that names each article's story",
            "name another with --column",
        )
    # An article that is in no story is alone, whatever its own story is called.
    found = [row["story"] or f"alone {row['article_id']}" for row in known]
    compared = agreement(found, [labels[row["article_id"]] for row in known])
    notes = []
    if compared.true_groups < ROUGH_BELOW:
        notes.append(f"intervals from fewer than {ROUGH_BELOW} stories are rough")
    return StoriesEvaluation(
        compared,
        scored=len(known),
        unlabelled=len(told) - len(known),
        undated=sum(row["story"] is None for row in known),
        duplicate=report.duplicate,
        refused=report.refused,
        notes=tuple(notes),
    )


def _labels(archive: Archive, column: str) -> dict[str, str]:
    """Return the story that each article carries, by its id."""
    labels: dict[str, str] = {}
    for part in archive.parts():
        table = part.read(["article_id", "extra"])
        for article, extra in zip(*(table[name].to_pylist() for name in table.column_names), strict=True):
            story = json.loads(extra).get(column) if extra else None
            if story not in (None, ""):
                labels[article] = str(story)
    return labels
