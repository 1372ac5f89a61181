"""What is said of the days of a study's articles: on whose clocks they are, and which bear the time of a crawl."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.archive import Archive
from masthead.archive.days import TIMED, moved_days, utc_days, zones_said
from masthead.archive.duck import quoted
from masthead.archive.overview.crawl_times import find_bunches
from masthead.errors import listed
from masthead.measuring.tables import StudyTables


def of_days(tables: StudyTables, archive: Archive) -> Iterator[str]:
    """Say whose days an outlet's are, where they are another zone's or could be, and what bears one time."""
    titles = {outlet["id"]: outlet["title"] for outlet in tables.outlets}
    with_zone = [outlet for outlet in tables.outlets if outlet["zone"] and outlet["n_articles"]]
    if with_zone:
        zones = listed(f"{outlet['title']} ({outlet['zone']})" for outlet in with_zone)
        more = "; of the others those of UTC" if len(with_zone) < len(titles) else ""
        yield f"days are those of each outlet's own time zone: {zones}{more}"
    counts = moved_days(archive)
    in_utc = {
        value: counts[value]
        for (value,) in tables.rows("SELECT value FROM pairs WHERE zone IS NULL ORDER BY value")
        if counts[value]
    }
    if in_utc:
        yield f"{utc_days(in_utc)}; `zone` in the study, of an outlet or of all, says another"
    yield from _of_bare_times(tables, archive, titles)
    for bunch in find_bunches(tables.connection, "articles"):
        yield bunch.sentence(lambda outlet: titles[outlet])


_NAMES_A_ZONE = (
    r"[+−-]\d{2}:?\d{2}\b|\d ?Z\b|\b(GMT|UTC?)\b|:\d{2}.*\b[A-Z]{2,5}\b|[A-Z][a-z]+/[A-Z]|^\d+(\.\d*)?$"
)
"""A date with a zone, or that is a count of seconds, which needs none; without the half of the day."""

_HALF = r"\b[AaPp]\.?[Mm]\b\.?|[AaPp][Mm]\b"


def _of_bare_times(tables: StudyTables, archive: Archive, titles: dict[str, str]) -> Iterator[str]:
    """Say which articles lie on another day by a study's zone though their times name none: read as UTC, then moved."""
    values = list(zones_said(archive))
    rows = tables.rows(
        f"""WITH timed AS (
            SELECT p.outlet, p.zone, a.published_raw, CAST(timezone('UTC', a.published) AS DATE) AS written,
                   CAST(timezone(p.zone, a.published) AS DATE) AS day
            FROM archive_articles a JOIN pairs p ON a.outlet = p.value
            WHERE p.zone IS NOT NULL AND a.published_precision IN {TIMED} AND p.value NOT IN {_in_sql(values)}
              AND NOT regexp_matches(regexp_replace(a.published_raw, '{_HALF}', ''), '{_NAMES_A_ZONE}'))
        SELECT outlet, zone, count(*), count(*) FILTER (day <> written), count(*) FILTER (day > written),
               arg_min(published_raw, published_raw) FILTER (day <> written),
               arg_min(day, published_raw) FILTER (day <> written)
        FROM timed GROUP BY ALL HAVING count(*) FILTER (day <> written) > 0 ORDER BY ALL"""
    )
    for outlet, zone, n, n_other_day, later, example, day in rows:
        ways = [(later, "the day after"), (n_other_day - later, "the day before")]
        to = " and ".join(f"{count:,} to {where}" for count, where in ways if count)
        yield (
            f"{titles[outlet]}: {n:,} times of its articles name no zone, and were read as UTC when they were added; "
            f"`zone` in the study ({zone}) moves {to} ('{example}' counts on {day}); if they are the outlet's own "
            f"times, add the articles again with --zone {zone}"
        )


def _in_sql(values: list[str]) -> str:
    quoted_values = ", ".join(quoted(value) for value in values)
    return f"({quoted_values})" if values else "('')"
