"""What a claim may ask of forecasts, and its words."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing

CLAIM_RULES = {
    "forecast": ClaimRules(
        voices=("all", "own", "quoted"),
        every_use=True,
        outcomes=("true", "false"),
        words=ClaimWords(
            units="articles with a forecast of known outcome",
            more="foretells rightly more",
            count_nouns={
                "": (
                    "article with a forecast of known outcome",
                    "articles with a forecast of known outcome",
                )
            },
            never=Doing("foretells", "foretell", "rightly"),
            always=Doing("foretells", "foretell", "wrongly"),
            only=Doing("foretells", "foretell", "rightly and never wrongly"),
        ),
    )
}
