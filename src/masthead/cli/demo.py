"""`masthead demo`: make the fictional press, survey it, and put what was planted beside what was found."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.options import AsJson
from masthead.cli.output import emit, emit_json, progress
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.surveying.planted_portrayal import Agreement

Folder = Annotated[Path, typer.Argument(help="The folder to make.", show_default=False)]

SHOWN = ("shoal-front", "harbour-guard")
"""The subjects whose planted shares the dossier lists; the printed count is over all of them."""


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("demo")
    def demo(
        folder: Folder = Path("demo"),
        articles: Annotated[int, typer.Option(min=100, help="How many articles to make.")] = 3000,
        seed: Annotated[int, typer.Option(help="The seed of the press.")] = 7,
        setting: Annotated[str, typer.Option(help="easy, medium or hard.")] = "medium",
        as_json: AsJson = False,
    ) -> None:
        """Make a fictional press, survey it, and write a dossier with planted beside found."""
        from masthead import press
        from masthead.archive import Archive
        from masthead.dossier import build, claim
        from masthead.study import load_study
        from masthead.surveying import survey
        from masthead.surveying.planted import beside, dated
        from masthead.surveying.planted_portrayal import agreement, portrayals_beside

        source, asked, dossier = folder / "press.jsonl", folder / "study.toml", folder / "dossier"
        if folder.exists() and not source.is_file() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(
                f"'{folder}' holds something else than a demo", "a new folder", "name another, or remove it"
            )
        claim(dossier)
        made = press.make(seed=seed, articles=articles, setting=setting)
        folder.mkdir(parents=True, exist_ok=True)
        # Of an earlier demo, the archive alone is in the way; what else lies here may be somebody's own.
        shutil.rmtree(folder / "press.archive", ignore_errors=True)
        truth = made.truth()
        made.write(source)
        asked.write_text(made.study("press.archive"), encoding="utf-8")
        with progress() as report:
            archive = Archive.create(
                folder / "press.archive", frame="everything", frame_note="all that nine made-up outlets ran"
            )
            archive.add(source)
            findings = survey(load_study(asked), archive, progress=report)
            shares = beside(findings, truth.naming_shares())
            changes = dated(findings, truth.changes, truth.naming)
            moved = {(c.subject, c.outlet, c.category) for c in changes}
            series = [
                row
                for row in beside(findings, truth.naming_shares("quarter"))
                if (row.subject, row.outlet, row.category) in moved
            ]
            findings.about["planted"] = [row.as_dict() for row in shares if row.subject in SHOWN] + [
                {**row.as_dict(), "what": f"share in the quarter from {row.period}"} for row in series
            ]
            portrayals = portrayals_beside(findings, truth.portrayal_means())
            findings.about["planted"] += [row.as_dict() for row in portrayals if row.subject in SHOWN]
            agree = agreement(portrayals)
            findings.save(dossier)
            page = build(findings, dossier)
        inside = sum(row.inside for row in shares)
        error = sum(abs(row.found - row.planted) for row in shares) / len(shares) if shares else None
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
                    "changes": [vars(change) for change in changes],
                }
            )
            return
        emit(f"articles made:   {articles:,} by {len(made.outlets)} outlets, seed {seed}, setting {setting}")
        if error is None:
            emit("shares planted:  none from enough articles to compare; more are made with --articles")
        else:
            share = inside / len(shares)
            emit(f"shares planted:  {len(shares)}, {inside} inside the interval found ({share:.0%})")
            emit(f"mean difference: {100 * error:.1f} percentage points between planted and found")
        for line in _agreeing(agree):
            emit(line)
        for change in changes:
            found = "not found" if change.found is None else f"found from {change.found}"
            if change.periods_off is not None:
                quarters = "quarter" if change.periods_off == 1 else "quarters"
                found += f", {change.periods_off} {quarters} off"
            emit(
                f"change planted:  {change.outlet} on {change.subject} ({change.category}), "
                f"{change.planted}; {found}"
            )
        emit(f"study:           {asked}")
        emit(f"dossier:         {page}")


def _agreeing(agree: Agreement) -> Iterator[str]:
    """Say how planted and found portrayals agree; no coverage, for a model's readings have a bias of their own."""
    if agree.bias is None or agree.error is None:
        return
    yield (
        f"portrayals:      {agree.cells} planted means; found {agree.error:.2f} off on average (of −1 to 1), "
        f"bias {agree.bias:+.2f}"
    )
    if agree.signs_agree is not None:
        side = f"{agree.signs_agree:.0%} found on their side of 0"
        yield f"                 of {agree.signs} that were not near 0, {side}"
    if agree.ranking is not None:
        yield f"                 outlets ranked on a subject: rank correlation {agree.ranking:.2f} on average"
