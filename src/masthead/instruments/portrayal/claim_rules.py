"""What a claim may ask of portrayal, and its words. Of its two sides alone nothing can be claimed."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords

CLAIM_RULES = {
    "portrayal": ClaimRules(
        range=(-1.0, 1.0),
        voices=("all", "own", "quoted"),
        subject="needed",
        expects=("favourable", "unfavourable", "explained-by"),
        why_uncounted=(
            "a model reads portrayals and misreads about one sentence in five, so that no single one shows anything",
            "'unfavourable' or 'favourable' with a `margin`, or 'more' or 'less' with a `versus`",
        ),
        of_model=True,
        words=ClaimWords(
            figures="portrayals",
            units="articles with a sentence about it that was read",
            more="is more favourable",
            remark="of a model's readings, which no human coding has corrected",
        ),
    )
}
