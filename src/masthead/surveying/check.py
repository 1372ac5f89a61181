"""What a study's words really catch, before anybody believes a figure made of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.reading import read, slot_nouns
from masthead.study import Study
from masthead.surveying.counting import counted
from masthead.surveying.tables import StudyTables, build

SHOWN = 10
"""How many random mentions of each alias are shown."""


@dataclass(frozen=True)
class Mention:
    """One mention of an alias in its sentence: `before`, the words that matched, `after`, to be joined as they are."""

    outlet: str
    published: str | None
    article_id: str
    before: str
    match: str
    after: str
    refers: bool


@dataclass(frozen=True)
class AliasCheck:
    """What one alias catches: how often, in how many articles and outlets, and whom else it may mean.

    `n_referring` counts the mentions that the study takes for the subject; for a generic alias the rest label
    somebody else, or an act.
    """

    subject: str
    alias: str
    generic: bool
    n_matches: int
    n_referring: int
    n_articles: int
    n_outlets: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class StudyCheck:
    """The result of `masthead study check`."""

    outlets: tuple[dict[str, Any], ...]
    left_out: dict[str, int]
    aliases: tuple[AliasCheck, ...]
    uncovered: dict[str, list[tuple[str, int]]]
    remarks: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The check as plain data."""
        return asdict(self)


def check_study(
    study: Study,
    archive: Archive,
    *,
    processes: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> StudyCheck:
    """Read the archive as the study asks and say what each of its words catches.

    Raises StudyError where the study names an outlet that the archive lacks.
    """
    archive = counted(archive, study, progress=progress)
    reading = read(archive, study, processes=processes, progress=progress)
    built = build(archive, study, reading)
    aliases = tuple(_alias_checks(built, study, archive))
    uncovered = {s.id: slot_nouns(archive, study, s.id) for s in study.subjects if _has_generic(s)}
    return StudyCheck(
        outlets=tuple(built.outlets),
        left_out=built.left_out,
        aliases=aliases,
        uncovered=uncovered,
        remarks=tuple(_remarks(built, aliases)),
    )


def _has_generic(subject: Any) -> bool:
    return any(alias.generic for alias in subject.aliases)


def _alias_checks(built: StudyTables, study: Study, archive: Archive) -> list[AliasCheck]:
    texts = parquet(part.path for part in archive.parts())
    con = built.connection
    con.execute(
        """CREATE TEMP TABLE matches AS
        SELECT DISTINCT n.article_id, a.outlet, a.source_row, a.published, n.subject, n.alias, n.field,
               n.start, n."end", n.sentence_start, n.sentence_end, n.refers
        FROM archive_namings n JOIN articles a USING (article_id)"""
    )
    counted = {
        (row[0], row[1]): row[2:]
        for row in built.rows(
            """SELECT subject, alias, count(*), count(*) FILTER (refers), count(DISTINCT article_id),
                      count(DISTINCT outlet) FROM matches GROUP BY 1, 2"""
        )
    }
    shown: dict[tuple[str, str], list[Mention]] = {}
    for row in built.rows(
        f"""WITH drawn AS (
            SELECT * FROM matches QUALIFY row_number() OVER (
                PARTITION BY subject, alias
                ORDER BY md5(CAST(source_row AS VARCHAR)), article_id, start) <= {SHOWN}),
        body AS (
            SELECT d.*, CASE d.field WHEN 'title' THEN t.title ELSE t.text END AS body
            FROM drawn d JOIN {texts} t USING (article_id))
        SELECT subject, alias, outlet, CAST(published AS DATE), article_id, refers,
               substring(body, greatest(sentence_start, start - 120) + 1,
                         start - greatest(sentence_start, start - 120)),
               substring(body, start + 1, "end" - start),
               substring(body, "end" + 1, least(sentence_end, "end" + 120) - "end")
        FROM body ORDER BY subject, alias, md5(CAST(source_row AS VARCHAR)), article_id, start"""
    ):
        subject, alias, outlet, published, article_id, refers, before, match, after = row
        shown.setdefault((subject, alias), []).append(
            Mention(
                outlet=outlet,
                published=published.isoformat() if published else None,
                article_id=article_id,
                before=_on_one_line(before).lstrip(),
                match=match,
                after=_on_one_line(after).rstrip(),
                refers=refers,
            )
        )
    checks = []
    for subject in study.subjects:
        for alias in subject.aliases:
            key = (subject.id, alias.text)
            matches, referring, articles, outlets = counted.get(key, (0, 0, 0, 0))
            mentions = tuple(shown.get(key, ()))
            checks.append(
                AliasCheck(*key, alias.generic, matches, referring, articles, outlets, mentions=mentions)
            )
    return checks


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _remarks(built: StudyTables, aliases: tuple[AliasCheck, ...]) -> list[str]:
    """What the author of the study should look at first."""
    remarks = []
    for check in aliases:
        name = f"alias '{check.alias}' of subject '{check.subject}'"
        if check.n_matches == 0:
            remarks.append(f"{name} matches nothing in the archive")
        elif check.generic and check.n_referring < 0.5 * check.n_matches:
            remarks.append(
                f"{name} is generic, and {check.n_matches - check.n_referring} of its {check.n_matches} "
                "matches only label a named subject or an act: they are not counted as mentions"
            )
    remarks.extend(
        f"outlet '{outlet['id']}' has {outlet['n_articles']} "
        f"article{'s' if outlet['n_articles'] > 1 else ''}: too few to say much"
        for outlet in built.outlets
        if 0 < outlet["n_articles"] < 5
    )
    return remarks
