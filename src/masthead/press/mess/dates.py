"""The forms in which outlets and databases give the day and time of publication."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from masthead.press.mess.draws import pick
from masthead.press.mess.house import House
from masthead.press.strait.subjects import END
from masthead.press.writing.articles import Article

CRAWLED = dt.datetime.combine(END, dt.time(3, 14, 15), dt.UTC)
"""The second of the crawl, which stands where the crawler found no date."""

_EDITIONS = (" Late Edition", " Late Edition - Final", " First Edition", " Weekend Edition", "")


class Zone(NamedTuple):
    """An outlet's zone: its name, and how far it lies from Greenwich (no summer time)."""

    name: str
    ahead: dt.timedelta


GREENWICH = Zone("UTC", dt.timedelta())
_FAR = {
    "offset": Zone("Australia/Brisbane", dt.timedelta(hours=10)),
    "letters": Zone("Asia/Tokyo", dt.timedelta(hours=9)),
}
FORMS = ("offset", "letters", "edition")


def form_of(house: House) -> str:
    """The kind of dates of an outlet, or `iso`."""
    return next((form for form in FORMS if form in house.habits), "iso")


def zone_of(house: House) -> Zone:
    """The zone in which the outlet's days begin and end."""
    return _FAR.get(form_of(house), GREENWICH)


def has_crawl_date(seed: int, house: House, article: Article) -> bool:
    """Whether the crawler found no date of this article, and wrote its own second."""
    return house.drawn_habit(seed, "crawl", article) is not None


def date_text(house: House, when: dt.datetime, key: str) -> str:
    """The date and time as the outlet's articles bear them."""
    form = form_of(house)
    local = when + zone_of(house).ahead
    if form == "offset":
        return f"{local:%Y-%m-%dT%H:%M:%S}+10:00"
    if form == "letters":
        return f"{local:%Y-%m-%d %H:%M} JST"
    if form == "edition":
        return f"{when:%B} {when.day}, {when:%Y %A}{pick(_EDITIONS, key)}"
    return f"{when:%Y-%m-%dT%H:%M:%SZ}"
