"""Gold files of dated changes: people who changed office on a known day, and people who did not.

TOML. Each `[[change]]` has `subject` (a person's name), `aliases` (how articles call him or her; the name itself
where left out), `date` (the first day of the new title) and `before` and `after`: what the title is on either
side, a string or a list of strings, of one word or more (`senator`, `attorney general`, `president-elect`, `former
secretary of state`). Each `[[steady]]` has `subject` and `aliases` of somebody whose title stayed. A person may
change more than once. Other keys are ignored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from masthead.errors import GoldError
from masthead.study.written_files import read_toml

_SHAPE = "[[change]] with subject, aliases, date, before and after, and [[steady]] with subject and aliases"


@dataclass(frozen=True)
class GoldChange:
    """One change of office: `date` is the first day on which a title of `after` was right."""

    subject: str
    date: date
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class GoldChanges:
    """A gold file: the changes, the steady people, and the aliases of all of them, by subject."""

    changes: tuple[GoldChange, ...]
    steady: tuple[str, ...]
    aliases: dict[str, tuple[str, ...]]


def read_changes(path: Path) -> GoldChanges:
    """Read a gold file of dated changes.

    Raises GoldError, which says which entry is wrong and how, where the file is missing, no TOML, empty, or holds
    an entry without what it needs; also where one person is both steady and changed.
    """
    try:
        told = read_toml(path, GoldError)
    except FileNotFoundError:
        raise GoldError(f"no gold file at '{path}'", _SHAPE, "check the path") from None
    aliases: dict[str, list[str]] = {}
    changes = []
    for at, entry in _entries(path, told, "change"):
        subject = _subject(at, entry, aliases)
        before, after = (_strings(at, entry, key) for key in ("before", "after"))
        if same := {t.lower() for t in before} & {t.lower() for t in after}:
            raise GoldError(f"{at}: '{min(same)}' is both before and after", "titles that differ", "mend it")
        changes.append(GoldChange(subject, _date(at, entry), before, after))
    steady = []
    for at, entry in _entries(path, told, "steady"):
        steady.append(_subject(at, entry, aliases))
        if any(change.subject == steady[-1] for change in changes):
            raise GoldError(
                f"{at}: '{steady[-1]}' also changes", "people who kept their titles", "leave it out"
            )
    if not changes and not steady:
        raise GoldError(f"'{path}' holds no change and nobody steady", _SHAPE, "is this a gold file?")
    return GoldChanges(
        tuple(changes), tuple(dict.fromkeys(steady)), {who: tuple(names) for who, names in aliases.items()}
    )


def _entries(path: Path, told: dict[str, Any], kind: str) -> list[tuple[str, dict[str, Any]]]:
    entries = told.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise GoldError(f"'{kind}' of '{path}' is no list of tables", _SHAPE, f"write [[{kind}]] before each")
    return [(f"[[{kind}]] {number} of '{path}'", entry) for number, entry in enumerate(entries, 1)]


def _subject(at: str, entry: dict[str, Any], aliases: dict[str, list[str]]) -> str:
    """Return the entry's subject; its aliases join those that other entries gave."""
    subject = entry.get("subject")
    if not isinstance(subject, str) or not subject.strip():
        raise GoldError(f"{at} has no subject", "a person's name", 'such as subject = "Jane Doe"')
    names = _strings(at, entry, "aliases") if "aliases" in entry else (subject,)
    known = aliases.setdefault(subject, [])
    known += [name for name in names if name not in known]
    return subject


def _strings(at: str, entry: dict[str, Any], key: str) -> tuple[str, ...]:
    value = entry.get(key)
    many = [value] if isinstance(value, str) else value
    if not isinstance(many, list) or not many or not all(isinstance(v, str) and v.strip() for v in many):
        raise GoldError(f"{at} has no {key}", "a string or a list of strings", f'such as {key} = ["…"]')
    return tuple(dict.fromkeys(" ".join(v.split()) for v in many))


def _date(at: str, entry: dict[str, Any]) -> date:
    value = entry.get("date")
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value.strip())
        except ValueError:
            value = None
    if isinstance(value, datetime):
        value = value.date()
    if not isinstance(value, date):
        raise GoldError(f"{at} has no date", "a day such as 2015-01-06", "mend it")
    return value
