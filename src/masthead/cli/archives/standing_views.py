"""How standing text looks on a terminal, beside what an archive holds and what was found in it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from masthead.cli.terminal.output import counted, emit, say

if TYPE_CHECKING:
    from masthead.archive import Archive, Found

_SHOWN = 40


def emit_standing(archive: Archive) -> None:
    """Print how much standing text each outlet has, where a survey has marked it."""
    from masthead.dossier.overview.standing_text import KINDS
    from masthead.links.standing import kept_standing

    reading = kept_standing(archive)
    emit("")
    if reading is None:
        emit("standing text (datelines, credits, footers): not marked yet; a survey marks it")
        return
    outlet_of: dict[str, str] = {}
    for part in archive.parts():
        table = part.read(["article_id", "outlet"])
        outlet_of.update(zip(table["article_id"].to_pylist(), table["outlet"].to_pylist(), strict=True))
    spans: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    marks = reading.table()
    for article, kind in zip(marks["article_id"].to_pylist(), marks["kind"].to_pylist(), strict=True):
        spans[outlet_of[article]][kind] += 1
        articles[outlet_of[article]].add(article)
    emit(
        f"standing text, which no survey counts unless it is asked to: {counted(marks.num_rows, 'span')} in "
        f"{counted(sum(map(len, articles.values())), 'article')}"
    )
    for outlet in sorted(spans, key=lambda name: (-len(articles[name]), name))[:_SHOWN]:
        kinds = ", ".join(f"{KINDS.get(kind, kind)} {n:,}" for kind, n in spans[outlet].most_common())
        emit(f"  {outlet}: {counted(len(articles[outlet]), 'article')} ({kinds})")
    if len(spans) > _SHOWN:
        emit(f"  … and {len(spans) - _SHOWN:,} more outlets")


def say_in_standing(archive: Archive, matches: Found) -> None:
    """Say how many of the matches that are shown stand in standing text, where a survey has marked it."""
    from masthead.dossier.overview.standing_text import KINDS
    from masthead.links.standing import kept_standing

    reading = kept_standing(archive) if matches.hits else None
    if reading is None:
        return
    ids = {hit.article_id for hit in matches.hits}
    spans: dict[tuple[str, str], list[tuple[int, int, str]]] = defaultdict(list)
    marks = reading.table()
    for article, field, start, end, kind in zip(
        *(marks[name].to_pylist() for name in ("article_id", "field", "start", "end", "kind")), strict=True
    ):
        if article in ids:
            spans[article, field].append((start, end, kind))
    kinds = Counter(
        kind
        for hit in matches.hits
        for start, end, kind in spans.get((hit.article_id, hit.field), ())
        if start <= hit.start and hit.end <= end
    )
    if kinds:
        counts = ", ".join(f"{KINDS.get(kind, kind)} {n:,}" for kind, n in kinds.most_common())
        say(f"{kinds.total():,} of the {len(matches.hits):,} matches shown stand in standing text: {counts}")
