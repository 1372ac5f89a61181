"""What Masthead promises, each measured on made-up data whose truth is known: the table of `masthead validate`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from masthead.errors import UsageError, nearest
from masthead.measuring import Job, figures
from masthead.measuring.counting import counted
from masthead.measuring.tables import loaded
from masthead.press import make
from masthead.surveying.run import survey
from masthead.validation.draws import changes as changes
from masthead.validation.draws import samples as sampling_validation
from masthead.validation.draws.intervals import FULL, QUICK, coverage, drawing_error, summary
from masthead.validation.mirror import EXACT, PROMISED, compared, evened, mirrored, with_families_swapped
from masthead.validation.presses.claims import CLEAR, MOST_WRONG, grade_claims
from masthead.validation.presses.claims import PLANTS as CLAIMED
from masthead.validation.presses.grading import grade, graded_archive, made_presses
from masthead.validation.presses.reuse import grade_reuse
from masthead.validation.presses.silence import LEAST_FOUND, MOST_FALSE, PLANTS, grade_silence
from masthead.validation.presses.standing import LEAST_PRECISION, LEAST_RECALL, grade_standing
from masthead.validation.presses.stories import grade_stories
from masthead.validation.promises.demo import demo
from masthead.validation.promises.promise import FALSE_ALARMS, Promise, Report, above, in_kinds, in_presses
from masthead.validation.promises.repeats import repeats
from masthead.validation.promises.sides import alignment, allegiances, forecasts, kinship


def promises(*, quick: bool, only: str | None = None, report: Report) -> Iterator[Promise]:
    """Measure promise after promise; `quick` does with little, within a minute or two.

    `only` is one of `KINDS`. Raises UsageError where it is none.
    """
    if only is not None and only not in KINDS:
        raise UsageError(f"nothing called '{only}' is promised", "one of them", nearest(only, KINDS))
    for name, measure in KINDS.items():
        if only in (None, name):
            yield from measure(quick, report)


def _intervals(quick: bool, report: Report) -> Iterator[Promise]:
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


def _samples(quick: bool, report: Report) -> Iterator[Promise]:
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


def _readers(quick: bool, report: Report) -> Iterator[Promise]:
    presses = 1 if quick else 20
    for setting in ("medium",) if quick else ("easy", "medium", "hard"):
        told = grade(setting, presses=presses, articles=400 if quick else 800, seed=501, progress=report)
        of = f"{in_presses(presses, told.articles)}, {setting}"
        yield Promise(
            "naming",
            "planted shares of labels lie inside the interval of what is read",
            "90%",
            f"{told.inside / told.shares:.1%}",
            f"{told.shares:,} shares in {of}",
            not above(told.shares - told.inside, told.shares, 0.10),
        )


def _false_alarms(quick: bool, report: Report) -> Iterator[Promise]:
    presses = 2 if quick else 20
    families: Counter[str] = Counter()
    alarmed: Counter[str] = Counter()
    size = 400 if quick else 800
    null = frozenset[str]()
    for _, study, archive in made_presses("medium", presses, size, 701, report, plant=null, called="null"):
        archive = counted(archive, study)
        built = loaded(Job(study, archive, wire=False), ("attention", "naming"))
        found: dict[tuple[str, str], bool] = {}
        for row in figures.comparisons(built, study, figures.totals(built)).to_pylist():
            key = (row["measure"], row["family"])
            found[key] = found.get(key, False) or (row["q"] is not None and row["q"] < FALSE_ALARMS)
        for (measure, _), any_found in found.items():
            families[measure] += 1
            alarmed[measure] += any_found
    for measure in sorted(families):
        yield Promise(
            "comparisons",
            f"where all outlets are alike, families of comparisons with a finding, {measure}",
            f"at most {FALSE_ALARMS:.0%}",
            f"{alarmed[measure] / families[measure]:.1%}",
            f"{families[measure]:,} families in {in_presses(presses, presses * size)} with nothing planted",
            not above(alarmed[measure], families[measure], FALSE_ALARMS),
        )


def _changes(quick: bool, report: Report) -> Iterator[Promise]:
    series = 60 if quick else 200
    rows = changes.validate(series, 1, quick, report)
    nothing = [row for row in rows if row.planted in ("steady", "drift")]
    found = [row for row in rows if row not in nothing]
    dated = [row.dated for row in nothing]
    held = [row.held for row in rows if row.held is not None]
    yield Promise(
        "changes",
        "series with a dated change where none was planted, bursts, long stories and slow drift among them",
        f"at most {changes.FALSE_ALARMS:.0%}",
        f"{sum(dated) / len(dated):.1%}, of the worst kind {max(dated):.1%}",
        f"{in_kinds(nothing)} of {series} series",
        not any(row.broken for row in nothing),
    )
    yield Promise(
        "changes",
        "the 95% interval of a date holds the day",
        f"{changes.HELD:.0%}",
        f"{sum(held) / len(held):.1%}, of the worst kind {min(held):.1%}",
        f"{in_kinds(found)} of {series} series with steps",
        not any(row.broken for row in found),
    )
    yield from _dated(found)


def _dated(steps: Sequence[changes.Row]) -> Iterator[Promise]:
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
    told = [format(value, form) for value in (min(values), max(values))]
    return told[0] if told[0] == told[1] else " to ".join(told)


def _claims(quick: bool, report: Report) -> Iterator[Promise]:
    presses, articles = (1, 400) if quick else (10, 1500)
    named = {"naming": "outlets that differ", "null": "outlets that are alike"}
    for kind in CLAIMED:
        told = grade_claims(kind, presses=presses, articles=articles, seed=901, progress=report)
        judged, clear = told.judged.total(), told.clear.total()
        yield Promise(
            "claims",
            f"claims that are judged against the truth, {named[kind]}",
            f"at most {MOST_WRONG:.0%}",
            f"{told.wrong.total() / judged:.1%}",
            f"{judged:,} claims about labels and mentions in {in_presses(presses, presses * articles)}",
            not told.broken(),
        )
        if clear:
            sizes = [size for size in sorted(told.clear) if told.clear[size]]
            yield Promise(
                "claims",
                f"claims {CLEAR:.0%} beyond their margin, or short of it, that are decided rightly, {named[kind]}",
                "nothing",
                ", ".join(
                    f"{told.told[n] / told.clear[n]:.0%} from {n} articles on each side" for n in sizes
                ),
                f"{clear:,} of these claims",
                True,
            )


def _silences(quick: bool, report: Report) -> Iterator[Promise]:
    presses = 2 if quick else 40
    told = {kind: grade_silence(kind, presses=presses, seed=2001, progress=report) for kind in PLANTS}
    planted, found = told["boycotts"].planted.total(), told["boycotts"].found.total()
    on = f"{in_presses(presses, 4000 * presses)}, stories known"
    yield Promise(
        "silence",
        "pairs called silent that nobody planted",
        f"at most {MOST_FALSE:.0%}",
        f"{told['boycotts'].false} of {told['boycotts'].called}",
        on,
        "false" not in told["boycotts"].broken(),
    )
    yield Promise(
        "silence",
        "planted boycotts of six stories and more that are found",
        f"{LEAST_FOUND:.0%}",
        f"{found} of {planted}",
        on,
        "found" not in told["boycotts"].broken(),
    )
    for kind, what in (("habits", "habits alone"), ("null", "outlets alike")):
        yield Promise(
            "silence",
            f"presses with a silent pair where there is none, {what}",
            f"at most {MOST_FALSE:.0%}",
            f"{told[kind].alarmed} of {presses}",
            on,
            not told[kind].broken(),
        )


def _stories(quick: bool, report: Report) -> Iterator[Promise]:
    presses = 1 if quick else 5
    told = grade_stories(
        "hard", presses=presses, articles=700 if quick else 1500, seed=301, baseline=False, progress=report
    )
    yield Promise(
        "stories",
        "B-cubed F1 of stories at the hardest setting",
        ".95",
        f"{told.f1:.3f}",
        in_presses(told.presses, told.presses * told.articles),
        told.f1 >= (0.90 if quick else 0.95),
    )


def _standing(quick: bool, report: Report) -> Iterator[Promise]:
    presses, articles = (1, 800) if quick else (5, 1500)
    told = grade_standing(presses=presses, articles=articles, seed=1101, progress=report).as_dict()
    on = in_presses(presses, told["articles"])
    for what, name, least in (
        ("words marked as standing text that the press planted as such", "precision", LEAST_PRECISION),
        ("words planted as standing text that are marked", "recall", LEAST_RECALL),
    ):
        yield Promise("standing", what, f"{least:.0%}", f"{told[name]:.1%}", on, told[name] >= least)


def _reuse(quick: bool, report: Report) -> Iterator[Promise]:
    presses = 1 if quick else 5
    told = grade_reuse(
        "hard", presses=presses, articles=700 if quick else 1500, seed=301, progress=report
    ).as_dict()
    on = in_presses(presses, told["articles"])
    yield Promise(
        "reuse", "adjusted Rand index of reprints", ".92", f"{told['rand']:.3f}", on, told["rand"] >= 0.92
    )
    yield Promise(
        "reuse",
        "precision of pairs of reprints",
        ".98",
        f"{told['precision']:.3f}",
        on,
        told["precision"] >= 0.98,
    )


def _mirror(quick: bool, report: Report) -> Iterator[Promise]:
    pair = ("verrin", "tasmer")
    size = 160 if quick else 800
    with graded_archive(make(seed=801, articles=size, setting="hard")) as (study, archive):
        even, _ = evened(study.model_copy(update={"measures": PROMISED}), pair)
        with tempfile.TemporaryDirectory(prefix="masthead-mirror-", ignore_cleanup_errors=True) as folder:
            image, changed = mirrored(archive, even, pair, Path(folder) / "mirror.archive")
            straight = survey(even, archive, progress=report)
            again = survey(with_families_swapped(even, pair), image, progress=report)
    told = compared(straight, again, pair)
    yield Promise(
        "mirror",
        "two actors swapped in every article: figures and findings that are not swapped",
        f"none, to {EXACT:g}",
        f"{sum(one.lost + one.unswapped for one in told)}, to {max(one.difference for one in told):g}",
        f"{sum(one.cells for one in told):,} figures of a press of {size:,} articles, {changed:,} of them changed",
        bool(changed) and all(one.fair for one in told),
    )


KINDS = {
    "intervals": _intervals,
    "samples": _samples,
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
