"""`masthead voices`: whom each outlet lets speak, how much, and by which verbs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, percent, progress, say

if TYPE_CHECKING:
    from masthead.instruments.voice.voices import Voices


def voices_command(
    study_file: StudyFile,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    examples: Annotated[int, typer.Option(min=0, help="Examples per outlet and subject.")] = 2,
    portrayal: Annotated[
        bool, typer.Option("--portrayal", help="Read how mentions in others' words portray subjects too.")
    ] = False,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print whom each outlet quotes and cites: shares of words, verbs, and who says what of whom.

    A share is of the words that the outlet attributes to anyone, with an interval of the study's level. `other` is
    anybody but the study's subjects, `unknown` is where the text does not say.
    """
    from masthead.instruments.voice.instrument import INSTRUMENT as VOICE
    from masthead.instruments.voice.voices import PORTRAYED_BY, voices
    from masthead.measuring import Job
    from masthead.measuring.counting import counted as as_counted
    from masthead.measuring.outlets import one_outlet
    from masthead.measuring.tables import loaded

    study, archive = open_study(study_file, other_archive)
    outlet = one_outlet(outlet, archive, study)
    with progress() as report:
        archive = as_counted(archive, study, progress=report)
        job = Job(study, archive, processes, report)
        tables = loaded(job, ("voice", *(PORTRAYED_BY if portrayal else ())))
        findings = voices(tables, archive, level=study.level, examples=examples)
    quotes = VOICE.reading(job)
    outlets = [one["id"] for one in tables.outlets] if outlet is None else [outlet]
    n_refused = quotes.counts.get("language_refused", 0)
    if as_json:
        answer: dict[str, Any] = {
            name: _of(rows.to_pylist(), outlets) for name, rows in vars(findings).items()
        }
        answer["reading"] = {"version": quotes.version, "hash": quotes.hash, "counts": quotes.counts}
        emit_json(answer)
        return
    for one in outlets:
        emit(*_lines(findings, one))
    if n_refused:
        say(f"note: {counted(n_refused, 'article')} not in English: attributions are read in English only")


def _of(rows: list[dict[str, Any]], outlets: list[str]) -> list[dict[str, Any]]:
    return [row for row in rows if row["outlet"] in outlets]


def _lines(findings: Voices, outlet: str) -> Iterator[str]:
    """Lay out what one outlet's articles say."""
    rows = _of(findings.estimates.to_pylist(), [outlet])
    always = [row for row in rows if row["period_start"] is None]
    shares = [row for row in always if row["measure"] == "voice"]
    yield outlet
    if not shares:
        yield "  nobody is quoted or cited"
        return
    yield f"  {shares[0]['wy']:,.0f} words given to somebody, in {counted(shares[0]['n'], 'article')}"
    for row in sorted(shares, key=lambda r: (r["subject"] is None, -r["estimate"], r["subject"] or "")):
        name = row["subject"] or row["category"]
        share = "      –" if row["estimate"] is None else percent(row)
        yield f"  {name:28} {share}  {row['wx']:,.0f} words"
        verbs = [r for r in always if r["measure"] == "stance" and r["subject"] == row["subject"] and r["wx"]]
        if verbs and row["subject"]:
            top_verbs = sorted(verbs, key=lambda r: (-r["wx"], r["category"]))[:5]
            yield "    " + ", ".join(f"{r['category']} {r['estimate']:.0%}" for r in top_verbs)
    others = _of(findings.others.to_pylist(), [outlet])
    if others:
        names = ", ".join(f"{row['speaker']} ({row['words']:,})" for row in others[:5])
        yield f"  most of the others: {names}"
    for row in _of(findings.of_whom.to_pylist(), [outlet]):
        if row["speaker"] not in ("other", "unknown") and row["speaker"] != row["subject"]:
            score = "" if row["score"] is None else f", {row['score']:+.2f}"
            yield f"  {row['speaker']} on {row['subject']}: {counted(row['mentions'], 'mention')}{score}"
    for row in _of(findings.examples.to_pylist(), [outlet]):
        note = " (its quotation mark is never closed)" if row["unclosed"] else ""
        words = " ".join(row["snippet"].split())
        yield f"  {row['subject']} · {row['stance']} · {row['speaker_text']}: {words}{note}"
