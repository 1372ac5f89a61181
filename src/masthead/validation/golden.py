"""Golden surveys: the same articles surveyed again, and whether every table and page says what it said before.

A change to the code that is meant to change no figure is held to this. What is written down is a hash per table and per
page; a later run prints those that differ.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.archive.store import read_parquet
from masthead.errors import UsageError, shortened
from masthead.findings.schemas import SCHEMAS
from masthead.press import bold_press
from masthead.study import Study, load_study
from masthead.study.written_files import read_written
from masthead.surveying import survey
from masthead.surveying.pages import write_dossier
from masthead.validation.processor import processor
from masthead.validation.progress import Progress

if TYPE_CHECKING:
    from masthead.findings.findings import Findings

HASH = 16
"""Hexadecimal digits of a hash that is written down."""

READINGS = "readings"
"""The entry that holds what the readers read."""

DEMO_ARTICLES = 4500
"""So many articles has the demo's press."""

_ALLSIDES_ARTICLES = 2000

# What tells one run from another, and nothing of what was found.
_OF_THE_RUN = ("made", "timings", "version", "made_again", "figures_hash", "units_hash")
# When a page was made, from which inputs (the templates among them), and the digest over that.
_MADE = re.compile(
    r"<dt>Made</dt><dd>[^<]*</dd>"
    r"|(?<=Survey made with Masthead )[^;<]*"
    r'|<meta name="masthead-inputs" content="[0-9a-f]{64}">'
    r"|<!-- [0-9a-f]{64} -->\n(?=</html>)"
)


@dataclass(frozen=True)
class Survey:
    """One golden survey: `inputs` makes its archive in a folder and returns it with the studies that ask of it."""

    name: str
    inputs: Callable[[Path, Sources], tuple[Archive, list[Study]]]
    corpus: str | None = None


@dataclass(frozen=True)
class Sources:
    """Where the studies lie, and the corpora where there are any; how many articles the demo's press has."""

    studies: Path
    corpora: Path | None
    articles: int = DEMO_ARTICLES


@dataclass(frozen=True)
class Hashes:
    """What was written down of golden surveys, or of the same surveys made now.

    `surveys` maps the name of each to its entries, each with a hash; `processor` says on what the readers ran.
    """

    processor: str
    surveys: dict[str, dict[str, str]]

    @classmethod
    def load(cls, path: Path) -> Hashes:
        """Read a file that `save` wrote. Raises UsageError where it is none."""
        try:
            data = json.loads(read_written(path, "a file of golden hashes", UsageError))
        except FileNotFoundError:
            fault = "there is none of that name"
        except RecursionError:
            fault = "it nests too deep"
        except ValueError as error:
            fault = f"it is not JSON: {shortened(str(error))}"
        else:
            if _are_hashes(data):
                return cls(data["processor"], data["surveys"])
            fault = "it lacks the hashes of surveys"
        raise UsageError(
            f"'{path}' is no file of golden hashes ({fault})",
            "a file that this command wrote",
            "write it with --write",
        )

    def save(self, path: Path) -> None:
        """Write the hashes to a file, as JSON."""
        data = {"processor": self.processor, "surveys": self.surveys}
        path.write_text(json.dumps(data, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _are_hashes(data: object) -> bool:
    """Whether what a file holds is a processor, and for each survey the hash of each entry."""
    if not isinstance(data, dict) or not isinstance(data.get("processor"), str):
        return False
    surveys = data.get("surveys")
    return isinstance(surveys, dict) and all(
        isinstance(entries, dict) and all(isinstance(one, str) for one in entries.values())
        for entries in surveys.values()
    )


def hashes_now(name: str, folder: Path, sources: Sources, report: Progress | None = None) -> Hashes:
    """Make a golden survey; its canonical texts stay in `folder`, a file per table and page."""
    return Hashes(processor(), {name: _hashes(SURVEYS[name], folder / name, sources, report)})


def differing(before: Hashes, after: Hashes) -> dict[str, list[str]]:
    """Return, of each survey that both have, the entries that are not the same."""
    return {
        name: sorted(
            entry
            for entry in entries.keys() | before.surveys[name].keys()
            if entries.get(entry) != before.surveys[name].get(entry)
        )
        for name, entries in after.surveys.items()
        if name in before.surveys
    }


def comparable(before: Hashes, after: Hashes) -> bool:
    """Whether a difference says something of the code: it was made on the same kind of processor."""
    return before.processor == after.processor


def _hashes(golden: Survey, folder: Path, sources: Sources, report: Progress | None) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    archive, studies = golden.inputs(folder, sources)
    entries: dict[str, str] = {}
    for number, study in enumerate(studies):
        findings = survey(study, archive, progress=report)
        dossier = folder / f"dossier-{number}"
        findings.save(dossier)
        write_dossier(findings, dossier)
        texts = folder / f"texts-{number}"
        for name, text in texts_of(findings, dossier):
            path = texts / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        entries |= hashes_of(texts, f"{number}/")
    return {**entries, READINGS: _readings(archive)}


def texts_of(findings: Findings, dossier: Path) -> Iterator[tuple[str, str]]:
    """Yield each table, what the findings say of themselves, and each page as text."""
    for name in SCHEMAS:
        yield f"tables/{name}.txt", _lines(getattr(findings, name))
    about = {key: value for key, value in findings.about.items() if key not in _OF_THE_RUN}
    yield "about.json", json.dumps(about, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    for path in sorted(dossier.rglob("*")):
        if path.suffix in (".html", ".svg", ".css"):
            page = path.read_text(encoding="utf-8")
            yield f"pages/{path.relative_to(dossier).as_posix()}", _MADE.sub("", page)


def _lines(table: pa.Table) -> str:
    """Write a table as text, a row a line."""
    names = "\t".join(table.column_names)
    return "\n".join(
        [names, *(json.dumps(row, ensure_ascii=False, default=str) for row in table.to_pylist())]
    )


def hashes_of(texts: Path, prefix: str) -> dict[str, str]:
    """Hash each file that stands at the top, and the hundreds of pages below a folder together."""
    parts: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(texts.rglob("*")):
        if path.is_file():
            where = path.relative_to(texts).parts
            parts["/".join(where[:2])].append(path)
    return {
        prefix + name: _hash(*(f"{p.relative_to(texts)}\n{p.read_text(encoding='utf-8')}" for p in paths))
        for name, paths in parts.items()
    }


def _readings(archive: Archive) -> str:
    """Hash what the readers left in the archive: the sentences' readings, whose order is their own."""
    rows: list[str] = []
    for path in sorted((archive.path / "readings").rglob("*.parquet")):
        rows += [path.parent.parent.name, *map(str, read_parquet(path).to_pylist())]
    return _hash(*rows)


def _hash(*texts: str) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", errors="surrogatepass") + b"\0")
    return digest.hexdigest()[:HASH]


def _press(folder: Path, sources: Sources) -> tuple[Archive, list[Study]]:
    """Make the demo's press, with its study and an opinion piece about it."""
    press, _ = bold_press(seed=7, articles=sources.articles)
    press.write(folder / "press.jsonl")
    (folder / "study.toml").write_text(press.study("press.archive"), encoding="utf-8")
    archive = Archive.create(
        folder / "press.archive", frame="everything", frame_note="all that nine outlets ran"
    )
    archive.add(folder / "press.jsonl")
    return archive, [load_study(folder / "study.toml"), load_study(sources.studies / "an-op-ed.toml")]


def _syria(folder: Path, sources: Sources) -> tuple[Archive, list[Study]]:
    archive = Archive.create(folder / "syria.archive", frame="curated", frame_note="FA-KES")
    columns = {"outlet": "source", "published": "date", "title": "article_title", "text": "article_content"}
    archive.add(_corpus(sources) / "fa-kes.csv", mapping=columns)
    return archive, [load_study(sources.studies / "syria.toml")]


def _politics(folder: Path, sources: Sources) -> tuple[Archive, list[Study]]:
    table = read_parquet(_corpus(sources) / "allsides-2012-2018.parquet")
    # Every so many, so that all years and outlets have some.
    step = max(1, table.num_rows // _ALLSIDES_ARTICLES)
    pq.write_table(
        table.take(list(range(0, table.num_rows, step))[:_ALLSIDES_ARTICLES]), folder / "some.parquet"
    )
    archive = Archive.create(folder / "us.archive", frame="curated", frame_note="AllSides, one in so many")
    columns = {
        "outlet": "source",
        "published": "date",
        "title": "title",
        "text": "content_original",
        "url": "url",
        "section": "topic",
    }
    archive.add(folder / "some.parquet", mapping=columns)
    return archive, [load_study(sources.studies / "us-politics.toml")]


def _corpus(sources: Sources) -> Path:
    if sources.corpora is None:
        raise UsageError("a survey of a corpus, without its folder", "--corpora FOLDER", "name the folder")
    return sources.corpora


SURVEYS = {
    one.name: one
    for one in (
        Survey("demo", _press),
        Survey("syria", _syria, "fa-kes.csv"),
        Survey("us-politics", _politics, "allsides-2012-2018.parquet"),
    )
}
"""The golden surveys, by name."""
