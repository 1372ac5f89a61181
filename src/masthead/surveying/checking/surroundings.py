"""What stands around and beside a study's aliases: longer names and longer words that hold one, and others' names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple

from masthead.archive import Archive
from masthead.matching.scan import Pattern, Scanner
from masthead.reading import sample_texts
from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, PERSON_NOUNS, TITLES
from masthead.reading.mentions.alone import is_title_case, stands_alone
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.study import Study, Subject

_ARTICLES = 4_000
_SHOWN = 12
_SHORTEST_STEM = 4
_VOWELS = "aeiouy"

_CAPITAL = r"[^\W\d_a-zà-ÿ][\w’'&-]*"
_AFTER = re.compile(
    rf"((?:[ \u00a0]{_CAPITAL})(?:[ \u00a0](?:(?:of|for|de|la|al|el|von|van)[ \u00a0](?:the[ \u00a0])?)?{_CAPITAL})*)"
)
_CAPITALISED = re.compile(_CAPITAL)
_JOINS = frozenset(("of", "for", "de", "la", "al", "el", "von", "van", "the"))
_WHOSE = re.compile(
    r"[ \u00a0](?:of|from|loyal to|linked to|belonging to|tied to|allied with|affiliated with|affiliated to)[ \u00a0]"
    rf"(?:the[ \u00a0])?({_CAPITAL}(?:[ \u00a0]{_CAPITAL})*)"
)
_POSSESSIVE = re.compile(r"['’]s?\Z")
_NO_NAMES = FUNCTION_WORDS | DAYS_AND_MONTHS

Counted = list[tuple[str, int]]
"""Names or words, each with the number of articles that hold it, the most frequent first."""


class Place(NamedTuple):
    """A mention in its sentence: whose, by which alias, in which article, and the characters around it."""

    subject: str
    alias: str
    article_id: str
    before: str
    match: str
    after: str


def longer_names(places: Iterable[Place], study: Study) -> dict[str, Counted]:
    """Return for each subject the longer names that hold one of its names: `Ilmar Street`, `Lake Ilmar`.

    For a person only those that go on after the name: what stands before is mostly a first name. A name that stands in
    one article is left out where its alias stands in ten or more.
    """
    subjects = {s.id: s for s in study.subjects}
    aliases = {alias.text.casefold() for s in study.subjects for alias in s.aliases if not alias.generic}
    articles_of_name: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    articles: defaultdict[str, set[str]] = defaultdict(set)
    for place in places:
        subject = subjects[place.subject]
        if place.alias not in subject.names or len(place.alias) == 1:
            continue
        articles[subject.id].add(place.article_id)
        name = _longer_name(place, subject, aliases)
        if name and name.casefold() not in aliases:
            articles_of_name[subject.id][name].add(place.article_id)
    return {
        subject: commonest
        for subject, names in articles_of_name.items()
        if (commonest := _commonest(names, 2 if len(articles[subject]) >= 10 else 1))
    }


def _longer_name(place: Place, subject: Subject, aliases: Set[str]) -> str | None:
    if is_title_case(place.before + place.match + place.after):
        return None
    after = _AFTER.match(place.after)
    words = _up_to_small_letters(after[1].split()) if after else []
    while words and words[-1].lower() in _NO_NAMES:
        words.pop()
    words = _without_bearer(words)
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1])
    before = [] if subject.person else _names_before(place.before)
    if any({word.casefold(), word.casefold().rstrip("s")} & aliases for word in (*before, *words)):
        return None  # two names side by side
    return " ".join([*before, " ".join(place.match.split()), *words]) if words or before else None


def _up_to_small_letters(words: list[str]) -> list[str]:
    """Cut off what follows the capitals, which the expression knows of Latin letters only."""
    for at, word in enumerate(words):
        if not word[0].isupper() and word not in _JOINS:
            words = words[:at]
            break
    while words and words[-1] in _JOINS:
        words.pop()
    return words


def _without_bearer(words: list[str]) -> list[str]:
    """Cut off a title, and the person whose it is: `Court Justice Anna Hale` goes on as `Court`."""
    for at, word in enumerate(words):
        if word.lower() in TITLES and len(words) - at != 2:
            return words[:at]
    return words


def _names_before(before: str) -> list[str]:
    words: list[str] = []
    # What ends in a space leaves an empty last piece; no name stands right before anything else.
    for piece in reversed([*before.replace("\u00a0", " ").split(" ")][:-1] if before[-1:].isspace() else []):
        word = piece.lstrip('"“„«([')
        if not _CAPITALISED.fullmatch(word) or not word[0].isupper():
            break
        words.insert(0, word)
        if word != piece:
            break
    if (
        words
        and " ".join(words) == before.replace("\u00a0", " ").strip().lstrip('"“„«([')
        and not words[0].isascii()
    ):
        words.pop(0)  # every first word of a sentence has a capital, and titles are known in English alone
    while words and words[0].lower().rstrip(".") in _NO_NAMES | TITLES | PERSON_NOUNS:
        words.pop(0)
    return [] if any(word.lower() in _NO_NAMES | TITLES | PERSON_NOUNS for word in words) else words


def names_beside(places: Iterable[Place], study: Study) -> dict[tuple[str, str], Counted]:
    """Return for each noun of a subject the names beside it that no subject covers: `Lynx rebels`, `rebels of Lynx`.

    Only where these stand in two articles or more, and in one of twenty of those that hold the noun.
    """
    scanner = Scanner([alias.pattern for s in study.subjects for alias in s.aliases if not alias.generic])
    generic = {(s.id, alias.text) for s in study.subjects for alias in s.aliases if alias.generic}
    articles_of_name: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(
        lambda: defaultdict(set)
    )
    articles: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for place in places:
        key = (place.subject, place.alias)
        if key not in generic:
            continue
        articles[key].add(place.article_id)
        if is_title_case(place.before + place.match + place.after):
            continue
        whose = _WHOSE.match(place.after)
        owner = _POSSESSIVE.sub("", whose[1]) if whose and whose[1][0].isupper() else ""
        for name in (" ".join(_names_before(place.before)), owner):
            if len(name) > 1 and not scanner.scan(name):
                articles_of_name[key][name].add(place.article_id)
    commonest = {}
    for key, names in articles_of_name.items():
        beside = len(set().union(*names.values()))
        if beside > 1 and beside * 20 >= len(articles[key]):
            commonest[key] = _commonest(names, 1)
    return commonest


def longer_words(archive: Archive, study: Study) -> dict[str, Counted]:
    """Return for each subject the words that begin as an alias does and that no alias of the study covers.

    `Varenians` and `Varenienne` beside `Varenian`, `Reed Fronters` beside `Reed Front`: of a last word of six letters
    or more that ends in a vowel, the last is left out. Counted in an even sample of 4,000 articles.
    """
    stems = {
        Pattern(stem + "*", alias.ignore_case): subject.id
        for subject in study.subjects
        for alias in subject.aliases
        if (stem := _stem(alias.text))
    }
    patterns = list(stems)
    scanner = Scanner(patterns)
    covers = Scanner([alias.pattern for s in study.subjects for alias in s.aliases])
    is_alias: dict[str, bool] = {}
    articles_of_word: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, text in enumerate(sample_texts(archive, _ARTICLES)):
        for match in scanner.scan(text):
            word = " ".join(text[match.start : match.end].split())
            if word not in is_alias:
                is_alias[word] = any((m.start, m.end) == (0, len(word)) for m in covers.scan(word))
            if not is_alias[word]:
                articles_of_word[stems[patterns[match.pattern]]][word].add(number)
    return {subject: _commonest(_as_mostly_written(words), 1) for subject, words in articles_of_word.items()}


def lone_parts(archive: Archive, study: Study) -> dict[str, Counted]:
    """Return for each person the words of a full name that stand alone and do not count: `Han` of `Han Seo-jun`.

    The family name counts already. Only what stands so in one of ten of the articles that hold the full name, of an
    even sample of 4,000.
    """
    texts_of_aliases = {pattern.text for pattern in StudyPatterns(study).patterns}
    parts: dict[Pattern, list[tuple[str, Pattern]]] = {}
    for subject in study.subjects:
        for alias in subject.aliases if subject.person else ():
            for word in [
                w for w in alias.text.split() if len(w) > 1 and w[:1].isupper() and w not in texts_of_aliases
            ]:
                parts.setdefault(Pattern(word, False), []).append((subject.id, alias.pattern))
    full = sorted({pattern for owners in parts.values() for _, pattern in owners})
    patterns = [*parts, *full]
    scanner = Scanner(patterns)
    alone: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    there: Counter[str] = Counter()
    for number, text in enumerate(sample_texts(archive, _ARTICLES) if full else ()):
        matches = scanner.scan(text)
        whole = {patterns[match.pattern] for match in matches}
        places_in_names = {
            at for match in matches if match.pattern >= len(parts) for at in range(match.start, match.end)
        }
        there.update(
            {subject_id for owners in parts.values() for subject_id, name in owners if name in whole}
        )
        for match in matches:
            for subject_id, name in parts.get(patterns[match.pattern], ()):
                if (
                    name in whole
                    and match.start not in places_in_names
                    and stands_alone(text, match.start, match.end)
                ):
                    alone[subject_id][patterns[match.pattern].text].add(number)
    commonest = {
        subject_id: _commonest(words, max(1, there[subject_id] // 10)) for subject_id, words in alone.items()
    }
    return {subject_id: words for subject_id, words in commonest.items() if words}


def _stem(alias: str) -> str | None:
    """What longer forms of an alias begin with; None where too little of its last word would be left."""
    before, _, last = alias.rpartition(" ")
    if "*" in alias or len(last) < _SHORTEST_STEM or not last.isalpha() or last.isupper():
        return None
    shorter = len(last) > _SHORTEST_STEM + 1 and last[-1] in _VOWELS and not last.islower()
    return f"{before} {last[:-1] if shorter else last}".lstrip()


def _as_mostly_written(words: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """Join the ways to write one word, `VARENIANS` and `Varenians`, under the one that most articles use."""
    best: dict[str, str] = {}
    for word in sorted(words, key=lambda w: (-len(words[w]), w.isupper(), w)):
        best.setdefault(word.casefold(), word)
    articles_of_word: defaultdict[str, set[int]] = defaultdict(set)
    for word, articles in words.items():
        articles_of_word[best[word.casefold()]] |= articles
    return articles_of_word


def _commonest(articles_of_name: Mapping[str, set[str]] | Mapping[str, set[int]], fewest: int) -> Counted:
    counts = Counter(
        {name: len(articles) for name, articles in articles_of_name.items() if len(articles) >= fewest}
    )
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
