"""Sentences that a model read: the two extremes, three at random, and more; each with the model's guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from masthead.dossier.board import Board
from masthead.dossier.leading_voice import whole_of
from masthead.dossier.writing.numbers import percent

RANDOM = 3
"""So many sentences are drawn at random to stand beside the extremes."""

LIMIT = 25
"""So many sentences of one voice are shown beside the extremes, those drawn at random among them."""

HEADINGS = {
    "best": "The most favourable sentence",
    "worst": "The most unfavourable sentence",
    "random": "{n} at random",
    "more": "More of them, in order of date",
    "quoted": "Quoted or reported: somebody else’s words, not counted in the figure above",
}
"""The groups of such sentences, in the order in which a page shows them."""

FOLDED = frozenset(("more", "quoted"))
"""The groups that a reader opens if five sentences are not enough."""

_NUMBERS = ("None", "One", "Two", "Three")

# Every mention is one row, and the rows of a cell stand in random order (`drawn`): its first are a random few.
_CHOSEN = """
create or replace temp table guessed as
with scored as (
  select *, p_favourable - p_unfavourable as score,
         case when quoted then 'quoted' when not quoted then 'own' else 'unknown' end as voice
  from guesses semi join shown using (outlet)
),
placed as (
  select *, row_number() over (cell order by score desc, drawn) as from_best,
         row_number() over (cell order by score, drawn) as from_worst
  from scored window cell as (partition by measure, subject, outlet, voice)
),
called as (
  select *, case when from_best = 1 then 'best' when from_worst = 1 then 'worst' end as extreme from placed
),
turned as (
  select *, row_number() over (partition by measure, subject, outlet, voice, extreme is null order by drawn) as turn
  from called
)
select * exclude (from_best, from_worst, extreme, turn),
       coalesce(extreme, if(turn <= {random}, 'random', 'more')) as place
from turned where extreme is not null or turn <= {limit}
"""


@dataclass(frozen=True)
class Guess:
    """What the model made of one sentence: three probabilities, 0 to 1, which add up to 1."""

    favourable: float
    neutral: float
    unfavourable: float

    @property
    def words(self) -> str:
        """The three, in percent."""
        classes = (
            ("favourable", self.favourable),
            ("neutral", self.neutral),
            ("unfavourable", self.unfavourable),
        )
        return ", ".join(f"{name} {percent(p)}" for name, p in classes)


def guess_of(source: dict[str, Any]) -> Guess | None:
    """Return the guess that a row of sources holds, or None: only those that a model read hold one."""
    probabilities = [source.get(f"p_{name}") for name in ("favourable", "neutral", "unfavourable")]
    return None if None in probabilities else Guess(*probabilities)  # type: ignore[arg-type]


def heading(place: str, uses: dict[str, list[Any]]) -> str:
    """Return what stands over one of the groups of sentences in `uses`."""
    if place == "best" and "worst" not in uses:
        return "The only sentence"
    return HEADINGS[place].format(n=_NUMBERS[min(RANDOM, len(uses["random"]))] if place == "random" else "")


def read_by_a_model(board: Board) -> list[str]:
    """Return the measures whose figures are made of a model's guesses at sentences; of parts of another none."""
    return [
        m["name"] for m in board.about["measures"] if m.get("reads_sentences") and not whole_of(m["name"])
    ]


def choose(board: Board) -> pa.Table:
    """Return the sources that a model read and the pages show, with their `voice`, `score` and `place`.

    Of each measure, subject, outlet and voice: the most favourable, the most unfavourable and RANDOM others (`place`
    says which), then more, up to LIMIT beside the extremes; in order of date. The random ones are the first that
    `sources` has of the cell, whose rows stand in random order there.
    """
    import pyarrow.compute as pc

    sources = board.findings.sources
    mask = pc.is_in(sources["measure"], pa.array(read_by_a_model(board), pa.string()))
    rows = sources.filter(pc.and_(mask, pc.is_valid(sources["p_neutral"])))
    board.db.register("guesses", rows.append_column("drawn", pa.array(range(rows.num_rows), pa.int64())))
    board.db.execute(_CHOSEN.format(random=RANDOM, limit=LIMIT))
    return board.db.sql(
        "select * exclude (drawn) from guessed order by measure, subject, outlet, voice, published nulls last, drawn"
    ).to_arrow_table()
