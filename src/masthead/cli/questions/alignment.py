"""`masthead alignment`: with whom outlets side, what explains it, its balance and its axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say
from masthead.errors import UsageError, nearest
from masthead.questions.alignment.bases import BASES, SIGNED

if TYPE_CHECKING:
    from masthead.findings.findings import Findings

_WIDTH = 9


def alignment_command(
    study_file: StudyFile,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    basis: Annotated[
        str, typer.Option(help=f"What the map is made of: {', '.join(BASES[:-1])} or {BASES[-1]}.")
    ] = BASES[0],
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print with whom outlets side, and which of the study's factors explain it.

    In the map, + or - after a figure says that it is surely favourable or unfavourable; ~ says that it does not fit
    the axes.
    An archive that was not surveyed for this study is surveyed first. JSON holds all bases.
    """
    from masthead.measuring.outlets import one_outlet
    from masthead.surveying.run import judge

    if basis not in BASES:
        raise UsageError(f"there is no map by '{basis}'", "what one is made of", nearest(basis, BASES))
    study, archive = open_study(study_file, other_archive)
    outlet = one_outlet(outlet, archive, study)
    with progress() as report:
        findings = judge(study, archive, processes=processes, progress=report).of_wire(study.wire)
    answer = _answer(findings, study.wire, outlet)
    if as_json:
        emit_json(answer)
        return
    # What so few subjects can show is said before any answer.
    for note in [*([answer["reason"]] if answer.get("reason") else []), *answer["said"]]:
        say(f"note: {note}")
    emit(*_lines(answer, basis, {one["id"] for one in findings.about["outlets"]}))


def _answer(findings: Findings, wire: str, outlet: str | None) -> dict[str, Any]:
    """All that was found, of one edition, and of one outlet where it is asked for."""
    from masthead.questions.alignment.about import ALIGNMENT

    about: Mapping[str, Any] = ALIGNMENT.of(findings.about)
    answer: dict[str, Any] = {k: v for k, v in about.items() if k not in ("balance", "axes", "over_time")}
    answer["map"] = findings.alignment.to_pylist()
    answer["explanations"] = findings.explanations.to_pylist()
    for part in ("balance", "axes", "over_time"):
        answer[part] = about.get(part, {}).get(wire)
    if outlet is not None:
        for part in ("map", "explanations", "over_time"):
            answer[part] = [row for row in answer[part] or () if row["outlet"] == outlet]
    return answer


def _lines(answer: Mapping[str, Any], basis: str, outlets: set[str]) -> Iterator[str]:
    yield from _map(answer["map"], basis)
    yield from _explanations(answer)
    yield from _balance(answer["balance"], outlets)
    yield from _axes(answer["axes"])
    for row in answer["over_time"] or ():
        name = f"{row['outlet']} on {row['subject']}, {row['factor']} {row['value_before']:g} to {row['value_after']:g}"
        yield f"{name} from {row['from']}: {row['answer']}; {row['reason']}"


def _map(rows: list[dict[str, Any]], basis: str) -> Iterator[str]:
    """The matrix, outlets and subjects in the order in which blocks show."""
    cells = {(row["outlet"], row["subject"]): row for row in rows if row["basis"] == basis}
    if not cells:
        yield f"no figure of {basis}"
        return
    outlets = sorted({(row["outlet_order"], row["outlet"]) for row in cells.values()})
    subjects = sorted({(row["subject_order"], row["subject"]) for row in cells.values()})
    wide = max(len(basis), *(len(name) for _, name in outlets)) + 1
    for number, (_, subject) in enumerate(subjects, 1):
        yield f"{number:3} {subject}"
    yield f"{basis:{wide}}" + "".join(f"{number:>{_WIDTH - 2}}  " for number in range(1, len(subjects) + 1))
    for _, outlet in outlets:
        yield f"{outlet:{wide}}" + "".join(_figure(cells.get((outlet, subject))) for _, subject in subjects)


def _figure(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return " " * _WIDTH
    side = {1: "+", -1: "-"}.get(row["side"] or 0, " ")
    sign = "+" if row["basis"] in SIGNED else ""
    return f"{row['estimate']:{sign}.2f}{side}{'~' if row['fits'] is False else ' '}".rjust(_WIDTH)


def _explanations(answer: Mapping[str, Any]) -> Iterator[str]:
    titles = {factor["id"]: factor["title"] for factor in answer["factors"]}
    for row in answer["explanations"]:
        beyond = f" beyond {titles[row['beyond']]}" if row["beyond"] else ""
        yield f"{row['outlet']}: {titles[row['factor']]}{beyond}, {row['n_subjects']} subjects ({row['split']})"
        q = "" if row["q"] is None else f"; q {row['q']:.2g} over all outlets and factors"
        yield f"  {row['answer']}: {row['reason']}{q}"


def _balance(balance: Mapping[str, Any] | None, outlets: set[str]) -> Iterator[str]:
    for name, of in (
        ("balance beside means", balance),
        ("balance of signs", balance and balance.get("absolute")),
    ):
        if of and of.get("reason"):
            yield f"{name}: {of['reason']}"
        elif of:
            yield from _graph(name, of, outlets)


def _graph(name: str, balance: Mapping[str, Any], outlets: set[str]) -> Iterator[str]:
    least = "" if balance["exact"] else "at most "
    yield (
        f"{name}: {least}{balance['frustration']} of {counted(balance['ties'], 'sure tie')} would have to turn for two "
        f"camps ({balance['expected']:.1f} if kind and harsh fell at random, p {balance['p']:.3f}); "
        f"{balance['balanced']:.0%} of {counted(balance['cycles'], 'cycle')} of two outlets and two subjects fit two "
        f"camps ({balance['balanced_expected']:.0%} at random, p {balance['p_balanced']:.3f})"
    )
    for camp in balance["camps"]:
        sides = ([n for n in camp if n in outlets], [n for n in camp if n not in outlets])
        lists = [", ".join(names) or "none" for names in sides]
        yield f"  outlets {lists[0]} with subjects {lists[1]}"
    for outlet, subject in balance["against"]:
        yield f"  against: {outlet} on {subject}"


def _axes(axes: Mapping[str, Any] | None) -> Iterator[str]:
    if not axes:
        return
    if axes.get("reason"):
        yield f"axes: {axes['reason']}"
        return
    words = {0: "none is told from chance", 1: "one", 2: "two"}
    yield f"axes: {'; '.join([words[axes['n']], *axes['said']])}"
    for kind in ("outlets", "subjects"):
        for row in sorted(axes[kind], key=lambda r: -r.get("place", 0.0)):
            places = "  ".join(
                f"{row[f'place{of}']:+.2f} [{row[f'low{of}']:+.2f}, {row[f'high{of}']:+.2f}]"
                for of in ("", "_2")
                if f"place{of}" in row
            )
            if places:
                yield f"  {row[kind[:-1]]:24} {places}"
