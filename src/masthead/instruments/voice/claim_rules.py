"""What a claim may ask of voice and of stance, and their words."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing


def _stances() -> Sequence[str]:
    from masthead.reading.attribution.cues import STANCES

    return STANCES


CLAIM_RULES = {
    "voice": ClaimRules(
        subject="or category",
        category="either",
        categories=("other", "unknown"),
        wrong_category=("names '{given}', which is no voice but 'other' and 'unknown'", "one of these two"),
        words=ClaimWords(
            units="articles that quote or cite anybody",
            more="quotes it more",
            count_nouns={"": ("article that quotes or cites anybody", "articles that quote or cite anybody")},
            never=Doing("quotes or cites", "quote or cite", "{whom}"),
            always=Doing("does", "do", "not quote or cite {whom}"),
        ),
    ),
    "stance": ClaimRules(
        comes_with="voice",
        subject="needed",
        category="needed",
        named_categories=_stances,
        category_is="stance",
        category_hint="a stance, such as 'claimed'",
        every_use=True,
        words=ClaimWords(
            units="articles that report what it says",
            more="uses it more",
            count_nouns={"": ("article that reports what it says", "articles that report what it says")},
            never=Doing("reports", "report", "it with {category}"),
            always=Doing("reports", "report", "it with something else than {category}"),
            only=Doing("reports", "report", "it with {category} and nothing else"),
        ),
    ),
}
