"""Nothing that an archive reads takes more than time in proportion to its length, whatever it repeats."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import masthead.archive
from masthead.archive.dates import DateColumn

Use = Callable[[str], object]

PIECES = [
    *" aA1-.,\n\t'\"()\\:/“é[{\ufeff",
    "1 ",
    " 1",
    "a ",
    ",a",
    "1-",
    "1:",
    ". ",
    " \n",
    "of ",
    "at ",
    "April ",
]
PIECES += ["Mon, ", "9:30 ", "12 DOCUMENTS "]
HEADS = ["", "2016-04-06 9:30", "6 April 2016 ", "April 6, 2016", "Wed, 06 Apr 2016 09:30:15", '"', "1"]
SHORT = 800
STEEP = 3.0
"""Twice the length may take so many times as long: 2 is in proportion, 4 its square, 16 its fourth power."""
SEEN = 2e-3
"""Seconds of processor time below which a clock tells nothing."""


def expressions() -> Iterator[tuple[str, Use]]:
    """The expressions that the archive's modules hold, each as its module uses it."""
    for module in pkgutil.walk_packages(masthead.archive.__path__, "masthead.archive."):
        held = importlib.import_module(module.name)
        for name, value in vars(held).items():
            if isinstance(value, re.Pattern):
                ways = set(re.findall(rf"(?<!\w){name}\.(\w+)", inspect.getsource(held)))
                # One that is only ever matched where it stands is not searched for.
                way = ways.pop() if len(ways) == 1 and ways <= {"match", "fullmatch"} else "search"
                yield f"{module.name}.{name}", getattr(value, way)


def took(use: Use, text: str) -> float:
    best = 1e9
    for _ in range(3):
        begun = time.thread_time()
        use(text)
        best = min(best, time.thread_time() - begun)
        if best > 1:
            break
    return best


def stalls(use: Use) -> str | None:
    """The repetitive text on which `use` takes more than in proportion; None where there is none."""
    for head in HEADS:
        for piece in PIECES:
            # Short first: what doubles with each letter is seen long before it would take years.
            for length in (12, 60, 250, SHORT):
                shorter, longer = (head + piece * (n // len(piece)) + "\0!" for n in (length, 2 * length))
                if (slow := took(use, longer)) > SEEN and slow > STEEP * took(use, shorter):
                    return shorter
    return None


@pytest.mark.parametrize(("where", "use"), list(expressions()), ids=dict(expressions()))
def test_no_expression_of_the_archive_stalls(where: str, use: Use) -> None:
    assert stalls(use) is None


def test_a_date_of_blanks_is_read_at_once() -> None:
    def read(text: str) -> None:
        column = DateColumn("a.csv", "dmy")
        column.narrow([text])
        column.read(text)

    # The names of months in all languages are looked up once, and that takes its time whatever is read.
    read("6 avril 2016")
    assert stalls(read) is None


@pytest.mark.parametrize("steep", [r"\d\s*\s*\s*$", r"a*a*a*b", r"\s+x"])
def test_a_steep_expression_is_seen(steep: str) -> None:
    assert stalls(re.compile(steep).search) is not None
