"""`masthead code agreement`, `adjudicate` and `plan`: how far coders agree, who settles the rest, and what is left."""

from __future__ import annotations

import math
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.coding.options import Measure
from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say

if TYPE_CHECKING:
    from masthead.coding.draws import Stratum
    from masthead.inference.agreement import Agreement


def agreement(
    study_file: StudyFile,
    measure: Measure = None,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print how far coders agree, which codes they mix up, and how far each cell is coded.

    Agreement is Krippendorff's alpha: 1 is always, 0 is no more than by chance. Below 0.667 the codebook does not work.
    """
    from masthead.coding.agreement import round_agreement
    from masthead.coding.desk import open_desk
    from masthead.coding.settled import codes_and_round
    from masthead.measuring.coding import units_that_may_be_drawn

    study, archive = open_study(study_file, other_archive)
    with progress() as report:
        desk = open_desk(study, archive, study_file, measure, progress=report, processes=processes)
        folder = desk.round
        answer = round_agreement(folder, desk.coding, desk.cells(folder))
        codes = codes_and_round(archive, desk.measure, units_that_may_be_drawn(desk.survey, desk.coding))
    strata = codes.round.strata if codes.round else ()
    set_aside = codes.round.set_aside if codes.round else {}
    if as_json:
        emit_json(
            {
                "measure": desk.measure,
                "round": folder.hash,
                "coders": list(codes.round.coders) if codes.round else [],
                "works": answer.works,
                "nominal": _plain(answer.nominal),
                "interval": _plain(answer.interval) if answer.interval else None,
                "values": {code: _plain(one) for code, one in answer.values.items()},
                "pairs": [{"coders": list(pair), **_plain(one)} for pair, one in answer.pairs.items()],
                "confusion": [{"codes": list(pair), "n": n} for pair, n in answer.confusion.items()],
                "differing": [
                    {"unit": unit, "codes": dict(codes_of_unit), "settled": answer.settlements.get(unit)}
                    for unit, codes_of_unit in answer.differing.items()
                ],
                "cells": [_cell(one) for one in strata],
                "set_aside": dict(set_aside),
            }
        )
        return
    if answer.nominal.n_units == 0:
        emit("no unit was coded by two people: nobody knows yet whether others would code alike")
        say("for a second coder: masthead code sheet STUDY.toml --coder OTHER-INITIALS --to other.csv")
    else:
        emit(f"{counted(answer.nominal.n_units, 'unit')} coded twice or more")
        emit(f"  alpha {_alpha(answer.nominal)}")
        if answer.interval:
            emit(f"  alpha {_alpha(answer.interval)} with the distance between codes")
        for code, one in answer.values.items():
            emit(f"    {code:>16}  {_alpha(one)}")
        for (one_coder, other), pair in answer.pairs.items():
            emit(f"    {one_coder} and {other}  {_alpha(pair)}")
        for (code, versus), n in sorted(answer.confusion.items()):
            emit(f"    {code:>16} and {versus:16} {n:,}")
    left = [unit for unit in answer.differing if unit not in answer.settlements]
    emit(
        f"coders differ on {counted(len(answer.differing), 'unit')}, and {len(left):,} of them are not settled"
    )
    for part in strata:
        missing = f"; {part.missing:,} wait for a code" if part.missing else ""
        emit(
            f"  {part.cell.outlet:28} {part.cell.subject or '':20} "
            f"{part.n_coded:>6,} coded of {part.n_units:,}{missing}"
        )
    for why, n in set_aside.items():
        say(f"note: {counted(n, 'code')} set aside: {why}")
    if answer.works is False:
        say(
            "note: alpha is below 0.667: the codebook does not work",
            "talk over what coders differ on, mend the codebook, and draw again",
        )
    if left:
        say("next: masthead code adjudicate STUDY.toml --to third.csv")


def _plain(one: Agreement) -> dict[str, float | int | None]:
    return {key: None if math.isnan(value) else value for key, value in asdict(one).items()}


def _alpha(one: Agreement) -> str:
    if math.isnan(one.alpha):
        return "cannot be told: all codes are alike"
    return f"{one.alpha:.2f} [{one.conf_low:.2f}, {one.conf_high:.2f}]"


def _cell(part: Stratum) -> dict[str, object]:
    return {**part.cell._asdict(), **{key: value for key, value in asdict(part).items() if key != "cell"}}


def adjudicate(
    study_file: StudyFile,
    to: Annotated[Path, typer.Option(help="The file to write.")],
    coder: Annotated[str, typer.Option(help="Who settles it.")] = "third",
    measure: Measure = None,
    mask: Annotated[
        bool, typer.Option("--mask", help="Show X, Y … for the names of the study's subjects.")
    ] = False,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Write a sheet of what coders differ on, with the codes and no names; import it with --settles."""
    from masthead.coding.agreement import codes_without_names, round_agreement, to_settle
    from masthead.coding.blind import blinding
    from masthead.coding.codes import Coder, coder_name
    from masthead.coding.desk import open_desk
    from masthead.coding.draws import order_of_coder
    from masthead.coding.sheets import rows_of, write_sheet

    study, archive = open_study(study_file, other_archive)
    name = coder_name(coder)
    with progress() as report:
        desk = open_desk(study, archive, study_file, measure, progress=report, processes=processes)
        who = Coder(desk.round, name, settles=True)
        cells = desk.cells(who.folder)
        answer = round_agreement(who.folder, desk.coding, cells)
        units = order_of_coder(to_settle(answer, cells), name)
        codes = {unit.id: codes_without_names(answer.differing[unit.id]) for unit in units}
        names = desk.names(mask)
        rows = rows_of(who, units, blinding(desk.survey, study, units, mask=mask), codes, names)
    if rows:
        write_sheet(rows, who, to, "csv", mask=mask)
    if as_json:
        emit_json({"sheet": str(to), "coder": name, "measure": desk.measure, "rows": len(rows), "mask": mask})
        return
    if not rows:
        say("there is nothing to settle, and no sheet was written")
        return
    emit(str(to))
    say(f"{counted(len(rows), 'unit')} to settle; then: masthead code import {study_file} {to} --settles")


def plan(
    study_file: StudyFile,
    measure: Measure = None,
    more: Annotated[int, typer.Option(min=1, help="So many more codings in each cell.")] = 50,
    precision: Annotated[
        float, typer.Option(min=0.005, max=1.0, help="How far an interval may reach to either side.")
    ] = 0.1,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print what more codings would do to each interval and claim, and how many a precision takes."""
    from masthead.coding.desk import open_desk
    from masthead.coding.planning import plan as plan_of

    study, archive = open_study(study_file, other_archive)
    with progress() as report:
        desk = open_desk(study, archive, study_file, measure, progress=report, processes=processes)
        plans, claims = plan_of(desk, desk.round, more, precision)
    if as_json:
        emit_json(
            {
                "measure": desk.measure,
                "figures": [
                    {**one.figure._asdict(), **_finite(asdict(one.widths)), "needed": one.n_codings}
                    for one in plans
                ],
                "claims": [_finite(asdict(one)) for one in claims],
            }
        )
        return
    for one in plans:
        name, widths = one.figure, one.widths
        what = " ".join(filter(None, (name.measure, name.outlet, name.subject, name.category)))
        emit(
            f"{what}: {widths.codings:,} coded, {_half(widths.half_width)}; with {widths.codings_then:,} "
            f"about {_half(widths.half_width_then)}; {_cost(one.n_codings, precision)}"
        )
    for claim in claims:
        counts = (
            None if claim.needed is None else ", ".join(f"{n:,} in {of}" for of, n in claim.needed.items())
        )
        emit(
            f"claim {claim.claim}: {_half(claim.half_width)}; then about {_half(claim.half_width_then)}; "
            + (f"it takes {counts}" if counts else "coding all would not settle it: it takes more articles")
        )


def _finite(row: dict[str, object]) -> dict[str, object]:
    return {
        key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()
    }


def _half(width: float) -> str:
    return "no interval yet" if math.isnan(width) else f"± {width:.2f}"


def _cost(n: int | None, precision: float) -> str:
    if n is None:
        return f"coding all would not give ± {precision:g}: it takes more articles"
    return f"± {precision:g} takes {n:,}"
