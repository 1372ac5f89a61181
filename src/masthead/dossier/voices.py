"""In which voice a figure is led with: what an outlet says itself, or all that stands in its articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from masthead.dossier.notation import notation_of
from masthead.measuring import MEASURES

OWN_FIRST = frozenset(("portrayal", "kinship", "forecast"))
"""Measures that lead with the outlet's own voice: it does not answer for what it quotes."""

NOT_BARE = frozenset(("kinship",))
"""Measures by whose bare figures no two outlets are set side by side on the main page.

What an outlet writes about decides most of them, whatever its words: they are compared within stories, or not at all.
"""

PARTS = {name: str(measure.comes_with) for name, measure in MEASURES.items() if measure.is_part}
"""Measures that are parts of another, and which: the map of alignment shows them, over the other's sentences."""

_LED = pa.schema(
    [("measure", pa.string()), ("outlet", pa.string()), ("voice", pa.string()), ("span", pa.float64())]
)


def leading_voice(measure: str, quotation_marks: bool) -> str:
    """Return the voice of a measure's first figure for an outlet.

    Where an outlet's texts hold no quotation marks its own voice is unknown: its figure is of all voices.
    """
    return "own" if measure in OWN_FIRST and quotation_marks else "all"


def led_with(about: Mapping[str, Any], outlets: Iterable[tuple[str, bool]]) -> pa.Table:
    """Return, per measure and outlet (id, whether it has quotation marks), the voice that a dossier leads with.

    Of measures that are parts of another there is none.

    `span` is how far apart two figures of the measure can be.
    """
    rows = [
        {
            "measure": m["name"],
            "outlet": outlet,
            "voice": leading_voice(m["name"], marks),
            "span": notation_of(m).span,
        }
        for outlet, marks in outlets
        for m in about["measures"]
        if m["name"] not in PARTS
    ]
    return pa.Table.from_pylist(rows, _LED)
