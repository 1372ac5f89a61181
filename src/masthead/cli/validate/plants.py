"""Commands that survey made-up presses with a cause planted, and without: what is found, and what falsely."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.output import Report
from masthead.cli.validate.options import ManyArticles, Measured, Presses, Seed, Setting


def allegiances(
    report: Report, presses: Presses = 5, articles: ManyArticles = 1500, seed: Seed = 1101
) -> Measured:
    """Survey made-up presses with loyal outlets, and print how often what they follow is found.

    Two kinds of presses: four of nine outlets follow one of three factors, with two exceptions each; outlets that
    are all alike. Leaves with 1 where more outlets are falsely explained than promised, by more than drawing
    explains.
    """
    from masthead.validation.presses.allegiances import PLANTS, grade_allegiances

    grades = [
        grade_allegiances(kind, presses=presses, articles=articles, seed=seed, progress=report)
        for kind in PLANTS
    ]
    lines = [f"{presses} presses of {articles:,} articles of each kind, seeds from {seed}"]
    for one in grades:
        if one.loyal:
            lines.append(
                f"{one.kind}: of {one.loyal} loyal outlets, {one.found} are explained by what they follow; "
                f"it adds to its kindred factor for {one.adds}, the kindred one to it for {one.wrongly_adds}; "
                f"{one.right} of {one.sure} sure sides are the planted ones"
            )
        lines.append(
            f"{one.kind}: of {one.free} outlets that follow nothing, {one.false} are falsely explained"
        )
    return Measured([one.as_dict() for one in grades], lines, any(one.is_broken() for one in grades))


def borrowing(
    report: Report,
    presses: Presses = 5,
    articles: ManyArticles = 1500,
    seed: Seed = 1201,
    setting: Setting = "medium",
) -> Measured:
    """Survey made-up presses whose parties have wordings of their own, and print whether who borrows is found.

    Two kinds of presses: one of nine outlets writes in one party's wordings and another merely quotes that party
    most; nobody does either. Leaves with 1 where outlets that write alike are told apart more often than promised,
    by more than drawing explains.
    """
    from masthead.validation.presses.kinship import PLANTS, grade_kinship

    grades = [
        grade_kinship(kind, setting, presses=presses, articles=articles, seed=seed, progress=report)
        for kind in PLANTS
    ]
    lines = [f"{presses} presses of {articles:,} articles of each kind, {setting}, seeds from {seed}"]
    for one in grades:
        if one.borrowers:
            lines.append(
                f"{one.kind}: {one.found} of {one.borrowers} borrowers are set apart from half of the others, "
                f"and {one.mistaken} of {one.hosts} outlets that quote one party most"
            )
        else:
            lines.append(
                f"{one.kind}: {one.alarmed} of {one.families} families of comparisons hold a finding"
            )
        lines.append(
            f"{one.kind}: of {one.pairs:,} differences between outlets that borrow nothing, {one.held:,} "
            f"intervals hold 0; of {one.listed:,} phrases listed {one.planted:,} stand in planted wordings"
        )
    return Measured([one.as_dict() for one in grades], lines, any(one.is_broken() for one in grades))


def claims(
    report: Report, presses: Presses = 10, articles: ManyArticles = 1500, seed: Seed = 901
) -> Measured:
    """Judge claims about made-up presses, and print how many verdicts are wrong and how many claims are told.

    Two kinds of presses: outlets that use other labels than each other, and outlets that are all alike. Leaves
    with 1 where more verdicts are wrong than promised, by more than drawing explains.
    """
    from masthead.validation.presses.claims import PLANTS, grade_claims

    grades = [
        grade_claims(kind, presses=presses, articles=articles, seed=seed, progress=report) for kind in PLANTS
    ]
    figures = [one.as_dict() for one in grades]
    head = f"{presses} presses of {articles:,} articles of each kind, seeds from {seed}"
    return Measured(figures, [head, *_claims_lines(figures)], any(one.is_broken() for one in grades))


def _claims_lines(grades: list[dict[str, Any]]) -> Iterator[str]:
    rows = {
        name: [(f"{grade['kind']:7}", row) for grade in grades for row in grade[name]]
        for name in ("expect", "counterexamples", "power")
    }
    yield "kind    expect      judged  decided   wrong"
    for kind, one in rows["expect"]:
        yield (
            f"{kind} {one['expect']:10} {one['judged']:7,} {one['decided']:8,} {one['wrong']:7,} "
            f"({one['wrong_share']:.1%})"
        )
    yield "kind    expect     an article speaks against it   contradicted"
    for kind, one in rows["counterexamples"]:
        yield (
            f"{kind} {one['expect']:10} {one['against']:28,} {one['contradicted']:14,} "
            f"({one['contradicted_share']:.1%})"
        )
    yield "kind    articles on the smaller side   clear claims   judged rightly"
    for kind, one in rows["power"]:
        least = f"from {one['articles_from']}"
        yield f"{kind} {least:>28} {one['clear']:14,} {one['told_share']:16.0%}"


def silence(
    report: Report,
    presses: Presses = 40,
    read_presses: Annotated[int, typer.Option(min=0, help="Of them, presses whose stories are read.")] = 4,
    articles: Annotated[int, typer.Option(min=500, help="Articles per press.")] = 4000,
    setting: Setting = "medium",
    seed: Seed = 2001,
    quick: Annotated[
        bool, typer.Option("--quick", help="Three presses of each kind, one of them read.")
    ] = False,
) -> Measured:
    """Plant boycotts in made-up presses, and print how many are found and how many calls are false.

    Three kinds of presses: boycotts among innocent habits and gaps; the habits and gaps alone; outlets that
    are all alike. Leaves with 1 where a promise is broken by more than the drawing of the presses explains.
    """
    from masthead.validation.presses.silence import PLANTS, grade_silence

    sizes = ((False, 3 if quick else presses), (True, 1 if quick else read_presses))
    grades = [
        grade_silence(
            kind, setting, read=read, presses=count, articles=articles, seed=seed, progress=report
        ).as_dict()
        for read, count in sizes
        for kind in PLANTS
        if count
    ]
    head = f"presses of {articles:,} articles, {setting}, seeds from {seed}"
    return Measured(grades, [head, *_silence_lines(grades)], any(grade["broken"] for grade in grades))


def _silence_lines(grades: list[dict[str, Any]]) -> Iterator[str]:
    yield (
        "kind      stories  presses  pairs tested  called silent  false  presses with one  boycotts found"
        "   listed  by chance"
    )
    for one in grades:
        share = one["found_share"]
        boycotts = "–" if share is None else f"{one['found']} of {one['planted']} ({share:.0%})"
        yield (
            f"{one['kind']:9} {'read' if one['read'] else 'known':7} {one['presses']:8} {one['tested']:13,} "
            f"{one['called']:14} {one['false']:6} {one['alarmed']:17} {boycotts:>15} {one['listed']:8,} "
            f"{one['chance']:10.1f}"
        )
    for one in grades:
        if one["by_size"]:
            sizes = ", ".join(f"from {size}: {a} of {b}" for size, (a, b) in one["by_size"].items())
            yield f"boycotts by stories expected, stories {'read' if one['read'] else 'known'}: {sizes}"
    yield "predicted and covered, of stories that the model had not seen (boycotts among habits, stories known)"
    for row in grades[0]["calibration"]:
        yield f"  from {row['from']:.1f}  {row['predicted']:.3f}  {row['covered']:.3f}  ({row['n']:,})"
