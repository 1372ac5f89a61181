"""What a claim may ask of attention, and its words."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing

TITLES = "titles"
"""The units of articles that are left out for want of a text, by what their titles say: claims count them."""

CLAIM_RULES = {
    "attention": ClaimRules(
        subject="needed",
        aside=(TITLES,),
        words=ClaimWords(
            units="articles",
            more="mentions it more",
            count_nouns={"": ("article", "articles")},
            never=Doing("mentions", "mention", "it"),
            always=Doing("does", "do", "not mention it"),
        ),
    )
}
