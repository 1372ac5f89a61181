"""The codes that count: of every unit the one that was settled, with the chance with which it came to be coded."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.coding.codes import all_codes, coders
from masthead.coding.draws import Cells, Stratum, Unit, cells_of, drawn_units, stratum
from masthead.coding.rounds import RoundFolder, current_round
from masthead.inference.agreement import Agreement, alpha
from masthead.inference.codes import codes_of
from masthead.measuring.coding import CANNOT_TELL, Coding, units_that_may_be_drawn
from masthead.measuring.registry import instrument_of
from masthead.measuring.tables import StudyTables

CODINGS = pa.schema(
    [
        ("outlet", pa.string()),
        ("subject", pa.string()),
        ("article_id", pa.string()),
        ("field", pa.string()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("mention", pa.string()),
        ("value", pa.string()),
        ("chance", pa.float64()),
        ("coders", pa.int64()),
        ("settled", pa.bool_()),
        ("coder_values", pa.map_(pa.string(), pa.string())),
    ]
)
"""One row per coded unit that counts. `value`: the code; `chance`: that of every unit of its cell; `coders`: how many
coded it; `settled`: False where coders differ and nobody has settled it; `coder_values`: each coder's own code."""


@dataclass(frozen=True)
class Round:
    """What is known of the current round of a measure beside its codes.

    `agreement`: Krippendorff's α over units that two coders or more coded. `set_aside`: how many codes do not count,
    by the reason in words.
    """

    measure: str
    hash: str
    agreement: Agreement
    coders: tuple[str, ...]
    strata: tuple[Stratum, ...]
    set_aside: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Coded:
    """The codes of the current round of a measure (CODINGS), and what is known of the round; None where none is."""

    table: pa.Table
    round: Round | None


def codes_and_round(archive: Archive, measure: str, units: pa.Table | StudyTables) -> Coded:
    """Return the settled codes of the current round of a measure, and what is known of that round.

    A unit counts where every unit of its cell before it (in the order of drawing) is coded too. Its code is the one
    that was settled; else the one that most coders gave; where as many gave another, chance that is the unit's own
    chooses between them, so that no coder leads. `units` are those that may be drawn, as the survey has them
    (`masthead.measuring.coding.UNITS`), or the tables of a survey that has loaded the instrument.
    """
    folder = current_round(archive, measure)
    coding = instrument_of(measure).coding
    if folder is None or coding is None:
        return Coded(CODINGS.empty_table(), None)
    table = units_that_may_be_drawn(units, coding) if isinstance(units, StudyTables) else units
    return _codes_of_folder(folder, coding, cells_of(folder, table))


def _codes_of_folder(folder: RoundFolder, coding: Coding, cells: Cells) -> Coded:
    codes_by_coder = all_codes(folder)
    settlements: dict[str, str] = {}
    for one in coders(folder, settle=True):
        settlements |= {unit: code.code for unit, code in one.codes().items()}
    codes_by_unit: dict[str, dict[str, str]] = {}
    for name, codes in codes_by_coder.items():
        for unit, code in codes.items():
            codes_by_unit.setdefault(unit, {})[name] = code
    drawn_ids = drawn_units(folder)
    set_aside: Counter[str] = Counter()
    present = {unit.id: unit for units in cells.values() for unit in units}
    for unit_id in [unit_id for unit_id in codes_by_unit if unit_id not in present]:
        set_aside["their article changed, is gone, or no longer counts"] += 1
        del codes_by_unit[unit_id]
    n_torn = sum(one.n_torn() for one in (*coders(folder), *coders(folder, settle=True)))
    if n_torn:
        set_aside["their line was cut off when a program was killed, or is damaged"] += n_torn
    strata = []
    rows = []
    for cell, units in cells.items():
        part = stratum(cell, units, drawn_ids, codes_by_unit)
        strata.append(part)
        if part.waiting:
            set_aside["they stand behind a unit that was drawn and is not coded yet"] += part.waiting
        rows += [
            _row(unit, codes_by_unit[unit.id], settlements.get(unit.id), part.chance)
            for unit in units[: part.n_coded]
        ]
    table = pa.Table.from_pylist(rows, CODINGS)
    return Coded(
        table,
        Round(
            folder.measure,
            folder.hash,
            agreement_of(codes_by_unit, present, numeric=coding.numeric),
            tuple(codes_by_coder),
            tuple(part for part in strata if part.n_drawn or part.n_coded),
            dict(set_aside),
        ),
    )


def _row(unit: Unit, codes: Mapping[str, str], settlement: str | None, chance: float) -> dict[str, object]:
    return {
        "outlet": unit.outlet,
        "subject": unit.subject,
        "article_id": unit.article_id,
        "field": unit.field,
        "start": unit.start,
        "end": unit.end,
        "mention": unit.mention,
        "value": settlement or _most_given(unit.id, codes),
        "chance": chance,
        "coders": len(codes),
        "settled": settlement is not None or len(set(codes.values())) == 1,
        "coder_values": list(codes.items()),
    }


def _most_given(unit: str, codes: Mapping[str, str]) -> str:
    """Return the code that most coders gave; of several, one by a chance that hangs on the unit alone."""
    counts = Counter(codes.values())
    best = sorted(code for code, n in counts.items() if n == max(counts.values()))
    digest = hashlib.sha256(f"settle\x1f{unit}".encode()).digest()
    return best[int.from_bytes(digest[:8], "big") % len(best)]


def agreement_of(
    codes_by_unit: Mapping[str, Mapping[str, str]],
    units: Mapping[str, Unit],
    *,
    numeric: bool = False,
) -> Agreement:
    """Return how far coders agree, by whether codes are alike, or, where `numeric`, by how far they are apart.

    `?` is a code like others by the first; by the second such a unit has no code of that coder.
    """
    matrix, articles, _ = code_matrix(codes_by_unit, units, numeric=numeric)
    return alpha(matrix, articles, metric="interval" if numeric else "nominal")


def code_matrix(
    codes_by_unit: Mapping[str, Mapping[str, str]], units: Mapping[str, Unit], *, numeric: bool = False
) -> tuple[
    np.ndarray[tuple[int, int], np.dtype[np.float64]], np.ndarray[tuple[int], np.dtype[np.int64]], list[str]
]:
    """Return codes as numbers (units × coders, NaN where a coder gave none), each unit's article, and the codes."""
    names = sorted({name for codes in codes_by_unit.values() for name in codes})
    values = sorted({code for codes in codes_by_unit.values() for code in codes.values()})
    number = {code: float(at) for at, code in enumerate(values)}
    if numeric:
        number = {code: float(code) for code in values if code != CANNOT_TELL}
    ids = sorted(codes_by_unit)
    matrix = np.full((len(ids), len(names)), np.nan)
    for at, unit in enumerate(ids):
        for name, code in codes_by_unit[unit].items():
            matrix[at, names.index(name)] = number.get(code, np.nan)
    articles = codes_of(pa.chunked_array([[units[unit].article_id for unit in ids]], pa.string()))
    return matrix, articles, values
