"""Names as people write them: an id, the name that is shown, or either of them in another case or without accents."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

from masthead.errors import UsageError, listed

Choices = Mapping[str, Iterable[str]]
"""What there is: ids, each with the other names that it goes by."""

_NEAR = 0.6


def plain_form(name: str) -> str:
    """Return a name in small letters without accents; spaces, hyphens, dots and underscores count as one space."""
    return " ".join(re.split(r"[\s._\-‐-―]+", _bare(name).casefold())).strip()


def matching_ids(name: str, choices: Choices) -> list[str]:
    """Return the ids that a name means: one, none, or several where it cannot be told which.

    An id as it is written comes before a name as it is written, that before either in another case, and last comes
    what is the same but for accents and what stands between words.
    """
    text = name.strip()
    if text in choices:
        return [text]
    rules = (str, str.casefold, plain_form)
    for rule in rules:
        key = rule(text)
        if not key:
            continue
        ids = [one for one, names in choices.items() if key in (rule(one), *map(rule, names))]
        if ids:
            return ids
    return []


def near(text: str, choices: Choices) -> str:
    """Return the hint that names what a text may mean, or the nearest of what there is, or all where none is near."""
    if ids := matching_ids(text, choices):
        return several(ids)
    if not choices:
        return "there are none"
    id_of_form = {
        plain_form(name): one for one, names in reversed(list(choices.items())) for name in (*names, one)
    }
    close = difflib.get_close_matches(plain_form(text), id_of_form, n=3, cutoff=_NEAR)
    if close:
        likely = list(dict.fromkeys(id_of_form[name] for name in close))
        return f"did you mean {' or '.join(repr(one) for one in likely)}?"
    return f"there are: {listed(sorted(choices), 12)}"


def several(ids: Iterable[str]) -> str:
    """Say which ids a name may mean."""
    return f"it may mean {' or '.join(repr(one) for one in sorted(ids))}: write the id"


def one_id(name: str, choices: Choices, what: str, whose: str = "the study") -> str:
    """Return the id that a name on the command line means. Raises UsageError where there is none, or several."""
    ids = matching_ids(name, choices)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise UsageError(f"'{name}' names several {what}s", f"one {what}", several(ids))
    raise UsageError(f"{whose} has no {what} '{name}'", "one of its own", near(name, choices))


def identifier(text: str, ids: set[str]) -> str:
    """Make an id of a name (lower case, no accents, hyphens), one that is not among `ids` yet, and add it there."""
    # An accent is left off rather than made a hyphen: `Séan` gives `sean`.
    plain = re.sub(r"[^a-z0-9]+", "-", _bare(text).lower()).strip("-")[:70] or "unnamed"
    new_id, number = plain, 2
    while new_id in ids:
        new_id, number = f"{plain}-{number}", number + 1
    ids.add(new_id)
    return new_id


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(c for c in letters if not unicodedata.combining(c))
