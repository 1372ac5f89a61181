"""In which voice a figure is led with: what an outlet says itself, or all that stands in its articles."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from masthead.dossier.writing.notation import notation_of
from masthead.findings.about import About
from masthead.measuring import MEASURES, own_words

_LED = pa.schema(
    [
        ("measure", pa.string()),
        ("outlet", pa.string()),
        ("voice", pa.string()),
        ("span", pa.float64()),
        ("compared", pa.bool_()),
        ("by_titles", pa.bool_()),
    ]
)


def whole_of(measure: str) -> str | None:
    """Return the measure that a measure is a part of; None where it stands by itself.

    The map of alignment shows the parts, over the sentences of the whole.
    """
    declaration = MEASURES.get(measure)
    return declaration.comes_with if declaration and declaration.is_part else None


def side_by_side(measure: str) -> bool:
    """Return whether the main page sets outlets side by side by the bare figures of a measure."""
    return whole_of(measure) is None and own_words(measure).compared


def leading_voice(measure: str, quotation_marks: bool) -> str:
    """Return the voice of a measure's first figure for an outlet.

    Where an outlet's texts hold no quotation marks its own voice is unknown: its figure is of all voices.
    """
    return own_words(measure).leads if quotation_marks else "all"


def led_with(about: About, outlets: Iterable[tuple[str, bool]]) -> pa.Table:
    """Return, per measure and outlet (id, whether it has quotation marks), the voice that a dossier leads with.

    Of measures that are parts of another there is none. `span` is how far apart two figures of the measure can be,
    `compared` whether outlets are set side by side by its bare figures, `by_titles` whether it is a measure of whole
    texts and the outlet, unlike others, has hardly any: its figure is of titles then.
    """
    bare = {
        o["id"]
        for o in about["outlets"]
        if 2 * (o.get("n_without_text") or 0) >= max(1, o.get("n_articles") or 0)
    }
    if len(bare) == len(about["outlets"]):
        bare = set()  # an archive of headlines, whose figures are all of titles
    rows = [
        {
            "measure": m["name"],
            "outlet": outlet,
            "voice": leading_voice(m["name"], marks),
            "span": notation_of(m).span,
            "compared": own_words(m["name"]).compared,
            "by_titles": outlet in bare and m["name"] in MEASURES and MEASURES[m["name"]].leaves_out_textless,
        }
        for outlet, marks in outlets
        for m in about["measures"]
        if whole_of(m["name"]) is None
    ]
    return pa.Table.from_pylist(rows, _LED)
