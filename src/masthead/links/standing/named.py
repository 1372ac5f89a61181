"""Whom standing text names: what would count, did it count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.links.standing.reader import StandingReading
from masthead.matching.scan import Scanner
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.study import Study

Spans = dict[tuple[str, str], list[tuple[int, int, str]]]


def named_in(archive: Archive, reading: StandingReading, study: Study) -> Iterator[tuple[str, str, str]]:
    """Yield (article, subject, kind of span) where an alias of a subject stands within a span, each once.

    Names alone: a common noun would have to be read in its sentence, and so would a surname.
    """
    patterns = StudyPatterns(study)
    scanner = Scanner(patterns.patterns)
    spans = _spans(reading)
    ids = pa.array(sorted({article for article, _ in spans}), pa.string())
    for part in archive.published.parts():
        articles = part.read(["article_id", "title", "text"])
        for row in articles.filter(pc.is_in(articles["article_id"], ids)).to_pylist():
            pairs = {
                (patterns.subjects[use.subject], kind)
                for field in ("title", "text")
                for start, end, kind in spans.get((row["article_id"], field), ())
                for match in _apart(scanner, row[field][start:end], patterns)
                for use in patterns.uses[scanner.patterns[match]]
                if use.role == "alias" and not use.generic
            }
            for subject, kind in sorted(pairs):
                yield row["article_id"], subject, kind


def _spans(reading: StandingReading) -> Spans:
    spans: Spans = defaultdict(list)
    columns = (reading.table()[name].to_pylist() for name in ("article_id", "field", "start", "end", "kind"))
    for article, field, start, end, kind in zip(*columns, strict=True):
        # What stands twice in a text is there once as well.
        if kind != "repeated":
            spans[article, field].append((start, end, kind))
    return spans


def _apart(scanner: Scanner, text: str, patterns: StudyPatterns) -> set[int]:
    """Return the patterns that stand in a text, those within words that a study excludes left out."""
    matches = scanner.scan(text)
    exclusions = [
        m for m in matches if any(u.role == "exclude" for u in patterns.uses[scanner.patterns[m.pattern]])
    ]
    return {m.pattern for m in matches if not any(e.start <= m.start and m.end <= e.end for e in exclusions)}
