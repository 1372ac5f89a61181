"""What looks like standing text and is the article's own: background, briefs, columns, lists, notices."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from random import Random

from masthead.press.mess.forms import forms
from masthead.press.mess.house import Habit, House
from masthead.press.mess.sheet import Span
from masthead.press.mess.slots import Slots
from masthead.press.strait.outlets import OUTLETS
from masthead.press.writing.articles import Article
from masthead.press.writing.marks import Quotation, Sentence

Background = Callable[[Article, int], list[Sentence]]
"""The paragraph that an article's outlet has about a role, always the same."""

_PARTS = ("column", "background", "quotation", "list")


def own_content(
    seed: int, house: House, article: Article, slots: Slots, background: Background
) -> tuple[Article, list[Span]]:
    """The article with what it has beside the story, or as a brief or a notice; and where that stands in its text.

    The article that was given stays as it was. What is put there names no subject, but for the background, whose
    mentions are the article's own.
    """
    whole = _short(seed, house, article, slots)
    if whole is not None:
        kind, short = whole
        return short, [Span(kind, 0, len(short.text))]
    parts: list[tuple[str, int, list[Sentence]]] = []
    for kind in _PARTS:
        habit = house.drawn_habit(seed, kind, article)
        if habit and _belongs(kind, habit, article):
            rng = Random(f"{seed}/{kind}/{article.key}")
            parts.append((kind, *_own_sentence(kind, rng, habit, article, slots, background)))
    bare = _without_dateline(article)
    if not parts:
        return bare, []
    bare.sentences, bare.starts = list(article.sentences), set(article.starts)
    spans: list[tuple[str, Sentence, Sentence]] = []
    for kind, at, sentences in sorted(parts, key=lambda part: part[1], reverse=True):
        _insert(bare, at, sentences)
        spans.append((kind, sentences[0], sentences[-1]))
    bare.set_text()
    return bare, [_span(bare, *part) for part in reversed(spans)]


def _without_dateline(article: Article) -> Article:
    """The article without its dateline, which stands around it; set anew, it would take most of a page's time."""
    bare = copy(article)
    width = len(article.dateline)
    bare.dateline, bare.text = "", article.text[width:]
    bare.offsets = [offset - width for offset in article.offsets]
    return bare


def _short(seed: int, house: House, article: Article, slots: Slots) -> tuple[str, Article] | None:
    """A brief or a notice, in place of an article that names no subject and was not copied."""
    names_somebody = any(sentence.marks for sentence in (article.title, *article.sentences))
    if names_somebody or article.story.roles or article.source:
        return None
    for kind in ("notice", "brief"):
        habit = house.drawn_habit(seed, kind, article)
        if habit is None:
            continue
        if kind == "brief" and not article.sentences[0].quotations:
            return kind, _with(article, article.title, article.sentences[:1])
        if kind == "notice":
            title, _, text = slots.format(habit.form.text).partition(" | ")
            return kind, _with(article, Sentence(title, [], []), [Sentence(text, [], [])])
    return None


def _with(article: Article, title: Sentence, sentences: list[Sentence]) -> Article:
    short = replace(article, title=title, sentences=list(sentences), starts=set(), dateline="", offsets=[])
    short.set_text()
    return short


def _belongs(kind: str, habit: Habit, article: Article) -> bool:
    if kind == "column":
        return article.section == "opinion"
    if kind in ("background", "quotation"):
        return habit.role in article.story.roles.values()
    return bool(article.story.roles)


def _own_sentence(
    kind: str, rng: Random, habit: Habit, article: Article, slots: Slots, background: Background
) -> tuple[int, list[Sentence]]:
    """The sentences, and before which sentence they stand."""
    ends = [*sorted(article.starts), len(article.sentences)]
    if kind == "column":
        return 0, [Sentence(slots.format(rng.choice(forms("column")).text), [], [])]
    if kind == "background":
        return ends[-1], background(article, habit.role)
    if kind == "list":
        return rng.choice(ends), [Sentence(slots.format(rng.choice(forms("list")).text), [], [])]
    return rng.choice(ends), [_quotation(slots, curly=OUTLETS[article.outlet].style.curly)]


def _quotation(slots: Slots, *, curly: bool) -> Sentence:
    text = slots.format(forms("quotation")[0].text)
    end = text.index('"', 1)
    if curly:
        text = f"“{text[1:end]}”{text[end + 1 :]}"
    return Sentence(text, [], [Quotation(1, end, -1, slots["old_hand"])])


def _insert(article: Article, at: int, sentences: list[Sentence]) -> None:
    """Put a paragraph before the sentence of this number, which begins another."""
    article.sentences[at:at] = sentences
    starts = {start + len(sentences) if start >= at else start for start in article.starts}
    article.starts = (starts | {at, at + len(sentences)}) - {0, len(article.sentences)}


def _span(article: Article, kind: str, first: Sentence, last: Sentence) -> Span:
    places = {
        id(sentence): offset for sentence, offset in zip(article.sentences, article.offsets, strict=True)
    }
    return Span(kind, places[id(first)], places[id(last)] + len(last.text))
