"""`masthead claims`: whether what somebody wrote about coverage holds, and writing it on record beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say
from masthead.errors import StudyError

if TYPE_CHECKING:
    import pyarrow as pa

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
    study_file: StudyFile,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print the verdict on each claim, why, and how many other ways to compute it agree.

    `masthead claims STUDY.toml` does the same. An archive that was not surveyed for this study is surveyed first. A
    claim is supported where the whole interval lies beyond its margin, contradicted where none of it does. One of
    `never` or `always` is contradicted by a single article; `masthead evidence STUDY.toml --claim ID` prints them all.
    """
    from masthead.surveying.judging import judge_claims

    study, archive = open_study(study_file, other_archive)
    _some(study, study_file)
    with progress() as report:
        findings = judge_claims(study, archive, processes=processes, progress=report)
    verdicts = findings.verdicts.to_pylist()
    of = {name: _by_claim(getattr(findings, name)) for name in ("ways", "counterexamples")}
    if as_json:
        sentence_texts = [
            [sentence.text for sentence in study.sentences if row["claim"] in sentence.claims]
            for row in verdicts
        ]
        emit_json(
            [
                {**row, "sentences": texts, **{name: rows.get(row["claim"], []) for name, rows in of.items()}}
                for row, texts in zip(verdicts, sentence_texts, strict=True)
            ]
        )
        return
    emit(*_sentences(study, verdicts))
    zones = {outlet["id"]: outlet.get("zone") for outlet in findings.about["outlets"]}
    for row in verdicts:
        ways, examples = (rows.get(row["claim"], []) for rows in of.values())
        emit(*_lines(row, ways, examples, zones))
    counts = [row["verdict"] for row in verdicts]
    kinds = ("supported", "contradicted", "not enough evidence", "untestable")
    emit(", ".join(f"{counts.count(kind)} {kind}" for kind in kinds if kind in counts))
    if len(verdicts) > 1:
        say(
            f"note: each claim is judged by its own {study.level:.0%} interval. Of many claims that are not true, "
            f"up to one in {round(1 / (1 - study.level))} comes out supported by chance"
        )


def record(study_file: StudyFile, other_archive: OtherArchive = None, as_json: AsJson = False) -> None:
    """Write the claims on record in the archive, with hash and time, before anybody has looked.

    What is on record stays as it is; a claim that was changed since is another one. The dossier says of each claim
    whether it was on record before the archive was first surveyed.
    """
    from masthead.measuring.outlets import settled
    from masthead.questions.claims import first_survey, register

    study, archive = open_study(study_file, other_archive)
    _some(study, study_file)
    registrations = register(settled(study, archive), archive)
    survey_time = first_survey(archive)
    if as_json:
        emit_json(
            [
                vars(one) | {"before": survey_time is None or one.registered < survey_time}
                for one in registrations
            ]
        )
        return
    for one in registrations:
        how = "registered" if one.new else "on record since"
        emit(f"{one.claim:20} {one.hash}  {how} {one.registered:%Y-%m-%d %H:%M:%S} UTC")
    late = [one for one in registrations if survey_time is not None and one.registered >= survey_time]
    if late and survey_time is not None:
        say(
            f"note: {counted(len(late), 'claim')} written after this archive was first surveyed, "
            f"{survey_time:%Y-%m-%d %H:%M:%S} UTC"
        )


def _some(study: Study, path: Any) -> None:
    if not study.claims:
        raise StudyError(
            f"'{path}' makes no claim",
            "at least one [[claim]]",
            "add one: `masthead docs claims` shows how",
        )


_EXAMPLES = 3
"""So many counterexamples of a claim are printed."""


def _by_claim(table: pa.Table) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        rows.setdefault(row["claim"], []).append(row)
    return rows


def _sentences(study: Study, verdicts: list[dict[str, Any]]) -> Iterator[str]:
    """Each sentence with the claims that it makes, and what became of them; none for the whole."""
    row_of = {row["claim"]: row for row in verdicts}
    for sentence in study.sentences:
        yield f"“{' '.join(sentence.text.split())}”"
        parts = [row_of[claim] for claim in sentence.claims]
        width = max(len(part["verdict"]) for part in parts)
        for part in parts:
            yield f"  {part['verdict']:{width}}  {part['claim']}: {part['text']}"
        yield ""


def _lines(
    row: dict[str, Any],
    ways: list[dict[str, Any]],
    examples: list[dict[str, Any]],
    zones: Mapping[str, str | None],
) -> Iterator[str]:
    yield f"{row['claim']}: {row['text']}"
    yield f"  {row['verdict']}{_figure(row)}"
    yield f"  {row['reason']}"
    for one in examples[:_EXAMPLES]:
        yield from example_lines(one, zones, "    ")
    if len(examples) > _EXAMPLES:
        yield f"    and more: masthead evidence STUDY.toml --claim {row['claim']}"
    if row["needed"]:
        yield f"  needed: {row['needed']}"
    if row["n_ways"]:
        agree = "agrees" if row["n_ways_agree"] == 1 else "agree"
        ways_in_words = counted(row["n_ways"], "other way")
        yield f"  {row['n_ways_agree']} of {ways_in_words} to compute it {agree}"
        for way in ways:
            if way["verdict"] != row["verdict"]:
                yield f"    {way['way']}: {way['verdict']}"
    if row["registered"]:
        when = "before" if row["registered_before"] else "after"
        yield f"  registered {row['registered']:%Y-%m-%d %H:%M} UTC, {when} the archive was first surveyed"
    yield ""


def _figure(row: dict[str, Any]) -> str:
    """A claim's figure and interval, as the dossier writes them, and how many articles they are of."""
    if row["estimate"] is None:
        return ""
    from masthead.questions.claims.page.claims import range_of, units_of

    figures = range_of(row)
    n = [row["n_units"]] if row["n_units_versus"] is None else [row["n_units"], row["n_units_versus"]]
    one, many = units_of(row)
    of = f"{' and '.join(f'{k:,}' for k in n)} {one if n == [1] else many}"
    return f"  {figures.figure} [{figures.interval}] from {of}"


def example_lines(row: dict[str, Any], zones: Mapping[str, str | None], before: str = "") -> Iterator[str]:
    """Print an article that speaks against a claim, and its sentence where one of them does.

    `zones` are the time zones on whose clocks outlets' days are.
    """
    from masthead.archive.days import in_zone

    moment = in_zone(row["published"], zones.get(row["outlet"]))
    when = moment.date().isoformat() if moment else "undated"
    label = f"  [{row['label']}]" if row["label"] else ""
    yield f"{before}{when}  {row['outlet']}  {' '.join((row['title'] or '').split())}{label}"
    if row["snippet"]:
        yield f"{before}  {' '.join(row['snippet'].split())}"
