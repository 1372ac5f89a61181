"""Reading how mentions portray their subjects: all of them, or a sample that is precise enough.

A sample is of articles, each with all its mentions of the subject; its cells are outlet × subject, its strata
the study's periods. The order of reading is random but fixed: it hangs on the place of an article in its
source file and on nothing that is said in it, so that the same archive always gives the same sample, and the
archive with two names swapped the same one too.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead.archive.duck import parquet
from masthead.engines import collect
from masthead.inference.intervals import Array, Sums
from masthead.inference.sampling import FIRST, Whole, half_width, next_sizes, places
from masthead.inference.sums import sums
from masthead.instruments.portrayal.measure import Portrayal
from masthead.measuring.tables import ModelReading, ReadCounts, StudyTables
from masthead.reading.portrayal.classifier import Asked, AskedClassifier, Classifier, reads
from masthead.reading.portrayal.reader import PortrayalReading
from masthead.study import Study

PRECISE = ("all", "own")
"""The voices whose intervals a sample must make narrow; quoted voice is as it comes."""


def portray(
    survey: StudyTables,
    study: Study,
    reading: PortrayalReading,
    *,
    outlet: str | None = None,
    subject: str | None = None,
) -> ModelReading:
    """Have the mentions of a study's articles read, or a sample of them where it asks for a precision.

    Fills the table `portrayed` of `survey`, and returns who read what. With a precision,
    articles are read in lots until the intervals reach no further than it to either side, and what was read
    gets the weight of what it stands for. `outlet` and `subject` narrow what is read. Raises ReadingError
    where the classifier fails; what it had read by then is kept in the archive.
    """
    _select(survey, reading.paths, outlet, subject)
    cells = _order(survey)
    there = np.array([n for _, _, n in cells], np.int64)
    upto = there if study.precision is None else np.minimum(there, FIRST)
    before = np.zeros_like(there)
    keys: list[pa.ChunkedArray] = []
    set_aside = 0
    while (before < upto).any():
        lot_keys, n_unread = _read_lot(survey, before, upto, reading.read)
        keys.append(lot_keys)
        set_aside += n_unread
        before = upto
        if study.precision is not None:
            upto = next_sizes(upto, there, _half_widths(survey, cells, study.level), study.precision)
    _weigh(survey, there, upto)
    return ModelReading(
        model=reading.classifier.name,
        version=reading.classifier.version,
        precision=study.precision,
        cells={
            (of, about): (n, int(read)) for (of, about, n), read in zip(cells, upto.tolist(), strict=True)
        },
        counts=_counts(survey),
        refusals=_other_languages(survey, reading.classifier),
        asked_model=_asked_model(reading, keys, set_aside),
    )


_Cell = tuple[str, str, int]


def _select(survey: StudyTables, mentions: Sequence[Path], outlet: str | None, subject: str | None) -> None:
    """Create `to_portray`: the mentions of the study's articles that are asked for and can be read."""
    files = parquet(mentions)
    # An outlet whose texts hold no quotation marks has no known voice, whatever a mention's own flags say.
    survey.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE to_portray AS
        SELECT p.article_id, p.subject, p.field || ':' || p.start AS mention, p.alias, p.field, p.start,
               p."end", p.sentence_start, p.sentence_end, p.key,
               CASE WHEN a.marks THEN p.quoted OR p.reported END AS quoted
        FROM {files} p JOIN articles a USING (article_id)
        WHERE coalesce(a.outlet = $outlet, true) AND coalesce(p.subject = $subject, true)""",
        {"outlet": outlet, "subject": subject},
    )


def _order(survey: StudyTables) -> list[_Cell]:
    """Create `reading_order`; return the cells, each with its number of articles.

    `reading_order` has a row per article and subject: its cell's number and its place in the order, from 1.
    """
    con = survey.connection
    pairs = con.sql(
        """WITH pairs AS (SELECT DISTINCT article_id, subject FROM to_portray)
        SELECT a.outlet, p.subject, p.article_id,
               dense_rank() OVER (PARTITION BY a.outlet, p.subject ORDER BY a.period_start NULLS LAST) - 1
                   AS stratum,
               row_number() OVER (
                   PARTITION BY a.outlet, p.subject, a.period_start
                   ORDER BY md5(a.outlet || ':' || CAST(a.source_row AS VARCHAR)), p.article_id) - 1 AS rank,
               count(*) OVER (PARTITION BY a.outlet, p.subject, a.period_start) AS size
        FROM pairs p JOIN articles a USING (article_id)
        ORDER BY a.outlet, p.subject, p.article_id"""
    ).to_arrow_table()
    outlets = pairs["outlet"].to_pylist()
    starts = {name: _start(name) for name in set(outlets)}
    stratum, rank, size = (pairs[name].to_numpy().astype(np.int64) for name in ("stratum", "rank", "size"))
    order = places(stratum, rank, size, np.array([starts[name] for name in outlets], np.float64))
    con.register("placed", pairs.append_column("place", pa.array(order, pa.float64())))
    con.execute(
        """CREATE OR REPLACE TEMP TABLE reading_order AS
        SELECT article_id, subject, dense_rank() OVER (ORDER BY outlet, subject) - 1 AS cell,
               row_number() OVER (PARTITION BY outlet, subject ORDER BY place, stratum, rank) AS nth
        FROM placed"""
    )
    cells: list[_Cell] = con.execute(
        "SELECT outlet, subject, count(*) FROM placed GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    con.unregister("placed")
    return cells


def _start(outlet: str) -> float:
    """Where the order of an outlet's articles begins: a number from 0 to 1 that its name alone decides."""
    return int.from_bytes(hashlib.md5(outlet.encode(), usedforsecurity=False).digest()[:6], "big") / 2**48


def _read_lot(
    survey: StudyTables, before: Whole, upto: Whole, read: Callable[[pa.Array], pa.Table]
) -> tuple[pa.ChunkedArray, int]:
    """Read the articles of each cell from one place in the order to another, and add them to `portrayed`.

    Returns the keys of their sentences, and how many mentions stay unread because the model gave no answer of use.
    """
    con = survey.connection
    sizes = pa.table({"cell": np.arange(len(upto)), "before": before, "upto": upto})
    con.register("lot_sizes", sizes)
    con.execute(
        """CREATE OR REPLACE TEMP TABLE lot AS
        SELECT m.* FROM to_portray m JOIN reading_order o USING (article_id, subject)
        JOIN lot_sizes s USING (cell) WHERE o.nth > s.before AND o.nth <= s.upto"""
    )
    con.unregister("lot_sizes")
    keys = con.sql("SELECT DISTINCT key FROM lot ORDER BY key").to_arrow_table()["key"]
    con.register("lot_read", read(keys))
    con.execute(
        """INSERT INTO portrayed
        SELECT article_id, subject, mention, alias, field, start, "end", sentence_start, sentence_end, quoted,
               p_unfavourable, p_neutral, p_favourable, 1.0
        FROM lot JOIN lot_read USING (key)"""
    )
    ((n_unread,),) = survey.rows("SELECT count(*) FROM lot ANTI JOIN lot_read USING (key)")
    con.unregister("lot_read")
    return keys, n_unread


def _asked_model(reading: PortrayalReading, keys: Sequence[pa.ChunkedArray], set_aside: int) -> Asked | None:
    """Say what became of asking a model at an address; None of any other."""
    model = reading.classifier
    if not isinstance(model, AskedClassifier):
        return None
    every = pa.chunked_array([chunk for one in keys for chunk in one.chunks], pa.uint64())
    counts = reading.asked_counts(every)
    return None if counts is None else {**model.asked_as, **counts, "mentions_set_aside": set_aside}


def _half_widths(survey: StudyTables, cells: Sequence[_Cell], level: float) -> Array:
    """Half the width of each cell's widest interval, over the voices that must be narrow and can be told."""
    numbers = {(outlet, subject): at for at, (outlet, subject, _) in enumerate(cells)}
    marks = {outlet["id"]: outlet["quotation_marks"] for outlet in survey.outlets}
    widest = np.zeros(len(cells))
    for voice in PRECISE:
        can_be_known = np.array([voice == "all" or marks[outlet] for outlet, _, _ in cells])
        halves = np.full(len(cells), np.inf)
        table = collect(sums(Portrayal().units(survey.tables, voice), ["outlet", "subject"]))
        at = [
            numbers[cell] for cell in zip(*(table[c].to_pylist() for c in ("outlet", "subject")), strict=True)
        ]
        halves[at] = half_width(Sums.of(table), level)
        widest = np.where(can_be_known, np.maximum(widest, halves), widest)
    return widest


def _weigh(survey: StudyTables, there: Whole, read: Whole) -> None:
    """Give each article that was read the weight of those it stands for: one over the part that was read."""
    con = survey.connection
    con.register("weights", pa.table({"cell": np.arange(len(read)), "weight": there / np.maximum(read, 1)}))
    con.execute(
        """UPDATE portrayed SET weight = w.weight
        FROM reading_order o JOIN weights w USING (cell)
        WHERE portrayed.article_id = o.article_id AND portrayed.subject = o.subject"""
    )
    con.unregister("weights")


def _counts(survey: StudyTables) -> ReadCounts:
    """Mentions and distinct marked sentences: how many there are, and how many were read."""
    ((mentions, sentences),) = survey.rows("SELECT count(*), count(DISTINCT key) FROM to_portray")
    ((mentions_read, sentences_read),) = survey.rows(
        """SELECT count(*), count(DISTINCT m.key)
        FROM portrayed p JOIN to_portray m USING (article_id, subject, mention)"""
    )
    return {
        "mentions": mentions,
        "mentions_read": mentions_read,
        "sentences": sentences,
        "sentences_read": sentences_read,
    }


def _other_languages(survey: StudyTables, classifier: Classifier) -> Counter[tuple[str, dt.date | None]]:
    """Count the articles, by outlet and period, of languages that a classifier does not read."""
    counts: Counter[tuple[str, dt.date | None]] = Counter()
    for outlet, start, language, count in survey.rows(
        "SELECT outlet, period_start, language, count(*) FROM articles GROUP BY ALL"
    ):
        if not reads(classifier, language):
            counts[outlet, start] += count
    return counts
