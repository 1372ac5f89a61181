"""What a claim may ask of kinship, and its words."""

from __future__ import annotations

from masthead.study.claim_rules import ClaimRules, ClaimWords

CLAIM_RULES = {
    "kinship": ClaimRules(
        voices=("all", "own"),
        subject="needed",
        why_uncounted=(
            "a party's phrases are words that others use too, only less often, so that no single one shows anything",
            "'more' or 'less' with a `versus`",
        ),
        # Phrases are learnt from all parties.
        all_subjects=True,
        words=ClaimWords(
            units="articles with a phrase that is some party's",
            more="uses its wording more",
        ),
    )
}
