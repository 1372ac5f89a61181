"""`masthead kinship`: whose wording each outlet uses in its own voice, beside its peers, with the sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, percent, progress, say
from masthead.errors import shortened

if TYPE_CHECKING:
    from masthead.findings.findings import Findings
    from masthead.instruments.kinship.about import LearntParty

_LETTERS = 110


def kinship_command(
    study_file: StudyFile,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    phrases: Annotated[int, typer.Option(min=0, help="Phrases to list per party.")] = 10,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print whose distinctive wording each outlet uses in its own voice, and how it differs within stories.

    Masthead learns a party's phrases from what outlets quote it as saying, and from its own outlets; no phrase rests
    on one outlet. A share is of all parties' phrases in the outlet, with its interval, without wire copy. The
    difference is from other outlets on the same stories. Where texts hold no quotation marks, figures are of all
    their words.
    """
    from masthead.instruments.kinship.about import KINSHIP
    from masthead.measuring.outlets import one_outlet
    from masthead.surveying import survey

    study, archive = open_study(study_file, other_archive)
    outlet = one_outlet(outlet, archive, study)
    alone = study.model_copy(update={"measures": ("kinship",), "claims": ()})
    with progress() as report:
        findings = survey(alone, archive, processes=processes, progress=report)
    answer = KINSHIP.of(findings.about)
    outlets = {one["id"] for one in findings.about["outlets"]} if outlet is None else {outlet}
    if as_json:
        emit_json(_plain(findings, outlets))
        return
    if answer["parties"]:
        say("shares without wire copy; no share is neutral: compare outlets, not parties")
    for party in answer["parties"]:
        emit(*_lines(findings, party, outlets, phrases))
    for note in (*([answer["reason"]] if answer["reason"] else []), *answer["said"]):
        say(f"note: {note}")


def _plain(findings: Findings, outlets: set[str]) -> dict[str, Any]:
    from masthead.instruments.kinship.about import KINSHIP

    about = KINSHIP.of(findings.about)
    return {
        **about,
        "within_stories": {
            wire: [row for row in rows if row["outlet"] in outlets]
            for wire, rows in about["within_stories"].items()
        },
        "estimates": [row for row in findings.estimates.to_pylist() if row["outlet"] in outlets],
        "phrases": [row for row in findings.phrases.to_pylist() if row["outlet"] in outlets | {None}],
    }


def _lines(findings: Findings, party: LearntParty, outlets: set[str], limit: int) -> Iterator[str]:
    """Lay out what is findings of one party's wording."""
    from masthead.instruments.kinship.about import KINSHIP

    titles = {one["id"]: one["title"] for one in findings.about["outlets"]}
    title = next(one["title"] for one in findings.about["subjects"] if one["id"] == party["id"])
    yield (
        f"{title}: {counted(party['phrases'], 'phrase')}, learnt from its words in "
        f"{counted(party['n_articles'], 'article')}; {party['note']}"
    )
    within = {
        (row["outlet"], row["voice"]): row
        for row in KINSHIP.of(findings.about)["within_stories"]["without"]
        if row["subject"] == party["id"]
    }
    for row in sorted(_leading(findings, party["id"]), key=lambda r: (-r["estimate"], r["outlet"])):
        if row["outlet"] not in outlets:
            continue
        beside = within.get((row["outlet"], row["voice"]))
        peers = ""
        difference, low, high = (
            (beside["difference"], beside["conf_low"], beside["conf_high"]) if beside else (None, None, None)
        )
        if beside and difference is not None and low is not None and high is not None:
            peers = (
                f"   same stories {_points(difference)} [{_points(low)}, {_points(high)}], "
                f"{beside['n_stories']:,} stories"
            )
        marks = "" if row["voice"] == "own" else "   (all its words)"
        yield f"  {titles[row['outlet']]:28} {percent(row):24} {row['denominator']:6,.0f} phrases{peers}{marks}"
    yield from _phrases(findings, party["id"], outlets, limit)


def _leading(findings: Findings, party: str) -> Iterator[dict[str, Any]]:
    """The figures over all time without wire copy: of an outlet's own voice where it can be told."""
    rows = {
        (row["outlet"], row["voice"]): row
        for row in findings.of_wire("without").estimates.to_pylist()
        if row["subject"] == party and row["period_start"] is None and row["estimate"] is not None
    }
    for outlet in sorted({outlet for outlet, _ in rows}):
        row = rows.get((outlet, "own")) or rows.get((outlet, "all"))
        if row:
            yield row


def _phrases(findings: Findings, party: str, outlets: set[str], limit: int) -> Iterator[str]:
    """The party's most telling phrases that one of the outlets uses, each with a sentence."""
    row_of: dict[str, dict[str, Any]] = {}
    for row in findings.phrases.to_pylist():
        if row["party"] == party and row["outlet"] in outlets:
            row_of.setdefault(row["phrase"], row)
    for phrase, row in list(row_of.items())[:limit]:
        sentence = shortened(row["snippet"] or "", _LETTERS)
        yield f"    {phrase} ({row['uses']:,} : {row['uses_elsewhere']:,})   {row['outlet']}: {sentence}"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")
