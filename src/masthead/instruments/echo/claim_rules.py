"""What a claim may ask of echo, and its words."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing

CLAIM_RULES = {
    "echo": ClaimRules(
        words=ClaimWords(
            units="dated articles",
            more="echoes more",
            count_nouns={
                "": ("dated article", "dated articles"),
                "subject": ("dated article that mentions it", "dated articles that mention it"),
            },
            never=Doing("holds", "hold", "words that stood elsewhere before"),
            always=Doing("holds", "hold", "no words that stood elsewhere before"),
        ),
    )
}
