"""The names that an archive uses most, with a guess of what they are: a start for a study file."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from masthead.archive import Archive
from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, TITLES
from masthead.reading.parsing.model import load_entities

_ARTICLES_COUNTED = 4_000
_ARTICLES_GUESSED = 120
_OPENING = 900

_WORD = r"(?:al-|el-)?(?:[^\W\d_a-z]\.(?=[ \u00a0])|[^\W\d_a-z][\w&’'-]*)"
_JOINT = r"(?:[ \u00a0](?:of|for|de|la|al|el|bin|von|van|and)(?=[ \u00a0][^\W\d_a-z]))*[ \u00a0]"
_NAME = re.compile(rf"{_WORD}(?:{_JOINT}{_WORD})*")
_WITHIN = re.compile(rf"\b(?:[Ii]n|[Nn]ear|[Aa]t)[ \u00a0]({_NAME.pattern})")
_FEWEST = 2
_MOSTLY = 0.4
_PLACED = 0.1
_ALONE = 1.5
_BESIDE = 0.4
_STEM = 4
_BASES = ("GPE", "LOC", "NORP", "PERSON", "ORG")
_OF_PEOPLES = frozenset(["n", "an", "ian", "i", "ish", "ese", "nese", "ean", "er", "ic", "is", "iot"])
_POSSESSIVE = re.compile(r"['’]s?$")

Kind = Literal["actor", "event", "place"]
_KINDS: dict[str, Kind] = {
    "PERSON": "actor",
    "ORG": "actor",
    "NORP": "actor",
    "GPE": "actor",
    "LOC": "place",
    "FAC": "place",
    "EVENT": "event",
}


@dataclass(frozen=True)
class SuggestedName:
    """A name, in how many of the articles looked at it stands, and a guess of what it is.

    `aliases` are the name itself and what is made of it: `Syria`, `Syrian`, `Syrians`.
    """

    text: str
    articles: int
    kind: Kind
    person: bool
    aliases: tuple[str, ...]


def names(archive: Archive, limit: int = 20) -> list[SuggestedName]:
    """Return the names that stand in most articles, most first: of persons, groups, countries, places, events.

    Names are runs of capitalised words, counted once per article over an even sample of 4,000 articles; what
    each is (and that it is a name at all) is guessed by the language model's entity recogniser on the openings
    of 120 of them. A surname counts for the full name that has it, a people's name for its country's, a short form
    for the longer name that it mostly stands beside; names that merely stand side by side are none. A country or town
    that mostly stands after `in`, or whose people has no name there, is taken for a place, others for actors.
    """
    articles = list(sample_texts(archive, _ARTICLES_COUNTED))
    counts: Counter[str] = Counter()
    within: Counter[str] = Counter()
    names_by_text: list[set[str]] = []
    for text in articles:
        names_here = {_trim(match.group()) for match in _NAME.finditer(text)} - {""}
        names_by_text.append(names_here)
        counts.update(names_here)
        within.update(names_here & {_trim(match[1]) for match in _WITHIN.finditer(text)})
    labels = {
        name: label
        for name, label in _guess(articles[:: max(1, len(articles) // _ARTICLES_GUESSED)]).items()
        if len(name) > 1
    }
    for text, count in counts.items():
        if labels.get(text.casefold()) == "NORP" and within[text] > _PLACED * count:
            labels[text.casefold()] = "GPE"  # nobody is in a people
    _drop_run_together(counts)
    families = joined_forms(counts, labels)
    for base, family in families.items():
        counts[base] = sum(not family.isdisjoint(names_here) for names_here in names_by_text)
        for form in family - {base}:
            del counts[form]
    _drop_short_forms(counts, labels, names_by_text)
    _join_surnames(counts, labels)
    suggestions = []
    for text, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        label = labels.get(text.casefold())
        if label is None or count < _FEWEST:
            continue
        forms = sorted(
            families.get(text, {text}) - _without_apostrophe(text, labels), key=lambda f: (f != text, f)
        )
        is_place = label == "GPE" and (
            within[text] > _MOSTLY * count or (len(forms) == 1 and " " not in text)
        )
        kind: Kind = "place" if is_place else _KINDS[label]
        suggestions.append(
            SuggestedName(text, count, kind, label == "PERSON" and len(text.split()) > 1, tuple(forms))
        )
    return suggestions[:limit]


def _drop_run_together(counts: Counter[str]) -> None:
    """Take out names whose every word stands alone far more often: `Aleppo Syrias`, which lost its comma."""
    for name in [n for n in counts if len(n.split()) > 1]:
        words = [w for w in name.split() if w[:1].isupper()]
        if all(max(counts[w], counts[w.removesuffix("s")]) > _ALONE * counts[name] for w in words):
            del counts[name]


def joined_forms(counts: Counter[str], labels: dict[str, str]) -> dict[str, set[str]]:
    """Return the names of countries, places and peoples that have other forms, each with all its forms.

    A plural, and a people's name that begins as its country's does: `Syria` has `Syrian` and `Syrians`.
    """
    label_of = {n: labels.get(n.casefold()) for n in counts if " " not in n and counts[n] >= _FEWEST}
    places = [n for n, label in label_of.items() if label in ("GPE", "LOC")]
    families: dict[str, set[str]] = {}
    for name in sorted(label_of, key=lambda n: (len(n), n)):
        singular = name.removesuffix("s")
        country = _country(singular, places)
        if name != singular and label_of.get(singular) in _BASES:
            country = country or singular
        if country and country != name:
            families.setdefault(country, {country}).add(name)
    return families


def _country(people: str, places: list[str]) -> str | None:
    """Return the place whose name a people's name is made of: `Mexico` for `Mexican`."""
    best: tuple[int, str] | None = None
    for place in places:
        same_letters = next(
            (i for i, (a, b) in enumerate(zip(people, place, strict=False)) if a != b), len(place)
        )
        if people != place and len(people) >= len(place) and same_letters >= max(_STEM, len(place) - 2):
            rest = people[same_letters:]
            if rest in _OF_PEOPLES:
                best = max(best or (0, ""), (same_letters, place))
    return best[1] if best else None


def _without_apostrophe(name: str, labels: dict[str, str]) -> set[str]:
    """`Syrias` for `Syria's`: a form that its place does not have."""
    return {name + "s"} if labels.get(name.casefold()) != "NORP" else set()


def _drop_short_forms(counts: Counter[str], labels: dict[str, str], names_by_text: list[set[str]]) -> None:
    """Take out one word of a longer name that mostly stands where that does: `Observatory`, `Court`."""
    longer: defaultdict[str, list[str]] = defaultdict(list)
    for name in counts:
        for word in (
            name.split() if " " in name and labels.get(name.casefold()) not in (None, "PERSON") else ()
        ):
            longer[word].append(name)
    for word in [w for w in longer if w in counts and labels.get(w.casefold()) in ("ORG", "PERSON", "FAC")]:
        beside = max(
            sum(word in names_here and name in names_here for names_here in names_by_text)
            for name in longer[word]
        )
        if beside > _BESIDE * counts[word]:
            del counts[word]


def _join_surnames(counts: Counter[str], labels: dict[str, str]) -> None:
    """Count a person's surname for the most frequent full name that ends in it."""
    full: dict[str, str] = {}
    for name, _count in counts.most_common():
        words = name.split()
        if 1 < len(words) < 4 and labels.get(name.casefold()) == "PERSON":
            full.setdefault(words[-1], name)
            full.setdefault(words[-1].removeprefix("al-"), name)
    for surname, name in full.items():
        if (
            surname in counts
            and surname != name
            and labels.get(surname.casefold()) in ("PERSON", "ORG", None)
        ):
            # Articles that have the full name have the surname too, mostly: the larger is the union.
            counts[name] = max(counts[name], counts.pop(surname))


def sample_texts(archive: Archive, most: int) -> Iterator[str]:
    """Yield the titles and texts, as one, of an even sample of at most so many articles."""
    parts = archive.parts()
    step = max(1, -(-sum(part.rows for part in parts) // most))
    at = 0
    for part in parts:
        table = part.read(["title", "text"])
        for row in range(-at % step, table.num_rows, step):
            yield f"{table['title'][row].as_py()}.\n{table['text'][row].as_py()[:20_000]}"
        at += table.num_rows


def _trim(name: str) -> str:
    """Return a name without the titles and function words before it and the possessive after it."""
    words = _POSSESSIVE.sub("", name.strip(" .&'’-")).split()
    while words and words[0].lower().rstrip(".") in FUNCTION_WORDS | DAYS_AND_MONTHS | TITLES:
        words.pop(0)
    while words and words[-1].lower() in FUNCTION_WORDS | DAYS_AND_MONTHS:
        words.pop()
    name = " ".join(words)
    return name if (len(name) > 1 and any(c.islower() for c in name)) or 1 < len(name) < 6 else ""


def _guess(texts: list[str]) -> dict[str, str]:
    """Return for each name (case folded) the label that the entity recogniser gives it most often."""
    model = load_entities()
    label_counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in model.pipe((text[:_OPENING] for text in texts), batch_size=32):
        for entity in doc.ents:
            name = _trim(entity.text)
            if name:
                label_counts[name.casefold()][entity.label_] += 1
    best = {name: labels.most_common(1)[0][0] for name, labels in label_counts.items()}
    return {name: label for name, label in best.items() if label in _KINDS}
