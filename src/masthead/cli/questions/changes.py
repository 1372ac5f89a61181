"""`masthead changes`: when an outlet's figures changed, from what to what, and where its record turned round."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress

Limit = Annotated[int, typer.Option("--limit", min=0, help="At most this many changes, the surest; 0: all.")]


def changes_command(
    study_file: StudyFile,
    limit: Limit = 20,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print when figures changed: the date and its interval, the figures on either side, and reversals.

    At most about one in twenty of the changes found should be false (false discovery rate, 5% in each family of
    series). A change that may as well be slow has no day. An archive that was not surveyed for this study is surveyed
    first. JSON holds all changes, without a limit.
    """
    from masthead.questions.changes.about import CHANGES
    from masthead.surveying.run import judge

    study, archive = open_study(study_file, other_archive)
    with progress() as report:
        findings = judge(study, archive, processes=processes, progress=report).of_wire(study.wire)
    rows, reversals = findings.changes.to_pylist(), findings.reversals.to_pylist()
    about = CHANGES.of(findings.about)
    notes = about["said"]
    if as_json:
        emit_json({**about, "changes": rows, "reversals": reversals})
        return
    # First of all what cannot be seen: a list of few changes, or of none, says little without it.
    emit(f"{notes[0]}.")
    changes = [list(group) for _, group in groupby(rows, key=lambda row: row["change"])]
    surest = sorted(changes, key=lambda one: (one[0]["q"], one[0]["p"], one[0]["change"]))[: limit or None]
    for change in sorted(surest, key=lambda one: one[0]["change"]):
        emit(*_lines(change))
    kinds = [change[0]["kind"] for change in changes]
    remark = f"; {len(surest)} shown" if len(surest) < len(changes) else ""
    sudden, slow = (
        counted(kinds.count("change"), "dated change"),
        counted(kinds.count("drift"), "slow change"),
    )
    emit(f"{sudden}, {slow} (or not told from slow){remark}")
    for row in reversals:
        emit(_reversal(row))
    for sentence in notes[1:]:
        emit(f"({sentence})")


def _lines(change: list[dict[str, Any]]) -> Iterator[str]:
    """One change: its date, then the figures, those that moved most first."""
    row = change[0]
    name = " · ".join(row[part] or "–" for part in ("measure", "outlet", "subject", "voice"))
    when = f"{row['date']} [{row['date_low']}, {row['date_high']}]"
    if row["kind"] == "drift":
        when = f"between {row['date_low']} and {row['date_high']}, slowly or at once"
    yield f"{name}: {when}, q {row['q']:.2g}"
    with_difference = [one for one in change if one["difference"] is not None]
    for one in sorted(with_difference, key=lambda r: (-abs(r["difference"]), r["category"] or ""))[:4]:
        figures = f"{one['before']:.3f} → {one['after']:.3f}"
        ends = f"{one['difference']:+.3f} [{one['conf_low']:+.3f}, {one['conf_high']:+.3f}]"
        yield f"  {one['category'] or 'figure':20} {figures}  {ends}"
    if row["note"]:
        yield f"  note: {row['note']}"


def _reversal(row: dict[str, Any]) -> str:
    name = f"{row['outlet']} on {row['subject']} ({row['measure']}, {row['voice']})"
    day = row["date"] or f"at some time between {row['date_low']} and {row['date_high']}"
    text = f"{name} turned from {row['before']} to {row['after']}, {day}"
    if row["event"] is None:
        return text
    days = abs(row["days"])
    when = "during" if not days else f"{counted(days, 'day')} {'before' if row['days'] < 0 else 'after'}"
    return (
        f"{text}: {when} {row['event']}; "
        f"chance alone brings a change so near to an event in {row['p_near']:.0%} of cases"
    )
