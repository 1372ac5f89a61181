"""`masthead claims`: whether what somebody wrote about coverage holds, and writing it on record beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from masthead.cli.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.output import counted, emit, emit_json, progress, say
from masthead.errors import StudyError

if TYPE_CHECKING:
    from masthead.study import Study


class _JudgedByDefault(TyperGroup):
    """A group of commands that takes a study file for `judge STUDY`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["judge", *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    claims = typer.Typer(
        cls=_JudgedByDefault,
        no_args_is_help=True,
        help="Judge a study's claims (`masthead claims STUDY.toml`), or write them on record first.",
    )
    app.add_typer(claims, name="claims")
    claims.command("judge")(judge)
    claims.command("register")(record)


def judge(
    study: StudyFile, archive: OtherArchive = None, processes: Processes = None, as_json: AsJson = False
) -> None:
    """Print the verdict on each claim, why, and how many other ways to compute it agree.

    `masthead claims STUDY.toml` does the same. An archive that was not surveyed for this study is surveyed first. A
    claim is supported where the whole interval lies beyond its margin, contradicted where none of it does.
    """
    from masthead.surveying.judging import judge_claims

    asked, opened = open_study(study, archive)
    _some(asked, study)
    with progress() as report:
        findings = judge_claims(asked, opened, processes=processes, progress=report)
    verdicts, ways = findings.verdicts.to_pylist(), findings.ways.to_pylist()
    if as_json:
        told = [{**row, "ways": [w for w in ways if w["claim"] == row["claim"]]} for row in verdicts]
        emit_json(told)
        return
    for row in verdicts:
        for line in _lines(row, [way for way in ways if way["claim"] == row["claim"]]):
            emit(line)
    counts = [row["verdict"] for row in verdicts]
    kinds = ("supported", "contradicted", "not enough evidence", "untestable")
    emit(", ".join(f"{counts.count(kind)} {kind}" for kind in kinds if kind in counts))
    if len(verdicts) > 1:
        say(
            f"note: each claim is judged by its own {asked.level:.0%} interval: of many that are not so, up to "
            f"one in {round(1 / (1 - asked.level))} comes out supported by chance"
        )


def record(study: StudyFile, archive: OtherArchive = None, as_json: AsJson = False) -> None:
    """Write the claims on record in the archive, with hash and time, before anybody has looked.

    What is on record stays as it is; a claim that was changed since is another one. The dossier says of each claim
    whether it was on record before the archive was first surveyed.
    """
    from masthead.claims import first_survey, register
    from masthead.surveying.outlets import settled

    asked, opened = open_study(study, archive)
    _some(asked, study)
    done = register(settled(asked, opened), opened)
    surveyed = first_survey(opened)
    if as_json:
        emit_json([vars(one) | {"before": surveyed is None or one.registered < surveyed} for one in done])
        return
    for one in done:
        how = "registered" if one.new else "on record since"
        emit(f"{one.claim:20} {one.hash}  {how} {one.registered:%Y-%m-%d %H:%M:%S} UTC")
    late = [one for one in done if surveyed is not None and one.registered >= surveyed]
    if late and surveyed is not None:
        say(
            f"note: {counted(len(late), 'claim')} written after this archive was first surveyed, "
            f"{surveyed:%Y-%m-%d %H:%M:%S} UTC"
        )


def _some(study: Study, path: Any) -> None:
    if not study.claims:
        raise StudyError(
            f"'{path}' makes no claim",
            "at least one [[claim]]",
            "add one: docs/methods/claims.md shows what it may say",
        )


def _lines(row: dict[str, Any], ways: list[dict[str, Any]]) -> Iterator[str]:
    yield f"{row['claim']}: {row['text']}"
    figure = ""
    if row["estimate"] is not None:
        ends = [f"{row['conf_low']:.3f}", "∞" if row["conf_high"] is None else f"{row['conf_high']:.3f}"]
        sign = "" if row["measure"] == "silence" else "+"
        figure = f"  {row['estimate']:{sign}.3f} [{', '.join(ends)}]"
        n = [row["n_units"]] if row["n_units_versus"] is None else [row["n_units"], row["n_units_versus"]]
        unit = "story" if row["measure"] == "silence" else "subject" if row["factor"] else "article"
        plural = {"story": "stories"}.get(unit, f"{unit}s")
        figure += f" from {' and '.join(f'{k:,}' for k in n)} {unit if n == [1] else plural}"
    yield f"  {row['verdict']}{figure}"
    yield f"  {row['reason']}"
    if row["needed"]:
        yield f"  needed: {row['needed']}"
    if ways:
        yield f"  {row['n_ways_agree']} of {row['n_ways']} other ways to compute it agree"
        for way in ways:
            if way["verdict"] != row["verdict"]:
                yield f"    {way['way']}: {way['verdict']}"
    if row["registered"]:
        when = "before" if row["registered_before"] else "after"
        yield f"  registered {row['registered']:%Y-%m-%d %H:%M} UTC, {when} the archive was first surveyed"
    yield ""
