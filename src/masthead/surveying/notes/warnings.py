"""What the reader of a survey is warned of before anything else."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.archive import Archive
from masthead.dossier.overview.standing_text import KINDS
from masthead.errors import listed
from masthead.findings.about import StandingText
from masthead.measuring.tables import ModelReading, StudyTables
from masthead.study import Study

WORTH_A_LINE = 0.05
"""The part of an outlet's articles that standing text must add to a figure of attention for a warning."""

_SHOWN = 5

_TOLD_OUTLETS = 8
"""So many outlets are named in a warning."""


def warnings(tables: StudyTables, archive: Archive, study: Study, standing: StandingText | None) -> list[str]:
    """Return the warnings of a survey; `standing` is what `masthead.surveying.notes.standing_text` says of it."""
    warnings = []
    if archive.frame != "everything":
        reasons = {"query": "a search query found them", "curated": "somebody chose them"}
        how = reasons.get(archive.frame or "", "how they were selected is not stated")
        warnings.append(f"attention describes whoever selected the articles, too: {how}")
    silent = [o["title"] for o in tables.outlets if o["n_articles"] and not o["quotation_marks"]]
    if silent:
        warnings.append(f"own and quoted voice cannot be told apart for {listed(silent)}: no quotation marks")
    foreign = tables.left_out.get("language")
    if foreign:
        warnings.append(
            f"{_articles(foreign)} not in English ({_by_outlet(tables)}): a mention counts there by the word alone, in "
            "the forms that the study lists; labels are read in English only"
        )
    for name, model in tables.models.items():
        warnings += _of_model(name, model)
    bare = sum(o["n_without_text"] for o in tables.outlets)
    if bare:
        warnings.append(f"{_articles(bare)} without text: a mention beyond the title cannot be seen")
    subjects = {row[0] for row in tables.rows("SELECT DISTINCT subject FROM mentions")}
    without_mention = [s.title for s in study.subjects if s.id not in subjects]
    if without_mention:
        warnings.append(
            f"no article mentions {listed(without_mention)}: `masthead study check` shows what each alias matches"
        )
    warnings += [
        f"'{alias}' is an alias of {listed(study.subject(s).title for s in ids)}: each mention counts for all of them"
        for alias, ids in study.shared_aliases.items()
    ]
    if standing is not None:
        titles = {o["id"]: o["title"] for o in tables.outlets} | {s.id: s.title for s in study.subjects}
        warnings += _of_standing(standing, titles)
    return warnings


def _of_model(name: str, read: ModelReading) -> Iterator[str]:
    """What a model did not read for an instrument."""
    n_refused = sum(read.refusals.values())
    if n_refused:
        yield f"{_articles(n_refused)} in a language that {read.model} does not read: left out of {name}"
    if read.asked_model is not None and read.asked_model["mentions_set_aside"]:
        n, sentences = read.asked_model["mentions_set_aside"], read.asked_model["sentences_set_aside"]
        yield (
            f"{read.model} gave no answer of use to {sentences:,} sentence{'s' if sentences != 1 else ''}: "
            f"{n:,} mention{'s are' if n != 1 else ' is'} read by nobody, and in no figure of {name}"
        )
    if read.is_sample:
        yield (
            f"{name} is of a sample: {read.counts['mentions_read']:,} of {read.counts['mentions']:,} mentions "
            f"were read, until intervals reached no further than {read.precision:g} to either side"
        )


def _articles(n: int) -> str:
    return f"{n:,} article{'s' if n != 1 else ''} {'are' if n != 1 else 'is'}"


def _by_outlet(tables: StudyTables) -> str:
    """How many articles are not in English, of the outlets with most, and in which languages."""
    rows = tables.rows(
        """SELECT outlet, count(*), string_agg(DISTINCT language, ', ' ORDER BY language) FROM articles
        WHERE refused GROUP BY 1 ORDER BY 2 DESC, 1"""
    )
    titles = {outlet["id"]: outlet["title"] for outlet in tables.outlets}
    counts = [
        f"{count:,} of {titles[outlet]}, {languages}" for outlet, count, languages in rows[:_TOLD_OUTLETS]
    ]
    more = [f"{len(rows) - _TOLD_OUTLETS:,} more outlets"] if len(rows) > _TOLD_OUTLETS else []
    return "; ".join([*counts, *more])


def _of_standing(standing: StandingText, titles: dict[str, str]) -> list[str]:
    """Say which figures standing text would move by much, and which outlets have texts that are no articles."""
    lines = [
        f"{titles[r['outlet']]}: {r['only']:,} of {r['only'] + r['named']:,} articles that name {titles[r['subject']]} "
        f"do so only in what stands around the article ({_kinds(r['kinds'])}), which does not count"
        for r in standing["moved"]
        if r["only"] >= WORTH_A_LINE * r["n"]
    ]
    first_lines = lines[:_SHOWN] + (
        [f"so do {len(lines) - _SHOWN:,} more figures"] if len(lines) > _SHOWN else []
    )
    return first_lines + [
        f"{titles[o['id']]}: {o['no_article']:,} of its {o['articles']:,} texts are no article's own (a notice that "
        "stands under many titles, or what is shown before a payment): they count as articles without text"
        for o in standing["outlets"]
        if o["no_article"]
    ]


def _kinds(kinds: dict[str, int]) -> str:
    return ", ".join(
        f"{KINDS.get(kind, kind)} {n:,}" if len(kinds) > 1 else KINDS.get(kind, kind)
        for kind, n in kinds.items()
    )
