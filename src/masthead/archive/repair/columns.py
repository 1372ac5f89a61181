"""Repairing the texts of a file as they come, and telling what was damaged and what became of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.repair import backslashes, brackets, escapes, glued, links, markup, noticed, references
from masthead.archive.repair.encoding import is_garbled
from masthead.archive.repair.kinds import FIELDS, NOTICED, REPAIRED
from masthead.archive.repair.signs import Flags, beyond_ascii, matching
from masthead.archive.repair.texts import repair_text
from masthead.errors import listed, shortened

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u061c\u2007\u200b-\u200f\u202a-\u202f\u2060-\u206f\ufeff]"
)
_SHOWN = 12
"""Letters around a change that are shown."""


@dataclass
class Damage:
    """What is wrong with one article: the originals of its fields that differ, and the kinds of damage."""

    originals: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    other_kinds: set[str] = field(default_factory=set)


class Repairs:
    """The repairs of one ingest. With `as_is` it changes nothing, and tells what it would repair."""

    def __init__(self, as_is: bool = False) -> None:
        self.as_is = as_is
        self._lengths = noticed.Lengths()
        self._cut = 0
        self.repaired: Counter[str] = Counter()
        """Articles by kind of damage that is repaired, or with `as_is` would be."""
        self.noticed: Counter[str] = Counter()
        """Articles by kind of damage that is told and left."""
        self._examples: dict[str, str] = {}

    def read(
        self, fields: dict[str, pa.StringArray], but: Flags
    ) -> tuple[dict[str, pa.StringArray], dict[int, Damage]]:
        """Return the fields with what was repaired, and the damage by row; rows in `but` are not looked at."""
        damages: dict[int, Damage] = {}
        new_fields = dict(fields)
        for name, kinds in FIELDS.items():
            new_fields[name] = self._read_field(name, fields[name], set(kinds), but, damages)
        return (fields if self.as_is else new_fields), damages

    def count(self, damages: Iterable[Damage]) -> None:
        """Count the articles that are kept, of those that were damaged."""
        for damage in damages:
            self.repaired.update(set().union(*damage.kinds.values()))
            self.noticed.update(damage.other_kinds)

    def see_kept(self, texts: pa.StringArray) -> None:
        """Look at the texts of articles that are kept, for where programs cut them."""
        self.noticed["cut"] += int(self._lengths.see(texts).sum())

    def finish(self) -> tuple[dict[str, int], dict[str, int], list[str]]:
        """Return how many articles were repaired and how many show other damage, by kind, and what to say of it."""
        frequent = self._lengths.frequent()
        self.noticed["cut"] += sum(frequent.values())
        by_kind = [
            {k: c[k] for k in words if c[k]}
            for c, words in ((self.repaired, REPAIRED), (self.noticed, NOTICED))
        ]
        return by_kind[0], by_kind[1], self._notes(frequent)

    def _notes(self, frequent: dict[int, int]) -> list[str]:
        notes = []
        outcome = "kept as they are (--as-is)" if self.as_is else "repaired"
        for kind, words in REPAIRED.items():
            if count := self.repaired[kind]:
                notes.append(f"articles with {words}, {outcome}: {count:,}, such as {self._examples[kind]}")
        if self.repaired and not self.as_is:
            notes.append("what stood there before is kept beside them, in the archive's folder originals")
        for kind, words in NOTICED.items():
            if count := self.noticed[kind]:
                example = f", such as {self._examples[kind]}" if kind in self._examples else ""
                notes.append(f"articles with {words}, kept as they are: {count:,}{example}")
        if frequent:
            lengths = listed(f"{length:,} ({count:,})" for length, count in frequent.items())
            notes.append(f"many different texts end within a sentence at one length in letters: {lengths}")
        return notes

    def _read_field(
        self, name: str, values: pa.StringArray, kinds: set[str], but: Flags, damages: dict[int, Damage]
    ) -> pa.StringArray:
        suspects = {kind: flags & ~but for kind, flags in _suspects(values, kinds).items()}
        new: dict[int, str] = {}
        rows = np.flatnonzero(np.logical_or.reduce(list(suspects.values())))
        for row in rows.tolist():
            text = values[row].as_py()
            suspect_kinds = {kind for kind, flags in suspects.items() if flags[row]}
            read, changes = repair_text(text, name, suspect_kinds)
            if changes:
                new[row] = read
                damage = damages.setdefault(row, Damage())
                damage.originals[name] = text
                damage.kinds[name] = {kind for kind, _, _ in changes}
                for kind, before, after in changes:
                    self._examples.setdefault(kind, _excerpt(before, after))
            looked_at = name in ("title", "text") and not (changes and self.as_is)
            if looked_at and (kinds_left := _left(read, suspect_kinds | {kind for kind, _, _ in changes})):
                damages.setdefault(row, Damage()).other_kinds |= kinds_left
        if name in ("title", "text"):
            self._notice(name, values, but, damages)
        if not new:
            return values
        mask = np.zeros(len(values), np.bool_)
        mask[[*new]] = True
        return pc.replace_with_mask(
            values, pa.array(mask), pa.array([new[row] for row in sorted(new)], pa.string())
        )

    def _notice(self, name: str, values: pa.StringArray, but: Flags, damages: dict[int, Damage]) -> None:
        """Note damage of other kinds."""
        flags = {"nul": matching(values, "\\x00"), "lost": matching(values, "\ufffd")}
        candidates = np.flatnonzero(matching(values, "@") | matching(values, r"\*"))
        fits = matching(values.take(pa.array(candidates)), noticed.MASKED)
        flags["masked"] = np.zeros(len(values), np.bool_)
        flags["masked"][candidates[fits]] = True
        flags["slots"] = np.logical_or.reduce([matching(values, slot) for slot in noticed.SLOTS])
        if name == "text":
            flags["stripped"] = noticed.lacks_marks(values)
        flags["tokenised"] = noticed.maybe_tokenised(values)
        for row in np.flatnonzero(flags["tokenised"]).tolist():
            flags["tokenised"][row] = noticed.is_tokenised(values[row].as_py())
        for kind, mask in flags.items():
            for row in np.flatnonzero(mask & ~but).tolist():
                damages.setdefault(row, Damage()).other_kinds.add(kind)
                if kind == "tokenised":
                    self._examples.setdefault(kind, _in_quotes(values[row].as_py()[:40]))
                elif kind == "slots" and kind not in self._examples:
                    self._examples[kind] = _in_quotes(noticed.first_slot(values[row].as_py()))


def _suspects(values: pa.StringArray, kinds: set[str]) -> dict[str, Flags]:
    suspects = {"entities": matching(values, references.SIGN)}
    suspects["backslashes"] = matching(values, backslashes.SIGN)
    if "tags" in kinds:
        suspects["percents"] = matching(values, references.PERCENT_SIGN)
        suspects["links"] = matching(values, links.SIGN)
        suspects["brackets"] = matching(values, brackets.SIGN)
        suspects["entities"] = suspects["entities"] | matching(values, markup.SIGN)
        suspects["escapes"] = matching(values, escapes.SIGN)
        suspects["glued"] = matching(values, glued.FIRST_SIGN)
        if suspects["glued"].any():
            suspects["glued"] = matching(values, glued.SIGN)
    suspects["encoding"], suspects["invisible"] = beyond_ascii(values)
    return suspects


def _left(text: str, kinds: set[str]) -> set[str]:
    """Return the kinds of damage of one repaired text that are left, since it is not sure what was meant."""
    if kinds == {"glued"}:
        return set()
    signs_left = {
        "escaped": backslashes.has_escapes(text),
        "halves": brackets.has_brackets(text),
        "markup": markup.has_tags(text),
        "garbled": is_garbled(text),
        "hidden": "\u00ad" in text,
    }
    return {kind for kind, there in signs_left.items() if there}


def _excerpt(before: str, after: str) -> str:
    """Show where two texts begin to differ."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if before[:middle] == after[:middle] else (low, middle - 1)
    return _in_quotes(before[max(0, low - _SHOWN) : low + _SHOWN])


def _in_quotes(text: str) -> str:
    visible = _UNSEEN.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)
    return f"'{shortened(visible, 60)}'"
