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
    """Where each field comes from: `mapped` field → column, `constants` field → one value for every row."""

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
    for field in (*mapping, *constants):
        if field not in FIELDS:
            raise UsageError(
                f"'{field}' is not a field of an article",
                "one of " + ", ".join(FIELDS),
                nearest(field, FIELDS),
            )
    both = sorted(set(mapping) & set(constants))
    if both:
        raise UsageError(
            f"the field '{both[0]}' is given both a column and a constant", "one of the two", "leave one out"
        )
    column_of: dict[str, str] = {}
    for field, column in mapping.items():
        if column and column not in columns:
            raise SourceError(
                f"'{name}' has no column '{column}' (its columns: {_column_list(columns)})",
                f"a column to take as {field}",
                nearest(column, columns),
            )
        if column:
            column_of[field] = column
    columns_by_name = _columns_by_name(name, columns, mapping, constants, column_of)
    column_of |= columns_by_name
    _require(name, columns, mapping, column_of, constants)
    if sample and "text" not in {*column_of, *constants, *mapping}:
        columns_by_name["text"] = column_of["text"] = _text_column(name, columns, mapping, column_of, sample)
    _require_words(name, columns, {*column_of, *constants})
    notes = []
    if columns_by_name:
        pairs = ", ".join(f"{field} from '{column}'" for field, column in columns_by_name.items())
        notes.append(f"columns recognised by name: {pairs}")
    every, mapped_columns = set(columns), set(column_of.values())
    # The parts of a column that is kept whole go without saying.
    rest = [c for c in columns if c not in mapped_columns and c.rpartition(".")[0] not in every]
    if rest:
        notes.append(f"columns kept under extra: {_column_list(rest)}")
    return Columns(column_of, dict(constants), tuple(notes))


def plain_name(column: str) -> str:
    """Return a column's name as SYNONYMS has it: small letters, underscores for spaces and hyphens."""
    return column.strip().lower().replace(" ", "_").replace("-", "_")


def _columns_by_name(
    name: str,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    constants: Mapping[str, str],
    column_of: Mapping[str, str],
) -> dict[str, str]:
    """Find columns by their names for the fields that neither mapping nor constants speak of."""
    matches: dict[str, str] = {}
    for field, synonyms in SYNONYMS.items():
        if field in mapping or field in constants:
            continue
        # To say only what a file lacks leaves the rest to be recognised.
        names = synonyms[:1] if any(mapping.values()) else synonyms
        free = [c for c in columns if c not in column_of.values() and c not in matches.values()]
        plain = {c: plain_name(c) for c in free}
        hits = [c for s in names for c in free if plain[c] == s]
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


def _require(
    name: str,
    columns: Sequence[str],
    mapping: Mapping[str, str],
    column_of: Mapping[str, str],
    constants: Mapping[str, str],
) -> None:
    """Raise SourceError where outlet or date has no column."""
    there = set(column_of) | set(constants)
    if "outlet" not in there:
        raise SourceError(
            f"'{name}' has no column that is known to hold the outlet (its columns: {_column_list(columns)})",
            "the outlet of each article",
            "name the column with --map outlet=COLUMN, or one outlet for all with --outlet NAME",
        )
    if "published" not in there and "published" not in mapping:
        raise SourceError(
            f"'{name}' has no column that is known to hold the date (its columns: {_column_list(columns)})",
            "a date of publication",
            "name the column with --map published=COLUMN, or say that there is none with --map published=",
        )


def _require_words(name: str, columns: Sequence[str], there: set[str]) -> None:
    """Raise SourceError where neither title nor text has a column."""
    if not there & {"title", "text"}:
        raise SourceError(
            f"'{name}' has no column that is known to hold a title or a text"
            f" (its columns: {_column_list(columns)})",
            "a title or a text",
            "name them with --map title=COLUMN,text=COLUMN",
        )


def _column_list(columns: Sequence[str]) -> str:
    return listed(f"'{shortened(column, 38)}'" for column in columns) if columns else "none"
