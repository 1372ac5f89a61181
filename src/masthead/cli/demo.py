"""`masthead demo`: make the fictional press, survey it, and put what was planted beside what was found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import counted, emit, emit_json, progress
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.demo.changes import ChangesBeside, Found, PlantedChange
    from masthead.demo.portrayal import Agreement
    from masthead.demo.silences import SilencesBeside
    from masthead.findings.planted import PlantedCoding

Folder = Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)]

SHOWN = ("shoal-front", "harbour-guard")
"""The subjects whose planted shares the dossier lists; the printed count is over all of them."""


def demo(
    folder: Folder = Path("demo"),
    articles: Annotated[int, typer.Option(min=100, help="How many articles to make.")] = 4500,
    seed: Annotated[int, typer.Option(help="The seed of the press.")] = 7,
    setting: Annotated[str, typer.Option(help="easy, medium or hard.")] = "medium",
    as_json: AsJson = False,
) -> None:
    """Make a fictional press, survey it, and write a dossier with planted beside found.

    The press is a bold one: a few thousand articles are enough to show what outlets change and pass over. The survey
    looks at them as at anybody's articles, and the command also prints what it misses and where it is wrong.
    """
    from masthead import press
    from masthead.archive import Archive
    from masthead.demo.changes import changes_beside
    from masthead.demo.coders import planted_beside_coded, simulated_codes
    from masthead.demo.page.planted import PAGE as PLANTED
    from masthead.demo.portrayal import agreement, portrayals_beside
    from masthead.demo.shares import beside
    from masthead.demo.silences import silences_beside
    from masthead.dossier import claim
    from masthead.study import load_study
    from masthead.surveying import survey
    from masthead.surveying.pages import write_dossier

    source, study_file, dossier = folder / "press.jsonl", folder / "study.toml", folder / "dossier"
    if folder.exists() and not source.is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"'{folder}' holds something else than a demo", "a new folder", "name another, or remove it"
        )
    claim(dossier)
    new_press, truth = press.bold_press(seed=seed, articles=articles, setting=setting)
    folder.mkdir(parents=True, exist_ok=True)
    # Of an earlier demo, the archive alone is in the way; what else lies here may be somebody's own.
    shutil.rmtree(folder / "press.archive", ignore_errors=True)
    new_press.write(source)
    study_file.write_text(new_press.study("press.archive"), encoding="utf-8")
    with progress() as report:
        archive = Archive.create(
            folder / "press.archive", frame="everything", frame_note="all that nine made-up outlets ran"
        )
        archive.add(source)
        study = load_study(study_file)
        codes = simulated_codes(study, archive, truth, SHOWN, seed)
        findings = survey(study, archive, progress=report, codes=codes)
        shares = beside(findings, truth.naming_shares())
        changes, silences = changes_beside(findings, truth), silences_beside(findings, truth)
        changed_cells = {(c.subject, c.outlet, c.category) for c in changes.planted_changes}
        series = [
            row
            for row in beside(findings, truth.naming_shares("quarter"))
            if (row.subject, row.outlet, row.category) in changed_cells
        ]
        findings.about["planted"] = [row.as_dict() for row in shares if row.subject in SHOWN] + [
            {**row.as_dict(), "what": f"share in the quarter from {row.period}"} for row in series
        ]
        portrayals = portrayals_beside(findings, truth.portrayal_means())
        findings.about["planted"] += [row.as_dict() for row in portrayals if row.subject in SHOWN]
        codings = planted_beside_coded(findings, truth.portrayal_means())
        findings.about["planted_codings"] = codings
        findings.about["planted_changes"] = changes.as_dict()
        findings.about["planted_silences"] = silences.as_dict()
        agree = agreement(portrayals)
        findings.save(dossier)
        page = write_dossier(findings, dossier, [PLANTED])
    inside = sum(row.inside for row in shares)
    error = sum(abs(row.estimate - row.truth) for row in shares) / len(shares) if shares else None
    if as_json:
        emit_json(
            {
                "dossier": str(page),
                "articles": articles,
                "planted": len(shares),
                "inside": inside,
                "mean_absolute_error": error,
                "shares": [row.as_dict() for row in shares],
                "series": [row.as_dict() for row in series],
                "portrayals": [row.as_dict() for row in portrayals],
                "portrayal_agreement": agree.as_dict(),
                "codings": codings,
                "changes": changes.as_dict(),
                "silences": silences.as_dict(),
            }
        )
        return
    emit(f"articles made:   {articles:,} by {len(new_press.outlets)} outlets, seed {seed}, setting {setting}")
    if error is None:
        emit("shares planted:  none has enough articles to compare; make more with --articles")
    else:
        share = inside / len(shares)
        emit(f"shares planted:  {len(shares)}; {inside} lie inside the interval found ({share:.0%})")
        emit(
            f"mean difference: {100 * error:.1f} percentage points between the planted share and the share found"
        )
    emit(*_agreeing(agree))
    emit(*map(_coding_line, codings), *_changes(changes), *_silences(silences))
    emit(f"study:           {study_file}")
    emit(f"dossier:         {page}")


def _agreeing(agree: Agreement) -> Iterator[str]:
    """Say how planted and found portrayals agree; no coverage, for a model's readings have a bias of their own."""
    if agree.bias is None or agree.error is None:
        return
    yield (
        f"portrayals:      {agree.cells} planted; the figures found are {agree.error:.2f} away on average, on a scale "
        f"of −1 to 1 (with their sign, {agree.bias:+.2f})"
    )
    if agree.signs_agree is not None:
        yield (
            f"                 {agree.signs_agree:.0%} of the {agree.signs} that are not near 0 are found on the right "
            "side of 0"
        )
    if agree.ranking is not None:
        yield f"                 order of the outlets on a subject: rank correlation {agree.ranking:.2f} on average"


def _coding_line(one: PlantedCoding) -> str:
    """Say what simulated coders, who know what was planted, made of one figure."""
    model, correction = (
        "{:+.2f} [{:+.2f}, {:+.2f}]".format(*figure).replace("-", "−")
        for figure in (
            (one["model"], one["model_low"], one["model_high"]),
            (one["corrected"], one["corrected_low"], one["corrected_high"]),
        )
    )
    truth = f"{one['planted']:+.2f}".replace("-", "−")
    return (
        f"simulated coders: {one['outlet']} on {one['subject']}, {one['n_coded']} codings: planted {truth}, "
        f"the model {model}, corrected {correction}"
    )


def _changes(beside: ChangesBeside) -> Iterator[str]:
    """The planted changes and what `masthead changes` finds, with what it finds that nobody planted."""
    planted_changes, changes_with_day = beside.planted_changes, beside.with_a_day
    inside = sum(change.inside for change in planted_changes)
    yield (
        f"changes planted: {len(planted_changes)}; {len(changes_with_day)} found with a day, and for {inside} of these "
        "the interval holds the planted day"
    )
    for change in planted_changes:
        yield (
            f"                 {change.outlet} on {change.subject} ({change.category}), {change.date}: "
            f"{_how_found(change)}"
        )
    world, others = beside.of_the_world, beside.not_planted
    if world:
        subjects = ", ".join(sorted({one.subject or "" for one in world}))
        yield (
            "                 changes of what begins on one day for all outlets "
            f"({subjects}): {_with_a_day(world)}"
        )
    yield f"                 changes that nobody planted: {_with_a_day(others) if others else 'none found'}"


def _how_found(change: PlantedChange) -> str:
    one = change.match
    if one is None:
        return "not found"
    if change.days_off is None:
        return f"found without a day, between {one.low} and {one.high}"
    days = abs(change.days_off)
    off = f"{counted(days, 'day')} {'late' if change.days_off > 0 else 'early'}" if days else "to the day"
    return f"found {one.date}, {off} (interval {one.low} to {one.high})"


def _with_a_day(changes: Sequence[Found]) -> str:
    n_with_day = sum(one.has_day for one in changes)
    return f"{n_with_day} found with a day, {len(changes) - n_with_day} slow or not told from slow"


def _silences(beside: SilencesBeside) -> Iterator[str]:
    """The planted silences and what `masthead silences` calls silent, with what it calls so that nobody planted."""
    pairs = beside.planted_pairs
    yield (
        f"silences planted: {len(pairs)}; {len(beside.silent)} found, "
        f"and {len(beside.not_planted) or 'none'} that nobody planted"
    )
    for pair in (*pairs, *beside.not_planted):
        name = f"{pair.outlet} on {pair.subject}" + ("" if pair.is_planted else " (not planted)")
        if pair.n_covered is None or pair.n_expected is None:
            yield f"                 {name}: no figure"
            continue
        call = {"silent": "silent", "less": "covers less", None: "not found"}[pair.call]
        yield (
            f"                 {name}: {call}, "
            f"ran {counted(round(pair.n_covered), 'story', 'stories')} where {pair.n_expected:.0f} are expected"
        )
