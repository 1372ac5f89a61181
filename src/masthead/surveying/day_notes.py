"""What is said of the days of a study's articles: on whose clocks they are, and which bear the time of a crawl."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.archive import Archive
from masthead.archive.bunched import bunched
from masthead.archive.days import moved_days, utc_days
from masthead.errors import listed
from masthead.measuring.tables import StudyTables


def of_days(built: StudyTables, archive: Archive) -> Iterator[str]:
    """Say whose days an outlet's are, where they are another zone's or could be, and what bears one time."""
    titles = {outlet["id"]: outlet["title"] for outlet in built.outlets}
    zoned = [outlet for outlet in built.outlets if outlet["zone"] and outlet["n_articles"]]
    if zoned:
        shown = listed(f"{outlet['title']} ({outlet['zone']})" for outlet in zoned)
        more = "; of the others those of UTC" if len(zoned) < len(titles) else ""
        yield f"days are those of each outlet's own time zone: {shown}{more}"
    moved = moved_days(archive)
    in_utc = {
        value: moved[value]
        for (value,) in built.rows("SELECT value FROM pairs WHERE zone IS NULL ORDER BY value")
        if moved[value]
    }
    if in_utc:
        yield f"{utc_days(in_utc)}; `zone` in the study, of an outlet or of all, says another"
    for bunch in bunched(built.connection, "articles"):
        yield bunch.told(lambda outlet: titles[outlet])
