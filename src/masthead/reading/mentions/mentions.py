"""The mentions reader: where each alias stands, kept per alias, so that only what is new is ever scanned."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically, write_text_atomically
from masthead.matching.scan import Pattern, Scanner
from masthead.noticed import notice
from masthead.reading.mentions.alone import before_surname, is_joined, stands_alone
from masthead.reading.mentions.capitals import is_shouted, stands_small
from masthead.reading.quotes import Quotations

VERSION = "5"

MATCH_SCHEMA = pa.schema(
    [
        pa.field("row", pa.int32(), nullable=False),
        pa.field("in_title", pa.bool_(), nullable=False),
        pa.field("alias", pa.int32(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("quoted", pa.bool_(), nullable=False),
        pa.field("alone", pa.bool_(), nullable=False),
        pa.field("joined", pa.bool_(), nullable=False),
        pa.field("shouted", pa.bool_(), nullable=False),
        pa.field("also_small", pa.bool_(), nullable=False),
        pa.field("before", pa.string(), nullable=False),
    ]
)
"""A raw match: the article's row in its part, the field, the alias (its place in the batch's aliases.json),
code points [start, end), whether inside quotation marks, and, for one capitalised word, whether it stands
alone (else True), and whether a hyphen joins it to another. `shouted`: a name of one word in a line set in capitals,
which says nothing of it; `also_small`: and the article writes that word in small letters too.
`before`: what stands before a name and says whose it is (see masthead.reading.mentions.alone.before_surname).
Ordered by row, field (title first), start, end, alias."""


@dataclass(frozen=True, slots=True)
class RawMatch:
    """One raw match, with its pattern."""

    row: int
    in_title: bool
    pattern: Pattern
    start: int
    end: int
    in_quotes: bool
    alone: bool
    has_hyphen: bool
    in_capitals: bool
    also_small: bool
    before: str = ""


def find_matches(articles: pa.Table, patterns: Sequence[Pattern]) -> pa.Table:
    """Scan the titles and texts of `articles` for all `patterns`; return MATCH_SCHEMA, alias = index of pattern."""
    scanner = Scanner(patterns)
    lone = [not p.ignore_case and len(p.text.split()) == 1 and p.text[0].isupper() for p in patterns]
    rows: list[tuple[int, bool, int, int, int, bool, bool, bool, bool, bool, str]] = []
    titles = articles["title"].to_pylist()
    texts = articles["text"].to_pylist()
    for row, (title, text) in enumerate(zip(titles, texts, strict=True)):
        for field, in_title in ((title, True), (text, False)):
            matches = scanner.scan(field or "")
            if not matches:
                continue
            quotes = Quotations(field)
            body = text if in_title else None
            for index, start, end in matches:
                place = (row, in_title, index, start, end, quotes.hold(start))
                before = "" if patterns[index].ignore_case else before_surname(field, start)
                if not lone[index]:
                    rows.append((*place, True, False, False, False, before))
                    continue
                alone = stands_alone(field, start, end, body)
                hyphen = is_joined(field, start, end, body)
                name = field[start:end]
                capitals = name.isupper() and is_shouted(field, start, end)
                also_small = capitals and stands_small(name, title or "", text or "")
                rows.append((*place, alone, hyphen, capitals, also_small, before))
    columns = list(zip(*rows, strict=True)) or [()] * len(MATCH_SCHEMA)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, MATCH_SCHEMA, strict=True)],
        schema=MATCH_SCHEMA,
    )


class _Batch:
    """The matches of one set of patterns: a folder with aliases.json and one file per article part."""

    def __init__(self, folder: Path, patterns: Sequence[Pattern]) -> None:
        self.folder = folder
        self.patterns = tuple(patterns)

    @classmethod
    def load(cls, folder: Path) -> _Batch | None:
        try:
            aliases = (folder / "aliases.json").read_text(encoding="utf-8").removesuffix("\n")
            if _folder_name(aliases) != folder.name:
                raise ValueError("not the aliases that the folder is named by")
            return cls(folder, [Pattern(str(a["text"]), bool(a["ignore_case"])) for a in json.loads(aliases)])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            notice(folder / "aliases.json")
            return None

    @classmethod
    def create(cls, root: Path, patterns: Sequence[Pattern]) -> _Batch:
        aliases = json.dumps([p._asdict() for p in patterns], ensure_ascii=False, indent=1)
        folder = root / _folder_name(aliases)
        write_text_atomically(aliases + "\n", folder / "aliases.json")
        return cls(folder, patterns)

    def path(self, part_hash: str) -> Path:
        return self.folder / f"part-{part_hash}.parquet"


def _folder_name(aliases: str) -> str:
    """Return the name of a batch's folder: a hash of its aliases as they are written."""
    return hashlib.sha256(aliases.encode()).hexdigest()[:16]


class MentionStore:
    """The raw matches of an archive: readings/mentions/<version>/<batch hash>/part-<hash>.parquet.

    A batch holds the aliases that were new when it was made. Asked for aliases, the store takes from older
    batches what they have and scans for the rest only; asked about a part that a batch has not seen, it
    scans that part only. `articles_scanned` counts the articles that were scanned, once per batch.
    """

    def __init__(self, root: Path, patterns: Sequence[Pattern]) -> None:
        self._root = root / "mentions" / VERSION
        self.articles_scanned = 0
        self._batches = self._choose(patterns)

    def _choose(self, patterns: Sequence[Pattern]) -> list[tuple[_Batch, frozenset[int]]]:
        """Return the batches to read, each with the places of the wanted patterns in it."""
        missing = set(patterns)
        batches_to_read: list[tuple[_Batch, frozenset[int]]] = []
        folders = sorted(self._root.iterdir()) if self._root.is_dir() else []
        batches = [batch for folder in folders if (batch := _Batch.load(folder))]
        while missing and batches:
            best = max(batches, key=lambda b: sum(p in missing for p in b.patterns))
            places = frozenset(i for i, p in enumerate(best.patterns) if p in missing)
            if not places:
                break
            batches_to_read.append((best, places))
            missing -= set(best.patterns)
        if missing:
            new = _Batch.create(self._root, sorted(missing))
            batches_to_read.append((new, frozenset(range(len(new.patterns)))))
        return batches_to_read

    def matches(self, part_hash: str, articles: pa.Table) -> Iterator[list[RawMatch]]:
        """Yield the matches of each article that has any, scanning first what was not scanned yet."""
        of_part: list[RawMatch] = []
        for batch, places in self._batches:
            path = batch.path(part_hash)
            if is_whole(path):
                table = read_parquet(path)
            else:
                table = find_matches(articles, batch.patterns)
                write_parquet_atomically(table, path)
                self.articles_scanned += articles.num_rows
            if len(places) < len(batch.patterns):
                indices = pa.array(sorted(places), pa.int32())
                table = table.filter(pc.is_in(table["alias"], indices))
            of_part += raw_matches(table, batch.patterns)
        if len(self._batches) > 1:
            of_part.sort(key=lambda m: (m.row, not m.in_title, m.start, m.end, m.pattern))
        return by_article(of_part)


def raw_matches(table: pa.Table, patterns: Sequence[Pattern]) -> list[RawMatch]:
    """Return the rows of a MATCH_SCHEMA table, each with its pattern."""
    columns = table.to_pydict()
    columns["alias"] = [patterns[i] for i in columns["alias"]]
    return list(map(RawMatch, *(columns[name] for name in MATCH_SCHEMA.names)))


def by_article(matches: Sequence[RawMatch]) -> Iterator[list[RawMatch]]:
    """Yield matches, which are ordered by row, article by article."""
    for _row, of_one in itertools.groupby(matches, key=lambda m: m.row):
        yield list(of_one)
