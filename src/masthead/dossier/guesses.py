"""Sentences behind a portrayal: the two extremes, three at random, and more; each with the model's guess."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from masthead.dossier.board import Board
from masthead.dossier.numbers import percent
from masthead.dossier.portrayal import NAME

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
"""The groups of sentences of a portrayal, in the order in which a page shows them."""

FOLDED = frozenset(("more", "quoted"))
"""The groups that a reader opens if five sentences are not enough."""

_NUMBERS = ("None", "One", "Two", "Three")

# Every mention is one row. Its turn in the order at random: the first mention of every article comes before the
# second of any, articles in the order of a hash; the extremes take no turn. Ties are broken by the same hash.
_CHOSEN = """
create or replace temp table guessed as
with scored as (
  select s.*, p_favourable - p_unfavourable as score, md5(article_id) as drawn,
         case when quoted then 'quoted' when not quoted then 'own' else 'unknown' end as voice
  from guesses s semi join shown using (outlet)
),
placed as (
  select *, row_number() over (cell order by score desc, drawn, field, start) as from_best,
         row_number() over (cell order by score, drawn, field, start) as from_worst,
         row_number() over (partition by subject, outlet, voice, article_id order by field, start) as nth
  from scored window cell as (partition by subject, outlet, voice)
),
called as (
  select *, case when from_best = 1 then 'best' when from_worst = 1 then 'worst' end as extreme from placed
),
turned as (
  select *, row_number() over (
      partition by subject, outlet, voice, extreme is null order by nth, drawn, field, start) as turn
  from called
)
select * exclude (drawn, from_best, from_worst, nth, extreme, turn),
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
        told = (
            ("favourable", self.favourable),
            ("neutral", self.neutral),
            ("unfavourable", self.unfavourable),
        )
        return ", ".join(f"{name} {percent(p)}" for name, p in told)


def guess_of(source: dict[str, Any]) -> Guess | None:
    """Return the guess that a row of sources holds, or None: only rows of portrayal do."""
    held = [source.get(f"p_{name}") for name in ("favourable", "neutral", "unfavourable")]
    return None if None in held else Guess(*held)  # type: ignore[arg-type]


def heading(place: str, found: dict[str, list[Any]]) -> str:
    """Return what stands over one of the groups of sentences `found`."""
    if place == "best" and "worst" not in found:
        return "The only sentence"
    return HEADINGS[place].format(n=_NUMBERS[min(RANDOM, len(found["random"]))] if place == "random" else "")


def choose(board: Board) -> pa.Table:
    """Return the sources of portrayal that the pages show, with their `voice`, `score` and `place`.

    Of each subject, outlet and voice: the most favourable, the most unfavourable and RANDOM others (`place` says
    which), then more, up to LIMIT beside the extremes. The same whenever, and in whatever order, it is drawn.
    """
    import pyarrow.compute as pc

    sources = board.findings.sources
    board.db.register(
        "guesses",
        sources.filter(pc.and_(pc.equal(sources["measure"], NAME), pc.is_valid(sources["p_neutral"]))),
    )
    board.db.execute(_CHOSEN.format(random=RANDOM, limit=LIMIT))
    return board.db.sql(
        "from guessed order by subject, outlet, voice, published nulls last, title, article_id, field, start"
    ).to_arrow_table()
