"""What the parts of a study file have in common: ids, unknown keys refused, and the words that several use."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from functools import cache
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticKnownError

from masthead.plugins import instrument_names

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
Wire = Literal["with", "without"]
Standing = Literal["leave-out", "count"]
Repeats = Literal["fold", "count"]
"""An outlet's repeats and versions of one article are one article; each is an article of its own."""
WIRES: tuple[Wire, Wire] = ("with", "without")
"""All articles; only those that are not wire copy."""


def _either(names: Sequence[str]) -> str:
    *first, last = (f"'{name}'" for name in names)
    return f"{', '.join(first)} or {last}" if first else last


def _known_instrument(name: str) -> str:
    """Take the name of an instrument, ours or one that an installed package brings."""
    names = instrument_names()
    if name not in names:
        raise PydanticKnownError("literal_error", {"expected": _either(names)})
    return name


Asked = Annotated[str, AfterValidator(_known_instrument)]
"""What a study may ask to be measured: the name of an instrument; `voice` brings stance with it."""

OTHER = "other"
"""The category of a naming none of whose labels belongs to a category that is reported by name."""


@cache
def zone_names() -> frozenset[str]:
    """The names of time zones, as in `Asia/Damascus`; not those that mean another zone on another computer."""
    import zoneinfo

    return frozenset(zoneinfo.available_timezones() - {"localtime", "Factory", "posixrules"})


def known_zone(name: str) -> str:
    """Return the name of a time zone. Raises ValueError, naming the nearest, where there is none of that name."""
    names = zone_names()
    if name in names:
        return name
    city = {
        zone.casefold().rpartition("/")[2]: zone
        for zone in sorted(names)
        if zone[:4] != "Etc/" and "/" in zone
    }
    close = difflib.get_close_matches(name.casefold().rpartition("/")[2], city, n=1, cutoff=0.8)
    raise WrongAtError(
        f"there is no time zone '{name}'",
        expected="the name of a time zone: a continent and a city, such as Asia/Damascus",
        hint=f"did you mean '{city[close[0]]}'?" if close else "look for the largest city of that zone",
    )


Zone = Annotated[str, AfterValidator(known_zone)]
"""A time zone by its name in the time zone database, such as `Asia/Damascus`."""


class Part(BaseModel):
    """A table of a study file: it cannot be changed, and holds no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class WrongAtError(ValueError):
    """What is wrong with a study, in a sentence, and where: keys and places in lists, from the part that raises it.

    `expected` says what may stand there, and `hint` what to do.
    """

    def __init__(self, message: str, *at: str | int, expected: str, hint: str = "change it") -> None:
        super().__init__(message)
        self.at, self.expected, self.hint = at, expected, hint

    def below(self, *place: str | int) -> WrongAtError:
        """Return the same, told by the part that holds the one which raised it."""
        return WrongAtError(str(self), *place, *self.at, expected=self.expected, hint=self.hint)
