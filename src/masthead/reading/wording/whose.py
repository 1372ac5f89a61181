"""Whose words stand where in the articles of a part: the outlet's own, a party's, or somebody else's."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive, Part
from masthead.archive.store import read_parquet
from masthead.reading.attribution.cues import SPOKEN
from masthead.reading.attribution.people import AUTHORS
from masthead.reading.attribution.reader import VERSION as QUOTES_VERSION
from masthead.reading.mentions.alone import is_title_case
from masthead.reading.mentions.mentions import MentionStore
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.naming.namings import is_refused
from masthead.reading.quotes import quoted_spans
from masthead.reading.reader import config_hash
from masthead.reading.wording.phrases import NOBODY, Field, Phrases, find_phrases
from masthead.study import Study

VERSION = "4"
"""Raise it when the same article may hold other phrases, or in other voices."""

_LETTERS_AT_ONCE = 500_000

_Spoken = tuple[int, int, int]


@dataclass(frozen=True)
class Lot:
    """Some articles of a part: their ids, the names and places of their fields, and the phrases in these.

    `article_ids` are by article; `articles` (which of them) and `names` (title or text) by field, as `phrases.field`
    counts.
    """

    article_ids: list[str]
    articles: list[int]
    names: list[str]
    phrases: Phrases


def parties(study: Study) -> list[str]:
    """Return the subjects whose words are told apart, in the order of their numbers: the study's actors."""
    return [subject.id for subject in study.subjects if subject.kind == "actor"]


def own_outlets(study: Study) -> dict[str, int]:
    """Return which party's own an outlet is, by value of the archive's outlet column."""
    number = {party: at for at, party in enumerate(parties(study))}
    speaks_for = {
        outlet: number[subject.id]
        for subject in study.subjects
        for outlet in subject.texts
        if subject.id in number
    }
    return {value: speaks_for[outlet] for value, outlet in study.outlet_of.items() if outlet in speaks_for}


def wording_hash(study: Study) -> str:
    """Return 16 hex digits over all of a study and of the readers that the phrases of an article depend on."""
    lines = [
        VERSION,
        QUOTES_VERSION,
        config_hash(study),
        *parties(study),
        *sorted(map(str, own_outlets(study).items())),
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


class Voices:
    """Reads the phrases of an archive's parts, and in whose words they stand.

    What stands in quotation marks, or is given to somebody, is not the outlet's own. Words that are told as said by a
    subject are its own; words that the text gives to nobody, to others or to several at once are no party's.
    """

    def __init__(self, archive: Archive, study: Study) -> None:
        self._number = {party: at for at, party in enumerate(parties(study))}
        self._patterns = StudyPatterns(study)
        self._mentions = MentionStore(archive.path / "readings", self._patterns.patterns)
        self._own = own_outlets(study)

    def lots(self, part: Part, quotes: Path, *, as_parties: bool) -> Iterator[Lot]:
        """Yield the phrases of a part, whose attributions are in the file `quotes`, some articles at a time.

        With `as_parties`, an outlet that is a party's own speaks for it, and only articles that hold a party's words
        are read; without, every outlet speaks for itself. Articles in another language than English are left out.
        """
        columns = ["article_id", "outlet", "title", "text", "language"]
        articles = part.read(columns)
        speech = self._speech(quotes)
        names: dict[tuple[int, str], list[tuple[int, int]]] = {}
        for of_one in self._mentions.matches(part.hash, articles):
            for match in of_one:
                name = "title" if match.in_title else "text"
                names.setdefault((match.row, name), []).append((match.start, match.end))
        lot = _Growing()
        for row, article in enumerate(articles.to_pylist()):
            if is_refused(article["language"]):
                continue
            own = self._own.get(article["outlet"]) if as_parties else None
            speech_in = {name: speech.get((article["article_id"], name), []) for name in ("title", "text")}
            if (
                as_parties
                and own is None
                and not any(who >= 0 for one in speech_in.values() for *_, who in one)
            ):
                continue
            lot.begin(article["article_id"])
            for name in ("title", "text"):
                content = article[name] or ""
                quotations = [(start, end, NOBODY) for start, end in quoted_spans(content)]
                whole = [] if own is None else [(0, len(content), own)]
                lot.add(name, content, [*whole, *quotations, *speech_in[name]], names.get((row, name), []))
            if lot.letters >= _LETTERS_AT_ONCE:
                yield lot.read()
                lot = _Growing()
        if lot.article_ids:
            yield lot.read()

    def _speech(self, quotes: Path) -> dict[tuple[str, str], list[_Spoken]]:
        """Return, by article and field, the stretches given to somebody and to whom, the longest first."""
        columns = ["article_id", "field", "start", "end", "stance", "kind", "speaker_text", "subject"]
        table = read_parquet(quotes, columns)
        is_speech = pc.or_(
            pc.is_in(table["stance"], pa.array(sorted(SPOKEN))), pc.not_equal(table["kind"], "indirect")
        )
        author = pc.is_in(pc.utf8_lower(table["speaker_text"]), pa.array(sorted(AUTHORS)))
        is_speech = pc.and_(is_speech, pc.invert(author))
        speaker_of: dict[tuple[str, str, int, int], int] = {}
        names = ("article_id", "field", "start", "end", "subject")
        for article_id, name, start, end, subject, is_said in zip(
            *(table[column].to_pylist() for column in names), is_speech.to_pylist(), strict=True
        ):
            who = self._number.get(subject, NOBODY) if is_said else NOBODY
            # The same words given to two are nobody's in particular.
            key = (article_id, name, start, end)
            speaker_of[key] = who if speaker_of.get(key, who) == who else NOBODY
        by_field: dict[tuple[str, str], list[_Spoken]] = {}
        for (article_id, name, start, end), who in speaker_of.items():
            by_field.setdefault((article_id, name), []).append((start, end, who))
        for stretches in by_field.values():
            stretches.sort(key=lambda s: (s[0] - s[1], s[0]))
        return by_field


class _Growing:
    """A lot in the making."""

    def __init__(self) -> None:
        self.letters = 0
        self.article_ids: list[str] = []
        self._names: list[str] = []
        self._fields: list[Field] = []

    def begin(self, article_id: str) -> None:
        """Begin an article; the fields that are added next are its own."""
        self.article_ids.append(article_id)

    def add(self, name: str, content: str, speech: list[_Spoken], aliases: list[tuple[int, int]]) -> None:
        """Add a field of the article that was begun last."""
        headline = name == "title" and is_title_case(content)
        self._names.append(name)
        self._fields.append(Field(len(self.article_ids) - 1, content, speech, aliases, headline))
        self.letters += len(content)

    def read(self) -> Lot:
        """Find the phrases."""
        articles = [one.article for one in self._fields]
        return Lot(self.article_ids, articles, self._names, find_phrases(self._fields))
