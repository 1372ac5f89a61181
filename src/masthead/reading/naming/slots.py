"""What stands where a subject's names stand: common nouns that a study may have left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from masthead.archive import Archive
from masthead.errors import UsageError, nearest
from masthead.reading.lexicon import ALL_GROUP_NOUNS, NO_LABELS, PERSON_NOUNS
from masthead.reading.mentions.mentions import MentionStore
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.mentions.resolve import resolve
from masthead.reading.naming.namings import MentionSentence, covered_tokens, find_sentences, is_refused
from masthead.reading.parsing.model import model_hash
from masthead.reading.parsing.parses import Parse, ParseStore
from masthead.reading.parsing.phrases import NOUNS
from masthead.reading.parsing.workers import Workers
from masthead.study import Study

_MOST_SENTENCES = 20_000
_ACTORS = ALL_GROUP_NOUNS | PERSON_NOUNS
_OPEN_SLOTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj", "poss", "compound"})

Slot = tuple[str, str]


def slot_nouns(archive: Archive, study: Study, subject: str, limit: int = 20) -> list[tuple[str, int]]:
    """Return the common nouns most often found in the slots of a subject that none of its aliases covers.

    A slot is a relation and the word that governs it: subject of `seize`, object of `fight`, object of `by`
    under `shell`. Counted are nouns, as they are written but in small letters, in slots that the subject's mentions
    fill at least twice, in the first 20,000 sentences that name any subject of the study; for an actor, only nouns
    for persons and groups. Each is given with its count, most frequent first. Raises UsageError where the study has
    no such subject.
    """
    ids = [s.id for s in study.subjects]
    if subject not in ids:
        raise UsageError(
            f"the study has no subject '{subject}'", "one of its subjects", nearest(subject, ids)
        )
    index = ids.index(subject)
    is_actor = study.subjects[index].kind == "actor"
    slots_of_subject: Counter[Slot] = Counter()
    others: Counter[tuple[Slot, str]] = Counter()
    for sentence, parse in _sentences(archive, study):
        mention_tokens: set[int] = set()
        for mention in sentence.mentions:
            own = covered_tokens(sentence.mask, parse, mention)
            mention_tokens.update(own)
            if mention.subject == index:
                slots_of_subject.update(_slots(parse, own[-1]))
        for token, tag in enumerate(parse.tags):
            lemma = parse.lemmas[token]
            if tag not in NOUNS or token in mention_tokens or not lemma.isalpha() or lemma in NO_LABELS:
                continue
            if not is_actor or lemma in _ACTORS or lemma.endswith("ist"):
                word = parse.word(token).lower()
                others.update((slot, word) for slot in _slots(parse, token))
    nouns: Counter[str] = Counter()
    for (slot, word), count in others.items():
        if slots_of_subject[slot] > 1:
            nouns[word] += count
    return sorted(nouns.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _slots(parse: Parse, token: int) -> Iterator[Slot]:
    """Yield the slot that a token fills; the object of a preposition fills it under the word above."""
    dep, head = parse.deps[token], parse.heads[token]
    if dep not in _OPEN_SLOTS or head == token:
        return
    if dep == "pobj":
        yield f"{parse.lemmas[head]} under", parse.lemmas[parse.heads[head]]
    else:
        yield dep, parse.lemmas[head]


def _sentences(archive: Archive, study: Study) -> Iterator[tuple[MentionSentence, Parse]]:
    """Yield the study's first sentences with their parses, which reading the archive has left in the cache."""
    patterns = StudyPatterns(study)
    mentions = MentionStore(archive.path / "readings", patterns.patterns)
    left = _MOST_SENTENCES
    with Workers() as workers:
        parses = ParseStore(archive.path / "sentences" / "spacy" / model_hash(), workers)
        for part in archive.parts():
            articles = part.read(["article_id", "title", "text", "language"])
            rows = articles.to_pylist()
            with_mentions: list[MentionSentence] = []
            for matches in mentions.matches(part.hash, articles):
                row = rows[matches[0].row]
                if not is_refused(row["language"]):
                    in_article = resolve(matches, patterns)
                    with_mentions += find_sentences(row["article_id"], row["title"], row["text"], in_article)
            with_mentions = with_mentions[:left]
            left -= len(with_mentions)
            parse_by_key = parses.get({f.key: f.mask.text for f in with_mentions})
            for f in with_mentions:
                yield f, parse_by_key[f.key]
            if left <= 0:
                return
