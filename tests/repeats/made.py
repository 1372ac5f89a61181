"""A small press with planted repeats: what each outlet ran, and which articles are one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

WORDS = """
harbour quay council vote budget mayor ferry storm bridge school teacher strike union wage court judge trial witness
river flood engineer tunnel market price grain farmer tax clerk library museum painter concert choir hospital nurse
ward doctor vaccine test report minister speech treaty border patrol soldier camp convoy village church tower bell
clock station train driver signal track coal mine shaft rescue crew island lighthouse keeper
"""


@dataclass(frozen=True)
class Planted:
    """Rows for an archive, each with the key `one`: rows of one outlet with the same are one article."""

    rows: list[dict[str, str]]

    def archive_rows(self) -> list[dict[str, str]]:
        return [{name: value for name, value in row.items() if name != "one"} for row in self.rows]


def sentences(seed: object, count: int) -> list[str]:
    """Return so many sentences that no other seed gives."""
    random, choices = Random(f"sentences/{seed}"), WORDS.split()
    made = []
    for _ in range(count):
        words = [random.choice(choices) for _ in range(random.randint(8, 14))]
        made.append(" ".join(words).capitalize() + ".")
    return made


def planted() -> Planted:
    """Two outlets, the same kinds in each, and what must stay apart beside what is one."""
    rows: list[dict[str, str]] = []
    for outlet in ("Coast Herald", "Tidewatch"):
        rows += _of(outlet, f"https://{outlet.split()[0].lower()}.example")
    return Planted(rows)


def _of(outlet: str, site: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []

    def add(one: str, published: str, path: str, title: str, text: list[str] | str) -> None:
        told = text if isinstance(text, str) else " ".join(text)
        address = path if path.startswith("http") or not path else f"{site}/{path}"
        rows.append(
            {
                "one": one,
                "outlet": outlet,
                "published": published,
                "url": address,
                "title": title,
                "text": told,
            }
        )

    start = datetime(2021, 3, 1)
    # One page under several addresses, crawled on several days.
    text = sentences((outlet, "page"), 9)
    for day, path in enumerate(
        ("port/fire", "port/fire?utm_source=mail", "port/fire/amp", "print/port/fire", "port/fire/")
    ):
        add("page", f"{start + timedelta(days=day):%Y-%m-%d}", path, "Fire in the port", text)
    add(
        "page",
        "2021-04-20",
        "https://m." + f"{site}/port/fire".removeprefix("https://"),
        "Fire in the port",
        text,
    )
    # One article updated five times under one address, its head and its text changing.
    text = sentences((outlet, "versions"), 12)
    heads = (
        "Storm nears",
        "Storm hits coast",
        "Ferry missing in storm",
        "Ferry found, two dead",
        "Two dead in storm",
    )
    for hour, head in enumerate(heads):
        add("versions", f"2021-04-05T{10 + 2 * hour}:00:00Z", "storm", head, text[hour : hour + 8])
    # In print and on the web: another head and address; and cut, under nearly the same head.
    text = sentences((outlet, "print"), 10)
    add("print", "2021-05-03T18:00:00Z", "council-budget", "Council votes on budget", text)
    add("print", "2021-05-04", "", "A close vote", [*text[:9], text[9].replace(".", " tonight.")])
    text = sentences((outlet, "cut"), 10)
    add("cut", "2021-05-10T18:00:00Z", "bridge", "Old bridge is closed for repairs", text)
    add("cut", "2021-05-11", "", "Bridge closed for repairs", text[:6])
    # A page that is written anew every day, and a section's front: one address, other texts.
    for day in range(20):
        add(
            f"live {day}",
            f"{start + timedelta(days=day):%Y-%m-%d}",
            "live",
            "Live: the trial",
            sentences((outlet, "live", day), 8),
        )
        add(
            f"front {day}",
            f"{start + timedelta(days=day):%Y-%m-%d}",
            "world",
            "World",
            sentences((outlet, "front", day), 5),
        )
    # A column of every week under one head, a notice of every week, and one of every year.
    for week in range(6):
        day = f"{start + timedelta(days=7 * week):%Y-%m-%d}"
        add(
            f"column {week}", day, f"column/{week}", "From my window", sentences((outlet, "column", week), 10)
        )
        add(
            f"hours {week}",
            day,
            "",
            "Opening hours",
            "The town hall is open from nine to five, and on market days until eight.",
        )
    for year in (2019, 2020, 2021):
        add(f"annual {year}", f"{year}-06-01", "", "Lifeboat day", sentences((outlet, "annual"), 6))
    # A form that is filled in every day, and several times a day.
    for day in range(1, 6):
        form = (
            f"The ministry of health counted {40 + 7 * day} new cases in the province on day {day} of the week. "
            "Hospitals have beds to spare, it said, and asked everybody to keep their distance in shops."
        )
        add(f"form {day}", f"2021-07-{day:02}", f"cases-{day}", "New cases in the province", form)
    # What stands where an article should: the same words under heads that have nothing to do with each other.
    notice = "We value your privacy. We and our partners store cookies on your device. Accept all or manage choices."
    for at, head in enumerate(("Ferry sinks", "Grain prices rise", "Choir wins prize", "Judge steps down")):
        add(f"notice {at}", "2021-08-02", f"notice-{at}", head, notice)
    # The same background under the news of several days.
    background = sentences((outlet, "background"), 6)
    for day in range(1, 5):
        news = sentences((outlet, "news", day), 4)
        add(f"news {day}", f"2021-09-{day:02}", f"strike-{day}", "Strike goes on", [*news, *background])
    # Undated: the same words under the same head are one; a like text is not.
    text = sentences((outlet, "undated"), 7)
    add("undated", "", "undated", "Museum gets a wing", text)
    add("undated", "", "culture/undated", "Museum gets a new wing", text)
    add("undated, other", "", "undated-2", "Museum gets a wing", [*text[:6], "A new wing was opened."])
    # Heads alone: one page twice, and two heads that are alike.
    add("heads", "2021-10-01", "heads?ref=front", "Lighthouse keeper retires after a storm", "")
    add("heads", "2021-10-01", "heads", "Lighthouse keeper retires", "")
    add("other heads", "2021-10-02", "heads-2", "Lighthouse keeper retires", "")
    return rows
