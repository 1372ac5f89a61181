"""The outlets of the strait and their wire agency: how they set their pages, and which way they lean."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.press.strait.subjects import (
    ACCORD,
    BATTLE,
    BROTHERS,
    CITY,
    COMPANY,
    COUNCIL,
    FRONT,
    GUARD,
    LEVY,
    MASCK,
    QUILLON,
    TASMER,
    TEVETH,
    VERRIN,
)


@dataclass(frozen=True)
class Style:
    """How an outlet sets its articles: quotation marks, capitals in headlines, dateline, length."""

    curly: bool = False
    title_case: bool = False
    dateline: bool = True
    longer: int = 0


@dataclass(frozen=True)
class Outlet:
    """A publisher of the strait. `leanings` says, per role index, which way it leans, −1 to 1."""

    id: str
    name: str
    group: str
    style: Style
    leanings: dict[int, float]


AGENCY = "Halyard News Agency"
AGENCY_SIGN = "HNA"

OUTLETS: tuple[Outlet, ...] = (
    Outlet("halyard", AGENCY, "agency", Style(), {}),
    Outlet(
        "hallam-courier",
        "Hallam Courier",
        "west",
        Style(title_case=True),
        {VERRIN: 0.9, TASMER: -0.8, FRONT: -0.95, GUARD: 0.6, BROTHERS: -0.6, COMPANY: 0.4, CITY: 0.9,
         ACCORD: -0.3, TEVETH: 0.9, MASCK: -0.6, QUILLON: -0.9, COUNCIL: -0.2, BATTLE: 0.95, LEVY: 0.6},
    ),
    Outlet(
        "peoples-tide",
        "The People's Tide",
        "west",
        Style(curly=True, longer=-1),
        {VERRIN: 0.5, TASMER: -0.95, FRONT: -0.8, GUARD: 0.95, BROTHERS: -0.3, COMPANY: -0.3, CITY: 0.8,
         ACCORD: -0.9, TEVETH: 0.5, MASCK: -0.9, QUILLON: -0.8, COUNCIL: -0.8, BATTLE: 0.9, LEVY: 0.1},
    ),
    Outlet(
        "merchant-ledger",
        "Merchant Ledger",
        "trade",
        Style(curly=True, longer=1),
        {VERRIN: 0.1, TASMER: 0.0, FRONT: -0.4, GUARD: -0.1, BROTHERS: -0.8, COMPANY: 0.8, CITY: 0.0,
         ACCORD: 0.7, TEVETH: 0.0, MASCK: 0.2, QUILLON: -0.4, COUNCIL: 0.3, BATTLE: 0.0, LEVY: -0.7},
    ),
    Outlet(
        "ambrel-daily",
        "Ambrel Daily",
        "centre",
        Style(longer=1),
        {FRONT: 0.05, GUARD: -0.1, COUNCIL: 0.3, ACCORD: 0.3},
    ),
    Outlet(
        "northlight",
        "Northlight",
        "abroad",
        Style(curly=True),
        {VERRIN: -0.2, TASMER: -0.1, FRONT: 0.2, GUARD: -0.4, ACCORD: 0.5, TEVETH: -0.3, COUNCIL: 0.5,
         BROTHERS: 0.3},
    ),
    Outlet(
        "morning-bell",
        "Morning Bell",
        "centre",
        Style(title_case=True, dateline=False, longer=-2),
        {VERRIN: -0.1, COMPANY: -0.7, BROTHERS: 0.4, LEVY: -0.8, TEVETH: -0.3, MASCK: -0.3, COUNCIL: -0.5},
    ),
    Outlet(
        "kestrel-gazette",
        "Kestrel Gazette",
        "east",
        Style(),
        {VERRIN: -0.85, TASMER: 0.9, FRONT: 0.3, GUARD: -0.9, BROTHERS: 0.2, COMPANY: -0.6, CITY: -0.8,
         ACCORD: 0.5, TEVETH: -0.8, MASCK: 0.9, QUILLON: 0.2, COUNCIL: 0.1, BATTLE: -0.85, LEVY: -0.3},
    ),
    Outlet(
        "free-shore",
        "Free Shore",
        "east",
        Style(curly=True, dateline=False),
        {VERRIN: -0.95, TASMER: 0.2, FRONT: 0.95, GUARD: -0.95, BROTHERS: 0.6, COMPANY: -0.8, CITY: -0.95,
         ACCORD: -0.5, TEVETH: -0.9, MASCK: 0.1, QUILLON: 0.95, COUNCIL: -0.4, BATTLE: -0.95, LEVY: -0.9},
    ),
)  # fmt: skip
