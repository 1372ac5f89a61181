"""What people coded of a study, settled and coder by coder, whoever kept it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from masthead.measuring.registry import instrument_of

CODES = pa.schema(
    {
        "subject": pa.string(),
        "article_id": pa.string(),
        "mention": pa.string(),
        "value": pa.string(),
        "chance": pa.float64(),
    }
)
"""What people settled on of each unit that they coded, and the known chance with which it came to be coded."""

_UNIT = CODES.names[:3]


@dataclass(frozen=True)
class Codes:
    """The codes of one round, by the names of instruments.

    `settled_codes`: of every coded unit, the code that counts (CODES, and any columns beside). `by_coder`: by coder,
    what each said of the units that he or she coded: CODES but for the chance. `alphas`: how far coders agree
    (Krippendorff's alpha); None where nothing was coded twice.

    >>> Codes().hash
    ''
    """

    settled_codes: Mapping[str, pa.Table] = field(default_factory=dict)
    by_coder: Mapping[str, Mapping[str, pa.Table]] = field(default_factory=dict)
    alphas: Mapping[str, float | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(table.num_rows for table in self.settled_codes.values())

    @property
    def hash(self) -> str:
        """16 hex digits over all of it, whatever its order; nothing where nothing is coded."""
        if not self:
            return ""
        parts = [
            f"{name} {self.alphas.get(name)} {_hash(self.settled_codes[name], CODES.names)}"
            for name in self.settled_codes
        ]
        parts += [
            f"{name} {coder} {_hash(table, CODES.names[:4])}"
            for name, tables in self.by_coder.items()
            for coder, table in tables.items()
        ]
        return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()[:16]

    def alpha_of(self, measure: str) -> float | None:
        """Return how far coders agree on the units of a measure; None where that is not known."""
        return self.alphas.get(instrument_of(measure).name)

    @property
    def coders(self) -> list[str]:
        """Who coded, in order."""
        return sorted({coder for tables in self.by_coder.values() for coder in tables})

    def by(self, coder: str) -> dict[str, pa.Table]:
        """Return the settled codes with those of one coder in their places, where this coder gave any."""
        tables = {}
        for name, table in self.settled_codes.items():
            own = self.by_coder.get(name, {}).get(coder)
            if own is not None and own.num_rows:
                values = dict(zip(_units(own), own["value"].to_pylist(), strict=True))
                mine = [
                    values.get(unit, value)
                    for unit, value in zip(_units(table), table["value"].to_pylist(), strict=True)
                ]
                at = table.column_names.index("value")
                tables[name] = table.set_column(at, "value", pa.array(mine, pa.string()))
        return tables


def _units(table: pa.Table) -> list[tuple[str, ...]]:
    return list(zip(*(table[name].to_pylist() for name in _UNIT), strict=True))


def _hash(table: pa.Table, names: list[str]) -> str:
    rows = table.select(names).sort_by([(name, "ascending") for name in names]).to_pydict()
    return hashlib.sha256(repr(rows).encode()).hexdigest()
