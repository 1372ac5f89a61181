"""Commands that read made-up presses of each setting, and print how much of what was planted the readers find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.output import Report
from masthead.cli.validate.options import (
    SETTINGS,
    Articles,
    Grammar,
    Measured,
    Presses,
    Seed,
    Setting,
    Settings,
    dash_or,
    one_or_more,
)

if TYPE_CHECKING:
    from masthead.validation.presses.reuse import ReuseGrade
    from masthead.validation.presses.standing import StandingGrade


def stories(
    report: Report,
    setting: Settings = None,
    presses: Presses = 3,
    articles: Articles = 1500,
    seed: Seed = 1,
    quick: Annotated[bool, typer.Option("--quick", help="One hard press, without the baseline.")] = False,
) -> Measured:
    """Read the stories of made-up presses and print how they agree with those that the presses tell.

    Beside it, average linkage over TF-IDF cosines, cut where it scores best (needs scikit-learn).
    """
    from masthead.validation.presses.stories import grade_stories

    presses = 1 if quick else presses
    grades = [
        grade_stories(
            name, baseline=not quick, presses=presses, articles=articles, seed=seed, progress=report
        )
        for name in (["hard"] if quick else setting or SETTINGS)
    ]
    lines = [
        f"{one_or_more(presses)} of {articles:,} articles per setting, seeds from {seed}",
        "setting  B-cubed: precision  recall     F1  least F1   adjusted Rand   TF-IDF F1",
    ]
    lines += [
        f"{one.setting:<8} {one.precision:18.3f}  {one.recall:6.3f}  {one.f1:.3f}  {one.least_f1:8.3f}  "
        f"{one.adjusted_rand:14.3f}  {dash_or(one.baseline_f1):>10}"
        for one in grades
    ]
    return Measured([one.as_dict() for one in grades], lines)


def reuse(
    report: Report,
    setting: Settings = None,
    presses: Presses = 3,
    articles: Articles = 1500,
    seed: Seed = 101,
    quick: Annotated[bool, typer.Option("--quick", help="One hard press.")] = False,
) -> Measured:
    """Plant reprints at every degree of editing, cutting and misreading, and print how many are found.

    Beside the adjusted Rand index of the groups of near-duplicates stands that of MinHash alone, at the threshold
    that suits it best. The last line of settings is of presses with everything planted.
    """
    from masthead.validation.presses.reuse import grade_reuse

    presses = 1 if quick else presses
    kinds = [("hard", False)] if quick else [(name, False) for name in setting or SETTINGS]
    if not quick and setting is None:
        kinds.append(("hard", True))
    grades = [
        grade_reuse(name, whole=whole, presses=presses, articles=articles, seed=seed, progress=report)
        for name, whole in kinds
    ]
    head = f"{presses} presses of {articles:,} articles per setting, seeds from {seed}"
    return Measured([one.as_dict() for one in grades], [head, *_reuse_lines(grades)])


def _reuse_lines(grades: list[ReuseGrade]) -> Iterator[str]:
    figures = [grade.as_dict() for grade in grades]
    yield (
        "setting                    adjusted Rand  MinHash   pairs: precision  recall   "
        "wire: precision  recall   echo: taken   read"
    )
    for one in figures:
        wire, echo = one["wire"], one["echo"]
        yield (
            f"{one['setting']:26} {one['rand']:13.3f}  {one['minhash']:7.3f}  {one['precision']:17.3f}  "
            f"{one['recall']:6.3f}  {dash_or(wire['precision']):>16}  {dash_or(wire['recall']):>6}  "
            f"{dash_or(echo['taken']):>12}  {dash_or(echo['read']):>5}"
        )
    for one in figures:
        yield ""
        yield f"{one['setting']}, by degree                         reprints  in one group  linked"
        for name, degree in one["by_degree"].items():
            yield f"  {name:48} {degree['reprints']:8,}  {degree['found']:12.1%}  {degree['linked']:6.1%}"


def repeats(
    report: Report,
    setting: Settings = None,
    presses: Presses = 5,
    articles: Articles = 800,
    seed: Seed = 1,
    quick: Annotated[bool, typer.Option("--quick", help="One press, medium.")] = False,
) -> Measured:
    """Plant pages under other addresses, versions, print pages and live pages; print how many are folded."""
    from masthead.validation.presses.repeats import grade_repeats

    presses = 1 if quick else presses
    grades = {
        name: grade_repeats(name, presses=presses, articles=articles, seed=seed, progress=report)
        for name in (["medium"] if quick else setting or SETTINGS)
    }
    lines = [
        f"presses of {articles:,} articles and what repeats them, {presses} per setting, seeds from {seed}",
        "setting   folded  precision  recall   of repeats, found; of others, folded",
    ]
    for name, one in grades.items():
        counts = (
            [f"{kind} {n[column]:,} of {n['pages']:,}" for kind, n in sorted(by_kind.items())]
            for by_kind, column in ((one.kinds, "found"), (one.apart, "folded"))
        )
        by_kind = "; ".join(", ".join(some) for some in counts if some)
        lines.append(
            f"{name:8} {one.folds:7,}  {dash_or(one.precision):>9}  {dash_or(one.recall):>6}   {by_kind}"
        )
    return Measured({name: one.as_dict() for name, one in grades.items()}, lines)


def standing(
    report: Report,
    setting: Setting = "medium",
    presses: Presses = 5,
    articles: Articles = 1500,
    seed: Seed = 101,
    quick: Annotated[bool, typer.Option("--quick", help="One press of 800 articles.")] = False,
) -> Measured:
    """Plant what stands around articles, and print which of its words are marked, and which marks are right.

    Planted are datelines, bylines, credits, links, footers, corrections and their like, notices in place of
    articles, and paragraphs that stand twice; and beside them what looks like these and is the article's own.
    """
    from masthead.validation.presses.standing import grade_standing

    presses, articles = (1, 800) if quick else (presses, articles)
    grade = grade_standing(setting, presses=presses, articles=articles, seed=seed, progress=report)
    head = f"{one_or_more(presses)}, {grade.articles:,} articles, {setting}, seeds from {seed}"
    return Measured(grade.as_dict(), [head, *_standing_lines(grade)])


def _standing_lines(grade: StandingGrade) -> Iterator[str]:
    figures = grade.as_dict()
    yield f"words: precision {dash_or(figures['precision'], '.4f')}  recall {dash_or(figures['recall'], '.4f')}"
    for title, name in (
        ("planted, and marked so much of it", "planted"),
        ("marked, and right so much of it", "marked"),
        ("the article's own, and marked so much of it", "own"),
    ):
        yield ""
        yield f"{title:46}  words   share"
        for kind, one in figures[name].items():
            yield f"  {kind:44} {one['words']:6,}  {one['share']:6.3f}"


def forecasts(
    report: Report,
    presses: Presses = 5,
    articles: Articles = 1500,
    seed: Seed = 1301,
    setting: Setting = "medium",
) -> Measured:
    """Read made-up presses whose outlets foretell, each as often right as it was made to be.

    What became of each forecast that is found is entered in a file, as a person would. Leaves with 1 where fewer
    intervals of outlets' records hold than promised, by more than drawing explains.
    """
    from masthead.validation.presses.forecasts import grade_forecasts

    grade = grade_forecasts(setting, presses=presses, articles=articles, seed=seed, progress=report)
    lines = [
        f"{presses} presses of {articles:,} articles, {setting}, seeds from {seed}",
        f"own forecasts: {grade.planted:,} planted, {grade.found:,} found, {grade.agreed:,} both "
        f"(precision {grade.precision:.3f}, recall {grade.recall:.3f}); of these "
        f"{grade.confidence:,} are as sure as they were meant",
        f"records: {grade.held} of {grade.records} intervals hold how often the outlet is right",
    ]
    return Measured(grade.as_dict(), lines, grade.is_broken())


def portrayal(
    report: Report,
    setting: Settings = None,
    presses: Presses = 3,
    articles: Articles = 800,
    seed: Seed = 1,
) -> Measured:
    """Read how made-up presses portray their subjects, and print bias, sign and ranking beside what was planted.

    An interval of portrayal covers the mean of the model's readings, so no coverage of the truth is claimed.
    """
    from masthead.validation.presses.portrayal import grade_portrayal

    grades = [
        grade_portrayal(name, presses=presses, articles=articles, seed=seed, progress=report).as_dict()
        for name in setting or SETTINGS
    ]
    lines = [
        f"{presses} presses of {articles:,} articles per setting, seeds from {seed}; {grades[0]['model']}",
        "setting mentions  F1: model  lexicon   cells    bias  error  slope  signs agree  ranking",
    ]
    for one in grades:
        means = one["means"]
        signs = "–" if means["signs_agree"] is None else f"{means['signs_agree']:.0%} of {means['signs']}"
        lines.append(
            f"{one['setting']:<7} {one['mentions']:8,}  {one['macro_f1']:9.3f}  {one['lexicon_macro_f1']:7.3f}  "
            f"{means['cells']:6} {dash_or(means['bias'], '+.2f'):>7}{dash_or(means['error'], '.2f'):>7}"
            f"{dash_or(means['slope'], '.2f'):>7}  {signs:>11}  {dash_or(means['ranking'], '.2f'):>7}"
        )
    return Measured(grades, lines)


def press(
    report: Report,
    setting: Annotated[
        list[str] | None, typer.Option(help="easy, medium, hard or messy; again for more.")
    ] = None,
    presses: Presses = 3,
    articles: Articles = 800,
    seed: Seed = 1,
    grammar: Grammar = "first",
    by_kind: Annotated[
        bool, typer.Option("--by-kind", help="With messy: also each group of mess alone.")
    ] = False,
    mess: Annotated[
        list[str] | None,
        typer.Option(help="With messy: also this group or kind of mess alone; again for more."),
    ] = None,
) -> Measured:
    """Survey made-up presses and print how much of what they planted was found.

    Of the messy setting: how often the intervals of attention, naming and portrayal hold what the clean articles
    say, for the clean press and the messy one. An interval of portrayal covers the mean of the model's readings, so
    what the clean press has is what to compare the messy one with.
    """
    from masthead.errors import UsageError
    from masthead.press.mess import MESS, MESSY
    from masthead.validation.presses.mess import grade_mess
    from masthead.validation.presses.naming import grade_naming

    settings = setting or SETTINGS
    alone = [*(MESS if by_kind else ()), *(mess or ())]
    if alone and MESSY not in settings:
        raise UsageError("kinds of mess were asked for without mess", "--setting messy with them", "add it")
    if MESSY in settings and grammar != "first":
        raise UsageError("a messy press was asked for in another grammar", "the first one", "leave one out")
    grades = [
        grade_naming(
            name, presses=presses, articles=articles, seed=seed, grammar=grammar, progress=report
        ).as_dict()
        for name in settings
        if name != MESSY
    ]
    messy = []
    if MESSY in settings:
        messes = grade_mess(presses=presses, articles=articles, seed=seed, alone=alone, progress=report)
        messy = [one.as_dict() for one in messes]
    lines = [f"{presses} presses of {articles:,} articles per setting, seeds from {seed}, {grammar} grammar"]
    if grades:
        lines.append(
            "setting  mentions: precision recall   labels: precision recall     F1   shares  inside  error"
        )
        lines += map(_press_line, grades)
    if messy:
        lines += _mess_lines(messy)
    return Measured([*grades, *({"setting": MESSY, **one} for one in messy)], lines)


def _press_line(one: dict[str, Any]) -> str:
    mentions, labels = one["mentions"], one["labels"]
    # So few articles may leave no share to compare.
    inside, error = one["shares_inside"], one["mean_absolute_error"]
    shares = "     –      –" if error is None else f"{inside:6.1%}  {error:.3f}"
    return (
        f"{one['setting']:<7}{mentions['precision']:19.3f}  {mentions['recall']:.3f}"
        f"{labels['precision']:19.3f}  {labels['recall']:.3f}  {labels['f1']:.3f}{one['shares']:7}  {shares}"
    )


def _mess_lines(grades: list[dict[str, Any]]) -> Iterator[str]:
    """Lay out what holds what the clean articles say: told and inside of how many cells, error and bias."""
    names = [name for name, value in grades[0].items() if isinstance(value, dict)]
    yield f"{'mess':<10}" + "".join(f"{name + ': told':>18}  inside  error    bias" for name in names)
    for one in grades:
        line = f"{one['mess']:<10}"
        for name in names:
            cells = one[name]
            # So few articles may leave nothing to compare.
            line += f"{cells['told']} of {cells['cells']}".rjust(18)
            line += f"  {dash_or(cells['inside'], '.1%'):>6}"
            line += f"  {dash_or(cells['mean_absolute_error']):>5}  {dash_or(cells['bias'], '+.3f'):>6}"
        yield line
