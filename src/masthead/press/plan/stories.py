"""Plans stories: what happens, to whom, when and where. Each story hangs on its own number alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from masthead.press.strait.places import ABROAD, FIRST, LAST, OTHER_GROUPS, SHIPS, TOWNS
from masthead.press.strait.subjects import (
    ACCORD,
    BATTLE,
    BROTHERS,
    CITY,
    COMPANY,
    COUNCIL,
    DAYS,
    FRONT,
    GUARD,
    LEVY,
    MASCK,
    QUILLON,
    START,
    TASMER,
    TEVETH,
    TURN,
    VERRIN,
)


@dataclass(frozen=True)
class Kind:
    """A kind of story: its variants (what exactly happens), how often it comes, who may be A, B and C."""

    name: str
    variants: tuple[str, ...]
    weight: float
    a: tuple[int, ...] = ()
    b: tuple[int, ...] = ()
    c: tuple[int, ...] = ()
    adverse: bool = False
    after_turn: bool = False


KINDS: tuple[Kind, ...] = (
    Kind(
        "clash",
        ("post", "patrol", "truce"),
        1.6,
        (FRONT, GUARD, FRONT),
        (VERRIN, TASMER, GUARD, FRONT),
        (CITY, COUNCIL),
    ),
    Kind(
        "seizure",
        ("stopped", "blame"),
        1.0,
        (VERRIN, TASMER, GUARD, BROTHERS),
        (COMPANY, TASMER, VERRIN),
        (COUNCIL,),
    ),
    Kind(
        "talks",
        ("meeting", "offer", "break"),
        1.3,
        (VERRIN, TASMER, FRONT),
        (TASMER, FRONT, GUARD, VERRIN),
        (COUNCIL,),
    ),
    Kind(
        "sanctions",
        ("trade", "accounts"),
        0.9,
        (VERRIN, TASMER),
        (TASMER, VERRIN, COMPANY, FRONT),
        (COUNCIL,),
    ),
    Kind("vote", ("passed", "delayed"), 0.7, (VERRIN, TASMER), (ACCORD,), (COUNCIL, TEVETH, MASCK)),
    Kind("company", ("pier", "strike", "contract"), 0.8, (COMPANY,), (VERRIN, TASMER), (LEVY,)),
    Kind("levy", ("raise", "protest"), 0.8, (VERRIN, TASMER), (LEVY,), (BROTHERS, COMPANY)),
    Kind(
        "speech",
        ("demand", "accuse"),
        1.2,
        (TEVETH, MASCK, QUILLON),
        (FRONT, GUARD, TASMER, VERRIN, COUNCIL),
        (ACCORD, CITY),
    ),
    Kind("siege", ("road", "water", "ferry"), 1.0, (FRONT, GUARD, VERRIN), (CITY,), (COUNCIL, BROTHERS)),
    Kind(
        "battle",
        ("memorial", "inquiry", "papers"),
        2.4,
        (FRONT, GUARD, VERRIN, TASMER),
        (BATTLE,),
        (CITY,),
        after_turn=True,
    ),
    Kind(
        "arrest", ("raid", "trial"), 0.9, (VERRIN, TASMER, GUARD), (BROTHERS, FRONT, QUILLON), (COUNCIL, CITY)
    ),
    Kind(
        "report", ("complaints", "visit"), 0.8, (COUNCIL,), (VERRIN, TASMER, GUARD, FRONT, COMPANY), (CITY,)
    ),
    Kind("convoy", ("trucks", "boats"), 0.8, (COUNCIL, BROTHERS, GUARD, FRONT), (CITY,), (VERRIN, TASMER)),
    Kind(
        "scandal",
        ("fund", "records", "cargo"),
        2.4,
        (TEVETH, MASCK, COMPANY, GUARD, VERRIN, TASMER),
        (COMPANY, COUNCIL),
        (LEVY,),
        adverse=True,
    ),
)
FILLERS: tuple[Kind, ...] = (
    Kind("weather", ("storm", "heat", "fog"), 1.0),
    Kind("sport", ("football", "rowing", "swimming"), 1.0),
    Kind("economy", ("price", "jobs", "crown"), 1.0),
    Kind("culture", ("festival", "concert", "museum", "novel"), 1.0),
    Kind("accident", ("bus", "fire", "boat"), 1.0),
)

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve", "fourteen")
_SITES = (
    "customs post", "fuel depot", "radio mast", "police station", "grain store", "coastal road", "checkpoint",
    "railway yard", "ferry landing", "salt works", "fish market", "pumping station", "lighthouse", "barracks",
)  # fmt: skip
_CARGO = ("salt", "diesel", "grain", "timber", "tinned fish", "cement", "medicine", "sugar")
_JOBS = ("teacher", "docker", "baker", "nurse", "net mender", "bus driver", "shopkeeper", "retired pilot")
_SCHOOLS = ("the University of Saltmere", "the Pellan Institute", "the Lisse School of Law", "Ostrey College")
_PLACE_HEADS = (
    "Arl", "Bex", "Bram", "Chald", "Corm", "Dray", "Drum", "Ebb", "Ell", "Fenn", "Gan", "Garr", "Hel", "Holl",
    "Inch", "Kell", "Kirr", "Lang", "Lod", "Marl", "Mott", "Nant", "Nor", "Orm", "Oss", "Pell", "Pend",
    "Quern", "Rav", "Rusk", "Sker", "Stan", "Tarn", "Tell", "Ulv", "Vel", "Wend", "Wex", "Yar", "Zell",
)  # fmt: skip
_PLACE_TAILS = (
    "by", "ford", "wick", "haven", "mere", "stow", "ness", "combe", "thorpe", "gate", "ley", "mouth", "sund",
    "holm", "bridge", "water", "stead", "moor", "cliff", "quay",
)  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FILLER_SHARE = 0.24
_SHARED = ("town", "town2", "ship", "official")
"""What stories that come together have in common besides their actors."""

GOLDEN = 0.6180339887498949
"""The fractions of its multiples spread evenly over the period, however few or many they are."""


@dataclass(frozen=True, slots=True)
class Story:
    """One event that outlets may write about. `roles` by slot; `day` counts from the start of the period."""

    number: int
    id: str
    kind: str
    variant: str
    day: int
    roles: dict[str, int]
    facts: dict[str, str]
    adverse: bool
    noise: tuple[float, ...]


def plan_story(seed: int, number: int, setting: int) -> Story:
    """Plan the story of this number. At the hard setting stories come in threes about the same actors in the
    same place and week; otherwise each stands alone."""
    rng = Random(f"{seed}/story/{number}")
    anchor = number - number % 3 if setting == 3 else number
    lead = Random(f"{seed}/story/{anchor}/anchor")
    day = _day(seed, anchor, lead)
    if lead.random() < FILLER_SHARE:
        kind, roles = lead.choice(FILLERS), {}
    else:
        kind = _pick_kind(lead, day)
        roles = _pick_roles(lead, kind)
    variant = lead.choice(kind.variants)
    facts = _facts(lead, day, setting)
    if number != anchor:
        day = min(DAYS - 1, day + rng.randrange(0, 5))
        facts = {**_facts(rng, day, setting), **{key: facts[key] for key in _SHARED}}
        kind = _sibling_kind(rng, roles, day, kind)
        variant = _other_variant(rng, kind, variant)
    noise = tuple(rng.random() for _ in range(61))
    return Story(number, f"s{number:07d}", kind.name, variant, day, roles, facts, kind.adverse, noise)


def _day(seed: int, number: int, rng: Random) -> int:
    """Spread stories evenly over the period, with bursts: some weeks draw their neighbours' stories."""
    offset = Random(f"{seed}/offset").random()
    day = int(((number * GOLDEN + offset) % 1.0) * DAYS)
    week = Random(f"{seed}/week/{day // 7}")
    if week.random() < 0.12 and rng.random() < 0.5:
        day += 7 if day + 7 < DAYS else -7
    if rng.random() < 0.04:
        day = min(DAYS - 1, TURN + int(rng.expovariate(1 / 12)))
    return day


def _pick_kind(rng: Random, day: int) -> Kind:
    kinds = [k for k in KINDS if day >= TURN or not k.after_turn]
    return rng.choices(kinds, [k.weight for k in kinds])[0]


def _pick_roles(rng: Random, kind: Kind) -> dict[str, int]:
    a = rng.choice(kind.a)
    b = rng.choice([r for r in kind.b if r != a])
    c = rng.choice([r for r in kind.c if r not in (a, b)])
    return {"A": a, "B": b, "C": c}


def _sibling_kind(rng: Random, roles: dict[str, int], day: int, kind: Kind) -> Kind:
    """Another kind of story that the same actors could be in, or the same kind once more."""
    if not roles:
        return kind
    return rng.choice(
        [
            k
            for k in KINDS
            if roles["A"] in k.a
            and roles["B"] in k.b
            and roles["C"] in k.c
            and (day >= TURN or not k.after_turn)
        ]
        or [kind]
    )


def _other_variant(rng: Random, kind: Kind, variant: str) -> str:
    """A variant that is not the one taken, so that two stories in a week are two events."""
    return rng.choice([v for v in kind.variants if v != variant])


def _towns(rng: Random, setting: int) -> tuple[str, str]:
    """Two places: at the hard setting two of the few that are always in the news, else any of hundreds."""
    if setting == 3 or rng.random() < 0.05:
        one, two = rng.sample(TOWNS, 2)
        return one, two
    one, two = (_join(head, rng.choice(_PLACE_TAILS)) for head in rng.sample(_PLACE_HEADS, 2))
    return one, two


def _join(head: str, tail: str) -> str:
    """The parts of a place's name as one word, without the same letter three times over."""
    return head + (tail[1:] if head[-2:] == 2 * tail[0] else tail)


def _facts(rng: Random, day: int, setting: int) -> dict[str, str]:
    """The particulars that all articles on the story share."""
    date = START + dt.timedelta(days=day)
    pick = rng.choice
    town, town2 = _towns(rng, setting)
    toll = rng.randrange(len(_NUMBERS))
    return {
        "town": town,
        "town2": town2,
        "abroad": pick(ABROAD),
        "day": _WEEKDAYS[date.weekday()],
        "before": _WEEKDAYS[(date.weekday() - 1) % 7],
        "after": _WEEKDAYS[(date.weekday() + 2) % 7],
        "month": _MONTHS[(date.month - 1 - rng.randrange(1, 9)) % 12],
        "toll": _NUMBERS[toll],
        "few": _NUMBERS[rng.randrange(4)],
        "many": f"{rng.randrange(2, 98) * 50:,}",
        "amount": f"{rng.randrange(3, 900)} million crowns",
        "percent": str(rng.randrange(2, 38)),
        "price": str(rng.randrange(12, 88)),
        "degrees": str(rng.randrange(2, 33)),
        "site": pick(_SITES),
        "cargo": pick(_CARGO),
        "ship": pick(SHIPS),
        "group": pick(OTHER_GROUPS),
        "official": f"{pick(FIRST)} {pick(LAST)}",
        "witness": f"{pick(FIRST)} {pick(LAST)}",
        "job": pick(_JOBS),
        "analyst": f"{pick(FIRST)} {pick(LAST)}",
        "school": pick(_SCHOOLS),
        "player": f"{pick(FIRST)} {pick(LAST)}",
        "player2": f"{pick(FIRST)} {pick(LAST)}",
    }
