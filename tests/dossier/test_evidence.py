"""Evidence pages show the sentences behind a figure, marked, and say how many more there are."""

from __future__ import annotations

import re

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier.evidence.evidence_pages import SENTENCES, cut
from masthead.dossier.evidence.spread_sample import spread_sample
from masthead.findings.schemas import SOURCES
from tests.dossier.conftest import Dossier
from tests.dossier.reading import read

spans = st.tuples(st.integers(-5, 60), st.integers(-5, 60))


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=50), spans, st.lists(spans, max_size=4))
def test_cut_pieces_are_the_sentence_and_marks_are_the_offsets(
    text: str, mention: tuple[int, int], labels: list[tuple[int, int]]
) -> None:
    pieces = cut(text, mention, labels)
    assert "".join(p.text for p in pieces) == text
    marked = [p.mention for p in pieces for _ in p.text]
    named = [p.label for p in pieces for _ in p.text]
    assert marked == [mention[0] <= i < mention[1] for i in range(len(text))]
    assert named == [any(a <= i < b for a, b in labels) for i in range(len(text))]


def test_offsets_are_code_points_of_the_field() -> None:
    pieces = cut("𝒶𝒷 rebel dockers", (9, 16), [(3, 8)])
    assert [(p.text, p.mention, p.label) for p in pieces] == [
        ("𝒶𝒷 ", False, False),
        ("rebel", False, True),
        (" ", False, False),
        ("dockers", True, False),
    ]


def test_mention_and_label_are_marked_in_every_sentence(dossier: Dossier) -> None:
    page = dossier.page("evidence/dockers-league--state-bulletin.html")
    section = page.split('id="militant"')[1].split("<section")[0]
    said = re.findall(r'<p class="said"><bdi>(.*?)</bdi></p>', section)
    assert 40 <= len(said) <= SENTENCES
    for sentence in said:
        assert '<mark class="label">militant</mark>' in sentence
        assert re.search(
            r'<mark class="mention">(Dockers&#39; League|League|dockers|stevedores)</mark>', sentence
        )
    assert section.count("in quotation marks") == sum("“" in s for s in said)


def test_a_section_says_how_many_of_how_many_and_how_to_get_the_rest(dossier: Dossier) -> None:
    text = read(dossier.page("evidence/dockers-league--wire-seven.html")).text
    total = sum(
        1
        for s in dossier.findings.sources.to_pylist()
        if (s["subject"], s["outlet"], s["category"]) == ("dockers-league", "wire-seven", "worker")
    )
    assert total > SENTENCES
    assert f"{SENTENCES} of {total} are shown: a sample spread over the articles" in text
    assert (
        "masthead evidence study.toml --measure naming --outlet wire-seven --subject dockers-league "
        "--category worker --csv" in text
    )


def test_a_figure_of_none_says_so_and_an_unknown_voice_is_not_own(dossier: Dossier) -> None:
    tidewatch = read(dossier.page("evidence/dockers-league--tidewatch.html")).text
    assert re.search(r"None of the \d+ namings belongs here", tidewatch)
    ledger = dossier.page("evidence/dockers-league--ledger.html")
    assert "own or quoted: unknown" in ledger
    assert "in the outlet’s own words" not in ledger
    assert "own voice and quoted voice cannot be told apart" in ledger


def test_sentences_stand_in_order_of_time_undated_last(dossier: Dossier) -> None:
    page = dossier.page("evidence/port-authority--wire-seven.html").split('id="attention"')[1]
    days = re.findall(r"<time>(.*?)</time>", page.split("<section")[0])
    assert len(days) == SENTENCES
    years = [int(d[-4:]) for d in days if d != "undated"]
    assert years == sorted(years)
    assert "undated" not in days[: len(years)]


def _sources(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist([{**dict.fromkeys(SOURCES.names), **r} for r in rows], SOURCES)


rows = st.lists(
    st.fixed_dictionaries(
        {
            "measure": st.sampled_from(["attention", "naming"]),
            "outlet": st.sampled_from(["a", "b", "hidden"]),
            "subject": st.sampled_from(["s", "t"]),
            "category": st.sampled_from([None, "c", "d"]),
            "article_id": st.sampled_from([f"article-{i}" for i in range(6)]),
            "field": st.sampled_from(["title", "text"]),
            "start": st.integers(0, 3),
            "label_start": st.none() | st.integers(0, 3),
        }
    ),
    max_size=60,
    unique_by=lambda r: tuple(r.values()),
)


@settings(deadline=None, max_examples=60)
@given(rows, st.randoms(use_true_random=False))
def test_samples_are_spread_bounded_and_the_same_in_any_order(
    given_rows: list[dict[str, object]], random: object
) -> None:
    sample = spread_sample(_sources(given_rows), ["a", "b"], 3).to_pylist()
    cell = ("measure", "outlet", "subject", "category")
    uses: dict[tuple[object, ...], dict[int, tuple[object, ...]]] = {}
    for row in sample:
        use = (row["article_id"], row["field"], row["start"])
        assert uses.setdefault(tuple(row[k] for k in cell), {}).setdefault(row["use"], use) == use
    whole: dict[tuple[object, ...], set[tuple[object, ...]]] = {}
    for row in given_rows:
        if row["outlet"] != "hidden":
            key = tuple(row[k] for k in cell)
            whole.setdefault(key, set()).add((row["article_id"], row["field"], row["start"]))
    assert uses.keys() == whole.keys()
    for key, shown in uses.items():
        assert len(shown) == len(set(shown.values())) == min(3, len(whole[key]))
        assert len({u[0] for u in shown.values()}) == min(3, len({u[0] for u in whole[key]}))
    shuffled = list(given_rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    again = spread_sample(_sources(shuffled), ["a", "b"], 3).to_pylist()
    assert again == sample


def test_all_labels_of_one_use_come_along() -> None:
    one = {
        "measure": "naming",
        "outlet": "a",
        "subject": "s",
        "category": "c",
        "article_id": "x",
        "field": "text",
    }
    table = _sources([{**one, "start": 9, "label_start": at, "label": str(at)} for at in (7, 2, 4)])
    sample = spread_sample(table, ["a"], 1)
    assert sample["label"].to_pylist() == ["2", "4", "7"]
    assert sample["use"].to_pylist() == [0, 0, 0]
