"""Gathers the truth of a press into tables, story by story, in columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from masthead.press.mess import House, Page
from masthead.press.mess.tables import add_houses, add_mess
from masthead.press.plan.plan import Plan
from masthead.press.plan.stories import Story
from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import BATTLE, DAYS, ROLES, START, TURN, Cast
from masthead.press.truth import SCHEMAS, Truth
from masthead.press.writing.articles import Article
from masthead.press.writing.marks import Mark, Sentence

_BATCH = 50_000

Moved = Callable[[int, int], tuple[int, int]]
"""Where a span of an article's own title or text stands in what was published."""


class TruthTables:
    """Columns that grow with the press; `build` turns them into a `Truth`."""

    def __init__(self, plan: Plan, casts: tuple[Cast, ...]) -> None:
        self.plan = plan
        self.casts = casts
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMAS}
        self.batches: dict[str, list[pa.RecordBatch]] = {name: [] for name in SCHEMAS}

    def add(
        self,
        story: Story,
        articles: Sequence[Article],
        left_out: Sequence[int],
        lost: Sequence[int],
        pages: Sequence[Page] = (),
    ) -> None:
        """Add a story, the articles on it, and the outlets that left it out or whose article was lost.

        `pages` are the messy pages of the articles; without any the articles were published as they are.
        """
        self.rows["stories"].append(
            (
                story.id,
                _date(story.day),
                story.kind,
                [self.casts[r].id for r in story.roles.values()],
                story.adverse,
                [OUTLETS[a.outlet].id for a in articles],
                [OUTLETS[o].id for o in left_out],
                [OUTLETS[o].id for o in lost],
            )
        )
        outlets = {a.key: OUTLETS[a.outlet].id for a in articles}
        of_article = {page.key: page for page in pages if not page.repeat}
        for article in articles:
            self._add_article(article, outlets, of_article.get(article.key))
        add_mess(self.rows, pages)
        if len(self.rows["mentions"]) > _BATCH:
            self._pack()

    def _add_article(self, article: Article, outlets: dict[str, str], page: Page | None) -> None:
        outlet = OUTLETS[article.outlet].id
        date = article.published.date()
        title: Moved = _same_place
        text: Moved = _same_place
        if page:
            article, date = page.article, page.day
            title, text = page.title.moved_span, page.text.moved_span
        is_copy = bool(article.source)
        words = len(article.text.split())
        head = (article.key, outlet, date)
        self.rows["articles"].append(
            (article.key, article.story.id, outlet, article.published, article.section, words, is_copy)
        )
        self._add_marks(head, "title", 0, article.title, article.manner == "whole", title)
        for offset, sentence in zip(article.offsets, article.sentences, strict=True):
            if page and page.absent:
                break
            self._add_marks(head, "text", offset, sentence, bool(sentence.n_copied), text)
            forecast = sentence.forecast
            if forecast:
                place = text(offset, offset + len(sentence.text))
                self.rows["foretold"].append(
                    (
                        *head,
                        self.casts[forecast.role].id,
                        *place,
                        forecast.kind,
                        forecast.confidence,
                        forecast.came_true,
                    )
                )
            for quote in sentence.quotations:
                if not quote.said:
                    continue
                words_quoted = sentence.text[quote.start : quote.end]
                place = text(offset + quote.start, offset + quote.end)
                speaker = self.casts[quote.speaker].id if quote.speaker >= 0 else None
                self.rows["quotes"].append((*head, speaker, quote.name, *place, len(words_quoted.split())))
                if not any(one.start <= quote.start < one.end for one in sentence.attributions):
                    self.rows["attributions"].append((*head, speaker, quote.name, *place, "direct"))
            for one in sentence.attributions:
                speaker = self.casts[one.speaker].id if one.speaker >= 0 else None
                place = text(offset + one.start, offset + one.end)
                self.rows["attributions"].append((*head, speaker, one.name, *place, one.kind))
        if is_copy:
            n_copied = sum(s.n_copied for s in article.sentences)
            total = sum(len(s.text.split()) for s in article.sentences)
            self.rows["copies"].append(
                (article.key, outlet, article.source, outlets[article.source], article.manner,
                 bool(article.credit), total, n_copied, n_copied / total)
            )  # fmt: skip

    def _add_marks(
        self,
        head: tuple[Any, ...],
        field: str,
        offset: int,
        sentence: Sentence,
        is_copy: bool,
        place_of: Moved,
    ) -> None:
        for mark in sentence.marks:
            alias = sentence.text[mark.start : mark.end]
            start, end = place_of(offset + mark.start, offset + mark.end)
            row = (
                *head, self.casts[mark.role].id, field, start, end, alias, mark.generic, mark.in_quotation,
                is_copy, mark.portrayal,
            )  # fmt: skip
            self.rows["mentions"].extend(self._label_rows(row, mark, offset, place_of))

    def _label_rows(
        self, row: tuple[Any, ...], mark: Mark, offset: int, place_of: Moved
    ) -> list[tuple[Any, ...]]:
        if not mark.labels:
            return [(*row, None, None, None, None, None, False)]
        families = ROLES[mark.role].families
        return [
            (
                *row,
                lab.lemma,
                families[lab.family].id,
                lab.kind,
                *place_of(offset + lab.start, offset + lab.end),
                lab.is_denied,
            )
            for lab in mark.labels
        ]

    def build(self, houses: Sequence[House] = ()) -> Truth:
        """All tables, the planted ones included; `houses` are the styles of a messy press."""
        self._add_plan()
        add_houses(self.rows, houses)
        self._pack()
        return Truth(**{n: pa.Table.from_batches(self.batches[n], schema) for n, schema in SCHEMAS.items()})

    def _pack(self) -> None:
        """Turn the rows so far into columns, which take a tenth of their room."""
        for name, schema in SCHEMAS.items():
            rows = self.rows[name]
            if not rows:
                continue
            columns = zip(*rows, strict=True)
            arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
            self.batches[name].append(pa.record_batch(arrays, schema=schema))
            rows.clear()

    def _add_plan(self) -> None:
        plan, rows = self.plan, self.rows
        for o, outlet in enumerate(OUTLETS):
            for r, cast in enumerate(self.casts):
                rows["portrayal"].append((outlet.id, cast.id, plan.portrayal[o][r]))
                rows["attention"].append((outlet.id, cast.id, plan.attention[o][r]))
                rows["voice"].append((outlet.id, cast.id, plan.voice[o][r]))
                self._add_naming(o, r)
        for change in plan.changes:
            rows["changes"].append((OUTLETS[change.outlet].id, self.casts[change.role].id, _date(change.day)))
        # All outlets begin to write of it, on one day: nobody's own change.
        rows["events"].append((self.casts[BATTLE].id, _date(TURN)))
        for silence in plan.silences:
            rows["silences"].append(
                (OUTLETS[silence.outlet].id, self.casts[silence.role].id, _date(silence.start),
                 _date(silence.end), silence.rate)
            )  # fmt: skip
        for gap in plan.gaps:
            rows["gaps"].append((OUTLETS[gap.outlet].id, _date(gap.start), _date(gap.end)))
        self._add_what_is_asked_for()

    def _add_what_is_asked_for(self) -> None:
        plan, rows = self.plan, self.rows
        for o, outlet in enumerate(OUTLETS):
            if plan.allegiances:
                against = [self.casts[role].id for who, role in plan.allegiances.exceptions if who == o]
                rows["loyalties"].append((outlet.id, plan.allegiances.loyalty[o], against))
            if plan.borrowing:
                party = self.casts[plan.borrowing.parties[0]].id
                rows["borrowing"].append((outlet.id, party, plan.borrowing.share[o]))
            if plan.foretelling:
                rows["records"].append((outlet.id, plan.foretelling.record[o]))
        if plan.borrowing:
            for role, wordings in zip(plan.borrowing.parties, plan.borrowing.wordings, strict=True):
                rows["wordings"].extend((self.casts[role].id, wording) for wording in wordings)

    def _add_naming(self, outlet: int, role: int) -> None:
        stretches = self.plan.naming[outlet][role]
        ends = [s.start - 1 for s in stretches[1:]] + [DAYS - 1]
        for stretch, end in zip(stretches, ends, strict=True):
            middle = self.plan.shares(outlet, role, (stretch.start + end + 1) // 2)
            for family, share in zip(ROLES[role].families, middle, strict=True):
                self.rows["naming"].append(
                    (
                        OUTLETS[outlet].id,
                        self.casts[role].id,
                        family.id,
                        _date(stretch.start),
                        _date(end),
                        share,
                    )
                )


def _same_place(start: int, end: int) -> tuple[int, int]:
    return start, end


def _date(day: int) -> dt.date:
    return START + dt.timedelta(days=day)
