"""`masthead stories`: the largest stories of an archive, with outlets, timeline and headlines side by side."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import (
    ArchiveOrStudy,
    AsJson,
    OtherArchive,
    Processes,
    open_archive_or_study,
)
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say

if TYPE_CHECKING:
    from masthead.links.stories import Story

_HEADLINES = 12
"""Headlines of a story that a list shows; `--story` shows all."""


def stories_command(
    where: ArchiveOrStudy,
    story: Annotated[
        str | None, typer.Option(help="This story whole: its id, or that of an article on it.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many stories to list.")] = 20,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """List the stories that most outlets ran, each with its outlets, timeline and headlines side by side.

    A story is what articles of any outlets write on one event. With a study, only its outlets are shown.
    """
    from masthead.links.stories import largest_stories, one_story, read_stories
    from masthead.measuring.counting import counted

    archive, study = open_archive_or_study(where, other_archive)
    study_outlets = study.listed if study else ()
    outlets = {value: outlet.title for outlet in study_outlets for value in outlet.matches} or None
    with progress() as report:
        archive = counted(archive, study, progress=report)
        reading = read_stories(archive, processes=processes, progress=report)
    stories = (
        largest_stories(archive, reading, limit, outlets)
        if story is None
        else [one_story(archive, reading, story, outlets)]
    )
    if as_json:
        emit_json({"counts": reading.counts, "stories": [_as_dict(one) for one in stories]})
        return
    for one in stories:
        emit(*_lines(one, None if story else _HEADLINES))
    say(_summary(reading.counts))


def _as_dict(story: Story) -> dict[str, Any]:
    return {
        "story": story.story,
        "outlets": list(story.outlets),
        "n_outlets": len(story.outlets),
        "n_articles": len(story.articles),
        "first": story.first.isoformat(),
        "last": story.last.isoformat(),
        "articles": [
            {**asdict(article), "published": article.published.isoformat()} for article in story.articles
        ],
    }


def _lines(story: Story, most: int | None) -> list[str]:
    """Lay out a story: what it is, then a headline a line, its outlet before it and its moment before that."""
    articles = story.articles[:most]
    width = max(len(article.outlet) for article in articles)
    lines = [
        f"{story.story}  {counted(len(story.outlets), 'outlet')}, {counted(len(story.articles), 'article')}, "
        f"{story.first:%Y-%m-%d} to {story.last:%Y-%m-%d}"
    ]
    for article in articles:
        moment = (
            f"{article.published:%m-%d}" if article.precision == "day" else f"{article.published:%m-%d %H:%M}"
        )
        lines.append(
            f"  {moment:11}  {article.outlet:{width}}  {' '.join(article.title.split()) or '(no title)'}"
        )
    if len(articles) < len(story.articles):
        lines.append(f"  … and {len(story.articles) - len(articles):,} more: --story {story.story}")
    return [*lines, ""]


def _summary(counts: dict[str, int]) -> str:
    stories = "story" if counts["stories"] == 1 else "stories"
    text = (
        f"{counted(counts['articles'], 'article')}: {counts['stories']:,} {stories}, {counts['shared']:,} of them "
        f"of two outlets or more, {counts['alone']:,} of one article"
    )
    left_out = [
        f"{counts[name]:,} {what}"
        for name, what in (("undated", "without a date"), ("vague", "dated to a month or year only"))
        if counts[name]
    ]
    return text + (f"; in no story: {', '.join(left_out)}" if left_out else "")
