"""Holds each version of the code behind what an archive keeps to the code that it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from masthead.plugins import OURS
from masthead.surveying.stores import STORES, Store, store
from tests.versions.closure import SOURCES, closure, constant, hash_of

RECORD = Path(__file__).with_name("recorded.toml")

BELOW = (
    "masthead.archive",
    "masthead.dossier",
    "masthead.errors",
    "masthead.lazy",
    "masthead.manual",
    "masthead.noticed",
    "masthead.plugins",
    "masthead.spreadsheet",
    "masthead.stages",
    "masthead.study.__init__",
    "masthead.study.claim",
    "masthead.study.claim_checks",
    "masthead.study.claim_names",
    "masthead.study.errors",
    "masthead.study.factor",
    "masthead.study.name_lookup",
    "masthead.study.names",
    "masthead.study.parts",
    "masthead.study.portrayal",
    "masthead.study.study",
    "masthead.study.subject",
    "masthead.study.written_files",
    "masthead.telemetry",
    *(f"masthead.instruments.{name}.page" for name in OURS),
)
"""What is not followed: how articles and studies are read and kept, and what pages show.

What these give is in the keys, as data.
"""

MADE_ANEW = (
    "masthead.questions",
    *(f"masthead.surveying.{name}" for name in ("about", "notes.damage", "timings", "unchanged_files")),
)
"""What a survey calls and does not keep with its figures; changes and alignment have versions of their own."""

_HEAD = """\
# The code behind each version (tests/versions): a hash for each file that its answers hang on.
# Written by `python -m tests.versions`. A hash that changes while `version` stays says: same answers.
"""


@cache
def code_of(one: Store) -> dict[str, str]:
    """Return the files that a store's answers hang on, from `src/masthead`, with their hashes.

    Code behind the versions that its key holds beside its own is left to those.
    """
    others = {home for name in _all_within(one) for home in store(name).homes}
    anew = MADE_ANEW if one.name == "figures" else ()
    files = closure(one.homes, (*BELOW, *anew, *others - {*one.homes}))
    return {path.relative_to(SOURCES / "masthead").as_posix(): hash_of(path) for path in files}


def number_of(one: Store) -> str:
    """Return the version of a store as it is now."""
    return constant(*one.version.split(":"))


def _all_within(one: Store) -> set[str]:
    return {*one.within, *(more for name in one.within for more in _all_within(store(name)))}


def recorded() -> dict[str, dict[str, str]]:
    """Return what is on record: by store, its `version` and the hash of each of its files."""
    return tomllib.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}


def fault(one: Store, record: dict[str, str], code: dict[str, str], number: str) -> str | None:
    """Say what is wrong with the version of a store, and what to do; None where nothing is.

    `record` is what is on record of it, `code` its files now, `number` its version now.
    """
    then = {name: digest for name, digest in record.items() if name != "version"}
    if record.get("version") != number:
        return f"{one.name}: {one.version} is now '{number}': write it down with `python -m tests.versions`"
    if sorted(then.values()) == sorted(code.values()):
        return None
    changed = [name for name, digest in code.items() if digest not in then.values()]
    gone = [name for name, digest in then.items() if digest not in code.values() and name not in code]
    what = "; ".join(
        [
            *(f"{name} {'changed' if name in then else 'is new'}" for name in changed),
            *(f"{n} is gone" for n in gone),
        ]
    )
    return (
        f"{one.name} ({one.folders[0]}): {what or 'a file is there another number of times'}. "
        f"Where the same articles and study may give another answer: raise {one.version}, then run "
        f"`python -m tests.versions`. Where they cannot: run `python -m tests.versions --same-answers {one.name}`"
    )


def faults() -> dict[str, str]:
    """Return what is wrong, by store."""
    record = recorded()
    told = {one.name: fault(one, record.get(one.name, {}), code_of(one), number_of(one)) for one in STORES}
    return {name: text for name, text in told.items() if text}


def write(same_answers: Iterable[str] = ()) -> list[str]:
    """Put on record the code of versions that rose and of those with the `same_answers`; return what is still wrong."""
    before = recorded()
    lines = [_HEAD]
    for one in STORES:
        record, code = before.get(one.name, {}), code_of(one)
        if record.get("version") != number_of(one) or one.name in same_answers:
            record = {"version": number_of(one), **code}
        lines += [f"[{one.name}]", *(f'{_key(name)} = "{text}"' for name, text in record.items()), ""]
    RECORD.write_text("\n".join(lines), encoding="utf-8")
    return list(faults().values())


def _key(name: str) -> str:
    return name if name == "version" else f'"{name}"'
