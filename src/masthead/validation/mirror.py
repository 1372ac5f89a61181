"""Even-handedness, tested: swap two subjects in every article, and the findings must be the swapped ones."""

from __future__ import annotations

import hashlib
import math
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.keeping.index import INDEX, Line, as_text
from masthead.archive.keeping.whole import digest_of
from masthead.archive.store import read_parquet, write_parquet_atomically, write_text_atomically
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.matching.scan import Match, Scanner
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.study import Alias, Study, Subject
from masthead.surveying.run import survey
from masthead.validation.progress import Progress

NUMBERS = ("estimate", "std_error", "conf_low", "conf_high", "numerator", "denominator", "n_eff")
"""The numbers of an estimate that must be the swapped ones."""

EXACT = 1e-9
"""How far a number may lie from the swapped one: the rounding of arithmetic, nothing more."""

PROMISED = ("attention", "naming", "portrayal")
"""Measures whose every figure is swapped. The others also read names as words (how many they are, which of them a
story shares), so with names of unlike length some of their figures move a little, and by how much is measured.
"""

FAIR_Q = 0.05
"""Comparisons with a smaller false discovery rate are findings."""


@dataclass(frozen=True)
class Swapped:
    """How far the findings of a mirrored archive are the swapped ones, for one measure.

    `cells` estimates stand on both sides, `lost` on one of them alone. `difference` is the largest of any number,
    `findings` the comparisons that find a difference, and `unswapped` those of them that one side alone finds.
    """

    measure: str
    cells: int
    lost: int
    difference: float
    findings: int
    unswapped: int

    @property
    def fair(self) -> bool:
        """True where nothing but rounding differs."""
        return self.difference <= EXACT and not self.lost and not self.unswapped


@dataclass(frozen=True)
class MirrorImage:
    """An archive beside its mirror image: the names that changed places, how many articles changed, each measure."""

    names: list[tuple[str, str]]
    n_changed: int
    measures: list[Swapped]


def surveyed_twice(
    study: Study,
    archive: Archive,
    pair: tuple[str, str],
    folder: Path,
    processes: int | None = None,
    progress: Progress | None = None,
) -> MirrorImage:
    """Survey an archive and its mirror image, which is written to the folder, and set one beside the other.

    Raises StudyError where the pair cannot change places.
    """
    even, names = even_study(study, pair)
    image, n_changed = mirror_archive(archive, even, pair, folder / "mirror.archive")
    straight = survey(even, archive, processes=processes, progress=progress)
    again = survey(with_families_swapped(even, pair), image, processes=processes, progress=progress)
    return MirrorImage(names, n_changed, compare(straight, again, pair))


def even_study(study: Study, pair: tuple[str, str]) -> tuple[Study, list[tuple[str, str]]]:
    """Return the study with as many names for one of the pair as for the other, and which stands for which.

    Only names can change places: a generic alias (`rebels`) is a word of the language, which the parser reads. Each
    keeps its first names, as many as the other has, without exclusions, which have no counterpart. Raises StudyError
    unless both are subjects of one kind with a name each.
    """
    one, two = (study.subject(name) for name in pair)
    if one.id == two.id or one.kind != two.kind:
        raise StudyError(
            f"'{one.id}' ({one.kind}) and '{two.id}' ({two.kind}) cannot change places",
            "two subjects of one kind",
            "name two others with --swap",
        )
    names = [[a for a in subject.aliases if not a.generic and "*" not in a.text] for subject in (one, two)]
    count = min(map(len, names))
    if not count:
        bare = one if not names[0] else two
        raise StudyError(
            f"'{bare.id}' has generic aliases alone",
            "a subject with a name, which begins with a capital",
            "name two others with --swap",
        )
    person = one.person and two.person
    subjects = {
        subject.id: subject.model_copy(
            update={"aliases": tuple(own[:count]), "exclude": (), "person": person}
        )
        for subject, own in zip((one, two), names, strict=True)
    }
    even = study.model_copy(update={"subjects": tuple(subjects.get(s.id, s) for s in study.subjects)})
    return even, [(a.text, b.text) for a, b in zip(names[0][:count], names[1][:count], strict=True)]


def with_families_swapped(study: Study, pair: tuple[str, str]) -> Study:
    """Return the study as it would be written of the mirrored archive: each has the other's label families."""
    families = {name: study.subject(other).categories for name, other in (pair, pair[::-1])}
    subjects = (s.model_copy(update={"categories": families.get(s.id, s.categories)}) for s in study.subjects)
    return study.model_copy(update={"subjects": tuple(subjects)})


class Swapper:
    """Swaps two subjects' names in texts, as `even_study` pairs them; twice is as if never."""

    def __init__(self, study: Study, pair: tuple[str, str]) -> None:
        one, two = (study.subject(name) for name in pair)
        patterns = StudyPatterns(study)
        self._scanner = Scanner(patterns.patterns)
        other = dict(_counterparts(one, two)) | dict(_counterparts(two, one))
        pair_indexes = {study.subjects.index(subject) for subject in (one, two)}
        self._other = {
            index: (pattern.text, other[pattern.text])
            for index, pattern in enumerate(patterns.patterns)
            # What also means somebody else stays as it is.
            if {use.subject for use in patterns.uses[pattern]} <= pair_indexes and pattern.text in other
        }

    def swap(self, text: str) -> str:
        """Return the text with the names in each other's place; a longer name that holds one stands for itself."""
        pieces, at = [], 0
        for match in _longest(self._scanner.scan(text)):
            if match.pattern in self._other:
                pieces += [
                    text[at : match.start],
                    self._instead(text[match.start : match.end], match.pattern),
                ]
                at = match.end
        return "".join([*pieces, text[at:]])

    def _instead(self, name: str, pattern: int) -> str:
        """Return the other's name, in full capitals or with a capital where this one was so beyond its own."""
        alias, other = self._other[pattern]
        if name == name.upper() and alias != alias.upper():
            return other.upper()
        if name[:1] != alias[:1] and name[:1].isupper():
            return other[:1].upper() + other[1:]
        return other


def _counterparts(one: Subject, two: Subject) -> Iterator[tuple[str, str]]:
    """Names of one with those of two; of people, the last words too, which stand alone later in an article."""
    for a, b in zip(one.aliases, two.aliases, strict=True):
        yield a.text, b.text
        if one.person and two.person and _is_full(a) and _is_full(b):
            yield a.text.split()[-1], b.text.split()[-1]


def _is_full(alias: Alias) -> bool:
    return len(alias.text.split()) > 1


def _longest(matches: list[Match]) -> list[Match]:
    """Of matches that overlap the longest, then the first."""
    apart: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start, m.pattern)):
        if not any(match.start < other.end and other.start < match.end for other in apart):
            apart.append(match)
    return sorted(apart, key=lambda m: m.start)


def mirror_archive(
    archive: Archive, study: Study, pair: tuple[str, str], folder: Path
) -> tuple[Archive, int]:
    """Write the archive with the pair's names swapped into `folder`; return it and how many articles changed.

    Articles keep their ids, rows and dates, so that whatever is drawn by them is drawn alike. `study` is one that
    `even_study` returned.
    """
    swapper = Swapper(study, pair)
    n_changed = 0
    parts: dict[str, str] = {}
    for part in archive.parts():
        table = read_parquet(part.path)
        before = {name: table[name].to_pylist() for name in ("title", "text")}
        after = {name: [swapper.swap(text) for text in texts] for name, texts in before.items()}
        both = (zip(*texts.values(), strict=True) for texts in (before, after))
        n_changed += sum(a != b for a, b in zip(*both, strict=True))
        for name, texts in after.items():
            place = table.schema.get_field_index(name)
            table = table.set_column(place, table.schema.field(name), pa.array(texts, pa.string()))
        digest = hashlib.sha256(f"{part.hash} {sorted(pair)}".encode()).hexdigest()[:16]
        parts[part.name] = f"part-{digest}.parquet"
        write_parquet_atomically(table, folder / "articles" / parts[part.name])
    lines = [_image_line(line, parts, folder) for line in archive.ingests()]
    write_text_atomically(as_text(lines), folder / INDEX)
    shutil.copyfile(archive.path / "archive.toml", folder / "archive.toml")
    return Archive.open(folder), n_changed


def _image_line(line: Line, parts: dict[str, str], folder: Path) -> Line:
    """Return the line of an ingest with the names and the bytes of the mirrored parts."""
    rows_of = {parts[name]: rows for name, rows in line["parts"].items()}
    files = {f"articles/{name}": digest_of(folder / "articles" / name) for name in rows_of}
    return {**line, "parts": rows_of, "files": files}


def compare(straight: Findings, mirror: Findings, pair: tuple[str, str]) -> list[Swapped]:
    """Set the findings of an archive beside those of its mirror image, measure by measure."""
    swap = {pair[0]: pair[1], pair[1]: pair[0]}
    before, after = _figures(straight, swap), _figures(mirror, {})
    findings, again = _discrete(straight, swap), _discrete(mirror, {})
    measures = []
    for measure in sorted({key[0] for key in before.keys() | after.keys()}):
        cells = {key for key in before.keys() & after.keys() if key[0] == measure}
        alone = {key for key in before.keys() ^ after.keys() if key[0] == measure}
        measures.append(
            Swapped(
                measure,
                len(cells),
                len(alone),
                max((_distance(before[key], after[key]) for key in cells), default=0.0),
                sum(key[0] == measure for key in findings),
                sum(key[0] == measure for key in findings ^ again),
            )
        )
    return measures


def _figures(findings: Findings, names: dict[str, str]) -> dict[tuple[Any, ...], list[float | None]]:
    """The numbers of each estimate, the subjects and speakers renamed."""
    keys = ("outlet", "category", "voice", "wire", "period_start")
    return {
        (r["measure"], names.get(r["subject"], r["subject"]), *(r[k] for k in keys)): [r[n] for n in NUMBERS]
        for r in findings.estimates.to_pylist()
    }


def _discrete(findings: Findings, names: dict[str, str]) -> set[tuple[Any, ...]]:
    """The comparisons that find a difference, the subjects renamed."""
    keys = ("category", "outlet", "versus", "voice", "wire")
    return {
        (r["measure"], names.get(r["subject"], r["subject"]), *(r[k] for k in keys))
        for r in findings.comparisons.to_pylist()
        if r["q"] is not None and r["q"] < FAIR_Q
    }


def _distance(one: list[float | None], two: list[float | None]) -> float:
    """The largest difference between numbers; infinite where only one of two is known."""
    return max(
        0.0 if a is None and b is None else math.inf if a is None or b is None else abs(a - b)
        for a, b in zip(one, two, strict=True)
    )
