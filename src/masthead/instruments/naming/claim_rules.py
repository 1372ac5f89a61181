"""What a claim may ask of naming, and its words."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing

CLAIM_RULES = {
    "naming": ClaimRules(
        voices=("all", "own", "quoted"),
        subject="needed",
        category="needed",
        category_hint="a label, or a category of the subject",
        labels=True,
        every_use=True,
        never_of_mentions=True,
        words=ClaimWords(
            units="articles that name it with a label",
            more="uses it more",
            no_figure="names {subject} with no label",
            count_nouns={
                "never": ("article that mentions it", "articles that mention it"),
                "always": ("article that names it with a label", "articles that name it with a label"),
                "names": (
                    "article that mentions it by one of its names",
                    "articles that mention it by one of its names",
                ),
            },
            never=Doing("calls", "call", "it {category}"),
            always=Doing("calls", "call", "it something else than {category}"),
            only=Doing("calls", "call", "it {category} and nothing else"),
        ),
    )
}
