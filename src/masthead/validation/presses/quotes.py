"""How well who says what is read on presses whose attributions are known."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict, Unpack

from masthead.archive import Archive
from masthead.press import Press
from masthead.press.writing.grammar import FIRST
from masthead.study import Study
from masthead.validation.presses.grading import Size, grade_presses, read_measures

Place = tuple[str, str]


class Words(NamedTuple):
    """A span of an article's text and whose it is: a subject's id, or the name that the text has."""

    start: int
    end: int
    kind: str
    subject: str | None
    name: str


class SpeakerFigures(TypedDict):
    """Of attributions that are found: whose speaker the text names, who is named, and how many of these rightly."""

    nameable: int
    named: int
    precision: float | None
    recall: float | None


class QuotesFigures(TypedDict):
    """A grade as plain data, with its ratios."""

    setting: str
    presses: int
    articles: int
    attributions: int
    read: int
    precision: float | None
    recall: float | None
    recall_by_kind: dict[str, float]
    speakers: SpeakerFigures


@dataclass
class QuotesGrade:
    """Counts over presses of one setting.

    A true attribution is found where half of it or more is read. One that is read is right where half of it or more is
    said by somebody, or where it holds half of what somebody said. Of those that are found, `named` have a speaker with
    a name, and `agreed` the right one; `nameable` are the true ones whose speaker the text names. A name given to
    nobody in particular (`residents`) is wrong where it is a subject's, and else not counted.
    """

    setting: str
    presses: int = 0
    articles: int = 0
    read: int = 0
    right: int = 0
    true: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    nameable: int = 0
    named: int = 0
    agreed: int = 0

    def as_dict(self) -> QuotesFigures:
        """The grade as plain data, with its ratios."""
        return {
            "setting": self.setting,
            "presses": self.presses,
            "articles": self.articles,
            "attributions": self.true.total(),
            "read": self.read,
            "precision": _ratio(self.right, self.read),
            "recall": _ratio(self.found.total(), self.true.total()),
            "recall_by_kind": {kind: self.found[kind] / n for kind, n in sorted(self.true.items())},
            "speakers": {
                "nameable": self.nameable,
                "named": self.named,
                "precision": _ratio(self.agreed, self.named),
                "recall": _ratio(self.agreed, self.nameable),
            },
        }


def grade_quotes(setting: str, **size: Unpack[Size]) -> QuotesGrade:
    """Make presses, read who says what in them, and compare with what the presses told."""
    return grade_presses(QuotesGrade(setting), _add, setting, **size)


def _add(total: QuotesGrade, press: Press, study: Study, archive: Archive) -> None:
    planted_quotes: dict[Place, list[Words]] = defaultdict(list)
    for row in press.truth().attributions.to_pylist():
        words = Words(row["start"], row["end"], row["kind"], row["speaker"], row["name"])
        planted_quotes[row["outlet"], row["key"]].append(words)
    read = _read(study, archive, indirect=press.grammar != FIRST)
    for place in planted_quotes.keys() | read.keys():
        _grade(total, planted_quotes.get(place, []), read.get(place, []))


def _read(study: Study, archive: Archive, *, indirect: bool) -> dict[Place, list[Words]]:
    """What the reader attributes to somebody in the texts, by outlet and key of the article."""
    tables, _ = read_measures(study.model_copy(update={"measures": ("voice",)}), archive)
    words: dict[Place, list[Words]] = defaultdict(list)
    for outlet, key, start, end, kind, subject, speaker in tables.rows(
        """SELECT a.outlet, json_extract_string(a.extra, '$.key'), t.start, t."end", t.kind,
                  CASE WHEN t.who IN ('other', 'unknown') THEN NULL ELSE t.who END,
                  coalesce(t.speaker, t.speaker_text, '')
        FROM attributions t JOIN archive_articles a USING (article_id)
        WHERE t.field = 'text'"""
    ):
        if indirect or kind != "indirect":
            words[outlet, key].append(Words(start, end, kind, subject, speaker))
    return words


def _grade(total: QuotesGrade, planted_quotes: list[Words], read: list[Words]) -> None:
    total.read += len(read)
    total.right += sum(
        _is_covered(one, planted_quotes) or any(_is_covered(true, [one]) for true in planted_quotes)
        for one in read
    )
    for true in planted_quotes:
        total.true[true.kind] += 1
        total.found[true.kind] += _is_covered(true, read)
        nameable = bool(true.subject or true.name)
        total.nameable += nameable
        best = max(read, key=lambda one: _overlap(true, one), default=None)
        if best is None or not _overlap(true, best) or not _is_named(best):
            continue
        if not nameable and best.subject is None:
            continue
        total.named += 1
        total.agreed += nameable and _is_same(true, best)


def _is_covered(one: Words, others: list[Words]) -> bool:
    return 2 * sum(_overlap(one, other) for other in others) >= one.end - one.start


def _overlap(one: Words, other: Words) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _is_named(read: Words) -> bool:
    return read.subject is not None or any(word[:1].isupper() for word in read.name.split()[-2:])


def _is_same(true: Words, read: Words) -> bool:
    """Whether both are the same subject, or the same name by its last word and, where the text has both, its first."""
    if true.subject or read.subject:
        return true.subject == read.subject
    first, _, last = true.name.lower().rpartition(" ")
    name_read = read.name.lower()
    others = [word for word in name_read.split(last)[0].split() if word.isalpha()]
    return last in name_read and (
        not first or first in name_read or not others or others[-1] in ("ms", "mr", "the")
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
