"""What a reader must know of an estimate before quoting it, in a few words beside each."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pyarrow as pa

from masthead.findings.about import SurveyedOutlet
from masthead.measuring import MEASURES
from masthead.measuring.coded.notes import COVERS as COVERS
from masthead.measuring.outlet_tables import n_unseen
from masthead.measuring.tables import StudyTables


class _Figure(NamedTuple):
    """The columns of estimates that a note hangs on."""

    measure: str
    outlet: str
    subject: str | None
    voice: str
    wire: str
    period_start: dt.date | None
    n: int
    wy: float


def notes(table: pa.Table, survey: StudyTables, foreign: dict[str, Counter[str]]) -> list[str | None]:
    """Return the note of each row of a table of estimates, null where there is nothing to say.

    `foreign` counts the articles, by measure and outlet, that the measure cannot read for their language.
    """
    outlets = {outlet["id"]: outlet for outlet in survey.outlets}
    lines: list[str | None] = []
    alone = survey.not_parsed()
    alone_always = whole_time(alone)
    for values in zip(*(table[name].to_pylist() for name in _Figure._fields), strict=True):
        row = _Figure(*values)
        outlet, start = outlets[row.outlet], row.period_start
        measure = MEASURES[row.measure]
        by_name = measure.names_suffice and row.subject in survey.by_name
        if row.wy:
            words = [*_of_figure(row, outlet, survey)]
            if by_name:
                words.append("of the mentions by name; no label is read")
            if measure.by_the_word or by_name:
                count = alone_always[outlet["id"]] if start is None else alone[outlet["id"], start]
                words += _by_the_word_alone(count)
        else:
            n_unread = 0 if by_name else foreign[row.measure][outlet["id"]]
            words = [*_nothing(row.measure, outlet, n_unread, by_name)]
        lines.append("; ".join(words) or None)
    return lines


def _by_the_word_alone(n: int) -> Iterator[str]:
    """What is to be said of articles whose grammar is not read."""
    if n:
        yield (
            f"{n:,} article{'s are' if n > 1 else ' is'} not in English: there a mention counts by the word alone, "
            "in the forms that the study lists"
        )


def whole_time(counts: Counter[tuple[str, dt.date | None]]) -> Counter[str]:
    """Add up counts of articles by outlet and period over all time."""
    total: Counter[str] = Counter()
    for (outlet, _), count in counts.items():
        total[outlet] += count
    return total


def _of_figure(row: _Figure, outlet: SurveyedOutlet, survey: StudyTables) -> Iterator[str]:
    """What is to be said of a figure."""
    measure, n = MEASURES[row.measure], row.n
    if row.period_start is None and measure.leaves_out_textless and (n_left := n_unseen(outlet)):
        yield (
            f"{n_left:,} of the outlet's {outlet['n_articles']:,} articles have no text, only a title, and are left out"
        )
    elif row.period_start is None and outlet["n_without_text"] and not measure.reads_labels:
        yield (
            f"{outlet['n_without_text']} of the outlet's {outlet['n_articles']} articles have no text: "
            "only their titles could be read"
        )
    elif len(measure.voices) > 1 and row.voice == "all" and not outlet["quotation_marks"]:
        yield "own and quoted voice unknown: the outlet's texts hold no quotation marks"
    elif n < 5:
        yield f"from {n} article{'s' if n > 1 else ''} only"
    if measure.note_with_wire and row.wire == "with" and outlet["n_wire"]:
        yield measure.note_with_wire
    if model := survey.model_of(measure):
        there, read = model.cells.get((row.outlet, row.subject or ""), (0, 0))
        if read < there:
            yield f"a sample: {read:,} of the {there:,} articles that mention the subject were read"
        yield COVERS


def _nothing(measure: str, outlet: SurveyedOutlet, n_unread: int, by_name: bool) -> Iterator[str]:
    """Why there is no figure."""
    n = outlet["n_articles"]
    if not n:
        yield "the outlet has no article in this study"
        return
    sentences = MEASURES[measure].reads_sentences
    what_is_absent = "calls the subject by a name" if by_name else MEASURES[measure].absence
    yield f"none of the outlet's {n} articles {what_is_absent}"
    foreign = (
        "are in a language that the model does not read"
        if sentences
        else "are not in English, and labels are read in English only"
    )
    for count, why in ((n_unread, foreign), (outlet["n_without_text"], "have no text, only a title")):
        if count:
            yield f"they {why}" if count == n else f"{count} of them {why}"
