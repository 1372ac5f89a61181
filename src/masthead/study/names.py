"""Names as people write them: an id, the name that is shown, or either of them in another case or without accents."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from masthead.errors import UsageError, listed

Known = Mapping[str, Iterable[str]]
"""What there is: ids, each with the other names that it goes by."""

_NEAR = 0.6


def folded(name: str) -> str:
    """Return a name in small letters without accents; spaces, hyphens, dots and underscores count as one space."""
    return " ".join(re.split(r"[\s._\-‐-―]+", _bare(name).casefold())).strip()


def meant(given: str, known: Known) -> list[str]:
    """Return the ids that a name means: one, none, or several where it cannot be told which.

    An id as it is written comes before a name as it is written, that before either in another case, and last comes
    what is the same but for accents and what stands between words.
    """
    written = given.strip()
    if written in known:
        return [written]
    rules = (str, str.casefold, folded)
    for rule in rules:
        wanted = rule(written)
        if not wanted:
            continue
        found = [one for one, names in known.items() if wanted in (rule(one), *map(rule, names))]
        if found:
            return found
    return []


def near(given: str, known: Known) -> str:
    """Return the hint that names the nearest of what there is, or all of it where none is near."""
    if not known:
        return "there are none"
    spelt = {folded(name): one for one, names in reversed(list(known.items())) for name in (*names, one)}
    close = difflib.get_close_matches(folded(given), spelt, n=3, cutoff=_NEAR)
    if close:
        likely = list(dict.fromkeys(spelt[name] for name in close))
        return f"did you mean {' or '.join(repr(one) for one in likely)}?"
    return f"there are: {listed(sorted(known), 12)}"


def several(ids: Iterable[str]) -> str:
    """Say which ids a name may mean."""
    return f"it may mean {' or '.join(repr(one) for one in sorted(ids))}: write the id"


def chosen(given: str, known: Known, what: str, whose: str = "the study") -> str:
    """Return the id that a name on the command line means. Raises UsageError where there is none, or several."""
    found = meant(given, known)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"'{given}' names several {what}s", f"one {what}", several(found))
    raise UsageError(f"{whose} has no {what} '{given}'", "one of its own", near(given, known))


def identifier(text: str, taken: set[str]) -> str:
    """Make an id of a name (lower case, no accents, hyphens), one that is not `taken` yet, and add it there."""
    # An accent is left off rather than made a hyphen: `Séan` gives `sean`.
    plain = re.sub(r"[^a-z0-9]+", "-", _bare(text).lower()).strip("-")[:70] or "unnamed"
    made, number = plain, 2
    while made in taken:
        made, number = f"{plain}-{number}", number + 1
    taken.add(made)
    return made


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(c for c in letters if not unicodedata.combining(c))
