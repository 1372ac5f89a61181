"""Puts around an article what its outlet puts there: links, footers, bylines, datelines, corrections."""

from __future__ import annotations

from masthead.press.mess.draws import pick
from masthead.press.mess.forms import Form
from masthead.press.mess.house import ORDER, House
from masthead.press.mess.sheet import Sheet
from masthead.press.mess.slots import Slots
from masthead.press.writing.articles import Article

_INSIDE = ("middle", "inline")


def stand_around(
    seed: int,
    house: House,
    article: Article,
    title: Sheet,
    text: Sheet,
    slots: Slots,
    dateline: str,
    *,
    opens: int = 0,
    without: frozenset[str] = frozenset(),
) -> None:
    """Put the standing text of the day around the title and the text, but for the kinds that it goes `without`.

    `dateline` is what the outlet's clean articles open with; it stays where the house has none of its own, and stands
    before the body, which `opens` at that offset.
    """
    openings: dict[str, str] = {}
    for kind in ORDER:
        habit = None if kind in without else house.drawn_habit(seed, kind, article)
        if habit is None or not _fits(kind, habit.form, house, article):
            continue
        form_text = habit.form.text
        if "{" in form_text:
            form_text = slots.format(form_text.replace("{}", ""))
        form_text = form_text.strip()
        if habit.form.place == "behind":
            # What parts it from the title goes with it: without the outlet's name it says nothing.
            title.put(len(title.own), kind, form_text, before=" ")
        elif habit.form.place == "before":
            title.put(0, kind, form_text, after=" ")
        elif habit.form.place == "open":
            openings[kind] = form_text
        else:
            _put(house, article, text, habit.form.place, kind, form_text)
    if dateline:
        openings.setdefault("dateline", dateline.strip())
    for kind, form_text in openings.items():
        text.put(opens, kind, form_text, after=" ")


def _fits(kind: str, form: Form, house: House, article: Article) -> bool:
    """Whether this article can bear it: agencies sign what is theirs, corrections name somebody."""
    if kind == "agency":
        return bool(article.credit) or (house.outlet == 0 and form.place == "end")
    if kind == "correction":
        return bool(article.story.roles)
    if form.place in _INSIDE:
        return len(article.sentences) > 2
    return True


def _put(house: House, article: Article, text: Sheet, place: str, kind: str, form_text: str) -> None:
    if place == "top":
        text.put(0, kind, form_text, after=house.gap)
    elif place == "end":
        text.put(len(text.own), kind, form_text, before=house.gap)
    elif place == "inline":
        within = [i for i in range(1, len(article.sentences)) if i not in article.starts]
        if within:
            text.put(article.offsets[pick(within, kind, article.key)], kind, form_text, after=" ")
    elif article.starts:
        text.put(
            article.offsets[pick(sorted(article.starts), kind, article.key)], kind, form_text, after="\n\n"
        )
