"""What a survey found: the tables of a dossier folder and what they say of themselves."""

from __future__ import annotations

import html
import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.kept_json import with_digest, without_digest
from masthead.archive.keeping.seal import is_sound
from masthead.archive.lock import alone_in
from masthead.archive.store import local, parquet_writer, read_parquet, replacing, write_text_atomically
from masthead.errors import ArchiveError, UsageError
from masthead.findings.about import About
from masthead.findings.schemas import (
    ALIGNMENT,
    CHANGES,
    CODERS,
    COMPARISONS,
    COUNTEREXAMPLES,
    COVERAGE,
    ECHOES,
    ESTIMATES,
    EXPLANATIONS,
    FORECASTS,
    GAPS,
    PHRASES,
    REPEATS,
    REVERSALS,
    ROBUSTNESS,
    SCHEMAS,
    SILENCES,
    SOURCES,
    SPEAKERS,
    STORIES,
    VERDICTS,
    WAYS,
    WORDS,
)
from masthead.noticed import notice
from masthead.spreadsheet import write_csv
from masthead.study import Wire

AS_CSV = (
    "estimates",
    "comparisons",
    "changes",
    "verdicts",
    "alignment",
    "explanations",
    "forecasts",
    "repeats",
)
"""The tables that are written as CSV too, as `masthead.spreadsheet` writes them."""

BY_WIRE = (
    "estimates",
    "comparisons",
    "robustness",
    "changes",
    "reversals",
    "alignment",
    "explanations",
    "coders",
)
"""The tables that hold every figure twice: with wire copy and without."""

MARKED_WIRE = ("sources", "forecasts")
"""The tables that mark which of their passages stand in wire copy."""

ABOUT = "survey.json"
"""The file that holds `Findings.about`; it is the last to be written, and a folder without it holds none."""

_SHOWN = 12


@dataclass(repr=False)
class Findings:
    """The findings of a survey: Arrow tables, whose columns are in `SCHEMAS`, and `about`.

    Arrow tables go into pandas and polars as they are (`findings.estimates.to_pandas()`,
    `polars.from_arrow(findings.estimates)`). A table left out is empty; columns are put in order and cast,
    and UsageError is raised where one is missing or cannot be cast.
    """

    estimates: pa.Table = field(default_factory=ESTIMATES.empty_table)
    comparisons: pa.Table = field(default_factory=COMPARISONS.empty_table)
    words: pa.Table = field(default_factory=WORDS.empty_table)
    robustness: pa.Table = field(default_factory=ROBUSTNESS.empty_table)
    sources: pa.Table = field(default_factory=SOURCES.empty_table)
    coverage: pa.Table = field(default_factory=COVERAGE.empty_table)
    gaps: pa.Table = field(default_factory=GAPS.empty_table)
    silences: pa.Table = field(default_factory=SILENCES.empty_table)
    stories: pa.Table = field(default_factory=STORIES.empty_table)
    echoes: pa.Table = field(default_factory=ECHOES.empty_table)
    speakers: pa.Table = field(default_factory=SPEAKERS.empty_table)
    changes: pa.Table = field(default_factory=CHANGES.empty_table)
    reversals: pa.Table = field(default_factory=REVERSALS.empty_table)
    verdicts: pa.Table = field(default_factory=VERDICTS.empty_table)
    ways: pa.Table = field(default_factory=WAYS.empty_table)
    counterexamples: pa.Table = field(default_factory=COUNTEREXAMPLES.empty_table)
    alignment: pa.Table = field(default_factory=ALIGNMENT.empty_table)
    explanations: pa.Table = field(default_factory=EXPLANATIONS.empty_table)
    phrases: pa.Table = field(default_factory=PHRASES.empty_table)
    forecasts: pa.Table = field(default_factory=FORECASTS.empty_table)
    repeats: pa.Table = field(default_factory=REPEATS.empty_table)
    coders: pa.Table = field(default_factory=CODERS.empty_table)
    about: About = field(default_factory=About)

    def __post_init__(self) -> None:
        for name, schema in SCHEMAS.items():
            setattr(self, name, _cast(getattr(self, name), name, schema))

    @property
    def wire(self) -> Wire:
        """Which figures a dossier leads with: of all articles, or of those that are not wire copy."""
        return "without" if self.about.get("wire") == "without" else "with"

    def of_wire(self, wire: Wire) -> Findings:
        """Return the figures with wire copy, or those without, as findings that lead with them.

        `wire` is `with` or `without`. Tables whose rows are of one edition (`wire` says which) hold that edition alone;
        without wire copy, articles that are wire copy leave the lists of articles too.

        >>> findings = Findings.load("dossier")
        >>> set(findings.estimates["wire"].to_pylist()) == {"with", "without"}
        True
        >>> set(findings.of_wire("without").estimates["wire"].to_pylist())
        {'without'}
        """
        tables = {name: getattr(self, name) for name in SCHEMAS}
        for name in BY_WIRE:
            tables[name] = tables[name].filter(pc.equal(tables[name]["wire"], wire))
        if wire == "without":
            for name in MARKED_WIRE:
                is_wire = pc.fill_null(tables[name]["wire"], False)
                tables[name] = tables[name].filter(pc.invert(is_wire))
        return Findings(**tables, about={**self.about, "wire": wire})

    def save(self, folder: str | Path) -> None:
        """Write all tables and `survey.json` into `folder`, which is made where it is not there.

        Everything is written under temporary names first, and `survey.json` takes its name last: after a
        crash the folder holds the old findings, the new ones, or none that `load` would take; what a crash left
        unfinished is removed here. Tables are sealed, and `survey.json` carries a digest: `load` takes no others.
        Raises ArchiveError where another program writes to the folder.
        """
        folder = local(Path(folder))
        with alone_in(folder):
            self._save(folder)

    def _save(self, folder: Path) -> None:
        for name in (ABOUT, *(f"{table}.*" for table in SCHEMAS)):
            for leftover in folder.glob(f".{name}.*.tmp"):
                leftover.unlink(missing_ok=True)
        with ExitStack() as files:
            # Files take their names in the reverse of this order.
            files.enter_context(replacing(folder / ABOUT)).write_text(self._about_as_json(), encoding="utf-8")
            for name in SCHEMAS:
                table = getattr(self, name)
                path = files.enter_context(replacing(folder / f"{name}.parquet"))
                with parquet_writer(path, table.schema) as writer:
                    writer.write_table(table)
                if name in AS_CSV:
                    path = files.enter_context(replacing(folder / f"{name}.csv"))
                    with path.open("wb") as file:
                        write_csv(table, file)
            # From here until the last of them old and new tables stand side by side: not to be loaded.
            (folder / ABOUT).unlink(missing_ok=True)

    def save_about(self, folder: str | Path) -> None:
        """Write `survey.json` again, into a folder that `save` wrote: what is said of the tables, not the tables."""
        write_text_atomically(self._about_as_json(), local(Path(folder)) / ABOUT)

    def _about_as_json(self) -> str:
        return json.dumps(with_digest(self.about), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def load(cls, folder: str | Path) -> Findings:
        """Read the findings of a dossier folder, as `masthead survey` or `save` left it.

        Returns every table of findings, and what was surveyed (`about`). Raises ArchiveError where the folder holds
        none, or damaged ones.

        >>> findings = Findings.load("dossier")
        >>> findings.about["title"], findings.coverage["n_articles"].to_pylist()
        ('The harbour', [2, 2])
        """
        folder = local(Path(folder))
        paths = {name: folder / f"{name}.parquet" for name in SCHEMAS}
        missing = [path.name for path in (folder / ABOUT, *paths.values()) if not path.is_file()]
        if missing:
            raise ArchiveError(
                f"'{folder}' holds no whole findings ('{missing[0]}' is not there)",
                "a folder that `masthead survey` wrote",
                "run the survey again",
            )
        file_name = ABOUT
        try:
            about = without_digest((folder / ABOUT).read_bytes())
            tables = {}
            for name, path in paths.items():
                file_name = path.name
                if not is_sound(path):
                    raise ValueError(f"{path.name} is not what was written")
                tables[name] = read_parquet(path)
        except (OSError, ValueError, RecursionError) as error:
            notice(folder / file_name)
            raise ArchiveError(
                f"the findings in '{folder}' cannot be read ({str(error).splitlines()[0]})",
                "the files as `masthead survey` wrote them",
                "run the survey again",
            ) from None
        return cls(**tables, about=cast(About, about))

    def __repr__(self) -> str:
        """Say what was surveyed and how long the tables are."""
        return f"Findings({self.about.get('title', '')!r}: {self._sizes()})"

    def _sizes(self) -> str:
        return ", ".join(f"{getattr(self, name).num_rows:,} {name}" for name in SCHEMAS)

    def _repr_html_(self) -> str:
        """Show a notebook what was surveyed and the first estimates over all time."""
        columns = ("measure", "outlet", "subject", "category", "estimate", "conf_low", "conf_high", "n_units")
        estimates = self.of_wire(self.wire).estimates
        whole = estimates.filter(estimates["period_start"].is_null())
        rows = whole.select(columns).slice(0, _SHOWN).to_pylist()
        head = "".join(f"<th>{name}</th>" for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(_cell(row[c]))}</td>" for c in columns) + "</tr>"
            for row in rows
        )
        title = html.escape(str(self.about.get("title", "Findings")))
        more = f"<p>The first {len(rows)} of {whole.num_rows:,} estimates over all time.</p>"
        return (
            f"<div><p><b>{title}</b>: {self._sizes()}</p>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}</div>"
        )


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _cast(table: pa.Table, name: str, schema: pa.Schema) -> pa.Table:
    missing = [column for column in schema.names if column not in table.column_names]
    if missing:
        raise UsageError(
            f"a table of {name} without the column '{missing[0]}'",
            f"the columns {', '.join(schema.names)}",
            "add it, null where it is not known",
        )
    try:
        return table.select(schema.names).cast(schema)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise UsageError(
            f"a table of {name} that cannot be cast ({str(error).splitlines()[0]})",
            "the column types of masthead.findings.findings",
            "mend its columns",
        ) from None
