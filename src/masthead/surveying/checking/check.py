"""What a study's words really catch, before anybody believes a figure made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.errors import listed
from masthead.findings.about import SurveyedOutlet
from masthead.measuring import Job
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.reading import slot_nouns
from masthead.reading.mentions.patterns import family_name, first_surname, is_family_first
from masthead.study import Study, Subject
from masthead.surveying.checking.surroundings import (
    Counted,
    Place,
    lone_parts,
    longer_names,
    longer_words,
    names_beside,
)

SHOWN = 10
"""How many random mentions of each alias are shown, one an article."""

NOUNS = 12
"""How many nouns that no alias covers are shown of each subject."""

LOOKED_AT = 4_000
"""In how many places of each alias its surroundings are looked at."""


@dataclass(frozen=True)
class Mention:
    """One mention of an alias in its sentence: `before`, the words that matched, `after`, to be joined as they are."""

    outlet: str
    day: str | None
    article_id: str
    before: str
    match: str
    after: str
    refers: bool

    def as_dict(self) -> dict[str, object]:
        """The mention as `--json` prints it: its day is `published` there."""
        return {"published" if name == "day" else name: value for name, value in vars(self).items()}


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
    """The result of `masthead study check`.

    By subject, each with its number of articles (`nouns_without_alias`: of places): `nouns_without_alias` are nouns in
    the same places that no alias covers; `longer_names` those that hold a name and may be something else;
    `longer_words` those that begin as an alias and are none. `beside`, by subject and noun, are names of nobody in the
    study right beside that noun.
    """

    outlets: tuple[SurveyedOutlet, ...]
    left_out: dict[str, int]
    aliases: tuple[AliasCheck, ...]
    nouns_without_alias: dict[str, Counted]
    longer_names: dict[str, Counted]
    longer_words: dict[str, Counted]
    beside: dict[tuple[str, str], Counted]
    remarks: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The check as `--json` prints it: `beside` is by subject and alias there."""
        beside: dict[str, dict[str, Counted]] = {}
        for (subject, alias), names in self.beside.items():
            beside.setdefault(subject, {})[alias] = names
        return {
            "outlets": list(self.outlets),
            "left_out": self.left_out,
            "aliases": [
                vars(one) | {"mentions": [mention.as_dict() for mention in one.mentions]}
                for one in self.aliases
            ],
            "uncovered": self.nouns_without_alias,
            "longer_names": self.longer_names,
            "longer_words": self.longer_words,
            "beside": beside,
            "remarks": list(self.remarks),
        }


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
    tables = loaded(Job(study, archive, processes, progress, wire=False), ())
    aliases = tuple(_alias_checks(tables, study, archive))
    nouns_without_alias = {
        s.id: slot_nouns(archive, study, s.id, limit=NOUNS) for s in study.subjects if _has_nouns(s)
    }
    places = _places(tables, archive)
    longer, beside = longer_words(archive, study), names_beside(places, study)
    return StudyCheck(
        outlets=tuple(tables.outlets),
        left_out=tables.left_out,
        aliases=aliases,
        nouns_without_alias=nouns_without_alias,
        longer_names=longer_names(places, study),
        longer_words=longer,
        beside=beside,
        remarks=(
            *_of_study(study),
            *_of_aliases(aliases, beside),
            *_of_words(longer),
            *_of_persons(lone_parts(archive, study)),
            *_of_outlets(tables),
        ),
    )


def _has_nouns(subject: Subject) -> bool:
    """True for a subject that common nouns may mean: groups and peoples, and whatever has a noun already."""
    return any(alias.generic for alias in subject.aliases) or (subject.kind == "actor" and not subject.person)


def _alias_checks(tables: StudyTables, study: Study, archive: Archive) -> list[AliasCheck]:
    tables.connection.execute(
        f"""CREATE TEMP TABLE matches AS
        SELECT *, row_number() OVER (PARTITION BY subject, alias, article_id ORDER BY {_DRAW}) AS nth
        FROM (SELECT DISTINCT n.article_id, a.outlet, a.source_row, a.day, n.subject, n.alias, n.field,
                     n.start, n."end", n.sentence_start, n.sentence_end, n.refers
              FROM archive_namings n JOIN articles a USING (article_id))"""
    )
    counts = {
        (row[0], row[1]): row[2:]
        for row in tables.rows(
            """SELECT subject, alias, count(*), count(*) FILTER (refers), count(DISTINCT article_id),
                      count(DISTINCT outlet) FROM matches GROUP BY 1, 2"""
        )
    }
    examples: dict[tuple[str, str], list[Mention]] = {}
    for row in tables.rows(
        f"""WITH drawn AS (
            SELECT * FROM matches WHERE nth = 1 QUALIFY row_number() OVER (
                PARTITION BY subject, alias ORDER BY {_DRAW}, article_id) <= {SHOWN}),
        body AS ({_BODIES.format(drawn="drawn", texts=_texts(archive))})
        SELECT subject, alias, outlet, day, article_id, refers,
               substring(body, greatest(sentence_start, start - 120) + 1,
                         start - greatest(sentence_start, start - 120)),
               substring(body, start + 1, "end" - start),
               substring(body, "end" + 1, least(sentence_end, "end" + 120) - "end")
        FROM body ORDER BY subject, alias, {_DRAW}, article_id"""
    ):
        subject, alias, outlet, day, article_id, refers, before, match, after = row
        examples.setdefault((subject, alias), []).append(
            Mention(
                outlet=outlet,
                day=day.isoformat() if day else None,
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
            matches, referring, articles, outlets = counts.get(key, (0, 0, 0, 0))
            mentions = tuple(examples.get(key, ()))
            checks.append(
                AliasCheck(*key, alias.generic, matches, referring, articles, outlets, mentions=mentions)
            )
    return checks


_DRAW = "md5(concat_ws(':', subject, alias, source_row, field, start))"
"""The order in which mentions are drawn: another one for each alias."""

_BODIES = """
            SELECT d.*, CASE d.field WHEN 'title' THEN t.title ELSE t.text END AS body
            FROM {drawn} d JOIN {texts} t USING (article_id)"""


def _texts(archive: Archive) -> str:
    return parquet(part.path for part in archive.parts())


def _places(tables: StudyTables, archive: Archive) -> list[Place]:
    """Return where aliases stand, at most three places an article and LOOKED_AT of each alias."""
    rows = tables.rows(
        f"""WITH few AS (
            SELECT * FROM matches WHERE nth <= 3 QUALIFY row_number() OVER (
                PARTITION BY subject, alias ORDER BY nth, {_DRAW}, article_id) <= {LOOKED_AT}),
        body AS ({_BODIES.format(drawn="few", texts=_texts(archive))})
        SELECT subject, alias, article_id,
               substring(body, greatest(sentence_start, start - 60) + 1, start - greatest(sentence_start, start - 60)),
               substring(body, start + 1, "end" - start),
               substring(body, "end" + 1, least(sentence_end, "end" + 60) - "end")
        FROM body ORDER BY ALL"""
    )
    return [Place(*row) for row in rows]


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _of_study(study: Study) -> Iterator[str]:
    """What the aliases themselves tell."""
    for common_alias, subjects in study.shared_aliases.items():
        ids = ", ".join(f"'{subject}'" for subject in subjects)
        yield (
            f"alias '{common_alias}' is of {len(subjects)} subjects, {ids}: each of its mentions counts for all of them"
        )
    for subject in study.subjects:
        for alias in subject.aliases:
            if subject.person and is_family_first(alias):
                yield (
                    f"alias '{alias.text}' of subject '{subject.id}' is taken for a family name and a given name: "
                    f"'{family_name(alias)}' counts for it; say otherwise by family = \"…\" beside its text"
                )
            elif subject.person and first_surname(alias):
                yield (
                    f"alias '{alias.text}' of subject '{subject.id}' may have two family names: "
                    f"'{first_surname(alias)}' counts for it as well as '{family_name(alias)}'; "
                    'say otherwise by family = "…" beside its text'
                )
            if sum(c.isalnum() for c in alias.text) == 1:
                yield (
                    f"alias '{alias.text}' of subject '{subject.id}' is one letter: initials, list marks and words of "
                    "one letter count too; look at its mentions, or list a longer form"
                )


def _of_aliases(aliases: tuple[AliasCheck, ...], beside: dict[tuple[str, str], Counted]) -> Iterator[str]:
    """What the author of the study should look at first in what aliases catch."""
    for check in aliases:
        name = f"alias '{check.alias}' of subject '{check.subject}'"
        if check.n_matches == 0:
            yield (
                f"{name} has no match that counts: none at all, or only in what stands around the articles (footers, "
                "bylines, links), or in lines of capitals that nothing bears out"
            )
        elif check.generic and check.n_referring < 0.5 * check.n_matches:
            yield (
                f"{name} is generic, and {check.n_matches - check.n_referring} of its {check.n_matches} "
                "matches only label a named subject or an act: they are not counted as mentions"
            )
        names = beside.get((check.subject, check.alias))
        if names:
            yield (
                f"{name} often stands beside names that no subject covers, {_counts(names[:5])}: whom it means there, "
                "nobody can tell; make them subjects, or list them in `exclude` with the noun"
            )


def _of_words(longer: dict[str, Counted]) -> Iterator[str]:
    for subject, words in longer.items():
        yield f"longer forms of an alias of subject '{subject}' that no alias covers, by articles: {_counts(words)}"


def _of_persons(parts: dict[str, Counted]) -> Iterator[str]:
    for subject, words in parts.items():
        yield (
            f"words of the full name of subject '{subject}' stand alone after it and do not count, by articles: "
            f'{_counts(words)}; list as an alias what means the person, or say which is the family name: family = "…"'
        )


def _of_outlets(tables: StudyTables) -> Iterator[str]:
    few = [(outlet["id"], outlet["n_articles"]) for outlet in tables.outlets if 0 < outlet["n_articles"] < 5]
    if few:
        names = listed(f"'{outlet}' ({n})" for outlet, n in few)
        yield f"outlets with so few articles that little can be said of them: {names}"


def _counts(counts: Counted) -> str:
    return ", ".join(f"{name} ({n:,})" for name, n in counts)
