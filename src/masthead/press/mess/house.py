"""The house style of each outlet's mess: which kinds it has, in which form, how often, and from which day on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random

from masthead.press.mess.draws import chance
from masthead.press.mess.forms import Form, forms
from masthead.press.strait.outlets import AGENCY, AGENCY_SIGN, OUTLETS
from masthead.press.strait.places import FIRST, LAST
from masthead.press.strait.subjects import CITY, DAYS, FRONT, GUARD, TASMER, VERRIN
from masthead.press.writing.articles import Article

ORDER = (
    "tags", "stamp", "byline", "credit", "agency", "correction", "advert", "links", "newsletter", "share", "dateline",
    "name", "footer",
)  # fmt: skip
"""The order in which an outlet puts what stands at one place."""

_USUAL: dict[str, tuple[int, float, float]] = {
    "links": (6, 0.7, 1.0), "newsletter": (5, 0.6, 1.0), "footer": (6, 0.8, 1.0), "tags": (4, 0.7, 1.0),
    "credit": (5, 0.4, 0.8), "byline": (6, 0.7, 1.0), "dateline": (6, 0.8, 1.0), "agency": (9, 0.8, 1.0),
    "name": (4, 0.95, 1.0), "correction": (4, 0.05, 0.15), "advert": (4, 0.5, 1.0), "stamp": (4, 0.6, 1.0),
    "share": (3, 0.6, 1.0), "background": (2, 0.7, 0.9), "brief": (2, 0.4, 0.8), "quotation": (1, 0.4, 0.6),
    "column": (3, 0.9, 1.0), "list": (2, 0.1, 0.2), "notice": (2, 0.5, 0.8), "cookies": (1, 0.12, 0.25),
    "paywall": (1, 0.12, 0.25), "script": (1, 0.12, 0.25), "summary": (2, 0.2, 0.5), "pull": (2, 0.2, 0.5),
    "address": (3, 0.1, 0.25), "version": (3, 0.4, 0.7), "print": (1, 0.2, 0.4), "live": (1, 0.5, 0.8),
    "tags-left": (2, 0.3, 0.8), "entities": (2, 0.3, 0.8), "encoding": (2, 0.3, 0.9), "invisible": (2, 0.4, 0.9),
    "glued": (2, 0.2, 0.6), "cells": (1, 0.3, 0.6), "offset": (1, 1.0, 1.0), "letters": (1, 1.0, 1.0),
    "edition": (1, 1.0, 1.0), "crawl": (2, 0.06, 0.15),
}  # fmt: skip
"""Of each kind: how many outlets have it, and the least and the greatest rate."""

_APART = (
    ("cookies", "paywall", "script"),
    ("tags-left", "glued", "invisible", "cells"),
    ("offset", "letters", "edition"),
)
"""Kinds of which an outlet has at most one."""

_UNPLACED = frozenset(
    ("background", "brief", "quotation", "summary", "pull", "address", "version", "print", "live", "tags-left",
     "entities", "encoding", "invisible", "glued", "cells", "offset", "letters", "edition", "crawl")
)  # fmt: skip
"""Kinds that are written without forms, or with any of them."""
_FOND = (FRONT, GUARD, VERRIN, TASMER)
_CURLY = tuple(o for o, outlet in enumerate(OUTLETS) if outlet.style.curly)
_SLOT = re.compile(r"\{(\w+)\}")
_SEATS = ("Saltmere", "Ostrey", "Cold Ferry", "Pellan", "Lisse", "Wenlow", "Eelby", "Lambrook")
_LETTERS = ("First Light", "The Long Read", "Strait Talk", "Low Water", "The Sunday Rope", "Harbour Notes")
_STREETS = (
    "4 Chandlers' Row",
    "17 Rope Walk",
    "Old Customs House",
    "2 Pilot Street",
    "90 Quay Road",
    "1 Net Yard",
)
_PUBLISHERS = ("{} Ltd", "{} Media Group", "The {} Trust", "{} Publishing Company", "Friends of {}")
_POSTS = (
    "harbour correspondent",
    "senior reporter",
    "our writer on trade",
    "deputy editor",
    "a staff writer",
)
_PICTURES = ("Strait Pictures", "Lightship Images", "Tern Photo", AGENCY_SIGN, "Getaway Images", "Handout")


@dataclass(frozen=True)
class Habit:
    """One kind of mess at one outlet: its form, its rate, and the days from which and to which it stands.

    `role` is whom it is about, where that matters.
    """

    kind: str
    form: Form
    rate: float
    start: int = 0
    end: int = DAYS - 1
    role: int = -1


@dataclass(frozen=True)
class House:
    """An outlet's habits by kind, what never changes on its pages, and who writes for it.

    `gap` parts what stands around an article from it; `stretch` is for how many days the same links stand.
    """

    outlet: int
    habits: dict[str, tuple[Habit, ...]]
    facts: dict[str, str]
    reporters: tuple[str, ...]
    gap: str
    stretch: int

    def habit(self, kind: str, article: Article) -> Habit | None:
        """The habit of a kind that is in force on the day of an article."""
        habits = self.habits.get(kind)
        if habits:
            day = article.day
            for habit in habits:
                if habit.start <= day <= habit.end:
                    return habit
        return None

    def drawn_habit(self, seed: int, kind: str, article: Article) -> Habit | None:
        """The habit of a kind, where this article is one of those that it falls on."""
        habit = self.habit(kind, article)
        return habit if habit and chance(seed, kind, article.key) < habit.rate else None


def draw_houses(seed: int, kinds: frozenset[str]) -> tuple[House, ...]:
    """Draw every outlet's house style. Kinds that are not asked for take no other kind's draws."""
    habits: list[dict[str, tuple[Habit, ...]]] = [{} for _ in OUTLETS]
    for outlet, habit in _draw_habits(seed):
        if habit.kind in kinds:
            habits[outlet][habit.kind] = (*habits[outlet].get(habit.kind, ()), habit)
    return tuple(_house(Random(f"{seed}/house/{o}"), o, habits[o]) for o in range(len(OUTLETS)))


def _draw_habits(seed: int) -> list[tuple[int, Habit]]:
    rows: list[tuple[int, Habit]] = []
    numbers_of: dict[tuple[str, ...], set[int]] = {group: set() for group in _APART}
    for kind, (count, least, most) in _USUAL.items():
        rng = Random(f"{seed}/house/{kind}")
        group = next((g for g in _APART if kind in g), None)
        used = numbers_of[group] if group else set()
        able = [o for o in (_CURLY if kind == "encoding" else range(len(OUTLETS))) if o not in used]
        for number, outlet in enumerate(rng.sample(able, count)):
            used.add(outlet)
            rate = round(rng.uniform(least, most), 3)
            rows += [(outlet, habit) for habit in _habits(rng, kind, rate, number)]
    return rows


def _habits(rng: Random, kind: str, rate: float, number: int) -> list[Habit]:
    """The first outlet to have a footer changes it on a day; the first to have a newsletter begins on one."""
    if kind in _UNPLACED:
        role = rng.choice(_FOND) if kind in ("background", "quotation", "version") else -1
        return [Habit(kind, Form("", ""), rate, role=role)]
    options = forms("dateline.seat") if kind == "dateline" and number < 2 else forms(kind)
    one, other = rng.sample(options, 2)
    day = rng.randrange(DAYS // 4, DAYS * 3 // 4)
    role = CITY if kind == "dateline" and number < 2 else -1
    if kind == "footer" and number == 0:
        return [Habit(kind, one, rate, end=day - 1), Habit(kind, other, rate, start=day)]
    if kind == "newsletter" and number == 0:
        return [Habit(kind, one, rate, start=day)]
    return [Habit(kind, one, rate, role=role)]


def _fill(habit: Habit, facts: dict[str, str]) -> Habit:
    """The habit with what never changes on the outlet's pages in its form already: most forms are then whole."""
    text = _SLOT.sub(lambda slot: facts.get(slot[1], slot[0]), habit.form.text)
    return replace(habit, form=habit.form._replace(text=text))


def _house(rng: Random, outlet: int, habits: dict[str, tuple[Habit, ...]]) -> House:
    name = OUTLETS[outlet].name
    reporters = tuple(f"{rng.choice(FIRST)} {rng.choice(LAST)}" for _ in range(6))
    facts = {
        "outlet": name,
        "Outlet": name,
        "paper": name.removeprefix("The "),
        "agency": AGENCY,
        "sign": AGENCY_SIGN,
        "site": f"{OUTLETS[outlet].id}.example",
        "letter": rng.choice(_LETTERS),
        "company": rng.choice(_PUBLISHERS).format(name.removeprefix("The ")),
        "street": rng.choice(_STREETS),
        "seat": rng.choice(_SEATS),
        "editor": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "desk": rng.choice(("news", "desk", "newsroom", "tips")),
        "price": str(rng.randrange(2, 9)),
        "crowd": f"{rng.randrange(20, 400)},000",
        "phone": f"0{rng.randrange(100, 999)} {rng.randrange(1000, 9999)}",
        "handle": OUTLETS[outlet].id.replace("-", ""),
        "weekday_of_house": rng.choice(("Friday", "Saturday", "Sunday", "Monday")),
        "pictures": rng.choice(_PICTURES),
        "partners": str(rng.randrange(80, 900)),
        "post": rng.choice(_POSTS),
        "old_hand": f"{rng.choice(FIRST)} {rng.choice(LAST)}",
        "founded": str(rng.randrange(1961, 1999)),
        "saying": rng.choice(forms("saying")).text,
    }
    return House(
        outlet,
        {kind: tuple(_fill(habit, facts) for habit in of_kind) for kind, of_kind in habits.items()},
        facts,
        reporters,
        gap=rng.choice(("\n\n", "\n\n", "\n")),
        stretch=rng.choice((30, 90, 180, DAYS)),
    )
