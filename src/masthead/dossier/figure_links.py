"""Where a figure leads: to its sentences, or to the page that shows what stands behind it."""

from __future__ import annotations

import functools

from masthead.dossier.leading_voice import whole_of
from masthead.dossier.writing.safe_text import anchor, evidence_page, outlet_anchor
from masthead.measuring import own_words


@functools.lru_cache(maxsize=65536)
def way_to_sentences(
    alike: str,
    pages_alike: frozenset[str],
    evidence: str,
    measure: str,
    subject: str | None,
    category: str | None,
    outlet: str,
) -> str:
    """Return the way from the index to what stands behind a figure; nothing where nothing does."""
    words = own_words(measure)
    if words.page or (subject is None and words.page_of_others):
        page = f"{words.page or words.page_of_others}.html"
        return f"{alike if page in pages_alike else ''}{page}#{outlet_anchor(outlet)}"
    if subject is None:
        return ""
    measure = whole_of(measure) or measure
    return f"{evidence}{evidence_page(subject, outlet)}#{anchor(measure, category)}"
