"""What Masthead promises, each measured on made-up data whose truth is known: the table of `masthead validate`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from masthead.errors import UsageError, nearest
from masthead.measuring import figures
from masthead.press import make
from masthead.validation.draws import changes
from masthead.validation.draws import samples as sampling_validation
from masthead.validation.draws.intervals import FULL, QUICK, coverage, drawing_error, summary
from masthead.validation.mirror import EXACT, PROMISED, surveyed_twice
from masthead.validation.presses.claims import CLEAR, MOST_WRONG, grade_claims
from masthead.validation.presses.claims import PLANTS as CLAIMED
from masthead.validation.presses.grading import archive_of, archived_presses, read_measures
from masthead.validation.presses.naming import grade_naming
from masthead.validation.presses.reuse import grade_reuse
from masthead.validation.presses.silence import LEAST_FOUND, MOST_FALSE, PLANTS, grade_silence
from masthead.validation.presses.standing import LEAST_PRECISION, LEAST_RECALL, grade_standing
from masthead.validation.presses.stories import grade_stories
from masthead.validation.progress import Progress
from masthead.validation.promises.coded import agreement, calibration, coders
from masthead.validation.promises.demo import demo
from masthead.validation.promises.promise import FALSE_ALARMS, Promise, above, in_kinds, in_presses
from masthead.validation.promises.repeats import repeats
from masthead.validation.promises.sides import alignment, allegiances, forecasts, kinship


def promises(*, quick: bool, only: str | None = None, report: Progress) -> Iterator[Promise]:
    """Measure promise after promise; `quick` does with little, within a minute or two.

    `only` is one of `KINDS`. Raises UsageError where it is none.
    """
    if only is not None and only not in KINDS:
        raise UsageError(f"nothing called '{only}' is promised", "one of them", nearest(only, KINDS))
    for name, measure in KINDS.items():
        if only in (None, name):
            yield from measure(quick, report)


def _intervals(quick: bool, report: Progress) -> Iterator[Promise]:
    draws = 200 if quick else 1000
    rows = summary(coverage(draws, 1, QUICK if quick else FULL, report))
    cells = sum(row["cells"] for row in rows)
    least = min(row["least"] for row in rows)
    mean = sum(row["mean"] * row["cells"] for row in rows) / cells
    yield Promise(
        "intervals",
        "a 95% interval holds the truth, in the worst kind of archive",
        "92%",
        f"{least:.1%} (of all kinds {mean:.1%})",
        f"{cells:,} kinds of archives, each drawn {draws:,} times, give or take {drawing_error(draws):.1%}",
        not any(row["broken"] for row in rows),
    )


def _samples(quick: bool, report: Progress) -> Iterator[Promise]:
    draws = 50 if quick else 200
    cells = sampling_validation.coverage(
        draws, 1, sampling_validation.QUICK if quick else sampling_validation.FULL, report
    )
    rows = sampling_validation.summary(cells)
    yield Promise(
        "samples",
        "articles read until an interval is narrow enough: it holds what reading all would give, in the worst kind",
        f"{rows[0]['promised']:.0%}",
        f"{min(row['least_of_reading'] for row in rows):.1%}",
        f"{cells.num_rows:,} kinds of cells, each drawn {draws:,} times, give or take {drawing_error(draws):.1%}",
        not any(row["broken"] for row in rows),
    )


def _readers(quick: bool, report: Progress) -> Iterator[Promise]:
    presses = 1 if quick else 20
    for setting in ("medium",) if quick else ("easy", "medium", "hard"):
        articles = 400 if quick else 800
        grade = grade_naming(setting, presses=presses, articles=articles, seed=501, progress=report)
        yield Promise(
            "naming",
            "planted shares of labels lie inside the interval of what is read",
            "90%",
            f"{grade.inside / grade.shares:.1%}",
            f"{grade.shares:,} shares in {in_presses(presses, grade.articles)}, {setting}",
            not above(grade.shares - grade.inside, grade.shares, 0.10),
        )


def _false_alarms(quick: bool, report: Progress) -> Iterator[Promise]:
    presses = 2 if quick else 20
    families: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    articles = 400 if quick else 800
    nothing = frozenset[str]()
    for _, whole_study, archive in archived_presses(
        "medium", plant=nothing, stage="null", presses=presses, articles=articles, seed=701, progress=report
    ):
        study = whole_study.model_copy(update={"measures": ("attention", "naming")})
        tables, _ = read_measures(study, archive)
        findings_in: Counter[tuple[str, str]] = Counter()
        for row in figures.comparisons(tables, study, figures.totals(tables)).to_pylist():
            is_finding = row["q"] is not None and row["q"] < FALSE_ALARMS
            findings_in[row["measure"], row["family"]] += is_finding
        for (measure, _), count in findings_in.items():
            families[measure] += 1
            alarms[measure] += count > 0
    for measure in sorted(families):
        yield Promise(
            "comparisons",
            f"where all outlets are alike, families of comparisons with a finding, {measure}",
            f"at most {FALSE_ALARMS:.0%}",
            f"{alarms[measure] / families[measure]:.1%}",
            f"{families[measure]:,} families in {in_presses(presses, presses * articles)} with nothing planted",
            not above(alarms[measure], families[measure], FALSE_ALARMS),
        )


def _changes(quick: bool, report: Progress) -> Iterator[Promise]:
    series = 60 if quick else 200
    rows = changes.validate(series, 1, quick, report)
    nothing = [row for row in rows if row.planted in ("steady", "drift")]
    steps = [row for row in rows if row not in nothing]
    alarms = [row.dated for row in nothing]
    coverages = [row.held for row in rows if row.held is not None]
    yield Promise(
        "changes",
        "series with a dated change where none was planted, bursts, long stories and slow drift among them",
        f"at most {changes.FALSE_ALARMS:.0%}",
        f"{sum(alarms) / len(alarms):.1%}, of the worst kind {max(alarms):.1%}",
        f"{in_kinds(nothing)} of {series} series",
        not any(row.broken for row in nothing),
    )
    yield Promise(
        "changes",
        "the 95% interval of a date holds the day",
        f"{changes.HELD:.0%}",
        f"{sum(coverages) / len(coverages):.1%}, of the worst kind {min(coverages):.1%}",
        f"{in_kinds(steps)} of {series} series with steps",
        not any(row.broken for row in steps),
    )
    yield from _days_of_steps(steps)


def _days_of_steps(steps: Sequence[changes.Row]) -> Iterator[Promise]:
    """How many sudden changes are found and dated, and how far off, by what changes and how many articles tell it."""
    for figure, articles in dict.fromkeys((row.figure, row.articles) for row in steps):
        rows = [
            row for row in steps if (row.figure, row.articles) == (figure, articles) and row.planted == "step"
        ]
        errors = [row.error for row in rows if row.error is not None]
        if errors:
            yield Promise(
                "changes",
                f"sudden changes that are found, given a day, and how far off it is: {figure}, {articles} articles",
                "nothing",
                f"{_span([row.found for row in rows], '.0%')}, {_span([row.dated for row in rows], '.0%')}, "
                f"{_span(errors, '.0f')} days",
                f"{in_kinds(rows)} of {rows[0].series} series",
                True,
            )


def _span(values: Sequence[float], form: str) -> str:
    """The least and the greatest of some figures, or the one that they are."""
    ends = dict.fromkeys(format(value, form) for value in (min(values), max(values)))
    return " to ".join(ends)


def _claims(quick: bool, report: Progress) -> Iterator[Promise]:
    presses, articles = (1, 400) if quick else (10, 1500)
    kinds = {"naming": "outlets that differ", "null": "outlets that are alike"}
    for kind in CLAIMED:
        grade = grade_claims(kind, presses=presses, articles=articles, seed=901, progress=report)
        claims, clear = grade.verdicts.total(), grade.clear.total()
        yield Promise(
            "claims",
            f"claims that are judged against the truth, {kinds[kind]}",
            f"at most {MOST_WRONG:.0%}",
            f"{grade.wrong.total() / claims:.1%}",
            f"{claims:,} claims about labels and mentions in {in_presses(presses, presses * articles)}",
            not grade.is_broken(),
        )
        if clear:
            sizes = [size for size in sorted(grade.clear) if grade.clear[size]]
            yield Promise(
                "claims",
                f"claims {CLEAR:.0%} beyond their margin, or short of it, that are decided rightly, {kinds[kind]}",
                "nothing",
                ", ".join(
                    f"{grade.right[n] / grade.clear[n]:.0%} from {n} articles on each side" for n in sizes
                ),
                f"{clear:,} of these claims",
                True,
            )


def _silences(quick: bool, report: Progress) -> Iterator[Promise]:
    presses = 2 if quick else 40
    grades = {
        kind: grade_silence(kind, presses=presses, articles=4000, seed=2001, progress=report)
        for kind in PLANTS
    }
    boycotts = grades["boycotts"]
    on = f"{in_presses(presses, 4000 * presses)}, stories known"
    yield Promise(
        "silence",
        "pairs called silent that nobody planted",
        f"at most {MOST_FALSE:.0%}",
        f"{boycotts.false} of {boycotts.silent_pairs}",
        on,
        "false" not in boycotts.broken_promises(),
    )
    yield Promise(
        "silence",
        "planted boycotts of six stories and more that are found",
        f"{LEAST_FOUND:.0%}",
        f"{boycotts.boycotts_seen.total()} of {boycotts.boycotts.total()}",
        on,
        "found" not in boycotts.broken_promises(),
    )
    for kind, what in (("habits", "habits alone"), ("null", "outlets alike")):
        yield Promise(
            "silence",
            f"presses with a silent pair where there is none, {what}",
            f"at most {MOST_FALSE:.0%}",
            f"{grades[kind].alarms} of {presses}",
            on,
            not grades[kind].broken_promises(),
        )


def _stories(quick: bool, report: Progress) -> Iterator[Promise]:
    presses = 1 if quick else 5
    grade = grade_stories(
        "hard", presses=presses, articles=700 if quick else 1500, seed=301, baseline=False, progress=report
    )
    yield Promise(
        "stories",
        "B-cubed F1 of stories at the hardest setting",
        ".95",
        f"{grade.f1:.3f}",
        in_presses(presses, presses * grade.articles),
        grade.f1 >= (0.90 if quick else 0.95),
    )


def _standing(quick: bool, report: Progress) -> Iterator[Promise]:
    presses, articles = (1, 800) if quick else (5, 1500)
    grade = grade_standing(presses=presses, articles=articles, seed=1101, progress=report).as_dict()
    for what, name, least in (
        ("words marked as standing text that the press planted as such", "precision", LEAST_PRECISION),
        ("words planted as standing text that are marked", "recall", LEAST_RECALL),
    ):
        on = in_presses(presses, presses * articles)
        yield Promise("standing", what, f"{least:.0%}", f"{grade[name]:.1%}", on, grade[name] >= least)


def _reuse(quick: bool, report: Progress) -> Iterator[Promise]:
    presses, articles = (1, 700) if quick else (5, 1500)
    grade = grade_reuse("hard", presses=presses, articles=articles, seed=301, progress=report).as_dict()
    for what, name, least in (
        ("adjusted Rand index of reprints", "rand", 0.92),
        ("precision of pairs of reprints", "precision", 0.98),
    ):
        on = in_presses(presses, presses * articles)
        yield Promise("reuse", what, f"{least:.2f}"[1:], f"{grade[name]:.3f}", on, grade[name] >= least)


def _mirror(quick: bool, report: Progress) -> Iterator[Promise]:
    size = 160 if quick else 800
    with (
        archive_of(make(seed=801, articles=size, setting="hard")) as (study, archive),
        tempfile.TemporaryDirectory(prefix="masthead-mirror-", ignore_cleanup_errors=True) as folder,
    ):
        study = study.model_copy(update={"measures": PROMISED})
        image = surveyed_twice(study, archive, ("verrin", "tasmer"), Path(folder), progress=report)
    measures = image.measures
    yield Promise(
        "mirror",
        "two actors swapped in every article: figures and findings that are not swapped",
        f"none, to {EXACT:g}",
        f"{sum(one.lost + one.unswapped for one in measures)}, to {max(one.difference for one in measures):g}",
        f"{sum(one.cells for one in measures):,} figures of a press of {size:,} articles, "
        f"{image.n_changed:,} of them changed",
        bool(image.n_changed) and all(one.fair for one in measures),
    )


KINDS = {
    "intervals": _intervals,
    "samples": _samples,
    "calibration": calibration,
    "agreement": agreement,
    "coders": coders,
    "naming": _readers,
    "comparisons": _false_alarms,
    "changes": _changes,
    "claims": _claims,
    "alignment": alignment,
    "allegiances": allegiances,
    "kinship": kinship,
    "forecasts": forecasts,
    "silence": _silences,
    "stories": _stories,
    "reuse": _reuse,
    "repeats": repeats,
    "standing": _standing,
    "mirror": _mirror,
    "demo": demo,
}
"""What is promised, and what measures it."""
