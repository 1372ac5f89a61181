"""The rows of truth about what is messy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from masthead.press.mess.dates import form_of, zone_of
from masthead.press.mess.house import House
from masthead.press.mess.mess import Page
from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import START

Rows = dict[str, list[tuple[Any, ...]]]
_TWICE = ("summary", "pull")


def add_mess(rows: Rows, pages: Sequence[Page]) -> None:
    """Add what was planted on pages, each under its own key."""
    for page in pages:
        head = (page.key, OUTLETS[page.article.outlet].id)
        for field, sheet in (("title", page.title), ("text", page.text)):
            for span in sheet.spans:
                table = "twice" if span.kind in _TWICE else "standing"
                rows[table].append((*head, field, span.start, span.end, span.kind))
        for span in page.own:
            rows["own"].append((*head, "text", *page.text.moved_span(span.start, span.end), span.kind))
        if page.absent:
            rows["absent"].append((*head, page.absent))
        if page.repeat or page.live:
            rows["repeats"].append((*head, page.of, page.repeat or "live", bool(page.repeat)))
        if page.has_crawl_date:
            rows["crawled"].append(head)
        rows["damage"] += [(*head, kind) for kind in page.damage]


def add_houses(rows: Rows, houses: Sequence[House]) -> None:
    """Add the outlets' styles, and the zones and forms of their dates."""
    for house in houses:
        outlet = OUTLETS[house.outlet].id
        rows["zones"].append((outlet, zone_of(house).name, form_of(house)))
        for habits in house.habits.values():
            rows["houses"] += [
                (outlet, habit.kind, _date(habit.start), _date(habit.end), habit.rate, habit.form.text)
                for habit in habits
            ]


def _date(day: int) -> dt.date:
    return START + dt.timedelta(days=day)
