"""A study to start from: the outlets of an archive, and subjects suggested from the names it uses most."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import AoT, Table

from masthead import stages
from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.archive.overview.similar_names import alike
from masthead.engines.duckdb import connect
from masthead.errors import StudyError
from masthead.reading import SuggestedName, names, nouns_for_groups, singular_of
from masthead.study import identifier

SUGGESTED = 8
"""How many subjects are suggested."""

LISTED = 40
"""An archive of more outlets than this is surveyed whole: listing hundreds helps nobody."""


@dataclass(frozen=True)
class Suggestion:
    """A study as text, and what is in it.

    `alike` are the names that look like one outlet; they stand under one where the study lists its outlets,
    which is `lists_outlets`. `nouns` are for persons and groups, with the number of articles; they stand in comments.
    """

    toml: str
    outlets: list[str]
    subjects: list[str]
    nouns: list[tuple[str, int]]
    alike: list[tuple[str, ...]]
    lists_outlets: bool


def suggest_study(
    archive: Archive, place: Path, output: Path, *, progress: Callable[[str, int, int], None] | None = None
) -> Suggestion:
    """Write the text of a study of `archive`, which lies at `place`, for a file `output`.

    Raises StudyError where the archive is empty.
    """
    report = progress or (lambda *_: None)
    report(stages.SUGGESTIONS, 0, 1)
    counts = _outlets(archive)
    if not counts:
        raise StudyError("the archive holds no articles", "some to study", "add a file with `masthead add`")
    groups = alike(counts)
    spellings_and_counts = _by_outlet(counts, groups)
    frequent_names = names(archive, limit=SUGGESTED + len(counts))
    report(stages.SUGGESTIONS, 1, 1)
    titles = {outlet.casefold() for outlet in counts}
    subjects = [name for name in frequent_names if name.text.casefold() not in titles][:SUGGESTED]
    document = tomlkit.document()
    for line in _INTRODUCTION:
        document.add(tomlkit.comment(line))
    document.add(tomlkit.nl())
    document.add("title", tomlkit.item(_title(len(spellings_and_counts), len(subjects))))
    document.add("archive", tomlkit.item(os.path.relpath(place, output.parent)))
    document.add("period", _period(archive))
    lists_outlets = len(spellings_and_counts) <= LISTED
    if lists_outlets:
        document.add("outlet", _outlet_tables(spellings_and_counts))
    else:
        for group in groups:
            document.add(tomlkit.comment(f"These names look like one outlet: {_in_quotation_marks(group)}"))
    document.add("subject", _subject_tables(subjects))
    nouns = nouns_for_groups(archive)
    toml = tomlkit.dumps(document) + _of_nouns(nouns)
    outlets = [spellings[0] for spellings, _ in spellings_and_counts]
    return Suggestion(toml, outlets, [s.text for s in subjects], nouns, groups, lists_outlets)


def _of_nouns(nouns: list[tuple[str, int]]) -> str:
    """Return comments that offer nouns as aliases and as families of labels: whom they mean, the author decides."""
    if not nouns:
        return ""
    aliases = [form for noun, _ in nouns for form in (noun, singular_of(noun))]
    lines = [
        "Nouns for persons and groups in these articles: " + ", ".join(f"{n} ({c:,})" for n, c in nouns),
        "Those that mean a subject go among its aliases (a noun counts only where it means somebody):",
        f"aliases = [{_in_quotation_marks(tuple(aliases))}]",
        "And as families of labels, below the subject whose labels are to be told apart:",
        "[subject.categories]",
        *(f"{json.dumps(singular_of(n))[1:-1]} = [{json.dumps(singular_of(n) + '*')}]" for n, _ in nouns),
    ]
    return "\n" + "".join(f"# {line}\n" for line in lines)


def _by_outlet(counts: dict[str, int], groups: list[tuple[str, ...]]) -> list[tuple[list[str], int]]:
    """Outlets, most articles first, each as its spellings, the best first, and its number of articles."""
    alone = set(counts).difference(*groups)
    outlets = [
        sorted(group, key=lambda name: (not _is_written(name), -counts[name], name)) for group in groups
    ]
    outlets += [[name] for name in alone]
    sizes = [(spellings, sum(counts[name] for name in spellings)) for spellings in outlets]
    return sorted(sizes, key=lambda outlet: (-outlet[1], outlet[0]))


def _is_written(name: str) -> bool:
    """True where a name has capitals and small letters, as the name of a paper has, and is no address."""
    return not (name.islower() or name.isupper() or "." in name.strip("."))


def _in_quotation_marks(group: tuple[str, ...]) -> str:
    return ", ".join(json.dumps(name, ensure_ascii=False) for name in group)


_INTRODUCTION = (
    "A study to edit. A subject is what you ask about; its aliases are the words it is known by:",
    "names (with a capital letter), and the common nouns that outlets use for it (`rebels`), which count only",
    "where they mean it. List every side by the same rule. Then run `masthead study check`.",
    "Categories are families of labels to tell apart; without them, labels are discovered:",
    "  [subject.categories]",
    '  rebel = ["rebel*", "insurgent*"]',
    "With `precision = 0.05`, portrayal is read in a sample of articles, until intervals reach 0.05 to either side.",
)


def _title(outlets: int, subjects: int) -> str:
    many = f"What {outlets} outlets call" if outlets > 1 else "What one outlet calls"
    return f"{many} {subjects} subjects" if subjects != 1 else f"{many} one subject"


def _outlets(archive: Archive) -> dict[str, int]:
    """Outlets with their numbers of articles."""
    paths = [part.path for part in archive.parts()]
    if not paths:
        return {}
    with connect() as connection:
        rows = connection.sql(f"FROM {parquet(paths)}").aggregate("outlet, count(*) AS n").fetchall()
    return dict(rows)


def _period(archive: Archive) -> Table:
    """A cut of time in which the archive's span makes some ten to forty periods."""
    info = archive.info()
    days = (info.last - info.first).days if info.first and info.last else 0
    by = "day" if days <= 40 else "week" if days <= 280 else "month" if days <= 1200 else "quarter"
    table = tomlkit.table()
    table.add("by", "year" if days > 3650 else by)
    return table


def _outlet_tables(outlets: list[tuple[list[str], int]]) -> AoT:
    tables = tomlkit.aot()
    ids: set[str] = set()
    for spellings, count in outlets:
        value = spellings[0]
        outlet_id = identifier(value, ids)
        table = tomlkit.table()
        table.add("id", outlet_id)
        if spellings != [outlet_id]:
            table.add("name", value)
            table.add("match", spellings)
        if len(spellings) > 1:
            table["match"].comment("names that look like one outlet: take out what is another")
        table["id"].comment(f"{count:,} articles")
        tables.append(table)
    return tables


def _subject_tables(subjects: list[SuggestedName]) -> AoT:
    tables = tomlkit.aot()
    ids: set[str] = set()
    for name in subjects:
        table = tomlkit.table()
        table.add("id", identifier(name.text, ids))
        table.add("name", name.text)
        table.add("kind", name.kind)
        if name.person:
            table.add("person", True)
        table.add("aliases", list(name.aliases))
        table["id"].comment(f"stands in {name.articles:,} of the articles looked at")
        tables.append(table)
    return tables
