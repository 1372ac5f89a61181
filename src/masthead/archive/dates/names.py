"""What months, weekdays and halves of the day are called, in all languages of Unicode's CLDR, as Babel ships it.

A name is known by its tokens (`tokens`): digits and letters stand apart, points and hyphens take no part. It may mean
different months in different languages (`listopada`). Then the other names of the same outlet's dates tell which
languages it can be; else the meaning counts that most languages give by far; else there is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, NamedTuple

Tokens = tuple[str, ...]

ENGLISH_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
ENGLISH_WEEKDAYS = frozenset(
    day + end
    for days, end in (("mon tue wed thu fri sat sun tues thur thurs", ""), ("sun mon tues fri", "day"))
    for day in days.split()
) | frozenset(("wednesday", "thursday", "saturday", "weds"))

LONGEST = 8
"""So many tokens has the longest name of a month at most."""

_BY_FAR = 5
"""A meaning counts where it has so many times as many languages as all others together."""

_TOKEN = re.compile(r"\d+|[^\s\d.,;:/|()\[\]{}\"“”„«»'’ʼ`…،؛፣፥፡၊⹁·•#_–—−+-]+|[^\s]")
_LETTERS = re.compile(r"[^\W\d_]")
_HAN = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_HAN_NUMBER = re.compile(r"[〇零一二三四五六七八九十]{1,5}(?=[ ]?[年月日號号])")
# Their names of Gregorian months are those of the Ethiopic calendar, in which papers of these languages date.
_OTHER_CALENDARS = frozenset(("ti", "gez"))
# Signs of vowels and endings, and the stroke that lengthens, which Arabic script may leave out.
_OPTIONAL = frozenset("ـٰٕٓٔ") | {chr(c) for c in range(0x64B, 0x653)}
_MAIN = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?|ar_[A-Z]{2}|pt_PT|es_MX|fr_CA|de_AT|en_GB")


class Names(NamedTuple):
    """Names by their tokens.

    months: to the months that a name means, each with the languages in which it does. weekdays, joins: names of
    weekdays, and the words that languages put between the parts of a date. halves: `am` or `pm`.
    """

    months: dict[Tokens, dict[int, frozenset[str]]]
    weekdays: frozenset[Tokens]
    joins: frozenset[str]
    halves: dict[str, str]


def tokens(text: str) -> Tokens:
    """Return a text in small letters as numbers, runs of letters, and single marks."""
    letters = unicodedata.normalize("NFC", text).casefold()
    if not letters.isascii():
        letters = "".join(c for c in letters if unicodedata.category(c) != "Cf" and c not in _OPTIONAL)
        letters = _HAN_NUMBER.sub(_han_number, letters)
    return tuple(_TOKEN.findall(letters))


def is_word(token: str) -> bool:
    """True for a run of letters."""
    return _LETTERS.search(token) is not None


def month_of(name: Tokens, beside: Collection[str], foreign: bool) -> int | None:
    """Return the month that a name means; None where it means none, 0 where it may mean several.

    `beside` are the words of the same outlet's dates; `foreign` says that some of them are not English.
    """
    if not foreign and len(name) == 1 and name[0] in ENGLISH_MONTHS:
        return ENGLISH_MONTHS[name[0]]
    meanings = all_names().months.get(name)
    if not meanings:
        return None
    if len(meanings) == 1:
        return next(iter(meanings))
    shared_languages = _languages(beside)
    months = {month for month, languages in meanings.items() if languages & shared_languages}
    if len(months) == 1:
        return months.pop()
    sizes = sorted(((len(languages), month) for month, languages in meanings.items()), reverse=True)
    return sizes[0][1] if sizes[0][0] >= _BY_FAR * sum(size for size, _ in sizes[1:]) else 0


def _languages(words: Collection[str]) -> frozenset[str]:
    """Return the languages in which all of these words are months that are months in any."""
    names, joins = all_names().months, all_names().joins
    left: frozenset[str] | None = None
    for word in words:
        meanings = names.get((word,))
        if meanings and word not in joins and word not in ENGLISH_WEEKDAYS:
            languages = frozenset().union(*meanings.values())
            left = languages if left is None else left & languages
    return left or frozenset()


@cache
def all_names() -> Names:
    """Return the names in all languages. The first call takes about a second."""
    from babel import Locale, localedata

    months: dict[Tokens, dict[int, set[str]]] = {}
    weekdays: set[Tokens] = set()
    joins: set[str] = set()
    halves: dict[str, set[str]] = {}
    for name in localedata.locale_identifiers():
        language = name.partition("_")[0]
        if not _MAIN.fullmatch(name) or language in _OTHER_CALENDARS:
            continue
        locale = Locale.parse(name)
        around = set()
        for form in ("full", "long", "medium"):
            affixes, words = _literals(locale.date_formats[form].pattern)
            around |= affixes
            joins |= words
        for month, word in _names_with_numbers(locale.months):
            for spelling in {word, *(before + word + after for before, after in around)}:
                parts = tuple(t for t in tokens(spelling) if t.isdecimal() or is_word(t))
                if any(is_word(t) for t in parts) and parts[0] != f"m{month:02}" and len(parts) <= LONGEST:
                    months.setdefault(parts, {}).setdefault(month, set()).add(language)
        for _, word in _names_with_numbers(locale.days):
            weekdays.add(tuple(t for t in tokens(word) if is_word(t)))
        for half in ("am", "pm"):
            for width in ("wide", "abbreviated"):
                word = locale.day_periods["format"].get(width, {}).get(half)
                if word:
                    halves.setdefault(str(word).casefold(), set()).add(half)
    return Names(
        {name: {m: frozenset(of) for m, of in meanings.items()} for name, meanings in months.items()},
        frozenset(weekdays),
        frozenset(joins),
        {label: half.pop() for label, half in halves.items() if len(half) == 1 and _is_plain(label)},
    )


def _is_plain(half: str) -> bool:
    """Short names in small Latin letters may as well be any word."""
    return not half.isascii() or len(half) > 3


def _names_with_numbers(names: Any) -> Iterator[tuple[int, str]]:
    """Yield the full and short names of months or weekdays with their numbers."""
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, word in names.get(context, {}).get(width, {}).items():
                yield number, str(word)


def _literals(pattern: str) -> tuple[set[tuple[str, str]], set[str]]:
    """Return what a pattern glues to the name of a month (before and after it), and all words of its own."""
    texts: list[str] = []  # a field as its letter, or what stands between fields
    for part in re.finditer(r"'[^']*'|([A-Za-z])\1*|[^A-Za-z']", pattern):
        literal = part[0].strip("'") or "'"
        if part[1]:
            texts.append(part[0])
        elif texts and texts[-1].startswith("\0"):
            texts[-1] += literal
        else:
            texts.append("\0" + literal)
    affixes: set[tuple[str, str]] = set()
    words: set[str] = set()
    for at, text in enumerate(texts):
        if text.startswith("\0"):
            words.update(t for t in tokens(text[1:]) if is_word(t))
        elif text[:3] == "MMM":
            before = texts[at - 1][1:] if at and texts[at - 1].startswith("\0") else ""
            after = texts[at + 1][1:] if at + 1 < len(texts) and texts[at + 1].startswith("\0") else ""
            sides = (re.split(r"\s", before)[-1], re.split(r"\s", after)[0])
            if any(map(is_word, sides)):
                affixes.add(sides)
    return affixes, words


def _han_number(match: re.Match[str]) -> str:
    """`二〇二一` is 2021, `三` is 3, `二十三` is 23."""
    text = match.group()
    tens, ten, ones = text.partition("十")
    if not ten:
        return "".join(str(_HAN[c]) for c in text)
    if len(tens) > 1 or len(ones) > 1:
        return text
    return str(10 * (_HAN[tens] if tens else 1) + (_HAN[ones] if ones else 0))
