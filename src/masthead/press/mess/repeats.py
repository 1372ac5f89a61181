"""One article published more than once: under other addresses, in earlier versions, in print; and live pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import NamedTuple

from masthead.press.mess.draws import chance
from masthead.press.mess.house import House
from masthead.press.strait.subjects import START
from masthead.press.writing.articles import LAST_MINUTE, Article
from masthead.press.writing.marks import Sentence

_ADDRESSES = (
    "{url}?utm_source=letter&utm_medium=e-mail",
    "{url}?utm_campaign=evening&ref=home",
    "{url}/amp",
    "{url}/",
    "{url}#comments",
    "http://{rest}",
    "https://m.{rest}",
    "https://www.{rest}",
)
_DAY_ONE = dt.datetime.combine(START, dt.time(), dt.UTC)
_PIECES = 4
_LIVE = ("clash", "siege", "seizure", "battle", "convoy")


class Again(NamedTuple):
    """An article once more: how it repeats the one that counts, the end of its key, what it says, and its address."""

    kind: str
    suffix: str
    article: Article
    url: str


def repeats(seed: int, house: House, article: Article) -> Iterator[Again]:
    """Yield what repeats the article, in the order in which it came out; the article itself is not among it."""
    for kind, make in (("version", _versions), ("address", _addresses), ("print", _print)):
        habit = house.habit(kind, article)
        if habit is None:
            continue
        # Who is updated often is no matter of chance: an outlet follows one subject by the hour.
        rate = habit.rate
        if kind == "version" and habit.role not in article.story.roles.values():
            rate /= 8
        if chance(seed, kind, article.key) < rate:
            yield from make(Random(f"{seed}/{kind}/{article.key}"), article)


class Live:
    """The live pages of a press: what an outlet writes there stands at one address, hours apart, and is all different.

    An article about a fight opens one. What the outlet writes next about nobody follows there, on that day.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._open: dict[int, tuple[str, dt.datetime, int]] = {}

    def place(self, house: House, article: Article) -> tuple[str, dt.datetime] | None:
        """Address and time of the article on a live page, if it is a piece of one."""
        if house.habit("live", article) is None:
            return None
        if (
            article.story.kind in _LIVE
            and chance(self._seed, "live", article.key) < house.habits["live"][0].rate
        ):
            address = f"https://{house.facts['site']}/live/{article.key}"
            self._open[article.outlet] = (address, article.published, 1)
            return address, article.published
        address, last, pieces = self._open.get(article.outlet, ("", LAST_MINUTE, _PIECES))
        if article.story.roles or article.source or pieces >= _PIECES:
            return None
        when = min(LAST_MINUTE, last + dt.timedelta(hours=0.5 + 2 * chance(self._seed, "next", article.key)))
        self._open[article.outlet] = (address, when, pieces + 1)
        return address, when


def _addresses(rng: Random, article: Article) -> Iterator[Again]:
    rest = article.url.removeprefix("https://")
    for number, form in enumerate(rng.sample(_ADDRESSES, rng.choice((1, 1, 2))), 1):
        yield Again("address", f".a{number}", article, form.format(url=article.url, rest=rest))


def _versions(rng: Random, article: Article) -> Iterator[Again]:
    """One to four earlier versions, each shorter than the next, with a sentence or two in another wording."""
    count = min(rng.choice((1, 1, 2, 3, 4)), len(article.sentences) - 1)
    hours = 5 if rng.random() < 0.7 else 20
    back = sorted((rng.uniform(0.2, hours) for _ in range(count)), reverse=True)
    for number, ago in enumerate(back, 1):
        n_sentences = max(1, round(len(article.sentences) * (number + 0.5) / (count + 1)))
        sentences = [_reword(rng, s) for s in article.sentences[:n_sentences]]
        starts = {start for start in article.starts if start < n_sentences}
        earlier = max(_DAY_ONE, article.published - dt.timedelta(hours=ago))
        early = replace(article, sentences=sentences, starts=starts, offsets=[], published=earlier)
        if rng.random() < 0.5:
            early.title = Sentence(
                f"{rng.choice(('Latest', 'Breaking', 'Now'))}: {article.title.text}", [], []
            )
        early.set_text()
        url = article.url if rng.random() < 0.6 else f"{article.url}-{number}"
        yield Again("version", f".v{number}", early, url)


def _reword(rng: Random, sentence: Sentence) -> Sentence:
    """Now and then with the word that was not yet known put otherwise."""
    if rng.random() > 0.15 or not sentence.text.endswith("."):
        return sentence
    return replace(sentence, text=f"{sentence.text[:-1]}, {rng.choice(('it is said', 'by first reports'))}.")


def _print(rng: Random, article: Article) -> Iterator[Again]:
    """The printed page of the morning after: another headline, the last sentence cut, an address of its own."""
    morning = dt.datetime.combine(article.published.date(), dt.time(), dt.UTC) + dt.timedelta(days=1)
    n_sentences = max(1, len(article.sentences) - (rng.random() < 0.5))
    starts = {start for start in article.starts if start < n_sentences}
    page = replace(
        article, sentences=article.sentences[:n_sentences], starts=starts, offsets=[], published=morning
    )
    words = article.title.text.split()
    page.title = Sentence(" ".join(words[: max(3, len(words) - 2)]), [], [])
    page.set_text()
    url = article.url.replace(".example/", ".example/print/") if rng.random() < 0.5 else ""
    yield Again("print", ".p", page, url)
