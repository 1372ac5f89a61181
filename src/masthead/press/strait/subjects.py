"""The made-up strait: its subjects, and what they may be called.

A **role** is a part in the world (the armed movement, the rival state): what may be said of it and by which
label families it may be called. A **cast** is who plays it: nothing but names. The mirror press swaps casts
and leaves roles alone, so that two actors change places and nothing else does.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

START = dt.date(2019, 1, 1)
END = dt.date(2021, 12, 31)
DAYS = (END - START).days + 1
TURN = (dt.date(2020, 9, 14) - START).days
"""The day on which Port Calder changes hands; before it nobody writes of the liberation, capture or fall."""


@dataclass(frozen=True)
class Word:
    """One label word and the shapes it can take; an empty shape does not exist.

    `noun` stands after a/an and at the end of a phrase, `plural` for the members, `modifier` before a noun.
    `generic` words may stand for the subject alone (`the rebels`), and are then aliases of it in the study.
    `verb` is the verb that a participle like `occupied` may be taken for.
    """

    lemma: str
    noun: str = ""
    plural: str = ""
    modifier: str = ""
    generic: bool = False
    verb: str = ""

    @property
    def shapes(self) -> frozenset[str]:
        """The shapes that exist, by the grammar's names for them, and `g` for a generic word."""
        forms = {"w": self.noun, "ms": self.plural, "m": self.modifier, "g": self.generic}
        return frozenset(shape for shape, text in forms.items() if text)


@dataclass(frozen=True)
class Family:
    """A label family: what a study calls a category. `valence` is −1 (hostile), 0 or 1 (kind)."""

    id: str
    valence: int
    weight: float
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Cast:
    """Who plays a role: an id and names, longest first. `short` ones may only follow the full name."""

    id: str
    title: str
    names: tuple[str, ...]
    short: tuple[str, ...] = ()
    adjective: str = ""
    article: bool = False
    plural: bool = False
    pronoun: str = "it"


@dataclass(frozen=True)
class Role:
    """A part in the world. `type` picks the grammar, `kind` is the study's word for it."""

    type: str
    kind: str
    families: tuple[Family, ...]
    cast: Cast


def _noun(lemma: str, plural: str = "", *, generic: bool = False, modifier: bool = True) -> Word:
    return Word(lemma, lemma, plural or lemma + "s", lemma if modifier else "", generic)


def _state_families() -> tuple[Family, ...]:
    return (
        Family(
            "regime", -1, 1.0, (Word("regime", "regime"), Word("junta", "junta"), Word("clique", "clique"))
        ),
        Family(
            "government",
            0,
            1.6,
            (
                Word("government", "government"),
                Word("authority", "", "authorities"),
                Word("administration", "administration"),
            ),
        ),
        Family("republic", 1, 0.6, (Word("republic", "republic"), Word("democracy", "democracy"))),
    )


def _leader_families(office: str) -> tuple[Family, ...]:
    return (
        Family(
            "strongman",
            -1,
            0.8,
            (
                Word("strongman", "strongman", "", "strongman"),
                Word("dictator", "dictator", "", "dictator"),
                Word("despot", "despot", "", "despot"),
            ),
        ),
        Family(
            "office",
            0,
            1.6,
            (Word(office, office, "", office.capitalize()), Word("leader", "leader", "", "leader")),
        ),
        Family(
            "statesman",
            1,
            0.6,
            (Word("statesman", "statesman", "", "statesman"), Word("reformer", "reformer", "", "reformer")),
        ),
    )


VERRIN, TASMER, FRONT, GUARD, BROTHERS, COMPANY, CITY, ACCORD = range(8)
TEVETH, MASCK, QUILLON, COUNCIL, BATTLE, LEVY = range(8, 14)

ROLES: tuple[Role, ...] = (
    Role("state", "actor", _state_families(), Cast("verrin", "Verrin", ("Verrin",), adjective="Verrinese")),
    Role("state", "actor", _state_families(), Cast("tasmer", "Tasmer", ("Tasmer",), adjective="Tasmeran")),
    Role(
        "group",
        "actor",
        (
            Family(
                "terrorist", -1, 0.8, (_noun("terrorist", generic=True), _noun("extremist", generic=True))
            ),
            Family("rebel", 0, 1.2, (_noun("rebel", generic=True), _noun("insurgent", generic=True))),
            Family(
                "militant", 0, 0.8, (_noun("militant", generic=True), Word("gunman", "", "gunmen", "", True))
            ),
            Family(
                "resistance",
                1,
                0.6,
                (_noun("partisan", generic=True), Word("resistance", "", "", "resistance")),
            ),
        ),
        Cast(
            "shoal-front",
            "Shoal Liberation Front",
            ("Shoal Liberation Front", "Shoal Front"),
            ("SLF",),
            article=True,
        ),
    ),
    Role(
        "group",
        "actor",
        (
            Family("gangster", -1, 0.8, (_noun("gangster", generic=True), _noun("vigilante", generic=True))),
            Family(
                "militia",
                0,
                1.4,
                (
                    Word("militia", "", "", "militia"),
                    Word("militiaman", "", "militiamen", "", True),
                    Word("paramilitary", "", "paramilitaries", "paramilitary", True),
                ),
            ),
            Family("volunteer", 1, 0.8, (_noun("volunteer", generic=True), _noun("patriot", generic=True))),
        ),
        Cast(
            "harbour-guard",
            "Harbour Defence Guard",
            ("Harbour Defence Guard", "Harbour Guard"),
            ("HDG",),
            article=True,
        ),
    ),
    Role(
        "band",
        "actor",
        (
            Family("smuggler", -1, 1.0, (_noun("smuggler"), _noun("bandit"))),
            Family("boatman", 0, 1.2, (Word("boatman", "boatman", "boatmen"), _noun("trader"))),
            Family("islander", 1, 0.8, (_noun("islander"), _noun("fisherman", "fishermen"))),
        ),
        Cast(
            "lantern-brothers",
            "Lantern Brothers",
            ("Lantern Brothers",),
            article=True,
            plural=True,
            pronoun="they",
        ),
    ),
    Role(
        "company",
        "actor",
        (
            Family("monopoly", -1, 0.9, (_noun("monopoly"), _noun("profiteer"))),
            Family("operator", 0, 1.4, (_noun("operator"), _noun("conglomerate"))),
            Family("employer", 1, 0.7, (_noun("employer"), _noun("benefactor"))),
        ),
        Cast("bay-company", "Verrin Bay Company", ("Verrin Bay Company",), ("VBC",), article=True),
    ),
    Role(
        "place",
        "place",
        (
            Family("occupied", -1, 1.0, (Word("occupied", "", "", "occupied", verb="occupy"),)),
            Family(
                "besieged",
                0,
                1.2,
                (
                    Word("besieged", "", "", "besieged", verb="besiege"),
                    Word("divided", "", "", "divided", verb="divide"),
                ),
            ),
            Family("liberated", 1, 1.0, (Word("liberated", "", "", "liberated", verb="liberate"),)),
        ),
        Cast("port-calder", "Port Calder", ("Port Calder",)),
    ),
    Role(
        "treaty",
        "issue",
        (
            Family(
                "surrender", -1, 0.8, (Word("surrender", "surrender"), Word("capitulation", "capitulation"))
            ),
            Family("agreement", 0, 1.4, (Word("agreement", "agreement"), Word("pact", "pact"))),
            Family(
                "breakthrough", 1, 0.8, (Word("breakthrough", "breakthrough"), Word("triumph", "triumph"))
            ),
        ),
        Cast("lisant-accord", "Lisant Accord", ("Lisant Accord", "Treaty of Lisant"), article=True),
    ),
    Role(
        "person",
        "actor",
        _leader_families("president"),
        Cast("teveth", "Ilan Teveth", ("Ilan Teveth",), ("Teveth",), pronoun="he"),
    ),
    Role(
        "person",
        "actor",
        _leader_families("chancellor"),
        Cast("masck", "Doran Masck", ("Doran Masck",), ("Masck",), pronoun="he"),
    ),
    Role(
        "person",
        "actor",
        (
            Family(
                "warlord",
                -1,
                0.9,
                (
                    Word("warlord", "warlord", "", "warlord"),
                    Word("ringleader", "ringleader", "", "ringleader"),
                ),
            ),
            Family(
                "commander",
                0,
                1.4,
                (
                    Word("commander", "commander", "", "Commander"),
                    Word("chief", "chief", "", "chief"),
                ),
            ),
            Family("liberator", 1, 0.7, (Word("liberator", "liberator", "", "liberator"),)),
        ),
        Cast("quillon", "Sera Quillon", ("Sera Quillon",), ("Quillon",), pronoun="she"),
    ),
    Role(
        "body",
        "actor",
        (
            Family("puppet", -1, 0.8, (Word("puppet", "puppet"), Word("mouthpiece", "mouthpiece"))),
            Family("mediator", 0, 1.4, (Word("mediator", "mediator"), Word("regulator", "regulator"))),
            Family("guarantor", 1, 0.8, (Word("guarantor", "guarantor"), Word("peacemaker", "peacemaker"))),
        ),
        Cast("strait-council", "Strait Council", ("Strait Council",), article=True),
    ),
    Role(
        "event",
        "event",
        (
            Family("fall", -1, 1.0, (Word("fall", "fall"), Word("loss", "loss"))),
            Family("capture", 0, 1.2, (Word("capture", "capture"), Word("seizure", "seizure"))),
            Family("liberation", 1, 1.0, (Word("liberation", "liberation"), Word("recovery", "recovery"))),
        ),
        Cast("calder-battle", "the change of hands at Port Calder", ("Port Calder",), article=True),
    ),
    Role(
        "issue",
        "issue",
        (
            Family("robbery", -1, 0.9, (Word("robbery", "robbery"), Word("extortion", "extortion"))),
            Family("charge", 0, 1.4, (Word("tax", "tax"), Word("charge", "charge"))),
            Family(
                "contribution", 1, 0.7, (Word("contribution", "contribution"), Word("lifeline", "lifeline"))
            ),
        ),
        Cast("salt-levy", "Salt Levy", ("Salt Levy",), article=True),
    ),
)
