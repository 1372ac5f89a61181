"""`masthead add`, `masthead archive info`, `masthead find`: filling an archive and looking into it."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.archives import care as archive_care
from masthead.cli.archives.standing_views import emit_standing, say_in_standing
from masthead.cli.archives.views import alike_lines, emit_found, emit_info
from masthead.cli.terminal.options import ArchivePath, AsJson
from masthead.cli.terminal.output import counted, emit, emit_csv, emit_json, progress, say
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.archive import Archive, IngestReport

_SHOWN_HITS = 40
_AT_ONCE = 20_000
"""Articles whose repeats are looked for where only a view of the archive is asked for."""

_COUNTS = ("rows", "kept", "duplicate", "refused", "without_text")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("add")(add_command)
    app.command("find")(find_command)
    group = typer.Typer(help="Look at an archive as a whole, and mend it.", no_args_is_help=True)
    group.command("info")(info_command)
    archive_care.register(group)

    @group.callback()
    def _group() -> None:
        """Look at an archive as a whole, and mend it."""

    app.add_typer(group, name="archive")


def add_command(
    archive_folder: ArchivePath,
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CSV, TSV, JSONL, JSON (also .gz), Excel or Parquet files; folders or .zip of them; - for stdin.",
            show_default=False,
            metavar="FILE...",
        ),
    ],
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="FIELD=COLUMN,…",
            help="Which column is outlet, published, title, text, url, language, credit, section.",
        ),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="One outlet for every article of the files.")] = None,
    frame: Annotated[
        str | None, typer.Option(help="How the articles were selected: everything, query or curated.")
    ] = None,
    frame_note: Annotated[str, typer.Option(help="How they were selected, in words.")] = "",
    encoding: Annotated[
        str | None, typer.Option(help="The files' encoding (default: told by their bytes).")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="The delimiter of CSV files (default: told by the head).")
    ] = None,
    date_order: Annotated[
        str | None,
        typer.Option(help="dmy, mdy or ymd (default: told by the whole column, or each outlet's)."),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option(
            help="The time zone in which dates that name none are meant, and whose days count: Asia/Damascus."
        ),
    ] = None,
    quotes: Annotated[
        str | None,
        typer.Option(
            help="What quotation marks in CSV files are: doubled, escaped or letters (default: told)."
        ),
    ] = None,
    columns: Annotated[
        str | None, typer.Option(metavar="NAME,…", help="The columns of CSV files that have no header.")
    ] = None,
    file_format: Annotated[
        str | None,
        typer.Option("--format", help="csv, tsv, jsonl, json, xlsx or parquet (default: by the ending)."),
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="The articles have no text (titles alone): add them so.")
    ] = False,
    as_is: Annotated[
        bool,
        typer.Option(
            "--as-is",
            help="Keep damaged texts (HTML, wrong encodings, …) as they are, and only tell of them.",
        ),
    ] = False,
    replace: Annotated[
        bool,
        typer.Option(
            "--replace", help="Take back what was added of the same files before, in the same step."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add articles to an archive, which is made where there is none. Adding a file again adds nothing."""
    from masthead.archive import Ingest
    from masthead.archive.overview.similar_names import alike_in
    from masthead.archive.sources import gather_files

    options: dict[str, Any] = {
        "mapping": _parsed_mapping(mapping or []),
        "constants": {"outlet": outlet} if outlet is not None else {},
        "encoding": encoding,
        "delimiter": "\t" if delimiter in ("\\t", "tab") else delimiter,
        "date_order": date_order,
        "zone": zone,
        "quotes": quotes,
        "columns": tuple(name.strip() for name in next(csv.reader([columns]), [])) if columns else (),
        "file_format": file_format,
        "no_text": no_text,
        "as_is": as_is,
    }
    reports = []
    with gather_files(files, file_format) as (sources, notes):
        say(*notes)
        for source in sources:
            # Every file is looked at before the first is added: a misspelt column stops the command early.
            Ingest(source, **options)
        with _open_or_make(archive_folder, frame, frame_note) as archive, progress() as report:
            for source in sources:
                ingest_report = archive.add(source, **options, replace=replace, progress=report)
                reports.append(ingest_report)
                _say_report(ingest_report, as_json)
    groups = alike_in(archive.parts()) if any(r.kept for r in reports) else []
    totals = {key: sum(getattr(r, key) for r in reports) for key in _COUNTS}
    if as_json:
        reasons: dict[str, int] = defaultdict(int)
        for ingest_report in reports:
            for reason, count in ingest_report.reasons.items():
                reasons[reason] += count
        emit_json(
            {
                **totals,
                "reasons": dict(reasons),
                "notes": list(dict.fromkeys(note for r in reports for note in r.notes)),
                "archive": str(archive.path),
                "archive_hash": archive.hash,
                "frame": archive.frame,
                "alike": groups,
                "files": [asdict(r) for r in reports],
            }
        )
    say(*alike_lines(groups))
    if totals["refused"]:
        say(f"refused rows are kept, each with its reason, in {archive.path / 'quarantine'}")
    if archive.frame is None:
        say(
            "how these articles were selected is not stated: say it with --frame everything, query or curated"
        )
    if totals["refused"] == totals["rows"]:
        raise typer.Exit(1)


def info_command(archive_folder: ArchivePath, as_json: AsJson = False) -> None:
    """Show outlets, counts per month, gaps in collection, languages, sections, repeats and damage."""
    from masthead.archive import Archive
    from masthead.links.standing import kept_standing
    from masthead.surveying.notes.repeats import archive_repeats, repeats_told

    archive = Archive.open(archive_folder)
    info = archive.info()
    repeats = None
    # Marking what stands around articles comes first, and takes a minute or more where there are very many.
    if info.articles <= _AT_ONCE or kept_standing(archive) is not None:
        with progress() as report:
            repeats = repeats_told("fold", archive_repeats(archive, progress=report))
    if as_json:
        emit_json({**asdict(info), "repeats": repeats})
    else:
        emit_info(info, repeats)
        emit_standing(archive)


def find_command(
    archive_folder: ArchivePath,
    pattern: Annotated[str, typer.Argument(help="Words; `*` ends a word with any letters: 'barrel bomb*'.")],
    outlet: Annotated[list[str] | None, typer.Option(help="Only this outlet; may be given again.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", metavar="YYYY-MM-DD", help="From this day on.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="YYYY-MM-DD", help="Up to and with this day.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help="Show a sample of so many matches (default: 40; all with --csv or --json)."),
    ] = None,
    case: Annotated[
        str | None, typer.Option(help="exact or ignore (default: ignore where the pattern has no capital).")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the matches as CSV to stdout.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show words in context, and in how many articles of each outlet and month they stand."""
    from masthead.archive import Archive, Hit
    from masthead.archive.days import utc_days

    if as_csv and as_json:
        raise UsageError("both --csv and --json were given", "one of them", "leave one out")
    if case not in (None, "exact", "ignore"):
        raise UsageError(f"the case rule is '{case}'", "exact or ignore", "choose one")
    matches = Archive.open(archive_folder).find(
        pattern,
        outlets=outlet or (),
        start=_parsed_day(start),
        end=_parsed_day(end),
        limit=_SHOWN_HITS if limit is None and not (as_csv or as_json) else limit,
        case=case,  # type: ignore[arg-type]
    )
    if as_json:
        emit_json({"pattern": pattern, **asdict(matches)})
    elif as_csv:
        import pyarrow as pa

        columns = [column.name for column in fields(Hit)]
        emit_csv(pa.table({name: [getattr(hit, name) for hit in matches.hits] for name in columns}))
    else:
        emit_found(matches)
        say_in_standing(Archive.open(archive_folder), matches)
    if matches.moved:
        say(f"note: {utc_days(matches.moved)}")
    say(f"{matches.n_hits:,} matches in {matches.n_matching:,} of {matches.n_articles:,} articles")


def _parsed_mapping(texts: Sequence[str]) -> dict[str, str]:
    mapping: dict[str, str] = {}
    for pair in (pair for text in texts for pair in next(csv.reader([text]), [])):
        field, equals, column = pair.partition("=")
        if not equals:
            raise UsageError(
                f"--map holds '{pair}'",
                "pairs of field=column with commas between",
                "such as outlet=source,published=date",
            )
        if field.strip() in mapping:
            raise UsageError(
                f"--map names the field '{field.strip()}' twice", "one column per field", "leave one out"
            )
        mapping[field.strip()] = column.strip()
    return mapping


def _parsed_day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(
            f"'{text}' is not a day", "a date such as 2016-06-30", "write year, month and day"
        ) from None


@contextmanager
def _open_or_make(path: Path, frame: str | None, frame_note: str) -> Iterator[Archive]:
    """Open an archive, or make one, which is taken away again where nothing gets into it."""
    from masthead.archive import Archive
    from masthead.archive.keeping.discard import discard

    if (path / "archive.toml").is_file():
        archive = Archive.open(path)
        if frame is not None or frame_note:
            archive.set_frame(frame or archive.frame, frame_note)  # type: ignore[arg-type]
        yield archive
        return
    say(f"making a new archive at {path}")
    missing = [folder for folder in (path, *path.parents) if not folder.exists()]
    archive = Archive.create(path, frame, frame_note)  # type: ignore[arg-type]
    try:
        yield archive
    except BaseException:
        discard(archive)
        if not path.exists():
            # An empty folder that stood there stands there again; those that were made on the way to it do not.
            for folder in missing[1:]:
                with suppress(OSError):
                    folder.rmdir()
            if not missing:
                path.mkdir()
        raise


def _say_report(report: IngestReport, as_json: bool) -> None:
    counts = (
        f"{report.source}: {counted(report.rows, 'row')}: {report.kept:,} kept, "
        f"{report.duplicate:,} duplicate, {report.refused:,} refused; {report.without_text:,} without text"
    )
    (say if as_json else emit)(counts)
    for reason, count in report.reasons.items():
        say(f"  refused, {reason}: {count:,}")
    for note in report.notes:
        say(f"  {note}")
