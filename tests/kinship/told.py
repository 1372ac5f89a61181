"""A made-up press of four outlets and two parties with wordings of their own, for surveys of kinship alone."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.study import Study, parse_study

THEIRS = {
    "Corvan Front": ["patient harbour stewardship builds lasting prosperity",
                     "honest tidal accounting protects ordinary depositors",
                     "fair channel upkeep serves quarrelling neighbours",
                     "steady ferry timetables restore public confidence",
                     "public mooring registers prevent quiet favouritism"],
    "Tellan Guard": ["ruthless smuggler networks poison decent villages",
                     "sacred coastal vigilance defeats foreign meddling",
                     "armed lagoon patrols punish reckless intruders",
                     "hostile shoal raiders threaten peaceful households",
                     "loyal beacon keepers deserve lifelong gratitude"],
}  # fmt: skip
"""What each party says of the world, over and over."""

PLAIN = [
    "crews mended nets by lamplight",
    "traders counted barrels near wharves",
    "bakers raised prices again",
]

OUTLETS = ("borrower", "coverer", "plain", "steady")
STORIES = 24


def articles() -> Iterator[dict[str, str]]:
    """`borrower` uses the Front's wording in its own voice; `coverer` only quotes the Front more often."""
    front, guard = THEIRS
    for story in range(STORIES):
        place = f"{chr(65 + story % 26)}{'aeiou'[story % 5]}rrowmouth"
        for at, outlet in enumerate(OUTLETS):
            first, second = THEIRS[front][(story + at) % 5], THEIRS[guard][(story + 2 * at) % 5]
            quotes = [f'"It is {first}," the {front} said.', f'"It is {second}," the {guard} said.']
            if outlet == "coverer" and story % 3:
                quotes[1] = f'"It is {THEIRS[front][(story + 1) % 5]}," the {front} added.'
            mine = PLAIN[(story + at) % 3]
            if story % 2:
                mine = f"{mine} amid {THEIRS[front if outlet == 'borrower' or story % 4 == 1 else guard][story % 5]}"
            yield {
                "outlet": outlet,
                "published": f"2019-{1 + story // 28:02d}-{1 + story % 28:02d}T{8 + at:02d}:00:00Z",
                "title": f"Quarrel over {place} pier {story}",
                "text": f"In {place} {mine} on pier {story}. " + " ".join(quotes),
            }


def asked(*parties: str, **more: object) -> Study:
    """A study of the parties, of kinship alone."""
    return parse_study(
        {
            "archive": "made.archive",
            "measures": ["kinship"],
            "outlet": [{"id": outlet} for outlet in OUTLETS],
            "subject": [
                {"id": party.split()[1].lower(), "kind": "actor", "aliases": [party]}
                for party in parties or THEIRS
            ],
            **more,
        }
    )
