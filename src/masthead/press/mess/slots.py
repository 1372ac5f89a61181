"""Fills the slots of forms: what never changes at an outlet, what is the article's, and what comes anew each time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from random import Random

from masthead.press.mess.draws import chance, pick
from masthead.press.mess.forms import forms
from masthead.press.mess.house import House
from masthead.press.strait.places import FIRST, LAST
from masthead.press.strait.subjects import ROLES, Cast
from masthead.press.writing.articles import Article
from masthead.press.writing.page import sounds_open

_TOPICS = (
    "Fishing",
    "Ports",
    "Trade",
    "The strait",
    "Weather",
    "Schools",
    "Courts",
    "Ferries",
    "Opinion",
    "Prices",
)
_PERSONS = tuple(f"{one} {other}" for one, other in zip(FIRST, reversed(LAST), strict=True))


class Slots:
    """The slots of one article; `form.format_map(slots)` fills them."""

    def __init__(
        self,
        seed: str,
        house: House,
        article: Article,
        casts: tuple[Cast, ...],
        heads: Callable[[Random], str],
        tops: Callable[[int], str],
    ) -> None:
        self._seed = seed
        self._house = house
        self._article = article
        self._casts = casts
        self._heads = heads
        self._tops = tops
        self._used: set[str] = set()
        self._top = 0
        self._fixed: dict[str, str] = {}

    @cached_property
    def _rng(self) -> Random:
        """What draws for this page; many pages need none."""
        return Random(self._seed)

    def format(self, text: str, **more: str) -> str:
        """Fill a form; `more` are slots of its own."""
        self._used.clear()
        self._top = 0
        self._fixed = more
        return text.format_map(self)

    def __getitem__(self, name: str) -> str:
        """The text of a slot; KeyError for one that nobody knows."""
        if name in self._fixed:
            return self._fixed[name]
        constant = self._house.facts.get(name)
        if constant is not None:
            return constant
        story_fact = self._article.story.facts.get(name)
        if story_fact is not None and name not in ("day", "month"):
            return story_fact
        return str(_SLOTS[name](self))

    # What the slots say ---------------------------------------------------------------------------------

    def _when(self) -> dt.datetime:
        return self._article.published

    def _new(self, draw: Callable[[], str]) -> str:
        """Something that this form has not said yet, if a few draws find it."""
        text = draw()
        for _ in range(8):
            if text not in self._used:
                break
            text = draw()
        self._used.add(text)
        return text

    def _tag(self) -> str:
        roles = list(self._article.story.roles.values())

        def draw() -> str:
            chance = self._rng.random()
            if roles and chance < 0.4:
                return self._casts[self._rng.choice(roles)].names[0]
            if chance < 0.75:
                return self._casts[self._rng.randrange(len(self._casts))].names[0]
            return self._rng.choice(_TOPICS)

        return self._new(draw)

    def _head(self) -> str:
        return self._new(lambda: self._heads(self._rng))

    def _next_top(self) -> str:
        self._top += 1
        return self._tops(self._top)

    def _role(self) -> int:
        """Whom a correction is about: the first of the story, or where there is none, any armed group."""
        return self._article.story.roles.get("A", 2 + int(self._house.outlet % 2))

    def _name_of(self, role: int) -> str:
        cast = self._casts[role]
        return f"the {cast.names[0]}" if cast.article else cast.names[0]

    def _subject(self) -> str:
        return self._name_of(pick(range(len(self._casts)), "subject", self._article.key))

    def _label(self) -> str:
        """A word for whom the correction is about, which it takes back."""
        role = ROLES[self._role()]
        words = [w for family in role.families for w in family.words]
        # Said of the whole, not of its members.
        if role.type == "group":
            labels = [f"{w.modifier} group" for w in words if w.modifier]
        elif role.type == "band":
            labels = [f"band of {w.plural}" for w in words]
        else:
            labels = [w.noun for w in words if w.noun]
        return pick(labels, "label", self._article.key)

    def _a_label(self) -> str:
        return ("an " if sounds_open(self._label()) else "a ") + self._label()

    def _time(self) -> str:
        return f"{self._rng.randrange(5, 23)}:{self._rng.randrange(60):02}"

    def _clock(self) -> str:
        return (
            f"{self._rng.randrange(1, 12)}.{self._rng.randrange(60):02} {self._rng.choice(('a.m.', 'p.m.'))}"
        )

    def _clause(self) -> str:
        return self._new(lambda: self._rng.choice(forms("clause")).text.format_map(self))

    def reporter(self, which: int = 0) -> str:
        """Who wrote the article; for another number, who helped."""
        names = self._house.reporters
        return names[(int(chance(self._article.key) * len(names)) + which) % len(names)]


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.lower().split())


_SLOTS: dict[str, Callable[[Slots], object]] = {
    "reporter": lambda s: s.reporter(),
    "REPORTER": lambda s: s.reporter().upper(),
    "reporter2": lambda s: s.reporter(1),
    "mail": lambda s: f"{s.reporter().lower().replace(' ', '.')}@{s['site']}",
    "initials": lambda s: _initials(s.reporter()),
    "photographer": lambda s: s._new(lambda: s._rng.choice(_PERSONS)),
    "TOWN": lambda s: s["town"].upper(),
    "site_of_story": lambda s: s._article.story.facts["site"],
    "section": lambda s: s._article.section,
    "Section": lambda s: _first_up(s._article.section),
    "day": lambda s: s._when().day,
    "day_number": lambda s: f"{s._when().day:02}",
    "month": lambda s: s._when().strftime("%B"),
    "mon": lambda s: s._when().strftime("%b"),
    "month_number": lambda s: f"{s._when().month:02}",
    "year": lambda s: s._when().year,
    "weekday": lambda s: s._when().strftime("%A"),
    "time": Slots._time,
    "clock": Slots._clock,
    "minutes": lambda s: 2 + len(s._article.text) // 900,
    "comments": lambda s: s._rng.randrange(2, 400),
    "reference": lambda s: f"{s._rng.getrandbits(40):010x}",
    "head": Slots._head,
    "top": Slots._next_top,
    "tag": Slots._tag,
    "hash": lambda s: "#" + s._tag().replace(" ", ""),
    "who": lambda s: s._name_of(s._role()),
    "Who": lambda s: _first_up(s._name_of(s._role())),
    "they": lambda s: s._casts[s._role()].pronoun,
    "subject": Slots._subject,
    "Subject": lambda s: _first_up(s._subject()),
    "label": Slots._label,
    "a_label": Slots._a_label,
    "clause": Slots._clause,
    "clause2": Slots._clause,
    "Clause": lambda s: _first_up(s._clause()),
}
