"""Small archives of invented articles for the tests of stories."""

from __future__ import annotations

from masthead.archive import Archive
from masthead.links.stories import StoriesReading

FIRE = (
    "The sugar mill at Oldmarsh burned to the ground. Firemen from Tarrow fought the flames for nine hours. "
    "Foreman Edda Quill said the boiler had cracked."
)
STRIKE = (
    "Tram drivers in Vell stopped work over night shifts. Union leader Joss Arden asked for talks with the "
    "transit board. Passengers walked across the Hammer Bridge."
)
ELECTION = (
    "Voters in Lorne chose a new mayor. Challenger Petra Sand beat the incumbent Olaf Reed by a narrow margin. "
    "The count at the town hall lasted until dawn."
)
FESTIVAL = (
    "The kite festival at Gull Point drew families from the islands. A dragon kite made by Ines Holm won the "
    "ribbon. Rain ended the parade."
)


def article(outlet: str, published: str, title: str, text: str) -> dict[str, str]:
    return {"outlet": outlet, "published": published, "title": title, "text": text}


FOUR_STORIES = [
    article("alpha", "2020-03-01T08:00:00Z", "Sugar mill burns at Oldmarsh", FIRE),
    article("beta", "2020-03-01T11:00:00Z", "Fire destroys Oldmarsh sugar mill", "In Oldmarsh. " + FIRE),
    article("gamma", "2020-03-02T09:00:00Z", "After the fire at the sugar mill", FIRE + " Work will resume."),
    article("alpha", "2020-03-02T10:00:00Z", "Tram drivers strike in Vell", STRIKE),
    article("beta", "2020-03-02T12:00:00Z", "No trams in Vell as drivers strike", STRIKE),
    article("alpha", "2020-06-10T08:00:00Z", "Lorne picks Petra Sand", ELECTION),
    article("gamma", "2020-06-10T09:30:00Z", "Petra Sand wins in Lorne", "Results are in. " + ELECTION),
    article("beta", "2020-09-05T16:00:00Z", "Kites over Gull Point", FESTIVAL),
    article("gamma", "2020-09-05T18:00:00Z", "Rain at the Gull Point kite festival", FESTIVAL),
]


def groups(archive: Archive, reading: StoriesReading) -> set[frozenset[str]]:
    """The stories as sets of headlines."""
    import pyarrow.parquet as pq

    titles: dict[str, str] = {}
    for part in archive.parts():
        table = pq.read_table(part.path, columns=["article_id", "title"])
        titles.update(zip(*(table[c].to_pylist() for c in ("article_id", "title")), strict=True))
    held: dict[str, set[str]] = {}
    for row in reading.table().to_pylist():
        if row["story"] is not None:
            held.setdefault(row["story"], set()).add(titles[row["article_id"]])
    return {frozenset(of) for of in held.values()}
