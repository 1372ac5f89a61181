"""What a claim may ask of silence, and its words: an outlet is set against its own habits."""

from __future__ import annotations

import math

from masthead.study.claim_rules import ClaimRules, ClaimWords, Doing, Habits

CLAIM_RULES = {
    "silence": ClaimRules(
        range=(0.0, math.inf),
        subject="needed",
        category="either",
        categories=("unfavourable",),
        wrong_category=(
            "asks for silence about '{given}' stories",
            "'unfavourable', or no `category` for all stories",
        ),
        expects=("silent",),
        # What is expected is learnt from the stories about all subjects.
        all_subjects=True,
        habits=Habits(
            units="stories about it",
            category_units={"unfavourable": "stories that show it in a bad light"},
            plural="stories",
            did="covered",
            ending="of what its habits make expected",
            too_much="not so silent as the margin says",
            none="no {what} were run by two other outlets in days of which {who} was collected",
            none_left="no story is left that counts",
            needs="at least 5 stories about it that two other outlets ran, in days that were collected",
            frame="the archive does not hold all that was published: silence describes its selector too",
            pooling="all stories of a group together, outlets that run much counting for more",
        ),
        words=ClaimWords(
            units="stories about it that others run",
            count_nouns={"": ("story about it that others ran", "stories about it that others ran")},
            never=Doing("was", "were", "run"),
            always=Doing("was", "were", "not run"),
        ),
    )
}
