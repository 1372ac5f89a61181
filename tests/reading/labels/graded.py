"""Grades the naming reader on sentences that hold a label, and on some that hold somebody else's, by kind.

    python -m tests.reading.labels.graded [--mistakes]

prints, per kind and half, what was read, what stands there and what is both: a label is a family of words at a mention.
The rules of the reader were mended on the first of every two sentences; `--mistakes` prints those of that half alone.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.press.strait.subjects import ROLES
from masthead.press.study_text import study_text
from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.naming.namings import name_articles
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import parse_of
from masthead.study import parse_study
from tests.reading.conftest import make_articles

FOLDER = Path(__file__).parent
HALVES = ("mended on", "held out")
_MARK = re.compile(r"[#*]")
_BEFORE = "Ilan Teveth and Sera Quillon met in the rain. "
"""Surnames count where the whole name has stood."""

Place = tuple[int, str]


@dataclass(frozen=True)
class Case:
    """A sentence, its kind and half, and the labels of its mentions as (start of the mention, family)."""

    kind: str
    half: str
    text: str
    labels: frozenset[Place]


def cases() -> Iterator[Case]:
    """Yield the sentences of both files in their order."""
    for name in ("positive", "negative"):
        kind, line_number = "", 0
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                kind, line_number = line.strip("[]"), 0
            elif line and not line.startswith("# "):
                yield _case(kind, HALVES[line_number % 2], line)
                line_number += 1


def _case(kind: str, half: str, line: str) -> Case:
    text, open_at = "", {}
    spans: dict[str, list[tuple[int, int]]] = {"#": [], "*": []}
    at = 0
    for mark in _MARK.finditer(line):
        text += line[at : mark.start()]
        at = mark.end()
        sign = mark.group()
        if sign in open_at:
            spans[sign].append((open_at.pop(sign), len(text)))
        else:
            open_at[sign] = len(text)
    text += line[at:]
    families = [family_of(text[first:last]) for first, last in spans["*"]]
    return Case(kind, half, text, frozenset((start, f) for start, _ in spans["#"] for f in families if f))


def family_of(word: str) -> str | None:
    """Return the id of the label family of a word of the press, None where it is in none."""
    word = word.lower()
    for role in ROLES:
        for family in role.families:
            for one in family.words:
                if word in {
                    s.lower() for s in (one.lemma, one.noun, one.plural, one.modifier, one.verb) if s
                }:
                    return family.id
                if word.rstrip("s") == one.lemma:
                    return family.id
    return None


def read(texts: list[tuple[str, bool]]) -> list[frozenset[Place]]:
    """Return for each text, told whether it is a headline, the labels that the reader gives its mentions."""
    patterns = StudyPatterns(parse_study(_study()))
    articles = make_articles(
        *(
            {"article_id": f"a{i:04}", "title": text, "text": _BEFORE}
            if is_headline
            else {"article_id": f"a{i:04}", "text": _BEFORE + text}
            for i, (text, is_headline) in enumerate(texts)
        )
    )
    parser = Parser()

    def parse(sentences: dict[int, str]) -> dict[int, Any]:
        rows = parser.parse(list(sentences.values())).to_pylist()
        return {key: parse_of(row) for key, row in zip(sentences, rows, strict=True)}

    matches = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
    labels: dict[int, set[Place]] = defaultdict(set)
    for row in name_articles(articles, matches, patterns, parse)[0].to_pylist():
        article = int(row["article_id"][1:])
        is_headline = texts[article][1]
        start = row["start"] - (0 if is_headline else len(_BEFORE))
        if not row["refers"] or not row["label"] or (is_headline and row["field"] == "text") or start < 0:
            continue
        family = family_of(row["label"])
        if family:
            labels[article].add((start, family))
    return [frozenset(labels[i]) for i in range(len(texts))]


def _study() -> dict[str, Any]:
    import tomllib

    text = study_text(tuple(role.cast for role in ROLES), archive="a.archive")
    return tomllib.loads(text)


def grade(with_mistakes: bool = False) -> dict[tuple[str, str], Counter[str]]:
    """Return counts read, true and both by half and kind, and by half and `all`."""
    all_cases = list(cases())
    readings = read([(case.text, case.kind == "headlines") for case in all_cases])
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for case, labels in zip(all_cases, readings, strict=True):
        for kind in (case.kind, "all"):
            counts[case.half, kind].update(
                read=len(labels), true=len(case.labels), both=len(labels & case.labels)
            )
        if with_mistakes and case.half == HALVES[0] and labels != case.labels:
            missing = " ".join(f"-{f}" for _, f in sorted(case.labels - labels))
            false = " ".join(f"+{f}" for _, f in sorted(labels - case.labels))
            print(f"  {case.kind}: {case.text}  {missing} {false}")
    return dict(counts)


def main() -> None:
    """Print the grade."""
    counts = grade("--mistakes" in sys.argv)
    print(f"{'kind':24}" + "".join(f"{half + ': precision':>22} {'recall':>7} {'of':>4}" for half in HALVES))
    for kind in dict.fromkeys(kind for _, kind in counts):
        line = f"{kind:24}"
        for half in HALVES:
            c = counts.get((half, kind), Counter())
            precision = f"{c['both'] / c['read']:.3f}" if c["read"] else "–"
            recall = f"{c['both'] / c['true']:.3f}" if c["true"] else "–"
            line += f"{precision:>22} {recall:>7} {c['true']:>4}"
            if not c["true"]:
                line += f" ({c['read']} false)"
        print(line)


if __name__ == "__main__":
    main()
