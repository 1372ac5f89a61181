"""Turns clean articles into the pages that a collection of the world would hold, and knows what it put there."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from masthead.press.mess import dates
from masthead.press.mess.damage import DAMAGES, damage
from masthead.press.mess.draws import pick
from masthead.press.mess.forms import forms
from masthead.press.mess.house import House, draw_houses
from masthead.press.mess.own import own_content
from masthead.press.mess.repeats import Live, repeats
from masthead.press.mess.sheet import Sheet, Span
from masthead.press.mess.slots import Slots
from masthead.press.mess.standing import stand_around
from masthead.press.plan.stories import plan_story
from masthead.press.strait.outlets import OUTLETS
from masthead.press.writing.articles import Article
from masthead.press.writing.composer import Composer
from masthead.press.writing.marks import Sentence

_ABSENT = ("cookies", "paywall", "script")
_WEB_ONLY = frozenset(("links", "newsletter", "tags", "share", "advert", "stamp", "name"))
_REMEMBERED = 40


@dataclass(slots=True)
class Page:
    """One page of the press. `article` is what it says, in its own offsets; `title` and `text` are the page as a mended
    copy of it reads. A page with a `repeat` repeats the one that counts; one that is `absent` holds no article.
    """

    key: str
    of: str
    article: Article
    title: Sheet
    text: Sheet
    published: dt.datetime
    url: str
    repeat: str = ""
    absent: str = ""
    live: bool = False
    has_crawl_date: bool = False
    damage: tuple[str, ...] = ()
    own: list[Span] = field(default_factory=list)
    zone: dates.Zone = dates.GREENWICH

    @property
    def day(self) -> dt.date:
        """The outlet's own day of publication."""
        return (self.published + self.zone.ahead).date()


class Mess:
    """The mess of one press. It must see the articles in their order, from the first on: links name earlier ones."""

    def __init__(self, seed: int, level: int, kinds: frozenset[str], composer: Composer) -> None:
        self.seed = seed
        self.level = level
        self.composer = composer
        self.houses = draw_houses(seed, kinds)
        self._headlines: list[deque[str]] = [deque(maxlen=_REMEMBERED) for _ in OUTLETS]
        self._live = Live(seed)
        self._tops: dict[tuple[int, int, int], str] = {}

    def pages(self, article: Article) -> list[Page]:
        """Every page of an article, in the order in which they came out; exactly one of them counts."""
        house = self.houses[article.outlet]
        slots = self._slots(house, article, article.key)
        absent = self._absent(house, article)
        content = article
        own: list[Span] = []
        if not absent:
            content, own = own_content(self.seed, house, article, slots, self._background)
        live = self._live.place(house, article)
        if live:
            content = replace(content, url=live[0], published=live[1])
        page = self._page(house, content, slots, article.dateline, absent=absent)
        page.own, page.absent, page.live = own, absent, live is not None
        earlier: list[Page] = []
        later: list[Page] = []
        for again in () if live else repeats(self.seed, house, content):
            key = article.key + again.suffix
            if again.kind == "address":
                copy = Page(key, article.key, content, page.title, page.text, page.published, again.url)
            else:
                # What an outlet puts there was put anew on each of these pages.
                fresh = self._slots(house, again.article, key)
                without = _WEB_ONLY if again.kind == "print" else frozenset()
                copy = self._page(
                    house, again.article, fresh, article.dateline, absent=absent, without=without
                )
                copy.key, copy.url = key, again.url
            copy.repeat, copy.absent = again.kind, absent
            (earlier if again.kind == "version" else later).append(copy)
        self._headlines[article.outlet].append(article.title.text)
        pages = [*earlier, page, *later]
        has_crawl_date, zone = dates.has_crawl_date(self.seed, house, article), dates.zone_of(house)
        kinds = () if absent else self._damage(house, article)
        for one in pages:
            one.has_crawl_date, one.zone, one.damage = has_crawl_date, zone, kinds
        return pages

    def row(self, page: Page, *, mended: bool = False) -> dict[str, str]:
        """The page as it is published; `mended`, without its damage."""
        house = self.houses[page.article.outlet]
        title, text = page.title.text, page.text.text
        if not mended and page.damage:
            rng = Random(f"{self.seed}/damage/{page.of}")
            title, text = damage(page.damage, rng, title, title=True), damage(page.damage, rng, text)
        return {
            "outlet": OUTLETS[page.article.outlet].id,
            "published": dates.CRAWLED.strftime("%Y-%m-%dT%H:%M:%SZ")
            if page.has_crawl_date
            else dates.date_text(house, page.published, page.of),
            "title": title,
            "text": text,
            "url": page.url,
            "section": page.article.section,
            "language": "en",
            "credit": page.article.credit,
            "key": page.key,
        }

    # One page -------------------------------------------------------------------------------------------

    def _page(
        self,
        house: House,
        content: Article,
        slots: Slots,
        dateline: str,
        *,
        absent: str,
        without: frozenset[str] = frozenset(),
    ) -> Page:
        title, text = Sheet(content.title.text), Sheet(content.text)
        if absent:
            text = Sheet(slots.format(self._stub(house, absent), lede=_lede(content)))
            stand_around(self.seed, house, content, title, Sheet(""), slots, "")
        else:
            opens = self._twice(house, content, text)
            stand_around(
                self.seed, house, content, title, text, slots, dateline, opens=opens, without=without
            )
            if opens:
                text.put(opens, "summary", content.text[:opens].strip(), after="\n\n")
        title.set()
        text.set()
        return Page(content.key, content.key, content, title, text, content.published, content.url)

    def _twice(self, house: House, content: Article, text: Sheet) -> int:
        """Let a paragraph stand once more; return where the body begins, where its first one is the summary too."""
        paragraphs = [0, *sorted(content.starts)]
        if len(paragraphs) < 2:
            return 0
        for kind in ("summary", "pull"):
            if not house.drawn_habit(self.seed, kind, content):
                continue
            if kind == "summary":
                return content.offsets[paragraphs[1]]
            which = pick(range(len(paragraphs) - 1), "which", content.key)
            start, end = (content.offsets[paragraphs[which + step]] for step in (0, 1))
            text.put(len(content.text), kind, content.text[start:end].strip(), before="\n\n")
        return 0

    def _absent(self, house: House, article: Article) -> str:
        return next((kind for kind in _ABSENT if house.drawn_habit(self.seed, kind, article)), "")

    def _stub(self, house: House, kind: str) -> str:
        """The notice that the outlet shows in place of all its articles of this kind."""
        return pick(forms(kind), self.seed, "stub", house.outlet).text

    def _damage(self, house: House, article: Article) -> tuple[str, ...]:
        return tuple(kind for kind in DAMAGES if house.drawn_habit(self.seed, kind, article))

    # Headlines of others --------------------------------------------------------------------------------

    def _background(self, article: Article, role: int) -> list[Sentence]:
        self.composer.begin(article.story, article.outlet, article.day)
        return self.composer.background(article.outlet, role)

    def _slots(self, house: House, article: Article, key: str) -> Slots:
        return Slots(
            f"{self.seed}/slots/{key}",
            house,
            article,
            self.composer.casts,
            self._heads(house.outlet),
            self._top(house, article),
        )

    def _heads(self, outlet: int) -> Callable[[Random], str]:
        """Headlines that the outlet has printed, as this press was written."""
        headlines = self._headlines[outlet]

        def head(rng: Random) -> str:
            if len(headlines) < 6:
                return self._headline(outlet, rng.randrange(400))
            return headlines[rng.randrange(len(headlines))]

        return head

    def _top(self, house: House, article: Article) -> Callable[[int], str]:
        """The headlines that stand below everything for some weeks, by their number."""

        def top(number: int) -> str:
            key = (house.outlet, article.day // house.stretch, number)
            if key not in self._tops:
                self._tops[key] = self._headline(house.outlet, pick(range(400), self.seed, "top", *key))
            return self._tops[key]

        return top

    def _headline(self, outlet: int, number: int) -> str:
        """The headline of one of the stories about subjects, as the outlet would set it."""
        story = plan_story(self.seed, number, self.level)
        while not story.roles:
            number += 1
            story = plan_story(self.seed, number, self.level)
        return self.composer.headline(story, outlet)


def _lede(article: Article) -> str:
    return article.sentences[0].text
