"""Which column of a source file is which field of an article: as mapped, or recognised by name and said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from masthead.archive.adding.text_column import TextColumns, ready_map
from masthead.archive.schema import FIELDS
from masthead.errors import SourceError, UsageError, listed, nearest, shortened

SYNONYMS: dict[str, tuple[str, ...]] = {
    "outlet": ("outlet", "source", "publication", "media_name", "publisher", "newspaper", "domain"),
    "published": (
        "published",
        "date",
        "publish_date",
        "publication_date",
        "published_at",
        "publishedat",
        "date_published",
        "pub_date",
        "pubdate",
        "datetime",
    ),
    "title": ("title", "headline", "article_title"),
    "text": (
        "text",
        "content",
        "body",
        "article_content",
        "article_text",
        "article_body",
        "text_content",
        "full_text",
        "maintext",
    ),
    "url": ("url", "link", "article_url"),
    "language": ("language", "lang"),
    "credit": ("credit", "agency"),
    "section": ("section", "category", "rubric"),
}
"""For each field the column names that are taken for it, Masthead's own first."""


@dataclass(frozen=True)
class Columns:
    """Where each field comes from: `column_of` field → column, `constants` field → one value for every row."""

    column_of: dict[str, str]
    constants: dict[str, str]
    notes: tuple[str, ...]


def resolve_columns(
    name: str,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
    sample: Callable[[Mapping[str, str]], TextColumns] | None = None,
) -> Columns:
    """Decide which of a file's `columns` is which field.

    A mapping is followed exactly. A field it leaves out is taken from a column of Masthead's own name
    (`url`, `language` …); where no column is mapped, from the commonest synonyms too. What was recognised is
    said in the notes. An empty column name (`published=`) says that the file has no such field. `sample` looks
    at the columns that a mapping leaves over, for the text: None where there need be none. `name` is the file's,
    for errors. Raises SourceError where a mapped column is missing, or where outlet, date, or
    both title and text cannot be found; UsageError for an unknown field.
    """
    _check_fields(name, columns, mapping, constants)
    column_of = {field: column for field, column in mapping.items() if column}
    # To say only what a file lacks leaves the rest to be recognised.
    names_of = {
        field: names[:1] if column_of else names
        for field, names in SYNONYMS.items()
        if field not in {*mapping, *constants}
    }
    by_name = _columns_by_name(name, [c for c in columns if c not in column_of.values()], names_of)
    column_of |= by_name
    there = {*column_of, *constants}
    if "outlet" not in there:
        way = "name the column with --map outlet=COLUMN, or one outlet for all with --outlet NAME"
        raise _unknown(name, columns, "the outlet", "the outlet of each article", way)
    if "published" not in {*there, *mapping}:
        way = "name the column with --map published=COLUMN, or say that there is none with --map published="
        raise _unknown(name, columns, "the date", "a date of publication", way)
    if sample and "text" not in {*there, *mapping}:
        by_name["text"] = column_of["text"] = _text_column(name, columns, mapping, column_of, sample)
    elif not there & {"title", "text"}:
        way = "name them with --map title=COLUMN,text=COLUMN"
        raise _unknown(name, columns, "a title or a text", "a title or a text", way)
    notes = []
    if by_name:
        pairs = ", ".join(f"{field} from '{column}'" for field, column in by_name.items())
        notes.append(f"columns recognised by name: {pairs}")
    # The parts of a column that is kept whole go without saying.
    every = set(columns)
    rest = [c for c in columns if c not in column_of.values() and c.rpartition(".")[0] not in every]
    if rest:
        notes.append(f"columns kept under extra: {_column_list(rest)}")
    return Columns(column_of, dict(constants), tuple(notes))


def plain_name(column: str) -> str:
    """Return a column's name as SYNONYMS has it: small letters, underscores for spaces and hyphens."""
    return column.strip().lower().replace(" ", "_").replace("-", "_")


def _check_fields(
    name: str, columns: Sequence[str], mapping: Mapping[str, str], constants: Mapping[str, str]
) -> None:
    """Raise UsageError where a field is none, or is given twice, SourceError where a mapped column is missing."""
    for field in (*mapping, *constants):
        if field not in FIELDS:
            raise UsageError(
                f"'{field}' is not a field of an article",
                "one of " + ", ".join(FIELDS),
                nearest(field, FIELDS),
            )
    for field in sorted({*mapping} & {*constants}):
        raise UsageError(
            f"the field '{field}' is given both a column and a constant", "one of the two", "leave one out"
        )
    for field, column in mapping.items():
        if column and column not in columns:
            raise SourceError(
                f"'{name}' has no column '{column}' (its columns: {_column_list(columns)})",
                f"a column to take as {field}",
                nearest(column, columns),
            )


def _columns_by_name(
    name: str, columns: Sequence[str], names_of: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Find the columns of some fields by the names that are known for them."""
    matches: dict[str, str] = {}
    for field, names in names_of.items():
        plain = {c: plain_name(c) for c in columns if c not in matches.values()}
        hits = [c for known_name in names for c in plain if plain[c] == known_name]
        if len(hits) > 1 and plain[hits[0]] != field:
            # Two synonyms and none of them Masthead's own name: taking the first would be a silent guess.
            raise SourceError(
                f"'{name}' has more than one column that may be the {field}: {_column_list(hits)}",
                "one",
                f"say which with --map {field}={hits[0]}",
            )
        if hits:
            matches[field] = hits[0]
    return matches


def _text_column(
    name: str,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    column_of: Mapping[str, str],
    sample: Callable[[Mapping[str, str]], TextColumns],
) -> str:
    """Return the column that must be the text by its name and its sentences; else stop and propose one."""
    text_columns = sample(column_of)
    sure = text_columns.sure()
    if sure and not mapping and sure in columns:
        return sure
    words = "the text" if "title" in column_of else "a title or a text"
    raise no_text_error(
        name, columns, column_of, text_columns, f"has no column that is known to hold {words}"
    )


def no_text_error(
    name: str, columns: Sequence[str], column_of: Mapping[str, str], text_columns: TextColumns, what: str
) -> SourceError:
    """The error of a file without texts: it lists the columns and proposes the one that holds prose."""
    likely = text_columns.likely()
    way = "name it with --map text=COLUMN, or say with --no-text that there is none"
    if likely:
        others = f" ({_column_list(likely[1:])} may be it too)" if likely[1:] else ""
        option = ready_map({**column_of, "text": likely[0]})
        way = f"'{likely[0]}' is likely to hold it{others}: say {option}, or --no-text if there is none"
    return SourceError(
        f"'{name}' {what} (its columns: {_column_list(columns)})", "the text of each article", way
    )


def _unknown(name: str, columns: Sequence[str], what: str, expectation: str, way: str) -> SourceError:
    return SourceError(
        f"'{name}' has no column that is known to hold {what} (its columns: {_column_list(columns)})",
        expectation,
        way,
    )


def _column_list(columns: Sequence[str]) -> str:
    return listed(f"'{shortened(column, 38)}'" for column in columns) if columns else "none"
