"""Titles beside a name: which office an article gives to a person, and whether in the past or the future.

Read without a parser, from the words next to a mention: before it (`Attorney General Jane Doe`), before it and a
comma (`the attorney general, Jane Doe,`) and after it (`Jane Doe, the former attorney general`). Only titles that
were asked for are found, the longest first, each in the ways in which the press writes it (`Sen.` for senator,
`the director of the FBI` for FBI director). A deputy is not what he is deputy of.

It cannot see titles further off (`was sworn in as`), and takes the words for it whose title it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, PERSON_NOUNS, TITLES

Tense = Literal["was", "is", "will"]
"""Whether the office is said to be over (`former`, `then-`), held, or to come (`-elect`, `nominee`)."""

Words = tuple[str, ...]


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


PAST = frozenset(
    {"former", "ex", "late", "then", "onetime", "erstwhile", "ousted", "deposed", "toppled", "fired"}
)
TO_COME = frozenset(
    {"elect", "designate", "nominee", "nominees", "pick", "choice", "candidate", "hopeful", "contender"}
)
_TO_COME_BEFORE = TO_COME | {"nomination", "nominated", "tapped", "incoming", "future", "next", "prospective"}
_EITHER = frozenset({"appointed", "named", "chosen", "selected"})
_UNDER = frozenset({"vice", "deputy", "assistant", "lieutenant", "lt", "shadow", "under", "co"})
_LINKS = frozenset({"of", "to", "for", "and", "the", "at"})
_SINCE_OVER = frozenset({"under", "until"})

_SAME: dict[str, Words] = {
    "sen": ("senator",),
    "rep": ("representative",),
    "congressman": ("representative",),
    "congresswoman": ("representative",),
    "gov": ("governor",),
    "gen": ("general",),
    "atty": ("attorney",),
    "sec": ("secretary",),
    "pres": ("president",),
    "amb": ("ambassador",),
    "chairwoman": ("chairman",),
    "chairperson": ("chairman",),
    "chair": ("chairman",),
    "advisor": ("adviser",),
    "defence": ("defense",),
    "premier": ("prime", "minister"),
    "pm": ("prime", "minister"),
    "ceo": ("chief", "executive"),
    "un": ("u.n",),
}
"""How the press writes words of titles, without a full stop at the end, and the one word or two they stand for."""

_INSTITUTIONS = frozenset(
    {"house", "senate", "white", "u.s", "u.n", "federal", "republican", "democratic", "gop"}
)
_HEADS = _words(
    "secretary minister director chairman leader administrator commissioner justice judge ambassador speaker governor",
    "mayor senator representative president chancellor king queen pope sheriff",
)
_RUNNING = frozenset({"nominee", "candidate"})

_TOKEN = re.compile(r"[^\W_][\w.'’&]*|[^\s\w]")
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.)+|(?:Sen|Rep|Gov|Gen|Atty|Sec|Pres|Amb|Lt|Col|Adm|Maj|Dr|Mr|Mrs|Ms|Jr|Sr|St|Hon)\."
)
_REACH = 110
_MOST = 14


@dataclass(frozen=True)
class Title:
    """A title as a gold file gives it: the `office` in plain words, and its `tense`.

    `office` is empty where the title says no more than that: `former`.
    """

    office: Words
    tense: Tense

    @classmethod
    def of(cls, text: str) -> Title:
        """Read `President-elect`, `former secretary of state`, `late senator`, `nominee`."""
        words = _plain(text)
        if words and words[0] in PAST:
            return cls(words[1:], "was")
        if len(words) > 1 and words[-1] in ("elect", "designate"):
            return cls(words[:-1], "will")
        return cls(words, "is")

    def __str__(self) -> str:
        """Return the title in words."""
        before, after = {"was": ("former ", ""), "is": ("", ""), "will": ("", "-elect")}[self.tense]
        return f"{before}{' '.join(self.office)}{after}".strip()


def spellings(office: Words) -> set[Words]:
    """Return the ways to write an office, itself among them.

    `FBI director` is `director of the FBI`; a `Senate majority leader` is mostly the `majority leader`, a `Republican
    presidential nominee` the `nominee`.
    """
    if not office:
        return set()
    found = {office}
    if "of" in office[1:-1]:
        at = office.index("of")
        found.add(office[at + 1 :] + office[:at])
    elif len(office) > 1:
        found.add((office[-1], "of", *office[:-1]))
    shorter = office
    while len(shorter) > 1 and shorter[0] in _INSTITUTIONS:
        shorter = shorter[2:] if shorter[:2] == ("white", "house") else shorter[1:]
        found.add(shorter)
    if office[-1] in _RUNNING:
        found.add(office[-1:])
    return found - {()}


def head(office: Words) -> Words | None:
    """Return what stands for an office right before a name: `secretary` for a secretary of state; None without one.

    A deputy, or a vice president, has none: the bare word is another office.
    """
    at = office.index("of") if "of" in office[1:] else len(office)
    if len(office) < 2 or office[at - 1] not in _HEADS or _UNDER.intersection(office[: at - 1]):
        return None
    return (office[at - 1],)


class Said(NamedTuple):
    """A title given to a mention: the words of the office as found (a spelling that was asked for), and its tense."""

    office: Words
    tense: Tense


class TitleReader:
    """Finds the titles of a vocabulary of offices beside mentions.

    `offices` are spellings, as `spellings` and `head` make them. A word for the past alone (`former`) is said of any
    mention that has it right before, with an empty office where none that was asked for stands there.
    """

    def __init__(self, offices: Iterable[Words]) -> None:
        self._offices = frozenset(office for office in offices if office)
        self._longest = max((len(office) for office in self._offices), default=0)
        wanted = {office[-1] for office in self._offices} | {office[0] for office in self._offices}
        wanted |= {short for short, words in _SAME.items() if wanted.intersection(words)} | PAST
        self._any = re.compile(
            r"(?<![^\W_])(?:" + "|".join(sorted(map(re.escape, wanted))) + r")(?![^\W_])", re.I
        )

    def read(self, text: str, start: int, end: int) -> Said | None:
        """Return the title that the words around text[start:end] give, before it rather than after; None without."""
        before = text[max(0, start - _REACH) : start]
        if self._any.search(before) and (said := self._before(before, text[end : end + 1] == ",")):
            return said
        after = text[end : end + _REACH]
        if "," in after and self._any.search(after):
            return self._after(after)
        return None

    def _before(self, text: str, comma_follows: bool) -> Said | None:
        bare = text.rstrip()
        comma = bare.endswith(",")
        if comma and not comma_follows:
            return None
        words, capital = _phrase(bare[:-1] if comma else bare)
        for stop in range(len(words), 0, -1):
            if (start := self._ending(words, stop)) is not None:
                between = words[stop:]
                if comma and between:
                    return None
                past = any(w in PAST for w in _upwards(words, start))
                coming = any(w in TO_COME for w in between) or any(
                    w in _TO_COME_BEFORE for w in _upwards(words, start)
                )
                if _is_other(words, start):
                    return None
                return Said(words[start:stop], "was" if past else "will" if coming else "is")
            word = words[stop - 1]
            if word not in TO_COME and word not in _LINKS and not capital[stop - 1]:
                break
        if not comma and _is_past_holder(words):
            return Said((), "was")
        return None

    def _after(self, text: str) -> Said | None:
        opened = _ASIDE.match(text)
        if not opened:
            return None
        words, capital, ends = _following(text[opened.end() :])
        for start in range(len(words)):
            for stop in range(min(len(words), start + self._longest), start, -1):
                if words[start:stop] not in self._offices:
                    continue
                before = words[:start]
                if _is_other(words, start) or (
                    stop < len(words) and capital[stop] and words[stop] not in _LINKS | TO_COME
                ):
                    return None
                following = words[stop] if stop < len(words) else ""
                if following == "'s" or (not following and not ends):
                    return None
                if any(w in PAST for w in before) or following in _SINCE_OVER:
                    return Said(words[start:stop], "was")
                coming = following in TO_COME or any(w in _TO_COME_BEFORE for w in before)
                return Said(words[start:stop], "will" if coming else "is")
        return None

    def _ending(self, words: Words, stop: int) -> int | None:
        """Return where the longest office that ends before `stop` begins."""
        for start in range(max(0, stop - self._longest), stop):
            if words[start:stop] in self._offices:
                return start
        return None


_ASIDE = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?,\s+")


def _is_other(words: Words, start: int) -> bool:
    """True for another office (`deputy …`), and for one that may or may not have begun (`newly appointed …`)."""
    return bool(start and words[start - 1] in _UNDER) or any(w in _EITHER for w in _upwards(words, start))


def _plain(text: str) -> Words:
    return tuple(word for token in _TOKEN.findall(text.replace("-", " ")) for word in _same(token))


def _is_past_holder(words: Words) -> bool:
    """True for `former congressman`, whose office nobody asked for; not for what is `former` by itself."""
    noun = False
    for word in _upwards(words, len(words)):
        if word in PAST:
            return noun
        noun = noun or word in TITLES or word in PERSON_NOUNS
    return False


def _same(written: str) -> Words:
    if written == "US":
        return ("u.s",)
    word = written.lower().replace("’", "'").rstrip(".'")
    return _SAME.get(word, (word,)) if word and (word[0].isalnum()) else ()


def _upwards(words: Words, start: int) -> Iterator[str]:
    """Yield the words before `start`, from right to left, up to one that closes the phrase."""
    for word in reversed(words[:start]):
        kept = word in PAST or word in _TO_COME_BEFORE
        if not kept and (word in FUNCTION_WORDS or word in DAYS_AND_MONTHS):
            return
        yield word


def _phrase(text: str) -> tuple[Words, list[bool]]:
    """Return the words that lead up to the end of `text` in one phrase, and which are capitalised."""
    words: list[str] = []
    capital: list[bool] = []
    tokens = _TOKEN.findall(text.replace("-", " ").replace("‑", " "))
    for token in reversed(tokens[1:] if len(text) >= _REACH - 1 else tokens):
        if not token[0].isalnum() or token.lower().replace("’", "'").endswith("'s"):
            break
        if (token.endswith(".") and not _ABBREVIATED.fullmatch(token)) or len(words) >= _MOST:
            break
        same = _same(token)
        if same in (("said",), ("says",)):
            break
        for word in reversed(same):
            words.append(word)
            capital.append(token[0].isupper())
    # `the director of the FBI` is `director of FBI`.
    kept = [i for i in range(len(words)) if not (words[i] == "the" and words[i + 1 : i + 2] == ["of"])]
    return tuple(words[i] for i in reversed(kept)), [capital[i] for i in reversed(kept)]


_NO_TITLE = _words(
    "who whom whose which that said says is was were has had have been being will would can could in on with from",
    "after before while when where not but or he she they it by",
)


def _following(text: str) -> tuple[Words, list[bool], bool]:
    """Return the words of the aside that opens `text`, which are capitalised, and whether its end was seen."""
    words: list[str] = []
    capital: list[bool] = []
    for token in _TOKEN.findall(text.replace("-", " ").replace("‑", " ")):
        if not token[0].isalnum():
            return tuple(words), capital, True
        if len(words) >= _MOST:
            break
        bare = token.lower().replace("’", "'")
        for word in _same(token.removesuffix("'s").removesuffix("’s")):
            if word in _NO_TITLE:
                return tuple(words), capital, True
            if word == "the" and words[-1:] == ["of"]:
                continue
            words.append(word)
            capital.append(token[0].isupper())
        if bare.endswith("'s"):
            words.append("'s")
            capital.append(False)
        if token.endswith(".") and not _ABBREVIATED.fullmatch(token):
            return tuple(words), capital, True
    return tuple(words), capital, False
