"""Scoring attributions beside people's marks: the matching, the file format, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.gold.__main__ import main
from benchmarks.gold.marked_articles import read_marked_articles
from benchmarks.gold.quotes import RULES, THRESHOLDS, Words, evaluate_quotes, match
from hypothesis import given
from hypothesis import strategies as st

from masthead.errors import GoldError

TEXT = "The mayor said the bridge was safe.\r\n\r\n“It is not,” Mara Quist said. The tide rose.\n"
SPANS = {
    "T1": ("Source", "The mayor"),
    "T2": ("Cue", "said"),
    "T3": ("Content", "the bridge was safe"),
    "T4": ("Source", "Mara Quist"),
    "T5": ("Content", "“It is not,”"),
}


def brat(text: str = TEXT) -> str:
    lines = [
        f"{name}\t{role} {text.index(words)} {text.index(words) + len(words)}\t{words}"
        for name, (role, words) in SPANS.items()
    ]
    return "\n".join(
        [*lines, "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1", "E2\tX:T9 Content:T5 Source:T4", ""]
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "one.txt").write_bytes(TEXT.encode())
    (tmp_path / "attributions" / "one_a.ann").write_bytes(brat().encode())
    return tmp_path


WORDS = st.lists(st.frozensets(st.integers(0, 12), min_size=1, max_size=8), max_size=6)


@given(WORDS, WORDS, st.sampled_from(THRESHOLDS), st.sampled_from(RULES))
def test_a_match_is_one_to_one_and_reaches_its_threshold(
    marked: list[Words], found: list[Words], threshold: float, rule: str
) -> None:
    pairs = match(marked, found, threshold, rule)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    for a, b in pairs:
        longer = max(len(marked[a]), len(found[b])) if rule == "longer" else len(marked[a])
        assert len(marked[a] & found[b]) >= threshold * longer


@given(WORDS)
def test_everything_matches_itself_where_no_two_are_alike(marked: list[Words]) -> None:
    distinct = list(dict.fromkeys(marked))
    assert sorted(match(distinct, distinct, 0.8, "longer")) == [(i, i) for i in range(len(distinct))]


def test_words_too_many_cost_nothing_under_the_looser_rule_alone() -> None:
    marked, found = [frozenset(range(3))], [frozenset(range(10))]
    assert match(marked, found, 0.8, "marked") == [(0, 0)]
    assert match(marked, found, 0.8, "longer") == []


def test_a_perfect_reading_scores_one(folder: Path) -> None:
    articles, misfits = read_marked_articles(folder)
    found = evaluate_quotes(articles, processes=1)
    assert misfits == 0
    scores = {(s.part, s.rule, s.threshold): s.f1.value for s in found.scores if s.marked}
    assert set(scores.values()) == {1.0}
    assert {part for part, _, _ in scores} == {"direct", "direct and mixed", "indirect", "all"}
    assert {s.part: (s.n, s.with_speaker, s.precision.value, s.recall.value) for s in found.speakers}[
        "all"
    ] == (
        2,
        2,
        1.0,
        1.0,
    )
    assert found.agreement is None


def test_two_coders_of_one_article_are_compared(folder: Path) -> None:
    (folder / "attributions" / "one_b.ann").write_text(brat().split("E2")[0], encoding="utf-8")
    found = evaluate_quotes(read_marked_articles(folder)[0], processes=1)
    assert found.articles == 1
    assert found.agreement is not None
    assert found.agreement.f1 == {"0.3": pytest.approx(2 / 3), "0.8": pytest.approx(2 / 3)}


def test_a_span_whose_words_stand_elsewhere_is_left_out_and_counted(folder: Path) -> None:
    path = folder / "attributions" / "one_a.ann"
    path.write_text(brat().replace("\tthe bridge was safe", "\tthe ferry"), encoding="utf-8")
    articles, misfits = read_marked_articles(folder)
    assert (misfits, len(articles[0].coded[0])) == (1, 1)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("attributions/one_a.ann", b"T1\tSource x y\tThe mayor\n", "places no span"),
        ("attributions/two_a.ann", b"", "no text 'two.txt'"),
        ("attributions/one_a.ann", b"", "marks no attribution"),
        ("text/one.txt", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_a_folder_that_cannot_be_scored_says_why(folder: Path, file: str, content: bytes, said: str) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(GoldError, match=said):
        read_marked_articles(folder)


def test_an_empty_folder_says_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="has no texts"):
        read_marked_articles(tmp_path)


def test_the_command_prints_a_table_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in ([], ["--json"]):
        assert main(["quotes", str(folder), *more]) == 0
    table, _, document = capsys.readouterr().out.partition("{")
    assert "direct and mixed" in table
    assert json.loads("{" + document)["articles"] == 1
