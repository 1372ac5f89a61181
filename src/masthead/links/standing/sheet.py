"""All sentences of an archive beside one another, and the marks that follow from them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead import stages
from masthead.archive import Archive
from masthead.archive.counted_articles import blank_out
from masthead.links.arrays import Flags, Ints
from masthead.links.standing import marking, titles, twice
from masthead.links.standing.absent import Short, absent_texts, cut_short, short
from masthead.links.standing.forms import KINDS, OF_OUTLET, Kind
from masthead.links.standing.marking import CODE, NOTHING, Codes
from masthead.links.standing.repetition import Sheet, repeated_units
from masthead.links.standing.units import Units, cut, join
from masthead.links.texts import texts_at

Names = Mapping[str, Collection[str]]
"""Other names of outlets, by the archive's value."""

_FIELDS = ["article_id", "outlet", "published", "title", "text"]
_NO_DAY = -1
_SHOWN = 40
"""Texts that are asked whether they speak of what stands before their titles."""


class Mark(NamedTuple):
    """A span that is not the article: see MARKS_SCHEMA of the reader."""

    article_id: str
    field: str
    start: int
    end: int
    kind: Kind
    why: str


TextsOf = Callable[[Iterable[int]], dict[int, str]]
"""What returns the texts of articles by their places in the archive."""


def marks_of(archive: Archive, progress: Callable[[str, int, int], None] | None = None) -> list[Mark]:
    """Return the marks of all articles."""
    parts = archive.parts()
    articles = _Articles(partial(texts_at, archive))
    for number, part in enumerate(parts):
        articles.add(part.read(_FIELDS))
        if progress:
            progress(stages.STANDING, number + 1, len(parts))
    return articles.marks()


def named_marks(archive: Archive, names: Names) -> list[Mark]:
    """Return the marks around titles, where outlets have other names beside the archive's."""
    tables = [part.read(["article_id", "outlet", "title"]) for part in archive.parts()]
    if not tables:
        return []
    table = pa.concat_tables(tables)
    ids, titles_ = table["article_id"].to_pylist(), table["title"].to_pylist()
    around = _around_titles(titles_, table["outlet"].to_pylist(), names, partial(texts_at, archive))
    return [Mark(ids[at], "title", start, end, kind, why) for at, start, end, kind, why in around]


def _around_titles(
    all_titles: list[str], outlets: list[str], names: Names, texts_of: TextsOf
) -> list[titles.Place]:
    """Return what stands around titles, `names` being what outlets are called beside the archive's value."""
    values, outlet = np.unique(np.array(outlets, object).astype(str), return_inverse=True)
    names_of = [{value, *names.get(value, ())} for value in values.tolist()]

    def says(places: list[int], lead: str) -> float:
        sample = texts_of(places[:: max(1, len(places) // _SHOWN)][:_SHOWN])
        return titles.speak_of([text for text in sample.values() if text], lead)

    return titles.around(all_titles, outlet, names_of, says)


class _Articles:
    """What is known of the articles, part after part."""

    def __init__(self, texts_of: TextsOf) -> None:
        self._texts_of = texts_of
        self.ids: list[str] = []
        self.outlets: list[str] = []
        self.titles: list[str] = []
        self.days: list[np.ndarray] = []
        self.sizes: list[int] = []
        self.units: list[Units] = []
        self.kinds: list[Codes] = []
        self.spans: list[tuple[int, int, int, Kind]] = []
        self.places: list[tuple[int, int, int, Kind]] = []
        self.walls: list[Flags] = []
        self.below: list[tuple[int, int, int]] = []
        self._n_units = 0
        self.twice: list[np.ndarray] = []
        self.shorts: list[Short | None] = []

    def add(self, table: pa.Table) -> None:
        """Take the articles of a part."""
        base = len(self.ids)
        texts, new_titles = table["text"].to_pylist(), table["title"].to_pylist()
        heads = marking.heads(texts)
        # What stands behind a dateline is the sentence that may stand elsewhere without it.
        texts = marking.without(texts, heads.spans)
        units = cut(pa.array(texts, pa.string()))
        forms = marking.mark(texts, units)
        self.twice.append(twice.again(texts, units, new_titles))
        self.spans += [
            (base + text, start, end, kind) for text, start, end, kind in (*heads.spans, *forms.spans)
        ]
        self.places += [
            (base + text, start, end, kind)
            for text, start, end, kind in heads.places
            if not titles.opens_with(new_titles[text], texts[text][start:end])
        ]
        self.walls.append(forms.walls)
        self.below += [(self._n_units + a, self._n_units + b, kind) for a, b, kind in forms.below]
        self._n_units += len(units)
        self.kinds.append(forms.kinds)
        self.units.append(units.behind(base))
        self.ids += table["article_id"].to_pylist()
        self.outlets += table["outlet"].to_pylist()
        self.titles += new_titles
        rows = zip(table["outlet"].to_pylist(), new_titles, texts, strict=True)
        self.shorts += [short(outlet, titles.without_end(title), text) for outlet, title, text in rows]
        self.sizes += [len(text) for text in texts]
        days = pc.fill_null(pc.cast(pc.cast(table["published"], pa.date32()), pa.int32()), _NO_DAY)
        self.days.append(days.to_numpy().astype(np.int64))

    def marks(self) -> list[Mark]:
        """Judge what repeats, and return all marks."""
        if not self.ids:
            return []
        _, outlet = np.unique(np.array(self.outlets, object).astype(str), return_inverse=True)
        units = join(self.units)
        around_titles = _around_titles(self.titles, self.outlets, {}, self._texts_of)
        bare = list(self.titles)
        for at, start, end, *_ in around_titles:
            bare[at] = blank_out(bare[at], [(start, end)])
        days = np.concatenate(self.days)
        sheet = Sheet(units, outlet, days, self.titles, cut(pa.array(bare, pa.string())))
        kinds = np.concatenate(self.kinds)
        again = np.concatenate(self.twice)
        asks = np.zeros(len(self.ids), np.bool_)
        asks[units.text[np.isin(kinds, [CODE["subscription"], CODE["footer"]])]] = True
        asks |= np.array([one is not None and one.asks for one in self.shorts])
        whole = absent_texts(self.shorts, self.titles, outlet, sheet.day, asks)
        kinds, why = repeated_units(sheet, kinds, self._told_of(units))
        kinds, why = self._below(units, kinds, why)
        behind_wall = cut_short(units, outlet, kinds, np.concatenate(self.walls)) & ~whole
        # A text of which nothing is left is an article all the same, unless the outlet prints it under many titles.
        left = np.bincount(units.text[kinds == NOTHING], minlength=len(self.ids))
        sizes = np.bincount(units.text, minlength=len(self.ids))
        alone = (left == 0) & (sizes > 0) & ~whole
        for_repeats = np.array([not reason.startswith("form") for reason in why], np.bool_)
        kinds[alone[units.text] & for_repeats] = NOTHING
        kinds[again & (kinds == NOTHING)] = CODE["repeated"]
        no_articles: set[int] = set()
        all_marks: list[Mark] = []
        for texts, reason in (
            (whole, "the same under many titles"),
            (behind_wall, "the rest is for those who pay"),
        ):
            for text in np.flatnonzero(texts).tolist():
                all_marks.append(Mark(self.ids[text], "text", 0, self.sizes[text], "no article", reason))
                no_articles.add(text)
        all_marks += self._unit_marks(units, kinds, why, no_articles)
        all_marks += [
            Mark(self.ids[text], "text", start, end, kind, "form")
            for text, start, end, kind in self.spans
            if text not in no_articles
        ]
        all_marks += [
            Mark(self.ids[text], "text", start, end, kind, "the outlet opens many articles so")
            for text, start, end, kind in titles.often(self.places, outlet)
            if text not in no_articles
        ]
        all_marks += [
            Mark(self.ids[text], "title", start, end, kind, reason)
            for text, start, end, kind, reason in around_titles
        ]
        return apart(all_marks)

    def _told_of(self, units: Units) -> Callable[[Ints], Flags]:
        """Return what tells of sentences whether they speak of their outlet or to its readers."""

        def speaks(places: Ints) -> Flags:
            texts = self._texts_of(units.text[places].tolist())
            flags = np.zeros(len(places), np.bool_)
            for n, at in enumerate(places.tolist()):
                text = int(units.text[at])
                sentence = texts[text][units.start[at] : units.stop[at]]
                own = _letters(self.outlets[text].casefold().removeprefix("the "))
                flags[n] = OF_OUTLET.search(sentence) is not None or own in _letters(sentence.casefold())
            return flags

        return speaks

    def _below(self, units: Units, kinds: Codes, why: list[str]) -> tuple[Codes, list[str]]:
        """Mark what is of a kind at the foot of a text, where nothing of the article's own comes behind."""
        begins = np.searchsorted(units.text, np.arange(len(self.ids) + 1))
        own = (kinds == NOTHING) & units.ends
        for first, stop, kind in sorted(self.below, reverse=True):
            behind = own[stop : begins[units.text[first] + 1]]
            if kinds[first] == NOTHING and not behind.any():
                kinds[first:stop] = kind
                own[first:stop] = False
                why[first:stop] = ["form"] * (stop - first)
        return kinds, why

    def _unit_marks(self, units: Units, kinds: Codes, why: list[str], no_articles: set[int]) -> list[Mark]:
        """Return the marks of whole sentences; those of one kind that follow one another are one."""
        marks: list[Mark] = []
        before = -2
        for at in np.flatnonzero(kinds != NOTHING).tolist():
            text = int(units.text[at])
            if text in no_articles:
                continue
            kind = KINDS[kinds[at]]
            start, stop = int(units.start[at]), int(units.stop[at])
            if (
                at == before + 1
                and marks
                and marks[-1].article_id == self.ids[text]
                and marks[-1].kind == kind
            ):
                marks[-1] = marks[-1]._replace(end=stop)
            else:
                marks.append(
                    Mark(self.ids[text], "text", start, stop, kind, why[at] or "stands before in the text")
                )
            before = at
        return marks


def _letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def apart(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks that do not overlap: what two marks share belongs to the one that begins first."""
    disjoint: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.article_id, m.field, m.start, -m.end)):
        if disjoint and (disjoint[-1].article_id, disjoint[-1].field) == (mark.article_id, mark.field):
            if mark.end <= disjoint[-1].end:
                continue
            if mark.start < disjoint[-1].end:
                mark = mark._replace(start=disjoint[-1].end)
        if mark.end > mark.start:
            disjoint.append(mark)
    return disjoint
