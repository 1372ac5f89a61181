"""What each coder said, a file a coder: every code is on disk before the next, and none is ever written over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from masthead.coding.lines import append_lines, read_lines
from masthead.coding.rounds import RoundFolder, now, text
from masthead.errors import UsageError

_NAME = re.compile(r"[\w][\w.-]{0,39}")


@dataclass(frozen=True)
class Code:
    """What a coder said of a unit."""

    unit: str
    code: str
    comment: str = ""


@dataclass(frozen=True)
class Coder:
    """A coder of a round by the name that files are kept under; `settles` where they settle what others differ on."""

    folder: RoundFolder
    name: str
    settles: bool = False

    @property
    def path(self) -> Path:
        """The file of this coder's codes."""
        return self.folder.file(f"{'settled' if self.settles else 'codes'}-{self.name}")

    def append(self, code: Code) -> None:
        """Keep a code; it is on disk when this returns. A code of the same unit before it no longer counts."""
        self.append_all([code])

    def append_all(self, codes: Iterable[Code]) -> None:
        """Keep several codes."""
        at = now()
        rows = [
            {
                "unit": one.unit,
                "code": one.code,
                **({"comment": one.comment} if one.comment else {}),
                "at": at,
            }
            for one in codes
        ]
        if rows:
            append_lines(self.path, rows)

    def undo(self) -> Code | None:
        """Take back the code that was given last and still stands, and return it; None where there is none."""
        codes = self.codes()
        if not codes:
            return None
        last = list(codes.values())[-1]
        append_lines(self.path, [{"unit": last.unit, "undone": True, "at": now()}])
        return last

    def codes(self) -> dict[str, Code]:
        """Return the codes that stand, by unit, the one that was given last at the end."""
        codes: dict[str, Code] = {}
        for row in read_lines(self.path).rows:
            unit = text(row, "unit")
            codes.pop(unit, None)
            if unit and not row.get("undone") and text(row, "code"):
                codes[unit] = Code(unit, text(row, "code"), text(row, "comment"))
        return codes

    def n_torn(self) -> int:
        """Count the lines that a kill tore, or that are damaged."""
        return read_lines(self.path).n_torn


def coder_name(name: str) -> str:
    """Return a coder's name as files have it. Raises UsageError where no file could have it."""
    plain = unicodedata.normalize("NFC", name).strip().casefold()
    if not _NAME.fullmatch(plain):
        raise UsageError(
            f"the coder's name is '{name}'",
            "letters, digits, '-' and '_', forty at most",
            "take initials, or a short name",
        )
    return plain


def coders(folder: RoundFolder, *, settle: bool = False) -> list[Coder]:
    """Return the coders of a round, or those who settle what coders differ on."""
    prefix = "settled-" if settle else "codes-"
    names = sorted(path.stem.removeprefix(prefix) for path in folder.path.glob(f"{prefix}*.jsonl"))
    return [Coder(folder, name, settle) for name in names]


def all_codes(folder: RoundFolder) -> Mapping[str, Mapping[str, str]]:
    """Return the codes that stand of each coder, by unit."""
    return {one.name: {unit: code.code for unit, code in one.codes().items()} for one in coders(folder)}
