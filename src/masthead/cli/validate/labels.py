"""`masthead evaluate portrayal`: how good a model is on sentences that people labelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.output import Report, counted, say
from masthead.cli.validate.options import Measured, add_command
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.reading.portrayal.classifier import Classifier
    from masthead.validation.gold.portrayal import Evaluation, Interval


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    evaluate = typer.Typer(no_args_is_help=True)
    # What measures Masthead itself is one line of the help: `validate`, which names this one.
    app.add_typer(evaluate, name="evaluate", hidden=True)

    @evaluate.callback()
    def group() -> None:
        """Score a model on sentences that people labelled."""

    add_command(evaluate, portrayal)


def portrayal(
    report: Report,
    file: Annotated[Path, typer.Argument(help="The gold file.", show_default=False, metavar="GOLD.jsonl")],
    model: Annotated[
        Path | None, typer.Option(help="A folder with a model (default: the one that ships).")
    ] = None,
    study: Annotated[Path | None, typer.Option(help="Score the model that this study file asks for.")] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out lines that are no gold mentions.")
    ] = False,
) -> Measured:
    """Score how a model says sentences portray a mention, beside what people said.

    GOLD.jsonl holds a mention a line: sentence, from, to (code points) and polarity (-1 unfavourable, 0
    neutral, 1 favourable); other keys are ignored. Mentions of one sentence are each other's company, and
    none of their names reaches the model. Intervals hold 95 times in 100, drawn over sentences.
    """
    from masthead.validation.gold.files import refusal, sift
    from masthead.validation.gold.portrayal import evaluate

    classifier = _classifier(model, study)
    mentions, bad = sift(file)
    if bad and not (skip_bad and mentions):
        raise refusal(file, len(mentions), bad)
    if bad:
        say(
            f"left out {counted(len(bad), 'line')} of {len(mentions) + len(bad):,}, the first: line "
            f"{bad[0].line}, {bad[0].reason}"
        )
    scores = evaluate(mentions, classifier, report)
    head = (
        f"{classifier.name} ({classifier.version}) on {file}: {counted(scores.whole.n, 'mention')} in "
        f"{counted(scores.whole.n_sentences, 'sentence')}"
    )
    figures = {
        "file": str(file),
        "model": classifier.name,
        "version": classifier.version,
        "left_out": len(bad),
    }
    return Measured({**figures, **scores.as_dict()}, [head, *_lines(scores)])


def _classifier(folder: Path | None, study: Path | None) -> Classifier:
    """Return the model to score; a folder with a card is one made as the shipped one is."""
    if study is not None:
        from masthead.reading.portrayal.classifier import classifier_for
        from masthead.study import load_study

        if folder is not None:
            raise UsageError(
                "--model and --study", "one of them", "the study file says which model it asks for"
            )
        return classifier_for(load_study(study))
    if folder is not None:
        from masthead.reading.portrayal.classifier import classifier_in

        return classifier_in(folder)
    from masthead.reading.portrayal.shipped import ShippedClassifier

    return ShippedClassifier()


def _lines(scores: Evaluation) -> Iterator[str]:
    """Lay out an evaluation as text."""
    names = [one.name for one in scores.classes]
    by_class = [
        [one.name, f"{one.support:,}", *map(_figure, (one.precision, one.recall, one.f1))]
        for one in scores.classes
    ]
    guesses = [[name, *(f"{n:,}" for n in row)] for name, row in zip(names, scores.confusion, strict=True)]
    calibration, mean = scores.calibration, scores.mean
    yield from (
        "",
        f"macro-F1  {_figure(scores.whole.macro_f1)}",
        f"accuracy  {_figure(scores.whole.accuracy)}",
        "",
        *_table(["class", "labels", "precision", "recall", "F1"], by_class),
        "",
        *_table(["labelled, read as", *names], guesses),
        "",
        f"calibration error  {calibration.error:.3f} (so few mentions give a perfectly calibrated model "
        f"{calibration.by_chance:.3f}, at times {calibration.by_chance_high:.3f})",
        f"mean portrayal     read {mean.model:+.3f}, labelled {mean.gold:+.3f}, "
        f"difference {_figure(mean.difference, '+.3f')}",
        "",
    )
    bins = [
        [f"{one.low:.1f} to {one.high:.1f}", f"{one.n:,}", f"{one.confidence:.3f}", f"{one.right:.3f}"]
        for one in calibration.bins
    ]
    yield from _table(["confidence", "mentions", "mean", "right"], bins)
    for what, parts in (
        ("words in the sentence", scores.by_length),
        ("subjects in the sentence", scores.by_subjects),
    ):
        yield ""
        rows = [[one.name, f"{one.n:,}", _figure(one.macro_f1), _figure(one.accuracy)] for one in parts]
        yield from _table([what, "mentions", "macro-F1", "accuracy"], rows)
    if scores.notes:
        yield ""
        yield from (f"note: {note}" for note in scores.notes)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Align a table: words of the first column to the left, all else to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    return [
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]


def _figure(one: Interval, form: str = ".3f") -> str:
    return "–" if one.value is None else f"{one.value:{form}} [{one.low:{form}}, {one.high:{form}}]"
