"""Names that are no subject: towns, lands abroad, ships, people, armed movements elsewhere."""

from __future__ import annotations

TOWNS: tuple[str, ...] = (
    "New Verrin", "Saltmere", "Ostrey", "Cold Ferry", "Marrowick", "Pellan", "Upper Drune", "Sandhaven",
    "Two Piers", "Hallam", "Kestrel Point", "Lisse", "Ormeny", "Gannet Bay", "Brackwater", "Wenlow",
    "Thornquay", "Dunmarsh", "Eelby", "Farrow Sound", "Old Corran", "Lambrook", "Nethershore", "Quernmouth",
)  # fmt: skip
"""Places that are no subject. `New Verrin` is a trap: a state's name nests in it."""

ABROAD: tuple[str, ...] = (
    "Caldony",
    "the Marl Islands",
    "Estrava",
    "Upper Senn",
    "Brannoch",
    "the Ionder Republic",
)
SHIPS: tuple[str, ...] = (
    "Grey Heron", "Second Patience", "Anna Lysk", "Morning Tern", "Old Promise", "Blue Anvil", "Perpetua",
    "Quiet Harvest", "Sister Maud", "Long Reach", "Petrel", "Cassia", "Fair Margin", "Winter Rose",
)  # fmt: skip
FIRST: tuple[str, ...] = (
    "Orsa", "Bram", "Lena", "Tomas", "Idris", "Hanne", "Piet", "Mirel", "Joss", "Kaya", "Ruben", "Selma",
    "Anton", "Freya", "Dov", "Maren", "Ilse", "Caspar", "Nadia", "Wim",
)  # fmt: skip
_SHE = frozenset(("Orsa", "Lena", "Hanne", "Mirel", "Kaya", "Selma", "Freya", "Maren", "Ilse", "Nadia"))


def pronoun_of(name: str) -> str:
    """He or she, by the first of somebody's names."""
    return "she" if name.split(" ")[0] in _SHE else "he"


LAST: tuple[str, ...] = (
    "Penn", "Harrow", "Vask", "Lindqvast", "Morrow", "Ostery", "Brandt", "Sool", "Keane", "Adler", "Rusk",
    "Tolliver", "Maas", "Venn", "Quist", "Dray", "Hollin", "Perrault", "Stroud", "Yarrow",
)  # fmt: skip
OTHER_GROUPS: tuple[str, ...] = ("Red Oar", "Ninth Column", "Free Highland Army", "Sons of Brannoch")
"""Armed movements abroad that are no subject: whoever is called a militant of theirs is not ours."""
