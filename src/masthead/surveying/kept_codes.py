"""The codes of people that an archive keeps, as a survey takes them."""

from __future__ import annotations

import math

import pyarrow as pa

from masthead.coding.rounds import measures_with_rounds
from masthead.measuring import Job
from masthead.measuring.coded.codes import CODES, Codes


def kept_codes(job: Job) -> Codes:
    """Return what people coded of the measures that a study asks for; nothing where nothing was drawn.

    Codes hang on the units that there are: those of an article that changed no longer count. So the instruments are
    loaded that were coded, from what they read before.
    """
    names = [name for name in measures_with_rounds(job.archive) if name in job.study.measures]
    if not names:
        return Codes()
    from masthead.coding.settled import codes_and_round
    from masthead.measuring.tables import loaded

    tables = loaded(job, names)
    settled_tables, by_coder, alphas = {}, {}, {}
    for name in names:
        of_measure = codes_and_round(job.archive, name, tables)
        if of_measure.round is None or not of_measure.table.num_rows:
            continue
        settled_tables[name] = of_measure.table.select(CODES.names)
        by_coder[name] = _by_coder(of_measure.table)
        alpha = of_measure.round.agreement.alpha
        alphas[name] = None if math.isnan(alpha) else alpha
    tables.connection.close()
    return Codes(settled_tables, by_coder, alphas)


def _by_coder(table: pa.Table) -> dict[str, pa.Table]:
    """Return each coder's own codes: subject, article, mention and code."""
    rows: dict[str, list[dict[str, str]]] = {}
    for unit in table.select([*CODES.names[:3], "coder_values"]).to_pylist():
        for coder, value in unit.pop("coder_values"):
            rows.setdefault(coder, []).append({**unit, "value": value})
    kinds = pa.schema([CODES.field(name) for name in CODES.names[:4]])
    return {coder: pa.Table.from_pylist(mine, kinds) for coder, mine in rows.items()}
