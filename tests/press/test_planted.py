"""What is planted shows, where and when it should; what is not planted does not show."""

import collections
import datetime as dt
import math

import pytest

from masthead import press
from masthead.press import PLANTS, Truth


def _first_labels(truth: Truth) -> dict[str, collections.Counter[tuple[str, str]]]:
    """Per subject, outlet × category of each article's first own label: one draw per article, so independent."""
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for m in truth.mentions.to_pylist():
        if m["label"] and not m["denied"] and not m["quoted"]:
            first.setdefault((m["key"], m["subject"]), (m["outlet"], m["category"]))
    counts: dict[str, collections.Counter[tuple[str, str]]] = collections.defaultdict(collections.Counter)
    for (_, subject), cell in first.items():
        counts[subject][cell] += 1
    return counts


def _independence(cells: collections.Counter[tuple[str, str]]) -> float:
    from scipy.stats import chi2_contingency

    outlets = sorted({o for o, _ in cells})
    categories = sorted({c for _, c in cells})
    return float(chi2_contingency([[cells[o, c] for c in categories] for o in outlets])[1])


def test_naming_comes_out_as_planted() -> None:
    _, truth = press.planted_naming(5, articles=4000, setting="easy")
    planted = {(r["outlet"], r["subject"], r["category"]): r["share"] for r in truth.naming.to_pylist()}
    far = tested = 0
    for row in truth.naming_shares().to_pylist():
        if row["namings"] < 80:
            continue
        share = planted[row["outlet"], row["subject"], row["category"]]
        error = math.sqrt(share * (1 - share) / row["namings"]) + 1e-3
        far += abs(row["share"] - share) > 3.3 * error
        tested += 1
    assert tested > 100
    # In an article of the easy setting every label is a draw of its own: one in a thousand may lie so far off.
    assert far <= 0.01 * tested


def test_a_change_comes_on_its_day_and_nowhere_else() -> None:
    _, truth = press.planted_change(4, articles=5000, setting="easy")
    (change,) = truth.changes.to_pylist()
    cells: collections.Counter[tuple[bool, str]] = collections.Counter()
    for m in truth.mentions.to_pylist():
        if (
            (m["outlet"], m["subject"]) == (change["outlet"], change["subject"])
            and m["label"]
            and not m["quoted"]
        ):
            cells[(m["published"] >= change["date"], m["category"])] += 1
    planted = {
        (r["from"] >= change["date"], r["category"]): r["share"]
        for r in truth.naming.to_pylist()
        if (r["outlet"], r["subject"]) == (change["outlet"], change["subject"])
    }
    for after in (False, True):
        total = sum(n for (late, _), n in cells.items() if late == after)
        assert total > 60
        for (late, category), share in planted.items():
            if late == after:
                assert abs(cells[(late, category)] / total - share) < 0.15
    before, later = (max((s, c) for (a, c), s in planted.items() if a == after)[1] for after in (False, True))
    assert before != later


def test_silence_leaves_out_and_says_what() -> None:
    _, truth = press.planted_silence(6)
    (silence,) = truth.silences.to_pylist()
    against = [
        s for s in truth.stories.to_pylist() if s["adverse"] and s["subjects"][0] == silence["subject"]
    ]
    assert len(against) >= 20
    covered = sum(silence["outlet"] in s["covered_by"] for s in against)
    left_out = sum(silence["outlet"] in s["left_out_by"] for s in against)
    others = sum("ambrel-daily" in s["covered_by"] for s in against)
    assert left_out > 0.4 * len(against)
    assert covered <= 0.15 * len(against)
    assert others > 0.35 * len(against) or silence["outlet"] == "ambrel-daily"


def test_gaps_are_empty_and_the_rest_is_not() -> None:
    _, truth = press.planted_gap(2, articles=3000)
    gaps = truth.gaps.to_pylist()
    assert len(gaps) == 3
    days: dict[str, set[dt.date]] = collections.defaultdict(set)
    for row in truth.articles.to_pylist():
        days[row["outlet"]].add(row["published"].date())
    for gap in gaps:
        assert (gap["to"] - gap["from"]).days >= 20
        assert not any(gap["from"] <= day <= gap["to"] for day in days[gap["outlet"]])
        assert any(day < gap["from"] for day in days[gap["outlet"]])
        assert any(day > gap["to"] for day in days[gap["outlet"]])
    lost = [s for s in truth.stories.to_pylist() if s["lost_of"]]
    assert lost


def test_portrayals_lean_as_planted() -> None:
    from scipy.stats import spearmanr

    _, truth = press.planted_portrayal(3, articles=4000)
    planted = {(r["outlet"], r["subject"]): r["mean"] for r in truth.portrayal.to_pylist()}
    pairs = [
        (planted[r["outlet"], r["subject"]], r["mean"])
        for r in truth.portrayal_means().to_pylist()
        if r["mentions"] >= 100
    ]
    assert len(pairs) > 60
    assert spearmanr(pairs).statistic > 0.7
    strong = [(p, found) for p, found in pairs if abs(p) > 0.5]
    assert all((p > 0) == (found > 0) for p, found in strong)


@pytest.mark.parametrize("setting", ["easy", "hard"])
def test_the_null_press_plants_nothing(setting: str) -> None:
    made, truth = press.null_press(8, articles=2500, setting=setting)
    for table in (truth.changes, truth.silences, truth.gaps, truth.copies):
        assert table.num_rows == 0
    shares: dict[tuple[str, str], set[float]] = collections.defaultdict(set)
    for row in truth.naming.to_pylist():
        shares[row["subject"], row["category"]].add(row["share"])
    assert all(len(values) == 1 for values in shares.values())
    assert set(truth.portrayal["mean"].to_pylist()) == {0.0}
    assert set(truth.attention["rate"].to_pylist()) == {1.0}
    tests = [_independence(cells) for cells in _first_labels(truth).values()]
    mentioned = {(m["outlet"], m["subject"], m["key"]) for m in truth.mentions.to_pylist()}
    written = collections.Counter(r["outlet"] for r in truth.articles.to_pylist())
    for subject in made.subjects:
        cells = collections.Counter((o, "in") for o, s, _ in mentioned if s == subject)
        for outlet, total in written.items():
            cells[(outlet, "out")] = total - cells[(outlet, "in")]
        tests.append(_independence(cells))
    # Twenty-eight tests: none may be significant at .001 after Bonferroni.
    assert min(tests) > 0.001 / len(tests)
    assert sum(p < 0.05 for p in tests) <= 6


def test_a_planted_press_is_not_null() -> None:
    _, truth = press.planted_naming(8, articles=1500)
    tests = [_independence(cells) for cells in _first_labels(truth).values()]
    assert min(tests) < 1e-12


def test_one_plant_does_not_move_another() -> None:
    everything = press.make(seed=9, articles=10).truth()
    alone = press.make(seed=9, articles=10, plant=frozenset({"naming", "gap"})).truth()
    assert everything.gaps == alone.gaps
    assert len(PLANTS) == len(set(PLANTS))


def test_drift_moves_all_outlets_alike() -> None:
    made = press.make(seed=2, articles=2500, null=True, drift=0.4, setting="easy")
    truth = made.truth()
    rows = truth.naming_shares("year").to_pylist()
    by_year: dict[int, list[int]] = collections.defaultdict(lambda: [0, 0])
    for row in rows:
        if row["subject"] == "verrin" and row["category"] == "regime":
            by_year[row["period"].year][0] += row["uses"]
            by_year[row["period"].year][1] += row["namings"]
    first, last = (by_year[year][0] / by_year[year][1] for year in (2019, 2021))
    assert first - last > 0.15
